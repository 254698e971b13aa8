"""What « Examen des indicateurs » says where the data decide the words: takeaways, readings."""

from __future__ import annotations

from diagalim.chapter.facts import Facts


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
