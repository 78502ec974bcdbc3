"""Messaging documents of several styles, written in code: an invented maker of pumps."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

BULLETS = """\
# Halden Pumps messaging guide

Version 3. Use these messages in all collateral.

## Value propositions

### Pillar 1: Quiet

- Surge runs so quietly that you can talk beside it.
- Low noise: Drip never exceeds 38 dB(A). (Source: Acoustic report AR-12)

Proof points:

- 94% of plumbers recommend Surge (Source: Survey 2025, valid until 2027-01-31)
- Ten years of service life

### Pillar 2: Easy to own

Message: Surge is installed in one morning.
Variants: "One morning to install Surge."
Audience: plumbers and facility managers

A Drip pump needs no service for two years.

Use this sentence word for word.

## Taglines

- Main: "Water moves."

## Terminology

- Say "pump set", never "pumpset" or "pump-set".
- log in → sign in

## Words to avoid

- cheap
- world-class, because everybody says so

## What we never say

- Surge makes no sound.
- "You will never need another pump", because pumps wear out.
- guaranteed

## Retired messages

- "Water for all." Now: "Surge is installed in one morning."

## Audiences

- Plumbers: they install our pumps
- Facility managers

## Boilerplate

Copyright: © 2026 Halden Pumps Ltd. All rights reserved.

## Glossary

- Pump set: A pump with its motor and frame.

## Competitors

We do not name Dripco or Flowmax. Aquor may be named in tenders.

## Quick facts

- Founded in Aalborg in 1990.

## Brand story

Long ago a man called Halden dug a well and could not lift the water.
"""

PROSE = """\
<html><body><main><h1>How we talk about Halden</h1>
<p>Our tagline is “Water moves.” and it closes every advertisement.</p>
<h2>What we promise</h2>
<p>We tell every customer that “Surge is installed in one morning.” Sales may shorten it to “One morning to install
Surge.” when space is short.</p>
<p>Nobody may claim that “Surge makes no sound.” because it does.</p>
<h2>How we write</h2>
<p>Write “pump set”, never “pumpset”. The product is Surge®, not “SURGE” or “Surge Pump”.</p>
<p>Until 2024 we used to say “Water for all.” and that line is retired.</p>
<p>We like short sentences and plain words in everything that we write.</p>
</main></body></html>
"""

CLAIMS_CSV = """\
Claim register;;;;;
ID;Claim;Evidence;Owner;Valid until;Status
life;Ten years of service life;Field report 7;Marketing;31.01.2027;ok
noise;Drip never exceeds 38 dB(A);;Labs;2027-03-01;open
flow;Surge moves 40 litres a minute;Bench test 4;Labs;03/04/2027;ok
"""


SYNONYMS = """\
# Halden voice and message guide

## Key messages

These carry everything that we say.

| Theme | Key message | Other approved wordings | Where used | Who for | Approver |
|---|---|---|---|---|---|
| Quiet | Surge hums at night. | "Surge hums." / "A hum, no more." | deck, brochures | Plumbers | Jo Baker |
| | Drip drips no more. | | all | | |

## Proof points

| Proof point | Evidence | Expiry date | Required note |
|---|---|---|---|
| 94% of plumbers recommend Surge. | Survey 2025 | 31 Dec 2027 | Survey note |

## Say this, not that

| Say | Don't say | Unless | Must or should | Why |
|---|---|---|---|---|
| pump set / pump | pumpset, aggregate | aggregate demand | must | plain |
| Surge hums at night. | Surge makes no sound at all. | | | it hums |

## What we never claim

Not in any words.

| Never claim | Examples | Forbidden phrases | Fine in |
|---|---|---|---|
| Surge makes no sound. | "You hear nothing." | silent pump, silent pumps | deck |

## Competitors

| Competitor | May we name them? |
|---|---|
| Dripco | never |
| Flowmax | only if the legal team agrees |

## Standard text

| Name | Text | Also allowed |
|---|---|---|
| Survey note | Survey of [number of plumbers] plumbers, valid until [date]. | Survey of plumbers, [date]. |

## Who we talk to

- Plumbers

## Document types

| Type | Where | Team | Audience | Speaker notes |
|---|---|---|---|---|
| Decks | sales/*.pptx | Sales | Plumbers | private |
| Brochures | marketing/print | Marketing | | |
| Data sheets | on the intranet | Labs | | |
| Out of scope | old/ | | | |
"""


def cards(path: Path) -> Path:
    """A card a message: labels on the left, what they stand for on the right; a claim table with a merged pillar."""
    import docx as python_docx

    document = python_docx.Document()
    document.add_heading("Messaging house", 1)
    document.add_paragraph("Two pillars carry everything that we say.")
    document.add_heading("Pillar 1: Quiet", 2)
    _grid(document, ("Message", "Surge runs so quietly that you can talk beside it."), (
        ("Short version", "Surge lets you talk."), ("Must appear in", "Brochures and decks"),
        ("Message owner", "Product marketing"), ("Mood", "calm and kind throughout"),
    ))
    _grid(document, ("Message", "A Drip pump needs no service for two years."), (
        ("Evidence", "Field report 7"), ("Valid through", "31 December 2027"),
    ))
    document.add_heading("Proof points", 1)
    table = _grid(document, ("Pillar", "Proof point", "Evidence"), (
        ("Quiet", "Drip never exceeds 38 dB(A).", "Acoustic report AR-12"),
        ("", "Surge never exceeds 41 dB(A).", "Acoustic report AR-13"),
    ))
    table.cell(1, 0).merge(table.cell(2, 0))
    document.save(str(path))
    return path


def docx(path: Path) -> Path:
    """The style of tables: everything in grids with a row of headings."""
    import docx as python_docx

    document = python_docx.Document()
    document.add_heading("Halden Pumps messaging handbook", 1)
    document.add_heading("Our names", 1)
    _grid(document, ("Do", "Don't", "Earlier names"), (
        ("Halden Pumps, or Halden for short", "HALDEN, Haldens", ""),
        ("Surge®", "SURGE, Surge Pump", "Flood"),
        ("Drip™", "Dripp", ""),
    ))
    document.add_heading("Key messages", 1)
    _grid(document, ("Pillar", "Message", "Audience", "Required in"), (
        ("Quiet", "Surge runs so quietly that you can talk beside it.", "Plumbers", "brochure, deck"),
        ("Easy", "Surge is installed in one morning.", "all", ""),
    ))
    document.add_heading("Proof points", 1)
    _grid(document, ("Claim", "Source", "Approved", "Use until", "Disclaimer"), (
        ("94% of plumbers recommend Surge.", "Survey 2025", "1 March 2026", "28 February 2027", "Survey note"),
    ))
    document.add_heading("Words", 1)
    _grid(document, ("Use", "Avoid", "Why"), (("pump set", "pumpset", "Two words."), ("", "cheap", "We are not.")))
    document.add_heading("What we used to say", 2)
    _grid(document, ("No longer", "Instead"), (("Water for all.", "Surge is installed in one morning."),))
    document.add_heading("Who we talk to", 1)
    _grid(document, ("Persona", "What they care about"), (("Plumbers", "Time"), ("Facility managers", "Noise")))
    document.add_heading("Definitions", 1)
    _grid(document, ("Term", "What we mean by it"), (("Pump set", "A pump with its motor and frame."),))
    document.add_heading("Boilerplate", 1)
    document.add_heading("Survey note", 2)
    document.add_paragraph("Survey of 212 plumbers, May 2025.")
    document.add_heading("Copyright", 2)
    document.add_paragraph("© 2026 Halden Pumps Ltd. All rights reserved.")
    document.save(str(path))
    return path


def pdf(path: Path) -> Path:
    """Headings and bullets on a page."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import ListFlowable, ListItem, Paragraph, SimpleDocTemplate

    style = getSampleStyleSheet()

    def bullets(*texts: str) -> ListFlowable:
        items = [ListItem(Paragraph(text, style["Normal"])) for text in texts]
        return ListFlowable(items, bulletType="bullet", start="•")

    SimpleDocTemplate(str(path), pagesize=A4, title="Halden").build([
        Paragraph("Halden messaging guide", style["Heading1"]),
        Paragraph("Key messages", style["Heading2"]),
        bullets("Surge runs so quietly that you can talk beside it.", "Surge is installed in one morning."),
        Paragraph("Never say", style["Heading2"]),
        bullets("Surge makes no sound."),
        Paragraph("Tagline", style["Heading2"]),
        Paragraph("“Water moves.”", style["Normal"]),
    ])
    return path


def xlsx(path: Path) -> Path:
    """A claim sheet, a word list and a hidden sheet, with real dates."""
    import datetime

    import openpyxl

    book = openpyxl.Workbook()
    claims = book.active
    claims.title = "Claims"
    claims.append(["Claim", "Source", "Valid until", "Footnote"])
    claims.append(["Ten years of service life.", "Field report 7", datetime.datetime(2027, 1, 31), None])
    words = book.create_sheet("Terminology")
    words.append(["Preferred term", "Do not use", "Comment"])
    words.append(["pump set", "pumpset; pump-set", "Two words."])
    words.append([None, "cheap", None])
    secret = book.create_sheet("Old")
    secret.append(["Claim", "Source"])
    secret.sheet_state = "hidden"
    data = io.BytesIO()
    book.save(data)
    path.write_bytes(data.getvalue())
    return path


def _grid(document: object, head: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Any:
    table = document.add_table(rows=1 + len(rows), cols=len(head))  # type: ignore[attr-defined]
    for cells, values in zip(table.rows, (head, *rows), strict=True):
        for cell, value in zip(cells.cells, values, strict=True):
            cell.text = value
    return table
