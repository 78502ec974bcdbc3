"""Uses of fixed words: what never counts as a difference, and where they may stand."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgcheck.checks.patterns import pattern_hits
from msgcheck.checks.verbatim import Use, verbatim_uses
from msgcheck.checks.view import View
from msgcheck.guide.model import Guide
from msgcheck.model import Block, Document, Layer, Location, Passage, Role
from msgcheck.normalise import normalise

YIELD = "Yield measured on 38 ovens, spring 2026, weighted by output. Results vary with flour."
GUIDE = Guide.model_validate({
    "taglines": [{"id": "main", "text": "Rise early, bake calm."}],
    "boilerplate": [
        {"id": "yield", "text": YIELD},
        {"id": "copyright", "text": "© {year} Larkfield Ovens Ltd. All rights reserved."},
    ],
    "messages": [{"id": "calm", "statement": "A guaranteed calm morning: Doughmaster proves while you sleep."}],
    "prohibited": [
        {"id": "sure", "patterns": [r"\bguarantee[ds]?\b", r"\bsleep\b"], "except": ["no guarantee"]},
        {"id": "deck", "patterns": [r"oven"], "in": ["deck"]},
    ],
    "retired": [{"id": "old", "statement": "Bread overnight.", "patterns": [r"over\s?night"]}],
})


def view(*texts: str, layer: Layer = "body", **role: Any) -> View:
    blocks = tuple(
        Block(text, normalise(text).text, "paragraph", layer, Location("line", at)) for at, text in enumerate(texts, 1)
    )
    passages = tuple(
        Passage(at, match.start(), match.end(), match.group(), normalise(match.group()).text)
        for at, text in enumerate(texts) for match in re.finditer(r"\S(?:.*?[.!?](?=\s|$)|.*)", text, re.DOTALL)
    )
    document = Document("a.md", "markdown", "0", "read", (), blocks)
    return View(document, Role(**role), passages, GUIDE, datetime.date(2026, 11, 21))


def uses(*texts: str) -> list[tuple[str, bool]]:
    return [(use.id, use.exact) for use in verbatim_uses(view(*texts))]


@given(
    st.lists(st.sampled_from([" ", "  ", "\n", "\u00a0", " – ", ", ", "® "]), min_size=13, max_size=13),
    st.sampled_from([str, str.upper, str.title]), st.sampled_from(["", "¹ ", "* ", "2) ", "[3] "]),
)
def test_case_space_marks_and_punctuation_never_count(gaps: list[str], cased: Any, sign: str) -> None:
    words = re.findall(r"\w+", YIELD)
    text = sign + "".join(cased(word) + gap for word, gap in zip(words, [*gaps, ""], strict=True))
    assert uses(text) == [("yield", True)]


@given(st.integers(0, 13), st.sampled_from(["", "seldom", "not 12"]))
def test_any_other_word_is_an_alteration(place: int, instead: str) -> None:
    words = re.findall(r"\w+|[.,]", YIELD)
    at = [number for number, word in enumerate(words) if word.isalnum()][place]
    found = uses(" ".join([*words[:at], instead, *words[at + 1:]]))
    assert found.count(("yield", False)) == 1
    assert found.count(("yield", True)) < 2          # the other sentence, untouched


def test_boilerplate_may_run_on_over_blocks() -> None:
    parts = ("Yield measured on 38 ovens, spring 2026,", "weighted by output.", "Results vary with flour.")
    found = verbatim_uses(view(*parts))
    assert [(use.block, use.exact) for use in found] == [(0, True), (1, True), (2, True)]


def test_untouched_sentences_beside_an_altered_one_belong_to_the_use() -> None:
    altered = "Yield measured on 38 ovens, spring 2025, weighted by output."
    (use,) = verbatim_uses(view(f"{altered} Results vary with flour."))
    assert (use.start, use.end) == (0, len(altered) - 1)
    assert use.whole == (0, len(altered) + len(" Results vary with flour"))
    apart = verbatim_uses(view(altered, "Results vary with flour."))
    assert sorted((use.block, use.exact) for use in apart) == [(0, False), (1, True)]


def test_offsets_are_those_of_the_words() -> None:
    seen = view("Read this: rise early – bake  calm! And go.")
    (use,) = verbatim_uses(seen)
    assert seen.document.blocks[0].normal[use.start:use.end] == "rise early – bake calm"


def test_description_is_not_read_and_notes_only_where_they_are_checked() -> None:
    def found(layer: Layer, **role: Any) -> tuple[Use, ...]:
        return verbatim_uses(view("Rise early and bake calm.", layer=layer, **role))

    assert not found("description")
    assert found("notes")
    assert not found("notes", notes="skip")


@pytest.mark.parametrize(("text", "hits"), [
    ("We Guarantee it.", ["Guarantee"]),
    ("There is no guarantee, and none was guaranteed.", ["guaranteed"]),
    ("A guaranteed calm morning: Doughmaster proves while you sleep.", []),
    ("A guaranteed calm morning, and you sleep.", ["guaranteed", "sleep"]),
    ("Over\nnight bread", ["Over night"]),
    ("An oven", []),
])
def test_pattern_hits(text: str, hits: list[str]) -> None:
    seen = view(text)
    assert [seen.document.blocks[index].normal[start:end] for index, start, end, _ in pattern_hits(seen)] == hits


def test_patterns_hold_for_their_kinds_only() -> None:
    assert [entry.id for _, _, _, entry in pattern_hits(view("An oven", kind="deck"))] == ["deck"]
