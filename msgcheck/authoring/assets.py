"""Tables of which document is what: files, their kind, owner and audience, as the guide's `collateral`."""

from __future__ import annotations

import re

from msgcheck.authoring.cells import names_in
from msgcheck.authoring.draft import Drafted, Value

_COLUMNS = (
    ("match", r"(?:files?|folders?|paths?)(?: names?| patterns?)?|(?:file|folder) and (?:file|folder)"
              r"|where(?: (?:it|they|to find (?:it|them)))?(?: (?:is|are|lies?|lives?|stands?))?|locations?|patterns?"),
    ("kind", r"kinds?|types?|(?:document|asset|content|collateral) (?:type|kind)s?|documents?|assets?|collateral"
             r"|formats?"),
    ("owner", r"owners?|owned by|department|team|responsible|made by|maintained by"),
    ("audience", r"audiences?|personas?|for(?: whom)?|readers?|who (?:it is )?for|target(?: group)?"),
    ("notes", r"(?:speaker'?s? )?notes?"),
    ("reason", r"why|reasons?|remarks?|comments?"),
)
_COLUMN = tuple((key, re.compile(words, re.IGNORECASE)) for key, words in _COLUMNS)
_SKIPPED = re.compile(r"not (?:to be )?checked|skip(?:ped)?|ignored?|out of scope|left out", re.IGNORECASE)
_PRIVATE = re.compile(r"skip(?:ped)?|private|internal|not checked|ignored?|no\b", re.IGNORECASE)
_PATH = re.compile(r"\S*[/\\*.]\S*")


def collateral_row(cells: tuple[str, ...], columns: tuple[str, ...], place: str) -> Drafted | None:
    """The entry of a row with a path or pattern; without one an incomplete entry, None where no kind is named."""
    values: dict[str, str] = {}
    for cell, column in zip(cells, columns, strict=False):
        key = _key(column)
        if key and cell.strip() not in {"", "-", "–", "—"}:
            values.setdefault(key, " ".join(cell.split()))
    kind, match = values.get("kind", ""), values.get("match", "").strip("\"“”'`")
    if not kind and not match:
        return None
    found = _PATH.fullmatch(match) is not None
    fields: list[tuple[str, Value]] = [("match", _pattern(match))] if found else []
    if _SKIPPED.fullmatch(kind):
        fields.append(("skip", "true"))
    elif kind:
        fields.append(("kind", _one(kind)))
    if "owner" in values:
        fields.append(("owner", _lower_unless_name(values["owner"])))
    audiences = names_in(values.get("audience", ""))
    if audiences:
        fields.append(("audience", audiences if len(audiences) > 1 else audiences[0]))
    if _PRIVATE.match(values.get("notes", "")):
        fields.append(("notes", "skip"))
    if "reason" in values:
        fields.append(("reason", values["reason"]))
    entry = Drafted("collateral", tuple(fields), (place,), "certain", incomplete=not found)
    return entry if found else entry.asking("match: which files are these? A pattern such as sales/**/*.pptx says it")


def is_heading_of_collateral(columns: tuple[str, ...]) -> bool:
    """Whether a table's columns say where documents lie and what they are."""
    keys = {_key(column) for column in columns}
    return {"match", "kind"} <= keys or {"match", "owner"} <= keys


def lost_columns(columns: tuple[str, ...]) -> tuple[str, ...]:
    """The columns that say nothing which the section knows."""
    return tuple(column for column in columns if _key(column) is None)


def _key(column: str) -> str | None:
    text = column.strip().strip(":*").replace("’", "'")
    return next((key for key, pattern in _COLUMN if pattern.fullmatch(text)), None)


def _pattern(path: str) -> str:
    """A path as a pattern: a folder stands for all that is in it."""
    plain = path.replace("\\", "/")
    if plain.endswith("/"):
        return f"{plain}**"
    return plain if "*" in plain or re.search(r"\.\w{1,8}$", plain) else f"{plain}/**"


def _one(kind: str) -> str:
    from msgcheck.checks.wordforms import singular

    words = kind.casefold().split()
    return " ".join((*words[:-1], singular(words[-1])))


def _lower_unless_name(owner: str) -> str:
    """'Sales' is the department and no name; 'Ailsa Drummond' stays as it is."""
    return owner.casefold() if len(owner.split()) == 1 and owner[1:].islower() else owner
