"""Settings of the score that cannot be followed: ``diagalim check`` says where and what to do."""

from __future__ import annotations

import pytest

REGISTRY = "data/indicators.yml"
TERRITORY = "data/territories/exemple.yml"
POVERTY = '- valeur: {source: filosofi_iris, colonnes: ["DISP_TP60{aa}"]}'


@pytest.fixture
def spoil(study):
    """Change one place of a setting file, which must be there."""

    def change(file: str, old: str, new: str) -> None:
        path = study.root / file
        before = path.read_text(encoding="utf-8")
        assert old in before
        path.unlink()  # the registry of a study is a link to that of the project
        path.write_text(before.replace(old, new, 1), encoding="utf-8")

    return change


@pytest.mark.parametrize(
    ("file", "old", "new", "fragments"),
    [
        (TERRITORY, "taux_rsa: 1", "taux_rsat: 1", ["taux_rsat", "un indicateur de data/"]),
        (TERRITORY, "taux_rsa: 1", "taux_rsa: -1", ["taux_rsa", "« -1 »", "au moins 0"]),
        (TERRITORY, "taux_rsa: 1", "taux_rsa: .nan", ["taux_rsa", "« nan »"]),
        (
            TERRITORY,
            "{part_0_14: 1, part_15_29: 1}",
            "{part_0_14: 0, part_15_29: 0}",
            ["score.dimensions.ages", "tous les poids de la dimension sont nuls"],
        ),
        (
            TERRITORY,
            "ressources:\n      poids: 1",
            "ressources:\n      poids: 0",
            ["score.dimensions.ressources", "aucun IRIS n'est noté sans ses ressources"],
        ),
        (REGISTRY, "    sens: 1\n", "", ["taux_pauvrete.sens", "« absente »", "ajouter la clé"]),
        (REGISTRY, "    sens: 1\n", "    sens: 2\n", ["« 2 »", "1 ou -1"]),
        (
            REGISTRY,
            POVERTY,
            POVERTY + "\n        numerateur: {source: filosofi_iris, colonnes: [N]}",
            ["taux_pauvrete.recettes.0", "soit valeur, soit numerateur et denominateur"],
        ),
        (REGISTRY, POVERTY, POVERTY + f"\n      {POVERTY}", ["la recette 2 répète"]),
        (REGISTRY, POVERTY, POVERTY + "\n        redefinie: true", ["la première recette donne"]),
        (REGISTRY, POVERTY, POVERTY + "\n        echelle: 0", ["recettes.0.echelle", "« 0 »"]),
        (REGISTRY, POVERTY, POVERTY + "\n        plafond: .inf", ["plafond", "un nombre fini"]),
        (REGISTRY, POVERTY, POVERTY + "\n        types: []", ["types", "compléter la liste"]),
        (
            REGISTRY,
            "source: filosofi_iris,",
            "source: filosofi_irsi,",
            ["taux_pauvrete.recettes.0", "« filosofi_irsi »", "vouliez-vous « filosofi_iris »"],
        ),
        (
            REGISTRY,
            "  - {source: population_iris, colonnes: [population]}",
            "  - {source: habitants, colonnes: [population]}",
            ["clé population.1", "« habitants »", "un jeu de données de data/sources.yml"],
        ),
        (
            REGISTRY,
            "DISP_TP60{aa}",
            "DISP_PT60{aa}",
            ["taux_pauvrete.recettes.0", "« DISP_PT6021 »", "BASE_TD_FILO", "DISP_TP6021"],
        ),
        (REGISTRY, "DISP_TP60{aa}", "DISP_TP60{an}", ["« DISP_TP60{an} »", "que {aa}"]),
    ],
)
def test_a_setting_of_the_score_is_refused(spoil, refused, file, old, new, fragments):
    spoil(file, old, new)
    refused(file, fragments)


def test_a_weight_of_zero_is_a_choice(spoil, accepted):
    spoil(TERRITORY, "taux_rsa: 1", "taux_rsa: 0")
    accepted()
