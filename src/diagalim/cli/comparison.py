"""What `diagalim compare` says of two runs of the score: sentences for a terminal, and a table."""

from __future__ import annotations

import pandas as pd

from diagalim.analysis.certainty.over_certainty import Beyond
from diagalim.analysis.solidity.over_time import FixedScore, Summary
from diagalim.downloads.text_file import harmless
from diagalim.settings.indicators import Registry
from diagalim.wording import french

COMMUNES_SHOWN, INDICATORS_SHOWN = 8, 6
CAUTION = (
    "À lire avec prudence : un déplacement plus petit que l'incertitude des rangs ne veut rien "
    "dire ; un rang monte aussi quand les autres IRIS descendent."
)


def values_sentences(changes: pd.DataFrame, registry: Registry) -> list[str]:
    """Say which indicators differ, from `diagalim.analysis.solidity.over_time.differing`."""
    moved = changes[changes["change"] > 0].sort_values("change", ascending=False)
    if moved.empty:
        return [
            "Valeurs : les mêmes des deux côtés ; ce qui bouge vient du calcul (poids ou règles)."
        ]
    listed = [
        f"{_label(name, registry)} ({french.number(row['change'])} IRIS)"
        for name, row in moved.head(INDICATORS_SHOWN).iterrows()
    ]
    rest = len(moved) - len(listed)
    more = f", et {french.plural(rest, 'autre')}" if rest else ""
    return [f"Valeurs : {french.plural(len(moved), 'indicateur')} sur {len(changes)} ne sont plus "
            f"les mêmes : {', '.join(listed)}{more}."]  # fmt: skip


def certainty_sentences(found: Beyond, alone: int) -> list[str]:
    """Say how many moves exceed the certainty of the ranks, and on which scales they are read.

    Parameters
    ----------
    found : Beyond
    alone : int
        Units that one run alone ranks.
    """
    if not found.moved:
        return ["Aucun IRIS noté des deux côtés ne change de rang."]
    verb = "change" if found.apart < 2 else "changent"
    lines = [
        f"{french.plural(found.apart, 'IRIS', 'IRIS')} {verb} de rang au-delà de ce que la "
        f"certitude explique, sur {french.number(found.moved)} qui changent de rang : leurs deux "
        "intervalles de rang n'ont aucun rang en commun."
    ]
    if found.known < found.moved:
        left = french.plural(found.moved - found.known, "IRIS déplacé", "IRIS déplacés")
        lines.append(f"Non comparés, faute d'intervalle dans les deux calculs : {left}.")
    slid = (
        f" ; {french.plural(alone, 'IRIS', 'IRIS')} d'un seul côté : un intervalle a pu glisser "
        "d'autant de places"
        if alone
        else ""
    )
    lines.append(
        "Deux échelles : un déplacement se compte entre IRIS notés des deux côtés, rangés de "
        "nouveau ; un intervalle vient de son propre calcul, parmi tous les IRIS qu'il note"
        f"{slid}."
    )
    return lines


def no_ranges_sentence(runs: list[str]) -> str:
    """Say which runs hold no interval of the ranks, so that no move is set against them."""
    return (
        "Certitude des rangs : non comparée, aucun intervalle de rang dans "
        f"{french.listed(runs)}. Un déplacement peut n'être que du hasard."
    )


def rank_sentences(found: Summary, table: pd.DataFrame) -> list[str]:
    """Say how far ranks moved, and who entered and left the highest places."""
    scored = f"{french.plural(found.both, 'IRIS', 'IRIS')} notés des deux côtés"
    alone = [
        f"{french.number(count)} {words}"
        for count, words in (
            (found.lost, "seulement avant"),
            (found.gained, "seulement après"),
        )
        if count
    ]
    lines = [f"IRIS : {', '.join([scored, *alone])}."]
    if not found.both:
        return lines
    lines.append(
        "Rangs, entre IRIS notés des deux côtés : déplacement médian de "
        f"{french.plural(found.median, 'place')}, moyen de {french.number(found.mean, 1)} ; "
        f"corrélation des rangs {french.number(found.rho, 3)}."
    )
    if found.largest > 0:
        code = table["ecart_rang"].abs().idxmax()
        row = table.loc[code]
        lines.append(
            f"Le plus grand : {row['nom']} ({row['commune']}, {code}), "
            f"{french.number(row['ecart_rang'], sign=True)} (+ vers le risque)."
        )
    lines.append(
        f"Dernier décile : {french.plural(found.decile_in, 'entrée')}, "
        f"{french.plural(found.decile_out, 'sortie')}. Classe la plus élevée : "
        f"{french.plural(found.class_in, 'entrée')}, {french.plural(found.class_out, 'sortie')}."
    )
    return lines


def commune_sentences(communes: pd.DataFrame) -> list[str]:
    """Say where ranks moved the most, from `diagalim.analysis.solidity.over_time.by_commune`."""
    moved = communes[communes["ampleur"] > 0].head(COMMUNES_SHOWN)
    if moved.empty:
        return []
    lines = ["Communes dont les IRIS se déplacent le plus (déplacement médian, + vers le risque) :"]
    for row in moved.itertuples():
        entered = (
            f" ; classe la plus élevée : {french.plural(row.entrees, 'entrée')}, "
            f"{french.plural(row.sorties, 'sortie')}"
            if row.entrees or row.sorties
            else ""
        )
        lines.append(
            f"  • {row.commune} : {french.plural(row.iris, 'IRIS', 'IRIS')}, "
            f"{french.number(row.ecart, sign=True)}{entered}"
        )
    return lines


def fixed_sentences(before: FixedScore, after: FixedScore, registry: Registry) -> list[str]:
    """Say whether values themselves moved, against bounds frozen at the first run."""
    shift = (after.score - before.score).dropna()
    up, down = int((shift > 1e-9).sum()), int((shift < -1e-9).sum())
    lines = [
        "Score à bornes fixes (mêmes bornes, mêmes poids des deux côtés) : écart médian "
        f"{french.number(shift.median(), 1, sign=True)} sur cent ; plus exposés qu'avant : "
        f"{french.plural(up, 'IRIS', 'IRIS')}, moins exposés : "
        f"{french.plural(down, 'IRIS', 'IRIS')}."
    ]
    outside = after.beyond.ne(0).sum()
    outside = outside[outside > 0].sort_values(ascending=False)
    if len(outside):
        listed = [
            f"{_label(name, registry)} ({french.number(count)})"
            for name, count in outside.head(INDICATORS_SHOWN).items()
        ]
        lines.append(f"Valeurs hors des bornes, gardées telles quelles : {', '.join(listed)}.")
    return lines


def comparison_csv(
    table: pd.DataFrame, before: FixedScore | None, after: FixedScore | None
) -> pd.DataFrame:
    """Return the table to write, one row an IRIS, safe to open in a spreadsheet.

    Parameters
    ----------
    table : DataFrame
        From `diagalim.analysis.solidity.over_time.moves`, or
        `diagalim.analysis.certainty.over_certainty.with_ranges`.
    before, after : FixedScore, optional
        Added as ``score_fixe_avant``, ``score_fixe_apres`` and ``hors_bornes`` (number of
        indicators of the second run beyond the bounds).
    """
    written = table.rename(columns={"decile": "dernier_decile", "haute": "classe_la_plus_elevee"})
    if before is not None and after is not None:
        written = written.assign(
            score_fixe_avant=before.score,
            score_fixe_apres=after.score,
            hors_bornes=after.beyond.ne(0).sum(axis=1),
        )
    for name in ("nom", "commune"):
        written[name] = written[name].map(harmless)
    return written.rename_axis("code_iris")


def _label(name: str, registry: Registry) -> str:
    known = registry.indicateurs.get(name)
    return known.libelle if known else name
