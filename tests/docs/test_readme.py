"""What the README says is so: its guide loads, its table of rules is current, its links and commands exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from msgcheck.checks import RULES
from msgcheck.guide import load
from msgcheck.guide.model import Sections
from msgcheck.settings import KEYS

REPO = Path(__file__).resolve().parents[2]
README = (REPO / "README.md").read_text(encoding="utf-8")
PAGES = sorted([*REPO.glob("*.md"), REPO / "samples" / "README.md", *(REPO / "docs").glob("**/*.md")])


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.S | re.M)


def test_the_guide_in_it_loads(tmp_path: Path) -> None:
    (text,) = blocks("yaml")
    path = tmp_path / "messaging.yaml"
    path.write_text(text, encoding="utf-8")
    guide = load(path)
    assert [message.id for message in guide.messages] == ["open-in-weeks"]
    assert len(text.splitlines()) <= 16


PAGE = (REPO / "docs" / "guide.md").read_text(encoding="utf-8")


PIECES = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.S | re.M)


@pytest.mark.parametrize("text", PIECES, ids=range(len(PIECES)))
def test_every_piece_of_a_guide_in_the_reference_loads(text: str, tmp_path: Path) -> None:
    path = tmp_path / "messaging.yaml"
    path.write_text(text, encoding="utf-8")
    load(path)


def test_the_reference_names_every_section_and_rule() -> None:
    sections = set(Sections.model_fields) - {"language"}
    assert sections <= set(re.findall(r"`([a-z]+)", PAGE)) | {"msgcheck"}
    checked = {rule.id for rule in RULES.values() if rule.checked}
    assert checked <= set(re.findall(r"`([a-z-]+)`", PAGE))


def test_the_table_has_every_rule_with_its_severity() -> None:
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| (\w+|by policy) \|", README, re.M))
    expected = {rule.id: rule.severity for rule in RULES.values()} | {"competitor-mention": "by policy"}
    assert {name: severity for name, severity in rows.items() if name in RULES} == expected


def test_every_setting_is_explained() -> None:
    table = README.split("## Settings")[1].split("##")[0]
    assert set(re.findall(r"`([a-z_]+)`", "\n".join(re.findall(r"^\| (.+?) \|", table, re.M)))) == set(KEYS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPO)))
def test_links_lead_to_files(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPO)))
def test_output_that_is_shown_is_kept_up_to_date(page: Path) -> None:
    """By docs/refresh.py, which knows it by its marks; a block of commands alone shows none."""
    by_hand = re.sub(r"<!-- output of: .*?<!-- end -->", "", page.read_text(encoding="utf-8"), flags=re.S)
    for block in re.findall(r"^```\w*\n(\$ msgcheck .*?)^```", by_hand, re.S | re.M):
        assert all(line.startswith("$ ") for line in block.splitlines()), block


def test_commands_and_their_options_exist() -> None:
    import typer

    from msgcheck.cli.main import app

    group = typer.main.get_command(app)
    lines = [line for block in (*blocks("sh"), *blocks("text")) for line in block.splitlines()]
    calls = [part.strip() for line in lines for part in line.removeprefix("$ ").split("&&") if "msgcheck " in part]
    calls = [call for call in calls if call.startswith("msgcheck ")]
    assert len(calls) >= 4
    for call in calls:
        _, name, *rest = shlex.split(call, comments=True)
        command = group.commands[name]
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in rest if word.startswith("--")} <= known, call


def test_paths_in_commands_exist() -> None:
    for block in (*blocks("sh"), *blocks("text")):
        for path in re.findall(r"\b((?:samples|rules|docs|benchmarks)/[\w./-]*)", block):
            assert (REPO / path).exists(), path
