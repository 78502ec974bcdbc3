"""Fits the judges of claims on labelled passages.

    python benchmarks/training/claims.py [--shared ../shared]

The first judge, which sees no pair model, learns from all labelled passages; the second from those that the pair model
was not trained on (`pairs/claims-unseen.jsonl`), since of the others it knows the answer. Prints how both rank passages
of industries that they were not fitted on, and writes `claims.npz` in `msgcheck/matching/`.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import numpy as np
from labelled import Row, claims, unseen_claims
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.svm import SVC

from msgcheck.language.encoder import load_encoder
from msgcheck.language.facts import facts
from msgcheck.matching.claims import claim_features, surfaces
from msgcheck.matching.pair_model import load_pair_model
from msgcheck.matching.together import together
from msgcheck.normalise import normalise

ROOT = Path(__file__).resolve().parents[2] / "msgcheck" / "matching"
FOLDS = 6
LARGEST = 127                            # of a support vector in 8 bits


def seen(rows: list[Row], with_opinion: bool) -> np.ndarray:
    """[n, features] of labelled passages."""
    texts, contexts = [normalise(r["passage"]).text for r in rows], [normalise(r["context"]).text for r in rows]
    encoder = load_encoder()
    vectors = encoder.encode(texts)
    around = together(texts, vectors, contexts, encoder.encode(contexts))
    odds = np.zeros((len(rows), 1), np.float32)
    if with_opinion and (model := load_pair_model()):
        odds = model.claims(list(zip(contexts, texts, strict=True)))[:, None]
    return claim_features(vectors, around, surfaces(facts(texts), contexts), odds)


def evened(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean and scale; the vectors stay as they are, the rest is standardised."""
    mean, scale = matrix.mean(axis=0), matrix.std(axis=0) + 1e-6
    plain = 2 * load_encoder().dimension
    mean[:plain], scale[:plain] = 0, 1
    return mean.astype(np.float32), scale.astype(np.float32)


def machine() -> SVC:
    return SVC(C=1.5)


def held_out(
    make: Callable[[], SVC | LogisticRegression], matrix: np.ndarray, truth: np.ndarray, rows: list[Row]
) -> np.ndarray:
    """The margin of each passage, by a judge that has not seen its industry."""
    fold = np.array([sum(r["industry"].encode()) % FOLDS for r in rows])
    found = np.zeros(len(rows))
    for k in range(FOLDS):
        found[fold == k] = make().fit(matrix[fold != k], truth[fold != k]).decision_function(matrix[fold == k])
    return found


def report(name: str, found: np.ndarray, truth: np.ndarray) -> None:
    print(f"claim or not, {name} judge, AUC on industries not fitted on: {roc_auc_score(truth, found):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    given = parser.parse_args()
    new = unseen_claims()
    rows = [*claims(given.shared), *new]
    matrix, truth = seen(rows, False), np.array([r["claim"] for r in rows], int)
    mean, scale = evened(matrix)
    even = (matrix - mean) / scale
    report("first", held_out(lambda: LogisticRegression(C=0.01, max_iter=5000), even, truth, rows), truth)
    first = LogisticRegression(C=0.01, max_iter=5000).fit(even, truth)
    arrays = {
        "first.weights": first.coef_[0].astype(np.float32), "first.bias": np.float32(first.intercept_[0]),
        "first.mean": mean, "first.scale": scale,
    }
    matrix, truth = seen(new, True), np.array([r["claim"] for r in new], int)
    mean, scale = evened(matrix)
    even = (matrix - mean) / scale
    margins = held_out(machine, even, truth, new)
    report("second", margins, truth)
    told = LogisticRegression(C=100).fit(margins[:, None], truth)          # Platt: from margins to log-odds
    second = machine().fit(even, truth)
    steps = np.maximum(np.abs(second.support_vectors_).max(axis=0), 1e-6) / LARGEST
    arrays |= {
        "second.vectors": np.rint(second.support_vectors_ / steps).astype(np.int8),
        "second.steps": steps.astype(np.float32), "second.duals": second.dual_coef_[0].astype(np.float32),
        "second.mean": mean, "second.scale": scale,
        "second.numbers": np.array([second.intercept_[0], second._gamma, told.coef_[0, 0], told.intercept_[0]]),
    }
    np.savez_compressed(ROOT / "claims.npz", **arrays)


if __name__ == "__main__":
    main()
