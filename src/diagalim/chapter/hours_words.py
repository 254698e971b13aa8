"""How do opening hours read in French, and which words of a record may be shown as they are?

A record may say its hours in a sentence typed by hand, and such a sentence may hold the telephone
or the name of a volunteer. Only one made of words of time is shown; any other is said to exist.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import pandas as pd

from diagalim.analysis.offer.hours import DAYS, NOT_SAID, WHOLE_DAY, Week
from diagalim.analysis.offer.opening_rules import Remark
from diagalim.wording import french

UNKNOWN = "horaires non connus"
"""Never « fermé »: nobody said it (METHODS 4.6)."""
NOT_READ = "horaires non lus par le filtre, écrits ainsi : « {said} »"
KEPT_BACK = "horaires non connus, dits dans un texte libre qui n'est pas repris"
SOME_WEEKS = "certaines semaines seulement"
PUBLIC_HOLIDAYS = "fermé les jours fériés"
LATER = "parfois plus tard"
SCHOOL_HOLIDAYS = "les vacances scolaires changent ces jours"
ALWAYS = "tous les jours, à toute heure"
NIGHT_AND_DAY = "toute la journée"
HIDDEN_REMARK = "une précision en texte libre n'est pas reprise"
WITHOUT_TIME = "sans heure sûre"
SOME_DAYS = "certains jours"
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
telephone telephoner telephonique appeler appel avant apres prealable prealablement prendre prise
uniquement seulement exclusivement inscription orientation reservation reserver obligatoire
necessaire possible travaux conge conges annuel annuels annuelle exceptionnelle exceptionnellement
"""
_TIME_WORDS = frozenset(_WORDS.split())
"""Words of time and of how to come, without accents."""
_CODES = dict(zip(("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"), DAYS, strict=True)) | {
    "Jan": "janvier", "Feb": "février", "Mar": "mars", "Apr": "avril", "May": "mai", "Jun": "juin",
    "Jul": "juillet", "Aug": "août", "Sep": "septembre", "Oct": "octobre", "Nov": "novembre",
    "Dec": "décembre", "PH": "jours fériés", "SH": "vacances scolaires",
}  # fmt: skip
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
        Periods ``AAAA-MM-JJ/AAAA-MM-JJ`` parted by « ; », without a beginning or an end when nobody
        says it; one that is over is not said.
    today : date
        Reference date of the study.
    """
    beside = (Remark("", sentence),) if isinstance(sentence, str) and sentence.strip() else ()
    if week is None:
        known = _unread(sentence)
    else:  # « une semaine sur deux » beside hours changes what they mean
        known = week_text(replace(week, remarks=(*week.remarks, *beside)))
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
            (LATER, week.later),
            (PUBLIC_HOLIDAYS, week.public_holidays_off),
            (SCHOOL_HOLIDAYS, week.school_holidays),
        )
        if true
    ]
    return ", ".join([said, *notes]) + _remarked(week.remarks)


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


def _remarked(remarks: tuple[Remark, ...]) -> str:
    """Return the remarks that stand beside the hours, those of words of time alone."""
    told = list(dict.fromkeys(map(_remark, remarks)))
    shown = [f"« {said} »" for said in told if said]
    kept_back = [HIDDEN_REMARK] * ("" in told)
    word = "précisions : " if len(shown) > 1 else "précision : "
    parts = [word + ", ".join(shown)] * bool(shown) + kept_back
    return f" ({' ; '.join(parts)})" if parts else ""


def _remark(remark: Remark) -> str:
    """Return one remark in words, empty when its words are not to be shown."""
    said = remark.words or WITHOUT_TIME
    if not speaks_only_of_time(remark.words):
        return ""
    return f"{_when(remark.when)} : {said}" if remark.when else said


def _when(selector: str) -> str:
    """Return days or months in words: « samedi », « du lundi au vendredi », « août »."""
    spans = [[_CODES.get(end) for end in span.split("-")] for span in selector.split(",")]
    if not all(name for span in spans for name in span):
        return SOME_DAYS
    return french.listed([span[0] if len(span) == 1 else _from_to(*span[:2]) for span in spans])


def _from_to(first: str, last: str) -> str:
    if first in DAYS:
        return f"du {first} au {last}"
    return f"{'d’' if first[0] in 'ao' else 'de '}{first} à {last}".replace("’", "'")


def _closed(closures: str | None, today: pd.Timestamp) -> list[str]:
    found = []
    for period in closures.split(";") if isinstance(closures, str) else ():
        start, slash, end = period.partition("/")
        begun, last = (pd.to_datetime(d, format="%Y-%m-%d", errors="coerce") for d in (start, end))
        if (start and pd.isna(begun)) or (end and not last >= today) or not slash:
            continue  # over, or no date
        found.append(_closure(start, end, begun <= today))
    return found


def _closure(start: str, end: str, begun: bool) -> str:
    """Return a closure in words, with the ends that are known."""
    first, last = french.dated(start), french.dated(end)
    if start and end:
        return f"fermé du {first} au {last}"
    if start:
        return f"fermé depuis le {first}" if begun else f"fermé à partir du {first}"
    return f"fermé jusqu'au {last}" if end else "fermé, sans date de réouverture"


def _times(slots: tuple[tuple[str, str], ...]) -> str:
    if slots == (WHOLE_DAY,):
        return NIGHT_AND_DAY
    return french.listed([_slot(begun, ended) for begun, ended in slots])


def _slot(begun: str, ended: str) -> str:
    if ended == NOT_SAID:
        return f"à partir de {_clock(begun)}"
    return f"{_clock(begun)}{_ACROSS}{_clock(ended)}"


def _clock(time: str) -> str:
    """Write « 9 h 30 », its parts held together."""
    hour, minute = time.split(":")
    shown = f"{int(hour)}{french.NO_BREAK}h"
    return shown if minute == "00" else f"{shown}{french.NO_BREAK}{minute}"
