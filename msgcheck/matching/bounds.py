"""What bounds a figure and what statistic it is, held against another's: "up to", "at least", "on average"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgcheck.language.facts import Facts
from msgcheck.language.quantities import Quantity
from msgcheck.matching.rows import Row

WORD_FOR_WORD = 0.95                     # share of words kept from which a small word before a time is no accident
_SIDE = {"<": -1, "<=": -1, ">": 1, ">=": 1, "=": 0, "~": 2}


def denied(q: Quantity, within: Facts) -> bool:
    """Whether what bounds the figure is denied: "nobody waits longer than four hours", "below five degrees it should
    not be used".
    """
    return any(
        (c.end <= q.start + 1 and c.start >= q.start - _DENIED) or q.end <= c.start <= q.end + _DENIED
        for c in within.of("negation")
    )


_DENIED = 90                             # characters from a figure in which a word may deny what bounds it
_LEAST_NEEDED = re.compile(r"(?:as )?(?:little|few|low) as\b", re.I)
_ENOUGH = re.compile(r"\b(?:enough|all it takes|from|start\w*)\b", re.I)
_AHEAD = re.compile(r"(?:\s+\w+){0,2}\s+(?:before|ahead|prior|in advance|earlier|away|to go)\b", re.I)


def deadline(q: Quantity, within: Facts) -> bool:
    """Whether a stretch of time runs backwards: "up to two hours before" is "two hours or more ahead"."""
    return q.dimension == "duration" and _AHEAD.match(within.text, q.end) is not None


AFTER = re.compile(r"\bafter (?:the |a )?$", re.I)
"""What says before a stretch of time that something begins when it is over."""
_UP_TO = re.compile(r"up to|at (?:the )?most|no more than|(?:a )?max", re.I)


def bounds(a: Quantity, b: Quantity, turned: bool, kept: float) -> Iterator[Row]:
    """The row of what bounds two figures of one value; `turned`: one of them is denied, which turns its bound round;
    `kept` is the share of the approved words that the found text keeps.
    """
    if a.low != a.high:
        return
    first, second = side_of(a), side_of(b)
    half = a.statistic == b.statistic == "median" and {first, second} == {0, -1}      # "half of them in a day or less"
    best = 0 in (first, second) and "best" in (a.statistic, b.statistic)
    if first == second or half or best or _least_needed(a, b):
        yield Row("qualifier", "comparator", a.text, b.text, "equal", 1.0)
        return
    soft = a.dimension in ("duration", "frequency", "availability", "length")
    if {first, second} == {-1, 1}:
        certainty = 0.2 if turned else 1.0
    elif 0 in (first, second):
        lasting = soft and -1 in (first, second)           # "within two hours", "two hours"
        said = kept >= WORD_FOR_WORD and (_UP_TO.match(a.text) or _UP_TO.match(b.text))
        certainty = 0.35 if lasting and not said else 0.8
        if 2 in (first, second):
            certainty = 0.3 if _LEAST_NEEDED.match(a.text) or _LEAST_NEEDED.match(b.text) else 0.6
        both = {a.statistic, b.statistic}
        if len(both) == 2 and both & {"average", "median"} and 2 not in (first, second):
            certainty = 1.0              # "six minutes on average", "never more than six minutes"
    else:
        certainty = 0.5
    yield Row("qualifier", "comparator", a.text, b.text, "differs", certainty)


def _least_needed(a: Quantity, b: Quantity) -> bool:
    """Whether both say the least that is needed: "as little as £1", "£1 is enough", "from £1"."""
    least, other = (a, b) if _LEAST_NEEDED.match(a.text) else (b, a)
    return bool(_LEAST_NEEDED.match(least.text) and _ENOUGH.search(other.text))


def side_of(q: Quantity) -> int:
    """Which side a figure bounds; a bare one that is called a maximum or minimum bounds like one."""
    if q.comparator == "=" and q.statistic in ("maximum", "minimum"):
        return -1 if q.statistic == "maximum" else 1
    return _SIDE[q.comparator]


def statistics(a: Quantity, b: Quantity) -> Iterator[Row]:
    """The row of what statistics two figures are: an average, a median, the most that happens."""
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
