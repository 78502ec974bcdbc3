"""What no single key shows: ids that stand twice, references to nothing, patterns that are none, holes of boilerplate.

Works on plain data, so that these errors are told together with all others of a guide.
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Iterator
from typing import Any

from msgcheck.errors import Problem
from msgcheck.guide.nodes import Path, Tree, shown
from msgcheck.guide.patterns import PatternError, compile_pattern
from msgcheck.guide.validation import problem, spot

HOLES = ("year", "date", "any")
_IDS = {"products": "id", "taglines": "id", "audiences": "id", "messages": "id", "claims": "id", "prohibited": "id",
        "retired": "id", "boilerplate": "id", "definitions": "term"}
_KINDS = ("in", "not_in", "required_in")
_HOLE = re.compile(r"\{([^{}]*)\}")


def inconsistencies(tree: Tree, *, complete: bool = True) -> Iterator[Problem]:
    """All of them; `complete` False when parts of the guide could not be read, so that references cannot be judged."""
    yield from _twice(tree)
    yield from _patterns(tree)
    yield from _holes(tree)
    yield from _dates(tree)
    yield from _match_patterns(tree)
    if complete:
        yield from _references(tree)


def entries(tree: Tree, section: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The entries of a section that are mappings, each with its path."""
    found = tree.data.get(section)
    for index, entry in enumerate(found if isinstance(found, list) else ()):
        if isinstance(entry, dict):
            yield (section, index), entry


def _all_entries(tree: Tree) -> Iterator[tuple[Path, dict[str, Any]]]:
    for section in tree.data:
        yield from entries(tree, section)
        if section in {"company", "competitors"} and isinstance(tree.data[section], dict):
            yield (section,), tree.data[section]
    names = tree.data["competitors"].get("names") if isinstance(tree.data.get("competitors"), dict) else None
    for index, entry in enumerate(names if isinstance(names, list) else ()):
        if isinstance(entry, dict):
            yield ("competitors", "names", index), entry


def _texts(entry: dict[str, Any], key: str, path: Path) -> Iterator[tuple[Path, str]]:
    """The texts of a key that holds one or a list."""
    value = entry.get(key)
    if isinstance(value, str):
        yield (*path, key), " ".join(value.split())
    for index, item in enumerate(value if isinstance(value, list) else ()):
        if isinstance(item, str):
            yield (*path, key, index), " ".join(item.split())


def _ids(tree: Tree, section: str) -> tuple[str, ...]:
    return tuple(name for path, entry in entries(tree, section) for _, name in _texts(entry, _IDS[section], path))


def _twice(tree: Tree) -> Iterator[Problem]:
    for section, key in _IDS.items():
        first: dict[str, Path] = {}
        for path, entry in entries(tree, section):
            for at, name in _texts(entry, key, path):
                if name not in first:
                    first[name] = at
                    continue
                there = spot(tree, first[name])
                where = f"{there.file.name}:{there.line}" if there else section
                what = f"The {key} {shown(name)} stands twice in `{section}`; the first is at {where}."
                yield problem(tree, at, what, f"Give each entry its own {key}.")


def _references(tree: Tree) -> Iterator[Problem]:
    kinds = tuple(dict.fromkeys(kind for path, entry in entries(tree, "collateral")
                                for _, kind in _texts(entry, "kind", path)))
    audiences = _ids(tree, "audiences")
    approved = _ids(tree, "messages") + _ids(tree, "claims")
    boilerplate = _ids(tree, "boilerplate")
    for path, entry in _all_entries(tree):
        if kinds:
            for key in _KINDS:
                yield from _unresolved(tree, entry, key, path, kinds, "kind of collateral", "collateral")
        for key in ("audiences", "audience"):
            yield from _unresolved(tree, entry, key, path, audiences, "audience", "audiences")
        yield from _unresolved(tree, entry, "disclaimer", path, boilerplate, "boilerplate", "boilerplate")
        yield from _unresolved(tree, entry, "replaced_by", path, approved, "message or claim", "messages` or `claims")


def _unresolved(tree: Tree, entry: dict[str, Any], key: str, path: Path, known: tuple[str, ...], what: str,
                section: str) -> Iterator[Problem]:
    for at, name in _texts(entry, key, path):
        if name in known:
            continue
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
        if near:
            mend = f"Did you mean `{near[0]}`?"
        elif known and len(known) <= 12:
            mend = f"Known: {', '.join(f'`{one}`' for one in known)}. Others are added under `{section}`."
        else:
            mend = f"Add it under `{section}`, or correct the name."
        yield problem(tree, at, f"`{key}` names {shown(name)}, and there is no such {what}.", mend)


def _patterns(tree: Tree) -> Iterator[Problem]:
    for section in ("prohibited", "retired"):
        for path, entry in entries(tree, section):
            value = entry.get("patterns")
            for index, pattern in enumerate(value if isinstance(value, list) else ()):
                if not isinstance(pattern, str) or not pattern.strip():
                    continue
                try:
                    compile_pattern(pattern.strip())
                except PatternError as error:
                    at = (*path, "patterns", index)
                    before = pattern.strip()[:error.offset]
                    found = spot(tree, at)
                    doubled = before.count("'") if found and found.quote == "'" else 0
                    yield problem(tree, at, f"In the pattern {shown(pattern)}: {error.what}", error.mend,
                                  offset=error.offset + doubled)


def _holes(tree: Tree) -> Iterator[Problem]:
    for path, entry in entries(tree, "boilerplate"):
        for key in ("text", "variants"):
            for at, text in _texts(entry, key, path):
                for hole in _HOLE.finditer(text):
                    if hole.group(1) not in HOLES:
                        yield problem(tree, at, f"There is no hole {shown(hole.group())}.",
                                      "The holes are {year}, {date} and {any}.", offset=hole.start())


def _dates(tree: Tree) -> Iterator[Problem]:
    for section in ("claims", "facts"):
        for path, entry in entries(tree, section):
            try:
                approved, expires = (datetime.date.fromisoformat(str(entry[key])) for key in ("approved", "expires"))
            except (KeyError, ValueError):
                continue                                     # told as an error of the key itself
            if expires < approved:
                what = f"It expires on {expires}, before it was approved ({approved})."
                yield problem(tree, (*path, "expires"), what, "Correct one of the two dates.")


def _match_patterns(tree: Tree) -> Iterator[Problem]:
    for path, entry in entries(tree, "collateral"):
        for at, pattern in _texts(entry, "match", path):
            if "\\" in pattern:
                yield problem(tree, at, "A backslash in a path: folders are divided by /.",
                              f"Write `{pattern.replace(chr(92), '/')}`.", offset=pattern.index("\\"))
            elif "**" in re.sub(r"(?:^|(?<=/))\*\*(?=/|$)", "", pattern):
                yield problem(tree, at, "`**` stands for whole folders, so it stands alone between slashes.",
                              "Write `**/*.pdf` for all PDFs in all folders.")
            elif ".." in pattern.split("/"):
                yield problem(tree, at, "`..` has no place here: patterns match the path below the root.",
                              "Leave it out.")
