/**
 * Hidden media: shown while a key or a pointer is held, gone in the same frame when it
 * is let go, and on blur, on a tab change, on Esc Esc. What was seen is counted for the person.
 */

import { send } from "./post";

const MILLISECONDS_A_SECOND = 1000;

interface Shown {
  host: HTMLElement;
  picture: HTMLImageElement;
}

let shown: Shown[] = [];
let since = 0;

/** What is shown with a host: pictures that are compared are seen together. */
function together(host: HTMLElement): HTMLElement[] {
  const group = host.dataset["together"];
  if (!group) return [host];
  return [...document.querySelectorAll<HTMLElement>("[data-together]")].filter((other) => other.dataset["together"] === group);
}

/** Shows what the host hides. */
function show(host: HTMLElement): void {
  if (shown.length > 0) return;
  for (const one of together(host)) {
    const source = one.dataset["reveal"];
    if (!source) continue;
    const picture = new Image();
    picture.alt = "";
    picture.draggable = false;
    picture.referrerPolicy = "no-referrer";
    picture.src = source;
    one.append(picture);
    one.classList.add("held");
    shown.push({ host: one, picture });
  }
  since = performance.now();
}

/** Hides at once and counts the seconds. */
export function hide(): void {
  if (shown.length === 0) return;
  const all = shown;
  shown = [];
  for (const { host, picture } of all) {
    picture.remove();
    host.classList.remove("held");
  }
  const seconds = Math.ceil((performance.now() - since) / MILLISECONDS_A_SECOND);
  const severity = Math.max(...all.map(({ host }) => Number(host.dataset["severity"] ?? "0")));
  send("/console/exposure", { items: String(all.length), seconds: String(seconds), severity: String(severity) });
}

/** Whether Space on this element is meant for the veil and not for a control of its own. */
function spaceIsForVeil(target: EventTarget | null): HTMLElement | undefined {
  if (!(target instanceof HTMLElement)) return undefined;
  const own = target.closest<HTMLElement>("[data-reveal]");
  if (own) return own;
  if (target.closest("input, textarea, select, button, a, summary, dialog, [contenteditable]")) return undefined;
  return document.querySelector<HTMLElement>('[data-reveal][data-key="Space"]') ?? undefined;
}

function veils(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-veil]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const name = button.dataset["veil"] ?? "";
      const on = document.documentElement.toggleAttribute(`data-${name}`);
      button.setAttribute("aria-pressed", String(on));
      send("/console/preference", { [name]: on ? "on" : "off" });
    });
  }
}

export function start(): void {
  document.addEventListener("pointerdown", (event) => {
    const host = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-reveal]") : null;
    if (host && event.button === 0) show(host);
  });
  for (const end of ["pointerup", "pointercancel"] as const) document.addEventListener(end, hide);
  document.addEventListener("keydown", (event) => {
    if (event.key !== " " || event.ctrlKey || event.altKey || event.metaKey) return;
    const host = spaceIsForVeil(event.target);
    if (!host) return;
    event.preventDefault();
    if (!event.repeat) show(host);
  });
  document.addEventListener("keyup", (event) => {
    if (event.key !== " ") return;
    if (shown.length > 0) event.preventDefault();
    hide();
  });
  document.addEventListener("contextmenu", (event) => {
    if (shown.length > 0) event.preventDefault();
  });
  window.addEventListener("blur", hide);
  window.addEventListener("pagehide", hide);
  document.addEventListener("visibilitychange", hide);
  veils();
}
