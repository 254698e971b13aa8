/** What the book puts in a page before the scripts of `book/assets` run. */

/** Settings of Sphinx's search. */
declare const DOCUMENTATION_OPTIONS: { SHOW_SEARCH_SUMMARY: boolean };

/** Page, by its number, and anchor of a title or of an entry. */
type SearchPlace = [number, string | null, ...unknown[]];

/** What `searchindex.js` holds, as far as the project reads it. */
interface SearchIndex {
  docnames: string[];
  titles: string[];
  alltitles: Record<string, SearchPlace[]>;
  indexentries: Record<string, SearchPlace[]>;
}

/** Page, title, anchor, description, score, file. */
type SearchResult = [string, string, string, string | null, number, string];
type SearchTerms = Set<string>;

/** Sphinx's search, on its own page only. */
declare const Search: {
  _index: SearchIndex;
  _parseQuery(query: string): [string, SearchTerms, SearchTerms, SearchTerms, SearchTerms];
  _performSearch(query: string, ...terms: SearchTerms[]): SearchResult[];
  makeSearchSummary(html: string, stems: Iterable<string>, anchor: string): HTMLElement | null;
  htmlToText(html: string, anchor: string): string;
};

/** Words that the search leaves out. */
declare const stopwords: string[];

/** Sphinx's marks on the words looked for, on every page. */
declare const SphinxHighlight: { highlightSearchWords(): void };

interface Window {
  /** Given by the language of the search. */
  Stemmer: new () => { stemWord(word: string): string };
  /** require.js, which loads the widgets. */
  requirejs: {
    (names: string[], done: () => void, failed: () => void): void;
    config(settings: { paths: Record<string, string>; waitSeconds: number }): void;
  };
}
