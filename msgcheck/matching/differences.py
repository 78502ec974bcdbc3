"""Facts of an approved wording held against the facts of a passage, one row a comparison.

The rules of equality are the guide format's: another figure differs, a lower one too; the same figure with its
comparator dropped or added differs; a coarser figure that its comparator makes true is implied; plain arithmetic is
equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from msgcheck.language.cues import Cue
from msgcheck.language.facts import Facts, Name, Word
from msgcheck.language.moments import Moment
from msgcheck.language.quantities import Quantity
from msgcheck.language.units import UNITS
from msgcheck.model import ChangeKind

Judgement = Literal["equal", "implied", "differs", "dropped", "added"]


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison; `certainty` from 0 (a hint) to 1 (exact and comparable), of the judgement alone."""

    kind: ChangeKind
    what: str
    approved: str
    found: str
    judgement: Judgement
    certainty: float


def differences(approved: Facts, found: Facts) -> tuple[Row, ...]:
    return (
        *_quantities(approved, found),
        *_moments(approved, found),
        *_names(approved, found),
        *_negation(approved, found),
        *_levels(approved, found),
        *_firmness(approved, found),
        *_amounts(approved, found),
        *_only(approved, found),
        *_conditions(approved, found),
    )


# figures

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


def _quantities(approved: Facts, found: Facts) -> Iterator[Row]:
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


# dates


def _moments(approved: Facts, found: Facts) -> Iterator[Row]:
    right = list(found.moments)
    for a in approved.moments:
        rivals = [b for b in right if _kin(a) == _kin(b)]
        same = next((b for b in rivals if _same_moment(a, b)), None)
        chosen = same or next(iter(rivals), None)
        if chosen is None:
            yield Row("timeframe", "date", a.text, "", "dropped", 0.5)
            continue
        right.remove(chosen)
        if same is None:
            within = a.first <= chosen.first <= chosen.last <= a.last and a.yearly == chosen.yearly
            yield Row("timeframe", "date", a.text, chosen.text, "differs", 0.6 if within else 0.95)
        else:
            yield Row("timeframe", "date", a.text, chosen.text, "equal", 1.0)
    for b in right:
        yield Row("timeframe", "date", "", b.text, "added", 0.4)


def _kin(moment: Moment) -> str:
    return "date" if moment.kind in ("date", "since", "until") else moment.kind


def _same_moment(a: Moment, b: Moment) -> bool:
    if "since" in (a.kind, b.kind) and a.kind != b.kind:
        return False
    if a.yearly != b.yearly:
        return _day_of_year(a) == _day_of_year(b)
    return (a.first, a.last) == (b.first, b.last)


def _day_of_year(moment: Moment) -> tuple[tuple[int, int], ...]:
    import datetime

    days = (datetime.date.fromordinal(moment.first), datetime.date.fromordinal(moment.last))
    return tuple((d.month, d.day) for d in days)


# names and identifiers


def _names(approved: Facts, found: Facts) -> Iterator[Row]:
    left, right = list(approved.names), list(found.names)
    for a in list(left):
        same = next((b for b in right if _same_name(a, b)), None)
        if same is not None:
            left.remove(a)
            right.remove(same)
            yield Row("entity", "identifier" if a.code else "name", a.text, same.text, "equal", 1.0)
        elif a.key in found.text.casefold().replace("-", " "):
            left.remove(a)
            yield Row("entity", "identifier" if a.code else "name", a.text, a.text, "equal", 0.8)
    for a in list(left):
        bare, _, edition = a.key.rpartition(":")
        twin = next((b for b in right if b.key == bare), None) if bare else None
        if twin is not None and edition in found.text:
            left.remove(a)                # "ISO 9001:2015", "ISO 9001 in its edition of 2015"
            right.remove(twin)
            yield Row("entity", "identifier", a.text, twin.text, "equal", 0.8)
    for a in list(left):
        rival = next((b for b in right if b.code == a.code and (not a.code or _stem(a) == _stem(b))), None) or next(
            (b for b in right if b.code and a.code), None
        )
        if rival is not None:
            left.remove(a)
            right.remove(rival)
            yield Row(
                "entity",
                "identifier" if a.code else "name",
                a.text,
                rival.text,
                "differs",
                0.9 if a.code and _stem(a) == _stem(rival) else 0.5,
            )
    for a in left:
        yield Row("entity", "identifier" if a.code else "name", a.text, "", "dropped", 0.5 if a.code else 0.3)
    approved_text = approved.text.casefold().replace("-", " ")
    for b in right:
        if b.key not in approved_text:
            alike = b.code and any(a.code and _stem(a) == _stem(b) != "" for a in approved.names)
            certainty = 0.95 if alike else 0.6 if b.code else 0.3       # one more ISO standard is another promise
            yield Row("entity", "identifier" if b.code else "name", "", b.text, "added", certainty)


def _stem(name: Name) -> str:
    return "".join(c for c in name.key.split()[0] if c.isalpha())


def _same_name(a: Name, b: Name) -> bool:
    return a.key == b.key or a.key.replace(" ", "") == b.key.replace(" ", "")


# small words


def _negation(approved: Facts, found: Facts) -> Iterator[Row]:
    left, right = approved.of("negation"), found.of("negation")
    shared = {w.lemma for w in approved.words} & {w.lemma for w in found.words}
    turned = [lemma for lemma in shared if (lemma in approved.negated) != (lemma in found.negated)]
    for lemma in sorted(turned):
        inside = lemma in found.negated
        noun = any(w.lemma == lemma and w.pos in ("NOUN", "PROPN") for w in found.words)
        yield Row(
            "negation",
            "negated noun" if noun else "negated word",
            lemma if inside else f"not {lemma}",
            f"not {lemma}" if inside else lemma,
            "differs",
            0.7,
        )
    if len(left) % 2 != len(right) % 2:
        yield Row(
            "negation",
            "negation",
            " ".join(c.text for c in left),
            " ".join(c.text for c in right),
            "dropped" if left and not right else "added",
            0.4,
        )


def _levels(approved: Facts, found: Facts) -> Iterator[Row]:
    kinds: tuple[Literal["strength", "scope"], ...] = ("strength", "scope")
    for kind in kinds:
        left, right = approved.of(kind), found.of(kind)
        first = _level(left, kind)
        second = _level(right, kind)
        words = " ".join(c.text for c in left), " ".join(c.text for c in right)
        if first == second:
            if left or right:
                yield Row(kind, kind, *words, "equal", 1.0)
            continue
        gap = abs(first - second)
        judgement: Judgement = "differs" if left and right else "dropped" if left else "added"
        yield Row(kind, kind, *words, judgement, min(1.0, 0.25 * gap + (0.2 if left and right else 0.0)))


def _level(found: tuple[Cue, ...], kind: str) -> float:
    """Strength without a word for it is 2.5 (a plain statement); scope 2.5."""
    if not found:
        return 2.5
    levels = [c.level for c in found]
    if kind == "strength":
        low = [v for v in levels if v < 2.5]
        return min(low) if low else max(levels)
    return max(levels) if max(levels) == 4 and min(levels) == 4 else min(levels)


_FIRM = {"never": 0, "help": 1, "should": 2, "can": 2, "often": 3, "": 4, "will": 4, "always": 5, "must": 5}
_MUCH = {"no": 0, "some": 2, "most": 3, "": 4, "only": 5, "all": 6}


def _firmness(approved: Facts, found: Facts) -> Iterator[Row]:
    """The same verb asserted more or less firmly: "may lower" and "lowers"."""
    yield from _attached(approved, found, "strength", "firmness of verb", "VERB", lambda w: w.modal, _FIRM)


def _amounts(approved: Facts, found: Facts) -> Iterator[Row]:
    """More or less of the same thing: "most buildings" and "every building"."""
    yield from _attached(approved, found, "scope", "amount of noun", "NOUN", lambda w: w.amount, _MUCH)


def _attached(
    approved: Facts,
    found: Facts,
    kind: ChangeKind,
    what: str,
    pos: str,
    of: Callable[[Word], str],
    ranks: dict[str, int],
) -> Iterator[Row]:
    for a in approved.words:
        if a.pos != pos:
            continue
        twins = [b for b in found.words if b.lemma == a.lemma and b.pos == pos]
        if not twins:
            continue
        first, second = of(a), of(twins[0])
        if any(ranks[of(b)] == ranks[first] for b in twins):
            if first:
                yield Row(kind, what, f"{first} {a.text}", f"{first} {a.text}", "equal", 1.0)
            continue
        gap = abs(ranks[first] - ranks[second])
        yield Row(
            kind,
            what,
            f"{first} {a.text}".strip(),
            f"{second} {twins[0].text}".strip(),
            "differs" if first and second else "dropped" if first else "added",
            min(0.85, 0.3 + 0.15 * gap + (0.2 if first and second else 0.0)),
        )


def _only(approved: Facts, found: Facts) -> Iterator[Row]:
    left, right = approved.of("only"), found.of("only")
    if bool(left) != bool(right):
        words = " ".join(c.text for c in left), " ".join(c.text for c in right)
        yield Row("scope", "only", *words, "dropped" if left else "added", 0.4)


def _conditions(approved: Facts, found: Facts) -> Iterator[Row]:
    for kind in ("condition", "exception"):
        left, right = approved.of(kind), found.of(kind)
        if bool(left) != bool(right):
            words = " ".join(c.text for c in left), " ".join(c.text for c in right)
            yield Row("condition", kind, *words, "dropped" if left else "added", 0.4)
