"""Corrections in real files: what is meant and nothing else, once, with the formatting as it was."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from msgcheck.fix import Fixed, fix
from msgcheck.fix.search import search
from msgcheck.model import Document
from msgcheck.readers import read
from msgcheck.settings import Given, resolve

GUIDE = """
msgcheck: 1
company: {name: Zephyr Sails, never: [ZephyrSails]}
products:
  - {id: keel, name: Keelmaster, mark: "®", never: [Keel Master], retired: [Hullking]}
terms:
  - {use: sign in, never: [log in]}
  - {use: [crew, team], never: [staff]}
  - {use: anchor, never: [hook]}
  - {use: Wi fi, never: [wifi]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "guide.yaml").write_text(GUIDE, "utf-8")
    return tmp_path


def corrected(folder: Path, name: str, data: bytes) -> Fixed:
    """`data` written as `name` beside the guide, read, checked and corrected."""
    path = folder / name
    path.write_bytes(data)
    settings = resolve((path,), Given(folder / "rules"))
    for one in search((path,), settings, datetime.date(2026, 11, 21)):
        return fix(one.document, data, one.findings, lambda text, called: read(text, called), one.again)
    raise AssertionError("the document could not be read")


def reasons(fixed: Fixed) -> list[tuple[str, str]]:
    return [(one.finding.text or "", one.reason) for one in fixed.left]


def saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def changed_parts(before: bytes, after: bytes) -> list[str]:
    one, other = zipfile.ZipFile(io.BytesIO(before)), zipfile.ZipFile(io.BytesIO(after))
    assert one.namelist() == other.namelist()
    return [name for name in one.namelist() if one.read(name) != other.read(name)]


def test_word_keeps_its_formatting_and_its_other_parts(folder: Path) -> None:
    import docx

    document = docx.Document()
    paragraph = document.add_paragraph("Every ")
    paragraph.add_run("Keel").bold = True
    paragraph.add_run(" Master").italic = True
    paragraph.add_run(" sails. You log")
    paragraph.add_run(" in once.").underline = True
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Boat", "Hullking"
    document.sections[0].header.paragraphs[0].text = "ZephyrSails"
    data = saved(document)
    fixed = corrected(folder, "a.docx", data)
    assert fixed.data is not None and fixed.left == ()
    made = docx.Document(io.BytesIO(fixed.data))
    assert made.paragraphs[0].text == "Every Keelmaster® sails. You sign in once."
    runs = [(run.text, bool(run.bold), bool(run.italic), bool(run.underline)) for run in made.paragraphs[0].runs]
    assert runs == [
        ("Every ", False, False, False),
        ("Keelmaster®", True, False, False),
        ("", False, True, False),
        (" sails. You sign in", False, False, False),
        (" once.", False, False, True),
    ]
    assert made.tables[0].cell(0, 1).text == "Keelmaster"
    assert made.sections[0].header.paragraphs[0].text == "Zephyr Sails"
    assert changed_parts(data, fixed.data) == ["word/document.xml", "word/header1.xml"]


def test_decks_are_corrected_on_the_slide_and_in_the_notes(folder: Path) -> None:
    from pptx import Presentation
    from pptx.util import Pt

    deck = Presentation()
    for text in ("Keelmaster® rules", "The Hullking, again", "The Hullking, again"):
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        frame = slide.shapes.add_textbox(Pt(72), Pt(72), Pt(300), Pt(40)).text_frame
        frame.text = text
        frame.paragraphs[0].runs[0].font.bold = True
    deck.slides[1].notes_slide.notes_text_frame.text = "Say keelmaster."
    data = saved(deck)
    fixed = corrected(folder, "a.pptx", data)
    assert fixed.data is not None
    made = Presentation(io.BytesIO(fixed.data))
    texts = [slide.shapes[0].text_frame.text for slide in made.slides]
    assert texts == ["Keelmaster® rules", "The Keelmaster, again", "The Keelmaster, again"]
    assert made.slides[1].notes_slide.notes_text_frame.text == "Say Keelmaster."
    assert made.slides[2].shapes[0].text_frame.paragraphs[0].runs[0].font.bold
    assert sorted(changed_parts(data, fixed.data)) == [
        "ppt/notesSlides/notesSlide1.xml",
        "ppt/slides/slide2.xml",
        "ppt/slides/slide3.xml",
    ]


def test_html_changes_in_the_text_alone(folder: Path) -> None:
    page = (
        '<!DOCTYPE html>\r\n<html lang="en"><head><meta charset="utf-8"><title>Boats</title>\r\n'
        "<script>var a = 'Hullking';</script></head><body><!-- Hullking -->\r\n"
        '<h1 class="Hullking">Keelmaster® &amp; friends</h1><p>Our <b>Hull</b>king &mdash; you log\r\n   in at '
        '<a href="/Hullking">the Hullking page</a>.</p></body></html>\r\n'
    )
    fixed = corrected(folder, "a.html", page.encode())
    assert fixed.data is not None
    assert fixed.data.decode() == page.replace(
        "<b>Hull</b>king &mdash; you log\r\n   in at", "<b>Keelmaster</b> &mdash; you sign in at"
    ).replace("the Hullking page", "the Keelmaster page")


def test_what_describes_a_page_is_left_and_said_to_be_that(folder: Path) -> None:
    page = '<html><body><p>A boat.</p><img src="a.png" alt="The Hullking at sea"></body></html>'
    fixed = corrected(folder, "a.html", page.encode())
    assert fixed.data is None
    [(words, reason)] = reasons(fixed)
    assert (words, "alternative text" in reason) == ("Hullking", True)


def test_markdown_keeps_marks_links_and_code(folder: Path) -> None:
    text = (
        "# Keelmaster® [is] here\n\nA [Hullking] again.\n\n[Hullking]: https://y.example\n\n"
        "The *Hullking* and [the Hullking page](https://x.example/Hullking), too.\n\n"
        "- We **log in** daily\n\n| Boat | Hullking |\n|---|---|\n| Ship | other |\n\n```\nHullking\n```\n"
    )
    fixed = corrected(folder, "a.md", text.encode())
    assert fixed.data is not None
    assert fixed.data.decode() == text.replace(
        "The *Hullking* and [the Hullking page]", "The *Keelmaster* and [the Keelmaster page]"
    ).replace("**log in**", "**sign in**").replace("| Boat | Hullking |", "| Boat | Keelmaster |")


def test_a_name_put_right_gets_its_mark_in_the_same_run_and_the_next_run_has_nothing_to_do(folder: Path) -> None:
    fixed = corrected(folder, "a.txt", b"The Keel Master sails. A Keel Master again.\n")
    assert fixed.data == "The Keelmaster® sails. A Keelmaster again.\n".encode()
    again = corrected(folder, "a.txt", fixed.data)
    assert (again.data, again.edits, again.left) == (None, (), ())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Our staff sails well.", "staff"),  # two words to choose from
        ("A hook holds the boat.", "hook"),  # 'an anchor'
        ("Buy the hook anchor.", "hook"),  # 'anchor anchor'
        ("A hook-anchor holds.\nThe anchor hook holds.", "hook"),
        ("Built for power hook holders.", "hook"),
        ("Power Hooks and What They Hold", "Hooks"),
        ("The hook holder is new.", "hook"),
        ("The wifi-enabled boat", "wifi"),  # 'wireless network-enabled'
    ],
)
def test_what_leaves_a_choice_is_left(folder: Path, text: str, words: str) -> None:
    fixed = corrected(folder, "a.txt", text.encode())
    assert fixed.data is None
    assert [found for found, _ in reasons(fixed)] == [words]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Every hook holds. Hooks hold themselves.", "Every anchor holds. Anchors hold themselves."),
        ("The printed hook will hold.", "The printed anchor will hold."),
        ("Keelmaster® hooks hold.", "Keelmaster® anchors hold."),
        ("Anchor, hook, hook and anchor", "Anchor, anchor, anchor and anchor"),
        ("The boat has wifi access.", "The boat has Wi fi access."),
        ("The hook-shaped boat has a hook-free, non-hook deck.", None),
    ],
)
def test_words_are_replaced_only_where_they_stand_for_themselves(folder: Path, text: str, right: str | None) -> None:
    fixed = corrected(folder, "a.txt", text.encode())
    assert (fixed.data or text.encode()).decode() == (right or text)


def test_pdf_is_listed(folder: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    canvas.drawString(72, 700, "Welcome aboard the Hullking, the boat that takes you out and brings you home again.")
    canvas.save()
    fixed = corrected(folder, "a.pdf", stream.getvalue())
    assert fixed.data is None
    assert [found for found, _ in reasons(fixed)] == ["Hullking"] and "PDF" in fixed.left[0].reason


def test_a_file_that_would_read_otherwise_than_meant_stays_as_it_is(folder: Path) -> None:
    path = folder / "a.txt"
    path.write_bytes(b"The Hullking sails.\n")
    settings = resolve((path,), Given(folder / "rules"))
    (one,) = search((path,), settings, datetime.date(2026, 11, 21))
    other = read(b"Something else.\n", "a.txt")
    fixed = fix(one.document, path.read_bytes(), one.findings, lambda text, called: other)
    assert fixed.data is None and fixed.edits == ()
    assert "otherwise than is meant" in fixed.left[0].reason


def test_one_correction_that_fails_its_proof_leaves_the_others_standing(folder: Path) -> None:
    text = "".join(f"The Hullking sails on day {day}.\n\n" for day in range(40)).encode()
    path = folder / "a.txt"
    path.write_bytes(text)
    (one,) = search((path,), resolve((path,), Given(folder / "rules")), datetime.date(2026, 11, 21))
    readings = 0

    def misread(data: bytes, name: str) -> Document:
        """A reader that sees something else where day 29 was corrected."""
        nonlocal readings
        readings += 1
        return read(b"Gone.\n" if b"Keelmaster sails on day 29." in data else data, name)

    fixed = fix(one.document, text, one.findings, misread, one.again)
    assert [left.finding.block for left in fixed.left] == ["The Hullking sails on day 29."]
    assert "otherwise than is meant" in fixed.left[0].reason
    expected = text.replace(b"Hullking", b"Keelmaster").replace(b"Keelmaster", "Keelmaster®".encode(), 1)
    assert fixed.data == expected.replace(b"Keelmaster sails on day 29.", b"Hullking sails on day 29.")
    assert readings < 25


def test_another_encoding_is_left(folder: Path) -> None:
    data = "Größe über alles: the Hullking sails across the sea to the café.\n".encode("cp1252")
    fixed = corrected(folder, "a.txt", data)
    assert fixed.data is None and "UTF-8" in fixed.left[0].reason


def test_the_command_shows_first_and_writes_when_asked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from msgcheck.cli.main import main

    path = folder / "a.md"
    path.write_bytes(b"Keelmaster\xc2\xae and Hullking \x1b[31msail.\n")
    before = path.read_bytes()
    assert main(["fix", str(path), "--guide", str(folder / "rules")]) == 1
    shown = capsys.readouterr().out
    assert "- Keelmaster® and Hullking" in shown and "+ Keelmaster® and Keelmaster" in shown and "\x1b" not in shown
    assert path.read_bytes() == before
    assert main(["fix", str(path), "--guide", str(folder / "rules"), "--write"]) == 0
    assert path.read_bytes() == before.replace(b"Hullking", b"Keelmaster")
    assert (folder / "a.md.bak").read_bytes() == before
    assert main(["fix", str(path), "--guide", str(folder / "rules")]) == 0
    assert "Nothing to correct." in capsys.readouterr().out


def test_an_earlier_name_with_the_rest_of_todays_is_replaced_as_a_whole(folder: Path) -> None:
    guide = (
        "msgcheck: 1\ncompany: {name: Zephyr Sails, never: [Zefyr]}\n"
        "products:\n  - {id: pro, name: Keelmaster Pro, retired: [Hullking]}\n"
        "  - {id: rig, name: Rigmaster, retired: [Mastking]}\n  - {id: line, name: Linemaster, retired: [Mastking]}\n"
    )
    (folder / "rules" / "guide.yaml").write_text(guide, "utf-8")
    fixed = corrected(folder, "a.txt", b"Ann Hale, Zefyr Sails, on the Hullking Pro and the Mastking\n")
    assert fixed.data == b"Ann Hale, Zephyr Sails, on the Keelmaster Pro and the Mastking\n"
    assert [words for words, _ in reasons(fixed)] == ["Mastking"]


def test_what_no_owner_has_is_left_for_a_person(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from msgcheck.cli.main import main

    (folder / "a.txt").write_bytes(b"Our staff sails well.\n")
    main(["fix", str(folder / "a.txt"), "--guide", str(folder / "rules")])
    assert "Left for a person (the guide names no owner):" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["a.html", "a.md"])
def test_words_beside_raised_digits_are_found_again(folder: Path, name: str) -> None:
    fixed = corrected(folder, name, b"<p>Trusted by 40<sup>3</sup> firms: <b>log in</b> once.</p>")
    assert fixed.data == b"<p>Trusted by 40<sup>3</sup> firms: <b>sign in</b> once.</p>"


@pytest.mark.parametrize("deck", [False, True])
def test_words_beside_raised_runs_are_found_again(folder: Path, deck: bool) -> None:
    import docx
    import pptx

    document: Any = pptx.Presentation() if deck else docx.Document()
    if deck:
        box = document.slides.add_slide(document.slide_layouts[6]).shapes.add_textbox(0, 0, 4000000, 400000)
        paragraph = box.text_frame.paragraphs[0]
    else:
        paragraph = document.add_paragraph()
    for text in ("Trusted by 40", "3", " firms: log in once."):
        run = paragraph.add_run()
        run.text = text
        if text == "3" and deck:
            run._r.get_or_add_rPr().set("baseline", "30000")
        elif text == "3":
            run.font.superscript = True
    fixed = corrected(folder, "a.pptx" if deck else "a.docx", saved(document))
    assert fixed.data is not None
    assert "Trusted by 40³ firms: sign in once." in [block.text for block in read(fixed.data, fixed.document).blocks]
