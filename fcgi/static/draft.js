/* Writing an answer: saves while somebody types, says who else is there, puts text blocks in at the cursor, keeps the check of
 * the text up to date. Loaded by the draft and the review; both work without. Nothing here decides anything. */

const PAUSE = 2000; /* after the last key */
const LONGEST = 15000; /* while somebody goes on typing */
const RETRY = 10000;
const PING = 45000;

const form = document.querySelector("form[data-draft]");
const other = document.querySelector("[data-here][data-what]");

/* --- who else is there --- */

const present = document.querySelector("[data-present]");
function showOthers(list) {
  const words = list.join("　");
  if (present && present.textContent.trim() !== words) /* read aloud only when it changes */
    present.textContent = words;
}

async function ping() {
  const place = form ?? other;
  const token = document.querySelector("input[name=csrf]")?.value;
  if (document.hidden || !token)
    return;
  try {
    const answer = await fetch(place.dataset.here, { method: "POST", credentials: "same-origin",
      body: new URLSearchParams({ csrf: token, what: form ? "draft" : "review" }) });
    if (answer.ok)
      showOthers((await answer.json()).others);
  } catch { /* the server is away: nobody is missed */ }
}

if (form ?? other) {
  ping();
  setInterval(ping, PING);
  document.addEventListener("visibilitychange", ping);
}

/* --- the draft --- */

function startDraft() {
  const text = form.elements.body;
  const note = document.querySelector("[data-saved]");
  const version = form.elements.draft_version;
  let kept = "unsaved" in form.dataset ? null : typed();
  /* With two texts on the page a person decides, not a clock. */
  let stopped = "clash" in form.dataset;
  let timer = 0, since = 0, busy = null, leaving = false;

  function typed() {
    return ["body", "result", "on"].map((name) => form.elements[name].value).concat(
      [...form.querySelectorAll("input[name=done]:checked")].map((box) => box.value)).join("\u0000");
  }

  function say(words, wrong = false) {
    note.classList.toggle("lx-draft__saved--wrong", wrong);
    if (note.textContent !== words)
      note.textContent = words;
  }

  /* Changes while the time stands still are not read aloud every two seconds: the minute changes, or the problem. */
  function showCheck(answer) {
    answer.check.forEach((part) => {
      const row = document.querySelector(`[data-part="${part.code}"]`);
      if (!row)
        return;
      row.className = `lx-check__row ${part.css}`;
      row.querySelector(".lx-check__mark").textContent = part.mark;
      row.querySelector(".lx-check__words").textContent = part.words;
    });
    const list = document.querySelector("[data-warnings]");
    if (list)
      list.replaceChildren(...answer.warnings.map((words) => {
        const line = document.createElement("li");
        line.textContent = words;
        return line;
      }));
  }

  /* XMLHttpRequest reads a page without a sink that the site's policy of trusted types forbids. */
  function asDocument(address) {
    return new Promise((done, failed) => {
      const r = new XMLHttpRequest();
      r.open("GET", address);
      r.responseType = "document";
      r.onload = () => done(r);
      r.onerror = failed;
      r.send();
    });
  }

  /* A token of the new session, after a login in another window; only for the same person. */
  async function freshToken() {
    const answer = await asDocument(form.action);
    if (answer.status !== 200 || new URL(answer.responseURL).pathname !== new URL(form.action).pathname)
      return false;
    const page = answer.response?.querySelector("form[data-draft]");
    if (!page || page.dataset.officer !== form.dataset.officer)
      return false;
    document.querySelectorAll("input[name=csrf]").forEach((field) => { field.value = page.elements.csrf.value; });
    return true;
  }

  function showClash(answer) {
    stopped = true;
    say("没有保存到草稿：别人刚保存了另一稿。您写的已另存，下面可以比较。", true);
    const box = document.createElement("div");
    box.className = "lx-card lx-card--warn";
    box.setAttribute("role", "alert");
    const head = document.createElement("h3");
    head.className = "lx-heading-s";
    head.textContent = `${answer.by || "别人"}刚保存了另一稿`;
    const theirs = document.createElement("p");
    theirs.className = "lx-blocks__text";
    theirs.textContent = answer.body;
    const button = document.createElement("button");
    button.className = "lx-button";
    button.name = "do";
    button.value = "save";
    button.textContent = "比较两稿";
    box.append(head, theirs, button);
    note.after(box);
  }

  function refused(status, answer) {
    if (status === 401) {
      say("登录已过期。请在新窗口登录，文字还在。", true);
      later(RETRY);
    } else if (status === 409 && answer.error.code === "CONFLICT") {
      showClash(answer);
    } else if (status === 409) {
      stopped = true;
      say("这封信已经不能起草，您写的已另存在“历次稿件”里。", true);
    } else if (status === 422) {
      say(`还没有保存：${answer.error.message}`, true);
    } else {
      away();
    }
  }

  function away() {
    say("暂时连不上，文字还在这一页，会自动再试。", true);
    later(RETRY);
  }

  function later(ms) {
    clearTimeout(timer);
    timer = setTimeout(save, ms);
  }

  async function send(now, last) {
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.dataset.keep, { method: "POST", body, credentials: "same-origin",
      keepalive: last && body.toString().length < 60000 });
    if (answer.status === 403) {
      if (await freshToken())
        later(0);
      else
        refused(401);
      return;
    }
    const told = await answer.json();
    if (!answer.ok) {
      refused(answer.status, told);
      return;
    }
    version.value = told.version;
    kept = now;
    say(`已保存 ${told.saved_at}`);
    showOthers(told.others);
    showCheck(told);
    if (typed() !== kept)
      later(PAUSE);
  }

  /* One at a time: each save carries the version of the one before. */
  async function save(last = false) {
    clearTimeout(timer);
    const now = typed();
    if (stopped || busy || now === kept)
      return busy;
    since = 0;
    busy = send(now, last).catch(away).finally(() => { busy = null; });
    return busy;
  }

  if (kept === null)
    later(PAUSE);
  form.addEventListener("input", () => {
    const now = Date.now();
    since ||= now;
    later(Math.max(0, Math.min(PAUSE, since + LONGEST - now)));
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && !leaving)
      save(true);
  });
  window.addEventListener("beforeunload", (e) => {
    if (!leaving && typed() !== kept)
      e.preventDefault();
  });
  /* Back from another page: what the page remembers may be older than what was saved. */
  window.addEventListener("pageshow", (e) => {
    leaving = false;
    if (e.persisted)
      later(0);
  });

  /* A save that is under way ends before the form goes, so that the form carries its version. */
  document.addEventListener("submit", (e) => {
    if (e.target !== form)
      return;
    clearTimeout(timer);
    leaving = true;
    if (!busy)
      return;
    const pressed = e.submitter;
    e.preventDefault();
    e.stopImmediatePropagation();
    busy.finally(() => form.requestSubmit(pressed));
  }, true);

  document.querySelectorAll("button[data-insert]").forEach((button) => {
    button.addEventListener("click", (e) => {
      e.preventDefault();
      const words = document.getElementById(button.dataset.insert).textContent;
      const at = text.selectionStart;
      const gap = at > 0 && text.value[at - 1] !== "\n" ? "\n" : "";
      text.focus();
      /* So that the browser can undo it. */
      if (!document.execCommand("insertText", false, gap + words))
        text.setRangeText(gap + words, at, text.selectionEnd, "end");
      text.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });
}

if (form)
  startDraft();
