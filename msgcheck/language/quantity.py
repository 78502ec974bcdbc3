"""One quantity of a sentence, and how its words become one: comparator, unit, rate and offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from msgcheck.language.comparators import Comparator, Statistic, comparator_around
from msgcheck.language.measures import singular
from msgcheck.language.numbers import Number, Token, is_digits
from msgcheck.language.units import UNITS


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity; `low == high` unless it is a range. `start`/`end` are offsets of its words in the sentence."""

    dimension: str  # duration, frequency, ratio, count, factor, money:EUR, length, code …
    low: float
    high: float
    comparator: Comparator
    unit: str
    text: str
    start: int
    end: int
    per: str = ""  # "hour" of "35 lines per hour"
    of: str = ""  # what is counted: "line"
    kind: str = ""  # "working" of working days
    statistic: Statistic = ""
    number: tuple[int, int] = (0, 0)  # offsets of the figure alone

    @property
    def value(self) -> float:
        return self.low if self.low == self.high else (self.low + self.high) / 2


PER = frozenset({"per", "a", "an", "each", "every", "/"})


def made(
    text: str,
    found: tuple[Token, ...],
    first: int,
    last: int,
    dimension: str,
    low: float,
    high: float,
    unit: str,
    number: tuple[int, int],
) -> Quantity:
    start, end = found[first].start, found[last - 1].end
    comparator, start, end = comparator_around(text, start, end)
    return Quantity(dimension, low, high, comparator, unit, text[start:end], start, end, number=number)


_QUICKER = re.compile(r"\bor (?:faster|quicker)$", re.I)
_SPEEDS = frozenset({"second", "sec", "s", "minute", "min", "hour", "h"})


_FROM = re.compile(r"from\b", re.I)
_BEGINS = re.compile(
    r"(?:^|[,;:(–-]\s*|\b(?:starts?|starting|begins?|beginning|available|valid|applies|apply|sold|possible)\s+)$", re.I
)
_UPWARDS = re.compile(r"(?:\s+[a-z-]+){0,2}\s+(?:up(?:wards?)?|on(?:wards?)?|and (?:more|up))\b", re.I)


def _chosen_from(text: str, start: int, end: int) -> bool:
    """Whether a count after "from" is a source and no lower bound: "records from 340 hospitals"; at the beginning of a
    clause, or with "upwards" behind, it is a bound.
    """
    if not _FROM.match(text, start):
        return False
    return not (_BEGINS.search(text[:start]) or _UPWARDS.match(text, end))


def finished(
    text: str,
    found: tuple[Token, ...],
    number: Number,
    index: int,
    dimension: str,
    factor: float,
    unit: str,
    last: int,
    span: tuple[float, float] | None = None,
) -> tuple[Quantity, int]:
    low, high = span if span else (number.value * factor, number.value * factor)
    start, end = found[index].start, found[last - 1].end
    figure = (found[number.first].start, found[number.last - 1].end)
    per = ""
    if (
        (last + 1 < len(found)
        and found[last].text in PER
        and found[last].text != "/")
        or (last + 1 < len(found) and found[last].text == "/")
    ):
        unit_after = found[last + 1].text
        parted = found[last].text == "/" and not found[last].glued and is_digits(found[last + 1])    # "4 mm / 5 hours"
        lasting = unit_after in UNITS and UNITS[unit_after].dimension == "duration"
        if (found[last].text in ("per", "/") and not parted) or lasting:
            per, end = singular(unit_after), found[last + 1].end
            last += 2
            if per in ("square", "cubic") and last < len(found) and found[last].text in ("metre", "meter"):
                per, end, last = "m²" if per == "square" else "m³", found[last].end, last + 1
    comparator, start, end = comparator_around(text, start, end)
    if comparator == "<=" and dimension not in ("duration", "frequency") and _QUICKER.search(text[start:end]):
        comparator = ">="                # a line of "3 Mbit/s or faster", a delivery in "3 days or faster"
    if comparator == ">=" and dimension == "count" and _chosen_from(text, start, end):
        comparator, start = "=", found[index].start
    if dimension == "length" and per in _SPEEDS:
        dimension, low, high, per = "speed", low / UNITS[per].factor, high / UNITS[per].factor, ""
    if dimension == "data" and per in ("second", "sec", "s"):
        dimension, low, high, per = "bitrate", 8 * low, 8 * high, ""
    if span and low < high and comparator == ">=":
        comparator = "="                 # "from 5 to 12": the range says it all
    if unit == "°f":
        low, high = ((degrees / UNITS[unit].factor - 32) / 1.8 for degrees in (low, high))
    if dimension == "money:cent":
        low, high = low / 100, high / 100
    return Quantity(dimension, low, high, comparator, unit, text[start:end], start, end, per=per, number=figure), last
