"""As much of CSS as decides whether a browser shows an element, and whether it stands on a line of its own or raised
above it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_COMPOUND = re.compile(
    r"[.#]?-?[\w\u0080-\uffff][\w\u0080-\uffff-]*|\*|\[[^\]]*\]|:[\w:-]+(?:\([^)]*\))?|[>+~]|\s+|.", re.DOTALL
)
_ATTRIBUTE = re.compile(r"\[\s*([\w-]+)\s*(?:=\s*[\"']?([^\"'\]]*)[\"']?)?\s*\]")
_OFF_PAGE = re.compile(r"-\d{3,}(?:px|em|rem)|-\d{4,}")
_MOST_CSS = 2_000_000
_MOST_RULES = 4_000

Key = tuple[int, int, int, int, int]
"""Important, ids, classes, tags, order: the cascade."""
Declared = Callable[[str], Iterator[tuple[str, str, bool]]]
"""From the declarations of a rule to (property, value, important)."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the rules say of one element; '' where they say nothing."""

    display: str = ""
    visibility: str = ""
    aside: bool = False                  # clipped or moved off the page: for screen readers
    raised: bool = False                 # set as a superscript


@dataclass(frozen=True, slots=True)
class _Simple:
    """One compound selector."""

    tag: str
    ids: tuple[str, ...]
    classes: tuple[str, ...]
    attributes: tuple[tuple[str, str | None], ...]
    child: bool                          # has to be the parent of what follows, not just an ancestor


class StyleSheet:
    """The rules of a page's own style elements that bear on what is shown; style sheets elsewhere are not fetched."""

    def __init__(self, css: str, declared: Declared | None = None) -> None:
        """`declared` tells which declarations of a rule count, by default those of `look`."""
        self._declared = declared or _declared
        self._by_key: dict[str, list[tuple[Key, tuple[_Simple, ...], str, str]]] = defaultdict(list)
        count = 0
        for selectors, body in rules_of(css):
            found = list(self._declared(body))
            for selector in selectors.split(",") if found else ():
                chain = _chain(selector)
                count += 1
                if not chain or count > _MOST_RULES:
                    continue
                last = chain[-1]
                key = f"#{last.ids[0]}" if last.ids else f".{last.classes[0]}" if last.classes else last.tag
                for name, value, important in found:
                    weight = (
                        int(important), sum(len(one.ids) for one in chain),
                        sum(len(one.classes) + len(one.attributes) for one in chain),
                        sum(one.tag != "*" for one in chain), count,
                    )
                    self._by_key[key].append((weight, chain, name, value))

    def look(self, element: Any) -> Look:
        """What the rules and the element's own style say of it."""
        values = self.values(element)
        if not values:
            return _PLAIN
        return Look(
            values.get("display", ""), values.get("visibility", ""), values.get("aside") == "yes",
            values.get("vertical-align") == "super",
        )

    def values(self, element: Any) -> dict[str, str]:
        """The value of each property that the rules or the element's own style set, by the cascade."""
        won: dict[str, tuple[Key, str]] = {}
        if self._by_key:
            for weight, chain, name, value in self._candidates(element):
                if (name not in won or weight > won[name][0]) and _matches(element, chain):
                    won[name] = (weight, value)
        for name, value, important in self._declared(element.get("style") or ""):
            weight = (int(important), 1_000, 0, 0, 0)
            if name not in won or weight > won[name][0]:
                won[name] = (weight, value)
        return {name: value for name, (_, value) in won.items()}

    def _candidates(self, element: Any) -> Iterator[tuple[Key, tuple[_Simple, ...], str, str]]:
        keys = [f".{name}" for name in dict.fromkeys((element.get("class") or "").split())]
        for key in (f"#{element.get('id')}", *keys, element.tag, "*"):
            yield from self._by_key.get(key, ())


_PLAIN = Look()


class _Top:
    """Stands above the root element."""

    tag = None

    @staticmethod
    def getparent() -> None:
        return None


_TOP = _Top()


def rules_of(css: str) -> Iterator[tuple[str, str]]:
    """(selectors, declarations) of each rule of a style sheet that holds for a screen of any size."""
    return _rules(_COMMENT.sub(" ", css[:_MOST_CSS]))


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """(selectors, declarations) of each rule that holds for a screen of any size."""
    index = 0
    while index < len(css):
        opened = css.find("{", index)
        if opened < 0:
            return
        prelude = css[index:opened].rpartition(";")[2].strip()
        closed = _closing(css, opened)
        body = css[opened + 1 : closed]
        index = closed + 1
        if not prelude.startswith("@"):
            yield prelude, body
        elif _holds(prelude):
            yield from _rules(body)


def _closing(css: str, opened: int) -> int:
    depth = 0
    for match in re.compile(r"[{}]").finditer(css, opened):
        depth += 1 if match.group() == "{" else -1
        if depth == 0:
            return match.start()
    return len(css)


def _holds(prelude: str) -> bool:
    name, _, rest = prelude[1:].partition(" ")
    if name.lower() in ("supports", "layer"):
        return True
    return name.lower() == "media" and rest.strip().lower() in ("screen", "all", "only screen")


def _declared(body: str) -> Iterator[tuple[str, str, bool]]:
    """(property, value, important) of those that `Look` is made of, and 'aside' ('yes', 'no') for text off the page."""
    if not body or "{" in body:
        return
    for declaration in body.split(";"):
        name, _, value = declaration.partition(":")
        name, value = name.strip().lower(), value.strip().lower()
        important = value.endswith("!important")
        value = value.removesuffix("!important").strip()
        if name in ("display", "visibility", "vertical-align"):
            yield name, value, important
        elif (name == "clip" and re.fullmatch(r"rect\((?:[01](?:px)?[,\s]*){4}\)", value)) or (
            name == "clip-path" and value.startswith(("inset(50%", "inset(100%"))
        ) or (name in ("left", "right", "top", "text-indent", "margin-left") and _OFF_PAGE.match(value)):
            yield "aside", "yes", important
        elif name in ("clip", "clip-path", "left", "text-indent"):
            yield "aside", "no", important


def _chain(selector: str) -> tuple[_Simple, ...]:
    """A selector's compounds, outermost first; () for one that this module does not know."""
    found: list[_Simple] = []
    tag, used = "", False
    ids: list[str] = []
    classes: list[str] = []
    attributes: list[tuple[str, str | None]] = []

    def close(child: bool) -> None:
        nonlocal tag, ids, classes, attributes, used
        found.append(_Simple(tag or "*", tuple(ids), tuple(classes), tuple(attributes), child))
        tag, ids, classes, attributes, used = "", [], [], [], False

    for token in _COMPOUND.findall(selector.strip()):
        if token.isspace():
            if used:
                close(False)
        elif token == ">":
            if used:
                close(True)
            elif found:
                last = found.pop()
                found.append(_Simple(last.tag, last.ids, last.classes, last.attributes, True))
        elif token.startswith("."):
            classes.append(token[1:])
            used = True
        elif token.startswith("#"):
            ids.append(token[1:])
            used = True
        elif token.startswith("["):
            match = _ATTRIBUTE.fullmatch(token)
            if match is None:
                return ()
            attributes.append((match.group(1).lower(), match.group(2)))
            used = True
        elif re.match(r"[\w*\u0080-\uffff-]", token):
            tag = token.lower()
            used = True
        else:
            return ()
    if used:
        close(False)
    return tuple(found)


def _matches(element: Any, chain: tuple[_Simple, ...]) -> bool:
    """Compounds joined by '>' are one unit; for each unit the nearest ancestor that fits is as good as any other."""
    units: list[list[_Simple]] = [[]]
    for simple in reversed(chain):
        if units[-1] and not simple.child:
            units.append([])
        units[-1].append(simple)
    above = _fits(element, units[0])
    for unit in units[1:]:
        start = above
        above = None
        while start is not None and above is None:
            above = _fits(start, unit)
            start = start.getparent()
        if above is None:
            return False
    return above is not None


def _fits(element: Any, unit: list[_Simple]) -> Any:
    """Where the search for the next unit begins (above the unit's outermost element), None where it does not fit."""
    for simple in unit:
        if element is None or not isinstance(element.tag, str) or not _is(element, simple):
            return None
        element = element.getparent()
    return _TOP if element is None else element


def _is(element: Any, simple: _Simple) -> bool:
    if simple.tag not in ("*", element.tag):
        return False
    if any(element.get("id") != one for one in simple.ids):
        return False
    if simple.classes and not set(simple.classes) <= set((element.get("class") or "").split()):
        return False
    return all(
        element.get(name) is not None and value in (None, element.get(name)) for name, value in simple.attributes
    )
