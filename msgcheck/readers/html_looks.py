"""Colours and fonts of web pages as style sheets in the page and `style` attributes set them on what shows.

Nothing is fetched: linked style sheets, scripts and pictures (SVG drawings too) say nothing here, nor do the colours
and fonts that a browser takes where a page leaves the choice to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from msgcheck.model import Location
from msgcheck.readers.html_css import StyleSheet, rules_of
from msgcheck.readers.html_elements import CODE, HIDDEN, UNSEEN
from msgcheck.readers.looks import Looks
from msgcheck.readers.office_colors import written

_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,\s*([^()]*))?\)")
_FUNCTION = re.compile(r"(rgb|hsl)a?\(([^()]*)\)")
_TOKEN = re.compile(r"#[0-9a-f]{3,8}\b|(?:rgb|hsl)a?\([^()]*\)|[a-z-]+(?![\w(-])", re.IGNORECASE)
_SOLID = 0.95
_GENERIC = frozenset({
    "serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "ui-serif", "ui-sans-serif", "ui-monospace",
    "ui-rounded", "math", "emoji", "inherit", "initial", "unset", "revert", "revert-layer", "-apple-system",
    "blinkmacsystemfont", "default", "caption", "icon", "menu", "message-box", "small-caption", "status-bar",
})
_BORDERS = ("border", "border-top", "border-right", "border-bottom", "border-left")
_PROPERTIES = frozenset({
    "color", "background", "background-color", "font", "font-family", *_BORDERS, *(f"{one}-color" for one in _BORDERS),
    *(f"{one}-style" for one in _BORDERS), *(f"{one}-width" for one in _BORDERS),
})
_UNSEEN_TAGS = UNSEEN | HIDDEN | CODE | {"code", "kbd", "samp", "svg", "option"}
_MOST_DEPTH = 500
_LONGEST = 1_000
"""Characters of a value; what is longer is a picture in letters, or made to hold a reader up."""
_NUMBER = re.compile(r"[-+]?\d{0,6}\.?\d{1,12}(?:%|deg)?")


def declared(body: str) -> Iterator[tuple[str, str, bool]]:
    """(property, value, important) of what bears on colours and fonts, shorthands as what they set."""
    for declaration in body.split(";") if "{" not in body else ():
        name, _, value = declaration.partition(":")
        name, value = name.strip().lower(), value.strip()[:_LONGEST]
        important = value.lower().endswith("!important")
        value = value[: -len("!important")].strip() if important else value
        if name in ("font", "font-family"):
            yield "font-family", value if name == "font-family" else f"font:{value}", important
        elif name in ("background", "background-color"):
            yield "background", value, important
        elif name in _PROPERTIES:
            yield name, value, important


class PageLooks:
    """Reads the tree of a page into `looks`; `shown` is the sheet that tells what a browser shows."""

    def __init__(self, looks: Looks, css: str, shown: StyleSheet, first_line: int = 1) -> None:
        self._looks = looks
        self._shown = shown
        self._sheet = StyleSheet(css, declared)
        self._shift = first_line - 1
        self._variables = _variables(css)

    def read(self, root: Any) -> None:
        """Everything below `root` (the html element) that shows."""
        self._walk(root, None, None, 0)

    def _walk(self, element: Any, color: str | None, family: str | None, depth: int) -> None:
        if not isinstance(element.tag, str) or element.tag in _UNSEEN_TAGS or depth > _MOST_DEPTH:
            return
        look = self._shown.look(element)
        if look.display == "none" or look.visibility in ("hidden", "collapse") or look.aside \
                or element.get("hidden") is not None or (element.get("aria-hidden") or "").lower() == "true":
            return
        values = {name: self._expanded(value) for name, value in self._sheet.values(element).items()}
        if "color" in values and values["color"].lower() not in ("inherit", "currentcolor", "unset"):
            color = css_color(values["color"])
        if "font-family" in values:
            family = _family(values["font-family"], family)
        line = (element.sourceline or 1) + self._shift
        place = Location("line", line, f"line {line}")
        if any(name != "color" and name != "font-family" for name in values):
            self._boxes(values, place, element)
        for text in (element.text, *(child.tail for child in element)):
            if text and any(char.isalnum() for char in text):
                self._looks.color(color, "text", place, text)
                self._looks.font(family, place, text)
        for child in element:
            self._walk(child, color, family, depth + 1)

    def _boxes(self, values: dict[str, str], place: Location, element: Any) -> None:
        text = next((one for one in element.itertext() if any(char.isalnum() for char in one)), "")
        if "gradient(" not in values.get("background", ""):
            self._looks.color(_first_color(values.get("background", "")), "fill", place, text)
        for side in _BORDERS:
            whole, style = values.get(side, ""), values.get(f"{side}-style", values.get("border-style", ""))
            color = _first_color(values.get(f"{side}-color", whole))
            drawn = re.search(r"\b(?:solid|dashed|dotted|double|groove|ridge)\b", f"{whole} {style}")
            if color and drawn and not re.match(r"0(?:px)?\b", whole):
                self._looks.color(color, "line", place, text)

    def _expanded(self, value: str, depth: int = 0) -> str:
        """`value` with the page's variables put in."""
        if "var(" not in value or depth > 8:
            return value
        put = _VARIABLE.sub(lambda match: self._variables.get(match.group(1), match.group(2) or ""), value)
        return self._expanded(put[:_LONGEST], depth + 1)


def _variables(css: str) -> dict[str, str]:
    """The variables that a page sets for all of itself."""
    found: dict[str, str] = {}
    for selectors, body in rules_of(css):
        if {one.strip().lower() for one in selectors.split(",")} & {":root", "html", "body", "*", ":host"}:
            pairs = (declaration.partition(":") for declaration in body.split(";"))
            found.update({name.strip(): value.strip()[:_LONGEST] for name, _, value in pairs if "--" in name})
    return found


def _family(value: str, inherited: str | None) -> str | None:
    """The first family of a list that is no generic one; None where the browser chooses."""
    if value.startswith("font:"):
        match = re.search(r"(?:^|\s)[\d.]+(?:px|pt|r?em|%|vw|vh|ex|ch)(?:\s*/\s*[\w.%]+)?\s+(.+)$", value[5:])
        if match is None:
            return inherited
        value = match.group(1)
    if value.strip().lower() in ("inherit", "unset"):
        return inherited
    for one in value.split(","):
        name = one.strip().strip("\"'").strip()
        if name and name.lower() not in _GENERIC and "var(" not in name:
            return name
    return None


def _first_color(value: str) -> str | None:
    for match in _TOKEN.finditer(re.sub(r"url\([^)]*\)", " ", value)):
        color = css_color(match.group())
        if color is not None:
            return color
    return None


@lru_cache(maxsize=1024)
def css_color(value: str) -> str | None:
    """'#RRGGBB' for a colour of CSS (hexadecimal, rgb(), hsl(), a name); None for any other, and where it is sheer."""
    from PIL import ImageColor

    text = value.strip().lower()
    if re.fullmatch(r"#[0-9a-f]{3,4}", text):
        text = "#" + "".join(2 * one for one in text[1:])
    if re.fullmatch(r"#[0-9a-f]{6}(?:[0-9a-f]{2})?", text):
        return text[:7].upper() if len(text) == 7 or int(text[7:], 16) >= _SOLID * 255 else None
    match = _FUNCTION.fullmatch(text)
    if match:
        return _of_function(match.group(1), re.split(r"[\s,/]+", match.group(2).strip()))
    name = ImageColor.colormap.get(text)
    return name.upper() if isinstance(name, str) else None


def _of_function(name: str, parts: list[str]) -> str | None:
    import colorsys

    if not all(_NUMBER.fullmatch(part) for part in parts):
        return None
    numbers = [float(part.rstrip("%").removesuffix("deg")) / (100 if part.endswith("%") else 1) for part in parts]
    if len(numbers) not in (3, 4) or (len(numbers) == 4 and numbers[3] < _SOLID):
        return None
    if name == "hsl":
        return written(colorsys.hls_to_rgb(numbers[0] / 360 % 1, min(numbers[2], 1.0), min(numbers[1], 1.0)))
    red, green, blue = (
        number if part.endswith("%") else number / 255 for number, part in zip(numbers, parts[:3], strict=False)
    )
    return written((red, green, blue))
