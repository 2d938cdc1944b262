/**
 * The assessment's form: says what is missing or too short, leads to the first of it, and
 * turns "save" into "save as exempt" when a question was answered with yes. The server checks all of it again.
 */

/** Decisions that answer the questions. */
const NEEDS_ANSWERS = ["refer", "exempt", "second_reader"];

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** How many characters stand in a field. */
const long = (field: Field): number => [...field.value.trim()].length;

/** The field, when it holds less than it must: its `minlength`, as the server has it, or anything. */
function empty(form: HTMLFormElement, name: string): HTMLElement | undefined {
  const field = form.querySelector<Field>(`[name="${CSS.escape(name)}"]`);
  const least = field instanceof HTMLSelectElement ? 1 : Math.max(field?.minLength ?? 1, 1);
  return field && long(field) < least ? field : undefined;
}

/** Something stands in the field, but not enough. */
function tooShort(field: HTMLElement): boolean {
  return field.matches('textarea, input:not([type="checkbox"], [type="radio"])') && long(field as Field) > 0;
}

/** What a kind of content needs, and that one is ticked: only a referral names kinds. */
function missingOfKinds(form: HTMLFormElement): HTMLElement[] {
  const found: HTMLElement[] = [];
  const kinds = [...form.querySelectorAll<HTMLInputElement>('[name="kinds[]"]')];
  if (kinds[0] && !kinds.some((kind) => kind.checked)) found.push(kinds[0]);
  for (const kind of kinds.filter((one) => one.checked)) {
    const rest = kind.value === "incites" ? ["danger"] : [`offence_${kind.value}`];
    for (const name of [`pinpoint_${kind.value}`, `statement_${kind.value}`, ...rest]) {
      const field = empty(form, name);
      if (field) found.push(field);
    }
  }
  return found;
}

/** The answers that are missing for a decision, in the order of the page; those that need none have none. */
function missing(form: HTMLFormElement, decision: string): HTMLElement[] {
  if (!NEEDS_ANSWERS.includes(decision)) return [];
  const found = decision === "refer" ? missingOfKinds(form) : [];
  for (const group of form.querySelectorAll<HTMLElement>(".seg")) {
    const first = group.querySelector<HTMLInputElement>("input");
    const chosen = group.querySelector<HTMLInputElement>(":checked");
    if (first && !chosen) found.push(first);
    const text = first && chosen && chosen.value !== "no" ? empty(form, `${first.name}_text`) : undefined;
    if (text) found.push(text);
  }
  for (const name of ["true_purpose", "context"]) {
    const field = empty(form, name);
    if (field) found.push(field);
  }
  const question = form.querySelector<HTMLElement>(".seg input");
  const named = form.querySelector('.seg [value="yes"]:checked') !== null;
  if (decision === "exempt" && !named && question && found.length === 0) found.push(question);
  const items = [...form.querySelectorAll<HTMLInputElement>('[name="items[]"]')];
  if (items[0] && !items.some((item) => item.checked)) found.push(items[0]);
  return found;
}

/** What a missing answer is called on the page: its question, its label, or the title of its group. */
function called(field: HTMLElement): string {
  const group = field.closest(".seg")?.getAttribute("aria-labelledby");
  const title = field.matches('[type="checkbox"]') ? field.closest("fieldset")?.querySelector("legend") : undefined;
  const name = group ? document.getElementById(group) : (title ?? field.closest("label")?.querySelector("span"));
  return (name?.firstChild ?? name)?.textContent?.trim() ?? "";
}

/** How many answers are missing and how many are too short, and the first of them. */
function told(said: HTMLElement, open: HTMLElement[]): string {
  const short = open.filter(tooShort).length;
  const many = (count: number, one: string, some: string): string[] =>
    count === 0 ? [] : [count === 1 ? (said.dataset[one] ?? "") : `${count} ${said.dataset[some]}`];
  const parts = [...many(open.length - short, "one", "some"), ...many(short, "shortOne", "shortSome")];
  return [...parts, open[0] ? called(open[0]) : ""].join(" · ");
}

/** Leads to a field: only the boxes that scroll inside the page move, else the page would lose its top bar. */
function lead(field: HTMLElement): void {
  field.focus({ preventScroll: true });
  let inside = false;
  for (let box = field.parentElement; box && box !== document.body; box = box.parentElement) {
    if (box.scrollHeight <= box.clientHeight || !/auto|scroll/.test(getComputedStyle(box).overflowY)) continue;
    const [of, at] = [box.getBoundingClientRect(), field.getBoundingClientRect()];
    box.scrollTop += at.top + at.height / 2 - (of.top + of.height / 2);
    inside = true;
  }
  if (!inside) field.scrollIntoView({ block: "center" });
}

/** Says visibly that it was not saved, at the bar and at the first field; until something is written. */
function refuse(said: HTMLElement | null, open: HTMLElement[]): void {
  open[0]?.setAttribute("aria-invalid", "true");
  said?.setAttribute("role", "alert");
  said?.classList.add("no");
  if (said) said.textContent = `${said.dataset["no"]} ${told(said, open)}`;
}

/** What was refused is being mended. */
function mend(form: HTMLFormElement, said: HTMLElement | null): void {
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  said?.removeAttribute("role");
  said?.classList.remove("no");
}

function follow(form: HTMLFormElement): void {
  const said = form.querySelector<HTMLElement>("[data-one]");
  const holder = form.querySelector<HTMLElement>("[data-go]");
  const go = holder?.querySelector("button");
  const label = go?.firstChild;
  const plain = label?.textContent ?? "";
  const tell = (): void => {
    const exempt = form.querySelector('.seg [value="yes"]:checked') !== null;
    const open = missing(form, exempt ? "exempt" : "refer");
    if (said) said.textContent = open[0] ? told(said, open) : "";
    if (go) go.value = exempt ? "exempt" : "refer";
    if (label) label.textContent = exempt ? (holder?.dataset["exempt"] ?? plain) : plain;
  };
  form.addEventListener("input", () => {
    mend(form, said);
    tell();
  });
  form.addEventListener("submit", (event) => {
    if (!(event.submitter instanceof HTMLButtonElement)) return;
    const open = missing(form, event.submitter.value);
    const first = open[0];
    if (!first) return;
    event.preventDefault();
    mend(form, said);
    refuse(said, open);
    lead(first);
  });
  tell();
}

export function start(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-decide]")) follow(form);
}
