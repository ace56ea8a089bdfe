/* A caller's letter taken down without a mouse: digits choose, Enter leads on, earlier letters come up, Ctrl+Enter registers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { officer, withBrowser } from "./lib.mjs";

const it = withBrowser();

test("a call is taken down by keyboard alone", async () => {
  const page = await officer(it.browser, "registrar1");
  const keys = page.keyboard;
  await page.goto("/register");
  assert.equal(await page.evaluate(() => document.activeElement.id), "channel-1");
  await keys.press("2");
  assert.ok(await page.locator("#channel-2").isChecked());
  await page.locator("#phone").focus();
  await keys.type("13900000020");
  await page.getByText(/这个号码来过 \d+ 封信/).waitFor();
  assert.ok(await page.locator("#callers a").count() > 0);
  await keys.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "name");
  await keys.type("吕海洋");
  await page.locator("#type-1").focus();
  await keys.press("2");
  await keys.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "title");
  await keys.type("出租车发票丢了怎样补开");
  await keys.press("Enter");
  await keys.type("上周坐出租车，发票丢了，单位要报销，怎样补开，要带什么？");
  await page.locator("#publish-1").focus();
  await keys.press("1");
  const there = page.waitForEvent("load");
  await keys.press("Control+Enter");
  await there;
  assert.equal(await page.locator("h1").textContent(), "已登记");
  assert.match(await page.evaluate(() => document.activeElement.textContent), /登记下一封/);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});
