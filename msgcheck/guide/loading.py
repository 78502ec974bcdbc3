"""From the guide's file or folder to its models, or to all its problems at once."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from pathlib import Path

from msgcheck.errors import GuideError, Problem
from msgcheck.guide import nodes
from msgcheck.guide.consistency import inconsistencies
from msgcheck.guide.model import Guide, Sections
from msgcheck.guide.nodes import Tree, plain
from msgcheck.guide.sources import GuideFile, read_files
from msgcheck.guide.syntax import parse
from msgcheck.guide.validation import problem, validate

_ONE_FILE_ONLY = ("company", "competitors", "severity")
_SAME_EVERYWHERE = ("msgcheck", "language", "visual")
_HEAD = {"msgcheck", "language", "visual"}


def load_guide(path: str | PathLike[str]) -> Guide:
    """See `msgcheck.guide.load`."""
    files, sha256, problems = read_files(Path(path))
    guide, found = read_guide(files)
    found = sorted({*problems, *found}, key=lambda one: (one.file, one.line, one.column, one.what))
    if found or guide is None:
        count = "1 error" if len(found) == 1 else f"{len(found)} errors"
        raise GuideError(f"The guide has {count}.", Path(path).as_posix(), problems=tuple(found))
    sections = {name: getattr(guide, name) for name in type(guide).model_fields}
    return Guide(path=Path(path).as_posix(), sha256=sha256, **sections)


def read_guide(files: Iterable[GuideFile]) -> tuple[Sections | None, list[Problem]]:
    """The guide that `files` hold together and all that is wrong with it; None unless nothing is."""
    problems: list[Problem] = []
    trees: list[Tree] = []
    complete = True
    name = ""
    for file in files:
        name = name or file.name
        node, wrong = parse(file)
        complete = complete and not wrong
        problems += wrong
        tree = plain(file, node)
        problems += tree.problems
        complete = complete and not tree.problems
        trees.append(tree)
        if "msgcheck" not in tree.data and not wrong and not tree.problems:
            problems.append(file.problem("`msgcheck: 1` is missing: it says which format the guide is in.", 1, 1,
                                         "Write it as the first line."))
    joined = join(trees)
    problems += joined.problems
    has_entry = any(key not in _HEAD and not key.startswith("x-") for key in joined.data)
    if complete and not joined.problems and not has_entry:
        problems.append(Problem("The guide has no entry yet.", name, mend="Add one, for instance under `messages`."))
    _as_entries(joined, joined.data.get("facts"), ("facts",), "statement")
    if isinstance(joined.data.get("competitors"), dict):
        _as_entries(joined, joined.data["competitors"].get("names"), ("competitors", "names"), "name")
    guide, wrong_values = validate(joined)
    problems += wrong_values
    problems += inconsistencies(joined, complete=complete)
    return (guide if not problems else None), problems


def _as_entries(tree: Tree, values: object, path: nodes.Path, key: str) -> None:
    """Write the plain texts of the list at `path` out as entries with one key and a place."""
    for index, value in enumerate(values if isinstance(values, list) else ()):
        if isinstance(value, str) and isinstance(values, list):
            at = tree.values[(*path, index)]
            values[index] = {key: value, nodes.PLACE: f"{at.file.name}:{at.line}:{at.column}"}


def join(trees: Iterable[Tree]) -> Tree:
    """One tree of several: lists one after another; a problem where what may stand in one file only stands in two."""
    joined = Tree()
    for tree in trees:
        for key, value in tree.data.items():
            here = joined.data.get(key)
            shift = len(here) if isinstance(here, list) and isinstance(value, list) else 0
            if key not in joined.data:
                joined.data[key] = list(value) if isinstance(value, list) else value
            elif isinstance(here, list) and isinstance(value, list):
                here.extend(value)
            elif key in _ONE_FILE_ONLY or key in _SAME_EVERYWHERE or isinstance(here, list) != isinstance(value, list):
                if key in _SAME_EVERYWHERE and here == value:
                    continue
                first = joined.keys[(key,)]
                where = f"{first.file.name}:{first.line}"
                joined.problems.append(problem(tree, (key,), f"`{key}` stands in two files; the first is {where}.",
                                               f"Keep `{key}` in one file.", key=True))
                continue
            _take_places(joined, tree, key, shift)
    return joined


def _take_places(joined: Tree, tree: Tree, key: str, shift: int) -> None:
    for source, target in ((tree.values, joined.values), (tree.keys, joined.keys)):
        for path, place in source.items():
            if path[0] == key:
                moved: nodes.Path = path
                if shift and len(path) > 1 and isinstance(path[1], int):
                    moved = (key, path[1] + shift, *path[2:])
                target.setdefault(moved, place)
