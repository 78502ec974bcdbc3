"""`msgcheck compare`: the facts of both texts side by side, the verdict, and why."""

from __future__ import annotations

import pytest

from msgcheck.cli.main import main
from msgcheck.matching import Comparison
from msgcheck.model import Change

APPROVED = "Steadybake needs up to 30% less gas than a stone oven of the same size."


def told(capsys: pytest.CaptureFixture[str], found: str, code: int) -> str:
    assert main(["compare", APPROVED, found]) == code
    out, err = capsys.readouterr()
    assert not err
    return out


def test_a_drift_shows_the_figures_of_both_and_ends_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, "Steadybake needs up to 40% less gas than a stone oven of the same size.", 1)
    assert out.startswith("Drift: ")
    (row,) = [line for line in out.splitlines() if line.startswith("share")]
    assert row.split() == ["share", "up", "to", "30%", "up", "to", "40%", "differs"]
    assert "number: 'up to 40%' where approved is 'up to 30%'" in out
    assert "· The share differs: 'up to 40%' in place of 'up to 30%'." in out


def test_the_same_words_are_on_message_and_end_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, APPROVED, 0)
    assert out.startswith("On message: ")
    assert "differs" not in out
    assert "· The words are the same." in out


def test_what_is_about_something_else_says_so_and_no_more(capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, "The showroom in Sligo opens at nine.", 0)
    assert out.startswith("About something else: ")
    assert "· The two texts have too little in common for one to restate the other." in out


def test_what_a_check_would_not_report_ends_with_0(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    change = Change("contradiction", "gas", "coal")
    unsure = Comparison("drift", (change,), 0.7, (), (), (0.2, 0.05, 0.7, 0.05), 0.8)
    monkeypatch.setattr("msgcheck.matching.compare", lambda approved, found: unsure)
    assert told(capsys, "Steadybake needs coal.", 0).startswith("Perhaps a drift: ")


def test_control_characters_do_not_reach_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, "Steadybake needs up to 40% less gas\x1b[31m than a stone oven of the same size.", 1)
    assert "\x1b" not in out
