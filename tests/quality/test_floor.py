"""The samples are judged no worse than the floor, and the floor never falls."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from conftest import REPO

if TYPE_CHECKING:
    from benchmarks.quality.floor import Floor
    from benchmarks.quality.running import Run

PLACE = "benchmarks/quality/floor.json"


def test_the_samples_are_judged_no_worse_than_the_floor(samples_run: Run) -> None:
    from benchmarks.quality.floor import below, figures, floor

    assert not below(figures(samples_run.tally), floor())
    assert samples_run.tally.of("wanted") > 100


def test_the_floor_is_no_lower_than_it_ever_was() -> None:
    from benchmarks.quality.floor import floor, lowered

    assert not lowered(floor(), versions())


def test_a_floor_that_falls_is_told() -> None:
    from benchmarks.quality.floor import below, lowered, raised

    was = {"f1": 0.8, "precision": 0.9, "false_alarms_on_message": 0.05, "false_alarms_neutral": 0.02}
    assert not lowered(was, [was])
    assert len(lowered({**was, "f1": 0.79}, [was])) == 1
    assert len(lowered({**was, "false_alarms_neutral": 0.03}, [was, was])) == 2
    assert below({**was, "precision": 0.899}, was) == ["precision is 0.899, where 0.900 is the floor"]
    better = raised(was, {"f1": 0.9, "precision": 0.85, "false_alarms_on_message": 0.01, "false_alarms_neutral": 0.1})
    assert better == {"f1": 0.89, "precision": 0.9, "false_alarms_on_message": 0.02, "false_alarms_neutral": 0.02}


def versions() -> Iterator[Floor]:
    """The floor as every commit of the history has it."""
    from benchmarks.quality.floor import read

    if shutil.which("git") is None or not (REPO / ".git").exists():
        pytest.skip("without git there is no history")
    for commit in _git("log", "--format=%H", "--", PLACE).split():
        told = _git("ls-tree", "--name-only", commit, PLACE)
        if told.strip():
            yield read(_git("show", f"{commit}:{PLACE}"))


def _git(*arguments: str) -> str:
    command = ["git", "-C", str(REPO), *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
