"""Runs over a company: msgcheck's own, and the plain pipeline's at the thresholds that suit it best."""

from __future__ import annotations

import datetime
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from benchmarks.quality.companies import AS_OF, BENCH, Company
from benchmarks.quality.scoring import Settled, Tally, Told, settle, tally

PLAIN = BENCH / "plain_pipeline.py"
_LOWEST = [step / 100 for step in range(30, 95, 5)]
_HIGHEST = [0.8, 0.85, 0.9, 0.95, 1.01]


@dataclass(frozen=True, slots=True)
class Run:
    """One program on one company. `pairs` is None for a program without a pair model; `how` says how it was set."""

    company: Company
    program: str
    settled: Settled
    tally: Tally
    seconds: float
    pairs: int | None = None
    how: str = ""


def run_msgcheck(company: Company) -> Run:
    """Check the company's collateral in this process, without the cache; loading the models is not in the seconds."""
    from msgcheck.language.encoder import load_encoder
    from msgcheck.matching.pair_model import load_pair_model
    from msgcheck.pipeline import Request, check

    pair_model = load_pair_model()
    load_encoder().encode(["Oak"])
    if pair_model:
        pair_model.forget()
    before = pair_model.seen if pair_model else 0
    request = Request((company.collateral,), company.settings, datetime.date.fromisoformat(AS_OF), cached=False)
    start = time.perf_counter()
    report = check(request)
    seconds = time.perf_counter() - start
    told = [
        Told(
            one.rule,
            one.document,
            one.text or "",
            one.approved.id if one.approved else None,
            one.changes[0].kind if one.changes else None,
            tuple(also.rule for also in one.also),
            one.confidence,
            one.message,
        )
        for one in report.findings
        if one.status == "open"
    ]
    settled = settle(company.labels, told, company.disclaimers)
    pairs = pair_model.seen - before if pair_model else 0
    return Run(company, "msgcheck", settled, tally(settled), seconds, pairs)


def run_plain(company: Company, keep: Path | None = None, script: Path = PLAIN) -> Run:
    """The plain pipeline once, then its drifts cut at the thresholds that score best on these very labels.

    With `keep`, a folder, what it found is kept there and taken from there the next time.
    """
    kept = keep / f"plain-{company.name}.json" if keep else None
    if kept and kept.is_file():
        known = json.loads(kept.read_text("utf-8"))
        findings, seconds = known["findings"], known["seconds"]
    else:
        findings, seconds = _plain(company, script)
        if kept:
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(json.dumps({"findings": findings, "seconds": seconds}), "utf-8")
    low, high, settled = max(_cut(company, findings), key=lambda one: tally(one[2]).f1)
    how = f"cosine from {low:.2f} to below {min(high, 1.0):.2f}"
    return Run(company, "plain pipeline", settled, tally(settled), seconds, None, how)


def pooled(runs: Sequence[Run]) -> Tally:
    """All companies counted together."""
    return sum((run.tally for run in runs), Tally())


def _plain(company: Company, script: Path) -> tuple[list[dict[str, Any]], float]:
    """All that the pipeline may raise, at the widest thresholds, and the seconds that it took with its loading."""
    with tempfile.TemporaryDirectory(prefix="msgcheck-plain-") as folder:
        place, out = Path(folder) / "company", Path(folder) / "out.json"
        _laid_out(company, place)
        start = time.perf_counter()
        command = [sys.executable, str(script), str(place), str(out), "0", "1.01"]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        seconds = time.perf_counter() - start
        if done.returncode:
            raise RuntimeError(f"the plain pipeline failed on {company.name}\n{done.stderr}")
        return json.loads(out.read_text("utf-8"))["findings"], seconds


def _cut(company: Company, findings: Sequence[dict[str, Any]]) -> Iterator[tuple[float, float, Settled]]:
    """The pipeline's findings at each pair of thresholds: nothing but its drifts depends on them."""
    disclaimers = company.disclaimers
    for low, high in product(_LOWEST, _HIGHEST):
        told = [
            Told(one["rule"], one["document"], one["text"], (one.get("approved") or {}).get("id"))
            for one in findings
            if "similarity" not in one or low <= one["similarity"] < high
        ]
        yield low, high, settle(company.labels, told, disclaimers)


def _laid_out(company: Company, place: Path) -> None:
    """The company as the pipeline takes it: its guide in the plainest form, and the labelled documents alone."""
    for document in sorted({label.document for label in company.labels}):
        target = place / "collateral" / document
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(company.collateral / document, target)
    guide = company.guide
    rivals = guide.competitors.names if guide.competitors else ()
    approved = {
        section: [{"id": one.id, "statement": one.statement, "variants": one.variants} for one in entries]
        for section, entries in (("messages", guide.messages), ("claims", guide.claims))
    }
    entries = {
        "company": {"never": guide.company.never if guide.company else ()},
        "products": [{"never": one.never, "retired": one.retired} for one in guide.products],
        "terms": [{"never": one.never} for one in guide.terms],
        "competitors": {"names": [name for one in rivals for name in (one.name, *one.aliases)]},
        **approved,
        "prohibited": [
            {"id": one.id, "statements": one.statements, "patterns": one.patterns} for one in guide.prohibited
        ],
        "retired": [{"id": one.id, "statement": one.statement} for one in guide.retired],
    }
    (place / "guide.yaml").write_text(json.dumps(entries), "utf-8")
