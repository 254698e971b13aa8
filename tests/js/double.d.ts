/** What the page of the tests (`page.mjs`) adds to the elements that it stands for. */

interface Element {
  /** Every element of a tag, itself included. */
  all(tag: string): any[];
}
