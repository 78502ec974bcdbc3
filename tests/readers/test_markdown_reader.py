from __future__ import annotations

from msgcheck.model import Document
from msgcheck.readers import ReadOptions, read

PAGE = """---
title: "Fronttitle"
description: >-
  Frontdescription goes
  on here
draft: true
---

# Heading *one* ![](x.png)

A paragraph with **bold**, [a link](http://x "Linktitle"), `inline code`
and a soft break.\\
Hard break &copy; <span>spanned</span><br>after

You get:

- Itemone
  - Subitem
- Itemtwo

  More of itemtwo

1. Numbered

| Plan | Price |
| --- | --- |
| Small | 10 |
| | 20 |

![Alttext](picture.png)

```python
Fencetext = 1
```

    Indentedcode

> Quotetext

<div class="x"><p>Markuptext</p><p hidden>Hiddenmarkup</p></div>

<!-- Commenttext -->

Said so.[^1]

Term
: Definition

[^1]: Footnotetext

[ref]: http://example.com "Reftitle"
"""

SPAN = "A paragraph with bold, a link, inline code and a soft break.\nHard break © spanned\nafter"


def as_read(text: str) -> Document:
    return read(text.encode(), "page.md", ReadOptions(recognise_language=False))


def test_every_container() -> None:
    found = [(block.text, block.kind, block.layer, block.location.number) for block in as_read(PAGE).blocks]
    assert found == [
        (PAGE.partition("---\n")[2].partition("\n---")[0], "paragraph", "code", 1),
        ("Fronttitle", "heading", "description", 2),
        ("Frontdescription goes on here", "paragraph", "description", 3),
        ("Heading one", "heading", "body", 9),
        (SPAN, "paragraph", "body", 11),
        ("Linktitle", "caption", "description", 11),
        ("You get:", "paragraph", "body", 15),
        ("Itemone", "list-item", "body", 17),
        ("Subitem", "list-item", "body", 18),
        ("Itemtwo", "list-item", "body", 19),
        ("More of itemtwo", "list-item", "body", 21),
        ("Numbered", "list-item", "body", 23),
        ("Plan Price", "table-row", "body", 25),
        ("Small 10", "table-row", "body", 27),
        ("20", "table-row", "body", 28),
        ("Alttext", "caption", "description", 30),
        ("Fencetext = 1", "paragraph", "code", 32),
        ("Indentedcode", "paragraph", "code", 36),
        ("Quotetext", "paragraph", "body", 38),
        ("Markuptext", "paragraph", "body", 40),
        ("Hiddenmarkup", "paragraph", "hidden", 40),
        ("Said so.", "paragraph", "body", 44),
        ("Term", "paragraph", "body", 46),
        ("Definition", "paragraph", "body", 47),
        ("Footnotetext", "note", "body", 49),
    ]


def test_context() -> None:
    blocks = {block.text: block for block in as_read(PAGE).blocks}
    assert blocks["Itemone"].lead_in == "You get:"
    assert blocks["Subitem"].lead_in == "Itemone"
    assert (blocks["Itemone"].level, blocks["Subitem"].level) == (1, 2)
    assert blocks["Quotetext"].heading == "Heading one"
    assert blocks["Small 10"].columns == ("Plan", "Price")
    assert blocks["20"].columns == ("Price",)
    assert blocks["Definition"].lead_in == "Term"
    assert blocks["Footnotetext"].location.label == "line 49, footnote 1"


def test_quotes_deeper_than_the_bound_are_named() -> None:
    found = as_read("Shallow\n\n" + "> " * 300 + "Deep")
    assert (found.status, [reason.code for reason in found.reasons]) == ("partly-read", ["too-deep"])


def test_other_encodings_are_guessed_and_named() -> None:
    text = "# Größe\n\nÜber die Straße führen fünf schöne Brücken, jede älter als die übrigen.\n"
    found = read(text.encode("cp1252"), "page.md", ReadOptions(recognise_language=False))
    assert found.blocks[0].text == "Größe"
    assert [reason.code for reason in found.reasons] == ["encoding-guessed"]


def test_raised_digits_are_no_part_of_a_figure() -> None:
    markup = b"Trusted by 40<sup>3</sup> firms, the 4<sup>th</sup> on 48 m<SUP>2</SUP>\n\n<p>in 2030<sup>2</sup></p>"
    document = read(markup, "x.md", ReadOptions(recognise_language=False))
    assert [block.text for block in document.blocks] == ["Trusted by 40³ firms, the 4th on 48 m²", "in 2030²"]
