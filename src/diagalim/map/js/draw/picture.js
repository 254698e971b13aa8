/**
 * How does the view leave the page as a picture, never without what it says? Shapes are drawn again
 * on a canvas from their paths, then title, legend and the four-part foot.
 *
 * @typedef {import("./hatches.js").Palette} Palette
 */
import { frenchNumber } from "../data/french.js";
import { hatchOf } from "./hatches.js";

const MARGIN = 16;
const LINE = 18;
const SHARPNESS = 2;
/** The notes need this much, on a phone as well as beside a narrow territory. */
const LEAST_WIDTH = 340;

/**
 * @param {Document} doc
 * @param {any} map Leaflet map
 * @param {{title: string, rows: {fill: string, label: string, count: number}[], notes: string[],
 *   over?: (pen: CanvasRenderingContext2D) => void}} said
 * @param {Palette} palette
 * @param {import("./inset.js").Inset|null} [inset] drawn where the page shows it
 * @returns {HTMLCanvasElement}
 */
export function pictureOf(doc, map, said, palette, inset = null) {
  const shown = inset?.root.offsetParent ? inset : null;
  const { left, top: above, width, height } = drawnPart(map, shown?.root);
  const canvas = /** @type {HTMLCanvasElement} */ (doc.createElement("canvas"));
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const font = getComputedStyle(doc.body).fontFamily;
  pen.font = `13px ${font}`;
  const column = Math.max(...said.rows.map(({ label, count }) => (
    pen.measureText(`${label} ${frenchNumber(count)}`).width))) + 54;
  const columns = Math.max(1, Math.floor((width - 2 * MARGIN) / column));
  const notes = said.notes.flatMap((text) => wrapped(pen, text, width - 2 * MARGIN));
  const titles = wrapped(pen, said.title, (width - 2 * MARGIN) / 1.3);
  const top = 24 * titles.length + MARGIN;
  const below = top + height + 10;
  const legend = Math.ceil(said.rows.length / columns) * 22;
  canvas.width = width * SHARPNESS;
  canvas.height = (below + legend + notes.length * LINE + 2 * MARGIN) * SHARPNESS;
  pen.scale(SHARPNESS, SHARPNESS);
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, width, canvas.height);
  const write = (/** @type {string} */ text, /** @type {number} */ x, /** @type {number} */ y) => {
    pen.fillStyle = "#1d1d1b";
    pen.fillText(text, x, y);
  };
  pen.font = `600 17px ${font}`;
  titles.forEach((line, k) => write(line, MARGIN, 24 * (k + 1)));
  pen.save();
  pen.translate(0, top);
  pen.beginPath();
  pen.rect(0, 0, width, height);
  pen.clip();
  pen.fillStyle = "#e3eaef";
  pen.fillRect(0, 0, width, height);
  pen.translate(-left, -above);
  pen.save();
  drawShapes(doc, pen, map, palette);
  said.over?.(pen);
  pen.restore();
  if (shown) drawInset(doc, pen, map, shown, palette, font);
  pen.restore();
  pen.font = `13px ${font}`;
  said.rows.forEach(({ fill, label, count }, k) => {
    const [x, y] = [MARGIN + (k % columns) * column, below + 10 + Math.floor(k / columns) * 22];
    pen.fillStyle = paintOf(doc, pen, fill, palette);
    pen.fillRect(x, y - 2, 24, 16);
    pen.strokeStyle = "#3a3a38";
    pen.lineWidth = 1;
    pen.strokeRect(x, y - 2, 24, 16);
    write(`${label}  ${frenchNumber(count)}`, x + 32, y + 11);
  });
  notes.forEach((line, k) => write(line, MARGIN, below + legend + MARGIN + LINE * (k + 1)));
  return canvas;
}

/**
 * What the view shows of the territory, without the empty sea around it.
 * @type {(map: any, inset?: HTMLElement) => {left: number, top: number, width: number, height: number}}
 */
function drawnPart(map, inset) {
  const { x, y } = map.getSize();
  const frame = map.getContainer().getBoundingClientRect();
  const boxes = [...map.getPane("overlayPane").querySelectorAll("path.diagalim-iris")]
    .map((path) => path.getBoundingClientRect())
    .filter((box) => box.width && box.right > frame.left && box.left < frame.right
      && box.bottom > frame.top && box.top < frame.bottom);
  if (boxes.length && inset) boxes.push(inset.getBoundingClientRect());
  const bound = (/** @type {number} */ value, /** @type {number} */ most) => Math.min(Math.max(value, 0), most);
  const left = bound(Math.min(...boxes.map((box) => box.left)) - frame.left - MARGIN, x - LEAST_WIDTH);
  const right = bound(Math.max(...boxes.map((box) => box.right)) - frame.left + MARGIN, x);
  const top = bound(Math.min(...boxes.map((box) => box.top)) - frame.top - MARGIN, y);
  const bottom = bound(Math.max(...boxes.map((box) => box.bottom)) - frame.top + MARGIN, y);
  if (!boxes.length) return { left: 0, top: 0, width: x, height: y };
  const from = Math.max(0, Math.min(left, right - LEAST_WIDTH));
  return { left: from, top, width: right - from, height: bottom - top };
}

/** @type {(doc: Document, pen: CanvasRenderingContext2D, map: any, palette: Palette) => void} */
function drawShapes(doc, pen, map, palette) {
  pen.lineJoin = pen.lineCap = "round";
  const shift = map.layerPointToContainerPoint([0, 0]);
  pen.translate(shift.x, shift.y);
  for (const path of map.getPane("overlayPane").querySelectorAll("path")) {
    const style = getComputedStyle(path);
    if (style.display === "none") continue;
    const shape = new Path2D(path.getAttribute("d"));
    pen.globalAlpha = Number(style.fillOpacity) * Number(style.opacity);
    if (path.getAttribute("fill") !== "none" && style.fill !== "none") {
      const named = /#diagalim-\d+-([\w-]+)/.exec(path.getAttribute("fill") ?? "");
      const own = named && !style.fill.startsWith("rgb");
      pen.fillStyle = own ? paintOf(doc, pen, named[1], palette) : style.fill;
      pen.fill(shape, "evenodd");
    }
    pen.globalAlpha = Number(style.strokeOpacity) * Number(style.opacity);
    pen.strokeStyle = style.stroke;
    pen.lineWidth = parseFloat(style.strokeWidth);
    pen.setLineDash(style.strokeDasharray.split(",").map(parseFloat).filter(Number.isFinite));
    if (style.stroke !== "none") pen.stroke(shape);
  }
}

/**
 * The enlarged city, with its frame and name.
 * @type {(doc: Document, pen: CanvasRenderingContext2D, map: any, inset: any, palette: Palette, font: string) => void}
 */
function drawInset(doc, pen, map, inset, palette, font) {
  const frame = map.getContainer().getBoundingClientRect();
  const [box, drawing] = [inset.root, inset.root.querySelector("svg")].map((/** @type {any} */ one) => one.getBoundingClientRect());
  pen.globalAlpha = 1;
  pen.fillStyle = "#ffffff";
  pen.fillRect(box.left - frame.left, box.top - frame.top, box.width, box.height);
  pen.strokeStyle = "#6b6b6b";
  pen.lineWidth = 1;
  pen.strokeRect(box.left - frame.left, box.top - frame.top, box.width, box.height);
  pen.font = `600 13px ${font}`;
  pen.fillStyle = "#1d1d1b";
  const lines = wrapped(pen, inset.name, box.width - 12);
  const start = drawing.top - box.top - 8 - LINE * (lines.length - 1);
  lines.forEach((line, k) => pen.fillText(line, box.left - frame.left + 6, box.top - frame.top + start + LINE * k));
  pen.translate(drawing.left - frame.left + 2, drawing.top - frame.top + 2);
  for (const path of inset.paths.values()) {
    const shape = new Path2D(path.getAttribute("d"));
    pen.globalAlpha = path.faded ? 0.18 : 1;
    pen.fillStyle = paintOf(doc, pen, path.painted, palette);
    pen.fill(shape, "evenodd");
    pen.strokeStyle = path.getAttribute("stroke");
    pen.lineWidth = 0.4;
    pen.stroke(shape);
  }
}

/**
 * What fills a shape of this name: a colour, or the same hatching as on the page.
 * @type {(doc: Document, pen: CanvasRenderingContext2D, name: string,
 *   palette: Palette) => string|CanvasPattern}
 */
function paintOf(doc, pen, name, palette) {
  if (/^\d$/.test(name)) return palette.classes[Number(name) - 1];
  const { ground, line, angle, step, width } = hatchOf(name, palette);
  const tile = doc.createElement("canvas");
  tile.width = tile.height = step;
  const brush = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
  brush.fillStyle = ground;
  brush.fillRect(0, 0, step, step);
  brush.fillStyle = line;
  brush.fillRect(0, 0, width, step);
  const pattern = /** @type {CanvasPattern} */ (pen.createPattern(tile, "repeat"));
  pattern.setTransform(new DOMMatrix().rotate(angle));
  return pattern;
}

/** @type {(pen: CanvasRenderingContext2D, text: string, width: number) => string[]} */
function wrapped(pen, text, width) {
  const lines = [""];
  // A word wider than the picture is cut: its end would else be drawn outside.
  const fits = (/** @type {string} */ part) => pen.measureText(part).width <= width;
  const words = text.split(" ").flatMap((word) => (fits(word) ? [word] : cut(word, fits)));
  for (const word of words) {
    const longer = `${lines[lines.length - 1]} ${word}`.trim();
    if (pen.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.filter(Boolean);
}

/** @type {(word: string, fits: (part: string) => boolean) => string[]} */
function cut(word, fits) {
  const parts = [""];
  for (const letter of word) {
    if (fits(parts[parts.length - 1] + letter)) parts[parts.length - 1] += letter;
    else parts.push(letter);
  }
  return parts;
}
