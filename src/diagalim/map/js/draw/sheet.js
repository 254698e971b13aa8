/** How does the sheet of an IRIS open on the map, and follow new weights? */
import { detailOf } from "../score/answer.js";
import { polygonOf, roomFor } from "./framing.js";
import { popupContent, spokenSheet } from "./popup.js";
import { quartersNamed } from "./quarters.js";

/**
 * @param {import("./scene.js").Scene} scene
 * @param {number} i
 * @param {any} [where] point of the map; the middle of the IRIS when not given
 */
export function openSheet(scene, i, where) {
  const { map, shown, texts, doc, fillFor, spoken } = scene;
  const polygon = polygonOf(scene, i);
  scene.quarterHere = quartersNamed(scene, where);
  const detail = detailOf(scene, i);
  map.openPopup(
    popupContent(doc, shown, i, texts, fillFor, detail), where ?? polygon.getCenter(), roomFor(scene, 250));
  select(scene, polygon);
  scene.saidOf = scene.own;
  spoken.textContent = spokenSheet(shown, i, texts, detail);
}

/**
 * Say anew what an open sheet says, once the weights have changed.
 * @param {import("./scene.js").Scene} scene
 */
export function updateSheet(scene) {
  const { map, shown, texts, doc, fillFor, state } = scene;
  const open = map.getContainer().querySelector(".leaflet-popup-content .diagalim-sheet");
  // A sheet that still says what is so stays as it is: someone may be scrolling it.
  if (!open || state.iris == null || scene.saidOf === scene.own) return;
  scene.saidOf = scene.own;
  open.replaceWith(popupContent(doc, shown, state.iris, texts, fillFor, detailOf(scene, state.iris)));
}

/**
 * Draw the border of the IRIS whose sheet is open above its neighbours' and the outlines.
 * @param {import("./scene.js").Scene} scene
 * @param {any} polygon null when no sheet is open
 */
export function select(scene, polygon) {
  for (const before of scene.map.getContainer().querySelectorAll(".diagalim-selected")) {
    before.classList.remove("diagalim-selected");
  }
  scene.outlines.bringToFront();
  if (polygon) {
    polygon.bringToFront();
    polygon.getElement()?.classList.add("diagalim-selected");
  }
  // Largest first, as they were drawn: a small circle is never under a large one.
  scene.circles.eachLayer((/** @type {any} */ circle) => circle.bringToFront());
}
