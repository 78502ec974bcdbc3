"""`conflicting-claims`: two places in the collateral that give different facts about the same thing.

Assertions are first made one where they say the same of the same in many places, then gathered by their kind and each
of their words (an inverted index); only those that meet under a word that few of their kind share are held against each
other. So the work grows with the number of different things said, not with its square: a key with more than `_CROWD`
members is left out, because a word that so many things of one kind share tells nothing, and the other words of a
passage still bring it together with its like.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from msgcheck.checks.likeness import Rarity, contradict, likeness
from msgcheck.guide.model import Guide
from msgcheck.model import Assertion, DocumentResult, Finding, Related

_CROWD = 48
_RELATED = 4
"""At most so many other places stand beside a finding."""
_PLAIN = 1.6
"""Likeness from which on one document contradicts itself plainly."""
_SPOKEN = 1.15
"""Likeness from which on the guide is taken to speak of the same thing."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What is stated once or in many places; `one` stands for all `places`."""

    one: Assertion
    places: tuple[Assertion, ...]


def conflicting(
    results: tuple[DocumentResult, ...], guide: Guide, said_by: Callable[[Guide], tuple[Assertion, ...]]
) -> Iterator[Finding]:
    """A finding at each place that another one contradicts; the same whatever the order of `results`.

    `said_by` gives what the guide states; it is asked only where something may be a contradiction.
    """
    found = sorted((one for result in results for one in result.assertions), key=_place)
    said = _said(found)
    rarity = Rarity(found)
    pairs = [
        (how, a, b)
        for a, b in _meeting(said)
        if contradict(a.one, b.one) and (how := likeness(a.one, b.one, rarity)) >= 1.0
    ]
    suspects = [one.one for _, a, b in pairs for one in (a, b)]
    spoken = _spoken_of(said_by(guide) if suspects else (), suspects, rarity)
    against: dict[tuple[object, ...], list[tuple[float, Assertion, Assertion]]] = defaultdict(list)
    for how, a, b in pairs:
        if _place(a.one) in spoken or _place(b.one) in spoken:
            continue
        for mine, others in ((a, b), (b, a)):
            for place in mine.places:
                rest = [
                    (how, place, other) for other in others.places if other.document != place.document or how >= _PLAIN
                ]
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
        document=own.document,
        layer=own.layer,
        location=own.location,
        block=own.block,
        text=own.text,
        start=own.start,
        end=own.end,
        order=own.order,
        related=tuple(others[:_RELATED]),
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
    return next(
        (
            word
            for word in re.findall(r"[^\W\d_]+", text.lower())
            if word.startswith(begin) and len(word) <= len(stem) + 5
        ),
        "",
    )


_KINDS = {
    "company:founded": "the year in which the company began",
    "company:people": "the number of the company's people",
}


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:59].rsplit(" ", 1)[0] + "…"


# -- which to hold against which --------------------------------------------------------------------------------------


def _said(found: Sequence[Assertion]) -> tuple[_Said, ...]:
    """Assertions that say the same of the same made one, in the order of their first places."""
    alike: dict[tuple[object, ...], list[Assertion]] = defaultdict(list)
    for one in found:
        about: tuple[object, ...] = ()
        if not one.kind.startswith("company:"):
            about = (one.subject, one.names, one.products, one.conditions, one.rivals, one.ours)
        alike[one.kind, one.low, one.high, one.comparator, about].append(one)
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
            for second in members[at + 1 :]:
                if first != second and (first, second) not in met:
                    met.add((first, second))
                    yield said[first], said[second]


def _spoken_of(
    said: Sequence[Assertion], suspects: Sequence[Assertion], rarity: Rarity
) -> frozenset[tuple[object, ...]]:
    """The places of those `suspects` on which the guide, which says `said`, is not silent."""
    by_kind: dict[str, list[Assertion]] = defaultdict(list)
    for one in said:
        by_kind[one.kind].append(one)
    return frozenset(
        _place(one)
        for one in suspects
        if any(likeness(one, entry, rarity) >= _SPOKEN for entry in by_kind.get(one.kind, ()))
    )
