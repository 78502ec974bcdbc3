"""Whether two assertions speak of the same thing, and whether their values can both be meant."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from msgcheck.model import Assertion


class Rarity:
    """How much a stem tells, from 0 to 1: less the more documents say something with it."""

    def __init__(self, found: Sequence[Assertion]) -> None:
        first = {one.subject: one.document for one in reversed(found)}  # a text that is used again and again is one
        having: dict[str, set[str]] = defaultdict(set)
        for subject, document in first.items():
            for stem, _ in subject:
                having[stem].add(document)
        self._documents = max(8, len(set(first.values())))
        most = math.log1p(self._documents / 2)
        self._of = {
            stem: min(1.0, math.log1p(self._documents / max(2, len(documents))) / most)
            for stem, documents in having.items()
        }

    def of(self, stem: str) -> float:
        return self._of.get(stem, 1.0)


_NEEDED = 0.44
_NEEDED_OF = {
    "hours": 0.34,
    "company:founded": 0.0,
    "company:people": 0.0,
    "mass": 0.34,
    "power": 0.36,
    "sound": 0.36,
    "length": 0.42,
    "count": 0.42,
    "code": 0.34,
    "version": 0.4,
    "money": 0.55,
    "date": 0.4,
    "season": 0.4,
}
_LEAST = 0.7
"""Weight of the words in common below which nothing is the same thing, whatever their share."""
_LEAST_TOLD = 0.55
"""The same where the words in common are a name, or the kind of value leaves few things that it can be of."""
_LEAST_WORD = 0.4
"""At least one word in common weighs so much: two sentences that share 'first' and a figure may be about anything."""
_OURS = 0.75
"""Share from which on two counts of one noun are of the same, where both sides say that it is the company's."""
_CASES = ("statistic", "days", "date", "season", "case")


def likeness(a: Assertion, b: Assertion, rarity: Rarity) -> float:
    """How surely two assertions of one kind speak of the same thing: from 1 on they are taken to.

    The weight of the words in common, as a share of the words of each side, over what is needed for their kind.
    """
    if a.kind != b.kind or not _same_case(a, b):
        return 0.0
    if a.kind.startswith("company:"):
        return 1.5
    mine, theirs = _weights(a.subject), _weights(b.subject)
    common = mine.keys() & theirs.keys()
    counted = a.kind.partition(":")[2] if a.kind.startswith("count:") else ""

    def telling(stem: str) -> float:
        return 1.0 if stem == counted else rarity.of(stem)  # they count the same, however common its word

    weights = [min(mine[stem], theirs[stem]) * telling(stem) for stem in sorted(common)]
    if max(weights, default=0.0) < _LEAST_WORD and not (
        set(a.products) & set(b.products) and a.kind.startswith(("mass", "money"))
    ):
        return 0.0
    shared = sum(weights)
    for one, other in ((mine, b.context), (theirs, a.context)):
        shared += sum(
            0.4 * weight * telling(stem) for stem, weight in one.items() if stem in other and stem not in common
        )
    total_a = sum(weight * telling(stem) for stem, weight in mine.items())
    total_b = sum(weight * telling(stem) for stem, weight in theirs.items())
    alike = {c for c in a.conditions if "=" in c and not c.startswith(_CASES)} & {
        c for c in b.conditions if not c.startswith(_CASES)
    }
    extra = 0.9 * len(alike) + (0.6 if set(a.products) & set(b.products) else 0.0)
    if a.products or b.products:
        both = 0.6 if a.products and b.products else 0.3
        total_a += both * bool(a.products)
        total_b += both * bool(b.products)
    if _rate_named(a, b):
        extra += 0.6
        total_a, total_b = total_a + 0.6, total_b + 0.6
    shared, total_a, total_b = shared + extra, total_a + 0.9 * len(alike), total_b + 0.9 * len(alike)
    named = bool(common & {*a.names, *b.names})
    if (
        shared < (_LEAST_TOLD if named or a.kind.startswith((*_OWN_THING, "money")) else _LEAST)
        or not total_a
        or not total_b
    ):
        return 0.0
    if len(common) == 1 and not extra and not named and _elsewhere(a, b):
        return 0.0
    share = math.sqrt(min(1.0, shared / total_a) * min(1.0, shared / total_b))
    if a.kind.startswith("count") and len(common) == 1 and not extra and not (a.ours and b.ours and share > _OURS):
        return 0.0  # "61 stops", "62 stops": whose?
    if a.topic and a.topic == b.topic:
        share += 0.25
    elif (a.topic and set(a.topic) <= theirs.keys()) or (b.topic and set(b.topic) <= mine.keys()):
        share += 0.1
    if len(common) == 1 and not extra and not a.kind.startswith(_OWN_THING) and not named:
        share *= 0.85
    needed = _NEEDED_OF.get(a.kind, _NEEDED_OF.get(a.kind.split(":")[0], _NEEDED))
    return share / needed


_OWN_THING = ("hours", "count", "code", "version", "mass")


def _elsewhere(a: Assertion, b: Assertion) -> bool:
    """Whether one side names somebody or some place of which the other says nothing."""
    return any(
        not (
            {*one.names, *(c[1:] for c in one.context if c[0] == "@")}
            <= {*other.names, *(c[1:] for c in other.context if c[0] == "@"), *(stem for stem, _ in other.subject)}
        )
        for one, other in ((a, b), (b, a))
    )


def _same_case(a: Assertion, b: Assertion) -> bool:
    """Whether nothing tells that the two speak of different cases: names, products, years, amounts, statistics."""
    if a.names and b.names and not set(a.names) & set(b.names):
        return False
    if a.products and b.products and not set(a.products) & set(b.products):
        return False
    if a.kind.startswith("money") and {c for c in a.conditions if not c.startswith(_CASES)} != {
        c for c in b.conditions if not c.startswith(_CASES)
    }:
        return False  # a price is for so many, or for so long
    mine, theirs = _by_key(a.conditions), _by_key(b.conditions)
    if mine.get("per") != theirs.get("per") and not _rate_named(a, b):
        return False  # "five hours" and "five hours a week"
    if not _share_days(mine.get("days", frozenset()), theirs.get("days", frozenset())):
        return False
    return all(mine[key] & theirs[key] for key in mine.keys() & theirs.keys() if key not in ("daykind", "days", "per"))


def _rate_named(a: Assertion, b: Assertion) -> bool:
    """Whether what the value of one side is a rate of is named on the other: "hours per lift", "Fitting a lift"."""
    for one, other in ((a, b), (b, a)):
        rates = _by_key(one.conditions).get("per", frozenset())
        if rates and "per" not in _by_key(other.conditions) and rates <= _weights(other.subject).keys():
            return True
    return False


def _share_days(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether days of the week, as "1-5", have one in common; so they have where a side says nothing of them."""
    first, second = ([tuple(map(int, span.split("-"))) for span in sorted(spans)] for spans in (mine, theirs))
    return not first or not second or any(a <= d and c <= b for a, b in first for c, d in second)


@lru_cache(maxsize=8192)
def _weights(subject: tuple[tuple[str, float], ...]) -> Mapping[str, float]:
    return dict(subject)


@lru_cache(maxsize=8192)
def _by_key(conditions: tuple[str, ...]) -> Mapping[str, frozenset[str]]:
    out: dict[str, set[str]] = defaultdict(set)
    for condition in conditions:
        key, _, value = condition.partition("=")
        out[key].add(value)
    return {key: frozenset(values) for key, values in out.items()}


# -- another value ----------------------------------------------------------------------------------------------------

_NEAR = {"duration": 0.03, "frequency": 0.03}
_BOUNDS = {"<": -1, "<=": -1, ">": 1, ">=": 1}


def contradict(a: Assertion, b: Assertion) -> bool:
    """Whether the values of two assertions about the same thing cannot both be meant."""
    mine, theirs = ((a.low, a.high), *a.rivals), ((b.low, b.high), *b.rivals)
    if any(_meet(one, (b.low, b.high), a) for one in mine) or any(_meet((a.low, a.high), one, a) for one in theirs):
        return False
    if len(a.rivals) + len(b.rivals) > 2 or (a.kind == "ratio" and _meet((1 - a.high, 1 - a.low), (b.low, b.high), a)):
        return False  # a listing; 99.7% right and 0.3% wrong
    if a.kind == "hours":
        return True
    if a.kind == "company:founded" and "<=" in (a.comparator, b.comparator):
        earlier, later = (a, b) if a.comparator == "<=" else (b, a)
        return earlier.comparator != later.comparator and later.low > earlier.low
    first, second = _BOUNDS.get(a.comparator, 0), _BOUNDS.get(b.comparator, 0)
    if first == second:
        return not _rounded(a, b)
    if first and second:  # "at least 5" and "at most 8" can both hold
        low, high = (a, b) if first > 0 else (b, a)
        return low.low > high.high
    bound, exact, side = (a, b, first) if first else (b, a, second)
    if any(c.startswith("statistic=") for c in exact.conditions):
        return exact.low > bound.high if side < 0 else exact.high < bound.low
    if side < 0:
        return exact.low > bound.high or exact.high < 0.5 * bound.high
    return exact.high < bound.low or exact.low > 2.0 * bound.low


def _meet(one: tuple[float, float], other: tuple[float, float], a: Assertion) -> bool:
    slack = (
        _NEAR.get(a.kind, 0.002) * max(abs(one[1]), abs(other[1]))
        if not a.kind.startswith(("date", "season", "company:founded", "hours", "version", "code"))
        else 0.0
    )
    if a.kind == "hours":
        return one == other
    return one[0] <= other[1] + slack and other[0] <= one[1] + slack


def _rounded(a: Assertion, b: Assertion) -> bool:
    """Whether one is a rounder figure of the other: "about 400" and 412."""
    if a.kind.startswith(("date", "season", "company:founded", "version", "code")):
        return False
    small, large = sorted((abs(a.low + a.high) / 2, abs(b.low + b.high) / 2))
    about = "~" in (a.comparator, b.comparator)
    return large - small <= (0.1 if about else 0.015) * large
