"""Does the file say what the study says of the territory? Its framing figures, side by side.

Nothing is corrected nor judged: what is printed, what the files give, the status that a rule gives.
"""

from __future__ import annotations

import pandas as pd

from diagalim.analysis.context.published import (
    CONFIRMED,
    GAP,
    INCOHERENT,
    UNITS,
    UNVERIFIABLE,
    most_telling,
    only_bounded,
)
from diagalim.chapter.facts import agreeing, literal
from diagalim.chapter.stated import Stated
from diagalim.wording import french

LABELS = {
    "population": "population",
    "part": "part de la population du département",
    "taux_pauvrete": "taux de pauvreté",
    "rapport_interdecile": "rapport interdécile",
}
STATUSES = {
    "publies_confirmes": CONFIRMED,
    "publies_ecarts": GAP,
    "publies_non_verifiables": UNVERIFIABLE,
    "publies_incoherents": INCOHERENT,
}
NOTED = {
    INCOHERENT: " ; cette valeur est plus basse que le plus petit taux publié pour une commune",
    UNVERIFIABLE: " : les deux sont compatibles, aucun fichier ne le confirme",
}
"""How the sentence on a figure ends, where it says more than the table."""
_DIFFERENCES = {"part": "point|points", "taux_pauvrete": "point|points"}
_FOUND = {"part": 2, "rapport_interdecile": 1}
"""Decimals that the files give: a share is computed, a commune rate is an integer."""


def counted(compared: pd.DataFrame) -> dict[str, Stated]:
    """Return how many published figures have each status, and one line to read aloud.

    Parameters
    ----------
    compared : DataFrame
        From `diagalim.analysis.context.published.compare`; nothing is stated of an empty one.
    """
    if compared.empty:
        return {}
    whole = compared["code"].str.startswith("D") & compared["indicateur"].eq("taux_pauvrete")
    printed = compared[whole & only_bounded(compared)]
    rate = [french.with_unit(row.valeur, "%", int(row.decimales)) for row in printed.itertuples()]
    return {
        "document_publie": compared["document"].iloc[0],
        "nombre_publies": len(compared),
        **{fact: int(compared["statut"].eq(status).sum()) for fact, status in STATUSES.items()},
        "taux_departement_publie": next(iter(rate), None),
        "lecture_controle": gap_sentence(most_telling(compared)),
    }


def gap_sentence(row: pd.Series) -> str:
    """Say, without judging, what the document prints and what the file gives."""
    unit, decimals = UNITS[row["indicateur"]], int(row["decimales"])
    printed = french.with_unit(row["valeur"], unit, decimals)
    told = f"{row['territoire']}, {LABELS[row['indicateur']]} : le document indique {printed} ;"
    if pd.isna(row["bas"]):
        return f"{told} les fichiers ne donnent pas cette valeur"
    if pd.isna(row["recalcule"]):
        bounds = french.interval(row["bas"], row["haut"], unit, decimals)
        return f"{told} les fichiers permettent {bounds}"
    found = french.with_unit(row["recalcule"], unit, 1 if row["indicateur"] == "part" else decimals)
    return f"{told} le fichier donne {found}"


def noted(compared: pd.DataFrame) -> list[str]:
    """Return one neutral sentence for each figure that is impossible, or that only bounds can hold.

    The other differences are in the table: to repeat them would say no more. Nothing is returned
    where no figure is published.
    """
    if compared.empty:
        return []
    told = compared[only_bounded(compared) | compared["statut"].eq(INCOHERENT)]
    points = [
        f"- {literal(french.markdown_text(gap_sentence(row)))}{NOTED[row['statut']]}."
        for _, row in told.iterrows()
    ]
    return ["\n".join(["Les fichiers n'expliquent aucun de ces écarts. À noter :\n", *points])]


def table(compared: pd.DataFrame) -> pd.DataFrame:
    """Return published and recomputed figures side by side, each in its own unit."""
    pairs = zip(compared["territoire"], compared["indicateur"], strict=True)
    return pd.DataFrame(
        [_side_by_side(row) for row in compared.itertuples(index=False)],
        index=[f"{place} · {LABELS[name]}" for place, name in pairs],
        columns=["publie", "recalcule", "difference", "statut"],
    )


def _side_by_side(row: tuple) -> list[str | None]:
    unit, decimals = UNITS[row.indicateur], int(row.decimales)
    printed, found, gap = french.with_unit(row.valeur, unit, decimals), None, None
    if pd.notna(row.recalcule):
        found = french.with_unit(row.recalcule, unit, max(decimals, _FOUND.get(row.indicateur, 0)))
        points = agreeing(_DIFFERENCES.get(row.indicateur, ""), round(row.difference, decimals))
        gap = french.with_unit(row.difference, points, decimals, sign=True)
    elif pd.notna(row.bas):
        found = french.interval(row.bas, row.haut, unit, decimals)
    return [printed, found, gap, row.statut]
