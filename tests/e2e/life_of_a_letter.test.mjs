/* A letter from its first word to the public listing, by finger and mouse, and once more by keys alone. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Keys } from "./keys.mjs";
import { aLetter, citizen, deskSite, journey, officer, phone, press, receipt, tabOf, track, unfold, withBrowser, writeLetter } from "./lib.mjs";

const it = withBrowser();
const answer = "您好！来信收悉，现答复如下。\n一、核实情况：我局已到香樟路现场检查，便道有十二块地砖松动。\n" +
  "二、处理结果：已全部更换并重新铺垫。\n三、后续：如再发现松动，请拨打12345，转市城管局公众服务岗。";

/* The state as the page of the desk or of the citizen shows it. */
const state = (tab) => tab.locator(".lx-tag").first().textContent();

async function atDesk(login, number, rest = "") {
  const tab = await officer(it.browser, login);
  await tab.goto(`/tickets/${number}${rest}`);
  return tab;
}

test("by finger and mouse, from the phone of a citizen to the listing that a stranger reads", async (t) => {
  const phoneTab = await citizen(it.browser, phone);
  const title = `${aLetter.title}（一）`;
  const step = journey(t);
  let at;
  const tabs = [phoneTab];
  const open = async (...args) => { const tab = await atDesk(...args); tabs.push(tab); return tab; };

  await step("a citizen writes at 375 px and gets number, code and date", async () => {
    await phoneTab.goto("/");
    await press(phoneTab, "link", /^我要写信/, "tap");
    await writeLetter(phoneTab, { ...aLetter, title });
    await press(phoneTab, "button", "下一步：核对", "tap");
    assert.match(await phoneTab.locator("main").textContent(), /最迟 .*答复/);
    await press(phoneTab, "button", "提交", "tap");
    at = await receipt(phoneTab);
    assert.match(at.number, /^MS-T-\d{8}-\d+-\d$/);
    assert.match(at.code, /^[0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]{4}$/);
    assert.match(await phoneTab.locator("main").textContent(), /最迟答复\s*(\d+年)?\d+月\d+日/);
  });
  await step("the registrar accepts it and gives it to the department", async () => {
    const tab = await open("registrar1", at.number);
    await press(tab, "button", "受理");
    assert.match(await state(tab), /已受理待分办/);
    await unfold(tab, "分办");
    await tab.getByLabel("主办单位").selectOption({ label: "市城市管理局" });
    await press(tab, "button", "分办");
    assert.match(await tab.locator("[role=status]").first().textContent(), /分办/);
  });
  await step("the liaison signs for it", async () => {
    const tab = await open("cgj_liaison", at.number);
    await press(tab, "button", "签收");
    assert.match(await state(tab), /办理中/);
  });
  await step("the handler drafts, saves and submits the answer", async () => {
    const tab = await open("cgj_handler", at.number);
    await press(tab, "link", "起草答复");
    await tab.getByLabel("答复内容").fill(answer.slice(0, 60));
    await press(tab, "button", "保存草稿");
    assert.equal(await tab.getByLabel("答复内容").inputValue(), answer.slice(0, 60));
    await tab.getByLabel("答复内容").fill(answer);
    await tab.getByLabel("办理结果").selectOption({ label: "已解决" });
    await press(tab, "button", "提交审核");
    await tab.goto(`/tickets/${at.number}`);
    assert.match(await state(tab), /待审核/);
  });
  await step("somebody else reviews and approves it", async () => {
    const tab = await open("cgj_reviewer", at.number, "/review");
    assert.match(await tab.locator("main").textContent(), /已全部更换并重新铺垫/);
    await press(tab, "button", "审核通过");
    await tab.goto(`/tickets/${at.number}`);
    assert.match(await state(tab), /已答复/);
  });
  await step("the citizen reads it and rates it", async () => {
    await track(phoneTab, at);
    assert.match(await phoneTab.locator("main").textContent(), /已全部更换并重新铺垫/);
    await phoneTab.getByLabel("很满意", { exact: true }).check();
    await phoneTab.getByLabel("解决了", { exact: true }).check();
    await phoneTab.getByLabel("您想说的话").fill("修得很快，谢谢。");
    await press(phoneTab, "button", "提交评价", "tap");
    assert.match(await phoneTab.locator("main").textContent(), /您的评价[^]*很满意/);
    assert.match(await state(phoneTab), /已办结/);
  });
  await step("the secrecy reviewer agrees, the publisher publishes", async () => {
    const secrecy = await open("secrecy1", at.number, "/publish");
    await press(secrecy, "button", "同意全文公开");
    const publisher = await open("publisher1", at.number, "/publish");
    await press(publisher, "button", "公开");
    assert.match(await publisher.locator("main").textContent(), /公开/);
  });
  await step("a stranger finds it in the listing, without the writer's name or number", async () => {
    const stranger = await citizen(it.browser);
    tabs.push(stranger);
    await stranger.goto("/");
    await press(stranger, "link", /^看公开答复/);
    await stranger.getByLabel("关键词").fill(title);
    await press(stranger, "button", "查找");
    await press(stranger, "link", title);
    const text = await stranger.locator("main").textContent();
    assert.match(text, /地砖松动，下雨天一踩就溅水/);
    assert.match(text, /已全部更换并重新铺垫/);
    assert.doesNotMatch(text, /江晚晴|13900000088/);
  });
  assert.deepEqual(tabs.flatMap((tab) => tab.complaints), []);
  for (const tab of tabs)
    await tab.context().close();
});

/* Logs in and opens the letter from the list: nobody at the desk types addresses. */
async function keysAtDesk(login) {
  const tab = await tabOf(it.browser, { baseURL: deskSite });
  const k = new Keys(tab);
  await tab.goto("/login");
  await k.tabTo(tab.getByLabel("用户名"));
  await k.type(login);
  await k.tabTo(tab.getByLabel("密码"));
  await k.type("minsheng-demo-2026");
  await k.go("Enter");
  await k.skip();
  return [tab, k];
}

test("by keys alone, and how many it takes", async (t) => {
  const title = `${aLetter.title}（二）`;
  const counts = [];
  let at;
  const tried = journey(t);
  const step = (name, fn) => tried(name, async () => {
    const k = await fn();
    counts.push([name, k]);
    assert.deepEqual(k.tab.complaints, []);
    await k.tab.context().close();
  });

  await step("write", async () => {
    const tab = await citizen(it.browser);
    const k = new Keys(tab);
    await tab.goto("/letters/new");
    await k.skip();
    await k.tabTo(tab.getByRole("radio", { name: "咨询", exact: true }));
    await k.press("ArrowDown"); /* 投诉 */
    assert.ok(await tab.getByRole("radio", { name: "投诉", exact: true }).isChecked());
    await k.tabTo(tab.getByLabel("标题"));
    await k.type(title);
    await k.tabTo(tab.getByLabel("内容", { exact: true }));
    await k.type(aLetter.body);
    await k.tabTo(tab.getByRole("radio", { name: "可以公开来信内容", exact: true }));
    await k.press("Space");
    await k.tabTo(tab.getByLabel("姓名"));
    await k.type(aLetter.name);
    await k.tabTo(tab.getByLabel("手机或固定电话"));
    await k.type(aLetter.phone);
    await k.go("Enter");
    assert.match(await tab.locator("h1").textContent(), /核对/);
    await k.skip();
    await k.tabTo(tab.locator("main").getByRole("button", { name: "提交", exact: true }).last());
    await k.go("Enter");
    at = await receipt(tab);
    return k;
  });
  await step("accept and assign", async () => {
    const [tab, k] = await keysAtDesk("registrar1");
    await k.findLetter(at.number);
    await k.skip();
    await k.tabTo(tab.getByRole("button", { name: "受理", exact: true }));
    await k.go("Enter");
    assert.match(await state(tab), /已受理待分办/);
    await k.skip();
    await k.openSummary("分办");
    await k.tabTo(tab.getByLabel("主办单位"));
    await k.choose(tab.getByLabel("主办单位"), "市城市管理局");
    await k.tabTo(tab.getByRole("button", { name: "分办", exact: true }));
    await k.go("Enter");
    return k;
  });
  await step("sign", async () => {
    const [tab, k] = await keysAtDesk("cgj_liaison");
    await k.findLetter(at.number);
    await k.skip();
    await k.tabTo(tab.getByRole("button", { name: "签收", exact: true }));
    await k.go("Enter");
    assert.match(await state(tab), /办理中/);
    return k;
  });
  await step("draft and submit", async () => {
    const [tab, k] = await keysAtDesk("cgj_handler");
    await k.findLetter(at.number);
    await k.skip();
    await k.tabTo(tab.getByRole("link", { name: "起草答复" }));
    await k.go("Enter");
    await k.skip();
    await k.tabTo(tab.getByLabel("答复内容"));
    await k.type(answer.replace("十二块", "十三块")); /* word for word the same as an earlier answer would be asked about */
    await k.tabTo(tab.getByLabel("办理结果"));
    await k.choose(tab.getByLabel("办理结果"), "已解决");
    await k.tabTo(tab.getByRole("button", { name: "提交审核" }));
    await k.go("Enter");
    return k;
  });
  await step("review", async () => {
    const [tab, k] = await keysAtDesk("cgj_reviewer");
    await k.findLetter(at.number);
    await k.skip();
    await k.tabTo(tab.getByRole("link", { name: "审核" }).first());
    await k.go("Enter");
    await k.skip();
    await k.tabTo(tab.getByRole("button", { name: "审核通过" }));
    await k.go("Enter");
    return k;
  });
  await step("read and rate", async () => {
    const tab = await citizen(it.browser);
    const k = new Keys(tab);
    await tab.goto("/track");
    await k.skip();
    await k.tabTo(tab.getByLabel("信件编号"));
    await k.type(at.number);
    await k.tabTo(tab.getByLabel("查询码"));
    await k.type(at.code);
    await k.go("Enter");
    assert.match(await tab.locator("main").textContent(), /已全部更换并重新铺垫/);
    await k.skip();
    await k.tabTo(tab.getByLabel("很满意", { exact: true }));
    await k.press("Space");
    await k.tabTo(tab.getByLabel("解决了", { exact: true }));
    await k.press("Space");
    await k.tabTo(tab.getByRole("button", { name: "提交评价" }));
    await k.go("Enter");
    assert.match(await state(tab), /已办结/);
    return k;
  });
  await step("agree to publication", async () => {
    const [tab, k] = await keysAtDesk("secrecy1");
    await k.openRow("公开审查", at.number);
    await k.skip();
    await k.tabTo(tab.getByRole("button", { name: "同意全文公开" }));
    await k.go("Enter");
    return k;
  });
  await step("publish", async () => {
    const [tab, k] = await keysAtDesk("publisher1");
    await k.openRow("公开发布", at.number);
    await k.skip();
    await k.tabTo(tab.getByRole("button", { name: "公开", exact: true }));
    await k.go("Enter");
    return k;
  });
  await step("a stranger finds it", async () => {
    const tab = await citizen(it.browser);
    const k = new Keys(tab);
    await tab.goto("/");
    await k.tabTo(tab.getByLabel("搜索公开答复"));
    await k.type(title);
    await k.go("Enter");
    await k.skip();
    await k.tabTo(tab.getByRole("link", { name: title }));
    await k.go("Enter");
    assert.match(await tab.locator("h1").textContent(), /香樟路便道地砖/);
    return k;
  });
  let tabs = 0, others = 0;
  for (const [name, k] of counts) {
    t.diagnostic(`${name}: ${k.tabs} Tab, ${k.others} other keys, ${k.typed} characters typed`);
    tabs += k.tabs;
    others += k.others;
  }
  t.diagnostic(`one letter: ${tabs} Tab and ${others} other keys by ${counts.length} people`);
});
