"""The guide as collateral of itself: what in a guide without errors is questionable all the same."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from msgcheck.authoring.clashes import Clash, clashes
from msgcheck.guide.model import Claim, Entry, Fact, Guide, Message
from msgcheck.guide.statements import APPROVED, Section, entries, statements
from msgcheck.normalise import fold

_NO_SOURCE = re.compile(
    r"(?:t\.?b\.?d\.?|to ?do|n/?a|none|unknown|pending|missing|internal|source|xx+|[?.\-–—]+)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Remark:
    """`level` 'warning': the guide contradicts itself or something in it is out of date; 'note': look at it."""

    level: Literal["warning", "note"]
    what: str
    place: str
    mend: str = ""


def lint_guide(guide: Guide, as_of: datetime.date, soon: int) -> tuple[Remark, ...]:
    """All remarks on `guide`: those of its words first, then those of its meaning (which load the language models).

    Claims that expire within `soon` days of `as_of` are named.
    """
    from msgcheck.authoring.meaning import contradictions, drifting_variants, forbidden_meanings

    return (
        *_dates(guide, as_of, soon),
        *_sources(guide),
        *_approved_and_banned(guide),
        *_clashes(guide),
        *_twice(guide),
        *_visual(guide),
        *drifting_variants(guide),
        *contradictions(guide),
        *forbidden_meanings(guide),
    )


def _dates(guide: Guide, as_of: datetime.date, soon: int) -> Iterator[Remark]:
    dated: tuple[Claim | Fact, ...] = (*guide.claims, *guide.facts)
    for claim in dated:
        if claim.expires is None:
            continue
        name = _name(claim)
        left = (claim.expires - as_of).days
        if left < 0:
            yield Remark(
                "warning",
                f"{name} expired on {claim.expires}.",
                claim.place,
                "Renew it with its evidence, or move it to `retired`.",
            )
        elif left <= soon:
            yield Remark(
                "note",
                f"{name} expires on {claim.expires}, in {left} day{'' if left == 1 else 's'}.",
                claim.place,
                "Have it approved anew.",
            )


def _sources(guide: Guide) -> Iterator[Remark]:
    for claim in guide.claims:
        if _NO_SOURCE.fullmatch(claim.source.strip()):
            yield Remark(
                "warning",
                f"{_name(claim)} has no source: '{claim.source}' names none.",
                claim.place,
                "Name the evidence, or move the claim out of the approved ones.",
            )


def _approved_and_banned(guide: Guide) -> Iterator[Remark]:
    """Words that one entry prefers and another forbids, and forms of a name that are both right and wrong."""
    preferred = {use.casefold(): term for term in guide.terms for use in term.use}
    names = {name: entry for entry in guide.names for name in (entry.name, *entry.aliases)}
    for term in guide.terms:
        for never in term.never:
            other = preferred.get(never.casefold())
            if other is not None and never not in term.use:
                yield Remark(
                    "warning",
                    f"The term '{never}' is avoided here and preferred at {_at(other)}.",
                    term.place,
                    "Keep one of the two.",
                )
            elif never in term.use:
                yield Remark("warning", f"The term '{never}' is both preferred and avoided.", term.place, "Keep one.")
            if never in names:
                yield Remark(
                    "warning",
                    f"The term '{never}' is avoided, and it is a name at {_at(names[never])}.",
                    term.place,
                    "Let it pass with `except`, or correct one of the two.",
                )
    for entry in guide.names:
        for wrong in (*entry.never, *entry.retired):
            if wrong in names:
                yield Remark("warning", f"The name '{wrong}' is both approved and wrong.", entry.place, "Keep one.")
    for rival in guide.competitors.names:
        for name in (rival.name, *rival.aliases):
            if name in names:
                yield Remark("warning", f"'{name}' is a competitor and a name of your own.", rival.place, "Keep one.")


def _clashes(guide: Guide) -> Iterator[Remark]:
    first: dict[tuple[str, str, str], Clash] = {}
    for clash in clashes(guide):
        first.setdefault((clash.section, clash.id, clash.by), clash)
    for clash in first.values():
        yield _clash(guide, clash)


def _clash(guide: Guide, clash: Clash) -> Remark:
    what = f"In {clash.section} `{clash.id}`, '{clash.words}' is what `{clash.by}` forbids ({clash.rule})."
    mend = "Reword one of them, or add an `except`: in this wording it is let pass, anywhere else it is a finding."
    return Remark("warning" if clash.pattern else "note", what, _place(guide, clash.section, clash.id), mend)


def _twice(guide: Guide) -> Iterator[Remark]:
    """Two entries that approve the same words."""
    seen: dict[str, tuple[str, str]] = {}
    for one in statements(guide, APPROVED):
        here = (one.section, one.id)
        first = seen.setdefault(fold(one.wording), here)
        if first != here:
            yield Remark(
                "note",
                f"{one.section} `{one.id}` has the same words as {first[0]} `{first[1]}`.",
                _place(guide, one.section, one.id),
                "Keep them in one entry.",
            )


def _visual(guide: Guide) -> Iterator[Remark]:
    if guide.visual is None or not guide.path:
        return
    at = Path(guide.path)
    folder = at if at.is_dir() else at.parent
    if not (folder / guide.visual).is_file():
        yield Remark(
            "note",
            f"`visual` names '{guide.visual}', and there is no such file in {folder.as_posix()}.",
            guide.path,
            "Put the brand file there, or take the line out.",
        )


def _name(entry: Message) -> str:
    if isinstance(entry, Fact):
        return f"The fact '{entry.statement}'"
    return f"The {'claim' if isinstance(entry, Claim) else 'message'} `{entry.id}`"


def _place(guide: Guide, section: Section, own: str) -> str:
    """Where the guide has an entry first."""
    return next((entry.place for key, entry in entries(guide, (section,)) if key == (section, own)), "")


def _at(entry: Entry) -> str:
    return entry.place or "another entry"
