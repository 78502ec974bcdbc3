"""Drafting a guide: what stands in a messaging document comes out as entries, and nothing else does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from messaging_documents import BULLETS, CLAIMS_CSV, PROSE, SYNONYMS, cards, docx, pdf, xlsx

from msgcheck.authoring.cells import policy_in, wordings_in
from msgcheck.authoring.draft import Draft, Drafted, LeftOut, draft
from msgcheck.authoring.importing import draft_of
from msgcheck.authoring.messaging import entries_of
from msgcheck.authoring.soundness import sound
from msgcheck.authoring.writing import quoted, written
from msgcheck.errors import UsageError
from msgcheck.guide import Guide, load
from msgcheck.guide.loading import read_guide
from msgcheck.guide.sources import GuideFile
from msgcheck.readers import read


def guide_of(found: Draft, tmp_path: Path) -> Guide:
    """The draft as it is written, loaded: a draft that does not pass `guide check` fails here."""
    path = tmp_path / "draft.yaml"
    path.write_text(written(found), "utf-8")
    return load(path)


def imported(path: Path, text: str, tmp_path: Path) -> tuple[Draft, Guide]:
    path.write_text(text, "utf-8")
    found = draft_of((path,))
    return found, guide_of(found, tmp_path)


def test_headings_and_bullets(tmp_path: Path) -> None:
    _, guide = imported(tmp_path / "brief.md", BULLETS, tmp_path)
    assert [(one.pillar, one.statement, one.variants) for one in guide.messages] == [
        ("Quiet", "Surge runs so quietly that you can talk beside it.", ()),
        ("Easy to own", "Surge is installed in one morning.", ("One morning to install Surge.",)),
        ("Easy to own", "A Drip pump needs no service for two years.", ()),
    ]
    assert guide.messages[1].audiences == ("plumbers", "facility-managers")
    assert [one.wording for one in guide.messages] == ["free", "free", "exact"]
    assert [(one.statement, one.source, str(one.expires)) for one in guide.claims] == [
        ("Drip never exceeds 38 dB(A).", "Acoustic report AR-12", "None"),
        ("94% of plumbers recommend Surge", "Survey 2025", "2027-01-31"),
    ]
    assert [(one.id, one.text) for one in guide.taglines] == [("main", "Water moves.")]
    assert [(one.use, one.never) for one in guide.terms] == [
        (("pump set",), ("pumpset", "pump-set")), (("sign in",), ("log in",)), ((), ("cheap",)), ((), ("world-class",))]
    assert [(one.statements, one.patterns) for one in guide.prohibited] == [
        (("Surge makes no sound.",), ()), (("You will never need another pump",), ()), ((), (r"\bguaranteed\b",))]
    assert guide.prohibited[1].reason == "pumps wear out"
    assert (guide.retired[0].statement, guide.retired[0].replaced_by) == ("Water for all.", guide.messages[1].id)
    assert [one.name for one in guide.audiences] == ["Plumbers", "Facility managers"]
    assert [one.text for one in guide.boilerplate] == ["© {year} Halden Pumps Ltd. All rights reserved."]
    assert [one.term for one in guide.definitions] == ["Pump set"]
    assert [(one.name, one.policy) for one in guide.competitors.names] == [
        ("Dripco", None), ("Flowmax", None), ("Aquor", "allow")]
    assert [one.statement for one in guide.facts] == ["Founded in Aalborg in 1990."]


def test_what_is_not_taken_is_named(tmp_path: Path) -> None:
    found, _ = imported(tmp_path / "brief.md", BULLETS, tmp_path)
    left = {one.text: one.why for one in found.left_out}
    story = next(text for text in left if text.startswith("Long ago a man"))
    assert "Brand story" in left[story]
    assert "they install our pumps" in left
    [open_claim] = [one for one in found.entries if one.incomplete]
    assert open_claim.text("statement") == "Ten years of service life"
    assert "#     statement: Ten years of service life" in written(found)
    for text in left:
        assert text[:60] in written(found)


def test_every_entry_has_its_place(tmp_path: Path) -> None:
    found, _ = imported(tmp_path / "brief.md", BULLETS, tmp_path)
    assert all(entry.places and entry.places[0].startswith("brief.md, line ") for entry in found.entries)
    assert "# brief.md, line 9 (likely)" in written(found)


def test_tables(tmp_path: Path) -> None:
    found = draft_of((docx(tmp_path / "handbook.docx"),))
    guide = guide_of(found, tmp_path)
    assert guide.company is not None
    assert (guide.company.name, guide.company.aliases, guide.company.never) == (
        "Halden Pumps", ("Halden",), ("HALDEN", "Haldens"))
    assert [(one.name, one.mark, one.never, one.retired) for one in guide.products] == [
        ("Surge", ("®",), ("SURGE", "Surge Pump"), ("Flood",)), ("Drip", ("™",), ("Dripp",), ())]
    assert [(one.pillar, one.audiences, one.required_in) for one in guide.messages] == [
        ("Quiet", ("plumbers",), ("brochure", "deck")), ("Easy", (), ())]
    [claim] = guide.claims
    assert (claim.source, str(claim.approved), str(claim.expires)) == ("Survey 2025", "2026-03-01", "2027-02-28")
    assert claim.disclaimer == ("survey-note",)
    assert [(one.use, one.never, one.reason) for one in guide.terms] == [
        (("pump set",), ("pumpset",), "Two words."), ((), ("cheap",), "We are not.")]
    assert guide.retired[0].replaced_by == guide.messages[1].id
    assert guide.definitions[0].text == "A pump with its motor and frame."
    assert any("What they care about" in one.text for one in found.left_out)
    assert all(entry.certainty == "certain" for entry in found.of("claims"))


def test_columns_by_their_usual_names(tmp_path: Path) -> None:
    found, guide = imported(tmp_path / "voice.md", SYNONYMS, tmp_path)
    assert [(one.pillar, one.statement, one.variants, one.required_in, one.owner) for one in guide.messages] == [
        ("Quiet", "Surge hums at night.", ("Surge hums.", "A hum, no more."), ("deck", "brochure"), "Jo Baker"),
        ("Quiet", "Drip drips no more.", (), (), None),
    ]
    assert guide.messages[0].audiences == ("plumbers",)
    [asked] = [entry for entry in found.of("messages") if entry.decide]
    assert "is that only where it is used?" in asked.decide[0]
    [claim] = guide.claims
    assert (claim.source, str(claim.expires), claim.disclaimer) == ("Survey 2025", "2027-12-31", ("survey-note",))
    [term] = guide.terms
    assert (term.use, term.never, term.except_, term.severity, term.reason) == (
        ("pump set", "pump"), ("pumpset", "aggregate"), ("aggregate demand",), "error", "plain")
    assert [(one.statements, one.patterns, one.not_in) for one in guide.prohibited] == [
        (("Surge makes no sound at all.",), (), ()),
        (("Surge makes no sound.", "You hear nothing."), (r"\bsilent pump\b", r"\bsilent pumps\b"), ("deck",)),
    ]
    assert [(one.name, guide.competitors.policy_of(one)) for one in guide.competitors.names] == [
        ("Dripco", "forbid"), ("Flowmax", "warn")]
    assert (guide.boilerplate[0].text, guide.boilerplate[0].variants) == (
        "Survey of {any} plumbers, valid until {date}.", ("Survey of plumbers, {date}.",))
    assert [(one.match, one.kind, one.owner, one.audience, one.notes, one.skip) for one in guide.collateral] == [
        ("sales/*.pptx", "deck", "sales", ("plumbers",), "skip", False),
        ("marketing/print/**", "brochure", "marketing", (), "check", False),
        ("old/**", None, None, (), "check", True),
    ]
    assert "which files are these?" in next(one for one in found.of("collateral") if one.incomplete).decide[0]
    why = {one.text: one.why for one in found.left_out}
    assert why == dict.fromkeys(("These carry everything that we say.", "Not in any words."),
                                "it introduces what follows")


def test_cards_and_cells_that_span_rows(tmp_path: Path) -> None:
    found = draft_of((cards(tmp_path / "house.docx"),))
    guide = guide_of(found, tmp_path)
    [message] = guide.messages
    assert (message.statement, message.pillar, message.variants, message.required_in, message.owner) == (
        "Surge runs so quietly that you can talk beside it.", "Quiet", ("Surge lets you talk.",), ("brochure", "deck"),
        "Product marketing")
    assert [(one.statement, one.source, one.pillar, str(one.expires)) for one in guide.claims] == [
        ("A Drip pump needs no service for two years.", "Field report 7", "Quiet", "2027-12-31"),
        ("Drip never exceeds 38 dB(A).", "Acoustic report AR-12", "Quiet", "None"),
        ("Surge never exceeds 41 dB(A).", "Acoustic report AR-13", "Quiet", "None"),
    ]
    assert {one.text for one in found.left_out} == {
        "Two pillars carry everything that we say.", "Mood: calm and kind throughout"}


def test_a_column_without_a_key_is_named(tmp_path: Path) -> None:
    text = "# Terms\n\n| Use | Avoid | Audience | Mood |\n|---|---|---|---|\n| pump | aggregate | Plumbers | calm |\n"
    found, _ = imported(tmp_path / "a.md", text, tmp_path)
    assert {one.text for one in found.left_out} == {"the column 'Audience'", "the column 'Mood'"}


@pytest.mark.parametrize(("cell", "wordings"), [
    ("Live in two weeks\nTwo weeks to live", ("Live in two weeks", "Two weeks to live")),
    ("Live in two weeks, with\nhelp from Surge.\nTwo weeks to live.",
     ("Live in two weeks, with help from Surge.", "Two weeks to live.")),
    ("Two weeks with\nSurge and Drip.", ("Two weeks with Surge and Drip.",)),
    ("• Two weeks\n• Ten days", ("Two weeks", "Ten days")),
    ("“Two weeks” or “ten days”", ("Two weeks", "ten days")),
    ("Two weeks / Ten days", ("Two weeks", "Ten days")),
    ("We say “two weeks” and mean it", ("We say “two weeks” and mean it",)),
])
def test_wordings_of_a_cell(cell: str, wordings: tuple[str, ...]) -> None:
    assert wordings_in(cell) == wordings


@pytest.mark.parametrize(("cell", "policy"), [
    ("no", "forbid"), ("Never name them", "forbid"), ("may not be named", "forbid"), ("only with approval", "warn"),
    ("with care", "warn"), ("yes", "allow"), ("They may be named.", "allow"), ("see legal", ""),
])
def test_how_a_competitor_may_be_named(cell: str, policy: str) -> None:
    assert policy_in(cell) == policy


def test_prose_takes_only_what_is_quoted(tmp_path: Path) -> None:
    found, guide = imported(tmp_path / "page.html", PROSE, tmp_path)
    assert [(one.statement, one.variants) for one in guide.messages] == [
        ("Surge is installed in one morning.", ("One morning to install Surge.",))]
    assert [one.statements for one in guide.prohibited] == [("Surge makes no sound.",)]
    assert [one.statement for one in guide.retired] == ["Water for all."]
    assert [one.text for one in guide.taglines] == ["Water moves."]
    assert [(one.use, one.never) for one in guide.terms] == [(("pump set",), ("pumpset",))]
    assert [(one.name, one.never, one.mark) for one in guide.products] == [("Surge", ("SURGE", "Surge Pump"), ("®",))]
    assert any("short sentences" in one.text for one in found.left_out)
    unsure = [entry for entry in found.entries if entry.certainty == "unsure"]
    assert unsure
    assert all(entry.decide for entry in unsure)


@pytest.mark.parametrize("sentence", [
    "Nobody may say that “Surge makes no sound.” in public.",
    "We never claim “Surge makes no sound.” anywhere.",
    "Do not say “Surge makes no sound.” to customers.",
    "We no longer say “Surge makes no sound.” at all.",
    "We used to say “Surge makes no sound.” in 2019.",
])
def test_what_is_forbidden_is_never_drafted_as_approved(tmp_path: Path, sentence: str) -> None:
    for text in (f"# Key messages\n\n{sentence}\n", f"# Key messages\n\n- {sentence}\n", f"# Halden\n\n{sentence}\n",
                 f"# Proof points\n\n- {sentence}\n"):
        path = tmp_path / "brief.md"
        path.write_text(text, "utf-8")
        found = draft_of((path,))
        assert not found.of("messages"), text
        assert not found.of("claims"), text
        assert found.of("prohibited") or found.of("retired"), text


def test_pdf(tmp_path: Path) -> None:
    guide = guide_of(draft_of((pdf(tmp_path / "guide.pdf"),)), tmp_path)
    assert [one.statement for one in guide.messages] == [
        "Surge runs so quietly that you can talk beside it.", "Surge is installed in one morning."]
    assert [one.statements for one in guide.prohibited] == [("Surge makes no sound.",)]
    assert [one.text for one in guide.taglines] == ["Water moves."]


def test_claim_sheet_in_csv(tmp_path: Path) -> None:
    found, guide = imported(tmp_path / "claims.csv", CLAIMS_CSV, tmp_path)
    assert [(one.id, one.source, one.owner, str(one.expires)) for one in guide.claims] == [
        ("life", "Field report 7", "Marketing", "2027-01-31"), ("flow", "Bench test 4", "Labs", "None")]
    flow = next(entry for entry in found.entries if entry.get("id") == "flow")
    assert "'03/04/2027' is no day that can be read beyond doubt" in flow.decide[0]
    assert any("Status" in one.place for one in found.left_out)
    assert [entry.text("id") for entry in found.entries if entry.incomplete] == ["noise"]


def test_workbook(tmp_path: Path) -> None:
    found = draft_of((xlsx(tmp_path / "sheets.xlsx"),))
    guide = guide_of(found, tmp_path)
    assert [(one.statement, str(one.expires)) for one in guide.claims] == [("Ten years of service life.", "2027-01-31")]
    assert [(one.use, one.never) for one in guide.terms] == [(("pump set",), ("pumpset", "pump-set")), ((), ("cheap",))]
    assert any("Old" in one.place and "hidden" in one.why for one in found.left_out)


VALE: list[tuple[str, str, Callable[[Guide], Any], Any]] = [
    ("reject.txt", "cheap\n# a comment\nutili[sz]e\n", lambda guide: (
        [one.never for one in guide.terms], [one.patterns for one in guide.prohibited]),
     ([("cheap",)], [(r"\b(?:utili[sz]e)\b",)])),
    ("accept.txt", "PumpDesk\nfilesystem\n", lambda guide: [one.name for one in guide.products], ["PumpDesk"]),
    ("terms.yml", "extends: substitution\nmessage: Use '%s'.\nlevel: error\nswap:\n  e-?mails?: email\n"
                  "  (?:log in|login): sign in\n  whilst: while|although\n  utilis\\w+: use\n",
     lambda guide: ([(one.use, one.never, one.severity) for one in guide.terms],
                    [(one.patterns, one.reason) for one in guide.prohibited]),
     ([(("email",), ("e-mails", "e-mail"), "error"), (("sign in",), ("log in", "login"), "error"),
       (("while", "although"), ("whilst",), "error")], [((r"\b(?:utilis\w+)\b",), "Use use.")])),
    ("hype.yml",
     "extends: existence\nmessage: No hype.\nlevel: suggestion\ntokens:\n  - magical\n  - 'world[ -]class'\n",
     lambda guide: ([(one.never, one.reason, one.severity) for one in guide.terms],
                    [one.patterns for one in guide.prohibited]),
     ([(("magical",), "No hype.", "note")], [(r"\b(?:world[ -]class)\b",)])),
]


@pytest.mark.parametrize(("name", "text", "seen", "expected"), VALE, ids=[case[0] for case in VALE])
def test_vale(tmp_path: Path, name: str, text: str, seen: Callable[[Guide], Any], expected: Any) -> None:
    (tmp_path / "vale").mkdir()
    _, guide = imported(tmp_path / "vale" / name, text, tmp_path)
    assert seen(guide) == expected


@pytest.mark.parametrize(("name", "text", "piece", "why"), [
    ("reject.txt", "best(?!ow)\n", "best(?!ow)", "Look-around"),
    ("accept.txt", "filesystem\n[Pp]y.*\n", "[Pp]y.*", "a guide forbids"),
    ("title.yml", "extends: capitalization\nmessage: Title case.\nmatch: $title\n", "Title case.", "capitalization"),
    ("hype.yml", "extends: existence\nscope: heading\nmessage: No.\ntokens: [magical]\n", "heading", "whole text"),
    ("other.yml", "rules: [a]\n", "the whole file", "`extends` is missing"),
])
def test_what_vale_has_and_a_guide_has_not_is_named(tmp_path: Path, name: str, text: str, piece: str, why: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    left = draft_of((tmp_path / name,)).left_out
    assert any(one.text == piece and why in one.why for one in left)


def test_a_folder_and_several_sources_are_one_draft(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "brief.md").write_text(BULLETS, "utf-8")
    (folder / "reject.txt").write_text("cheap\n", "utf-8")
    found = draft_of((folder,))
    [cheap] = [entry for entry in found.of("terms") if entry.get("never") == ("cheap",)]
    assert len(cheap.places) == 2
    assert cheap.certainty == "certain"


@pytest.mark.parametrize(("name", "data", "what"), [
    ("a.xlsx", b"PK\x03\x04rubbish", "workbook cannot be read"),
    ("a.docx", b"PK\x03\x04rubbish", "cannot be read"),
    ("a.exe", b"MZ", "cannot be imported"),
    ("a.yml", b"a: [b\n", "The rule cannot be read"),
    ("guide.yml", b"msgcheck: 1\nfacts: [a]\n", "This is a guide already"),
    ("a.md", b"", "cannot be read"),
])
def test_what_cannot_be_imported_says_so(tmp_path: Path, name: str, data: bytes, what: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UsageError, match=what):
        draft_of((tmp_path / name,))


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        draft_of((tmp_path / "absent.md",))
    with pytest.raises(UsageError, match="nothing to import"):
        draft_of((tmp_path,))


@pytest.mark.parametrize("text", [
    "Water moves, always: 'now' \"here\" #1", "yes", "No", "null", "2026-01-01", "1.5", "- a", "* b", "& c", "! d",
    "% e", "@f", "{year} x", "[a] b", "a: b", "a #b", "tab\there", "line\nbreak", "back\\slash", "ünï ®", "trailing ",
    "~", "? a", "> b", "| c", "\x07bell", "0x1F", "1e3", "=", "<<",
])
def test_any_text_comes_back_as_it_was(text: str) -> None:
    guide, problems = read_guide((GuideFile("a", f"msgcheck: 1\nfacts: [{quoted(text)}]\n"),))
    assert problems == []
    assert guide is not None
    assert guide.facts[0].statement == " ".join("".join(c for c in " ".join(text.split()) if c.isprintable()).split())


def test_a_source_cannot_break_out_of_a_comment() -> None:
    entry = Drafted("facts", (("statement", "Water is wet."),), ("a\nprohibited: [x]",), decide=("b\r\nseverity: {}",))
    text = written(draft(("x\nmessages: []",), (entry,), (LeftOut("p\nq: 1", "t\nu: 2", "w\u2028v: 3"),)))
    guide, problems = read_guide((GuideFile("a", text),))
    assert problems == []
    assert guide is not None
    assert (len(guide.facts), len(guide.prohibited), guide.severity) == (1, 0, {})


LINES = st.sampled_from([
    "# Key messages", "## Pillar 1: Quiet", "# Proof points", "# Taglines", "# Naming", "# Terminology",
    "# Never say", "# Words to avoid", "# Audiences", "# Boilerplate", "# Glossary", "# Competitors",
    "# Retired messages", "# Story", "- Surge® is quiet: it hums.", "- “Water moves.” or “Water stays.”",
    "Source: Report 7", "Variants: one, two; three", "Audience: nobody and everyone", "Expires: 2027-02-31",
    "Expires: 2027-02-28", "- a, b / c", "- Say X, not Y", "- Y → X", "- : ", "Must appear in decks and {year}.",
    "© 2026 Halden {oops} Ltd.", "- {any} [x] #1 & *y* 'q' \"z\"", "- \\b(", "Id: ---",
    "| Type | Where | Team | Audience |\n| --- | --- | --- | --- |\n| Deck | a/b | Sales | Us |\n| Deck | | | |",
    "| Pillar | Message | Used in | Severity |\n|---|---|---|---|\n| A | B c d | decks | must |\n| | E f g | | |",
    "| Never claim | Forbidden words | Fine in |\n| --- | --- | --- |\n| W x y | a(b, c* | deck |\n| | x | |",
    "| Use | Avoid |\n| --- | --- |\n| a | b, c |\n| | d |",
    "| Claim | Source | Disclaimer |\n| --- | --- | --- |\n| W x y | s | t |",
    "| Name | Mark |\n| --- | --- |\n| Surge | TM |\n| Drip | maybe |", "Word for word.", "- guaranteed",
    "Policy: perhaps", "| Competitor | Policy |\n| --- | --- |\n| Dripco | shout |",
    "- Long: " + "very " * 60 + "long.", "Replaced by: nothing",
])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(LINES, st.text(max_size=30)), max_size=14))
def test_any_draft_passes_guide_check(lines: list[str]) -> None:
    entries, left = entries_of(read("\n\n".join(lines).encode("utf-8", "replace"), "a.md"))
    found = sound(draft(("a.md",), entries, left))
    guide, problems = read_guide((GuideFile("a", written(found)),))
    if any(not entry.incomplete for entry in found.entries):
        assert problems == []
        assert guide is not None
