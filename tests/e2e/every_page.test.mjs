/* What must hold on every page in every shape: nothing axe objects to, valid markup, fits the screen, light, no
 * foreign requests, no complaint of the browser. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { HtmlValidate, FileSystemConfigLoader } from "html-validate";
import { citizen, deskSite, largeType, officer, phone, publicSite, tabOf, watched, wide, withBrowser } from "./lib.mjs";
import { leadOn, notPages, pages } from "./pages.mjs";

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const table = readFileSync(new URL("../../fcgi/pages.tbl", import.meta.url), "utf8");
const htmlvalidate = new HtmlValidate(new FileSystemConfigLoader());
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
const weightMax = 60 * 1024;
const it = withBrowser();

test("every line of pages.tbl is looked at", () => {
  const seen = new Set(pages.map((p) => p.of));
  const lines = [...table.matchAll(/^PAGE\(\w+, *(\w+), *"([^"]+)"/gm)].map((m) => `${m[1]} ${m[2]}`);
  assert.ok(lines.length > 30);
  assert.deepEqual(lines.filter((l) => !seen.has(l) && !notPages.has(l) && !leadOn.has(l)), []);
});

/* One visitor for every officer, site and size of type; a tab for every look. */
const visitors = new Map();
async function tabFor(page, options, large) {
  const key = `${page.who ?? page.desk} ${options === phone} ${large}`;
  if (!visitors.has(key)) {
    const first = page.who ? await officer(it.browser, page.who, options)
      : page.desk ? await tabOf(it.browser, { baseURL: deskSite, ...options }) : await citizen(it.browser, options);
    visitors.set(key, first.context());
    if (large)
      await first.context().addCookies([largeType(page.desk ? deskSite : publicSite)]);
    await first.close();
  }
  return watched(await visitors.get(key).newPage());
}

async function violations(tab) {
  await tab.evaluate(axeSource);
  const found = await tab.evaluate((tags) => globalThis.axe.run(document, {
    runOnly: tags, resultTypes: ["violations"], rules: { "target-size": { enabled: true } },
  }), rules);
  return found.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(" ")} ${n.html.slice(0, 120)}`));
}

/* Wider than the window, and what sticks out. */
async function sideways(tab) {
  return tab.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width)
      return [];
    return [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > width + 1)
      .slice(-3).map((e) => `${innerWidth}px: ${e.tagName}.${e.className} sticks out to ${e.getBoundingClientRect().right}`);
  });
}

/* Of one page: what every page of ours has and has not. */
async function structure(tab) {
  return tab.evaluate(() => {
    const wrong = [];
    const h1 = [...document.querySelectorAll("h1")];
    const [own, site] = document.title.split(" - ");
    const levels = [...document.querySelectorAll("h1,h2,h3,h4")].map((h) => Number(h.tagName[1]));
    if (h1.length !== 1)
      wrong.push(`${h1.length} h1`);
    if (document.documentElement.lang !== "zh-CN")
      wrong.push(`lang is “${document.documentElement.lang}”`);
    if (!own || own === site)
      wrong.push(`the title “${document.title}” does not begin with the page's own name`);
    if (document.querySelector("body > a")?.getAttribute("href") !== "#main" || !document.getElementById("main"))
      wrong.push("no skip link");
    if (levels.some((l, i) => i > 0 && l > levels[i - 1] + 1))
      wrong.push(`headings jump: ${levels}`);
    for (const e of document.querySelectorAll("*")) {
      for (const a of e.attributes) {
        if (a.name === "style" || a.name.startsWith("on"))
          wrong.push(`${e.tagName} has ${a.name}=`);
      }
      if (e.tagName === "STYLE" || e.tagName === "SCRIPT" && !e.src)
        wrong.push(`${e.tagName} in the page`);
    }
    return wrong;
  });
}

async function weight(tab, html) {
  let sum = gzipSync(html).length;
  const files = await tab.evaluate(() => [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src], use")]
    .map((e) => (e.href?.baseVal ?? e.href ?? e.src).split("#")[0]));
  for (const file of new Set(files)) {
    const answer = await tab.context().request.get(new URL(file, tab.url()).href);
    sum += gzipSync(await answer.body()).length;
  }
  return sum;
}

/* What the server sent, before a script added to it. */
async function markup(html, name) {
  const report = await htmlvalidate.validateString(html, new URL(`${name}.html`, import.meta.url).pathname);
  return report.results.flatMap((r) => r.messages.map((m) => `${m.ruleId}: ${m.message} (line ${m.line}) ${html.split("\n")[m.line - 1]?.trim().slice(0, 140)}`));
}

async function fits(tab, widths) {
  const wrong = [];
  for (const width of widths) {
    await tab.setViewportSize({ width, height: 800 });
    wrong.push(...await sideways(tab));
  }
  return wrong;
}

async function check(page, [mode, options, widths, large]) {
  const tab = await tabFor(page, options, large);
  let html = "", wrong = [];
  tab.on("response", async (r) => {
    if (r.request().isNavigationRequest() && r.status() !== 303)
      html = await r.text().catch(() => html);
  });
  try {
    await page.open(tab);
    await tab.waitForLoadState("load");
    wrong = [...await violations(tab), ...await structure(tab), ...await fits(tab, widths)];
    if (mode === "wide") {
      const heavy = await weight(tab, html);
      wrong.push(...await markup(html, page.name));
      if (heavy >= weightMax)
        wrong.push(`weighs ${heavy} bytes`);
    }
    wrong.push(...tab.complaints);
  } finally {
    await tab.close();
  }
  return wrong.map((w) => `${mode}: ${w}`);
}

const modes = [
  ["wide", wide, [1280, 768], false],
  ["phone", phone, [375, 320], false],
  ["large type", wide, [1280, 375], true],
];
const only = process.env.E2E_PAGES?.split(",");
/* At night: the desk follows the system; what has colours of its own is on these pages. */
for (const name of ["home-registrar1", "queue-all", "ticket-late", "act-refuse-error", "draft-errors", "edition-review", "watch", "login"].filter((n) => !only || only.includes(n))) {
  test(`desk page ${name} in the dark`, async () => {
    const page = pages.find((p) => p.name === name);
    const tab = await tabFor(page, wide, false);
    await tab.emulateMedia({ colorScheme: "dark" });
    await page.open(tab);
    assert.deepEqual(await violations(tab), []);
    await tab.close();
  });
}

for (const page of pages.filter((p) => !only || only.includes(p.name))) {
  test(`${page.desk ? "desk" : "public"} page ${page.name}`, async () => {
    const wrong = [];
    for (const mode of modes)
      wrong.push(...await check(page, mode));
    assert.deepEqual(wrong, []);
  });
}
