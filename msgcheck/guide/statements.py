"""The entries of a guide by section and id, and all their approved, forbidden and retired wordings as statements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args, overload

from msgcheck.guide.model import Claim, Entry, Fact, Guide, Message

MessageSection = Literal["messages", "claims", "facts"]
Section = Literal[MessageSection, "prohibited", "retired", "definitions", "boilerplate", "taglines"]
SECTIONS: tuple[Section, ...] = get_args(Section)
APPROVED: tuple[MessageSection, ...] = ("messages", "claims", "facts")
Key = tuple[str, str]
"""Section and id of an entry."""

_ID = {"facts": "statement", "definitions": "term"}
"""What the id of an entry is where it is not its `id`."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One wording of an entry. `index` is 0 for the entry's main statement, then its variants in order.

    `id` is what findings carry, as in `entries`. `exact`: the words are to be verbatim.
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


@overload
def entries(guide: Guide, sections: tuple[MessageSection, ...]) -> Iterator[tuple[Key, Message]]: ...
@overload
def entries(guide: Guide, sections: tuple[Section, ...]) -> Iterator[tuple[Key, Entry]]: ...
def entries(guide: Guide, sections: tuple[Section, ...]) -> Iterator[tuple[Key, Any]]:
    """The entries of `sections`, in that order, and in the guide's order within each, each with its section and id.

    The id is what findings carry: the entry's id, a definition's term, a fact's text. Two facts may have one text.
    """
    for section in sections:
        for entry in getattr(guide, section):
            yield (section, getattr(entry, _ID.get(section, "id"))), entry


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


def _approved(guide: Guide, section: MessageSection) -> Iterator[Statement]:
    for (_, own), entry in entries(guide, (section,)):
        source = entry.source if isinstance(entry, Claim | Fact) else None
        exact = entry.wording == "exact"
        for index, wording in enumerate(entry.wordings):
            yield Statement(section, own, wording, entry.statement, source, entry.owner, exact, index, entry.reason)
