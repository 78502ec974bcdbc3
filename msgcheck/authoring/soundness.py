"""A draft that passes `guide check`: what would not is kept as a comment, with what is wrong as a question."""

from __future__ import annotations

from dataclasses import replace

from msgcheck.authoring.draft import Draft, Drafted, Value
from msgcheck.authoring.writing import written
from msgcheck.guide.loading import read_guide
from msgcheck.guide.sources import GuideFile

_REFERENCES = frozenset({"audiences", "audience", "disclaimer", "replaced_by", "required_in", "in", "not_in"})


def sound(draft: Draft) -> Draft:
    """`draft` with empty values taken out, and each entry that the format does not take marked as incomplete."""
    return replace(draft, entries=tuple(_checked(_filled(entry)) for entry in draft.entries))


def _filled(entry: Drafted) -> Drafted:
    fields: list[tuple[str, Value]] = []
    for key, value in entry.fields:
        kept: Value = " ".join(value.split()) if isinstance(value, str) else tuple(one for one in value if _shows(one))
        if kept and (not isinstance(kept, str) or _shows(kept)):
            fields.append((key, kept))
    return replace(entry, fields=tuple(fields))


def _shows(text: str) -> bool:
    return any(char.isprintable() and not char.isspace() for char in text)


def _checked(entry: Drafted) -> Drafted:
    """`entry` as it is if a guide of it alone has no errors; references are checked elsewhere."""
    if entry.incomplete:
        return entry
    fields = tuple(field for field in entry.fields if field[0] not in _REFERENCES)
    alone = Draft((), (replace(entry, fields=fields, places=(), decide=()),))
    _, problems = read_guide((GuideFile("draft", written(alone)),))
    if not problems:
        return entry
    return replace(entry.asking(*(problem.what for problem in problems)), incomplete=True)
