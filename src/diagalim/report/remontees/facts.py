"""The facts of the chapter « Publics »: what its sentences and the recommendations quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagalim.analysis.publics.comparability import UNIT, why_not
from diagalim.analysis.publics.volumes import share_of
from diagalim.chapter.facts import literal
from diagalim.chapter.tables import HIDDEN
from diagalim.sources.studies import document
from diagalim.wording import french

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter
    from diagalim.chapter.facts import Facts
    from diagalim.collected.reports.reporting import Report
    from diagalim.settings.document import Document
    from diagalim.settings.indicators import Registry

SHEETS = "fiches de remontée des réseaux"
EXACT = "décompte exact"
SYNTHESIS = "synthese"
PUBLISHED = {
    "sans_revenu": ("S0-051", "Croix-Rouge", "une part des foyers"),
    "revenu_median": ("S0-053", "Secours catholique", "un revenu par ménage"),
    "tonnes_distribuees": ("S2-062", "Banques alimentaires", "des tonnes de denrées"),
    "tonnes_fruits_legumes": ("S2-063", "Banques alimentaires", "des tonnes de denrées"),
}
"""Published figures about those received: fact, figure of the registry, network, what it counts."""


def state_reports(chapter: Chapter, reports: dict[str, Report], lines: pd.DataFrame) -> None:
    """State how many networks report, in how many units, and until when."""
    networks, units = lines["operateur"].nunique(), sorted(lines[UNIT].unique())
    last = lines["periode"].max()
    year = last[:4]
    for fact, value, label in (
        ("nb_fiches", len(reports), "Fiches reçues"),
        ("nb_reseaux", networks, "Réseaux qui envoient une fiche"),
        ("nb_unites", len(units), "Unités de compte"),
        ("noms_unites", french.listed(units), "Unités de compte"),
        ("derniere_periode", last, "Dernière période reçue"),
        ("reseaux_non_additionnables", networks, "Réseaux dont les comptes ne s'additionnent pas"),
        ("nb_corrections", sum(len(r.remarks) for r in reports.values()), "Corrections signalées"),
    ):
        chapter.count_shown(fact, value, "", label, year=year, source=SHEETS, certainty=EXACT)
    reasons = " ; ".join(why_not(lines))
    chapter.count_shown("refus_de_somme", reasons, "", "Somme refusée", year=year, source=SHEETS)


def state_series(chapter: Chapter, shown: pd.DataFrame) -> None:
    """State the index of one network at its last period.

    That of a network of which every line is followed comes first, for nothing is left out of it;
    then that of most lines.

    Parameters
    ----------
    shown : DataFrame
        From `diagalim.report.remontees.series.shown_series`.
    """
    kept = shown[shown["indice"].notna()]
    whole = (kept["lignes"] == kept["suivies"]).groupby(level=[0, 1]).transform("all")
    kept = kept[whole] if whole.any() else kept
    if kept.empty:
        return
    network, unit, _ = kept["suivies"].idxmax()
    own = kept.loc[(network, unit)]
    first, last = own.index[0], own.index[-1]
    change = own.loc[last, "indice"] - 100
    for fact, value, mark in (
        ("reseau_suivi", network, ""),
        ("unite_suivie", unit, ""),
        ("periode_base", first, ""),
        ("periode_fin", last, ""),
        ("indice_suivi", own.loc[last, "indice"], ""),
        ("lignes_suivies", int(own.loc[last, "suivies"]), "lignes"),
        ("evolution_suivie", french.with_unit(change, "%", sign=True), ""),
    ):
        chapter.count_shown(
            fact, value, mark, f"Évolution déclarée, {network}", year=last[:4], source=SHEETS,
            certainty="déclaré par le réseau ; lignes remplies à toutes ses périodes",
        )  # fmt: skip


def state_received(chapter: Chapter, received: pd.DataFrame, lines: pd.DataFrame) -> None:
    """State how many of the known places sent a sheet for the last period."""
    last = lines["periode"].max()
    for fact, value, label in (
        ("lieux_connus", int(received["connus"].sum()), "Lieux ayant envoyé au moins une fiche"),
        ("lieux_recus", int(received[last].sum()), "Lieux reçus à la dernière période"),
    ):
        chapter.count_shown(fact, value, "", label, year=last[:4], source=SHEETS, certainty=EXACT)


def state_volumes(chapter: Chapter, tonnes: pd.DataFrame, shown: pd.DataFrame, period: str) -> None:
    """State the sum of the tonnes of one period, when it may be shown."""
    silent = tonnes.index[tonnes.isna().all(axis=1)]
    chapter.count_shown(
        "reseaux_sans_volume", len(silent), "", "Réseaux sans volume", year=period[:4],
        source=SHEETS, certainty=EXACT,
    )  # fmt: skip
    if tonnes.isna().all(axis=None) or shown.iloc[-1, -1] == HIDDEN:
        return
    chapter.count_shown(
        "volume_total", f"{shown.iloc[-1, -1]} tonnes".replace(" ", french.NO_BREAK), "",
        "Denrées déclarées", year=period[:4], source=SHEETS,
        certainty="déclaré ; une denrée livrée d'un réseau à l'autre compte deux fois",
    )  # fmt: skip


def report_sentences(facts: Facts) -> list[str]:
    """Return what to retain of the reports, with facts in braces: only what was stated."""
    said = [
        "**{nb_reseaux} réseaux** envoient des fiches et comptent en {nb_unites} unités "
        "({noms_unites}) : **leurs comptes ne s'additionnent pas**."
    ]
    if "evolution_suivie" in facts:
        said.append(
            "Une évolution se lit dans un seul réseau. {reseau_suivi} : {evolution_suivie} entre "
            "{periode_base} et {periode_fin}, sur les {lignes_suivies} remplies à toutes ses "
            "périodes ({unite_suivie})."
        )
    if "volume_total" in facts:
        said.append(
            "Les tonnes, elles, ont la même unité : **{volume_total}** déclarées pour "
            "{derniere_periode}, où une denrée passée d'un réseau à un autre compte deux fois ; "
            "réseaux sans aucun volume : {reseaux_sans_volume}."
        )
    said.append(
        "{lieux_recus} lieux sur les {lieux_connus} connus ont envoyé une fiche pour "
        "{derniere_periode}. Rien n'est estimé à la place des autres."
    )
    return said


def series_reading(facts: Facts) -> str:
    """Return how to read the table of the networks over time."""
    if "evolution_suivie" not in facts:
        return "aucun réseau n'a d'évolution à montrer"
    return "{reseau_suivi} : {evolution_suivie} entre {periode_base} et {periode_fin}"


def volumes_reading(facts: Facts) -> str:
    """Return how to read the table of volumes."""
    if "volume_total" not in facts:
        return "aucun volume n'est déclaré, ou aucun total ne peut être montré"
    return "{volume_total} au total ; réseaux qui ne déclarent aucun volume : {reseaux_sans_volume}"


def state_published(chapter: Chapter, figures: pd.DataFrame, documents: pd.DataFrame) -> None:
    """State the figures that the documents publish about those received, network by network.

    Parameters
    ----------
    figures : DataFrame
        Registered figures, indexed by id: ``valeur``, ``unite``, ``libelle``, ``annee``…
    documents : DataFrame
        The documents, indexed by key: ``court``, ``auteurs``, ``date``.
    """
    values = {fact: float(figures.at[key, "valeur"]) for fact, (key, _, _) in PUBLISHED.items()}
    units = {"sans_revenu": "%", "revenu_median": "€ par mois"}
    for fact, (key, _, _) in PUBLISHED.items():
        row = figures.loc[key]
        chapter.quote(
            fact, int(values[fact]), units.get(fact, "tonnes"), row["libelle"],
            year=int(row["annee"][:4]), source=_told(row, documents),
            certainty="chiffre publié, non vérifié ici",
        )  # fmt: skip
        chapter.choose(f"{fact}_annee", row["annee"][:4], "Année décrite")
    whole = figures.loc[PUBLISHED["tonnes_distribuees"][0]]
    chapter.quote(
        "part_fruits_legumes",
        share_of(values["tonnes_fruits_legumes"], values["tonnes_distribuees"]),
        "%", "Fruits et légumes dans les denrées", year=int(whole["annee"][:4]),
        source=_told(whole, documents), certainty="calculé sur deux chiffres publiés et arrondis",
    )  # fmt: skip
    networks = {network: counted for _, network, counted in PUBLISHED.values()}
    for fact, value, label in (
        ("reseaux_non_additionnables", len(networks), "Réseaux dont les comptes ne s'ajoutent pas"),
        ("noms_unites", french.listed(list(networks.values())), "Ce que comptent ces réseaux"),
    ):
        chapter.quote(
            fact, value, "", label, year=2025, source="documents publiés de l'étude",
            certainty="décompte des réseaux dont un chiffre est publié",
        )  # fmt: skip


def published_here(study: Document | None, figures: pd.DataFrame) -> bool:
    """Tell whether the study of this territory comes with figures about those received."""
    return study is not None and {key for key, _, _ in PUBLISHED.values()} <= set(figures.index)


def _of_no_income(figures: pd.DataFrame) -> str:
    """Return the network of which a share of households has no income, with its place."""
    return literal(figures.at[PUBLISHED["sans_revenu"][0], "source_citee"])


def published_sentences(figures: pd.DataFrame) -> list[str]:
    """Return what to retain of the published figures, with facts in braces."""
    return [
        "**Le nombre de personnes accueillies dans le département n'est pas connu ici** : aucun "
        "réseau n'a fourni ses comptes.",
        "Ce qui est publié sur {reseaux_non_additionnables} réseaux compte {noms_unites}, d'années "
        "et de territoires différents : **rien ne s'additionne**.",
        f"{_of_no_income(figures)} ({{sans_revenu_annee}}) : plus de **{{sans_revenu}}** des "
        "foyers sans revenu. Secours catholique, France ({revenu_median_annee}) : revenu médian de "
        "**{revenu_median}**.",
        "Banques alimentaires de la région ({tonnes_distribuees_annee}) : environ "
        "**{tonnes_distribuees}** de denrées, dont {part_fruits_legumes} de fruits et légumes.",
    ]


def published_reading(figures: pd.DataFrame) -> str:
    """Return how to read the table of the published figures."""
    network = _of_no_income(figures)
    return f"plus de {{sans_revenu}} des foyers reçus par la {network} n'ont pas de revenu"


def volumes_document(figures: pd.DataFrame) -> str:
    """Return the document that gives the volumes of the region."""
    key = PUBLISHED["tonnes_distribuees"][0]
    return literal(document(figures.at[key, "document"]).cited)


def published_text(figures: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return the published figures about those received, with what each network counts."""
    rows, names = [], []
    for key, network, counted in PUBLISHED.values():
        row = figures.loc[key]
        rows.append(
            [
                _value(row),
                counted,
                row["territoire"],
                french.dated(row["annee"]),
                _told(row, documents),
            ]
        )
        names.append(f"{network} : {row['libelle'][:1].lower()}{row['libelle'][1:]}")
    columns = ["Publié", "Ce qui est compté", "Territoire", "Année", "Source"]
    return pd.DataFrame(rows, index=[french.spaced(n) for n in names], columns=columns)


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


def state_residents(chapter: Chapter, known: pd.DataFrame, registry: Registry) -> None:
    """State the median of the IRIS for each profile of residents.

    Parameters
    ----------
    known : DataFrame
        From `diagalim.analysis.values.coverage.coverage`, with ``sources``.
    registry : Registry
        Labels of the indicators.
    """
    first = registry.indicateurs[known.index[0]].libelle
    sources = list(known.iloc[0]["sources"])
    chapter.state("habitants_exemple", first, "", "Habitants cités en exemple", sources)
    chapter.state(
        "part_exemple", known.iloc[0]["mediane"], "%", first, sources, certainty="non mesurée"
    )
    for name, row in known.iterrows():
        chapter.state(
            f"residents_{name}", row["mediane"], "%", registry.indicateurs[name].libelle,
            list(row["sources"]), decimals=0, interval=(row["p5"], row["p95"]),
            certainty="non mesurée",
        )  # fmt: skip


def residents_text(known: pd.DataFrame, registry: Registry, chapter: Chapter) -> pd.DataFrame:
    """Return the profile of the residents of the IRIS: median and range, never of users."""
    rows = [
        [
            french.with_unit(row["mediane"], "%"),
            f"{french.number(row['p5'])} à {french.with_unit(row['p95'], '%')}",
            french.number(row["connus"]),
            french.listed(sorted({str(chapter.resolved(s).vintage) for s in row["sources"]})),
        ]
        for _, row in known.iterrows()
    ]
    labels = [registry.indicateurs[name].libelle for name in known.index]
    return pd.DataFrame(
        rows,
        index=[label[:1].upper() + label[1:] for label in labels],
        columns=["Médiane des IRIS", "Du 5e au 95e centile", "IRIS connus", "Année"],
    )
