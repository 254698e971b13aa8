/**
 * How does the reader choose among sites of aid, by type and by day, and find one without a mouse?
 * The table of the page follows the same choice as the markers.
 */
import { counted, fill, frenchNumber } from "../data/french.js";
import { saidOf } from "../data/sites.js";
import { element } from "../draw/element.js";
import { button, checkbox } from "./controls.js";
import { download, fileOf } from "./csv.js";
import { makeSortable } from "./sorting.js";

/**
 * @param {import("../draw/scene.js").Scene} scene
 * @param {{aid: (part: Partial<import("../data/sites.js").Aid>) => void, site: (k: number) => void}} act
 * @returns {{root: HTMLElement, show: () => void, update: () => void}|null} null without sites
 */
export function aidPanel(scene, act) {
  const { doc, offer, texts } = scene;
  const { sites } = offer;
  if (!sites) return null;
  const root = /** @type {HTMLDetailsElement} */ (element(doc, "details", "diagalim-aid"));
  const types = group(doc, texts.aid_types, sites.groups.map((/** @type {any} */ one) => one.label), (on) => (
    act.aid({ shown: true, hidden: sites.groups.flatMap((/** @type {any} */ one, /** @type {number} */ g) => (on[g] ? [] : [one.id])) })));
  const days = group(doc, texts.aid_days, texts.days, (on) => (
    act.aid({ shown: true, days: on.flatMap((one, day) => (one ? [day] : [])) })));
  const others = group(doc, "", [texts.aid_unknown, texts.aid_shown], ([unknown, shown]) => act.aid({ unknown, shown }));
  const said = element(doc, "p", "diagalim-aid-said");
  said.setAttribute("role", "status");
  root.append(
    element(doc, "summary", "", texts.aid_panel), element(doc, "p", "diagalim-weights-help", texts.aid_help),
    types.root, days.root, element(doc, "p", "diagalim-weights-help", texts.aid_days_help), others.root, said,
    button(doc, texts.aid_csv, () => (
      download(doc, new Blob([sitesCsv(sites, scene.sitesKept.kept, texts)], { type: "text/csv;charset=utf-8" }), `${texts.aid_file}.csv`))),
  );
  /** @type {ReturnType<typeof siteTable>} */
  let table = null;
  return {
    root,
    show() {
      const { aid } = scene.state;
      types.set(sites.groups.map((/** @type {any} */ one) => !aid.hidden.includes(one.id)));
      days.set(texts.days.map((/** @type {string} */ _, /** @type {number} */ day) => aid.days.includes(day)));
      others.set([aid.unknown, aid.shown]);
      if (aid.shown) root.open = true;
    },
    update() {
      const { kept, count, points, unknown } = scene.sitesKept;
      const line = fill(counted(texts.aid_count, count), {
        total: frenchNumber(kept.length), sur: frenchNumber(scene.state.aid.shown ? points : 0),
        sans: frenchNumber(count - points), inconnus: frenchNumber(unknown),
      });
      const text = scene.state.aid.shown ? line : `${line} ${texts.aid_hidden}`;
      if (said.textContent !== text) said.textContent = text;
      table ??= siteTable(doc, sites, act.site, texts);
      table?.update(kept);
    },
  };
}

/**
 * @param {Document} doc
 * @param {string} title of the boxes; none leaves them without a frame
 * @param {string[]} labels
 * @param {(on: boolean[]) => void} chosen
 */
function group(doc, title, labels, chosen) {
  const root = element(doc, title ? "fieldset" : "div", "diagalim-classes");
  if (title) root.append(element(doc, "legend", "", title));
  const boxes = labels.map((text) => {
    const { line, box } = checkbox(doc, text, () => chosen(boxes.map((one) => one.checked)));
    root.append(line);
    return box;
  });
  return { root, set: (/** @type {boolean[]} */ on) => boxes.forEach((box, k) => { box.checked = on[k]; }) };
}

/**
 * The table of the page: sorted by its headers, it hides what the choice leaves out, and the name
 * of a site that has a point leads to it on the map.
 * @param {Document} doc
 * @param {import("../data/sites.js").Sites} sites
 * @param {(k: number) => void} see
 * @param {Record<string, any>} texts
 * @returns {{update: (kept: boolean[]) => void}|null} null where the page holds no such table
 */
export function siteTable(doc, sites, see, texts) {
  const rows = /** @type {any[]} */ (sites.name.map((_, k) => doc.getElementById(`lieu-${k}`)));
  const table = rows[0]?.closest("table");
  if (!table || rows.some((row) => !row) || table.dataset.sortable) return null;
  table.dataset.sortable = "true";
  const collator = new Intl.Collator("fr", { numeric: true });
  const text = (/** @type {number} */ column) => (/** @type {number} */ k) => rows[k].cells[column].textContent;
  makeSortable(doc, table, rows, [...table.tHead.rows[0].cells].map((_, column) => {
    const of = column === 6 ? (/** @type {number} */ k) => sites.checkedOn[k] : text(column);
    return {
      missing: (/** @type {number} */ k) => !of(k),
      compare: (/** @type {number} */ a, /** @type {number} */ b) => collator.compare(of(a), of(b)),
    };
  }));
  rows.forEach((row, k) => {
    if (!sites.point[k]) return;
    const cell = row.cells[0];
    const lead = element(doc, "button", "diagalim-lead", cell.textContent);
    lead.setAttribute("type", "button");
    lead.setAttribute("title", texts.aid_see);
    lead.addEventListener("click", () => see(k));
    cell.replaceChildren(lead);
  });
  return { update(kept) { rows.forEach((row, k) => { row.hidden = !kept[k]; }); } };
}

/**
 * @param {import("../data/sites.js").Sites} sites
 * @param {boolean[]} kept
 * @param {Record<string, any>} texts
 * @returns {string} UTF-8 text, commas between fields
 */
export function sitesCsv(sites, kept, texts) {
  const columns = ["type", "acces", "horaires", "tension", "verifie", "outil"];
  /** @type {(string|number)[][]} */
  const lines = [texts.aid_csv_columns];
  kept.forEach((wanted, k) => {
    if (!wanted) return;
    const point = sites.point[k] ?? ["", ""];
    lines.push([sites.name[k], saidOf(sites, k, "lieu"), ...columns.map((name) => saidOf(sites, k, name)), ...point]);
  });
  return fileOf(lines);
}
