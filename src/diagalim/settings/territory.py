"""What distinguishes one study from another: the territory file, read and checked.

One YAML file a territory holds every choice that is not code. A typing error there would silently
give another report, so an unknown key or a bad value is refused with its place and a remedy.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    StringConstraints,
    model_validator,
)

OVERSEAS = ("971", "972", "973", "974", "975", "976", "977", "978", "984", "986", "987", "988")
DEPARTMENTS = (
    tuple(f"{n:02d}" for n in range(1, 96) if n != 20) + ("2A", "2B") + ("00",)  # 00: fictitious
)
"""Departments of metropolitan France, and 00, the code of the fictitious department."""


def _inside(pattern: str) -> str:
    outside = pattern.startswith("/") or any(sign in pattern for sign in (":", "\\"))
    if not pattern or outside or ".." in Path(pattern).parts:
        raise ValueError(
            "un fichier ou un motif dans le dossier des données collectées, comme "
            "structures/base_contacts.csv : ni chemin absolu, ni « .. », ni barre inversée"
        )
    return pattern


CommuneCode = Annotated[str, StringConstraints(pattern=r"^(?:\d{2}|2[AB])\d{3}$")]
DepartmentCode = Annotated[str, StringConstraints(pattern=r"^(?:\d{2}|2[AB])$")]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
CollectedInput = Literal[
    "base_contacts",
    "data_inclusion",
    "documents",
    "enquete",
    "entretiens",
    "groupes",
    "habilitations",
    "instances",
    "liens",
    "membres",
    "osm",
    "remontee",
    "segments",
    "soliguide",
    "tableur_partenaire",
]
"""Collected inputs that a study may have (`diagalim.collected.inputs`)."""
CollectedPattern = Annotated[str, AfterValidator(_inside)]
Weight = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class Region(_Strict):
    """Region of the department (*code officiel géographique*) and all its departments."""

    code: Annotated[str, StringConstraints(pattern=r"^\d{2}$")]
    nom: str
    nom_de: str
    departements: list[DepartmentCode] = Field(min_length=1)


class FocusCommune(_Strict):
    """A commune followed closely; ``arrondissements`` lists its INSEE codes where it has any."""

    code: CommuneCode
    nom: str
    arrondissements: list[CommuneCode] = []

    @property
    def codes(self) -> list[str]:
        """Codes under which the files know it: its arrondissements, else its own code."""
        return self.arrondissements or [self.code]


class Dimension(_Strict):
    """Weight of a dimension, and of the indicators inside it."""

    poids: Weight
    indicateurs: dict[Identifier, Weight] = Field(min_length=1)

    @model_validator(mode="after")
    def _some_weight(self) -> Dimension:
        if sum(self.indicateurs.values()) == 0:
            raise ValueError("au moins un poids positif : tous les poids de la dimension sont nuls")
        return self


class Score(_Strict):
    """Weights of the relative risk score."""

    dimensions: dict[Identifier, Dimension] = Field(min_length=1)

    @model_validator(mode="after")
    def _some_weight(self) -> Score:
        if sum(dimension.poids for dimension in self.dimensions.values()) == 0:
            raise ValueError("au moins un poids positif : tous les poids des dimensions sont nuls")
        named = [name for d in self.dimensions.values() for name in d.indicateurs]
        twice = sorted({name for name in named if named.count(name) > 1})
        if twice:
            raise ValueError(f"indicateur placé dans deux dimensions : {', '.join(twice)}")
        return self


class Thresholds(_Strict):
    """Limits under which a value or a score is not given."""

    population_minimale: Annotated[int, Field(ge=0)]
    effectif_minimal: Annotated[int, Field(ge=0)]
    dimensions_minimales: Annotated[int, Field(ge=1)]
    poids_observe_minimal: Annotated[float, Field(gt=0, le=1)]


class Territory(_Strict):
    """Everything that differs between two studies.

    Attributes
    ----------
    code : str
        Department, two characters (``2A`` and ``2B`` for Corsica).
    nature : {"officiel", "synthétique"}
        ``synthétique`` marks every page of the fictitious department.
    collecte : dict of str to str
        Where each collected input stands below the folder of the study's collected files.
    etude_publiee : str, optional
        Key, in ``data/publie/documents.csv``, of the published study of this department. Its
        figures and recommendations are shown nowhere else.
    """

    code: str
    nom: str
    nom_de: str
    nom_dans: str
    region: Region
    titre: str
    edition: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}$")]
    nature: Literal["officiel", "synthétique"]
    crs: Literal["EPSG:2154"]
    graine: Annotated[int, Field(ge=0)]
    communes_focus: list[FocusCommune] = Field(min_length=1)
    etude_publiee: Identifier | None = None
    epci: dict[Annotated[str, StringConstraints(pattern=r"^\d{9}$")], str] = {}
    millesimes: dict[Identifier, Annotated[int, Field(ge=1990, le=2100)]]
    score: Score
    seuils: Thresholds
    collecte: dict[CollectedInput, CollectedPattern] = {}
    chapitres: dict[str, dict[str, Any]] = {}
    _file: str = PrivateAttr("")

    @property
    def file(self) -> str:
        """The file that says all this, as its owner knows it."""
        return self._file or f"data/territories/{self.code}.yml"

    @model_validator(mode="after")
    def _known_department(self) -> Territory:
        if self.code.startswith("97") or self.code in OVERSEAS:
            raise ValueError(
                "les départements et collectivités d'outre-mer ne sont pas pris en charge : "
                "Filosofi n'y est pas diffusé par IRIS selon les mêmes règles et la projection "
                "Lambert-93 n'y vaut pas"
            )
        if self.code not in DEPARTMENTS:
            raise ValueError(f"« {self.code} » n'est pas un département de métropole")
        outside = [c.code for c in self.communes_focus if not c.code.startswith(self.code)]
        if outside:
            raise ValueError(
                f"commune suivie hors du département {self.code} : {', '.join(outside)}"
            )
        return self
