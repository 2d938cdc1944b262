/** File drop: the button is the first way, dropping the second. Without this script the form is a plain upload. */

function drop(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLInputElement>('input[type="file"]');
  if (!field) return;
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    if (event.dataTransfer?.files.length) field.files = event.dataTransfer.files;
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    upload(form);
  });
}

/** What the server's page of a refusal says. */
function wayOut(page: string): string | undefined {
  return new DOMParser().parseFromString(page, "text/html").querySelector("[data-way-out]")?.textContent?.trim();
}

/** Sends the files, shows how much went, then goes where the server points; the records are counted there. */
function upload(form: HTMLFormElement): void {
  const state = form.querySelector<HTMLElement>("[data-drop-state]");
  const bar = state?.querySelector("progress");
  const said = state?.querySelector<HTMLElement>("[role=status]");
  if (!state || !bar || !said) return;
  const request = new XMLHttpRequest();
  state.hidden = false;
  said.textContent = said.dataset["sending"] ?? "";
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.value = event.loaded / event.total;
  });
  request.addEventListener("load", () => {
    if (request.status < 400) location.assign(request.responseURL);
    else said.textContent = wayOut(request.responseText) ?? said.dataset["failed"] ?? "";
  });
  request.addEventListener("error", () => {
    said.textContent = said.dataset["failed"] ?? "";
  });
  request.open("POST", form.action);
  request.send(new FormData(form));
}

export function start(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-drop]")) drop(form);
}
