/**
 * The assessment's form: says what is missing, leads to the first missing answer, and
 * turns "save" into "save as exempt" when a question was answered with yes. The server checks all of it again.
 */

/** Least lengths in characters, as the server has them (RXP-100.05, D3). */
const STATEMENT_MIN = 20;
const TEXT_MIN = 10;
/** Decisions that answer the questions. */
const NEEDS_ANSWERS = ["refer", "exempt", "second_reader"];

/** The field, when it holds less than it must. */
function empty(form: HTMLFormElement, name: string, least = 1): HTMLElement | undefined {
  const field = form.querySelector<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>(`[name="${CSS.escape(name)}"]`);
  return field && [...field.value.trim()].length < least ? field : undefined;
}

/** What a kind of content needs, and that one is ticked: only a referral names kinds. */
function missingOfKinds(form: HTMLFormElement): HTMLElement[] {
  const found: HTMLElement[] = [];
  const kinds = [...form.querySelectorAll<HTMLInputElement>('[name="kinds[]"]')];
  if (kinds[0] && !kinds.some((kind) => kind.checked)) found.push(kinds[0]);
  for (const kind of kinds.filter((one) => one.checked)) {
    const rest = kind.value === "incites" ? ["danger"] : [`offence_${kind.value}`];
    for (const name of [`pinpoint_${kind.value}`, `statement_${kind.value}`, ...rest]) {
      const field = empty(form, name, name === "danger" || name.startsWith("statement_") ? STATEMENT_MIN : 1);
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
    const text = first && chosen && chosen.value !== "no" ? empty(form, `${first.name}_text`, TEXT_MIN) : undefined;
    if (text) found.push(text);
  }
  for (const name of ["true_purpose", "context"]) {
    const field = empty(form, name, TEXT_MIN);
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
  return name?.textContent?.trim() ?? "";
}

/** How many answers are missing, and the first of them. */
function told(said: HTMLElement, count: number, first: string): string {
  const many = count === 1 ? said.dataset["one"] : `${count} ${said.dataset["some"]}`;
  return `${many} · ${first}`;
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
    if (said) said.textContent = open[0] ? told(said, open.length, called(open[0])) : "";
    if (go) go.value = exempt ? "exempt" : "refer";
    if (label) label.textContent = exempt ? (holder?.dataset["exempt"] ?? plain) : plain;
  };
  form.addEventListener("input", tell);
  form.addEventListener("submit", (event) => {
    if (!(event.submitter instanceof HTMLButtonElement)) return;
    const open = missing(form, event.submitter.value);
    const first = open[0];
    if (!first) return;
    event.preventDefault();
    if (said) said.textContent = told(said, open.length, called(first));
    first.focus();
    first.scrollIntoView({ block: "center" });
  });
  tell();
}

export function start(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-decide]")) follow(form);
}
