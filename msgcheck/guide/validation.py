"""Plain data to the guide's models, with each of pydantic's errors told in the words of the format."""

from __future__ import annotations

import difflib
import functools
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from msgcheck.errors import Problem
from msgcheck.guide import model
from msgcheck.guide.nodes import PLACE, Path, Spot, Tree, shown

_ENTRIES: dict[str, type[model.Entry]] = {
    "company": model.Product, "products": model.Product, "taglines": model.Tagline, "terms": model.Term,
    "competitors": model.Competitors, "audiences": model.Audience, "messages": model.Message, "claims": model.Claim,
    "facts": model.Fact, "prohibited": model.Prohibited, "retired": model.Retired, "definitions": model.Definition,
    "boilerplate": model.Boilerplate, "collateral": model.Collateral,
}
_MEANT = {
    "forbidden": "never", "avoid": "never", "banned": "never", "wrong": "never", "dont": "never", "prefer": "use",
    "preferred": "use", "synonyms": "variants", "alternatives": "variants", "evidence": "source", "proof": "source",
    "regex": "patterns", "pattern": "patterns", "kinds": "in", "persona": "audiences", "personas": "audiences",
    "glossary": "definitions", "disclaimers": "boilerplate", "value_propositions": "messages", "slogans": "taglines",
    "brand": "company", "version": "msgcheck",
}
"""What people write who remember the idea and not the word."""
_QUOTE = "A `: ` in an unquoted text makes a key of what stands before it: put the whole text in quotes."


def validate(tree: Tree) -> tuple[model.Sections | None, list[Problem]]:
    """The models of `tree.data`, or None and everything that does not fit them."""
    data = {key: value for key, value in tree.data.items() if not key.startswith("x-")}
    try:
        return model.Sections.model_validate(_without_free_keys(data), by_alias=True, by_name=False), []
    except ValidationError as error:
        found = error.errors(include_url=False)
        cut = {path for item in found if (path := _cut_by_colon(tree, item))}
        told = [_told(tree, item) for item in found if tuple(item["loc"][:-1]) not in cut]
        return None, told + [problem(tree, path, "A text is expected here, not an entry.", _QUOTE) for path in cut]


def _cut_by_colon(tree: Tree, item: Any) -> Path | None:
    """The path of an entry that was meant as a text: where one is allowed, and its only key is unknown."""
    path: Path = tuple(item["loc"][:-1])
    if item["type"] != "extra_forbidden" or path[:-1] not in {("facts",), ("competitors", "names")}:
        return None
    entry: Any = tree.data
    for part in path:
        entry = entry[part]
    return path if _looks_like_cut_text(entry) else None


def _without_free_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_free_keys(item) for key, item in value.items() if not key.startswith("x-")}
    return [_without_free_keys(item) for item in value] if isinstance(value, list) else value


def spot(tree: Tree, path: Path, *, key: bool = False) -> Spot | None:
    """The place of the value (or key) at `path`, or of the nearest thing around it."""
    if key and path in tree.keys:
        return tree.keys[path]
    while path and path not in tree.values:
        path = path[:-1]
    return tree.values.get(path)


def problem(tree: Tree, path: Path, what: str, mend: str = "", *, key: bool = False, offset: int = 0) -> Problem:
    """A problem at `path`; `offset` goes into a text of one line."""
    found = spot(tree, path, key=key)
    if found is None:
        return Problem(what, "", mend=mend)
    if offset:
        line = found.file.lines()[found.line - 1]
        offset += len(found.quote)
        offset = offset if found.column - 1 + offset < len(line) else 0
    return found.file.problem(what, found.line, found.column + offset, mend)


def _told(tree: Tree, item: Any) -> Problem:
    """One error of pydantic (`type`, `loc`, `msg`, `input`, `ctx`) in the format's words."""
    kind: str = item["type"]
    path: Path = tuple(item["loc"])
    if path and path[-1] == "[key]":
        name = str(path[-2])
        return problem(tree, path[:-1], f"There is no rule {shown(name)}.",
                       _nearest(name, get_args(model.RuleId)) or "`msgcheck rules` lists them.", key=True)
    if kind == "extra_forbidden":
        return _unknown(tree, path)
    if kind == "missing":
        return problem(tree, path[:-1], f"`{path[-1]}` is missing here.", f"Write `{path[-1]}: …`.")
    if kind in {"literal_error", "enum"}:
        wanted = str(item["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")
        return problem(tree, path, f"{_subject(path)} is one of {wanted}, and here stands {_input(item['input'])}.",
                       _nearest(str(item["input"]), tuple(wanted.split(", "))))
    if kind in {"model_type", "model_attributes_type", "dict_type"}:
        return problem(tree, path, f"An entry with keys is expected here, not {_input(item['input'])}.",
                       _known(path, "It takes"))
    if kind == "too_short":
        return problem(tree, path, f"{_subject(path)} holds nothing; one entry at least is needed.")
    what = str(item["msg"])
    mend = ""
    if kind in {"text", "list"}:
        what += f", not {_input(item['input'])}"
        mend = _QUOTE if kind == "text" and _looks_like_cut_text(item["input"]) else ""
        if kind == "list":
            mend = _as_list(path, item["input"])
    elif kind == "date":
        what += f", not {_input(item['input'])}" if "expected" in what else f": {_input(item['input'])}"
        mend = "Write year, month and day: 2026-07-31."
    elif kind == "language":
        mend = "Write `language: en`."
    elif kind == "version":
        what += f", not {_input(item['input'])}"
        mend = "Write `msgcheck: 1`."
    elif kind == "in":
        path = (*path, "not_in")
    if kind == "empty" and path[-1:] == (0,) and path not in tree.values:
        path = path[:-1]
    return problem(tree, path, f"{what[:1].upper()}{what[1:]}.".replace("..", "."), mend)


def _subject(path: Path) -> str:
    name = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
    return f"`{name}`"


def _input(value: Any) -> str:
    if isinstance(value, dict):
        keys = [key for key in value if key != PLACE]
        return f"an entry with the key {shown(keys[0])}" if len(keys) == 1 else "an entry with keys"
    if isinstance(value, list | tuple):
        return "a list"
    return shown(str(value))


def _looks_like_cut_text(value: Any) -> bool:
    return isinstance(value, dict) and len([key for key in value if key != PLACE]) == 1


def _as_list(path: Path, value: Any) -> str:
    if not isinstance(value, str) or len(value) > 60 or len(path) == 1:
        return "Put a `- ` before each of its entries, one a line."
    return f"Write `{path[-1]}: [{value}]`."


def _unknown(tree: Tree, path: Path) -> Problem:
    key = str(path[-1])
    known = _keys_at(path[:-1])
    if key in model.RESERVED:
        return problem(tree, path, f"`{key}` is reserved for a later version.",
                       f"Call it `x-{key}` to keep it.", key=True)
    suggestion = _nearest(key, known)
    if not suggestion and (" " in key or len(key) > 30):
        return problem(tree, path, f"{shown(key)} is no key.", _QUOTE, key=True)
    homes = [section for section, entry in _ENTRIES.items() if key in _keys_of(entry)]
    if not suggestion and len(path) > 1 and homes:
        suggestion = f"`{key}` is a key of {_listed(homes)}."
    if not suggestion and len(path) > 1 and key in _keys_of(model.Sections):
        suggestion = f"`{key}` stands at the start of a line, not inside an entry."
    return problem(tree, path, f"Unknown key {shown(key)}.", suggestion or _known(path[:-1], "Known here:"), key=True)


def _nearest(word: str, known: tuple[str, ...]) -> str:
    folded = word.strip().casefold().replace("-", "_").replace(" ", "_")
    by_folded = {name.casefold().replace("-", "_"): name for name in known}
    if (meant := _MEANT.get(folded)) in known:
        return f"Did you mean `{meant}`?"
    near = difflib.get_close_matches(folded, by_folded, n=1, cutoff=0.7)
    return f"Did you mean `{by_folded[near[0]]}`?" if near else ""


def _known(path: Path, start: str) -> str:
    keys = [key for key in _keys_at(path) if key not in {"reason", "owner", "severity", "in", "not_in", "examples"}]
    return f"{start} {_listed(keys)}." if keys else ""


def _listed(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _keys_at(path: Path) -> tuple[str, ...]:
    """The keys that the mapping at `path` may have."""
    words = [part for part in path if isinstance(part, str)]
    if not words:
        return _keys_of(model.Sections)
    if words[-1] == "examples":
        return _keys_of(model.Examples)
    if words == ["competitors", "names"]:
        return _keys_of(model.Competitor)
    return _keys_of(_ENTRIES[words[0]]) if words[0] in _ENTRIES and len(words) == 1 else ()


@functools.cache
def _keys_of(entry: type[BaseModel]) -> tuple[str, ...]:
    return tuple(info.alias or name for name, info in entry.model_fields.items() if name != "place")
