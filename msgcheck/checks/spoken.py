"""What the guide itself states, in the form in which collateral is held against itself (`conflicts.py`).

It needs the parser, which a run that the cache answers does without: so it is a module of its own.
"""

from __future__ import annotations

from msgcheck.checks.assertions import Stated, stated
from msgcheck.checks.readings import Reading
from msgcheck.guide.model import Guide
from msgcheck.guide.statements import statements
from msgcheck.model import Assertion, Location
from msgcheck.normalise import plain


def guide_says(guide: Guide) -> tuple[Assertion, ...]:
    """What the guide itself states, as assertions without a place; parses its wordings, so that it is worth keeping."""
    wordings = [plain(one.wording) for one in statements(guide, ("messages", "claims", "facts", "definitions"))]
    return tuple(
        _as_assertion(value) for values in stated([Reading(text) for text in wordings], guide) for value in values
    )


def _as_assertion(value: Stated) -> Assertion:
    return Assertion(
        "",
        "body",
        Location("document"),
        "",
        "",
        0,
        0,
        value.kind,
        value.low,
        value.high,
        value.comparator,
        value.said,
        value.subject,
        value.context,
        value.topic,
        value.names,
        value.products,
        value.conditions,
        value.rivals,
        value.ours,
    )
