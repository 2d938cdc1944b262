// The keys and the islands on the gallery's pages: what a key does, a button does; writing is left alone.
// Run after gallery: node web/tests/keys.mjs

import assert from "node:assert/strict";
import { open } from "./open.mjs";

const { browser, posts, origin, close } = await open();
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
const tests = {
  async "1 to 5 tick a kind"() {
    await page.goto(`${origin}queue.en.html`);
    assert.equal(await page.isChecked('[value="threat"]'), false);
    await page.keyboard.press("5");
    assert.equal(await page.isChecked('[value="threat"]'), true);
    assert.equal(await page.isVisible('[name="statement_threat"]'), true);
  },
  async "single keys rest while a person writes"() {
    await page.focus("#f");
    await page.keyboard.type("5nx");
    assert.equal(await page.inputValue("#f"), "5nx");
    assert.equal(await page.isChecked('[value="threat"]'), true);
    await page.keyboard.press("Escape");
    await page.waitForTimeout(800);
  },
  async "Space shows while held and counts the person's exposure"() {
    assert.equal(await page.locator("[data-reveal] img").count(), 0);
    await page.keyboard.down(" ");
    assert.equal(await page.locator("[data-reveal] img").count(), 1);
    await page.keyboard.up(" ");
    assert.equal(await page.locator("[data-reveal] img").count(), 0);
    await page.waitForFunction(() => true);
    await until(() => posts.some((post) => post.path === "/console/exposure"));
    const { fields } = posts.find((post) => post.path === "/console/exposure");
    assert.deepEqual([...fields.keys()], ["csrf", "items", "seconds", "severity"]);
  },
  async "a tab change hides at once"() {
    await page.keyboard.down(" ");
    await page.evaluate(() => window.dispatchEvent(new Event("blur")));
    assert.equal(await page.locator("[data-reveal] img").count(), 0);
    await page.keyboard.up(" ");
  },
  async "g and b change the veil and are kept"() {
    const before = await page.getAttribute("html", "data-blur");
    await page.keyboard.press("b");
    assert.notEqual(await page.getAttribute("html", "data-blur"), before);
    await until(() => posts.some((post) => post.path === "/console/preference" && post.fields.get("blur") === "on"));
  },
  async "/ goes to the search, ? shows the keys, Ctrl-K goes anywhere"() {
    await page.keyboard.press("/");
    assert.equal(await page.evaluate(() => document.activeElement.id), "f");
    await page.keyboard.press("Escape");
    await page.waitForTimeout(800);
    await page.keyboard.press("?");
    assert.equal(await page.isVisible("#keys"), true);
    await page.keyboard.press("Escape");
    await page.waitForTimeout(800);
    await page.keyboard.press("Control+k");
    assert.equal(await page.isVisible("#goto"), true);
    await page.keyboard.press("Escape");
    await page.waitForTimeout(800);
  },
  async "Enter leads to the first missing answer and sends nothing"() {
    const sent = posts.length;
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press("Enter");
    assert.match(await page.evaluate(() => document.activeElement.name), /^(pinpoint|statement|offence|exemption)_/);
    assert.equal(posts.slice(sent).filter((post) => post.path.endsWith("/assess")).length, 0);
  },
  async "a refusal is seen at the bar and at the field, and the page itself stays"() {
    assert.match(await page.textContent("[data-missing] .no"), /^It was not done\. .*missing/);
    assert.equal(await page.locator("[aria-invalid]").count(), 1);
    assert.equal(await page.evaluate(() => window.scrollY + document.documentElement.scrollTop + document.body.scrollTop), 0);
    await page.fill('[name="statement_threat"]', "short");
    assert.equal(await page.locator("[aria-invalid], [data-missing] .no").count(), 0);
    assert.match(await page.textContent("[data-missing]"), /answers? missing.* too short/);
    assert.match(await page.locator('label:has([name="statement_threat"])').textContent(), /at least 20 characters.*5 of 4000 characters/);
    await page.fill('[name="statement_threat"]', "");
  },
  async "x and u lead there too"() {
    for (const key of ["x", "u"]) {
      const sent = posts.length;
      await page.evaluate(() => document.activeElement.blur());
      await page.keyboard.press(key);
      assert.match(await page.evaluate(() => document.activeElement.name), /^(exemption_|true_purpose|context)/, key);
      assert.equal(posts.slice(sent).filter((post) => post.path.endsWith("/assess")).length, 0, key);
    }
  },
  async "yes to a question turns save into save as exempt"() {
    await page.check('[name="exemption_art"][value="yes"]');
    assert.match(await page.textContent("[data-go]"), /exempt/);
    assert.equal(await page.getAttribute("[data-go] button", "value"), "exempt");
  },
  async "Esc Esc clears the screen at once, also out of a field"() {
    await page.focus("#f");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    assert.equal(await page.isVisible("main"), false);
    await page.click("[data-uncover]");
    assert.equal(await page.isVisible("main"), true);
  },
  async "n decides and carries version, token and decision"() {
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press("n");
    await until(() => posts.some((post) => post.path === "/console/queue/7f3a19/assess"));
    const { fields } = posts.find((post) => post.path.endsWith("/assess"));
    assert.deepEqual([fields.get("decision"), fields.get("version"), fields.get("csrf")], ["not_terrorist", "3", "sample"]);
    assert.deepEqual(fields.getAll("items[]"), ["7f3a19c0", "81bb02d4"]);
  },
  async "r opens the reason, a agrees with the ticks"() {
    await page.goto(`${origin}approve.en.html`);
    await page.keyboard.press("r");
    assert.equal(await page.evaluate(() => document.activeElement.name), "reason");
    await page.keyboard.press("Escape");
    await page.check('[value="holds"]');
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press("a");
    await until(() => posts.some((post) => post.path === "/console/approve/1/agree"));
    const { fields } = posts.find((post) => post.path.endsWith("/agree"));
    assert.deepEqual(fields.getAll("acknowledge[]"), ["holds"]);
  },
  async "pictures that are compared are shown together, and count as two"() {
    await page.goto(`${origin}why-pictures.en.html`);
    const sent = posts.length;
    await page.keyboard.down(" ");
    assert.equal(await page.locator("[data-reveal].held img").count(), 2);
    await page.keyboard.up(" ");
    assert.equal(await page.locator("[data-reveal] img").count(), 0);
    await until(() => posts.slice(sent).some((post) => post.path === "/console/exposure"));
    const { fields } = posts.slice(sent).find((post) => post.path === "/console/exposure");
    assert.deepEqual([fields.get("items"), fields.get("severity")], ["2", "1"]);
  },
  async "w opens the withdrawal"() {
    await page.goto(`${origin}sent.en.html`);
    await page.keyboard.press("w");
    assert.equal(await page.isVisible('.popped [name="reason"]'), true);
  },
  async "j and k open the row after and before, where rows are the buttons"() {
    await page.goto(`${origin}inbox.en.html`);
    await page.evaluate(() => {
      for (const row of document.querySelectorAll(".rows a")) row.addEventListener("click", () => document.body.setAttribute("data-opened", row.textContent));
    });
    await page.keyboard.press("j");
    assert.equal(await page.getAttribute("body", "data-opened"), await page.locator(".rows a").nth(1).textContent());
  },
  async "an answer for several letters says for how many items it is"() {
    await page.goto(`${origin}inbox-bulk.en.html`);
    const said = () => page.textContent('[data-ticked="cases[]"]');
    assert.match(await said(), /ticked 0\D+0\s*$/);
    await page.check('[name="cases[]"] >> nth=0');
    assert.match(await said(), /ticked 1\D+\d+\s*$/);
    const items = await page.locator('[name="cases[]"] >> nth=0').getAttribute("data-items");
    assert.ok(Number(items) > 1 && (await said()).trim().endsWith(items), await said());
  },
  async "a change of language keeps what was typed"() {
    await page.route("**/console/**", async (route) => {
      if (route.request().method() === "POST") return route.continue();
      const name = new URL(route.request().url()).pathname.split("/").pop();
      const response = await page.request.get(`${origin}${name.startsWith("console.") ? name : "queue.ar.html"}`);
      // A page that went away meanwhile needs no answer any more.
      return route.fulfill({ response }).catch((error) => assert.match(error.message, /already handled/));
    });
    await page.goto(`${origin}queue.en.html`);
    await page.check('[value="threat"]');
    await page.fill('[name="statement_threat"]', "Half a sentence");
    await page.uncheck('[name="items[]"] >> nth=0');
    await page.click('[hreflang="ar"]');
    await page.waitForSelector('html[lang="ar"][data-js]');
    assert.equal(await page.inputValue('[name="statement_threat"]'), "Half a sentence");
    assert.deepEqual([await page.isChecked('[value="threat"]'), await page.isChecked('[name="items[]"] >> nth=0')], [true, false]);
    assert.equal(await page.inputValue('[name="version"]'), "3");
    await page.unroute("**/console/**");
  },
  async "a draft outlives another row and a fresh code, and is forgotten once it was sent or at a sign-in"() {
    const there = async (name) => {
      await page.goto(`${origin}${name}.en.html`);
      await page.goto(`${origin}queue.en.html`);
      return page.inputValue('[name="statement_threat"]');
    };
    await page.goto(`${origin}queue.en.html`);
    const before = await page.locator('[name="statement_threat"]').evaluate((field) => field.defaultValue);
    await page.check('[value="threat"]');
    await page.fill('[name="statement_threat"]', "A draft of one's own");
    assert.equal(await there("inbox"), "A draft of one's own");
    assert.equal(await page.isChecked('[value="threat"]'), true);
    await page.fill("#f", "not a form's");
    const send = async () => {
      const sent = posts.length;
      await page.evaluate(() => document.activeElement.blur());
      await page.keyboard.press("n");
      await until(() => posts.slice(sent).some((post) => post.path.endsWith("/assess")));
    };
    await send();
    assert.equal(await there("step-up"), "A draft of one's own");
    await send();
    assert.equal(await there("inbox"), before);
    await page.check('[value="threat"]');
    await page.fill('[name="statement_threat"]', "Another draft");
    assert.equal(await there("sign-in"), before);
  },
  async "z undoes"() {
    await page.goto(`${origin}queue-empty.en.html`);
    await page.keyboard.press("z");
    await until(() => posts.some((post) => post.path === "/console/undo/7f3a19"));
  },
};

async function until(holds) {
  for (let tries = 0; tries < 100; tries += 1) {
    if (holds()) return;
    await new Promise((again) => setTimeout(again, 50));
  }
  throw new Error("it did not come");
}

let failed = 0;
for (const [name, run] of Object.entries(tests)) {
  try {
    await run();
    console.log(`ok      ${name}`);
  } catch (fault) {
    failed += 1;
    console.log(`FAILED  ${name}: ${fault.message}`);
  }
}
await close();
process.exitCode = failed === 0 ? 0 : 1;
