"""Published framing figures stand beside those of the files, in their own units."""

from __future__ import annotations

import pandas as pd
import pytest

from diagalim.analysis.context.published import compare
from diagalim.report.contexte import study


@pytest.fixture
def checked():
    """Return a gap, a share confirmed, a rate between bounds, one impossible, one unknown."""
    rows = [
        ("99001", "A", "population", 1050, 0, 0, None),
        ("99001", "A", "part", 12.3, 1, 0, 100),
        ("D99", "Tout", "taux_pauvrete", 18.5, 1, 5, None),
        ("99001", "A", "taux_pauvrete", 1, 0, 5, None),
        ("99002", "B", "rapport_interdecile", 3.1, 1, 1, None),
    ]
    names = ["code", "territoire", "indicateur", "valeur", "decimales", "borne_basse"]
    printed = pd.DataFrame(rows, columns=[*names, "borne_haute"]).assign(document="Étude")
    exact = [(1000.0,) * 3, (12.34,) * 3, (float("nan"), 18.0, 19.0), (15.0,) * 3]
    keys = pd.MultiIndex.from_frame(printed.iloc[:4][["code", "indicateur"]])
    return compare(printed, pd.DataFrame(exact, index=keys, columns=["valeur", "bas", "haut"]))


def test_each_figure_is_beside_the_file_with_its_difference_and_status(checked, as_shown):
    shown = as_shown("contexte", "publies", study.table(checked)).replace(
        r"[\u00a0\u202f]", " ", regex=True
    )
    assert shown.loc["A · population"].tolist() == ["1 050", "1 000", "+50", "écart"]
    share = shown.loc["A · part de la population du département"].tolist()
    assert share == ["12,3 %", "12,34 %", "0,0 point", "confirmé"]
    rate = shown.loc["Tout · taux de pauvreté"].tolist()
    assert rate == ["18,5 %", "entre 18,0 et 19,0 %", "–", "non vérifiable ici"]
    assert shown.loc["B · rapport interdécile"].tolist()[1:] == ["n.d.", "–", "non vérifiable ici"]


def test_statuses_are_counted_and_the_most_telling_figure_is_read_aloud(checked):
    stated = study.counted(checked)
    assert stated["nombre_publies"] == 5 and stated["publies_incoherents"] == 1
    assert stated["publies_non_verifiables"] == 2
    assert stated["taux_departement_publie"] == "18,5\u00a0%"
    assert stated["lecture_controle"].startswith("A, taux de pauvreté : le document indique 1")


def test_only_impossible_figures_and_bounds_are_noted(checked):
    (said,) = study.noted(checked)
    assert said.count("\n- ") == 2
    assert "aucun fichier ne le confirme." in said and "plus basse que le plus petit taux" in said


def test_without_a_published_figure_nothing_is_said(checked):
    none = checked.iloc[:0]
    assert study.counted(none) == {} and study.noted(none) == []
    assert study.table(none).empty
