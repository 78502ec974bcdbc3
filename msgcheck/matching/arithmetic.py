"""Whether two unlike figures are one fact by plain arithmetic on what else a text says.

"€39 a spool" and "ten spools come to €390"; "2 metres per second" and "120 metres every minute"; "40% less time" and
"three fifths of the time". Only numbers that the found text brings in count as factors: those that both texts have are
part of what is compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from msgcheck.language.facts import Facts
from msgcheck.language.numbers import read, tokens
from msgcheck.language.quantities import Quantity
from msgcheck.language.units import UNITS

_SPANS: dict[str, tuple[float, ...]] = {
    # what a word for a stretch of time may be multiplied by: days of a month, months of a year, hours of a day …
    "second": (60, 3600), "minute": (60,), "hour": (60, 3600, 24, 8), "day": (24, 30, 8), "night": (24, 30),
    "week": (7, 5, 52, 4), "month": (12, 30, 4), "quarter": (3, 4), "year": (12, 365, 52), "decade": (10, 120),
}
_GROUPS: dict[str, float] = {"couple": 2, "pair": 2, "both": 2, "score": 20, "thousand": 1000}
"""Words for numbers that are read as none elsewhere."""
_ADVERBS = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "yearly": "year",
             "annually": "year"}
_NEAR = 0.02
_MEASURED = frozenset(unit.dimension for unit in UNITS.values()) - {"duration"}


def follows(a: Quantity, b: Quantity, approved: Facts, found: Facts) -> bool:
    """Whether the found `b` is no other figure than the approved `a`: that stands there too, as a number or a
    difference of two, or `b` is `a` times or divided by one or two factors of the found text, its sum or difference
    with another figure there, or all figures are scaled alike.
    """
    if not a.value or not b.value:
        return False
    ours, theirs = factors_of(approved.text), factors_of(found.text)
    known = {value for value, _, _ in ours.numbers if not b.per or b.per == a.per}
    numbers = {value for value, _, _ in theirs.numbers} - known
    spans = _spans(a, ours, theirs)
    figures = [value for value, start, end in ours.exact if a.number[0] <= start and end <= a.number[1]]
    said = {value for value, start, end in theirs.exact if not _of_another_kind(start, end, b, found)}
    others = {value for value, start, end in ours.exact if not (a.number[0] <= start and end <= a.number[1])}
    if figures and all(value in said - others for value in figures):
        return True
    sums = [*(said - others), *(value for value, _, _, _ in theirs.spans if a.dimension == "duration")]
    if len(figures) == 1 and any(_near(x - y, figures[0]) for x in sums for y in sums if x > y and y in said):
        return True
    ratio = a.value / b.value
    own = {value for value, start, end in theirs.numbers if start < b.number[1] and b.number[0] < end}
    brought = sorted(value for value in (numbers | spans) - own if value > 1)
    for i, one in enumerate(brought):
        if _near(ratio, one) or _near(1 / ratio, one):
            return True
        for two in brought[i + 1 :]:
            reckoned = [one * two]
            if one in numbers or two in numbers:               # one stretch of time over another is nobody's reckoning
                reckoned.append(one / two)
            if any(_near(ratio, by) or _near(1 / ratio, by) for by in reckoned):
                return True
    return any(
        other is not b and other.dimension == b.dimension and _near(abs(b.value + sign * other.value), a.value)
        for other in found.quantities
        for sign in (1, -1)
    ) or any(
        one is not a and other is not b and one.dimension == other.dimension != a.dimension
        and one.value and other.value and not _near(ratio, 1) and _near(one.value / other.value, ratio)
        for one in approved.quantities
        for other in found.quantities
    )


def _spans(a: Quantity, ours: Factors, theirs: Factors) -> set[float]:
    """What words for stretches of time may multiply: those of one text alone, for what both texts name relates nothing.
    None for a frequency, which is reckoned to the second already.
    """
    if a.dimension == "frequency":
        return set()
    both = {name for _, _, _, name in ours.spans} & {name for _, _, _, name in theirs.spans}
    return {value for value, _, _, name in (*ours.spans, *theirs.spans) if name not in both}


def _of_another_kind(start: int, end: int, b: Quantity, found: Facts) -> bool:
    """Whether a number at these offsets measures something else than `b` does: decibels and metres do not add up."""
    return any(
        other.number[0] <= start and end <= other.number[1]
        and other.dimension != b.dimension and other.dimension in _MEASURED and b.dimension in _MEASURED
        for other in found.quantities
    )


def _near(a: float, b: float) -> bool:
    return abs(a - b) <= _NEAR * max(abs(a), abs(b))


@dataclass(frozen=True, slots=True)
class Factors:
    """Numbers of a text with their offsets: as said (`exact`), as factors from 1 (`numbers`: 4 for a quarter), and what
    its words for stretches of time stand for (`spans`, with the name of the stretch).
    """

    exact: tuple[tuple[float, int, int], ...]
    numbers: tuple[tuple[float, int, int], ...]
    spans: tuple[tuple[float, int, int, str], ...]


@lru_cache(maxsize=4096)
def factors_of(text: str) -> Factors:
    """The numbers of normalised `text`, in digits and words."""
    found = tokens(text)
    exact: list[tuple[float, int, int]] = []
    spans: list[tuple[float, int, int, str]] = []
    index = 0
    while index < len(found):
        token = found[index]
        number = read(found, index)
        if number is not None:
            exact.append((number.value, token.start, found[number.last - 1].end))
            index = number.last
            continue
        if token.text in _GROUPS:
            exact.append((_GROUPS[token.text], token.start, token.end))
        unit = UNITS.get(token.text)
        name = unit.name if unit is not None and unit.dimension == "duration" else _ADVERBS.get(token.text, "")
        spans.extend((float(value), token.start, token.end, name) for value in _SPANS.get(name, ()))
        index += 1
    numbers = tuple((value if value >= 1 else 1 / value, start, end) for value, start, end in exact if value)
    return Factors(tuple(exact), numbers, tuple(spans))
