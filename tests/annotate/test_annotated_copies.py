"""Annotated copies, opened again by the libraries that own their formats."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from msgcheck.annotate import annotate, annotated
from msgcheck.annotate.note import notes_of
from msgcheck.cli.copies import fit_for_copies
from msgcheck.errors import UsageError
from msgcheck.model import Approved, Document, DocumentResult, Engine, Finding, Location, Report, Role
from msgcheck.readers.legacy import converted, libreoffice

DAY = "2026-11-21"


def finding(block: str, text: str, place: Location, document: str = "a.docx", **fields: Any) -> Finding:
    start = block.index(text)
    return Finding(
        fields.pop("rule", "message-drift"),
        f"Says '{text}'.",
        document,
        fields.pop("layer", "body"),
        place,
        block,
        text,
        start,
        start + len(text),
        Approved("messages", "speed", "Approved words.", "Approved words.", "Report 7"),
        suggestion="Approved words.",
        fingerprint="v1:abc",
        **fields,
    )


def whole(document: str = "a.docx") -> Finding:
    return Finding("missing-message", "A deck must carry 'speed'.", document, "body", Location("document"))


def copy(data: bytes, format_: str, *findings: Finding) -> tuple[bytes, int]:
    made = annotated(data, format_, notes_of(findings), DAY)
    assert isinstance(made, tuple)
    return made


def word(build: Any) -> bytes:
    import docx

    document = docx.Document()
    build(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def commented(data: bytes) -> list[tuple[str, str]]:
    """The text of each comment of a Word document and the words that it is on, read by python-docx."""
    import docx
    from docx.oxml.ns import qn

    document = docx.Document(io.BytesIO(data))
    found = []
    for comment in document.comments:
        on, words = False, ""
        for element in document.element.body.iter():
            same = element.get(qn("w:id")) == str(comment.comment_id)
            if element.tag == qn("w:commentRangeStart") and same:
                on = True
            elif element.tag == qn("w:commentRangeEnd") and same:
                on = False
            elif on and element.tag == qn("w:t"):
                words += element.text or ""
        found.append((comment.text, words))
    return found


def test_word_comments_stand_on_the_words_and_change_none() -> None:
    def build(document: Any) -> None:
        document.add_paragraph("It is done in a week.")
        paragraph = document.add_paragraph("It is ")
        paragraph.add_run("done in ").bold = True
        paragraph.add_run("a week, all of it.").add_break()
        table = document.add_table(1, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "Time", "a week"

    import docx

    data = word(build)
    text = "It is done in a week, all of it."
    made, pinned = copy(
        data,
        "docx",
        finding("It is done in a week.", "a week", Location("paragraph", 1)),
        finding(text, "done in a week", Location("paragraph", 2)),
        finding(text, "week", Location("paragraph", 2), rule="term"),
        finding("Time a week", "Time a week", Location("table", 1)),
        whole(),
    )
    assert pinned == 4
    found = commented(made)
    assert [words for _, words in found] == ["a week", "done in a week", "week", "Timea week", ""]
    assert found[0][0].splitlines() == [
        "Correct: Says 'a week'.",
        "Suggestion: Approved words.",
        "Source: Report 7",
        "(message-drift, speed)",
    ]
    before, after = docx.Document(io.BytesIO(data)), docx.Document(io.BytesIO(made))
    assert [one.text for one in after.paragraphs] == [one.text for one in before.paragraphs]
    bold = [run.text for run in after.paragraphs[1].runs if run.bold]
    assert "".join(bold) == "done in "


def test_the_same_words_twice_get_each_their_own_comment() -> None:
    data = word(lambda document: [document.add_paragraph("Ready in a week.") for _ in range(3)])
    made, _ = copy(
        data,
        "docx",
        finding("Ready in a week.", "a week", Location("paragraph", 1), order=1),
        finding("Ready in a week.", "week", Location("paragraph", 3), order=7),
    )
    import docx
    from docx.oxml.ns import qn

    paragraphs = docx.Document(io.BytesIO(made)).paragraphs
    assert [len(one._p.findall(qn("w:commentRangeStart"))) for one in paragraphs] == [1, 1, 0]


def test_word_comments_that_were_there_stay() -> None:
    def build(document: Any) -> None:
        paragraph = document.add_paragraph("Ready in a week.")
        document.add_comment(paragraph.runs, "Is that so?", "Ana")

    made, _ = copy(word(build), "docx", finding("Ready in a week.", "a week", Location("paragraph", 1)))
    assert [text.splitlines()[0] for text, _ in commented(made)] == ["Is that so?", "Correct: Says 'a week'."]


def test_words_in_a_header_are_noted_at_the_beginning() -> None:
    def build(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "Ready in a week."
        document.add_paragraph("First.")

    made, pinned = copy(
        word(build), "docx", finding("Ready in a week.", "a week", Location("header", 1), layer="running")
    )
    assert pinned == 0
    assert commented(made)[0][0].startswith("In the header: “a week”")


def test_only_what_has_to_change_changes() -> None:
    data = word(lambda document: document.add_paragraph("Ready in a week."))
    made, _ = copy(data, "docx", finding("Ready in a week.", "a week", Location("paragraph", 1)))
    before, after = zipfile.ZipFile(io.BytesIO(data)), zipfile.ZipFile(io.BytesIO(made))
    changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
    assert set(changed) <= {
        "word/document.xml",
        "word/comments.xml",
        "word/_rels/document.xml.rels",
        "[Content_Types].xml",
    }
    assert made == copy(data, "docx", finding("Ready in a week.", "a week", Location("paragraph", 1)))[0]


def deck() -> bytes:
    from pptx import Presentation
    from pptx.util import Pt

    made = Presentation()
    for text in ("First slide", "Ready in a week."):
        slide = made.slides.add_slide(made.slide_layouts[6])
        slide.shapes.add_textbox(Pt(72), Pt(144), Pt(300), Pt(40)).text_frame.text = text
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def test_deck_comments_stand_on_their_slide_at_their_shape() -> None:
    from lxml import etree
    from pptx import Presentation

    place = Location("slide", 2, "slide 2", ((72.0, 144.0, 372.0, 184.0),), (720.0, 540.0))
    data = deck()
    made, pinned = copy(data, "pptx", finding("Ready in a week.", "a week", place, "a.pptx"), whole("a.pptx"))
    assert pinned == 1
    read = Presentation(io.BytesIO(made))
    texts = []
    for slide in read.slides:
        for relation in slide.part.rels.values():
            if relation.reltype.endswith("/comments"):
                root = etree.fromstring(relation.target_part.blob)
                texts += [(one[0].get("x"), one[0].get("y"), one[1].text.splitlines()[0]) for one in root]
    assert texts == [("32", "32", "Correct: A deck must carry 'speed'."), ("576", "1152", "Correct: Says 'a week'.")]
    again, _ = copy(made, "pptx", finding("Ready in a week.", "a week", place, "a.pptx"))
    assert len(Presentation(io.BytesIO(again)).slides) == 2
    assert again.count(b"ppt/comments/comment") == made.count(b"ppt/comments/comment")


def threaded(data: bytes) -> bytes:
    """The deck with a part of PowerPoint's newer comments, as far as anybody looks."""
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr("ppt/comments/modernComment_100_0.xml", "<x/>")
    return stream.getvalue()


def test_a_deck_with_threaded_comments_gets_notes_beside_its_slides() -> None:
    from pptx import Presentation
    from pptx.util import Pt

    place = Location("slide", 2, "slide 2", ((72.0, 144.0, 372.0, 184.0),), (720.0, 540.0))
    data = threaded(deck())
    made, pinned = copy(
        data, "pptx", *(finding("Ready in a week.", words, place, "a.pptx") for words in ("a week", "Ready"))
    )
    assert pinned == 2
    first, second = Presentation(io.BytesIO(made)).slides
    assert len(first.shapes) == len(Presentation(io.BytesIO(data)).slides[0].shapes)
    shapes = {shape.name: shape for shape in second.shapes if shape.name.startswith("msgcheck")}
    assert shapes["msgcheck note 1"].text_frame.text.startswith("1  Correct: Says 'a week'.")
    assert shapes["msgcheck note 1"].left > Pt(720)
    assert shapes["msgcheck note 2"].top > shapes["msgcheck note 1"].top
    marks = [shapes[f"msgcheck mark {number}"] for number in (1, 2)]
    assert marks[0].left < Pt(72) < marks[0].left + marks[0].width <= marks[1].left + Pt(1)
    assert len({shape.shape_id for shape in second.shapes}) == len(second.shapes)


@pytest.mark.skipif(libreoffice() is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_copies_with_their_comments() -> None:
    """Read and written anew by LibreOffice, what was noted is still there."""
    from pptx import Presentation

    def reopened(data: bytes, suffix: str) -> bytes:
        return converted(libreoffice() or "", data, f".{suffix}", suffix, 100)

    one = finding("Ready in a week.", "a week", Location("paragraph", 1))
    data, _ = copy(word(lambda document: document.add_paragraph("Ready in a week.")), "docx", one)
    ((text, words),) = commented(reopened(data, "docx"))
    assert "Says 'a week'." in text and words == "a week"
    place = Location("slide", 2, "slide 2", ((72.0, 144.0, 372.0, 184.0),), (720.0, 540.0))
    data, _ = copy(deck(), "pptx", finding("Ready in a week.", "a week", place, "a.pptx"))
    with zipfile.ZipFile(io.BytesIO(reopened(data, "pptx"))) as package:
        texts = [package.read(name) for name in package.namelist() if name.startswith("ppt/comments/")]
    assert len(texts) == 1 and b"Says 'a week'." in texts[0].replace(b"&apos;", b"'")
    data, _ = copy(threaded(deck()), "pptx", finding("Ready in a week.", "a week", place, "a.pptx"))
    last = Presentation(io.BytesIO(reopened(data, "pptx"))).slides[1]
    assert any("Says 'a week'." in shape.text_frame.text for shape in last.shapes if shape.has_text_frame)


def pdf(rotation: int = 0) -> bytes:
    from pypdf import PdfReader, PdfWriter
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, (400, 600), invariant=1)
    canvas.drawString(50, 500, "Ready in a week.")
    canvas.showPage()
    canvas.save()
    writer = PdfWriter(clone_from=PdfReader(stream))
    writer.pages[0].rotate(rotation)
    turned = io.BytesIO()
    writer.write(turned)
    return turned.getvalue()


@pytest.mark.parametrize(
    ("rotation", "box"),
    [
        (0, (50.0, 88.0, 140.0, 102.0)),
        (90, (498.0, 50.0, 512.0, 140.0)),
        (180, (260.0, 498.0, 350.0, 512.0)),
        (270, (88.0, 260.0, 102.0, 350.0)),
    ],
)
def test_pdf_highlights_lie_on_the_words_whichever_way_the_page_is_turned(rotation: int, box: Any) -> None:
    from pypdf import PdfReader

    place = Location("page", 1, "page 1", (box,), (400.0, 600.0))
    made, pinned = copy(pdf(rotation), "pdf", finding("Ready in a week.", "a week", place, "a.pdf"), whole("a.pdf"))
    assert pinned == 1
    notes = [one.get_object() for one in PdfReader(io.BytesIO(made)).pages[0]["/Annots"]]
    assert [one["/Subtype"] for one in notes] == ["/Highlight", "/Text"]
    assert [float(value) for value in notes[0]["/Rect"]] == [50, 498, 140, 512]
    assert notes[0]["/Contents"].startswith("Correct: Says 'a week'.")
    assert [float(value) for value in notes[0]["/QuadPoints"]] == [50, 512, 140, 512, 50, 498, 140, 498]


def test_pdf_highlights_show() -> None:
    import pypdfium2

    place = Location("page", 1, "page 1", ((50.0, 88.0, 140.0, 102.0),), (400.0, 600.0))
    made, _ = copy(pdf(), "pdf", finding("Ready in a week.", "a week", place, "a.pdf"))
    image = pypdfium2.PdfDocument(made)[0].render(scale=1).to_pil().convert("RGB")
    red, green, _ = image.getpixel((138, 90))
    assert red > 240 and green < 200
    assert image.getpixel((200, 90)) == (255, 255, 255)


def made_report(*findings: Finding) -> Report:
    names = sorted({one.document for one in findings})
    results = tuple(
        DocumentResult(Document(name, name.rpartition(".")[2], "ab" * 32, "read"), Role()) for name in names
    )
    return Report("0", DAY, "guide.yaml", "cd" * 32, Engine("1", "", None), results, findings)


def test_a_document_without_a_copy_says_why() -> None:
    place = Location("paragraph", 1)
    made = made_report(
        finding("Ready in a week.", "a week", place, "broken.docx"),
        finding("Ready in a week.", "a week", place, "gone.docx"),
        finding("Ready in a week.", "a week", place, "notes.md"),
        finding("A b", "b", place, "calm.docx", status="accepted"),
    )
    files = {"broken.docx": b"PK no package", "notes.md": b"Ready in a week."}
    copies = {one.name: one for one in annotate(made, files.get)}
    assert list(copies) == ["broken.docx", "gone.docx", "notes.md"]
    assert [one.data for one in copies.values()] == [None, None, None]
    assert "no Office package" in copies["broken.docx"].reason
    assert "gone" in copies["gone.docx"].reason and "PDF, DOCX, PPTX" in copies["notes.md"].reason


def test_strange_words_do_not_break_the_copy() -> None:
    text = "a \x00\x1b week ]]> </w:t> & \ufffe"
    one = finding("Ready in a week.", "a week", Location("paragraph", 1))
    strange = Finding(**{**{name: getattr(one, name) for name in one.__slots__}, "message": text, "suggestion": text})
    data = word(lambda document: document.add_paragraph("Ready in a week."))
    assert "]]> </w:t> &" in commented(copy(data, "docx", strange)[0])[0][0]
    assert copy(deck(), "pptx", strange)[0] and copy(pdf(), "pdf", strange)[0]


def test_copies_never_lie_among_the_documents(tmp_path: Path) -> None:
    (tmp_path / "collateral").mkdir()
    with pytest.raises(UsageError):
        fit_for_copies(tmp_path / "collateral" / "copies", (tmp_path / "collateral",))
    fit_for_copies(tmp_path / "copies", (tmp_path / "collateral",))
