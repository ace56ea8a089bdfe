/* A supervisor's day without a mouse, at a desk and on a phone's width: what is late and what soon will be, one pressed, one
 * given a supervision order, a circular drafted, a unit looked into, the inspector's figures and the statistics with the
 * letters behind them, a file ordered and fetched. No address is typed after logging in, and at 375 px nothing is cut off. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fits, Hands } from "./keys.mjs";
import { deskSite, journey, password, phone, tabOf, withBrowser } from "./lib.mjs";

const it = withBrowser();

/* A link by its words, by Tab and Enter. */
async function follow(k, name, within = "body") {
  await k.tabTo(k.tab.locator(within).getByRole("link", { name, exact: typeof name === "string" }).first());
  await k.go("Enter");
}

const section = (k, name) => follow(k, name, "nav");
const heading = (k) => k.tab.locator("h1").innerText();

async function atDesk(login, options) {
  const tab = await tabOf(it.browser, { baseURL: deskSite, ...options });
  tab.setDefaultTimeout(40000);
  const k = new Hands(tab);
  k.arrived = () => options && fits(tab);
  await tab.goto("/login");
  await k.fill(tab.getByLabel("用户名"), login);
  await k.fill(tab.getByLabel("密码"), password);
  await k.go("Enter");
  return k;
}

async function aDay(t, k, mark) {
  const step = journey(t);
  let urged, ordered;

  await step("what is late, and what will be", async () => {
    await section(k, "督办");
    assert.match(await heading(k), /已超期/);
    await follow(k, /^快到期/, "main");
    assert.match(await heading(k), /快到期/);
    assert.ok(await k.tab.locator("table[data-keys] tbody tr").count() > 1);
  });
  await step("one is pressed from the list", async () => {
    const button = k.tab.locator("table[data-keys] button[value=urge]").first();
    urged = (await button.innerText()).match(/MS-\S+/)[0];
    await k.skip();
    await k.tabTo(button);
    await k.go("Enter");
    assert.match(await k.tab.locator("main").innerText(), /催办/);
    await follow(k, /^已督促/, "main");
    assert.ok((await k.tab.locator("table[data-keys]").innerText()).includes(urged), `${urged} is not among those pressed`);
  });
  await step("one is given a supervision order", async () => {
    await follow(k, /^快到期/, "main");
    const link = k.tab.locator("table[data-keys]").getByRole("link", { name: /^督办令 MS-/ }).first();
    ordered = (await link.innerText()).match(/MS-\S+/)[0];
    await k.tabTo(link);
    await k.go("Enter");
    await k.fill(k.tab.locator("textarea").first(), `请说明${mark}的办理进展，并写明完成的日期。`);
    await k.go("Control+Enter");
    assert.ok((await k.tab.locator("main").innerText()).includes("督办"));
    await section(k, "督办");
    await section(k, "督办令");
    const row = k.tab.locator("main tr", { hasText: ordered }).first();
    await k.tabTo(row.getByRole("link").first());
    await k.go("Enter");
    assert.match(await k.tab.locator("main").innerText(), new RegExp(`请说明${mark}的办理进展`));
  });
  await step("what is gathered for the next circular", async () => {
    await section(k, "通报");
    assert.match(await heading(k), /通报/);
  });
  await step("a unit and a person of it", async () => {
    await section(k, "各单位");
    await follow(k, "市城市管理局", "main");
    assert.match(await heading(k), /城市管理局|城管局/);
    const person = k.tab.locator("main a[href^='/watch/people/']").first();
    await k.tabTo(person);
    await k.go("Enter");
    assert.ok(k.tab.url().includes("/watch/people/"));
  });
  await step("the inspector's figures, and the letters behind one", async () => {
    await section(k, "检查指标");
    await follow(k, /^逐封查看/, "main");
    assert.ok(await k.tab.locator("main a[href^='/tickets/']").count() > 0);
  });
  await step("a figure, and the letters behind it", async () => {
    await section(k, "办理统计");
    await follow(k, "逾期未办", "main");
    assert.ok(k.tab.url().includes("measure=overdue_open"));
    assert.ok(await k.tab.locator("main a[href^='/tickets/']").count() > 0);
  });
  await step("the sample, the card and the reports are one key away each", async () => {
    for (const name of ["抽查", "考核", "月报和年报"]) {
      await section(k, name);
      assert.ok(await heading(k));
    }
  });
  assert.deepEqual(k.tab.complaints, []);
}

test("a supervisor's day by keyboard", async (t) => {
  const k = await atDesk("supervisor1");
  await aDay(t, k, "第一件");
  t.diagnostic(`${k.presses()} presses`);
  await k.tab.context().close();
});

test("the same at 375 px", async (t) => {
  const k = await atDesk("supervisor1", phone);
  await aDay(t, k, "第二件");
  await k.tab.context().close();
});
