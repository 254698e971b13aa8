"""The page of downloads says what there is, and shows names of data as text."""

from __future__ import annotations

import pandas as pd
import pytest

from diagalim.chapter import figures
from diagalim.chapter.chapter import open_chapter
from diagalim.chapter.facts import Fact, Facts
from diagalim.downloads import offered
from diagalim.downloads.offered import Offered, facts_of
from diagalim.report.donnees import page


def fact(**changed) -> Fact:
    given = {
        "id": "nb", "label": "IRIS", "value": 3.0, "unit": "", "decimals": 0, "year": "2021",
        "nature": "officiel", "source": "Insee", "notebook": "score",
    }  # fmt: skip
    return Fact(**{**given, **changed})


class _Reader:
    """A chapter that reads facts and tables laid before it."""

    def __init__(self, code, facts, tables=None):
        self._facts, self._tables = facts, tables or {}
        self.territory = open_chapter("donnees", code).territory
        self.plan = open_chapter("donnees", code).plan.model_copy(update={"lit": list(facts)})

    def facts_of(self, name):
        return Facts(self._facts[name])

    def table(self, chapter, name):
        return self._tables[name]


@pytest.fixture
def shown(monkeypatch):
    texts = []
    monkeypatch.setattr(page, "display", lambda html: texts.append(html.data))
    return texts


@pytest.fixture
def one(ready, fields, schema, notice):
    said = notice(title="<b>Essai</b>", source="<script>alert(1)</script>")
    why = {"Habitants": "« Population » (licence non précisée)"}
    return Offered("essai", "diagalim_00_essai", ready, fields, schema, said, why)


def test_an_entry_names_each_file_with_form_and_size_and_escapes_the_rest(one, shown):
    sizes = {name: len(content) for name, content in one.files().items()}
    page.show_tables([one], sizes)
    for name in ("essai.csv", "essai.xlsx", "essai.schema.json"):
        assert f'href="../../telechargements/diagalim_00_{name}"' in shown[0]
    assert "dictionnaire.html#dict-publie-essai" in shown[0]
    assert "<script>" not in shown[0] and "<b>" not in shown[0]


def test_a_column_left_out_is_named_with_its_reason(one, shown):
    page.show_withheld([one])
    assert "Habitants" in shown[0] and "licence non précisée" in shown[0]
    assert "115" in shown[0], "whoever looks for food is told where to ask"


@pytest.mark.parametrize(
    ("size", "said"), [(900, "900 octets"), (25_225, "25 ko"), (1_093_632, "1,1 Mo")]
)
def test_sizes_are_said_as_readers_know_them(size, said):
    assert page.weight(size).replace("\u00a0", " ") == said


def test_figures_quoted_are_one_line_each_and_a_name_is_no_figure():
    facts = [
        fact(interval=(2.0, 4.0), certainty="exact"),
        fact(id="fourchette", value="entre 18,3 et 19,0 %"),
        fact(id="ville", value="Marseille"),
        fact(id="fichier_territoire", value="data/territories/13.yml"),
    ]
    lines = facts_of(_Reader("13", {"score": facts})).table.set_index("id")
    assert list(lines.index) == ["fourchette", "nb"]
    assert lines.loc["nb", ["valeur", "bas", "haut"]].tolist() == [3, 2, 4]
    assert lines.loc["fourchette", "texte"] == "entre 18,3 et 19,0 %"
    assert pd.isna(lines.loc["fourchette", "valeur"])


def score_table():
    return pd.DataFrame(
        {
            "nom": ["A", "B"], "commune": ["Ville", "Ville"], "code_commune": ["13001", "13001"],
            "type_iris": ["H", "A"], "population": [10.0, 20.0], "statut": ["note", "non_note"],
            "motif": ["", "secret"], "classe": [1.0, None], "score": [12.0, None],
            "rang": [1.0, None], "rang_bas": [1.0, None], "rang_haut": [4.5, None],
            "p_decile": [0.97, None], "mot": ["assuré", None], "incidences": [["x"], []],
        },
        index=pd.Index(["130010101", "130010102"], name="code_iris"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("code", "source", "there"),
    [
        ("13", "population_iris", False),
        ("13", "recensement_population", True),
        ("exemple", "population_iris", True),
    ],
)
def test_inhabitants_go_out_only_when_their_licence_allows_it(code, source, there, monkeypatch):
    monkeypatch.setattr(
        offered,
        "published_schemas",
        lambda: [form for form in PUBLISHED if form.key == "score_iris"],
    )
    facts = [
        fact(id="places_medianes", datasets=(("filosofi_iris", "Filosofi"), (source, "P"))),
        fact(id="population_totale", datasets=((source, "P"),)),
    ]
    reader = _Reader(code, {"score": facts}, {"iris": score_table()})
    (only,) = offered.published(reader)
    assert ("population" in only.table) is there
    assert ("Habitants au recensement" in only.withheld) is not there
    assert ("aucune valeur n'en est donnée" in only.notice.remark) is not there
    assert only.stem.startswith("fictif_00_" if code == "exemple" else "diagalim_13_")


PUBLISHED = offered.published_schemas()


def test_what_a_chapter_cannot_state_is_not_offered():
    names = {form.schema["chapitre"] for form in PUBLISHED} - {""}
    assert offered.published(_Reader("13", {name: [] for name in names})) == []


def test_real_documents_are_not_offered_under_a_fictitious_name():
    facts = {form.schema["chapitre"]: [] for form in PUBLISHED if form.schema["chapitre"]}
    facts["chiffres"] = [fact(id="nb_chiffres")]
    assert offered.published(_Reader("exemple", facts)) == []


@pytest.fixture
def chapter(tmp_path, monkeypatch):
    monkeypatch.setenv("DIAGALIM_RESULTS", str(tmp_path))
    made = open_chapter("donnees", "exemple")
    made.state({"nb_tableaux": 6, "nb_images": 11, "nb_cites": 290}, year="2026")
    return made


def test_a_figure_waits_for_its_foot_and_takes_it_as_plain_text(chapter, tmp_path, monkeypatch):
    monkeypatch.setattr("diagalim.chapter.showing.drawn", lambda figure: b"png")
    chapter.keep_figure("fig-essai", None)
    with pytest.raises(ValueError, match="without a foot: fig-essai"):
        chapter.close()
    chapter.foot_published(reading="une", scope="deux", source="<i>trois</i>", certainty="quatre")
    chapter.close()
    kept = figures.read_figures(tmp_path / "donnees" / "figures")
    assert list(kept) == ["fig-essai"] and kept["fig-essai"].png == b"png"
    assert list(kept["fig-essai"].foot) == ["Lecture", "Champ", "Source", "Certitude"]
    assert kept["fig-essai"].foot["Source"] == "<i>trois</i> (nature\u00a0: publié)."


def test_a_file_is_handed_out_once_and_stands_in_the_results(chapter, tmp_path):
    chapter.hand_out("essai.csv", b"a\n")
    with pytest.raises(ValueError, match=r"already hands out a file named 'essai\.csv'"):
        chapter.hand_out("essai.csv", b"b\n")
    chapter.close()
    assert (tmp_path / "donnees" / "telechargements" / "essai.csv").read_bytes() == b"a\n"


def test_the_table_of_the_example_is_as_untidy_as_real_ones(kept):
    assert kept["nom"].isna().any()
