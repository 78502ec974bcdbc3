"""The passages of whole labelled companies, each with what it is held against: what is fitted in place learns them."""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.quality.companies import AS_OF, Company, Label
from msgcheck.checks.analyse import Analyser
from msgcheck.checks.context import as_read
from msgcheck.checks.meaning import Meaning
from msgcheck.checks.refusals import denial
from msgcheck.checks.unsupported import claim_rows
from msgcheck.checks.verdict import Asked, Rival
from msgcheck.guide import role
from msgcheck.guide.statements import Statement
from msgcheck.language.encoder import load_encoder
from msgcheck.matching.in_place import Question
from msgcheck.matching.pair_model import PairModel
from msgcheck.normalise import plain
from msgcheck.readers import read_path

RULES: Mapping[Question, str] = {
    "drift": "message-drift", "prohibited": "prohibited-claim", "retired": "retired-message",
    "claim": "unapproved-claim",
}


@dataclass(frozen=True)
class Held:
    """A labelled passage: the approved wordings that it comes near (`rivals`, the nearest first), the refused ones of
    which its label tells whether it says them, the heading above it, its text as it is read beside that, and what is
    seen of it as a claim (None where nobody asks whether it is one).
    """

    where: tuple[str, str, int]          # company, document, number in it
    label: Label
    asked: Asked
    rivals: Sequence[Rival]
    refused: Sequence[Statement]
    heading: str
    text: str
    claim: np.ndarray | None

    @property
    def rule(self) -> str:
        return next(iter(self.label.rules), "")

    def answers(self, question: Question) -> bool:
        return self.rule == RULES[question]


def meaning(known: Company, model: PairModel | None) -> Meaning:
    """What reads the passages of a company: `model` is asked, and no judge in place, since earlier ones have no say in
    what the next ones see.
    """
    found = Meaning(known.guide, load_encoder(), model)
    found.judge_of.comparer.in_place = {}
    return found


def held(known: Company, reads: Meaning) -> Iterator[Held]:
    """The labelled passages of a company, as `reads` holds them against its guide."""
    analyser = Analyser(known.guide, datetime.date.fromisoformat(AS_OF), reads)
    labels: dict[str, dict[str, Label]] = {}
    for label in known.labels:
        if label.quote and label.label != "ambiguous":
            labels.setdefault(label.document, {}).setdefault(bare(label.quote), label)
    judge = reads.judge_of
    for document, by_quote in labels.items():
        view = analyser.view(read_path(known.collateral / document, document), role(known.guide, document))
        passages = [p for p in view.passages if bare(p.normal) in by_quote]
        claims = dict(claim_rows(judge.comparer, view.document.blocks, judge.judge(view, passages)))
        for at, (asked, rivals) in enumerate(zip(*judge.held_against(view, passages), strict=True)):
            label = by_quote[bare(asked.passage.normal)]
            block = view.document.blocks[asked.passage.block]
            yield Held(
                (known.name, document, at), label, asked, rivals, list(refused(asked, label)),
                plain(block.heading), as_read(block, asked.passage), claims.get(at),
            )


def refused(asked: Asked, label: Label) -> Iterator[Statement]:
    """The refused wordings that a passage comes near and of which the label tells whether it says them: companies may
    refuse much the same thing twice.
    """
    if denial(asked.text):
        return
    for statement in (one for entry in asked.denied for one in entry):
        question: Question = "prohibited" if statement.section == "prohibited" else "retired"
        if RULES[question] not in label.rules[:1] or statement.id in label.approved:
            yield statement


def bare(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()
