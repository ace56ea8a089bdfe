/* Half a letter on one device, the other half on another; with scripts it is saved while typing. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { aLetter, citizen, journey, phone, press, receipt, withBrowser, writeLetter } from "./lib.mjs";

const it = withBrowser();
const plain = { ...phone, javaScriptEnabled: false };
const main = (tab) => tab.locator("main").textContent();
const body = (tab) => tab.getByLabel("内容", { exact: true });

async function goOn(tab, code) {
  await tab.goto("/letters/continue");
  await tab.getByLabel("草稿代码").fill(code);
  await press(tab, "button", "取回草稿");
}

test("half a letter on a phone without scripts, the rest on another device", async (t) => {
  const step = journey(t);
  const one = await citizen(it.browser, plain), two = await citizen(it.browser, plain);
  let code;
  await step("keeps what is not finished", async () => {
    await one.goto("/letters/new");
    await one.getByLabel("标题").fill("路");
    await body(one).fill("说到一半。");
    await press(one, "button", "先存起来");
    code = await one.locator("#code").textContent();
    assert.match(code, /^[0-9A-Z]{4}( [0-9A-Z]{4}){3}$/);
    assert.match(await main(one), /保存到/);
  });
  await step("goes on elsewhere, is told of mistakes there, and saves again under the same code", async () => {
    await goOn(two, code.toLowerCase());
    assert.equal(await two.getByLabel("标题").inputValue(), "路");
    assert.equal(await body(two).inputValue(), "说到一半。");
    await press(two, "button", "下一步：核对");
    assert.match(await two.title(), /^有错误：/);
    assert.equal(await body(two).inputValue(), "说到一半。");
    await body(two).fill("说到一半，又写了一些。");
    await press(two, "button", "先存起来");
    assert.equal(await two.locator("#code").textContent(), code);
    await press(two, "button", "继续写");
  });
  await step("the first device fetches it, finishes and sends; then the code opens nothing", async () => {
    await goOn(one, code);
    assert.equal(await body(one).inputValue(), "说到一半，又写了一些。");
    await writeLetter(one, { ...aLetter, title: "草稿写完的一封信" }, { here: true });
    await press(one, "button", "下一步：核对");
    await press(one, "button", "提交");
    await receipt(one);
    await goOn(two, code);
    assert.match(await main(two), /没有这个代码的草稿/);
  });
  await step("nothing is in the browser", async () => {
    assert.deepEqual(await one.context().cookies(), []);
  });
  assert.deepEqual([...one.complaints, ...two.complaints], []);
});

test("with scripts it is saved while typing, once it has a code; never in the browser", async () => {
  const tab = await citizen(it.browser, phone);
  await writeLetter(tab, aLetter);
  await press(tab, "button", "先存起来");
  const code = await tab.locator("#code").textContent();
  await press(tab, "button", "继续写");
  await body(tab).fill("边写边存的一段话，够长了。");
  await tab.getByText(/^已保存 .*\d\d:\d\d/).waitFor();
  await body(tab).fill("马上又改了一次，立刻就按。");
  await tab.waitForTimeout(3050); /* in the middle of being saved */
  await press(tab, "button", "先存起来");
  assert.equal(await tab.locator("#code").textContent(), code);
  const kept = await tab.evaluate(() => ({ local: localStorage.length, session: sessionStorage.length, cookie: document.cookie }));
  assert.deepEqual(kept, { local: 0, session: 0, cookie: "" });
  const other = await citizen(it.browser);
  await goOn(other, code);
  assert.equal(await body(other).inputValue(), "马上又改了一次，立刻就按。");
  assert.deepEqual([...tab.complaints, ...other.complaints], []);
});

test("answers that look alike come while typing, open elsewhere and leave the text alone", async () => {
  const tab = await citizen(it.browser);
  await tab.goto("/letters/new");
  await body(tab).fill("这段话不能丢。");
  await tab.getByLabel("标题").pressSequentially("锦棠小区南侧工地夜里施工噪声");
  const found = tab.locator(".lx-similar a").first();
  await found.waitFor();
  const [opened] = await Promise.all([tab.context().waitForEvent("page"), found.click()]);
  await opened.waitForLoadState();
  assert.match(opened.url(), /\/open\/\d+$/);
  assert.equal(await body(tab).inputValue(), "这段话不能丢。");
  assert.deepEqual(tab.complaints, []);
});
