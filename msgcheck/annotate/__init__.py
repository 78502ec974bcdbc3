"""Copies of documents with the findings where they stand: highlights in PDF, comments in DOCX and PPTX.

Originals are never touched. A finding that cannot be pinned to its words (it is about the whole document, or stands in
a header) is noted at the document's beginning, so that none is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from msgcheck.annotate import docx, pdf, pptx
from msgcheck.annotate.note import Note, notes_of
from msgcheck.errors import Unreadable
from msgcheck.expendable import Expendable, Job
from msgcheck.model import Report

_WRITERS: dict[str, Callable[[bytes, tuple[Note, ...], str], tuple[bytes, int]]] = {
    "pdf": pdf.annotated,
    "docx": docx.annotated,
    "pptx": pptx.annotated,
}
FORMATS: tuple[str, ...] = tuple(_WRITERS)

_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Copy:
    """The annotated copy of the document `name`, or `data` None and the `reason` why there is none.

    `pinned` findings stand at their words, the other `notes - pinned` at the document's beginning.
    """

    name: str
    data: bytes | None
    notes: int = 0
    pinned: int = 0
    reason: str = ""


def annotate(report: Report, read: Callable[[str], bytes | None], jobs: int = 1) -> Iterator[Copy]:
    """A copy of every document with open findings, in the order of the report.

    `read(name)` gives the bytes that were checked, None where they are no longer there.
    """
    waiting: list[tuple[str, int, Job | str]] = []
    with Expendable(jobs) as workers:
        for result in report.results:
            document = result.document
            own = (finding for finding in report.findings if finding.document == document.name)
            notes = notes_of(own, document.blocks)
            if not notes:
                continue
            job: Job | str
            if document.format not in _WRITERS:
                job = f"Copies are made of {', '.join(FORMATS).upper()} files only."
            elif (data := read(document.name)) is None:
                job = "The file is gone, or has changed since it was checked."
            else:
                job = workers.start(annotated, data, document.format, notes, report.as_of)
            waiting.append((document.name, len(notes), job))
        for name, count, job in waiting:
            if isinstance(job, str):
                yield Copy(name, None, count, reason=job)
                continue
            made = workers.finish(job, _SECONDS)
            if made is None:
                yield Copy(name, None, count, reason="The file could not be annotated.")
            elif isinstance(made, str):
                yield Copy(name, None, count, reason=made)
            else:
                yield Copy(name, made[0], count, made[1])


def annotated(data: bytes, format_: str, notes: tuple[Note, ...], day: str) -> tuple[bytes, int] | str:
    """The copy and how many notes are pinned to their words, or why there is none. `day` is an ISO date."""
    try:
        return _WRITERS[format_](data, notes, day)
    except Unreadable as error:
        return error.text
