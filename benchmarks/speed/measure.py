"""One run of a program: its wall time, and the memory of all its processes together."""

from __future__ import annotations

import resource
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.1  # seconds between looks at the memory
AS_OF = "2026-11-21"


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds by the clock, seconds of processor time, and the most memory that was held at once, in bytes.

    Memory is proportional (a page that n processes share counts 1/n in each), so that the sum over processes is true.
    """

    seconds: float
    work: float
    memory: int


def run(arguments: list[str], memory: bool = False) -> Run:
    """Run a program to its end; raises RuntimeError where it exits with 2 or more."""
    most = 0
    start = time.perf_counter()
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    stop = threading.Event()

    def watch() -> None:
        nonlocal most
        while not stop.wait(_EVERY):
            most = max(most, sum(map(_proportional, family(process.pid))))

    watcher = threading.Thread(target=watch, daemon=True)
    if memory:
        watcher.start()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    _, told = process.communicate()
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    work = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    stop.set()
    if process.returncode > 1:
        raise RuntimeError(f"{' '.join(arguments)}\n{told.decode(errors='replace')}")
    return Run(seconds, work, most)


def check(folder: Path, guide: Path, cache: Path, *more: str, memory: bool = False) -> Run:
    """`msgcheck check` over a folder, as a person runs it, with a cache folder of its own."""
    command = [
        sys.executable,
        "-m",
        "msgcheck",
        "check",
        str(folder),
        "--guide",
        str(guide),
        "--root",
        str(folder),
        "--as-of",
        AS_OF,
        "--cache-dir",
        str(cache),
        "--format",
        "json",
        "--output",
        str(cache) + ".json",
        *more,
    ]
    return run(command, memory)


def family(top: int) -> list[int]:
    """A process and all below it."""
    found = [top]
    for pid in found:
        try:
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
            for task in Path(f"/proc/{pid}/task").iterdir():
                if task.name != str(pid):
                    children += (task / "children").read_text("ascii").split()
        except OSError:
            continue
        found.extend(int(child) for child in children)
    return found


def _proportional(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
