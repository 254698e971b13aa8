"""The form of an answer of Soliguide: the fields that are read, as its API names them.

Contacts, telephones and descriptions of the answer are not read at all.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from diagalim.collected.inventory.forms import day


def _dated(stamp: str | None) -> str | None:
    day(stamp)
    return stamp


Moment = Annotated[str | None, AfterValidator(_dated)]
"""A date or moment in ISO form."""


class _Read(BaseModel):
    model_config = ConfigDict(extra="ignore")

    @model_validator(mode="before")
    @classmethod
    def _null_is_nothing(cls, said: Any) -> Any:
        """Take a field that is ``null`` for one that is not there: both say nothing."""
        if not isinstance(said, dict):
            return said
        return {name: value for name, value in said.items() if value is not None}


class Slot(_Read):
    start: int = Field(ge=0, le=2400)
    end: int = Field(ge=0, le=2400)


class Day(_Read):
    open: bool
    timeslot: list[Slot] = []


class Week(_Read):
    description: str | None = None
    monday: Day | None = None
    tuesday: Day | None = None
    wednesday: Day | None = None
    thursday: Day | None = None
    friday: Day | None = None
    saturday: Day | None = None
    sunday: Day | None = None


class Point(_Read):
    coordinates: list[float | None] = []


class Position(_Read):
    address: str | None = None
    cityCode: str | None = None
    location: Point = Point()


class Tick(_Read):
    checked: bool | None = False


class Modalities(_Read):
    inconditionnel: bool | None = None
    appointment: Tick = Tick()
    inscription: Tick = Tick()
    orientation: Tick = Tick()
    price: Tick = Tick()
    docs: list[Any] = []


class Publics(_Read):
    accueil: Literal[0, 1, 2] | None = None
    familialle: list[str] = []
    administrative: list[str] = []
    other: list[str] = []


class Period(_Read):
    actif: bool | None = False
    dateDebut: Moment = None
    dateFin: Moment = None


class Temporary(_Read):
    closure: Period = Period()


class Entity(_Read):
    name: str | None = None


class Saturated(_Read):
    status: str | None = None


class Service(_Read):
    category: str
    categorySpecificFields: dict[str, Any] | None = None
    close: Period = Period()
    saturated: Saturated = Saturated()
    differentHours: bool = False
    hours: Week = Week()
    differentModalities: bool = False
    modalities: Modalities = Modalities()
    differentPublics: bool = False
    publics: Publics = Publics()


class Stop(_Read):
    description: str | None = None
    hours: Week = Week()
    position: Position


class Place(_Read):
    lieu_id: int
    name: str = Field(min_length=1)
    status: str
    visibility: str = "ALL"
    placeType: str
    updatedAt: Moment = None
    entity: Entity = Entity()
    position: Position
    parcours: list[Stop] = []
    newhours: Week = Week()
    modalities: Modalities = Modalities()
    publics: Publics = Publics()
    services_all: list[Service]
    tempInfos: Temporary = Temporary()


class Answer(_Read):
    nbResults: int
    places: list[Place]
