/** How does the map follow what the reader asked? It touches only what changed. */
import { drawBorders } from "./borders.js";
import { circleSizes, drawCircles } from "./circles.js";
import { paintInset } from "./inset.js";
import { fillLegend } from "./legend.js";
import { drawSites } from "./markers.js";
import { fillOfferLegend } from "./offerlegend.js";
import { recolour } from "./paint.js";
import { fade } from "./shapes.js";

/**
 * Colours, legend, fading, borders and circles after the present state.
 * @param {import("./scene.js").Scene} scene
 */
export function repaint(scene) {
  const { layer, colouring, palette, prefix, kept, map } = scene;
  map.getContainer().dataset.circles = String(Boolean(circleSizes(scene)));
  recolour(layer, colouring, palette, prefix);
  fade(layer, kept);
  if (scene.inset) paintInset(scene.inset, colouring, kept, palette, scene.fillFor);
  drawCircles(scene);
  drawBorders(scene);
  drawSites(scene);
  const standing = map.getContainer().querySelector(".diagalim-legend");
  fillLegend(scene.doc, standing, colouring, scene.texts, scene.fillFor);
  fillOfferLegend(scene);
}
