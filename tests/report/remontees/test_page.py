"""What the chapter « Publics » shows of the reports, and what it hides."""

from __future__ import annotations

import pandas as pd
import pytest

from diagalim.analysis.disclosure.relations import TOTAL
from diagalim.analysis.publics.profiles import Profile
from diagalim.chapter.chapter import open_chapter
from diagalim.chapter.tables import HIDDEN
from diagalim.report.profils_publics.profiles import (
    national_shares,
    national_text,
    profiles_text,
    shown_bases,
    shown_shares,
)
from diagalim.report.remontees.facts import (
    PUBLISHED,
    published_text,
    report_sentences,
    series_reading,
    state_published,
    state_reports,
    state_series,
    state_volumes,
    volumes_reading,
)
from diagalim.report.remontees.page import (
    NOT_SENT,
    SILENT,
    completeness_text,
    obstacles_reading,
    obstacles_text,
    sheet_reading,
    tension_text,
    volumes_text,
)
from diagalim.report.remontees.series import series_figure, series_text, shown_series
from diagalim.sources.documents import read_published

SERIES = ["lignes", "remplies", "total", "plus_grande", "suivies", "indice"]


def series(*rows):
    """Rows: network, unit, period, then the columns of `SERIES`; every line is followed."""
    index = pd.MultiIndex.from_tuples([r[:3] for r in rows], names=["reseau", "unite", "periode"])
    table = pd.DataFrame([r[3:] for r in rows], index=index, columns=SERIES)
    followed = {"total_suivi": table["total"], "plus_grande_suivie": table["plus_grande"]}
    return shown_series(table.assign(**followed, plus_grande_autre=float("nan")))


@pytest.fixture
def chapter(tmp_path, monkeypatch):
    monkeypatch.setenv("DIAGALIM_RESULTS", str(tmp_path))
    return open_chapter("remontees", "exemple")


def test_a_sum_of_fewer_than_five_lines_is_hidden_with_its_index():
    shown = series_text(series(("A", "foyers", "2025-S1", 4, 4, 80, 30, 4, 100)))
    assert list(shown.iloc[0][["Déclaré", "Indice"]]) == [HIDDEN, HIDDEN]


def test_a_sum_that_one_line_makes_nearly_alone_is_hidden():
    shown = series_text(series(("A", "foyers", "2025-S1", 9, 9, 100, 86, 9, 100)))
    assert shown.iloc[0]["Déclaré"] == HIDDEN
    shown = series_text(series(("A", "foyers", "2025-S1", 9, 9, 100, 85, 9, 100)))
    assert shown.iloc[0]["Déclaré"] == "100\u00a0foyers"


def test_a_network_without_any_counter_is_silent_and_not_at_zero():
    none = float("nan")
    shown = series_text(series(("A", "foyers", "2025-S1", 6, 0, none, none, 0, none)))
    assert shown.iloc[0]["Déclaré"] == SILENT and shown.iloc[0]["Indice"] == "–"


def test_the_curve_stops_where_a_sheet_never_came():
    figure = series_figure(
        series(
            ("A", "foyers", "2024-S1", 6, 6, 60, 10, 6, 100),
            ("A", "foyers", "2025-S1", 6, 6, 66, 11, 6, 110),
            ("B", "foyers", "2024-S2", 6, 6, 60, 10, 6, 100),
        )
    )
    first = figure.axes[0].lines[0].get_ydata()
    assert list(first[[0, 2]]) == [100, 110] and pd.isna(first[1])


def test_places_without_a_sheet_say_so():
    table = pd.DataFrame(
        {"2025-S1": [2, pd.NA]},
        index=pd.MultiIndex.from_tuples([("A", "S1"), ("A", "S2")]),
        dtype="Int64",
    )
    shown = completeness_text(table, pd.Series({"S1": "Le Port"}))
    assert list(shown.index) == ["Le Port", "S2"]
    assert list(shown["2025-S1"]) == ["2 sur 4", NOT_SENT]


def evenly(tonnes: pd.DataFrame) -> pd.DataFrame:
    """Share the tonnes of each network between nine places, all alike."""
    return pd.concat({place: tonnes.fillna(0) / 9 for place in range(9)}).swaplevel()


def test_tonnes_that_one_place_makes_nearly_alone_are_hidden_with_what_gives_them_away():
    tonnes = pd.DataFrame({"t_achat": [9.0, 18.0], "t_don": [1.0, 9.0]}, index=["A", "B"])
    held = evenly(tonnes)
    held.loc["A", "t_don"] = [0.9, 0.1, *[0.0] * 7]
    shown = volumes_text(tonnes, pd.Series({"A": 9, "B": 9}), held)
    assert shown.loc["A", "Dons et collectes"] == HIDDEN
    assert HIDDEN in {shown.loc["A", "Achats"], shown.loc["A", TOTAL]}
    assert shown.loc[TOTAL, TOTAL] == "37,0"


def test_tonnes_of_a_network_of_few_places_are_hidden_and_so_is_what_gives_them_away():
    tonnes = pd.DataFrame(
        {"t_achat": [10.0, 20.0, 30.0], "t_don": [1.0, 2.0, 3.0]}, index=["A", "B", "C"]
    )
    shown = volumes_text(tonnes, pd.Series({"A": 4, "B": 9, "C": 9}), evenly(tonnes))
    assert list(shown.loc["A"]) == [HIDDEN] * 3
    assert (shown.drop(index="A")["Achats"] == HIDDEN).any()


def test_the_sum_of_tonnes_leaves_silent_networks_out_and_names_them():
    none = float("nan")
    tonnes = pd.DataFrame({"t_achat": [10.0, none], "t_don": [1.5, none]}, index=["A", "B"])
    shown = volumes_text(tonnes, pd.Series({"A": 9, "B": 0}), evenly(tonnes))
    assert shown.loc[TOTAL, TOTAL] == "11,5" and list(shown.loc["B"]) == [SILENT] * 3


def profile(lines: int = 8, **counts):
    by_line = pd.DataFrame({field: [count / lines] * lines for field, count in counts.items()})
    return Profile("A", "2025-S1", pd.Series(counts), 8, lines, by_line)


def test_a_share_stands_beside_the_national_one_with_the_difference_in_points():
    one = profile(menage_seul=40, menage_monoparental=60)
    shown = profiles_text([one], pd.Series({"menage_seul": 41.0}), {("A", "menage_seul")})
    assert shown.columns[0] == "A, 2025-S1 (100 foyers)"
    assert list(shown.iloc[:, 0]) == ["40\u00a0% (−1\u00a0point)", "60\u00a0%"]
    assert list(shown["National, publié"]) == ["41\u00a0%", "–"]


def test_a_count_under_five_is_hidden_and_never_alone():
    shares = shown_shares(profile(menage_seul=3, menage_monoparental=40, menage_autre=57))
    assert pd.isna(shares["menage_seul"]) and shares.isna().sum() >= 2


def test_a_profile_of_few_lines_is_hidden_whole():
    assert shown_shares(profile(lines=4, menage_seul=50, menage_autre=50)).isna().all()


def test_a_count_that_one_line_makes_nearly_alone_is_hidden():
    one = profile(menage_seul=40, menage_monoparental=60)
    one.by_line["menage_seul"] = [36.5] + [0.5] * 7
    assert pd.isna(shown_shares(one)["menage_seul"])


def test_a_base_that_would_give_the_few_lines_left_out_is_not_said():
    one = profile(lines=6, menage_seul=60, menage_autre=60)
    named = {("A", "menage_seul")}
    assert shown_bases([one], {}) == named
    every = frozenset(range(8))  # two lines more than the six that fill this part
    assert not named & shown_bases([one], {("A", "2025-S1"): every})
    assert named <= shown_bases([one], {("A", "2025-S1"): frozenset(range(12))})


def test_few_places_of_one_tension_are_hidden():
    lines = pd.DataFrame({"operateur": ["A"] * 9, "tension": ["forte"] * 7 + ["faible"] * 2})
    shown = tension_text(lines)
    assert shown.loc["A", "Faible"] == HIDDEN and shown.loc["A", "Forte"] == HIDDEN
    assert shown.loc["A", "Modérée"] == "0"


def test_what_differs_between_two_networks_is_written_once():
    pairs = pd.DataFrame("unité", index=list("ABC"), columns=list("ABC"))
    shown = obstacles_text(pairs)
    assert list(shown.index) == ["A", "B"] and list(shown.columns) == ["B", "C"]
    assert shown.loc["B", "B"] == "–" and shown.loc["A", "C"] == "unité"


def test_every_national_profile_names_its_source_and_is_to_be_checked():
    profiles = read_published("profils")
    assert (profiles["verification"] == "à vérifier").all() and (profiles["source"] != "").all()
    assert national_text(profiles).loc["Aidés depuis moins de deux ans", "Valeur"].startswith("env")
    assert national_shares(profiles, "ffba22").to_dict() == {
        "menage_seul": 41,
        "menage_monoparental": 31,
        "ressources_retraite": 17,
        "ressources_emploi": 17,
    }


def test_the_networks_of_the_documents_are_counted_and_never_added(tmp_path, monkeypatch):
    monkeypatch.setenv("DIAGALIM_RESULTS", str(tmp_path))
    chapter = open_chapter("remontees", "13")
    figures, documents = read_published("faits"), read_published("documents")
    state_published(chapter, figures, documents)
    facts = chapter.facts
    assert facts["reseaux_non_additionnables"].value == 3
    assert facts["part_fruits_legumes"].text == "15\u00a0%"
    assert facts["revenu_median"].text == "565\u00a0€ par mois"
    assert {fact.nature for fact in facts if fact.id in PUBLISHED} == {"publié"}
    shown = published_text(figures, documents)
    assert shown["Publié"].iloc[0] == "plus de 50\u00a0%"
    speaker = figures.at["S2-062", "source_citee"]
    assert speaker and not shown["Source"].str.contains(speaker).any(), "a person is not named"
    assert not any(speaker in fact.source for fact in facts)


def test_the_reports_of_the_fictitious_department_stay_synthetic(chapter):
    lines = pd.DataFrame(
        {
            "operateur": ["A", "B"],
            "unite_de_compte": ["foyers", "passages"],
            "periode": ["2025-S1", "2025-S1"],
        }
    )
    state_reports(chapter, {}, lines)
    assert chapter.facts["reseaux_non_additionnables"].value == 2
    assert chapter.facts["reseaux_non_additionnables"].nature == "synthétique"
    assert "un même foyer peut être aidé par deux réseaux" in chapter.facts["refus_de_somme"].text


def test_no_change_is_told_when_every_network_is_hidden(chapter):
    state_series(chapter, series(("A", "foyers", "2025-S1", 3, 3, 30, 10, 3, 100)))
    assert "evolution_suivie" not in chapter.facts
    assert not any("{evolution_suivie}" in said for said in report_sentences(chapter.facts))
    assert "{" not in series_reading(chapter.facts)


def test_a_period_without_any_volume_is_silent_and_has_no_total(chapter):
    tonnes = pd.DataFrame({"t_achat": [float("nan")]}, index=["A"])
    shown = volumes_text(tonnes, pd.Series({"A": 0}), evenly(tonnes))
    assert shown.loc[TOTAL, TOTAL] == SILENT
    state_volumes(chapter, tonnes, shown, "2025-S1")
    assert "volume_total" not in chapter.facts and "{" not in volumes_reading(chapter.facts)


def test_the_foot_of_the_obstacles_counts_pairs_and_reads_the_first():
    names = ["A (foyers)", "B (passages)", "C (foyers)"]
    pairs = pd.DataFrame("unité", names, names)
    assert obstacles_reading(pairs) == (
        "3\u00a0paires de réseaux ; entre A (foyers) et B (passages) : unité"
    )
    assert obstacles_reading(pairs.iloc[:1, :1]) == "un seul réseau : rien à comparer"


def test_the_foot_of_the_sheet_counts_the_fields_it_cannot_do_without():
    fields = [
        {"title": "Lieu", "name": "lieu", "constraints": {"required": True}},
        {"title": "Note", "name": "note"},
    ]
    assert sheet_reading({"fields": fields}) == "sur 2 champs, obligatoires : 1"
