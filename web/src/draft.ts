/**
 * What a person typed outlives the change of the page's language: it is kept in this tab until the same page is
 * there in the other language, put back, and forgotten.
 */

const KEPT = "renvoi.typed";
/** Fields whose value is the person's; tokens, versions, passwords and files are not carried over. */
const TYPED = 'textarea[name], select[name], input[name]:not([type="hidden"], [type="password"], [type="file"], [type="submit"])';

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
type Value = [name: string, value: string, checked: boolean];
type Kept = { path: string; forms: { action: string; values: Value[] }[] };

const forms = (): HTMLFormElement[] => [...document.querySelectorAll<HTMLFormElement>('main form[method="post"]')];
const fields = (form: HTMLFormElement): Field[] => [...form.querySelectorAll<Field>(TYPED)];
const ticks = (field: Field): field is HTMLInputElement => field.matches('[type="checkbox"], [type="radio"]');
/** `getAttribute`: a field may be named `action`. */
const action = (form: HTMLFormElement): string => form.getAttribute("action") ?? "";

function keep(path: string): void {
  const values = (form: HTMLFormElement): Value[] =>
    fields(form).map((field) => [field.name, field.value, ticks(field) && field.checked]);
  const kept: Kept = { path, forms: forms().map((form) => ({ action: action(form), values: values(form) })) };
  sessionStorage.setItem(KEPT, JSON.stringify(kept));
}

function putBack(): void {
  const text = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  const kept = text ? (JSON.parse(text) as Kept) : undefined;
  if (!kept || kept.path !== location.pathname) return;
  forms().forEach((form, at) => {
    const was = kept.forms[at];
    if (!was || was.action !== action(form)) return;
    fields(form).forEach((field, nth) => {
      const [name, value, checked] = was.values[nth] ?? [];
      if (name !== field.name || value === undefined) return;
      const differs = ticks(field) ? field.checked !== checked : field.value !== value;
      if (ticks(field)) field.checked = checked === true && field.value === value;
      else field.value = value;
      // What was folded open stays so.
      if (differs) field.closest("details")?.toggleAttribute("open", true);
    });
    form.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

export function start(): void {
  putBack();
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".who a[hreflang]")) {
    link.addEventListener("click", () => keep(link.pathname));
  }
}
