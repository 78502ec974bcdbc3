"""What annotations and form fields say on a PDF page."""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

from msgcheck.model import Block, Box, Location
from msgcheck.readers.blocks import make_block
from msgcheck.readers.pdf_words import Geometry

_MAX = 2_000
"""Annotations of one page that are looked at."""
_COMMENTS = frozenset({
    pdfium_c.FPDF_ANNOT_TEXT, pdfium_c.FPDF_ANNOT_HIGHLIGHT, pdfium_c.FPDF_ANNOT_UNDERLINE,
    pdfium_c.FPDF_ANNOT_STRIKEOUT, pdfium_c.FPDF_ANNOT_SQUIGGLY, pdfium_c.FPDF_ANNOT_CARET, pdfium_c.FPDF_ANNOT_INK,
    pdfium_c.FPDF_ANNOT_SQUARE, pdfium_c.FPDF_ANNOT_CIRCLE, pdfium_c.FPDF_ANNOT_LINE, pdfium_c.FPDF_ANNOT_POLYGON,
    pdfium_c.FPDF_ANNOT_POLYLINE,
})
_PRINTED = frozenset({pdfium_c.FPDF_ANNOT_FREETEXT, pdfium_c.FPDF_ANNOT_STAMP, pdfium_c.FPDF_ANNOT_WIDGET})
_INVISIBLE = 1 | 2 | 32                  # flags Invisible, Hidden, NoView (ISO 32000-1, table 165)
_TEXT_FIELDS = frozenset({
    pdfium_c.FPDF_FORMFIELD_TEXTFIELD, pdfium_c.FPDF_FORMFIELD_COMBOBOX, pdfium_c.FPDF_FORMFIELD_LISTBOX,
})
_PASSWORD_FLAG = 1 << 13


class Note(NamedTuple):
    """The text of an annotation or field; `hidden` where a reader of the page sees it only on asking (comments)."""

    text: str
    box: Box
    hidden: bool

    def block(self, page: int, geometry: Geometry) -> Block | None:
        width, height = geometry.size
        place = Location("page", page, f"page {page}", (self.box,), (round(width, 2), round(height, 2)))
        text = self.text.replace("\r\n", "\n").replace("\r", "\n").strip()
        return make_block(text, "note" if self.hidden else "paragraph", "hidden" if self.hidden else "body", place)


def annotations_of(pdf: Any, page: Any, index: int, geometry: Geometry, has_fields: bool) -> tuple[Any, list[Note]]:
    """The page with its visible annotations and fields made part of its content, and their texts, of which the visible
    ones may stand in the content already. The page given is closed where another takes its place.
    """
    notes: list[Note] = []
    printed = False
    form = pdf.formenv.raw if has_fields and pdf.formenv else None
    for number in range(min(_MAX, pdfium_c.FPDFPage_GetAnnotCount(page.raw))):
        annotation = pdfium_c.FPDFPage_GetAnnot(page.raw, number)
        if not annotation:
            continue
        try:
            kind = pdfium_c.FPDFAnnot_GetSubtype(annotation)
            if kind in _PRINTED and not pdfium_c.FPDFAnnot_GetFlags(annotation) & _INVISIBLE:
                printed = True
                is_field = kind == pdfium_c.FPDF_ANNOT_WIDGET
                text = _field(form, annotation) if is_field else _string(annotation, b"Contents")
                if text and kind != pdfium_c.FPDF_ANNOT_STAMP:
                    notes.append(Note(text, _box(annotation, geometry), False))
            elif kind in _COMMENTS:
                text = _string(annotation, b"Contents")
                if text:
                    notes.append(Note(text, _box(annotation, geometry), True))
        finally:
            pdfium_c.FPDFPage_CloseAnnot(annotation)
    if printed and pdfium_c.FPDFPage_Flatten(page.raw, pdfium_c.FLAT_NORMALDISPLAY) == pdfium_c.FLATTEN_SUCCESS:
        page.close()
        page = pdf[index]
    return page, notes


def _string(annotation: Any, key: bytes) -> str:
    length = pdfium_c.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if length <= 2:
        return ""
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    pdfium_c.FPDFAnnot_GetStringValue(annotation, key, buffer, length)
    return bytes(buffer)[: length - 2].decode("utf-16-le", "replace").strip()


def _field(form: Any, annotation: Any) -> str:
    """The value of a text, combo or list field; fields for passwords keep theirs."""
    if form is None or pdfium_c.FPDFAnnot_GetFormFieldType(form, annotation) not in _TEXT_FIELDS:
        return ""
    if pdfium_c.FPDFAnnot_GetFormFieldFlags(form, annotation) & _PASSWORD_FLAG:
        return ""
    length = pdfium_c.FPDFAnnot_GetFormFieldValue(form, annotation, None, 0)
    if length <= 2:
        return ""
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    pdfium_c.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, length)
    return bytes(buffer)[: length - 2].decode("utf-16-le", "replace").strip()


def _box(annotation: Any, geometry: Geometry) -> Box:
    rect = pdfium_c.FS_RECTF()
    if not pdfium_c.FPDFAnnot_GetRect(annotation, rect):
        return (0.0, 0.0, 0.0, 0.0)
    left, top, right, bottom = geometry.shown_box(rect.left, rect.bottom, rect.right, rect.top)
    return (round(left, 2), round(top, 2), round(right, 2), round(bottom, 2))
