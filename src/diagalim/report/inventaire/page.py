"""What do the tools say of food aid, what do they not say, and how old is it?

Counts are of records, since the records of several tools are not merged yet: the same place may
stand in each of them. No table names a place: this is no directory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagalim.analysis.offer.freshness import FRESH, STATES
from diagalim.analysis.offer.inventory import ASKED, DISTANCE_BREAKS, GROUPS, group_of
from diagalim.analysis.offer.licences import KINDS, NATIONAL, REGIONAL
from diagalim.chapter.aid_words import ACCESS, TOOLS, TYPES, source_of, tool_of
from diagalim.chapter.offer_words import french_order
from diagalim.wording import french

if TYPE_CHECKING:
    import geopandas as gpd

    from diagalim.chapter.chapter import Chapter

LICENCES = {
    "nationale": "Organisme habilité, habilitation nationale",
    "regionale": "Organisme habilité, habilitation régionale",
    "de_droit": "Organisme public (CCAS, CIAS, commune), sans habilitation nécessaire",
    "inconnue": "Inconnue : pas de numéro, ou organisme absent des listes",
}
AGES = {
    "à jour": "Vérifié depuis moins d'un an",
    "périmé": "Périmé : plus d'un an",
    "très périmé": "Très périmé : plus de deux ans",
    "non daté": "Non daté",
}
FAR = 2000
"""Metres of a straight line that few people walk (project's convention), one of the breaks."""
TENSIONS = ("faible", "modérée", "forte")
EXACT = "décompte exact des fiches ; un même lieu peut en avoir plusieurs"
NOT_MERGED = "fiches non rapprochées entre outils ; les lieux sont moins nombreux"


def state_inventory(
    chapter: Chapter,
    services: pd.DataFrame,
    aside: pd.Series,
    left_out: int,
    states: pd.Series,
    year: int,
) -> None:
    """State how many records there are and how many say what is asked of them.

    Parameters
    ----------
    services : DataFrame
        From `diagalim.analysis.offer.inventory.open_services`.
    aside : Series
        From `diagalim.analysis.offer.inventory.set_aside`.
    left_out : int
        Records of the files that are no food aid.
    states : Series
        Freshness of each service.
    year : int
        Year of the files.
    """
    source, total = source_of(services), len(services)

    def count(fact: str, value: float | str, label: str, unit: str = "") -> None:
        chapter.count(fact, value, unit, label, year=year, source=source, certainty=EXACT)

    count("fiches_services", total, "Services d'aide alimentaire, en fiches")
    count("fiches_ecartees", int(aside.sum()), "Services fermés ou entrepôts, en fiches")
    count("fiches_hors_sujet", left_out, "Fiches sans aide alimentaire")
    held = [name for tool, name in TOOLS.items() if (tool_of(services) == tool).any()]
    count("outils_lus", french.listed(held), "Outils lus")
    count("sites_horaires_connus", int(services["horaires"].notna().sum()),
          "Services aux horaires lisibles, en fiches")  # fmt: skip
    count("part_horaires", 100 * services["horaires"].notna().mean(), "Part aux horaires lisibles",
          "%")  # fmt: skip
    count("sites_capacite_connue", int(services["capacite"].notna().sum()),
          "Services dont la capacité d'accueil est dite, en fiches")  # fmt: skip
    count("sites_capacite_inconnue", int(services["capacite"].isna().sum()),
          "Services dont la capacité d'accueil est inconnue, en fiches")  # fmt: skip
    count("repas_service_inconnu", int((services["type_aide"] == "repas").sum()),
          "Repas dont la manière de servir est inconnue, en fiches")  # fmt: skip
    count("part_perimes", 100 * (states != FRESH).mean(),
          "Part des fiches qui ne sont pas vérifiées depuis moins d'un an", "%")  # fmt: skip
    freely = services["acces"].fillna("").str.split(";").map(lambda ways: "libre" in ways)
    count("acces_libre", int(freely.sum()), "Services en accès libre, en fiches")
    count("acces_dit", int(services["acces"].notna().sum()), "Conditions d'accès dites, en fiches")
    count("tension_connue", int(services["tension"].notna().sum()), "Tension dite, en fiches")
    count("tension_forte", int((services["tension"] == "forte").sum()), "Tension forte, en fiches")
    kinds = services["type_aide"].value_counts()
    count("type_premier", TYPES[kinds.index[0]].lower(), "Type d'aide le plus cité")
    count("type_premier_nombre", int(kinds.iloc[0]), "Services de ce type, en fiches")


def state_access(
    chapter: Chapter,
    placed: gpd.GeoDataFrame,
    services: pd.DataFrame,
    table: pd.DataFrame | None,
    year: int,
) -> None:
    """State how many services have a point, and who lives far from the nearest of them.

    Parameters
    ----------
    placed : GeoDataFrame
        From `diagalim.analysis.offer.inventory.points`.
    services : DataFrame
        All of them.
    table : DataFrame or None
        From `diagalim.analysis.offer.inventory.by_distance`; None when no service has a point.
    year : int
        Year of the files.
    """
    source = source_of(services)
    found = services["service_id"].isin(placed["service_id"])
    facts: list[tuple[str, float | str, str, str]] = [
        ("fiches_placees", int(found.sum()), "", "Services placés sur la carte, en fiches"),
        ("fiches_non_placees", int((~found).sum()), "", "Services sans point, en fiches"),
    ]
    if table is not None:
        far = table.loc[DISTANCE_BREAKS.index(FAR) + 1 :].sum()
        away = french.with_unit(FAR / 1000, "km")
        facts += [
            ("distance_loin", away, "", "Distance à partir de laquelle un dispositif est dit loin"),
            ("habitants_loin", far["population"], "habitants",
             f"Habitants d'IRIS dont le centre est à {away} ou plus de tout dispositif placé"),
            ("habitants_loin_exposes", far["population_haute"], "habitants",
             "dont habitants potentiellement exposés (classe de risque la plus élevée)"),
        ]  # fmt: skip
    for fact, value, unit, label in facts:
        chapter.count(
            fact, value, unit, label, year=year, source=source,
            certainty="non mesurée : ligne droite depuis le centre de l'IRIS, fiches non vérifiées",
        )  # fmt: skip


def say_no_inventory(chapter: Chapter) -> None:
    """Say that no tool is at hand, and how to supply one."""
    chapter.say(
        "**Non disponible : la liste des lieux d'aide alimentaire**, avec leurs horaires, leurs "
        "conditions d'accès et leur capacité. Le rapport du département fictif montre ce qui en "
        "serait tiré."
    )
    chapter.say(
        "Pour la fournir : déposer un ou plusieurs fichiers dans le dossier des données collectées "
        "du département, puis les nommer dans `{fichier_territoire}`, sous `collecte` : "
        "`soliguide` (réponse JSON de l'API, avec l'accord de Soliguide), `data_inclusion` (les "
        "deux CSV, structures et services), `osm` (export Overpass en GeoJSON), "
        "`tableur_partenaire` (classeur Excel)."
    )


def say_not_measured(chapter: Chapter) -> None:
    """Say that no distance to aid is measured, and that unknown is not far."""
    chapter.say(
        "**Non disponible : la distance au dispositif le plus proche.** Aucune fiche de colis, "
        "d'épicerie, de repas, de tournée ou de bon n'a de point ; inconnu ne veut pas dire loin."
    )


def state_licences(chapter: Chapter, licences: pd.DataFrame, running: pd.Series, year: int) -> None:
    """State how many bodies hold a licence, and how many of the lists have lapsed."""
    for fact, value, label in (
        ("habilitations_en_cours", int(running.sum()), "Habilitations en cours"),
        ("habilitations_expirees", int((~running).sum()), "Habilitations arrivées à leur terme"),
        ("habilitations_sans_siret", int(licences["siret"].isna().sum()),
         "Habilitations saisies sans SIRET"),
    ):  # fmt: skip
        chapter.count(fact, value, "", label, year=year, source="listes d'habilitation",
                      certainty="décompte exact de listes saisies à la main")  # fmt: skip


def tools_text(services: pd.DataFrame) -> pd.DataFrame:
    """Return the services of each tool by type of aid, in records."""
    table = pd.crosstab(services["type_aide"], tool_of(services))
    table = table.reindex(index=list(TYPES), columns=list(TOOLS), fill_value=0)
    table["total"] = table.sum(axis=1)
    table.loc["total"] = table.sum()
    names = {"total": "Toutes les fiches"}
    return table.map(french.number).rename(
        index=TYPES | {"total": "Ensemble"}, columns=TOOLS | names
    )


def known_text(known: pd.DataFrame, services: pd.DataFrame) -> pd.DataFrame:
    """Return what the records say of what is asked, the least known last."""
    total = len(services)
    ordered = known.sort_values("connus", ascending=False, kind="stable")
    return pd.DataFrame(
        {
            "Dit": ordered["connus"].map(french.number).to_numpy(),
            "Non dit": ordered["inconnus"].map(french.number).to_numpy(),
            "Part dite": [french.with_unit(100 * n / total, "%") for n in ordered["connus"]],
        },
        index=ordered.index.map(ASKED),
    )


def tension_text(services: pd.DataFrame) -> pd.DataFrame:
    """Return the records by level of tension, the unknown on a line of their own."""
    counts = services["tension"].value_counts().reindex(list(TENSIONS), fill_value=0)
    counts["inconnue"] = services["tension"].isna().sum()
    return pd.DataFrame(
        {"Services (fiches)": counts.map(french.number).to_numpy()},
        index=[word.capitalize() for word in counts.index],
    )


def access_text(services: pd.DataFrame) -> pd.DataFrame:
    """Return the records by condition of access, those that say none on a line of their own."""
    ways = services["acces"].dropna().str.split(";").explode().value_counts()
    counts = ways.reindex(list(ACCESS), fill_value=0)
    counts["non dites"] = services["acces"].isna().sum()
    return pd.DataFrame(
        {"Services (fiches)": counts.map(french.number).to_numpy()},
        index=[ACCESS.get(word, "Conditions non dites") for word in counts.index],
    )


def ages_text(states: pd.Series, services: pd.DataFrame) -> pd.DataFrame:
    """Return the age of the records, tool by tool."""
    table = pd.crosstab(states, tool_of(services))
    table = table.reindex(index=list(STATES), columns=list(TOOLS), fill_value=0)
    table["total"] = table.sum(axis=1)
    names = TOOLS | {"total": "Toutes les fiches"}
    return table.map(french.number).rename(index=AGES, columns=names)


def stale_text(states: pd.Series, services: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Return records by commune: by group of aid, and the share not checked within a year."""
    by_group = pd.crosstab(services["code_insee"], group_of(services["type_aide"]))
    by_group = by_group.reindex(columns=list(GROUPS), fill_value=0)
    old = (states != FRESH).groupby(services["code_insee"]).mean()
    shown = by_group.map(lambda count: french.number(count) if count else "–")
    shown["Non vérifiées depuis un an"] = [
        french.with_unit(100 * old[code], "%") for code in by_group.index
    ]
    shown.index = [french.place_name(names.get(code, code)) for code in shown.index]
    return shown.sort_index(key=french_order)


def distance_text(table: pd.DataFrame) -> pd.DataFrame:
    """Return IRIS and inhabitants by distance to the nearest service."""
    metres = [french.with_unit(d, "m") if d < 1000 else french.with_unit(d / 1000, "km")
              for d in DISTANCE_BREAKS]  # fmt: skip
    inner = [f"de {a} à moins de {b}" for a, b in zip(metres, metres[1:], strict=False)]
    labels = [f"Moins de {metres[0]}", *[w[:1].upper() + w[1:] for w in inner],
              f"{metres[-1]} et plus"]  # fmt: skip
    return pd.DataFrame(
        {
            "IRIS": table["iris"].map(french.number).to_numpy(),
            "Habitants": table["population"].map(french.number).to_numpy(),
            "dont classe la plus élevée": table["population_haute"].map(french.number).to_numpy(),
        },
        index=labels,
    )


def licences_text(kinds: pd.Series, licences: pd.DataFrame, running: pd.Series) -> pd.DataFrame:
    """Return records by kind of licence of their body, and the licences of the lists."""
    records = kinds.value_counts().reindex(list(KINDS), fill_value=0)
    listed = licences.loc[running, "type_habilitation"].value_counts()
    bodies = [french.number(listed.get(k, 0)) if k in (NATIONAL, REGIONAL) else "–" for k in KINDS]
    return pd.DataFrame(
        {"Lieux (fiches)": records.map(french.number).to_numpy(), "Organismes des listes": bodies},
        index=[LICENCES[kind] for kind in KINDS],
    )
