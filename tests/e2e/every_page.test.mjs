/* What must hold on every page in every shape: nothing axe objects to, valid markup, fits the screen, light, no
 * foreign requests, no complaint of the browser. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { HtmlValidate, FileSystemConfigLoader } from "html-validate";
import { citizen, deskSite, folder, largeType, officer, publicSite, tabOf, watched, wide, withBrowser } from "./lib.mjs";
import { leadOn, notPages, pages } from "./pages.mjs";

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const table = readFileSync(new URL("../../fcgi/pages.tbl", import.meta.url), "utf8");
const htmlvalidate = new HtmlValidate(new FileSystemConfigLoader());
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
const weightMax = 60 * 1024;
const it = withBrowser();
/* What the server sent for each page, for the checker of the W3C, which starts slowly and then reads all of them at once. */
const sources = mkdtempSync(`${folder}/html-`);
const vnu = require.resolve("vnu-jar/build/dist/vnu.jar");

test("every line of pages.tbl is looked at", () => {
  const seen = new Set(pages.map((p) => p.of));
  const lines = [...table.matchAll(/^PAGE\(\w+, *(\w+), *"([^"]+)"/gm)].map((m) => `${m[1]} ${m[2]}`);
  assert.ok(lines.length > 30);
  assert.deepEqual(lines.filter((l) => !seen.has(l) && !notPages.has(l) && !leadOn.has(l)), []);
});

/* One visitor for every officer and site; a tab for every page. */
const visitors = new Map();
async function tabFor(page) {
  const key = page.who ?? Boolean(page.desk);
  if (!visitors.has(key)) {
    const first = page.who ? await officer(it.browser, page.who)
      : page.desk ? await tabOf(it.browser, { baseURL: deskSite, ...wide }) : await citizen(it.browser);
    visitors.set(key, first.context());
    await first.close();
  }
  return watched(await visitors.get(key).newPage());
}

/* The shapes of a page, one after the other in its tab. */
const shapes = [
  { name: "wide", widths: [1280, 768] },
  { name: "phone", widths: [375, 320], mobile: true },
  { name: "large type", widths: [1280, 375], large: true },
];

async function resize(devtools, width, mobile = false) {
  await devtools.send("Emulation.setDeviceMetricsOverride", { width, height: mobile ? 667 : 800, deviceScaleFactor: 1, mobile });
  await devtools.send("Emulation.setTouchEmulationEnabled", { enabled: mobile });
}

/* A page that an address leads to is asked for again; what steps led to is kept, and shaped as the server would. */
async function reshape(tab, devtools, page, shape) {
  await resize(devtools, shape.widths[0], shape.mobile);
  if (page.open.again) {
    if (shape.large)
      await tab.context().addCookies([largeType(page.desk ? deskSite : publicSite)]);
    await page.open(tab);
    await tab.waitForLoadState("load");
    await tab.context().clearCookies({ name: "size" });
  } else {
    await tab.evaluate((size) => { document.documentElement.dataset.size = size; }, shape.large ? "large" : "");
  }
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

async function fits(tab, devtools, shape) {
  const wrong = [];
  for (const width of shape.widths) {
    await resize(devtools, width, shape.mobile);
    wrong.push(...await sideways(tab));
  }
  await resize(devtools, shape.widths[0], shape.mobile);
  return wrong;
}

async function check(page) {
  const tab = await tabFor(page), devtools = await tab.context().newCDPSession(tab), wrong = [];
  const found = (shape, list) => wrong.push(...list.map((w) => `${shape.name}: ${w}`));
  let sent;
  tab.on("response", (r) => {
    if (r.request().isNavigationRequest() && r.status() !== 303)
      sent = r.text().catch(() => "");
  });
  try {
    await page.open(tab);
    await tab.waitForLoadState("load");
    const html = await sent;
    found(shapes[0], await markup(html, page.name));
    writeFileSync(`${sources}/${page.desk ? "desk" : "public"}-${page.name}.html`, html);
    const heavy = await weight(tab, html);
    if (heavy >= weightMax)
      found(shapes[0], [`weighs ${heavy} bytes`]);
    for (const shape of shapes) {
      if (shape !== shapes[0])
        await reshape(tab, devtools, page, shape);
      found(shape, [...await fits(tab, devtools, shape), ...await violations(tab), ...await structure(tab)]);
    }
    found({ name: "all" }, tab.complaints);
  } finally {
    await tab.close();
  }
  return wrong;
}

const only = process.env.E2E_PAGES?.split(",");
/* At night: the desk follows the system; what has colours of its own is on these pages. */
for (const name of ["home-registrar1", "queue-all", "ticket-late", "act-refuse-error", "draft-errors", "edition-review", "watch", "login"].filter((n) => !only || only.includes(n))) {
  test(`desk page ${name} in the dark`, async () => {
    const page = pages.find((p) => p.name === name);
    const tab = await tabFor(page);
    await tab.emulateMedia({ colorScheme: "dark" });
    await page.open(tab);
    assert.deepEqual(await violations(tab), []);
    await tab.close();
  });
}

for (const page of pages.filter((p) => !only || only.includes(p.name))) {
  test(`${page.desk ? "desk" : "public"} page ${page.name}`, async () => {
    assert.deepEqual(await check(page), []);
  });
}

test("the checker of the W3C finds no mistake in any page", () => {
  const written = readdirSync(sources).length;
  const said = execFileSync("sh", ["-c", 'java -jar "$1" --errors-only --stdout "$2" || true', "vnu", vnu, sources],
    { encoding: "utf8", maxBuffer: 1 << 26 });
  assert.ok(written >= (only?.length ?? 200), `${written} pages`);
  assert.deepEqual(said.split("\n").filter(Boolean).map((line) => line.replaceAll(`${sources}/`, "")), []);
});
