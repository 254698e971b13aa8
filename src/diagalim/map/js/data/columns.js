/**
 * Which columns does the page hold of each IRIS, and what do their numbers stand for? Those that
 * Python sends, and those that colour the map, whatever they are made of.
 *
 * @typedef {{code: string[], name: string[], communes: string[], commune: number[], kind: string,
 *   population: (number|null)[], status: number[], class: (number|null)[],
 *   score: (number|null)[], rank: (number|null)[], scored: number, reasons: string[],
 *   reason: number[], secret?: boolean[], leading?: string[][], epcis?: string[], epci?: (number|null)[],
 *   low?: (number|null)[], high?: (number|null)[], words?: (string|null)[]}} Columns
 * @typedef {{title: string, labels: string[], class: (number|null)[], status: number[],
 *   hatched: string, missing: string, note: string, fills?: string[],
 *   secret?: boolean[]}} Colouring
 */

/** Positions of the statuses, as Python sends them. */
export const STATUS = { note: 0, indicatif: 1, non_note: 2, sans_population: 3 };
