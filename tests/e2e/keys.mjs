/* Somebody with a keyboard and nothing else. Counts what is pressed; characters of typed text apart. */
import assert from "node:assert/strict";

const farEnough = 120; /* Tabs after which a person has given up */

export class Keys {
  constructor(tab) {
    this.tab = tab;
    this.tabs = this.others = this.typed = 0;
  }

  async press(key) {
    this.others++;
    await this.tab.keyboard.press(key);
  }

  /* A key that leads to another page. */
  async go(key) {
    this.others++;
    const here = this.tab.waitForEvent("load");
    await this.tab.keyboard.press(key);
    await here;
  }

  async type(text) {
    this.typed += [...text].length;
    await this.tab.keyboard.insertText(text);
  }

  /* Tab until it has the focus, which must be seen. */
  async tabTo(target) {
    const wanted = await target.first().elementHandle();
    for (let i = 0; i < farEnough; i++) {
      if (await wanted.evaluate((e) => e === document.activeElement))
        return this.seen(wanted);
      this.tabs++;
      await this.tab.keyboard.press("Tab");
    }
    assert.fail(`${target} is not reached in ${farEnough} Tabs`);
  }

  async seen(focused) {
    const look = await focused.evaluate((e) => {
      const s = [e, e.nextElementSibling ?? e].flatMap((x) => [getComputedStyle(x), getComputedStyle(x, "::before")]);
      return { any: s.some((c) => c.outlineStyle !== "none" && c.outlineWidth !== "0px" || c.boxShadow !== "none"),
        what: e.outerHTML.slice(0, 100) };
    });
    assert.ok(look.any, `the focus cannot be seen on ${look.what}`);
  }

  /* The skip link: the first stop of every page. */
  async skip() {
    await this.tabTo(this.tab.getByRole("link", { name: "跳到正文" }));
    await this.press("Enter");
  }

  /* From anywhere at the desk to a letter, by its number. */
  async findLetter(number) {
    const field = this.tab.getByLabel("编号、标题或地点中的字");
    if (await field.count() === 0) {
      await this.tab.reload();
      await this.tabTo(this.tab.getByRole("link", { name: "信件列表" }));
      await this.go("Enter");
    }
    await this.skip();
    await this.tabTo(this.tab.getByLabel("编号、标题或地点中的字"));
    await this.type(number);
    await this.go("Enter");
    if (!new URL(this.tab.url()).pathname.startsWith("/tickets/")) {
      await this.press("j");
      await this.go("Enter");
    }
  }

  /* A list of the desk, and in it the row of that letter by j and Enter. */
  async openRow(section, number) {
    await this.tab.reload();
    await this.tabTo(this.tab.getByRole("link", { name: new RegExp(`^${section}`) }).first());
    await this.go("Enter");
    for (let i = 0; i < farEnough; i++) {
      await this.press("j");
      if (await this.tab.evaluate((n) => document.activeElement?.closest("tr")?.textContent.includes(n), number))
        return this.go("Enter");
    }
    assert.fail(`${number} is not in ${section}`);
  }

  /* Opens a folded part when it is not open yet. */
  async openSummary(name) {
    const part = this.tab.locator("details", { has: this.tab.getByText(name, { exact: true }) }).first();
    if (await part.evaluate((d) => d.open))
      return;
    await this.tabTo(part.locator("summary").first());
    await this.press("Enter");
  }

  /* In a list that has the focus: down until it says so. */
  async choose(list, label) {
    for (let i = 0; i < 60; i++) {
      if (await list.evaluate((s) => s.selectedOptions[0]?.textContent.trim()) === label)
        return;
      await this.press("ArrowDown");
    }
    assert.fail(`${label} cannot be chosen`);
  }
}
