"""How do opening hours read in French, and which words of a record may be shown as they are?

A record may say its hours in a sentence typed by hand, and such a sentence may hold the telephone
or the name of a volunteer. Only one made of words of time is shown; any other is said to exist.
"""

from __future__ import annotations

import re
import unicodedata

import pandas as pd

from diagalim.offer.hours import DAYS, WHOLE_DAY, Week
from diagalim.publish import french

UNKNOWN = "horaires non connus"
"""Never « fermé »: nobody said it (METHODS 4.6)."""
NOT_READ = "horaires non lus par le filtre, écrits ainsi : « {said} »"
KEPT_BACK = "horaires non connus, dits dans un texte libre qui n'est pas repris"
SOME_WEEKS = "certaines semaines seulement"
PUBLIC_HOLIDAYS = "fermé les jours fériés"
SCHOOL_HOLIDAYS = "les vacances scolaires changent ces jours"
ALWAYS = "tous les jours, à toute heure"
NIGHT_AND_DAY = "toute la journée"
LEAST_RUN = 3
"""Days in a row that are said from the first to the last."""

_WORDS = """
lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu ven sam dim
lundis mardis mercredis jeudis vendredis samedis dimanches mo tu we th fr sa su ph sh off open
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
matin matins matinee apres midi soir soiree journee nuit jour jours semaine semaines mois
un une deux trois quatre premier premiere deuxieme troisieme quatrieme dernier derniere
chaque tous toutes les le la l du de des d au aux a et ou en sur par sauf pair paire paires
impair impaires ferie feries ferme fermee fermeture ouvert ouverte vacances scolaires
rendez vous rdv h heure heures min minutes week
"""
_TIME_WORDS = frozenset(_WORDS.split())
"""Words of time, without accents."""
_LONG_NUMBER = re.compile(r"\d{5,}|(?:\d\d[ .]){3,}\d\d")
_ACROSS = "\u2013"


def hours_text(
    week: Week | None, sentence: str | None, closures: str | None, today: str | pd.Timestamp
) -> str:
    """Return the opening hours of a site in words.

    Parameters
    ----------
    week : Week or None
        Ordinary week, None when unknown.
    sentence : str or None
        Hours as the record says them in words.
    closures : str or None
        Periods ``AAAA-MM-JJ/AAAA-MM-JJ`` parted by « ; »; one that is over is not said.
    today : date
        Reference date of the study.
    """
    known = _unread(sentence) if week is None else week_text(week)
    return french.spaced(" ; ".join([known, *_closed(closures, pd.Timestamp(today))]))


def week_text(week: Week) -> str:
    """Return an ordinary week in words: « lundi et jeudi 9 h–11 h 30 ; samedi 9 h–12 h »."""
    by_times: dict[tuple[tuple[str, str], ...], list[int]] = {}
    for day in week.days:
        by_times.setdefault(week.slots[day], []).append(day)
    whole = (WHOLE_DAY,)
    if list(by_times) == [whole] and len(by_times[whole]) == len(DAYS):
        said = ALWAYS
    else:
        said = " ; ".join(f"{days_text(days)} {_times(slots)}" for slots, days in by_times.items())
    notes = [
        note
        for note, true in (
            (SOME_WEEKS, not week.every_week),
            (PUBLIC_HOLIDAYS, week.public_holidays_off),
            (SCHOOL_HOLIDAYS, week.school_holidays),
        )
        if true
    ]
    return ", ".join([said, *notes])


def days_text(days: list[int]) -> str:
    """Return days in words: « du lundi au vendredi », « mardi et jeudi »."""
    run = days[-1] - days[0] + 1 == len(days)
    if len(days) == len(DAYS):
        return "tous les jours"
    if run and len(days) >= LEAST_RUN:
        return f"du {DAYS[days[0]]} au {DAYS[days[-1]]}"
    return french.listed([DAYS[day] for day in days])


def speaks_only_of_time(sentence: str) -> bool:
    """Tell whether a sentence holds nothing but days, hours and the like."""
    if _LONG_NUMBER.search(sentence) or re.search(r"[@<>{}/\\]", sentence):
        return False
    plain = unicodedata.normalize("NFKD", sentence.replace("\u2019", "'"))
    plain = plain.encode("ascii", "ignore").decode().lower()
    return all(word in _TIME_WORDS for word in re.findall(r"[a-z]+", plain))


def _unread(sentence: str | None) -> str:
    """Return what is said of hours that no filter can use."""
    said = sentence.strip(' "') if isinstance(sentence, str) else ""
    if not said:
        return UNKNOWN
    return NOT_READ.format(said=said) if speaks_only_of_time(said) else KEPT_BACK


def _closed(closures: str | None, today: pd.Timestamp) -> list[str]:
    found = []
    for period in closures.split(";") if isinstance(closures, str) else ():
        start, _, end = period.partition("/")
        last = pd.to_datetime(end, format="%Y-%m-%d", errors="coerce")
        if last >= today:  # false for what is no date
            found.append(f"fermé du {french.dated(start)} au {french.dated(end)}")
    return found


def _times(slots: tuple[tuple[str, str], ...]) -> str:
    if slots == (WHOLE_DAY,):
        return NIGHT_AND_DAY
    return french.listed([f"{_clock(a)}{_ACROSS}{_clock(b)}" for a, b in slots])


def _clock(time: str) -> str:
    """Write « 9 h 30 », its parts held together."""
    hour, minute = time.split(":")
    shown = f"{int(hour)}{french.NO_BREAK}h"
    return shown if minute == "00" else f"{shown}{french.NO_BREAK}{minute}"
