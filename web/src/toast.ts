/** The note on what was just done: stays ten seconds, and while the pointer or the focus is in it. */

const TOAST_MILLISECONDS = 10_000;

export function start(): void {
  const toast = document.querySelector<HTMLElement>("[data-toast]");
  if (!toast) return;
  const end = (): void => {
    if (toast.matches(":hover, :focus-within")) window.setTimeout(end, TOAST_MILLISECONDS);
    else toast.remove();
  };
  window.setTimeout(end, TOAST_MILLISECONDS);
}
