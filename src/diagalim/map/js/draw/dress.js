/**
 * What does the map need to be read, heard and felt by all? Its name and help, French buttons, no
 * movement for those who asked for calm, lines that follow the scale.
 */
import { extent } from "../data/topology.js";
import { element } from "./element.js";

/** What a reader who wants no movement asks of the browser. */
export const CALM = "(prefers-reduced-motion: reduce)";
/** Levels nearer than the whole territory from which the inset of the city says no more. */
const CLOSE = 1.5;
/** Height of the open legend on paper. */
const LEGEND_PX = 300;

/**
 * Name, help, motion and widths of lines.
 * @type {(scene: import("./scene.js").Scene) => void}
 */
export function dressMap(scene) {
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

/**
 * A sheet of paper is narrower than a screen, and no event tells its width: for the time of a print
 * the map takes that of an A4 sheet, and shows what it showed.
 * @param {import("./scene.js").Scene} scene
 * @returns {() => void} what leaves the page as it was
 */
export function fitPaper(scene) {
  const { map, doc, arcs } = scene;
  const { defaultView: view } = doc;
  const box = map.getContainer();
  /** @type {{centre: any, zoom: number, open: boolean}|null} */
  let before = null;
  const start = () => {
    if (before) return;
    const legend = box.querySelector(".diagalim-legend");
    before = { centre: map.getCenter(), zoom: map.getZoom(), open: legend.open };
    const seen = before.zoom > scene.wholeZoom ? map.getBounds() : extent(arcs);
    // A phone keeps it folded: nobody unfolds it on paper.
    legend.open = true;
    box.classList.add("diagalim-printed");
    map.invalidateSize({ animate: false });
    // Above the legend: beside it there is no room on a sheet.
    map.fitBounds(seen, { paddingTopLeft: [8, 8], paddingBottomRight: [8, LEGEND_PX], animate: false });
  };
  const end = () => {
    if (!before) return;
    box.classList.remove("diagalim-printed");
    box.querySelector(".diagalim-legend").open = before.open;
    map.invalidateSize({ animate: false });
    map.setView(before.centre, before.zoom, { animate: false });
    before = null;
  };
  view.addEventListener("beforeprint", start);
  view.addEventListener("afterprint", end);
  return () => {
    view.removeEventListener("beforeprint", start);
    view.removeEventListener("afterprint", end);
  };
}

/** @type {(popup: HTMLElement, texts: Record<string, any>) => void} */
export function dressPopup(popup, texts) {
  const close = popup.querySelector(".leaflet-popup-close-button");
  close?.setAttribute("aria-label", texts.close);
  close?.setAttribute("title", texts.close);
  // A sheet longer than the map scrolls: the keyboard must be able to reach it.
  const content = popup.querySelector(".leaflet-popup-content");
  content?.setAttribute("tabindex", "0");
  content?.setAttribute("role", "region");
  content?.setAttribute("aria-label", texts.sheet);
}
