"""Words of pages whose fonts PDFium cannot map to letters, by pdfplumber, which knows other ways to guess them."""

from __future__ import annotations

import io
from typing import Any

from msgcheck.readers.pdf_words import Geometry, Style, Word


def pages_of(data: bytes, password: str | None) -> Any | None:
    """The document opened by pdfplumber, None where it cannot open it."""
    import logging

    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)     # its remarks on a file are not msgcheck's to print
    try:
        return pdfplumber.open(io.BytesIO(data), password=password or "")
    except Exception:  # noqa: BLE001 - pdfminer raises of many kinds on broken files; this is a second try only
        return None


def words_of(pdf: Any, index: int, geometry: Geometry) -> list[Word]:
    """The words of page `index` (from 0) as pdfplumber sees them, empty where it breaks or cannot tell the letters."""
    try:
        page = pdf.pages[index]
        found = page.extract_words(extra_attrs=["fontname", "size"], use_text_flow=True)
        page.close()
    except Exception:  # noqa: BLE001 - as above
        return []
    unknown = sum(1 for one in found if "(cid:" in str(one["text"]))
    if unknown > 0.1 * len(found):
        return []
    words: list[Word] = []
    for order, one in enumerate(found):
        text = str(one["text"])
        if "(cid:" in text or not text.strip():
            continue
        size = round(float(one["bottom"]) - float(one["top"]), 2)
        name = str(one["fontname"])
        style = Style(name, size, "bold" in name.lower(), "ital" in name.lower(), (0, 0, 0), 0, 0, -1, False)
        base = float(one["bottom"]) - 0.22 * size
        left, right = float(one["x0"]) - _left(page, geometry), float(one["x1"]) - _left(page, geometry)
        words.append(Word(text, left, right, base, style, False, order))
    return words


def _left(page: Any, geometry: Geometry) -> float:
    """pdfplumber measures from the media box, msgcheck from what is shown of it."""
    return geometry.left - float(page.bbox[0]) if geometry.turn == 0 else 0.0
