"""What the styles and the numbering of a Word file say of a paragraph: heading, list, caption, hidden, its number."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from msgcheck.readers.attributes import whole

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = W + "val"

_HEADING = re.compile(r"heading (\d)")
_CODE = frozenset({"html preformatted", "source code", "code", "code block", "macro text", "preformatted text"})
_MOST_BASES = 20
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)


@dataclass(frozen=True, slots=True)
class Form:
    """How a paragraph is laid out; `level` of a heading or list item from 1, `number` as printed ('2.1', 'a')."""

    heading: int = 0
    level: int = 0
    number: str = ""
    caption: bool = False
    code: bool = False
    contents: bool = False               # a line of a table of contents
    hidden: bool = False


def is_on(element: Any) -> bool:
    """Whether a toggle such as `w:vanish` is switched on (it is where it stands without a value)."""
    return element is not None and element.get(_VAL, "1") not in ("0", "false", "off")


class Styles:
    """The styles of `w:styles`, with what each inherits."""

    def __init__(self, root: Any) -> None:
        self._by_id: dict[str, Any] = {}
        self.default = ""
        for style in root.iter(W + "style") if root is not None else ():
            name = style.get(W + "styleId", "")
            self._by_id[name] = style
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true"):
                self.default = name

    def chain(self, name: str) -> list[Any]:
        """A style and those it is based on, nearest first."""
        found: list[Any] = []
        while name in self._by_id and len(found) < _MOST_BASES:
            style = self._by_id[name]
            found.append(style)
            based = style.find(W + "basedOn")
            name = "" if based is None else based.get(_VAL, "")
        return found

    def names(self, name: str) -> list[str]:
        """The names of a style and those it is based on in lower case (Word keeps the built-in ones in English)."""
        names = (style.find(W + "name") for style in self.chain(name))
        return [str(one.get(_VAL, "")).lower() for one in names if one is not None]

    def hides(self, name: str) -> bool:
        """Whether text in this style is hidden."""
        for style in self.chain(name):
            vanish = style.find(f"{W}rPr/{W}vanish")
            if vanish is not None:
                return is_on(vanish)
        return False

    def raises(self, name: str) -> bool:
        """Whether text in this style is set as a superscript."""
        for style in self.chain(name):
            align = style.find(f"{W}rPr/{W}vertAlign")
            if align is not None:
                return bool(align.get(_VAL) == "superscript")
        return False


class Numbering:
    """The lists of `w:numbering`; counts on as paragraphs are met in the order of the document."""

    def __init__(self, root: Any) -> None:
        self._levels: dict[str, dict[int, Any]] = {}
        self._lists: dict[str, tuple[str, dict[int, int]]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if root is None:
            return
        for abstract in root.findall(W + "abstractNum"):
            levels = {whole(one.get(W + "ilvl")): one for one in abstract.findall(W + "lvl")}
            self._levels[abstract.get(W + "abstractNumId", "")] = levels
        for one in root.findall(W + "num"):
            abstract = one.find(W + "abstractNumId")
            starts = {
                whole(override.get(W + "ilvl")): whole(start.get(_VAL))
                for override in one.findall(W + "lvlOverride")
                if (start := override.find(W + "startOverride")) is not None
            }
            name = "" if abstract is None else abstract.get(_VAL, "")
            self._lists[one.get(W + "numId", "")] = (name, starts)
        self._restarted: set[str] = set()

    def next(self, list_id: str, level: int) -> str | None:
        """The number that the next item of a list shows, '' for a bullet; None where there is no such list."""
        if list_id not in self._lists:
            return None
        name, starts = self._lists[list_id]
        counts = self._counts[name]
        if starts and list_id not in self._restarted:
            self._restarted.add(list_id)
            for at in starts:
                counts.pop(at, None)
        definition = self._levels.get(name, {}).get(level)
        counts[level] = counts[level] + 1 if level in counts else starts.get(level, self._start(definition))
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]
        return self._label(name, level)

    def _label(self, name: str, level: int) -> str:
        levels, counts = self._levels.get(name, {}), self._counts[name]
        definition = levels.get(level)
        text = None if definition is None else definition.find(W + "lvlText")
        if text is None or self._format(definition) in ("bullet", "none"):
            return ""

        def counted(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            one = levels.get(at)
            return _written(counts.get(at, self._start(one)), self._format(one))

        return re.sub(r"%(\d)", counted, str(text.get(_VAL, ""))).strip(" .)(\t")

    @staticmethod
    def _format(definition: Any) -> str:
        found = None if definition is None else definition.find(W + "numFmt")
        return "decimal" if found is None else str(found.get(_VAL, "decimal"))

    @staticmethod
    def _start(definition: Any) -> int:
        found = None if definition is None else definition.find(W + "start")
        return 1 if found is None else whole(found.get(_VAL))


def form_of(paragraph: Any, styles: Styles, numbering: Numbering) -> Form:
    """How a `w:p` is laid out; counts its list on."""
    properties = paragraph.find(W + "pPr")
    named = None if properties is None else properties.find(W + "pStyle")
    name = styles.default if named is None else named.get(_VAL, "")
    chain = styles.chain(name)
    names = styles.names(name)
    sources = ([] if properties is None else [properties]) + [
        found for style in chain if (found := style.find(W + "pPr")) is not None
    ]
    heading = _heading_level(sources, names)
    list_id, level = _list_of(sources)
    number = numbering.next(list_id, level) if list_id not in ("", "0") else None
    listed = number is not None or any(one.startswith(("list bullet", "list number")) for one in names)
    mark = None if properties is None else properties.find(f"{W}rPr/{W}vanish")
    return Form(
        heading=heading,
        level=heading or (level + 1 if listed else 0),
        number=number or "",
        caption="caption" in names,
        code=any(one in _CODE for one in names),
        contents=any(one.startswith("toc ") for one in names),
        hidden=styles.hides(name) or (is_on(mark) and not list(paragraph.iter(W + "r"))),
    )


def _heading_level(sources: list[Any], names: list[str]) -> int:
    for one in names:
        match = _HEADING.fullmatch(one)
        if match:
            return int(match.group(1))
        if one == "title":
            return 1
    for source in sources:
        outline = source.find(W + "outlineLvl")
        if outline is not None:
            level = whole(outline.get(_VAL))
            return level + 1 if level < 9 else 0
    return 0


def _list_of(sources: list[Any]) -> tuple[str, int]:
    """The list and level (from 0) that the nearest `w:numPr` names; '' for none."""
    list_id, level = "", None
    for source in sources:
        numbered = source.find(W + "numPr")
        if numbered is None:
            continue
        at, one = numbered.find(W + "ilvl"), numbered.find(W + "numId")
        if level is None and at is not None:
            level = whole(at.get(_VAL))
        if one is not None:
            list_id = one.get(_VAL, "")
            break
    return list_id, min(level or 0, 8)


def _written(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 5)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        roman = _roman(number)
        return roman if form == "upperRoman" else roman.lower()
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    out = ""
    for value, sign in _ROMAN:
        out += sign * (number // value)
        number %= value
    return out
