// The search finds a word as it is typed: without accents, in capitals, with any apostrophe. The
// index holds stems of folded words (diagalim/site/search.py); what is typed is folded and stemmed
// here in the same way. Results, excerpts and highlights show words as the pages write them.
(function () {
  const WORD = /[\p{Letter}\p{Number}_]+/gu;
  const ENDS = /<\/(?:td|th|tr|dt|dd|li|p|div|summary|caption|figcaption|h\d)>/g;
  const HIGHLIGHTED = "sphinx_highlight_terms";

  /** @param {string} text @returns {string} without capitals, accents or ligatures */
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
    .replaceAll("œ", "oe").replaceAll("æ", "ae");

  /** @param {string} text @returns {string} its folded words, a space between them */
  const plain = (text) => (fold(text).match(WORD) ?? []).join(" ");

  /**
   * @param {string} text of a page
   * @param {string} folded what is looked for
   * @returns {RegExpMatchArray[]} words of the text that begin so or, failing that, hold it
   */
  function written(text, folded) {
    const words = [...text.matchAll(WORD)];
    const begun = words.filter(([word]) => fold(word).startsWith(folded));
    return begun.length ? begun : words.filter(([word]) => fold(word).includes(folded));
  }

  /** @param {RegExpMatchArray[]} words @returns {string[]} each once, a plural before its singular */
  const marked = (words) => [...new Set(words.map(([word]) => word.toLowerCase()))]
    .sort((a, b) => b.length - a.length);

  /** @param {Record<string, SearchPlace[]>} places by title or entry, as written */
  function byPlainWords(places) {
    /** @type {Record<string, SearchPlace[]>} */
    const folded = {};
    for (const [words, where] of Object.entries(places)) (folded[plain(words)] ??= []).push(...where);
    return folded;
  }

  /** @param {SearchIndex} index @returns {Map<string, string>} titles by page and anchor */
  function titlesAsWritten(index) {
    const written = new Map(index.docnames.map((page, i) => [page, index.titles[i]]));
    for (const [title, places] of Object.entries(index.alltitles)) {
      for (const [page, anchor] of places) {
        if (anchor) written.set(`${index.docnames[page]}#${anchor}`, `${index.titles[page]} > ${title}`);
      }
    }
    return written;
  }

  function stemFoldedWords() {
    const Snowball = window.Stemmer;
    const left = new Set(stopwords);
    window.Stemmer = class {
      snowball = new Snowball();
      /** @param {string} word */
      stemWord(word) {
        const folded = fold(word);
        if (left.has(folded)) return folded;
        const stem = this.snowball.stemWord(folded.replace(/ees?$/, "e"));
        return left.has(stem) ? folded : stem;
      }
    };
  }

  function compareFoldedTitles() {
    const search = Search._performSearch;
    Search._performSearch = (query, ...terms) => {
      const index = Search._index;
      const titles = index.titles.map(plain);
      const alltitles = byPlainWords(index.alltitles);
      const indexentries = byPlainWords(index.indexentries);
      Search._index = { ...index, titles, alltitles, indexentries };
      const found = search(plain(query), ...terms);
      Search._index = index;
      const shown = titlesAsWritten(index);
      for (const result of found) {
        result[1] = shown.get(result[0] + result[2]) ?? shown.get(result[0]) ?? result[1];
      }
      return found;
    };
  }

  function showWordsAsWritten() {
    const parse = Search._parseQuery;
    const summarise = Search.makeSearchSummary;
    /** @type {Set<string>} */
    let highlighted = new Set();
    Search._parseQuery = (query) => {
      // a mac types an accent apart from its letter; « lès » is left out as « les » is
      const typed = query.normalize("NFC").replace(WORD, (word) => (
        stopwords.includes(fold(word)) ? fold(word) : word));
      const parsed = parse(typed);
      highlighted = parsed[3]; // filled as excerpts are made, before Sphinx marks their words
      return parsed;
    };
    const textOf = Search.htmlToText;
    Search.htmlToText = (html, anchor) => textOf(html.replace(ENDS, "$& "), anchor); // cells apart
    Search.makeSearchSummary = (html, stems, anchor) => {
      const text = Search.htmlToText(html, anchor);
      const found = [...stems].map((stem) => written(text, stem)).filter((words) => words.length);
      for (const word of marked(found.flat())) highlighted.add(word);
      // with the character before it, a word is not found within another
      const first = found.map(([{ index = 0, 0: word }]) =>
        text.slice(Math.max(index - 1, 0), index + word.length));
      return summarise(html, new Set(first), anchor);
    };
  }

  // A page opened from disk does not always see what the page before it has just stored: the words
  // go by the address too, where Sphinx reads them and takes them away.
  /** @param {Event} event */
  function carryWords({ target }) {
    const link = target instanceof Element && target.closest("#search-results a");
    const words = localStorage.getItem(HIGHLIGHTED);
    if (!(link instanceof HTMLAnchorElement) || !words) return;
    link.search = new URLSearchParams({ highlight: words }).toString();
  }

  // on the page that a result leads to
  const highlight = SphinxHighlight.highlightSearchWords;
  SphinxHighlight.highlightSearchWords = () => {
    const words = localStorage.getItem(HIGHLIGHTED)
      || new URLSearchParams(location.search).get("highlight") || "";
    const typed = words.split(" ").filter(Boolean);
    if (typed.length) {
      const text = document.querySelector('[role="main"]')?.textContent ?? "";
      const words = typed.flatMap((term) => [...marked(written(text, fold(term))), term]);
      localStorage.setItem(HIGHLIGHTED, words.join(" "));
    }
    highlight();
  };

  // before Sphinx's own listener, which searches: its scripts come after this one
  document.addEventListener("DOMContentLoaded", () => {
    if (typeof Search === "undefined") return;
    stemFoldedWords();
    compareFoldedTitles();
    showWordsAsWritten();
    for (const pressed of ["click", "auxclick"]) document.addEventListener(pressed, carryWords, true);
  });
})();
