/* Pictures of every page, for looking at: SHOTS=1 ./run.sh, or with an instance running E2E_…=… node shots.mjs [name…]. */
import { mkdirSync } from "node:fs";
import { chromium } from "playwright-core";
import { citizen, officer, phone, tabOf, deskSite, wide } from "./lib.mjs";
import { pages } from "./pages.mjs";

const wanted = process.argv.slice(2);
const folder = new URL("shots/", import.meta.url).pathname;
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
let failed = 0;
for (const it of pages.filter((p) => wanted.length === 0 || wanted.some((w) => p.name.startsWith(w)))) {
  for (const [width, options] of [["wide", wide], ["phone", phone]]) {
    let page;
    try {
      page = it.who ? await officer(browser, it.who, options)
        : it.desk ? await tabOf(browser, { baseURL: deskSite, ...options }) : await citizen(browser, options);
      await it.open(page);
      await page.screenshot({ path: `${folder}${it.desk ? "desk" : "public"}-${it.name}-${width}.png`, fullPage: true });
    } catch (e) {
      failed++;
      console.log(`${it.name} ${width}: ${e.message.split("\n").slice(0, 3).join(" | ")}`);
    }
    await page?.context().close();
  }
}
await browser.close();
process.exit(failed ? 1 : 0);
