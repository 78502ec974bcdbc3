"""Colours and fonts of Word documents as they show: of runs, shading and shapes, in all that is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from msgcheck.model import Location
from msgcheck.readers.docx_styles import Styles, W, is_on
from msgcheck.readers.drawing import MC
from msgcheck.readers.looks import Looks, Places
from msgcheck.readers.office_colors import Colors, darkened, lightened

WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"

_VAL = W + "val"
_THEME_COLORS = {
    "dark1": "dk1", "light1": "lt1", "dark2": "dk2", "light2": "lt2", "text1": "tx1", "background1": "bg1",
    "text2": "tx2", "background2": "bg2", "hyperlink": "hlink", "followedHyperlink": "folHlink",
}
_GONE = frozenset({W + "del", W + "moveFrom", MC + "Fallback", W + "comment"})
_HEX = re.compile(r"[0-9a-fA-F]{6}")
_LINKS = frozenset({"hyperlink", "followed hyperlink", "followedhyperlink"})


class _Below(NamedTuple):
    """What a paragraph style says of runs: its `w:rPr` and those it is based on, and what they come to."""

    runs: list[Any]
    hidden: bool
    color: str | None
    font: str | None
    fill: str | None
    shading: Any                         # the `w:shd` of the paragraph


class StoryLooks:
    """Reads stories (body, header, footer, footnotes) into `looks`; `places` tells where their paragraphs stand.

    What the style of a table paints, highlighter pens and pictures are passed over, and so is the colour that the style
    of hyperlinks gives them.
    """

    def __init__(self, looks: Looks, styles: Styles, root: Any, colors: Colors, places: Places) -> None:
        self._looks = looks
        self._styles = styles
        self._colors = colors
        self._places = places
        found = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._running = False
        self._defaults = [] if found is None else [found]
        self._known: dict[str, _Below] = {}

    def read(self, story: Any, running: bool = False) -> None:
        """Reads a story; of a `running` one, which no page may show, only what the document's blocks have."""
        self._running = running
        for element in story.iter(W + "p", W + "tc", WPS + "wsp"):
            if any(one.tag in _GONE for one in element.iterancestors()):
                continue
            if element.tag == W + "p":
                self._paragraph(element)
            elif element.tag == W + "tc":
                self._shading(element.find(f"{W}tcPr/{W}shd"), _text(element))
            else:
                fill, line = self._colors.paint(element.find(WPS + "spPr"), element.find(WPS + "style"))
                text = _text(element)
                for color, role in ((fill, "fill"), (line, "line")):
                    self._looks.color(color, role, self._places.of(text), text)  # type: ignore[arg-type]  # two literals

    def _paragraph(self, paragraph: Any) -> None:
        properties = paragraph.find(W + "pPr")
        named = None if properties is None else properties.find(W + "pStyle")
        name = self._styles.default if named is None else named.get(_VAL, "")
        text = _text(paragraph)
        if not text:
            return
        place = self._places.of(text)
        if self._running and place.kind == "document":
            return
        below = self._below(name)
        shading = None if properties is None else properties.find(W + "shd")
        fill = self._fill(below.shading if shading is None else shading)
        self._looks.color(fill, "fill", place, text)
        for run in _runs(paragraph):
            words = _own_text(run)
            if not any(char.isalnum() for char in words):
                continue
            if run.find(W + "rPr") is not None:
                self._run(run, words, below.runs, place)
            elif not below.hidden:       # nearly every run
                self._looks.color(below.color, "text", place, words)
                self._looks.font(below.font, place, words)
                self._looks.color(below.fill, "fill", place, words)

    def _below(self, name: str) -> _Below:
        """What a paragraph style says of the runs in it."""
        found = self._known.get(name)
        if found is None:
            chain = self._styles.chain(name)
            runs = [one for style in chain if (one := style.find(W + "rPr")) is not None]
            layers = [*runs, *self._defaults]
            found = self._known[name] = _Below(
                runs, is_on(_nearest(layers, "vanish")), self._color(layers), self._font(layers),
                self._fill(_nearest(layers, "shd")),
                next((one for style in chain if (one := style.find(f"{W}pPr/{W}shd")) is not None), None),
            )
        return found

    def _run(self, run: Any, words: str, below: list[Any], place: Location) -> None:
        own = run.find(W + "rPr")
        named = None if own is None else own.find(W + "rStyle")
        style = "" if named is None else named.get(_VAL, "")
        direct = [] if own is None else [own]
        of_style = [one for each in self._styles.chain(style) if (one := each.find(W + "rPr")) is not None]
        if is_on(_nearest([*direct, *of_style, *below], "vanish")):
            return
        linked = bool(_LINKS & set(self._styles.names(style)))
        layers = [*direct, *(() if linked else of_style), *below, *self._defaults]
        if not linked or (own is not None and own.find(W + "color") is not None):
            self._looks.color(self._color(layers), "text", place, words)
        self._looks.font(self._font([*direct, *of_style, *below, *self._defaults]), place, words)
        self._looks.color(self._fill(_nearest(layers, "shd")), "fill", place, words)

    def _shading(self, shading: Any, text: str) -> None:
        self._looks.color(self._fill(shading), "fill", self._places.of(text), text)

    def _color(self, layers: list[Any]) -> str | None:
        found = _nearest(layers, "color")
        return None if found is None else self._resolved(found, "val", "themeColor", "themeTint", "themeShade")

    def _fill(self, shading: Any) -> str | None:
        if shading is None:
            return None
        if shading.get(_VAL) == "solid":             # the pattern's own colour covers the fill
            return self._resolved(shading, "color", "themeColor", "themeTint", "themeShade")
        return self._resolved(shading, "fill", "themeFill", "themeFillTint", "themeFillShade")

    def _resolved(self, element: Any, plain: str, theme: str, tint: str, shade: str) -> str | None:
        """The colour of an element: of the theme where it names one there, else as it is written; None for 'auto'.

        Beside a theme's colour Word writes what it came to; that is taken unless the theme has changed since.
        """
        value = element.get(W + plain, "auto")
        written = f"#{value.upper()}" if _HEX.fullmatch(value) else None
        name = element.get(W + theme)
        color = self._colors.slot(_THEME_COLORS.get(name, name)) if name and name != "none" else None
        if color is None:
            return written
        if element.get(W + tint):
            color = lightened(color, _of_255(element.get(W + tint)))
        elif element.get(W + shade):
            color = darkened(color, _of_255(element.get(W + shade)))
        return written if written is not None and _nearly(written, color) else color

    def _font(self, layers: list[Any]) -> str | None:
        for layer in layers:
            fonts = layer.find(W + "rFonts")
            if fonts is None:
                continue
            for side in ("ascii", "hAnsi"):
                theme = fonts.get(f"{W}{side}Theme")
                if theme:
                    found = self._colors.theme.font("major" if theme.startswith("major") else "minor")
                    if found:
                        return found
                if fonts.get(W + side):
                    return str(fonts.get(W + side))
        return None


def _nearest(layers: list[Any], name: str) -> Any:
    """The first of that name in the layers, nearest first."""
    return next((one for layer in layers if (one := layer.find(W + name)) is not None), None)


def color_map(settings: Any) -> dict[str, str]:
    """The map of theme colours in a document's settings, in the names of DrawingML."""
    found = None if settings is None else settings.find(W + "clrSchemeMapping")
    if found is None:
        return {}
    names = {"bg1": "bg1", "t1": "tx1", "bg2": "bg2", "t2": "tx2"}
    return {
        ours: _THEME_COLORS.get(found.get(W + theirs, ""), found.get(W + theirs, ""))
        for theirs, ours in names.items() if found.get(W + theirs)
    }


def _runs(paragraph: Any) -> Iterator[Any]:
    """The runs of a paragraph that show, not those of text boxes in it."""
    for run in paragraph.iter(W + "r"):
        above = run.getparent()
        while above is not None and above is not paragraph and above.tag not in _GONE and above.tag != W + "p":
            above = above.getparent()
        if above is paragraph:
            yield run


def _own_text(run: Any) -> str:
    return "".join(
        (one.text or "") if one.tag == W + "t" else " " for one in run if one.tag in (W + "t", W + "tab", W + "br")
    )


def _text(element: Any) -> str:
    """The text of a paragraph, or of the first paragraph in `element` that has any."""
    paragraphs = [element] if element.tag == W + "p" else element.iter(W + "p")
    texts = ("".join(_own_text(run) for run in _runs(one) if _shows(run)).strip() for one in paragraphs)
    return next((text for text in texts if text), "")


def _shows(run: Any) -> bool:
    return not is_on(run.find(f"{W}rPr/{W}vanish"))


def _nearly(one: str, two: str) -> bool:
    """Whether two colours differ by no more than rounding."""
    return all(abs(a - b) <= 2 for a, b in zip(bytes.fromhex(one[1:]), bytes.fromhex(two[1:]), strict=True))


def _of_255(text: str) -> float:
    try:
        return int(text, 16) / 255
    except ValueError:
        return 1.0


