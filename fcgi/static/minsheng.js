/* What the pages can do more with a script. Each works without it; nothing here decides anything.
 * One module, deferred; no inline handlers, no HTML made from text. */

const words = (n) => n.toLocaleString("zh-CN");
const each = (selector, fn) => document.querySelectorAll(selector).forEach(fn);

/* Characters as people count them. */
const graphemes = "Segmenter" in Intl ? new Intl.Segmenter("zh", { granularity: "grapheme" }) : null;
const length = (s) => graphemes ? [...graphemes.segment(s)].length : [...s].length;

/* data-count="3000": says how many characters are left. */
each("[data-count]", (field) => {
  const max = Number(field.dataset.count);
  const note = document.createElement("p");
  note.className = "lx-counter";
  note.setAttribute("aria-live", "polite");
  const show = () => {
    const left = max - length(field.value.trim());
    note.textContent = left >= 0 ? `还可以输入 ${words(left)} 个字` : `超出 ${words(-left)} 个字`;
    note.classList.toggle("lx-counter--over", left < 0);
  };
  field.after(note);
  field.addEventListener("input", show);
  show();
});

/* data-focus: the summary of mistakes is read out and its links lead to the field. */
each("[data-focus]", (box) => box.focus());

/* data-copy="id id": copies the texts of these elements, one a line. */
each("[data-copy]", (button) => {
  if (!navigator.clipboard)
    return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const lines = button.dataset.copy.split(" ").map((id) => {
      const el = document.getElementById(id);
      return el.dataset.value || el.textContent.trim();
    });
    const label = button.textContent;
    try {
      await navigator.clipboard.writeText(lines.join("\n"));
      button.textContent = "已复制";
    } catch {
      button.textContent = "没有复制成功，请手工抄下来";
    }
    setTimeout(() => { button.textContent = label; }, 3000);
  });
});

each("[data-print]", (button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

/* data-pair="code": number and code, as the receipt copies them, pasted into the field of the number go each to their own. */
each("input[data-pair]", (field) => {
  const second = document.getElementById(field.dataset.pair);
  field.addEventListener("paste", (e) => {
    const lines = e.clipboardData.getData("text").split(/[\r\n]+/).map((line) => line.trim()).filter(Boolean);
    if (lines.length !== 2)
      return;
    e.preventDefault();
    [field.value, second.value] = lines;
    second.focus();
  });
});

/* data-warn: leaving with something typed asks first. */
each("form[data-warn]", (form) => {
  let typed = false;
  form.addEventListener("input", () => { typed = true; });
  form.addEventListener("submit", () => { typed = false; });
  window.addEventListener("beforeunload", (e) => {
    if (typed)
      e.preventDefault();
  });
});

/* data-once: a second press while the first is under way does nothing. The back button brings the form to life again. */
each("form[data-once]", (form) => {
  let sent = false;
  form.addEventListener("submit", (e) => {
    if (sent) {
      e.preventDefault();
      return;
    }
    sent = true;
    form.setAttribute("aria-busy", "true");
    setTimeout(() => { sent = false; form.removeAttribute("aria-busy"); }, 10000);
  });
  window.addEventListener("pageshow", () => { sent = false; form.removeAttribute("aria-busy"); });
});

/* data-refresh="2": the page comes again after so many seconds, while somebody looks at it. */
each("[data-refresh]", (part) => {
  const again = () => (document.hidden ? setTimeout(again, 1000) : window.location.reload());
  setTimeout(again, Number(part.dataset.refresh) * 1000);
});

/* data-file-into="notice": a file that is chosen is read into that field; it is sent only with the form. */
each("[data-file-into]", (part) => {
  const field = document.getElementById(part.dataset.fileInto);
  part.hidden = false;
  part.querySelector("input[type=file]").addEventListener("change", async (e) => {
    const file = e.target.files[0];
    if (file)
      field.value = await file.text();
  });
});

/* data-fold="narrow": open without a script and on wide screens, closed on a phone. */
each("details[data-fold=narrow]", (fold) => {
  if (window.matchMedia("(max-width: 40em)").matches)
    fold.open = false;
});

/* data-keep="/letters/keep.json": a draft that has a code is saved while typing. Nothing is ever stored in the browser. */
each("form[data-keep]", (form) => {
  const note = form.querySelector("[data-kept]");
  if (!note)
    return;
  const at = { version: form.elements.kept_version, timer: 0, running: null };
  const say = (words) => { note.textContent = words; };
  const save = async () => {
    const answer = await fetch(form.dataset.keep, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    const told = await answer.json();
    if (answer.status === 409)
      say("这份草稿在别的设备上改过，请点“先存起来”，把两份对一对。");
    else if (!answer.ok)
      throw new Error(told.error.message);
    else {
      at.version.value = told.version;
      form.elements.kept.value = told.code;
      say(`已保存 ${told.saved}，代码 ${told.code}`);
    }
  };
  const begin = () => {
    at.timer = 0;
    at.running = save().catch(() => say("没有自动存上，请点“先存起来”。")).finally(() => { at.running = null; });
  };
  form.addEventListener("input", () => {
    clearTimeout(at.timer);
    at.timer = setTimeout(begin, 3000);
  });
  /* A press while it is being saved waits for that, so that it does not meet its own earlier text. */
  form.addEventListener("submit", async (e) => {
    clearTimeout(at.timer);
    if (!at.running)
      return;
    e.preventDefault();
    e.stopImmediatePropagation();
    await at.running;
    form.requestSubmit(e.submitter);
  }, { capture: true });
});

/* data-similar="/letters/similar.json" on the title: published answers that look alike, below the field. */
each("input[data-similar]", (field) => {
  const box = document.createElement("div");
  let timer = 0, asked = "";
  box.setAttribute("aria-live", "polite");
  field.after(box);
  const make = (tag, css, text) => {
    const el = document.createElement(tag);
    el.className = css;
    el.textContent = text;
    return el;
  };
  const item = (r) => {
    const li = document.createElement("li"), a = make("a", "", r.title);
    a.href = r.url;
    a.target = "_blank";
    a.rel = "noopener";
    li.append(a, document.createElement("br"), make("span", "lx-hint", `${r.unit} ${r.on}答复：${r.answer}`));
    return li;
  };
  const look = async () => {
    const title = field.value.trim();
    if (title === asked)
      return;
    asked = title;
    if (length(title) < 5) {
      box.replaceChildren();
      return;
    }
    const answer = await fetch(`${field.dataset.similar}?title=${encodeURIComponent(title)}`);
    if (!answer.ok || title !== asked)
      return;
    const { items } = await answer.json();
    const list = make("ul", "lx-list", "");
    list.append(...items.map(item));
    box.className = items.length ? "lx-similar" : "";
    box.replaceChildren(...items.length ? [make("p", "lx-label", "这是不是您要问的？（在新页面打开）"), list] : []);
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => look().catch(() => {}), 700);
  });
});

/* 长者模式: reads the page aloud where the browser can; at the desk it is only a size. */
if (document.documentElement.matches("[data-size=large]:not(.lx-desk)") && "speechSynthesis" in window) {
  const main = document.getElementById("main");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "lx-button lx-button--secondary lx-no-print";
  button.textContent = "读给我听";
  button.addEventListener("click", () => {
    if (speechSynthesis.speaking) {
      speechSynthesis.cancel();
      button.textContent = "读给我听";
      return;
    }
    const speech = new SpeechSynthesisUtterance(main.innerText.replace(button.innerText, "")); /* it does not read itself */
    speech.lang = "zh-CN";
    speech.rate = 0.9;
    speech.onend = () => { button.textContent = "读给我听"; };
    speechSynthesis.speak(speech);
    button.textContent = "停止";
  });
  window.addEventListener("pagehide", () => speechSynthesis.cancel());
  main.prepend(button);
}
