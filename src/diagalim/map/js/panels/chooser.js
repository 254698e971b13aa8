/**
 * How does one reach an IRIS without a mouse? By its name, or by lists: 840 polygons in the tab
 * order would shut keyboard users in the map.
 */
import { fill, frenchOrder } from "../data/french.js";
import { element } from "../draw/element.js";
import { choiceList, option } from "./controls.js";

/**
 * @param {Document} doc
 * @param {any} data
 * @param {Record<string, any>} texts
 * @param {{commune: (at: number|null) => void, iris: (at: number|null) => void,
 *   epci: (at: number|null) => void}} chosen what to do with a choice
 * @param {string} prefix of the ids, one a map
 * @returns {{root: HTMLElement, beside: HTMLElement, show: (i: number) => void,
 *   showPlace: (commune: number|null, epci: number|null) => void}} `beside` holds the list of
 *   intercommunalités, if any; `show` sets the lists on IRIS `i`
 */
export function chooser(doc, data, texts, chosen, prefix) {
  const root = element(doc, "div", "diagalim-chooser");
  root.append(search(doc, data, texts, prefix, (found) => {
    if (found.iris == null) {
      setCommune(found.commune);
      chosen.commune(found.commune);
    } else {
      chosen.iris(found.iris);
      show(found.iris);
    }
  }));
  const commune = list(doc, root, texts.choose_commune, `${prefix}-commune`);
  const iris = list(doc, root, texts.choose_iris, `${prefix}-iris`);
  setOptions(doc, commune, texts.all_communes, frenchOrder(data.communes), data.communes);
  const beside = element(doc, "div", "diagalim-chooser");
  const epci = data.epcis?.length > 1 ? list(doc, beside, texts.choose_epci, `${prefix}-epci`) : null;
  if (epci) setOptions(doc, epci, texts.all_epci, frenchOrder(data.epcis), data.epcis);
  setCommune(null);
  commune.addEventListener("change", () => {
    setCommune(selected(commune));
    chosen.commune(selected(commune));
  });
  iris.addEventListener("change", () => chosen.iris(selected(iris)));
  epci?.addEventListener("change", () => chosen.epci(selected(epci)));

  /** @type {(at: number|null) => void} */
  function setCommune(at) {
    const all = data.code.map((/** @type {string} */ _, /** @type {number} */ i) => i);
    const own = all.filter((/** @type {number} */ i) => data.commune[i] === at);
    const inside = frenchOrder(own.map((/** @type {number} */ i) => data.name[i])).map((k) => own[k]);
    commune.value = at == null ? "" : String(at);
    setOptions(doc, iris, texts.no_iris, inside, data.name);
    iris.disabled = inside.length === 0;
  }

  /** @type {(i: number) => void} */
  function show(i) {
    if (selected(commune) !== data.commune[i]) setCommune(data.commune[i]);
    iris.value = String(i);
  }

  return {
    root,
    beside,
    show,
    showPlace(at, group) {
      if (selected(commune) !== at) setCommune(at);
      if (epci) epci.value = group == null ? "" : String(group);
    },
  };
}

/**
 * @param {any} data
 * @param {string} asked
 * @returns {{commune: number, iris: number|null}|null} the first commune, else the first IRIS, whose
 *   name is the one asked, begins with it, or holds it; accents and capitals do not count
 */
export function findPlace(data, asked) {
  const wanted = plain(asked);
  if (!wanted) return null;
  const communes = data.communes.map(plain);
  const iris = data.name.map((/** @type {string} */ name, /** @type {number} */ i) => (
    plain(placeLabel(data, i)).startsWith(wanted) ? wanted : plain(name)));
  const tests = [
    (/** @type {string} */ name) => name === wanted,
    (/** @type {string} */ name) => name.startsWith(wanted),
    (/** @type {string} */ name) => name.includes(wanted),
  ];
  const code = data.code.indexOf(asked.trim());
  if (code >= 0) return { commune: data.commune[code], iris: code };
  for (const fits of tests) {
    const commune = communes.findIndex(fits);
    if (commune >= 0) return { commune, iris: null };
    const at = iris.findIndex(fits);
    if (at >= 0) return { commune: data.commune[at], iris: at };
  }
  return null;
}

/** @type {(data: any, i: number) => string} */
function placeLabel(data, i) {
  return `${data.name[i]} (${data.communes[data.commune[i]]})`;
}

/** @type {(text: string) => string} */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[\s'’-]+/g, " ").trim();
}

/** @type {(doc: Document, data: any, texts: Record<string, any>, prefix: string,
 *   found: (place: NonNullable<ReturnType<typeof findPlace>>) => void) => HTMLElement} */
function search(doc, data, texts, prefix, found) {
  const field = element(doc, "div", "diagalim-field");
  const label = element(doc, "label", "", texts.search);
  const input = /** @type {HTMLInputElement} */ (element(doc, "input", ""));
  const offered = element(doc, "datalist", "");
  const said = element(doc, "p", "diagalim-search-said");
  said.setAttribute("role", "status");
  const attributes = { id: `${prefix}-search`, type: "search", list: `${prefix}-places`, autocomplete: "off" };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
  offered.setAttribute("id", `${prefix}-places`);
  label.setAttribute("for", `${prefix}-search`);
  // Two thousand options are made when someone is about to need them, not while the page opens.
  input.addEventListener("focus", () => {
    if (offered.children.length) return;
    const places = [...data.communes, ...data.name.map((/** @type {string} */ _, /** @type {number} */ i) => placeLabel(data, i))];
    offered.append(...frenchOrder(places).map((at) => option(doc, places[at], "")));
  });
  let sought = "";
  const seek = () => {
    sought = input.value;
    const place = findPlace(data, input.value);
    said.textContent = place || !input.value.trim() ? "" : fill(texts.search_none, { nom: input.value.trim() });
    if (place) found(place);
  };
  // Enter asks again for the same place, which is no change; an option taken from the list is one.
  input.addEventListener("keydown", (event) => { if (event.key === "Enter") seek(); });
  input.addEventListener("change", () => { if (input.value !== sought) seek(); });
  field.append(label, input, offered, said);
  return field;
}

/** @type {(doc: Document, root: HTMLElement, text: string, id: string) => HTMLSelectElement} */
function list(doc, root, text, id) {
  const { field, select } = choiceList(doc, text, id);
  root.append(field);
  return select;
}

/** @type {(doc: Document, select: HTMLSelectElement, none: string, order: number[],
 *   names: string[]) => void} */
function setOptions(doc, select, none, order, names) {
  const options = order.map((/** @type {number} */ at) => option(doc, String(at), names[at]));
  select.replaceChildren(option(doc, "", none), ...options);
  select.value = "";
}

/** @type {(select: HTMLSelectElement) => number|null} */
function selected(select) {
  return select.value === "" ? null : Number(select.value);
}
