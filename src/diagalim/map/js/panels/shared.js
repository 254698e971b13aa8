/**
 * How is a shared view opened, and how does the address follow what the reader does? What stands in
 * it is written and read by `address.js`.
 */
import { insidePlace } from "../data/places.js";
import { circleSizes, resizeCircles } from "../draw/circles.js";
import { goTo, goToAll } from "../draw/framing.js";
import { openSheet } from "../draw/sheet.js";
import { askedIn, readAddress, writeAddress } from "./address.js";

/** @type {(scene: import("../draw/scene.js").Scene, asked: import("./address.js").Asked) => void} */
export function viewAsked(scene, asked) {
  const { map, state, data } = scene;
  if (asked.view) map.setView([asked.view[0], asked.view[1]], asked.view[2], { animate: false });
  else if (state.iris != null) goTo(scene, state.iris);
  else if (state.filter.commune != null) goToAll(scene, insidePlace(data, `c${state.filter.commune}`));
  else if (state.filter.epci != null) goToAll(scene, insidePlace(data, `e${state.filter.epci}`));
  const sizes = circleSizes(scene);
  if (sizes) resizeCircles(scene.circles, sizes, map.getZoom(), scene.wholeZoom);
  if (state.iris != null) openSheet(scene, state.iris);
}

/** @type {(scene: import("../draw/scene.js").Scene) => import("./address.js").Asked|null} */
export function readFromAddress(scene) {
  const { doc, data, sent, colours, offer } = scene;
  const ids = colours.map((/** @type {{id: string}} */ { id }) => id);
  return readAddress(askedIn(doc.defaultView.location), data, sent, ids, offer);
}

/**
 * JupyterLab keeps its own address; a page has one map that may write there.
 * @type {(scene: import("../draw/scene.js").Scene) => void}
 */
export function share(scene) {
  const { el, doc, map, state, data, sent } = scene;
  if (el.closest(".jp-Notebook") || doc.querySelector(".diagalim-controller") !== el) return;
  const { lat, lng } = map.getCenter();
  const { location, history } = doc.defaultView;
  const hash = writeAddress(state, data, sent, [lat, lng, map.getZoom()]);
  if (hash && hash !== location.hash) history.replaceState(history.state, "", hash);
}
