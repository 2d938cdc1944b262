/** Prints the page. Without a script the button is not there, and the browser prints all the same. */

export function start(): void {
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-print]")) window.print();
  });
}
