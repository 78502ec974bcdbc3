"""One run over the samples, for every test of quality; and benchmarks/ as a package that tests can import."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

REPO = Path(__file__).resolve().parents[2]
sys.path.append(str(REPO))

if TYPE_CHECKING:
    from benchmarks.quality.running import Run


@pytest.fixture(scope="session")
def samples_run() -> Run:
    """msgcheck on the samples, scored against their labels."""
    from benchmarks.quality.companies import SAMPLES, company
    from benchmarks.quality.running import run_msgcheck

    return run_msgcheck(company(SAMPLES))
