"""Figures of an approved wording held against those of a passage: values, units, bounds, rates and statistics."""

from __future__ import annotations

from collections.abc import Iterator

from msgcheck.language.facts import Facts
from msgcheck.language.quantities import Quantity
from msgcheck.language.units import UNITS
from msgcheck.matching.rows import Row
from msgcheck.model import ChangeKind

_TOLERANCE = {"duration": 0.02, "frequency": 0.02}


def _near(a: float, b: float, dimension: str) -> bool:
    return abs(a - b) <= _TOLERANCE.get(dimension, 0.001) * max(abs(a), abs(b), 1e-12)


def _equal_values(a: Quantity, b: Quantity) -> bool:
    return _near(a.low, b.low, a.dimension) and _near(a.high, b.high, a.dimension)


def _comparable(a: Quantity, b: Quantity) -> float:
    """How surely two quantities speak of the same thing: 0 not at all, 1 surely."""
    if a.dimension != b.dimension:
        if {a.dimension, b.dimension} == {"ratio", "factor"}:
            return 0.4
        if _money(a) and _money(b):
            return 0.9
        if {a.dimension, b.dimension} == {"data", "bitrate"}:
            return 0.9
        if {a.dimension, b.dimension} == {"availability", "frequency"}:
            return 0.2
        return 0.0
    if a.dimension == "count":
        if a.of and b.of:
            return 1.0 if a.of == b.of else 0.25
        decimal = a.low % 1 != 0 and b.low % 1 != 0 and not (a.of or b.of)
        return 0.9 if decimal else 0.4  # two bare decimals are values of one index: an efficiency, a rating
    return 1.0


def figures(approved: Facts, found: Facts) -> Iterator[Row]:
    left, right = list(approved.quantities), list(found.quantities)
    pairs: list[tuple[float, int, int]] = []
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            near = _comparable(a, b)
            if near:
                score = (
                    near
                    + (2.0 if a.dimension == b.dimension and _equal_values(a, b) else 0.0)
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
    for i, a in enumerate(left):
        if i in used_left:
            yield from _pair(a, right[used_left[i]], approved, found)
        else:
            yield Row(_change_kind(a), a.dimension, a.text, "", "dropped", 0.5)
    for j, b in enumerate(right):
        if j not in used_right:
            yield Row(_change_kind(b), b.dimension, "", b.text, "added", 0.5)


def _change_kind(q: Quantity) -> ChangeKind:
    return "timeframe" if q.dimension in ("duration", "frequency", "availability") else "number"


def _pair(a: Quantity, b: Quantity, approved: Facts, found: Facts) -> Iterator[Row]:
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
        if a.dimension == "ratio" and _complement(a, b, approved, found):
            yield Row("number", "ratio", a.text, b.text, "implied", 0.6)  # 99.7% right, 0.3% wrong
            return
        if _implied(a, b):
            yield Row(kind, a.dimension, a.text, b.text, "implied", 0.7 * near)
            return
        figures_alike = _same_figure(a, b)
        yield Row(
            "unit" if figures_alike and kind != "timeframe" else kind, a.dimension, a.text, b.text, "differs", near
        )
        return
    yield Row(kind, a.dimension, a.text, b.text, "equal", near)
    if a.kind != b.kind:
        yield Row("unit", "kind of day", a.text, b.text, "differs", 1.0 if "working" in (a.kind, b.kind) else 0.6)
    if a.per != b.per and a.per and b.per:
        measured = a.per in UNITS and b.per in UNITS and UNITS[a.per].dimension == UNITS[b.per].dimension
        yield Row("unit", "rate", f"per {a.per}", f"per {b.per}", "differs", 1.0 if measured else 0.6)
    yield from _comparators(a, b, _turned(a, approved) != _turned(b, found))
    yield from _statistics(a, b)


def _complement(a: Quantity, b: Quantity, approved: Facts, found: Facts) -> bool:
    """99.7% right and 0.3% wrong; three quarters do and one in four does not; told in nearly the same words it is
    none.
    """
    if a.low != a.high or b.low != b.high or a.low == 0.5 or not _near(1 - a.low, b.low, "ratio"):
        return False
    if min(a.low, b.low) <= 0.1 or len(approved.of("negation")) % 2 != len(found.of("negation")) % 2:
        return True
    left, right = {w.lemma for w in approved.words}, {w.lemma for w in found.words}
    return bool(right) and len(left & right) < 0.6 * min(len(left), len(right))


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

    Only of an exact figure (a bound that moves is another promise), and only by a rounder one that is near.
    """
    if a.comparator not in ("=", "~") or a.low != a.high or b.low != b.high or _digits(b.value) >= _digits(a.value):
        return False
    if b.comparator in (">", ">="):
        return 0.85 * a.low <= b.high <= a.low
    if b.comparator in ("<", "<="):
        return a.high <= b.low <= 1.15 * a.high
    return b.comparator == "~" and abs(a.value - b.value) <= 0.05 * abs(a.value)


def _digits(value: float) -> int:
    """Significant digits: 2 of 94 and of 9,400; 1 of 0.9."""
    return len(f"{value:.6g}".split("e")[0].replace(".", "").strip("0"))


_SIDE = {"<": -1, "<=": -1, ">": 1, ">=": 1, "=": 0, "~": 2}


def _turned(q: Quantity, within: Facts) -> bool:
    """Whether a negation stands before the figure: "nobody waits longer than four hours" bounds it from above."""
    return any(c.end <= q.start + 1 and c.start >= q.start - 90 for c in within.of("negation"))


def _comparators(a: Quantity, b: Quantity, turned: bool) -> Iterator[Row]:
    if a.low != a.high:
        return
    first, second = _side(a), _side(b)
    if first == second:
        yield Row("qualifier", "comparator", a.text, b.text, "equal", 1.0)
        return
    soft = a.dimension in ("duration", "frequency", "availability", "length")
    if {first, second} == {-1, 1}:
        certainty = 0.2 if turned else 1.0
    elif 0 in (first, second):
        certainty = 0.35 if soft and -1 in (first, second) else 0.8
        if 2 in (first, second):
            certainty = 0.6
    else:
        certainty = 0.5
    yield Row("qualifier", "comparator", a.text, b.text, "differs", certainty)


def _side(q: Quantity) -> int:
    """Which side a figure bounds; a bare one that is called a maximum or minimum bounds like one."""
    if q.comparator == "=" and q.statistic in ("maximum", "minimum"):
        return -1 if q.statistic == "maximum" else 1
    return _SIDE[q.comparator]


def _statistics(a: Quantity, b: Quantity) -> Iterator[Row]:
    first, second = a.statistic, b.statistic
    if first == second:
        if first:
            yield Row("qualifier", "statistic", first, second, "equal", 1.0)
        return
    names = {first, second}
    if names <= {"average", "typical"}:
        certainty = 0.3
    elif "" in names:
        certainty = 0.6 if names & {"average", "median"} else 0.4
        if names & {"maximum", "minimum"}:
            certainty = 0.2 if a.comparator in ("<=", "<", ">=", ">") else 0.5
    else:
        certainty = 0.9
    yield Row(
        "qualifier",
        "statistic",
        first,
        second,
        "differs" if first and second else "dropped" if first else "added",
        certainty,
    )
