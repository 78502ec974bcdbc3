"""How long a check takes, against the plain pipeline and against itself: `python -m benchmarks.speed`.

Runs that are compared stand next to each other in time and take turns, so that what else the machine does meets both;
what is reported is the ratio of each pair, as the median over the rounds with the lowest and the highest. Seconds are
shown for orientation alone. Run it on a machine with nothing else to do.

    python -m benchmarks.speed              against the plain pipeline, on ../shared/bench
    python -m benchmarks.speed collection   200 and 2,000 documents, and one changed of 200
    python -m benchmarks.speed profile      where the time of an uncached run goes
    python -m benchmarks.speed cluster      one worker of a cluster against two; what a document costs
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.speed import collection
from benchmarks.speed.measure import AS_OF, Run, check, run

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("what", nargs="?", default="plain", choices=("plain", "collection", "profile", "cluster"))
    parser.add_argument("--bench", type=Path, default=ROOT.parent / "shared" / "bench", help="labelled companies")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sizes", type=int, nargs=2, default=(200, 2000), metavar="N")
    parser.add_argument("--documents", type=int, default=100, help="for the cluster")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="msgcheck-speed-") as folder:
        if given.what == "plain":
            against_plain(given.bench, Path(folder), given.rounds)
        elif given.what == "collection":
            collections(Path(folder), given.rounds, given.sizes)
        elif given.what == "cluster":
            clusters(Path(folder), given.rounds, given.documents)
        else:
            profile(given.bench)


def against_plain(bench: Path, folder: Path, rounds: int) -> None:
    """Cold and warm runs against the plain pipeline on each company of the bench."""
    for company in sorted(path.parent for path in bench.glob("*/guide.yaml")):
        plain, cold, warm = list[Run](), list[Run](), list[Run]()
        for number in range(rounds):
            cache = folder / f"{company.name}-{number}"
            plain.append(run([sys.executable, str(bench / "plain_pipeline.py"), str(company), str(folder / "plain")]))
            cold.append(check(company / "collateral", company / "guide.yaml", cache))
            warm.append(check(company / "collateral", company / "guide.yaml", cache))
        print(f"{company.name:<8} {'by the clock':<26} {'processor time':<26} seconds")
        for name, ours, goal in (("cold", cold, "1/3"), ("warm", warm, "1/30"), ("plain", plain, "1")):
            clock = _ratio([one.seconds for one in ours], [one.seconds for one in plain])
            work = _ratio([one.work for one in ours], [one.work for one in plain])
            median = statistics.median(one.seconds for one in ours)
            print(f"  {name:<6} {clock:<26} {work:<26} {median:.2f}   (goal {goal})", flush=True)


def collections(folder: Path, rounds: int, sizes: Sequence[int]) -> None:
    """Time a document and memory at two sizes; one changed document among many."""
    quotes = collection.sentences(ROOT / "samples")
    guide = ROOT / "rules"
    seconds: dict[int, list[float]] = {size: [] for size in sizes}
    memory: dict[int, int] = {}
    changed: list[float] = []
    for size in sizes:
        collection.make(folder / str(size), size, quotes)
    for number in range(rounds):
        for size in sizes:
            cache = folder / f"cache-{size}-{number}"
            done = check(folder / str(size), guide, cache, memory=True)
            seconds[size].append(done.seconds)
            memory[size] = max(memory.get(size, 0), done.memory)
        first = min(sizes)
        path = sorted((folder / str(first)).iterdir())[number * 7]
        collection.change(path, quotes)
        changed.append(check(folder / str(first), guide, folder / f"cache-{first}-{number}").seconds)
    small, large = sizes
    print(f"one changed of {small}  {_ratio(changed, seconds[small])}   (goal 0.05)")
    each = {size: [one / size for one in seconds[size]] for size in sizes}
    print(f"time a document at {large} against {small}  {_ratio(each[large], each[small])}   (goal 1.2)")
    print(f"memory at {large} against {small}  {memory[large] / memory[small]:.2f}   (goal 0.9 to 1.1)")
    for size in sizes:
        print(f"{size:>6} documents: {statistics.median(seconds[size]):.1f} s, {memory[size] / 2**30:.2f} GiB at most")


def clusters(folder: Path, rounds: int, documents: int) -> None:
    """The same documents on one worker and on two, and what a document costs the parts of a cluster."""
    from benchmarks.speed.cluster import Figures, measured

    made = folder / "documents"
    collection.make(made, documents, collection.sentences(ROOT / "samples"))
    found: dict[int, list[Figures]] = {1: [], 2: []}
    for _ in range(rounds):
        for workers, figures in found.items():
            figures.append(measured(made, ROOT / "rules", workers, folder))
    one, two = found[1], found[2]
    print(f"two workers against one  {_ratio([f.seconds for f in one], [f.seconds for f in two])}   (goal 1.6)")
    for name, seconds in (
        ("by the clock, one worker", [f.seconds for f in one]),
        ("processor time, workers", [f.workers for f in (*one, *two)]),
        ("processor time, scheduler", [f.scheduler for f in (*one, *two)]),
        ("processor time, client", [f.client for f in (*one, *two)]),
        ("comparing rules", [f.compared for f in (*one, *two)]),
    ):
        each = statistics.median(seconds) / documents
        print(f"{name:<28} {1000 * each:8.1f} ms a document, {3600 / each if each else 0:10,.0f} documents an hour")
    print(f"{one[0].passages / documents:.1f} passages and {one[0].result / 1000:.1f} kB of result a document")


def profile(bench: Path) -> None:
    """Processor time of the steps of an uncached run, in one process."""
    last = time.process_time()

    def lap(what: str) -> None:
        nonlocal last
        now = time.process_time()
        print(f"{what:<28} {now - last:6.2f} s", flush=True)
        last = now

    import datetime

    from msgcheck.discover import discover
    from msgcheck.guide import role
    from msgcheck.language import encoder, nlp
    from msgcheck.pipeline import Request, analyser_of, guide_of
    from msgcheck.readers import read_path
    from msgcheck.settings import Given, resolve

    lap("import the recipe")
    company = min(path.parent for path in bench.glob("*/guide.yaml"))
    paths = (company / "collateral",)
    settings = resolve(paths, Given(guide=company / "guide.yaml", root=paths[0]))
    request = Request(paths, settings, datetime.date.fromisoformat(AS_OF), cached=False)
    guide = guide_of(settings)
    lap("read the guide")
    documents = [read_path(one.path, one.name, request.reading) for one in discover(paths, settings.root).sources]
    lap(f"read {len(documents)} documents")
    nlp.pipeline()
    lap("load spaCy")
    encoder.load_encoder().encode(["Oak"])
    lap("load the encoder")
    analyser = analyser_of(guide, request)
    lap("prepare the guide")
    for document in documents:
        analyser.analyse(document, role(guide, document.name))
    lap(f"analyse {len(documents)} documents")


def _ratio(ours: Sequence[float], theirs: Sequence[float]) -> str:
    ratios = sorted(one / other for one, other in zip(ours, theirs, strict=True))
    return f"{statistics.median(ratios):.3f} ({ratios[0]:.3f} to {ratios[-1]:.3f})"


if __name__ == "__main__":
    main()
