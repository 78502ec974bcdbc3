from __future__ import annotations

from msgcheck.model import Document
from msgcheck.readers import ReadOptions, read

NOTE = """MAIN TITLE

A paragraph that somebody wrapped
over two lines.

Underlined
==========
You get:
- first item
  that goes on
  - nested item
* second item
1. numbered item

----------

# Hashed
Last words.
"""


def as_read(text: str | bytes, name: str = "note.txt") -> Document:
    data = text.encode() if isinstance(text, str) else text
    return read(data, name, ReadOptions(recognise_language=False))


def test_every_kind() -> None:
    found = [(block.text, block.kind, block.level, block.location.number) for block in as_read(NOTE).blocks]
    assert found == [
        ("MAIN TITLE", "heading", 1, 1),
        ("A paragraph that somebody wrapped\nover two lines.", "paragraph", 0, 3),
        ("Underlined", "heading", 1, 6),
        ("You get:", "paragraph", 0, 8),
        ("first item\nthat goes on", "list-item", 1, 9),
        ("nested item", "list-item", 2, 11),
        ("second item", "list-item", 1, 12),
        ("numbered item", "list-item", 1, 13),
        ("Hashed", "heading", 1, 17),
        ("Last words.", "paragraph", 0, 18),
    ]


def test_context_and_labels() -> None:
    blocks = {block.text.partition("\n")[0]: block for block in as_read(NOTE).blocks}
    assert blocks["first item"].lead_in == "You get:"
    assert blocks["nested item"].lead_in == "first item that goes on"
    assert blocks["first item"].heading == "Underlined"
    assert (blocks["Hashed"].location.kind, blocks["Hashed"].location.label) == ("line", "line 17")


def test_long_lines_are_paragraphs_of_their_own() -> None:
    one, two = ("word " * 40).strip(), ("other " * 40).strip()
    assert [block.text for block in as_read(f"{one}\n{two}\n").blocks] == [one, two]


def test_line_ends_of_all_systems() -> None:
    for end in ("\r\n", "\r", "\n"):
        assert [block.text for block in as_read(f"One.{end}{end}Two.{end}".encode()).blocks] == ["One.", "Two."]


def test_encodings() -> None:
    text = "Über die Straße führen fünf schöne Brücken, jede älter als die übrigen. Größe: zwölf Fuß.\n"
    for encoding, reasons in (("utf-8", []), ("utf-8-sig", []), ("utf-16", []), ("cp1252", ["encoding-guessed"])):
        found = as_read(text.encode(encoding))
        assert found.blocks[0].text == text.strip(), encoding
        assert [reason.code for reason in found.reasons] == reasons


def test_what_is_no_text_is_unread() -> None:
    assert as_read(b"\xff\xfe" + b"\x00\xd8" * 500).status == "unread"
    assert [reason.code for reason in as_read("\n \n").reasons] == ["no-text"]
