"""A different word in every container of a web page: which a browser shows, as what, in which order."""

from __future__ import annotations

import pytest

from msgcheck.model import Block, Document
from msgcheck.readers import ReadOptions, read

OPTIONS = ReadOptions(recognise_language=False)


def as_read(markup: str | bytes) -> Document:
    data = markup.encode() if isinstance(markup, str) else markup
    return read(data, "page.html", OPTIONS)


def texts(markup: str | bytes, layer: str = "body") -> list[str]:
    return [block.text for block in as_read(markup).blocks if block.layer == layer]


def only(document: Document, text: str) -> Block:
    (found,) = [block for block in document.blocks if text in block.text]
    return found


def test_blocks_split_and_inline_elements_join() -> None:
    assert texts(
        "<h1>Head <em>line</em></h1><p>One <b>bold</b> and <a href=x>linked</a>\n   word.</p>"
        "<div>A<div>B</div>C</div>loose<p>First<br>second</p>H<sub>2</sub>O and co<wbr>op"
    ) == ["Head line", "One bold and linked word.", "A", "B", "C", "loose", "First\nsecond", "H2O and coop"]


@pytest.mark.parametrize(("markup", "text"), [
    ("Trusted by 40<sup>3</sup> firms", "Trusted by 40³ firms"),
    ("in 2030<sup><a href=#n>2</a></sup>.", "in 2030²."),
    ("<b>fewer leaks</b><sup> 12</sup>", "fewer leaks ¹²"),
    ("by 40%<sup>1,</sup><sup>2</sup>", "by 40%¹,²"),
    ("48 m<sup>2</sup>, 10<sup>6</sup>", "48 m², 10⁶"),
    ("the 4<sup>th</sup> of 40<sup>[3]</sup>", "the 4th of 40[3]"),
    ("<sup>1</sup>/<sub>2</sub> or 2 <sup>1</sup>/<sub>2</sub>", "1/2 or 2 1/2"),
    ("$9.<sup>99</sup> for 10<sup>-6</sup>", "$9.99 for 10-6"),
    ("<sup>3</sup> Of all firms", "3 Of all firms"),
    ("Trusted by 40<span style='vertical-align:super'>3</span> firms", "Trusted by 40³ firms"),
])
def test_raised_digits_are_no_part_of_a_figure(markup: str, text: str) -> None:
    assert texts(f"<p>{markup}</p>") == [text]
    assert texts(f"<table><tr><th>A<th>B<tr><td>{markup}<td>9</table>")[1] == f"{text} 9"


def test_kinds_levels_headings_and_lead_ins() -> None:
    document = as_read(
        "<h2>Heading</h2>\n<p>You get:</p>\n<ul><li>Item<ul><li>Subitem</li></ul></li></ul>"
        "<figure><img alt='Picturetext'><figcaption>Caption</figcaption></figure>"
        "<div role=heading aria-level=4>Role</div>"
        "<dl><dt>Term</dt><dd>Meaning</dd></dl>"
    )
    kinds = {block.text: (block.kind, block.level, block.lead_in) for block in document.blocks}
    assert kinds == {
        "Heading": ("heading", 2, ""), "You get:": ("paragraph", 0, ""), "Item": ("list-item", 1, "You get:"),
        "Subitem": ("list-item", 2, "Item"), "Caption": ("caption", 0, ""), "Picturetext": ("paragraph", 0, ""),
        "Role": ("heading", 4, ""), "Term": ("paragraph", 0, ""), "Meaning": ("paragraph", 0, "Term"),
    }
    assert only(document, "Meaning").heading == "Role"
    assert only(document, "You get").location.label == "line 2"
    assert (only(document, "Subitem").location.kind, only(document, "Subitem").location.number) == ("line", 3)


@pytest.mark.parametrize("hidden", [
    "<p style='display: none'>Secret</p>",
    "<p style='visibility:hidden'>Secret</p>",
    "<p hidden>Secret</p>",
    "<p aria-hidden=true>Secret</p>",
    "<template><p>Secret</p></template>",
    "<noscript><p>Secret</p></noscript>",
    "<dialog><p>Secret</p></dialog>",
    "<iframe>Secret</iframe>",
    "<style>.off{display:none}</style><div class='x off'><p>Secret</p></div>",
    "<style>#off{display:none !important}</style><p id=off style='display:block'>Secret</p>",
    "<style>div.off > p, .unused { color: red; display: none }</style><div class=off><p>Secret</p></div>",
    "<style>.menu .off p{display:none}</style><div class=menu><b><div class=off><i><p>Secret</p></i></div></b></div>",
    "<style>@media screen { .off{display:none} }</style><p class=off>Secret</p>",
    "<style>.off{display:none} .off.on{display:block}</style><p class=off>Secret</p>",
])
def test_what_a_browser_does_not_show_is_hidden(hidden: str) -> None:
    markup = f"<p>Shown</p>{hidden}<p>Shown too</p>"
    assert texts(markup) == ["Shown", "Shown too"]
    assert texts(markup, "hidden") == ["Secret"]


@pytest.mark.parametrize("shown", [
    "<style>.off{display:none}</style><p class=offside>Visible</p>",
    "<style>.off{display:none} .off.on{display:block}</style><p class='off on'>Visible</p>",
    "<style>@media print {.off{display:none}} @media (width > 9px) {p{display:none}}</style><p class=off>Visible</p>",
    "<style>.off:hover{display:none} .off:not(.a){display:none}</style><p class=off>Visible</p>",
    "<style>.a > .off{display:none}</style><div class=a><div><p class=off>Visible</p></div></div>",
    "<style>/* .off{display:none} */ @font-face{font-family:x}</style><p class=off>Visible</p>",
    "<style media=print>.off{display:none}</style><p class=off>Visible</p>",
    "<p style='opacity:0'>Visible</p>",
    "<details><summary>Visible</summary></details>",
    "<dialog open>Visible</dialog>",
])
def test_what_a_browser_shows_is_body(shown: str) -> None:
    assert texts(shown) == ["Visible"]


def test_script_style_and_comments_are_not_read_at_all() -> None:
    document = as_read(
        "<head><style>p::after{content:'Styletext'}</style></head><body><script>var a='Scripttext'</script>"
        "<!-- Commenttext --><p>Shown</p><script type='application/ld+json'>{\"name\":\"Jsontext\"}</script></body>"
    )
    assert [block.text for block in document.blocks] == ["Shown"]


def test_a_style_sheet_for_browsers_without_scripts_does_not_count() -> None:
    assert texts("<noscript><style>p{display:none}</style></noscript><p>Shown</p>") == ["Shown"]


def test_hidden_words_do_not_cut_their_sentence() -> None:
    markup = "<p>Before <span hidden>secret</span>and after.</p>"
    assert texts(markup) == ["Before and after."]
    assert texts(markup, "hidden") == ["secret"]


def test_navigation_and_footer_are_running_the_rest_is_body() -> None:
    markup = (
        "<header><nav><ul><li><a href=/>Home</a></li><li><a href=/x>Products</a></li></ul></nav>"
        "<a href=/>Brandname</a><h1>Hero <a href=/y>headline</a></h1><p>Herotext</p></header>"
        "<div class='breadcrumb'><a>Crumb</a></div><main><article><header><p>Articlehead</p></header>"
        "<p>Articletext</p><footer><p>Articlefoot</p></footer></article></main>"
        "<footer><p>© 2031 Someone</p><a href=/i>Imprint</a></footer>"
    )
    assert texts(markup, "running") == ["Home", "Products", "Brandname", "Crumb", "© 2031 Someone", "Imprint"]
    assert texts(markup) == ["Hero headline", "Herotext", "Articlehead", "Articletext", "Articlefoot"]


def test_menus_that_stand_twice_are_read_once_and_counted() -> None:
    menu = "<nav><a>Home</a><a>Prices</a></nav>"
    found = as_read(f"{menu}<p>Prices</p>{menu}<footer><a>Prices</a></footer>").blocks
    assert [(block.text, block.layer, block.count) for block in found] == [
        ("Home", "running", 2), ("Prices", "running", 3), ("Prices", "body", 1),
    ]


def test_links_on_their_own_come_one_by_one_links_in_text_do_not() -> None:
    assert texts(
        "<nav><a>One</a> <a>Two</a></nav><div><a>Three</a> | <a>Four</a></div><p>See <a>five</a> or <a>six</a>.</p>"
        "<p><a>Seven</a></p><button>Eight</button><button>Nine</button>"
    ) == ["Three", "Four", "See five or six.", "Seven", "Eight", "Nine"]


def test_descriptions() -> None:
    markup = (
        "<head><title>Pagetitle</title><meta name=description content='Metatext'>"
        "<meta property='og:title' content='Ogtitle'><meta name=generator content='Generatortext'></head>"
        "<img alt='Alttext' src=x><p><a aria-label='Labeltext'>Link</a></p><input placeholder='Placeholdertext'>"
        "<span title='Titletext'>Span</span>"
        "<svg><title>Svgtitle</title><text>Svgtext</text></svg>"
        "<style>.sr-only{position:absolute;clip:rect(0,0,0,0)}</style><span class=sr-only>Readertext</span>"
    )
    assert sorted(texts(markup, "description")) == sorted([
        "Pagetitle", "Metatext", "Ogtitle", "Alttext", "Labeltext", "Placeholdertext", "Titletext", "Svgtitle",
        "Readertext",
    ])
    assert texts(markup) == ["Link", "Span", "Svgtext"]
    assert not any("Generatortext" in block.text for block in as_read(markup).blocks)


def test_forms() -> None:
    assert texts(
        "<form><fieldset><legend>Legend</legend><label>Yourname <input></label>"
        "<select><option>Optionone</option></select><input type=submit value='Sendnow'>"
        "<input type=hidden value='Hiddenvalue'><input type=checkbox value=on>"
        "<textarea>Areatext</textarea></fieldset></form>"
    ) == ["Legend", "Yourname", "Optionone", "Sendnow", "Areatext"]


def test_code_keeps_its_lines_and_its_layer() -> None:
    markup = "<p>Type <code>inline</code> now</p><pre>line one\n  line two</pre>"
    assert texts(markup) == ["Type inline now"]
    assert texts(markup, "code") == ["line one\n  line two"]


def test_tables_are_rows_with_headings_and_spans() -> None:
    document = as_read(
        "<table><caption>Tablecaption</caption><tr><th>Plan</th><th colspan=2>Price</th></tr>"
        "<tr><td rowspan=2>Small</td><td>10</td><td>net</td></tr><tr><td>12</td><td>gross</td></tr></table>"
    )
    rows = [block for block in document.blocks if block.kind == "table-row"]
    assert [row.text for row in rows] == ["Plan Price", "Small 10 net", "12 gross"]
    assert [row.columns for row in rows] == [(), ("Plan", "Price", "Price"), ("Price", "Price")]
    assert only(document, "Tablecaption").kind == "caption"


def test_tables_that_only_place_things_are_read_cell_by_cell() -> None:
    long = "This sentence has more words than any cell of a table of figures would ever have."
    cells = f"<td><h2>Head</h2><p>{long}</p></td><td><p>Right</p></td>"
    assert texts(f"<table><tr>{cells}</tr></table>") == ["Head", long, "Right"]
    assert texts("<table role=presentation><tr><td>One</td><td>Two</td></tr></table>") == ["One", "Two"]
    assert texts("<table><tr><td><table><tr><td>In</td><td>ner</td></tr></table></td><td>Out</td></tr></table>") == [
        "In ner", "Out",
    ]


@pytest.mark.parametrize("row", [
    "<tr hidden>{}</tr>", "<tr aria-hidden=true>{}</tr>", "<tr style='visibility:hidden'>{}</tr>",
    "<tr style='display:none'>{}</tr>", "<tr class=off>{}</tr>", "<tbody hidden><tr>{}</tr></tbody>",
    "<tbody class=off><tr>{}</tr></tbody>",
])
def test_rows_that_a_browser_does_not_show_are_hidden(row: str) -> None:
    secret = row.format("<td>Secret<td><img alt=Unseen>9")
    document = as_read(
        f"<style>.off {{visibility: collapse}}</style><table><tr><th>A<th>B<tr><td>1<td>2{secret}<tr><td>3<td>4</table>"
    )
    assert [(block.text, block.layer) for block in document.blocks] == [
        ("A B", "body"), ("1 2", "body"), ("Secret", "hidden"), ("9", "hidden"), ("3 4", "body"),
    ]
    assert only(document, "3 4").columns == ("A", "B")


def test_descriptions_in_tables_that_only_place_things_are_told_once() -> None:
    markup = "<img alt=Logo><table><tr><td><img alt='Saves 40%'><img alt=Logo></td></tr><tr><td>Words</td></tr></table>"
    assert texts(markup, "description") == ["Logo", "Saves 40%"]
    assert texts(markup) == ["Words"]


def test_children_of_flex_boxes_stand_apart() -> None:
    flexed = "<style>.row{display:flex}</style><div class=row><span>Fast</span><span>safe</span></div>"
    assert texts(flexed) == ["Fast", "safe"]
    assert texts("<div><span>Fast</span> <span>safe</span></div>") == ["Fast safe"]


def test_links_of_a_header_are_its_menu_even_if_flexed() -> None:
    markup = "<header><div style='display:flex'><a>Home</a><a>Prices</a></div><h1>Hero</h1></header><p>Words</p>"
    assert texts(markup, "running") == ["Home", "Prices"]
    assert texts(markup) == ["Hero", "Words"]


def test_lines_of_a_drawn_picture_stand_apart() -> None:
    drawn = "Four <tspan>in</tspan>\n five<tspan x=1 dy=9>firms <tspan>st</tspan>ay</tspan>"
    assert texts(f"<svg><text x=1>{drawn}</text></svg>") == ["Four in five firms stay"]


def test_pictures_are_counted_wherever_they_stand() -> None:
    data = "<table><tr><th>A<th>B<tr><td>Alpha<td><img src=x><tr><td>Beta<td><img src=y></table>"
    placing = "<table><tr><td><img src=x><p>Words</p><p>More words</p></td></tr></table>"
    for markup, count in ((data, 2), (placing, 1)):
        assert as_read(markup).gaps == (("picture", count),)


def test_boxes_of_a_figure_and_its_words_are_one() -> None:
    document = as_read(
        "<h2>In figures</h2><div><div><h3>34%</h3><p>less diesel</p></div><div><p>12 km</p><p>of cable</p></div>"
        "<div><p>2019</p><p>was the first year</p></div><div><p>5</p><p>6</p></div></div><p>After</p>"
    )
    assert [block.text for block in document.blocks] == [
        "In figures", "34%\nless diesel", "12 km\nof cable", "2019", "was the first year", "5", "6", "After",
    ]
    assert {block.heading for block in document.blocks} == {"", "In figures"}


@pytest.mark.parametrize(("data", "reasons"), [
    ("<p>Größe ©</p>".encode(), 0),
    ("<p>Größe ©</p>".encode("utf-8-sig"), 0),
    ("<p>Größe ©</p>".encode("utf-16"), 0),
    ("<meta charset=iso-8859-1><p>Größe ©</p>".encode("latin-1"), 0),
    ("<meta http-equiv=Content-Type content='text/html; charset=windows-1252'><p>Größe ©</p>".encode("cp1252"), 0),
    ("<p>Größe ©</p><p>Über die Straße führen fünf schöne Brücken, jede älter als die übrigen.".encode("cp1252"), 1),
])
def test_encodings(data: bytes, reasons: int) -> None:
    document = as_read(data)
    assert document.blocks[0].text == "Größe ©"
    assert [reason.code for reason in document.reasons] == ["encoding-guessed"] * reasons


def test_deep_nesting_is_named() -> None:
    document = as_read("<p>Shallow</p>" + "<div>" * 5000 + "Deep")
    assert (document.status, document.blocks[0].text) == ("partly-read", "Shallow")
    assert [reason.code for reason in document.reasons] == ["too-deep"]


def test_lines_are_those_of_the_source() -> None:
    document = as_read("<html>\n<body>\n<p>\n  Third\n</p>\n<p>x</p>\n\n<div\n class=a>Ninth</div>")
    assert only(document, "Third").location.number == 4
    assert only(document, "Ninth").location.number in (8, 9)
    document = as_read("<body>\n<script>\nvar a\n</script>\nFifth\n<p>Sixth</p>")
    assert [block.location.number for block in document.blocks] == [5, 6]


def test_tables_in_tables_are_read_once_however_deep() -> None:
    document = as_read("<table><tr><td>" * 70 + "Innermost" + "</td></tr></table>" * 70)
    assert [block.text for block in document.blocks] == ["Innermost"]


def test_empty_pages_are_unread() -> None:
    for markup in ("<html></html>", "   ", "<img alt='Only a description'>"):
        assert [reason.code for reason in as_read(markup).reasons] == ["no-text"]


@pytest.mark.parametrize("number", ["9" * 5000, "²", "-3", "", "x"])
def test_strange_numbers_leave_the_page_read(number: str) -> None:
    document = as_read(
        f"<div role=heading aria-level='{number}'>Head</div>"
        f"<table><tr><th>A<th>B<tr><td colspan='{number}'>1<td rowspan='{number}'>2</table>"
    )
    assert [block.text for block in document.blocks] == ["Head", "A B", "1 2"]
    assert 1 <= only(document, "Head").level <= 9


def test_hostile_style_sheet_ends() -> None:
    css = "".join(f"{'div ' * 30}p.c{n}{{display:none}}" for n in range(3000))
    markup = f"<style>{css}</style>" + "<div>" * 100 + "".join(f"<p class=c{n}>x</p>" for n in range(200))
    assert as_read(markup).status == "read"
