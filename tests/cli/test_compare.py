"""`diagalim compare`: two small runs as the chapter writes them, and all that can go wrong."""

from __future__ import annotations

import shutil

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from typer.testing import CliRunner

from diagalim.analysis.score import rules
from diagalim.analysis.score.classes import quantile_classes
from diagalim.analysis.score.composite import Weights
from diagalim.chapter.facts import Fact, Facts
from diagalim.cli.commands import app
from diagalim.settings.indicators_file import load_indicators
from diagalim.settings.territory_file import load_territory, parse_territory
from diagalim.sources.goalposts import read_goalposts
from diagalim.workspace.paths import project_root
from diagalim.workspace.results import write_manifest

COUNT = 60
REGISTRY = load_indicators()
FICTITIOUS = load_territory("exemple")


def compare(*words):
    done = CliRunner().invoke(app, ["compare", *map(str, words)])
    return done.exit_code, " ".join(
        done.output.replace("\u00a0", " ").replace("\u202f", " ").split()
    )


def raw_values(seed=1):
    rng = np.random.default_rng(seed)
    common = rng.normal(size=COUNT)
    codes = pd.Index([f"0000{1 + n // 20}{n:04d}" for n in range(COUNT)], name="code_iris")
    names = Weights.of(FICTITIOUS.score).names
    signs = [REGISTRY.indicateurs[name].sens for name in names]
    table = {
        name: 50 + sign * 10 * (common + rng.normal(size=COUNT))
        for name, sign in zip(names, signs, strict=True)
    }
    return pd.DataFrame(table, codes)


def scored(raw, territory=FICTITIOUS):
    everyone = pd.Series(True, raw.index)
    return rules.scored(raw, everyone, rules.ScoreRules.of(territory, REGISTRY))


def leave(folder, raw, territory=FICTITIOUS, names=None, width=None):
    """Write the results of a run of the score, as the chapter does.

    ``width``: places on each side of a rank that its interval holds; None for no interval.
    """
    inside = folder / "score"
    inside.mkdir(parents=True)
    result = scored(raw, territory)
    small = np.arange(len(raw)) == 0  # a whole commune of few people, scored all the same
    iris = gpd.GeoDataFrame(
        {
            "nom": names or [f"Quartier {code}" for code in raw.index],
            "commune": [f"Ville {code[4]}" for code in raw.index],
            "code_commune": raw.index.str[:5],
            "population": np.where(small, 120.0, 1000.0),
            "type_iris": np.where(small, "Z", "H"),
            "score": result.score,
            "rang": result.rank,
            "classe": quantile_classes(result.score, 5),
        },
        geometry=[shapely.box(n, 0, n + 1, 1) for n in range(len(raw))],
        index=raw.index,
        crs="EPSG:2154",
    )
    iris.to_parquet(inside / "iris.geoparquet")
    long = raw.rename_axis(columns="indicateur").stack().rename("valeur").reset_index()
    long.to_parquet(inside / "valeurs.parquet")
    said = {"fichier_territoire": territory.file, "annees_donnees": "2016 à 2021"}
    facts = [Fact(key, key, text, "", 0, "", "officiel", "", "score") for key, text in said.items()]
    Facts(facts).write(inside / "facts.json")
    if width is not None:
        ends = {"rang_bas": result.rank - width, "rang_haut": result.rank + width}
        certainty = pd.DataFrame({"rang": result.rank, **ends}).rename_axis("code_iris")
        certainty.reset_index().to_parquet(inside / "certitude.parquet")
    write_manifest(inside)
    return folder


@pytest.fixture
def before(tmp_path):
    return leave(tmp_path / "avant", raw_values())


def test_a_run_and_itself_do_not_differ(before):
    code, text = compare(before, before / "score")
    assert code == 0
    assert "les mêmes des deux côtés" in text and "60 IRIS notés des deux côtés" in text
    assert "déplacement médian de 0 place" in text and "Score à bornes fixes" not in text


def test_quiet_says_nothing(before):
    assert compare(before, before, "-q") == (0, "")


def test_other_weights_move_ranks_and_not_values(before, tmp_path):
    text = (project_root() / "data/territories/exemple.yml").read_text(encoding="utf-8")
    other = parse_territory(text.replace("taux_pauvrete: 1", "taux_pauvrete: 9"), FICTITIOUS.file)
    after = leave(tmp_path / "apres", raw_values(), other)
    code, said = compare(before, after)
    assert code == 0 and "ce qui bouge vient du calcul" in said
    assert "Le plus grand : Quartier" in said and "Communes dont les IRIS" in said


def test_progress_shared_by_all_shows_against_fixed_bounds_only(before, tmp_path):
    better = raw_values()
    better["taux_pauvrete"] -= 5
    after = leave(tmp_path / "apres", better)
    code, text = compare(before, after)
    assert code == 0 and "1 indicateur sur" in text and "taux de pauvreté (60 IRIS)" in text
    assert "déplacement médian de 0 place" in text
    assert "plus exposés qu'avant : 0 IRIS, moins exposés : 60 IRIS" in text
    assert "Valeurs hors des bornes" in text


def test_the_table_has_a_line_an_iris_and_starts_no_formula(before, tmp_path):
    names = ["=1+1", " |calc", *[f"Quartier {n}" for n in range(2, COUNT)]]
    after = leave(tmp_path / "apres", raw_values(2))
    shutil.rmtree(before)
    leave(before, raw_values(), names=names)
    out = tmp_path / "table.csv"
    code, text = compare(before, after, "--csv", out)
    assert code == 0 and "60 lignes" in text
    table = pd.read_csv(out, dtype={"code_iris": str, "code_commune": str})
    assert len(table) == COUNT and list(table["nom"][:2]) == ["'=1+1", "' |calc"]
    assert {"ecart_rang", "dernier_decile", "score_fixe_apres", "hors_bornes"} <= set(table)
    moved = table["rang_avant"] - table["rang_apres"]
    assert (moved == table["ecart_rang"]).all()


def test_bounds_are_written_and_serve_again(before, tmp_path):
    bounds = tmp_path / "bornes.csv"
    after = leave(tmp_path / "apres", raw_values(2))
    assert compare(before, before, "--ecrire-bornes", bounds)[0] == 0
    kept = read_goalposts(bounds)
    assert kept.loc["taux_rsa", "bas"] == raw_values()["taux_rsa"].min()
    code, text = compare(after, before, "--bornes", bounds)
    assert code == 0 and "Score à bornes fixes (mêmes bornes" in text


def test_weights_changed_since_the_run_give_no_score_of_a_wrong_kind(before, tmp_path):
    text = (project_root() / "data/territories/exemple.yml").read_text(encoding="utf-8")
    other = parse_territory(text.replace("taux_pauvrete: 1", "taux_pauvrete: 9"), FICTITIOUS.file)
    old = leave(tmp_path / "ancien", raw_values(2), other)
    code, said = compare(old, before)
    assert code == 0 and "non calculé : data/territories/exemple.yml a changé" in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a,b\n", "ligne 1 : lu « a,b » ; attendu : indicateur,bas,haut"),
        ("indicateur,bas,haut\n", "aucune ligne"),
        ("indicateur,bas,haut\nx,1\n", "ligne 2 : lu « x,1 » ; attendu : 3 valeurs"),
        ("indicateur,bas,haut\nx,un,2\n", "deux nombres, avec un point décimal"),
        ("indicateur,bas,haut\nx,2,2\n", "la borne basse sous la borne haute"),
        ("indicateur,bas,haut\nx,nan,2\n", "deux nombres finis"),
        ("indicateur,bas,haut\nx,1,2\nx,1,3\n", "ligne 3 : lu « x,1,3 » ; attendu : chaque indic"),
    ],
)
def test_bounds_that_are_wrong_are_refused_with_their_line(content, said, before, tmp_path):
    path = tmp_path / "bornes.csv"
    path.write_text(content, encoding="utf-8")
    code, text = compare(before, before, "--bornes", path)
    assert code == 2 and said in text and "--ecrire-bornes" in text


def test_another_department_is_refused(before, tmp_path):
    other = raw_values()
    other.index = pd.Index("13" + other.index.str[2:], name="code_iris")
    code, text = compare(before, leave(tmp_path / "autre", other))
    assert code == 2 and "lu « 00 et 13 »" in text and "choisir deux calculs" in text


def test_other_iris_are_counted_and_named(before, tmp_path):
    fewer = raw_values().iloc[:-2]
    code, text = compare(before, leave(tmp_path / "moins", fewer))
    assert code == 2 and "2 IRIS seulement dans" in text and "000030058, 000030059" in text
    assert "contours_iris" in text


def test_a_folder_without_results_says_which_folder_to_give(before, tmp_path):
    (tmp_path / "vide").mkdir()
    code, text = compare(before, tmp_path / "vide")
    assert code == 2 and "donner le dossier qui contient score" in text


def test_results_that_were_changed_are_refused(before):
    (before / "score" / "facts.json").write_text("[]", encoding="utf-8")
    code, text = compare(before, before)
    assert code == 2 and "incomplets ou modifiés" in text


def test_an_unknown_territory_a_path_and_a_file_elsewhere_are_told_apart(before, tmp_path):
    assert "diagalim new 69" in compare(before, "69")[1]
    assert "vérifier le chemin" in compare(before, "nulle/part")[1]
    copy = tmp_path / "poids.yml"
    copy.write_text("code: x", encoding="utf-8")
    code, text = compare(before, copy)
    assert code == 2 and "hors de data/territories" in text


def test_a_territory_that_was_not_computed_says_the_command(before, tmp_path, monkeypatch):
    monkeypatch.setattr("diagalim.cli.score_runs.build_dir", lambda name: tmp_path / "rien" / name)
    for asked in ("exemple", "data/territories/exemple.yml"):
        code, text = compare(before, asked)
        assert code == 2 and "diagalim chapter score --territoire exemple" in text


def test_a_folder_that_has_the_name_of_a_territory_does_not_hide_it(tmp_path, before, monkeypatch):
    (tmp_path / "exemple").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("diagalim.cli.score_runs.build_dir", lambda name: tmp_path / "rien" / name)
    assert "diagalim chapter score --territoire exemple" in compare(before, "exemple")[1]
    assert "donner le dossier" in compare(before, "./exemple")[1]


def test_a_file_that_cannot_be_written_is_said(before, tmp_path):
    absent = tmp_path / "absent"
    code, text = compare(before, before, "--csv", absent / "t.csv")
    assert code == 2 and "ne peut pas être écrit" in text and not absent.exists()


def test_a_table_refused_leaves_the_bounds_as_they_were(before, tmp_path):
    bounds, taken = tmp_path / "bornes.csv", tmp_path / "table.csv"
    bounds.write_text("celles d'avant", encoding="utf-8")
    taken.mkdir()
    code, text = compare(before, before, "--ecrire-bornes", bounds, "--csv", taken)
    assert code == 2 and "table.csv" in text and "ne peut pas être écrit" in text
    assert bounds.read_text(encoding="utf-8") == "celles d'avant"


def test_a_link_given_for_a_table_still_leads_to_it(before, tmp_path):
    table, link = tmp_path / "table.csv", tmp_path / "lien.csv"
    table.write_text("", encoding="utf-8")
    link.symlink_to(table)
    assert compare(before, before, "--csv", link)[0] == 0
    assert link.is_symlink() and table.read_text(encoding="utf-8")


def two_runs(tmp_path, width, raw=None):
    """Two runs of other values, with intervals of one width, and their table."""
    one = leave(tmp_path / "un", raw_values(), width=width)
    other = leave(tmp_path / "deux", raw_values(2) if raw is None else raw, width=width)
    out = tmp_path / "table.csv"
    code, text = compare(one, other, "--csv", out)
    assert code == 0
    return text, pd.read_csv(out, dtype={"code_iris": str}, keep_default_na=False)


def test_moves_beyond_the_certainty_are_counted_at_the_head_and_told_in_the_table(tmp_path):
    text, table = two_runs(tmp_path, 5)
    shift = table["ecart_rang"].astype(float).abs()
    far, moved = int((shift > 10).sum()), int((shift > 0).sum())
    assert 2 <= far < moved
    head = f"{far} IRIS changent de rang au-delà de ce que la certitude explique, sur {moved} "
    assert head in text and text.index(head) < text.index("Valeurs :")
    assert "Deux échelles" in text and "d'un seul côté" not in text
    assert (table["intervalles"] == "se séparent").sum() == far
    assert (table["intervalles"] == "se recoupent").sum() == moved - far


def test_wide_intervals_explain_every_move(tmp_path):
    text, table = two_runs(tmp_path, COUNT)
    assert "0 IRIS change de rang au-delà" in text
    assert set(table["intervalles"]) <= {"", "se recoupent"}


def test_iris_that_one_run_alone_scores_are_said_to_slide_the_intervals(tmp_path):
    silent = raw_values(2)
    silent.loc[silent.index[3]] = np.nan
    silent.loc[silent.index[3], "taux_rsa"] = 50.0
    text, table = two_runs(tmp_path, 5, silent)
    assert "1 IRIS d'un seul côté : un intervalle a pu glisser d'autant de places" in text
    assert table["intervalles"].iloc[3] == ""


def test_a_run_without_intervals_is_named_and_the_rest_is_said(before, tmp_path):
    after = leave(tmp_path / "apres", raw_values(2), width=5)
    code, text = compare(before, after)
    assert code == 0 and f"aucun intervalle de rang dans {before}." in text
    assert "au-delà de ce que la certitude explique" not in text and "Le plus grand" in text


def test_a_table_of_certainty_of_an_older_form_counts_as_absent(before, tmp_path):
    inside = leave(tmp_path / "apres", raw_values(2), width=5) / "score"
    old = pd.read_parquet(inside / "certitude.parquet").drop(columns="rang_haut")
    old.to_parquet(inside / "certitude.parquet")
    write_manifest(inside)
    code, text = compare(inside, before)
    assert code == 0 and f"aucun intervalle de rang dans {inside} et {before}" in text


def test_runs_that_do_not_differ_move_nothing_beyond_their_certainty(tmp_path):
    text, table = two_runs(tmp_path, 5, raw_values())
    assert "Aucun IRIS noté des deux côtés ne change de rang." in text
    assert set(table["intervalles"]) == {""}
