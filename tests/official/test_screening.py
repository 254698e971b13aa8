"""What the indicators of 13 share, as METHODS 3.2 states it and as the page shows it."""

from __future__ import annotations

import pandas as pd
import pytest

from diagalim.analysis.score.multivariate import principal_components
from diagalim.analysis.score.normalisation import mean_ranks
from diagalim.analysis.score.weighting import Weights
from diagalim.analysis.screening.screened import screen
from diagalim.analysis.values.spread import PUBLISHED
from diagalim.chapter.facts import read_facts
from diagalim.settings.indicators_file import load_indicators
from diagalim.settings.territory_file import load_territory

SEVEN = ["taux_pauvrete", "part_minima_sociaux", "part_familles_mono", "part_personnes_seules",
         "part_autres_inactifs", "part_hlm", "part_sans_voiture"]  # fmt: skip


@pytest.fixture(scope="session")
def kept(results) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Values and IRIS that the score left."""
    folder = results / "score"
    iris = pd.read_parquet(folder / "iris.geoparquet", columns=["type_iris", "score"])
    return pd.read_parquet(folder / "valeurs.parquet"), iris


def wide(values: pd.DataFrame) -> pd.DataFrame:
    return values.pivot(index="code_iris", columns="indicateur", values="valeur")


def test_two_components_of_ranks_of_the_published_values_of_inhabited_iris(kept):
    values, iris = kept
    here = values["code_iris"].map(iris["type_iris"]).eq("H") & values["statut"].isin(PUBLISHED)
    complete = wide(values[here])[SEVEN].dropna()
    ranks = pd.DataFrame(mean_ranks(complete.to_numpy()), columns=SEVEN)
    found = principal_components(ranks)
    assert found.units == 666
    assert found.shares[:2] == pytest.approx([61.8, 19.9], abs=0.05)


def test_alpha_of_each_dimension_in_values_and_in_percentiles(kept):
    values, iris = kept
    registry, weights = load_indicators(), Weights.of(load_territory("13").score)
    directions = {name: registry.indicateurs[name].sens for name in weights.names}
    raw = wide(values).reindex(iris.index)[iris["score"].notna()]
    found = screen(raw, directions, weights).coherence
    assert found["alpha_valeurs"].round(2).to_dict() == {
        "ressources": 0.97, "menages": 0.0, "ages": -0.34, "logement": 0.35, "droits": 0.64,
    }  # fmt: skip
    assert found["alpha_centiles"].round(2).to_dict() == {
        "ressources": 0.98, "menages": 0.35, "ages": 0.30, "logement": 0.39, "droits": 0.68,
    }  # fmt: skip


def test_the_page_states_what_repeats_and_what_a_component_would_weigh(results):
    facts = read_facts(results / "examen" / "facts.json")
    assert facts["nb_redites"].value == 4 and facts["dimensions_redites"].value == "« Ressources »"
    assert facts["nb_peu_varie"].value == 59
    assert facts["poids_acp"].value == pytest.approx(56.2, abs=0.1)
    assert facts["dimension_faible"].value == "Âges"
