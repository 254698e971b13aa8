"""Agreement in words: neither more nor less than the table says."""

from __future__ import annotations

import numpy as np
import pandas as pd

from diagalim.report.profils.validity import (
    reading_sentence,
    retained_sentence,
    size_sentence,
    validity_table,
)
from diagalim.settings.indicators_file import load_indicators
from diagalim.settings.words_file import words_of
from diagalim.wording import french

REGISTRY = load_indicators()


def row(rho, without=np.nan, kind="convergence", shares=("taux_rsa",), rate=0.5, possible=True):
    found = {"sorte": kind, "retires": shares, "calculable": possible}
    for suffix, value in (("", rho), ("_sans", without), ("_taux", rate)):
        found |= {f"rho{suffix}": value, f"bas{suffix}": value - 0.1, f"haut{suffix}": value + 0.1}
        found[f"n{suffix}"] = 300
    return found


def table(**rows):
    return pd.DataFrame.from_dict(rows, orient="index")


def plain(text):
    return text.replace(french.NO_BREAK, " ").replace(french.NARROW, " ")


def test_each_agreement_has_its_interval_and_number_of_places(as_shown):
    found = validity_table(table(taux_rsa=row(0.9, 0.8)), REGISTRY)
    shown = as_shown("profils", "accords", found).iloc[0]
    assert plain(shown["Score"]) == "0,90 [0,80 ; 1,00], 300 IRIS"
    assert plain(shown["Après retrait"]).startswith("0,80")
    assert shown["Indicateurs retirés"] == "foyers au RSA pour 1 000 habitants"
    assert all(column.texte for column in words_of("profils").montre["accords"].colonnes.values())


def test_what_cannot_be_computed_and_what_needs_not_are_told_apart():
    shown = validity_table(
        table(
            grille_pauvrete=row(0.9, possible=False),
            densite=row(0.1, kind="discriminante", shares=()),
        ),
        REGISTRY,
    )["sans"]
    assert shown.tolist() == ["sans objet : plus de ressources", "rien à retirer"]


def test_a_measure_that_is_part_of_the_score_is_said_to_be():
    own = row(0.9, 0.8, shares=("part_hlm",))
    said = retained_sentence(table(part_hlm=own, grille_pauvrete=row(0.9, 0.8)))
    assert "1 de ces mesures est un indicateur du score" in said
    assert "de ces mesures" not in retained_sentence(table(grille_pauvrete=row(0.9, 0.8)))


def test_a_weak_agreement_is_not_called_one():
    assert "s'accorde avec elles" in retained_sentence(table(a=row(0.9, 0.8)))
    assert "ne s'accorde pas avec toutes" in retained_sentence(
        table(a=row(0.9, 0.8), b=row(0.5, 0.1))
    )
    assert "Aucune mesure extérieure" in retained_sentence(table(a=row(0.9)))


def test_a_score_that_follows_size_is_said_to():
    weak = table(densite=row(0.1, kind="discriminante"))
    assert size_sentence(weak).startswith("Le score ne suit ni")
    strong = table(
        population=row(-0.1, kind="discriminante"), densite=row(0.6, kind="discriminante")
    )
    said = size_sentence(strong)
    assert "(densité : {rho_densite})" in said and "quartiers denses" in said
    assert "Le taux de pauvreté seul les suit aussi" in said
    alone = table(superficie=row(-0.6, kind="discriminante", rate=0.0))
    assert "taux de pauvreté" not in size_sentence(alone)
    assert "quartiers denses" not in size_sentence(alone)


def test_the_line_read_aloud_is_one_that_was_computed():
    assert "{rho_b_sans}" in reading_sentence(table(a=row(0.9), b=row(0.5, 0.4)))
    assert "tiret" in reading_sentence(table(a=row(0.9)))
