"""A comparison told to a person: what each fact is called, how it was judged, and why the verdict is what it is."""

from __future__ import annotations

from collections.abc import Iterable

from msgcheck.matching.rows import Judgement, Row
from msgcheck.model import Change, ChangeKind, Relation

SURE = 0.5
"""Certainty of a row from which it is told as it is; below, it is a hint."""

_CALLED = {
    "duration": "length of time", "frequency": "frequency", "availability": "hours of service", "ratio": "share",
    "count": "number", "factor": "multiple", "point": "percentage points", "mass": "weight", "data": "amount of data",
    "bitrate": "speed of data", "frequency-hz": "frequency in hertz", "sound": "sound level",
    "comparator": "limit of the figure",
    "statistic": "kind of figure", "kind of day": "kind of day", "rate": "rate", "date": "date",
    "identifier": "code or version", "edition": "edition", "name": "name", "place": "place",
    "negated word": "negation", "negated noun": "negation", "negation": "negation",
    "denied thing": "negation",
    "strength": "firmness", "firmness of verb": "firmness", "scope": "scope",
    "amount of noun": "quantity", "only": "restriction", "condition": "condition", "exception": "exception",
    "opposite": "meaning", "party": "party",
}
_JUDGED: dict[Judgement, str] = {
    "equal": "the same", "implied": "follows", "differs": "differs", "dropped": "left out", "added": "added",
}
_ORDER: tuple[Judgement, ...] = ("differs", "dropped", "added", "implied", "equal")
_QUIET = frozenset(
    {"comparator", "statistic", "name", "strength", "scope", "firmness of verb", "amount of noun", "only"}
)
_CHANGED: dict[ChangeKind, str] = {
    "entity": "what or whom it speaks of", "negation": "what does and does not hold", "timeframe": "the time",
    "unit": "the unit", "number": "the figure", "qualifier": "how exact the figure is",
    "strength": "how firmly it is meant",
    "scope": "how far it reaches", "condition": "the conditions", "contradiction": "the meaning",
}


def called(what: str) -> str:
    """What a compared fact is called in a table: 'length of time' for a duration."""
    return "amount of money" if what.startswith("money:") else _CALLED.get(what, what)


def judged(row: Row) -> str:
    """How a row was judged, in a word or two; 'perhaps' before what is only a hint."""
    hint = row.judgement in ("differs", "dropped", "added") and row.certainty < SURE
    return f"perhaps {_JUDGED[row.judgement]}" if hint else _JUDGED[row.judgement]


def reasons(relation: Relation, rows: Iterable[Row], changes: tuple[Change, ...]) -> tuple[str, ...]:
    """Sentences that say what was compared and how it turned out: what differs first, and no sentence twice."""
    told = [row for row in rows if not _idle(row)]
    told.sort(key=lambda row: _ORDER.index(row.judgement))
    out = [sentence(row) for row in told]
    exact = any(row.judgement == "differs" and row.certainty >= SURE for row in told)
    if relation == "drift" and changes and not exact:
        out.insert(0, _by_wording(changes[0]))
    elif relation == "other":
        return ("The two texts have too little in common for one to restate the other.",)
    elif not out:
        out.append("No figure, date, name or condition in them differs.")
    return tuple(dict.fromkeys(out))


def sentence(row: Row) -> str:
    """One row as a sentence."""
    name, approved, found = called(row.what), row.approved, row.found
    if row.judgement == "equal":
        both = f"'{found}'" if found.casefold() == approved.casefold() else f"'{found}' and '{approved}'"
        return f"The {name} is the same: {both}." if approved else f"The {name} is the same."
    if row.judgement == "implied":
        return f"The {name} '{found}' follows from '{approved}'."
    if row.judgement == "differs":
        return f"The {name} {'may differ' if row.certainty < SURE else 'differs'}: '{found}' in place of '{approved}'."
    if row.judgement == "dropped":
        return f"The {name} '{approved}' is left out."
    return f"The {name} '{found}' is added."


def _idle(row: Row) -> bool:
    """Whether a row tells nobody anything: small words that agree, and hints too weak to name."""
    if row.judgement == "equal":
        return row.what in _QUIET
    if row.judgement == "differs" and row.approved.casefold() == row.found.casefold():
        return True                      # what stands around the words differs: other rows tell that
    return row.judgement in ("dropped", "added") and row.certainty < SURE


def _by_wording(change: Change) -> str:
    """For a drift that no exact comparison shows: the words that gave it away."""
    changed = _CHANGED[change.kind]
    if change.approved.casefold() == change.found.casefold():
        return f"What stands around '{change.found}' reads as a change of {changed}."
    if change.approved and change.found:
        return f"'{change.found}' in place of '{change.approved}' reads as a change of {changed}."
    if change.found:
        return f"The added words '{change.found}' read as a change of {changed}."
    return f"Without the words '{change.approved}' it reads as a change of {changed}."
