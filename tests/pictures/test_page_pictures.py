"""Pictures of pages and slides: what is drawn, how large it may be, and what a broken file costs."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from msgcheck.model import (
    Block,
    Document,
    DocumentResult,
    Engine,
    Finding,
    Line,
    Location,
    Picture,
    Related,
    Report,
    Role,
)
from msgcheck.pictures import office, pages, pictures, slides
from msgcheck.pictures.boxes import word_boxes
from msgcheck.readers.legacy import libreoffice


def pdf(count: int = 2) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, (400, 600), invariant=1)
    for number in range(count):
        canvas.drawString(50, 500, f"Page {number + 1} of the timetable")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def deck() -> bytes:
    from pptx import Presentation
    from pptx.dml.color import RGBColor
    from pptx.util import Pt

    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[5])
    slide.shapes.title.text = "Sailings"
    box = slide.shapes.add_textbox(Pt(72), Pt(144), Pt(300), Pt(40))
    run = box.text_frame.paragraphs[0].add_run()
    run.text = "Every hour"
    run.font.bold, run.font.size, run.font.color.rgb = True, Pt(30), RGBColor(0xAA, 0, 0x11)
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(Pt(400), Pt(300), Pt(100), Pt(20)).text_frame.text = "in a group"
    table = slide.shapes.add_table(2, 2, Pt(72), Pt(400), Pt(200), Pt(60)).table
    table.cell(1, 1).text = "40 minutes"
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def finding(document: str, number: int, kind: Any = "page", severity: Any = "error") -> Finding:
    return Finding("message-drift", "", document, "body", Location(kind, number), severity=severity)


def report(*findings: Finding) -> Report:
    results = tuple(
        DocumentResult(Document(name, name.rpartition(".")[2], "", "read"), Role())
        for name in sorted({one.document for one in findings})
    )
    return Report("0", "2026-11-21", "g.yaml", "", Engine("1", "", None), results, findings)


def test_a_page_is_a_small_picture_of_its_proportions() -> None:
    from PIL import Image

    (made,) = pages.render(pdf(), (2, 9), 50_000)
    kind, number, width, height, media, data = made
    assert (kind, number, width, height, media) == ("page", 2, 400.0, 600.0, "image/webp")
    image = Image.open(io.BytesIO(data))
    assert abs(image.height / image.width - 1.5) < 0.01 and len(data) <= 50_000
    (smallest,) = pages.render(pdf(), (2,), 10)
    assert Image.open(io.BytesIO(smallest[5])).width < image.width


def test_a_slide_is_drawn_with_its_words_where_they_stand() -> None:
    ((kind, number, width, height, media, data),) = slides.draw(deck(), (1, 5), 50_000)
    drawn = json.loads(data)
    assert (kind, number, width, height, media) == ("slide", 1, 720.0, 540.0, "application/json")
    words = {
        "".join(run[0] for paragraph in one["p"] for run in paragraph["r"]): one
        for one in drawn["shapes"]
        if "p" in one
    }
    assert {"Sailings", "Every hour", "in a group", "40 minutes"} <= set(words)
    assert words["Every hour"]["b"] == [72.0, 144.0, 372.0, 184.0]
    assert words["Every hour"]["p"][0]["r"] == [["Every hour", 30.0, "#aa0011", 1, 0]]
    assert words["in a group"]["b"] == [400.0, 300.0, 500.0, 320.0]
    assert words["40 minutes"]["b"][0] == 172.0


def test_pictures_are_made_of_the_pages_that_findings_and_their_other_places_stand_on() -> None:
    other = replace(finding("a.pdf", 1), related=(Related("b.pptx", Location("notes", 1), ""),))
    files = {"a.pdf": pdf(3), "b.pptx": deck()}
    made = pictures(
        report(other, finding("a.pdf", 3), finding("b.pptx", 9, "slide"), finding("c.md", 1, "line")), files.get
    )
    assert [(one.document, one.kind, one.number) for one in made] == [
        ("a.pdf", "page", 1),
        ("a.pdf", "page", 3),
        ("b.pptx", "slide", 1),
    ]


def test_a_broken_file_and_a_missing_one_go_without() -> None:
    files = {"a.pdf": pdf(1), "b.pdf": b"%PDF-1.7 broken", "c.pptx": b"PK"}
    made = pictures(
        report(finding("a.pdf", 1), finding("b.pdf", 1), finding("c.pptx", 1, "slide"), finding("d.pdf", 1)), files.get
    )
    assert [one.document for one in made] == ["a.pdf"]


def test_the_budget_goes_to_the_worst_first() -> None:
    one = pictures(report(finding("a.pdf", 1)), {"a.pdf": pdf(2)}.get)
    size = len(one[0].data)
    made = pictures(
        report(finding("a.pdf", 1, severity="warning"), finding("a.pdf", 2)), {"a.pdf": pdf(2)}.get, int(size * 1.5)
    )
    assert [(picture.number, isinstance(picture, Picture)) for picture in made] == [(2, True)]


def test_boxes_are_narrowed_from_lines_to_words() -> None:
    text = "aaaa bbbb\ncccc dddd"
    lines = (Line(0, 9, (0.0, 0.0, 90.0, 10.0)), Line(10, 19, (0.0, 12.0, 90.0, 22.0)))
    block = Block(text, text, "paragraph", "body", Location("page", 1, "", tuple(line.box for line in lines)), lines)
    place = block.location
    one = Finding("term", "", "a.pdf", "body", place, text, "bbbb\ncccc", 5, 14)
    (first, second) = word_boxes(one, block)
    assert 40 < first[0] < 55 and first[2] == 90.0 and (first[1], first[3]) == (0.0, 10.0)
    assert second[0] == 0.0 and 35 < second[2] < 50
    assert word_boxes(one, None) == place.boxes
    assert word_boxes(replace(one, block="other"), block) == place.boxes


def with_hidden_slide() -> bytes:
    from pptx import Presentation

    made = Presentation(io.BytesIO(deck()))
    made.slides[0]._element.set("show", "0")
    made.slides.add_slide(made.slide_layouts[5]).shapes.title.text = "Fares"
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


@pytest.mark.skipif(libreoffice() is None, reason="LibreOffice is not installed")
def test_libreoffice_renders_slides_hidden_ones_too() -> None:
    ((_, number, width, height, media, data),) = office.show(with_hidden_slide(), (2,), 50_000)
    assert (number, media, round(width / height, 2)) == (2, "image/webp", 1.33)
    assert 0 < len(data) <= 50_000


@pytest.mark.parametrize("program", ["", "exit 1", "sleep 20"])
def test_slides_that_libreoffice_does_not_render_are_drawn(
    program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "soffice"
    path.write_text(f"#!/bin/sh\n{program}\n", encoding="utf-8")
    path.chmod(0o755)
    monkeypatch.setattr(office, "libreoffice", lambda: str(path) if program else None)
    monkeypatch.setattr(office, "SECONDS", 1.0)
    assert office.show(deck(), (1,), 50_000) == slides.draw(deck(), (1,), 50_000)


def test_a_deck_that_was_not_rendered_is_told() -> None:
    told: list[str] = []
    made = pictures(report(finding("c.pptx", 1, "slide")), {"c.pptx": b"PK"}.get, slides_as="render", warn=told.append)
    assert (made, told) == ((), [])
    made = pictures(report(finding("b.pptx", 1, "slide")), {"b.pptx": deck()}.get, slides_as="render", warn=told.append)
    assert bool(told) == (made[0].media == "application/json")
