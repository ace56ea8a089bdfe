/* What is printed on purpose: the receipt on one page, the letter with its course, the published answer. */
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { citizen, letter, officer, track, withBrowser } from "./lib.mjs";
import { pages } from "./pages.mjs";

const it = withBrowser();
const open = (name, tab) => pages.find((p) => p.name === name).open(tab);

/* The number of pages of a PDF. */
async function printed(tab, name) {
  const pdf = await tab.pdf({ format: "A4" });
  if (process.env.SHOTS) {
    mkdirSync(new URL("shots/", import.meta.url), { recursive: true });
    writeFileSync(new URL(`shots/print-${name}.pdf`, import.meta.url), pdf);
  }
  return pdf.toString("latin1").match(/\/Type \/Page\b/g).length;
}

/* What a reader of paper has no use for. */
async function onPaper(tab) {
  await tab.emulateMedia({ media: "print" });
  return tab.evaluate(() => [...document.querySelectorAll("button, input:not([type=hidden]), select, textarea, nav, .lx-skip-link, .lx-demo-band")]
    .filter((e) => e.checkVisibility() && e.getBoundingClientRect().width > 1).map((e) => e.outerHTML.slice(0, 80)));
}

for (const [name, most] of [["receipt", 1], ["show-rated", 2], ["open-letter", 2], ["open", 3], ["open-unit", 3], ["stats", 6]]) {
  test(`${name} prints on at most ${most} page(s), without what is only for a screen`, async () => {
    const tab = await citizen(it.browser);
    await open(name, tab);
    assert.deepEqual(await onPaper(tab), []);
    const n = await printed(tab, name);
    assert.ok(n <= most, `${n} pages`);
    await tab.context().close();
  });
}

test("the receipt prints number, code and the code to scan", async () => {
  const tab = await citizen(it.browser);
  await open("receipt", tab);
  await tab.emulateMedia({ media: "print" });
  for (const part of ["#number", "#code", ".lx-code__qr svg"])
    assert.ok(await tab.locator(part).isVisible(), part);
  await tab.context().close();
});

test("a letter prints with its course, for the writer and at the desk", async () => {
  const tab = await citizen(it.browser);
  await track(tab, letter("小区交付"));
  await tab.emulateMedia({ media: "print" });
  assert.ok(await tab.locator(".lx-timeline").isVisible());
  await tab.context().close();
  const desk = await officer(it.browser, "zjj_handler");
  await desk.goto(`/tickets/${letter("小区交付").number}`);
  assert.deepEqual(await onPaper(desk), []);
  assert.ok(await desk.locator(".lx-timeline").isVisible());
  assert.ok(await printed(desk, "ticket") <= 3);
  await desk.context().close();
});
