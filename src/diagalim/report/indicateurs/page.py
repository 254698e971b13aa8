"""The page of indicators: what may enter the score, in which direction, why, from which columns.

Made from the registry that the computation reads, so that the page and the score cannot disagree.
"""

from __future__ import annotations

import html

import pandas as pd
from IPython.display import HTML, display

from diagalim.analysis.score.weighting import Weights
from diagalim.chapter.facts import literal
from diagalim.chapter.pages import SOURCES, address
from diagalim.settings.indicators import Columns, DimensionLabel, Indicator, Recipe, Registry
from diagalim.sources.registry import load_sources
from diagalim.wording import french

DIRECTIONS = {1: "plus élevé, plus exposé", -1: "plus élevé, moins exposé"}
OUTSIDE = "profil : hors du score"
NO_WEIGHT = "sans poids dans cette étude"
YEAR = "{aa}"
"""In the name of a column: the two last digits of the vintage."""
UNCUT = ["Z"]


def summary(registry: Registry, weights: Weights) -> pd.DataFrame:
    """Return one line an indicator: dimension, direction, weight in a study, universe, unit."""
    rows, shares = {}, weights.shares
    for name, indicator in registry.indicateurs.items():
        rows[_capital(indicator.libelle)] = {
            "dimension": registry.dimensions[indicator.dimension].libelle,
            "sens": DIRECTIONS[indicator.sens] if indicator.role == "score" else OUTSIDE,
            "poids": _weight(indicator, shares.get(name)),
            "univers": indicator.univers,
            "unite": indicator.unite,
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def reading(registry: Registry, weights: Weights) -> str:
    """Return how to read the summary: the indicator that weighs the most in a study."""
    shares = weights.shares
    heaviest = max(registry.indicateurs, key=lambda name: shares.get(name, 0.0))
    said = french.with_unit(100 * shares[heaviest], "%", 1)
    return literal(f"« {registry.indicateurs[heaviest].libelle} » pèse {said} du score")


def show_indicators(registry: Registry) -> None:
    """Show one entry an indicator, in the order of the dimensions."""
    entries = [
        indicator_html(name, indicator, dimension)
        for key, dimension in registry.dimensions.items()
        for name, indicator in registry.indicateurs.items()
        if indicator.dimension == key
    ]
    display(HTML("".join(entries)))


def indicator_html(name: str, indicator: Indicator, dimension: DimensionLabel) -> str:
    """Return the entry of one indicator: reason, direction, universe, unit, recipes in order."""
    said = indicator.role == "score"
    facts = {
        "Dimension": html.escape(f"{dimension.libelle}. {french.spaced(dimension.raison)}"),
        "Pourquoi": html.escape(french.spaced(indicator.raison)),
        "Sens": DIRECTIONS[indicator.sens] if said else french.spaced(OUTSIDE),
        "Population de référence": html.escape(french.spaced(indicator.univers)),
        "Unité": html.escape(indicator.unite),
        "Recettes": f"<ol>{''.join(f'<li>{recipe_html(r)}</li>' for r in indicator.recettes)}</ol>",
    }
    body = "".join(f"<dt>{title}</dt><dd>{text}</dd>" for title, text in facts.items())
    return (
        f'<section id="ind-{html.escape(name)}" class="source">'
        f"<h3>{html.escape(_capital(indicator.libelle))}</h3><dl>{body}"
        f"<dt>Registre</dt><dd><code>data/indicators.yml</code>, clé <code>{html.escape(name)}"
        "</code></dd></dl></section>"
    )


def recipe_html(recipe: Recipe) -> str:
    """Return a recipe in words: the columns, their datasets, and for whom it serves."""
    if recipe.valeur:
        formula, scale = _columns(recipe.valeur), recipe.echelle
    else:
        formula = f"{_columns(recipe.numerateur)} divisé par {_columns(recipe.denominateur)}"
        scale = recipe.echelle
    said = [f"un moins ({formula})" if recipe.complement else formula]
    if scale != 1:
        said.append(f"multiplié par {french.number(scale)}")
    if recipe.plafond is not None:
        said.append(f"au plus {french.number(recipe.plafond)}")
    datasets = dict.fromkeys(part.source for part in recipe.parts)
    links = french.listed([_dataset(key) for key in datasets])
    conditions = french.spaced(" ; ".join(text for text in _conditions(recipe) if text))
    after = f" <em>{html.escape(_capital(conditions))}.</em>" if conditions else ""
    return f"{', '.join(said)}. {links}.{after}"


def _conditions(recipe: Recipe) -> list[str]:
    form = next((part.format for part in recipe.parts if part.format), recipe.format)
    return [
        f"mesure : {recipe.libelle}" if recipe.libelle else "",
        "communes non découpées seulement" if recipe.types == UNCUT else "",
        "valeur de la commune" if recipe.niveau == "commune" else "",
        "autre définition, ramenée à la première par une droite ajustée"
        if recipe.redefinie
        else "",
        f"fichiers de forme « {form} »" if form else "",
    ]


def _columns(part: Columns) -> str:
    names = " + ".join(f"<code>{_name(name)}</code>" for name in part.colonnes)
    return f"({names})" if len(part.colonnes) > 1 else names


def _name(column: str) -> str:
    return html.escape(column.replace(YEAR, "AA")).replace("_", "_<wbr>")


def _dataset(key: str) -> str:
    name = html.escape(french.spaced(load_sources()[key].court))
    return f'<a href="{address(SOURCES)}#{key}">{name}</a>'


def _weight(indicator: Indicator, share: float | None) -> float | str | None:
    if indicator.role != "score":
        return None
    return 100 * share if share else NO_WEIGHT


def _capital(label: str) -> str:
    return label[0].upper() + label[1:]
