"""The brand file that a guide's `visual` names, in the brand.yml standard: as much of it as is checked.

Read are `color` (the palette and the named roles) and the families in `typography`; all else may stand there and is
left alone. See https://posit-dev.github.io/brand-yml/.
"""

from __future__ import annotations

import colorsys
import contextlib
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msgcheck.errors import GuideError, Problem

_ROLES = ("foreground", "background", "primary", "secondary", "tertiary", "success", "info", "warning", "danger",
          "light", "dark")
_COLORED = ("headings", "monospace", "monospace-inline", "monospace-block", "link")
_FAMILIES = ("base", "headings", "monospace", "monospace-inline", "monospace-block")
_GENERIC = frozenset({"serif", "sans-serif", "monospace", "system-ui", "cursive", "fantasy"})
"""Names by which style sheets leave the family to the browser."""
_MOST_ALIASES = 20


@dataclass(frozen=True, slots=True)
class Brand:
    """Approved colours as (name, '#RRGGBB'), the palette's first, and approved font families; `sha256` of the file."""

    colors: tuple[tuple[str, str], ...] = ()
    families: tuple[str, ...] = ()
    sha256: str = ""


def brand_of(guide: str, visual: str) -> Brand:
    """The brand of the file `visual`, beside the guide file (or in the guide folder) `guide`. Raises `GuideError`."""
    place = Path(guide)
    path = (place if place.is_dir() else place.parent) / visual
    try:
        data = path.read_bytes()
    except OSError as error:
        text = f"`visual` names '{visual}', and it cannot be read: {error.strerror or type(error).__name__}."
        mend = "Put the brand file there, or take `visual` out of the guide."
        raise GuideError(text, path.as_posix(), mend) from error
    return read_brand(data, path.as_posix())


def read_brand(data: bytes, name: str) -> Brand:
    """The brand that `data`, the bytes of the file `name`, holds. Raises `GuideError` with all that is wrong in it."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        tree = YAML(typ="rt", pure=True).load(data.decode("utf-8-sig"))
    except (YAMLError, UnicodeDecodeError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "it is not text in UTF-8"
        line, column = (mark.line + 1, mark.column + 1) if mark is not None else (0, 0)
        problem = Problem(f"The brand file is no valid YAML: {what}.", name, line, column)
        raise GuideError("The brand file cannot be used.", name, problems=(problem,)) from error
    reader = _Reader(name, data.decode("utf-8-sig").splitlines())
    brand = reader.brand(tree, hashlib.sha256(data).hexdigest())
    if reader.problems:
        count = "1 error" if len(reader.problems) == 1 else f"{len(reader.problems)} errors"
        raise GuideError(f"The brand file has {count}.", name, problems=tuple(reader.problems))
    return brand


class _Reader:
    def __init__(self, name: str, lines: list[str]) -> None:
        self._name = name
        self._lines = lines
        self._palette: dict[str, Any] = {}
        self.problems: list[Problem] = []

    def brand(self, tree: Any, sha256: str) -> Brand:
        if not isinstance(tree, dict):
            self._wrong("The brand file has to be a mapping with `color` or `typography`.", None, None)
            return Brand()
        color, typography = self._mapping(tree, "color"), self._mapping(tree, "typography")
        colors = dict(self._colors(color))
        for key in _COLORED:
            entry = self._mapping(typography, key) if isinstance(typography.get(key), dict) else {}
            for which in ("color", "background-color"):
                if which in entry:
                    value = self._value(entry[which], entry, which)
                    if value:
                        colors.setdefault(f"{key} {which}", value)
        once: dict[str, str] = {}
        for name, value in colors.items():
            once.setdefault(value, name)
        families = tuple(dict.fromkeys(self._families(typography)))
        return Brand(tuple((name, value) for value, name in once.items()), families, sha256)

    def _colors(self, color: dict[str, Any]) -> Iterator[tuple[str, str]]:
        self._palette = self._mapping(color, "palette")
        for holder, names in ((self._palette, list(self._palette)), (color, [one for one in _ROLES if one in color])):
            for name in names:
                value = self._value(holder[name], holder, name)
                if value:
                    yield str(name), value

    def _value(self, given: Any, holder: Any, key: Any) -> str | None:
        """A colour as '#RRGGBB'; names of the palette are looked up. None, with a problem, for no colour."""
        text = given
        for _ in range(_MOST_ALIASES):
            if isinstance(text, dict):                     # light and dark themes: {light: …, dark: …}
                text = text.get("light")
            if not isinstance(text, str) or text not in self._palette:
                break
            text = self._palette[text]
        value = color_value(text) if isinstance(text, str) else None
        if value is None and given is not None:
            self._wrong(f"'{given}' is neither a colour nor a name of the palette.", holder, key,
                        'Write it as "#22314A", in quotes.')
        return value

    def _families(self, typography: dict[str, Any]) -> Iterator[str]:
        fonts = typography.get("fonts")
        for font in fonts if isinstance(fonts, list) else ():
            if isinstance(font, dict) and isinstance(font.get("family"), str):
                yield font["family"].strip()
        for key in _FAMILIES:
            entry = typography.get(key)
            family = entry.get("family") if isinstance(entry, dict) else entry
            if isinstance(family, str):
                names = (part.strip().strip("\"'") for part in family.split(","))
                yield from (name for name in names if name and name.lower() not in _GENERIC)
            elif family is not None:
                self._wrong(f"`{key}` has to name a font family.", typography, key)

    def _mapping(self, holder: dict[str, Any], key: str) -> dict[str, Any]:
        value = holder.get(key)
        if isinstance(value, dict):
            return value
        if value is not None:
            self._wrong(f"`{key}` has to be a mapping.", holder, key)
        return {}

    def _wrong(self, what: str, holder: Any, key: Any, mend: str = "") -> None:
        line = column = 0
        with contextlib.suppress(AttributeError, KeyError, TypeError, ValueError):     # a holder without places
            line, column = (one + 1 for one in holder.lc.key(key))
        source = self._lines[line - 1] if 0 < line <= len(self._lines) else ""
        self.problems.append(Problem(what, self._name, line, column, source, mend))


def color_value(text: str) -> str | None:
    """'#RRGGBB' of a colour as brand files write it: hexadecimal, rgb(), hsl() or a name of CSS; None for no colour."""
    from PIL import ImageColor

    low = text.strip().lower()
    if re.fullmatch(r"#[0-9a-f]{3}", low):
        low = "#" + "".join(2 * one for one in low[1:])
    if re.fullmatch(r"#[0-9a-f]{6}(?:[0-9a-f]{2})?", low):
        return low[:7].upper()
    match = re.fullmatch(r"(rgb|hsl)a?\(\s*([^()]+)\)", low)
    if match is None:
        found = ImageColor.colormap.get(low)
        return found.upper() if isinstance(found, str) else None
    words = [one.rstrip("%").removesuffix("deg") for one in re.split(r"[\s,/]+", match.group(2).strip())[:3]]
    if len(words) != 3 or not all(re.fullmatch(r"\d{1,6}(?:\.\d{1,9})?", one) for one in words):
        return None
    parts = [float(one) for one in words]
    if match.group(1) == "hsl":
        parts = [255 * one for one in colorsys.hls_to_rgb(parts[0] / 360 % 1, parts[2] / 100, parts[1] / 100)]
    return "#" + "".join(f"{round(min(max(one, 0), 255)):02X}" for one in parts)
