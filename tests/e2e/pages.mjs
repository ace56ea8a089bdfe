/* Every page there is, in every shape that looks different: for the checks that hold on all of them.
 *   of    the line of pages.tbl it shows ("GET /open"), "POST …" for what only a form leads to, "-" for nginx's own
 *   who   login of an officer; without one it is the public site
 *   open  how to get there from a fresh tab */
import { aLetter, again, go, letter, press, track, unfold, writeLetter } from "./lib.mjs";
import { rulesPages } from "./pages_rules.mjs";

const ticket = (beginning, rest = "") => again((page) => page.goto(`/tickets/${letter(beginning).number}${rest}`));
const tracked = (beginning) => (page) => track(page, letter(beginning));

async function checked(page, it = aLetter) {
  await writeLetter(page, it);
  await press(page, "button", "下一步：核对");
}

/* The filled page is sent with a token that nobody gave out. */
async function worn(page, selector, value) {
  await page.locator(selector).first().evaluate((el, v) => { el.value = v; }, value);
}

/* The draft there is, or one that is begun with what waits. */
async function draftOfCircular(page) {
  await page.goto("/circulars");
  const draft = page.getByRole("link", { name: "草稿" });
  if (await draft.count() > 0) await draft.click();
  else await press(page, "button", "起草通报");
}

/* At the desk: what a caller says. */
async function takeDown(page, { phone = "13900000089" }) {
  await page.goto("/register");
  await page.getByRole("radio", { name: "来访" }).check();
  await page.getByRole("textbox", { name: /^电话/ }).fill(phone);
  await page.getByLabel(/^姓名/).fill("江晚晴");
  await page.getByRole("radio", { name: /^咨询/ }).check();
  await page.getByLabel(/^标题/).fill("居住证怎样办理要带什么");
  await page.getByLabel(/^内容/).fill("我在民声市租房半年，想办居住证，要带什么，到哪里办？");
  await page.getByRole("radio", { name: "可以公开来信内容" }).check();
}

/* The bulletin of last month, made when there is none yet. */
async function report(page) {
  await page.goto("/reports");
  const made = page.getByRole("link", { name: /月月报$/ }).first();
  if (await made.count())
    await made.click();
  else {
    await page.getByLabel("编制哪一份").selectOption({ index: 2 });
    await press(page, "button", "固定数字并编制");
  }
}

const publicPages = [
  { name: "home", of: "GET /", open: go("/") },
  { name: "letter-new", of: "GET /letters/new", open: go("/letters/new") },
  { name: "letter-new-errors", of: "POST /letters/check", open: async (page) => {
    await page.goto("/letters/new");
    await press(page, "button", "下一步：核对");
  } },
  { name: "letter-check", of: "POST /letters/check", open: checked },
  { name: "letter-edit", of: "POST /letters/edit", open: async (page) => {
    await checked(page);
    await press(page, "button", /修改\s*标题/);
  } },
  { name: "receipt", of: "POST /letters/send", once: true, open: async (page) => {
    await checked(page, { ...aLetter, title: `便道地砖松动${Math.random().toString(36).slice(2, 8)}` });
    await press(page, "button", "提交");
  } },
  { name: "letter-kept", of: "POST /letters/keep", open: async (page) => {
    await writeLetter(page, aLetter);
    await press(page, "button", "先存起来");
  } },
  { name: "letter-kept-nothing", of: "POST /letters/keep", open: async (page) => {
    await page.goto("/letters/new");
    await press(page, "button", "先存起来");
  } },
  { name: "letter-continue", of: "GET /letters/continue", open: go("/letters/continue") },
  { name: "letter-continue-wrong", of: "POST /letters/continue", open: async (page) => {
    await page.goto("/letters/continue");
    await page.getByLabel("草稿代码").fill("AAAA AAAA AAAA AAAA");
    await press(page, "button", "取回草稿");
  } },
  { name: "letter-continued", of: "POST /letters/continue", open: async (page) => {
    await writeLetter(page, aLetter);
    await press(page, "button", "先存起来");
    const code = await page.locator("#code").textContent();
    await page.goto("/letters/continue");
    await page.getByLabel("草稿代码").fill(code);
    await press(page, "button", "取回草稿");
  } },
  { name: "letter-dropped", of: "POST /letters/drop", open: async (page) => {
    await writeLetter(page, aLetter);
    await press(page, "button", "先存起来");
    await press(page, "button", "删除这份草稿");
  } },
  { name: "letter-back", of: "GET /letters/:step", open: go("/letters/check") },
  { name: "site-error", of: "GET /site-error", open: go("/site-error?url=%2Fopen") },
  { name: "public-reports", of: "GET /reports", open: go("/reports") },
  { name: "track", of: "GET /track", open: go("/track") },
  { name: "track-wrong", of: "POST /track", open: (page) => track(page, { number: letter("行道树").number, code: "AAAA-AAAA-AAAA" }) },
  { name: "track-empty", of: "POST /track", open: (page) => track(page, { number: "", code: "" }) },
  { name: "track-back", of: "GET /track/:step", open: go("/track/rate") },
  { name: "show-submitted", of: "POST /track", open: tracked("行道树") },
  { name: "show-supplement", of: "POST /track", open: tracked("创业补贴") },
  { name: "show-supplement-error", of: "POST /track/supply", open: async (page) => {
    await track(page, letter("创业补贴"));
    await press(page, "button", "提交补充");
  } },
  { name: "show-late", of: "POST /track", open: tracked("小区交付") },
  { name: "show-handling", of: "POST /track", open: tracked("建议听雨苑片区") },
  { name: "show-suspended", of: "POST /track", open: tracked("外墙渗水") },
  { name: "show-replied", of: "POST /track", open: tracked("异地就医") },
  { name: "show-rate-error", of: "POST /track/rate", open: async (page) => {
    await track(page, letter("异地就医"));
    await press(page, "button", "提交评价");
  } },
  { name: "show-rated", of: "POST /track", open: tracked("锦棠小区") },
  { name: "show-follow-up", of: "POST /track", open: tracked("门诊慢特病") },
  { name: "show-follow-up-error", of: "POST /track/ask", open: async (page) => {
    await track(page, letter("异地就医"));
    await unfold(page, "没有答清楚，追问一次");
    await press(page, "button", "提交追问");
  } },
  { name: "show-refused", of: "POST /track", open: tracked("申请公开望湖路") },
  { name: "show-merged", of: "POST /track", open: tracked("和风路小广告") },
  { name: "show-withdraw-ask", of: "POST /track/withdraw", open: async (page) => {
    await track(page, letter("建议听雨苑片区"));
    await press(page, "button", "撤回");
  } },
  { name: "show-withdraw-error", of: "POST /track/withdraw", open: async (page) => {
    await track(page, letter("建议听雨苑片区"));
    await press(page, "button", "撤回");
    await press(page, "button", "确认撤回");
  } },
  { name: "show-days", of: "POST /track/days", open: async (page) => {
    await track(page, letter("建议听雨苑片区"));
    await press(page, "button", "为什么是这一天");
  } },
  { name: "show-withdraw-back", of: "POST /track/letter", open: async (page) => {
    await track(page, letter("建议听雨苑片区"));
    await press(page, "button", "撤回");
    await press(page, "button", "不撤回，回到这封信");
  } },
  { name: "show-nudged", of: "POST /track/nudge", open: async (page) => {
    await track(page, letter("小区交付"));
    if (await page.getByRole("button", { name: "催一下" }).count() > 0) /* once a round */
      await press(page, "button", "催一下");
  } },
  { name: "show-withdrawn", of: "POST /track", open: tracked("快递柜") },
  { name: "open311", of: "GET /open311", open: go("/open311") },
  { name: "open", of: "GET /open", open: go("/open") },
  { name: "open-found", of: "GET /open", open: go("/open?q=%E8%B7%AF%E7%81%AF") },
  { name: "open-nothing", of: "GET /open", open: go("/open?q=%E5%AE%87%E5%AE%99%E9%A3%9E%E8%88%B9") },
  { name: "open-filtered", of: "GET /open", open: go("/open?topic=roads&year=2026") },
  { name: "open-withheld", of: "GET /open/withheld", open: go("/open/withheld") },
  { name: "open-helped", of: "POST /open/:id/helpful", open: async (page) => { await page.goto("/open/1"); await press(page, "button", "有帮助"); } },
  { name: "open-letter", of: "GET /open/:id", open: async (page) => {
    await page.goto("/open?q=%E9%94%A6%E6%A3%A0%E5%B0%8F%E5%8C%BA");
    await press(page, "link", /^锦棠小区/);
  } },
  { name: "open-letter-summary", of: "GET /open/:id", open: async (page) => {
    await page.goto("/open?q=%E7%88%B6%E4%BA%B2%E5%8E%BB%E4%B8%96");
    await press(page, "link", /^父亲去世后/);
  } },
  { name: "stats", of: "GET /stats", open: go("/stats") },
  { name: "stats-unit", of: "GET /stats", open: go("/stats?unit=cgj") },
  { name: "open-units", of: "GET /units", open: go("/units") },
  { name: "open-units-found", of: "GET /units", open: go("/units?q=%E8%B7%AF%E7%81%AF") },
  { name: "open-units-nothing", of: "GET /units", open: go("/units?q=%E5%AE%87%E5%AE%99%E9%A3%9E%E8%88%B9") },
  { name: "open-unit", of: "GET /units/:code", open: go("/units/jtj") },
  { name: "open-unit-bare", of: "GET /units/:code", open: go("/units/sjzg") },
  { name: "standards", of: "GET /standards", open: go("/standards") },
  { name: "commitments", of: "GET /commitments", open: go("/commitments") },
  { name: "commitments-none", of: "GET /commitments", open: go("/commitments?unit=ybj") },
  { name: "data", of: "GET /data", open: go("/data") },
  { name: "data-licence", of: "GET /data/licence", open: go("/data/licence") },
  { name: "samples", of: "GET /samples", open: go("/samples") },
  { name: "sample", of: "GET /samples/:id", open: go("/samples/1") },
  { name: "sample-drawn", of: "GET /samples/:id", open: go("/samples/2") },
  { name: "scores", of: "GET /scores", open: go("/scores") },
  { name: "score", of: "GET /scores/:id", open: go("/scores/1") },
  { name: "score-plan", of: "GET /scores/plans/:id", open: go("/scores/plans/1") },
  { name: "days-count", of: "GET /days", open: go("/days?received=2026-09-29&time=18%3A00&n=10") },
  { name: "days-between", of: "GET /days", open: go("/days?from=2026-09-25&to=2026-10-19") },
  { name: "days-error", of: "GET /days", open: go("/days?received=&n=") },
  { name: "help", of: "GET /help", open: go("/help") },
  { name: "not-found", of: "-", open: go("/nothing-here") },
  { name: "nginx-not-found", of: "-", open: go("/static/nothing-here") },
  { name: "worn-out-form", of: "POST /letters/check", open: async (page) => {
    await writeLetter(page, aLetter);
    await worn(page, "main input[name=token]", "1.1.1");
    await press(page, "button", "下一步：核对");
  } },
];

const act = (beginning, action) => ticket(beginning, `/act?action=${action}`);
const deskPages = [
  { name: "login", of: "GET /login", open: go("/login") },
  { name: "login-wrong", of: "POST /login", open: async (page) => {
    await page.goto("/login");
    await page.getByLabel("用户名").fill("nobody");
    await page.getByLabel("密码").fill("nothing at all");
    await press(page, "button", "登录");
  } },
  ...["registrar1", "cgj_liaison", "cgj_handler", "cgj_reviewer", "secrecy1", "publisher1", "supervisor1", "leader1",
    "sysadmin"].map((who) => ({ name: `home-${who}`, of: "GET /", who, open: go("/") })),
  { name: "register", of: "GET /register", who: "registrar1", open: go("/register") },
  { name: "register-errors", of: "POST /register", who: "registrar1", open: async (page) => {
    await page.goto("/register");
    await unfold(page, "在其他系统有编号");
    await page.getByLabel("在那里的编号").fill("GD-1");
    await unfold(page, "咨询当场答清楚了");
    await page.getByLabel("告诉了写信人什么").fill("满半年即可办理。");
    await press(page, "button", /^登记/);
  } },
  { name: "registered", of: "POST /register", once: true, who: "registrar1", open: async (page) => {
    await takeDown(page, {});
    await press(page, "button", /^登记/);
  } },
  { name: "register-caller", of: "POST /register/caller", who: "registrar1", open: async (page) => {
    await takeDown(page, { phone: "13900000088" });
    await press(page, "button", /^查这个号码的来信/);
  } },
  { name: "queue", of: "GET /queue", who: "registrar1", open: go("/queue") },
  { name: "queue-all", of: "GET /queue", who: "supervisor1", open: go("/queue?view=open") },
  { name: "queue-nothing", of: "GET /queue", who: "registrar1", open: go("/queue?words=%E5%AE%87%E5%AE%99") },
  { name: "queue-narrowed", of: "GET /queue", who: "supervisor1",
    open: go("/queue?view=open&type=complaint&state=handling&col=state&col=due&col=channel&col=handler") },
  { name: "queue-waiting", of: "GET /queue", who: "cgj_handler", open: go("/queue?view=waiting") },
  { name: "queue-name-error", of: "POST /views", who: "supervisor1", open: async (page) => {
    await page.goto("/queue?view=open");
    await unfold(page, "保存和管理列表");
    await press(page, "button", "保存列表");
  } },
  { name: "bulk", of: "POST /bulk", who: "supervisor1", open: async (page) => {
    await page.goto("/queue?view=open");
    for (const box of (await page.locator("input[name=pick]").all()).slice(0, 5))
      await box.check();
    await press(page, "button", /^催办/);
  } },
  { name: "bulk-nothing", of: "POST /bulk", who: "registrar1", open: async (page) => {
    await page.goto("/queue?view=open");
    await press(page, "button", /^分办/);
  } },
  { name: "keys", of: "GET /keys", who: "cgj_handler", open: go("/keys") },
  { name: "ticket-submitted", of: "GET /tickets/:no", who: "registrar1", open: ticket("行道树") },
  { name: "ticket-accepted", of: "GET /tickets/:no", who: "registrar1", open: ticket("建议图书馆") },
  { name: "ticket-objected", of: "GET /tickets/:no", who: "registrar1", open: ticket("长途汽车站") },
  { name: "ticket-supplement", of: "GET /tickets/:no", who: "registrar1", open: ticket("创业补贴") },
  { name: "ticket-assigned", of: "GET /tickets/:no", who: "qsjd_handler", open: ticket("小区东门") },
  { name: "ticket-handling", of: "GET /tickets/:no", who: "cgj_handler", open: ticket("和风路公交站牌") },
  { name: "ticket-late", of: "GET /tickets/:no", who: "zjj_liaison", open: ticket("小区交付") },
  { name: "ticket-extension", of: "GET /tickets/:no", who: "swjt_reviewer", open: ticket("换了智能水表") },
  { name: "ticket-holding", of: "GET /tickets/:no", who: "jyj_reviewer", open: ticket("青禾小学") },
  { name: "ticket-review", of: "GET /tickets/:no", who: "rsj_reviewer", open: ticket("灵活就业") },
  { name: "ticket-replied", of: "GET /tickets/:no", who: "supervisor1", open: ticket("异地就医") },
  { name: "ticket-refused", of: "GET /tickets/:no", who: "registrar1", open: ticket("申请公开望湖路") },
  { name: "ticket-shown", of: "POST /tickets/:no/reveal", who: "cgj_handler", open: async (page) => {
    await ticket("和风路公交站牌")(page);
    await page.getByLabel("查看理由").fill("电话核实地点");
    await press(page, "button", "显示联系方式");
  } },
  { name: "ticket-shown-error", of: "POST /tickets/:no/reveal", who: "cgj_handler", open: async (page) => {
    await ticket("和风路公交站牌")(page);
    await press(page, "button", "显示联系方式");
  } },
  { name: "days", of: "GET /tickets/:no/days", who: "cgj_handler", open: async (page) => {
    await ticket("和风路公交站牌")(page);
    await press(page, "link", "怎么算的");
  } },
  { name: "act-accept", of: "GET /tickets/:no/act", who: "registrar1", open: act("行道树", "accept") },
  { name: "act-supplement", of: "GET /tickets/:no/act", who: "registrar1", open: act("行道树", "request_supplement") },
  { name: "act-triage", of: "GET /tickets/:no/act", who: "registrar1", open: act("行道树", "accept_assign") },
  { name: "act-at-once", of: "GET /tickets/:no/act", who: "registrar1", open: act("行道树", "answer_at_once") },
  { name: "act-refuse-preview", of: "POST /tickets/:no/act", who: "registrar1", open: async (page) => {
    await act("行道树", "refuse")(page);
    await page.getByRole("combobox", { name: "理由" }).selectOption("arbitration");
    await page.getByLabel("告诉写信人的话").fill("您说的加班费属于劳动争议。");
    await press(page, "button", "先看写信人会读到什么");
  } },
  { name: "act-refuse", of: "GET /tickets/:no/act", who: "registrar1", open: act("行道树", "refuse") },
  { name: "act-refuse-error", of: "POST /tickets/:no/act", who: "registrar1", open: async (page) => {
    await act("行道树", "refuse")(page);
    await press(page, "button", "不予受理");
  } },
  { name: "act-merge", of: "GET /tickets/:no/act", who: "registrar1", open: act("行道树", "merge") },
  { name: "act-assign", of: "GET /tickets/:no/act", who: "registrar1", open: act("建议图书馆", "assign") },
  { name: "act-object", of: "GET /tickets/:no/act", who: "qsjd_handler", open: act("小区东门", "object") },
  { name: "act-extension", of: "GET /tickets/:no/act", who: "cgj_handler", open: act("和风路公交站牌", "request_extension") },
  { name: "act-holding", of: "GET /tickets/:no/act", who: "cgj_handler", open: act("和风路公交站牌", "holding_reply") },
  { name: "act-supervise", of: "GET /tickets/:no/act", who: "supervisor1", open: act("小区交付", "supervise") },
  { name: "draft", of: "GET /tickets/:no/draft", who: "cgj_handler", open: ticket("和风路公交站牌", "/draft") },
  { name: "draft-returned", of: "GET /tickets/:no/draft", who: "gaj_handler", open: ticket("金穗街学校", "/draft") },
  { name: "draft-errors", of: "POST /tickets/:no/draft", who: "cgj_handler", open: async (page) => {
    await ticket("和风路公交站牌", "/draft")(page);
    await press(page, "button", "提交审核");
  } },
  { name: "draft-asks", of: "POST /tickets/:no/draft", who: "cgj_handler", open: async (page) => {
    await ticket("和风路公交站牌", "/draft")(page);
    await page.getByLabel("答复内容").fill("您好！来信收悉，我们高度重视，感谢您对城市管理工作的关心和支持，祝您生活愉快。");
    await page.getByLabel("办理结果").selectOption({ label: "已解释说明" });
    await press(page, "button", "提交审核");
  } },
  { name: "draft-clash", of: "POST /tickets/:no/draft", who: "cgj_handler", open: async (page) => {
    await ticket("和风路公交站牌", "/draft")(page);
    await page.getByLabel("答复内容").fill("先保存的一稿。");
    await press(page, "button", "保存草稿");
    await page.getByLabel("答复内容").fill("后保存的一稿。");
    await worn(page, "main input[name=draft_version]", "0");
    await press(page, "button", "保存草稿");
  } },
  { name: "versions", of: "GET /tickets/:no/draft/versions", who: "gaj_handler", open: ticket("金穗街学校", "/draft/versions") },
  { name: "versions-gone", of: "POST /tickets/:no/draft/versions", who: "gaj_handler", open: async (page) => {
    await ticket("金穗街学校", "/draft/versions")(page);
    await worn(page, "main input[name=draft_version]", "0");
    await press(page, "button", /用这一稿/);
  } },
  { name: "preview", of: "GET /tickets/:no/draft/preview", who: "gaj_handler", open: ticket("金穗街学校", "/draft/preview") },
  { name: "blocks", of: "GET /blocks", who: "cgj_reviewer", open: go("/blocks") },
  { name: "blocks-error", of: "POST /blocks", who: "cgj_handler", open: async (page) => {
    await page.goto("/blocks");
    await press(page, "button", "添加");
  } },
  { name: "login-held", of: "POST /tickets/:no/draft", who: "cgj_handler", once: true, open: async (page) => {
    await ticket("和风路公交站牌", "/draft")(page);
    const kept = await page.context().cookies();
    await page.context().clearCookies();
    await press(page, "button", "保存草稿");
    await page.context().addCookies(kept);
  } },
  { name: "review", of: "GET /tickets/:no/review", who: "rsj_reviewer", open: ticket("灵活就业", "/review") },
  { name: "review-error", of: "POST /tickets/:no/act", who: "rsj_reviewer", open: async (page) => {
    await ticket("灵活就业", "/review")(page);
    await press(page, "button", "退回修改");
  } },
  { name: "edition-review", of: "GET /tickets/:no/publish", who: "secrecy1", open: ticket("上班路上", "/publish") },
  { name: "edition-publisher", of: "GET /tickets/:no/publish", who: "publisher1", open: ticket("青山街道遛狗", "/publish") },
  { name: "edition-error", of: "POST /tickets/:no/publish", who: "publisher1", open: async (page) => {
    await ticket("建议第三实验小学", "/publish")(page);
    await page.getByLabel("公开标题").fill("");
    await press(page, "button", "保存公开稿");
  } },
  { name: "clearing", of: "GET /clearing", who: "secrecy1", open: go("/clearing") },
  { name: "rescan", of: "GET /clearing/rescan", who: "publisher1", open: go("/clearing/rescan") },
  { name: "publish", of: "GET /publish", who: "publisher1", open: go("/publish") },
  { name: "publish-all", of: "GET /publish", who: "publisher1", open: go("/publish?view=all") },
  { name: "watch", of: "GET /watch", who: "supervisor1", open: go("/watch") },
  { name: "watch-still", of: "GET /watch", who: "supervisor1", open: go("/watch?tab=still&light=warn") },
  { name: "watch-units", of: "GET /watch/units", who: "supervisor1", open: go("/watch/units") },
  { name: "watch-unit", of: "GET /watch/units/:code", who: "supervisor1", open: go("/watch/units/zjj") },
  { name: "watch-unit-error", of: "POST /watch/units/:code", who: "supervisor1", open: async (page) => {
    await page.goto("/watch/units/zjj");
    await page.getByText("记录一次约谈").click();
    await press(page, "button", "保存约谈记录");
  } },
  { name: "watch-person", of: "GET /watch/people/:login", who: "supervisor1", open: go("/watch/people/zjj_handler") },
  { name: "orders", of: "GET /orders", who: "supervisor1", open: go("/orders") },
  { name: "orders-unit", of: "GET /orders", who: "zjj_liaison", open: go("/orders") },
  { name: "order", of: "GET /orders/:id", who: "zjj_liaison", open: go("/orders/1") },
  { name: "circulars", of: "GET /circulars", who: "supervisor1", open: go("/circulars") },
  { name: "circular", of: "GET /circulars/:id", who: "zjj_liaison", open: go("/circulars/1") },
  { name: "circular-draft", of: "POST /circulars", who: "supervisor1", open: draftOfCircular },
  { name: "circular-error", of: "POST /circulars/:id", who: "supervisor1", open: async (page) => {
    await draftOfCircular(page);
    await page.getByLabel("标题").fill("");
    await press(page, "button", "保存草稿");
  } },
  { name: "criticism-error", of: "POST /circulars/:id/criticism", who: "zjj_liaison", open: async (page) => {
    await page.goto("/circulars/2");
    await press(page, "button", "提交书面检讨");
  } },
  { name: "figures", of: "GET /figures", who: "supervisor1", open: go("/figures") },
  { name: "figures-topic", of: "GET /figures", who: "leader1", open: go("/figures?topic=roads") },
  { name: "figure-letters", of: "GET /figures/letters", who: "supervisor1", open: go("/figures/letters?measure=overdue_open") },
  { name: "frozen-list", of: "GET /figures/frozen", who: "supervisor1", open: go("/figures/frozen") },
  { name: "frozen-error", of: "POST /figures/frozen", who: "supervisor1", open: async (page) => {
    await page.goto("/figures/frozen");
    await page.locator("#name").fill("");
    await press(page, "button", "固定这段时间的统计");
  } },
  { name: "frozen", of: "GET /figures/frozen/:id", who: "supervisor1", open: async (page) => {
    await page.goto("/figures/frozen");
    await press(page, "button", "固定这段时间的统计");
  } },
  { name: "inspect", of: "GET /inspect", who: "supervisor1", open: go("/inspect") },
  { name: "inspect-letters", of: "GET /inspect/letters", who: "supervisor1", open: go("/inspect/letters") },
  { name: "inspect-clearing", of: "GET /inspect/letters", who: "duty1", open: go("/inspect/letters?kind=clearing") },
  { name: "inspect-patrol", of: "GET /inspect/patrol", who: "supervisor1", open: go("/inspect/patrol") },
  { name: "inspect-patrol-error", of: "POST /inspect/patrol", who: "duty1", open: async (page) => {
    await page.goto("/inspect/patrol");
    await unfold(page, "登记一次巡检");
    await press(page, "button", "登记巡检");
  } },
  { name: "inspect-target-error", of: "POST /inspect/targets", who: "supervisor1", open: async (page) => {
    await page.goto("/inspect/patrol");
    await unfold(page, "增加拨测的页面");
    await press(page, "button", "增加");
  } },
  { name: "inspect-incidents", of: "GET /inspect/incidents", who: "duty1", open: go("/inspect/incidents") },
  { name: "inspect-incident-error", of: "POST /inspect/incidents", who: "duty1", open: async (page) => {
    await page.goto("/inspect/incidents");
    await unfold(page, "登记一起事件");
    await press(page, "button", "登记事件");
  } },
  { name: "inspect-incident", of: "GET /inspect/incidents/:no", who: "duty1", open: async (page) => {
    await page.goto("/inspect/incidents");
    await page.getByRole("link", { name: "网上信箱遭到大量异常访问" }).click();
  } },
  { name: "inspect-report-error", of: "POST /inspect/incidents/:no", who: "duty1", once: true, open: async (page) => {
    await page.goto("/inspect/incidents");
    await unfold(page, "登记一起事件");
    await page.getByLabel("事件名称").fill("公开页面打不开");
    await page.getByLabel("类别").selectOption({ label: "服务中断" });
    await page.getByLabel("级别").selectOption({ label: "一般" });
    await page.getByLabel("情况").fill("机房空调故障，服务器过热停机。");
    await press(page, "button", "登记事件");
    await press(page, "button", "登记报告");
  } },
  { name: "inspect-clocks", of: "GET /inspect/clocks", who: "supervisor1", open: go("/inspect/clocks") },
  { name: "inspect-clocks-read", of: "GET /inspect/clocks", who: "sysadmin", open: go("/inspect/clocks") },
  { name: "inspect-simulated", of: "GET /inspect/simulated", who: "supervisor1", open: go("/inspect/simulated") },
  { name: "inspect-simulated-error", of: "POST /inspect/simulated", who: "supervisor1", open: async (page) => {
    await page.goto("/inspect/simulated");
    await unfold(page, "添加一题");
    await press(page, "button", "添加");
  } },
  { name: "samples", of: "GET /samples", who: "supervisor1", open: go("/samples") },
  { name: "sample-new", of: "GET /samples/new", who: "supervisor1", open: go("/samples/new") },
  { name: "sample-new-error", of: "POST /samples/new", who: "supervisor1", open: async (page) => {
    await page.goto("/samples/new");
    await page.getByLabel("抽取单位的比例（%）").fill("10");
    await press(page, "button", "公告这次抽查");
  } },
  { name: "sheet", of: "GET /samples/sheet", who: "supervisor1", open: go("/samples/sheet") },
  { name: "sheet-read", of: "GET /samples/sheet", who: "leader1", open: go("/samples/sheet") },
  { name: "sheet-error", of: "POST /samples/sheet", who: "supervisor1", open: async (page) => {
    await page.goto("/samples/sheet");
    await page.getByLabel("第 1 项的名称").fill("");
    await press(page, "button", "保存为新的评分表");
  } },
  { name: "sample", of: "GET /samples/:id", who: "supervisor1", open: go("/samples/1") },
  { name: "sample-drawn", of: "GET /samples/:id", who: "supervisor1", open: go("/samples/2") },
  { name: "sample-do-error", of: "POST /samples/:id/do", who: "supervisor1", open: async (page) => {
    await page.goto("/samples/1");
    await press(page, "button", "公布整改情况，结束抽查");
  } },
  { name: "sample-letter", of: "GET /samples/letters/:id", who: "supervisor1", open: async (page) => {
    await page.goto("/samples/2");
    await page.locator("a[href^='/samples/letters/']").first().click();
  } },
  { name: "sample-letter-failed", of: "GET /samples/letters/:id", who: "supervisor1", open: async (page) => {
    await page.goto("/samples/1?what=redo");
    await page.locator("a[href^='/samples/letters/']").first().click();
  } },
  { name: "sample-letter-error", of: "POST /samples/letters/:id", who: "supervisor1", open: async (page) => {
    await page.goto("/samples/2");
    await page.locator("a[href^='/samples/letters/']").first().click();
    await press(page, "button", "保存评分");
  } },
  { name: "scores", of: "GET /scores", who: "supervisor1", open: go("/scores") },
  { name: "scores-own-unit", of: "GET /scores", who: "cgj_reviewer", open: go("/scores") },
  { name: "score-new", of: "GET /scores/new", who: "supervisor1", open: go("/scores/new") },
  { name: "score-new-error", of: "POST /scores/new", who: "supervisor1", open: async (page) => {
    await page.goto("/scores/new");
    await press(page, "button", "计算得分");
  } },
  { name: "score", of: "GET /scores/:id", who: "supervisor1", open: go("/scores/1") },
  { name: "score-sign", of: "GET /scores/:id", who: "leader1", open: go("/scores/2") },
  { name: "score-unit", of: "GET /scores/:id", who: "supervisor1", open: go("/scores/2?unit=cgj") },
  { name: "score-do-error", of: "POST /scores/:id/do", who: "supervisor1", open: async (page) => {
    await page.goto("/scores/2?unit=cgj");
    await press(page, "button", "记录调整");
  } },
  { name: "score-sign-error", of: "POST /scores/:id/sign", who: "leader1", open: async (page) => {
    await page.goto("/scores/2");
    await worn(page, "main input[name=version]", "9999");
    await press(page, "button", "签发");
  } },
  { name: "score-plan", of: "GET /scores/plans/:id", who: "supervisor1", open: go("/scores/plans/2") },
  { name: "score-plan-in-force", of: "GET /scores/plans/:id", who: "leader1", open: go("/scores/plans/1") },
  { name: "score-plan-do-error", of: "POST /scores/plans/:id/do", who: "supervisor1", open: async (page) => {
    await page.goto("/scores/plans/2");
    await unfold(page, "复制成新的方案");
    await press(page, "button", "复制成新的方案");
  } },
  { name: "score-plan-edit", of: "GET /scores/plans/:id/edit", who: "supervisor1", open: go("/scores/plans/2/edit") },
  { name: "score-plan-edit-error", of: "POST /scores/plans/:id/edit", who: "supervisor1", open: async (page) => {
    await page.goto("/scores/plans/2/edit");
    await page.getByLabel("名称", { exact: true }).fill("");
    await press(page, "button", "保存");
  } },
  { name: "score-indicator", of: "GET /scores/plans/:id/indicator", who: "supervisor1", open: go("/scores/plans/2/indicator") },
  { name: "score-indicator-error", of: "POST /scores/plans/:id/indicator", who: "supervisor1", open: async (page) => {
    await page.goto("/scores/plans/2/indicator");
    await press(page, "button", "保存");
  } },
  { name: "home-standing-in", of: "GET /", who: "cgj_handler2", open: go("/") },
  { name: "me", of: "GET /me", who: "cgj_handler2", open: go("/me") },
  { name: "me-leave-error", of: "POST /me/leave", who: "cgj_handler", open: async (page) => {
    await page.goto("/me");
    await unfold(page, "登记休假");
    await press(page, "button", "登记休假");
  } },
  { name: "password", of: "GET /password", who: "cgj_handler", open: go("/password") },
  { name: "password-errors", of: "POST /password", who: "cgj_handler", open: async (page) => {
    await page.goto("/password");
    await page.getByLabel("新密码", { exact: true }).fill("short");
    await press(page, "button", "修改密码");
  } },
  ...rulesPages,
  { name: "moved", of: "GET /moved", who: "cgj_handler", open: go("/moved") },
  { name: "days-desk", of: "GET /days", who: "cgj_handler", open: go("/days?received=2026-09-29&n=10") },
  { name: "units", of: "GET /admin/units", who: "sysadmin", open: go("/admin/units") },
  { name: "unit", of: "GET /admin/units/:code", who: "sysadmin", open: go("/admin/units/cgj") },
  { name: "unit-do-error", of: "POST /admin/units/:code/do", who: "sysadmin", open: async (page) => {
    await page.goto("/admin/units/cgj");
    await unfold(page, "登记新的负责人");
    await press(page, "button", "登记新的负责人");
  } },
  { name: "unit-edit", of: "GET /admin/units/:code/edit", who: "sysadmin", open: go("/admin/units/cgj/edit") },
  { name: "unit-edit-error", of: "POST /admin/units/:code/edit", who: "sysadmin", open: async (page) => {
    await page.goto("/admin/units/cgj/edit");
    await page.getByLabel("名称", { exact: true }).fill("");
    await press(page, "button", "保存");
  } },
  { name: "unit-new", of: "GET /admin/units/new", who: "sysadmin", open: go("/admin/units/new") },
  { name: "unit-new-error", of: "POST /admin/units/new", who: "sysadmin", open: async (page) => {
    await page.goto("/admin/units/new");
    await press(page, "button", "保存");
  } },
  { name: "people", of: "GET /admin/people", who: "secadmin", open: go("/admin/people") },
  { name: "people-own-unit", of: "GET /admin/people", who: "cgj_liaison", open: go("/admin/people") },
  { name: "people-nobody", of: "GET /admin/people", who: "secadmin", open: go("/admin/people?words=%E5%AE%87%E5%AE%99") },
  { name: "person", of: "GET /admin/people/:login", who: "secadmin", open: go("/admin/people/cgj_handler") },
  { name: "person-own-unit", of: "GET /admin/people/:login", who: "cgj_reviewer", open: go("/admin/people/cgj_liaison") },
  { name: "person-do-error", of: "POST /admin/people/:login/do", who: "secadmin", open: async (page) => {
    await page.goto("/admin/people/cgj_handler");
    await unfold(page, "重置密码");
    await press(page, "button", "重置密码");
  } },
  { name: "person-leave-error", of: "POST /admin/people/:login/leave", who: "secadmin", open: async (page) => {
    await page.goto("/admin/people/cgj_handler");
    await unfold(page, "登记休假");
    await press(page, "button", "登记休假");
  } },
  { name: "person-edit", of: "GET /admin/people/:login/edit", who: "secadmin", open: go("/admin/people/cgj_handler/edit") },
  { name: "person-edit-error", of: "POST /admin/people/:login/edit", who: "secadmin", open: async (page) => {
    await page.goto("/admin/people/cgj_handler/edit");
    await page.getByRole("checkbox", { name: /^安全管理员/ }).check();
    await page.getByLabel("为什么修改").fill("试一试");
    await press(page, "button", "保存");
  } },
  { name: "person-new", of: "GET /admin/people/new", who: "secadmin", open: go("/admin/people/new") },
  { name: "person-new-error", of: "POST /admin/people/new", who: "secadmin", open: async (page) => {
    await page.goto("/admin/people/new");
    await press(page, "button", "新建并生成初始密码");
  } },
  { name: "person-secret", of: "POST /admin/people/new", who: "secadmin", once: true, open: async (page) => {
    await page.goto("/admin/people/new");
    await page.getByLabel("登录名").fill(`new${Math.random().toString(36).slice(2, 8)}`);
    await page.getByLabel("姓名").fill("新同事");
    await page.getByLabel("单位", { exact: true }).selectOption({ label: "市教育局" });
    await page.getByRole("checkbox", { name: /^承办人/ }).check();
    await press(page, "button", "新建并生成初始密码");
  } },
  { name: "api-keys", of: "GET /admin/keys", who: "secadmin", open: go("/admin/keys") },
  { name: "api-keys-error", of: "POST /admin/keys", who: "secadmin", open: async (page) => {
    await page.goto("/admin/keys");
    await page.getByLabel("程序名称").fill("市");
    await press(page, "button", "新建并生成密钥");
  } },
  { name: "api-key-made", of: "POST /admin/keys", who: "secadmin", once: true, open: async (page) => {
    await page.goto("/admin/keys");
    await page.getByLabel("程序名称").fill(`程序 ${Math.random().toString(36).slice(2, 8)}`);
    await page.getByLabel("负责人和联系方式").fill("信息中心 0000-80009008");
    await press(page, "button", "新建并生成密钥");
  } },
  { name: "api-key-revoke-error", of: "POST /admin/keys/:id", who: "secadmin", open: async (page) => {
    await page.goto("/admin/keys");
    await page.locator("summary", { hasText: "撤销" }).first().click();
    await page.getByRole("button", { name: "撤销这个密钥" }).first().click();
    await page.waitForLoadState();
  } },
  { name: "handover", of: "GET /admin/people/:login/handover", who: "cgj_reviewer", open: go("/admin/people/cgj_handler/handover") },
  { name: "handover-error", of: "POST /admin/people/:login/handover", who: "secadmin", open: async (page) => {
    await page.goto("/admin/people/cgj_handler/handover");
    await press(page, "button", "全部移交");
  } },
  { name: "sees", of: "GET /admin/people/:login/sees", who: "secadmin", open: go("/admin/people/cgj_handler2/sees") },
  { name: "roles", of: "GET /admin/roles", who: "secadmin", open: go("/admin/roles") },
  { name: "audit", of: "GET /admin/audit", who: "auditadmin", open: go("/admin/audit") },
  { name: "audit-login", of: "GET /admin/audit", who: "auditadmin", open: go("/admin/audit?view=login&person=secadmin") },
  { name: "audit-reveal", of: "GET /admin/audit", who: "auditadmin", open: go("/admin/audit?view=reveal") },
  { name: "act-allot", of: "GET /tickets/:no/act", who: "cgj_reviewer", open: act("和风路公交站牌", "allot") },
  { name: "desk-denied", of: "GET /watch", who: "cgj_handler", open: go("/watch") },
  { name: "files", of: "GET /files", who: "supervisor1", open: async (page) => {
    await page.goto("/queue?view=open");
    await press(page, "button", /^做成表格/);
    await page.goto("/files");
  } },
  { name: "file", of: "GET /files/:id", who: "supervisor1", open: async (page) => {
    await page.goto("/queue?view=open");
    await press(page, "button", /^做成表格/);
    await page.getByRole("link", { name: /^下载/ }).waitFor();
  } },
  { name: "reports", of: "GET /reports", who: "supervisor1", open: go("/reports") },
  { name: "report", of: "GET /reports/:code", who: "supervisor1", open: report },
  { name: "report-edit", of: "GET /reports/:code/edit", who: "supervisor1", open: async (page) => {
    await report(page);
    await page.getByRole("link", { name: "修改文字" }).click();
  } },
  { name: "report-edit-wrong", of: "POST /reports/:code/edit", who: "supervisor1", open: async (page) => {
    await page.goto("/reports");
    const made = page.getByRole("link", { name: /年度报告$/ }).first();
    if (await made.count())
      await made.click();
    else
      await press(page, "button", "固定数字并编制");
    await page.getByRole("link", { name: "修改文字" }).click();
    await page.getByLabel(/^征集调查期数/).fill("-1");
    await press(page, "button", "保存");
  } },
  { name: "report-refused", of: "POST /reports/:code/do", who: "leader1", open: async (page) => {
    await page.goto("/reports");
    await page.getByRole("link", { name: /月月报$/ }).first().click();
    if (await page.getByRole("button", { name: "签发" }).count())
      await press(page, "button", "签发");
    await press(page, "button", "退回修改");
  } },
  { name: "desk-not-found", of: "-", who: "cgj_handler", open: go("/nothing-here") },
  { name: "desk-worn-out-form", of: "POST /tickets/:no/act", who: "cgj_handler", open: async (page) => {
    await act("和风路公交站牌", "request_extension")(page);
    await page.getByLabel("延期的理由").fill("材料还在路上");
    await worn(page, "main input[name=csrf]", "0".repeat(64));
    await press(page, "button", "申请延期");
  } },
].map((p) => ({ ...p, desk: true }));

export const pages = [...publicPages, ...deskPages];

/* Lines of pages.tbl that are not pages for people. */
export const notPages = new Set(["GET /size", "GET /queue.csv", "GET /files/:id.json", "GET /files/:id/fetch", "GET /reports/:code/pdf", "GET /tickets/:no/next", "GET /open.json", "GET /open.csv", "GET /open.atom", "GET /stats.json", "GET /stats.csv", "GET /units.json", "GET /commitments.json",
  "GET /data.jsonld", "GET /data/removed.json", "GET /data/withheld.json", "GET /data/letters/:period.csv", "GET /data/letters/:period.json",
  "GET /figures.csv", "GET /figures/frozen/:id.json",
  "GET /admin/units.csv", "GET /samples/:id/draw.json", "GET /scores/:id/lines.csv", "POST /admin/audit.csv", "POST /register/caller.json",
  "GET /robots.txt", "GET /sitemap.xml", "GET /sitemap/:part.xml", "GET /.well-known/security.txt", "GET /health",
  "GET /api/v1/open", "POST /api/v1/letters", "POST /api/v1/transfers", "POST /api/v1/track", "POST /letters/keep.json",
  "POST /tickets/:no/draft/keep.json", "POST /tickets/:no/here.json",
  "GET /open311/v2/:what", "POST /open311/v2/:what", "GET /open311/v2/services/:what", "GET /open311/v2/requests/:what",
  "GET /open311/v2/tokens/:what", "GET /open311/test/:what", "POST /open311/test/:what", "GET /open311/test/services/:what",
  "GET /open311/test/requests/:what", "GET /open311/test/tokens/:what",
  "GET /letters/similar.json"]);
/* Lines that only lead on to another page; their failures are shown by the journeys. */
export const leadOn = new Set(["POST /clearing/rescan", "POST /files", "POST /files/:id/again", "POST /reports",
  "POST /tickets/:no/topic", "POST /figures/frozen/:id", "POST /logout", "POST /keys", "POST /me/back", "POST /admin/people/:login/back", "POST /track/withdraw"]);
