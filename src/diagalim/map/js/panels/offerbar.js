/** Which layers of the offer stand over the map? Only those that the territory has. */
import { fill, frenchOrder } from "../data/french.js";
import { element } from "../draw/element.js";
import { checkbox, choiceList, option } from "./controls.js";

/**
 * @param {import("../draw/scene.js").Scene} scene
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
    const { line, box } = checkbox(doc, text, done);
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

/**
 * The list that leads to each neighbourhood.
 * @param {import("../draw/scene.js").Scene} scene
 * @param {(at: number) => void} chosen
 * @returns {HTMLElement|null} null where there is none
 */
export function quarterList({ doc, offer, texts, prefix }, chosen) {
  const names = offer.quarters?.names ?? [];
  if (!names.length) return null;
  const { field, select } = choiceList(doc, texts.choose_quarter, `${prefix}-quarter`);
  select.append(option(doc, "-1", texts.no_iris), ...frenchOrder(names).map((at) => option(doc, String(at), names[at])));
  select.addEventListener("change", () => {
    if (Number(select.value) >= 0) chosen(Number(select.value));
  });
  return field;
}
