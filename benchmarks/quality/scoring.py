"""Findings held against labels: what was found, missed, and raised without need.

A finding is right when a label of its document accepts its rule, or one of its `also`, and is about the same words.
Said twice it counts once; about an ambiguous passage it does not count; anything else that is shown is a false alarm.
Precision counts findings and recall counts labels.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from benchmarks.quality.companies import Label, document_name

_OF_DOCUMENTS = frozenset({"missing-message", "missing-boilerplate", "missing-disclaimer"})
_INNOCENT = ("on-message", "neutral")
_SINGLE = str.maketrans("‘’‛“”", "'''\"\"")
_DASHES = str.maketrans(dict.fromkeys(range(0x2010, 0x2016), "-"))
_TOKEN = re.compile(r"[a-z0-9]+(?:[.,][0-9]+)*%?")


@dataclass(frozen=True, slots=True)
class Told:
    """A finding, as far as it is scored; `change` is the kind of the first change that it names."""

    rule: str
    document: str
    text: str = ""
    approved: str | None = None
    change: str | None = None
    also: tuple[str, ...] = ()
    confidence: float = 1.0
    message: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """`right` are findings with the label that each is right by, `false` with the label of the same words, if any."""

    labels: tuple[Label, ...]
    right: tuple[tuple[Told, Label], ...]
    false: tuple[tuple[Told, Label | None], ...]
    missed: tuple[Label, ...]
    ignored: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts that can be added over companies, by what is counted: ('wanted',), ('rule', 'term', 'found') …"""

    counts: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.counts + other.counts)

    def of(self, *what: str) -> int:
        return self.counts[what]

    def names(self, group: str) -> list[str]:
        """What there is in a group: the rules, kinds of change, or difficulties."""
        return sorted({key[1] for key in self.counts if key[0] == group and len(key) == 3})

    @property
    def precision(self) -> float:
        return _share(self.of("right"), self.of("right") + self.of("false"))

    @property
    def recall(self) -> float:
        return _share(self.of("found"), self.of("wanted"))

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def false_alarms(self, label: str) -> float:
        """Findings raised on passages of `label` ('on-message', 'neutral'), as a share of those passages."""
        return _share(self.of("flagged", label, "findings"), self.of("labels", label, "passages"))

    @property
    def first_kind_right(self) -> float:
        return _share(self.of("kind right"), self.of("kinds"))

    def group_recall(self, group: str, name: str) -> float:
        return _share(self.of(group, name, "found"), self.of(group, name, "wanted"))


def settle(labels: Sequence[Label], findings: Iterable[Told], disclaimers: Mapping[str, Sequence[str]]) -> Settled:
    """Decide of each finding, in their order, whether it is right; `disclaimers` are those of each claim."""
    by_document: dict[str, list[int]] = defaultdict(list)
    for index, one in enumerate(labels):
        by_document[one.document].append(index)
    found: set[int] = set()
    said: set[tuple[int, str]] = set()
    right: list[tuple[Told, Label]] = []
    false: list[tuple[Told, Label | None]] = []
    ignored = 0
    for told in findings:
        here = by_document.get(document_name(told.document), [])
        fitting = [
            index
            for index in here
            if {told.rule, *told.also} & set(labels[index].rules) and _about(labels[index], told, disclaimers)
        ]
        if fitting:
            chosen = next((index for index in fitting if index not in found), fitting[-1])
            if (chosen, told.rule) not in said:
                said.add((chosen, told.rule))
                found.add(chosen)
                right.append((told, labels[chosen]))
            continue
        alike = [labels[index] for index in here if (quote := labels[index].quote) and same_words(quote, told.text)]
        if any(one.label == "ambiguous" for one in alike):
            ignored += 1
        else:
            false.append((told, alike[0] if alike else None))
    missed = tuple(one for index, one in enumerate(labels) if one.label == "finding" and index not in found)
    return Settled(tuple(labels), tuple(right), tuple(false), missed, ignored)


def tally(settled: Settled) -> Tally:
    """What is counted of one company."""
    counts: Counter[tuple[str, ...]] = Counter()
    for one in settled.labels:
        counts["labels", one.label, "passages"] += 1
    for one in settled.labels:
        if one.label == "finding":
            for key in _groups(one):
                counts[(*key, "wanted")] += 1
                counts[(*key, "found")] += 1
    for one in settled.missed:
        for key in _groups(one):
            counts[(*key, "found")] -= 1
    for told, one in settled.right:
        counts["right",] += 1
        if one.approved:
            counts["entries",] += 1
            counts["entry right",] += told.approved in one.approved
        if told.rule == "message-drift" and one.changes:
            counts["kinds",] += 1
            counts["kind told",] += told.change is not None
            counts["kind right",] += told.change in one.changes
    for told, alike in settled.false:
        counts["false",] += 1
        counts["rule", told.rule, "false"] += 1
        if alike is not None and alike.label in _INNOCENT:
            counts["flagged", alike.label, "findings"] += 1
    return Tally(counts)


def same_words(quote: str, text: str) -> bool:
    """Whether a finding's text is about the labelled words: one holds the other, or most of their words are the same.

    A text that holds the quote must not be so long that it names no sentence.
    """
    return _same_words(_flat(quote), _flat(text))


def told_by(finding: Mapping[str, Any]) -> Told | None:
    """A finding of a report in JSON; None where a person has accepted it."""
    if finding.get("status") == "accepted":
        return None
    changes = finding.get("changes") or ()
    return Told(
        rule=finding["rule"],
        document=finding.get("document") or "",
        text=finding.get("text") or "",
        approved=(finding.get("approved") or {}).get("id"),
        change=changes[0].get("kind") if changes else None,
        also=tuple(one["rule"] for one in finding.get("also") or ()),
        confidence=finding.get("confidence", 1.0),
        message=finding.get("message") or "",
    )


def _about(label: Label, told: Told, disclaimers: Mapping[str, Sequence[str]]) -> bool:
    if label.label != "finding":
        return False
    if told.rule in _OF_DOCUMENTS or (told.rule == "trademark" and label.quote is None):
        return told.rule in label.rules and (told.approved is None or told.approved in _entries(label, disclaimers))
    return label.quote is not None and same_words(label.quote, told.text)


def _entries(label: Label, disclaimers: Mapping[str, Sequence[str]]) -> set[str]:
    """The ids that a finding may name: the label's, and claim for disclaimer and the other way round."""
    own = {*label.approved, *label.also_approved}
    theirs = {note for claim in own for note in disclaimers.get(claim, ())}
    return own | theirs | {claim for claim, notes in disclaimers.items() if own & set(notes)}


def _groups(label: Label) -> list[tuple[str, ...]]:
    """What a wanted label counts for."""
    groups: list[tuple[str, ...]] = [(), ("difficulty", label.difficulty)]
    groups += [("rule", rule) for rule in label.rules[:1]]
    if "message-drift" in label.rules:
        groups += [("change", kind) for kind in label.changes]
    return groups


@lru_cache(maxsize=1 << 16)
def _same_words(quote: str, text: str) -> bool:
    if not quote or not text:
        return False
    if quote in text:
        return len(text) <= 4 * len(quote) + 40
    if text in quote:
        return True
    first, second = Counter(_TOKEN.findall(quote)), Counter(_TOKEN.findall(text))
    shared, sizes = (first & second).total(), (first.total(), second.total())
    return shared >= 0.6 * max(1, min(sizes)) and shared >= 0.35 * max(sizes)


@lru_cache(maxsize=1 << 16)
def _flat(text: str) -> str:
    """Compatibility forms, straight quotes, one hyphen for all dashes, no soft hyphens, single spaces, lower case."""
    plain = unicodedata.normalize("NFKC", text).replace("\u00ad", "").translate(_SINGLE).translate(_DASHES)
    return re.sub(r"\s+", " ", re.sub(r"-\s+", "-", plain)).strip().lower()


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
