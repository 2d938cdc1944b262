/**
 * Charts as files. A picture is made of what stands on the page: the SVG with its styles written into it, the PNG drawn
 * shape by shape, because the page may load no picture that it made itself.
 */

/** Properties that a chart uses. */
const STYLES = [
  "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "opacity", "font-family", "font-size",
  "font-weight", "text-anchor", "paint-order", "visibility",
];
/** Pixels of the PNG for one unit of the drawing. */
const SCALE = 2;

function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** The colour on which the drawing stands, with all names in it resolved. */
function sheetOf(source: Element): string {
  for (let at: Element | null = source; at; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor;
    if (colour !== "rgba(0, 0, 0, 0)" && colour !== "transparent") return colour;
  }
  return "white";
}

/** The drawing with its styles, on the colour of its sheet. */
export function svgOf(source: SVGSVGElement): string {
  const copy = source.cloneNode(true) as SVGSVGElement;
  const from = [source, ...source.querySelectorAll("*")];
  for (const [at, to] of [copy, ...copy.querySelectorAll("*")].entries()) {
    const element = from[at];
    if (!element) continue;
    const style = getComputedStyle(element);
    for (const name of STYLES) to.setAttribute(name, style.getPropertyValue(name));
    to.removeAttribute("class");
  }
  const { width, height } = source.viewBox.baseVal;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  const sheet = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [name, value] of [["width", width], ["height", height], ["fill", sheetOf(source)]]) {
    sheet.setAttribute(String(name), String(value));
  }
  copy.prepend(sheet);
  return new XMLSerializer().serializeToString(copy);
}

function shapeOf(element: Element): Path2D | undefined {
  const number = (name: string): number => Number(element.getAttribute(name) ?? 0);
  const shape = new Path2D();
  switch (element.tagName) {
    case "path":
      return new Path2D(element.getAttribute("d") ?? "");
    case "circle":
      shape.arc(number("cx"), number("cy"), number("r"), 0, 2 * Math.PI);
      return shape;
    case "rect":
      shape.rect(number("x"), number("y"), number("width"), number("height"));
      return shape;
    default:
      return undefined;
  }
}

/** Draws one element and what stands in it. */
function draw(context: CanvasRenderingContext2D, element: Element): void {
  const style = getComputedStyle(element);
  if (style.display === "none") return;
  context.save();
  const moved = /translate\(([-\d.]+)[ ,]+([-\d.]+)\)/.exec(element.getAttribute("transform") ?? "");
  if (moved) context.translate(Number(moved[1]), Number(moved[2]));
  context.globalAlpha *= Number(style.opacity);
  context.fillStyle = style.fill;
  context.strokeStyle = style.stroke;
  context.lineWidth = parseFloat(style.strokeWidth);
  context.setLineDash(style.strokeDasharray === "none" ? [] : style.strokeDasharray.split(",").map(parseFloat));
  const shape = shapeOf(element);
  const stroked = style.stroke !== "none" && context.lineWidth > 0;
  if (shape) {
    if (style.fill !== "none") context.fill(shape);
    if (stroked) context.stroke(shape);
  } else if (element.tagName === "text") {
    context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const anchor = style.textAnchor;
    context.textAlign = anchor === "middle" ? "center" : anchor === "end" ? "right" : "left";
    const at: [string, number, number] = [element.textContent ?? "", Number(element.getAttribute("x") ?? 0), Number(element.getAttribute("y") ?? 0)];
    if (stroked) context.strokeText(...at);
    context.fillText(...at);
  }
  for (const inner of element.children) draw(context, inner);
  context.restore();
}

/** The drawing as pixels, on the colour of its sheet. */
export function canvasOf(source: SVGSVGElement): HTMLCanvasElement {
  const { width, height } = source.viewBox.baseVal;
  const canvas = document.createElement("canvas");
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  const context = canvas.getContext("2d");
  if (!context) return canvas;
  context.scale(SCALE, SCALE);
  context.fillStyle = sheetOf(source);
  context.fillRect(0, 0, width, height);
  for (const element of source.children) draw(context, element);
  return canvas;
}

function give(kind: string, source: SVGSVGElement): void {
  if (kind === "svg") {
    save(new Blob([svgOf(source)], { type: "image/svg+xml" }), `${source.id}.svg`);
    return;
  }
  canvasOf(source).toBlob((blob) => {
    if (blob) save(blob, `${source.id}.png`);
  }, "image/png");
}

export function start(): void {
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-export]") : null;
    const source = button && document.getElementById(button.dataset["of"] ?? "");
    if (button && source instanceof SVGSVGElement) give(button.dataset["export"] ?? "", source);
  });
}
