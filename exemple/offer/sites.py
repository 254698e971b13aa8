"""Which places of food aid truly exist in the fictitious department?

Each is drawn once, with one identity, before any tool describes it: more places stand where more
people live and where life is harder, and some villages have none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import geopandas as gpd
import numpy as np
import shapely
from stdnum import luhn

from exemple.land import names
from exemple.offer import words
from exemple.offer.hours import Hours
from exemple.offer.words import GROCERIES, LANTERNS, PANTRY, RELIEF, TABLES
from exemple.people.households import People

NUMBER = {
    "colis": 62, "epicerie": 26, "repas_assis": 16, "repas_emporter": 12, "maraude": 10,
    "colis_bebe": 6, "frigo": 9, "atelier": 5, "jardin": 6, "cuisine": 3, "eau": 3,
    "achat_groupe": 5, "logistique": 3,
}  # fmt: skip
"""True places by main type of aid, before the groups below; vouchers come from the CCAS."""
VILLAGES_WITHOUT = 9
"""Villages where nothing stands: what a *zone blanche* must find again."""
VILLAGES_STALE = 3
"""Villages whose only places have not been checked for over two years."""


@dataclass
class Site:
    """One true place; ``group`` is a planted reason to be taken for another."""

    key: str
    aids: list[str]
    name: str
    operator: str
    network: str
    legal: str
    iris: int
    commune: str
    city: str
    x: float
    y: float
    number: str
    street: str
    phone: str
    siret: str
    rna: str
    hours: Hours
    groups: list[str] = field(default_factory=list)
    stops: list[tuple[float, float, int, int]] = field(default_factory=list)
    closed_on: date | None = None
    stale: bool = False
    shut: tuple[date, date] | None = None

    @property
    def postcode(self) -> str:
        """A postcode that no French commune has."""
        head = "000" if self.commune in names.DISTRICTS else "009"
        return head + self.commune[3:]


def phone_number(rng: np.random.Generator) -> str:
    """Return a number of the ranges that Arcep keeps for fiction: 05 36 49 and 06 39 98."""
    head = "053649" if rng.random() < 0.8 else "063998"
    return head + f"{rng.integers(0, 10_000):04d}"


def siren_number(rng: np.random.Generator) -> str:
    """Return a SIREN that starts with 000, which Insee gives to nobody, with the right key."""
    body = f"000{rng.integers(0, 100_000):05d}"
    return body + luhn.calc_check_digit(body)


def siret_number(siren: str, rank: int) -> str:
    """Return the SIRET of an establishment, with the right key."""
    body = f"{siren}{rank:04d}"
    return body + luhn.calc_check_digit(body)


class Founder:
    """Draws the places one after the other."""

    def __init__(
        self, people: People, iris: gpd.GeoDataFrame, hard: np.ndarray, rng: np.random.Generator
    ) -> None:
        self.rng, self.iris = rng, iris
        self.shapes = iris.geometry.to_numpy()
        living = np.bincount(people.persons["iris"], minlength=len(iris)).astype(float)
        self.weight = living * np.exp(0.45 * hard)
        villages = sorted(names.VILLAGES.values())
        drawn = rng.permutation(villages)
        self.without = sorted(drawn[:VILLAGES_WITHOUT])
        self.stale = sorted(drawn[VILLAGES_WITHOUT : VILLAGES_WITHOUT + VILLAGES_STALE])
        self.served = sorted(drawn[VILLAGES_WITHOUT:])
        self.sites: list[Site] = []
        self.sirens: dict[str, tuple[str, str]] = {}
        self.branches: dict[str, int] = {}
        self.phones: set[str] = set()

    def place(self, within: np.ndarray | None = None) -> int:
        """Draw a row of the table of IRIS, in towns and the city unless told."""
        if within is None:
            rural = self.iris["TYP_IRIS"].eq("Z").to_numpy()
            within = np.flatnonzero(~rural & (self.weight > 0))
        odds = self.weight[within]
        return int(self.rng.choice(within, p=odds / odds.sum()))

    def point(self, row: int) -> tuple[float, float]:
        """Draw a point on the land of an IRIS, not too near its border."""
        shape = self.shapes[row]
        heart = shapely.buffer(shape, -40)
        shape = shape if shapely.is_empty(heart) else heart
        x0, y0, x1, y1 = shapely.bounds(shape)
        middle = shapely.get_coordinates(shapely.point_on_surface(shape))[0]
        for _ in range(200):
            x, y = self.rng.uniform((x0, y0), (x1, y1))
            near = np.hypot(*(np.array([x, y]) - middle)) < 1_500
            if near and shapely.contains_xy(shape, x, y):
                return round(float(x), 1), round(float(y), 1)
        return round(float(middle[0]), 1), round(float(middle[1]), 1)

    def town(self, row: int) -> str:
        """Return the name of the town as an address has it: the city, not its *arrondissement*."""
        inside = self.iris["INSEE_COM"][row] in names.DISTRICTS
        return names.CITY_NAME if inside else self.iris["NOM_COM"][row]

    def found(
        self,
        aids: list[str],
        row: int,
        name: str,
        network: str,
        legal: str,
        **known: str | tuple[str, str] | tuple[float, float] | None,
    ) -> Site:
        """Add a place; ``known`` gives operator, point, address or phone when they are decided."""
        x, y = known.get("point") or self.point(row)
        operator = known.get("operator") or words.NETWORKS.get(network, name)
        siret, rna = self._identity(operator, legal)
        street = self.rng.choice(words.STREETS)
        number = str(self.rng.integers(1, 140)) + ("bis" if self.rng.random() < 0.06 else "")
        number, street = known.get("address") or (number, str(street))
        site = Site(
            key=f"V{len(self.sites) + 1:03d}", aids=aids, name=name, operator=operator,
            network=network, legal=legal, iris=row, commune=self.iris["INSEE_COM"][row],
            city=self.town(row), x=x, y=y, number=number, street=street,
            phone=known.get("phone") or self.new_phone(), siret=siret, rna=rna,
            hours=week_of(aids[0], self.rng),
        )  # fmt: skip
        self.sites.append(site)
        return site

    def new_phone(self) -> str:
        """Draw a number that no other place has: those shared are planted."""
        while (phone := phone_number(self.rng)) in self.phones:
            continue
        self.phones.add(phone)
        return phone

    def _identity(self, operator: str, legal: str) -> tuple[str, str]:
        if operator not in self.sirens:
            rna = f"W000{self.rng.integers(0, 1_000_000):06d}" if legal == "association" else ""
            self.sirens[operator] = (siren_number(self.rng), rna)
        self.branches[operator] = self.branches.get(operator, 0) + 1
        siren, rna = self.sirens[operator]
        return siret_number(siren, self.branches[operator]), rna


def week_of(aid: str, rng: np.random.Generator) -> Hours:
    """Draw the slots of a week, as that type of aid is usually open."""
    if aid in ("frigo", "eau"):
        slots = [(day, 0, 24 * 60) for day in range(7)]
        return Hours(slots, form="permanent")
    if aid == "maraude":
        days = sorted(rng.choice(7, int(rng.integers(2, 6)), replace=False).tolist())
        return Hours([(d, 20 * 60, int(23 * 60 + 30 * rng.integers(0, 5))) for d in days])
    count = {"epicerie": 4, "bon_cheque": 5, "repas_assis": 5, "repas_emporter": 4}.get(aid, 2)
    last = 7 if aid.startswith("repas") else 6
    days = sorted(rng.choice(last, min(count, last), replace=False).tolist())
    if aid == "bon_cheque":
        days = [0, 1, 2, 3, 4]
    noon = aid.startswith("repas")
    start = int(rng.choice([11 * 60 + 30, 18 * 60 + 30] if noon else [510, 540, 570, 840]))
    length = int(rng.choice([90, 120] if noon else [120, 150, 180]))
    slots = [(day, start, start + length) for day in days]
    if aid in ("epicerie", "bon_cheque") and start < 13 * 60:
        slots += [(day, 14 * 60, 17 * 60) for day in days[: int(rng.integers(1, 4))]]
    return Hours(sorted(slots))


def found_all(
    people: People, iris: gpd.GeoDataFrame, hard: np.ndarray, rng: np.random.Generator
) -> Founder:
    """Draw every true place of the department.

    Parameters
    ----------
    people : People
        Who lives where.
    iris : GeoDataFrame
        The IRIS, EPSG:2154.
    hard : ndarray
        Latent hardship of each IRIS: more places stand where life is harder.
    rng : Generator
        The generator of the offer.

    Returns
    -------
    Founder
        Holds the places drawn, the villages without any and those with stale ones.
    """
    founder = Founder(people, iris, hard, rng)
    things = list(rng.permutation(words.THINGS))
    for aid, number in NUMBER.items():
        for rank in range(number):
            _ordinary(founder, aid, things[rank % len(things)])
    _centres(founder)
    _villages(founder)
    return founder


def _ordinary(founder: Founder, aid: str, thing: str) -> None:
    rng, row = founder.rng, founder.place()
    quarter = founder.iris["NOM_IRIS"][row].rsplit(" ", 1)[0]
    if aid == "maraude":
        network = LANTERNS if rng.random() < 0.6 else ""
        name = f"{LANTERNS} - tournée {quarter}" if network else f"Maraude {thing}"
    elif aid == "epicerie":
        network = GROCERIES if rng.random() < 0.6 else ""
        name = f"Épicerie {'sociale' if network else 'solidaire'} {thing}"
    elif aid in ("colis", "repas_assis", "repas_emporter", "colis_bebe"):
        network = str(rng.choice([TABLES, RELIEF, PANTRY, ""], p=[0.3, 0.25, 0.15, 0.3]))
        name = f"{network} - antenne {quarter}" if network else f"Association {thing}"
    elif aid == "logistique":
        network, name = PANTRY, f"{PANTRY} - entrepôt {quarter}"
    else:
        network, name = "", f"{words.IN_FRENCH[aid]} {thing}"
    legal = "commune" if aid == "eau" else "association"
    operator = f"Commune de {founder.town(row)}" if aid == "eau" else None
    second = ["colis_bebe"] if aid == "colis" and rng.random() < 0.12 else []
    site = founder.found([aid, *second], row, name, network, legal, operator=operator)
    if aid == "maraude":
        around = founder.iris.index[founder.iris["INSEE_COM"] == site.commune].to_numpy()
        for rank in range(int(rng.integers(3, 7))):
            x, y = founder.point(founder.place(around[founder.weight[around] > 0]))
            begin = 20 * 60 + 35 * rank
            site.stops.append((x, y, begin, begin + 25))


def _centres(founder: Founder) -> None:
    """Give each town and the city its CCAS: public, vouchers on referral."""
    towns = {code for code, _ in names.TOWNS.values()} | set(names.DISTRICTS[:2])
    for code in sorted(towns):
        rows = founder.iris.index[founder.iris["INSEE_COM"] == code].to_numpy()
        row = founder.place(rows[founder.weight[rows] > 0])
        city = founder.town(row)
        name = f"Centre communal d'action sociale de {city}"
        name += " - antenne du port" if code == names.DISTRICTS[1] else ""
        operator = f"CCAS de {city}"
        founder.found(["bon_cheque"], row, name, "", "ccas_cias", operator=operator)


def _villages(founder: Founder) -> None:
    for code in founder.served:
        row = int(founder.iris.index[founder.iris["INSEE_COM"] == code][0])
        city = founder.iris["NOM_COM"][row]
        name = f"Centre communal d'action sociale de {city}"
        operator = f"CCAS de {city}"
        stale = code in founder.stale
        site = founder.found(["bon_cheque"], row, name, "", "ccas_cias", operator=operator)
        site.stale = stale
        if founder.rng.random() < 0.5:
            branch = f"{RELIEF} - permanence de {city}"
            site = founder.found(["colis"], row, branch, RELIEF, "association")
            site.stale = stale
