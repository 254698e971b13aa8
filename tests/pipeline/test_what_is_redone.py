"""Which changes re-run which chapters: each touches what depends on it, and nothing else."""

from __future__ import annotations

import pytest

from diagalim.wording.failures import BuildFailure
from diagalim.wording.problems import InputError

SITE = "livre"


def test_first_build_runs_every_chapter_after_those_it_reads(toy):
    ran = toy.build().ran
    assert sorted(ran) == ["accueil", "depart", SITE, "suite"]
    assert ran.index("depart") < ran.index("suite") < ran.index("accueil") < ran.index(SITE)
    assert "99 10 bleu" in toy.page()


def test_nothing_changed_means_nothing_redone(toy):
    toy.build()
    outcome = toy.build()
    assert outcome.ran == []
    assert sorted(outcome.kept) == ["accueil", "depart", SITE, "suite"]


def test_parameter_reruns_its_chapter_and_its_readers(toy):
    toy.build()
    toy.territory.chapitres = {"suite": {"couleur": "vert"}}
    assert sorted(toy.build().ran) == ["accueil", SITE, "suite"]
    assert "99 10 vert" in toy.page()


def test_parameter_of_the_first_chapter_reaches_all_its_readers(toy):
    toy.build()
    toy.territory.chapitres = {"depart": {"seuil": 4}}
    assert sorted(toy.build().ran) == ["accueil", "depart", SITE, "suite"]
    assert "99 40 bleu" in toy.page()


def test_parameter_without_effect_on_results_stops_at_its_chapter(toy):
    toy.rewrite("depart", "seuil * 10", "min(seuil, 1) * 10")
    toy.build()
    toy.territory.chapitres = {"depart": {"seuil": 2}}
    assert toy.build().ran == ["depart"]


def test_words_beside_a_notebook_rerun_its_chapter_and_a_slip_stops_at_once(toy):
    words = toy.folders.words("depart")
    words.write_text("faits: {a: {libelle: A, choix: true}}\n", encoding="utf-8")
    toy.build()
    words.write_text("faits: {a: {libelle: B, choix: true}}\n", encoding="utf-8")
    assert "depart" in toy.build().ran
    words.write_text("faits: {a: {libelle: 'B {b}', choix: true}}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"notebooks/depart\.yml.*clé faits\.a\.libelle.*« b »"):
        toy.build()


def test_key_of_the_territory_reruns_only_who_declares_it(toy):
    toy.build()
    toy.territory.score = {"revenu": 2}
    assert "suite" not in toy.build().ran


def test_undeclared_key_of_the_territory_redoes_nothing(toy):
    toy.build()
    toy.territory.nom = "Autre nom"
    assert toy.build().ran == []


def test_title_of_the_territory_remakes_the_site_only(toy):
    toy.build()
    toy.territory.titre = "Autre titre"
    assert toy.build().ran == [SITE]


def test_file_found_at_another_origin_remakes_the_site_for_its_banner(toy):
    toy.build()
    toy.nature = "repris"
    assert toy.build().ran == [SITE]


def test_official_file_reruns_the_chapters_that_read_it(toy):
    toy.build()
    (toy.root / "officiel" / "mesures.csv").write_text("a;b\n3;4\n", encoding="utf-8")
    assert "depart" in toy.build().ran
    assert toy.build().ran == []


def test_prose_remakes_the_site_only(toy):
    toy.build()
    (toy.root / "book" / "note.md").write_text("# Note\n", encoding="utf-8")
    assert toy.build().ran == [SITE]


def test_lost_result_is_made_again(toy):
    toy.build()
    toy.folders.manifest("suite").unlink()
    assert "suite" in toy.build().ran


def test_lost_site_is_made_again(toy):
    toy.build()
    (toy.folders.site / "edition.json").unlink()
    assert toy.build().ran == [SITE]


def test_force_redoes_everything(toy):
    toy.build()
    assert len(toy.build(force=True).ran) == 4


def test_one_chapter_brings_those_it_reads_and_no_site(toy):
    assert toy.build(only=["suite"]).ran == ["depart", "suite"]
    assert not toy.folders.site.exists()


def test_unknown_chapter_is_named(toy):
    with pytest.raises(BuildFailure, match="Chapitre inconnu : « sortie »"):
        toy.build(only=["sortie"])


def test_unknown_parameter_is_refused_before_anything_runs(toy):
    toy.territory.chapitres = {"depart": {"seuill": 2}, "autre": {}}
    with pytest.raises(InputError) as refused:
        toy.build()
    text = str(refused.value)
    assert "clé chapitres.depart.seuill" in text and "vouliez-vous « seuil »" in text
    assert "clé chapitres.autre" in text
    assert not toy.folders.build.exists()


def test_undeclared_import_is_refused_with_its_remedy(toy):
    toy.rewrite("depart", "import json, os", "import diagalim.workspace.paths, json, os")
    with pytest.raises(BuildFailure, match="importe diagalim.workspace.paths sans le déclarer"):
        toy.build()


def test_undeclared_reading_of_results_fails(toy):
    toy.rewrite("suite", "depart.json", "../../results/accueil/x.json")
    with pytest.raises(BuildFailure):
        toy.build()


def test_wrong_input_stops_before_anything_is_written(toy):
    from diagalim.pipeline.progress import Journal
    from diagalim.pipeline.run import build_report
    from diagalim.wording.problems import Problem

    problem = Problem("mesures.csv", "colonne b", "x", "un nombre", "corriger")
    inputs = toy.inputs(check_inputs=lambda territory: [problem])
    with pytest.raises(InputError, match="mesures.csv — colonne b"):
        build_report("99", journal=Journal(quiet=True), inputs=inputs)
    assert not toy.folders.build.exists()
