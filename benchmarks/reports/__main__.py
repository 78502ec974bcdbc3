"""What reports cost: `python -m benchmarks.reports`.

    python -m benchmarks.reports                   bytes, seconds and memory of every format, at 80 and 80,000 findings
    python -m benchmarks.reports page [FILE.html]  the report for people of 300 documents: its size, and how soon it
                                                   opens in Chromium; FILE.html is a report that is there already

Memory is the most that a reporter holds while it writes, beyond the report itself (`tracemalloc`).
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
import tracemalloc
from pathlib import Path
from typing import TextIO, cast

ROOT = Path(__file__).resolve().parents[2]


class Sink:
    """A stream that keeps nothing but the number of bytes."""

    def __init__(self) -> None:
        self.bytes = 0

    def write(self, text: str) -> int:
        self.bytes += len(text.encode("utf-8", "backslashreplace"))
        return len(text)

    def flush(self) -> None:
        """Nothing to do."""


def main() -> None:
    described = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reports", description=described)
    parser.add_argument("what", nargs="?", default="formats", choices=("formats", "page"))
    parser.add_argument("report", nargs="?", type=Path, help="an HTML report that is there already")
    parser.add_argument("--sizes", type=int, nargs=2, default=(80, 80_000), metavar="N", help="findings")
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    if given.what == "formats":
        formats(*given.sizes)
    elif given.report:
        page(given.report, given.rounds)
    else:
        with tempfile.TemporaryDirectory(prefix="msgcheck-reports-") as folder:
            page(checked(Path(folder), given.documents), given.rounds)


def formats(small: int, large: int) -> None:
    """The table of all formats."""
    from benchmarks.reports.findings import report
    from msgcheck.reporters import REPORTERS, writer

    few, many = report(small), report(large)
    print(f"| format | bytes at {small:,} | bytes at {large:,} | seconds | memory at {small:,} | memory at {large:,} |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name in REPORTERS:
        write = writer(name)
        write(few, cast(TextIO, Sink()))  # imports and caches are no part of it
        first, second = Sink(), Sink()
        start = time.process_time()
        write(many, cast(TextIO, second))
        seconds = time.process_time() - start
        write(few, cast(TextIO, first))
        held = []
        for one in (few, many):
            tracemalloc.start()
            write(one, cast(TextIO, Sink()))
            held.append(tracemalloc.get_traced_memory()[1] / 1e6)
            tracemalloc.stop()
        print(
            f"| {name} | {first.bytes:,} | {second.bytes:,} | {seconds:.1f} | {held[0]:.2f} MB | {held[1]:.2f} MB |",
            flush=True,
        )


def checked(folder: Path, count: int) -> Path:
    """The HTML report of a collection made from the samples, half of it sales', half marketing's."""
    from benchmarks.speed import collection
    from benchmarks.speed.measure import AS_OF
    from msgcheck.cli.main import main as msgcheck

    made = folder / "made"
    collection.make(made, count, collection.sentences(ROOT / "samples"))
    for at, path in enumerate(sorted(made.iterdir())):
        side = folder / "collection" / ("sales", "marketing")[at % 2]
        side.mkdir(parents=True, exist_ok=True)
        path.rename(side / path.name)
    owners = "".join(f'[[collateral]]\nmatch = "{side}/**"\nowner = "{side}"\n' for side in ("sales", "marketing"))
    (folder / "collection" / "msgcheck.toml").write_text(f'guide = "{ROOT / "rules"}"\n{owners}', encoding="utf-8")
    report = folder / "report.html"
    msgcheck(["check", str(folder / "collection"), "--as-of", AS_OF, "--output", str(report)])
    return report


def page(report: Path, rounds: int) -> None:
    """The size of an HTML report, and how soon it can be read and used in Chromium."""
    import shutil

    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    laps: dict[str, list[float]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for _ in range(rounds):
            tab = browser.new_page(viewport={"width": 1200, "height": 900})
            start = time.perf_counter()

            def lap(what: str) -> None:
                nonlocal start
                now = time.perf_counter()
                laps.setdefault(what, []).append(now - start)
                start = now

            session = tab.context.new_cdp_session(tab)
            session.send("Performance.enable")
            tab.goto(report.resolve().as_uri())
            tab.wait_for_selector("html.js h1:visible")
            lap("opened, first screen")
            metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
            laps.setdefault("of it processor time", []).append(metrics["ProcessTime"])
            start = time.perf_counter()
            tab.click("#to-findings")
            tab.wait_for_selector("details.finding:visible")
            lap("findings")
            tab.click("button[value=document]")
            tab.wait_for_selector("details.finding:visible")
            lap("by document")
            tab.select_option("#filter-severity", "error")
            tab.wait_for_selector("details.finding:visible")
            lap("only errors")
            tab.locator("details.finding > summary").first.click()
            tab.wait_for_selector("details.finding .body")
            lap("first finding opened")
            tab.click("#to-coverage")
            tab.wait_for_selector(".matrix:visible")
            lap("coverage")
            found = tab.evaluate("JSON.parse(document.getElementById('data').textContent)")
            tab.close()
        browser.close()
    counts = ", ".join(f"{len(found[name]):,} {name}" for name in ("documents", "findings", "pictures"))
    print(f"{counts}, {report.stat().st_size / 1e6:.1f} MB")
    for what, seconds in laps.items():
        print(f"{what:<24} {statistics.median(seconds):.2f} s")


if __name__ == "__main__":
    main()
