"""What do the documents of a study publish about those received, where no network sent its sheets?

Three networks, three things counted: nothing is added up here either.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from diagalim.analysis.publics.volumes import share_of
from diagalim.wording import french

SYNTHESIS = "synthese"
PUBLISHED = {
    "sans_revenu": ("S0-051", "Croix-Rouge", "une part des foyers"),
    "revenu_median": ("S0-053", "Secours catholique", "un revenu par ménage"),
    "tonnes_distribuees": ("S2-062", "Banques alimentaires", "des tonnes de denrées"),
    "tonnes_fruits_legumes": ("S2-063", "Banques alimentaires", "des tonnes de denrées"),
}
"""Published figures about those received: fact, figure of the registry, network, what it counts."""
TONNES, GREENS, SHARE = "tonnes_distribuees", "tonnes_fruits_legumes", "part_fruits_legumes"
COUNTED = {
    "reseaux_non_additionnables": "Réseaux dont les comptes ne s'ajoutent pas",
    "noms_unites": "Ce que comptent ces réseaux",
}


def published_here(figures: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of `PUBLISHED`, by fact; none unless all are there and no sheet came.

    Parameters
    ----------
    figures : DataFrame
        Figures that this report may quote, indexed by id: ``valeur``, ``unite``, ``libelle``…
    lines : DataFrame
        Lines of the sheets of every network.
    """
    facts = {key: fact for fact, (key, _, _) in PUBLISHED.items()}
    if len(lines) or not set(facts) <= set(figures.index):
        return figures.iloc[:0]
    return figures.loc[list(facts)].rename(index=facts)


def of_documents(
    published: pd.DataFrame, documents: pd.DataFrame
) -> tuple[dict[str, float | str], dict[str, Any]]:
    """Return the published figures, then what only the documents say of them.

    Parameters
    ----------
    published : DataFrame
        From `published_here`.
    documents : DataFrame
        The documents, indexed by key: ``court``, ``auteurs``, ``date``.
    """
    if published.empty:
        return {}, {}
    values, years = published["valeur"].astype(float), published["annee"].str[:4]
    networks = {network: counted for _, network, counted in PUBLISHED.values()}
    stated = {
        **values.astype(int).to_dict(),
        **years.add_suffix("_annee").to_dict(),
        SHARE: share_of(values[GREENS], values[TONNES]),
        "reseaux_non_additionnables": len(networks),
        "noms_unites": french.listed(list(networks.values())),
    }
    told = {fact: _told(row, documents) for fact, row in published.iterrows()}
    every = "documents publiés de l'étude"
    return stated, {
        "label": {**published["libelle"], **COUNTED},
        "document": {**told, SHARE: told[TONNES], **dict.fromkeys(COUNTED, every)},
        "year": {**years, SHARE: years[TONNES], **dict.fromkeys(COUNTED, "2025")},
        "certainty": dict.fromkeys(COUNTED, "décompte des réseaux dont un chiffre est publié"),
    }


def published_table(published: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return the published figures about those received, with what each network counts."""
    rows = {}
    for fact, row in published.iterrows():
        _, network, counted = PUBLISHED[fact]
        name = f"{network} : {row['libelle'][:1].lower()}{row['libelle'][1:]}"
        rows[french.spaced(name)] = {
            "publie": _value(row),
            "compte": counted,
            "territoire": row["territoire"],
            "annee": french.dated(row["annee"]),
            "source": _told(row, documents),
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def _value(row: pd.Series) -> str:
    """Return a figure with « plus de » before it when the document says so."""
    unit, _, more = row["unite"].partition(" (")
    text = french.with_unit(float(row["valeur"]), unit)
    return f"{more.rstrip(')')} {text}" if more else text


def _told(row: pd.Series, documents: pd.DataFrame) -> str:
    """Return the document, and what it cites; the notes of a meeting cite people, left unnamed."""
    document = documents.loc[row["document"]]
    named = row["document"] == SYNTHESIS and row["source_citee"]
    cited = f", d'après {row['source_citee']}" if named else ""
    return french.spaced(f"{document['court']} ({document['auteurs']}){cited}")
