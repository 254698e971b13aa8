"""When is a place of food aid open, and how does each tool write it?

The true hours are slots of the week. The same slots are then written in the OpenStreetMap syntax,
as Soliguide does (integers HHMM without leading zero) or in a sentence typed by hand, with the
traps that mislead a reader of opening hours: see `FORMS`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
OSM_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MIDNIGHT = 24 * 60
FORMS = {
    "jours_feries": "« PH off » : fermé les jours fériés, lu avec le pays FR",
    "vacances_ignorees": "« SH off » est ignoré sans rien dire : le lieu ferme en août",
    "ordre_fautif": "« Jul-Aug off; » écrit avant les horaires : le lieu paraît ouvert en août",
    "ordre_correct": "« ; Jul-Aug off » écrit après les horaires : fermé en août",
    "commentaire_seul": "un commentaire seul se lit ouvert 168 h : les horaires sont inconnus",
    "commentaire_ouvert": "horaires suivis de « open » et d'un commentaire : valide",
    "texte_nu": "texte sans guillemets : expression non valide, horaires inconnus, jamais fermé",
    "semaines_alternees": "une semaine sur deux",
    "premier_du_mois": "le premier mardi du mois seulement",
    "nuit": "la plage passe minuit",
    "permanent": "24/7 : vraiment ouvert en continu (frigo solidaire)",
}
"""Opening hours that mislead, and what each one means (library opening-hours-py)."""
PART_OF_WEEKS = {"semaines_alternees": 1 / 2, "premier_du_mois": 12 / 52}
SHUT_IN_AUGUST = ("vacances_ignorees", "ordre_fautif", "ordre_correct")
UNREADABLE = ("commentaire_seul", "texte_nu")
"""Forms from which nothing can be known, whatever the true hours are."""


@dataclass
class Hours:
    """True opening hours of a place.

    Attributes
    ----------
    slots : list of (int, int, int)
        Day (0 is Monday), start and end in minutes; an end beyond 1440 is in the next day.
    august : bool
        Open in August as in the rest of the year.
    form : str
        One of `FORMS`, or ``ordinaire``.
    """

    slots: list[tuple[int, int, int]] = field(default_factory=list)
    august: bool = True
    form: str = "ordinaire"

    def weekly(self, august: bool = False) -> float:
        """Return the hours open in a week, on average over the weeks of a year."""
        if august and not self.august:
            return 0.0
        minutes = sum(end - start for _, start, end in self.slots)
        return round(minutes / 60 * PART_OF_WEEKS.get(self.form, 1), 4)

    def evening(self) -> bool:
        """Say whether it is ever open after 18:00."""
        return any(end > 18 * 60 for _, _, end in self.slots)

    def on(self, day: int) -> bool:
        """Say whether it is ever open on a day of the week."""
        return any(d == day for d, _, _ in self.slots)


def clock(minutes: int) -> str:
    """Return ``HH:MM``; midnight at the end of a day is ``24:00``."""
    within = minutes if minutes == MIDNIGHT else minutes % MIDNIGHT
    return f"{within // 60:02d}:{within % 60:02d}"


def _by_day(hours: Hours) -> dict[int, list[tuple[int, int]]]:
    table: dict[int, list[tuple[int, int]]] = {}
    for day, start, end in sorted(hours.slots):
        table.setdefault(day, []).append((start, end))
    return table


def _runs(days: list[int], labels: tuple[str, ...], dash: str, comma: str) -> str:
    """Return days as runs: Mo-We,Fr."""
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    parts = []
    for run in runs:
        if len(run) > 2:
            parts.append(f"{labels[run[0]]}{dash}{labels[run[-1]]}")
        else:
            parts.extend(labels[day] for day in run)
    return comma.join(parts)


def _alike(hours: Hours) -> dict[tuple[tuple[int, int], ...], list[int]]:
    """Return the days that share the same slots, under these slots."""
    alike: dict[tuple[tuple[int, int], ...], list[int]] = {}
    for day, slots in _by_day(hours).items():
        alike.setdefault(tuple(slots), []).append(day)
    return alike


def osm(hours: Hours) -> str:
    """Return the hours in the OpenStreetMap syntax, with the trap of their form."""
    if hours.form == "permanent":
        return "24/7"
    if hours.form == "commentaire_seul":
        return '"Sur rendez-vous"'
    rules = []
    for slots, days in _alike(hours).items():
        label = _runs(days, OSM_DAYS, "-", ",")
        if hours.form == "premier_du_mois":
            label = f"{label}[1]"
        if hours.form == "semaines_alternees":
            label = f"week 01-53/2 {label}"
        rules.append(label + " " + ",".join(f"{clock(a)}-{clock(b)}" for a, b in slots))
    base = "; ".join(rules)
    dressed = {
        "jours_feries": f"{base}; PH off",
        "vacances_ignorees": f"{base}; SH off",
        "ordre_fautif": f"Jul-Aug off; {base}",
        "ordre_correct": f"{base}; Jul-Aug off",
        "commentaire_ouvert": f'{rules[0]} open "Sur rendez-vous"',
        "texte_nu": f"{base} sur rendez-vous",
    }
    plain = base if hours.august else f"{base}; Aug off"
    return dressed.get(hours.form, plain)


def soliguide(hours: Hours) -> dict[str, object]:
    """Return ``newhours``: integers HHMM, 0 at midnight, one entry a day."""
    known = {} if hours.form in UNREADABLE else _by_day(hours)
    week: dict[str, object] = {"description": _remark(hours)}
    week["closedHolidays"] = "CLOSED" if hours.form == "jours_feries" else "UNKNOWN"
    for day, name in enumerate(DAYS):
        slots = known.get(day, [])
        week[name] = {
            "open": bool(slots),
            "timeslot": [{"start": _number(a), "end": _number(b)} for a, b in slots],
        }
    return week


def _number(minutes: int) -> int:
    return minutes % MIDNIGHT // 60 * 100 + minutes % 60


def _remark(hours: Hours) -> str:
    return {
        "semaines_alternees": "Une semaine sur deux, semaines impaires",
        "premier_du_mois": "Le premier mardi du mois",
        "commentaire_seul": "Sur rendez-vous",
        "texte_nu": "Sur rendez-vous",
    }.get(hours.form, "")


def _typed(minutes: int) -> str:
    within = minutes % MIDNIGHT
    return f"{within // 60}h{within % 60:02d}" if within % 60 else f"{within // 60}h"


def french(hours: Hours, terse: bool = False) -> str:
    """Return the hours as a person types them; ``terse`` gives « lundi matin »."""
    if hours.form == "permanent":
        return "7j/7, 24h/24"
    if hours.form in UNREADABLE:
        return "sur RDV"
    if terse:
        halves = [
            f"{JOURS[day]} {'matin' if start < 12 * 60 else 'après-midi'}"
            for day, start, _ in sorted(hours.slots)
        ]
        return ", ".join(dict.fromkeys(halves))
    parts = []
    for slots, days in _alike(hours).items():
        when = " et ".join(f"{_typed(a)}-{_typed(b)}" for a, b in slots)
        parts.append(f"{_runs(days, JOURS, ' au ', ', ')} {when}")
    text = " ; ".join(parts)
    if _remark(hours):
        text += f" ({_remark(hours).lower()})"
    return text if hours.august else f"{text} - fermé en août"
