/**
 * What does the page show of each IRIS under the reader's weights, and what moved?
 *
 * @typedef {import("../data/columns.js").Columns} Columns
 * @typedef {import("./score.js").Scored} Scored
 */
import { STATUS } from "../data/columns.js";

/**
 * Status by the rules of `diagalim.analysis.score.status`; the reason of an IRIS already not scored stays as
 * published, unless what remains of its score now rests on borrowed values.
 * @param {Columns} data as published
 * @param {Scored} result
 * @param {{trop_estime: string, trop_peu: string}} reasons
 * @returns {Columns} the same columns, class, score, rank, status and reason being those of `result`
 */
export function rescoredColumns(data, result, reasons) {
  const [tooBorrowed, tooFew] = [data.reasons.length, data.reasons.length + 1];
  const reasonless = data.reasons.indexOf("");
  const columns = {
    ...data,
    scored: result.scored,
    score: numbersOrNull(result.score),
    rank: numbersOrNull(result.rank),
    class: numbersOrNull(result.class),
    status: [...data.status],
    reasons: [...data.reasons, reasons.trop_estime, reasons.trop_peu],
    reason: [...data.reason],
  };
  data.status.forEach((before, i) => {
    if (before === STATUS.sans_population) return;
    if (columns.score[i] != null) {
      columns.status[i] = result.indicative[i] ? STATUS.indicatif : STATUS.note;
      if (before === STATUS.non_note) columns.reason[i] = reasonless;
      return;
    }
    columns.status[i] = STATUS.non_note;
    if (result.tooBorrowed[i]) columns.reason[i] = tooBorrowed;
    else if (before !== STATUS.non_note) columns.reason[i] = tooFew;
  });
  return columns;
}

/**
 * @param {Columns} before
 * @param {Columns} after
 * @returns {{scored: number, classes: number, entered: number, left: number, lost: number,
 *   gained: number}} numbers of IRIS: scored now, of another class, new in the top tenth, no longer
 *   there, no longer scored, newly scored
 */
export function whatMoved(before, after) {
  const moved = { scored: after.scored, classes: 0, entered: 0, left: 0, lost: 0, gained: 0 };
  after.class.forEach((now, i) => {
    const was = before.class[i];
    if (was == null && now != null) moved.gained += 1;
    else if (was != null && now == null) moved.lost += 1;
    else if (was !== now) moved.classes += 1;
    const [top, wasTop] = [inTopTenth(after, i), inTopTenth(before, i)];
    moved.entered += Number(top && !wasTop);
    moved.left += Number(wasTop && !top);
  });
  return moved;
}

/**
 * The tenth of the scored IRIS of highest risk, cut on ranks as classes are.
 * @param {{rank: (number|null)[], scored: number}} data
 * @param {number} i
 * @returns {boolean}
 */
export function inTopTenth(data, i) {
  const rank = data.rank[i];
  return rank != null && Math.ceil(((data.scored + 0.5 - rank) / data.scored) * 10) >= 10;
}

/**
 * @param {ReturnType<typeof whatMoved>} moved
 * @param {Record<string, any>} texts
 * @param {(pattern: string, count: number) => string} counted
 * @returns {string}
 */
export function movedLine(moved, texts, counted) {
  const said = /** @type {const} */ (["classes", "entered", "left", "lost", "gained"])
    .filter((name) => moved[name] || ["classes", "entered", "left"].includes(name))
    .map((name) => counted(texts[`moved_${name}`], moved[name]));
  return `${texts.moved_start} ${said.join("\u202f; ")}.`;
}

/** @type {(column: Float64Array) => (number|null)[]} */
function numbersOrNull(column) {
  return Array.from(column, (value) => (Number.isNaN(value) ? null : value));
}
