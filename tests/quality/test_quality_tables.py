"""The tables of a run, the plain pipeline's thresholds, and what makes a folder a labelled company."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import REPO

if TYPE_CHECKING:
    from benchmarks.quality.running import Run

GUIDE = """msgcheck: 1
company: {name: Aran Ferries, never: [Arran Ferries]}
competitors: {names: [Skipjack, {name: Gannet, aliases: [Gannet Lines]}]}
messages: [{id: bicycles, statement: "Every ferry carries up to 212 bicycles."}]
claims: [{id: sailed, statement: "We sailed on 99.2% of all days in 2025.", source: Log, disclaimer: note}]
boilerplate: [{id: note, text: "Counted on all lines."}]
"""
LABELS = (
    {"document": "a.txt", "quote": "Every ferry carries 212 bicycles.", "label": "finding", "rules": ["message-drift"],
     "approved": "bicycles", "changes": ["qualifier"], "difficulty": "easy"},
    {"document": "a.txt", "quote": "Each of our ferries takes 212 bicycles at most.", "label": "on-message",
     "rules": [], "approved": "bicycles", "changes": [], "difficulty": "easy"},
    {"document": "a.txt", "quote": "The bar opens at nine.", "label": "neutral", "rules": [], "approved": None},
)
PIPELINE = """import json, pathlib, sys
company, out, low, high = sys.argv[1:]
guide = json.loads((pathlib.Path(company) / "guide.yaml").read_text())
assert guide["competitors"]["names"] == ["Skipjack", "Gannet", "Gannet Lines"], guide
assert guide["claims"][0]["id"] == "sailed" and guide["company"]["never"] == ["Arran Ferries"]
text = (pathlib.Path(company) / "collateral" / "a.txt").read_text()
likeness = (0.92, 0.71, 0.35)
drifts = [
    {"rule": "message-drift", "document": "a.txt", "text": line, "approved": {"id": "bicycles"}, "similarity": near}
    for line, near in zip(text.splitlines(), likeness)
]
pathlib.Path(out).write_text(json.dumps({"findings": drifts}))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "ferries"
    (place / "collateral").mkdir(parents=True)
    (place / "guide.yaml").write_text(GUIDE, "utf-8")
    (place / "labels.jsonl").write_text("\n".join(map(json.dumps, LABELS)) + "\n", "utf-8")
    (place / "collateral" / "a.txt").write_text("\n".join(str(label["quote"]) for label in LABELS), "utf-8")
    return place


def test_a_folder_with_labels_is_a_company(folder: Path) -> None:
    from benchmarks.quality.companies import SAMPLES, company

    ferries = company(folder)
    assert (ferries.name, len(ferries.labels), ferries.disclaimers) == ("ferries", 3, {"sailed": ("note",)})
    assert "never used" in ferries.use
    samples = company(SAMPLES)
    assert samples.settings.guide.resolve() == REPO / "rules" / "messaging.yaml"
    assert {label.document for label in samples.labels} == {
        path.relative_to(SAMPLES).as_posix()
        for part in ("marketing", "sales") for path in (SAMPLES / part).rglob("*.*")
    }


def test_the_plain_pipeline_gets_its_best_thresholds(folder: Path, tmp_path: Path) -> None:
    from benchmarks.quality.companies import company
    from benchmarks.quality.running import run_plain

    script = tmp_path / "pipeline.py"
    script.write_text(PIPELINE, "utf-8")
    run = run_plain(company(folder), tmp_path / "kept", script)
    assert run.tally.f1 == 1.0               # only the drift lies between the thresholds
    assert run.how == "cosine from 0.75 to below 0.95"
    script.write_text("raise SystemExit(3)", "utf-8")
    assert run_plain(company(folder), tmp_path / "kept", script).tally.f1 == 1.0
    with pytest.raises(RuntimeError, match="failed on ferries"):
        run_plain(company(folder), None, script)


def test_the_tables_show_what_was_counted(folder: Path, tmp_path: Path) -> None:
    from benchmarks.quality.companies import company
    from benchmarks.quality.running import Run
    from benchmarks.quality.scoring import Told, settle, tally
    from benchmarks.quality.tables import listed, tables

    ferries = company(folder)
    drift = Told("message-drift", "a.txt", "Every ferry carries 212 bicycles.", "bicycles", "qualifier", (), 0.9)
    false = Told("message-drift", "a.txt", "The bar opens at nine.", "bicycles", "number", (), 0.6, "Says 'nine'.")
    both = settle(ferries.labels, [drift, false], {})
    none = settle(ferries.labels, [], {})
    runs = [
        Run(ferries, "msgcheck", both, tally(both), 2.0, 12),
        Run(ferries, "plain pipeline", none, tally(none), 3.0),
    ]
    page = "\n".join(tables(runs))
    assert "| ferries | msgcheck | 0.667 | 0.500 | 1.000 | 0.0% | 100.0% | 100.0% | 12 | 2 |" in page
    assert "| ferries | plain pipeline | 0.000 | 0.000 | 0.000 | 0.0% | 0.0% |  |  | 3 |" in page
    assert "| `message-drift` | 1/1 | 1/1 | 100.0% | 1 | 0/1 |" in page
    assert "| qualifier | 1/1 | 1/1 | 100.0% | 0/1 |" in page
    assert "| 0.90 or more | 1 | 100.0% |" in page
    assert "| 0.60 or more | 2 | 50.0% |" in page
    (line,) = listed(runs)
    assert line.startswith("ferries  FALSE") and "on neutral" in line and "Says 'nine'." in line


def test_many_companies_have_no_column_each(samples_run: Run) -> None:
    from benchmarks.quality import tables

    assert "| samples |" in tables.grouped([samples_run], "rule")[0]
    assert "| samples |" not in tables.grouped([samples_run] * 7, "rule")[0]
    assert len(tables.overall([samples_run] * 7)) == 10
