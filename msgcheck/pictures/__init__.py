"""Small pictures of the pages and slides that findings stand on, for reporters, which never open files themselves.

Pages of a PDF are rendered by PDFium, slides are handed on as boxes and text (`slides.py`) for the report to draw, or
rendered through LibreOffice (`office.py`) where that was asked for.
Documents are strangers' files, so rendering runs in expendable worker processes with a limit of memory and time; a
document that breaks its worker goes without pictures, and the run goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgcheck.expendable import Expendable
from msgcheck.model import Finding, Picture, Report
from msgcheck.pictures import office, pages, slides
from msgcheck.pictures.office import Slides

BUDGET = 11_000_000
"""Bytes of all pictures together; as text in a page they take a third more."""

_LARGEST = 110_000  # bytes of one picture, however few there are
_SMALLEST = 14_000  # below this a page cannot be made out
_SECONDS = 30.0  # for a document, plus one second a page
_SEVERITY = {"error": 0, "warning": 1, "note": 2, "off": 3}


def pictures(
    report: Report,
    read: Callable[[str], bytes | None],
    budget: int = BUDGET,
    jobs: int = 1,
    slides_as: Slides = "draw",
    warn: Callable[[str], None] = lambda text: None,
) -> tuple[Picture, ...]:
    """Pictures of every page and slide that a finding of `report` stands on, by document and number.

    `read(name)` gives a document's bytes, or None where they are no longer there. When `budget` does not go round, each
    picture is made smaller, and the pages with the least severe findings go without. A deck that LibreOffice does not
    render is drawn, and `warn` is told.
    """
    wanted = _wanted(report.findings)
    formats = {result.document.name: result.document.format for result in report.results}
    drawable = {name: numbers for name, numbers in wanted.items() if formats.get(name) in ("pdf", "pptx")}
    count = sum(len(numbers) for numbers in drawable.values())
    if not count:
        return ()
    share = max(_SMALLEST, min(_LARGEST, budget // count))
    seconds = _SECONDS + (office.SECONDS if slides_as == "render" else 0.0)
    made: list[Picture] = []
    with Expendable(jobs) as workers:
        waiting = [
            (name, workers.start(_render, formats[name], data, tuple(sorted(numbers)), share, slides_as), len(numbers))
            for name, numbers in sorted(drawable.items())
            if (data := read(name)) is not None
        ]
        for name, job, number in waiting:
            made.extend(Picture(name, *rest) for rest in workers.finish(job, seconds + number) or ())
    drawn = {one.document for one in made if one.kind == "slide" and one.media == "application/json"}
    if slides_as == "render" and drawn:
        warn(f"LibreOffice did not render {', '.join(sorted(drawn))}: the report draws these slides from their text.")
    return _within(made, drawable, budget)


def _wanted(findings: Iterable[Finding]) -> dict[str, dict[int, int]]:
    """For each document the pages that findings stand on, with the rank of the most severe one."""
    found: dict[str, dict[int, int]] = {}
    for finding in findings:
        for name, place in (
            (finding.document, finding.location),
            *((other.document, other.location) for other in finding.related),
        ):
            if place.number is not None and place.kind in ("page", "slide", "notes"):
                ranks = found.setdefault(name, {})
                ranks[place.number] = min(ranks.get(place.number, 9), _SEVERITY[finding.severity])
    return found


def _within(made: list[Picture], wanted: dict[str, dict[int, int]], budget: int) -> tuple[Picture, ...]:
    kept: list[Picture] = []
    for picture in sorted(made, key=lambda one: (wanted[one.document][one.number], one.document, one.number)):
        if len(picture.data) <= budget:
            budget -= len(picture.data)
            kept.append(picture)
    return tuple(sorted(kept, key=lambda one: (one.document, one.number)))


def _render(kind: str, data: bytes, numbers: tuple[int, ...], share: int, slides_as: Slides) -> list[pages.Rendered]:
    if kind == "pdf":
        return pages.render(data, numbers, share)
    return (office.show if slides_as == "render" else slides.draw)(data, numbers, share)
