"""Starting a guide: the template is sound, and a folder's own words come out with their counts."""

from __future__ import annotations

from pathlib import Path

from msgcheck.authoring.start import proposal, started
from msgcheck.authoring.template import template
from msgcheck.authoring.writing import quoted
from msgcheck.guide import Guide, load
from msgcheck.guide.loading import read_guide
from msgcheck.guide.sources import GuideFile
from msgcheck.readers import read

ONE = """\
# Surge

Surge® is the pump that Halden Pumps makes in Aalborg, and the HydroLink module connects it.

A Surge pump is installed in one working day by two people.

Water moves.

© 2025 Halden Pumps Ltd. All rights reserved.
"""
TWO = """\
# Why Surge

With the Hydrolink module, a Surge pump talks to your building. Ask halden pumps for HydroLink.

A Surge pump is installed in two working days by two people.

Water moves.

© 2026 Halden Pumps Ltd. All rights reserved.
"""


def test_the_template_passes_and_shows_every_section() -> None:
    text = template("Halden: Pumps & more", quoted)
    guide, problems = read_guide((GuideFile("guide.yaml", text),))
    assert problems == []
    assert guide is not None
    assert guide.company is not None
    assert guide.company.name == "Halden: Pumps & more"
    for section in type(guide).model_fields:
        assert section in {"visual"} or f"{section}:" in text


def test_the_examples_of_the_template_pass_when_they_are_used() -> None:
    live = []
    for line in template("Halden", quoted).splitlines():
        bare = line.removeprefix("# ") if line.startswith("#") else line.replace("  # ", "  ", 1)
        is_key = bare.startswith((" ", "-")) or bare.split(":")[0] in Guide.model_fields
        live.append(bare if line and is_key and not bare.startswith("yaml-language") else line)
    text = "\n".join(live).replace("kind: document", "kind: deck", 1)
    guide, problems = read_guide((GuideFile("guide.yaml", text),))
    assert problems == [], text
    assert guide is not None
    sections = ("products", "terms", "messages", "claims", "prohibited", "retired", "definitions", "boilerplate")
    assert all(getattr(guide, section) for section in sections)


def _documents() -> tuple:  # type: ignore[type-arg]
    return (read(ONE.encode(), "marketing/one.md"), read(TWO.encode(), "sales/two.md"))


def test_what_recurs_is_proposed_with_its_counts() -> None:
    found = proposal(_documents(), None)
    [company] = found.of("company")
    assert company.get("name") == "Halden Pumps"
    assert any("'halden pumps' wrong? once in sales/two.md" in question for question in company.decide)
    products = {str(entry.get("name")): entry for entry in found.of("products")}
    assert products["Surge"].get("mark") == "®"
    assert products["Surge"].places == ("6 times in 2 documents",)
    assert any("'Hydrolink' wrong? once" in question for question in products["HydroLink"].decide)
    [message] = found.of("messages")
    assert "installed in" in message.text("statement")
    assert any("other figures" not in question and "working day" in question for question in message.decide)
    assert [entry.get("text") for entry in found.of("taglines")] == ["Water moves."]
    [boilerplate] = found.of("boilerplate")
    assert boilerplate.get("text") == "© {year} Halden Pumps Ltd. All rights reserved."
    assert [(entry.get("match"), entry.get("owner")) for entry in found.of("collateral")] == [
        ("marketing/**/*.md", "marketing"), ("sales/**/*.md", "sales")]


def test_departments_own_their_folders_at_whatever_depth() -> None:
    places = ("kit/2026/Sales/one.md", "kit/2026/Marketing/web/two.md", "kit/press/three.md")
    documents = tuple(read(text.encode(), place) for text, place in zip((ONE, TWO, ONE), places, strict=True))
    assert [(entry.get("match"), entry.get("owner")) for entry in proposal(documents, None).of("collateral")] == [
        ("kit/**/*.md", None), ("kit/2026/Marketing/**/*.md", "marketing"), ("kit/2026/Sales/**/*.md", "sales")]


def test_a_sentence_of_the_small_print_is_no_message() -> None:
    note = "Average of 41 pumps, winter {}, measured in Aalborg. Results depend on the house and its pipes."
    texts = {"a.md": ("One text.", "2024/25"), "b.md": ("Another one.", "2025/26"), "c.md": ("A third.", "2025/26")}
    documents = tuple(
        read(f"# Pumps\n\n{text}\n\n{note.format(winter)}\n".encode(), name) for name, (text, winter) in texts.items()
    )
    found = proposal(documents, "Halden Pumps")
    assert found.of("boilerplate")
    assert not found.of("messages")


def test_a_started_guide_passes(tmp_path: Path) -> None:
    for name, text in (("marketing/one.md", ONE), ("sales/two.md", TWO)):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, "utf-8")
    path = tmp_path / "rules" / "messaging.yaml"
    path.parent.mkdir()
    text, lines = started(tmp_path, "Halden Pumps", path)
    path.write_text(text, "utf-8")
    guide = load(path)
    assert guide.company is not None
    assert guide.company.name == "Halden Pumps"
    assert "Read 2 documents" in lines[0]
    assert "# prohibited:" in text
