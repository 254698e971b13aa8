"""Which places look alike and are not the same, and which have hours that mislead?

Three associations at one address, an operator at two addresses close by, a warehouse beside its
distribution point, branches that give one telephone: a matching by name, distance or telephone
would merge them. Then some places close for good, others in August, and each trap of opening hours
is given to a few.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import numpy as np
import shapely

from exemple.offer import words
from exemple.offer.hours import FORMS, SHUT_IN_AUGUST
from exemple.offer.sites import Founder, Site

SAME_ADDRESS, TWO_ADDRESSES, WAREHOUSES, ONE_PHONE = 5, 6, 5, 4
"""Number of groups of each kind."""
CLOSED = 10
EACH_FORM = 5
"""Places given each trap of opening hours."""
SHUT = 24
"""Other places that close in August."""


def look_alike(founder: Founder) -> None:
    """Plant the distinct places that a matching by name, distance or telephone would merge."""
    rng = founder.rng
    hosts = [s for s in founder.sites if s.aids[0] == "colis" and s.commune not in founder.served]
    drawn = [hosts[k] for k in rng.permutation(len(hosts))]
    for rank in range(SAME_ADDRESS):
        host, group = drawn[rank], f"meme_adresse_{rank + 1}"
        quarter = founder.iris["NOM_IRIS"][host.iris].rsplit(" ", 1)[0]
        hall = f"Maison de quartier {quarter}"
        host.street, host.groups = f"{host.street}, {hall}", [group]
        guests = {
            "atelier": f"Association {hall}",
            "colis": f"Collectif {words.THINGS[rank]}",
        }
        for aid, name in guests.items():
            other = founder.found(
                [aid], host.iris, name, "", "association",
                point=(host.x, host.y), address=(host.number, host.street),
            )  # fmt: skip
            other.groups = [group]
    for rank in range(TWO_ADDRESSES):
        first, group = drawn[SAME_ADDRESS + rank], f"deux_adresses_{rank + 1}"
        first.groups = [group]
        other = founder.found(
            first.aids[:1], first.iris, first.name, first.network, first.legal, phone=first.phone,
            operator=first.operator, point=_beside(founder, first, 130, 230),
        )  # fmt: skip
        other.groups = [group]
    for rank in range(WAREHOUSES):
        shop, group = drawn[SAME_ADDRESS + TWO_ADDRESSES + rank], f"entrepot_{rank + 1}"
        shop.groups = [group]
        store = founder.found(
            ["logistique"], shop.iris, f"{shop.name} (entrepôt)", shop.network, shop.legal,
            phone=shop.phone, operator=shop.operator, point=_beside(founder, shop, 30, 90),
        )  # fmt: skip
        store.groups = [group]
    _share_phone(founder)


def _share_phone(founder: Founder) -> None:
    """Let the branches of a network in one commune give the telephone of the same switchboard."""
    branches: dict[tuple[str, str], list[Site]] = defaultdict(list)
    for site in founder.sites:
        if site.network and not site.groups and not site.stops:
            branches[site.commune, site.network].append(site)
    largest = sorted(branches.items(), key=lambda item: (-len(item[1]), item[0]))
    for rank, (_, sites) in enumerate(largest[:ONE_PHONE]):
        for site in sites[:3]:
            site.phone, site.groups = sites[0].phone, [f"meme_telephone_{rank + 1}"]


def _beside(founder: Founder, site: Site, near: float, far: float) -> tuple[float, float]:
    """Draw a point of the same IRIS at a distance between two bounds, in metres."""
    shape = founder.shapes[site.iris]
    for _ in range(500):
        angle, away = founder.rng.uniform(0, 2 * np.pi), founder.rng.uniform(near, far)
        x, y = site.x + away * np.cos(angle), site.y + away * np.sin(angle)
        if shapely.contains_xy(shape, x, y):
            return round(float(x), 1), round(float(y), 1)
    raise ValueError(f"{site.key} : aucun point de son IRIS à {near}–{far} m")


def change(founder: Founder) -> None:
    """Close some for good, shut others in August, and give each trap of hours to some."""
    rng = founder.rng
    plain = [s for s in founder.sites if s.hours.form == "ordinaire" and not s.stops]
    free = [s for s in plain if not s.groups and not s.stale]
    order = [free[k] for k in rng.permutation(len(free))]
    for site in order[:CLOSED]:
        site.closed_on = date(2025, int(rng.integers(1, 13)), int(rng.integers(1, 28)))
    forms = [f for f in FORMS if f not in ("permanent", "nuit")]
    trapped = order[CLOSED : CLOSED + EACH_FORM * len(forms)]
    for rank, site in enumerate(trapped):
        site.hours.form = forms[rank % len(forms)]
        if site.hours.form == "premier_du_mois":
            site.hours.slots = [(1, 14 * 60, 16 * 60 + 30)]
        if site.hours.form == "commentaire_ouvert":
            site.hours.slots = site.hours.slots[:1]
        site.hours.august = site.hours.form not in SHUT_IN_AUGUST
    for site in order[CLOSED + len(trapped) : CLOSED + len(trapped) + SHUT]:
        site.hours.august = False
    for site in founder.sites:
        if site.stops and any(end > 24 * 60 for _, _, end in site.hours.slots):
            site.hours.form = "nuit"
        if not site.hours.august and rng.random() < 0.5:
            site.shut = (date(2026, 8, 1), date(2026, 8, 31))
