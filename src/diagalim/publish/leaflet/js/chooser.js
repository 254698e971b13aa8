/**
 * How does one reach an IRIS without a mouse? By two lists, a commune then one of its IRIS: 840
 * polygons in the tab order would shut keyboard users in the map.
 */
import { frenchOrder } from "./french.js";
import { element } from "./popup.js";

/**
 * @param {Document} doc
 * @param {{communes: string[], commune: number[], name: string[]}} data
 * @param {Record<string, any>} texts
 * @param {{commune: (at: number|null) => void, iris: (at: number|null) => void,
 *   outlines: (shown: boolean) => void}} chosen what to do with a choice
 * @param {string} prefix of the ids, one a map
 * @returns {{root: HTMLElement, show: (i: number) => void}} `show` sets the lists on IRIS `i`
 */
export function chooser(doc, data, texts, chosen, prefix) {
  const root = element(doc, "div", "diagalim-chooser");
  const commune = list(doc, root, texts.choose_commune, `${prefix}-commune`);
  const iris = list(doc, root, texts.choose_iris, `${prefix}-iris`);
  setOptions(doc, commune, texts.all_communes, frenchOrder(data.communes), data.communes);

  const fillIris = (/** @type {number|null} */ at) => {
    const inside = frenchOrder(data.name).filter((i) => data.commune[i] === at);
    setOptions(doc, iris, texts.no_iris, inside, data.name);
    iris.disabled = inside.length === 0;
  };
  fillIris(null);
  commune.addEventListener("change", () => {
    fillIris(selected(commune));
    chosen.commune(selected(commune));
  });
  iris.addEventListener("change", () => chosen.iris(selected(iris)));

  const label = element(doc, "label", "diagalim-toggle");
  const box = /** @type {HTMLInputElement} */ (element(doc, "input", ""));
  box.type = "checkbox";
  box.checked = true;
  box.addEventListener("change", () => chosen.outlines(box.checked));
  label.append(box, element(doc, "span", "", texts.outlines));
  root.append(label);

  return {
    root,
    show(i) {
      if (selected(commune) !== data.commune[i]) {
        commune.value = String(data.commune[i]);
        fillIris(data.commune[i]);
      }
      iris.value = String(i);
    },
  };
}

/** A labelled list, put in `root`. */
function list(doc, root, text, id) {
  const field = element(doc, "div", "diagalim-field");
  const label = element(doc, "label", "", text);
  const select = /** @type {HTMLSelectElement} */ (element(doc, "select", ""));
  select.id = id;
  label.setAttribute("for", id);
  field.append(label, select);
  root.append(field);
  return select;
}

function setOptions(doc, select, none, order, names) {
  const options = order.map((/** @type {number} */ at) => option(doc, String(at), names[at]));
  select.replaceChildren(option(doc, "", none), ...options);
  select.value = "";
}

function option(doc, value, text) {
  const node = element(doc, "option", "", text);
  node.setAttribute("value", value);
  return node;
}

function selected(select) {
  return select.value === "" ? null : Number(select.value);
}
