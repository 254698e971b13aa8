/**
 * What does a site of aid look like? A shape and a letter for each type, besides its colour; a
 * dashed border where its hours are not known. The same shapes stand on the map, in its legend and
 * in its picture.
 *
 * @typedef {import("../data/sites.js").Group} Group
 */
import { svgElement } from "./element.js";

export const SIZE = 22;

/** Outline of each type in a square of `SIZE`, where its letter stands, and how large it is. */
/** @type {Record<string, {path: string, y: number, size: number}>} */
export const SHAPES = {
  colis: { path: "M11 1a10 10 0 1 0 0 20a10 10 0 1 0 0-20z", y: 11, size: 12 },
  epicerie: { path: "M2 2h18v18h-18z", y: 11, size: 12 },
  repas: { path: "M11 1l10.5 20h-21z", y: 14.5, size: 10 },
  maraude: { path: "M7 1h8v6h6v8h-6v6h-8v-6h-6v-8h6z", y: 11, size: 11 },
  bon: { path: "M11 0.5l10.5 10.5l-10.5 10.5l-10.5-10.5z", y: 11, size: 10 },
  autour: { path: "M6 2h10l5 9l-5 9h-10l-5-9z", y: 11, size: 11 },
};

/**
 * @param {Document} doc
 * @param {Group} group
 * @param {boolean} known whether the hours are
 * @returns {SVGElement}
 */
export function symbol(doc, group, known) {
  const { path, y, size } = SHAPES[group.id];
  const root = svgElement(doc, "svg", {
    viewBox: `-2 -2 ${SIZE + 4} ${SIZE + 4}`, class: "diagalim-symbol", "aria-hidden": "true",
  });
  const letter = svgElement(doc, "text", {
    x: SIZE / 2, y, "font-size": size, "text-anchor": "middle", "dominant-baseline": "central",
    fill: known ? "#ffffff" : group.colour,
  });
  letter.textContent = group.letter;
  root.append(
    svgElement(doc, "path", { d: path, fill: "none", stroke: "#ffffff", "stroke-width": 4 }),
    svgElement(doc, "path", {
      d: path, fill: known ? group.colour : "#ffffff", stroke: group.colour, "stroke-width": 1.8,
      "stroke-dasharray": known ? "none" : "3.5 2",
    }),
    letter,
  );
  return root;
}

/**
 * The same on a canvas, its middle at the origin.
 * @param {CanvasRenderingContext2D} pen
 * @param {Group} group
 * @param {boolean} known
 * @param {string} family of the font
 */
export function drawSymbol(pen, group, known, family) {
  const { path, y, size } = SHAPES[group.id];
  const shape = new Path2D(path);
  pen.translate(-SIZE / 2, -SIZE / 2);
  pen.globalAlpha = 1;
  pen.setLineDash([]);
  pen.lineWidth = 4;
  pen.strokeStyle = "#ffffff";
  pen.stroke(shape);
  pen.fillStyle = known ? group.colour : "#ffffff";
  pen.fill(shape);
  pen.setLineDash(known ? [] : [3.5, 2]);
  pen.lineWidth = 1.8;
  pen.strokeStyle = group.colour;
  pen.stroke(shape);
  pen.fillStyle = known ? "#ffffff" : group.colour;
  pen.font = `600 ${size}px ${family}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(group.letter, SIZE / 2, y);
}
