"""Fits the pair model on in place: on the passages of whole labelled companies, beside what they come near.

    python benchmarks/training/pair_model_in_place.py START FOLDER [--shared ../shared] [--folds 3] [--epochs 2]

Begins with START, which `export.py` wrote (or with a folder that this script wrote, each model where it was left), and
writes `pair_model.npz` into FOLDER, fitted on all companies of benchmarks/companies that are not held out, and
`pair_model.fold0.npz` …, each fitted without the companies of its fold, for `in_place.py`, which has to know what the
model thinks of companies that it has not seen. Passages of companies are few: each epoch has labelled pairs and riddles
beside them, others every time. Prints how well each model tells approved passages from drifted ones, and refused
statements from others, on companies that it was not fitted on.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import cross_encoder
import numpy as np
import torch
from cross_encoder import KINDS, RELATIONS, other_rows, pair_loss, predict, spans_of, tokenizer, train
from export import checkpoint, made, write
from labelled import pairs
from sklearn.metrics import roc_auc_score
from whole import Held, held, meaning

from benchmarks.quality.companies import company, fitted_on, held_out
from msgcheck.language.encoder import bundled_folder
from msgcheck.matching.pair_model import load_pair_model
from msgcheck.normalise import plain

LABELLED, RIDDLES = 3000, 8000           # pairs beside those of companies, in an epoch
REPEATED = 2                             # times that a passage which says or drifts from something comes in an epoch
OTHERS = 0.4                             # share of the passages about something else that come in an epoch
SIZE = 24

Row = dict[str, Any]


def rows_of(folder: Path) -> list[Row]:
    """What a company's passages teach."""
    known = company(folder)
    return [row for one in held(known, meaning(known, load_pair_model())) for row in taught(one)]


def taught(one: Held) -> list[Row]:
    label = one.label
    found: list[Row] = []
    for rival in one.rivals:
        relation = said(one, rival.statement.id)
        if relation:
            kinds = [KINDS.index(kind) for kind in label.changes] if relation == "drift" else []
            pair = {"a": plain(rival.statement.wording), "b": rival.text}
            decided = bool(rival.own.decided)
            found.append({**pair, "relation": RELATIONS.index(relation), "kinds": kinds, "decided": decided})
    for statement in one.refused:
        yes = one.answers("prohibited" if statement.section == "prohibited" else "retired")
        found.append({"a": plain(statement.wording), "b": one.asked.text, "violates": int(yes)})
    if label.label == "neutral" or one.answers("claim"):
        found.append({"a": one.heading, "b": one.text, "claim": int(one.answers("claim"))})
    return [{**row, "company": one.where[0]} for row in found]


def said(one: Held, entry: str) -> str:
    """How a passage stands to an approved entry by its label; '' where that does not tell."""
    if entry in one.label.approved:
        return {"on-message": "same", "finding": "drift" if one.answers("drift") else ""}.get(one.label.label, "")
    if one.label.label == "on-message":
        return "other" if one.label.approved else ""
    return "" if one.rule == "conflicting-claims" else "other"


def beside(shared: Path) -> tuple[list[Row], list[Row], list[Row]]:
    """Labelled pairs, riddles, and refused statements and claims, of the files of pairs."""
    mild: list[Row] = []
    riddles: list[Row] = []
    for row in pairs(shared, riddles=True):
        kinds = [KINDS.index(kind) for kind in row.get("changes") or []]
        (riddles if row["file"].isupper() else mild).append(
            {"a": row["statement"], "b": row["passage"], "relation": RELATIONS.index(row["relation"]), "kinds": kinds,
             **spans_of(row)}
        )
    return mild, riddles, other_rows(shared, riddles=True)


def telling(row: Row) -> bool:
    """Whether a row says its other text, drifts from it or claims something: those are few."""
    return row.get("relation", 3) != 3 or row.get("violates") == 1 or row.get("claim") == 1


def epochs(own: Sequence[Row], shared: Path, seed: int) -> Callable[[int], list[Row]]:
    """The rows of each epoch."""
    mild, riddles, rest = beside(shared)
    few, many = ([row for row in own if telling(row) == which] for which in (True, False))

    def of(epoch: int) -> list[Row]:
        rng = random.Random(1000 * seed + epoch)
        return (
            few * REPEATED + rng.sample(many, int(OTHERS * len(many))) + rng.sample(mild, LABELLED)
            + rng.sample(riddles, RIDDLES) + rng.sample(rest, (LABELLED + RIDDLES) // 6)
        )

    return of


def fitted(
    own: Sequence[Row], others: Sequence[Row], start: Path, target: Path, shared: Path, rounds: int, rate: float,
    seed: int,
) -> str:
    """Fits on `own`, beginning with `start`, writes `target`, and says what the model makes of `others`."""
    cross_encoder.HALF, cross_encoder.MARKED = True, 0.5
    torch.set_num_threads(1)                               # a process a model is quicker than a thread a core
    torch.manual_seed(1)
    folder = str(bundled_folder())
    model, tok = cross_encoder.PairModel(folder), tokenizer(folder)
    with np.load(start) as arrays:
        model.load_state_dict(checkpoint({name: arrays[name] for name in arrays.files}), strict=False)
    before = ranked(model, tok, others)
    rows = epochs(own, shared, seed)
    train(model, rows, tok, lambda pooled, these: pair_loss(model, pooled, these), rounds, rate, SIZE, target.stem)
    write(made(model.state_dict(), [(row["a"], row["b"]) for row in own]), target)
    return f"{target.name}: {before} before, {ranked(model, tok, others)} after"


def ranked(model: cross_encoder.PairModel, tok: Any, rows: Sequence[Row]) -> str:
    """How often the model ranks rightly what was not decided exactly."""
    open_ = [row for row in rows if row.get("relation", 3) in (0, 2) and not row["decided"]]
    asked = [row for row in rows if "violates" in row]
    scores = predict(model, open_, tok, model.relation)
    drifts = scores[:, 2] - np.logaddexp(scores[:, 0], scores[:, 1])
    says = predict(model, asked, tok, model.violates)
    return (
        f"drifted or approved {roc_auc_score([row['relation'] == 2 for row in open_], drifts):.3f}, "
        f"refused or not {roc_auc_score([row['violates'] for row in asked], says[:, 1] - says[:, 0]):.3f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("start", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--rate", type=float, default=3e-5)
    parser.add_argument("--seed", type=int, default=1, help="of what comes beside the companies' passages")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), spawned) as workers:
        known, unseen = (
            [row for rows in workers.map(rows_of, folders) for row in rows] for folders in (fitted_on(), held_out())
        )
        fold = {path.name: at % given.folds for at, path in enumerate(fitted_on())}
        sides = [(known, unseen, "pair_model.npz")]
        for k in range(given.folds):
            mine, others = ([row for row in known if (fold[row["company"]] != k) == which] for which in (True, False))
            sides.append((mine, others, f"pair_model.fold{k}.npz"))
        jobs = [
            workers.submit(
                fitted, mine, others, given.start / name if given.start.is_dir() else given.start,
                given.folder / name, given.shared, given.epochs, given.rate, given.seed,
            )
            for mine, others, name in sides
        ]
        for job in jobs:
            print(job.result(), flush=True)


if __name__ == "__main__":
    main()
