"""What does the census say of these households? The five *bases infracommunales* of 2022.

``P`` columns are the main processing: in communes of 10,000 inhabitants and over two households in
five, with survey weights (hence decimals), elsewhere everyone. ``C`` columns are the complementary
processing, about one household in four, so that a ``C`` total is close to the ``P`` one and not
equal. The columns of the structure base are those of the official file, in its order; the four
others hold every column of the recipes, and what their totals are made of.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

from exemple.people.households import (
    COUPLE,
    DIPLOMAS,
    EMPLOYED,
    INACTIVE,
    MAN,
    OTHERS,
    PARENTS,
    RETIRED,
    SINGLE_PARENT,
    STUDENT,
    UNEMPLOYED,
    WOMAN,
    People,
)

AGES = {
    "0002": (0, 2), "0305": (3, 5), "0610": (6, 10), "1117": (11, 17), "1824": (18, 24),
    "2539": (25, 39), "4054": (40, 54), "5564": (55, 64), "6579": (65, 79), "80P": (80, 200),
}  # fmt: skip
BROAD = {
    "0014": (0, 14), "1529": (15, 29), "3044": (30, 44), "4559": (45, 59), "6074": (60, 74),
    "75P": (75, 200), "0019": (0, 19), "2064": (20, 64), "65P": (65, 200),
}  # fmt: skip
GROUPS = {
    11: "11_21",
    12: "12_22",
    13: "13_23",
    14: "14_24",
    15: "15_25",
    16: "16_26",
    32: "32",
    40: "40",
}
LARGE = 10_000


class Census:
    """Weights, and the sums of weights by IRIS."""

    def __init__(self, people: People, iris: gpd.GeoDataFrame, rng: np.random.Generator) -> None:
        self.homes, self.persons = people.households, people.persons
        self.iris = iris
        place = self.homes["iris"].to_numpy()
        commune = iris["INSEE_COM"].to_numpy()
        living = pd.Series(commune[self.persons["iris"]]).value_counts()
        parent = iris["commune"].to_numpy()
        large = np.isin(parent, parent[pd.Series(commune).map(living).fillna(0) >= LARGE])
        self.main = self._weights(np.where(large, 0.4, 1.0)[place], rng, rough=large[place])
        kept = np.where(large, 0.625, 0.25)[place] * (self.main > 0)
        extra = self._weights(kept, rng, rough=np.ones(len(place), bool))
        self.extra = extra
        outside = self.persons["home"].to_numpy() < 0
        self.p = np.where(outside, 1.0, self.main[self.persons["home"]])
        self.c = np.where(outside, 1.0, self.extra[self.persons["home"]])
        self._calibrate(commune)

    def _weights(
        self, share: np.ndarray, rng: np.random.Generator, *, rough: np.ndarray
    ) -> np.ndarray:
        """Keep a share of the households; the kept ones weigh for all those of their IRIS."""
        place = self.homes["iris"].to_numpy()
        kept = rng.random(len(place)) < share
        raw = kept * np.where(rough, rng.lognormal(0, 0.10, len(place)), 1.0)
        total = np.bincount(place, raw, minlength=len(self.iris))
        count = np.bincount(place, minlength=len(self.iris))
        return raw * np.divide(count, total, out=np.zeros(len(total)), where=total > 0)[place]

    def _calibrate(self, commune: np.ndarray) -> None:
        """Make the persons of each commune add up to its true population, in P and in C."""
        where = pd.factorize(commune)[0]
        of_person, of_home = where[self.persons["iris"]], where[self.homes["iris"]]
        inside = self.persons["home"].to_numpy() >= 0
        true = np.bincount(of_person[inside], minlength=where.max() + 1)
        for persons, homes in ((self.p, self.main), (self.c, self.extra)):
            drawn = np.bincount(of_person[inside], persons[inside], minlength=len(true))
            factor = np.divide(true, drawn, out=np.ones(len(true)), where=drawn > 0)
            persons[inside] *= factor[of_person[inside]]
            homes *= factor[of_home]

    def count(self, mask: np.ndarray | None = None, *, extra: bool = False) -> np.ndarray:
        """Weighted persons by IRIS."""
        return self._sum(self.persons["iris"].to_numpy(), self.c if extra else self.p, mask)

    def homes_count(
        self,
        mask: np.ndarray | None = None,
        *,
        extra: bool = False,
        times: np.ndarray | float = 1.0,
    ) -> np.ndarray:
        """Weighted households by IRIS, each counted ``times``."""
        weight = (self.extra if extra else self.main) * times
        return self._sum(self.homes["iris"].to_numpy(), weight, mask)

    def _sum(self, place: np.ndarray, weight: np.ndarray, mask: np.ndarray | None) -> np.ndarray:
        used = weight if mask is None else weight * np.asarray(mask)
        return np.bincount(place, used, minlength=len(self.iris))


def structure(census: Census) -> dict[str, np.ndarray]:
    """Return base-ic-evol-struct-pop: ages, sexes, occupational groups."""
    age = census.persons["age"].to_numpy()
    woman = census.persons["woman"].to_numpy().astype(bool)
    everyone = np.ones(len(age), bool)
    table = {"P22_POP": census.count()}
    for bands in (AGES, BROAD):
        table |= {
            f"P22_POP{k}": census.count((age >= a) & (age <= b)) for k, (a, b) in bands.items()
        }
    for letter, sex in (("H", ~woman), ("F", woman)):
        table[f"P22_POP{letter}"] = census.count(sex)
        table |= {
            f"P22_{letter}{k}": census.count(sex & (age >= a) & (age <= b))
            for k, (a, b) in BROAD.items()
        }
    group = census.persons["group"].to_numpy()
    for prefix, who in (("POP", everyone), ("H", ~woman), ("F", woman)):
        table[f"C22_{prefix}15P"] = census.count(who & (age >= 15), extra=True)
        table |= {
            f"C22_{prefix}15P_STAT_GSEC{name}": census.count(who & (group == code), extra=True)
            for code, name in GROUPS.items()
        }
    home = census.persons["home"].to_numpy()
    foreign = (home * 2_654_435_761 % 1000) / 1000  # a draw by household that needs no generator
    abroad = (home >= 0) & (foreign < 0.11)
    table["P22_POP_FR"] = census.count(~(abroad & (foreign < 0.07)))
    table["P22_POP_ETR"] = census.count(abroad & (foreign < 0.07))
    table["P22_POP_IMM"] = census.count(abroad & (age > 5))
    table["P22_PMEN"] = census.count(home >= 0)
    table["P22_PHORMEN"] = census.count(home < 0)
    return table


def families(census: Census) -> dict[str, np.ndarray]:
    """Return base-ic-couples-familles-menages: households, and who lives alone."""
    kind = census.homes["type"].to_numpy()
    size = (census.homes["adults"] + census.homes["children"]).to_numpy()
    kinds = {
        "": kind >= 0, "PSEUL": kind <= WOMAN, "HSEUL": kind == MAN, "FSEUL": kind == WOMAN,
        "SFAM": kind == OTHERS, "FAM": kind >= COUPLE, "COUPSENF": kind == COUPLE,
        "COUPAENF": kind == PARENTS, "FAMMONO": kind == SINGLE_PARENT,
    }  # fmt: skip
    table = {f"C22_MEN{k}": census.homes_count(m, extra=True) for k, m in kinds.items()}
    for k, mask in kinds.items():
        name = f"C22_PMEN_MEN{k}" if k else "C22_PMEN"
        table[name] = census.homes_count(mask, extra=True, times=size)
    age, home = census.persons["age"].to_numpy(), census.persons["home"].to_numpy()
    alone = (home >= 0) & (kind[home] <= WOMAN)
    bands = {
        "15P": (15, 200),
        "1524": (15, 24),
        "2554": (25, 54),
        "5579": (55, 79),
        "80P": (80, 200),
    }
    who = {k: (age >= a) & (age <= b) for k, (a, b) in bands.items()}
    table |= {f"P22_POP{k}": census.count(m) for k, m in who.items()}
    table |= {f"P22_POPMEN{k}": census.count(m & (home >= 0)) for k, m in who.items()}
    table |= {f"P22_POP{k}_PSEUL": census.count(m & alone) for k, m in who.items()}
    children = census.homes["children"].to_numpy()
    table["C22_FAM"] = census.homes_count(kind >= COUPLE, extra=True)
    for name, code in (("COUPAENF", PARENTS), ("FAMMONO", SINGLE_PARENT), ("COUPSENF", COUPLE)):
        table[f"C22_{name}"] = census.homes_count(kind == code, extra=True)
    for n in range(5):
        many = children >= 4 if n == 4 else children == n
        key = f"C22_NE24F{n}P" if n == 4 else f"C22_NE24F{n}"
        table[key] = census.homes_count((kind >= COUPLE) & many, extra=True)
    return table


def housing(census: Census, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Return base-ic-logement: dwellings, tenure, cars."""
    homes = census.homes
    count = census.homes_count
    rp = count()
    table = {"P22_LOG": rp, "P22_RP": rp}
    table["P22_RSECOCC"] = rp * rng.beta(1.2, 14, len(rp))
    table["P22_LOGVAC"] = rp * rng.beta(3, 38, len(rp))
    table["P22_LOG"] = rp + table["P22_RSECOCC"] + table["P22_LOGVAC"]
    flat = homes["flat"].to_numpy()
    table |= {"P22_RPMAISON": count(~flat), "P22_RPAPPART": count(flat)}
    rooms, area = homes["rooms"].to_numpy(), homes["area"].to_numpy()
    table |= {f"P22_RP_{n}P": count(rooms == n) for n in range(1, 5)}
    table["P22_RP_5PP"] = count(rooms >= 5)
    sizes = {"M30M2": (0, 30), "3040M2": (30, 40), "4060M2": (40, 60), "6080M2": (60, 80),
             "80100M2": (80, 100), "100120M2": (100, 120), "120M2P": (120, 999)}  # fmt: skip
    table |= {f"P22_RP_{k}": count((area >= a) & (area < b)) for k, (a, b) in sizes.items()}
    owner, social, free = (homes[c].to_numpy() for c in ("owner", "social", "free"))
    table |= {
        "P22_RP_PROP": count(owner), "P22_RP_LOC": count(~owner & ~free),
        "P22_RP_LOCHLMV": count(social), "P22_RP_GRAT": count(free),
    }  # fmt: skip
    size = (homes["adults"] + homes["children"]).to_numpy()
    since = homes["since"].to_numpy()
    spans = {"0002": (-1, 2), "0204": (2, 5), "0509": (5, 10), "10P": (10, 200)}
    table |= {"P22_MEN": rp, "P22_PMEN": count(times=size)}
    table |= {f"P22_MEN_ANEM{k}": count((since >= a) & (since < b)) for k, (a, b) in spans.items()}
    cars = homes["cars"].to_numpy()
    table |= {
        "P22_RP_VOIT1P": count(cars >= 1), "P22_RP_VOIT1": count(cars == 1),
        "P22_RP_VOIT2P": count(cars >= 2),
    }  # fmt: skip
    spare = rooms - (1 + np.ceil(size / 2))
    studio = (size == 1) & (rooms == 1)
    for name, low, high in (("SOUSOCC_TACC", 3, 99), ("SOUSOCC_ACC", 2, 2), ("SOUSOCC_MOD", 1, 1),
                            ("NORME", 0, 0), ("SUROCC_MOD", -1, -1),
                            ("SUROCC_ACC", -99, -2)):  # fmt: skip
        table[f"C22_RP_{name}"] = count((spare >= low) & (spare <= high) & ~studio, extra=True)
    return table


def activity(census: Census, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Return base-ic-activite-residents: who works, how, and how they go to work."""
    age = census.persons["age"].to_numpy()
    situation = census.persons["situation"].to_numpy()
    woman = census.persons["woman"].to_numpy().astype(bool)
    working_age = (age >= 15) & (age <= 64)
    states = {
        "POP": situation >= 0, "ACT": (situation == EMPLOYED) | (situation == UNEMPLOYED),
        "ACTOCC": situation == EMPLOYED, "CHOM": situation == UNEMPLOYED,
        "INACT": situation >= STUDENT, "ETUD": situation == STUDENT, "RETR": situation == RETIRED,
        "AINACT": situation == INACTIVE,
    }  # fmt: skip
    table = {}
    for name, mask in states.items():
        table[f"P22_{name}1564"] = census.count(mask & working_age)
        if name in ("POP", "ACT", "ACTOCC", "CHOM"):
            for k, (a, b) in {"1524": (15, 24), "2554": (25, 54), "5564": (55, 64)}.items():
                table[f"P22_{name}{k}"] = census.count(mask & (age >= a) & (age <= b))
        letter = {"H": ~woman, "F": woman}
        table |= {
            f"P22_{s}{name}1564": census.count(mask & working_age & m) for s, m in letter.items()
        }
    at_work = situation == EMPLOYED
    trade = census.persons["trade"].to_numpy()
    salaried = at_work & ~np.isin(trade, (11, 12))
    fragile = 1 / (
        1 + np.exp(1.9 + 0.28 * (census.persons["diploma"].to_numpy() - 3) + 0.04 * (age - 35))
    )
    draw = rng.random(len(age))
    contract = np.select([draw < part * fragile for part in (0.62, 0.75, 0.83, 1)],
                         ["CDD", "INTERIM", "EMPAID", "APPR"], "CDI")  # fmt: skip
    part = rng.random(len(age)) < np.where(woman, 0.27, 0.09)
    table |= {"P22_ACTOCC15P": census.count(at_work), "P22_SAL15P": census.count(salaried)}
    table |= {f"P22_SAL15P_{k}": census.count(salaried & (contract == k))
              for k in ("CDI", "CDD", "INTERIM", "EMPAID", "APPR")}  # fmt: skip
    table |= {
        "P22_SAL15P_TP": census.count(salaried & part),
        "P22_ACTOCC15P_TP": census.count(at_work & part),
    }
    table["P22_NSAL15P"] = census.count(at_work & np.isin(trade, (11, 12)))
    modes = census.persons["mode"].to_numpy()
    table["C22_ACTOCC15P"] = census.count(at_work, extra=True)
    names = {
        "nodep": "PAS",
        "marche": "MAR",
        "velo": "VELO",
        "drm": "2ROUESMOT",
        "voiture": "VOIT",
        "tcom": "TCOM",
    }
    for mode, name in names.items():
        table[f"C22_ACTOCC15P_{name}"] = census.count(at_work & (modes == mode), extra=True)
    return table


def diplomas(census: Census) -> dict[str, np.ndarray]:
    """Return base-ic-diplomes-formation: who is at school, and the diploma of the others."""
    age = census.persons["age"].to_numpy()
    pupil = (census.persons["situation"].to_numpy() == STUDENT) | ((age >= 3) & (age < 15))
    bands = {"0205": (2, 5), "0610": (6, 10), "1114": (11, 14), "1517": (15, 17), "1824": (18, 24),
             "2529": (25, 29), "30P": (30, 200)}  # fmt: skip
    within = {k: (age >= a) & (age <= b) for k, (a, b) in bands.items()}
    table = {f"P22_POP{k}": census.count(m) for k, m in within.items()}
    table |= {f"P22_SCOL{k}": census.count(m & pupil) for k, m in within.items()}
    woman = census.persons["woman"].to_numpy().astype(bool)
    rank = census.persons["diploma"].to_numpy()
    out = (age >= 15) & ~pupil
    for prefix, who in (("", np.ones(len(age), bool)), ("H", ~woman), ("F", woman)):
        table[f"P22_{prefix}NSCOL15P"] = census.count(out & who)
        table |= {f"P22_{prefix}NSCOL15P_{name}": census.count(out & who & (rank == k))
                  for k, name in enumerate(DIPLOMAS)}  # fmt: skip
    return table
