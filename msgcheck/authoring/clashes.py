"""Where the guide forbids words that it approves elsewhere: approved words win, and a person should know."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from msgcheck.checks.names import check_names
from msgcheck.checks.patterns import pattern_hits
from msgcheck.checks.terms import check_terms
from msgcheck.checks.view import View
from msgcheck.guide.model import Guide
from msgcheck.guide.statements import Section, Statement, statements
from msgcheck.model import Block, Document, Location, Role
from msgcheck.normalise import normalise

_WORDED: tuple[Section, ...] = ("messages", "claims", "facts", "taglines", "definitions", "boilerplate")
_RULES = ("brand-name", "retired-name", "competitor-mention", "term")


@dataclass(frozen=True, slots=True)
class Clash:
    """`words` of an approved `wording` (of `section`, `id`) break `rule` by the entry `by`; in approved words they are
    cleared. `pattern` is set where a regular expression found them."""

    section: Section
    id: str
    wording: str
    words: str
    rule: str
    by: str
    pattern: bool = False


def clashes(guide: Guide) -> tuple[Clash, ...]:
    """Every clash, in the order of the guide."""
    bare = guide.model_copy(update=dict.fromkeys(_WORDED, ()))
    forbidding = (*guide.names, *guide.competitors.names, *guide.terms, *guide.prohibited, *guide.retired)
    kinds = (None, *dict.fromkeys(kind for entry in forbidding for kind in (*entry.in_, *entry.not_in)))
    found: dict[Clash, None] = {}
    for statement in statements(guide, _WORDED):
        for kind in kinds:
            for clash in _of(bare, statement, kind):
                found.setdefault(clash)
    return tuple(found)


def view_of(text: str, guide: Guide, kind: str | None = None) -> View:
    """A document of one paragraph, as a check sees it."""
    block = Block(text, normalise(text).text, "paragraph", "body", Location("document"))
    document = Document("", "text", "", "read", blocks=(block,))
    return View(document, Role(kind), (), guide, datetime.date.min)


def _of(bare: Guide, statement: Statement, kind: str | None) -> Iterator[Clash]:
    view = view_of(statement.wording, bare, kind)
    where = (statement.section, statement.id, statement.wording)
    for check in (check_names, check_terms):
        for finding in check(view):
            if finding.rule in _RULES and finding.approved is not None and finding.text:
                yield Clash(*where, finding.text, finding.rule, finding.approved.id)
    for _, start, end, entry in pattern_hits(view):
        rule = "prohibited-claim" if entry in bare.prohibited else "retired-message"
        yield Clash(*where, view.document.blocks[0].normal[start:end], rule, entry.id, True)
