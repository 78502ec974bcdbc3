"""Colours and fonts of Office files as they show: theme, colour map and the transforms of DrawingML.

The transforms are those of ECMA-376 part 1, 20.1.2.3: `lumMod`, `lumOff`, `satMod` and `satOff` work in HSL, `tint` and
`shade` on linear light. What lets something shine through (`alpha`) has no colour of its own and is None.
"""

from __future__ import annotations

import colorsys
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from msgcheck.readers.attributes import whole
from msgcheck.readers.drawing import A

_SOLID = 95_000
"""Of 100,000: an opacity from which on a colour counts as its own."""
_SLOTS = ("dk1", "lt1", "dk2", "lt2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink",
          "folHlink")
_PLAIN_MAP = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
_SYSTEM = {"windowText": "000000", "window": "FFFFFF"}
_FILLS = frozenset({A + "noFill", A + "solidFill", A + "gradFill", A + "blipFill", A + "pattFill", A + "grpFill"})

Rgb = tuple[float, float, float]


@dataclass(frozen=True)
class Theme:
    """What a theme part says: colours by slot, the Latin fonts, and the styles of fills and lines (elements)."""

    colors: dict[str, str]
    major: str = ""
    minor: str = ""
    fills: tuple[Any, ...] = ()
    lines: tuple[Any, ...] = ()
    backgrounds: tuple[Any, ...] = ()

    def font(self, name: str | None) -> str | None:
        """A typeface with '+mj-lt' and '+mn-lt' resolved; None for none."""
        if name in ("+mj-lt", "major"):
            return self.major or None
        if name in ("+mn-lt", "minor"):
            return self.minor or None
        return None if not name or name.startswith("+") else name


NO_THEME = Theme({})


def theme_of(root: Any) -> Theme:
    """The theme with the root `root` (a:theme); an empty one for None."""
    if root is None:
        return NO_THEME
    colors: dict[str, str] = {}
    scheme: Any = next(root.iter(A + "clrScheme"), ())
    for slot in _SLOTS if len(scheme) else ():
        holder = scheme.find(A + slot)
        found = Colors(NO_THEME, {}).of(holder) if holder is not None else None
        if found:
            colors[slot] = found
    fonts = {name: root.find(f".//{A}{name}/{A}latin") for name in ("majorFont", "minorFont")}
    faces = {name: "" if one is None else one.get("typeface", "") for name, one in fonts.items()}

    def styles(name: str) -> tuple[Any, ...]:
        return tuple(next(root.iter(A + name), ()))

    return Theme(colors, faces["majorFont"], faces["minorFont"], styles("fillStyleLst"), styles("lnStyleLst"),
                 styles("bgFillStyleLst"))


class Colors:
    """Resolves the colours of one sheet, by its theme and colour map."""

    def __init__(self, theme: Theme, mapping: dict[str, str] | None = None) -> None:
        self.theme = theme
        self._map = mapping or _PLAIN_MAP

    def slot(self, name: str) -> str | None:
        """The theme's colour of a name such as 'tx1' or 'accent2'."""
        return self.theme.colors.get(self._map.get(name, name))

    def of(self, holder: Any, placeholder: str | None = None) -> str | None:
        """The colour within `a:solidFill`, `a:fontRef` or the like; `placeholder` is what 'phClr' stands for."""
        for child in holder:
            kind = str(child.tag).rpartition("}")[2]
            if kind.endswith("Clr"):
                base = self._base(child, kind, placeholder)
                return None if base is None else transformed(base, child)
        return None

    def _base(self, element: Any, kind: str, placeholder: str | None) -> str | None:
        value = element.get("val", "")
        if kind == "srgbClr":
            return f"#{value.upper()}" if _is_hex(value) else None
        if kind == "schemeClr":
            return placeholder if value == "phClr" else self.slot(value)
        if kind == "sysClr":
            last = element.get("lastClr", _SYSTEM.get(value, ""))
            return f"#{last.upper()}" if _is_hex(last) else None
        if kind == "prstClr":
            return _preset(value)
        if kind == "scrgbClr":
            return written(tuple(_gamma(_share(element.get(one)) or 0.0) for one in ("r", "g", "b")))  # type: ignore[arg-type]  # three of them
        if kind == "hslClr":
            turn = whole(element.get("hue")) / 21_600_000
            rgb = colorsys.hls_to_rgb(turn % 1.0, _share(element.get("lum")) or 0.0, _share(element.get("sat")) or 0.0)
            return written(rgb)
        return None

    def paint(self, properties: Any, style: Any) -> tuple[str | None, str | None]:
        """The fill and the line of a shape by its `spPr` and its `style` element; None where none shows or it is none
        colour alone.
        """
        own = _first_fill(properties)
        fill = self._own(own) if own is not None else self._styled(style, "fillRef", self.theme.fills)
        ln = None if properties is None else properties.find(A + "ln")
        drawn = _first_fill(ln)
        line = self._own(drawn) if drawn is not None else self._styled(style, "lnRef", self.theme.lines)
        return fill, line

    def background(self, sheet: Any, prefix: str) -> tuple[bool, str | None]:
        """Whether a sheet's `cSld` has a background, and its colour."""
        found = sheet.find(f"{prefix}cSld/{prefix}bg")
        if found is None:
            return False, None
        properties, reference = found.find(prefix + "bgPr"), found.find(prefix + "bgRef")
        if properties is not None:
            own = _first_fill(properties)
            return True, None if own is None else self._own(own)
        if reference is not None:
            index = whole(reference.get("idx")) - 1001
            styles = self.theme.backgrounds
            if 0 <= index < len(styles):
                return True, self._in_style(styles[index], self.of(reference))
        return True, None

    def _own(self, fill: Any) -> str | None:
        return self.of(fill) if fill.tag == A + "solidFill" else None

    def _styled(self, style: Any, name: str, styles: tuple[Any, ...]) -> str | None:
        reference = None if style is None else next((one for one in style if str(one.tag).endswith(f"}}{name}")), None)
        index = 0 if reference is None else whole(reference.get("idx"))
        if reference is None or not 0 < index <= len(styles):
            return None
        return self._in_style(styles[index - 1], self.of(reference))

    def _in_style(self, style: Any, color: str | None) -> str | None:
        fill = style if style.tag in _FILLS else _first_fill(style)
        if color is None or fill is None or fill.tag != A + "solidFill":
            return None
        return self.of(fill, color)


def transformed(color: str, element: Any) -> str | None:
    """`color` after the transforms that stand in `element`, in their order."""
    if not len(element):
        return color
    rgb = parsed(color)
    for one in element:
        name = str(one.tag).rpartition("}")[2]
        amount = _share(one.get("val"))
        if amount is None:
            return None
        if name == "alpha":
            if amount * 100_000 < _SOLID:
                return None
        elif name == "shade":
            rgb = _each(rgb, lambda light, by=amount: light * by)
        elif name == "tint":
            rgb = _each(rgb, lambda light, by=amount: light * by + 1 - by)
        elif name in ("lumMod", "lumOff", "satMod", "satOff"):
            hue, lum, sat = colorsys.rgb_to_hls(*rgb)
            lum = lum * amount if name == "lumMod" else lum + amount if name == "lumOff" else lum
            sat = sat * amount if name == "satMod" else sat + amount if name == "satOff" else sat
            rgb = colorsys.hls_to_rgb(hue, min(max(lum, 0.0), 1.0), min(max(sat, 0.0), 1.0))
        else:
            return None                  # rare, and worse guessed than left out
    return written(rgb)


def lightened(color: str, share: float) -> str:
    """Word's `themeTint`: luminance (HSL) moved towards white, `share` of it kept."""
    hue, lum, sat = colorsys.rgb_to_hls(*parsed(color))
    return written(colorsys.hls_to_rgb(hue, lum * share + 1 - share, sat))


def darkened(color: str, share: float) -> str:
    """Word's `themeShade`: `share` of the luminance (HSL) kept."""
    hue, lum, sat = colorsys.rgb_to_hls(*parsed(color))
    return written(colorsys.hls_to_rgb(hue, lum * share, sat))


def parsed(color: str) -> Rgb:
    red, green, blue = bytes.fromhex(color[1:7])
    return red / 255, green / 255, blue / 255


def written(rgb: Rgb) -> str:
    return "#" + "".join(f"{round(255 * min(max(one, 0.0), 1.0)):02X}" for one in rgb)


def _each(rgb: Rgb, change: Any) -> Rgb:
    red, green, blue = (_gamma(min(max(change(_linear(one)), 0.0), 1.0)) for one in rgb)
    return red, green, blue


def _linear(one: float) -> float:
    return one / 12.92 if one <= 0.04045 else float(((one + 0.055) / 1.055) ** 2.4)


def _gamma(one: float) -> float:
    return one * 12.92 if one <= 0.0031308 else float(1.055 * one ** (1 / 2.4) - 0.055)


def _first_fill(element: Any) -> Any:
    return None if element is None else next((one for one in element if one.tag in _FILLS), None)


def _is_hex(text: str) -> bool:
    return len(text) == 6 and all(char in "0123456789abcdefABCDEF" for char in text)


def _share(text: str | None) -> float | None:
    """A percentage of DrawingML as a share: '75000' and '75%' are 0.75."""
    try:
        if not text:
            return None
        return float(text[:-1]) / 100 if text.endswith("%") else float(text) / 100_000
    except ValueError:
        return None


@lru_cache(maxsize=256)
def _preset(name: str) -> str | None:
    """A preset colour: the names of CSS, some with 'dk', 'lt' and 'med' for its 'dark', 'light' and 'medium'."""
    from PIL import ImageColor

    low = name.lower()
    for short, long in (("dk", "dark"), ("lt", "light"), ("med", "medium")):
        if low.startswith(short) and low not in ImageColor.colormap:
            low = long + low[len(short):]
    found = ImageColor.colormap.get(low)
    return found.upper() if isinstance(found, str) else None
