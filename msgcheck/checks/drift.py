"""`tagline-drift` and `boilerplate-drift`: fixed words that were altered, as complete findings.

The verdict of a passage decides whether they are filed or stand in the `also` of something weightier.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgcheck.checks.pointing import because, point
from msgcheck.checks.verbatim import Use, verbatim_uses
from msgcheck.checks.view import View
from msgcheck.checks.wording import filled
from msgcheck.guide.model import Boilerplate, Tagline
from msgcheck.model import Approved, Change, Finding

_LONG = 60
"""Characters from which dropped or added words are cut short in a message."""


def tagline_drift(view: View) -> Iterator[Finding]:
    """Every tagline that is attempted in other words."""
    entries = {entry.id: entry for entry in view.guide.taglines}
    for use in verbatim_uses(view):
        if use.section == "taglines" and not use.exact:
            yield _tagline(view, use, entries[use.id])


def boilerplate_drift(view: View) -> Iterator[Finding]:
    """Every boilerplate that stands there in altered words, cut or with words added."""
    entries = {entry.id: entry for entry in view.guide.boilerplate}
    for use in verbatim_uses(view):
        if use.section == "boilerplate" and not use.exact:
            yield _boilerplate(view, use, entries[use.id])


def _tagline(view: View, use: Use, entry: Tagline) -> Finding:
    return point(
        view, use.block, use.start, use.end,
        rule="tagline-drift",
        message=f"Misquotes the tagline: {said(use.changes)}.",
        approved=Approved("taglines", entry.id, entry.text, entry.text, owner=entry.owner, reason=entry.reason),
        changes=use.changes,
        similarity=round(use.similarity, 3),
        suggestion=entry.text,
        why=("A tagline is quoted word for word or not at all.", *because(entry.reason)),
    )


def _boilerplate(view: View, use: Use, entry: Boilerplate) -> Finding:
    return point(
        view, use.block, use.start, use.end,
        rule="boilerplate-drift",
        message=f"Alters the boilerplate '{entry.id}': {said(use.changes)}.",
        approved=Approved("boilerplate", entry.id, entry.text, use.approved, owner=entry.owner, reason=entry.reason),
        changes=use.changes,
        similarity=round(use.similarity, 3),
        suggestion=filled(use.approved, view.as_of.year),
        why=("Boilerplate stands as approved, word for word.", *because(entry.reason)),
    )


def said(changes: tuple[Change, ...]) -> str:
    """The first change in words, and how many there are besides."""
    if not changes:
        return "the words differ"
    first = changes[0]
    if first.approved and first.found:
        text = f"says '{_short(first.found)}'; approved is '{_short(first.approved)}'"
    elif first.found:
        text = f"adds '{_short(first.found)}'"
    else:
        text = f"leaves out '{_short(first.approved)}'"
    more = len(changes) - 1
    return text + (f" (and {more} more {'change' if more == 1 else 'changes'})" if more else "")


def _short(text: str) -> str:
    return text if len(text) <= _LONG else text[: _LONG - 1].rsplit(" ", 1)[0] + "…"
