"""Writing accepted.yaml: entries for findings, and dropping those that nothing needs any more.

What people wrote into the file by hand, comments included, stays as it is.
"""

from __future__ import annotations

import datetime
import io
import os
import tempfile
from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from msgcheck.accepted import Acceptance, Accepted
from msgcheck.checks.finish import folded
from msgcheck.errors import AcceptedError
from msgcheck.model import Finding

HEAD = "# Findings that a person has looked at and excused. `msgcheck accept` adds entries; a check only reads them.\n"


def entries_for(
    findings: Iterable[Finding], reason: str, by: str | None = None, until: datetime.date | None = None
) -> tuple[Acceptance, ...]:
    """One entry for each of `findings`, those alike in one document made one with `times`; in their order."""
    firsts: dict[tuple[str, str, str, str], Finding] = {}
    count: Counter[tuple[str, str, str, str]] = Counter()
    for finding in findings:
        own = finding.approved.id if finding.approved else ""
        key = (finding.rule, finding.document, own, folded(finding.text or ""))
        firsts.setdefault(key, finding)
        count[key] += 1
    return tuple(
        Acceptance(
            rule=finding.rule,
            document=finding.document,
            reason=reason,
            words=" ".join(finding.text.split()) if finding.text is not None else None,
            about=finding.approved.id if finding.approved else None,
            by=by,
            until=until,
            times="all" if finding.text is None and finding.approved is None else count[key],
        )
        for key, finding in firsts.items()
    )


def add(path: Path, entries: Iterable[Acceptance]) -> None:
    """Append `entries` to the file at `path`, which need not exist."""
    yaml, data = _open(path)
    listed = data.setdefault("accepted", [])
    if listed is None:
        listed = data["accepted"] = []
    listed.extend(_mapping(entry) for entry in entries)
    _write(path, yaml, data)


def prune(
    path: Path, accepted: Accepted, findings: Iterable[Finding], checked: Collection[str], root: Path
) -> tuple[Acceptance, ...]:
    """Drop from the file what is gone, and return it: entries of documents that were `checked` and have no such finding
    (any more), and of documents that are not below `root` any more. `times` shrinks to what is left.

    `findings` are all of the run, the excused ones too.
    """
    open_ones: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        open_ones.setdefault((finding.rule, finding.document), []).append(finding)
    kept: list[int] = []
    keep: dict[int, int] = {}
    for number, entry in enumerate(accepted.entries):
        if entry.document not in checked:
            if (root / entry.document).exists():
                kept.append(number)
            continue
        place = (entry.rule, entry.document)
        covered = [finding for finding in open_ones.get(place, ()) if entry.excuses(finding)]
        if not covered:
            continue
        kept.append(number)
        if entry.times != "all":
            covered = covered[: entry.times]
            keep[number] = len(covered)
        gone = {id(finding) for finding in covered}
        open_ones[place] = [finding for finding in open_ones[place] if id(finding) not in gone]
    gone_entries = sorted(set(range(len(accepted.entries))) - set(kept))
    dropped = tuple(accepted.entries[number] for number in gone_entries)
    shrunk = {number: times for number, times in keep.items() if times != accepted.entries[number].times}
    if dropped or shrunk:
        yaml, data = _open(path)
        listed = data["accepted"]
        for number, times in shrunk.items():
            listed[number]["times"] = times
        for number in reversed(gone_entries):
            del listed[number]
        _write(path, yaml, data)
    return dropped


def _mapping(entry: Acceptance) -> dict[str, Any]:
    out: dict[str, Any] = {"rule": entry.rule, "document": entry.document}
    if entry.words is not None:
        out["words"] = entry.words
    if entry.about is not None:
        out["about"] = entry.about
    out["reason"] = entry.reason
    if entry.by is not None:
        out["by"] = entry.by
    if entry.until is not None:
        out["until"] = entry.until
    if entry.times != 1:
        out["times"] = entry.times
    return out


def _open(path: Path) -> tuple[Any, Any]:
    """A YAML reader and writer that keeps comments, and the data at `path`."""
    from ruamel.yaml import YAML

    yaml = YAML(typ="rt")
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = 4096
    yaml.allow_unicode = True
    yaml.preserve_quotes = True
    text = path.read_text("utf-8-sig") if path.is_file() else ""
    data = yaml.load(text or f"{HEAD}accepted:\n")
    return yaml, data if data is not None else yaml.load(f"{text}\naccepted:\n")


def _write(path: Path, yaml: Any, data: Any) -> None:
    """All of it or nothing: a reader never sees half a file."""
    stream = io.StringIO()
    yaml.dump(data, stream)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
                out.write(stream.getvalue())
            Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise AcceptedError(f"The accepted findings cannot be written: {error.strerror or error}.", path.as_posix(),
                            "Name another file with --accepted.") from None
