"""Reports made in code, of as many findings as wanted, each with words of its own."""

from __future__ import annotations

import random
from itertools import groupby

from msgcheck.checks.rules import RULES
from msgcheck.model import (
    Approved,
    Block,
    Carried,
    Change,
    Document,
    DocumentResult,
    Engine,
    Entry,
    Finding,
    Location,
    Report,
    Role,
)

_EACH = 50  # findings of a document
_WORDS = (
    "harbour",
    "ferry",
    "crossing",
    "winter",
    "timetable",
    "deck",
    "crew",
    "ticket",
    "island",
    "coach",
    "freight",
    "evening",
    "lounge",
    "window",
    "quay",
    "pilot",
    "engine",
    "morning",
    "service",
    "family",
    "bridge",
    "cabin",
)
_FORMATS = ("pdf", "docx", "pptx", "html", "md")
_ENTRIES = tuple(
    Entry("messages", f"message-{at}", f"The crossing takes no more than {40 + at} minutes.", ("Speed", "Ease")[at % 2])
    for at in range(12)
)
_CHECKED = tuple(rule for rule in RULES.values() if rule.checked)


def report(count: int) -> Report:
    """A report of `count` findings of all rules, in documents of 50, sales' and marketing's by turns."""
    findings = tuple(_finding(at, random.Random(at)) for at in range(count))
    results = []
    for name, group in groupby(findings, lambda one: one.document):
        own = tuple(group)
        suffix = name.rpartition(".")[2]
        document = Document(name, suffix, f"{len(results):064x}", "read", (), _blocks(own), 12, "page", "en")
        carried = tuple(
            Carried("messages", one.approved.id, "drifted", one.text or "", one.location)
            for one in own[:12]
            if one.approved and one.approved.section == "messages"
        )
        role = Role("deck", name.partition("/")[0], ("travellers",))
        results.append(DocumentResult(document, role, 90, 60, (("body", 60),), own, (), carried))
    engine = Engine("1", "bundled", "53aa" * 16)
    return Report("0", "2026-11-21", "guide.yaml", "cd" * 32, engine, tuple(results), findings, entries=_ENTRIES)


def _finding(at: int, chance: random.Random) -> Finding:
    number = at // _EACH
    name = f"{('sales', 'marketing')[number % 2]}/folder-{number // 100:03}/document-{number:05}.{_FORMATS[number % 5]}"
    rule = _CHECKED[at % len(_CHECKED)]
    entry = _ENTRIES[at % len(_ENTRIES)]
    text = f"{_phrase(chance, 9)} in {chance.randrange(1, 90)} minutes."
    before = f"{_phrase(chance, 12)}. "
    block = f"{before}{text} {_phrase(chance, 14)}."
    return Finding(
        rule.id,
        f"Says '{text[:24]}'; approved is '{entry.statement[-12:]}'.",
        name,
        "body",
        Location("paragraph", at % _EACH + 1, f"paragraph {at % _EACH + 1}"),
        block,
        text,
        len(before),
        len(before) + len(text),
        Approved("messages", entry.id, entry.statement, entry.statement),
        (Change("number", "40", str(chance.randrange(1, 90))),),
        similarity=0.83,
        confidence=0.91,
        suggestion=entry.statement,
        why=(f"Compared with message {entry.id}.",),
        severity=rule.severity,
        fingerprint=f"v1:{at:016x}",
        order=at % _EACH,
    )


def _phrase(chance: random.Random, words: int) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(words)).capitalize()


def _blocks(findings: tuple[Finding, ...]) -> tuple[Block, ...]:
    return tuple(
        Block(one.block or "", one.block or "", "paragraph", "body", one.location, heading="On board")
        for one in findings
    )
