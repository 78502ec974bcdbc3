"""What a cluster is worth: one worker of one thread against two, and what a document costs each part of it."""

from __future__ import annotations

import datetime
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.speed.measure import AS_OF, family

_START = """
import os
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers={workers}, threads_per_worker=1, host="127.0.0.1", dashboard_address=None) as made:
        print(made.scheduler_address, flush=True)
        try:
            input()
        except EOFError:
            pass
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one run over `documents`: seconds by the clock, and of processor time of workers, scheduler and client;
    `result` is the bytes of a result as it travels, `compared` the seconds of the rules that compare documents."""

    documents: int
    passages: int
    seconds: float
    workers: float
    scheduler: float
    client: float
    result: float
    compared: float


def measured(folder: Path, guide: Path, workers: int, scratch: Path) -> Figures:
    """A run over the documents in `folder` on a cluster of this many workers whose models are loaded; no cache."""
    from distributed import Client

    from msgcheck.checks import COLLECTION_CHECKS
    from msgcheck.checks.spoken import guide_says
    from msgcheck.cluster import cluster
    from msgcheck.pipeline import Request, check, guide_of
    from msgcheck.settings import Settings

    settings = Settings(guide, folder)
    day = datetime.date.fromisoformat(AS_OF)
    files = sorted(folder.iterdir())
    with _started(workers, scratch) as (address, pid):
        where = cluster(address)
        check(Request(tuple(files[: 4 * workers]), settings, day, cached=False, cluster=where))
        with Client(address, set_as_default=False) as client:
            pids = list(client.run(os.getpid).values())
        before, pid_before = sum(map(_work, pids)), _work_of(pid)
        own, start = time.process_time(), time.perf_counter()
        report = check(Request((folder,), settings, day, cached=False, cluster=where))
        seconds, own = time.perf_counter() - start, time.process_time() - own
        work, scheduler = sum(map(_work, pids)) - before, _work_of(pid) - pid_before
    size = sum(len(pickle.dumps(one)) for one in report.results) / len(files)
    loaded = guide_of(settings)
    said = guide_says(loaded)
    began = time.process_time()
    for compare in COLLECTION_CHECKS:
        list(compare(report.results, loaded, lambda _: said))
    compared = time.process_time() - began
    passages = sum(one.passages for one in report.results)
    return Figures(len(files), passages, seconds, work, scheduler, own, size, compared)


@contextmanager
def _started(workers: int, scratch: Path) -> Iterator[tuple[str, int]]:
    script = scratch / f"cluster{workers}.py"
    script.write_text(_START.format(workers=workers), encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=scratch,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert process.stdin is not None and process.stdout is not None
    try:
        yield process.stdout.readline().strip(), process.pid
    finally:
        process.stdin.close()
        try:
            process.wait(60)
        finally:
            process.kill()


def _work(top: int) -> float:
    """Seconds of processor time of a process and all below it."""
    return sum(map(_work_of, family(top)))


def _work_of(pid: int) -> float:
    """Seconds of processor time of a process, and of those below it that have ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
