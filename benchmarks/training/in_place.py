"""Fits the judges in place, on whole labelled companies: passages beside the wordings that they come near.

    python benchmarks/training/in_place.py [COMPANY …] [--held-out COMPANY …]

Without any, those of benchmarks/companies, and of these the ones that are held out.

Four things are asked of a passage: has it *drifted* from the wording that it comes nearest to (those that differ
exactly are decided without), does it say a *prohibited* or a *retired* one, does it *claim* what the guide does not
say. For each the script prints what share of the passages a bar finds and how many it finds wrongly, by
cross-validation over companies and on the companies held out; it fits on all that are given, and writes `in_place.npz`
in `msgcheck/matching/`.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from judge import exported
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from whole import RULES, Held, held, meaning

from benchmarks.quality.companies import Label, company, fitted_on, held_out
from msgcheck.checks.refusals import refusal_rows, worth_judging
from msgcheck.checks.verdict import beside
from msgcheck.matching.comparison import Comparer
from msgcheck.matching.in_place import RESOURCE, SEEN, InPlaceJudge, Question, save
from msgcheck.matching.linear import Linear
from msgcheck.matching.pair_model import PairModel, load_pair_model
from msgcheck.normalise import plain

ROOT = Path(__file__).resolve().parents[2] / "msgcheck" / "matching"
FOLDS = 7
BARS = (0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8)


@dataclass(frozen=True)
class Case:
    """What is seen of a passage for a question, and how it is labelled: 'yes', or what it is instead ('on-message',
    'neutral', 'finding'); `passage` tells which cases are of one passage.
    """

    question: Question
    passage: tuple[str, str, int]
    label: str
    seen: np.ndarray

    @property
    def company(self) -> str:
        return self.passage[0]


def cases(folder: Path, weights: Path | None) -> list[Case]:
    """The cases of a company's labelled passages, seen with the opinions of the pair model of `weights`, of the shipped
    one without.
    """
    known = company(folder)
    reads = meaning(known, pair_model(weights) if weights else load_pair_model())
    return [case for one in held(known, reads) for case in of_passage(reads.judge_of.comparer, one)]


@lru_cache(maxsize=1)
def pair_model(weights: Path) -> PairModel:
    with np.load(weights) as arrays:
        return PairModel({name: arrays[name] for name in arrays.files})


def of_passage(comparer: Comparer, one: Held) -> Iterator[Case]:
    rivals, label = one.rivals, one.label
    of_another = one.answers("drift") and rivals and rivals[0].statement.id not in label.approved
    if rivals and not rivals[0].own.decided and not of_another:
        (seen,) = comparer.evidence([(plain(rivals[0].statement.wording), rivals[0].text)])
        yield Case("drift", one.where, answer(label, "drift"), seen)
    for statement in one.refused:
        pair = plain(statement.wording), one.asked.text
        section: Question = "prohibited" if statement.section == "prohibited" else "retired"
        (compared,) = comparer.compare([pair])
        if not worth_judging(statement, compared):
            continue
        (seen,) = refusal_rows(comparer, [pair], beside(rivals))
        yield Case(section, one.where, answer(label, section), seen)
    if one.claim is not None:
        yield Case("claim", one.where, answer(label, "claim"), one.claim)


def answer(label: Label, question: Question) -> str:
    return "yes" if label.rules[:1] == (RULES[question],) else label.label


def trees() -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        max_depth=4, max_iter=200, learning_rate=0.05, l2_regularization=8, max_features=0.3, random_state=0
    )


def line() -> Pipeline:
    return make_pipeline(StandardScaler(), LogisticRegression(C=0.03, max_iter=5000))


def chances(rows: np.ndarray, truth: np.ndarray, asked: np.ndarray) -> np.ndarray:
    both = sum(kind().fit(rows, truth).decision_function(asked) for kind in (trees, line)) / 2
    found: np.ndarray = 1 / (1 + np.exp(-both))
    return found


def report(name: str, of: Sequence[Case], found: np.ndarray) -> None:
    """What each bar finds, by passage: the greatest chance of those of one passage counts."""
    best: dict[tuple[str, str, int], tuple[float, str]] = {}
    for case, chance in zip(of, found, strict=True):
        best[case.passage] = max(best.get(case.passage, (0.0, case.label)), (float(chance), case.label))
    top, labels = (np.array(column) for column in zip(*best.values(), strict=True))
    yes = labels == "yes"
    print(f"  {name}: {yes.sum()} of {len(yes)} passages, AUC {roc_auc_score(yes, top):.3f}")
    for bar in BARS:
        said = top >= bar
        others = ", ".join(
            f"{(said & (labels == kind)).sum()} of {(labels == kind).sum()} {kind}"
            for kind in ("on-message", "neutral", "finding")
        )
        print(f"     at {bar}: {said[yes].mean() if yes.any() else 0:.3f} found; wrongly {others}")


def fitted(rows: np.ndarray, truth: np.ndarray) -> InPlaceJudge:
    scaler, regression = line().fit(rows, truth)
    return InPlaceJudge(
        exported(trees().fit(rows, truth)),
        Linear(scaler.mean_, scaler.scale_, regression.coef_, regression.intercept_),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("companies", nargs="*", type=Path, default=fitted_on())
    parser.add_argument("--held-out", nargs="*", type=Path, default=held_out())
    parser.add_argument("--pair-models", type=Path, help="what pair_model_in_place.py wrote")
    given = parser.parse_args()
    folds = sorted(given.pair_models.glob("pair_model.fold*.npz")) if given.pair_models else [None]
    known = [(folder, folds[at % len(folds)]) for at, folder in enumerate(given.companies)]
    unseen = [(folder, None) for folder in given.held_out]
    with ProcessPoolExecutor(os.cpu_count()) as workers:
        known, unseen = (
            [case for of_one in workers.map(cases, *zip(*part, strict=True)) for case in of_one]
            for part in (known, unseen)
        )
    names = sorted({case.company for case in known})
    judges = {}
    for question in SEEN:
        mine, others = ([case for case in part if case.question == question] for part in (known, unseen))
        rows, truth = np.stack([c.seen for c in mine]), np.array([c.label == "yes" for c in mine], int)
        fold = np.array([names.index(c.company) % FOLDS for c in mine])
        found = np.zeros(len(mine))
        for k in range(FOLDS):
            found[fold == k] = chances(rows[fold != k], truth[fold != k], rows[fold == k])
        print(f"{question}, {len(names)} companies")
        report("each judged by what the others taught", mine, found)
        if others:
            report("held out", others, chances(rows, truth, np.stack([c.seen for c in others])))
        judges[question] = fitted(rows, truth)
    save(judges, str(ROOT / RESOURCE))


if __name__ == "__main__":
    main()
