"""Every approved (or forbidden, or retired) wording of a guide as one flat list of statements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from msgcheck.guide.model import Guide

Section = Literal["messages", "claims", "facts", "prohibited", "retired", "definitions", "boilerplate", "taglines"]
APPROVED: tuple[Section, ...] = ("messages", "claims", "facts")


@dataclass(frozen=True, slots=True)
class Statement:
    """One wording of an entry. `index` is 0 for the entry's main statement, then its variants in order.

    `id` is what findings carry: the entry's id, a definition's term, a fact's text. `exact`: the words are to be
    verbatim.
    """

    section: Section
    id: str
    wording: str
    statement: str
    source: str | None
    owner: str | None
    exact: bool
    index: int
    reason: str | None = None


def statements(guide: Guide, sections: tuple[Section, ...] = APPROVED) -> tuple[Statement, ...]:
    """The wordings of `sections`, in that order, and in the guide's order within each.

    A statement of several sentences stays whole, holes of boilerplate stand as written.
    """
    return tuple(item for section in sections for item in _of(guide, section))


def _of(guide: Guide, section: Section) -> Iterator[Statement]:
    if section == "prohibited":
        for banned in guide.prohibited:
            for index, wording in enumerate(banned.statements):
                yield Statement(
                    section, banned.id, wording, banned.statements[0], None, banned.owner, False, index, banned.reason
                )
    elif section == "retired":
        for old in guide.retired:
            for index, wording in enumerate(old.wordings):
                yield Statement(section, old.id, wording, old.statement, None, old.owner, False, index, old.reason)
    elif section == "definitions":
        for defined in guide.definitions:
            yield Statement(
                section, defined.term, defined.text, defined.text, None, defined.owner, False, 0, defined.reason
            )
    elif section == "boilerplate":
        for fixed in guide.boilerplate:
            for index, wording in enumerate(fixed.wordings):
                yield Statement(section, fixed.id, wording, fixed.text, None, fixed.owner, True, index, fixed.reason)
    elif section == "taglines":
        for tagline in guide.taglines:
            yield Statement(
                section, tagline.id, tagline.text, tagline.text, None, tagline.owner, True, 0, tagline.reason
            )
    else:
        yield from _approved(guide, section)


def _approved(guide: Guide, section: Section) -> Iterator[Statement]:
    if section == "messages":
        for message in guide.messages:
            for index, wording in enumerate(message.wordings):
                exact = message.wording == "exact"
                yield Statement(
                    section, message.id, wording, message.statement, None, message.owner, exact, index, message.reason
                )
        return
    for entry in guide.claims if section == "claims" else guide.facts:
        name = entry.statement if section == "facts" else entry.id
        for index, wording in enumerate(entry.wordings):
            exact = entry.wording == "exact"
            yield Statement(
                section, name, wording, entry.statement, entry.source, entry.owner, exact, index, entry.reason
            )
