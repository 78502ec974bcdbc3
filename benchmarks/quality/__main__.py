"""How well msgcheck judges labelled companies: python benchmarks/quality [COMPANY…]

A COMPANY is a folder with labels.jsonl and either guide.yaml and collateral/, or a settings file (the samples). Without
any, the samples and the bench beside this checkout are measured.

  -v                      list every miss and false alarm after the tables
  --list FILE             write that list to a file
  --write docs/quality.md put the tables between the marks in that page
  --held-out              the further companies that nothing was fitted on (benchmarks/companies)
  --no-plain              leave the plain pipeline out
  --keep FOLDER           keep what the plain pipeline finds, and use it again
  --raise-floor           lift benchmarks/quality/floor.json to a little under what the samples reach
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

if __package__ in (None, ""):  # run as a folder, not with -m
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from benchmarks.quality import floor, running, tables
from benchmarks.quality.companies import SAMPLES, companies, held_out

_BETWEEN = re.compile(r"(<!-- figures -->\n).*?(<!-- /figures -->)", re.S)


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python benchmarks/quality", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("company", nargs="*", type=Path)
    parser.add_argument("-v", "--verbose", action="store_true")
    parser.add_argument("--list", type=Path, metavar="FILE")
    parser.add_argument("--write", type=Path, metavar="FILE")
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--no-plain", action="store_true")
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    parser.add_argument("--raise-floor", action="store_true")
    given = parser.parse_args()
    chosen = [*given.company, *(held_out() if given.held_out else ())]
    runs = measured(chosen, not given.no_plain, given.keep)
    page = [*told(runs), "", *tables.tables(runs)]
    print("\n".join(page))
    if given.write:
        write(given.write, page)
    missed = tables.listed(runs)
    if given.verbose:
        print("\n" + "\n".join(missed))
    if given.list:
        given.list.write_text("\n".join(missed) + "\n", "utf-8")
    if given.raise_floor:
        for run in runs:
            if run.program == "msgcheck" and run.company.folder.resolve() == SAMPLES:
                floor.write(floor.raised(floor.floor(), floor.figures(run.tally)))
    return 0


def measured(folders: Sequence[Path], plain: bool, keep: Path | None) -> list[running.Run]:
    """msgcheck on each company, then the plain pipeline where its script is there."""
    chosen = companies(folders)
    runs = []
    for company in chosen:
        print(f"msgcheck on {company.name} …", file=sys.stderr, flush=True)
        runs.append(running.run_msgcheck(company))
    if plain and running.PLAIN.is_file():
        for company in chosen:
            print(f"the plain pipeline on {company.name} …", file=sys.stderr, flush=True)
            runs.append(running.run_plain(company, keep))
    return runs


def told(runs: Sequence[running.Run]) -> list[str]:
    """What made the tables, and with what settings."""
    from msgcheck import __version__
    from msgcheck.language.encoder import load_encoder
    from msgcheck.matching.pair_model import load_pair_model

    how = [f"{run.how} on {run.company.name}" for run in runs if run.how]
    lines = [
        f"Made by `python benchmarks/quality` with msgcheck {__version__}, the encoder {load_encoder().name} and "
        f"{'the' if load_pair_model() else 'no'} pair model.",
    ]
    if how:
        best = "The plain pipeline is given the thresholds that score best on the very labels"
        lines.append(f"{best}: {'; '.join(how)}.")
    return lines


def write(page: Path, lines: Sequence[str]) -> None:
    text = page.read_text("utf-8")
    rows = "\n".join(lines)
    page.write_text(_BETWEEN.sub(lambda found: f"{found[1]}\n{rows}\n\n{found[2]}", text), "utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
