"""`conflicting-claims`: two places in the collateral that give different facts about the same thing.

Assertions are first made one where they say the same of the same in many places, then gathered by their kind and each of
their words (an inverted index); only those that meet under a word that few of their kind share are held against each
other. So the work grows with the number of different things said, not with its square: a key with more than `_CROWD`
members is left out, because a word that so many things of one kind share tells nothing, and the other words of a
passage still bring it together with its like.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from msgcheck.checks.assertions import Reading, Stated, stated
from msgcheck.checks.verdict import plain
from msgcheck.guide.model import Guide
from msgcheck.guide.statements import statements
from msgcheck.model import Assertion, DocumentResult, Finding, Location, Related

_CROWD = 48
_RELATED = 4
"""At most so many other places stand beside a finding."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What is stated once or in many places; `one` stands for all `places`."""

    one: Assertion
    places: tuple[Assertion, ...]


def conflicting(results: tuple[DocumentResult, ...], guide: Guide) -> Iterator[Finding]:
    """A finding at each place that another one contradicts; the same whatever the order of `results`."""
    found = sorted((one for result in results for one in result.assertions), key=_place)
    said = _said(found)
    rarity = Rarity(found)
    pairs = [(how, a, b) for a, b in _meeting(said) if (how := likeness(a.one, b.one, rarity)) >= 1.0 and contradict(a.one, b.one)]
    spoken = _spoken_of(guide, [one.one for _, a, b in pairs for one in (a, b)], rarity)
    against: dict[tuple[object, ...], list[tuple[float, Assertion, Assertion]]] = defaultdict(list)
    for how, a, b in pairs:
        if _place(a.one) in spoken or _place(b.one) in spoken:
            continue
        for mine, others in ((a, b), (b, a)):
            for place in mine.places:
                rest = [(how, place, other) for other in others.places if other.document != place.document or how >= _PLAIN]
                if rest:
                    against[_passage(place)].extend(rest)
    for key in sorted(against):
        yield _finding(against[key])


def _place(one: Assertion) -> tuple[object, ...]:
    return one.document, one.order, one.start, one.end, one.kind, one.low, one.high, one.said


def _passage(one: Assertion) -> tuple[object, ...]:
    return one.document, one.order, one.start, one.end


def _finding(against: list[tuple[float, Assertion, Assertion]]) -> Finding:
    """The finding of one passage; the likest other place is named in its message."""
    ranked = sorted(against, key=lambda row: (-row[0], _place(row[2]), _place(row[1])))
    how, own, first = ranked[0]
    others = list(dict.fromkeys(Related(o.document, o.location, o.text) for _, _, o in ranked))
    where = f"{first.document}, {first.location.label}" if first.location.label else first.document
    return Finding(
        rule="conflicting-claims",
        message=f"Says '{_short(own.said)}'; {where} says '{_short(first.said)}'.",
        document=own.document, layer=own.layer, location=own.location, block=own.block, text=own.text,
        start=own.start, end=own.end, order=own.order, related=tuple(others[:_RELATED]),
        confidence=round(min(0.95, 0.55 + 0.25 * (how - 1.0)), 3),
        why=_why(own, first, len(others)),
    )


def _why(own: Assertion, other: Assertion, places: int) -> tuple[str, ...]:
    mine, theirs = dict(own.subject), dict(other.subject)
    shared = sorted(mine.keys() & theirs.keys(), key=lambda s: (-mine[s], s))
    words = list(dict.fromkeys(word for stem in shared if (word := _word_of(stem, own.text))))[:4]
    if own.kind in _KINDS:
        about = f"Both give {_KINDS[own.kind]}"
    elif words:
        about = f"Both speak of the same thing ({', '.join(words)})"
    else:
        about = "Both speak of the same thing"
    more = (f"{places} other places disagree with it.",) if places > 1 else ()
    return (f"{about}, and the guide says nothing about it.", *more)


def _word_of(stem: str, text: str) -> str:
    """The word of `text` that has `stem`, in lower case; '' where its form is too far from it."""
    begin = stem.removesuffix("i") if len(stem) < 5 else stem[:-1]
    return next((word for word in re.findall(r"[^\W\d_]+", text.lower()) if word.startswith(begin) and len(word) <= len(stem) + 5), "")


_KINDS = {"company:founded": "the year in which the company began", "company:people": "the number of the company's people"}


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:59].rsplit(" ", 1)[0] + "…"


# -- the same thing ---------------------------------------------------------------------------------------------------


class Rarity:
    """How much a stem tells, from 0 to 1: less the more documents say something with it."""

    def __init__(self, found: Sequence[Assertion]) -> None:
        first = {one.subject: one.document for one in reversed(found)}    # a text that is used again and again is one
        having: dict[str, set[str]] = defaultdict(set)
        for subject, document in first.items():
            for stem, _ in subject:
                having[stem].add(document)
        self._documents = max(8, len(set(first.values())))
        self._having = {stem: len(documents) for stem, documents in having.items()}

    def of(self, stem: str) -> float:
        among = max(2, self._having.get(stem, 1))
        return min(1.0, math.log1p(self._documents / among) / math.log1p(self._documents / 2))


_SPOKEN = 1.15
"""Likeness from which on the guide is taken to speak of the same thing."""
_PLAIN = 1.6
"""Likeness from which on one document contradicts itself plainly."""
_NEEDED = 0.44
_NEEDED_OF = {"hours": 0.34, "company:founded": 0.0, "company:people": 0.0, "mass": 0.34, "power": 0.36, "sound": 0.36, "length": 0.42, "count": 0.42, "code": 0.34, "version": 0.4, "money": 0.55, "date": 0.4}
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
    mine, theirs = dict(a.subject), dict(b.subject)
    telling = {stem: rarity.of(stem) for stem in (*mine, *theirs)}
    if a.kind.startswith("count:"):
        telling[a.kind.partition(":")[2]] = 1.0    # they count the same, however common its word
    shared = 0.0
    common = mine.keys() & theirs.keys()
    best = 0.0
    for stem in sorted(common):
        weight = min(mine[stem], theirs[stem]) * telling[stem]
        shared += weight
        best = max(best, weight)
    for one, other in ((mine, b.context), (theirs, a.context)):
        shared += sum(0.4 * weight * telling[stem] for stem, weight in one.items() if stem in other and stem not in common)
    total_a = sum(weight * telling[stem] for stem, weight in mine.items())
    total_b = sum(weight * telling[stem] for stem, weight in theirs.items())
    alike = {c for c in a.conditions if "=" in c and not c.startswith(_CASES)} & {c for c in b.conditions if not c.startswith(_CASES)}
    extra = 0.9 * len(alike) + (0.6 if set(a.products) & set(b.products) else 0.0)
    if a.products or b.products:
        both = 0.6 if a.products and b.products else 0.3
        total_a += both * bool(a.products)
        total_b += both * bool(b.products)
    shared, total_a, total_b = shared + extra, total_a + 0.9 * len(alike), total_b + 0.9 * len(alike)
    named = bool(common & {*a.names, *b.names})
    if best < _LEAST_WORD and not (set(a.products) & set(b.products) and a.kind.startswith(("mass", "money"))):
        return 0.0
    if shared < (_LEAST_TOLD if named or a.kind.startswith((*_OWN_THING, "money")) else _LEAST) or not total_a or not total_b:
        return 0.0
    if len(common) == 1 and not extra and not named and _elsewhere(a, b):
        return 0.0
    share = math.sqrt(min(1.0, shared / total_a) * min(1.0, shared / total_b))
    if a.kind.startswith("count") and len(common) == 1 and not extra and not (a.ours and b.ours and share > _OURS):
        return 0.0                        # "61 stops", "62 stops": whose?
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
        not ({*one.names, *(c[1:] for c in one.context if c[0] == "@")} <= {*other.names, *(c[1:] for c in other.context if c[0] == "@"), *(stem for stem, _ in other.subject)})
        for one, other in ((a, b), (b, a))
    )


def _same_case(a: Assertion, b: Assertion) -> bool:
    """Whether nothing tells that the two speak of different cases: names, products, years, amounts, statistics."""
    if a.names and b.names and not set(a.names) & set(b.names):
        return False
    if a.products and b.products and not set(a.products) & set(b.products):
        return False
    if a.kind.startswith("money") and {c for c in a.conditions if not c.startswith(_CASES)} != {c for c in b.conditions if not c.startswith(_CASES)}:
        return False                      # a price is for so many, or for so long
    mine, theirs = _by_key(a.conditions), _by_key(b.conditions)
    if mine.get("per") != theirs.get("per"):
        return False                      # "five hours" and "five hours a week"
    return all(mine[key] & theirs[key] for key in mine.keys() & theirs.keys() if key != "daykind")


def _by_key(conditions: Iterable[str]) -> dict[str, set[str]]:
    out: dict[str, set[str]] = defaultdict(set)
    for condition in conditions:
        key, _, value = condition.partition("=")
        out[key].add(value)
    return out


# -- another value ----------------------------------------------------------------------------------------------------

_NEAR = {"duration": 0.03, "frequency": 0.03}
_BOUNDS = {"<": -1, "<=": -1, ">": 1, ">=": 1}


def contradict(a: Assertion, b: Assertion) -> bool:
    """Whether the values of two assertions about the same thing cannot both be meant."""
    mine, theirs = ((a.low, a.high), *a.rivals), ((b.low, b.high), *b.rivals)
    if any(_meet(one, (b.low, b.high), a) for one in mine) or any(_meet((a.low, a.high), one, a) for one in theirs):
        return False
    if len(a.rivals) + len(b.rivals) > 2 or (a.kind == "ratio" and _meet((1 - a.high, 1 - a.low), (b.low, b.high), a)):
        return False                      # a listing; 99.7% right and 0.3% wrong
    if a.kind == "hours":
        return True
    if a.kind == "company:founded" and "<=" in (a.comparator, b.comparator):
        earlier, later = (a, b) if a.comparator == "<=" else (b, a)
        return earlier.comparator != later.comparator and later.low > earlier.low
    first, second = _BOUNDS.get(a.comparator, 0), _BOUNDS.get(b.comparator, 0)
    if first == second:
        return not _rounded(a, b)
    if first and second:                  # "at least 5" and "at most 8" can both hold
        low, high = (a, b) if first > 0 else (b, a)
        return low.low > high.high
    bound, exact, side = (a, b, first) if first else (b, a, second)
    if any(c.startswith("statistic=") for c in exact.conditions):
        return exact.low > bound.high if side < 0 else exact.high < bound.low
    if side < 0:
        return exact.low > bound.high or exact.high < 0.5 * bound.high
    return exact.high < bound.low or exact.low > 2.0 * bound.low


def _meet(one: tuple[float, float], other: tuple[float, float], a: Assertion) -> bool:
    slack = _NEAR.get(a.kind, 0.002) * max(abs(one[1]), abs(other[1])) if not a.kind.startswith(("date", "company:founded", "hours", "version", "code")) else 0.0
    if a.kind == "hours":
        return one == other
    return one[0] <= other[1] + slack and other[0] <= one[1] + slack


def _rounded(a: Assertion, b: Assertion) -> bool:
    """Whether one is a rounder figure of the other: "about 400" and 412."""
    if a.kind.startswith(("date", "company:founded", "version", "code")):
        return False
    small, large = sorted((abs(a.low + a.high) / 2, abs(b.low + b.high) / 2))
    about = "~" in (a.comparator, b.comparator)
    return large - small <= (0.1 if about else 0.015) * large


# -- which to hold against which --------------------------------------------------------------------------------------


def _said(found: Sequence[Assertion]) -> tuple[_Said, ...]:
    """Assertions that say the same of the same made one, in the order of their first places."""
    alike: dict[tuple[object, ...], list[Assertion]] = defaultdict(list)
    for one in found:
        key = (one.kind, one.low, one.high, one.comparator, one.subject, one.names, one.products, one.conditions, one.rivals, one.ours)
        if one.kind.startswith("company:"):
            key = (one.kind, one.low, one.high, one.comparator)
        alike[key].append(one)
    return tuple(_Said(places[0], tuple(places)) for places in alike.values())


def _meeting(said: Sequence[_Said]) -> Iterator[tuple[_Said, _Said]]:
    """The pairs that share a kind and a word that few of that kind have, each once."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, one in enumerate(said):
        for stem in [stem for stem, _ in one.one.subject] or [""]:
            groups[one.one.kind, stem if not one.one.kind.startswith("company:") else ""].append(index)
    met: set[tuple[int, int]] = set()
    for members in groups.values():
        if len(members) > _CROWD:
            continue
        for at, first in enumerate(members):
            for second in members[at + 1:]:
                if first != second and (first, second) not in met:
                    met.add((first, second))
                    yield said[first], said[second]


def _spoken_of(guide: Guide, suspects: Sequence[Assertion], rarity: Rarity) -> frozenset[tuple[object, ...]]:
    """The places of those `suspects` on which the guide is not silent."""
    if not suspects:
        return frozenset()
    wordings = [plain(one.wording) for one in statements(guide, ("messages", "claims", "facts", "definitions"))]
    by_kind: dict[str, list[Assertion]] = defaultdict(list)
    for values in stated([Reading(text) for text in wordings], guide):
        for value in values:
            by_kind[value.kind].append(_as_assertion(value))
    return frozenset(
        _place(one) for one in suspects
        if any(likeness(one, entry, rarity) >= _SPOKEN for entry in by_kind.get(one.kind, ()))
    )


def _as_assertion(value: Stated) -> Assertion:
    return Assertion(
        "", "body", Location("document"), "", "", 0, 0, value.kind, value.low, value.high, value.comparator, value.said,
        value.subject, value.context, value.topic, value.names, value.products, value.conditions, value.rivals, value.ours,
    )
