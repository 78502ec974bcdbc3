"""Slides as LibreOffice shows them, where it is installed: the deck becomes a PDF, whose pages PDFium renders."""

from __future__ import annotations

import io
from typing import Literal

from msgcheck.errors import Unreadable
from msgcheck.pictures import pages, slides
from msgcheck.readers.legacy import converted, libreoffice

Slides = Literal["draw", "render"]

SECONDS = 90.0
"""For one deck; what takes longer is drawn."""

_FILTER = 'impress_pdf_Export:{"ExportHiddenSlides":{"type":"boolean","value":"true"}}'   # or numbers would shift


def show(data: bytes, numbers: tuple[int, ...], share: int) -> list[pages.Rendered]:
    """The slides `numbers` (from 1) of a PPTX as `pages.render` makes them, or as `slides.draw` does where LibreOffice
    is absent, too slow, or shows another number of slides than there are.
    """
    from pptx import Presentation
    from pypdfium2 import PdfDocument, PdfiumError

    program = libreoffice()
    try:
        if program is not None:
            made = converted(program, data, ".pptx", "pdf", SECONDS, _FILTER)
            if len(PdfDocument(made)) == len(Presentation(io.BytesIO(data)).slides):
                return [("slide", *one[1:]) for one in pages.render(made, numbers, share)]
    except (Unreadable, PdfiumError, OSError):
        pass                             # the drawing says it too
    return slides.draw(data, numbers, share)
