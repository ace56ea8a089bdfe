/* The public edition: hiding a place and showing it again without the page coming anew, and hiding what is marked in a field.
 * Without it each button sends the form and the same page comes back. Nothing is saved here. */

const HIDDEN = "［已隐去］";
const work = document.querySelector("[data-edition]");
const form = work.querySelector("form");

/* Where the cursor was: the buttons of the text and those of the list are two rows. */
function rowOf(button, root) {
  const place = button.closest("table") ? "table button[name=do]" : ".lx-prose button[name=do]";
  return [...root.querySelectorAll(place)];
}

function take(page, button) {
  const now = page.querySelector("[data-edition]");
  const at = rowOf(button, work).indexOf(button);
  const inTable = Boolean(button.closest("table"));
  form.replaceChildren(...now.querySelector("form").childNodes);
  work.querySelector(":scope > details > div").replaceChildren(...now.querySelector(":scope > details > div").childNodes);
  document.querySelector("#decide").parentElement.replaceWith(page.querySelector("#decide").parentElement);
  const row = [...work.querySelectorAll(inTable ? "table button[name=do]" : ".lx-prose button[name=do]")];
  (row[Math.min(Math.max(at, 0), row.length - 1)] ?? form.querySelector("button")).focus();
  form.dispatchEvent(new Event("input")); /* something to save: leaving asks first */
  offerMarking();
}

/* The page as a document: XMLHttpRequest reads it without a sink that the site's policy of trusted types forbids. */
function ask(body) {
  return new Promise((done, failed) => {
    const r = new XMLHttpRequest();
    r.open("POST", form.action);
    r.responseType = "document";
    r.onload = () => done(r);
    r.onerror = failed;
    r.send(body);
  });
}

const typed = () => new URLSearchParams(new FormData(form)).toString();

async function turn(button) {
  const before = typed();
  form.setAttribute("aria-busy", "true");
  try {
    const body = new URLSearchParams(before);
    body.set("do", button.value);
    const { status, response: page } = await ask(body);
    if (status !== 200 || !page?.querySelector("[data-edition] form"))
      throw new Error(String(status));
    if (typed() !== before)
      return await turn(button); /* somebody went on typing: nothing of it is lost */
    take(page, button);
  } catch { /* a mistake, a login: the page itself says so */
    button.dataset.plain = "yes";
    form.requestSubmit(button);
  } finally {
    form.removeAttribute("aria-busy");
  }
}

form.addEventListener("click", (e) => {
  const button = e.target.closest("button[name=do]");
  if (!button || button.value === "save" || button.dataset.plain)
    return;
  e.preventDefault();
  if (e.detail < 2 && !form.hasAttribute("aria-busy")) /* the second press of a double click would undo the first */
    turn(button);
});

/* --- what is marked in a field --- */

function offerMarking() {
  for (const field of form.querySelectorAll("#title, textarea")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "lx-button lx-button--secondary lx-find__mark";
    button.textContent = "隐去选中的文字";
    button.addEventListener("click", () => {
      const { selectionStart: from, selectionEnd: to } = field;
      if (from === to) {
        field.focus();
        return;
      }
      field.setRangeText(HIDDEN, from, to, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    });
    field.after(button);
  }
}

offerMarking();
