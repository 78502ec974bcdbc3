"""Files to a draft: each by what it is, in the order in which they are given."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgcheck.authoring.draft import Draft, Drafted, LeftOut, draft
from msgcheck.authoring.soundness import sound
from msgcheck.errors import UsageError

MAX_BYTES = 100_000_000
_SHEETS = {".csv", ".tsv", ".xlsx", ".xlsm"}
_RULES = {".yml", ".yaml"}
_DOCUMENTS = {".docx", ".pdf", ".md", ".markdown", ".html", ".htm", ".pptx", ".txt"}

Found = tuple[tuple[Drafted, ...], tuple[LeftOut, ...]]


def draft_of(paths: tuple[Path, ...]) -> Draft:
    """The draft of all that `paths` (files, or folders of them) hold; UsageError for one that cannot be read."""
    entries: list[Drafted] = []
    left: list[LeftOut] = []
    files = [file for path in paths for file in _files(path)]
    if not files:
        raise UsageError(
            "There is nothing to import here.",
            ", ".join(str(path) for path in paths),
            f"Give a file that ends in one of {', '.join(sorted(_SHEETS | _RULES | _DOCUMENTS))}.",
        )
    for file in files:
        found, missed = _read(file)
        entries += found
        left += missed
    return sound(draft((file.name for file in files), entries, left))


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        known = _SHEETS | _RULES | _DOCUMENTS
        yield from sorted(
            file
            for file in path.rglob("*")
            if file.suffix.casefold() in known
            and not any(part.startswith((".", "~$")) for part in file.relative_to(path).parts)
        )
    else:
        yield path


def _read(path: Path) -> Found:
    data = _bytes(path)
    suffix = path.suffix.casefold()
    if suffix in {".csv", ".tsv"}:
        from msgcheck.authoring.sheets import csv_entries

        return csv_entries(data, path.name)
    if suffix in {".xlsx", ".xlsm"}:
        from msgcheck.authoring.sheets import xlsx_entries

        return xlsx_entries(data, path.name)
    if suffix in _RULES:
        return _rule(data, path)
    if path.name.casefold() in {"accept.txt", "reject.txt"}:
        from msgcheck.authoring.vale import vocabulary_entries

        return vocabulary_entries(data, path.name)
    if suffix in _DOCUMENTS:
        return _document(data, path)
    raise UsageError(
        f"Files that end in '{suffix}' cannot be imported.",
        str(path),
        f"These can: {', '.join(sorted(_SHEETS | _RULES | _DOCUMENTS))}.",
    )


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise UsageError("There is no such file.", str(path), "Check the spelling, and the folder that you are in.")
        if path.stat().st_size > MAX_BYTES:
            raise UsageError("The file has more than 100 megabytes.", str(path), "Import the messaging document alone.")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the path is not valid"
        raise UsageError(f"The file cannot be read: {reason}.", str(path)) from None


def _rule(data: bytes, path: Path) -> Found:
    from msgcheck.authoring.vale import rule_entries
    from msgcheck.guide.nodes import plain
    from msgcheck.guide.sources import GuideFile
    from msgcheck.guide.syntax import parse

    file = GuideFile(path.name, data.decode("utf-8-sig", "replace"))
    node, problems = parse(file)  # the guide's own reader: aliases and nesting are bounded there
    if problems:
        first = problems[0]
        raise UsageError(f"The rule cannot be read: {first.what}", first.where, first.mend)
    tree = plain(file, node)
    if "msgcheck" in tree.data:
        raise UsageError(
            "This is a guide already.", str(path), "`msgcheck guide check` looks whether all is well with it."
        )
    return rule_entries(_without_places(tree.data), path.name)


def _without_places(value: object) -> object:
    from msgcheck.guide.nodes import PLACE

    if isinstance(value, dict):
        return {key: _without_places(item) for key, item in value.items() if key != PLACE}
    return [_without_places(item) for item in value] if isinstance(value, list) else value


def _document(data: bytes, path: Path) -> Found:
    from msgcheck.authoring.messaging import entries_of
    from msgcheck.readers import ReadOptions, read

    document = read(data, path.name, ReadOptions())
    if document.status == "unread":
        raise UsageError(
            f"{path.name} cannot be read: {document.reasons[0].text}",
            str(path),
            "Save it again, or export it to another format.",
        )
    entries, left = entries_of(document)
    unreadable = tuple(
        LeftOut(", ".join(part for part in (path.name, reason.place) if part), reason.text, "not readable")
        for reason in document.reasons
    )
    return entries, left + unreadable
