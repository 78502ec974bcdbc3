"""python -m benchmarks.reading [fidelity] [facts] [quotes] [hostile] [speed] [--shared ../shared] [--write
docs/reading.md]

With `--write`, the tables in that file, between `<!-- NAME -->` and `<!-- /NAME -->`, are replaced.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from benchmarks.reading import fidelity, hostile, quotes, speed

PARTS = ("fidelity", "facts", "quotes", "hostile", "speed")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)} (default: all)")
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[3] / "shared")
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    for part in given.parts or PARTS:
        lines = table(part, given.shared)
        print(f"\n## {part}\n", *lines, sep="\n")
        if given.write:
            replace(given.write, part, lines)


def table(part: str, shared: Path) -> list[str]:
    if part == "fidelity":
        return fidelity.texts(shared / "corpus" / "extraction_truth")[0]
    if part == "facts":
        return fidelity.facts(shared / "corpus" / "extraction_truth")
    if part == "quotes":
        lines: list[str] = []
        found = total = 0
        for labels in sorted((shared / "bench").glob("*/labels.jsonl")):
            rows, hits, all_ = quotes.quotes(labels.parent)
            lines += rows if not lines else rows[2:]
            found, total = found + hits, total + all_
        return [*lines, f"| **all** | {total} | {found} ({found / max(1, total):.1%}) |"]
    if part == "hostile":
        return hostile.hostile(shared / "corpus")
    paths = sorted((shared / "bench").rglob("*.pdf")) + sorted((shared / "corpus" / "brochures").rglob("*.pdf"))
    return speed.speed(paths)


def replace(path: Path, part: str, lines: list[str]) -> None:
    text = path.read_text("utf-8")
    between = re.compile(f"(<!-- {part} -->\n).*?(<!-- /{part} -->)", re.S)
    rows = "\n".join(lines)
    path.write_text(between.sub(lambda found: f"{found[1]}{rows}\n{found[2]}", text), "utf-8")


if __name__ == "__main__":
    main()
