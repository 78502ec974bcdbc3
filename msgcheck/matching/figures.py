"""Figures of an approved wording held against those of a passage: values, units, bounds, rates and statistics."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace

from msgcheck.language.facts import Facts
from msgcheck.language.quantities import Quantity
from msgcheck.language.units import UNITS
from msgcheck.matching.arithmetic import follows
from msgcheck.matching.bounds import AFTER, WORD_FOR_WORD, bounds, deadline, denied, side_of, statistics
from msgcheck.matching.rows import Row
from msgcheck.model import ChangeKind

_TOLERANCE = {"duration": 0.02, "frequency": 0.02}
_VERBATIM = 0.75                         # share of words kept from which nothing is reckoned
_RETOLD = 0.6                            # share of words in common below which a text tells the same in other words
_ROUNDED, _CONVERTED = 0.006, 0.02       # of shares told as fractions; of values told in another unit
_SAME = 1e-6                             # of values told in one unit


def _near(a: float, b: float, dimension: str) -> bool:
    return abs(a - b) <= _TOLERANCE.get(dimension, 0.001) * max(abs(a), abs(b), 1e-12)


def _equal_values(a: Quantity, b: Quantity) -> bool:
    if _paced(a, b):                     # "£10 a month", "£120 a year"
        first, second = UNITS[a.per].factor, UNITS[b.per].factor
        ends = ((a.low / first, b.low / second), (a.high / first, b.high / second))
        return all(abs(x - y) <= _CONVERTED * max(abs(x), abs(y)) for x, y in ends)
    if a.unit == b.unit and a.dimension != "frequency" and _in_words(a) == _in_words(b):
        return math.isclose(a.low, b.low, rel_tol=_SAME) and math.isclose(a.high, b.high, rel_tol=_SAME)
    if _near(a.low, b.low, a.dimension) and _near(a.high, b.high, a.dimension):
        return True
    if a.dimension == "ratio" and _in_words(a) != _in_words(b):
        return abs(a.low - b.low) <= _ROUNDED and abs(a.high - b.high) <= _ROUNDED
    if a.dimension != "count" and a.unit != b.unit:             # "500 miles" told as "800 kilometres"
        return all(abs(x - y) <= _CONVERTED * max(abs(x), abs(y)) for x, y in ((a.low, b.low), (a.high, b.high)))
    if {a.kind, b.kind} == {"working", ""} and "week" in (a.unit, b.unit):     # "15 working days", "three weeks"
        return _near(a.low * (1.4 if a.kind else 1.0), b.low * (1.4 if b.kind else 1.0), "duration")
    return False


def _paced(a: Quantity, b: Quantity) -> bool:
    """Whether both are told by stretches of time, and by other ones: a month, a year."""
    lasting = all(q.per in UNITS and UNITS[q.per].dimension == "duration" for q in (a, b))
    return lasting and UNITS[a.per].factor != UNITS[b.per].factor and not math.isclose(a.low, b.low, rel_tol=_SAME)


def _in_words(q: Quantity) -> bool:
    """Whether a share is told as a fraction or as "seven in eight", which says it roughly."""
    return not any(sign in q.text for sign in ("%", "per", "point", "‰"))


def _comparable(a: Quantity, b: Quantity) -> float:
    """How surely two quantities speak of the same thing: 0 not at all, 1 surely."""
    if a.dimension != b.dimension:
        if {a.dimension, b.dimension} == {"ratio", "factor"}:
            return 0.4
        if _money(a) and _money(b):
            return 0.9
        if {a.dimension, b.dimension} == {"data", "bitrate"}:
            return 0.9
        return 0.0
    if a.dimension == "count":
        if a.of and b.of:
            return 1.0 if a.of == b.of else 0.25
        decimal = a.low % 1 != 0 and b.low % 1 != 0 and not (a.of or b.of)
        return 0.9 if decimal else 0.4  # two bare decimals are values of one index: an efficiency, a rating
    return 1.0


def figures(approved: Facts, found: Facts, kept: float = 0.0) -> Iterator[Row]:
    """The rows of all quantities; `kept` is the share of the approved content words that the found text keeps: told in
    nearly the same words, another figure is another figure, whatever could be reckoned.
    """
    left, right = _of_one_scale(approved.quantities, found.quantities)
    pairs: list[tuple[float, int, int]] = []
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            near = _comparable(a, b)
            if near:
                score = (
                    near
                    + (2.0 if a.dimension == b.dimension and _equal_values(a, b) else 0.0)
                    + (1.5 if _implied(a, b) else 0.0)
                    + (0.3 if a.of and a.of == b.of else 0.0)
                    + (0.2 if a.comparator == b.comparator else 0.0)
                    + (0.3 if a.per and a.per == b.per else 0.0)
                    - 0.01 * abs(i - j)
                )
                pairs.append((score, i, j))
    used_left: dict[int, int] = {}
    used_right: set[int] = set()
    for _score, i, j in sorted(pairs, key=lambda p: (-p[0], p[1], p[2])):
        if i not in used_left and j not in used_right:
            used_left[i] = j
            used_right.add(j)
    lost = [a for i, a in enumerate(left) if i not in used_left]
    gained = [b for j, b in enumerate(right) if j not in used_right]
    rows = [row for i, j in sorted(used_left.items()) for row in _pair(left[i], right[j], approved, found, kept)]
    bounding = [row for row in rows if row.what == "comparator"]
    others = any(
        left[i].dimension == "ratio" == right[j].dimension
        and not _equal_values(left[i], right[j])
        and _complement(left[i], right[j], approved, found, kept)
        for i, j in used_left.items()
    )
    moved = sorted(side_of(left[i]) for i in used_left) == sorted(side_of(right[j]) for j in used_left.values())
    for row in rows:
        if (moved or others) and row in bounding and row.judgement == "differs":
            row = replace(row, certainty=min(row.certainty, 0.4))
            # the same bounds, read at other figures; the bound of the rest: 97% within an hour, 3% in more
        yield row
    for a in list(lost):
        twin = next((b for b in gained if _exchanged(a, b, approved.text)), None)
        if twin is not None:
            lost.remove(a)
            gained.remove(twin)
            kind: ChangeKind = "timeframe" if _timely(a) and _timely(twin) else "unit"
            yield Row(kind, "unlike units" if kind == "unit" else "unlike times", a.text, twin.text, "differs", 0.85)
    for a in lost:
        yield Row(_change_kind(a), a.dimension, a.text, "", "dropped", 0.5)
    for b in gained:
        yield Row(_change_kind(b), b.dimension, "", b.text, "added", 0.5)


def _of_one_scale(
    approved: tuple[Quantity, ...], found: tuple[Quantity, ...]
) -> tuple[list[Quantity], list[Quantity]]:
    """Bare degrees on one side read as those of the other side's scale: "60 degrees" beside "60 °C"."""
    out = []
    for mine, other in ((approved, found), (found, approved)):
        scale = next((q.unit for q in other if q.dimension == "temperature"), "")
        out.append([_heated(q, scale) if scale and q.dimension == "angle" else q for q in mine])
    return out[0], out[1]


def _heated(q: Quantity, scale: str) -> Quantity:
    low, high = ((x - 32) / 1.8 if scale == "°f" else x for x in (q.low, q.high))
    return replace(q, dimension="temperature", unit=scale, low=low, high=high)


_END = re.compile(
    r"\b(?:most|least|lowest|highest|maximum|max|minimum|min|\w{3,}est|upper|lower|(?:low|high|top|bottom) end|"
    r"as \w+ as)\b", re.I
)


def _end_of(a: Quantity, b: Quantity, found: Facts) -> bool:
    """Whether `b` is one end of the range `a`, told as that: with the other end, or as the most or the least."""
    if a.low == a.high or b.low != b.high or not (
        _near(b.low, a.low, a.dimension) or _near(b.low, a.high, a.dimension)
    ):
        return False
    other = a.high if _near(b.low, a.low, a.dimension) else a.low
    return (
        b.comparator != "="
        or bool(_END.search(found.text))
        or any(q is not b and q.dimension == a.dimension and _near(q.low, other, a.dimension) for q in found.quantities)
    )


def _exchanged(a: Quantity, b: Quantity, a_text: str) -> bool:
    """Two figures of unlike dimension that stand for each other: the same digits ("7.5 tonnes", "7.5 metres"), or
    both of time ("around the clock", "once a day").
    """
    if _timely(a) and _timely(b):
        return True
    if "factor" in (a.dimension, b.dimension) or b.text.split()[-1].casefold() in a_text.casefold().split():
        return False                     # "20 CPD hours", "20 hours of CPD"
    if "count" in (a.dimension, b.dimension) and not {"ratio", "data"} & {a.dimension, b.dimension}:
        return False                     # what is counted may be the unit in other words
    return bool(_figure(a)) and _figure(a) == _figure(b) and any(char.isdigit() for char in _figure(a))


def _timely(q: Quantity) -> bool:
    return q.dimension in ("duration", "frequency", "availability")


def _change_kind(q: Quantity) -> ChangeKind:
    return "timeframe" if q.dimension in ("duration", "frequency", "availability") else "number"


def _pair(a: Quantity, b: Quantity, approved: Facts, found: Facts, kept: float) -> Iterator[Row]:
    near = _comparable(a, b)
    kind = _change_kind(a)
    if (
        (a.dimension != b.dimension
        and {a.dimension, b.dimension} == {"data", "bitrate"})
        or (_money(a)
        and _money(b)
        and not _one_currency(a, b))
    ):
        yield Row("unit", a.dimension, a.text, b.text, "differs", 1.0 if _figure(a) == _figure(b) else near)
        return
    if a.dimension != b.dimension and not _money(a):
        if (
            {a.dimension, b.dimension} == {"ratio", "factor"}
            and _near(min(a.low, b.low), 0.5, "")
            and _near(max(a.low, b.low), 0.5, "")
        ):
            yield Row(kind, a.dimension, a.text, b.text, "equal", 0.8)
        else:
            yield Row(kind, a.dimension, a.text, b.text, "differs", near)
        return
    if not _equal_values(a, b):
        if a.dimension == "ratio" and _complement(a, b, approved, found, kept):
            yield Row("number", "ratio", a.text, b.text, "implied", 0.6)  # 99.7% right, 0.3% wrong
            return
        if _implied(a, b):
            yield Row(kind, a.dimension, a.text, b.text, "implied", 0.7 * near)
            return
        if _money(a) and a.comparator == ">=" and b.comparator == "=" and b.low >= a.high:
            yield Row(kind, a.dimension, a.text, b.text, "implied", 0.6)  # "from €19": what one size or plan costs
            return
        if _example(a, b, approved, found):
            yield Row(kind, a.dimension, a.text, b.text, "implied", 0.6 * near)
            return
        figures_alike = _same_figure(a, b)
        if not figures_alike and (_end_of(a, b, found) or (kept < _VERBATIM and follows(a, b, approved, found))):
            yield Row(kind, a.dimension, a.text, b.text, "implied", 0.6 * near)
            return
        yield Row(
            "unit" if figures_alike and kind != "timeframe" else kind, a.dimension, a.text, b.text, "differs", near
        )
        return
    if a.dimension == "ratio" and (first := _moved(a, approved)) and (second := _moved(b, found)) and first != second:
        yield Row("number", "ratio", f"{first} {a.text}", f"{second} {b.text}", "differs", near)
        return                           # "cut by 35%", "cut to 35%"
    yield Row(kind, a.dimension, a.text, b.text, "equal", near)
    if a.kind != b.kind and "week" not in (a.unit, b.unit):
        said_otherwise = _DAYS_TOLD.search((found if a.kind else approved).text)
        certainty = 0.3 if said_otherwise else 1.0 if "working" in (a.kind, b.kind) else 0.6
        yield Row("unit", "kind of day", a.text, b.text, "differs", certainty)
    if _rate(a.per) != _rate(b.per) and a.per and b.per and not _paced(a, b):
        measured = a.per in UNITS and b.per in UNITS and UNITS[a.per].dimension == UNITS[b.per].dimension
        pace: ChangeKind = "timeframe" if measured and UNITS[a.per].dimension == "duration" else "unit"   # "a day"
        told = a.per in found.text or b.per in approved.text          # "per person and night", "per night and person"
        certainty = 1.0 if measured else 0.3 if told else 0.6
        yield Row(pace, "rate", f"per {a.per}", f"per {b.per}", "differs", certainty)
    per = a.per or b.per
    if (
        bool(a.per) != bool(b.per)
        and kept >= _VERBATIM
        and per in UNITS
        and UNITS[per].dimension != "duration"
        and per not in (found.text if a.per else approved.text)
    ):
        yield Row("unit", "rate", a.per and f"per {a.per}", b.per and f"per {b.per}", "differs", 0.7)
    turned = denied(a, approved) != denied(b, found) or deadline(a, approved) or deadline(b, found)
    later = a.comparator == "<=" and b.comparator == "=" and AFTER.search(found.text[: b.start]) is not None
    if later and kept >= WORD_FOR_WORD and not turned:
        yield Row("qualifier", "comparator", a.text, f"after {b.text}", "differs", 1.0)
        return
    yield from bounds(a, b, turned, kept)
    yield from statistics(a, b)


_BY_OR_TO = re.compile(
    r"\b(?:cut\w*|fall\w*|fell|rose|ris\w+|gr[eo]w\w*|reduc\w+|lower\w*|rais\w+|increas\w+|decreas\w+|dropp?\w*|shr[aiu]nk\w*|"
    r"down|up|climb\w*|improv\w+)\b[^,;:.]{0,60}\b(by|to)\s$", re.I
)


def _moved(q: Quantity, within: Facts) -> str:
    """Whether something rises or falls "by" or "to" a share; '' where neither is said."""
    match = _BY_OR_TO.search(within.text[: q.start])
    return match[1].casefold() if match else ""


_DAYS_TOLD = re.compile(r"\b(?:working|business|weekends?|sundays?|holidays?)\b", re.I)
"""Words that may say of bare days which ones count."""


def _example(a: Quantity, b: Quantity, approved: Facts, found: Facts) -> bool:
    """Whether `b` is one case that keeps the promised bound `a`: told of a time that the promise does not name."""
    within = (a.comparator in ("<", "<=") and b.high <= a.low) or (a.comparator in (">", ">=") and b.low >= a.high)
    dated = any(m.kind == "date" for m in found.moments) and not approved.moments
    return within and b.comparator == "=" and dated and _PAST.search(found.text) is not None


_PAST = re.compile(r"\b(?:was|were|had|did|took|went|opened|came|got|stood|ran|began|saw|\w{3,}ed)\b", re.I)


def _rate(per: str) -> str:
    per = {"annum": "year"}.get(per, per)
    return UNITS[per].name if per in UNITS else per


def _complement(a: Quantity, b: Quantity, approved: Facts, found: Facts, kept: float) -> bool:
    """99.7% right and 0.3% wrong; three quarters do and one in four does not; told in nearly the same words it is
    none.
    """
    rest = max(abs(1 - a.low - b.high), abs(1 - a.high - b.low)) <= _ROUNDED
    less = b.comparator in ("<", "<=") and 0 <= b.high - (1 - a.low) <= _COARSER      # 87%; fewer than one in seven
    if a.low == 0.5 or not (rest or less):
        return False
    if bool(_LESS.search(approved.text)) != bool(_LESS.search(found.text)):
        return True                      # "40% less time", "three fifths of the time"
    ours, theirs = len(approved.of("negation")) % 2, len(found.of("negation")) % 2
    if _REST.search(found.text) or min(a.low, b.low) <= 0.1 or ours != theirs:
        return True
    fewest = min(len(approved.words), len(found.words))
    return fewest > 0 and round(kept * len(approved.words)) < _RETOLD * fewest


_LESS = re.compile(
    r"\b(?:less|fewer|lower|shorter|cut(?:s|ting)?|sav(?:e|es|ed|ing)|reduc\w+|down|drop\w*|fall|fell|fallen|off|"
    r"(?:holds?|held|keeps?|kept) back|un\w{4,}ed|discount\w*|rebate|other than|los(?:e|es|t|ing)|wast\w+|"
    r"block\w*)\b", re.I
)
_REST = re.compile(
    r"\b(?:the rest|remainder|remaining|the others?|everyone else|all but|a second (?:visit|attempt|try|time))\b",
    re.I,
)
_COARSER = 0.03


def _money(q: Quantity) -> bool:
    return q.dimension.startswith("money:")


def _one_currency(a: Quantity, b: Quantity) -> bool:
    """The same currency, or cents of one that is not named."""
    return a.dimension == b.dimension or "money:cent" in (a.dimension, b.dimension)


def _same_figure(a: Quantity, b: Quantity) -> bool:
    """The same digits with another unit: 9,400 tonnes and 9,400 kilograms."""
    return bool(_figure(a)) and _figure(a) == _figure(b) and a.unit != b.unit


def _figure(q: Quantity) -> str:
    return q.text[max(0, q.number[0] - q.start) : q.number[1] - q.start].strip().casefold()


def _implied(a: Quantity, b: Quantity) -> bool:
    """What the passage says is a coarser truth of what is approved: 'more than nine in ten' of 94%, 'about 400' of 412.

    Only of an exact figure (a bound that moves is another promise, but for "more than 600" where more than 640 is
    approved), and only by a rounder one that is near; of a range of temperatures any one in it.
    """
    if a.dimension == "temperature" and b.comparator == "=" and a.low < b.low == b.high < a.high:
        return True
    if a.comparator == b.comparator == ">" and _digits(b.value) < _digits(a.value):
        return 0.9 * a.low <= b.low <= a.low
    if a.comparator not in ("=", "~") or a.low != a.high or b.low != b.high or (
        _digits(b.value) >= _digits(a.value) and not (b.dimension == "ratio" and _in_words(b))
    ):
        return False
    if b.comparator in (">", ">="):
        return 0.85 * a.low <= b.high <= a.low
    if b.comparator in ("<", "<="):
        return a.high <= b.low <= 1.2 * a.high
    return b.comparator == "~" and abs(a.value - b.value) <= 0.05 * abs(a.value)


def _digits(value: float) -> int:
    """Significant digits: 2 of 94 and of 9,400; 1 of 0.9."""
    return len(f"{value:.6g}".split("e")[0].replace(".", "").strip("0"))
