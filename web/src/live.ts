/**
 * Live figures: one EventSource a tab. The server sends events named `counters` whose
 * data is a JSON object of name and number; figures change in place, nothing moves.
 */

const THOUSANDS = "\u202f";

export function grouped(number: number): string {
  return String(Math.trunc(number)).replace(/\B(?=(\d{3})+$)/g, THOUSANDS);
}

function apply(counters: Record<string, unknown>): void {
  for (const element of document.querySelectorAll<HTMLElement>("[data-live]")) {
    const number = counters[element.dataset["live"] ?? ""];
    if (typeof number !== "number" || !Number.isFinite(number)) continue;
    if (element instanceof HTMLProgressElement) element.value = number;
    else element.textContent = grouped(number);
  }
}

function say(on: boolean): void {
  const state = document.querySelector<HTMLElement>("[data-live-state]");
  if (state) state.textContent = (on ? state.dataset["on"] : state.dataset["off"]) ?? "";
}

export function start(): void {
  if (document.documentElement.dataset["seat"] !== "unit" || !document.querySelector("[data-live]")) return;
  const stream = new EventSource("/console/stream");
  stream.addEventListener("open", () => say(true));
  stream.addEventListener("error", () => say(false));
  stream.addEventListener("counters", (event) => {
    try {
      const data: unknown = JSON.parse(event.data);
      if (typeof data === "object" && data !== null) apply(data as Record<string, unknown>);
    } catch {
      say(false);
    }
  });
  window.addEventListener("pagehide", () => stream.close());
}
