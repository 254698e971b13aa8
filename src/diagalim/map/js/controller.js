/**
 * How does the map come to life in the page? This module waits for the layers, has them filled,
 * joins the controls to them, and hears clicks, keys and another address.
 */
import { extent } from "./data/topology.js";
import { circleSizes, resizeCircles } from "./draw/circles.js";
import { placeInset } from "./draw/corner.js";
import { dressMap, dressPopup, fitPaper } from "./draw/dress.js";
import { fit } from "./draw/framing.js";
import { patternSheet } from "./draw/hatches.js";
import { placeLegend } from "./draw/legend.js";
import { closeSites, pressSite } from "./draw/markers.js";
import { repaint } from "./draw/repaint.js";
import { makeScene } from "./draw/scene.js";
import { fillLayers } from "./draw/shapes.js";
import { openSheet, select } from "./draw/sheet.js";
import { drawnLayer, layerModel } from "./draw/views.js";
import { actions, change, settle } from "./panels/actions.js";
import { makePanels } from "./panels/panels.js";
import { readFromAddress, viewAsked } from "./panels/shared.js";
import { refresh } from "./score/answer.js";
import { FIRST_STATE } from "./score/state.js";

const LAYERS = /** @type {const} */ (["layer", "outlines", "circles", "sites"]);
let maps = 0;

/**
 * @param {{model: any, el: HTMLElement, signal?: AbortSignal}} view
 */
async function render({ model, el, signal }) {
  const prefix = `diagalim-${++maps}`;
  const doc = el.ownerDocument;
  const scene = makeScene(model, el, prefix, { ...FIRST_STATE });
  const asked = readFromAddress(scene);
  if (asked) scene.state = asked.state;
  scene.spoken.setAttribute("role", "status");
  refresh(scene);
  scene.panels = makePanels(scene, actions(scene));
  el.classList.add("diagalim-controller");
  el.append(patternSheet(doc, scene.palette, prefix), scene.panels.root, scene.spoken);
  try {
    for (const name of LAYERS) {
      if (name === "sites" && !scene.offer.sites) continue;
      const held = await layerModel(model, name);
      scene[name] = await drawnLayer(held, el, signal);
      if (name === "layer") scene.layerModel = held;
    }
  } catch (error) {
    if (signal?.aborted) return undefined;
    scene.spoken.classList.add("diagalim-failed");
    scene.spoken.textContent = scene.texts.failed;
    throw error;
  }
  scene.map = scene.layer._map;
  // After the map in the page, hence in the order of reading and of the keyboard.
  el.parentElement?.append(scene.panels.lower);
  dressMap(scene);
  placeLegend(scene);
  // The view before the shapes: each would else be projected twice.
  fit(scene, extent(scene.arcs), { whole: true });
  placeInset(scene, actions(scene));
  scene.wholeZoom = scene.map.getZoom();
  await fillLayers(scene);
  repaint(scene);
  if (asked) viewAsked(scene, asked);
  scene.panels.show();
  listen(scene);
  const letPaper = fitPaper(scene);
  const onHash = () => followAddress(scene);
  doc.defaultView?.addEventListener("hashchange", onHash);
  if (asked) scene.map.getContainer().scrollIntoView({ block: "center" });
  settle(scene, false);
  el.dataset.ready = "true";
  return () => {
    doc.defaultView?.removeEventListener("hashchange", onHash);
    letPaper();
    scene.panels.lower.remove();
  };
}

/**
 * Clicks on shapes, the keyboard, and what follows the scale.
 * @type {(scene: import("./draw/scene.js").Scene) => void}
 */
function listen(scene) {
  const { map, layer, circles, el, texts } = scene;
  for (const shapes of [layer, circles]) {
    shapes.on("click", (/** @type {any} */ event) => {
      const { id } = (event.propagatedFrom ?? event.layer).feature;
      scene.panels.showIris(id);
      openSheet(scene, id, event.latlng);
      change(scene, { iris: id });
    });
  }
  scene.sites?.on("click", (/** @type {any} */ event) => {
    pressSite(scene, (event.propagatedFrom ?? event.layer).feature.id);
  });
  map.on("popupclose", () => {
    select(scene, null);
    change(scene, { iris: null });
  });
  map.on("zoomend", () => {
    const sizes = circleSizes(scene);
    if (sizes) resizeCircles(circles, sizes, map.getZoom(), scene.wholeZoom);
  });
  map.on("moveend", () => settle(scene));
  map.on("popupopen", (/** @type {any} */ opened) => dressPopup(opened.popup.getElement(), texts));
  for (const box of [el, scene.panels.lower]) {
    box.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "Escape") map.closePopup();
    });
  }
  map.getContainer().addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape") closeSites(scene);
  });
  const open = scene.doc.querySelector(".leaflet-popup");
  if (open && map.getContainer().contains(open)) dressPopup(open, texts);
}

/**
 * Another view asked for by a link of the page, or by hand.
 * @type {(scene: import("./draw/scene.js").Scene) => void}
 */
function followAddress(scene) {
  const asked = readFromAddress(scene);
  if (!asked) return;
  scene.map.closePopup();
  scene.state = asked.state;
  refresh(scene);
  repaint(scene);
  viewAsked(scene, asked);
  scene.panels.show();
  settle(scene, false);
}

export default { render };
