"""A collected CSV is read whole or refused with everything that is wrong in it."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagalim.collected.inputs import collected_schema
from diagalim.sources.tables.collected import read_collected, without_private
from diagalim.sources.tables.tabular_problems import SHOWN
from diagalim.wording.problems import InputError

SCHEMA = {
    "fields": [
        {
            "name": "id",
            "type": "string",
            "title": "Identifiant",
            "example": "L01",
            "constraints": {"required": True, "unique": True, "pattern": r"L\d{2}"},
        },
        {
            "name": "taille",
            "type": "string",
            "constraints": {"enum": ["petite", "moyenne", "grande"]},
        },
        {"name": "jours", "type": "integer", "constraints": {"minimum": 0, "maximum": 7}},
        {"name": "tonnes", "type": "number", "constraints": {"minimum": 0}},
        {"name": "ouverture", "type": "date"},
        {"name": "double_de", "type": "string"},
        {"name": "mail", "type": "string", "donnee_personnelle": True,
         "constraints": {"pattern": r"\S+@\S+"}},
        {"name": "avis", "type": "string", "texte_libre": True},
    ],
    "missingValues": [""],
    "primaryKey": "id",
    "foreignKeys": [
        {"fields": ["double_de"], "reference": {"resource": "", "fields": ["id"]}}
    ],
}  # fmt: skip
HEADER = "id,taille,jours,tonnes,ouverture,double_de,mail,avis"
GOOD = "L01,petite,3,1.5,2025-03-17,,a@example.invalid,bon"


def written(tmp_path, *lines, name="lieux.csv", encoding="utf-8", end="\n"):
    path = tmp_path / name
    path.write_bytes((end.join(lines) + end).encode(encoding))
    return path


def read(tmp_path, *lines, **how):
    return read_collected(written(tmp_path, *lines, **how), SCHEMA)


def refusal(tmp_path, *lines, **how):
    with pytest.raises(InputError) as raised:
        read(tmp_path, *lines, **how)
    text = str(raised.value)
    assert str(tmp_path) not in text, "no path of the machine"
    return text


def row(**changes):
    cells = dict(zip(HEADER.split(","), GOOD.split(","), strict=True)) | {"id": "L02"} | changes
    return ",".join(cells.values())


def test_cells_come_out_typed_in_the_order_of_the_schema(tmp_path):
    table = read(tmp_path, HEADER, GOOD, "L02,,,,,L01,,")
    assert list(table) == HEADER.split(",")
    assert table["jours"].tolist() == [3, pd.NA]
    assert table["tonnes"].iloc[0] == 1.5
    assert table["ouverture"].iloc[0] == pd.Timestamp("2025-03-17")
    assert table["taille"].isna().tolist() == [False, True], "an empty cell is missing"


@pytest.mark.parametrize(
    "how",
    [
        {"encoding": "utf-8-sig"},
        {"end": "\r\n"},
        {"end": "\r"},
    ],
    ids=["byte order mark", "Windows lines", "old Mac lines"],
)
def test_ways_of_writing_that_have_one_meaning_are_read(tmp_path, how):
    assert read(tmp_path, HEADER, GOOD, **how)["id"].tolist() == ["L01"]


def test_semicolons_bring_decimal_commas_with_them(tmp_path):
    line = "L01;petite;3;1,5;17/03/2025;;;"
    table = read(tmp_path, HEADER.replace(",", ";"), line)
    assert table["tonnes"].iloc[0] == 1.5
    assert table["ouverture"].iloc[0] == pd.Timestamp("2025-03-17"), "a French date is a date"


def test_the_columns_may_come_in_another_order(tmp_path):
    table = read(tmp_path, "avis,mail,double_de,ouverture,tonnes,jours,taille,id",
                 "bon,,,,2,1,petite,L01")  # fmt: skip
    assert table["id"].iloc[0] == "L01" and table["tonnes"].iloc[0] == 2


def test_rows_of_separators_at_the_end_are_not_blank_rows(tmp_path):
    assert len(read(tmp_path, HEADER, GOOD, ",,,,,,,", "")) == 1


def test_text_that_looks_like_a_formula_or_a_tag_stays_text(tmp_path):
    texts = ["=2+3", "+cmd", "@SUM(A1)", "-1", "<script>alert(1)</script>"]
    lines = [row(id=f"L1{n}", avis=text) for n, text in enumerate(texts)]
    assert read(tmp_path, HEADER, *lines)["avis"].tolist() == texts


CASES = {
    "column missing": (
        [HEADER.replace(",avis", ""), GOOD.removesuffix(",bon")],
        ["en-tête", "une colonne « avis »", "ajouter la colonne « avis »"],
    ),
    "column renamed": (
        [HEADER.replace("ouverture", "Date ouverture"), GOOD],
        ["lu « Date ouverture »", "renommer « Date ouverture » en « ouverture »"],
    ),
    "column in capitals": (
        [HEADER.replace("taille", "TAILLE"), GOOD],
        ["renommer « TAILLE » en « taille »"],
    ),
    "column twice": (
        [HEADER + ",jours", GOOD + ",4"],
        ["lu « jours »", "chaque colonne une seule fois"],
    ),
    "column that no schema names": (
        [HEADER + ",note du soir", GOOD + ",x"],
        ["lu « note du soir »", "ni contrôlé ni protégé"],
    ),
    "no whole number": ([HEADER, row(jours="3.5")], ["ligne 2, colonne jours", "pas de décimale"]),
    "a number with its unit": ([HEADER, row(tonnes="12 kg")], ["enlever l'unité"]),
    "a number with blanks": ([HEADER, row(tonnes="1 200")], ["enlever les espaces"]),
    "a number that is a guess": ([HEADER, row(jours="environ 3")], ["écrire le nombre seul"]),
    "a decimal comma": ([HEADER, row(tonnes='"1,5"')], ["lu « 1,5 »", "le point comme marque"]),
    "not a number": ([HEADER, row(tonnes="NaN")], ["colonne tonnes", "un nombre"]),
    "infinite": ([HEADER, row(tonnes="INF")], ["lu « INF »", "un nombre"]),
    "a date that is none": ([HEADER, row(ouverture="31/02/2025")], ["n'existe pas au calendrier"]),
    "a year of two digits": ([HEADER, row(ouverture="17/03/25")], ["l'année en quatre chiffres"]),
    "a date in words": ([HEADER, row(ouverture="mars 2025")], ["une date", "laisser vide"]),
    "value near an accepted one": (
        [HEADER, row(taille="Petites")],
        ["lu « Petites »", "petite, moyenne, grande", "vouliez-vous « petite »"],
    ),
    "value far from all": ([HEADER, row(taille="xyz")], ["choisir une valeur de la liste"]),
    "too low": ([HEADER, row(jours="-1")], ["lu « -1 »", "au moins 0"]),
    "too high": ([HEADER, row(jours="8")], ["lu « 8 »", "au plus 7"]),
    "another form": ([HEADER, row(id="X1")], ["lu « X1 »", "la forme de L01"]),
    "required": ([HEADER, row(id="")], ["colonne id", "lu « vide »", "obligatoire"]),
    "twice": ([HEADER, GOOD, GOOD], ["ligne 3, colonne id", "une seule fois"]),
    "foreign key": (
        [HEADER, GOOD, row(double_de="L77")],
        ["ligne 3, colonne double_de", "lu « L77 »", "dans la colonne id"],
    ),
    "blank row": ([HEADER, GOOD, "", row()], ["ligne 3", "ligne vide"]),
    "ragged row": ([HEADER, GOOD, "L02,petite"], ["ligne 3", "2 champs", "8 champs"]),
    "header only": ([HEADER], ["aucune ligne sous l'en-tête"]),
    "empty": ([""], ["vide"]),
    "tabulations": ([HEADER.replace(",", "\t"), GOOD.replace(",", "\t")], ["tabulation"]),
    "bars": ([HEADER.replace(",", "|"), GOOD.replace(",", "|")], ["barre verticale"]),
    "quotes left open": ([HEADER, 'L01,"petite,3,1.5,,,,'], ["ligne 2", "guillemets"]),
}


@pytest.mark.parametrize("case", CASES)
def test_a_fault_is_said_with_its_place_and_its_remedy(tmp_path, case):
    lines, fragments = CASES[case]
    text = refusal(tmp_path, *lines)
    for fragment in ["lieux.csv", *fragments]:
        assert fragment in text.replace("la laisser vide", "laisser vide"), text
    assert text.count("\n") == 1, f"one fault, said once: {text}"


@pytest.mark.parametrize(
    ("content", "fragment"),
    [
        (f"{HEADER}\nL01,é,,,,,,\n".encode("cp1252"), "autre que UTF-8"),
        (f"{HEADER}\n{GOOD}\n".encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04" + bytes(40), "archive ou classeur"),
        (bytes(range(256)), "binaire"),
    ],
    ids=["Windows-1252", "UTF-16", "workbook", "binary"],
)
def test_what_is_no_text_in_utf8_is_refused_at_once(tmp_path, content, fragment):
    path = tmp_path / "lieux.csv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=fragment):
        read_collected(path, SCHEMA)


def test_all_faults_come_together_and_those_of_one_kind_are_counted(tmp_path):
    many = [row(id=f"L{n}", jours="9") for n in range(10, 52)]
    text = refusal(tmp_path, HEADER, *many, row(id="L99", taille="enorme"))
    assert f"et {42 - SHOWN} autres" in text
    assert text.count("au plus 7") == SHOWN
    assert "lu « enorme »" in text


def test_a_message_never_quotes_a_personal_or_a_free_text_column(tmp_path):
    text = refusal(tmp_path, HEADER, row(mail="Jeanne Personne"))
    assert "ligne 2, colonne mail" in text and "Jeanne" not in text
    assert "colonne personnelle" in text


def test_a_pattern_with_alternatives_holds_for_the_whole_cell(tmp_path):
    schema = {"fields": [{"name": "sorte", "type": "string",
                          "constraints": {"pattern": "text|integer"}}]}  # fmt: skip
    path = written(tmp_path, "sorte", "texto")
    with pytest.raises(InputError, match="lu « texto »"):
        read_collected(path, schema)


def test_a_key_of_several_columns_comes_once(tmp_path):
    schema = {
        "fields": [{"name": "liste", "type": "string"}, {"name": "code", "type": "string"}],
        "primaryKey": ["liste", "code"],
    }
    assert len(read_collected(written(tmp_path, "liste,code", "a,x", "a,y"), schema)) == 2
    path = written(tmp_path, "liste,code", "a,x", "a,x")
    with pytest.raises(InputError, match="ligne 2, colonne liste et ligne 3"):
        read_collected(path, schema)


def test_a_line_is_counted_as_an_editor_does_even_after_a_text_of_two_lines(tmp_path):
    text = refusal(tmp_path, HEADER, row(id="L03", avis='"deux\nlignes"'), row(jours="9"))
    assert "ligne 4, colonne jours" in text


def test_a_key_into_another_table_must_be_found_there(tmp_path):
    schema = {
        "fields": [{"name": "id_entretien", "type": "string"}],
        "foreignKeys": [
            {"fields": "id_entretien",
             "reference": {"resource": "entretiens", "fields": "id_entretien"}}
        ],
    }  # fmt: skip
    path = written(tmp_path, "id_entretien", "E001", "E009")
    known = {"entretiens": pd.DataFrame({"id_entretien": ["E001"]})}
    with pytest.raises(InputError, match="lu « E009 ».*présente dans « entretiens »"):
        read_collected(path, schema, known)
    assert len(read_collected(path, schema)) == 2, "the other table is optional"


def test_personal_and_free_text_columns_are_left_out_of_what_a_chapter_gets(tmp_path):
    table = without_private(read(tmp_path, HEADER, GOOD), SCHEMA)
    assert "mail" not in table and "avis" not in table and "taille" in table


plain_text = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=12
).map(str.strip)


@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["petite", "moyenne", "grande", ""]),
            st.one_of(st.none(), st.integers(0, 7)),
            st.one_of(st.none(), st.floats(0, 1e6, allow_nan=False).map(lambda x: round(x, 3))),
            st.one_of(st.none(), st.dates()),
            plain_text,
        ),
        min_size=1,
        max_size=8,
    )
)
def test_any_table_that_fits_its_schema_is_read_back_unchanged(tmp_path_factory, rows):
    table = pd.DataFrame(
        [
            {"id": f"L{n:02d}", "taille": size, "jours": days, "tonnes": tonnes,
             "ouverture": opened, "double_de": "", "mail": "", "avis": text}
            for n, (size, days, tonnes, opened, text) in enumerate(rows)
        ],
        dtype=object,
    )  # fmt: skip
    path = tmp_path_factory.mktemp("aller") / "lieux.csv"
    table.to_csv(path, index=False)
    back = read_collected(path, SCHEMA)
    for n, (size, days, tonnes, opened, text) in enumerate(rows):
        assert (back["taille"].iloc[n] if size else "") == size
        assert back["jours"].isna().iloc[n] if days is None else back["jours"].iloc[n] == days
        assert back["tonnes"].isna().iloc[n] if tonnes is None else back["tonnes"].iloc[n] == tonnes
        seen = back["ouverture"].iloc[n]
        assert pd.isna(seen) if opened is None else seen.date() == opened
        assert (back["avis"].iloc[n] if text else "") == text


HABILITATION = (
    "denomination,siret,rna,commune_siege,code_insee,type_habilitation,numero_arrete,"
    "date_arrete,date_fin,observation\nAssociation d'essai,{siret},{rna},Ambrelles,00018,"
    "nationale,A-1,2022-02-15,2027-02-14,\n"
)


@pytest.mark.parametrize("rna", ["w000000018", "W 000 000 018", "RNA W000000018"])
def test_a_register_number_is_read_whatever_its_letters_and_blanks(tmp_path, rna):
    path = tmp_path / "habilitations.csv"
    path.write_text(HABILITATION.format(siret="000 000 125 00013", rna=rna), encoding="utf-8")
    table = read_collected(path, collected_schema("habilitations"))
    assert table.loc[0, ["siret", "rna"]].tolist() == ["00000012500013", "W000000018"]


def test_a_number_of_alsace_moselle_is_refused_with_what_it_is(tmp_path):
    path = tmp_path / "habilitations.csv"
    path.write_text(HABILITATION.format(siret="", rna="vol. 178 folio 236"), encoding="utf-8")
    with pytest.raises(InputError, match="registre d'Alsace-Moselle n'est pas un RNA"):
        read_collected(path, collected_schema("habilitations"))
