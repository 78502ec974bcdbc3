"""The words of a PDF page with their place and style, as PDFium finds them in the content stream.

PDFium is asked once for the page's text and then for the first and last character of each word only: asking for every
character costs most of a page's time and tells nothing more of upright text.
"""

from __future__ import annotations

import ctypes
import math
import re
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

from msgcheck.model import Box
from msgcheck.readers.raised import SUPERSCRIPTS

_WORD = re.compile(r"[^\s\ufffe\x02]+[\ufffe\x02]?|[\ufffe\x02]")
"""PDFium writes U+FFFE (older builds U+0002) for a hyphen at a line's end and leaves the line break out."""
_MARK = re.compile(r"[^\W\d_]\d{1,2}$|[.,;:!?%)\"'’”]\d{1,2}$|[*†‡§]$")
_MARKS = frozenset("0123456789*†‡§")
_BOLD = re.compile(r"bold|black|heavy|semib|demi|-bd|extrab", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obliq|-it\b", re.IGNORECASE)
_SYMBOL_BULLETS = dict.fromkeys(map(ord, "\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0a8\uf06c\uf06e\uf0e0\uf071\uf0be"), "•")
"""How the bullets of Symbol and Wingdings come out."""
_DINGBATS = re.compile(r"wingding|webding|dingbat", re.IGNORECASE)
"""Fonts whose letters are bullets, ticks and boxes."""
_FORCE_BOLD = 1 << 18
_ITALIC_FLAG = 1 << 6


class Style(NamedTuple):
    """`size` in points as shown; `mode` is the text render mode (3: invisible); colours are 0 to 255."""

    font: str
    size: float
    bold: bool
    italic: bool
    colour: tuple[int, int, int]
    mode: int
    turn: int                            # how far it is turned as shown, counter-clockwise: 0, 90, 180, 270, else -1
    mark: int                            # marked content id, -1 without one
    unmapped: bool                       # the font does not say which letters its glyphs are


class Word(NamedTuple):
    """Printed letters without a space between. `left`, `right` and `base` (the baseline) are points in the frame in
    which the word stands upright: that of the page, or of the page turned by `style.turn` (`Geometry.upright`).
    """

    text: str
    left: float
    right: float
    base: float
    style: Style
    glued: bool                          # continues the run of text (or marked content) of the word before it
    order: int                           # position in the content stream
    ends_line: bool = False              # the hyphen at its end was a line's end

    @property
    def top(self) -> float:
        return self.base - 0.78 * self.style.size

    @property
    def bottom(self) -> float:
        return self.base + 0.22 * self.style.size


class Geometry(NamedTuple):
    """How a page's user space is shown: its visible box and its turn (clockwise, 0, 90, 180, 270)."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown, in points."""
        across, down = self.right - self.left, self.top - self.bottom
        return (down, across) if self.turn in (90, 270) else (across, down)

    def shown(self, x: float, y: float) -> tuple[float, float]:
        """A point of user space in points from the shown page's top left."""
        if self.turn == 0:
            return x - self.left, self.top - y
        if self.turn == 90:
            return y - self.bottom, x - self.left
        if self.turn == 180:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def shown_box(self, left: float, bottom: float, right: float, top: float) -> Box:
        x0, y0 = self.shown(left, bottom)
        x1, y1 = self.shown(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def upright(self, x: float, y: float, turn: int) -> tuple[float, float]:
        """A shown point in the frame in which text turned by `turn` runs from left to right."""
        width, height = self.size
        if turn == 90:
            return height - y, x
        if turn == 180:
            return width - x, height - y
        if turn == 270:
            return y, width - x
        return x, y

    def back(self, box: Box, turn: int) -> Box:
        """A box of the frame of `turn` as a box of the shown page."""
        width, height = self.size
        u0, v0, u1, v1 = box
        if turn == 90:
            return v0, height - u1, v1, height - u0
        if turn == 180:
            return width - u1, height - v1, width - u0, height - v0
        if turn == 270:
            return width - v1, u0, width - v0, u1
        return box


def geometry_of(page: Any) -> Geometry:
    """The geometry of a pypdfium2 page: its crop box within its media box, and its rotation."""
    left, bottom, right, top = page.get_bbox()
    if right - left < 1 or top - bottom < 1:
        left, bottom, right, top = 0.0, 0.0, 612.0, 792.0
    return Geometry(left, bottom, right, top, int(page.get_rotation()) % 360)


def words_of(page: Any, geometry: Geometry, fonts: dict[int, tuple[str, bool, bool]]) -> tuple[list[Word], int]:
    """The words of a page in the order of its content stream, and how many characters the file maps to no letter.

    `fonts` keeps what is known of a document's fonts from page to page.
    """
    textpage = page.get_textpage()
    try:
        return _Extraction(textpage.raw, geometry, fonts).run()
    finally:
        textpage.close()


class _Extraction:
    """One pass over one text page."""

    def __init__(self, textpage: Any, geometry: Geometry, fonts: dict[int, tuple[str, bool, bool]]) -> None:
        self.textpage = textpage
        self.geometry = geometry
        self.fonts = fonts
        self.styles: dict[int, Style] = {}
        self.rect = pdfium_c.FS_RECTF()
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.matrix = pdfium_c.FS_MATRIX()
        self.dingbats: set[str] = {name for name, _, _ in fonts.values() if _DINGBATS.search(name)}
        self.rgba = [ctypes.c_uint() for _ in range(4)]
        self.true_sizes: set[str] = set()            # fonts whose sizes are what they say
        self.sheared = False             # whether the word placed last begins and ends at different heights

    def run(self) -> tuple[list[Word], int]:
        text = self._text()
        words: list[Word] = []
        unmapped = 0
        before_object = 0
        before: Word | None = None
        for match in _WORD.finditer(text):
            start, end = match.span()
            key, style = self._style(start)
            raw = match.group()
            clean, lost = ("•", 0) if style.font in self.dingbats else _clean(raw)
            unmapped += lost + (len(raw) if style.unmapped else 0)
            if not clean:
                continue
            ends_line = raw[-1] in "\ufffe\x02"
            if ends_line:
                clean = f"{clean[:-1]}-"
            if clean[-1] in _MARKS and not ends_line and _MARK.search(clean):
                clean = self._raised(clean, start, end, key, style)
            if style.size >= 18 and end - start > 1 and (before is None or style.size > 1.5 * before.style.size):
                style = self._after_initial(end - 1, style)
            left, right, base = self._place(start, end - 1, style.turn)
            if style is not self.styles[key]:
                left, right, base = self._place(start + 1, end - 1, style.turn)
            if self.sheared and style.turn == 0:         # its last letters stand on another line
                words += self._split(raw, start, style, len(words))
                before, before_object = words[-1], -1
                continue
            glued = key == before_object or (before is not None and style.mark >= 0 and style.mark == before.style.mark)
            if not glued and before is not None and abs(before.base - base) < 1:
                glued = left - before.right > 0.6 * style.size and self._spaced(start, left, style)
            before = Word(clean, left, right, base, style, glued, len(words), ends_line)
            before_object = key
            words.append(before)
        return words, unmapped

    def _text(self) -> str:
        """One character an index of PDFium's character list."""
        count = pdfium_c.FPDFText_CountChars(self.textpage)
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (count + 1))()
        written = pdfium_c.FPDFText_GetText(self.textpage, 0, count, buffer)
        text = bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
        codes = (pdfium_c.FPDFText_GetUnicode(self.textpage, index) for index in range(count))
        return "".join(chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd" for code in codes)

    def _style(self, index: int) -> tuple[int, Style]:
        """The text object that a character belongs to (its address) and its style."""
        pointer = pdfium_c.FPDFText_GetTextObject(self.textpage, index)
        key = ctypes.cast(pointer, ctypes.c_void_p).value or 0
        style = self.styles.get(key)
        if style is None:
            style = self.styles[key] = self._look_up(pointer, index)
        return key, style

    def _look_up(self, pointer: Any, index: int) -> Style:
        textpage = self.textpage
        size = pdfium_c.FPDFText_GetFontSize(textpage, index)
        turn = 0
        if pdfium_c.FPDFText_GetMatrix(textpage, index, self.matrix):
            m = self.matrix
            size *= math.hypot(m.c, m.d)
            turn = (round(math.degrees(math.atan2(m.b, m.a)) - self.geometry.turn)) % 360
            turn = next((right for right in (0, 90, 180, 270, 360) if abs(turn - right) <= 3), -1) % 360 if turn else 0
        if turn == 359:
            turn = -1
        font, bold, italic = self._font(pointer, index) if pointer else ("", False, False)
        if turn >= 0 and font not in self.true_sizes:
            r = self.rect
            pdfium_c.FPDFText_GetLooseCharBox(textpage, index, r)
            tall = abs(r.top - r.bottom) if (turn + self.geometry.turn) % 180 == 0 else abs(r.right - r.left)
            if tall > 0 and not tall / 2.5 < size < tall * 2.5:
                size = 0.8 * tall        # fonts whose units are not what they say, mostly Type 3
            elif font:
                self.true_sizes.add(font)
        red, green, blue, alpha = self.rgba
        pdfium_c.FPDFText_GetFillColor(textpage, index, red, green, blue, alpha)
        mode = pdfium_c.FPDFTextObj_GetTextRenderMode(pointer) if pointer else 0
        mark = pdfium_c.FPDFPageObj_GetMarkedContentID(pointer) if pointer else -1
        unmapped = bool(pointer) and pdfium_c.FPDFText_HasUnicodeMapError(textpage, index) == 1
        colour = (red.value, green.value, blue.value)
        return Style(font, round(abs(size), 2), bold or mode == 2, italic, colour, mode, turn, mark, unmapped)

    def _font(self, pointer: Any, index: int) -> tuple[str, bool, bool]:
        key = ctypes.cast(pdfium_c.FPDFTextObj_GetFont(pointer), ctypes.c_void_p).value or 0
        found = self.fonts.get(key)
        if found is None:
            flags = ctypes.c_int()
            length = pdfium_c.FPDFText_GetFontInfo(self.textpage, index, None, 0, flags)
            buffer = ctypes.create_string_buffer(max(1, length))
            pdfium_c.FPDFText_GetFontInfo(self.textpage, index, buffer, length, flags)
            name = buffer.value.decode("utf-8", "replace").partition("+")[2] or buffer.value.decode("utf-8", "replace")
            heavy = pdfium_c.FPDFText_GetFontWeight(self.textpage, index) >= 600 or bool(flags.value & _FORCE_BOLD)
            slanted = bool(_ITALIC.search(name)) or bool(flags.value & _ITALIC_FLAG)
            found = self.fonts[key] = (name, heavy or bool(_BOLD.search(name)), slanted)
            if _DINGBATS.search(name):
                self.dingbats.add(name)
        return found

    def _place(self, first: int, last: int, turn: int) -> tuple[float, float, float]:
        """Left, right and baseline of a word in its upright frame."""
        pdfium_c.FPDFText_GetCharOrigin(self.textpage, first, self.x, self.y)
        geometry, rect = self.geometry, self.rect
        if turn == 0 and geometry.turn == 0:             # nearly every word; the general way costs twice the time
            pdfium_c.FPDFText_GetLooseCharBox(self.textpage, first, rect)
            left, right, bottom, top = rect.left, rect.right, rect.bottom, rect.top
            if last != first:
                pdfium_c.FPDFText_GetLooseCharBox(self.textpage, last, rect)
                self.sheared = rect.top <= bottom or rect.bottom >= top
                left, right = (left, rect.right) if left <= rect.left else (rect.left, max(right, rect.right))
            else:
                self.sheared = False
            return left - geometry.left, right - geometry.left, geometry.top - self.y.value
        x, y = geometry.shown(self.x.value, self.y.value)
        edges: list[float] = []
        for index in (first, last):
            pdfium_c.FPDFText_GetLooseCharBox(self.textpage, index, rect)
            if turn <= 0:
                box = geometry.shown_box(rect.left, rect.bottom, rect.right, rect.top)
                edges += box
                continue
            for corner in ((rect.left, rect.bottom), (rect.right, rect.top)):
                edges.append(geometry.upright(*geometry.shown(*corner), turn)[0])
        if turn <= 0:
            x0, y0, x1, y1, x2, y2, x3, y3 = edges
            self.sheared = y2 >= y1 or y3 <= y0
            return min(x0, x2), max(x1, x3), y
        return min(edges), max(edges), geometry.upright(x, y, turn)[1]

    def _after_initial(self, last: int, style: Style) -> Style:
        """The style of the rest of a word that begins with a large initial."""
        rest = self._style(last)[1]
        return rest if rest.size < 0.6 * style.size and rest.turn == style.turn else style

    def _split(self, raw: str, start: int, style: Style, order: int) -> list[Word]:
        """A word that PDFium made of letters of several lines, letter by letter put onto its lines."""
        words: list[Word] = []
        for offset, letter in enumerate(raw):
            left, right, base = self._place(start + offset, start + offset, style.turn)
            last = words[-1] if words else None
            if last is not None and abs(last.base - base) < 0.3 * style.size:
                ends = min(last.left, left), max(last.right, right)
                words[-1] = last._replace(text=last.text + letter, left=ends[0], right=ends[1])
            else:
                words.append(Word(letter, left, right, base, style, False, order + len(words)))
        return words

    def _spaced(self, start: int, left: float, style: Style) -> bool:
        """Whether a real space character reaches from the text before up to the word at `start`."""
        index = start - 1
        if index < 0 or pdfium_c.FPDFText_IsGenerated(self.textpage, index) == 1:
            return False
        if not pdfium_c.FPDFText_GetLooseCharBox(self.textpage, index, self.rect) or style.turn > 0:
            return False
        box = self.geometry.shown_box(self.rect.left, self.rect.bottom, self.rect.right, self.rect.top)
        return left - box[2] < 0.3 * style.size

    def _raised(self, text: str, start: int, end: int, key: int, style: Style) -> str:
        """Digits that are set small and high at a word's end (footnote marks, powers) as superscript digits."""
        digits = len(text) - len(text.rstrip("0123456789"))
        if not digits or digits == len(text) or end - start != len(text):
            return text
        first = end - digits
        mark_key, mark = self._style(first)
        if mark_key == key or mark.size > 0.82 * style.size:
            return text
        pdfium_c.FPDFText_GetCharOrigin(self.textpage, start, self.x, self.y)
        x, y = self.x.value, self.y.value
        pdfium_c.FPDFText_GetCharOrigin(self.textpage, first, self.x, self.y)
        before = self.geometry.upright(*self.geometry.shown(x, y), style.turn)[1]
        after = self.geometry.upright(*self.geometry.shown(self.x.value, self.y.value), style.turn)[1]
        if before - after < 0.15 * style.size:
            return text
        return text[:-digits] + text[-digits:].translate(SUPERSCRIPTS)


def _clean(raw: str) -> tuple[str, int]:
    """A word without characters that are no text, and their number. Bullets of symbol fonts become '•'."""
    if raw.isascii() and raw.isprintable():
        return raw, 0
    text = raw.translate(_SYMBOL_BULLETS)
    kept = [char for char in text if char in "\ufffe\x02" or not _is_noise(char)]
    return "".join(kept), len(text) - len(kept)


def _is_noise(char: str) -> bool:
    private = "\ue000" <= char <= "\uf8ff"
    return char < " " or char in "\ufffd\uffff" or private or "\x7f" <= char <= "\x9f"
