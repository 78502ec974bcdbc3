"""Every file of a corpus through the pool: how each ends, how long it takes and how much memory."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from msgcheck.model import Document
from msgcheck.readers import ReadOptions, format_of
from msgcheck.readers.pool import Pool

SECONDS, MIB = 30.0, 1024.0
"""The bounds that no document may pass."""


@dataclass(frozen=True, slots=True)
class File:
    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Outcome:
    file: File
    document: Document
    seconds: float
    peak: float  # MiB resident in the worker, 0 where it died of the file


def hostile(corpus: Path) -> list[str]:
    """The table of outcomes by folder and reason, and below it whatever passed a bound or ended without a reason."""
    files = [
        File(path.relative_to(corpus).as_posix(), path)
        for path in sorted(corpus.rglob("*"))
        if path.is_file()
        and format_of(path.name)
        and path.parent != corpus
        and "groundtruth" not in path.name
        and not path.name.endswith((".pdf.txt", "sorted.txt"))
    ]
    outcomes = run(files)
    lines = [
        "| files | number | read | partly read | unread | slowest | most memory |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for folder in sorted({_folder(one) for one in outcomes}):
        lines.append(_row(folder, [one for one in outcomes if _folder(one) == folder]))
    lines += [_row("**all**", outcomes), "", "| reason | documents |", "| --- | ---: |"]
    codes = Counter(code for one in outcomes for code in {reason.code for reason in one.document.reasons})
    lines += [f"| `{code}` | {count} |" for code, count in codes.most_common()]
    lines += ["", *_faults(outcomes)]
    return lines


def run(files: list[File]) -> list[Outcome]:
    outcomes: list[Outcome] = []
    with Pool(1, ReadOptions()) as pool:
        for file in files:
            _forget_peak(pool)
            started = time.perf_counter()
            document = pool.read(file)
            outcomes.append(Outcome(file, document, time.perf_counter() - started, _peak(pool)))
    return outcomes


def _folder(one: Outcome) -> str:
    parts = one.file.name.split("/")
    return "/".join(parts[:2]) if parts[0] == "hostile" else parts[0]


def _row(name: str, outcomes: list[Outcome]) -> str:
    status = Counter(one.document.status for one in outcomes)
    return (
        f"| {name} | {len(outcomes)} | {status['read']} | {status['partly-read']} | {status['unread']} "
        f"| {max(one.seconds for one in outcomes):.1f} s | {max(one.peak for one in outcomes):.0f} MiB |"
    )


def _faults(outcomes: list[Outcome]) -> list[str]:
    lines = []
    for one in outcomes:
        document = one.document
        if one.seconds > SECONDS + 2 or one.peak > MIB:
            lines.append(f"- over a bound: {one.file.name}, {one.seconds:.1f} s, {one.peak:.0f} MiB")
        if document.status != "read" and not document.reasons:
            lines.append(f"- no reason: {one.file.name}")
        if document.status == "read" and not document.blocks:
            lines.append(f"- silently empty: {one.file.name}")
        for reason in document.reasons:
            if reason.code in ("crashed", "timeout", "memory"):
                lines.append(f"- {reason.code}: {one.file.name}: {reason.text}")
    return lines or ["No document passed a bound, crashed its worker, or ended without a reason."]


def _forget_peak(pool: Pool) -> None:
    for pid in pool.process_ids():
        Path(f"/proc/{pid}/clear_refs").write_text("5", "ascii")


def _peak(pool: Pool) -> float:
    peaks = [0.0]
    for pid in pool.process_ids():
        for line in Path(f"/proc/{pid}/status").read_text("ascii").splitlines():
            if line.startswith("VmHWM:"):
                peaks.append(int(line.split()[1]) / 1024)
    return max(peaks)
