/**
 * What do the controls change, and when does the page follow? The map at once, within a frame; the
 * table, the sheet and the address when the reader pauses.
 */
import { NO_FILTER } from "../data/filters.js";
import { insidePlace } from "../data/places.js";
import { openSite } from "../draw/aidsheet.js";
import { showBasemap } from "../draw/basemap.js";
import { CALM } from "../draw/dress.js";
import { goTo, goToAll } from "../draw/framing.js";
import { openQuarter } from "../draw/quarters.js";
import { repaint } from "../draw/repaint.js";
import { openSheet, updateSheet } from "../draw/sheet.js";
import { refresh } from "../score/answer.js";
import { FIRST_STATE } from "../score/state.js";
import { share } from "./shared.js";

const PAUSE_MS = 200;

/**
 * Change the state; the map follows at once, or in the next frame when it has just followed; the
 * rest when the reader pauses.
 * @param {import("../draw/scene.js").Scene} scene
 * @param {Partial<import("../score/state.js").State>} change
 */
export function change(scene, change) {
  Object.assign(scene.state, change);
  scene.late = scene.frame != null;
  if (!scene.late) follow(scene);
  settle(scene);
}

/** @type {(scene: import("../draw/scene.js").Scene) => void} */
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

/**
 * Let the rest follow when the reader pauses; `data-pending` says that it has not yet.
 * @type {(scene: import("../draw/scene.js").Scene, shared?: boolean) => void}
 */
export function settle(scene, shared = true) {
  clearTimeout(scene.pause);
  scene.el.dataset.pending = "true";
  scene.pause = setTimeout(() => {
    delete scene.el.dataset.pending;
    if (!scene.map) return;
    scene.panels.update();
    updateSheet(scene);
    if (shared) share(scene);
  }, PAUSE_MS);
}

/**
 * What the controls do.
 * @param {import("../draw/scene.js").Scene} scene
 */
export function actions(scene) {
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
