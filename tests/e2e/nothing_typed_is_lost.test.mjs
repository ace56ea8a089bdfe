/* What somebody typed survives the back button, a worn-out form, a double click, a colleague, a closing tab. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { aLetter, citizen, letter, officer, password, press, receipt, track, unfold, wide, withBrowser, writeLetter } from "./lib.mjs";

const it = withBrowser();
const body = (tab) => tab.getByLabel("内容", { exact: true });

test("the back button brings the letter back as it was", async () => {
  const tab = await citizen(it.browser);
  await writeLetter(tab, aLetter);
  await press(tab, "button", "下一步：核对");
  await tab.goBack();
  assert.equal(await body(tab).inputValue(), aLetter.body);
  assert.equal(await tab.getByLabel("标题").inputValue(), aLetter.title);
  assert.ok(await tab.getByRole("radio", { name: "投诉", exact: true }).isChecked());
  await tab.context().close();
});

test("a letter written on the way back from a receipt is another letter", async () => {
  const tab = await citizen(it.browser);
  await writeLetter(tab, { ...aLetter, title: "先写的一封信" });
  await press(tab, "button", "下一步：核对");
  await press(tab, "button", "提交");
  const first = await receipt(tab);
  await tab.goto("/letters/new");
  await writeLetter(tab, { ...aLetter, title: "后写的一封信" });
  await press(tab, "button", "下一步：核对");
  await press(tab, "button", "提交");
  assert.notEqual((await receipt(tab)).number, first.number);
  await tab.context().close();
});

test("a letter that lay open too long is sent with one more press", async () => {
  const tab = await citizen(it.browser);
  await writeLetter(tab, { ...aLetter, title: "写了很久的一封信" });
  await tab.locator("main form input[name=token]").evaluate((e) => { e.value = "worn.out"; });
  await press(tab, "button", "下一步：核对");
  assert.match(await tab.locator("main").textContent(), /香樟路小学门口/);
  await tab.locator("main form input[name=token]").evaluate((e) => { e.value = "worn.out"; });
  await press(tab, "button", "提交");
  assert.match(await tab.locator("[role=alert]").textContent(), /请核对后再点一次/);
  await press(tab, "button", "提交");
  assert.match((await receipt(tab)).number, /^MS-/);
  await tab.context().close();
});

test("a double click makes one letter", async () => {
  for (const script of [true, false]) {
    const tab = await citizen(it.browser, { javaScriptEnabled: script });
    const title = script ? "按了两次的一封信" : "按了两次的又一封信";
    await writeLetter(tab, { ...aLetter, title });
    await press(tab, "button", "下一步：核对");
    const button = tab.locator("main").getByRole("button", { name: "提交", exact: true }).last();
    await press(tab, button, "", "dblclick");
    await tab.locator("#number").waitFor();
    const first = (await receipt(tab)).number;
    const desk = await officer(it.browser, "registrar1");
    await desk.goto(`/queue?words=${encodeURIComponent(title)}`);
    assert.equal(await desk.locator("tbody tr").count(), 1);
    assert.match(await desk.locator("tbody").textContent(), new RegExp(first));
    await tab.context().close();
  }
});

test("a receipt that is loaded again is the same receipt", async () => {
  const tab = await citizen(it.browser);
  await writeLetter(tab, { ...aLetter, title: "重新载入的一封信" });
  await press(tab, "button", "下一步：核对");
  await press(tab, "button", "提交");
  const first = await receipt(tab);
  await tab.reload();
  assert.equal((await receipt(tab)).number, first.number);
  await tab.context().close();
});

test("leaving with something typed is asked about, leaving otherwise is not", async () => {
  const tab = await citizen(it.browser), asked = [];
  tab.on("dialog", async (d) => { asked.push(d.type()); await d.accept(); });
  await tab.goto("/letters/new");
  await tab.goto("/help");
  assert.deepEqual(asked, []);
  await tab.goto("/letters/new");
  await body(tab).pressSequentially("路");
  await tab.goto("/help");
  assert.deepEqual(asked, ["beforeunload"]);
  await writeLetter(tab, aLetter);
  await press(tab, "button", "下一步：核对");
  assert.deepEqual(asked, ["beforeunload"]);
  await tab.context().close();
});

test("an answer to an ended session goes through the login back into its form", async () => {
  for (const script of [true, false]) {
    const tab = await officer(it.browser, "cgj_handler", { ...wide, javaScriptEnabled: script });
    const words = script ? "写了一半的答复，不能丢。" : "没有脚本，写了一半的答复，也不能丢。";
    await tab.goto(`/tickets/${letter("和风路公交站牌").number}/draft`);
    await tab.getByLabel("答复内容").fill(words);
    await tab.context().clearCookies();
    await press(tab, "button", "保存草稿");
    assert.match(await tab.locator("h1").textContent(), /登录已过期/);
    await tab.getByLabel("用户名").fill("cgj_handler");
    await tab.getByLabel("密码").fill(password);
    await press(tab, "button", "登录");
    assert.equal(await tab.getByLabel("答复内容").inputValue(), words);
    await press(tab, "button", "保存草稿");
    await tab.goto(`/tickets/${letter("和风路公交站牌").number}/draft`);
    assert.equal(await tab.getByLabel("答复内容").inputValue(), words);
    await tab.context().close();
  }
});

test("two who write the same draft both see both", async () => {
  const one = await officer(it.browser, "zjj_handler"), two = await officer(it.browser, "zjj_handler");
  const path = `/tickets/${letter("小区交付").number}/draft`;
  await one.goto(path);
  await two.goto(path);
  await one.getByLabel("答复内容").fill("先保存的一稿。");
  await press(one, "button", "保存草稿");
  await two.getByLabel("答复内容").fill("后保存的一稿。");
  await press(two, "button", "保存草稿");
  assert.equal(await two.getByLabel("答复内容").inputValue(), "后保存的一稿。");
  assert.match(await two.locator("[role=alert]").last().textContent(), /先保存的一稿/);
  await one.context().close();
  await two.context().close();
});

test("a wrong code keeps the number; what was typed for a letter is kept with an old form", async () => {
  const tab = await citizen(it.browser), at = letter("行道树");
  await track(tab, { number: at.number, code: "AAAA-AAAA-AAAA" });
  assert.equal(await tab.getByLabel("信件编号").inputValue(), at.number);
  await track(tab, letter("创业补贴"));
  await tab.getByLabel("您的补充").fill("补充的话不能丢。");
  await tab.locator("form[action*=supply] input[name=pass]").evaluate((e) => { e.value = "worn out"; });
  await press(tab, "button", "提交补充");
  assert.match(await tab.locator("main").evaluate((m) => m.textContent + [...m.querySelectorAll("textarea")].map((e) => e.value).join()), /补充的话不能丢/);
  await tab.context().close();
});

test("a place of a public edition is hidden and shown by one press; what was typed, the page and the cursor stay", async () => {
  const tab = await officer(it.browser, "publisher1");
  const found = tab.locator(".lx-prose button.lx-find", { hasText: "13900000067" }), title = tab.getByLabel("公开标题");
  await tab.goto(`/tickets/${letter("青山街道遛狗").number}/publish`);
  await tab.evaluate(() => { window.same = true; });
  await title.fill("遛狗不拴绳，扑倒老人");
  assert.match(await found.getAttribute("class"), /lx-find--hidden/);
  await found.dblclick(); /* as people do */
  await tab.locator(".lx-prose button.lx-find--shown", { hasText: "13900000067" }).waitFor();
  assert.ok(await found.evaluate((e) => e === document.activeElement));
  assert.match(await tab.locator("#body").inputValue(), /13900000067/);
  await tab.keyboard.press("Enter");
  await tab.locator(".lx-prose button.lx-find--hidden", { hasText: "13900000067" }).waitFor();
  assert.doesNotMatch(await tab.locator("#body").inputValue(), /13900000067/);
  await unfold(tab, "来信和答复的文字");
  await tab.locator("#body").evaluate((e) => e.setSelectionRange(e.value.indexOf("姓郝"), e.value.indexOf("姓郝") + 2));
  await tab.locator("#body + button").click();
  assert.match(await tab.locator("#body").inputValue(), /狗主人［已隐去］，/);
  assert.equal(await title.inputValue(), "遛狗不拴绳，扑倒老人");
  assert.ok(await tab.evaluate(() => window.same));
  assert.deepEqual(tab.complaints, []);
  await tab.context().close();
});

test("number and code as the receipt copies them are pasted in one go; a wrong code stays to be corrected", async () => {
  const tab = await citizen(it.browser), own = letter("行道树");
  await tab.goto("/track");
  await tab.getByLabel("信件编号").evaluate((el, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text", text);
    el.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, `${own.number}\r\n0000 0000 0000\n`);
  assert.equal(await tab.getByLabel("信件编号").inputValue(), own.number);
  assert.equal(await tab.getByLabel("查询码").inputValue(), "0000 0000 0000");
  await press(tab, "button", "查询");
  assert.equal(await tab.getByLabel("查询码").inputValue(), "0000 0000 0000");
  await tab.getByLabel("查询码").fill(own.code);
  await press(tab, "button", "查询");
  await tab.getByRole("heading", { level: 1, name: /^行道树/ }).waitFor();
  await tab.context().close();
});
