"""A word in every kind of container of a PDF: read, and read as what it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from made_pdfs import HEIGHT, PLAIN, WIDTH, column, document_of, grid, layer_of, made, with_words
from reportlab.lib.colors import Color
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from msgcheck.readers import ReadOptions, read

BODY = ["The lighthouse opens its doors at nine", "and closes them when the lamp is lit."]


def with_body(draw: Callable[[Canvas], None]) -> Callable[[Canvas], None]:
    def page(canvas: Canvas) -> None:
        column(canvas, 72, 200, BODY)
        draw(canvas)
    return page


def rotated(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.translate(40, 300)
    canvas.rotate(90)
    canvas.drawString(0, 0, "lantern beside the text")
    canvas.restoreState()


def over_picture(canvas: Canvas) -> None:
    canvas.drawImage(picture(), 72, 300, 300, 200)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(90, 400, "lantern over a picture")


def letter_spaced(canvas: Canvas) -> None:
    text = canvas.beginText(72, 500)
    text.setFont("Helvetica-Bold", 12)
    text.setCharSpace(7)
    text.textLine("THE LANTERN ROOM")
    canvas.drawText(text)


def in_form(canvas: Canvas) -> None:
    canvas.beginForm("stamp")
    canvas.setFont("Helvetica", 10)
    canvas.drawString(72, 400, "lantern in a form")
    canvas.endForm()
    canvas.doForm("stamp")


def field(canvas: Canvas) -> None:
    canvas.acroForm.textfield(name="place", value="lantern of a field", x=72, y=400, width=200, height=20)


def free_text(canvas: Canvas) -> None:
    canvas.freeTextAnnotation("lantern of a remark", "/Helv 10 Tf 0 g", (72, 400, 300, 430))


def comment(canvas: Canvas) -> None:
    canvas.textAnnotation("lantern of a comment", (72, 400, 90, 420))


def invisible(canvas: Canvas) -> None:
    text = canvas.beginText(72, 400)
    text.setTextRenderMode(3)
    text.textLine("lantern without ink")
    canvas.drawText(text)


def white(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 400, "lantern white on white")


def white_on_blue(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0, 0, 0.6)
    canvas.rect(60, 380, 300, 60, fill=1, stroke=0)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 400, "lantern white on blue")


def white_on_gradient(canvas: Canvas) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(60, 380, 300, 60)
    canvas.clipPath(path, stroke=0)
    canvas.linearGradient(60, 380, 360, 440, (Color(0, 0, 0.5), Color(0.5, 0, 0.5)))
    canvas.restoreState()
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 400, "lantern white on a gradient")


def off_page(canvas: Canvas) -> None:
    canvas.drawString(WIDTH + 50, 400, "lantern beside the page")


def picture() -> ImageReader:
    from PIL import Image

    return ImageReader(Image.new("RGB", (60, 40), (20, 40, 90)))


@pytest.mark.parametrize(
    ("draw", "words", "layer"),
    [
        (rotated, "lantern beside the text", "body"),
        (over_picture, "lantern over a picture", "body"),
        (letter_spaced, "THE LANTERN ROOM", "body"),
        (in_form, "lantern in a form", "body"),
        (field, "lantern of a field", "body"),
        (free_text, "lantern of a remark", "body"),
        (white_on_blue, "lantern white on blue", "body"),
        (white_on_gradient, "lantern white on a gradient", "body"),
        (comment, "lantern of a comment", "hidden"),
        (invisible, "lantern without ink", "hidden"),
        (white, "lantern white on white", "hidden"),
        (off_page, "lantern beside the page", "hidden"),
    ],
)
def test_each_container_is_read_as_its_layer(draw: Callable[[Canvas], None], words: str, layer: str) -> None:
    document = document_of(with_body(draw))
    assert layer_of(document, words) == layer
    assert layer_of(document, "The lighthouse opens") == "body"
    assert sum(block.normal.count(words) for block in document.blocks) == 1


def test_title_is_description_and_a_default_title_is_not() -> None:
    titled = read(made(with_body(white), title="Lamp and lens"), "a.pdf", PLAIN)
    assert layer_of(titled, "Lamp and lens") == "description"
    assert layer_of(read(made(with_body(white), title="untitled"), "a.pdf", PLAIN), "untitled") is None


def test_lines_at_the_edge_of_every_page_are_running_and_counted() -> None:
    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            canvas.setFont("Helvetica", 8)
            canvas.drawString(72, HEIGHT - 30, "Lamp and Lens Ltd")
            canvas.drawString(300, 30, f"Page {number} of 3")
            column(canvas, 72, 200, [f"Keeper {number} climbs the stairs."])
        return draw

    document = document_of(*(page(number) for number in (1, 2, 3)))
    header = with_words(document, "Lamp and Lens Ltd")
    assert (header.layer, header.count) == ("running", 3)
    assert with_words(document, "Page 1 of 3").layer == "running"
    labels = [block.location.label for block in document.blocks if block.layer == "body"]
    assert labels == ["page 1", "page 2", "page 3"]


@pytest.mark.parametrize("ruled", ["grid", "rows", "none"])
def test_rows_of_a_table_have_their_columns(ruled: str) -> None:
    rows = [["Lamp", "Range", "Bulb life"], ["North tower", "18 miles", "2,000 hours"],
            ["South tower", "22 miles", "900 hours"], ["East pier", "6 miles", "1,500 hours"]]
    document = document_of(lambda canvas: grid(canvas, rows, ruled))
    block = with_words(document, "South tower")
    assert (block.kind, block.cells) == ("table-row", ("South tower", "22 miles", "900 hours"))
    assert block.text == "South tower 22 miles 900 hours"
    assert block.columns == ("Lamp", "Range", "Bulb life")
    assert all(block.text[line.start:line.end].strip() for line in block.lines)


def test_items_of_a_list_have_the_line_that_leads_in() -> None:
    def page(canvas: Canvas) -> None:
        column(canvas, 72, 100, ["The lighthouse keeper brings these three things every night:"])
        for number, item in enumerate(["a can of oil that lasts until the morning,", "a clean cloth,", "patience"]):
            canvas.drawString(80, HEIGHT - 120 - 14 * number, "•")
            canvas.drawString(92, HEIGHT - 120 - 14 * number, item)

    document = document_of(page)
    items = [block for block in document.blocks if block.kind == "list-item"]
    assert [block.normal for block in items] == [
        "a can of oil that lasts until the morning,", "a clean cloth,", "patience",
    ]
    assert {block.lead_in for block in items} == {"The lighthouse keeper brings these three things every night:"}


def test_a_mark_of_a_note_does_not_become_a_figure() -> None:
    def page(canvas: Canvas) -> None:
        text = canvas.beginText(72, 600)
        text.setFont("Helvetica", 11)
        text.textOut("Ships see the lamp from 24 miles")
        text.setRise(4)
        text.setFont("Helvetica", 6)
        text.textOut("3")
        text.setRise(0)
        text.setFont("Helvetica", 11)
        text.textOut(" away.")
        canvas.drawText(text)

    assert with_words(document_of(page), "Ships see").normal == "Ships see the lamp from 24 miles³ away."


def test_a_large_figure_is_read_with_the_words_under_it() -> None:
    def page(canvas: Canvas) -> None:
        for number, (figure, words) in enumerate([("98%", "of nights with light"), ("24 h", "watch on duty")]):
            column(canvas, 72 + 200 * number, 100, [figure], 28, "Helvetica-Bold")
            column(canvas, 72 + 200 * number, 118, [words])
        column(canvas, 72, 300, BODY)

    document = document_of(page)
    assert [block.normal for block in document.blocks][:2] == ["98% of nights with light", "24 h watch on duty"]


def test_a_page_of_pictures_is_named_as_not_read() -> None:
    def photo(canvas: Canvas) -> None:
        canvas.drawImage(picture(), 0, 0, WIDTH, HEIGHT)

    mixed = document_of(with_body(white_on_blue), photo)
    assert mixed.status == "partly-read"
    assert [(reason.code, reason.place) for reason in mixed.reasons] == [("picture-without-text", "page 2")]
    assert dict(mixed.gaps)["picture-without-text"] == 1
    alone = document_of(photo)
    assert alone.status == "unread"
    assert [reason.code for reason in alone.reasons] == ["no-text", "picture-without-text"]
    assert alone.blocks == ()


def test_a_password_opens_an_encrypted_document() -> None:
    data = made(with_body(in_form), password="beacon")
    closed = read(data, "a.pdf", PLAIN)
    assert (closed.status, closed.reasons[0].code) == ("unread", "encrypted")
    assert "password" in closed.reasons[0].text
    wrong = read(data, "a.pdf", ReadOptions(passwords=("harbour",), ocr="off"))
    assert wrong.reasons[0].code == "encrypted"
    opened = read(data, "a.pdf", ReadOptions(passwords=("harbour", "beacon"), ocr="off"))
    assert layer_of(opened, "lantern in a form") == "body"


def test_pages_beyond_the_bound_are_named() -> None:
    pages = [with_body(white_on_blue)] * 4
    document = document_of(*pages, options=ReadOptions(max_pages=2, ocr="off", recognise_language=False))
    assert document.status == "partly-read"
    assert [(reason.code, reason.place) for reason in document.reasons] == [("too-many-pages", "page 3")]
    assert document.pages == 4
