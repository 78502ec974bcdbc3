"""What the case files of the rules of looks cannot say: places, offsets, related places, fingerprints, families."""

from __future__ import annotations

import datetime

import pytest

from msgcheck.checks.finish import finish
from msgcheck.checks.fonts import family_of, is_of, is_typeface
from msgcheck.checks.looks import MOST_COLORS, check_looks
from msgcheck.checks.view import View
from msgcheck.guide.brand import read_brand
from msgcheck.guide.model import Guide
from msgcheck.model import Block, Document, Finding, Location, Look, Role
from msgcheck.normalise import normalise

BRAND = read_brand(b"color: {palette: {leaf: '#0a5c36'}}\ntypography: {base: Source Sans 3}\n", "_brand.yml")
GUIDE = Guide(facts=({"statement": "Founded in Sligo in 1974."},), brand=BRAND)  # type: ignore[arg-type]  # pydantic's


def place(number: int) -> Location:
    return Location("slide", number, f"slide {number}")


def found(*looks: Look, texts: tuple[str, ...] = ("Bread for every table", "Ovens and bread")) -> list[Finding]:
    blocks = tuple(
        Block(text, normalise(text).text, "paragraph", "body", place(number)) for number, text in enumerate(texts, 1)
    )
    document = Document("kit/deck.pptx", "pptx", "0" * 64, "read", (), blocks, looks=looks)
    view = View(document, Role(), (), GUIDE, datetime.date(2026, 11, 21))
    return list(finish(check_looks(view), GUIDE))


def test_the_words_are_those_of_the_place() -> None:
    (finding,) = found(Look("color", "#FF0000", "text", place(2), "bread"))
    assert (finding.block, finding.text, finding.start, finding.end) == ("Ovens and bread", "bread", 10, 15)
    assert finding.location == place(2) and finding.order == 1 and finding.severity == "warning"


def test_words_that_no_block_has_are_not_quoted() -> None:
    (finding,) = found(Look("color", "#FF0000", "fill", place(2), "Cake"))
    assert finding.text is finding.block is finding.start is None
    assert finding.location == place(2)


def test_the_other_places_stand_in_related() -> None:
    looks = (
        Look("color", "#FF0000", "fill", place(1), "", 3, ((place(2), ""),)),
        Look("color", "#FF0000", "text", place(1), "Bread", 2, ((place(2), "bread"),)),
    )
    (finding,) = found(*looks)
    assert finding.message.startswith("Area and text in #FF0000") and finding.text == "Bread"
    assert [(one.location.number, one.text) for one in finding.related] == [(1, ""), (2, ""), (2, "bread")]
    assert "5 times" in finding.why[1]


def test_two_colours_are_two_findings_whatever_stands_before() -> None:
    red, blue = Look("color", "#FF0000", "fill", place(1)), Look("color", "#0000FF", "fill", place(2))
    prints = {one.fingerprint for one in found(red, blue)}
    assert len(prints) == 2
    assert {one.fingerprint for one in found(blue)} < prints       # one that is gone does not lend its print to another
    assert {one.fingerprint for one in found(red, texts=("Other words",))} < prints


def test_a_foreign_template_does_not_drown_the_report() -> None:
    colors = [f"#FF{number:02X}00" for number in range(0, 240, 12)]
    looks = [Look("color", color, "fill", place(1), "", 30 - at) for at, color in enumerate(colors)]
    *own, rest = found(*looks)
    assert [one.message.split()[2].strip(",") for one in own] == colors[:MOST_COLORS]
    assert rest.message == f"12 more colours are not in the palette: {', '.join(colors[MOST_COLORS:])}."
    assert (rest.rule, rest.suggestion) == ("brand-color", None)
    assert len(found(*looks[: MOST_COLORS + 1])) == MOST_COLORS + 1      # one alone is told as itself


@pytest.mark.parametrize(("name", "family"), [
    ("ABCDEF+ClearSans-BoldItalic", "ClearSans"), ("Arial,Bold", "Arial"), ("ArialMT", "Arial"),
    ("TimesNewRomanPS-BoldMT", "TimesNewRoman"), ("Times New Roman", "Times New Roman"), ("Calibri Light", "Calibri"),
    ("Roboto Slab", "Roboto Slab"), ("OpenSans-Regular", "OpenSans"), ("Gill Sans MT", "Gill Sans"),
    ("Book Antiqua", "Book Antiqua"), ("Black Ops One", "Black Ops One"), ("맑은 고딕", "맑은 고딕"),
])
def test_the_family_of_a_font(name: str, family: str) -> None:
    assert family_of(name) == family


@pytest.mark.parametrize(("name", "family", "same"), [
    ("Inter-SemiBold", "Inter", True), ("Inter Tight", "Inter", False), ("Interstate-Bold", "Inter", False),
    ("Roboto-Medium", "Roboto", True), ("RobotoSlab-Bold", "Roboto", False), ("RobotoMono-Regular", "Roboto", False),
    ("RobotoCondensed-Bold", "Roboto", True), ("Museo Sans 500", "Museo Sans", True), ("Arial Narrow", "Arial", False),
    ("Arial Rounded MT Bold", "Arial", False), ("HELVETICA", "Helvetica", True), ("Helvetica Neue", "Helvetica", False),
])
def test_whether_a_font_is_of_a_family(name: str, family: str, same: bool) -> None:
    assert is_of(name, family) is same


@pytest.mark.parametrize("name", ["Wingdings", "SymbolMT", "Segoe UI Emoji", "FontAwesome", "T3_1", "F12", ""])
def test_fonts_of_signs_are_no_typefaces(name: str) -> None:
    assert not is_typeface(name)
    assert is_typeface("Futura") and is_typeface("TT Norms") and is_typeface("Cidade")
