"""Format 1 as models: every section, sensible defaults, one or a list, texts as they were written."""

from __future__ import annotations

import datetime
import hashlib
import json
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from msgcheck.errors import GuideError
from msgcheck.guide import Guide, entries, load, role, statements, stored
from msgcheck.guide import schema as guide_schema
from msgcheck.guide.model import Entry, Term
from msgcheck.guide.statements import SECTIONS, Statement

FULL = """\
msgcheck: 1
language: en
company:
  name: Halden Pumps
  aliases: [Halden]
  never: [HALDEN Pumps]
products:
  - {id: surge, name: Surge, mark: [(R), ™], case: any, never: [Surger], retired: [Flood], except: [power surge]}
  - {name: Drip, mark: "®"}
taglines:
  - {id: main, text: "Water moves, always."}
terms:
  - {use: sign in, never: [log in], except: [log in name], reason: Our screens say so., owner: UX}
  - never: [aqua]
    in: [deck]
    severity: note
competitors:
  names: [Dripco, {name: Flowmax, aliases: [Flow Max], policy: warn, except: [Flowmax valve]}]
  except: [Dripco Street]
audiences:
  - {id: plumbers, name: Plumbers}
messages:
  - id: quiet
    pillar: Comfort
    statement: >
      Surge runs
      quietly.
    variants: [You hardly hear Surge.]
    audiences: [plumbers]
    required_in: [deck]
    wording: exact
    examples: {ok: [Surge runs quietly.], not_ok: [Surge runs silently.]}
claims:
  - id: life
    statement: 12 of 13 pumps run for ten years.
    source: Field report 7
    owner: Marketing
    approved: 2026-01-31
    expires: 2027-01-31
    disclaimer: note
facts:
  - Founded in 1990.
  - {statement: We work in NO and SE., variants: [We work in two countries.], source: Register}
  - 2026
prohibited:
  - {id: silent, statements: [Surge makes no sound.], patterns: ['\\bsilent\\b'], except: [silent film]}
retired:
  - {id: old, statement: Water for all., replaced_by: life, patterns: [for all]}
definitions:
  - {term: lead, text: A lead has a budget.}
boilerplate:
  - {id: note, text: "Tested in {year}.", required_in: [deck], variants: ["Tested, {date}."]}
visual: _brand.yml
collateral:
  - {match: "sales/**/*.pptx", kind: deck, owner: sales, audience: plumbers, notes: skip}
  - {match: "archive/**", skip: true}
severity:
  term: off
x-notes: {anything: [goes]}
"""


@pytest.fixture
def full(tmp_path: Path) -> Guide:
    path = tmp_path / "guide.yaml"
    path.write_text(FULL, "utf-8")
    return load(path)


def test_every_section_is_read(full: Guide, tmp_path: Path) -> None:
    assert full.company is not None
    assert full.company.id == "Halden Pumps"
    surge, drip = full.products
    assert (surge.mark, surge.case, surge.retired, surge.except_) == (("®", "™"), "any", ("Flood",), ("power surge",))
    assert (drip.id, drip.mark, drip.case) == ("Drip", ("®",), "exact")
    assert full.names == (full.company, surge, drip)
    assert (full.terms[0].use, full.terms[1].use, full.terms[1].in_) == (("sign in",), (), ("deck",))
    assert [full.competitors.policy_of(one) for one in full.competitors.names] == ["forbid", "warn"]
    assert full.competitors.names[0].name == "Dripco"
    assert full.messages[0].statement == "Surge runs quietly."
    assert full.messages[0].examples is not None
    assert full.messages[0].examples.not_ok == ("Surge runs silently.",)
    assert (full.claims[0].approved, full.claims[0].expires) == (datetime.date(2026, 1, 31), datetime.date(2027, 1, 31))
    assert full.claims[0].disclaimer == ("note",)
    assert [one.statement for one in full.facts] == ["Founded in 1990.", "We work in NO and SE.", "2026"]
    assert full.prohibited[0].patterns == (r"\bsilent\b",)
    assert full.collateral[1].skip is True
    assert full.severity == {"term": "off"}
    assert full.kinds == ("deck",)
    assert full.visual == "_brand.yml"
    assert full.path == (tmp_path / "guide.yaml").as_posix()
    assert full.sha256 == hashlib.sha256(FULL.encode()).hexdigest()


def test_an_entry_knows_its_place(full: Guide) -> None:
    assert full.messages[0].place.endswith("guide.yaml:23:5")
    assert full.terms[0].place.endswith("guide.yaml:13:5")
    assert full.facts[0].place.endswith("guide.yaml:42:5")
    assert full.competitors.names[1].place.endswith("guide.yaml:18:19")


def test_place_is_no_key_of_the_format(tmp_path: Path) -> None:
    path = tmp_path / "guide.yaml"
    path.write_text("msgcheck: 1\nterms: [{never: [a], place: b, in_: [c]}]\n", "utf-8")
    with pytest.raises(GuideError) as caught:
        load(path)
    assert [one.what for one in caught.value.problems] == ["Unknown key 'place'.", "Unknown key 'in_'."]


def test_statements_in_order(full: Guide) -> None:
    found = statements(full)
    assert [(one.section, one.id, one.index, one.exact) for one in found] == [
        ("messages", "quiet", 0, True), ("messages", "quiet", 1, True), ("claims", "life", 0, False),
        ("facts", "Founded in 1990.", 0, False), ("facts", "We work in NO and SE.", 0, False),
        ("facts", "We work in NO and SE.", 1, False), ("facts", "2026", 0, False),
    ]
    assert found[1].wording == "You hardly hear Surge."
    assert found[1].statement == "Surge runs quietly."
    assert (found[2].source, found[2].owner) == ("Field report 7", "Marketing")


def test_statements_of_other_sections(full: Guide) -> None:
    found = statements(full, ("boilerplate", "taglines", "definitions", "prohibited", "retired"))
    assert [(one.section, one.id, one.wording) for one in found] == [
        ("boilerplate", "note", "Tested in {year}."), ("boilerplate", "note", "Tested, {date}."),
        ("taglines", "main", "Water moves, always."), ("definitions", "lead", "A lead has a budget."),
        ("prohibited", "silent", "Surge makes no sound."), ("retired", "old", "Water for all."),
    ]
    assert [one.exact for one in found] == [True, True, True, False, False, False]
    assert isinstance(found[0], Statement)


def test_entries_go_by_what_findings_carry(full: Guide) -> None:
    known = dict(entries(full, SECTIONS))
    assert known["facts", "2026"] is full.facts[2]
    assert known["definitions", "lead"] is full.definitions[0]
    assert known["messages", "quiet"] is full.messages[0]
    assert list(known) == list(dict.fromkeys((one.section, one.id) for one in statements(full, SECTIONS)))


def test_applies() -> None:
    assert Term(never=("a",), in_=("deck",)).applies("deck")
    assert not Term(never=("a",), in_=("deck",)).applies("flyer")
    assert not Term(never=("a",), in_=("deck",)).applies(None)
    assert not Term(never=("a",), not_in=("deck",)).applies("deck")
    assert Term(never=("a",), not_in=("deck",)).applies(None)
    assert Entry().applies(None)


def test_a_guide_is_frozen_and_crosses_process_borders(full: Guide) -> None:
    with pytest.raises(Exception, match="frozen"):
        full.path = "other"  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(full)) == full


def test_a_guide_is_stored_and_read_back_equal(full: Guide) -> None:
    back = stored.load(stored.dump(full))
    assert back == full
    assert [type(entry) for entry in back.facts] == [type(entry) for entry in full.facts]
    assert back.messages[0].place == full.messages[0].place and hash(back.terms[0]) == hash(full.terms[0])


@pytest.mark.parametrize("data", [b"", b"[]", b"1", b'{"Term":{}}', b'{"Guide":{"path":""}}', b'{"Nothing":{}}', b"{}"])
def test_what_is_no_stored_guide_is_told(data: bytes) -> None:
    with pytest.raises(ValueError):
        stored.load(data)


def test_a_folder_is_one_guide(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("msgcheck: 1\nfacts: [One.]\ncompany: {name: Halden}\n", "utf-8")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "b.yml").write_text(
        "msgcheck: 1\nfacts: [Two., Three.]\nmessages: [{id: m, statement: S., variants: [V.]}]\n", "utf-8")
    (tmp_path / "_brand.yml").write_text("color: {}\n", "utf-8")
    (tmp_path / "broken.yaml").write_text("no: [guide\n", "utf-8")
    guide = load(tmp_path)
    assert [one.statement for one in guide.facts] == ["One.", "Two.", "Three."]
    assert guide.messages[0].place.endswith("more/b.yml:3:12")
    before = guide.sha256
    (tmp_path / "more" / "b.yml").rename(tmp_path / "more" / "c.yml")
    assert load(tmp_path).sha256 != before


def test_a_folder_tells_the_problems_of_all_its_files(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "msgcheck: 1\ncompany: {name: Halden}\nmessages: [{id: m, statement: S.}]\nlanguage: en\n", "utf-8")
    (tmp_path / "b.yaml").write_text(
        "msgcheck: 1\nlanguage: en\ncompany: {name: Halden}\n"
        "messages: [{id: n, statement: S., wordng: free}, {id: m, statement: T.}]\n", "utf-8")
    with pytest.raises(GuideError) as caught:
        load(tmp_path)
    assert [(Path(one.file).name, one.line, one.column) for one in caught.value.problems] == [
        ("b.yaml", 3, 1), ("b.yaml", 4, 35), ("b.yaml", 4, 55)]
    assert "`company` stands in two files" in caught.value.problems[0].what


@pytest.mark.parametrize(("pattern", "name", "matched"), [
    ("sales/**/*.pptx", "sales/a.pptx", True),
    ("sales/**/*.pptx", "sales/x/y/a.pptx", True),
    ("sales/**/*.pptx", "emea/sales/x/a.pptx", True),
    ("sales/**/*.pptx", "presales/a.pptx", False),
    ("sales/**/*.pptx", "sales/a.pptx/b.pdf", False),
    ("sales/*.pptx", "sales/x/a.pptx", False),
    ("*.pptx", "a/b/c.pptx", True),
    ("*.PPTX", "a.pptx", True),
    ("archive/**", "archive/a/b.pdf", True),
    ("archive/**", "archive", False),
    ("archive/", "archive/a.pdf", True),
    ("/sales/*.pdf", "sales/a.pdf", True),
    ("/sales/*.pdf", "emea/sales/a.pdf", False),
    ("./sales/*.pdf", "sales/a.pdf", True),
    ("**/web/*.html", "web/a.html", True),
    ("**", "a/b", True),
    ("q[1-4]-*.pdf", "x/q3-plan.pdf", True),
    ("q[!1-4]-*.pdf", "q3-plan.pdf", False),
    ("plan?.pdf", "plan1.pdf", True),
    ("plan?.pdf", "plan/.pdf", False),
    ("a.b+c(d).pdf", "a.b+c(d).pdf", True),
    ("a.b.pdf", "aXb.pdf", False),
    ("Übersicht.pdf", "U\u0308bersicht.pdf", True),
    ("[]x.pdf", "[]x.pdf", True),
    ("[x.pdf", "[x.pdf", True),
])
def test_patterns_of_paths(pattern: str, name: str, matched: bool) -> None:
    guide = Guide.model_validate({"collateral": [{"match": pattern, "kind": "hit"}]})
    assert (role(guide, name).kind == "hit") is matched


def test_the_first_match_wins(full: Guide) -> None:
    found = role(full, "emea/sales/2026/pitch.pptx")
    assert (found.kind, found.owner, found.audiences, found.notes) == ("deck", "sales", ("plumbers",), "skip")
    assert role(full, "archive/x.pdf").skip is True
    assert role(full, "other.pdf").kind is None


def test_the_schema_is_current_and_valid(full: Guide) -> None:
    path = Path(__file__).parents[2] / "rules" / "guide.schema.json"
    assert path.read_text("utf-8") == guide_schema.text(), f"write it anew: python -m msgcheck.guide.schema {path}"
    loaded = json.loads(guide_schema.text())
    Draft202012Validator.check_schema(loaded)
    yaml = YAML(typ="safe", pure=True)
    yaml.constructor.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: node.value)
    validator = Draft202012Validator(loaded)
    assert list(validator.iter_errors(yaml.load(FULL))) == []
    wrong = {"msgcheck": 1, "messages": [{"id": "a", "statment": "b"}], "severity": {"trem": "off"}, "fact": []}
    assert len(list(validator.iter_errors(wrong))) == 4


def test_checking_a_guide_loads_nothing_heavy(tmp_path: Path) -> None:
    path = tmp_path / "guide.yaml"
    path.write_text(FULL, "utf-8")
    code = ("import sys; from msgcheck.guide import load; load(sys.argv[1]);"
            "print([m for m in ('torch', 'spacy', 'transformers', 'numpy', 'lxml', 'typer') if m in sys.modules])")
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_rules_of_the_format_are_those_that_are_checked() -> None:
    from typing import get_args

    from msgcheck.checks.rules import RULES
    from msgcheck.guide.model import RuleId

    assert set(get_args(RuleId)) == set(RULES)


def test_competitors_share_what_their_section_says() -> None:
    section = {"names": ["Dripco", {"name": "Flowmax", "severity": "note", "not_in": ["deck"]}], "severity": "error",
               "in": ["flyer"], "owner": "Legal"}
    one, other = Guide.model_validate({"competitors": section}).competitors.names
    assert (one.severity, one.in_, one.not_in, one.owner) == ("error", ("flyer",), (), "Legal")
    assert (other.severity, other.in_, other.not_in, other.owner) == ("note", (), ("deck",), "Legal")
