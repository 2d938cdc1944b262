// Signs in to a running demo and takes pictures of its pages, in English and Arabic, light and dark; axe looks at each.
// Run: node web/tools/shots.mjs CONSOLE AGENCY LOGIN PASSWORD SECRET OUT [NOW]   (what ./demo printed; SECRET in base32)
// NOW is the house's time in seconds when it is not the system's (a world's stepped clock).

import { createHmac } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [console_, agency, login, password, secret, out, now] = process.argv.slice(2);
const PAGES = ["queue", "approve", "sent", "operation", "signals", "reports", "ledger", "search", "intake", "agency", "inbox"];
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const STEP_SECONDS = 30;

function code(step) {
  const bits = [...secret].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", key).update(counter).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
await mkdir(out, { recursive: true });
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", headless: true, args: FLAGS });
const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce", bypassCSP: true });
const page = await context.newPage();
const seconds = now ? Number(now) : Date.now() / 1000;
await page.goto(`${console_}/console/queue?lang=en`);
await page.selectOption('[name="agency"]', agency);
await page.fill('[name="login"]', login);
await page.fill('[name="password"]', password);
await page.fill('[name="code"]', code(Math.floor(seconds / STEP_SECONDS)));
await Promise.all([page.waitForLoadState("load"), page.press('[name="code"]', "Enter")]);
await page.waitForTimeout(500);
if (await page.locator('form[action="/console/reason"]').count()) {
  const form = page.locator('form[action="/console/reason"]').first();
  const radio = form.locator('input[type="radio"]');
  if (await radio.count()) await radio.first().check();
  const note = form.locator('[name="note"]');
  if (await note.count()) await note.fill("Pictures for the handbook");
  await Promise.all([page.waitForLoadState("load"), form.locator("button").first().click()]);
}
let faults = 0;
for (const [lang, scheme] of [["en", "light"], ["ar", "dark"], ["en", "dark"], ["ar", "light"]]) {
  await page.emulateMedia({ colorScheme: scheme });
  for (const name of PAGES) {
    const answer = await page.goto(`${console_}/console/${name}?lang=${lang}`);
    if (!answer || answer.status() >= 400) continue;
    await page.screenshot({ path: `${out}/${name}-${lang}-${scheme}.png` });
    await page.evaluate(axe);
    const found = await page.evaluate((rules) => axe.run(document, { runOnly: rules }).then((r) => r.violations.map((v) => v.id)), RULES);
    if (found.length) console.log(`${name} ${lang} ${scheme}: ${found.join(", ")}`);
    faults += found.length;
  }
}
await browser.close();
console.log(`pictures in ${out}, ${faults} faults`);
process.exitCode = faults === 0 ? 0 : 1;
