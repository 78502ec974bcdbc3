"""The case files of the rules, tests/cases/<rule>.yml, as data.

A file is a list of groups. A group has `about` (who it is), `guide` (a snippet of format 1), optionally `role` (kind,
audiences, notes), `as_of`, and the cases: `finds` (each must give just the findings it says) and `passes` (none). A
case is a text, or keys: `text`, `blocks` (texts, or keys of a block) or `documents` (one text, or keys of a block, or
a list of them, each), keys of its one block (`kind`, `layer`, `heading`, `lead_in`, `columns`, `cells`), `role`,
`guide`, `as_of` or `carried` of its own, and what is expected: `words`, `approved`, `suggestion`, `severity`,
`changes` of its one finding, or a list of such under `expect`. What a case leaves out is not held against it, but the
number of findings is.

For the rules of looks a group has `brand` too (the text of a brand file), and a case `looks`: keys of a `Look`, whose
place is the case's first block, and `seen` for the text in it.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from msgcheck.checks.finish import finish
from msgcheck.checks.view import View
from msgcheck.guide.brand import read_brand
from msgcheck.guide.model import Entry, Guide
from msgcheck.language.passages import passages
from msgcheck.model import Block, Carried, Document, Finding, Location, Look, Role
from msgcheck.normalise import normalise

FOLDER = Path(__file__).resolve().parents[1] / "cases"
_BLOCK = ("kind", "layer", "heading", "lead_in", "columns", "cells", "level")
_EXPECTED = ("words", "approved", "suggestion", "severity", "changes", "also")


@dataclass(frozen=True)
class Case:
    """One passage, or a few blocks, with what is expected of it; `finds` False: nothing."""

    name: str
    rule: str
    finds: bool
    views: tuple[View, ...]              # one a document
    carried: tuple[Carried, ...]
    expected: tuple[dict[str, Any], ...]

    @property
    def view(self) -> View:
        """The only document."""
        (view,) = self.views
        return view


def cases(rule: str) -> list[Case]:
    """The cases of one rule, in the order of its file."""
    groups = YAML(typ="safe").load((FOLDER / f"{rule}.yml").read_text("utf-8"))
    found: list[Case] = []
    for number, group in enumerate(groups):
        for key in ("finds", "passes"):
            for index, case in enumerate(group[key]):
                name = f"{rule}-{number}-{key}-{index}"
                keys = case if isinstance(case, dict) else {"text": case}
                found.append(_case(name, rule, key == "finds", group, keys))
    return found


def _case(name: str, rule: str, finds: bool, group: dict[str, Any], case: dict[str, Any]) -> Case:
    own = {key: case[key] for key in _BLOCK if key in case}
    if "documents" in case:
        given = [one if isinstance(one, list) else [one] for one in case["documents"]]
    else:
        given = [case["blocks"] if "blocks" in case else [{"text": case["text"], **own}]]
    views = tuple(_view(number, blocks, group, case) for number, blocks in enumerate(given, 1))
    carried = tuple(_carried(one) for one in case.get("carried", ()))
    expected = tuple(case["expect"]) if "expect" in case else ({key: case[key] for key in _EXPECTED if key in case},)
    return Case(name, rule, finds, views, carried, expected if finds else ())


def _view(number: int, given: list[Any], group: dict[str, Any], case: dict[str, Any]) -> View:
    blocks = tuple(_block(at, one if isinstance(one, dict) else {"text": one}) for at, one in enumerate(given, 1))
    role = {**group.get("role", {}), **case.get("role", {})} if case.get("role") != {} else {}
    looks = tuple(
        Look(keys["kind"], keys["value"], keys.get("role", "text"), blocks[0].location, keys.get("seen", ""))
        for keys in case.get("looks", ())
    )
    document = Document(f"kit/piece-{number}.md", "markdown", "0" * 64, "read", (), blocks, language="en", looks=looks)
    brand = read_brand(group["brand"].encode(), "_brand.yml") if "brand" in group else None
    return View(
        document,
        Role(role.get("kind"), None, tuple(role.get("audiences", ())), role.get("notes", "check")),
        passages(document, "en"),
        _guide(json.dumps(case.get("guide", group["guide"]), default=str)).model_copy(update={"brand": brand}),
        _day(case.get("as_of", group.get("as_of", "2026-11-21"))),
    )


@lru_cache(maxsize=256)
def _guide(source: str) -> Guide:
    return Guide.model_validate({"msgcheck": "1", **json.loads(source)})


def _day(value: str | datetime.date) -> datetime.date:
    return value if isinstance(value, datetime.date) else datetime.date.fromisoformat(value)


def _block(number: int, keys: dict[str, Any]) -> Block:
    cells = tuple(keys.get("cells", ()))
    text = " ".join(cells) if cells else keys["text"]
    layer = keys.get("layer", "body")
    place = {"notes": "notes", "running": "footer"}.get(layer, "paragraph")
    return Block(
        text, normalise(text).text, keys.get("kind", "table-row" if cells else "paragraph"), layer,
        Location(place, number, f"{place} {number}"), heading=keys.get("heading", ""), lead_in=keys.get("lead_in", ""),
        columns=tuple(keys.get("columns", ())), cells=cells, level=keys.get("level", 0),
    )


def _carried(keys: dict[str, Any]) -> Carried:
    return Carried(keys.get("section", "messages"), keys["id"], keys.get("how", "on-message"), keys["id"],
                   Location("paragraph", 1, "paragraph 1"), keys.get("layer", "body"))


REASON = "So that nobody has to ask."


def with_reasons(case: Case) -> Case:
    """The case with a guide whose entries all say why they are so: `REASON`."""
    guide = case.views[0].guide
    told = {name: _told(getattr(guide, name)) for name in type(guide).model_fields}
    told["competitors"] = guide.competitors.model_copy(update={"names": _told(guide.competitors.names)})
    return replace(case, views=tuple(replace(view, guide=guide.model_copy(update=told)) for view in case.views))


def _told(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_told, value))
    return value.model_copy(update={"reason": REASON}) if isinstance(value, Entry) else value


def finished(case: Case, findings: Iterable[Finding]) -> list[Finding]:
    """What a report would hold of the case's own rule."""
    return [one for one in finish(tuple(findings), case.views[0].guide) if one.rule == case.rule]


def hold(case: Case, findings: Iterable[Finding]) -> None:
    """Assert that the findings of the case's rule are the expected ones; invariants of every finding besides."""
    found = finished(case, findings)
    told = [(one.text, one.approved and one.approved.id, one.message) for one in found]
    assert len(found) == len(case.expected), told
    for one, expected in zip(found, case.expected, strict=True):
        _hold_one(one, expected)
        if one.text is not None:
            assert one.block is not None and one.block[one.start:one.end] == one.text
        assert one.message and one.message[-1] in ".?!" and "\n" not in one.message
        assert one.why and one.fingerprint.startswith("v1:")


def _hold_one(one: Finding, expected: dict[str, Any]) -> None:
    if "words" in expected:
        assert one.text == expected["words"]
    if "approved" in expected:
        assert one.approved is not None and one.approved.id == expected["approved"]
    if "suggestion" in expected:
        assert one.suggestion == expected["suggestion"]
    if "severity" in expected:
        assert one.severity == expected["severity"]
    if "also" in expected:
        assert [also.rule for also in one.also] == expected["also"]
    for change in expected.get("changes", ()):
        alike = [had for had in one.changes if all(_names(getattr(had, key), value) for key, value in change.items())]
        assert alike, one.changes


def _names(had: str, wanted: str) -> bool:
    """Whether a change's words hold the ones that are wanted, as whole words: 'up to 30%' names '30%'."""
    held = f" {wanted.casefold()} " in f" {had.casefold().strip('.,;:')} "
    return had == wanted or (bool(wanted) and held)
