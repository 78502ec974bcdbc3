"""What every finding gets last: its severity, its place in the order and its fingerprint."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from msgcheck.checks.phrases import phrase
from msgcheck.checks.rules import PRECEDENCE, RULES
from msgcheck.guide.model import Entry, Guide, Level, Term
from msgcheck.guide.statements import SECTIONS, Key, entries
from msgcheck.model import Also, Block, Finding, Location, Related, Severity
from msgcheck.normalise import normalise

_RANK = {rule: rank for rank, rule in enumerate(PRECEDENCE)}
_PLACE = {rule: place for place, rule in enumerate(RULES)}
_POLICY: dict[str, Severity] = {"forbid": "error", "warn": "warning", "allow": "off"}


def finish(findings: Iterable[Finding], guide: Guide) -> tuple[Finding, ...]:
    """The findings as they are reported: with severity, those that are off left out, at most one of meaning a passage
    (the first by precedence, the others in its `also`), in the order of the documents, each with its fingerprint.

    The result depends on nothing but the set of findings: whatever order they come in, the same come out.
    """
    graded = [
        replace(finding, severity=level)
        for finding in findings
        if (level := severity(finding, guide)) != "off"
    ]
    ordered = sorted(graded, key=_order)
    return tuple(_with_fingerprints(_one_of_meaning(ordered)))


# -- severity ---------------------------------------------------------------------------------------------------------


def severity(finding: Finding, guide: Guide) -> Severity:
    """The entry's own severity, else the guide's for the rule, else the rule's default (a competitor's by policy)."""
    entry = _entry(finding, guide)
    if entry is not None and entry.severity is not None:
        return entry.severity
    mapped = dict[str, Level](guide.severity.items()).get(finding.rule)
    if mapped is not None:
        return mapped
    if finding.rule == "competitor-mention":
        competitors = guide.competitors
        named = next((one for one in competitors.names if finding.approved and one.name == finding.approved.id), None)
        return _POLICY[competitors.policy_of(named) if named else competitors.policy]
    return RULES[finding.rule].severity


def _entry(finding: Finding, guide: Guide) -> Entry | None:
    """The guide's entry that a finding is held against."""
    approved = finding.approved
    if approved is None:
        return None
    if approved.section == "terms":
        return _term(finding, guide)
    if approved.section == "competitors":
        named = next((one for one in guide.competitors.names if one.name == approved.id), None)
        return named if named is not None and named.severity is not None else guide.competitors
    return next((entry for key, entry in _entries(guide) if key == (approved.section, approved.id)), None)


def _entries(guide: Guide) -> Iterator[tuple[Key, Entry]]:
    """What a finding may be held against, but for words to avoid and competitors: the company goes by its name."""
    if guide.company is not None:
        yield ("company", guide.company.name), guide.company
    yield from ((("products", one.id), one) for one in guide.products)
    yield from entries(guide, SECTIONS)


def _term(finding: Finding, guide: Guide) -> Term | None:
    """The term of a finding: of several with one preferred word, the one whose word to avoid was found."""
    own = finding.approved.id if finding.approved else ""
    alike = [term for term in guide.terms if own in (term.use[:1] or term.never)]
    if len(alike) < 2:
        return alike[0] if alike else None
    words = finding.text or ""
    block = Block(words, normalise(words).text, "paragraph", "body", Location("document"))
    return next((term for term in alike if any(any(phrase(never).hits(block)) for never in term.never)), alike[0])


# -- order and precedence ---------------------------------------------------------------------------------------------


def _order(finding: Finding) -> tuple[object, ...]:
    approved = finding.approved
    return (
        finding.document,
        finding.order,
        finding.start if finding.start is not None else -1,
        _PLACE[finding.rule],
        finding.end if finding.end is not None else -1,
        approved.section if approved else "",
        approved.id if approved else "",
        finding.message,
    )


def _one_of_meaning(findings: list[Finding]) -> Iterator[Finding]:
    """`findings`, in order, with those of meaning about the same passage made one."""
    for _, alike in groupby(findings, key=lambda finding: (finding.document, finding.order, finding.block)):
        block = list(alike)
        merged = _merged([one for one in block if one.rule in _RANK and one.start is not None])
        beside = [one for one in block if one.rule not in _RANK or one.start is None]
        yield from sorted([*merged, *beside], key=_order)


def _merged(findings: list[Finding]) -> list[Finding]:
    """One finding for each stretch of overlapping ones."""
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda one: (_RANK[one.rule], -one.confidence, *_order(one))):
        for place, other in enumerate(kept):
            if _overlap(finding, other):
                kept[place] = _beside(other, finding)
                break
        else:
            kept.append(finding)
    return kept


def _overlap(one: Finding, other: Finding) -> bool:
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return False
    return one.start < other.end and other.start < one.end


def _beside(kept: Finding, dropped: Finding) -> Finding:
    """`kept`, with `dropped` in its `also`; two of one rule about one thing share the places that they speak of."""
    own = kept.approved.id if kept.approved else None
    other = dropped.approved.id if dropped.approved else None
    related: tuple[Related, ...] = kept.related
    also = kept.also
    if (dropped.rule, other) == (kept.rule, own):
        related = tuple(dict.fromkeys((*related, *dropped.related)))
    else:
        also = tuple(dict.fromkeys((*also, Also(dropped.rule, other), *dropped.also)))
    return replace(kept, also=also, related=related)


# -- fingerprints -----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def folded(words: str) -> str:
    """The words of a finding as a fingerprint knows them: case and white space folded."""
    return normalise(words).text.casefold()


def _with_fingerprints(findings: Iterable[Finding]) -> Iterator[Finding]:
    alike: Counter[tuple[str, str, str, str]] = Counter()
    for finding in findings:
        own = finding.approved.id if finding.approved else ""
        looks = RULES[finding.rule].family == "visual"     # of a look the colour or font is what makes it that one
        key = (finding.rule, finding.document, own, folded((finding.message if looks else finding.text) or ""))
        alike[key] += 1
        yield replace(finding, fingerprint=fingerprint(*key, alike[key]))


def fingerprint(rule: str, document: str, approved: str, words: str, number: int) -> str:
    """'v1:' and 20 hexadecimal digits of the SHA-256 of what makes a finding that one, wherever it moves.

    `words` are `folded`; `number` counts from 1 those alike in the document. No page, offset or similarity is in it.
    """
    content = "\x1f".join((rule, document, approved, words, str(number)))
    return f"v1:{hashlib.sha256(content.encode()).hexdigest()[:20]}"
