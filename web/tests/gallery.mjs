// Opens every page of target/gallery in light and dark, wide and narrow, and asks axe.
// Run: cargo xtask web && cargo run -p renvoi-server --example gallery && node web/tests/gallery.mjs
// `--wide` takes 1920 too. Screenshots go to GALLERY_SHOTS or /tmp/gallery.

import { mkdir, readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { PAGES, open } from "./open.mjs";

const SHOTS = process.env.GALLERY_SHOTS ?? "/tmp/gallery";
const SIZES = [[1280, 800], [320, 640]];
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const only = process.argv.slice(2).filter((word) => !word.startsWith("--"));
if (process.argv.includes("--wide")) SIZES.push([1920, 1080]);

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const { browser, origin, close } = await open();

await mkdir(SHOTS, { recursive: true });
const names = (await readdir(PAGES)).filter((name) => name.endsWith(".html") && (only.length === 0 || only.some((word) => name.startsWith(word))));
const faults = [];
for (const colorScheme of ["light", "dark"]) {
  for (const [width, height] of SIZES) {
    const context = await browser.newContext({ colorScheme, viewport: { width, height }, reducedMotion: "reduce" });
    const page = await context.newPage();
    const said = [];
    page.on("console", (message) => message.type() === "error" && !/404/.test(message.text()) && said.push(message.text()));
    page.on("pageerror", (error) => said.push(String(error)));
    for (const name of names) await look(page, name, `${colorScheme}-${width}`, said);
    await context.close();
  }
}
await close();
for (const fault of faults) console.log(fault);
console.log(`${names.length} pages, ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;

async function look(page, name, how, said) {
  const at = `${name} ${how}`;
  said.length = 0;
  await page.goto(origin + name);
  await page.screenshot({ path: `${SHOTS}/${name.replace(".html", "")}-${how}.png`, fullPage: how.endsWith("-320") });
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (sideways > 0) faults.push(`${at}: scrolls sideways by ${sideways} px, ${await page.evaluate(widest)}`);
  if (how.endsWith("-1920") && name.startsWith("operation")) {
    const down = await page.evaluate(() => document.documentElement.scrollHeight - document.documentElement.clientHeight);
    if (down > 0) faults.push(`${at}: the wall scrolls by ${down} px`);
  }
  const styled = await page.evaluate(() => document.querySelector('[style]:not([style=""])')?.outerHTML.slice(0, 120));
  if (styled) faults.push(`${at}: an inline style: ${styled}`);
  if (await page.evaluate(() => document.body.innerText.includes("⟦"))) faults.push(`${at}: a string is missing`);
  for (const words of said) faults.push(`${at}: ${words}`);
  await page.evaluate(axe);
  const found = await page.evaluate((values) => window.axe.run({ runOnly: { type: "tag", values } }), RULES);
  for (const broken of found.violations) {
    faults.push(`${at}: ${broken.id}, ${broken.nodes.length}: ${broken.nodes[0].html.slice(0, 160)} ${broken.nodes[0].failureSummary.split("\n")[1] ?? ""}`);
  }
  if (name.endsWith(".en.html") && how.startsWith("light")) {
    const grown = await page.evaluate(grow);
    if (grown > 0) faults.push(`${at}: 40 % longer, it scrolls sideways by ${grown} px, ${await page.evaluate(widest)}`);
  }
}

/** Lengthens every word of the page by 40 %, as German, Greek and Polish may. */
function grow() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    if (text.parentElement.closest('svg, script, [translate="no"], .url, .id, kbd, time, textarea')) continue;
    text.data = text.data.replace(/\p{L}{3,}/gu, (word) => word + "x".repeat(Math.ceil(word.length * 0.4)));
  }
  return document.documentElement.scrollWidth - document.documentElement.clientWidth;
}

/** The element that reaches furthest out of the page. */
function widest() {
  const wide = document.documentElement.clientWidth;
  const out = [...document.querySelectorAll("body *")].filter((part) => {
    const box = part.getBoundingClientRect();
    return box.width > 0 && (box.right > wide + 1 || box.left < -1) && getComputedStyle(part).position !== "absolute";
  });
  const last = out.pop();
  return last ? last.outerHTML.slice(0, 120) : "nothing found";
}
