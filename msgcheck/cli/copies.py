"""Annotated copies, written into a folder of their own."""

from __future__ import annotations

import sys
from pathlib import Path

from msgcheck.errors import UsageError
from msgcheck.model import Report
from msgcheck.settings import Settings


def fit_for_copies(folder: Path, paths: tuple[Path, ...]) -> None:
    """Raise `UsageError` unless copies in `folder` stay apart from the documents at `paths`."""
    real = folder.resolve()
    if real.exists() and not real.is_dir():
        raise UsageError("Copies cannot be written: this is a file.", str(folder), "Give the name of a folder.")
    for path in paths:
        given = path.resolve()
        if given.is_dir() and (real == given or real.is_relative_to(given)):
            mend = "Give a folder outside, or the copies would be checked as documents next time."
            raise UsageError("Copies cannot be written among the documents.", str(folder), mend)


def write_copies(report: Report, folder: Path, paths: tuple[Path, ...], settings: Settings) -> None:
    """Write an annotated copy of each document with findings below `folder`, under the document's own name."""
    from msgcheck.annotate import annotate
    from msgcheck.originals import Originals
    from msgcheck.reporters.printable import printable

    originals = Originals(paths, settings, report)
    known = {path.resolve() for path in originals.paths.values()}
    written = 0
    for copy in annotate(report, originals.read, settings.jobs or 1):
        if copy.data is None:
            print(f"No annotated copy of {printable(copy.name)}: {copy.reason}", file=sys.stderr)
            continue
        target = folder / copy.name
        if target.resolve() in known or not target.resolve().is_relative_to(folder.resolve()):
            print(f"No annotated copy of {printable(copy.name)}: its place is the document's own.", file=sys.stderr)
            continue
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(copy.data)
        except OSError as error:
            raise UsageError("A copy could not be written.", str(target), f"{error.strerror}.") from None
        written += 1
    print(f"{written} annotated {'copy' if written == 1 else 'copies'} in {folder}", file=sys.stderr)
