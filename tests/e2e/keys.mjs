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

/* Keys that somebody finds on the page: what it says first, Tab otherwise. (Alt with a character cannot be pressed in a
 * browser without a window.) */
export class Hands extends Keys {
  async at(target) {
    return target.first().evaluate((e) => e === document.activeElement);
  }

  async typing() {
    return this.tab.evaluate(() =>
      document.activeElement?.matches("input:not([type=checkbox]):not([type=radio]), textarea, select"));
  }

  async reach(target) {
    if (await this.at(target))
      return;
    const key = await target.first().evaluate((e) => e.dataset.key);
    if (key && !await this.typing())
      await this.keys(key);
    if (!await this.at(target))
      await this.tabTo(target);
  }

  /* In quick succession, however slow this machine is just now: after a while the page forgets the first of two. */
  async keys(words) {
    await Promise.all(words.split(" ").map((key) => this.press(key)));
  }

  /* The last of these keys leads to another page. */
  async away(words) {
    const here = this.tab.waitForEvent("load");
    await this.keys(words);
    await here;
    await this.arrived?.();
  }

  async go(key) {
    await super.go(key);
    await this.arrived?.();
  }

  async fill(target, text) {
    await this.reach(target);
    await this.type(text);
  }

  async pick(target, label) {
    await this.reach(target);
    await this.choose(target, label);
  }

  /* One of a row of choices: by the digit that stands before it, or by arrows. */
  async tick(group, label) {
    const wanted = group.getByRole("radio", { name: label }), chosen = group.getByRole("radio", { checked: true });
    if (await wanted.isChecked())
      return;
    const first = await chosen.count() > 0 ? chosen : group.getByRole("radio").first();
    if (!await group.evaluate((e) => e.contains(document.activeElement)))
      await this.reach(first);
    const place = await wanted.evaluate((e) => [...e.closest("fieldset").querySelectorAll("[type=radio]")].indexOf(e));
    if (this.digits !== false)
      await this.press(String(place + 1));
    this.digits = await wanted.isChecked();
    if (!this.digits && await chosen.count() === 0)
      await this.press("Space");
    for (let i = 0; i < 12 && !await wanted.isChecked(); i++)
      await this.press("ArrowRight");
    assert.ok(await wanted.isChecked(), `${label} is not chosen by keys`);
  }

  presses() {
    return this.tabs + this.others;
  }
}

/* Nothing beside the page, nothing hidden by its own box, and the focus where it can be seen. */
export async function fits(tab) {
  const wrong = await tab.evaluate(() => {
    const found = [], wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > wide)
      found.push(`the page is ${document.documentElement.scrollWidth} wide`);
    const name = (e) => `${e.tagName} ${e.id || e.textContent.trim().slice(0, 20)}`;
    for (const e of document.querySelectorAll("main :is(a, button, input, select, textarea, label, p, td, h1, h2)")) {
      const box = e.getBoundingClientRect(), style = getComputedStyle(e);
      if (!e.checkVisibility() || box.width < 2 || style.clipPath !== "none" || e.closest(".lx-visually-hidden"))
        continue;
      if (box.left < -1 || box.right > wide + 1)
        found.push(`${name(e)} from ${Math.round(box.left)} to ${Math.round(box.right)}`);
      if (style.overflowX === "hidden" && e.scrollWidth > e.clientWidth + 1)
        found.push(`${name(e)} is cut off`);
    }
    return found;
  });
  assert.deepEqual(wrong, [], `${new URL(tab.url()).pathname} at ${tab.viewportSize().width} px`);
}
