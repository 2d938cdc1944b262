// A running `renvoi demo` for tests and pictures: its addresses, its people, and their one-time codes.

import { execFile, spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const START_MILLISECONDS_MAX = 20 * 60 * 1000;
const END_MILLISECONDS_MAX = 30_000;
const STEP_SECONDS = 30;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const TARGET = process.env.CARGO_TARGET_DIR ?? new URL("../../target", import.meta.url).pathname;

/** The six digits of a Base32 secret at a step of thirty seconds. */
function digits(secret, step) {
  const bits = [...secret].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** Reads what the demo printed. */
function told(text, folder) {
  const address = (words) => text.match(new RegExp(`${words}: (http://\\S+)/`))[1];
  const people = [...text.matchAll(/^ {2}(\S+) · (\S+) · (.+) · ([A-Z2-7]+) · (\S+)$/gm)].map(
    ([, agency, login, password, secret, role]) => ({ agency, login, password, secret, role, used: 0 }),
  );
  return { console: address("The console"), inbox: address("The inbox of a provider"), people, folder };
}

/** A demo's people with their codes, by the world's clock. */
async function withCodes(demo) {
  const net = JSON.parse(await readFile(join(demo.folder, "world/net/net.json"), "utf8"));
  const now = async () => Date.parse((await (await fetch(`http://${net.control}/__world/clock`)).json()).now) / 1000;
  const person = (role, agency) => demo.people.find((one) => one.role === role && (!agency || one.agency === agency));
  /** A code that was not used: this step's, or the next one's, which is taken too; else it waits for it. */
  const code = async (who) => {
    for (;;) {
      const step = Math.floor((await now()) / STEP_SECONDS);
      const free = Math.max(step, who.used + 1);
      if (free <= step + 1) {
        who.used = free;
        return digits(who.secret, free);
      }
      await new Promise((again) => setTimeout(again, 1000));
    }
  };
  /** Lets seconds of the world pass at once. */
  const pass = async (seconds) => {
    const at = new Date((await now() + seconds) * 1000).toISOString();
    await fetch(`http://${net.control}/__world/clock`, { method: "POST", body: JSON.stringify({ now: at }) });
  };
  /** Lets hours pass by the command that the demo prints for people. */
  const wait = (hours) => promisify(execFile)(join(TARGET, "debug/renvoi"), ["world", "wait", String(hours), "--world", join(demo.folder, "world")]);
  return { ...demo, now, person, code, pass, wait };
}

/** Starts a demo and waits until its console is open. */
export async function start({ items, seed }) {
  const folder = await mkdtemp(join(tmpdir(), "renvoi-demo-"));
  const child = spawn(join(TARGET, "debug/renvoi"), ["demo", "--items", String(items), "--seed", String(seed), "--dir", folder], { stdio: ["ignore", "ignore", "pipe"] });
  let text = "";
  const opened = new Promise((open, fail) => {
    const late = setTimeout(() => fail(new Error(`the demo did not open: ${text.slice(-400)}`)), START_MILLISECONDS_MAX);
    child.stderr.on("data", (part) => {
      text += part;
      if (text.includes("Ctrl-C ends it.")) open(clearTimeout(late));
    });
    child.on("exit", (status) => fail(new Error(`the demo ended with ${status}: ${text.slice(-400)}`)));
  });
  const stop = async () => {
    child.removeAllListeners("exit");
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((done) => child.once("exit", done));
      child.kill("SIGTERM");
      await Promise.race([ended, new Promise((done) => setTimeout(done, END_MILLISECONDS_MAX))]);
      child.kill("SIGKILL");
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await opened;
    return { ...(await withCodes(told(text, folder))), stop };
  } catch (fault) {
    await stop();
    throw fault;
  }
}

/** A demo that runs already: the file that holds its words, and its folder. */
export async function attach(words, folder) {
  return { ...(await withCodes(told(await readFile(words, "utf8"), folder))), stop: async () => undefined };
}
