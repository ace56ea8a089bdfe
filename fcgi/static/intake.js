/* The desk's forms for taking letters down and passing them on: what is quicker with a script. Each works without it; nothing
 * here decides anything. */

const each = (selector, fn) => document.querySelectorAll(selector).forEach(fn);
const plain = (e) => !e.isComposing && e.keyCode !== 229 && !e.ctrlKey && !e.metaKey && !e.altKey;

/* form[data-send]: Ctrl+Enter sends it from any field. */
each("form[data-send]", (form) => {
  form.addEventListener("keydown", (e) => {
    if (e.key !== "Enter" || !(e.ctrlKey || e.metaKey) || e.isComposing)
      return;
    e.preventDefault();
    form.requestSubmit(form.querySelector("button[type=submit]:not([name]):not([formaction])"));
  });
});

/* data-digits on a group of radios: 1, 2, 3 … choose. */
each("[data-digits]", (group) => {
  group.addEventListener("keydown", (e) => {
    const one = plain(e) && /^[1-9]$/.test(e.key) && group.querySelectorAll("input[type=radio]")[Number(e.key) - 1];
    if (!one)
      return;
    e.preventDefault();
    one.focus();
    one.click();
  });
});

/* form[data-step]: Enter in a field of one line, or on a choice, leads to the next one instead of sending. */
each("form[data-step]", (form) => {
  const fields = () => [...form.elements].filter((el) => el.matches("input:not([type=hidden]), select, textarea, button") &&
    !el.closest("details:not([open]) > :not(summary)") && (el.type !== "radio" || el.checked || !form.elements[el.name].value));
  form.addEventListener("keydown", (e) => {
    if (e.key !== "Enter" || !plain(e) || e.shiftKey || !e.target.matches("input, select"))
      return;
    e.preventDefault();
    const all = fields().filter((el) => el === e.target || el.name !== e.target.name || el.type !== "radio");
    all[all.indexOf(e.target) + 1]?.focus();
  });
});

/* details[data-opens="paper …"]: what a letter of that channel mostly needs unfolds with it. */
each("details[data-opens]", (part) => {
  part.closest("form").addEventListener("change", (e) => {
    if (e.target.name === "channel" && part.dataset.opens.split(" ").includes(e.target.value))
      part.open = true;
  });
});

/* select[data-filter]: a field before it; what is typed there leaves what has these characters, in their order. */
each("select[data-filter]", (select) => {
  const options = [...select.options];
  const first = options[0];
  if (options.length < 8)
    return;
  const field = document.createElement("input");
  const found = document.createElement("p");
  field.className = "lx-input lx-input--width-20 lx-filter-field";
  field.type = "text";
  field.autocomplete = "off";
  field.placeholder = `输入几个字${select.dataset.filter}`;
  field.setAttribute("aria-label", select.dataset.filter);
  field.setAttribute("aria-controls", select.id);
  found.className = "lx-visually-hidden";
  found.setAttribute("aria-live", "polite");
  const fits = (text, typed) => {
    let at = -1;
    return [...typed].every((ch) => (at = text.indexOf(ch, at + 1)) >= 0);
  };
  field.addEventListener("input", () => {
    const typed = field.value.trim();
    const left = options.filter((o) => o === first ? !typed : fits(o.text, typed));
    const chosen = left.includes(select.selectedOptions[0]) ? select.selectedOptions[0] : left[0];
    select.replaceChildren(...(left.length ? left : [first]));
    if (chosen)
      chosen.selected = true;
    found.textContent = typed ? `找到 ${left.length} 个${left.length ? `，选中 ${left[0].text}` : ""}` : "";
  });
  field.addEventListener("keydown", (e) => {
    if (e.key !== "ArrowDown" && !(e.key === "Enter" && plain(e)))
      return;
    e.preventDefault();
    e.stopPropagation();
    select.focus();
  });
  if (select.accessKey) {
    field.accessKey = select.accessKey;
    select.removeAttribute("accesskey");
  }
  select.before(field, found);
});

/* select[data-paths]: the lawful path of the reason that is chosen, as a card. */
const pathOf = (select) => {
  const row = [...document.querySelectorAll(`#${select.dataset.paths} > div`)].find((d) => d.dataset.code === select.value);
  return row && { reason: row.querySelector("dt").textContent, path: row.querySelector("dd").textContent };
};
each("select[data-paths]", (select) => {
  const card = document.createElement("div");
  card.className = "lx-path";
  card.setAttribute("aria-live", "polite");
  select.after(card);
  const show = () => {
    const it = pathOf(select);
    const head = document.createElement("b");
    head.textContent = "写信人该找谁、怎么办、多久：";
    card.replaceChildren(...(it ? [head, it.path + "。"] : []));
  };
  select.addEventListener("change", show);
  show();
});

/* data-preview="prefix": word for word what the writer will read, while it is being typed. */
each("[data-preview]", (box) => {
  const form = box.closest("form");
  const select = form.elements.reason;
  const text = form.elements.text;
  const show = () => {
    const it = pathOf(select);
    const head = document.createElement("p");
    const quote = document.createElement("blockquote");
    head.append(Object.assign(document.createElement("b"), { textContent: "写信人会读到：" }));
    quote.className = "lx-quote";
    quote.textContent = it ? `${it.reason}。${it.path}。${text.value.trim()}` : "";
    box.replaceChildren(...(it ? [head, quote] : []));
  };
  select.addEventListener("change", show);
  text.addEventListener("input", show);
  show();
});

/* ul[data-into="id"]: ready-made sentences become buttons that put them into that field, at its end. */
each("ul[data-into]", (list) => {
  const field = document.getElementById(list.dataset.into);
  list.querySelectorAll("li").forEach((li) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "lx-sentences__one";
    button.textContent = li.textContent;
    button.addEventListener("click", () => {
      const before = field.value.trimEnd();
      field.value = before + (before ? "\n" : "") + button.textContent;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    });
    li.replaceChildren(button);
  });
});

/* form[data-caller]: earlier letters come up once a whole number stands in the field. */
const line = (letter) => {
  const li = document.createElement("li");
  const title = document.createElement(letter.url ? "a" : "span");
  const more = document.createElement("span");
  if (letter.url)
    title.href = letter.url;
  title.textContent = letter.title;
  more.className = "lx-callers__more";
  more.textContent = `${letter.state}　${letter.on}　${letter.number}`;
  li.append(title, more);
  return li;
};
each("form[data-caller]", (form) => {
  const phone = form.elements.phone;
  const box = document.getElementById("callers");
  let asked = phone.value.trim();
  const say = (said, letters = []) => {
    const p = document.createElement("p");
    const list = document.createElement("ul");
    p.textContent = said;
    list.className = "lx-callers";
    list.append(...letters.map(line));
    box.replaceChildren(p, ...(letters.length ? [list] : []));
  };
  const ask = async () => {
    const number = phone.value.trim();
    if (number === asked || number.replace(/\D/g, "").length < 10)
      return;
    asked = number;
    try {
      const body = new URLSearchParams({ csrf: form.elements.csrf.value, phone: number });
      const answer = await fetch(form.dataset.caller, { method: "POST", body });
      const got = await answer.json();
      if (phone.value.trim() === number)
        say(got.error ? got.error.message : got.said, got.letters);
    } catch {
      say("现在查不到，可以点上面的按钮再查一次。");
    }
  };
  phone.addEventListener("change", ask);
  phone.addEventListener("input", () => { if (/^1\d{10}$/.test(phone.value.trim())) ask(); });
});
