/** "120 of 4000 characters" at each field of a form that has a maximum: what is longer would be cut without a word. */

type Field = HTMLInputElement | HTMLTextAreaElement;

function follow(field: Field, at: number, words: string): void {
  const said = document.createElement("span");
  said.className = "note";
  said.id = `counted-${at}`;
  said.setAttribute("aria-hidden", "true");
  field.setAttribute("aria-describedby", said.id);
  field.after(said);
  const tell = (): void => {
    said.textContent = words.replace("{n}", String(field.value.length)).replace("{most}", String(field.maxLength));
    said.classList.toggle("full", field.value.length >= field.maxLength);
  };
  field.form?.addEventListener("input", tell);
  tell();
}

export function start(): void {
  const words = document.body.dataset["counter"] ?? "";
  const fields = document.querySelectorAll<Field>("main form :is(input, textarea)[maxlength]");
  fields.forEach((field, at) => follow(field, at, words));
}
