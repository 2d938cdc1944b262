// Takes pictures of every page of a running demo, in English and Arabic, light and dark; axe looks at each.
// Run: renvoi demo 2>words --dir FOLDER …  then  node web/tools/shots.mjs WORDS FOLDER OUT [PAGE …]

import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { attach } from "./demo.mjs";

const [words, folder, out, ...only] = process.argv.slice(2);
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const HOWS = [["en", "light"], ["ar", "dark"], ["en", "dark"], ["ar", "light"]];
const STATEMENT = "Invites readers to join the invented Example Group.";

const demo = await attach(words, folder);
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, args: FLAGS });
await mkdir(out, { recursive: true });
let faults = 0;

/** A person at a browser, signed in with a reason. */
async function seat(origin, who) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce", bypassCSP: true });
  const page = await context.newPage();
  if (!who) return page;
  await page.goto(`${origin}/console/sign-in?lang=en`);
  if (await page.locator('select[name="agency"]').count()) await page.selectOption('[name="agency"]', who.agency);
  await page.fill('[name="login"]', who.login);
  await page.fill('[name="password"]', who.password);
  await page.fill('[name="code"]', await demo.code(who));
  await Promise.all([page.waitForNavigation(), page.press('[name="code"]', "Enter")]);
  await page.waitForLoadState("load");
  if (await page.locator('form[action="/console/reason"]').count()) {
    await Promise.all([page.waitForNavigation(), page.click('form[action="/console/reason"] button')]);
  }
  return page;
}

async function shoot(page, origin, name, path, ready) {
  if (only.length > 0 && !only.includes(name)) return;
  for (const [lang, scheme] of HOWS) {
    await page.emulateMedia({ colorScheme: scheme });
    const answer = await page.goto(`${origin}${path}${path.includes("?") ? "&" : "?"}lang=${lang}`);
    if (!answer || answer.status() >= 400) {
      console.log(`${name} ${lang}: ${answer?.status()}`);
      faults += 1;
      return;
    }
    if (ready) await ready(page);
    await page.screenshot({ path: `${out}/${name}-${lang}-${scheme}.png` });
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (sideways > 0) {
      console.log(`${name} ${lang} ${scheme}: scrolls sideways by ${sideways} px`);
      faults += 1;
    }
    await page.evaluate(axe);
    const found = await page.evaluate((rules) => axe.run(document, { runOnly: rules }).then((r) => r.violations.map((v) => `${v.id} ${v.nodes[0].html.slice(0, 160)}`)), RULES);
    for (const one of found) console.log(`${name} ${lang} ${scheme}: ${one}`);
    faults += found.length;
  }
}

/** The address of the first link of a page that matches. */
async function first(page, origin, path, selector) {
  await page.goto(`${origin}${path}`);
  const found = page.locator(selector).first();
  return (await found.count()) ? found.getAttribute("href") : undefined;
}

/** Something to approve: the second cluster of the queue, assessed. */
async function assess(page, origin) {
  const cluster = await page.goto(`${origin}/console/queue?lang=en`).then(() => page.locator(".rows a").nth(1).getAttribute("href"));
  await page.goto(`${origin}${cluster}`);
  await page.check('[name="kinds[]"][value="solicits_participation"]');
  await page.fill('[name="pinpoint_solicits_participation"]', "text, first sentence");
  await page.fill('[name="statement_solicits_participation"]', STATEMENT);
  await page.selectOption('[name="offence_solicits_participation"]', "4.b");
  for (const no of await page.locator('.seg [value="no"]').all()) await no.check();
  await page.fill('[name="true_purpose"]', "Spreads the call of an invented group.");
  await page.fill('[name="context"]', "A public post that anybody can see.");
  await Promise.all([page.waitForNavigation(), page.click("[data-go] button")]);
}

let known = "example";
const unit = demo.people[0].agency;
const c = demo.console;
const outside = await seat(c);
await shoot(outside, c, "sign-in", "/console/sign-in");
await shoot(outside, c, "public", "/public");

const ana = await seat(c, demo.person("analyst", unit));
if (only.length === 0 || only.some((name) => name.startsWith("approve"))) await assess(ana, c).catch((fault) => console.log(`assess: ${fault.message}`));
await shoot(ana, c, "queue", "/console/queue");
const cluster = await first(ana, c, "/console/queue", ".rows a");
if (cluster) {
  await ana.goto(`${c}${cluster}`);
  known = (await ana.locator("dl.facts .url").first().innerText()).replace("hxxp", "http").replaceAll("[.]", ".");
  await shoot(ana, c, "queue-open", cluster);
  const subject = await first(ana, c, cluster, 'a[href^="/console/subject/"]');
  if (subject) await shoot(ana, c, "subject", subject);
  const provider = await first(ana, c, cluster, 'a[href^="/console/provider/"]');
  if (provider) await shoot(ana, c, "provider", provider);
}
for (const name of ["intake", "signals", "ledger", "operation", "clear"]) await shoot(ana, c, name, `/console/${name}`);
await shoot(ana, c, "network", "/console/network", async (page) => {
  // It is computed when somebody first asks.
  for (let tries = 0; tries < 60 && !(await page.locator(".ranks").count()); tries++) {
    await page.waitForTimeout(500);
    await page.reload();
  }
});
await shoot(ana, c, "search", "/console/search", async (page) => {
  await page.fill('[name="q"]', known);
  await page.fill('[name="reason"]', "Pictures for the handbook");
  await Promise.all([page.waitForNavigation(), page.click("main button.go")]);
});
const answered = await first(ana, c, "/console/sent", ".rows a");
if (answered) await shoot(ana, c, "sent", answered);
const subject = answered && (await first(ana, c, answered, '.cols a[href^="/console/subject/"]'));
if (subject) await shoot(ana, c, "subject-sent", subject);

const cleo = await seat(c, demo.person("approver", unit));
await shoot(cleo, c, "approve", "/console/approve");
await shoot(cleo, c, "step-up", "/console/step-up?back=/console/approve");

const emil = await seat(c, demo.person("coordinator", unit));
await shoot(emil, c, "contests", "/console/contests");
const report = await first(emil, c, "/console/reports", 'a[href^="/console/reports/"]');
await shoot(emil, c, "reports", report ?? "/console/reports");

const admin = await seat(c, demo.person("administrator", unit));
await shoot(admin, c, "agency", "/console/agency");

const provider = demo.people.find((one) => one.role === "provider");
const pia = await seat(demo.inbox, provider);
await shoot(pia, demo.inbox, "inbox", "/console/inbox");
const item = await first(pia, demo.inbox, "/console/inbox", ".rows a");
if (item) await shoot(pia, demo.inbox, "inbox-item", item);
await shoot(pia, demo.inbox, "reason", "/console/reason?back=/console/inbox");

await browser.close();
console.log(`pictures in ${out}, ${faults} faults`);
process.exitCode = faults === 0 ? 0 : 1;
