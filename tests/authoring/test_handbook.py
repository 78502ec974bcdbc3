"""The samples' own messaging document, imported: entry by entry the guide in rules/, but for a handful of edits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from msgcheck.authoring.importing import draft_of
from msgcheck.authoring.writing import written
from msgcheck.guide import Guide, load

ROOT = Path(__file__).resolve().parents[2]
MAIN = {
    "products": "name", "taglines": "text", "terms": "never", "audiences": "name", "messages": "statement",
    "claims": "statement", "facts": "statement", "prohibited": "statements", "retired": "statement",
    "definitions": "term", "boilerplate": "text", "collateral": "match",
}
REFERENCES = {"audiences": "audiences", "audience": "audiences", "disclaimer": "boilerplate"}
EDITS = {
    ("prohibited", "See where each visitor goes.", "patterns"),   # what all forms of a phrase have in common
    ("guide", "", "visual"),
    ("guide", "", "severity"),
}
"""What is left to do after the import; docs/making-a-guide.md lists it."""


@pytest.fixture(scope="module")
def guides(tmp_path_factory: pytest.TempPathFactory) -> tuple[Guide, Guide]:
    path = tmp_path_factory.mktemp("draft") / "draft.yaml"
    found = draft_of((ROOT / "samples" / "messaging-document.docx",))
    assert not [entry for entry in found.entries if entry.decide or entry.incomplete]
    path.write_text(written(found), "utf-8")
    return load(path), load(ROOT / "rules")


def phrases(pattern: str) -> frozenset[str]:
    """All that a pattern without repetition matches; a space that may be left out counts as both."""
    head, _, rest = pattern.partition("(") if "(" in pattern else (pattern, "", "")
    if rest:
        depth, end = 1, 0
        while depth:
            depth += {"(": 1, ")": -1}.get(rest[end], 0)
            end += 1
        inner, tail = rest[: end - 1].removeprefix("?:"), rest[end:]
        options = re.split(r"\|(?![^(]*\))", inner) + ([""] if tail.startswith("?") else [])
        return frozenset(one for option in options for one in phrases(head + option + tail.removeprefix("?")))
    if match := re.search(r"\[(\w+)\]\?|([ \w])\?", head):
        options = [*(match[1] or match[2]), ""]
        before, after = head[: match.start()], head[match.end():]
        return frozenset(one for option in options for one in phrases(before + option + after))
    return frozenset([re.sub(r"\\b|\\(?=\W)", "", head)])


def key_of(entry: Any, section: str) -> str:
    value = getattr(entry, MAIN[section])
    if isinstance(value, str):
        return value
    return " ".join(value) if section == "terms" else str(value[0])


def contents(guide: Guide, entry: Any) -> dict[str, Any]:
    """The keys of an entry but its id; references by what they refer to, patterns by what they match."""
    value = {name: getattr(entry, name) for name in type(entry).model_fields if name not in {"id", "place"}}
    for name, section in REFERENCES.items():
        texts = {one.id: key_of(one, section) for one in getattr(guide, section)}
        if name in value:
            value[name] = {texts[one] for one in value[name]}
    if value.get("replaced_by"):
        value["replaced_by"] = next(
            one.statement for one in (*guide.messages, *guide.claims) if one.id == value["replaced_by"])
    if "patterns" in value:
        value["patterns"] = frozenset(one for pattern in value["patterns"] for one in phrases(pattern))
    return value


def edits(drafted: Guide, wanted: Guide) -> Iterator[tuple[str, str, str]]:
    """(section, entry, key) of all that would have to be changed, added or deleted."""
    for section in MAIN:
        ours = {key_of(one, section): contents(drafted, one) for one in getattr(drafted, section)}
        theirs = {key_of(one, section): contents(wanted, one) for one in getattr(wanted, section)}
        for name in ours.keys() | theirs.keys():
            if name not in ours or name not in theirs:
                yield section, name, "deleted" if name in ours else "added"
                continue
            yield from ((section, name, key) for key in theirs[name] if ours[name][key] != theirs[name][key])
        if section == "collateral" and list(ours) != list(theirs):
            yield section, "", "order"
    for name in ("company", "language"):
        one, other = getattr(drafted, name), getattr(wanted, name)
        if one != other and (name != "company" or contents(drafted, one) != contents(wanted, other)):
            yield "guide", "", name
    yield from _of_competitors(drafted, wanted)
    for name in ("visual", "severity"):
        if getattr(drafted, name) != getattr(wanted, name):
            yield "guide", "", name


def _of_competitors(drafted: Guide, wanted: Guide) -> Iterator[tuple[str, str, str]]:
    def all_of(guide: Guide) -> list[tuple[Any, ...]]:
        return [
            (one.name, one.aliases, one.except_, guide.competitors.policy_of(one)) for one in guide.competitors.names
        ]

    if all_of(drafted) != all_of(wanted):
        yield "competitors", "", "names"


def test_a_handful_of_edits_makes_the_import_the_guide(guides: tuple[Guide, Guide]) -> None:
    assert set(edits(*guides)) == EDITS
    assert len(EDITS) <= 5


def test_the_comparison_sees_each_difference(guides: tuple[Guide, Guide]) -> None:
    """The comparison above is worth something: what is taken out of the wanted guide is an edit."""
    drafted, wanted = guides
    fewer = wanted.model_copy(update={"claims": wanted.claims[1:], "facts": ()})
    found = set(edits(drafted, fewer)) - EDITS
    assert ("claims", wanted.claims[0].statement, "deleted") in found
    assert {entry for section, entry, _ in found if section == "facts"} == {one.statement for one in wanted.facts}
    other = wanted.messages[0].model_copy(update={"required_in": ("flyer",)})
    changed = wanted.model_copy(update={"messages": (other, *wanted.messages[1:])})
    assert set(edits(drafted, changed)) - EDITS == {("messages", other.statement, "required_in")}


@pytest.mark.parametrize(("pattern", "found"), [
    (r"\bguarantee[ds]?\b", {"guarantee", "guaranteed", "guarantees"}),
    (r"\b(fully|100 ?%) accessible\b", {"fully accessible", "100% accessible", "100 % accessible"}),
    (r"\bdownload (the|our) (free )?app\b",
     {"download the app", "download our app", "download the free app", "download our free app"}),
    (r"\b100 % accessible\b", {"100 % accessible"}),
])
def test_patterns_are_compared_by_what_they_match(pattern: str, found: set[str]) -> None:
    assert phrases(pattern) == found
