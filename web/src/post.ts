/** Small posts that need no answer: exposure and preferences. */

/** The session's token, as every form carries it. */
function token(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? "";
}

/** Posts fields in the background; the request outlives the page. A failure costs nothing that a person did. */
export function send(path: string, fields: Record<string, string>): void {
  const body = new URLSearchParams({ csrf: token(), ...fields });
  fetch(path, { method: "POST", body, keepalive: true, credentials: "same-origin" }).catch(() => undefined);
}
