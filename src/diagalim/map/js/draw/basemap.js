/**
 * Where do streets and names come from? From another host, which sees the reader: nothing is asked
 * of it before the reader says so, on this page and for this visit. No address, no memory of the
 * browser turns it on.
 */
import { element } from "./element.js";

/** Tiles blur between whole levels; outlines alone do not, and fit a phone better. */
const [WHOLE_LEVELS, FINE_LEVELS] = [1, 0.1];

/**
 * Put the tiles under the shapes, or take them away.
 * @param {import("./scene.js").Scene} scene
 * @param {boolean} on
 * @returns {Promise<void>}
 */
export async function showBasemap(scene, on) {
  const { map, doc, texts } = scene;
  const drawn = await mapModelOf(scene);
  const tiles = scene.model.get("tiles");
  const others = drawn.get("layers").filter((/** @type {any} */ layer) => layer !== scene.tiles);
  scene.tiles ??= await resolved(scene, tiles);
  // Last of the list: the layers before it stay as they are, and tiles lie lowest anyway.
  drawn.set("layers", on ? [...others, scene.tiles] : others);
  const box = map.getContainer();
  box.dataset.basemap = String(on);
  map.options.zoomSnap = on ? WHOLE_LEVELS : FINE_LEVELS;
  if (on) map.setZoom(Math.round(map.getZoom()), { animate: false });
  box.querySelector(".diagalim-credit")?.remove();
  if (!on) return;
  const credit = element(doc, "div", "diagalim-credit leaflet-control", texts.basemap_credit);
  box.querySelector(".leaflet-bottom.leaflet-right")?.append(credit);
}

/** @param {import("./scene.js").Scene} scene @returns {Promise<any>} model of the map that is beside the controller */
async function mapModelOf(scene) {
  const layer = scene.layerModel;
  for (const promised of Object.values(layer.views ?? {})) {
    const view = await promised;
    if (view?.map_view?.obj === scene.map) return view.map_view.model;
  }
  throw new Error("diagalim: the map of the layers is not known");
}

/** @param {import("./scene.js").Scene} scene @param {any} reference @returns {Promise<any>} */
function resolved(scene, reference) {
  if (typeof reference !== "string") return Promise.resolve(reference);
  return scene.model.widget_manager.get_model(reference.replace(/^(IPY_MODEL_|anywidget:)/, ""));
}
