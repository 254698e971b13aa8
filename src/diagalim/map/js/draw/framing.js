/** Which part of the territory does the map show, and what room is left there to a sheet? */

const CLOSE_ZOOM = 14;
/** Part of the map that the legend may take before the territory goes under it. */
const WIDEST_LEGEND = 0.42;
const NOT_ASIDE = { corner: "", shift: 0 };

/**
 * @param {import("./scene.js").Scene} scene
 * @param {any} bounds
 * @param {{maxZoom?: number, whole?: boolean}} [how] whole: beside the enlarged city
 */
export function fit(scene, bounds, { maxZoom = 15, whole: all = false } = {}) {
  const { corner, shift } = (all && scene.aside) || NOT_ASIDE;
  const box = scene.map.getContainer().querySelector(".diagalim-legend");
  // Where there is room for both, the territory stands beside the open legend, not under it.
  const wide = box?.open && box.offsetWidth < scene.map.getSize().x * WIDEST_LEGEND;
  scene.map.fitBounds(bounds, {
    paddingTopLeft: [wide ? box.offsetWidth + 16 : 8, 8 + (corner === "top" ? 2 * shift : 0)],
    paddingBottomRight: [8, 8 + (corner === "bottom" ? 2 * shift : 0)],
    maxZoom,
    animate: false,
  });
}

/**
 * @param {import("./scene.js").Scene} scene
 * @param {(number|null)} i
 */
export function goTo(scene, i) {
  const polygon = polygonOf(scene, i);
  if (polygon) fit(scene, polygon.getBounds(), { maxZoom: CLOSE_ZOOM });
}

/**
 * @param {import("./scene.js").Scene} scene
 * @param {boolean[]} inside which IRIS to show together
 */
export function goToAll(scene, inside) {
  /** @type {any} */
  let whole = null;
  scene.layer.eachLayer((/** @type {any} */ polygon) => {
    if (!inside[polygon.feature.id]) return;
    if (whole) whole.extend(polygon.getBounds());
    else whole = polygon.getBounds();
  });
  if (whole) fit(scene, whole, { whole: inside.every(Boolean) });
}

/** @type {(scene: import("./scene.js").Scene, i: number|null) => any} */
export function polygonOf(scene, i) {
  scene.byId ??= new Map(scene.layer.getLayers().map((/** @type {any} */ p) => [p.feature.id, p]));
  return i == null ? undefined : scene.byId.get(i);
}

/**
 * What a sheet may take of the map. Buttons, legend and enlarged city lie above every sheet: the map
 * moves until it is clear of them.
 * @param {import("./scene.js").Scene} scene
 * @param {number} least its width in pixels where the map is wide enough
 */
export function roomFor({ map, inset }, least) {
  const size = map.getSize();
  const beside = inset?.root.offsetWidth ?? 0;
  return {
    maxWidth: Math.min(320, size.x - 110),
    minWidth: Math.min(least, size.x - 110),
    maxHeight: Math.max(160, size.y - 130),
    autoPanPaddingTopLeft: [60, 10],
    autoPanPaddingBottomRight: [beside ? beside + 20 : 8, 52],
  };
}
