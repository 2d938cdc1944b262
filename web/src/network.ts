/** The slider of a plan: every figure stands in the page already, one move shows another point of the curve. */

import { grouped } from "./live";

/** Names of the figures of a point, in their order; the share comes first and has a sign. */
const NAMES = ["after", "low", "high", "world-low", "world-high", "beats", "beats-low", "beats-high"];

function points(text: string): number[][] {
  const all: unknown = JSON.parse(text);
  return Array.isArray(all) ? all.filter((one): one is number[] => Array.isArray(one) && one.every(Number.isFinite)) : [];
}

function put(name: string, text: string): void {
  for (const element of document.querySelectorAll(`[data-net-at="${name}"]`)) {
    const inner = element.querySelector("bdi") ?? element;
    inner.textContent = text;
  }
}

function show(all: number[][], k: number): void {
  const point = all[k];
  if (!point) return;
  put("k", String(k));
  put("ended", `${point[0] ?? 0}\u202f%`);
  NAMES.forEach((name, at) => put(name, grouped(point[at + 1] ?? 0)));
  const [beats, x, y] = point.slice(NAMES.length + 1);
  for (const said of document.querySelectorAll<HTMLElement>("[data-net-verdict]")) {
    said.hidden = said.dataset["netVerdict"] !== String(beats);
  }
  for (const place of document.querySelectorAll<HTMLElement>("[data-net-place]")) {
    const inside = Number(place.dataset["netPlace"]) <= k;
    place.hidden = "netOut" in place.dataset ? inside : !inside;
  }
  for (const field of document.querySelectorAll<HTMLInputElement>("[data-net-k]")) field.value = String(k);
  document.querySelector("[data-net-cursor]")?.setAttribute("transform", `translate(${x ?? 0} 0)`);
  document.querySelector("[data-net-dot]")?.setAttribute("cy", String(y ?? 0));
}

export function start(): void {
  const plan = document.querySelector<HTMLElement>("[data-net]");
  const slider = plan?.querySelector<HTMLInputElement>("input[type=range]");
  if (!plan || !slider) return;
  const all = points(plan.dataset["net"] ?? "[]");
  slider.addEventListener("input", () => show(all, Number(slider.value)));
  // A browser that comes back may keep where the slider stood.
  show(all, Number(slider.value));
}
