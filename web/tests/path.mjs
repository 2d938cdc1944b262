// The whole path by keyboard alone, in a real browser, against a running demo: two agencies' people and a provider's.
// Run: cargo xtask web && cargo build --bins && node web/tests/path.mjs   (or with DEMO_WORDS and DEMO_FOLDER of a running one)

import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import { attach, start } from "../tools/demo.mjs";

const ITEMS = 60;
const SEED = 7;
const TABS_MAX = 400;
const LOOKS_MAX = 60;
const LOOK_MILLISECONDS = 1000;
const HOUR_SECONDS = 3600;
const WAITED_HOURS = 2;
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const STATEMENT = "Invites readers to join the invented Example Group, written by keyboard.";

const demo = process.env.DEMO_WORDS ? await attach(process.env.DEMO_WORDS, process.env.DEMO_FOLDER) : await start({ items: ITEMS, seed: SEED });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, args: FLAGS });
const mice = [];

/** A person at a browser of their own, who has a keyboard and nothing else. */
class Someone {
  static async sit(origin, who) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" });
    await context.addInitScript(() => {
      for (const kind of ["mousedown", "mouseup", "mousemove", "pointerdown", "touchstart", "wheel"]) {
        window.addEventListener(kind, () => console.log(`mouse: ${kind}`), true);
      }
    });
    const page = await context.newPage();
    page.on("console", (message) => message.text().startsWith("mouse:") && mice.push(message.text()));
    const one = Object.assign(new Someone(), { page, origin, who });
    await page.goto(`${origin}/`);
    return one;
  }

  press(key) {
    return this.page.keyboard.press(key);
  }

  /** A key that leads to another page. */
  async go(key) {
    await Promise.all([this.page.waitForEvent("load"), this.press(key)]);
  }

  text() {
    return this.page.evaluate(() => document.body.innerText);
  }

  /** Where the focus is: whether it matches, whether it is drawn and in sight, and what it is. */
  focus(selector) {
    return this.page.evaluate((wanted) => {
      const on = document.activeElement;
      if (!on || on === document.body) return { body: true };
      const drawn = [on, on.closest("label"), on.nextElementSibling].filter(Boolean).some((part) => {
        const style = getComputedStyle(part);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
      });
      const box = on.getBoundingClientRect();
      const seen = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
      return { is: wanted !== "" && on.matches(wanted), drawn, seen, what: on.outerHTML.slice(0, 120) };
    }, selector);
  }

  /** Tabs until the focus is on something; on the way it is always drawn, in sight and never held. */
  async tabTo(selector) {
    let last = "";
    for (let tabs = 0; tabs < TABS_MAX; tabs += 1) {
      const at = await this.focus(selector);
      if (at.is) return;
      await this.press("Tab");
      const next = await this.focus(selector);
      if (next.body) continue;
      assert.ok(next.drawn, `the focus is not drawn on ${next.what}`);
      assert.ok(next.seen, `the focus is out of sight on ${next.what}`);
      const place = await this.page.evaluate(() => [...document.querySelectorAll("*")].indexOf(document.activeElement));
      assert.notEqual(`${place}`, last, `the focus is held by ${next.what}`);
      last = `${place}`;
    }
    throw new Error(`no way to ${selector} by Tab on ${this.page.url()}`);
  }

  async write(selector, text) {
    await this.tabTo(selector);
    await this.press("Control+a");
    await this.page.keyboard.type(text);
  }

  /** Ticks or unticks by Space. */
  async tick(selector, wanted = true) {
    await this.tabTo(selector);
    if ((await this.page.evaluate(() => document.activeElement.checked)) !== wanted) await this.press(" ");
    assert.equal(await this.page.evaluate(() => document.activeElement.checked), wanted);
  }

  /** Chooses in a list by its first letters. */
  async choose(selector, value) {
    await this.tabTo(selector);
    for (let steps = 0; steps < TABS_MAX; steps += 1) {
      if ((await this.page.evaluate(() => document.activeElement.value)) === value) return;
      await this.press(steps < TABS_MAX / 2 ? "ArrowDown" : "ArrowUp");
    }
    throw new Error(`${selector} has no ${value}`);
  }

  async signIn() {
    await this.page.waitForSelector('[name="login"]');
    if (await this.page.locator('select[name="agency"]').count()) await this.choose('[name="agency"]', this.who.agency);
    await this.write('[name="login"]', this.who.login);
    await this.write('[name="password"]', this.who.password);
    await this.write('[name="code"]', await demo.code(this.who));
    await this.go("Enter");
    await this.reason();
  }

  async reason() {
    if (!(await this.page.locator('form[action="/console/reason"]').count())) return;
    await this.tabTo('form[action="/console/reason"] button');
    await this.go("Enter");
  }

  /** Goes to a page by Ctrl-K. */
  async to(path) {
    await this.press("Control+k");
    await this.tabTo(`#goto a[href="${path}"]`);
    await this.go("Enter");
    await this.reason();
  }

  /** Goes through the rows by `j` until the page says something. */
  async find(words) {
    for (let rows = 0; rows < TABS_MAX; rows += 1) {
      if ((await this.text()).includes(words)) return;
      const before = this.page.url();
      await this.press("j");
      await this.page.waitForFunction((url) => location.href !== url, before, { timeout: 5000 }).catch(() => {
        throw new Error(`no row says ${words}`);
      });
      await this.page.waitForLoadState("load");
    }
  }

  /** Loads the page again, as F5 does, until it says something. */
  async until(words, within = "main") {
    for (let looks = 0; looks < LOOKS_MAX; looks += 1) {
      if ((await this.page.innerText(within)).includes(words)) return;
      await this.page.waitForTimeout(LOOK_MILLISECONDS);
      await this.page.reload();
    }
    throw new Error(`${this.page.url()} never says "${words}": ${(await this.text()).slice(0, 2000)}`);
  }
}

let ana, cleo, pia, sent;
const seat = demo.people.find((one) => one.role === "provider");
const unit = demo.people[0].agency;
/** An address as pages show it. */
const shown = (host) => host.replaceAll(".", "[.]");

const tests = {
  async "an analyst signs in and opens the cluster that has an item of the seat"() {
    ana = await Someone.sit(demo.console, demo.person("analyst", unit));
    await ana.signIn();
    assert.match(ana.page.url(), /\/console\/queue/);
    await ana.find(shown(seat.agency));
  },
  async "she assesses it: kind, place, statement, questions, purpose"() {
    await ana.press("3");
    await ana.press("Enter");
    assert.equal(await ana.page.evaluate(() => document.activeElement.name), "pinpoint_solicits_participation", "Enter leads to what is missing");
    await ana.page.keyboard.type("text, first sentence");
    await ana.write('[name="statement_solicits_participation"]', STATEMENT);
    await ana.choose('[name="offence_solicits_participation"]', "4.b");
    for (const question of ["education", "journalism", "art", "research", "counter_terrorism", "public_debate"]) {
      await ana.tabTo(`[name="exemption_${question}"]`);
      await ana.press(" ");
      assert.equal(await ana.page.isChecked(`[name="exemption_${question}"][value="no"]`), true, question);
    }
    await ana.write('[name="true_purpose"]', "Spreads the call of an invented group.");
    await ana.write('[name="context"]', "A public post that anybody can see.");
    const others = await ana.page.evaluate((host) => [...document.querySelectorAll('[name="items[]"]')].filter((box) => !box.closest("li").innerText.includes(host)).map((box) => box.value), shown(seat.agency));
    for (const other of others) await ana.tick(`[name="items[]"][value="${other}"]`, false);
    await ana.tabTo('[data-go] button');
    await ana.go("Enter");
    assert.match(ana.page.url(), /said=to_approve/, await ana.text());
  },
  async "z takes it back, and she saves it again from what she wrote"() {
    await ana.go("z");
    assert.match(ana.page.url(), /said=undone/);
    assert.ok((await ana.text()).includes(shown(seat.agency)));
    assert.equal(await ana.page.inputValue('[name="statement_solicits_participation"]'), STATEMENT, "what she wrote is there");
    await ana.go("Enter");
    assert.match(ana.page.url(), /said=to_approve/, await ana.text());
  },
  async "a second person reads the letter and what the checks say, proves that it is her, and agrees"() {
    cleo = await Someone.sit(demo.console, demo.person("approver", unit));
    await cleo.signIn();
    await cleo.to("/console/approve");
    await cleo.find(STATEMENT);
    assert.match(await cleo.text(), /Checked before sending/);
    await cleo.go("a");
    assert.match(cleo.page.url(), /step-up/);
    await cleo.write('[name="code"]', await demo.code(cleo.who));
    await cleo.go("Enter");
    assert.ok((await cleo.text()).includes(STATEMENT), "after the code she is back at the letter");
    await cleo.go("a");
    assert.match(cleo.page.url(), /said=agreed/, await cleo.text());
  },
  async "it goes out, and the provider's receipt is there"() {
    await ana.to("/console/sent");
    await ana.find(shown(seat.agency));
    sent = ana.page.url();
    await ana.until("Receipt is there", ".detail .head");
    await ana.tabTo("details:has(article.letter) > summary");
    await ana.press("Enter");
    assert.ok((await ana.text()).includes(STATEMENT), "the newest letter is hers");
  },
  async "the provider's person opens the letter and answers"() {
    pia = await Someone.sit(demo.inbox, seat);
    await pia.signIn();
    await pia.page.waitForURL(/inbox/);
    await pia.find(STATEMENT);
    await pia.tabTo('[name="answer"]');
    await pia.press(" ");
    for (let steps = 0; steps < TABS_MAX && !(await pia.page.isChecked('[name="answer"][value="removed"]')); steps += 1) await pia.press("ArrowDown");
    await pia.tabTo("button.go");
    await pia.go("Enter");
    assert.match(pia.page.url(), /said=answered/, await pia.text());
    assert.match(await pia.text(), /Removed/);
  },
  async "the agency sees the answer"() {
    assert.equal(ana.page.url(), sent);
    await ana.until("Removed", ".detail table");
  },
  async "one key withdraws, and the provider sees it"() {
    await ana.press("w");
    assert.equal(await ana.page.evaluate(() => document.activeElement.name), "cause");
    await ana.press("Space");
    await ana.tabTo('.popped [name="reason"]');
    await ana.page.keyboard.type("The statement was of another item; the unit takes it back.");
    await ana.tabTo(".popped button");
    await ana.go("Enter");
    assert.match(ana.page.url(), /said=withdrawn/, await ana.text());
    await pia.until("The statement was of another item");
  },
  async "Esc Esc clears the screen, Enter brings it back, and sign-out is reached too"() {
    await ana.press("Escape");
    await ana.press("Escape");
    assert.equal(await ana.page.isVisible("main"), false);
    await ana.press("Enter");
    assert.equal(await ana.page.isVisible("main"), true);
    await ana.tabTo("details.me summary");
    await ana.press("Enter");
    await ana.tabTo('form[action="/console/sign-out"] button');
    await ana.go("Enter");
    assert.match(ana.page.url(), /sign-in/);
  },
  async "hours pass by the command for it, and the demo lives on"() {
    const before = await demo.now();
    await demo.wait(WAITED_HOURS);
    assert.ok((await demo.now()) >= before + WAITED_HOURS * HOUR_SECONDS);
    for (const origin of [demo.console, demo.inbox]) assert.equal((await fetch(`${origin}/console/sign-in`)).status, 200, origin);
  },
  async "no mouse was used"() {
    assert.deepEqual(mice, []);
  },
  async "told to end, the demo ends with all of its parts"() {
    await demo.stop();
    for (const origin of process.env.DEMO_WORDS ? [] : [demo.console, demo.inbox]) await assert.rejects(fetch(origin), origin);
  },
};

let failed = 0;
for (const [name, run] of Object.entries(tests)) {
  try {
    if (failed > 0) throw new Error("the step before it failed");
    await run();
    console.log(`ok      ${name}`);
  } catch (fault) {
    failed += 1;
    console.log(`FAILED  ${name}: ${fault.message}`);
  }
}
await browser.close();
await demo.stop();
process.exitCode = failed === 0 ? 0 : 1;
