"""The guide as collateral of itself: what is questionable is remarked on, and a sound guide is let be."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from msgcheck.authoring.clashes import clashes
from msgcheck.authoring.examples import run_examples
from msgcheck.authoring.lint import lint_guide
from msgcheck.authoring.usage import unused
from msgcheck.guide import Guide, load

DAY = datetime.date(2026, 11, 21)
RULES = Path(__file__).parents[2] / "rules"

SOUND = """\
msgcheck: 1
company: {name: Halden Pumps, aliases: [Halden]}
terms: [{use: sign in, never: [log in]}]
messages:
  - {id: install, statement: A Surge pump is installed in one working day.,
     variants: [One working day to install a Surge pump.]}
  - {id: data, statement: Your operating data belongs to you.}
claims: [{id: noise, statement: A Surge pump is no louder than 40 dB(A)., source: Test report 12, expires: 2027-11-20}]
prohibited: [{id: silent, statements: [A Surge pump makes no sound.], patterns: ['\\bsilent\\b']}]
"""


@pytest.fixture
def guide(tmp_path: Path, request: pytest.FixtureRequest) -> Guide:
    path = tmp_path / "guide.yaml"
    path.write_text(request.param, "utf-8")
    return load(path)


@pytest.mark.parametrize("guide", [SOUND], indirect=True)
def test_a_sound_guide_is_let_be(guide: Guide) -> None:
    assert lint_guide(guide, DAY, 60) == ()


def test_the_guide_of_the_samples_has_expired_claims_alone() -> None:
    remarks = lint_guide(load(RULES), DAY, 0)
    assert all("expired on" in one.what for one in remarks), remarks


FAULTS = [
    ("claims: [{id: a, statement: Water is wet., source: S-1, expires: 2026-11-20}]",
     "warning", "The claim `a` expired on 2026-11-20."),
    ("claims: [{id: a, statement: Water is wet., source: S-1, expires: 2026-11-21}]",
     "note", "The claim `a` expires on 2026-11-21, in 0 days."),
    ("claims: [{id: a, statement: Water is wet., source: S-1, expires: 2027-01-20}]", "note", "in 60 days."),
    ("claims: [{id: a, statement: Water is wet., source: tbd}]", "warning", "has no source: 'tbd' names none."),
    ("terms: [{use: sign in, never: [log in]}, {use: log in, never: [enter]}]",
     "warning", "The term 'log in' is avoided here and preferred at"),
    ("terms: [{use: sign in, never: [sign in]}]", "warning", "is both preferred and avoided"),
    ("terms: [{never: [Halden]}]\ncompany: {name: Halden}", "warning", "is avoided, and it is a name"),
    ("company: {name: Halden Pumps, aliases: [Halden], never: [Halden]}", "warning", "is both approved and wrong"),
    ("company: {name: Halden}\ncompetitors: {names: [Halden]}", "warning", "is a competitor and a name of your own"),
    ("terms: [{use: water, never: [aqua]}]\nfacts: [Aqua is wet.]", "note", "'Aqua' is what `water` forbids (term)"),
    ("prohibited: [{id: p, patterns: ['\\bsilent']}]\nfacts: [The pump is silent.]",
     "warning", "'silent' is what `p` forbids (prohibited-claim)"),
    ("messages: [{id: a, statement: Water is wet.}, {id: b, statement: 'Water is wet!'}]",
     "note", "messages `b` has the same words as messages `a`."),
    ("facts: [Water is wet.]\nvisual: absent.yml", "note", "`visual` names 'absent.yml'"),
    ("messages: [{id: a, statement: A pump is installed in one working day., "
     "variants: [A pump is installed in three working days.]}]",
     "warning", "of `a` drifts from its statement: timeframe"),
    ("messages: [{id: a, statement: A pump is installed in one working day.}, "
     "{id: b, statement: A pump is installed in three working days.}]", "warning", "may contradict each other"),
    ("facts: [The warranty on every pump lasts five years.]\n"
     "retired: [{id: old, statement: The warranty on all pumps is five years.}]",
     "warning", "means what `old` has retired"),
    ("facts: [{id: warranty, statement: The warranty on every pump lasts five years.}]\n"
     "retired: [{id: long, statement: The warranty on all pumps is five years.}]",
     "warning", "means what `long` has retired"),
]


@pytest.mark.parametrize(("guide", "level", "what"), [(f"msgcheck: 1\n{text}\n", *rest) for text, *rest in FAULTS],
                         indirect=["guide"], ids=[fault[2] for fault in FAULTS])
def test_a_fault_is_remarked_on(guide: Guide, level: str, what: str) -> None:
    found = [one for one in lint_guide(guide, DAY, 60) if what in one.what]
    assert [one.level for one in found] == [level]
    assert found[0].place.startswith(guide.path)


CLASHING = """\
msgcheck: 1
products: [{id: surge, name: Surge, retired: [Flood]}]
terms: [{use: water, never: [aqua], in: [deck]}]
competitors: {names: [Dripco]}
messages:
  - {id: a, statement: Flood and aqua meet Dripco., variants: [The SURGE is silent.]}
prohibited: [{id: p, patterns: ['\\bsilent\\b'], except: [silent film]}]
taglines: [{id: t, text: A silent film.}]
collateral: [{match: '*.pptx', kind: deck}]
"""


@pytest.mark.parametrize("guide", [CLASHING], indirect=True)
def test_clashes_are_listed(guide: Guide) -> None:
    found = {(one.section, one.id, one.words, one.rule, one.by, one.pattern) for one in clashes(guide)}
    assert found == {
        ("messages", "a", "Flood", "retired-name", "surge", False),
        ("messages", "a", "Dripco", "competitor-mention", "Dripco", False),
        ("messages", "a", "aqua", "term", "water", False),
        ("messages", "a", "SURGE", "brand-name", "surge", False),
        ("messages", "a", "silent", "prohibited-claim", "p", True),
    }


EXAMPLES = """\
msgcheck: 1
products:
  - {id: surge, name: Surge, examples: {ok: [Surge is a pump.], not_ok: [SurGe is a pump., Our pump.]}}
terms:
  - {use: sign in, never: [log in], examples: {ok: [Sign in at the portal., Log in at the portal.]}}
messages:
  - id: install
    statement: A Surge pump is installed in one working day.
    examples:
      ok: [A Surge pump is installed in one working day.]
      not_ok: [A Surge pump is installed in three working days.]
prohibited:
  - {id: p, patterns: ['\\bguarantee'], examples: {not_ok: [We guarantee success.], ok: [We aim for success.]}}
"""


@pytest.mark.parametrize("guide", [EXAMPLES], indirect=True)
def test_examples_are_run(guide: Guide) -> None:
    outcomes = {one.text: one.passed for one in run_examples(guide, DAY)}
    assert outcomes == {
        "Surge is a pump.": True, "SurGe is a pump.": True, "Our pump.": False,
        "Sign in at the portal.": True, "Log in at the portal.": False,
        "A Surge pump is installed in one working day.": True,
        "A Surge pump is installed in three working days.": True,
        "We guarantee success.": True, "We aim for success.": True,
    }


@pytest.mark.parametrize("guide", [EXAMPLES], indirect=True)
def test_a_failed_example_says_what_was_found(guide: Guide) -> None:
    failed = {one.text: one for one in run_examples(guide, DAY) if not one.passed}
    assert failed["Log in at the portal."].got.startswith("term: ")
    assert failed["Our pump."].got == "no finding"
    assert "`surge`" in failed["Our pump."].what
    assert failed["Our pump."].place.endswith("guide.yaml:3:5")


@pytest.mark.parametrize("guide", ["msgcheck: 1\nfacts: [Water is wet.]\n"], indirect=True)
def test_without_examples_nothing_is_run(guide: Guide) -> None:
    assert run_examples(guide, DAY) == ()


def test_messages_that_nothing_uses(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "guide.yaml").write_text(SOUND, "utf-8")
    (tmp_path / "flyer.md").write_text("# Surge\n\nA Surge pump is installed in one working day.\n", "utf-8")
    found = unused(load(tmp_path / "rules" / "guide.yaml"), (tmp_path / "flyer.md",))
    assert [one.what for one in found] == ["None of 1 documents carries messages `data`.",
                                           "None of 1 documents carries claims `noise`."]
