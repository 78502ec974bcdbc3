"""The colours and fonts that readers find: what shows is there as it shows, and what does not show is not."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from made_pdfs import HEIGHT, PLAIN, made
from office_files import presentation

from msgcheck.model import Document, Look
from msgcheck.readers import read
from msgcheck.readers.html_looks import css_color
from msgcheck.readers.office_colors import darkened, lightened, transformed
from msgcheck.readers.pdf_looks import prints_inks
from msgcheck.serial import dump, load

A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def colors(document: Document, role: str) -> dict[str, str]:
    return {look.value: look.text for look in document.looks if look.kind == "color" and look.role == role}


def fonts(document: Document) -> dict[str, str]:
    return {look.value: look.text for look in document.looks if look.kind == "font"}


def the(document: Document, value: str) -> Look:
    (look,) = [look for look in document.looks if look.value == value]
    return look


def nearly(one: str, two: str) -> bool:
    """Whether two colours differ by no more than rounding."""
    return all(abs(a - b) <= 2 for a, b in zip(bytes.fromhex(one[1:]), bytes.fromhex(two[1:]), strict=True))


# -- DrawingML --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("color", "transforms", "shown"), [
    # the lighter and darker variants that Office's own palette shows of its theme
    ("#4472C4", {"lumMod": 75000}, "#2F5597"),
    ("#4472C4", {"lumMod": 40000, "lumOff": 60000}, "#B4C7E7"),
    ("#44546A", {"lumMod": 20000, "lumOff": 80000}, "#D6DCE5"),
    ("#FFFFFF", {"lumMod": 50000}, "#7F7F7F"),
    ("#4F81BD", {"shade": 95000, "satMod": 105000}, "#4A7EBB"),      # the line of a stock shape of Office 2007
    ("#4F81BD", {"shade": 50000}, "#385D8A"),                        # the outline of one
    ("#4F81BD", {"tint": 20000}, "#E9EDF4"),                         # the light stripe of its tables
    ("#4F81BD", {"alpha": 100000}, "#4F81BD"),
    ("#4F81BD", {"alpha": 40000}, None),
    ("#4F81BD", {"hueOff": 100000}, None),
])
def test_transforms_of_theme_colours(color: str, transforms: dict[str, int], shown: str | None) -> None:
    from lxml import etree

    element = etree.Element(f"{{{A}}}schemeClr")
    for name, value in transforms.items():
        etree.SubElement(element, f"{{{A}}}{name}", val=str(value))
    found = transformed(color, element)
    assert found == shown or (found is not None and shown is not None and nearly(found, shown)), found


def test_tints_and_shades_of_word() -> None:
    """As Word writes the resolved colour beside the theme's name in its files."""
    assert nearly(darkened("#4F81BD", 0xBF / 255), "#365F91")
    assert nearly(lightened("#4472C4", 0x66 / 255), "#B4C6E7")


# -- slides -----------------------------------------------------------------------------------------------------------


def _slides(deck: Any) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.dml import MSO_THEME_COLOR
    from pptx.util import Pt

    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Themed title"
    box = slide.shapes.add_textbox(Pt(50), Pt(200), Pt(300), Pt(40))
    run = box.text_frame.paragraphs[0].add_run()
    run.text, run.font.name = "Chosen letters", "Gill Sans"
    run.font.color.rgb = RGBColor(0x12, 0x34, 0x56)
    shade = box.text_frame.add_paragraph().add_run()
    shade.text = "Accented letters"
    shade.font.color.theme_color, shade.font.color.brightness = MSO_THEME_COLOR.ACCENT_1, -0.25
    link = box.text_frame.add_paragraph().add_run()
    link.text, link.hyperlink.address = "Linked letters", "https://larkfield.example"
    empty = box.text_frame.add_paragraph().add_run()
    empty.text, empty.font.name = "  ", "Comic Sans MS"
    filled = slide.shapes.add_shape(1, Pt(50), Pt(300), Pt(200), Pt(80))
    filled.fill.solid()
    filled.fill.fore_color.rgb = RGBColor(0xAB, 0xCD, 0x00)
    filled.line.color.rgb = RGBColor(0x00, 0x99, 0x33)
    filled.text_frame.text = "On the area"
    beside = slide.shapes.add_shape(1, Pt(-400), Pt(300), Pt(200), Pt(80))
    beside.fill.solid()
    beside.fill.fore_color.rgb = RGBColor(0xFE, 0x00, 0x01)
    table = slide.shapes.add_table(1, 2, Pt(400), Pt(300), Pt(200), Pt(40)).table
    table.cell(0, 0).text = "In a cell"
    table.cell(0, 0).fill.solid()
    table.cell(0, 0).fill.fore_color.rgb = RGBColor(0x77, 0x00, 0x77)
    hidden = deck.slides.add_slide(deck.slide_layouts[6])
    hidden._element.set("show", "0")
    secret = hidden.shapes.add_textbox(0, 0, Pt(300), Pt(40)).text_frame.paragraphs[0].add_run()
    secret.text, secret.font.name = "Never shown", "Papyrus"
    second = deck.slides.add_slide(deck.slide_layouts[6])
    second.background.fill.solid()
    second.background.fill.fore_color.rgb = RGBColor(0x01, 0x40, 0x80)
    again = second.shapes.add_textbox(0, 0, Pt(300), Pt(40)).text_frame.paragraphs[0].add_run()
    again.text, again.font.name = "Letters again", "Gill Sans"


@pytest.fixture(scope="module")
def deck() -> Document:
    return read(presentation(_slides), "deck.pptx", PLAIN)


def test_text_of_slides(deck: Document) -> None:
    found = colors(deck, "text")
    assert found["#123456"] == "Chosen letters"
    assert found["#376092"] == "Accented letters"                    # 4F81BD, a quarter darker
    assert found["#000000"] == "Themed title"                        # tx1 through the master's colour map
    assert found["#FFFFFF"] == "On the area"                         # the shape's style: lt1
    assert "#0000FF" not in found                                    # the theme's link colour
    assert fonts(deck) == {"Calibri": "Themed title", "Gill Sans": "Chosen letters"}
    look = the(deck, "Gill Sans")
    assert (look.location.label, look.count) == ("slide 1", 2)
    assert [(place.label, text) for place, text in look.more] == [("slide 3", "Letters again")]


def test_areas_and_lines_of_slides(deck: Document) -> None:
    assert colors(deck, "fill") == {
        "#FFFFFF": "", "#ABCD00": "On the area", "#770077": "In a cell", "#014080": "",
    }
    assert colors(deck, "line") == {"#009933": "On the area"}


def test_a_masters_shapes_count_once_and_its_prompts_do_not() -> None:
    from pptx.dml.color import RGBColor
    from pptx.util import Pt

    def build(deck: Any) -> None:
        strip = deck.slide_master.shapes._spTree
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        shape = slide.shapes.add_shape(1, 0, 0, Pt(960), Pt(20))
        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor(0x66, 0x33, 0x99)
        shape.line.fill.background()
        strip.append(shape._element)
        for number in range(3):
            new = deck.slides.add_slide(deck.slide_layouts[6])
            new.shapes.add_textbox(0, Pt(100), Pt(300), Pt(40)).text_frame.text = f"Slide {number}"

    document = read(presentation(build), "deck.pptx", PLAIN)
    look = the(document, "#663399")
    assert (look.role, look.count, look.location.label) == ("fill", 1, "slide 1")
    assert set(fonts(document).values()) == {"Slide 0"}


# -- Word -------------------------------------------------------------------------------------------------------------


def _word() -> bytes:
    import docx
    from docx.enum.dml import MSO_THEME_COLOR
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    file = docx.Document()
    file.add_heading("A heading in the style's own", 1)
    paragraph = file.add_paragraph("Plain words, then ")
    run = paragraph.add_run("chosen words")
    run.font.name, run.font.color.rgb = "Gill Sans", RGBColor(0x12, 0x34, 0x56)
    themed = paragraph.add_run(" and themed words")
    themed.font.color.theme_color = MSO_THEME_COLOR.ACCENT_2
    unseen = paragraph.add_run("vanished words")
    unseen.font.hidden, unseen.font.name = True, "Papyrus"
    paragraph.add_run("   ").font.name = "Comic Sans MS"
    deleted = OxmlElement("w:del")
    gone = paragraph.add_run("deleted words")
    gone.font.name = "Impact"
    deleted.append(gone._r)
    paragraph._p.append(deleted)
    cell = file.add_table(1, 1).cell(0, 0)
    cell.text = "Shaded cell"
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), "ABCD00")
    cell._tc.get_or_add_tcPr().append(shading)
    header = file.sections[0].header.paragraphs[0].add_run("Running words")
    header.font.color.rgb = RGBColor(0x00, 0x99, 0x33)
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def test_runs_styles_theme_and_shading_of_word() -> None:
    document = read(_word(), "letter.docx", PLAIN)
    assert colors(document, "text") == {
        "#365F91": "A heading in the style's own",                   # accent1 with a shade of BF, by the style
        "#123456": "chosen words", "#C0504D": "and themed words", "#009933": "Running words",
    }
    assert colors(document, "fill") == {"#ABCD00": "Shaded cell"}
    assert fonts(document) == {"Calibri": "A heading in the style's own", "Cambria": "Plain words, then",
                               "Gill Sans": "chosen words"}
    assert the(document, "#123456").location.label == "paragraph 2"
    assert the(document, "#ABCD00").location.label == "table 1, row 1"


# -- PDF --------------------------------------------------------------------------------------------------------------


def _sheet(canvas: Any) -> None:
    canvas.setFillColorRGB(0x12 / 255, 0x34 / 255, 0x56 / 255)
    canvas.rect(0, 0, 595, 60, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 0, 0)
    canvas.rect(300, 300, 20, 20, stroke=0, fill=1)                  # a small part of a drawing
    canvas.setFillAlpha(0.3)
    canvas.rect(100, 400, 200, 200, stroke=0, fill=1)
    canvas.setFillAlpha(1)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 30, "White on the band")
    canvas.setFillColorRGB(0, 0.6, 0.2)
    canvas.setFont("Times-Bold", 14)
    canvas.drawString(72, HEIGHT - 100, "Green words stand here in one long line")
    text = canvas.beginText(72, HEIGHT - 200)
    text.setFont("Courier", 10)
    text.setTextRenderMode(3)
    text.textOut("Invisible words")
    canvas.drawText(text)


def test_words_and_areas_of_pdf() -> None:
    document = read(made(_sheet, _sheet), "sheet.pdf", PLAIN)
    assert colors(document, "text") == {"#FFFFFF": "White on the band", "#009933": "Green words stand here in one"}
    assert colors(document, "fill") == {"#123456": "White on the band"}
    assert fonts(document) == {"Helvetica": "White on the band", "Times-Bold": "Green words stand here in one"}
    look = the(document, "#123456")
    assert look.location.boxes == ((0.0, round(HEIGHT - 60, 2), 595.0, round(HEIGHT, 2)),)
    assert [place.label for place, _ in look.more] == ["page 2"]


def test_pdf_in_inks_tells_fonts_alone() -> None:
    def inked(canvas: Any) -> None:
        canvas.setFillColorCMYK(0, 0.5, 0.9, 0)
        canvas.rect(0, 0, 595, 60, stroke=0, fill=1)
        canvas.drawString(72, 300, "Printed in inks")

    data = made(inked)
    assert prints_inks(data) and not prints_inks(made(_sheet))
    assert {look.kind for look in read(data, "inks.pdf", PLAIN).looks} == {"font"}


# -- web pages --------------------------------------------------------------------------------------------------------

PAGE = b"""<html><head><style>
:root { --leaf: #0a5c36; }
@font-face { font-family: "Never Used"; src: url(x.ttf); }
body { font: 16px/1.5 "Source Sans 3", Arial, sans-serif; color: #123456; background: #fff url("a#bbccdd.png"); }
h1 { color: var(--leaf); font-family: Georgia, serif !important; }
.card { background-color: rgb(171 205 0); border-left: 4px solid tomato; }
.card p { color: rgba(255, 0, 0, .4); }
a:hover { color: #00ffff; }
.none { display: none; color: #ff00ff; }
.unused { color: #abcdef; font-family: Papyrus; }
@media print { body { color: #998877; } }
@media (max-width: 600px) { body { color: #887766; } }
</style></head><body>
<h1>Bread for every table</h1>
<p>Baked <b style="color: hsl(120, 100%, 25%); font-family: 'Comic Neue'">by hand</b> at night.</p>
<div class="card"><p>Sheer words</p>in a card</div>
<p class="none">Never seen</p>
<pre style="font-family: Courier; color: #aa5500">code is read by nobody</pre>
<p style="font-family: system-ui, sans-serif">As the system has it</p>
</body></html>"""


def test_style_sheets_of_pages() -> None:
    document = read(PAGE, "page.html", PLAIN)
    assert colors(document, "text") == {
        "#0A5C36": "Bread for every table", "#123456": "Baked", "#008000": "by hand",
    }
    assert colors(document, "fill") == {"#FFFFFF": "Bread for every table", "#ABCD00": "Sheer words"}
    assert colors(document, "line") == {"#FF6347": "Sheer words"}
    assert fonts(document) == {"Georgia": "Bread for every table", "Source Sans 3": "Baked", "Comic Neue": "by hand"}
    assert the(document, "Comic Neue").location.label == "line 15"


@pytest.mark.parametrize(("value", "color"), [
    ("#ABC", "#AABBCC"), ("#aabbccff", "#AABBCC"), ("#aabbcc80", None), ("rgb(1, 2, 3)", "#010203"),
    ("rgb(100% 0% 0% / 1)", "#FF0000"), ("hsl(240deg 100% 50%)", "#0000FF"), ("rebeccapurple", "#663399"),
    ("rgb(nan, 0, 0)", None), ("rgb(1e999, 0, 0)", None), ("hsl(inf 1% 1%)", None),
    ("transparent", None), ("currentColor", None), ("rgb(var(--x))", None), ("#12", None), ("", None),
])
def test_colours_of_css(value: str, color: str | None) -> None:
    assert css_color(value) == color


@pytest.mark.parametrize("css", [
    "p { color: " + "var(--a)" * 400_000 + " }", "p { " + "a:(" * 400_000, "p { font: " + "a" * 900_000 + " }",
    ":root { --a: " + "var(--b) " * 100 + "; --b: " + "var(--a) " * 100 + " } p { color: var(--a) }",
    ":root { " + "-" * 900_000 + " }", "p { background: " + "url(" * 200_000 + " }", "p { color: rgb(nan,nan,nan) }",
])
def test_a_page_that_would_hold_a_reader_up_is_read(css: str) -> None:
    words = "<p>Words <b style='font-family: Lato'>here</b></p>"
    page = f"<html><head><style>{css}</style></head><body>{words}</body></html>"
    document = read(page.encode(), "page.html", PLAIN)
    assert document.status == "read" and fonts(document)["Lato"] == "here"


# -- all of them ------------------------------------------------------------------------------------------------------


def test_looks_stay_small_and_come_back_as_they_were() -> None:
    lines = "".join(f'<p style="color: #{number:06x}; font-family: Face{number % 9}">Word</p>' for number in range(900))
    document = read(f"<html><body>{lines}</body></html>".encode(), "many.html", PLAIN)
    assert len(document.looks) <= 300
    assert all(len(look.more) <= 8 for look in document.looks)
    assert load(Document, dump(document)) == document
    assert len(json.dumps([look.text for look in document.looks])) < 10_000
