/**
 * What happens when a reader touches the map? This module joins the others: it finds the layers
 * that ipyleaflet drew, paints them, opens sheets by click, tap or list, and keeps the legend.
 */
import { chooser } from "./chooser.js";
import { legend } from "./legend.js";
import { fillOf, patternSheet, recolour } from "./paint.js";
import { element, popupContent, spokenSheet } from "./popup.js";
import { drawnLayer, layerModel } from "./views.js";

const PHONE = "(max-width: 700px)";
const CALM = "(prefers-reduced-motion: reduce)";
const CLOSE_ZOOM = 14;
let maps = 0;

/**
 * @param {{model: any, el: HTMLElement, signal?: AbortSignal}} view
 */
async function render({ model, el, signal }) {
  const prefix = `diagalim-${++maps}`;
  const texts = model.get("texts");
  const spoken = element(el.ownerDocument, "p", "diagalim-spoken");
  spoken.setAttribute("role", "status");
  const scene = { el, model, texts, prefix, spoken, map: null, layer: null, outlines: null };
  const lists = chooser(el.ownerDocument, model.get("data"), texts, choices(scene), prefix);
  el.classList.add("diagalim-controller");
  el.append(patternSheet(el.ownerDocument, model.get("palette"), prefix), lists.root, spoken);
  try {
    scene.layer = await drawnLayer(await layerModel(model, "layer"), el, signal);
    scene.outlines = await drawnLayer(await layerModel(model, "outlines"), el, signal);
  } catch (error) {
    if (signal?.aborted) return undefined;
    spoken.classList.add("diagalim-failed");
    spoken.textContent = texts.failed;
    throw error;
  }
  scene.map = scene.layer._map;
  dressMap(scene);
  dressLayers(scene, lists);
  const repaint = () => paint(scene);
  repaint();
  fit(scene, scene.layer);
  model.on("change:data", repaint);
  el.dataset.ready = "true";
  return () => model.off("change:data", repaint);
}

/** Colours and legend after the present data. */
function paint(scene) {
  const { model, layer, texts, prefix, map, el } = scene;
  const [data, palette] = [model.get("data"), model.get("palette")];
  recolour(layer, data, palette, prefix);
  const corner = map.getContainer().querySelector(".leaflet-bottom.leaflet-left");
  const before = corner.querySelector(".diagalim-legend");
  const open = before ? before.open : !el.ownerDocument.defaultView.matchMedia(PHONE).matches;
  const fillFor = (/** @type {string} */ name) => fillOf(name, palette, prefix);
  const box = legend(el.ownerDocument, data, texts, fillFor, open);
  box.classList.add("leaflet-control");
  // A click on the legend must not close a sheet or zoom the map below it.
  for (const kind of ["click", "dblclick", "pointerdown", "mousedown", "touchstart"]) {
    box.addEventListener(kind, (event) => event.stopPropagation());
  }
  before?.remove();
  corner.prepend(box);
}

/** Name, help, motion and widths of lines. */
function dressMap(scene) {
  const { map, texts, el, prefix } = scene;
  const box = map.getContainer();
  box.classList.add("diagalim-map");
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", texts.map_name);
  const help = element(el.ownerDocument, "p", "diagalim-spoken", texts.map_help);
  help.id = `${prefix}-help`;
  el.append(help);
  box.setAttribute("aria-describedby", help.id);
  if (isCalm(el)) {
    map.options.inertia = false;
    map._zoomAnimated = false;
  }
  const widths = () => { box.dataset.scale = map.getZoom() < 10.5 ? "far" : "near"; };
  map.on("zoomend", widths);
  widths();
  map.on("popupopen", (/** @type {any} */ opened) => {
    const close = opened.popup.getElement().querySelector(".leaflet-popup-close-button");
    close?.setAttribute("aria-label", texts.close);
    close?.setAttribute("title", texts.close);
  });
  map.on("popupclose", () => select(scene, null));
  el.addEventListener("keydown", (event) => {
    if (event.key === "Escape") map.closePopup();
  });
}

/** Clicks on polygons, and the classes that the style sheet draws lines by. */
function dressLayers(scene, lists) {
  const { layer, outlines } = scene;
  const mark = (/** @type {any} */ polygon) => polygon.getElement()?.classList.add("diagalim-iris");
  layer.eachLayer(mark);
  layer.on("layeradd", (/** @type {any} */ added) => mark(added.layer));
  // The same borders twice, dark on light: one line alone drowns on the darkest class.
  const borders = outlines.getLayers()[0].feature;
  outlines.addData({ ...borders, id: "line" });
  outlines.eachLayer((/** @type {any} */ line) => {
    const part = line.feature.id === "line" ? "diagalim-commune" : "diagalim-casing";
    line.getElement()?.classList.add(part);
  });
  layer.on("click", (/** @type {any} */ event) => {
    const polygon = event.propagatedFrom ?? event.layer;
    lists.show(polygon.feature.id);
    openSheet(scene, polygon, event.latlng);
  });
}

/** What the lists do. */
function choices(scene) {
  return {
    commune(/** @type {number|null} */ at) {
      if (!scene.map) return;
      scene.map.closePopup();
      const { commune } = scene.model.get("data");
      const inside = polygons(scene).filter((p) => at == null || commune[p.feature.id] === at);
      if (inside.length) fit(scene, boundsOf(inside));
    },
    iris(/** @type {number|null} */ at) {
      if (!scene.map) return;
      const polygon = polygons(scene).find((p) => p.feature.id === at);
      if (!polygon) return void scene.map.closePopup();
      fit(scene, polygon.getBounds(), CLOSE_ZOOM);
      openSheet(scene, polygon, polygon.getCenter());
    },
    outlines(/** @type {boolean} */ shown) {
      if (!scene.map) return;
      scene.outlines.eachLayer((/** @type {any} */ line) => {
        line.getElement()?.classList.toggle("diagalim-hidden", !shown);
      });
    },
  };
}

function openSheet(scene, polygon, where) {
  const { map, model, texts, prefix, el, spoken } = scene;
  const [data, palette] = [model.get("data"), model.get("palette")];
  const fillFor = (/** @type {string} */ name) => fillOf(name, palette, prefix);
  const content = popupContent(el.ownerDocument, data, polygon.feature.id, texts, fillFor);
  const size = map.getSize();
  map.openPopup(content, where, {
    maxWidth: Math.min(300, size.x - 110),
    minWidth: Math.min(230, size.x - 110),
    maxHeight: Math.max(160, size.y - 130),
    // Buttons and legend lie above every sheet: the map moves until the sheet is clear of them.
    autoPanPaddingTopLeft: [60, 10],
    autoPanPaddingBottomRight: [8, 52],
  });
  select(scene, polygon);
  spoken.textContent = spokenSheet(data, polygon.feature.id, texts);
}

/** Draw the border of the IRIS whose sheet is open above its neighbours' and the outlines. */
function select(scene, polygon) {
  for (const before of scene.map.getContainer().querySelectorAll(".diagalim-selected")) {
    before.classList.remove("diagalim-selected");
  }
  scene.outlines.bringToFront();
  if (!polygon) return;
  polygon.bringToFront();
  polygon.getElement()?.classList.add("diagalim-selected");
}

function polygons(scene) {
  return /** @type {any[]} */ (scene.layer.getLayers());
}

function boundsOf(inside) {
  const whole = inside[0].getBounds();
  for (const polygon of inside) whole.extend(polygon.getBounds());
  return whole;
}

function fit(scene, what, maxZoom = 15) {
  const bounds = what.getBounds ? what.getBounds() : what;
  const box = scene.map.getContainer().querySelector(".diagalim-legend");
  // Where there is room for both, the territory stands beside the open legend, not under it.
  const wide = box?.open && box.offsetWidth < scene.map.getSize().x / 3;
  scene.map.fitBounds(bounds, {
    paddingTopLeft: [wide ? box.offsetWidth + 16 : 8, 8],
    paddingBottomRight: [8, 8],
    maxZoom,
    animate: false,
  });
}

function isCalm(el) {
  return el.ownerDocument.defaultView.matchMedia(CALM).matches;
}

export default { render };
