"""Fits the judge of prohibited statements on labelled passages and on distractors.

    python benchmarks/training/violations.py --shared ../shared --pairs /tmp/judge/pairs.json --fold0 cv.fold0.pt
    [--fold1 cv.fold1.pt]

The fold models are those that `cross_encoder.py pairs --folds 2` leaves beside its output: each judges only what it has
not seen. Distractors are passages of ordinary collateral, claims and labelled pairs, each beside the three prohibited
statements that come nearest to it (what violates another statement is none: companies may not say much the same
things). Some pairs of the labelled files come with less weight: passages that say the same as a statement count as
saying it, passages of other statements and those that deny it do not. Cross-validated by statement; the bar is where
one distractor pair in `--rate` passes.
"""

from __future__ import annotations

import argparse
import json
import random
import zlib
from pathlib import Path

import numpy as np
import torch
from cross_encoder import fold_of
from export import made
from labelled import claims, prohibited
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from msgcheck.checks.refusals import denial
from msgcheck.language.encoder import Encoder, load_encoder
from msgcheck.matching import reading
from msgcheck.matching.comparison import Comparer
from msgcheck.matching.pair_model import PairModel
from msgcheck.matching.reading import SentenceReader
from msgcheck.matching.violations import features
from msgcheck.normalise import normalise

FOLDS = 2
NEAREST, LEAST = 3, 0.12  # statements beside which a distractor is put, and their least cosine
ORDINARY = 1500  # passages of the labelled pairs among the distractors
WEIGHTS = {"labelled": 4.0, "distractor": 1.0, "pair": 0.3}
ROOT = Path(__file__).resolve().parents[2] / "msgcheck" / "matching"


def rows_of(shared: Path, pairs: Path, fold: int, encoder: Encoder) -> list[dict]:
    """What the model of a fold has not seen: statement, passage, whether it says it, kind, group."""
    refused = [r for r in prohibited(shared) if held({"group": r["prohibited"]}, fold)]
    other = [r for r in claims(shared) if held({"group": r["industry"]}, fold)]
    rows = [row(r["prohibited"], r["passage"], r["violates"], "labelled", r["prohibited"]) for r in refused]
    own = {(one["a"], one["b"]) for one in rows}
    statements = sorted({one["a"] for one in rows})
    rng = random.Random(fold)
    known = [one for one in json.loads(pairs.read_text(encoding="utf8")) if held({"file": one["file"]}, fold)]
    plain = sorted({one["passage"] for one in known if not one["neg"]})
    passages = list(
        dict.fromkeys(normalise(text).text for text in (*(r["passage"] for r in other), *rng.sample(plain, ORDINARY)))
    )
    cosines = encoder.encode(passages) @ encoder.encode(statements).T
    for i, passage in enumerate(passages):
        for j in np.argsort(-cosines[i])[:NEAREST]:
            if cosines[i, j] >= LEAST and (statements[j], passage) not in own:
                rows.append(row(statements[j], passage, False, "distractor", statements[j]))
    for one in known:
        denied = one["relation"] == "drift" and "negation" in (one["changes"] or [])
        share = 0.06 if one["neg"] else 0.2 if one["relation"] in ("same", "other") else 0.4 * denied
        if rng.random() < share:
            group = one["file"] + one["industry"]
            rows.append(row(one["statement"], one["passage"], one["relation"] == "same", "pair", group))
    return rows


def held(given: dict, fold: int) -> bool:
    return fold_of(given, FOLDS) == fold


def row(statement: str, passage: str, says: bool, kind: str, group: str) -> dict:
    return {"a": normalise(statement).text, "b": normalise(passage).text, "says": says, "kind": kind, "group": group}


def judged(rows: list[dict], model: Path, pairs_seen: Path, encoder: Encoder) -> np.ndarray:
    """The features of each row, by the model of its fold."""
    state = torch.load(model, weights_only=True, map_location="cpu")
    pair_model = PairModel(made(state, pairs_seen))
    comparer = Comparer(SentenceReader(encoder), pair_model)
    pairs = [(one["a"], one["b"]) for one in rows]
    found = []
    for start in range(0, len(pairs), 200):
        part = pairs[start : start + 200]
        odds = pair_model.violates(part)
        compared = comparer.compare(part)
        found += [features(c.chances, float(o), c.similarity) for c, o in zip(compared, odds, strict=True)]
    return np.array(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--pairs", type=Path, required=True, help="the pairs that judge.py prepare wrote")
    parser.add_argument("--fold0", type=Path)
    parser.add_argument("--fold1", type=Path)
    parser.add_argument("--rate", type=float, default=100, help="one distractor pair in so many may pass")
    args = parser.parse_args()
    reading._REMEMBERED = 10**6
    encoder = load_encoder()
    rows: list[dict] = []
    parts = []
    for fold, model in enumerate((args.fold0, args.fold1)):
        if model:
            chosen = rows_of(args.shared, args.pairs, fold, encoder)
            chosen = [one for one in chosen if not denial(one["b"])]
            rows += chosen
            parts.append(judged(chosen, model, args.pairs, encoder))
    matrix = np.vstack(parts)
    says = np.array([one["says"] for one in rows], int)
    kind = np.array([one["kind"] for one in rows])
    weight = np.array([WEIGHTS[one["kind"]] for one in rows])
    group = np.array([zlib.crc32(one["group"].encode()) % 5 for one in rows])
    scores = np.zeros(len(rows))
    for k in range(5):
        away = group != k
        scores[~away] = fitted(matrix[away], says[away], weight[away]).decision_function(matrix[~away])
    labelled, distractor = kind == "labelled", kind == "distractor"
    bar = float(np.quantile(scores[distractor], 1 - 1 / args.rate))
    print(len(rows), "pairs; said or not, AUC on statements not fitted on:", end=" ")
    print(f"{roc_auc_score(says[labelled], scores[labelled]):.3f}")
    for share in (50, 100, 200, 400):
        at = np.quantile(scores[distractor], 1 - 1 / share)
        yes, no = (scores[labelled & (says == said)] >= at for said in (1, 0))
        same = scores[(kind == "pair") & (says == 1)] >= at
        print(f"   one distractor pair in {share} passes: {yes.mean():.3f} of the violations,", end=" ")
        print(f"{no.mean():.3f} of what comes near and is none, {same.mean():.3f} of restatements of other statements")
    model = fitted(matrix, says, weight)
    np.savez(ROOT / "violations.npz", weights=model.coef_[0], bias=model.intercept_[0], bar=np.float64(bar))
    print("weights", model.coef_[0].round(2), "bias", model.intercept_.round(2), "bar", round(bar, 2))


def fitted(matrix: np.ndarray, says: np.ndarray, weight: np.ndarray) -> LogisticRegression:
    return LogisticRegression(C=1, max_iter=3000).fit(matrix, says, sample_weight=weight)


if __name__ == "__main__":
    main()
