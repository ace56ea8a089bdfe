/* What all journeys share: the running instance, a browser, people who use it, and a record of what the browser
 * complained about. run.sh starts the instance and says where it is. */
import { readFileSync } from "node:fs";
import { after, before } from "node:test";
import { chromium } from "playwright-core";

const needed = (name) => process.env[name] ?? (() => { throw new Error(`${name} is not set: run tests/e2e/run.sh`); })();

export const publicSite = needed("E2E_PUBLIC");
export const deskSite = needed("E2E_DESK");
export const folder = needed("E2E_DIR");
export const password = "minsheng-demo-2026";

export const wide = { viewport: { width: 1280, height: 800 } };
export const phone = { viewport: { width: 375, height: 667 }, isMobile: true, hasTouch: true, deviceScaleFactor: 1 };

/* One browser for the file that asks; without what it would like to fetch by itself. */
export function withBrowser() {
  const it = {};
  before(async () => {
    it.browser = await chromium.launch({
      executablePath: process.env.E2E_CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-default-apps", "--disable-dev-shm-usage"],
    });
  });
  after(() => it.browser?.close());
  return it;
}

/* A tab of somebody; tab.complaints holds script errors, policy violations, failed files, foreign requests. */
export async function tabOf(browser, options = wide) {
  const context = await browser.newContext({ locale: "zh-CN", timezoneId: "Asia/Shanghai", serviceWorkers: "block", ...options });
  const page = watched(await context.newPage());
  page.scripts = options.javaScriptEnabled !== false;
  return page;
}

export function watched(page) {
  page.setDefaultTimeout(40000);
  page.complaints = [];
  page.on("pageerror", (e) => page.complaints.push(`script: ${e.message}`));
  page.on("console", (m) => {
    const answered = /the server responded with a status of 4\d\d/.test(m.text()); /* a page that says no is wanted */
    if (["error", "warning"].includes(m.type()) && !(answered && m.location().url === page.url()))
      page.complaints.push(`console: ${m.text()}`);
  });
  page.on("response", (r) => {
    if (r.status() >= 400 && !r.request().isNavigationRequest())
      page.complaints.push(`${r.status()} ${r.url()}`);
  });
  page.on("request", (r) => {
    const url = new URL(r.url());
    if (url.protocol.startsWith("http") && url.hostname !== "127.0.0.1")
      page.complaints.push(`asks ${url.hostname}`);
  });
  return page;
}

export async function citizen(browser, options = wide) {
  return tabOf(browser, { baseURL: publicSite, ...options });
}

/* Without scripts Playwright cannot see that an element has come to rest once something was typed. */
async function byKey(page, found, key) {
  await found.focus();
  await page.keyboard.press(key);
}

/* Presses what leads to another page (by its role and name, or as found), and waits until that is there. */
export async function press(page, target, name, how = "click") {
  const found = typeof target === "string" ? page.locator("main").getByRole(target, { name, exact: typeof name === "string" }).last() : target;
  const there = page.waitForEvent("load");
  there.catch(() => {}); /* when the press itself fails, that is what is told */
  if (page.scripts === false && how !== "dblclick")
    await byKey(page, found, "Enter");
  else
    await found[how]({ force: page.scripts === false });
  await there;
}

/* Opens a folded part, if it is not open. */
export async function unfold(page, name) {
  const closed = page.locator("details:not([open]) > summary", { hasText: name });
  if (await closed.count() > 0)
    await (page.scripts === false ? byKey(page, closed.first(), "Enter") : closed.first().click());
}

const sessions = new Map();
/* An officer at the desk, logged in; one login a file. */
export async function officer(browser, login, options = wide) {
  const kept = sessions.get(login);
  const page = await tabOf(browser, { baseURL: deskSite, ...options, ...(kept ? { storageState: kept } : {}) });
  if (!kept) {
    await logIn(page, login);
    sessions.set(login, await page.context().storageState());
  }
  return page;
}

export async function logIn(page, login, secret = password) {
  await page.goto("/login");
  await page.getByLabel("用户名").fill(login);
  await page.getByLabel("密码").fill(secret);
  await press(page, "button", "登录");
}

/* The letters of the demo city by the beginning of their title: { number, code, state }. */
const letters = readFileSync(`${folder}/demo-letters.txt`, "utf8").split("\n").slice(2).filter(Boolean).map((line) => {
  const [number, code, state, ...title] = line.trim().split(/\s+/);
  return { number, code, state, title: title.join(" ") };
});
export function letter(beginning) {
  const found = letters.find((l) => l.title.startsWith(beginning));
  if (!found)
    throw new Error(`the demo city has no letter “${beginning}”`);
  return found;
}

export async function track(page, { number, code }) {
  await page.goto("/track");
  await page.getByLabel("信件编号").fill(number);
  await page.getByLabel("查询码").fill(code);
  await press(page, "button", "查询");
}

export const aLetter = {
  type: "投诉",
  title: "香樟路便道地砖松动多处",
  body: "香樟路小学门口的便道上，有十几块地砖松动，下雨天一踩就溅水，上周有老人绊倒。\n请派人检修，并说明什么时候修好。",
  place: "香樟路小学门口",
  demand: "尽快检修便道",
  name: "江晚晴",
  phone: "13900000088",
};

async function tick(page, name) {
  const radio = page.getByRole("radio", { name, exact: true });
  if (page.scripts === false) return byKey(page, radio, "Space");
  // What comes up above it may push it away from under the finger: people press again.
  return radio.check().catch(() => radio.check());
}

/* Fills the letter's page (a new one, or the one that is shown); what a citizen leaves out is left out. */
export async function writeLetter(page, it, { here = false } = {}) {
  if (!here && new URL(page.url(), publicSite).pathname !== "/letters/new")
    await page.goto("/letters/new");
  await tick(page, it.type);
  await page.getByLabel("标题").fill(it.title);
  await page.getByLabel("内容", { exact: true }).fill(it.body);
  await page.getByLabel("您的主要诉求").fill(it.demand ?? "");
  await page.getByLabel("事情发生的地点").fill(it.place ?? "");
  await tick(page, it.publish === false ? "不要公开来信内容" : "可以公开来信内容");
  await page.getByLabel("姓名").fill(it.name ?? "");
  await page.getByLabel("手机或固定电话").fill(it.phone ?? "");
}

/* What the receipt says: { number, code }. */
export async function receipt(page) {
  return { number: (await page.locator("#number").textContent()).trim(), code: (await page.locator("#code").textContent()).trim() };
}

/* The steps of a journey: what comes after one that failed is not tried. */
export function journey(t) {
  let broken = false;
  return (name, fn) => t.test(name, { skip: broken && "an earlier step failed" }, async () => {
    broken = true;
    await fn();
    broken = false;
  });
}

export const largeType = (site) => ({ name: "size", value: "large", url: site });

/* Ways to a page: an address and no more may be opened again. */
export const again = (open) => Object.assign(open, { again: true });
export const go = (path) => again((page) => page.goto(path));
