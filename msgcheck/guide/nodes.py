"""YAML nodes to plain data: all scalars as text, and the place of every key and value.

A place is kept under its path, a tuple of keys and list indices such as ('messages', 2, 'variants', 0).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from msgcheck.errors import Problem
from msgcheck.guide.sources import GuideFile

MAX_NODES = 200_000
"""Of a file with its aliases written out: a few of them can stand for billions of nodes."""
PLACE = " place"
"""The key under which a mapping carries `file:line:col`; no key of a YAML file can begin with a space."""

Path = tuple[str | int, ...]

_CUT = re.compile(r"[ \t]+#\w")
_QUOTE = "Put the whole text in quotes."
_STANDARD = {"tag:yaml.org,2002:" + kind for kind in ("str", "null", "bool", "int", "float", "timestamp", "map", "seq",
                                                      "merge", "value")}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands: `line` and `column` from 1; `quote` is the quote that a text begins with, or ''."""

    file: GuideFile
    line: int
    column: int
    quote: str = ""


@dataclass(slots=True)
class Tree:
    """The plain data of a file, the places of its values and of its keys, and what is wrong with it as YAML."""

    data: dict[str, Any] = field(default_factory=dict)
    values: dict[Path, Spot] = field(default_factory=dict)
    keys: dict[Path, Spot] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def _is_entry(path: Path) -> bool:
    """Whether the mapping at `path` is an entry of a section, or a section that is one entry."""
    return isinstance(path[-1], int) or path in {("company",), ("competitors",)}


class _TooMany(Exception):
    pass


def plain(file: GuideFile, node: Any) -> Tree:
    """The tree of a guide file's root node; a root that is no mapping is a problem, and its tree is empty."""
    walker = _Walker(file)
    if node is None:
        return walker.tree
    if not isinstance(node.value, list) or node.id != "mapping":
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        walker.tree.problems.append(file.problem("A guide begins with keys, such as `msgcheck: 1`.", line, column))
        return walker.tree
    try:
        walker.tree.data = walker.mapping(node, (), ())
    except _TooMany:
        walker.tree.problems.append(Problem(
            "The guide is far too large once its aliases (`*name`) are written out.", file.name,
            mend="Write the entries out instead of repeating them by alias."))
        walker.tree.data = {}
    return walker.tree


class _Walker:
    def __init__(self, file: GuideFile) -> None:
        self.file = file
        self.lines = file.lines()
        self.tree = Tree()
        self.count = 0

    def problem(self, node: Any, what: str, mend: str = "") -> None:
        mark = node.start_mark
        self.tree.problems.append(self.file.problem(what, mark.line + 1, mark.column + 1, mend))

    def value(self, node: Any, path: Path, open_nodes: tuple[int, ...]) -> Any:
        self.count += 1
        if self.count > MAX_NODES:
            raise _TooMany
        if id(node) in open_nodes:
            self.problem(node, "This entry holds itself, by an alias (`*name`).", "Write it out.")
            return None
        self.tree.values[path] = self.spot(node)
        if node.id == "scalar":
            return self.scalar(node)
        if node.tag not in _STANDARD:
            self.problem(node, "A tag (`!…`) has no meaning in a guide.", "Delete it.")
        if node.id == "sequence":
            return self.sequence(node, path, (*open_nodes, id(node)))
        data = self.mapping(node, path, (*open_nodes, id(node)))
        if _is_entry(path):
            data[PLACE] = f"{self.file.name}:{node.start_mark.line + 1}:{node.start_mark.column + 1}"
        return data

    def sequence(self, node: Any, path: Path, open_nodes: tuple[int, ...]) -> list[Any]:
        items: list[Any] = []
        for item in node.value:
            value = self.value(item, (*path, len(items)), open_nodes)
            if value is not None:
                items.append(value)
            elif item.id == "scalar" and item.start_mark.column == item.end_mark.column:
                self.problem(item, "Nothing stands in this place of the list.", "Fill it in, or delete it.")
        return items

    def spot(self, node: Any) -> Spot:
        quote = node.style if node.id == "scalar" and node.style in ("'", '"') else ""
        return Spot(self.file, node.start_mark.line + 1, node.start_mark.column + 1, quote)

    def scalar(self, node: Any) -> str | None:
        """The text of a scalar; None where nothing at all stands."""
        empty = node.value == "" and node.style is None
        if empty and node.end_mark.column - node.start_mark.column > 1 and node.end_mark.line == node.start_mark.line:
            self.problem(node, "A text may not begin with & or ! unless it is in quotes.", _QUOTE)
        elif node.tag not in _STANDARD:
            self.problem(node, "A text may not begin with ! unless it is in quotes.", _QUOTE)
        elif node.anchor and not re.search(rf"\*{re.escape(node.anchor)}(?!\w)", self.file.text):
            self.problem(node, "A text may not begin with & unless it is in quotes.", _QUOTE)
        if node.style is None and not empty and _CUT.match(self.rest(node)):
            self.cut_short(node.end_mark.line, node.end_mark.column)
        return None if empty else str(node.value)

    def rest(self, node: Any) -> str:
        line, column = node.end_mark.line, node.end_mark.column
        return self.lines[line][column:] if line < len(self.lines) else ""

    def cut_short(self, line: int, column: int) -> None:
        column += len(self.lines[line][column:]) - len(self.lines[line][column:].lstrip())
        self.tree.problems.append(self.file.problem(
            "A ` #` begins a comment, so the text is cut short here.", line + 1, column + 1,
            f"{_QUOTE} If it is a comment, put a space after the #."))

    def mapping(self, node: Any, path: Path, open_nodes: tuple[int, ...]) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            self.count += 1
            if key_node.id != "scalar":
                self.problem(key_node, "A key is expected here, and this is a list or a set of keys.",
                             "A text that begins with { or [ goes in quotes.")
                continue
            key = str(key_node.value)
            self.tree.keys[(*path, key)] = self.spot(key_node)
            if node.flow_style and self.bare(key_node, value_node):
                self.problem(key_node, f"After the comma a key is expected, and {shown(key)} has no value.",
                             "A text with a comma, inside { }, goes in quotes.")
            elif key in data:
                first = self.tree.values[(*path, key)]
                self.problem(key_node, f"`{key}` stands twice in this entry; the first is in line {first.line}.",
                             "Keep one of them.")
            elif key == "<<":
                self.problem(key_node, "Merging (`<<`) is no part of a guide.", "Write the keys out.")
            elif (value := self.value(value_node, (*path, key), open_nodes)) is not None:
                data[key] = value
            elif cut := re.match(r":[ \t]+#\w", self.after(key_node)):
                self.cut_short(key_node.end_mark.line, key_node.end_mark.column + cut.end() - 2)
        return data

    def after(self, key_node: Any) -> str:
        line, column = key_node.end_mark.line, key_node.end_mark.column
        return self.lines[line][column:] if line < len(self.lines) else ""

    def bare(self, key_node: Any, value_node: Any) -> bool:
        """Whether a key in { } stands there without a colon."""
        return (value_node.id == "scalar" and value_node.value == "" and value_node.style is None
                and not self.after(key_node).lstrip().startswith(":"))


def shown(text: str, limit: int = 60) -> str:
    """`text` in quotes, on one line and short."""
    flat = " ".join(text.split())
    return f"'{flat if len(flat) <= limit else flat[:limit - 1] + '…'}'"
