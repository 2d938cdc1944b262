/**
 * What a person typed outlives the page: another row, the other language, a fresh code that is asked first. It is kept in
 * this tab by page and form, put back when the page is there again, and forgotten once it was sent or at a new sign-in.
 */

const KEPT = "renvoi.typed";
const SENT = "renvoi.sent";
const OWNER = "renvoi.owner";
/** Pages whose drafts are kept; the oldest goes first. */
const PAGES_MAX = 50;
/** Fields whose value is the person's; tokens, versions, passwords, codes and files are not carried over. */
const TYPED =
  'textarea[name], select[name], input[name]:not([type="hidden"], [type="password"], [type="file"], [type="submit"], [autocomplete="one-time-code"])';
/** Pages that stand between a form and what it does: the form was not taken yet. */
const BETWEEN = 'form[action="/console/step-up"], form[action="/console/reason"]';

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
type Value = [name: string, nth: number, value: string, checked: boolean];
type Draft = Record<string, Value[]>;

const ticks = (field: Field): field is HTMLInputElement => field.matches('[type="checkbox"], [type="radio"]');

/** What comes more than once is told apart by its number. */
function numbered<T>(all: Iterable<T>, name: (one: T) => string): [T, string, number][] {
  const seen = new Map<string, number>();
  return [...all].map((one) => {
    const nth = seen.get(name(one)) ?? 0;
    seen.set(name(one), nth + 1);
    return [one, name(one), nth];
  });
}

/** The forms of the page by what they post to; `getAttribute`: a field may be named `action`. */
function forms(): [HTMLFormElement, string][] {
  const all = document.querySelectorAll<HTMLFormElement>('main form[method="post"]');
  return numbered(all, (form) => form.getAttribute("action") ?? "").map(([form, action, nth]) => [form, `${action} ${nth}`]);
}

/** The fields of a form by name; boxes of one name are told apart by their value as well. */
function fields(form: HTMLFormElement): [Field, string, number][] {
  return numbered(form.querySelectorAll<Field>(TYPED), (field) => (ticks(field) ? `${field.name} ${field.value}` : field.name));
}

/** The field says what the page did not. */
function changed(field: Field): boolean {
  if (ticks(field)) return field.checked !== field.defaultChecked;
  if (!(field instanceof HTMLSelectElement)) return field.value !== field.defaultValue;
  const first = [...field.options].find((option) => option.defaultSelected) ?? field.options[0];
  return field.value !== first?.value;
}

function kept(): Record<string, Draft> {
  return JSON.parse(sessionStorage.getItem(KEPT) ?? "{}") as Record<string, Draft>;
}

function store(drafts: Record<string, Draft>): void {
  sessionStorage.setItem(KEPT, JSON.stringify(Object.fromEntries(Object.entries(drafts).slice(-PAGES_MAX))));
}

/** Keeps what was typed on this page; where a refused form came back filled, all of it. */
function keep(path: string, whole: boolean): void {
  const { [path]: before, ...drafts } = kept();
  const draft: Draft = { ...before };
  for (const [form, key] of forms()) {
    const typed = fields(form).filter(([field]) => whole || changed(field));
    delete draft[key];
    if (typed.length > 0) draft[key] = typed.map(([field, name, nth]) => [name, nth, field.value, ticks(field) && field.checked]);
  }
  store(Object.keys(draft).length > 0 ? { ...drafts, [path]: draft } : drafts);
}

function putBack(draft: Draft): void {
  for (const [form, key] of forms()) {
    const typed = draft[key] ?? [];
    for (const [field, name, nth] of fields(form)) {
      const [, , value, checked] = typed.find((one) => one[0] === name && one[1] === nth) ?? [];
      if (value === undefined || field.disabled) continue;
      if (ticks(field)) field.checked = checked === true;
      else field.value = value;
      // What was folded open stays so.
      if (changed(field)) field.closest("details")?.toggleAttribute("open", true);
    }
    if (typed.length > 0) form.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/** Forgets the form that was sent, unless it was not taken. */
function settle(): void {
  const [path, key] = JSON.parse(sessionStorage.getItem(SENT) ?? "[]") as string[];
  sessionStorage.removeItem(SENT);
  if (path === undefined || key === undefined || document.querySelector(BETWEEN)) return;
  const drafts = kept();
  delete drafts[path]?.[key];
  store(drafts);
}

export function start(): void {
  // Whoever signed in since, here or in another tab, may be another person: the token of the forms is of one session.
  const owner = document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? "";
  if (sessionStorage.getItem(OWNER) !== owner) for (const kept of [KEPT, SENT]) sessionStorage.removeItem(kept);
  sessionStorage.setItem(OWNER, owner);
  settle();
  // A refused form stands at the path that it was posted to; the links of the languages name the page.
  const path = document.querySelector<HTMLAnchorElement>(".who a[hreflang]")?.pathname ?? location.pathname;
  const refused = document.querySelector(".finding[data-refused]") !== null;
  if (!refused) putBack(kept()[path] ?? {});
  document.addEventListener("submit", (event) => {
    const sent = forms().find(([form]) => form === event.target);
    if (sent && !event.defaultPrevented) sessionStorage.setItem(SENT, JSON.stringify([path, sent[1]]));
  });
  window.addEventListener("pagehide", () => keep(path, refused));
}
