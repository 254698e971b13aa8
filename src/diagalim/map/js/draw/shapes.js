/** How do 5,000 shapes come into the page at once, and which of them are faded? */
import { borderFeature, polygonFeatures } from "../data/topology.js";
import { addBorders } from "./borders.js";
import { styleOf } from "./paint.js";

/**
 * Fill the empty layers that ipyleaflet drew.
 * @param {import("./scene.js").Scene} scene
 */
export async function fillLayers(scene) {
  const { layer, outlines, arcs, data, prefix, palette, colouring } = scene;
  await outOfThePage(scene, () => {
    layer.options.style = styleOf(colouring, palette, prefix);
    layer.addData({ type: "FeatureCollection", features: scene.features ?? polygonFeatures(arcs) });
    layer.eachLayer((/** @type {any} */ polygon) => polygon.getElement()?.classList.add("diagalim-iris"));
    addBorders(outlines, borderFeature(arcs, data.commune), "commune");
  });
}

/**
 * Draw many shapes at once. The icon script of the theme looks through a whole drawing each time a
 * shape comes into it: 5,000 shapes take it seconds. It does not see a drawing that is out of the
 * page, once the news of its leaving has been given (hence the pause of no time).
 * @type {(scene: import("./scene.js").Scene, draw: () => void) => Promise<void>}
 */
export async function outOfThePage({ map, layer }, draw) {
  const drawing = map.getRenderer(layer)._container;
  const pane = drawing.parentNode;
  drawing.remove();
  await Promise.resolve();
  draw();
  pane.append(drawing);
}

/** @type {(layer: any, kept: boolean[]) => void} */
export function fade(layer, kept) {
  layer.eachLayer((/** @type {any} */ shape) => {
    const out = !kept[shape.feature.id];
    if (shape.faded === out) return;
    shape.faded = out;
    shape.getElement()?.classList.toggle("diagalim-out", out);
  });
}
