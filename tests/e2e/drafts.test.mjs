/* An answer is saved while it is typed: the page may be killed, the server may be away, a colleague may write too. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { folder, letter, logIn, officer, press, withBrowser } from "./lib.mjs";

const it = withBrowser();
const at = (beginning) => `/tickets/${letter(beginning).number}/draft`;
const text = (tab) => tab.getByLabel("答复内容");
const note = (tab) => tab.locator("[data-saved]");
const saved = (tab) => tab.waitForFunction(() => /^已保存 \d\d:\d\d$/.test(document.querySelector("[data-saved]").textContent));

async function type(tab, words) {
  await text(tab).focus();
  await tab.keyboard.press("Control+End");
  await tab.keyboard.insertText(words);
}

/* What is done brings these words to the server, and the page knows it: an earlier "saved" is no sign of it. */
async function keeps(tab, words, what) {
  const answered = tab.waitForResponse((r) => r.url().endsWith("/keep.json") && r.ok() &&
    new URLSearchParams(r.request().postData()).get("body").includes(words));
  answered.catch(() => {}); /* when what is done fails, that is what is told */
  await what();
  const { version } = await (await answered).json();
  await tab.waitForFunction((v) => document.querySelector("[name=draft_version]").value === v, String(version));
  await saved(tab);
}

/* kill -9 to the workers of the desk; the supervisor starts new ones. */
function killTheDesk() {
  const { processes } = JSON.parse(readFileSync(`${folder}/run/status.json`, "utf8"));
  const workers = processes.filter(({ name, pid }) => name.startsWith("web-desk") && pid > 0);
  assert.ok(workers.length > 0);
  workers.forEach(({ pid }) => process.kill(pid, "SIGKILL"));
}

test("what is typed is there after the page and the server were killed", async () => {
  const tab = await officer(it.browser, "cgj_handler");
  await tab.goto(at("和风路公交站牌"));
  await text(tab).fill("");
  await keeps(tab, "第一句", () => type(tab, "第一句，写完停了一下。"));
  await keeps(tab, "第二句", async () => {
    killTheDesk();
    await type(tab, "第二句，服务器重启以后接着写。");
  });
  await tab.close({ runBeforeUnload: false });
  const again = await officer(it.browser, "cgj_handler");
  await again.goto(at("和风路公交站牌"));
  assert.equal(await text(again).inputValue(), "第一句，写完停了一下。第二句，服务器重启以后接着写。");
  await again.goto(`${at("和风路公交站牌")}/versions`);
  assert.match(await again.locator("tbody").textContent(), /自动保存/);
  await again.context().close();
});

test("without a network the text stays and is saved when it is back", async () => {
  const tab = await officer(it.browser, "cgj_handler");
  await tab.goto(at("和风路公交站牌"));
  await tab.context().setOffline(true);
  await type(tab, "断网时写的。");
  await tab.waitForFunction(() => /暂时连不上，文字还在这一页/.test(document.querySelector("[data-saved]").textContent));
  await keeps(tab, "断网时写的。", () => tab.context().setOffline(false));
  await tab.reload();
  assert.match(await text(tab).inputValue(), /断网时写的。$/);
  await tab.context().close();
});

test("leaving is asked about only while something is unsaved", async () => {
  const tab = await officer(it.browser, "cgj_handler"), asked = [];
  tab.on("dialog", async (d) => { asked.push(d.type()); await d.accept(); });
  await tab.goto(at("和风路公交站牌"));
  await tab.keyboard.press("Tab");
  await keeps(tab, "又一句。", () => type(tab, "又一句。"));
  await tab.goto("/blocks");
  assert.deepEqual(asked, []);
  await tab.goBack();
  assert.match(await text(tab).inputValue(), /又一句。$/);
  await tab.context().setOffline(true);
  await type(tab, "没有保存的一句。");
  await tab.context().setOffline(false);
  await tab.goto("/blocks");
  assert.deepEqual(asked, ["beforeunload"]);
  await tab.context().close();
});

test("an ended session leaves the text and goes on after a login in another window", async () => {
  const tab = await officer(it.browser, "cgj_handler");
  await tab.goto(at("和风路公交站牌"));
  await tab.context().clearCookies();
  await type(tab, "会话过期时写的。");
  await tab.waitForFunction(() => /请在新窗口登录，文字还在/.test(document.querySelector("[data-saved]").textContent));
  const other = await tab.context().newPage();
  await keeps(tab, "会话过期时写的。", () => logIn(other, "cgj_handler")); /* another session: the page asks for its token */
  assert.match(await text(tab).inputValue(), /会话过期时写的。$/);
  await tab.context().close();
});

test("a save under way does not come between a person and the button", async () => {
  const tab = await officer(it.browser, "cgj_handler");
  await tab.goto(at("和风路公交站牌"));
  await tab.route("**/keep.json", async (route) => {
    await new Promise((done) => { setTimeout(done, 1500); });
    await route.continue();
  });
  const asked = tab.waitForRequest("**/keep.json");
  await type(tab, "慢网络。");
  await asked;
  await press(tab, "button", "保存草稿");
  assert.equal(await tab.locator("[role=alert]").count(), 0);
  assert.match(await text(tab).inputValue(), /慢网络。$/);
  await tab.context().close();
});

test("a colleague’s save in between is shown at once and can be compared", async () => {
  const one = await officer(it.browser, "zjj_handler"), two = await officer(it.browser, "zjj_handler");
  await one.goto(at("小区交付"));
  await two.goto(at("小区交付"));
  await keeps(two, "第二个窗口的一稿。", () => text(two).fill("第二个窗口的一稿。"));
  await text(one).fill("第一个窗口的一稿。");
  const box = one.locator("form[data-draft] [role=alert]");
  await box.waitFor();
  assert.match(await box.textContent(), /第二个窗口的一稿/);
  await press(one, one.getByRole("button", { name: "比较两稿" }));
  assert.equal(await text(one).inputValue(), "第一个窗口的一稿。");
  assert.equal(await one.locator("del").count(), 1);
  await one.waitForTimeout(2500); /* with two texts on the page nothing is saved by itself */
  await press(one, "button", "改用对方的");
  assert.equal(await text(one).inputValue(), "第二个窗口的一稿。");
  await one.context().close();
  await two.context().close();
});

test("a text block goes in at the cursor, and the check follows", async () => {
  const tab = await officer(it.browser, "cgj_handler");
  await tab.goto(at("和风路公交站牌"));
  await text(tab).fill("开头。\n结尾。");
  await text(tab).evaluate((t) => t.setSelectionRange(4, 4));
  await tab.locator("summary", { hasText: "常用语" }).click();
  await keeps(tab, "如对以上答复还有疑问", () => tab.getByRole("button", { name: /插入\s*“结尾：联系方式”/ }).click());
  const words = await text(tab).inputValue();
  assert.match(words, /^开头。\n如对以上答复还有疑问，.*结尾。$/s);
  assert.doesNotMatch(words, /\{电话\}/);
  assert.match(await tab.locator("[data-part=contact]").textContent(), /有/);
  assert.match(await note(tab).textContent(), /已保存/);
  await tab.context().close();
});
