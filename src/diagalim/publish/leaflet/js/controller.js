/**
 * What happens when a reader touches the map? This module joins the others: each control changes
 * the state, one frame later the map follows, and when the reader pauses so do table and address.
 */
import { FIRST_STATE, askedIn, readAddress, writeAddress } from "./address.js";
import { showBasemap } from "./basemap.js";
import { placeInset } from "./corner.js";
import { element } from "./popup.js";
import { NO_FILTER } from "./filters.js";
import { patternSheet } from "./paint.js";
import { makePanels } from "./panels.js";
import { openQuarter } from "./quarters.js";
import { fillLayers, makeScene, placeLegend, refresh, repaint } from "./scene.js";
import { fit, goTo, goToAll, openSheet, select, updateSheet } from "./sheet.js";
import { insidePlace } from "./summary.js";
import { resizeCircles } from "./circles.js";
import { circleSizes } from "./layers.js";
import { closeSites, openSite, pressSite } from "./markers.js";
import { extent } from "./topology.js";
import { drawnLayer, layerModel } from "./views.js";

const CALM = "(prefers-reduced-motion: reduce)";
const PAUSE_MS = 200;
/** Levels nearer than the whole territory from which the inset of the city says no more. */
const CLOSE = 1.5;
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
  scene.spoken = element(doc, "p", "diagalim-spoken");
  scene.spoken.setAttribute("role", "status");
  refresh(scene);
  scene.panels = makePanels(scene, actions(scene));
  el.classList.add("diagalim-controller");
  el.append(patternSheet(doc, scene.palette, prefix), scene.panels.root, scene.spoken);
  try {
    for (const name of ["layer", "outlines", "circles", ...(scene.offer.sites ? ["sites"] : [])]) {
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
  const onHash = () => followAddress(scene);
  doc.defaultView?.addEventListener("hashchange", onHash);
  if (asked) scene.map.getContainer().scrollIntoView({ block: "center" });
  settle(scene, false);
  el.dataset.ready = "true";
  return () => {
    doc.defaultView?.removeEventListener("hashchange", onHash);
    scene.panels.lower.remove();
  };
}

/**
 * Change the state; the map follows at once, or in the next frame when it has just followed; the
 * rest when the reader pauses.
 * @param {Record<string, any>} scene
 * @param {Partial<import("./address.js").State>} change
 */
function change(scene, change) {
  Object.assign(scene.state, change);
  scene.late = scene.frame != null;
  if (!scene.late) follow(scene);
  settle(scene);
}

/** @type {(scene: Record<string, any>) => void} */
function follow(scene) {
  refresh(scene);
  if (scene.map) repaint(scene);
  scene.panels.updateMoved();
  scene.frame = scene.doc.defaultView.requestAnimationFrame(() => {
    scene.frame = null;
    if (scene.late) follow(scene);
    scene.late = false;
  });
}

/** @type {(scene: Record<string, any>, shared?: boolean) => void} */
function settle(scene, shared = true) {
  clearTimeout(scene.pause);
  scene.pause = setTimeout(() => {
    if (!scene.map) return;
    scene.panels.update();
    updateSheet(scene);
    if (shared) share(scene);
  }, PAUSE_MS);
}

/**
 * What the controls do.
 * @type {(scene: Record<string, any>) => Record<string, (x: any) => void>}
 */
function actions(scene) {
  const filter = (/** @type {object} */ part) => ({ filter: { ...scene.state.filter, ...part } });
  const close = () => scene.map?.closePopup();
  return {
    change: (/** @type {any} */ part) => change(scene, part),
    filter: (/** @type {any} */ part) => change(scene, filter(part)),
    commune(/** @type {number|null} */ at) {
      close();
      change(scene, filter({ commune: at, epci: null }));
      scene.panels.show();
      if (scene.map) goToAll(scene, insidePlace(scene.data, at == null ? "" : `c${at}`));
    },
    epci(/** @type {number|null} */ at) {
      close();
      change(scene, filter({ commune: null, epci: at }));
      scene.panels.show();
      if (scene.map) goToAll(scene, insidePlace(scene.data, at == null ? "" : `e${at}`));
    },
    iris(/** @type {number|null} */ at) {
      if (!scene.map) return;
      if (at == null) return void close();
      goTo(scene, at);
      openSheet(scene, at);
      change(scene, { iris: at });
    },
    layers(/** @type {any} */ part) {
      change(scene, part);
      scene.panels.show();
    },
    aid(/** @type {any} */ part) {
      change(scene, { aid: { ...scene.state.aid, ...part } });
      scene.panels.show();
    },
    site(/** @type {number} */ k) {
      if (!scene.map) return;
      change(scene, { aid: { ...scene.state.aid, shown: true } });
      scene.panels.show();
      const { map } = scene;
      map.setView(scene.offer.sites.point[k], Math.max(15, map.getZoom()), { animate: false });
      openSite(scene, k);
      const calm = scene.doc.defaultView.matchMedia(CALM).matches;
      map.getContainer().scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    },
    quarter(/** @type {number} */ at) {
      if (!scene.map) return;
      change(scene, { quarters: true });
      scene.panels.show();
      openQuarter(scene, at);
    },
    jump(/** @type {boolean[]} */ inside) {
      if (scene.map) goToAll(scene, inside);
    },
    basemap(/** @type {boolean} */ on) {
      if (scene.map) showBasemap(scene, on);
    },
    reset() {
      close();
      change(scene, { ...FIRST_STATE, filter: NO_FILTER });
      scene.panels.show();
      if (scene.map) goToAll(scene, insidePlace(scene.data, ""));
    },
  };
}

/**
 * Clicks on shapes, the keyboard, and what follows the scale.
 * @type {(scene: Record<string, any>) => void}
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

/** @type {(popup: HTMLElement, texts: Record<string, any>) => void} */
function dressPopup(popup, texts) {
  const close = popup.querySelector(".leaflet-popup-close-button");
  close?.setAttribute("aria-label", texts.close);
  close?.setAttribute("title", texts.close);
  // A sheet longer than the map scrolls: the keyboard must be able to reach it.
  const content = popup.querySelector(".leaflet-popup-content");
  content?.setAttribute("tabindex", "0");
  content?.setAttribute("role", "region");
  content?.setAttribute("aria-label", texts.sheet);
}

/**
 * Name, help, motion and widths of lines.
 * @type {(scene: Record<string, any>) => void}
 */
function dressMap(scene) {
  const { map, texts, el, prefix, doc } = scene;
  const box = map.getContainer();
  box.classList.add("diagalim-map");
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", texts.map_name);
  const help = element(doc, "p", "diagalim-spoken", texts.map_help);
  help.id = `${prefix}-help`;
  el.append(help);
  box.setAttribute("aria-describedby", help.id);
  if (doc.defaultView.matchMedia(CALM).matches) {
    map.options.inertia = false;
    map._zoomAnimated = false;
    // Arrows and the opening of a sheet move the map too, with steps that no style sheet can stop.
    const glide = map.panBy;
    map.panBy = (/** @type {any} */ by, /** @type {object} */ how) => glide.call(map, by, { ...how, animate: false });
  }
  const widths = () => { 
    box.dataset.scale = map.getZoom() < 10.5 ? "far" : "near";
    // Once the map is close to the ground, the city is as large there, or out of sight.
    box.dataset.inset = String(!(map.getZoom() > (scene.wholeZoom ?? Infinity) + CLOSE));
  };
  map.on("zoomend", widths);
  widths();
}

/** @type {(scene: Record<string, any>, asked: import("./address.js").Asked) => void} */
function viewAsked(scene, asked) {
  const { map, state, data } = scene;
  if (asked.view) map.setView([asked.view[0], asked.view[1]], asked.view[2], { animate: false });
  else if (state.iris != null) goTo(scene, state.iris);
  else if (state.filter.commune != null) goToAll(scene, insidePlace(data, `c${state.filter.commune}`));
  else if (state.filter.epci != null) goToAll(scene, insidePlace(data, `e${state.filter.epci}`));
  const sizes = circleSizes(scene);
  if (sizes) resizeCircles(scene.circles, sizes, map.getZoom(), scene.wholeZoom);
  if (state.iris != null) openSheet(scene, state.iris);
}

/** @type {(scene: Record<string, any>) => import("./address.js").Asked|null} */
function readFromAddress(scene) {
  const { doc, data, sent, colours, offer } = scene;
  const ids = colours.map((/** @type {{id: string}} */ { id }) => id);
  return readAddress(askedIn(doc.defaultView.location), data, sent, ids, offer);
}

/**
 * Another view asked for by a link of the page, or by hand.
 * @type {(scene: Record<string, any>) => void}
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

/**
 * JupyterLab keeps its own address; a page has one map that may write there.
 * @type {(scene: Record<string, any>) => void}
 */
function share(scene) {
  const { el, doc, map, state, data, sent } = scene;
  if (el.closest(".jp-Notebook") || doc.querySelector(".diagalim-controller") !== el) return;
  const { lat, lng } = map.getCenter();
  const { location, history } = doc.defaultView;
  const hash = writeAddress(state, data, sent, [lat, lng, map.getZoom()]);
  if (hash && hash !== location.hash) history.replaceState(history.state, "", hash);
}

export default { render };
