"""While withheld values are estimated: what is published, and what has been drawn so far?

Each indicator is drawn after those that explain it; `Estimates` keeps the draws and gives the
variables of the next regression, on the scale of each indicator.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from diagalim.analysis.estimation.scales import Scale, scale_of
from diagalim.analysis.geo.neighbours import mean_around
from diagalim.analysis.values.spread import PUBLISHED
from diagalim.settings.indicators import Registry

INTERVAL = (0.05, 0.95)
GRID, COMMUNE, AROUND = "carreaux", "commune", "voisins"
"""Variables that are not indicators."""


@dataclass(frozen=True)
class Surroundings:
    """What is known of the IRIS beside their own values.

    Attributes
    ----------
    iris : DataFrame
        Indexed by IRIS: ``commune``, ``type_iris``.
    pairs : DataFrame
        From `diagalim.analysis.geo.neighbours.touching`.
    communes : DataFrame
        From `diagalim.analysis.values.recipes.commune_values`.
    grid : DataFrame or None
        From `diagalim.analysis.geo.grid_of_iris.grid_of_iris`; None where there is no grid.
    """

    iris: pd.DataFrame
    pairs: pd.DataFrame
    communes: pd.DataFrame
    grid: pd.DataFrame | None = None


@dataclass
class Estimates:
    """Values under way: what is published, and what has been drawn so far."""

    values: pd.DataFrame
    registry: Registry
    around: Surroundings
    draws: dict[str, pd.DataFrame] = field(default_factory=dict)
    reached: dict[str, pd.DataFrame] = field(default_factory=dict)
    models: list[dict[str, object]] = field(default_factory=list)

    def __post_init__(self) -> None:
        index = self.around.iris.index
        both = ["valeur", "statut"]
        wide = self.values.pivot(index="code_iris", columns="indicateur", values=both)
        wide = wide.reindex(index)
        self.raw, self.states = wide["valeur"].astype(float), wide["statut"]
        self.published = self.raw.where(self.states.isin(PUBLISHED))
        self.order = [n for n in self.registry.estimation_order() if n in self.states]
        self.uncut = self.around.iris["type_iris"].eq("Z")
        self.habitat = self.around.iris["type_iris"].eq("H")

    def scale(self, name: str) -> Scale:
        """Return the scale on which an indicator is regressed."""
        model = self.registry.indicateurs[name].estimation
        return scale_of(model.echelle if model else None, self.published[name])

    def explaining(self, name: str) -> pd.DataFrame:
        """Return what may explain an indicator, scaled, in order; published values only."""
        model = self.registry.indicateurs[name].estimation
        scale, index = self.scale(name), self.states.index
        columns: dict[str, pd.Series] = {}
        if model.carreaux and self.around.grid is not None:
            columns[GRID] = scale.forward(self.around.grid[model.carreaux].reindex(index))
        for other in model.explique_par:
            if other in self.published and self.published[other].gt(0).any():
                columns[other] = self.scale(other).forward(self.published[other])
        if name in self.around.communes:
            columns[COMMUNE] = scale.forward(self.around.communes[name])
        columns[AROUND] = mean_around(scale.forward(self.published[name]), self.around.pairs)
        return pd.DataFrame(columns, index=index)

    def keep(self, name: str, status: str, drawn: np.ndarray, codes: pd.Index) -> None:
        """Keep draws, brought inside the published range, with the spread they had before."""
        given = pd.DataFrame({"statut": status, "ecart": drawn[1:].std(axis=0, ddof=1)}, codes)
        low, high = self.published[name].min(), self.published[name].max()
        table = pd.DataFrame(drawn.T, codes).clip(low, high)
        self.draws[name] = pd.concat([self.draws.get(name), table])
        self.reached[name] = pd.concat([self.reached.get(name), given])

    def completed(self, values: pd.DataFrame) -> pd.DataFrame:
        """Return the long table with what was drawn, its state and its spread."""
        result = values.set_index(["indicateur", "code_iris"])
        for name, drawn in self.draws.items():
            rows = pd.MultiIndex.from_product([[name], drawn.index])
            given = self.reached[name]
            result.loc[rows, "valeur"] = drawn[0].to_numpy()
            result.loc[rows, ["statut", "ecart"]] = given.to_numpy()
            result.loc[rows[given["statut"].eq("carreaux")], "source"] = "carreaux"
        return result.reset_index()[values.columns]

    def intervals(self) -> pd.DataFrame:
        """Return the ends of the interval of each value drawn."""
        parts = []
        for name, drawn in self.draws.items():
            low, high = drawn.iloc[:, 1:].quantile(list(INTERVAL), axis=1).to_numpy()
            part = {"code_iris": drawn.index, "indicateur": name, "bas": low, "haut": high}
            parts.append(pd.DataFrame(part))
        columns = ["code_iris", "indicateur", "bas", "haut"]
        return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)
