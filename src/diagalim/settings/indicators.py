"""What makes need: the indicators of the score and how each is computed, read and checked.

The registry ``data/indicators.yml`` names each indicator once, with its dimension, its direction,
why it is there, and its recipes in order of preference: the same indicator may come from a recent
official file or from an older one, and the reader must be able to tell which was used.
"""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from math import inf
from string import Formatter
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

FILE = "data/indicators.yml"
REQUIRED_DIMENSION = "ressources"
"""Without what people live on, an IRIS gets no score (METHODS 3.3)."""
IrisType = Literal["H", "A", "D", "Z"]
Unit = Literal["%", "€/an", "‰"]
"""Units that the report knows how to write."""


def _places_the_value(phrase: str) -> str:
    try:
        named = {name for _, name, _, _ in Formatter().parse(phrase) if name is not None}
    except ValueError:  # a brace without its other half
        named = set()
    if named != {"valeur"}:
        raise ValueError("une phrase qui contient {valeur}, et aucune autre accolade")
    return phrase


Phrase = Annotated[str, AfterValidator(_places_the_value)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _takes_the_year(name: str) -> str:
    try:
        named = {key for _, key, _, _ in Formatter().parse(name) if key is not None}
    except ValueError:  # a brace without its other half
        named = {name}
    if not named <= {"aa"}:
        raise ValueError("un nom de colonne, sans autre accolade que {aa} (l'année, deux chiffres)")
    return name


class Columns(_Strict):
    """Columns of one dataset, added up; ``format`` asks for a file of that layout."""

    source: str
    colonnes: list[Annotated[str, AfterValidator(_takes_the_year)]] = Field(min_length=1)
    format: str | None = None


class Recipe(_Strict):
    """One way to compute an indicator.

    Attributes
    ----------
    valeur : Columns, optional
        A value taken as it is.
    numerateur, denominateur : Columns, optional
        A ratio; used when ``valeur`` is not given.
    complement : bool
        Take one minus the ratio.
    echelle : float
        Multiplied by this (100 for percent).
    plafond : float, optional
        Upper bound, where the denominator at hand is a little too small.
    niveau : {"iris", "commune"}
        Where the value is known.
    types : list of str
        Types of IRIS that the recipe may serve.
    redefinie : bool
        Another definition, brought to that of the first recipe by a fitted line.
    format : str, optional
        Serve only when the file found has this layout.
    sondage : {"P", "C"}, optional
        Part of the census that the value comes from (P: all forms, C: about one in four), where
        the names of the columns do not say it.
    effectif : list of Columns
        Size of the universe of a ``valeur`` drawn from the census; the first one at hand.
    libelle, univers, phrase : str, optional
        Words to use instead of those of the indicator, when this recipe measures it otherwise.
    """

    valeur: Columns | None = None
    numerateur: Columns | None = None
    denominateur: Columns | None = None
    complement: bool = False
    echelle: Positive = 1.0
    plafond: Positive | None = None
    niveau: Literal["iris", "commune"] = "iris"
    types: Annotated[list[IrisType], Field(min_length=1)] = ["H", "A", "D", "Z"]
    redefinie: bool = False
    format: str | None = None
    sondage: Literal["P", "C"] | None = None
    effectif: list[Columns] = []
    libelle: str | None = None
    univers: str | None = None
    phrase: Phrase | None = None

    @model_validator(mode="after")
    def _value_or_ratio(self) -> Recipe:
        parts = [part is not None for part in (self.valeur, self.numerateur, self.denominateur)]
        if parts not in ([True, False, False], [False, True, True]):
            raise ValueError("une recette donne soit valeur, soit numerateur et denominateur")
        if self.redefinie and self.valeur is None:
            raise ValueError("redefinie demande une valeur : une droite la ramène à un rapport")
        return self

    @property
    def parts(self) -> list[Columns]:
        """Columns that the recipe needs."""
        return [part for part in (self.valeur, self.numerateur, self.denominateur) if part]


class EstimationModel(_Strict):
    """How a withheld value of an indicator is estimated (`diagalim.analysis.estimation.withheld`).

    Attributes
    ----------
    echelle : {"log", "logit"}
        Scale of the regression: log of a positive number, logit of a percentage.
    carreaux : str, optional
        Column of the 200 m grid that measures the same thing.
    explique_par : list of str
        Indicators that explain it, the ones that count most first; when few places are known, the
        last ones are left out.
    """

    echelle: Literal["log", "logit"]
    carreaux: Literal["niveau_vie", "part_menages_pauvres"] | None = None
    explique_par: list[str] = Field(min_length=1)


class Traits(_Strict):
    """What a group of IRIS is where an indicator is higher, or lower, than in all of them."""

    plus: str
    moins: str


class Indicator(_Strict):
    """One indicator of need."""

    libelle: str
    dimension: str
    sens: Literal[1, -1]
    unite: Unit
    univers: str
    raison: str
    phrase: Phrase
    traits: Traits | None = None
    role: Literal["score", "profil"] = "score"
    estimation: EstimationModel | None = None
    recettes: list[Recipe] = Field(min_length=1)

    @property
    def upper_bound(self) -> float:
        """Largest value that may exist in its unit."""
        return {"%": 100.0, "‰": 1000.0}.get(self.unite, inf)

    @model_validator(mode="after")
    def _recipes_agree(self) -> Indicator:
        if self.recettes[0].redefinie:
            raise ValueError(
                "la première recette donne la définition : elle ne peut être redefinie"
            )
        for number, recipe in enumerate(self.recettes):
            if recipe in self.recettes[:number]:
                raise ValueError(f"la recette {number + 1} répète une recette précédente")
        return self


class DimensionLabel(_Strict):
    """Name of a dimension, and why it counts."""

    libelle: str
    raison: str


class Registry(_Strict):
    """All the indicators, by identifier, the dimensions they belong to, and the inhabitants.

    ``population`` lists, in order of preference, where the number of inhabitants is read.
    """

    population: list[Columns] = Field(min_length=1)
    dimensions: dict[str, DimensionLabel]
    indicateurs: Annotated[dict[str, Indicator], Field(min_length=1)]

    @model_validator(mode="after")
    def _dimensions_known(self) -> Registry:
        for name, indicator in self.indicateurs.items():
            if indicator.dimension not in self.dimensions:
                raise ValueError(f"{name} : dimension inconnue « {indicator.dimension} »")
        return self

    @model_validator(mode="after")
    def _estimations_in_order(self) -> Registry:
        for name, indicator in self.indicateurs.items():
            named = indicator.estimation.explique_par if indicator.estimation else []
            unknown = [other for other in named if other not in self.indicateurs]
            if unknown:
                raise ValueError(f"{name} : estimé par un indicateur inconnu « {unknown[0]} »")
        try:
            self.estimation_order()
        except CycleError as error:
            raise ValueError(
                f"estimations qui s'expliquent l'une par l'autre : {' → '.join(error.args[1])}"
            ) from error
        return self

    def estimation_order(self) -> list[str]:
        """Return the indicators that can be estimated, each after those that explain it."""
        models = {name: i.estimation for name, i in self.indicateurs.items() if i.estimation}
        return list(
            TopologicalSorter(
                {name: [n for n in m.explique_par if n in models] for name, m in models.items()}
            ).static_order()
        )

    def worded(self, recipes: dict[str, int]) -> Registry:
        """Return the same registry, each indicator in the words of the recipe that served it.

        Parameters
        ----------
        recipes : dict of str to int
            Number of the recipe (1 first) that gave most values, by indicator.
        """
        used = {}
        for name, indicator in self.indicateurs.items():
            recipe = indicator.recettes[recipes.get(name, 1) - 1]
            words = {key: getattr(recipe, key) for key in ("libelle", "univers", "phrase")}
            given = {key: text for key, text in words.items() if text}
            used[name] = indicator.model_copy(update=given)
        return self.model_copy(update={"indicateurs": used})

    def sources(self) -> set[str]:
        """Return the datasets that the recipes may need."""
        return {part.source for part in self.population} | {
            part.source
            for indicator in self.indicateurs.values()
            for recipe in indicator.recettes
            for part in recipe.parts
        }
