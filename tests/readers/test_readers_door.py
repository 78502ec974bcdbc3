"""What a file is, told by name and content; why it was not read; which language it is in."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from made_pdfs import column, made

from msgcheck.model import Location
from msgcheck.readers import READERS, REASONS, ReadOptions, format_of, read, read_path
from msgcheck.readers.blocks import build_document, make_block
from msgcheck.readers.language import recognise

BODY = Location("document")


def archive(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return stream.getvalue()


PDF = made(lambda canvas: column(canvas, 60, 100, ["A boat is tied up."]))
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "data", "code", "says"),
    [
        ("a.pdf", b"", "empty", "0 bytes"),
        ("a.pptx", b"", "empty", "0 bytes"),
        ("a.pdf", b"Just some words.", "wrong-type", "plain text"),
        ("a.pdf", PNG, "wrong-type", "PNG"),
        ("a.pdf", archive("word/document.xml"), "wrong-type", "Rename it to end in .docx"),
        ("a.docx", PDF, "wrong-type", "Rename it to end in .pdf"),
        ("a.txt", PDF, "wrong-type", "Rename it to end in .pdf"),
        ("a.docx", archive("ppt/presentation.xml"), "wrong-type", ".pptx"),
        ("a.docx", archive(), "damaged", "no Office document"),
        ("a.pptx", archive("notes.txt"), "damaged", "no Office document"),
        ("a.docx", b"PK\x03\x04 and then nothing", "damaged", "broken zip"),
        ("a.md", bytes(range(256)) * 4, "wrong-type", "binary"),
        ("a.xlsx", archive("xl/workbook.xml"), "unsupported", ".xlsx"),
        ("a", b"words", "unsupported", "''"),
        ("a.pdf", PDF[:300], "damaged", "Export it again"),
        ("a.pdf", b"%PDF-1.7\n" + bytes(500), "damaged", "cannot be opened"),
    ],
)
def test_what_cannot_be_read_says_why(name: str, data: bytes, code: str, says: str) -> None:
    document = read(data, name)
    (reason,) = document.reasons
    assert (document.status, reason.code, document.blocks) == ("unread", code, ())
    assert says in reason.text
    assert reason.code in REASONS


def test_files_over_the_bound_are_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("many words " * 50)
    document = read_path(path, "a.txt", ReadOptions(max_bytes=100))
    assert document.reasons[0].code == "too-large"
    assert "550" in document.reasons[0].text


def test_every_suffix_has_one_reader() -> None:
    suffixes = [suffix for known, _ in READERS.values() for suffix in known]
    assert len(suffixes) == len(set(suffixes))
    assert format_of("sales/Pitch.PPTX") == "pptx"
    assert format_of("notes.xls") is None


def test_a_document_without_text_is_unread_whatever_its_title() -> None:
    title = make_block("A title", "paragraph", "description", BODY)
    document = build_document("a.pdf", "pdf", b"x", [title, make_block(" \n", "paragraph", "body", BODY)])
    assert (document.status, document.blocks, document.reasons[0].code) == ("unread", (), "no-text")


def test_blocks_are_normalised_with_their_context() -> None:
    block = make_block("Re‐\nfit “soon”", "list-item", "body", BODY, heading="A  heading", columns=("One  two",))
    assert block is not None
    assert (block.normal, block.heading, block.columns) == ('Refit "soon"', "A heading", ("One two",))


TEXTS = {
    "en": "The boat sails at dawn and comes back with the tide. Whoever wants to go with it has to be on the quay at "
          "five, with a warm coat and something to eat, because the crossing takes most of the morning.",
    "de": "Das Boot legt im Morgengrauen ab und kommt mit der Flut zurück. Wer mitfahren will, muss um fünf am Kai "
          "sein, mit einem warmen Mantel und etwas zu essen, denn die Überfahrt dauert den halben Vormittag.",
    "fr": "Le bateau part à l'aube et revient avec la marée. Ceux qui veulent embarquer doivent être sur le quai à "
          "cinq heures, avec un manteau chaud et de quoi manger, car la traversée dure presque toute la matinée.",
    "nl": "De boot vertrekt bij zonsopgang en komt met het getij terug. Wie mee wil, moet om vijf uur op de kade "
          "staan, met een warme jas en iets te eten, want de overtocht duurt het grootste deel van de ochtend.",
}


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_the_language_is_told_from_the_text(language: str) -> None:
    block = make_block(TEXTS[language], "paragraph", "body", BODY)
    assert block is not None
    assert recognise([block]) == language


def test_too_little_text_has_no_language() -> None:
    block = make_block("KX-400, 230 V", "heading", "body", BODY)
    assert block is not None
    assert recognise([block]) is None
