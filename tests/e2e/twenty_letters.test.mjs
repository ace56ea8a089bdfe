/* Twenty letters by keyboard alone: registered, accepted, assigned, signed, answered and reviewed by four people who
 * never touch a mouse and, once logged in, never type an address. Counts every press; prints how many each letter took.
 * Then two letters the same way at 375 px, where nothing may be cut off. LETTERS=n takes another number. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fits, Hands } from "./keys.mjs";
import { deskSite, journey, password, phone, tabOf, withBrowser } from "./lib.mjs";

const it = withBrowser();
const many = Number(process.env.LETTERS ?? 20);
const places = ["东门", "西门", "南门", "北门", "一号楼", "二号楼", "三号楼", "四号楼", "五号楼", "六号楼"];
const faults = ["路灯不亮", "地砖松动", "井盖破损", "树枝挡路", "垃圾未清"];

function written(mark, i) {
  const place = `${mark}${places[i % places.length]}`, fault = faults[Math.floor(i / 2) % faults.length];
  return { title: `${place}${fault}（${i + 1}）`, place, phone: `139000${String(10000 + i)}`, name: "江晚晴",
    body: `${place}的${fault}已经一个星期，晚上进出不方便，请派人处理，并告诉我什么时候处理好。`,
    answer: `您好！来信收悉，现答复如下。\n经我局9月28日现场核实，${place}确有${fault}的情况。根据《城市市容和环境卫生管理条例》` +
      `，该处由我局负责维护，已于当日处理完毕。如对答复有异议，可以依法向市政府信访部门反映。\n联系人：公众服务岗，电话：0000-80000110。` };
}

async function atDesk(login, options) {
  const tab = await tabOf(it.browser, { baseURL: deskSite, ...options });
  tab.setDefaultTimeout(40000);
  const k = new Hands(tab);
  if (options)
    k.arrived = () => fits(tab);
  await tab.goto("/login");
  await k.fill(tab.getByLabel("用户名"), login);
  await k.fill(tab.getByLabel("密码"), password);
  await k.go("Enter");
  return k;
}

/* The list of everything with this word in its title, and its first letter. */
async function openList(k, mark, n) {
  await k.away("g q");
  await k.press("/");
  await k.type(mark);
  await k.go("Enter");
  assert.equal(await k.tab.locator("table[data-keys] tbody tr").count(), n);
  await k.press("j");
  await k.go("Enter");
}

const main = (k) => k.tab.locator("main");

async function register(k, one) {
  const tab = k.tab, field = (name) => main(k).locator(`[name=${name}]:not([type=hidden])`);
  await k.tick(tab.locator("#channel"), /电话|热线/);
  await k.fill(field("phone"), one.phone);
  await k.fill(field("name"), one.name);
  await k.tick(tab.locator("#type"), /投诉/);
  await k.fill(field("title"), one.title);
  await k.fill(field("body"), one.body);
  await k.fill(field("place"), one.place);
  await k.tick(tab.locator("#publish"), /^\d? *可以/);
  await k.reach(main(k).getByRole("button", { name: /^登记/ }));
  await k.go("Enter");
  assert.deepEqual(await tab.locator(".lx-error-summary a").allTextContents(), []);
  one.number = (await tab.locator("#number").textContent()).trim();
  assert.match(one.number, /^MS-T-/);
}

async function acceptAndAssign(k) {
  await k.press("f");
  await k.choose(main(k).locator("select[name=unit]").first(), "市城市管理局");
  await k.reach(main(k).getByRole("button", { name: /^受理并分办/ }));
  await k.go("Enter");
}

/* Who signed may still object or name a handler, so the letter stays; n is the next one. */
async function sign(k, letters, i) {
  await k.reach(main(k).getByRole("button", { name: /^签收/ }));
  await k.go("Enter");
  if (i + 1 < letters.length)
    await k.away("n");
}

async function answer(k, letters) {
  await k.away("e");
  const title = await k.tab.locator("h1").textContent();
  const one = letters.find(({ title: words }) => title.includes(words));
  await k.fill(k.tab.getByLabel("答复内容"), one.answer);
  await k.pick(k.tab.getByLabel("办理结果"), "已解决");
  await k.reach(main(k).getByRole("button", { name: /^提交审核/ }));
  await k.go("Enter");
}

/* A review leads to the next one: the first alone is opened. */
async function review(k) {
  if (!new URL(k.tab.url()).pathname.endsWith("/review"))
    await k.away("e");
  await k.reach(main(k).getByRole("button", { name: /^审核通过/ }));
  await k.go("Enter");
}

const people = [
  { who: "registrar", login: "registrar1", what: "register", act: (k, letters, i) => register(k, letters[i]),
    begin: (k) => k.away("g r"), next: (k) => k.away("Enter") },
  { who: "registrar", login: "registrar1", what: "accept, assign", act: acceptAndAssign },
  { who: "liaison", login: "cgj_liaison", what: "sign", act: sign },
  { who: "handler", login: "cgj_handler", what: "answer", act: answer },
  { who: "reviewer", login: "cgj_reviewer", what: "review", act: review },
];

/* One person after the other, each through all letters; what each letter took, and what it took to get to the first. */
async function work(step, letters, mark, options) {
  const counts = [];
  for (const { who, login, what, act, begin, next } of people) {
    await step(`${who}: ${what}`, async () => {
      const k = await atDesk(login, options);
      const before = k.presses();
      await (begin ? begin(k) : openList(k, mark, letters.length));
      const row = { who, what, begin: k.presses() - before, presses: [], typed: [] };
      for (let i = 0; i < letters.length; i++) {
        const pressed = k.presses(), typed = k.typed;
        await act(k, letters, i);
        if (next && i + 1 < letters.length)
          await next(k);
        row.presses.push(k.presses() - pressed);
        row.typed.push(k.typed - typed);
      }
      counts.push(row);
      assert.deepEqual(k.tab.complaints, []);
      await k.tab.context().close();
    });
  }
  return counts;
}

const sum = (list) => list.reduce((a, b) => a + b, 0);
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

test(`${many} letters by keyboard alone`, async (t) => {
  const mark = `晨光里${process.pid % 100}号院`, letters = Array.from({ length: many }, (_, i) => written(mark, i));
  const counts = await work(journey(t), letters, mark);
  assert.equal(counts.length, people.length);
  t.diagnostic("presses apart from text: letter by letter");
  for (const { who, what, begin, presses, typed } of counts)
    t.diagnostic(`${who.padEnd(9)} ${what.padEnd(14)} median ${median(presses)}, most ${Math.max(...presses)}, ` +
      `all ${sum(presses)}; ${begin} to begin; ${sum(typed)} characters typed`);
  const each = letters.map((_, i) => sum(counts.map((row) => row.presses[i])));
  t.diagnostic(`a letter: ${each.join(" ")}`);
  t.diagnostic(`a letter: median ${median(each)}, most ${Math.max(...each)}; ${many} letters: ${sum(each)} presses ` +
    `and ${sum(counts.map((row) => row.begin))} to begin; ` +
    `${sum(counts.map((row) => sum(row.typed)))} characters typed`);
});

test("two letters at 375 px, and nothing is cut off", async (t) => {
  const mark = `暮云里${process.pid % 100}号院`, letters = Array.from({ length: 2 }, (_, i) => written(mark, i));
  const counts = await work(journey(t), letters, mark, { viewport: phone.viewport });
  assert.equal(counts.length, people.length);
});
