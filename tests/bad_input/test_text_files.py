"""Official text files spoilt one way at a time: what ``diagalim check`` answers to each."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

FILOSOFI = "filosofi_iris/BASE_TD_FILO_IRIS_2021_DISP.csv"
FILOSOFI_COMMUNES = "filosofi_communes/cc_filosofi_2021_COM.csv"
CENSUS = "recensement_population/base-ic-evol-struct-pop-2022.CSV"
RSA = "caf/caf_arsas_iris.csv"
CARLESS = "insee/recensement/rp2020_iris_data_perc_voit.csv"
LEGAL = "populations_legales/donnees_communes.csv"
BELONG = "insee/communes/table_iris_insee_epci.csv"
MODES = "insee/recensement/rp2018_modes_transport_iris_centroides.csv"


def instead(old, new, count=-1):
    return lambda text: text.replace(old, new, count)


def lines(change):
    """Change the list of lines under the header."""

    def whole(text):
        header, *rows = text.splitlines()
        return "\n".join([header, *change(rows)]) + "\n"

    return whole


def cell(column, value, separator=";", where=lambda code: True):
    """Put a value in a column, in the rows whose cells answer to ``where``."""

    def whole(text):
        header, *rows = [line.split(separator) for line in text.splitlines()]
        k = header.index(column)
        changed = [r[:k] + [value] + r[k + 1 :] if where(r) else r for r in rows]
        return "\n".join(separator.join(r) for r in [header, *changed]) + "\n"

    return whole


def at(code):
    """Rows that hold a code."""
    return lambda row: code in row


def without(column, separator):
    def whole(text):
        rows = [line.split(separator) for line in text.splitlines()]
        k = rows[0].index(column)
        return "\n".join(separator.join(r[:k] + r[k + 1 :]) for r in rows) + "\n"

    return whole


def as_zip(text):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("caf_arsas_iris.csv", text)
    # bytes that the study writes as they are
    return packed.getvalue().decode("latin-1")


REFUSED = {
    "another separator": (
        FILOSOFI,
        instead(";", "\t"),
        ["en-tête", "séparateur tabulation", "séparateur point-virgule « ; »"],
    ),
    "another decimal mark is one fault of the file": (
        FILOSOFI,
        instead(",", "."),
        ["ligne 3, colonne DISP_TP6021 (et ", "colonnes en tout)", "« , » comme marque décimale"],
    ),
    "another decimal mark in one cell": (
        CARLESS,
        cell("perc_voit", '"0,52"', ",", at("000010000")),
        ["ligne 2, colonne perc_voit : lu « 0,52 »", "le fichier utilise « , »"],
    ),
    "a column of another year": (
        FILOSOFI,
        instead("DISP_MED21", "DISP_MED20"),
        ["une colonne « DISP_MED21 »", "la colonne « DISP_MED20 » lui ressemble", "millésime"],
    ),
    "a column missing": (
        RSA,
        without("ARSAS", ","),
        ["une colonne « ARSAS »", "rétablir ce nom de colonne"],
    ),
    "a column doubled": (
        CARLESS,
        lambda t: re.sub(r"(?m)^(.*),(.*)$", r"\1,\2,\2", t),
        ["perc_voit", "chaque colonne une seule fois"],
    ),
    "codes written as numbers": (
        RSA,
        cell("CODE_IRIS", "690010101.0", ",", at("000040101")),
        ["« 690010101.0 »", "lu comme un nombre :", "sans passer par un tableur"],
    ),
    "codes that lost their zeros": (
        FILOSOFI,
        cell("IRIS", "40101", ";", at("000040101")),
        ["colonne IRIS : lu « 40101 »", "(zéro perdu)"],
    ),
    "all codes without their zeros": (
        CENSUS,
        lambda t: re.sub(r"(?m)^0+(?=\d)", "", t),
        ["(zéro perdu)", "(et 295 autres du même genre)"],
    ),
    "a code too long lost no zero": (
        FILOSOFI,
        cell("IRIS", "0000401010", ";", at("000040101")),
        ["lu « 0000401010 »", "un code de cette colonne a 9 caractères"],
    ),
    "codes in scientific notation": (
        RSA,
        cell("CODE_IRIS", "4.01E+04", ",", at("000040101")),
        ["lu « 4.01E+04 »", "lu comme un nombre :"],
    ),
    "an IRIS twice": (
        FILOSOFI,
        lines(lambda rows: [*rows, rows[0]]),
        ["lignes 2, ", "une seule fois", "supprimer l'autre"],
    ),
    "IRIS that no outline draws": (
        RSA,
        lines(lambda rows: [*rows, *(f"9,0009901{k},000055001,12.0" for k in range(10, 30))]),
        ["20 codes d'IRIS : lu « 000990110, 000990111, 000990112, … »", "même géographie"],
    ),
    "another department": (
        FILOSOFI,
        lambda t: re.sub(r"(?m)^00", "69", t),
        ["au moins une ligne dont le code commence par 00"],
    ),
    "IRIS of two years in one file": (
        CENSUS,
        lambda t: re.sub(r"(?m)^(000(?:04|11|18))01(\d\d);", r"\g<1>09\2;", t),
        ["codes d'IRIS hors des contours, et", "; sans ligne : 00004", "deux géographies mêlées"],
    ),
    "IRIS of another year altogether": (
        CARLESS,
        lambda t: re.sub(r"(?m)^(0\d{4})\d{4}", r"\g<1>9999", "\n".join(t.splitlines()[:2]) + "\n"),
        ["code d'IRIS", "aucun code n'est celui d'un contour"],
    ),
    "a city half whole, half in districts": (
        LEGAL,
        lambda t: re.sub(r"(?m)^(.*;)202(;.*)$", r"\g<1>055\2", t),
        [
            "ville 00055 : 1 arrondissements sans ligne",
            "la commune entière (00055) et 9 arrondissements ; sans ligne : 00202",
            "deux découpages sont mêlés",
        ],
    ),
    "a city whole where its districts are drawn": (
        FILOSOFI_COMMUNES,
        lines(lambda rows: [row for row in rows if not row.startswith("002")]),
        ["ville 00055 : 10 arrondissements sans ligne", "la commune entière (00055) ;"],
    ),
    "an empty file": (RSA, lambda t: "", ["fichier : lu « vide »", "télécharger de nouveau"]),
    "blanks only": (RSA, lambda t: "\n \n\t\n", ["fichier : lu « vide »"]),
    "a header and nothing under it": (
        FILOSOFI,
        lines(lambda rows: []),
        ["aucune ligne sous l'en-tête"],
    ),
    "a sentence in a column of numbers": (
        FILOSOFI,
        cell("DISP_MED21", "environ 27000", ";", at("000040102")),
        ["ligne 3, colonne DISP_MED21 : lu « environ 27000 »", "corriger la cellule"],
    ),
    "a rate above one hundred": (
        FILOSOFI,
        cell("DISP_TP6021", "150,0", ";", at("000040102")),
        ["ligne 3, colonne DISP_TP6021 : lu « 150,0 »", "entre 0 et 100"],
    ),
    "people fewer than nobody": (
        CENSUS,
        cell("P22_POP", "-3", ";", at("000040101")),
        ["ligne 3, colonne P22_POP : lu « -3 »", "entre 0 et"],
    ),
    "nobody anywhere": (
        CENSUS,
        cell("P22_POP", "0"),
        ["colonne P22_POP : lu « 0 habitant dans les 300 IRIS »"],
    ),
    "people not told": (
        CENSUS,
        cell("P22_POP", "", ";", at("000040101")),
        ["colonne P22_POP, 1 IRIS dont 000040101 : lu « vide »"],
    ),
    "the words of a program for no number": (
        CENSUS,
        cell("P22_POP", "NaN", ";", at("000040101")),
        ["colonne P22_POP : lu « NaN »", "la laisser vide"],
    ),
    "the word of a program for no bound": (
        FILOSOFI,
        cell("DISP_MED21", "-inf", ";", at("000040102")),
        ["colonne DISP_MED21 : lu « -inf »"],
    ),
    "a number that no computer holds": (
        CARLESS,
        cell("perc_voit", "1e999", ",", at("000010000")),
        ["colonne perc_voit : lu « 1e999 »"],
    ),
    "cut in the middle of a line": (
        FILOSOFI,
        lambda t: t[: len(t) // 2],
        ["champs »", "30 champs, comme l'en-tête"],
    ),
    "cut between two lines": (
        FILOSOFI,
        lines(lambda rows: rows[:100]),
        ["IRIS d'habitat sans ligne sur", "sans doute tronqué"],
    ),
    "communes cut between two lines": (
        LEGAL,
        lines(lambda rows: rows[3:]),
        ["3 communes et arrondissements sans ligne sur 41", "sans doute tronqué"],
    ),
    "a quote that is never closed": (
        BELONG,
        instead(",Ambrelles,", ',"Ambrelles,', 1),
        ["ligne 2", "vérifier les séparateurs et les guillemets de cette ligne"],
    ),
    "a field without end": (
        BELONG,
        instead(",Ambrelles,", f',"{"très " * 50_000}long",', 1),
        ["ligne 2 : lu « un champ de plus de 131\u202f072 caractères »", "guillemet"],
    ),
    "a value without end is quoted in part": (
        FILOSOFI,
        cell("DISP_MED21", "9a" * 5_000, ";", at("000040102")),
        ["lu « 9a9a", "a9… »"],
    ),
    "a value that commands the terminal": (
        FILOSOFI,
        cell("DISP_MED21", "\x1b[2J27000", ";", at("000040102")),
        ["lu « \\x1b[2J27000 »"],
    ),
    "bytes of something else": (RSA, lambda t: "\x00\x01\x02" + t, ["contenu binaire"]),
    "nothing but zeros": (RSA, lambda t: "\x00" * 1000, ["contenu binaire"]),
    "an EPCI that nothing names": (
        BELONG,
        cell("EPCI", "999999999", ",", at("000010000")),
        ["clé epci : lu « 999999999 non nommé »"],
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_spoilt_text_file_is_refused_in_words_that_mend_it(case, study, refused):
    place, change, fragments = REFUSED[case]
    study.text(place, change)
    named = "data/territories/exemple.yml" if "clé " in fragments[0] else place.rsplit("/", 1)[1]
    refused(named, fragments)


@pytest.mark.parametrize(
    ("encoding", "seen"),
    [("cp1252", "encodage autre que UTF-8"), ("utf-16", "encodage UTF-16")],
)
def test_another_encoding_is_named_with_its_place(encoding, seen, study, refused):
    study.text(LEGAL, instead("l'Étang", "l'Etang — Étang"), encoding)
    refused("donnees_communes.csv", [seen, "CSV UTF-8"])


def test_an_archive_under_the_name_of_its_text_is_told(study, refused):
    study.text(RSA, as_zip, "latin-1")
    refused("caf_arsas_iris.csv", ["archive ou classeur", "décompresser l'archive"])


def spaced(separator):
    return lambda text: "\n".join(
        separator.join(f"{part}  " for part in line.split(separator)) for line in text.splitlines()
    )


def quoted(text):
    rows = [line.split(",") for line in text.splitlines()]
    return "\n".join(",".join(f'"{part}"' for part in row) for row in rows) + "\n"


ACCEPTED = {
    "a byte order mark": (LEGAL, lambda t: "\ufeff" + t),
    "ends of line of Windows": (FILOSOFI, instead("\n", "\r\n")),
    "ends of line of old Macs": (FILOSOFI, instead("\n", "\r")),
    "no end to the last line": (FILOSOFI, lambda t: t.rstrip("\n")),
    "blank lines": (CENSUS, instead("\n", "\n\n")),
    "blanks after each cell": (FILOSOFI, spaced(";")),
    "every field in quotes": (RSA, quoted),
    "an end of line inside quotes": (BELONG, instead(",Ambrelles,", ',"Ambrelles\n(commune)",')),
    "columns in another order": (
        CARLESS,
        lambda t: "\n".join(",".join(reversed(line.split(","))) for line in t.splitlines()),
    ),
    "columns that nobody reads": (CARLESS, lambda t: re.sub(r"(?m)$(?=\n)", ",x", t)),
}


@pytest.mark.parametrize("case", ACCEPTED)
def test_a_text_file_that_only_looks_odd_is_read(case, study, accepted):
    place, change = ACCEPTED[case]
    study.text(place, change)
    accepted()


def test_a_line_is_named_by_where_it_begins(study, refused):
    study.text(BELONG, instead(",Ambrelles,", ',"Ambrelles\n(commune)",'))
    study.text(BELONG, cell("CODE_IRIS", "x", ",", at("000040101")))
    refused("table_iris_insee_epci.csv", ["ligne 4, colonne CODE_IRIS"])


def test_no_wrong_file_hides_another(study, refused):
    study.text(FILOSOFI, cell("DISP_MED21", "cher", ";", at("000040102")))
    study.text(RSA, lambda t: "")
    study.text(CARLESS, instead("perc_voit", "perc_velo"))
    study.text(LEGAL, instead(";", "|"))
    study.text("exemple.yml", instead("graine:", "graines:"))
    answer = study.check()
    assert answer.code == 2 and "graines" in answer.text
    study.text("exemple.yml", instead("graines:", "graine:"))
    answer = refused("caf_arsas_iris.csv", ["4 problèmes", "dans 4 fichiers"])
    assert {problem.file for problem in answer.problems} == {
        "BASE_TD_FILO_IRIS_2021_DISP.csv",
        "caf_arsas_iris.csv",
        "rp2020_iris_data_perc_voit.csv",
        "donnees_communes.csv",
    }
    heads = [line for line in answer.text.splitlines() if line.endswith(".csv")]
    assert len(heads) == 4, "each file once, its problems under it"


def test_a_lost_column_is_not_taken_for_a_column_that_is_there(study, refused):
    study.text(CENSUS, instead("P22_POP0305", "autre"))
    answer = refused("base-ic-evol-struct-pop-2022.CSV", ["une colonne « P22_POP0305 »"])
    assert "lui ressemble" not in answer.text
