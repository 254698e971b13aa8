"""Do the weights of a territory fit the registry of indicators?"""

from __future__ import annotations

from diagalim.settings.indicators import FILE, REQUIRED_DIMENSION, Registry
from diagalim.settings.territory import Territory
from diagalim.wording.problems import Problem


def check_weights(territory: Territory, registry: Registry) -> list[Problem]:
    """Return what is wrong between the weights of a territory and the registry of indicators."""
    file = territory.file
    problems = []
    required = territory.score.dimensions.get(REQUIRED_DIMENSION)
    if required is None or required.poids == 0:
        problems.append(
            Problem(
                file,
                f"clé score.dimensions.{REQUIRED_DIMENSION}",
                "absente" if required is None else "poids nul",
                "un poids positif : aucun IRIS n'est noté sans ses ressources",
                "rétablir cette dimension et lui donner un poids",
            )
        )
    for dimension, content in territory.score.dimensions.items():
        place = f"clé score.dimensions.{dimension}"
        if dimension not in registry.dimensions:
            known = ", ".join(registry.dimensions)
            problems.append(
                Problem(file, place, dimension, f"une dimension connue : {known}", "la renommer")
            )
            continue
        for name in content.indicateurs:
            indicator = registry.indicateurs.get(name)
            if indicator is None:
                expected = f"un indicateur de {FILE}"
            elif indicator.dimension != dimension:
                expected = f"la dimension « {indicator.dimension} », déclarée dans {FILE}"
            elif indicator.role != "score":
                expected = "un indicateur du score (celui-ci décrit sans compter)"
            else:
                continue
            problems.append(
                Problem(
                    file,
                    f"{place}.indicateurs",
                    name,
                    expected,
                    "corriger le nom, le déplacer ou le retirer",
                )
            )
    return problems
