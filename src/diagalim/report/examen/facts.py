"""What the page « Examen des indicateurs » says: its facts, and the sentences that the data decide.

The source and the nature of every fact are those of the score, whose values are examined.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagalim.analysis.score.multivariate import CONTRARY, LARGEST_CORRELATION, REDUNDANT
from diagalim.analysis.score.treatment import LARGEST_KURTOSIS, LARGEST_SKEWNESS
from diagalim.analysis.screening.screened import EACH, FIRST, STUDY, Screened
from diagalim.chapter.facts import Facts
from diagalim.report.examen.page import dimension_label, words_of
from diagalim.settings.indicators import Registry
from diagalim.wording import french

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter

OF_SCORE = "nb_iris"
"""Fact of the score whose source, year and nature are those of the whole page."""
HANGS_TOGETHER = 0.7
"""Cronbach's alpha from which indicators are said to go together (Nunnally and Bernstein 1994)."""
EXACT = "décompte exact"
WHOLE_TERRITORY = (
    "aucun intervalle : tous les IRIS notés y sont ; l'erreur de chaque valeur n'est pas comptée"
)


def state_values(
    chapter: Chapter,
    score: Facts,
    known: pd.DataFrame,
    states: pd.DataFrame,
    described: pd.DataFrame,
    registry: Registry,
) -> None:
    """State how far the indicators are known, and what their values look like.

    Parameters
    ----------
    chapter, score
        The page, and the facts of the score.
    known, states : DataFrame
        From `diagalim.analysis.values.coverage`.
    described : DataFrame
        From `diagalim.analysis.score.multivariate.screening`, values that are not estimated.
    """
    shares = known["part_population"]
    fewest, most = shares.idxmin(), shares.idxmax()
    unlike = described.index[described["extreme"]]
    coarse = described["distincts"].idxmin()
    _add(chapter, score, "nb_indicateurs", len(known), "Indicateurs examinés")
    _add(chapter, score, "nb_iris", int(score[OF_SCORE].value), "IRIS")
    for fact, name in (("moins_couvert", fewest), ("plus_couvert", most), ("peu_varie", coarse)):
        _add(chapter, score, fact, words_of(name, registry), "Indicateur")
    _add(chapter, score, "part_moins_couverte", shares[fewest], "Habitants couverts", "%", 1)
    _add(chapter, score, "part_plus_couverte", shares[most], "Habitants couverts", "%", 1)
    for fact, group, words in (
        ("nb_arrondies", "arrondis", "Valeurs publiées et arrondies"),
        ("nb_empruntees", "empruntes", "Valeurs empruntées"),
        ("nb_estimees", "estimes", "Valeurs masquées et estimées"),
        ("nb_masquees", "masques", "Valeurs laissées masquées"),
    ):
        _add(chapter, score, fact, int(states[group].sum()), words)
    _add(chapter, score, "nb_valeurs", int(states.sum().sum()), "Valeurs attendues")
    _add(chapter, score, "nb_extremes", len(unlike), "Indicateurs aux valeurs extrêmes")
    named = french.listed([f"« {words_of(name, registry)} »" for name in unlike])
    _add(chapter, score, "liste_extremes", named, "Indicateurs aux valeurs extrêmes")
    _add(chapter, score, "nb_peu_varie", int(described.loc[coarse, "distincts"]), "Valeurs")
    _add(chapter, score, "nb_peu_varie_connus", int(described.loc[coarse, "connus"]), "IRIS")
    chapter.choose("limite_asymetrie", french.number(LARGEST_SKEWNESS), "Limite d'asymétrie")
    chapter.choose("limite_aplatissement", french.number(LARGEST_KURTOSIS, 1), "Limite")


def state_links(chapter: Chapter, score: Facts, found: Screened, registry: Registry) -> None:
    """State what the indicators share: pairs, coherence of each dimension, weights of a component.

    Facts about components, or about the weakest dimension, exist only where they can be computed.
    """
    _add(chapter, score, "nb_examines", found.units, "IRIS notés, examinés")
    chapter.choose("seuil_redite", french.number(LARGEST_CORRELATION, 2), "Seuil de redite")
    chapter.choose("alpha_suffisant", french.number(HANGS_TOGETHER, 1), "Alpha suffisant")
    repeated = found.pairs[found.pairs["motif"] == REDUNDANT]
    opposed = found.pairs[found.pairs["motif"] == CONTRARY]
    _add(chapter, score, "nb_redites", len(repeated), "Paires qui se répètent")
    _add(chapter, score, "nb_opposees", len(opposed), "Paires qui s'opposent")
    for fact, pair in (("redite", repeated.head(1)), ("opposee", opposed.tail(1))):
        for row in pair.itertuples():
            _state_pair(chapter, score, fact, row, registry)
    said = [f"« {dimension_label(name, registry)} »" for name in repeated["dimension"].unique()]
    _add(chapter, score, "dimensions_redites", french.listed(said), "Dimensions qui se répètent")
    if len(repeated):
        often = repeated["dimension"].mode()[0]
        _state_weight(chapter, score, found, registry, often, "redites", EACH)
    if found.components is not None:
        _add(chapter, score, "nb_complets", found.components.units, "IRIS tous connus")
        share = found.components.shares[0]
        _add(chapter, score, "part_premier_axe", share, "Part du premier axe", "%", 1)
        heaviest = found.weights[FIRST].idxmax()
        _state_weight(chapter, score, found, registry, heaviest, "acp", FIRST)
    _state_weakest(chapter, score, found, registry)


def _state_pair(chapter: Chapter, score: Facts, fact: str, row: tuple, registry: Registry) -> None:
    for place, name in ((1, row.indicateur), (2, row.autre)):
        _add(chapter, score, f"{fact}_{place}", words_of(name, registry), "Indicateur")
    _add(chapter, score, f"{fact}_rho", row.rho, "Corrélation des rangs", "", 2)


def _state_weight(
    chapter: Chapter, score: Facts, found: Screened, registry: Registry,
    dimension: str, fact: str, way: str,
) -> None:  # fmt: skip
    _add(chapter, score, f"dimension_{fact}", dimension_label(dimension, registry), "Dimension")
    shares = found.weights.loc[dimension]
    _add(chapter, score, f"poids_{fact}", shares[way], "Part du score", "%")
    _add(chapter, score, f"poids_etude_{fact}", shares[STUDY], "Part du score", "%")


def _state_weakest(chapter: Chapter, score: Facts, found: Screened, registry: Registry) -> None:
    measured = found.coherence.dropna(subset=["alpha_valeurs", "alpha_centiles"])
    weak = measured[measured["alpha_centiles"] < HANGS_TOGETHER]
    _add(chapter, score, "nb_dimensions_mesurees", len(measured), "Dimensions à plusieurs")
    _add(chapter, score, "nb_dimensions_faibles", len(weak), "Dimensions aux indicateurs peu liés")
    if weak.empty:
        return
    name = weak["alpha_centiles"].idxmin()
    inside = [n for n in found.names if found.dimension_of[n] == name]
    named = french.listed([f"« {words_of(n, registry)} »" for n in inside])
    _add(chapter, score, "dimension_faible", dimension_label(name, registry), "Dimension")
    _add(chapter, score, "indicateurs_faibles", named, "Indicateurs de cette dimension")
    for kind in ("valeurs", "centiles"):
        alpha = weak.loc[name, f"alpha_{kind}"]
        _add(chapter, score, f"alpha_{kind}_faible", alpha, "Alpha de Cronbach", "", 2)


def _add(
    chapter: Chapter, score: Facts, fact: str, value: float | int | str, label: str,
    unit: str = "", decimals: int = 0,
) -> None:  # fmt: skip
    counted = isinstance(value, int | np.integer)
    chapter.facts.add(
        replace(
            score[OF_SCORE],
            id=fact,
            label=label,
            value=value if isinstance(value, str) else float(value),
            unit=unit,
            decimals=decimals,
            notebook=chapter.name,
            certainty=EXACT if counted else WHOLE_TERRITORY,
        )
    )


def takeaways(facts: Facts) -> list[str]:
    """Return what to keep in mind, as sentences that quote the facts stated.

    Parameters
    ----------
    facts : Facts
        From `state_values` and `state_links`.
    """
    said = [
        "Le moins bien connu des {nb_indicateurs} indicateurs, « {moins_couvert} », est connu "
        "ou estimé pour **{part_moins_couverte} des habitants** ; le mieux connu, pour "
        "{part_plus_couverte}.",
        _repeated(facts),
    ]
    if "poids_acp" in facts:
        said.append(
            "Une méthode automatique (les composantes principales) donnerait **{poids_acp} du "
            "score** à la dimension « {dimension_acp} », contre {poids_etude_acp} ici. Elle "
            "récompense ce qui est dit plusieurs fois, pas ce qui compte le plus : le rapport ne "
            "s'en sert pas pour fixer les poids."
        )
    return [*said, _together(facts), _extreme(facts)]


def _repeated(facts: Facts) -> str:
    if not facts["nb_redites"].value:
        return (
            "Dans aucune dimension deux indicateurs ne disent presque la même chose (corrélation "
            "des rangs au-dessus de {seuil_redite})."
        )
    return (
        "**{nb_redites} {nb_redites:paire|paires} d'indicateurs** "
        "{nb_redites:dit|disent} presque la même chose, comme « {redite_1} » et « {redite_2} ». "
        "C'est pourquoi les poids vont d'abord aux dimensions : compter chaque indicateur une fois "
        "donnerait {poids_redites} du score à « {dimension_redites} », au lieu de "
        "{poids_etude_redites}."
    )


def _together(facts: Facts) -> str:
    if not facts["nb_dimensions_mesurees"].value:
        return "Aucune dimension ne permet de dire si ses indicateurs vont ensemble."
    if not facts["nb_dimensions_faibles"].value:
        return (
            "Les indicateurs vont ensemble dans "
            "{nb_dimensions_mesurees:la dimension|les dimensions} où l'on peut le calculer "
            "({nb_dimensions_mesurees})."
        )
    values = facts["alpha_valeurs_faible"].value
    ranks = facts["alpha_centiles_faible"].value
    how = (
        "s'opposent, dans leurs valeurs comme une fois les quartiers rangés"
        if values < 0 and ranks < 0
        else "s'opposent dans leurs valeurs et s'accordent à peine une fois les quartiers rangés"
        if values < 0
        else "s'accordent peu dans leurs valeurs et s'opposent une fois les quartiers rangés"
        if ranks < 0
        else "s'accordent peu"
    )
    return (
        "Dans {nb_dimensions_faibles} {nb_dimensions_faibles:dimension|dimensions} sur "
        "{nb_dimensions_mesurees}, les indicateurs vont moins ensemble que ne le veut l'usage "
        "(alpha de {alpha_suffisant}, Nunnally et Bernstein 1994). Le cas le plus net est "
        "« {dimension_faible} » : {indicateurs_faibles} "
        f"**{how}**. "
        "Chacun a sa raison d'être là, mais leur moyenne peut cacher l'un ou l'autre : un score se "
        "lit toujours avec ce qui y pèse le plus."
    )


def _extreme(facts: Facts) -> str:
    if not facts["nb_extremes"].value:
        return "Aucun indicateur n'a de valeurs assez éloignées des autres pour décider du score."
    return (
        "{nb_extremes} {nb_extremes:indicateur a|indicateurs ont} quelques valeurs très éloignées "
        "des autres : {liste_extremes}. Le score **range** les quartiers au lieu d'additionner les "
        "valeurs : elles n'en décident donc pas à elles seules."
    )


def readings(facts: Facts) -> dict[str, str]:
    """Return the « Lecture » of what the data may leave empty: pairs, coherence, components."""
    pair = (
        "« {redite_1} » et « {redite_2} » rangent les IRIS presque de la même façon : {redite_rho}"
        if facts["nb_redites"].value
        else "« {opposee_1} » et « {opposee_2} » rangent les IRIS dans un ordre plutôt contraire : "
        "{opposee_rho}"
        if facts["nb_opposees"].value
        else "aucune paire n'est signalée parmi {nb_indicateurs} indicateurs"
    )
    alpha = (
        "pour « {dimension_faible} », l'alpha est de {alpha_valeurs_faible} sur les valeurs et de "
        "{alpha_centiles_faible} sur les centiles, que le score réunit"
        if facts["nb_dimensions_faibles"].value
        else "aucune dimension n'a d'alpha sous {alpha_suffisant} (Nunnally et Bernstein 1994)"
    )
    return {"paires": pair, "alpha": alpha}
