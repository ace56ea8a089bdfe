/* The pages of terms, holidays, reminders and alarms: a part of pages.mjs. */
import { go, press } from "./lib.mjs";

export const rulesPages = [
  { name: "rules", of: "GET /rules", who: "sysadmin", open: go("/rules") },
  { name: "rules-read", of: "GET /rules", who: "supervisor1", open: go("/rules") },
  { name: "rules-new", of: "GET /rules/new", who: "sysadmin", open: go("/rules/new?like=7") },
  { name: "rules-new-error", of: "POST /rules/new", who: "sysadmin", open: async (page) => {
    await page.goto("/rules/new");
    await press(page, "button", "下一步：看影响哪些信");
  } },
  { name: "rules-ladder", of: "GET /rules/ladder", who: "sysadmin", open: go("/rules/ladder") },
  { name: "rules-ladder-new", of: "GET /rules/ladder/new", who: "sysadmin", open: go("/rules/ladder/new?like=7") },
  { name: "rules-ladder-error", of: "POST /rules/ladder/new", who: "sysadmin", open: async (page) => {
    await page.goto("/rules/ladder/new");
    await page.getByLabel("各步通知谁").fill("到期那天：随便谁");
    await press(page, "button", "下一步：看影响");
  } },
  { name: "rules-ladder-asks", of: "POST /rules/ladder/new", who: "sysadmin", open: async (page) => {
    await page.goto("/rules/ladder/new?like=7");
    await page.getByLabel("依据").fill("市政府办公室〔2026〕3号");
    await press(page, "button", "下一步：看影响");
  } },
  { name: "rules-light-new", of: "GET /rules/lights/new", who: "sysadmin", open: go("/rules/lights/new") },
  { name: "rules-light-error", of: "POST /rules/lights/new", who: "sysadmin", open: async (page) => {
    await page.goto("/rules/lights/new");
    await press(page, "button", "下一步：看影响");
  } },
  { name: "rules-alarms", of: "GET /rules/alarms", who: "sysadmin", open: go("/rules/alarms") },
  { name: "rules-alarm-new", of: "GET /rules/alarms/new", who: "sysadmin", open: go("/rules/alarms/new?kind=home") },
  { name: "rules-alarm-error", of: "POST /rules/alarms/new", who: "sysadmin", open: async (page) => {
    await page.goto("/rules/alarms/new?kind=home");
    await page.getByLabel("各步").fill("过几天：随便谁");
    await press(page, "button", "下一步：看影响");
  } },
  { name: "rules-alarm-asks", of: "POST /rules/alarms/new", who: "sysadmin", open: async (page) => {
    await page.goto("/rules/alarms/new?kind=home");
    await page.getByLabel("各步").fill("7 天：预警：发布员");
    await page.getByLabel("依据").fill("市政府办公室〔2026〕3号");
    await press(page, "button", "下一步：看影响");
  } },
  { name: "rules-calendar", of: "GET /rules/calendar", who: "sysadmin", open: go("/rules/calendar?year=2026") },
  { name: "rules-calendar-error", of: "POST /rules/calendar", who: "sysadmin", open: async (page) => {
    await page.goto("/rules/calendar");
    await press(page, "button", "下一步：看影响哪些信");
  } },
  { name: "rules-topics", of: "GET /rules/topics", who: "sysadmin", open: go("/rules/topics") },
  { name: "rules-topics-read", of: "GET /rules/topics", who: "supervisor1", open: go("/rules/topics") },
  { name: "rules-topic-new", of: "GET /rules/topics/new", who: "sysadmin", open: go("/rules/topics/new?parent=200") },
  { name: "rules-topic-new-error", of: "POST /rules/topics/new", who: "sysadmin", open: async (page) => {
    await page.goto("/rules/topics/new");
    await press(page, "button", "新增");
  } },
  { name: "rules-topic", of: "GET /rules/topics/:id", who: "sysadmin", open: go("/rules/topics/205") },
  { name: "rules-topic-error", of: "POST /rules/topics/:id", who: "sysadmin", open: async (page) => {
    await page.goto("/rules/topics/205");
    await page.getByLabel("名称").fill("");
    await press(page, "button", "改名");
  } },
  { name: "rules-changes", of: "GET /rules/changes", who: "supervisor1", open: go("/rules/changes") },
  { name: "rules-change", of: "GET /rules/changes/:id", who: "sysadmin", open: async (page) => {
    await page.goto("/rules/calendar");
    await page.getByLabel("放假安排（JSON）").fill(JSON.stringify({ year: 2026, days: [
      { name: "国庆节", date: "2026-10-01", isOffDay: true }, { name: "中秋节", date: "2026-09-25", isOffDay: true }] }));
    await page.getByLabel("为什么导入").fill("看看会影响哪些信");
    await press(page, "button", "下一步：看影响哪些信");
    await page.getByRole("button", { name: "作废，不执行" }).waitFor();
  } },
  { name: "rules-change-again", of: "POST /rules/changes/:id/do", who: "sysadmin", open: async (page) => {
    await page.goto("/rules/changes/1");
    const csrf = await page.locator("input[name=csrf]").first().inputValue();
    await page.evaluate((token) => {
      const form = document.createElement("form");
      form.method = "post";
      form.action = "/rules/changes/1/do";
      for (const [name, value] of [["csrf", token], ["do", "apply"]])
        form.append(Object.assign(document.createElement("input"), { name, value }));
      document.body.append(form);
      form.submit();
    }, csrf);
    await page.getByRole("alert").waitFor();
  } },
];
