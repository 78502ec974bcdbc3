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
import datetime
import os
import re
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from judge import exported
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from benchmarks.quality.companies import AS_OF, Label, company, fitted_on, held_out
from msgcheck.checks.analyse import Analyser
from msgcheck.checks.meaning import Meaning
from msgcheck.checks.refusals import denial, refusal_rows, worth_judging
from msgcheck.checks.unsupported import claim_rows
from msgcheck.checks.verdict import beside
from msgcheck.checks.view import View
from msgcheck.guide import role
from msgcheck.language.encoder import load_encoder
from msgcheck.matching.in_place import RESOURCE, SEEN, InPlaceJudge, Question, save
from msgcheck.matching.linear import Linear
from msgcheck.matching.pair_model import load_pair_model
from msgcheck.model import Passage
from msgcheck.normalise import plain
from msgcheck.readers import read_path

ROOT = Path(__file__).resolve().parents[2] / "msgcheck" / "matching"
FOLDS = 7
BARS = (0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8)
RULES = {"drift": "message-drift", "prohibited": "prohibited-claim", "retired": "retired-message",
         "claim": "unapproved-claim"}


@dataclass(frozen=True)
class Case:
    """What is seen of a passage for a question, and how it is labelled: 'yes', or what it is instead ('on-message',
    'neutral', 'finding'); `passage` tells which cases are of one passage.
    """

    question: Question
    company: str
    passage: tuple[str, str, int]
    label: str
    seen: np.ndarray


def cases(folder: Path) -> list[Case]:
    """The cases of a company's labelled passages."""
    known = company(folder)
    meaning = Meaning(known.guide, load_encoder(), load_pair_model())
    meaning.judge_of.comparer.in_place = {}                # earlier judges have no say in what the next ones see
    analyser = Analyser(known.guide, datetime.date.fromisoformat(AS_OF), meaning)
    labels: dict[str, dict[str, Label]] = {}
    for label in known.labels:
        if label.quote and label.label != "ambiguous":
            labels.setdefault(label.document, {}).setdefault(bare(label.quote), label)
    found: list[Case] = []
    for document, by_quote in labels.items():
        view = analyser.view(read_path(known.collateral / document, document), role(known.guide, document))
        passages = [p for p in view.passages if bare(p.normal) in by_quote]
        found.extend(in_document(meaning, view, passages, [by_quote[bare(p.normal)] for p in passages], known.name))
    return found


def in_document(
    meaning: Meaning, view: View, passages: Sequence[Passage], labels: Sequence[Label], company: str
) -> Iterator[Case]:
    judge = meaning.judge_of
    verdicts = judge.judge(view, passages)
    claims = dict(claim_rows(judge.comparer, view.document.blocks, verdicts))
    for at, (asked, rivals, label) in enumerate(zip(*judge.held_against(view, passages), labels, strict=True)):
        where = company, view.document.name, at
        rule = next(iter(label.rules), "")
        of_another = rule == RULES["drift"] and rivals and rivals[0].statement.id not in label.approved
        if rivals and not rivals[0].own.decided and not of_another:
            (seen,) = judge.comparer.evidence([(plain(rivals[0].statement.wording), rivals[0].text)])
            yield Case("drift", company, where, answer(label, "drift"), seen)
        for statement in [s for entry in asked.denied for s in entry]:
            pair = plain(statement.wording), asked.text
            section: Question = "prohibited" if statement.section == "prohibited" else "retired"
            (compared,) = judge.comparer.compare([pair])
            if denial(asked.text) or not worth_judging(statement, compared):
                continue
            if rule == RULES[section] and statement.id not in label.approved:
                continue                                   # companies may not say much the same things
            (seen,) = refusal_rows(judge.comparer, [pair], beside(rivals))
            yield Case(section, company, where, answer(label, section), seen)
        if at in claims:
            yield Case("claim", company, where, answer(label, "claim"), claims[at])


def answer(label: Label, question: Question) -> str:
    return "yes" if label.rules[:1] == (RULES[question],) else label.label


def bare(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


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
    given = parser.parse_args()
    with ProcessPoolExecutor(os.cpu_count()) as workers:
        known, held = (
            [case for of_one in workers.map(cases, companies) for case in of_one]
            for companies in (given.companies, given.held_out)
        )
    names = sorted({case.company for case in known})
    judges = {}
    for question in SEEN:
        mine, others = ([case for case in part if case.question == question] for part in (known, held))
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
