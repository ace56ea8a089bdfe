/* Lists at the desk by keyboard: walking, ticking, many at once; what a key must not do while somebody types. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { letter, officer, phone, press, withBrowser } from "./lib.mjs";

const it = withBrowser();
const focused = (tab, what) => tab.evaluate((name) => document.activeElement?.[name] ?? "", what);
const rows = (tab) => tab.locator("table[data-keys] tbody tr");

test("j and k walk through a list, x ticks, a leads to what can be done, Enter opens", async () => {
  const tab = await officer(it.browser, "supervisor1");
  await tab.goto("/queue?view=open");
  await tab.keyboard.press("j");
  await tab.keyboard.press("j");
  await tab.keyboard.press("k");
  assert.equal(await rows(tab).first().getAttribute("aria-current"), "true");
  await tab.keyboard.press("x");
  await tab.keyboard.press("j");
  await tab.keyboard.press("x");
  assert.equal(await tab.locator("input[name=pick]:checked").count(), 2);
  assert.match(await tab.locator("[data-picked]").innerText(), /已选 2 封/);
  await tab.keyboard.press("a");
  assert.equal(await focused(tab, "tagName"), "BUTTON");
  const there = tab.waitForEvent("load");
  await tab.keyboard.press("Enter");
  await there;
  assert.match(await tab.locator("h1").innerText(), /2 封信件/);
  assert.deepEqual(tab.complaints, []);
});

test("g and a letter lead to the main pages, ? to the page of keys", async () => {
  const tab = await officer(it.browser, "supervisor1");
  await tab.goto("/keys");
  for (const [second, path] of [["q", "/queue"], ["w", "/watch"], ["h", "/"]]) {
    const there = tab.waitForEvent("load");
    await Promise.all(["g", second].map((key) => tab.keyboard.press(key)));
    await there;
    assert.equal(new URL(tab.url()).pathname, path);
  }
  const there = tab.waitForEvent("load");
  await tab.keyboard.press("?");
  await there;
  assert.equal(new URL(tab.url()).pathname, "/keys");
});

test("no key does anything while somebody types", async () => {
  const tab = await officer(it.browser, "supervisor1");
  await tab.goto("/queue?view=open");
  await tab.keyboard.press("/");
  assert.equal(await focused(tab, "id"), "words");
  await tab.keyboard.type("gqjxa?");
  assert.equal(await tab.inputValue("#words"), "gqjxa?");
  assert.equal(await tab.locator("input[name=pick]:checked").count(), 0);
  assert.equal(new URL(tab.url()).pathname, "/queue");
});

test("on a letter a key brings what it stands for under the cursor and sends nothing", async () => {
  const tab = await officer(it.browser, "registrar1");
  await tab.goto(`/tickets/${letter("行道树").number}`);
  const before = tab.url();
  await tab.keyboard.press("c");
  assert.match(await focused(tab, "innerText"), /受理/);
  await tab.keyboard.press("b");
  assert.equal(await focused(tab, "tagName"), "TEXTAREA");
  assert.equal(tab.url(), before);
});

test("switched off, single keys do nothing", async () => {
  const tab = await officer(it.browser, "supervisor1");
  await tab.goto("/keys");
  await press(tab, "button", "关闭单键");
  await tab.goto("/queue?view=open");
  await tab.keyboard.press("j");
  assert.equal(await tab.locator("tr[aria-current]").count(), 0);
  assert.equal(await tab.locator("html.lx-keys-on").count(), 0);
});

test("all of a page are ticked with one box", async () => {
  const tab = await officer(it.browser, "supervisor1");
  await tab.goto("/queue?view=open");
  await tab.getByLabel("全选本页").check();
  const all = await tab.locator("input[name=pick]").count();
  assert.equal(await tab.locator("input[name=pick]:checked").count(), all);
  assert.ok(all > 10);
});

test("on a phone the bar for ticked letters comes with the first tick and boxes are large", async () => {
  const tab = await officer(it.browser, "supervisor1", phone);
  await tab.goto("/queue?view=open");
  assert.ok((await tab.locator("#bulk").boundingBox()).y > 667);
  await tab.locator("input[name=pick]").first().check();
  await tab.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
  const bar = await tab.locator("#bulk").boundingBox();
  assert.ok(bar.y + bar.height <= 667 + 1 && bar.height < 320, JSON.stringify(bar));
  const box = await tab.locator(".lx-pick").first().boundingBox();
  assert.ok(box.width >= 44 && box.height >= 44, JSON.stringify(box));
});

test("many at once without a script", async () => {
  const tab = await officer(it.browser, "supervisor1", { javaScriptEnabled: false });
  await tab.goto("/queue?view=open");
  for (const box of (await tab.locator("input[name=pick]").all()).slice(0, 2))
    await box.check({ force: true });
  await press(tab, "button", /^提醒/);
  await tab.locator("textarea[name=text]").fill("请抓紧办理", { force: true });
  await press(tab, "button", /^提醒/);
  assert.match(await tab.locator("h1").innerText(), /2 封都办好了/);
});
