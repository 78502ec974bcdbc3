"""How often something happens, and stretches of time told without a figure: "twice a week", "every hour", "a day"."""

from __future__ import annotations

import re

from msgcheck.language.measures import unit_at
from msgcheck.language.numbers import ORDINALS, Number, Token, read
from msgcheck.language.quantity import PER, Quantity, finished, made
from msgcheck.language.units import UNITS

CONTINUOUS = re.compile(
    r"\b(?:(?:a)?round[- ]the[- ]clock|24\s*/\s*7|(?:by )?day (?:and|or) (?:by )?night|"
    r"(?:by )?night (?:and|or) (?:by )?day|(?:twenty-four|24) hours (?:a|per) day|at (?:any|all) hours?|"
    r"whatever the hour|any time of (?:the )?(?:day|night)|day in,? day out|at any time)\b",
    re.I,
)
REGULAR = {
    "hourly": 1 / 3600,
    "daily": 1 / 86400,
    "nightly": 1 / 86400,
    "weekly": 1 / 604800,
    "fortnightly": 1 / 1209600,
    "monthly": 1 / 2592000,
    "quarterly": 1 / 7776000,
    "yearly": 1 / 31536000,
    "annually": 1 / 31536000,
    "annual": 1 / 31536000,
    "biannual": 2 / 31536000,
    "biweekly": 1 / 1209600,
}
TIMES = {"once": 1.0, "twice": 2.0, "thrice": 3.0}


_ONE_BEFORE = frozenset(
    {
        "in",
        "within",
        "under",
        "than",
        "inside",
        "after",
        "takes",
        "take",
        "below",
        "over",
        "for",
        "about",
        "to",
        "least",
        "most",
        "half",
        "only",
        "just",
        "nearly",
        "almost",
        "is",
        "be",
        "once",
        "barely",
        "not",
        "even",
        "by",
        "every",
        "from",
        "between",
    }
)


def single(text: str, found: tuple[Token, ...], index: int) -> tuple[Quantity, int] | None:
    """A duration of one: "within a week", "in less than an hour", "a minute and a half"; "€19 a month" is a rate."""
    if index + 1 >= len(found):
        return None
    unit = UNITS.get(found[index + 1].text)
    last = index + 2
    if unit is None or unit.dimension != "duration" or found[index + 1].text == "second":
        return None
    value = 1.0
    if [t.text for t in found[last : last + 3]] == ["and", "a", "half"]:
        value, last = 1.5, last + 3
    elif index == 0 or found[index - 1].text not in _ONE_BEFORE:
        return None
    one = Number(value, index, last, True)
    if last + 1 < len(found) and found[last].text in ("to", "and"):      # "from a week to ten years"
        second = read(found, last + 1)
        wider = unit_at(found, second.last, second) if second else None
        if second and wider and wider[0].dimension == "duration":
            span = (value * unit.factor, second.value * wider[0].factor)
            if span[0] < span[1]:
                return finished(text, found, one, index, "duration", 1.0, unit.name, wider[1], span)
    return finished(text, found, one, index, "duration", unit.factor, unit.name, last)


_WEEKDAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])


def _period(word: str) -> float:
    """Seconds from one `word` to the next: of a unit of time or a day of the week; 0.0 for any other word."""
    if word in _WEEKDAYS:
        return 604800.0
    unit = UNITS.get(word)
    return unit.factor if unit is not None and unit.dimension == "duration" and word != "second" else 0.0


def every(text: str, found: tuple[Token, ...], index: int) -> tuple[Quantity, int] | None:
    """ "every five minutes", "every quarter of an hour", "each month"; "every second dashboard" is a share."""
    at = index + 1
    if at >= len(found):
        return None
    nth = 2 if found[at].text in ("other", "second") else ORDINALS.get(found[at].text, 0)
    period = _period(found[at + 1].text) if nth > 1 and at + 1 < len(found) else 0.0
    if not nth and found[at].text in _WEEKDAYS:
        nth, period, at = 1, _period(found[at].text), at - 1
    if period:
        rate = 1 / (nth * period)        # "every second Wednesday", "each third month"
        return made(
            text, found, index, at + 2, "frequency", rate, rate, "per second", (found[index].start, found[at + 1].end)
        ), at + 2
    number = None if found[at].text in ("quarter", "half") else read(found, at)
    if number:
        last = number.last
        if last + 2 < len(found) and found[last].text == "of" and found[last + 1].text in ("an", "a"):
            last += 2
        unit = UNITS.get(found[last].text) if last < len(found) else None
        if unit and unit.dimension == "duration":
            rate = 1 / (number.value * unit.factor)
            return made(
                text,
                found,
                index,
                last + 1,
                "frequency",
                rate,
                rate,
                "per second",
                (found[at].start, found[number.last - 1].end),
            ), last + 1
        return None
    if found[at].text in ("quarter", "half") and [t.text for t in found[at + 1 : at + 3]] == ["-", "hour"]:
        rate = (4 if found[at].text == "quarter" else 2) / 3600
        return made(
            text, found, index, at + 3, "frequency", rate, rate, "per second", (found[index].start, found[at + 2].end)
        ), at + 3
    if (
        found[at].text in ("quarter", "half")
        and at + 2 < len(found)
        and found[at + 1].text in ("of", "an")
        and "hour" in (found[at + 2].text, found[min(at + 3, len(found) - 1)].text)
    ):
        last = at + 3 if found[at + 2].text == "hour" else at + 4
        rate = (4 if found[at].text == "quarter" else 2) / 3600
        return made(
            text, found, index, last, "frequency", rate, rate, "per second", (found[index].start, found[last - 1].end)
        ), last
    unit = UNITS.get(found[at].text)
    if unit and unit.dimension == "duration":
        return made(
            text,
            found,
            index,
            at + 1,
            "frequency",
            1 / unit.factor,
            1 / unit.factor,
            "per second",
            (found[index].start, found[at].end),
        ), at + 1
    return None


_PASSES = frozenset(("has", "have", "had", "is", "was", "goes", "passes"))


def times(
    text: str, found: tuple[Token, ...], first: int, count: float, at: int, number_at: int
) -> tuple[Quantity, int] | None:
    """ "twice a week", "four times a year", "once per quarter"; "three times as fast" is a factor."""
    if at < len(found) and found[at].text in PER and at + 1 < len(found):
        unit = UNITS.get(found[at + 1].text)
        if found[number_at].text == "once" and at + 2 < len(found) and found[at + 2].text in _PASSES:
            return None                  # "once a year has gone by"
        if unit and unit.dimension == "duration":
            rate = count / unit.factor
            return made(
                text,
                found,
                first,
                at + 2,
                "frequency",
                rate,
                rate,
                "per second",
                (found[number_at].start, found[number_at].end),
            ), at + 2
    return None
