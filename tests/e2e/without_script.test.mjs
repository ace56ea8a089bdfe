/* With scripts switched off everything still works: the citizen's part and the desk's. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { aLetter, citizen, journey, letter, officer, phone, press, receipt, track, unfold, withBrowser, writeLetter } from "./lib.mjs";

const it = withBrowser();
const plain = { javaScriptEnabled: false };
const state = (tab) => tab.locator(".lx-tag").first().textContent();
const main = (tab) => tab.locator("main").textContent();

test("a citizen without scripts", async (t) => {
  const step = journey(t);
  const tab = await citizen(it.browser, { ...phone, ...plain });
  let at;
  await step("is told of every mistake, and keeps what was right", async () => {
    await writeLetter(tab, { ...aLetter, title: "路", phone: "123" });
    await press(tab, "button", "下一步：核对");
    assert.equal(await tab.locator("[role=alert] li").count(), 2);
    assert.equal(await tab.getByLabel("内容", { exact: true }).inputValue(), aLetter.body);
    assert.equal(await tab.getByLabel("姓名").inputValue(), aLetter.name);
    await tab.locator("[role=alert] a").first().focus();
    await tab.keyboard.press("Enter");
    assert.match(tab.url(), /#title$/);
  });
  await step("mends them, goes back once more, and sends", async () => {
    await tab.getByLabel("标题").fill(aLetter.title);
    await tab.getByLabel("手机或固定电话").fill(aLetter.phone);
    await press(tab, "button", "下一步：核对");
    await press(tab, "button", /修改\s*地点/);
    await tab.getByLabel("事情发生的地点").fill("香樟路9号门前");
    await press(tab, "button", "下一步：核对");
    assert.match(await main(tab), /香樟路9号门前/);
    await press(tab, "button", "提交");
    at = await receipt(tab);
  });
  await step("follows it by number and code", async () => {
    await press(tab, "link", "查进度");
    assert.equal(await tab.getByLabel("信件编号").inputValue(), at.number);
    await track(tab, at);
    assert.match(await state(tab), /已收到/);
  });
  await step("takes it back", async () => {
    await press(tab, "button", "撤回");
    assert.match(await main(tab), /不能恢复/);
    await press(tab, "button", "确认撤回");
    assert.match(await tab.locator("[role=alert]").textContent(), /请在框里写/);
    await tab.getByLabel(/确认撤回/).fill("撤回");
    await press(tab, "button", "确认撤回");
    assert.match(await state(tab), /已撤回/);
  });
  await step("adds what was asked for to another", async () => {
    await track(tab, letter("创业补贴"));
    await tab.getByLabel("您的补充").fill("营业执照是今年三月办的，申请编号2026-117。");
    await press(tab, "button", "提交补充");
    assert.match(await main(tab), /您的补充已收到/);
  });
  await step("asks again where an answer was not enough", async () => {
    await track(tab, letter("异地就医"));
    await unfold(tab, "追问一次");
    await tab.getByLabel("您的追问").fill("备案以后要等多久才能直接结算？");
    await press(tab, "button", "提交追问");
    assert.match(await state(tab), /办理中/);
  });
  await step("finds published answers by words, kind and page", async () => {
    await tab.goto("/open?q=%E8%B7%AF%E7%81%AF");
    await press(tab, "link", /路灯/);
    assert.match(await main(tab), /答复/);
    await tab.goto("/open");
    await press(tab, "link", /^咨询/);
    assert.doesNotMatch((await tab.locator("[data-label=类型]").allTextContents()).join(), /投诉|建议/);
  });
  await step("chooses large type and keeps it", async () => {
    await press(tab, tab.getByRole("link", { name: "长者模式" }));
    assert.equal(await tab.locator("html").getAttribute("data-size"), "large");
    await tab.goto("/help");
    assert.equal(await tab.locator("html").getAttribute("data-size"), "large");
  });
  assert.deepEqual(tab.complaints, []);
});

test("officers without scripts", async (t) => {
  const step = journey(t);
  const number = letter("周六能不能").number;
  const tabs = [];
  const at = async (login, rest = "") => {
    const tab = await officer(it.browser, login, plain);
    tabs.push(tab);
    await tab.goto(`/tickets/${number}${rest}`);
    return tab;
  };
  await step("accept and assign", async () => {
    const tab = await at("registrar1");
    await press(tab, "button", "受理");
    await unfold(tab, "分办");
    await tab.getByLabel("主办单位").selectOption({ label: "市公安局" });
    await press(tab, "button", "分办");
  });
  await step("sign and draft; a saved draft is there the next time", async () => {
    const tab = await at("gaj_handler");
    await press(tab, "button", "签收");
    await press(tab, "link", "起草答复");
    await tab.getByLabel("答复内容").fill("您好！您问周末和网上办理的方式，答复如下。经向户政大厅核实，按照《居住证暂行条例》和市公安局的办公安排，周六上午9:00—12:00可以办理居住证业务，户口迁移请在工作日办理。咨询请拨打12345，转市公安局。");
    await press(tab, "button", "保存草稿");
    await tab.goto(`/tickets/${number}/draft`);
    assert.match(await tab.getByLabel("答复内容").inputValue(), /户政大厅/);
    await tab.getByLabel("办理结果").selectOption({ index: 1 });
    await press(tab, "button", "提交审核");
  });
  await step("send back with a reason, and approve the second version", async () => {
    const tab = await at("gaj_reviewer", "/review");
    await tab.getByLabel("退回的理由").fill("请写明咨询电话的受理时间。");
    await press(tab, "button", "退回修改");
    const author = await at("gaj_handler", "/draft");
    assert.match(await main(author), /请写明咨询电话的受理时间/);
    await author.getByLabel("答复内容").fill("您好！您问周末和网上办理的方式，答复如下。经向户政大厅核实，按照《居住证暂行条例》和市公安局的办公安排，周六上午9:00—12:00可以办理居住证业务，户口迁移请在工作日办理。咨询请拨打12345（全天），转市公安局。");
    await author.getByLabel("办理结果").selectOption({ index: 1 });
    await press(author, "button", "提交审核");
    const again = await at("gaj_reviewer", "/review");
    await press(again, "button", "审核通过");
    const done = await at("registrar1");
    assert.match(await state(done), /已答复/);
  });
  await step("see the writer's telephone only with a reason", async () => {
    const tab = await officer(it.browser, "cgj_handler", plain);
    tabs.push(tab);
    await tab.goto(`/tickets/${letter("和风路公交站牌").number}`);
    assert.doesNotMatch(await main(tab), /1390000\d{4}/);
    await press(tab, "button", "显示联系方式");
    assert.doesNotMatch(await main(tab), /1390000\d{4}/);
    await tab.getByLabel("查看理由").fill("电话核实地点");
    await press(tab, "button", "显示联系方式");
    assert.match(await main(tab), /1390000\d{4}/);
  });
  await step("log out", async () => {
    const tab = tabs.at(-1);
    await press(tab, tab.getByRole("button", { name: "退出" }));
    await tab.goto("/queue");
    assert.match(await tab.locator("h1").textContent(), /登录/);
  });
  assert.deepEqual(tabs.flatMap((tab) => tab.complaints), []);
});
