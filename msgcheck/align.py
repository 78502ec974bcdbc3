"""Sales against marketing: which messages each side carries and how, and where their stories part.

Pure on the results of a check. A side is an owner, a kind of collateral, an audience or a folder.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, get_args

from msgcheck.errors import UsageError
from msgcheck.model import Carried, Change, DocumentResult, Entry, Finding
from msgcheck.nearest import nearest
from msgcheck.normalise import normalise

By = Literal["owner", "kind", "audience", "folder"]
How = Literal["on-message", "drifted", "mixed", "expired", "absent"]
Told = Literal["alike", "apart", "one side", "nobody"]

BY: tuple[By, ...] = get_args(By)
UNNAMED = "(none)"
"""The side of documents that the guide gives no owner, kind or audience."""

_FIGURES = frozenset({"number", "timeframe", "unit", "qualifier"})
_WORD_RULES = frozenset({"term", "brand-name", "retired-name"})


@dataclass(frozen=True, slots=True)
class Use:
    """One place where a side says something; `how` as in `Carried`.

    `changes` is how it differs from the approved words, `said` the value that it gives where sides disagree ('412 kg').
    """

    document: str
    place: str
    text: str
    how: str
    changes: tuple[Change, ...] = ()
    said: str = ""


@dataclass(frozen=True, slots=True)
class Stance:
    """How one side carries a message; `uses` has its wordings, in the order of the documents."""

    how: How
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One message or claim, and each side's stance to it, in the order of the sides.

    `told`: 'alike' where at least two sides carry it, all on message; 'apart' where at least two carry it and one
    is not on message; 'one side' where one alone carries it. `figures`: what drifted is a number, a time, a unit or a
    limit. `agreement` is the share of pairs of places, one from each side, in which both are on message; None unless at
    least two sides carry it.
    """

    entry: Entry
    stances: tuple[Stance, ...]
    told: Told
    figures: bool = False
    agreement: float | None = None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Facts about one thing that differ between sides, on which the guide is silent; the places with their sides."""

    message: str
    uses: tuple[tuple[str, Use], ...]


@dataclass(frozen=True, slots=True)
class Alone:
    """A claim that no approved words support and that one side alone makes."""

    side: str
    use: Use


@dataclass(frozen=True, slots=True)
class Preference:
    """One thing and the words that each side has for it, with how often, in the order of the sides."""

    use: str
    counts: tuple[tuple[tuple[str, int], ...], ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """The sides with their number of documents, and what they say side by side.

    `score`, in percent and rounded down, is the mean `agreement` of all things that more than one side speaks about; a
    disagreement on which the guide is silent counts as one with none. It answers: put a place of one side beside one of
    another that speaks about the same thing; how often do both say what is approved? None where they share nothing.
    `reasons` say what it is made of.
    """

    by: By
    sides: tuple[tuple[str, int], ...]
    lines: tuple[Line, ...]
    disagreements: tuple[Disagreement, ...]
    alone: tuple[Alone, ...]
    preferences: tuple[Preference, ...]
    score: int | None
    reasons: tuple[str, ...]


def align(
    results: Sequence[DocumentResult], entries: Sequence[Entry], by: By = "owner", only: Sequence[str] = ()
) -> Alignment:
    """Hold the sides of `results` against each other; `only` names the sides that count, all without it.

    Accepted findings are left out, documents that were not read are no part of a side.
    """
    grouped = _sides(results, by)
    for name in only:
        if name not in grouped:
            raise UsageError(f"There is no {by} '{name}' among the documents.", "--side", nearest(name, tuple(grouped)))
    names = tuple(name for name in grouped if not only or name in only)
    sides = [grouped[name] for name in names]
    lines = tuple(_line(entry, sides) for entry in entries)
    disagreements = _disagreements(names, sides)
    shared = [line.agreement for line in lines if line.agreement is not None]
    total = len(shared) + len(disagreements)
    return Alignment(
        by,
        tuple((name, len(side)) for name, side in zip(names, sides, strict=True)),
        lines,
        disagreements,
        _alone(names, sides),
        _preferences(sides),
        int(100 * sum(shared) / total + 1e-9) if total else None,
        _reasons(lines, len(disagreements)),
    )


def told_otherwise(change: Change) -> str:
    """A change in words for a person: '“fifteen years” instead of “ten years”'."""
    if change.approved and change.found:
        return f"“{change.found}” instead of “{change.approved}”"
    if change.found:
        return f"adds “{change.found}”"
    return f"leaves out “{change.approved}”" if change.approved else "the opposite of what is approved"


def _sides(results: Iterable[DocumentResult], by: By) -> dict[str, list[DocumentResult]]:
    found: dict[str, list[DocumentResult]] = {}
    read = [result for result in results if result.document.status in ("read", "partly-read")]
    depth = _depth([result.document.name for result in read]) if by == "folder" else 0
    for result in read:
        for name in _names(result, by, depth):
            found.setdefault(name, []).append(result)
    return {name: found[name] for name in sorted(found, key=lambda name: (name == UNNAMED, name))}


def _names(result: DocumentResult, by: By, depth: int) -> tuple[str, ...]:
    if by == "audience":
        return result.role.audiences or (UNNAMED,)
    if by == "folder":
        parts = result.document.name.split("/")[:-1]
        return ("/".join(parts[: depth + 1]) or UNNAMED,)
    return ((result.role.owner if by == "owner" else result.role.kind) or UNNAMED,)


def _depth(names: Sequence[str]) -> int:
    """How many folders all documents have in common: the sides are the folders below them."""
    folders = [name.split("/")[:-1] for name in names]
    depth = 0
    while folders and all(len(parts) > depth for parts in folders) and len({parts[depth] for parts in folders}) == 1:
        depth += 1
    return depth


def _line(entry: Entry, sides: Sequence[Sequence[DocumentResult]]) -> Line:
    stances = tuple(_stance(entry, side) for side in sides)
    carried = [stance.how for stance in stances if stance.how != "absent"]
    told: Told = "apart"
    if len(carried) < 2:
        told = "one side" if carried else "nobody"
    elif all(how == "on-message" for how in carried):
        told = "alike"
    figures = any(
        finding.approved is not None
        and (finding.approved.section, finding.approved.id) == (entry.section, entry.id)
        and any(change.kind in _FIGURES for change in finding.changes)
        for side in sides
        for result in side
        for finding in _open(result)
    )
    return Line(entry, stances, told, figures, _agreement(stances))


def _agreement(stances: Sequence[Stance]) -> float | None:
    shares = [
        sum(use.how == "on-message" for use in stance.uses) / len(stance.uses) for stance in stances if stance.uses
    ]
    pairs = list(combinations(shares, 2))
    return sum(one * other for one, other in pairs) / len(pairs) if pairs else None


def _stance(entry: Entry, side: Sequence[DocumentResult]) -> Stance:
    uses = tuple(
        _use(result, carried)
        for result in side
        for carried in result.carried
        if (carried.section, carried.id) == (entry.section, entry.id)
    )
    hows = {use.how for use in uses}
    if not hows:
        return Stance("absent", ())
    if hows == {"on-message"}:
        return Stance("on-message", uses)
    if "drifted" in hows:
        return Stance("mixed" if "on-message" in hows else "drifted", uses)
    return Stance("expired", uses)


def _use(result: DocumentResult, carried: Carried) -> Use:
    place = carried.location.label or carried.location.kind
    return Use(result.document.name, place, carried.text, carried.how, _changes(result, carried))


def _changes(result: DocumentResult, carried: Carried) -> tuple[Change, ...]:
    """How the passage differs from the approved words, as the finding about it says."""
    return next(
        (
            finding.changes
            for finding in _open(result)
            if finding.changes
            and finding.approved is not None
            and (finding.approved.section, finding.approved.id) == (carried.section, carried.id)
            and normalise(finding.text or "").text == carried.text
        ),
        (),
    )


def _open(result: DocumentResult) -> Iterable[Finding]:
    return (finding for finding in result.findings if finding.status == "open")


def _disagreements(names: Sequence[str], sides: Sequence[Sequence[DocumentResult]]) -> tuple[Disagreement, ...]:
    """Conflicts between documents of different sides, each once however many places report it."""
    of = {result.document.name: name for name, side in zip(names, sides, strict=True) for result in side}
    said = _said(sides)
    seen: dict[frozenset[tuple[str, str]], Disagreement] = {}
    for name, side in zip(names, sides, strict=True):
        for result in side:
            for finding in _open(result):
                if finding.rule != "conflicting-claims":
                    continue
                own = _conflicting(finding.document, finding.location.label, finding.text or "", said, finding.message)
                others = [
                    (of[one.document], _conflicting(one.document, one.location.label, one.text, said, finding.message))
                    for one in finding.related
                    if one.document in of and of[one.document] != name
                ]
                uses = tuple(sorted(((name, own), *others), key=lambda pair: names.index(pair[0])))
                key = frozenset((use.document, use.text) for _, use in uses)
                if others and not any(key <= known or known <= key for known in seen):
                    seen[key] = Disagreement(finding.message, uses)
    return tuple(seen.values())


def _said(sides: Sequence[Sequence[DocumentResult]]) -> dict[tuple[str, str], tuple[str, ...]]:
    """The values that each passage gives, by its document and text."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for side in sides:
        for result in side:
            for one in result.assertions:
                key = (one.document, one.text)
                found[key] = (*found.get(key, ()), one.said)
    return found


def _conflicting(
    document: str, place: str, text: str, said: dict[tuple[str, str], tuple[str, ...]], message: str
) -> Use:
    """A place of a disagreement with the one of its values that `message` names."""
    values = said.get((document, text), ())
    return Use(document, place, text, "conflicting", said=next((one for one in values if f"'{one}'" in message), ""))


def _alone(names: Sequence[str], sides: Sequence[Sequence[DocumentResult]]) -> tuple[Alone, ...]:
    return tuple(
        Alone(name, Use(finding.document, finding.location.label, finding.text or "", "unapproved"))
        for name, side in zip(names, sides, strict=True)
        for result in side
        for finding in _open(result)
        if finding.rule == "unapproved-claim"
    )


def _preferences(sides: Sequence[Sequence[DocumentResult]]) -> tuple[Preference, ...]:
    """Words that the guide replaces, beside its own, counted in the text where the results still carry it."""
    found: dict[str, list[Counter[str]]] = {}
    for at, side in enumerate(sides):
        for result in side:
            for finding in _open(result):
                if finding.rule in _WORD_RULES and finding.text and finding.approved:
                    use = finding.approved.wording or finding.approved.statement or finding.approved.id
                    counts = found.setdefault(use, [Counter() for _ in sides])
                    counts[at][" ".join(finding.text.split())] += 1
    return tuple(
        Preference(use, tuple(_counted(use, counts, side) for counts, side in zip(found[use], sides, strict=True)))
        for use in sorted(found)
    )


def _counted(use: str, counts: Counter[str], side: Sequence[DocumentResult]) -> tuple[tuple[str, int], ...]:
    own = _occurrences(use, side)
    others = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return (*(((use, own),) if own else ()), *others)


def _occurrences(word: str, side: Sequence[DocumentResult]) -> int:
    pattern = re.compile(rf"(?<!\w){re.escape(word)}(?:s|es)?(?!\w)")
    blocks = (block for result in side for block in result.document.blocks if block.layer != "code")
    return sum(len(pattern.findall(block.normal)) for block in blocks)


def _reasons(lines: Sequence[Line], disagreements: int) -> tuple[str, ...]:
    told = Counter(line.told for line in lines)
    shared, alone, nobody = told["alike"] + told["apart"], told["one side"], told["nobody"]
    said = [
        f"{_count(shared, 'approved message')} carried by more than one side, {told['alike']} of them on message "
        "everywhere."
    ]
    if told["apart"]:
        figures = sum(line.figures for line in lines if line.told == "apart")
        other = f", {figures} of them with other figures, times or limits" if figures else ""
        said.append(f"{_count(told['apart'], 'message')} told otherwise than approved by at least one side{other}.")
    if disagreements:
        said.append(f"{_count(disagreements, 'fact')} given differently, on which the guide is silent.")
    if alone:
        said.append(f"{_count(alone, 'approved message')} carried by one side alone; the score leaves this out.")
    if nobody:
        said.append(f"{_count(nobody, 'approved message')} carried by nobody.")
    return tuple(said)


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
