// The slider of a plan: every figure follows it without a request, and without a script it is a form.
// Run after gallery: node web/tests/network.mjs

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { open } from "./open.mjs";

const STEPS = 20;
const { browser, posts, origin, close } = await open();
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
const requests = [];
const text = (name) => page.textContent(`[data-net-at="${name}"]`);
const tests = {
  async "figures, cursor, list and the form to seal follow the slider"() {
    await page.goto(`${origin}network.en.html`);
    assert.equal(await page.isVisible("form.plan button"), false);
    page.on("request", (request) => requests.push(request.url()));
    const before = [await text("ended"), await text("after"), await page.getAttribute("[data-net-cursor]", "transform")];
    await page.focus("#k");
    for (let at = 0; at < STEPS; at++) await page.keyboard.press("ArrowRight");
    const after = [await text("ended"), await text("after"), await page.getAttribute("[data-net-cursor]", "transform")];
    for (const [at, value] of before.entries()) assert.notEqual(after[at], value);
    assert.equal(await text("k"), String(12 + STEPS));
    assert.equal(await page.inputValue("[data-net-k]"), String(12 + STEPS));
    await page.click("details:has(.planned) summary");
    assert.equal(await page.locator(".planned li:visible").count(), 12 + STEPS);
    assert.deepEqual(requests, []);
  },
  async "a plan that is not better says so"() {
    await page.goto(`${origin}network-no-better.en.html`);
    assert.equal(await page.isVisible('[data-net-verdict="0"]'), true);
    assert.equal(await page.isVisible('[data-net-verdict="1"]'), false);
  },
  async "what is sealed is what the slider shows"() {
    await page.goto(`${origin}network.en.html`);
    await page.focus("#k");
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
    await page.click('form[action="/console/network/seal"] button');
    assert.equal(posts.at(-1)?.path, "/console/network/seal");
    assert.equal(posts.at(-1)?.fields.get("k"), "1");
  },
  async "the form sends what is ticked, and where the slider stands"() {
    await page.goto(`${origin}network-choice.en.html`);
    assert.deepEqual(await page.locator('.net-choice input[type="checkbox"]:checked').evaluateAll((all) => all.map((one) => one.value)), ["forwards", "mentions"]);
    await page.focus("#k");
    await page.keyboard.press("End");
    await page.focus('.net-choice input[value="mentions"]');
    await page.keyboard.press("Space");
    await page.selectOption(".net-choice select", "30");
    const sent = await page.locator(".net-choice").evaluate((form) => String(new URLSearchParams(new FormData(form))));
    assert.equal(sent, "days=30&layers=&layers=forwards&k=50");
  },
  async "a chart is saved as SVG and as PNG, and needs no request"() {
    await page.goto(`${origin}network.en.html`);
    requests.length = 0;
    for (const kind of ["svg", "png"]) {
      for (const of of ["net-curve", "net-around"]) {
        const [file] = await Promise.all([page.waitForEvent("download"), page.click(`[data-export="${kind}"][data-of="${of}"]`)]);
        assert.equal(file.suggestedFilename(), `${of}.${kind}`);
        const bytes = await readFile(await file.path());
        if (kind === "svg") {
          const text = bytes.toString("utf8");
          assert.match(text, /^<svg[^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
          assert.match(text, /stroke="rgb/);
          assert.doesNotMatch(text, /class=/);
        } else {
          assert.equal(bytes.subarray(1, 4).toString("latin1"), "PNG");
          // Two pixels for a unit of the drawing, which is not empty.
          assert.equal(bytes.readUInt32BE(16), 2 * (of === "net-curve" ? 500 : 1000));
          assert.ok(bytes.length > 5000, `${bytes.length}`);
        }
      }
    }
    assert.deepEqual(requests.filter((url) => !/^blob:|\/console\/stream$/.test(url)), []);
  },
  async "without a script the slider is a form, and nothing offers to save a chart"() {
    const plain = await browser.newContext({ javaScriptEnabled: false });
    const still = await plain.newPage();
    await still.goto(`${origin}network.en.html`);
    assert.equal(await still.isVisible("form.plan button"), true);
    assert.equal(await still.getAttribute("form.plan", "method"), "get");
    assert.equal(await still.locator("[data-export]:visible").count(), 0);
    await plain.close();
  },
};
let failed = 0;
for (const [name, run] of Object.entries(tests)) {
  try {
    await run();
    console.log(`ok      ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAILED  ${name}: ${error.message}`);
  }
}
await close();
process.exitCode = failed === 0 ? 0 : 1;
