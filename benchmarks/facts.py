"""How far exact comparison alone tells a drift: labelled pairs against the rows of `msgcheck.matching.differences`.

    python benchmarks/facts.py ../shared/pairs --files acfhj --list false

For each kind of change it prints in how many of the drifts a row decides, by overlap of words, and in how many of
those a row of the labelled kind; and for the pairs that say the same, or a true part, in how many one does (wrongly).
`--list false` prints the wrong ones, `--list missed` the drifts without one. Nothing but facts is compared: no vector,
no judge, no pair model.
"""

from __future__ import annotations

import argparse
import collections
import json
import time
from pathlib import Path
from typing import Any

from msgcheck.language.facts import Facts, facts
from msgcheck.matching.differences import differences
from msgcheck.matching.rows import Row
from msgcheck.model import CHANGE_KINDS
from msgcheck.normalise import normalise

OVERLAPS = ("high", "mid", "low")
APPROVED = ("same", "part")


def labelled(folder: Path, files: str) -> list[dict[str, Any]]:
    """The pairs of `folder`/X.jsonl for each letter of `files`, normalised, without those about something else."""
    pairs = []
    for file in files:
        for line in (folder / f"{file}.jsonl").read_text(encoding="utf8").splitlines():
            pair = json.loads(line)
            if pair["relation"] != "other":
                texts = {key: normalise(pair[key]).text for key in ("statement", "passage")}
                pairs.append({**pair, **texts, "file": file, "changes": pair.get("changes") or []})
    return pairs


def read(pairs: list[dict[str, Any]]) -> list[tuple[Facts, Facts]]:
    """The facts of both sides of each pair; names that two statements of an industry share are the company's own."""
    groups = collections.defaultdict(list)
    for index, pair in enumerate(pairs):
        groups[pair["file"], pair["industry"]].append(index)
    out: dict[int, tuple[Facts, Facts]] = {}
    for group in groups.values():
        statements = sorted({pairs[i]["statement"] for i in group})
        named = collections.Counter(key for f in facts(statements) for key in {n.key for n in f.names if not n.code})
        own = [key for key, count in named.items() if count >= 2]
        texts = sorted({pairs[i][side] for i in group for side in ("statement", "passage")})
        known = dict(zip(texts, facts(texts, own), strict=True))
        out.update((i, (known[pairs[i]["statement"]], known[pairs[i]["passage"]])) for i in group)
    return [out[i] for i in range(len(pairs))]


def deciding(approved: Facts, found: Facts) -> tuple[Row, ...]:
    return tuple(row for row in differences(approved, found) if row.exact)


def table(pairs: list[dict[str, Any]], rows: list[tuple[Row, ...]]) -> str:
    lines = [f"{'':15}" + "".join(f"{overlap:>12}" for overlap in (*OVERLAPS, "all")) + f"{'right kind':>12}"]

    def line(name: str, chosen: list[int], kind: str = "") -> str:
        cells = []
        for overlap in (*OVERLAPS, ""):
            own = [i for i in chosen if overlap in ("", pairs[i]["overlap"])]
            cells.append(f"{sum(bool(rows[i]) for i in own)} of {len(own)}")
        right = sum(any(row.kind in pairs[i]["changes"] for row in rows[i]) for i in chosen)
        return f"{name:15}" + "".join(f"{cell:>12}" for cell in cells) + (f"{right:>12}" if kind else "")

    for kind in CHANGE_KINDS:
        lines.append(line(kind, [i for i, p in enumerate(pairs) if p["changes"][:1] == [kind]], kind))
    drifts = [i for i, p in enumerate(pairs) if p["relation"] == "drift"]
    lines.append(line("all drifts", drifts, "all"))
    for relation in APPROVED:
        lines.append(line(f"{relation}, wrongly", [i for i, p in enumerate(pairs) if p["relation"] == relation]))
    hits = sum(bool(rows[i]) for i in drifts)
    false = sum(bool(row) for row, p in zip(rows, pairs, strict=True) if p["relation"] in APPROVED)
    lines.append(f"precision {hits / max(1, hits + false):.3f}, recall {hits / max(1, len(drifts)):.3f}")
    by_row: dict[str, collections.Counter[bool]] = collections.defaultdict(collections.Counter)
    for pair, own in zip(pairs, rows, strict=True):
        for what in {f"{row.what} {row.judgement}" for row in own}:
            by_row[what][pair["relation"] == "drift"] += 1
    lines.append("rows that decide, on drifts and wrongly:")
    lines += [f"  {what:28}{count[True]:5}{count[False]:5}" for what, count in sorted(by_row.items())]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder of the labelled pairs")
    parser.add_argument("--files", default="abcdfghij")
    parser.add_argument("--list", choices=["false", "missed"], help="print the pairs that came out wrong")
    parser.add_argument("--kind", help="with --list missed: of this kind alone")
    args = parser.parse_args()
    pairs = labelled(args.folder, args.files)
    read_pairs = read(pairs)
    begun = time.perf_counter()
    rows = [deciding(*pair) for pair in read_pairs]
    seconds = time.perf_counter() - begun
    for pair, own in zip(pairs, rows, strict=True):
        wrong = bool(own) if pair["relation"] in APPROVED else not own
        if args.list and wrong and (args.list == "false") == (pair["relation"] in APPROVED):
            if args.list == "missed" and args.kind and args.kind not in pair["changes"]:
                continue
            print(f"{pair['file']} {pair['relation']} {pair['overlap']} {' '.join(pair['changes'])}")
            print(f"  {pair['statement']}\n  {pair['passage']}")
            if pair["changes"]:
                print(f"  [{pair['approved']}] → [{pair['found']}]")
            for row in own:
                print(f"  {row.kind} {row.what}: {row.approved!r} {row.judgement} {row.found!r} {row.certainty:.2f}")
    print(table(pairs, rows))
    print(f"{len(pairs)} pairs compared in {seconds:.1f} s")


if __name__ == "__main__":
    main()
