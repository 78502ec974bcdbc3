"""PDF documents: PDFium's words put back into the order, the paragraphs and the tables that a person sees."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from msgcheck.errors import Unreadable
from msgcheck.model import Block, Box, Document, Location, Look, Reason
from msgcheck.readers.blocks import build_document, make_block
from msgcheck.readers.looks import Looks, Sight
from msgcheck.readers.options import ReadOptions
from msgcheck.readers.pdf_cells import Table
from msgcheck.readers.pdf_flow import PageFlow, blocks_of, body_size_of, paragraph_block
from msgcheck.readers.pdf_hyphens import Hyphens
from msgcheck.readers.pdf_layout import columns_of
from msgcheck.readers.pdf_lines import PrintedLine, lines_of
from msgcheck.readers.pdf_looks import prints_inks, sights_of
from msgcheck.readers.pdf_marks import MAX_OBJECTS, Marks, marks_of
from msgcheck.readers.pdf_paragraphs import Paragraph, is_sound, paragraphs_of
from msgcheck.readers.pdf_ruled_tables import cell_borders
from msgcheck.readers.pdf_running import Running, running_of
from msgcheck.readers.pdf_tables import tables_of
from msgcheck.readers.pdf_tags import NONE, Tags, tags_of
from msgcheck.readers.pdf_words import Geometry, Word, geometry_of, words_of

if TYPE_CHECKING:
    from msgcheck.readers.ocr import Recognised

_UNTITLED = frozenset({
    "", "untitled", "(anonymous)", "(unspecified)", "unspecified", "unknown", "none", "title", "document",
})
_TIME_FOR_THE_REST = 0.7
"""The share of the time bound after which no further page is begun, so that what was read is not lost."""
_MANY_SHAPES = 40
"""Drawn paths of a page without text from which on it may be text set as outlines."""


class _Page(NamedTuple):
    """What was found on one page; `lines` are its upright ones."""

    number: int
    geometry: Geometry
    lines: list[PrintedLine]
    turned: list[list[PrintedLine]]      # by turn
    hidden: list[PrintedLine]
    marks: Marks
    extra: list[Block | None]            # texts of annotations and fields
    tags: Tags
    unmapped: int                        # characters that the file maps to no letter
    sights: list[Sight]                  # colours and fonts


def read(data: bytes, name: str, options: ReadOptions) -> Document:
    """The document; see `msgcheck.readers` for the contract of a reader."""
    import pypdfium2

    started = time.monotonic()
    pdf, password = _opened(data, options)
    try:
        reasons: list[Reason] = []
        pages = list(_pages(pdf, options, started, reasons))
        pages = _mapped(pages, data, password, options, started)
        blocks, gaps = _assembled(pdf, pages, options, started, reasons)
        looks = _looks(pages, data)
        count = len(pdf)
    finally:
        pdf.close()
        pypdfium2.raw.FPDF_GetLastError()
    return build_document(name, "pdf", data, blocks, reasons=reasons, pages=count, unit="page", gaps=gaps, looks=looks)


def _opened(data: bytes, options: ReadOptions) -> tuple[Any, str | None]:
    """The document by pypdfium2, and the password that opened it."""
    import pypdfium2
    import pypdfium2.raw as pdfium_c

    for password in (None, *options.passwords):
        try:
            pdf = pypdfium2.PdfDocument(data, password=password)
        except pypdfium2.PdfiumError as error:
            code = getattr(error, "err_code", None)
            if code == pdfium_c.FPDF_ERR_PASSWORD:
                continue
            if code == pdfium_c.FPDF_ERR_SECURITY:
                raise Unreadable("encrypted", "This PDF is encrypted in a way that cannot be opened here.") from None
            text = "This PDF is damaged: it cannot be opened. Export it again from the program that made it."
            raise Unreadable("damaged", text) from None
        if len(pdf) == 0:
            pdf.close()
            raise Unreadable("damaged", "This PDF is damaged: it has no pages.")
        return pdf, password
    tried = "none of the passwords given opens it" if options.passwords else "give its password with --password-file"
    raise Unreadable("encrypted", f"This PDF is encrypted: {tried}.")


def _pages(pdf: Any, options: ReadOptions, started: float, reasons: list[Reason]) -> Iterator[_Page]:
    """Each page's lines; what keeps one from being read goes to `reasons`."""
    import pypdfium2

    fonts: dict[int, tuple[str, bool, bool]] = {}
    has_fields = pdf.get_formtype() != 0
    if has_fields:
        pdf.init_forms()
    tagged = bool(pypdfium2.raw.FPDFCatalog_IsTagged(pdf.raw))
    count = len(pdf)
    for index in range(count):
        place = f"page {index + 1}"
        if index >= options.max_pages:
            text = f"{count - index:,} pages after the first {options.max_pages:,} were not read."
            reasons.append(Reason("too-many-pages", place, text))
            return
        if time.monotonic() - started > _TIME_FOR_THE_REST * options.max_seconds:
            text = f"{count - index:,} pages were not read: the first {index:,} took up the time."
            reasons.append(Reason("timeout", place, text))
            return
        try:
            yield _page(pdf, index, fonts, has_fields, tagged, options)
        except pypdfium2.PdfiumError:
            reasons.append(Reason("page-unreadable", place, "This page is damaged and was not read."))


def _page(
    pdf: Any, index: int, fonts: dict[int, tuple[str, bool, bool]], has_fields: bool, tagged: bool, options: ReadOptions
) -> _Page:
    from msgcheck.readers.pdf_annotations import annotations_of

    page = pdf[index]
    try:
        geometry = geometry_of(page)
        page, notes = annotations_of(pdf, page, index, geometry, has_fields)
        words, unmapped = words_of(page, geometry, fonts)
        marks = marks_of(page, geometry, options.max_depth)
        tags = tags_of(page, options.max_depth) if tagged else NONE
        marks = marks._replace(down=[*marks.down, *cell_borders(marks.across)])
    finally:
        page.close()
    shown, hidden = _sorted_by_sight(words, marks, geometry)
    sights = sights_of(shown, marks, geometry, index + 1)
    small = [fill.box for fill in marks.fills if fill.box[2] - fill.box[0] <= 12]
    turned: dict[int, list[Word]] = {}
    for word in shown:
        turned.setdefault(word.style.turn, []).append(word)
    upright = lines_of(turned.pop(0, ()), marks.down, small)
    letters = " ".join(word.text for word in words)
    extra = [note.block(index + 1, geometry) for note in notes if note.hidden or note.text not in letters]
    sideways = [lines_of(turned[turn]) for turn in sorted(turned)]
    return _Page(index + 1, geometry, upright, sideways, lines_of(hidden), marks, extra, tags, unmapped, sights)


def _looks(pages: list[_Page], data: bytes) -> tuple[Look, ...]:
    """The colours and fonts of all pages; of a document in inks the fonts alone."""
    looks = Looks()
    inks = prints_inks(data)
    for page in pages:
        looks.add(one for one in page.sights if one.kind == "font" or not inks)
    return tuple(looks.found())


def _mapped(
    pages: list[_Page], data: bytes, password: str | None, options: ReadOptions, started: float
) -> list[_Page]:
    """The pages, those of which PDFium could not tell the letters read again by pdfplumber where it can."""
    poor = [index for index, page in enumerate(pages) if _is_garbled(page)]
    if not poor:
        return pages
    from msgcheck.readers import pdf_fallback

    other = pdf_fallback.pages_of(data, password)
    if other is None:
        return pages
    pages = list(pages)
    with other:
        for index in poor:
            if time.monotonic() - started > 0.5 * options.max_seconds:
                break
            page = pages[index]
            words = pdf_fallback.words_of(other, page.number - 1, page.geometry)
            if not words:
                break                    # what it cannot tell on one page it cannot on the next
            ours = _letters(line.text for line in page.lines)
            theirs = _letters(word.text for word in words)
            if (ours & theirs).total() >= 0.9 * max(ours.total(), theirs.total(), 1):
                pages[index] = page._replace(unmapped=0)             # two ways of guessing that agree
            elif theirs.total() >= 0.5 * ours.total():
                pages[index] = page._replace(lines=lines_of(words, page.marks.down), turned=[], unmapped=0)
    return pages


def _letters(texts: Iterable[str]) -> Counter[str]:
    return Counter(char for text in texts for char in text if char.isalnum())


def _is_garbled(page: _Page) -> bool:
    """Whether much of a page's text is in fonts that do not say which letters they show."""
    return page.unmapped > 12 and page.unmapped > 0.2 * sum(len(line.text) for line in page.lines)


def _sorted_by_sight(words: list[Word], marks: Marks, geometry: Geometry) -> tuple[list[Word], list[Word]]:
    """The words that a person sees, and those that are there without being seen: outside the page, invisible (unless
    they are the text layer of a scan), or white on white.
    """
    width, height = geometry.size
    shown: list[Word] = []
    hidden: list[Word] = []
    cache: dict[tuple[int, int], bool] = {}
    for word in words:
        style = word.style
        if style.turn == 0 and style.mode != 3 and style.size >= 1 and min(style.colour) < 250 \
                and word.left >= 0 and word.right <= width and 0 <= word.base <= height:
            shown.append(word)           # nearly every word
            continue
        box = geometry.back((word.left, word.top, word.right, word.bottom), max(0, style.turn))
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if not (-1 <= x <= width + 1 and -1 <= y <= height + 1) or style.size < 1.0:
            hidden.append(word)
        elif style.mode == 3:
            (shown if _on(x, y, marks.pictures) else hidden).append(word)
        elif min(style.colour) >= 250 and marks.shapes < MAX_OBJECTS:
            key = (round(x), round(y))
            if key not in cache:
                cache[key] = _on(x, y, [f.box for f in marks.fills if f.colour is None or min(f.colour) < 245])
            (shown if cache[key] else hidden).append(word)
        else:
            shown.append(word)
    return shown, hidden


def _on(x: float, y: float, boxes: Sequence[Box]) -> bool:
    return any(box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1 for box in boxes)


def _assembled(
    pdf: Any, pages: list[_Page], options: ReadOptions, started: float, reasons: list[Reason]
) -> tuple[list[Block | None], list[tuple[str, int]]]:
    """All blocks in reading order, and what was passed over."""
    running, rest = running_of([(page.lines, page.geometry.size[1]) for page in pages])
    body_size = body_size_of(line for lines in rest for line in lines)
    by_ocr: dict[int, list[Block | None]] = {}
    gaps = {"picture-without-text": 0, "page-read-by-ocr": 0, "hidden-text": 0}
    for index, page in enumerate(pages):
        if not rest[index] and not any(page.turned):
            by_ocr[page.number] = _picture_page(pdf, page, options, started, reasons, gaps)
        elif _is_garbled(page):
            by_ocr[page.number] = _garbled_page(pdf, page, options, started, reasons, gaps)
            if by_ocr[page.number]:
                rest[index] = []
    flows = [
        _flow(page, lines, body_size) if page.number not in by_ocr or lines
        else PageFlow(page.number, page.geometry, (), ())
        for page, lines in zip(pages, rest, strict=True)
    ]
    hyphens = Hyphens(line for lines in rest for line in lines)
    blocks: list[Block | None] = list(_description(pdf))
    blocks += _running_blocks(running, pages, hyphens)
    of_pages = blocks_of(flows, body_size, hyphens)
    for page in pages:
        of_pages += by_ocr.get(page.number, ())
        of_pages += page.extra
        for text in page.tags.pictures:
            place = Location("page", page.number, f"page {page.number}")
            of_pages.append(make_block(text, "caption", "description", place))
        for hidden in _hidden_blocks(page, hyphens):
            of_pages.append(hidden)
            gaps["hidden-text"] += 1
    found = [block for block in of_pages if block is not None]
    return [*blocks, *sorted(found, key=lambda block: block.location.number or 0)], list(gaps.items())


def _flow(page: _Page, lines: list[PrintedLine], body_size: float) -> PageFlow:
    tables, free = tables_of(lines, page.marks)
    ordered = columns_of(free, tables, body_size)
    columns: list[list[Paragraph | Table]] = [paragraphs_of(column, page.number) for column in ordered]
    if page.tags.by_mark and is_sound(columns, page.tags.by_mark):
        columns = [paragraphs_of(column, page.number, 0, page.tags.by_mark) for column in ordered]
    for turned in page.turned:
        turn = turned[0].style.turn if turned else 0
        if turn < 0:
            columns.append([Paragraph([line], page.number, line.right, turn) for line in turned])
        else:
            columns += [paragraphs_of(column, page.number, turn) for column in columns_of(turned, (), body_size)]
    pictures = [*page.marks.pictures, *(
        fill.box for fill in page.marks.fills
        if fill.box[2] - fill.box[0] > 60 and fill.box[3] - fill.box[1] > 30 and not _holds_text(fill.box, lines)
    )]
    return PageFlow(page.number, page.geometry, columns, pictures)


def _holds_text(box: Box, lines: Sequence[PrintedLine]) -> bool:
    return any(box[0] <= (line.left + line.right) / 2 <= box[2] and box[1] <= line.base <= box[3] for line in lines)


def _description(pdf: Any) -> Iterator[Block | None]:
    """The document's title and subject, where somebody gave them."""
    found = pdf.get_metadata_dict(skip_empty=True)
    for key in ("Title", "Subject"):
        text = str(found.get(key, "")).replace("\x00", "").strip()
        if text.casefold() not in _UNTITLED:
            yield make_block(text, "paragraph", "description", Location("document", None, key.lower()))


def _running_blocks(
    running: Sequence[Running], pages: Sequence[_Page], hyphens: Hyphens
) -> Iterator[Block | None]:
    geometry = {page.number: page.geometry for page in pages}
    for one in running:
        part = Paragraph([one.line], pages[one.page - 1].number, one.line.right)
        yield paragraph_block((part,), "paragraph", "running", geometry, hyphens, count=one.pages)


def _hidden_blocks(page: _Page, hyphens: Hyphens) -> Iterator[Block | None]:
    for line in page.hidden:
        part = Paragraph([line], page.number, line.right, line.style.turn)
        yield paragraph_block((part,), "paragraph", "hidden", {page.number: page.geometry}, hyphens)


def _picture_page(
    pdf: Any, page: _Page, options: ReadOptions, started: float, reasons: list[Reason], gaps: dict[str, int]
) -> list[Block | None]:
    """The text of a page on which nothing but pictures stands, by OCR where there is one; else the reason why not."""
    width, height = page.geometry.size
    covered = sum((box[2] - box[0]) * (box[3] - box[1]) for box in page.marks.pictures)
    if covered < 0.05 * width * height and page.marks.shapes < _MANY_SHAPES:
        return []
    from msgcheck.readers import ocr

    found = ocr.page_blocks(pdf, page.number, page.geometry, options, _time_left(options, started))
    if found.problem:
        gaps["picture-without-text"] += 1
        text = f"This page is a picture; its words were not read. {found.problem}"
        reasons.append(Reason("picture-without-text", f"page {page.number}", text))
        return []
    return _recognised(found, page, reasons, gaps)


def _garbled_page(
    pdf: Any, page: _Page, options: ReadOptions, started: float, reasons: list[Reason], gaps: dict[str, int]
) -> list[Block | None]:
    """The text of a page whose fonts do not say which letters they show, by OCR where there is one; else the reason."""
    from msgcheck.readers import ocr

    found = ocr.page_blocks(pdf, page.number, page.geometry, options, _time_left(options, started))
    if found.problem or not found.blocks:
        text = "Much of this page's text is in fonts that do not say which letters they show: it reads wrongly."
        reasons.append(Reason("text-unreadable", f"page {page.number}", f"{text} {found.problem}".strip()))
        return []
    return _recognised(found, page, reasons, gaps)


def _time_left(options: ReadOptions, started: float) -> float:
    return _TIME_FOR_THE_REST * options.max_seconds - (time.monotonic() - started)


def _recognised(
    found: Recognised, page: _Page, reasons: list[Reason], gaps: dict[str, int]
) -> list[Block | None]:
    from msgcheck.readers import ocr

    gaps["page-read-by-ocr"] += 1
    if found.blocks and found.confidence < ocr.SURE:
        text = f"The words of this page were recognised with {found.confidence:.0f}% confidence: they may be wrong."
        reasons.append(Reason("ocr-uncertain", f"page {page.number}", text))
    return list(found.blocks)
