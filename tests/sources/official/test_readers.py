"""Each reader on a few lines written by hand in the official format."""

from __future__ import annotations

import numpy as np
import openpyxl
import pytest

from diagalim.settings.registry import Edition, Pattern
from diagalim.settings.territory_file import load_territory
from diagalim.sources.datasets import read
from diagalim.sources.official import census
from diagalim.sources.registry import Resolved, find, load_sources, resolve
from diagalim.sources.tables.observations import wide
from diagalim.wording.problems import InputError


def value(table, code, variable):
    row = table[(table["code"] == code) & (table["variable"] == variable)]
    return row.iloc[0]


def test_the_decimal_comma_makes_a_number_and_not_a_code(put, territory):
    put("filosofi_iris")
    table, _ = read("filosofi_iris", territory)
    assert value(table, "130010102", "DISP_PPMINI21")["valeur"] == 4.5


def test_rows_of_other_departments_are_left_out(put, territory):
    put("filosofi_iris")
    table, _ = read("filosofi_iris", territory)
    assert set(table["code"]) == {"130010101", "130010102", "130010103"}


def test_the_rounding_of_a_rate_travels_with_it(put, territory):
    put("filosofi_iris")
    table, _ = read("filosofi_iris", territory)
    rate = value(table, "130010101", "DISP_TP6021")
    assert (rate["statut"], rate["demi_arrondi"]) == ("arrondi", 1.0)
    rate = value(table, "130010102", "DISP_TP6021")
    assert (rate["statut"], rate["demi_arrondi"]) == ("arrondi", 0.5)
    assert value(table, "130010101", "DISP_MED21")["demi_arrondi"] == 0.0


def test_a_withheld_value_is_missing_with_its_reason_and_never_zero(put, territory):
    put("filosofi_iris")
    table, _ = read("filosofi_iris", territory)
    hidden = value(table, "130010103", "DISP_TP6021")
    assert np.isnan(hidden["valeur"])
    assert (hidden["statut"], hidden["motif"]) == ("secret", "ns")


def test_an_empty_count_of_the_caf_is_a_secret_and_not_a_zero(put, territory):
    put("caf_rsa")
    table, _ = read("caf_rsa", territory)
    hidden = value(table, "130010102", "ARSAS")
    assert np.isnan(hidden["valeur"])
    assert (hidden["statut"], hidden["motif"]) == ("secret", "vide")


def rsa_of(year, territory):
    years = {**territory.millesimes, "caf_rsa": year}
    return read("caf_rsa", territory.model_copy(update={"millesimes": years}))[0]


def test_the_types_of_rsa_add_up_in_december_with_their_roundings(put, territory):
    put("caf_rsa_2023")
    row = value(rsa_of(2023, territory), "130010101", "ARSAS")
    assert (row["valeur"], row["statut"], row["demi_arrondi"]) == (55.0, "arrondi", 5.0)


def test_a_type_of_rsa_that_is_withheld_withholds_the_sum(put, territory):
    put("caf_rsa_2023")
    table = rsa_of(2023, territory)
    assert value(table, "130010102", "ARSAS")["statut"] == "secret"
    assert set(table["code"]) == {"130010101", "130010102"}, "no household without an IRIS"


def test_counts_that_are_not_multiples_of_five_are_taken_as_exact(put, territory):
    put("caf_rsa_2023", lambda text: text.replace("socle;40", "socle;41"))
    row = value(rsa_of(2023, territory), "130010101", "ARSAS")
    assert (row["valeur"], row["statut"], row["demi_arrondi"]) == (56.0, "observe", 0.0)


def test_a_month_that_the_open_data_lacks_is_asked_for(put, territory):
    put("caf_rsa_2023", lambda text: text.replace("2023-12", "2023-10"))
    with pytest.raises(InputError, match="lu « 202310, 202311 » ; attendu : décembre 2023"):
        rsa_of(2023, territory)


def test_the_index_keeps_its_parts_and_leaves_the_population_out(put, territory):
    put("population_iris")
    table, _ = read("ifn", territory)
    assert table[["code", "variable", "valeur"]].to_numpy().tolist() == [
        ["130010101", "SCORE GLOBAL", 101.5]
    ]


def test_declared_incomes_carry_their_own_rounding(data, territory):
    path = data / "insee" / "filosofi" / "BASE_TD_FILO_IRIS_2021_DEC.csv"
    path.parent.mkdir(parents=True)
    path.write_text(
        "IRIS;DEC_TP6021;DEC_INCERT21;DEC_MED21;DEC_D121;DEC_D921;DEC_PCHO21\n"
        "130010101;21,0;2;25000;5000;60000;2,0\n",
        encoding="utf-8",
    )
    rate = value(read("filosofi_iris_declare", territory)[0], "130010101", "DEC_TP6021")
    assert (rate["valeur"], rate["statut"], rate["demi_arrondi"]) == (21.0, "arrondi", 1.0)


def test_the_share_without_a_car_loses_its_numerical_noise(put, territory):
    put("sans_voiture")
    table, _ = read("sans_voiture", territory)
    assert value(table, "130010102", "sans_voiture")["valeur"] == 0.0


def test_a_commune_code_of_three_digits_gets_its_department(put, territory):
    put("populations_legales")
    table, _ = read("populations_legales", territory)
    assert dict(zip(table["code"], table["valeur"], strict=True)) == {
        "13001": 147478.0,
        "13002": 21490.0,
    }


def test_the_name_of_a_measure_may_end_with_a_blank(put, territory):
    put("population_iris")
    table, _ = read("population_iris", territory)
    assert wide(table)["population"].to_dict() == {"130010101": 2378.64, "130010102": 3000.0}


def test_a_file_with_a_byte_order_mark_and_windows_line_ends_reads_the_same(put, territory):
    put("caf_rsa")
    plain, _ = read("caf_rsa", territory)
    put("caf_rsa", lambda text: text.replace("\n", "\r\n"), encoding="utf-8-sig")
    marked, _ = read("caf_rsa", territory)
    assert plain.equals(marked)


def test_the_recent_census_layout_is_read_for_the_territory_only(tmp_path, territory):
    path = tmp_path / "base-ic-diplomes-formation-2022.CSV"
    diplomas = ("DIPLMIN", "BEPC", "CAPBEP", "BAC", "SUP2", "SUP34", "SUP5")
    path.write_text(
        "IRIS;COM;TYP_IRIS;LAB_IRIS;P22_POP1824;P22_SCOL1824;P22_NSCOL15P;"
        + ";".join(f"P22_NSCOL15P_{name}" for name in diplomas)
        + "\n130010101;13001;H;1;90.5;40.25;1000;400;100;150;100;100;100;50\n"
        "010010000;01001;Z;5;30;10;300;100;50;50;50;20;20;10\n",
        encoding="utf-8",
    )
    edition = Edition(millesime=2022, fichiers=[])
    pattern = Pattern(motif="", nature="officiel", format="base-ic")
    source = load_sources()["recensement_diplomes"]
    found = Resolved("recensement_diplomes", path, source, edition, pattern)
    table = wide(census.read_iris_table(found, territory))
    assert table.loc["130010101", ["P22_POP1824", "P22_NSCOL15P_DIPLMIN"]].tolist() == [90.5, 400.0]
    assert list(table.index) == ["130010101"]


def test_outlines_come_in_metres_sorted_by_code(outlines, put_outlines, territory):
    put_outlines(outlines.iloc[::-1].to_crs("EPSG:4326"))
    table, _ = read("contours_iris", territory)
    assert table.crs.to_epsg() == 2154
    assert list(table.index) == sorted(outlines["CODE_IRIS"])
    assert table.area.round(-3).tolist() == [1e6] * 3


def test_the_producers_file_wins_over_a_republished_one(data, put, territory):
    put("filosofi_iris")
    assert find("filosofi_iris", territory).nature == "repris"
    official = data / "filosofi_iris" / "BASE_TD_FILO_IRIS_2021_DISP.csv"
    official.parent.mkdir()
    official.write_bytes(put("filosofi_iris").read_bytes())
    found = resolve("filosofi_iris", territory)
    assert found.nature == "officiel"
    assert "secondaire" not in found.terms


def test_every_source_names_a_reader_that_exists_and_a_page():
    import importlib

    for name, source in load_sources().items():
        module, function = source.lecteur.rsplit(".", 1)
        assert callable(getattr(importlib.import_module(module), function)), name
        assert source.page.startswith("https://"), name


@pytest.mark.parametrize("name", sorted(load_sources()))
def test_every_source_has_the_vintage_that_the_territory_asks_for(name, territory):
    assert load_sources()[name].edition(territory.millesimes[name]) is not None


def test_a_producers_file_replaces_a_republished_one_of_another_folder(
    put, territory, tmp_path, monkeypatch
):
    from diagalim.sources import registry

    republished = put("filosofi_iris")
    fetched = tmp_path / "officiel"
    (fetched / "filosofi_iris").mkdir(parents=True)
    copy = fetched / "filosofi_iris" / republished.name
    copy.write_bytes(republished.read_bytes())
    folders = [republished.parents[2], fetched]
    monkeypatch.setattr(registry, "data_dirs", lambda **_: folders)
    found = registry.find("filosofi_iris", territory)
    assert found.path == copy and found.nature == "officiel"


def test_the_open_data_of_the_made_department_is_rounded_and_near_the_other_count():
    territory = load_territory("exemple")
    recent, older = rsa_of(2023, territory), rsa_of(2018, territory)
    assert set(recent["statut"]) == {"arrondi", "secret"}
    assert set(recent["code"]) == set(older["code"])
    both = wide(recent)["ARSAS"].dropna().index.intersection(wide(older)["ARSAS"].dropna().index)
    ratio = wide(recent)["ARSAS"][both].sum() / wide(older)["ARSAS"][both].sum()
    assert 0.9 < ratio < 1.15


def census_workbook(folder, suffix):
    path = folder / "recensement_logement" / f"base-ic-logement-2017.{suffix}"
    path.parent.mkdir()
    return path


def of_2017(territory):
    years = {**territory.millesimes, "recensement_logement": 2017}
    return territory.model_copy(update={"millesimes": years})


def test_the_older_census_workbook_is_read_under_its_five_lines_of_title(data, territory):
    book = openpyxl.Workbook()
    page = book.active
    page.title = "IRIS"
    for row in [["Logement en 2017"], [], [], [], ["Libellé"]]:
        page.append(row)
    page.append(["IRIS", "REG", "P17_RPMAISON", "P17_RPAPPART", "P17_RP_LOCHLMV"])
    page.append(["130010101", "93", 10.5, 90, 20])
    page.append(["010010000", "84", 1, 1, 1])
    book.save(census_workbook(data, "xlsx"))
    table = wide(read("recensement_logement", of_2017(territory))[0])
    assert table.to_dict("index") == {
        "130010101": {"P17_RPMAISON": 10.5, "P17_RPAPPART": 90.0, "P17_RP_LOCHLMV": 20.0}
    }


def test_the_older_census_workbook_in_the_old_excel_is_refused_with_what_to_do(data, territory):
    census_workbook(data, "xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(InputError, match=r"2017\.xls — .*« Classeur Excel \(\.xlsx\) »"):
        read("recensement_logement", of_2017(territory))


def test_a_reader_that_does_not_exist_is_a_slip_of_the_registry(put, territory):
    put("filosofi_iris")
    for named in ("diagalim.sources.official.filosofi.read_iriss", "diagalim.nowhere.read", "read"):
        with pytest.raises(InputError, match="data/sources.yml — clé filosofi_iris.lecteur"):
            read("filosofi_iris", territory, named)
