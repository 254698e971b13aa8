"""The page of published figures shows each as it was printed, the most telling first."""

from __future__ import annotations

import math

import pandas as pd

from diagalim.analysis.context.published import CONFIRMED, GAP, INCOHERENT, UNVERIFIABLE
from diagalim.chapter.facts import Facts
from diagalim.report.chiffres import figures as page
from diagalim.report.chiffres.figures import findings
from diagalim.settings.words_file import words_of
from diagalim.sources.documents import read_published
from diagalim.sources.studies import document

FIGURES = pd.DataFrame(
    {
        "document": ["d"] * 4,
        "libelle": ["Denrées", "Création", "Taux", "Élus"],
        "valeur": ["10000", "2015", "18.5", "92 et 93"],
        "unite": ["tonnes", "année", "%", "codes département"],
        "territoire": ["X"] * 4,
        "annee": ["2023", "", "2021", "2018"],
        "statut": [UNVERIFIABLE, UNVERIFIABLE, INCOHERENT, CONFIRMED],
        "explication": ["", "", "impossible ; vraiment", "fichier"],
    },
    index=["S1", "S2", "S3", "S4"],
)


def test_a_figure_keeps_the_form_in_which_it_was_printed(as_shown):
    shown = as_shown("chiffres", "registre", page.register(FIGURES))["Publié"].to_dict()
    assert shown == {
        "Taux · X": "18,5\u00a0%",
        "Élus · X": "92 et 93\u00a0codes département",
        "Denrées · X": "10\u202f000\u00a0tonnes",
        "Création · X": "2015",
    }


def test_what_does_not_hold_comes_first_and_an_undated_figure_says_so(as_shown):
    shown = as_shown("chiffres", "registre", page.register(FIGURES))
    assert shown.index[0] == "Taux · X"
    assert shown.loc["Création · X", "Année"] == "non datée"


def test_every_document_has_a_line_even_without_a_figure(as_shown):
    documents = pd.DataFrame({"court": ["D", "E"], "date": ["2025", "2026"]}, index=["d", "e"])
    table = as_shown("chiffres", "documents", page.by_document(FIGURES, documents))
    assert table.loc["E, 2026", "Chiffres"] == "0"
    assert table.loc["D, 2025", "Incohérent"] == "1"


def test_what_the_files_say_is_said_with_its_bounds_or_its_absence():
    checked = pd.DataFrame(
        {
            "fait": ["a", "b", "c"],
            "indicateur": ["taux_pauvrete"] * 3,
            "decimales": [0, 1, 1],
            "statut": [GAP, UNVERIFIABLE, UNVERIFIABLE],
            "recalcule": [15.0, math.nan, math.nan],
            "bas": [15.0, 18.3, math.nan],
            "haut": [15.0, 19.0, math.nan],
        }
    )
    found = findings(checked)
    assert found["a"][2] == "les fichiers donnent 15\u00a0%"
    assert "entre 18,3 et 19,0" in found["b"][2]
    assert "ne donnent pas" in found["c"][2]


def test_the_framing_table_quotes_the_registered_figures():
    framing = read_published("cadrage")
    facts = read_published("faits")
    for row in framing.itertuples():
        assert float(facts.at[row.fait, "valeur"]) == float(row.valeur)


def test_the_foot_of_a_register_reads_its_first_line_aloud_and_spares_its_braces():
    braced = FIGURES.assign(explication=["", "", "règle {x}", ""])
    said = Facts().fill(page.register_reading(braced))
    assert said == "«\u00a0Taux · X\u00a0» : 18,5\u00a0%, incohérent\u202f; règle {x}".replace(
        "» :", "»\u00a0:"
    )
    assert page.register_reading(FIGURES.iloc[:0]) == "aucun chiffre n'y est relevé"


def test_the_foot_of_the_inconsistencies_names_the_document_that_holds_the_most():
    found = pd.DataFrame({"document": ["b", "a", "b"]}, index=["A1", "A2", "A3"])
    named = pd.DataFrame({"court": ["Un", "Deux"]}, index=["a", "b"])
    said = page.inconsistencies_reading(found, named)
    assert said == "2 des 3 incohérences viennent d'un même document : Deux"


def test_the_foot_of_the_limits_counts_the_methods_and_quotes_the_first(as_shown):
    limits = pd.DataFrame(
        {
            "intitule": ["Carte", "Enquête"],
            "limite_etude": ["Relatif.", "Partiel."],
            "limite_projet": ["Le nôtre.", "Le leur."],
        }
    )
    study = document("synthese")
    said = page.limits_foot(limits, study)
    assert said["reading"] == "2 méthodes ; de la première, « Carte », l'étude dit : Relatif."
    assert said["document"] == f"{study.cited} ; registre data/publie/limites.csv"
    alone = page.limits_foot(limits, None)
    assert alone["reading"].endswith("ce rapport dit : Le nôtre.")
    assert alone["document"] == "registre data/publie/limites.csv"
    shown = as_shown("chiffres", "limites", page.limits(limits, None))
    assert list(shown.columns) == ["Limite de ce rapport"]


def test_without_a_study_no_figure_is_stated_nor_shown_and_the_page_says_so():
    read = {name: page.shown(read_published(name), None) for name in ("documents", "anomalies")}
    figures = page.shown(FIGURES, None)
    assert page.counts(figures, read["anomalies"]) == {}
    assert page.by_document(figures.assign(statut=[]), read["documents"]).empty
    assert page.inconsistencies(read["anomalies"], read["documents"]).empty
    assert page.inconsistencies_reading(read["anomalies"], read["documents"]) == ""
    montre = words_of("chiffres").montre
    for key in ("documents", "incoherences"):
        assert montre[key].sans_ligne.startswith("**Non disponible** sans étude")
    assert page.absence(None)[0].startswith("**Non disponible**")
    assert page.absence(document("synthese")) == []
