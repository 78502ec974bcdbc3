"""The examples beside a guide's entries, run: `ok` must pass, `not_ok` must be found by the entry that they stand with.

An example is a document of one paragraph, of the first kind that its entry holds for. `ok` fails when a finding names
the entry; beside a message, claim or fact also when anything of meaning is found, since there it is a wording that is
approved.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from msgcheck.guide.model import Competitor, Entry, Guide, Term
from msgcheck.guide.statements import APPROVED
from msgcheck.model import Block, Document, Finding, Location, Role
from msgcheck.normalise import normalise

_MEANING = frozenset({"message-drift", "message-wording", "unapproved-claim", "prohibited-claim", "retired-message"})
_SECTIONS = (
    "products",
    "taglines",
    "terms",
    "messages",
    "claims",
    "facts",
    "prohibited",
    "retired",
    "definitions",
    "boilerplate",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One example and what became of it; `what` names the entry and what was expected, `got` what was found."""

    what: str
    text: str
    place: str
    passed: bool
    got: str


def run_examples(guide: Guide, as_of: datetime.date) -> tuple[Outcome, ...]:
    """The outcomes of all examples, in the order of the guide; the language models are loaded only if there are any."""
    cases = tuple(_cases(guide))
    if not cases:
        return ()
    from msgcheck.checks.analyse import Analyser
    from msgcheck.checks.finish import finish
    from msgcheck.checks.meaning import Meaning
    from msgcheck.language.encoder import load_encoder
    from msgcheck.matching.pair_model import load_pair_model

    analyser = Analyser(guide, as_of, Meaning(guide, load_encoder(), load_pair_model()))
    out = []
    for section, entry, text, ok in cases:
        block = Block(text, normalise(text).text, "paragraph", "body", Location("document"))
        document = Document("example.txt", "text", "", "read", blocks=(block,))
        result = analyser.analyse(document, Role(entry.in_[0] if entry.in_ else None))
        out.append(_outcome(section, entry, text, ok, finish(result.findings, guide)))
    return tuple(out)


def _cases(guide: Guide) -> Iterator[tuple[str, Entry, str, bool]]:
    entries: list[tuple[str, Entry]] = [("company", guide.company)] if guide.company else []
    entries += [(section, entry) for section in _SECTIONS for entry in getattr(guide, section)]
    entries += [("competitors", entry) for entry in guide.competitors.names]
    for section, entry in entries:
        if entry.examples:
            yield from ((section, entry, text, True) for text in entry.examples.ok)
            yield from ((section, entry, text, False) for text in entry.examples.not_ok)


def _outcome(section: str, entry: Entry, text: str, ok: bool, findings: tuple[Finding, ...]) -> Outcome:
    quoting = [finding for finding in findings if finding.text is not None]
    own = [finding for finding in quoting if _is_of(finding, section, entry)]
    against = own or [finding for finding in quoting if section in APPROVED and finding.rule in _MEANING]
    name = f"{section} `{_names(entry)[0]}`"
    if ok:
        got = "; ".join(f"{finding.rule}: {finding.message}" for finding in against)
        return Outcome(f"an `ok` example of {name} is found", text, entry.place, not against, got or "no finding")
    got = "; ".join(f"{finding.rule}: {finding.message}" for finding in quoting) or "no finding"
    return Outcome(f"a `not_ok` example of {name} is not found by it", text, entry.place, bool(own), got)


def _is_of(finding: Finding, section: str, entry: Entry) -> bool:
    names = _names(entry)
    held = finding.approved is not None and finding.approved.section == section and finding.approved.id in names
    return held or any(also.approved in names for also in finding.also)


def _names(entry: Entry) -> tuple[str, ...]:
    """What findings may call the entry."""
    if isinstance(entry, Term):
        return (*entry.use, *entry.never)
    if isinstance(entry, Competitor):
        return (entry.name, *entry.aliases)
    own = (getattr(entry, "id", None), getattr(entry, "term", None), getattr(entry, "statement", None))
    return tuple(name for name in own if name)
