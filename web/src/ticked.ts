/** For how many letters and items an answer is: counted while a person ticks. */

function follow(said: HTMLElement): void {
  const form = said.closest("form");
  const boxes = (): HTMLInputElement[] =>
    [...(form?.querySelectorAll<HTMLInputElement>(`[name="${CSS.escape(said.dataset["ticked"] ?? "")}"]`) ?? [])];
  const put = (place: string, count: number): void => {
    const element = said.querySelector(place);
    if (element) element.textContent = String(count);
  };
  const tell = (): void => {
    const ticked = boxes().filter((box) => box.checked);
    put("[data-ticked-letters]", ticked.length);
    put("[data-ticked-items]", ticked.reduce((sum, box) => sum + Number(box.dataset["items"] ?? 1), 0));
  };
  form?.addEventListener("input", tell);
  tell();
}

export function start(): void {
  for (const said of document.querySelectorAll<HTMLElement>("[data-ticked]")) follow(said);
}
