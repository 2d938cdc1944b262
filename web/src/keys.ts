/**
 * The keys. Each key presses the visible element that carries its name in `data-key`, so
 * there is nothing a key can do that a button cannot. Keys rest while a person writes.
 */

import { hide } from "./reveal";

const ESCAPE_TWICE_MILLISECONDS = 700;
const SINGLE_KEYS = "renvoi.single-keys";

/** Fields that take text, where single keys mean letters. */
const WRITING = 'textarea, select, [contenteditable], input:not([type="checkbox"], [type="radio"], [type="button"], [type="submit"])';
/** Controls that Enter already works. */
const PRESSING = "button, a, summary, input, label";

let escapedAt = Number.NEGATIVE_INFINITY;

function allowed(): boolean {
  return localStorage.getItem(SINGLE_KEYS) !== "off";
}

/** Presses the first visible element with this key. */
function press(key: string): boolean {
  for (const element of document.querySelectorAll<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)) {
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.matches("input, textarea")) element.focus();
    else element.click();
    if (element.matches("summary")) element.parentElement?.querySelector<HTMLElement>("textarea, input:not([type=hidden])")?.focus();
    return true;
  }
  return false;
}

/** Opens the row after or before the current one, on pages whose rows are the buttons. */
function move(key: string): boolean {
  if (key !== "j" && key !== "k") return false;
  const rows = [...document.querySelectorAll<HTMLElement>(".rows a, .others a")];
  const at = rows.findIndex((row) => row.hasAttribute("aria-current"));
  const next = rows[key === "j" ? at + 1 : at - 1];
  next?.click();
  return next !== undefined;
}

/** Clears the screen at once; nothing that was written is lost. */
function clear(): void {
  const note = document.querySelector<HTMLElement>("[data-cleared-note]");
  if (!note) return;
  hide();
  document.documentElement.toggleAttribute("data-cleared", true);
  for (const part of document.querySelectorAll<HTMLElement>("main, .top, .toast")) part.inert = true;
  note.hidden = false;
  note.querySelector("button")?.focus();
}

function uncover(): void {
  document.documentElement.removeAttribute("data-cleared");
  for (const part of document.querySelectorAll<HTMLElement>("main, .top, .toast")) part.inert = false;
  const note = document.querySelector<HTMLElement>("[data-cleared-note]");
  if (note) note.hidden = true;
}

function escape(target: EventTarget | null, now: number): void {
  if (now - escapedAt < ESCAPE_TWICE_MILLISECONDS) clear();
  escapedAt = now;
  if (target instanceof HTMLElement && target.matches(WRITING)) target.blur();
  for (const open of document.querySelectorAll<HTMLDetailsElement>("details.up[open]")) open.open = false;
}

function onKey(event: KeyboardEvent): void {
  if (event.isComposing) return;
  if (event.key === "Escape") {
    escape(event.target, event.timeStamp);
    return;
  }
  if (event.ctrlKey && !event.altKey && !event.metaKey && event.key.toLowerCase() === "k") {
    if (press("Ctrl-K")) event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.key === " ") return;
  const target = event.target instanceof Element ? event.target : document.body;
  if (target.matches(WRITING) || document.querySelector("dialog[open]")) return;
  if (event.key === "Enter" ? target.matches(PRESSING) : !allowed()) return;
  if (press(event.key) || move(event.key)) event.preventDefault();
}

function dialogs(): void {
  for (const opener of document.querySelectorAll<HTMLElement>("[data-open]")) {
    opener.addEventListener("click", () => {
      const dialog = document.getElementById(opener.dataset["open"] ?? "");
      if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
    });
  }
  const single = document.querySelector<HTMLInputElement>("[data-single-keys]");
  if (single) {
    single.checked = allowed();
    single.addEventListener("change", () => localStorage.setItem(SINGLE_KEYS, single.checked ? "on" : "off"));
  }
}

export function start(): void {
  document.addEventListener("keydown", onKey);
  document.querySelector('[data-key="Esc Esc"]')?.addEventListener("click", (event) => {
    event.preventDefault();
    clear();
  });
  document.querySelector("[data-uncover]")?.addEventListener("click", uncover);
  dialogs();
}
