// The gallery served on loopback with the policy of the page, and a browser.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { chromium } from "playwright-core";

export const PAGES = new URL("../../target/gallery/", import.meta.url);
const BROWSER = process.env.CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
const KINDS = { html: "text/html; charset=utf-8", css: "text/css", js: "text/javascript" };
const BODY_BYTES_MAX = 65_536;

/** Starts both. `posts` collects what pages post: path and fields. */
export async function open() {
  const posts = [];
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://gallery.test").pathname;
    if (request.method === "POST") {
      let body = "";
      for await (const part of request) body = (body + part).slice(0, BODY_BYTES_MAX);
      posts.push({ path, fields: new URLSearchParams(body) });
      response.writeHead(204).end();
      return;
    }
    try {
      const name = path.slice(1);
      if (!/^[a-z-]+(\.[a-z]+)+$/.test(name)) throw new Error(name);
      const body = await readFile(new URL(name, PAGES));
      response.writeHead(200, { "content-type": KINDS[name.split(".").pop()], "content-security-policy": POLICY }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const browser = await chromium.launch({ executablePath: BROWSER, args: FLAGS });
  const close = async () => {
    await browser.close();
    server.closeAllConnections();
    server.close();
  };
  return { browser, posts, origin: `http://127.0.0.1:${server.address().port}/`, close };
}
