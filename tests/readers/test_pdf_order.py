"""The order in which a person reads a page, and what counts as one paragraph."""

from __future__ import annotations

from made_pdfs import HEIGHT, column, document_of, with_words
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Frame, Paragraph

from msgcheck.checks.view import locate
from msgcheck.model import Document

STORY = (
    "The ferry leaves at dawn and carries bread to the islands. On the way back it brings the letters of the week, the "
    "empty crates and whoever has business in town. Nobody pays for a seat who helps to unload. "
)
STYLE = ParagraphStyle("body", fontName="Times-Roman", fontSize=10, leading=12, alignment=4)


def flow(canvas: Canvas, x: float, width: float, top: float, texts: list[str]) -> None:
    frame = Frame(x, 60, width, HEIGHT - top - 60, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    frame.addFromList([Paragraph(text, STYLE) for text in texts], canvas)


def order_of(document: Document, *words: str) -> list[int]:
    """Where each of the words first stands in the text of the body, in order."""
    text = "\n".join(block.normal for block in document.blocks if block.layer == "body")
    places = [text.find(word) for word in words]
    assert -1 not in places, (words, text)
    return places


def test_columns_are_read_one_after_the_other() -> None:
    for count in (2, 3):
        def page(canvas: Canvas, count: int = count) -> None:
            column(canvas, 60, 70, ["Bread for the islands, letters for the town"], 20, "Helvetica-Bold")
            width = 480 / count
            for number in range(count):
                texts = [f"Part{number}. " + STORY * 3, f"Tail{number}. " + STORY]
                flow(canvas, 60 + number * width, width - 14, 100, texts)

        parts = [word for number in range(count) for word in (f"Part{number}.", f"Tail{number}.")]
        document = document_of(page)
        places = order_of(document, "Bread for the islands", *parts)
        assert places == sorted(places)
        assert with_words(document, "Part0.").normal.startswith("Part0. The ferry leaves at dawn")
        assert with_words(document, "Tail1.").heading == "Bread for the islands, letters for the town"


def test_columns_written_line_by_line_are_read_one_after_the_other() -> None:
    left = ["Gulls follow the ferry out", "until the harbour is small", "and nets come up full", "of fish and weed."]
    right = ["Ropes are coiled by noon", "and the deck is scrubbed", "before the first guest", "may set foot on it."]

    def page(canvas: Canvas) -> None:
        for number, (one, two) in enumerate(zip(left, right, strict=True)):
            column(canvas, 60, 100 + 12.5 * number, [one])
            column(canvas, 320, 100 + 12.5 * number, [two])

    document = document_of(page)
    places = order_of(document, "Gulls follow", "of fish", "Ropes are coiled", "may set foot")
    assert places == sorted(places)


def test_a_sidebar_does_not_cut_through_the_text_beside_it() -> None:
    def page(canvas: Canvas) -> None:
        flow(canvas, 60, 300, 100, ["Main text. " + STORY * 3, "More text. " + STORY * 2])
        canvas.setFillColorRGB(0.9, 0.9, 1)
        canvas.rect(390, 300, 160, 450, fill=1, stroke=0)
        canvas.setFillColorRGB(0, 0, 0)
        flow(canvas, 400, 140, 110, ["Beside. " + STORY])

    document = document_of(page)
    places = order_of(document, "Main text.", "More text.", "Beside.")
    assert places == sorted(places)
    assert "Beside" not in with_words(document, "Main text.").normal


def test_text_across_all_columns_parts_what_is_above_from_what_is_below() -> None:
    def page(canvas: Canvas) -> None:
        for number, x in enumerate((60, 310)):
            column(canvas, x, 100, [f"Upper{number} the crew ties up the boat", "and goes ashore for the night."])
        column(canvas, 60, 180, ["Then the wind turns, and every rope on the quay is made fast again, by hand."], 13)
        for number, x in enumerate((60, 310)):
            column(canvas, x, 230, [f"Lower{number} in the morning the sea lies", "still, and the ferry sails."])

    places = order_of(document_of(page), "Upper0", "Upper1", "Then the wind", "Lower0", "Lower1")
    assert places == sorted(places)


def test_a_sentence_runs_on_over_columns_and_pages_and_keeps_its_places() -> None:
    def first(canvas: Canvas) -> None:
        column(canvas, 60, 700, [
            "The harbour master rings the bell whenever a stranger",
            "comes in, and he does not stop to ring it before the",
        ])

    def second(canvas: Canvas) -> None:
        column(canvas, 60, 80, ["last rope is ashore. Then there is tea.", "Everybody is welcome to a cup of it."])

    block = with_words(document_of(first, second), "The harbour master")
    assert "before the last rope is ashore." in block.normal
    at = block.text.index("last rope")
    assert locate(block, 0, 11).number == 1
    assert locate(block, at, at + 9).number == 2
    assert [block.text[line.start:line.end] for line in block.lines][2] == "last rope is ashore. Then there is tea."


def test_a_finished_sentence_does_not_swallow_the_next_column() -> None:
    def page(canvas: Canvas) -> None:
        column(canvas, 60, 100, ["The bell is rung at noon,", "and at noon only."])
        column(canvas, 310, 100, ["Tea is served in the old", "boathouse by the slip."])

    document = document_of(page)
    assert with_words(document, "The bell").normal == "The bell is rung at noon, and at noon only."


def test_hyphens_of_the_typesetter_go_and_those_of_words_stay() -> None:
    def page(canvas: Canvas) -> None:
        column(canvas, 60, 100, [
            "Twenty-", "four hours a day the light turns, and the keep-", "ers take turns at their well-known self-",
            "made table beside the lamp.",
        ])

    assert with_words(document_of(page), "the light turns").normal == (
        "Twenty-four hours a day the light turns, and the keepers take turns at their well-known self-made table "
        "beside the lamp."
    )


def test_a_drop_cap_belongs_to_its_word() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 29)
        canvas.drawString(62, HEIGHT - 112.5, "E")
        column(canvas, 82, 100, ["very boat that comes in is", "written into the great book,"])
        column(canvas, 60, 125, ["with its name and its master,", "whatever the hour may be."])

    text = with_words(document_of(page), "boat that comes in").normal
    assert text.startswith("Every boat that comes in")


def test_headings_have_levels_and_stand_over_what_follows() -> None:
    def page(canvas: Canvas) -> None:
        column(canvas, 60, 80, ["Harbours of the north"], 22, "Helvetica-Bold")
        column(canvas, 60, 120, ["Tides"], 13, "Helvetica-Bold")
        column(canvas, 60, 140, ["High water comes twice a day, and the second one is", "higher in spring."])

    document = document_of(page)
    headings = [(block.normal, block.level) for block in document.blocks if block.kind == "heading"]
    assert headings == [("Harbours of the north", 1), ("Tides", 2)]
    assert with_words(document, "High water").heading == "Tides"


def test_boxes_are_points_from_the_top_left_one_a_line() -> None:
    def page(canvas: Canvas) -> None:
        column(canvas, 60, 100, ["One line stands over", "the other line here."])

    block = with_words(document_of(page), "One line")
    first, second = block.location.boxes
    assert abs(first[0] - 60) < 1
    assert first[1] < 100 < first[3]
    assert second[1] > first[1]
    assert block.location.page_size == (595.28, 841.89)
