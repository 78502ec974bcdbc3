"""A different word in every container of a presentation: which are read, as what, in which order."""

from __future__ import annotations

import io
from typing import Any

import pytest
from office_files import (
    CHART,
    DGM,
    DIAGRAM,
    MC,
    A,
    C,
    P,
    R,
    add_part,
    blank,
    box,
    element,
    frame,
    picture,
    presentation,
)

from msgcheck.model import Block, Document
from msgcheck.readers import ReadOptions, read


def as_read(build: Any, **options: Any) -> Document:
    return read(presentation(build), "deck.pptx", ReadOptions(recognise_language=False, **options))


def texts(document: Document, layer: str = "body") -> list[str]:
    return [block.text for block in document.blocks if block.layer == layer and block.location.kind != "document"]


def only(document: Document, text: str) -> Block:
    (found,) = [block for block in document.blocks if text in block.text]
    return found


def test_title_is_a_heading_and_heads_the_rest() -> None:
    def build(deck: Any) -> None:
        slide = blank(deck, "Maintitle")
        box(slide.shapes, "Boxtext", 40, 200)

    document = as_read(build)
    assert document.status == "read"
    assert (document.pages, document.unit) == (1, "slide")
    title, body = only(document, "Maintitle"), only(document, "Boxtext")
    assert (title.kind, title.layer, title.level, title.heading) == ("heading", "body", 1, "")
    assert body.heading == "Maintitle"
    assert (body.location.kind, body.location.number, body.location.label) == ("slide", 1, "slide 1")
    assert body.location.boxes == ((40.0, 200.0, 240.0, 240.0),)
    assert body.location.page_size == (960.0, 540.0)


def test_each_paragraph_is_a_block_and_line_breaks_are_kept() -> None:
    def build(deck: Any) -> None:
        frame_ = box(blank(deck).shapes, "First line\vsecond line", 40, 100).text_frame
        frame_.add_paragraph().text = "Next paragraph"

    assert texts(as_read(build)) == ["First line\nsecond line", "Next paragraph"]


def test_bullets_inherit_from_the_master_and_know_what_leads_in() -> None:
    def build(deck: Any) -> None:
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text_frame.text = "Maintitle"
        body = slide.placeholders[1].text_frame
        body.text = "Parentitem"
        child = body.add_paragraph()
        child.text, child.level = "Childitem", 1
        typed = box(slide.shapes, "These are the parts:", 40, 480, 300).text_frame
        typed.add_paragraph().text = "• Typedbullet"

    document = as_read(build)
    parent, child, typed = (only(document, word) for word in ("Parentitem", "Childitem", "Typedbullet"))
    assert (parent.kind, parent.level, parent.lead_in) == ("list-item", 1, "")
    assert (child.kind, child.level, child.lead_in) == ("list-item", 2, "Parentitem")
    assert (typed.kind, typed.text, typed.lead_in) == ("list-item", "Typedbullet", "These are the parts:")


def test_table_rows_are_blocks_with_merged_cells_once() -> None:
    def build(deck: Any) -> None:
        from pptx.util import Pt

        table = blank(deck).shapes.add_table(4, 3, Pt(40), Pt(100), Pt(600), Pt(160)).table
        for row, cells in enumerate((("Plan", "Price", "Term"), ("Small", "10", "a month"), ("Large", "20", ""))):
            for column, text in enumerate(cells):
                table.cell(row, column).text_frame.text = text
        table.cell(3, 0).merge(table.cell(3, 2))
        table.cell(3, 0).text_frame.text = "Wholerow"

    document = as_read(build)
    rows = [block for block in document.blocks if block.kind == "table-row"]
    assert [row.text for row in rows] == ["Plan Price Term", "Small 10 a month", "Large 20", "Wholerow"]
    assert [row.columns for row in rows[:3]] == [(), ("Plan", "Price", "Term"), ("Plan", "Price")]
    assert rows[1].cells == ("Small", "10", "a month")
    assert rows[0].location.boxes[0][3] == rows[1].location.boxes[0][1] == 140.0


def test_groups_in_groups_are_read_where_they_stand() -> None:
    def build(deck: Any) -> None:
        slide = blank(deck)
        outer = slide.shapes.add_group_shape()
        inner = outer.shapes.add_group_shape()
        box(inner.shapes, "Innermost", 100, 300)
        box(outer.shapes, "Outermost", 100, 100)
        # the group is moved by 50 points and shown at half its size
        transform = outer._element.find(f"{{{P}}}grpSpPr/{{{A}}}xfrm")
        transform.find(f"{{{A}}}off").set("x", str(50 * 12700))
        transform.find(f"{{{A}}}ext").set("cx", str(100 * 12700))

    document = as_read(build)
    assert texts(document) == ["Outermost", "Innermost"]
    assert only(document, "Innermost").location.boxes == ((50.0, 300.0, 150.0, 340.0),)


def test_groups_deeper_than_the_bound_are_named() -> None:
    def build(deck: Any) -> None:
        slide = blank(deck)
        box(slide.shapes, "Shallow", 10, 10)
        shapes = slide.shapes
        for _ in range(8):
            shapes = shapes.add_group_shape().shapes
        box(shapes, "Deep", 10, 100)

    document = as_read(build, max_depth=5)
    assert (document.status, texts(document)) == ("partly-read", ["Shallow"])
    assert [reason.code for reason in document.reasons] == ["too-deep"]


def test_turned_shape_has_an_upright_box() -> None:
    def build(deck: Any) -> None:
        box(blank(deck).shapes, "Turned", 100, 100, 200, 40).rotation = 90

    assert only(as_read(build), "Turned").location.boxes == ((180.0, 20.0, 220.0, 220.0),)


def test_columns_are_read_one_by_one_and_cards_row_by_row() -> None:
    def build(deck: Any) -> None:
        slide = blank(deck, "Comparison")
        for left, side in ((40, "Left"), (500, "Right")):       # drawn bottom up: order of drawing must not matter
            box(slide.shapes, f"{side} body", left, 150, 400, 300)
            box(slide.shapes, f"{side} head", left, 100, 400, 45)
        slide = blank(deck, "Cards")
        for row in (2, 1):
            for column in (3, 2, 1):
                box(slide.shapes, f"Card {row}{column}", column * 220, row * 160, 200, 100)

    assert texts(as_read(build)) == [
        "Comparison", "Left head", "Left body", "Right head", "Right body",
        "Cards", "Card 11", "Card 12", "Card 13", "Card 21", "Card 22", "Card 23",
    ]


def test_large_figures_are_read_with_the_words_under_them() -> None:
    def build(deck: Any) -> None:
        from pptx.util import Pt

        slide = blank(deck, "In figures")
        sizes = {"34%": 40, "less diesel": 14, "2019": 40, "was the first year": 14, "12 km": 40, "of cable": 40}
        for column, (figure, words) in enumerate((("34%", "less diesel"), ("2019", "was the first year"))):
            for top, text in ((100, figure), (150, words)):
                shape = box(slide.shapes, text, 40 + column * 300, top, 200, 45)
                shape.text_frame.paragraphs[0].font.size = Pt(sizes[text])
        frame_ = box(slide.shapes, "12 km", 640, 100).text_frame
        frame_.add_paragraph().text = "of cable"
        for paragraph in frame_.paragraphs:
            paragraph.font.size = Pt(40)

    document = as_read(build)
    assert texts(document) == ["In figures", "34%\nless diesel", "2019", "was the first year", "12 km", "of cable"]
    assert only(document, "34%").location.boxes == ((40.0, 100.0, 240.0, 145.0), (40.0, 150.0, 240.0, 195.0))


def test_notes_comments_and_hidden_slides_have_layers_of_their_own() -> None:
    def build(deck: Any) -> None:
        slide = blank(deck, "Shown")
        slide.notes_slide.notes_text_frame.text = "Notetext"
        comments = f'<p:cmLst xmlns:p="{P}"><p:cm authorId="0" idx="1"><p:text>Commenttext</p:text></p:cm></p:cmLst>'
        kind = "application/vnd.openxmlformats-officedocument.presentationml.comments+xml"
        add_part(slide.part, "/ppt/comments/comment1.xml", kind, f"{R}/comments", comments.encode())
        concealed = blank(deck, "Concealed")
        concealed._element.set("show", "0")
        concealed.notes_slide.notes_text_frame.text = "Concealednote"

    document = as_read(build)
    note, comment, concealed = (only(document, word) for word in ("Notetext", "Commenttext", "Concealed"[:9] + "note"))
    assert (note.layer, note.location.kind, note.location.label) == ("notes", "notes", "notes of slide 1")
    assert (note.heading, note.location.number) == ("Shown", 1)
    assert (comment.layer, comment.location.label) == ("hidden", "comment on slide 1")
    assert concealed.layer == "hidden"
    hidden = [block for block in document.blocks if block.location.label == "slide 2 (hidden)"]
    assert [(block.text, block.layer) for block in hidden] == [("Concealed", "hidden")]


def test_shapes_beside_the_slide_or_switched_off_are_hidden() -> None:
    def build(deck: Any) -> None:
        slide = blank(deck)
        box(slide.shapes, "Onslide", 40, 100)
        box(slide.shapes, "Offslide", 970, 100)
        off = box(slide.shapes, "Switchedoff", 40, 200)
        off._element.nvSpPr.cNvPr.set("hidden", "1")

    document = as_read(build)
    assert texts(document) == ["Onslide"]
    assert sorted(texts(document, "hidden")) == ["Offslide", "Switchedoff"]


def test_chart_and_diagram_are_read() -> None:
    def build(deck: Any) -> None:
        slide = blank(deck, "Maintitle")
        chart = add_part(
            slide.part, "/ppt/charts/chart9.xml", "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
            f"{R}/chart", CHART,
        )
        diagram = add_part(
            slide.part, "/ppt/diagrams/data1.xml",
            "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml", f"{R}/diagramData", DIAGRAM,
        )
        tree = slide.shapes._spTree
        tree.append(frame(f'<a:graphicData uri="{C}"><c:chart xmlns:c="{C}" r:id="{chart}"/></a:graphicData>', 100))
        smart_art = f'<dgm:relIds xmlns:dgm="{DGM}" r:dm="{diagram}"/>'
        tree.append(frame(f'<a:graphicData uri="{DGM}">{smart_art}</a:graphicData>', 300))

    document = as_read(build)
    assert texts(document) == [
        "Maintitle", "Charttitle", "Chartaxis", "Chartseries", "Chartcategory", "Diagramparent", "Diagramchild",
    ]
    assert only(document, "Diagramchild").lead_in == "Diagramparent"
    assert only(document, "Chartseries").kind == "table-row"
    assert not any("Diagramghost" in block.text for block in document.blocks)


def test_alternate_content_is_read_once() -> None:
    def build(deck: Any) -> None:
        slide = blank(deck)
        box(slide.shapes, "Alternatetext", 40, 100)
        shape = slide.shapes._spTree[-1]
        from lxml import etree

        markup = etree.tostring(shape).decode()
        slide.shapes._spTree.replace(shape, element(
            f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="p14">{markup}</mc:Choice>'
            f"<mc:Fallback>{markup}</mc:Fallback></mc:AlternateContent>"
        ))

    assert texts(as_read(build)) == ["Alternatetext"]


def test_alternative_text_is_a_description_unless_it_is_a_file_name() -> None:
    def build(deck: Any) -> None:
        from pptx.util import Pt

        slide = blank(deck, "Maintitle")
        box(slide.shapes, "Bodytext", 40, 300)
        for name in ("Described picture", "image7.png"):
            added = slide.shapes.add_picture(io.BytesIO(picture()), Pt(10), Pt(100), Pt(50), Pt(50))
            added._element.nvPicPr.cNvPr.set("descr", name)

    document = as_read(build)
    assert texts(document, "description") == ["Described picture"]
    assert ("picture", 2) in document.gaps


def test_slides_of_pictures_are_named() -> None:
    def build(deck: Any) -> None:
        from pptx.util import Pt

        def add(slide: Any, left: int, top: int, width: int, height: int) -> None:
            slide.shapes.add_picture(io.BytesIO(picture()), Pt(left), Pt(top), Pt(width), Pt(height))

        add(blank(deck), 0, 0, 960, 540)                      # 1: a picture and nothing else
        add(blank(deck, "Lone title"), 100, 120, 700, 400)    # 2: a large picture below a lone title
        add(blank(deck, "On a photograph"), 0, 0, 960, 540)   # 3: a title on a photograph
        slide = blank(deck, "Told in words")                  # 4: a picture beside text
        add(slide, 100, 120, 700, 300)
        box(slide.shapes, "Words beside it", 100, 450)

    document = as_read(build)
    assert document.status == "partly-read"
    assert [(reason.code, reason.place) for reason in document.reasons] == [
        ("picture-without-text", "slide 1"), ("picture-without-text", "slide 2"),
    ]
    assert dict(document.gaps)["picture-without-text"] == 2


def test_deck_of_nothing_but_pictures_is_unread() -> None:
    def build(deck: Any) -> None:
        from pptx.util import Pt

        slide = blank(deck)
        slide.shapes.add_picture(io.BytesIO(picture()), Pt(0), Pt(0), Pt(960), Pt(540))

    document = as_read(build)
    assert (document.status, document.blocks) == ("unread", ())
    assert [reason.code for reason in document.reasons] == ["no-text", "picture-without-text"]


def test_text_of_master_and_layout_is_running_and_prompts_are_not_read() -> None:
    def build(deck: Any) -> None:
        from pptx.util import Pt

        layout = deck.slide_layouts[5]
        layout.shapes._spTree.append(_plain_shape("Layouttext"))
        deck.slide_master.shapes._spTree.append(_plain_shape("Mastertext"))
        for title in ("One", "Two", "Three"):
            blank(deck, title)
        deck.slides[2]._element.set("showMasterSp", "0")
        box(deck.slides[0].shapes, "Confidential draft", 40, 510, 200, 20).left = Pt(40)

    document = as_read(build)
    running = {block.text: block for block in document.blocks if block.layer == "running"}
    assert {text: block.count for text, block in running.items()} == {"Layouttext": 2, "Mastertext": 2}
    assert running["Mastertext"].location.label == "slide 1"
    assert not any("click to" in block.text.lower() for block in document.blocks)
    assert "Confidential draft" in texts(document)            # on one slide only: no running text


def _plain_shape(text: str) -> Any:
    return element(
        f'<p:sp xmlns:p="{P}" xmlns:a="{A}"><p:nvSpPr><p:cNvPr id="77" name="x"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>'
        '<p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="100" cy="100"/></a:xfrm></p:spPr><p:txBody><a:bodyPr/>'
        f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def test_footers_and_what_repeats_in_the_margin_are_running() -> None:
    def build(deck: Any) -> None:
        for number in range(1, 5):
            slide = blank(deck, f"Slide title {number}")
            box(slide.shapes, "Pastedfooter", 40, 510, 300, 20)
            box(slide.shapes, "Said on each slide", 40, 250, 300, 20)
            for kind, text in (("ftr", "Footertext"), ("sldNum", str(number)), ("dt", "May 2031")):
                shape = _plain_shape(text)
                shape.find(f"{{{P}}}nvSpPr/{{{P}}}nvPr").append(element(f'<p:ph xmlns:p="{P}" type="{kind}"/>'))
                slide.shapes._spTree.append(shape)

    document = as_read(build)
    running = [(block.text, block.count) for block in document.blocks if block.layer == "running"]
    assert sorted(running) == [("Footertext", 4), ("May 2031", 4), ("Pastedfooter", 4)]
    assert texts(document).count("Said on each slide") == 4


def test_properties_are_descriptions_and_defaults_are_none() -> None:
    def build(deck: Any, title: str) -> None:
        deck.core_properties.title = title
        blank(deck, "Maintitle")

    document = as_read(lambda deck: build(deck, "Propertytitle"))
    title = only(document, "Propertytitle")
    assert (title.layer, title.location.kind) == ("description", "document")
    assert len(as_read(lambda deck: build(deck, "PowerPoint Presentation")).blocks) == 1


def test_more_slides_than_the_bound_are_named() -> None:
    document = as_read(lambda deck: [blank(deck, f"Number {n}") for n in range(4)], max_pages=2)
    assert (document.status, document.pages, texts(document)) == ("partly-read", 4, ["Number 0", "Number 1"])
    assert document.reasons[0].code == "too-many-pages"


def test_one_broken_slide_leaves_the_others() -> None:
    from office_files import rezipped

    def build(deck: Any) -> None:
        blank(deck, "Sound slide")
        blank(deck, "Broken slide")

    def drop_tree(parts: dict[str, bytes]) -> None:
        parts["ppt/slides/slide2.xml"] = f'<p:sld xmlns:p="{P}"/>'.encode()

    document = read(rezipped(presentation(build), drop_tree), "deck.pptx", ReadOptions(recognise_language=False))
    assert document.status == "partly-read"
    assert texts(document) == ["Sound slide"]
    assert [(reason.code, reason.place) for reason in document.reasons] == [("page-unreadable", "slide 2")]


@pytest.mark.parametrize("name", ["deck.pptm", "deck.ppsx", "deck.potx"])
def test_other_kinds_of_presentation_are_read(name: str) -> None:
    from office_files import rezipped

    kinds = {
        "pptm": b"ms-powerpoint.presentation.macroEnabled",
        "ppsx": b"openxmlformats-officedocument.presentationml.slideshow",
        "potx": b"openxmlformats-officedocument.presentationml.template",
    }
    kind = kinds[name.rpartition(".")[2]]

    def retype(parts: dict[str, bytes]) -> None:
        types = parts["[Content_Types].xml"]
        plain = b"openxmlformats-officedocument.presentationml.presentation.main+xml"
        assert plain in types
        parts["[Content_Types].xml"] = types.replace(plain, kind + b".main+xml")

    document = read(rezipped(presentation(lambda deck: blank(deck, "Maintitle")), retype), name)
    assert (document.status, texts(document)) == ("read", ["Maintitle"])


def test_raised_digits_are_no_part_of_a_figure() -> None:
    def build(deck: Any) -> None:
        line = box(blank(deck).shapes, "", 40, 100).text_frame.paragraphs[0]
        for text, baseline in (
            ("by 40", ""), ("3", "30000"), (" firms, the 4", "0"), ("th", "30%"), (" on 48 m", ""), ("2", "30%"),
            (" of H", ""), ("2", "-25000"), ("O", ""),
        ):
            run = line.add_run()
            run.text = text
            if baseline:
                run._r.get_or_add_rPr().set("baseline", baseline)

    assert texts(as_read(build)) == ["by 40³ firms, the 4th on 48 m² of H2O"]


@pytest.mark.parametrize("number", ["9" * 5000, "²", "-3", "--3", "", "x"])
def test_strange_numbers_leave_the_slide_read(number: str) -> None:
    def build(deck: Any) -> None:
        slide = blank(deck)
        line = box(slide.shapes, "Line", 40, 100).text_frame.paragraphs[0]
        line._p.get_or_add_pPr().set("lvl", number)
        line._p.get_or_add_pPr().append(element(f'<a:buChar xmlns:a="{A}" char="x"/>'))
        line.runs[0]._r.get_or_add_rPr().set("sz", number)
        table = slide.shapes.add_table(2, 2, 0, 2000000, 4000000, 800000).table._tbl
        for cell, text in zip(table.iter_tcs(), "abcd", strict=True):
            cell.get_or_add_txBody().p_lst[0].add_r(text)
            cell.set("gridSpan", number)
        table.tr_lst[0].set("h", number)

    document = as_read(build)
    assert (document.status, texts(document)) == ("read", ["Line", "a b", "c d"])
    assert 1 <= only(document, "Line").level <= 9


@pytest.mark.parametrize("way", ["beside", "group", "shape"])
def test_running_texts_that_their_first_slide_does_not_show_are_told_with_the_next(way: str) -> None:
    def build(deck: Any) -> None:
        for number in range(4):
            slide = deck.slides.add_slide(deck.slide_layouts[6])
            box(slide.shapes, f"Words {number}", 100, 200)
            group = slide.shapes.add_group_shape()
            margin = box(group.shapes, "Members only", 100, 515, height=20)
            placed = slide.shapes.add_textbox(0, 0, 1000, 1000)
            placed.text_frame.text = "Footertext"
            marked = placed._element.nvSpPr.find(f"{{{P}}}nvPr")
            marked.append(element(f'<p:ph xmlns:p="{P}" type="ftr" idx="11"/>'))
            if number == 0:
                placed.left = -5000000 if way == "beside" else 0
                off = {"group": group._element.nvGrpSpPr, "shape": margin._element.nvSpPr}.get(way)
                if off is not None:
                    off.cNvPr.set("hidden", "1")

    document = as_read(build)
    running = [block for block in document.blocks if block.layer == "running"]
    assert {block.text: (block.count, block.location.number) for block in running} == {
        "Footertext": (3, 2) if way == "beside" else (4, 1), "Members only": (4, 1) if way == "beside" else (3, 2),
    }
    assert texts(document, "hidden") == ["Footertext" if way == "beside" else "Members only"]
