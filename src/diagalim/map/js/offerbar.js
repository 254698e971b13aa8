/** Which layers of the offer stand over the map? Only those that the territory has. */
import { fill } from "./french.js";
import { element } from "./popup.js";
import { quarterList } from "./quarters.js";

/**
 * @param {import("./scene.js").Scene} scene
 * @param {(part: object) => void} layers
 * @param {(part: object) => void} aid
 * @param {(at: number) => void} quarter
 * @returns {{root: HTMLElement, show: () => void}|null} null where there is none
 */
export function offerBar(scene, layers, aid, quarter) {
  const { doc, offer, texts } = scene;
  /** @type {[string, boolean, (on: boolean) => void, () => boolean][]} */
  const offered = [
    [fill(texts.offer_shops, { annee: offer.shops?.year ?? "" }), Boolean(offer.shops),
      (on) => layers({ shops: on, circles: false }), () => scene.state.shops],
    [texts.offer_quarters, Boolean(offer.quarters), (on) => layers({ quarters: on }), () => scene.state.quarters],
    [texts.offer_sites, Boolean(offer.sites?.point.some(Boolean)), (on) => aid({ shown: on }), () => scene.state.aid.shown],
  ];
  const there = offered.filter(([, has]) => has);
  if (!there.length) return null;
  const root = element(doc, "div", "diagalim-options diagalim-offer");
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", texts.offer);
  const boxes = there.map(([text, , done]) => {
    const line = element(doc, "label", "diagalim-toggle");
    const box = /** @type {HTMLInputElement} */ (element(doc, "input", ""));
    box.type = "checkbox";
    box.addEventListener("change", () => done(box.checked));
    line.append(box, element(doc, "span", "", text));
    root.append(line);
    return box;
  });
  const list = quarterList(scene, quarter);
  if (list) root.append(list);
  const chosen = list?.querySelector("select");
  return {
    root,
    show() {
      boxes.forEach((box, k) => { box.checked = there[k][3](); });
      // Where no neighbourhood is drawn, the list names none.
      if (chosen && !scene.state.quarters) chosen.value = "-1";
    },
  };
}
