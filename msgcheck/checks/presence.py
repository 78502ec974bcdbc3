"""What a document must carry: `missing-message`, `missing-boilerplate`, `missing-disclaimer`.

What must be present must stand in body or running lines; an altered use counts as present, since the alteration is a
finding of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgcheck.checks.pointing import about_document, because
from msgcheck.checks.verbatim import verbatim_uses
from msgcheck.checks.view import PRESENCE_LAYERS, View
from msgcheck.checks.wording import filled
from msgcheck.guide.model import Boilerplate, Claim, Fact, Message
from msgcheck.guide.statements import APPROVED, entries
from msgcheck.model import Approved, Carried, Finding, Related

_NEEDS_DISCLAIMER = ("on-message", "expired")


@dataclass(frozen=True, slots=True)
class Present:
    """Entries (section, id) of a document: those used so surely that they need their disclaimer, and those that
    something says so nearly that nobody can call them missing.
    """

    sure: frozenset[tuple[str, str]]
    nearly: frozenset[tuple[str, str]]


def check_presence(
    view: View,
    carried: tuple[Carried, ...],
    there: Present | None = None,
) -> Iterator[Finding]:
    """All that is missing, in the guide's order. Where only a part of the document could be read, findings say so.

    Without `there` all that is carried is used surely, and nothing else is said.
    """
    keys = frozenset((one.section, one.id) for one in carried)
    there = there or Present(keys, frozenset())
    present = frozenset(
        use.id for use in verbatim_uses(view)
        if use.section == "boilerplate" and view.document.blocks[use.block].layer in PRESENCE_LAYERS
    )
    yield from _messages(view, carried, there.nearly)
    yield from _boilerplate(view, present)
    yield from _disclaimers(view, [one for one in carried if (one.section, one.id) in there.sure], present)


def _messages(
    view: View, carried: tuple[Carried, ...], nearly: frozenset[tuple[str, str]]
) -> Iterator[Finding]:
    kind = view.role.kind
    if kind is None:
        return
    said = nearly.union((one.section, one.id) for one in carried if one.layer in PRESENCE_LAYERS)
    for (section, own), entry in entries(view.guide, APPROVED):
        if kind not in entry.required_in or not entry.applies(kind) or (section, own) in said:
            continue
        yield about_document(
            view,
            rule="missing-message",
            message=f"Lacks the message '{_title(entry, own)}', which every {kind} must carry.",
            approved=Approved(
                section, own, entry.statement, entry.statement, _source(entry), entry.owner, entry.reason
            ),
            suggestion=entry.statement,
            why=(_required(entry), *_partly(view), *because(entry.reason)),
        )


def _source(entry: Message) -> str | None:
    return entry.source if isinstance(entry, Claim | Fact) else None


def _required(entry: Message | Boilerplate) -> str:
    return f"The guide requires it in: {', '.join(entry.required_in)}."


def _title(entry: Message, own: str) -> str:
    return entry.statement if len(entry.statement) <= 80 else own


def _boilerplate(view: View, present: frozenset[str]) -> Iterator[Finding]:
    kind = view.role.kind
    for entry in view.guide.boilerplate:
        if kind is None or kind not in entry.required_in or not entry.applies(kind) or entry.id in present:
            continue
        yield about_document(
            view,
            rule="missing-boilerplate",
            message=f"Lacks the boilerplate '{entry.id}', which every {kind} must carry.",
            approved=Approved("boilerplate", entry.id, entry.text, entry.text, owner=entry.owner, reason=entry.reason),
            suggestion=filled(entry.text, view.as_of.year),
            why=(_required(entry), *_partly(view), *because(entry.reason)),
        )


def _disclaimers(view: View, carried: Sequence[Carried], present: frozenset[str]) -> Iterator[Finding]:
    texts = {entry.id: entry for entry in view.guide.boilerplate}
    for (section, own), claim in entries(view.guide, ("claims", "facts")):
        uses = [one for one in carried if (one.section, one.id) == (section, own) and one.how in _NEEDS_DISCLAIMER]
        if not uses or not isinstance(claim, Claim | Fact):
            continue
        for note in claim.disclaimer:
            if note not in present and note in texts:
                yield _disclaimer(view, section, own, claim, texts[note], uses)


def _disclaimer(
    view: View, section: str, own: str, claim: Claim | Fact, note: Boilerplate, uses: list[Carried]
) -> Finding:
    where = uses[0].location.label
    reason = note.reason or claim.reason
    return about_document(
        view,
        rule="missing-disclaimer",
        message=f"Uses the claim '{own}'{f' ({where})' if where else ''} without its disclaimer '{note.id}'.",
        approved=Approved(section, own, claim.statement, note.text, claim.source, claim.owner, reason),
        suggestion=filled(note.text, view.as_of.year),
        why=(
            f"The guide ties the claim to the disclaimer '{note.id}', and no part of the document carries it.",
            *_partly(view),
            *because(reason),
        ),
        related=tuple(Related(view.document.name, one.location, one.text) for one in uses),
    )


def _partly(view: View) -> tuple[str, ...]:
    if view.document.status != "partly-read":
        return ()
    return ("Not all of the document could be read; it may stand in the part that was not.",)
