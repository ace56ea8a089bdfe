/* The desk alone: keys. Each page works without them; what a key leads to is a link, a button or a field that stands on the page
 * with data-key="n" (or "g h": g, then h). The table of all keys is fcgi/keys.tbl.
 * Links are followed; buttons and fields are only brought under the cursor, so that Enter decides. */

const off = document.querySelector("[data-key='?'][data-off]") !== null;

/* --- picking letters in a list --- */

const boxes = (name) => [...document.querySelectorAll(`input[type=checkbox][name="${name}"]`)];

document.querySelectorAll("[data-all]").forEach((label) => {
  const all = label.querySelector("input");
  const name = label.dataset.all;
  label.hidden = false;
  all.addEventListener("change", () => {
    boxes(name).forEach((box) => { box.checked = all.checked; });
    document.dispatchEvent(new Event("picked"));
  });
});

document.querySelectorAll("[data-picked]").forEach((note) => {
  const name = note.dataset.picked;
  const before = document.querySelector("[data-unpicked]");
  const show = () => {
    const n = boxes(name).filter((box) => box.checked).length;
    note.textContent = `已选 ${n} 封`;
    note.hidden = n === 0;
    if (before)
      before.hidden = n > 0;
  };
  document.addEventListener("picked", show);
  document.addEventListener("change", (e) => { if (e.target.name === name) show(); });
  window.addEventListener("pageshow", show);
});

/* --- walking through a table --- */

const table = document.querySelector("table[data-keys]");
const rows = table ? [...table.tBodies[0].rows] : [];
let at = -1;

const walk = (to) => {
  if (!rows[to])
    return;
  if (rows[at])
    rows[at].removeAttribute("aria-current");
  at = to;
  rows[at].setAttribute("aria-current", "true");
  rows[at].querySelector("a")?.focus();
  rows[at].scrollIntoView({ block: "nearest" });
};

const inTable = {
  j: () => walk(at + 1),
  k: () => walk(at - 1),
  x: () => rows[at] && rows[at].querySelector("input[type=checkbox]")?.click(),
  Enter: () => rows[at] && rows[at].querySelector("a")?.click(),
};

/* --- keys that stand on the page --- */

const isSeen = (el) => el.checkVisibility ? el.checkVisibility() : el.offsetParent !== null;
const firstField = (form) => form?.querySelector(
  "select, textarea, input:not([type=hidden]):not([type=checkbox]):not([type=submit])");

const bringUp = (el) => {
  const folded = el.closest("details:not([open])");
  if (folded)
    folded.open = true;
  if (el.matches("a[href]")) {
    el.click();
    return;
  }
  const target = el.matches("button") && el.form && !el.form.matches(".lx-bulk") ? firstField(el.form) || el : el;
  target.scrollIntoView({ block: "center" });
  target.focus();
  if (target.matches("input[type=search]"))
    target.select();
};

const find = (key) => {
  const found = [...document.querySelectorAll("[data-key]")].filter((el) => el.dataset.key === key);
  return found.find(isSeen) || found.find((el) => el.closest("details:not([open])")) || found[0];
};

let first = "";
let forget = 0;
const pressed = (key) => {
  const both = first ? `${first} ${key}` : key;
  clearTimeout(forget);
  first = "";
  if (key === "g" && both === "g") {
    first = "g";
    forget = setTimeout(() => { first = ""; }, 1500);
    return true;
  }
  if (both === key && table && inTable[key]) {
    inTable[key]();
    return true;
  }
  const el = find(both);
  if (el)
    bringUp(el);
  return Boolean(el);
};

/* A key is ours only when nobody is typing: no field, no input method at work, no other key held. */
const typing = (e) => e.isComposing || e.keyCode === 229 || e.ctrlKey || e.metaKey || e.altKey ||
  e.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

if (!off) {
  document.documentElement.classList.add("lx-keys-on");
  document.addEventListener("keydown", (e) => {
    if (e.defaultPrevented || e.repeat && e.key !== "j" && e.key !== "k" || typing(e))
      return;
    if (e.key === "Enter" && e.target.closest("a, button, summary, input"))
      return;
    if (pressed(e.key))
      e.preventDefault();
  });
}

/* --- a file that is being made: asked for until it is done --- */

document.querySelectorAll("[data-poll]").forEach((box) => {
  const text = box.querySelector("[data-poll-text]");
  const ask = async () => {
    const answer = await fetch(box.dataset.poll, { credentials: "same-origin" }).catch(() => null);
    const said = answer && answer.ok ? await answer.json() : null;
    if (said && !said.working)
      location.reload();
    else if (said && text.textContent !== said.text)
      text.textContent = said.text;
    if (!said || said.working)
      setTimeout(ask, said ? 2000 : 10000);
  };
  box.querySelectorAll("[data-poll-hide]").forEach((el) => { el.hidden = true; });
  setTimeout(ask, 1500);
});
