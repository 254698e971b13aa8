"""What the chapter « Publics » shows of the reports, and what it hides."""

from __future__ import annotations

import pandas as pd
import pytest

from diagalim.analysis.disclosure.relations import TOTAL
from diagalim.analysis.publics import comparability, profiles, volumes
from diagalim.analysis.publics import series as networks
from diagalim.analysis.publics.profiles import Profile
from diagalim.analysis.publics.shown import shown_series
from diagalim.chapter.chapter import open_chapter
from diagalim.chapter.tables import HIDDEN
from diagalim.collected.inputs import collected_schema
from diagalim.collected.reports.reporting import all_lines
from diagalim.report.profils_publics.profiles import (
    national_shares,
    national_table,
    profiles_table,
    shown_bases,
    shown_shares,
)
from diagalim.report.profils_publics.published import (
    PUBLISHED,
    of_documents,
    published_here,
    published_table,
)
from diagalim.report.remontees.facts import (
    absence,
    of_change,
    of_places,
    of_reports,
    of_volumes,
    origin,
    series_reading,
    volumes_reading,
)
from diagalim.report.remontees.page import (
    comparability_table,
    completeness_table,
    obstacles_reading,
    obstacles_table,
    sheet_reading,
    sheet_table,
    tension_reading,
    tension_table,
    volumes_table,
)
from diagalim.report.remontees.series import series_figure, series_table
from diagalim.settings.words_file import words_of
from diagalim.sources.documents import read_published

SILENT, NOT_SENT = "non renseigné", "non reçue"
NO_LINE = all_lines([], collected_schema("remontee"))
SERIES = ["lignes", "remplies", "total", "plus_grande", "suivies", "indice"]


def series(*rows):
    """Rows: network, unit, period, then the columns of `SERIES`; every line is followed."""
    index = pd.MultiIndex.from_tuples([r[:3] for r in rows], names=["reseau", "unite", "periode"])
    table = pd.DataFrame([r[3:] for r in rows], index=index, columns=SERIES)
    followed = {"total_suivi": table["total"], "plus_grande_suivie": table["plus_grande"]}
    return shown_series(table.assign(**followed, plus_grande_autre=float("nan")))


@pytest.fixture
def write(as_shown):
    """Return what writes a table of this chapter as its page does."""
    return lambda key, table: as_shown("remontees", key, table)


@pytest.fixture
def chapter(tmp_path, monkeypatch):
    monkeypatch.setenv("DIAGALIM_RESULTS", str(tmp_path))
    return open_chapter("remontees", "exemple")


def test_a_sum_of_fewer_than_five_lines_is_hidden_with_its_index(write):
    shown = write("series", series_table(series(("A", "foyers", "2025-S1", 4, 4, 80, 30, 4, 100))))
    assert list(shown.iloc[0][["Déclaré", "Indice"]]) == [HIDDEN, HIDDEN]


def test_a_sum_that_one_line_makes_nearly_alone_is_hidden(write):
    shown = write("series", series_table(series(("A", "foyers", "2025-S1", 9, 9, 100, 86, 9, 100))))
    assert shown.iloc[0]["Déclaré"] == HIDDEN
    shown = write("series", series_table(series(("A", "foyers", "2025-S1", 9, 9, 100, 85, 9, 100))))
    assert shown.iloc[0]["Déclaré"] == "100\u00a0foyers"


def test_a_network_without_any_counter_is_silent_and_not_at_zero(write):
    none = float("nan")
    shown = write(
        "series", series_table(series(("A", "foyers", "2025-S1", 6, 0, none, none, 0, none)))
    )
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


def test_places_without_a_sheet_say_so(write):
    table = pd.DataFrame(
        {"2025-S1": [2, pd.NA]},
        index=pd.MultiIndex.from_tuples([("A", "S1"), ("A", "S2")]),
        dtype="Int64",
    )
    lines = pd.DataFrame({"id_site": ["S1"], "nom_site": ["Le Port"]})
    shown = write("remplis", completeness_table(table, lines))
    assert list(shown.index) == ["Le Port", "S2"]
    assert list(shown["2025-S1"]) == ["2 sur 4", NOT_SENT]


def evenly(tonnes: pd.DataFrame) -> pd.DataFrame:
    """Share the tonnes of each network between nine places, all alike."""
    return pd.concat({place: tonnes.fillna(0) / 9 for place in range(9)}).swaplevel()


def test_tonnes_that_one_place_makes_nearly_alone_are_hidden_with_what_gives_them_away():
    tonnes = pd.DataFrame({"t_achat": [9.0, 18.0], "t_don": [1.0, 9.0]}, index=["A", "B"])
    held = evenly(tonnes)
    held.loc["A", "t_don"] = [0.9, 0.1, *[0.0] * 7]
    shown = volumes_table(tonnes, pd.Series({"A": 9, "B": 9}), held)
    assert shown.loc["A", "t_don"] == HIDDEN
    assert HIDDEN in {shown.loc["A", "t_achat"], shown.loc["A", TOTAL]}
    assert shown.loc[TOTAL, TOTAL] == 37


def test_tonnes_of_a_network_of_few_places_are_hidden_and_so_is_what_gives_them_away():
    tonnes = pd.DataFrame(
        {"t_achat": [10.0, 20.0, 30.0], "t_don": [1.0, 2.0, 3.0]}, index=["A", "B", "C"]
    )
    shown = volumes_table(tonnes, pd.Series({"A": 4, "B": 9, "C": 9}), evenly(tonnes))
    assert list(shown.loc["A"]) == [HIDDEN] * 3
    assert (shown.drop(index="A")["t_achat"] == HIDDEN).any()


def test_the_sum_of_tonnes_leaves_silent_networks_out_and_names_them():
    none = float("nan")
    tonnes = pd.DataFrame({"t_achat": [10.0, none], "t_don": [1.5, none]}, index=["A", "B"])
    shown = volumes_table(tonnes, pd.Series({"A": 9, "B": 0}), evenly(tonnes))
    assert round(shown.loc[TOTAL, TOTAL], 1) == 11.5 and shown.loc["B"].isna().all()
    columns = words_of("remontees").montre["denrees"].colonnes
    assert {column.manquant for column in columns.values()} == {SILENT}


def profile(lines: int = 8, **counts):
    by_line = pd.DataFrame({field: [count / lines] * lines for field, count in counts.items()})
    return Profile("A", "2025-S1", pd.Series(counts), 8, lines, by_line)


def test_a_share_stands_beside_the_national_one_with_the_difference_in_points(write):
    one = profile(menage_seul=40, menage_monoparental=60)
    table = profiles_table([one], pd.Series({"menage_seul": 41.0}), {("A", "menage_seul")})
    shown = write("profil-menages", table)
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


def test_few_places_of_one_tension_are_hidden(write):
    lines = pd.DataFrame({"operateur": ["A"] * 9, "tension": ["forte"] * 7 + ["faible"] * 2})
    shown = write("tension", tension_table(lines))
    assert shown.loc["A", "Faible"] == HIDDEN and shown.loc["A", "Forte"] == HIDDEN
    assert shown.loc["A", "Modérée"] == "0"


def test_what_differs_between_two_networks_is_written_once(write):
    pairs = pd.DataFrame("unité", index=list("ABC"), columns=list("ABC"))
    shown = write("obstacles", obstacles_table(pairs))
    assert list(shown.index) == ["A", "B"] and list(shown.columns) == ["B", "C"]
    assert shown.loc["B", "B"] == "–" and shown.loc["A", "C"] == "unité"


def test_every_national_profile_names_its_source_and_is_to_be_checked():
    profiles = read_published("profils")
    assert (profiles["verification"] == "à vérifier").all() and (profiles["source"] != "").all()
    assert national_table(profiles).loc["Aidés depuis moins de deux ans", "valeur"][:3] == "env"
    assert national_shares(profiles, "ffba22").to_dict() == {
        "menage_seul": 41,
        "menage_monoparental": 31,
        "ressources_retraite": 17,
        "ressources_emploi": 17,
    }


def test_the_networks_of_the_documents_are_counted_and_never_added(tmp_path, monkeypatch, write):
    monkeypatch.setenv("DIAGALIM_RESULTS", str(tmp_path))
    chapter = open_chapter("remontees", "13")
    figures, documents = read_published("faits"), read_published("documents")
    published = published_here(figures, NO_LINE)
    quoted, given = of_documents(published, documents)
    chapter.state(quoted, **given)
    facts = chapter.facts
    assert facts["reseaux_non_additionnables"].value == 3
    assert facts["part_fruits_legumes"].text == "15\u00a0%"
    assert facts["revenu_median"].text == "565\u00a0€ par mois"
    assert {fact.nature for fact in facts if fact.id in PUBLISHED} == {"publié"}
    shown = write("publies", published_table(published, documents))
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
    chapter.state(of_reports({}, lines), **origin(lines))
    assert chapter.facts["reseaux_non_additionnables"].value == 2
    assert chapter.facts["reseaux_non_additionnables"].nature == "synthétique"
    assert "un même foyer peut être aidé par deux réseaux" in chapter.facts["refus_de_somme"].text


def test_no_change_is_told_when_every_network_is_hidden(chapter):
    values, given = of_change(series(("A", "foyers", "2025-S1", 3, 3, 30, 10, 3, 100)))
    chapter.state(values, **given)
    assert "evolution_suivie" not in chapter.facts
    assert words_of("remontees").fact("evolution_suivie").parfois
    assert "{" not in series_reading(chapter.facts)


def test_a_period_without_any_volume_is_silent_and_has_no_total(chapter):
    tonnes = pd.DataFrame({"t_achat": [float("nan")]}, index=["A"])
    table = volumes_table(tonnes, pd.Series({"A": 0}), evenly(tonnes))
    assert pd.isna(table.loc[TOTAL, TOTAL])
    chapter.state(of_volumes(tonnes, table), year="2025")
    assert "volume_total" not in chapter.facts and "{" not in volumes_reading(chapter.facts)


def test_the_foot_of_the_obstacles_counts_pairs_and_reads_the_first():
    names = ["A (foyers)", "B (passages)", "C (foyers)"]
    pairs = pd.DataFrame("unité", names, names)
    assert obstacles_reading(pairs) == (
        "3\u00a0paires de réseaux ; entre A (foyers) et B (passages) : unité"
    )
    assert obstacles_table(pairs.iloc[:1, :1]).empty and obstacles_reading(pairs.iloc[:1, :1]) == ""
    assert "deux réseaux" in words_of("remontees").montre["obstacles"].sans_ligne


def test_the_foot_of_the_sheet_counts_the_fields_it_cannot_do_without():
    fields = [
        {"title": "Lieu", "name": "lieu", "constraints": {"required": True}},
        {"title": "Note", "name": "note"},
    ]
    assert sheet_reading({"fields": fields}) == "sur 2 champs, obligatoires : 1"


def test_hidden_tonnes_give_no_total(chapter):
    tonnes = pd.DataFrame({"t_achat": [10.0]}, index=["A"])
    table = volumes_table(tonnes, pd.Series({"A": 3}), evenly(tonnes))
    assert table.loc[TOTAL, TOTAL] == HIDDEN
    assert of_volumes(tonnes, table)["volume_total"] is None


def test_without_any_sheet_nothing_is_stated_and_every_table_is_empty():
    matrix = comparability.comparability(NO_LINE)
    followed = shown_series(networks.network_series(NO_LINE))
    sent, tonnes = networks.completeness(NO_LINE), volumes.volumes(NO_LINE)
    food = volumes_table(tonnes, volumes.places_behind(NO_LINE), volumes.by_place(NO_LINE))
    households = profiles.latest_profiles(NO_LINE, comparability.HOUSEHOLDS)
    tables = {
        "comparabilite": comparability_table(matrix),
        "obstacles": obstacles_table(comparability.obstacles(matrix)),
        "series": series_table(followed),
        "recus": networks.received(sent),
        "remplis": completeness_table(sent, NO_LINE),
        "denrees": food,
        "profil-menages": profiles_table(households, pd.Series(dtype=float), set()),
        "tension": tension_table(NO_LINE),
    }
    assert all(table.empty for table in tables.values()) and series_figure(followed) is None
    assert all(words_of("remontees").montre[key].sans_ligne is not None for key in tables)
    assert {
        **of_reports({}, NO_LINE),
        **of_places(tables["recus"]),
        **of_volumes(tonnes, food),
    } == {}
    assert origin(NO_LINE) == {} and of_change(followed) == ({}, {})
    assert "trop peu" in tension_reading(tables["tension"])


def test_a_department_of_which_nothing_is_known_is_told_so_and_only_it():
    figures = read_published("faits")
    nothing = published_here(figures.iloc[:5], NO_LINE)
    assert nothing.empty and of_documents(nothing, read_published("documents")) == ({}, {})
    assert absence(NO_LINE, nothing)[0].startswith("**Non disponible**")
    assert absence(NO_LINE, published_here(figures, NO_LINE)) == []


def test_documents_are_not_quoted_where_networks_sent_their_sheets():
    assert published_here(read_published("faits"), pd.DataFrame({"operateur": ["A"]})).empty


def test_the_fields_of_the_sheet_are_written_with_what_they_ask(write):
    field = {"title": "Lieu", "name": "lieu", "constraints": {"required": True}, "description": "x"}
    shown = write("fiche", sheet_table({"fields": [field]}))
    assert shown.loc["Lieu (lieu)"].tolist() == ["oui", "–", "x"]
