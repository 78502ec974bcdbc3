"""Bytes of sound files changed at random: out comes a document, or an unread one with its reason, never an error."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office_files import CHART, DIAGRAM, R, add_part, blank, box, document, insert, presentation

from msgcheck.model import Document
from msgcheck.readers import REASONS, ReadOptions, read

OPTIONS = ReadOptions(recognise_language=False, max_pages=50, max_unpacked=64 * 1024 * 1024)

PAGE = """<!doctype html><html><head><meta charset=utf-8><title>Title</title><style>.a .b{display:none} p > i{x:y}
</style></head><body><nav><a href=/>Home</a></nav><h1>Head</h1><ul><li>One<li>Two</ul>
<table><tr><th>A</th><th>B</th></tr>
<tr><td rowspan=2>1</td><td>2</td></tr><tr><td>3</td></tr></table><p hidden>Secret</p><pre>x</pre>
<svg><text>t</text></svg><details><summary>S</summary>D</details><dl><dt>T<dd>M</dl></body></html>"""
NOTES = (
    "---\ntitle: x\n---\n# A\n\n- b\n  - c\n\n| d | e |\n| --- | --- |\n| f | g |\n\n> h\n\n```\ni\n```\n\n"
    "j[^1]\n\n[^1]: k\n"
)
CUES = "1\n00:00:01,000 --> 00:00:03,500\nHello\nthere.\n\n2\n00:00:04,000 --> 00:00:05,000\n<i>More</i>\n"


@cache
def sound(name: str) -> bytes:
    if name == "x.docx":
        def write(word: Any) -> None:
            word.add_heading("Head", 1)
            word.add_paragraph("Item", style="List Number")
            word.add_table(2, 2, style="Light Grid Accent 1").cell(0, 0).text = "Cell"
            word.sections[0].header.paragraphs[0].text = "Header"
            insert(word, '<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>Box</w:t></w:r></w:p>'
                         '</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>')
        return document(write)
    if name == "x.pptx":
        def draw(deck: Any) -> None:
            slide = blank(deck, "Title")
            box(slide.shapes.add_group_shape().shapes, "Grouped", 10, 100)
            slide.notes_slide.notes_text_frame.text = "Note"
            kind = "application/vnd.openxmlformats-officedocument.drawingml"
            add_part(slide.part, "/ppt/charts/chart1.xml", f"{kind}.chart+xml", f"{R}/chart", CHART)
            add_part(slide.part, "/ppt/diagrams/data1.xml", f"{kind}.diagramData+xml", f"{R}/diagramData", DIAGRAM)
        return presentation(draw)
    return {"x.html": PAGE, "x.md": NOTES, "x.txt": NOTES, "x.srt": CUES}[name].encode()


def holds(found: Document) -> None:
    """What must be true of any document, whatever it was read from."""
    assert found.status in ("read", "partly-read", "unread")
    assert (found.status == "read") == (not found.reasons)
    assert {reason.code for reason in found.reasons} <= set(REASONS)
    assert found.status != "unread" or not found.blocks
    for block in found.blocks:
        assert block.normal
        assert not block.cells or block.text == " ".join(block.cells)
        assert not block.columns or len(block.columns) == len(block.cells)
        assert block.location.label
        assert block.count >= 1


changes = st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 40), st.binary(max_size=6)), min_size=1, max_size=6)


def changed(data: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    for at, length, put in edits:
        at %= len(data) + 1
        data = data[:at] + put + data[at + length * (not put) + len(put):]
    return data


@pytest.mark.parametrize("name", ["x.docx", "x.pptx", "x.html", "x.md", "x.txt", "x.srt"])
@given(edits=changes)
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None)
def test_changed_files(name: str, edits: list[tuple[int, int, bytes]]) -> None:
    holds(read(changed(sound(name), edits), name, OPTIONS))


@pytest.mark.parametrize("name", ["x.docx", "x.pptx"])
@given(part=st.integers(0, 10**6), edits=changes)
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None)
def test_changed_parts_of_packages(name: str, part: int, edits: list[tuple[int, int, bytes]]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sound(name))) as archive, zipfile.ZipFile(out, "w") as copy:
        names = [one for one in archive.namelist() if "theme" not in one and "slideLayout" not in one]
        for one in archive.namelist():
            data = archive.read(one)
            copy.writestr(one, changed(data, edits) if one == names[part % len(names)] else data)
    holds(read(out.getvalue(), name, OPTIONS))


@pytest.mark.parametrize("name", ["x.docx", "x.pptx"])
@given(
    part=st.integers(0, 10**6), number=st.integers(0, 10**6),
    value=st.sampled_from(["", "-1", "99999999999", "x", "0", "1"]),
)
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None)
def test_changed_attributes(name: str, part: int, number: int, value: str) -> None:
    from lxml import etree

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sound(name))) as archive, zipfile.ZipFile(out, "w") as copy:
        names = [one for one in archive.namelist() if "document.xml" in one or "slides/" in one or "numbering" in one]
        for one in archive.namelist():
            data = archive.read(one)
            if one == names[part % len(names)]:
                root = etree.fromstring(data)
                places = [(node, key) for node in root.iter() for key in node.attrib]
                if places:
                    node, key = places[number % len(places)]
                    node.set(key, value)
                data = etree.tostring(root)
            copy.writestr(one, data)
    holds(read(out.getvalue(), name, OPTIONS))


@given(text=st.text(max_size=400))
@settings(max_examples=80, deadline=None, derandomize=True, database=None)
def test_any_text_is_read_as_any_format_of_text(text: str) -> None:
    for name in ("x.txt", "x.md", "x.html", "x.srt"):
        holds(read(text.encode("utf-8", "surrogatepass"), name, OPTIONS))
