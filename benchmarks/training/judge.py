"""Fits the judge of pairs, on labelled pairs of other industries than any company it is tested on.

    python benchmarks/training/judge.py prepare --shared ../shared --folder /tmp/judge
    python benchmarks/training/judge.py fit     --shared ../shared --folder /tmp/judge [--opinions pairs.npy]

`prepare` reads the labelled pairs, makes pairs of statements and passages that are about something else (the passages
that come nearest to another statement of the same company, and headings made of the statement's own nouns), and
writes their features. `fit` cross-validates over whole files (three folds; a file's industries are in one fold),
prints the figures, fits on all and writes `judge.npz` and `judge_linear.npz` in `msgcheck/matching/`.
`--opinions` are the pair model's out-of-fold logits (`cross_encoder.py --folds`), so that the judge learns how far to
trust it on pairs that it has not seen.
"""

from __future__ import annotations

import argparse
import collections
import json
import random
from pathlib import Path

import numpy as np
from labelled import own, pairs
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from msgcheck.language.encoder import load_encoder
from msgcheck.language.facts import facts
from msgcheck.language.nlp import parse
from msgcheck.matching import linear as lines
from msgcheck.matching.features import OPINIONS, features, with_margin
from msgcheck.matching.forest import Forest, save
from msgcheck.matching.reading import SentenceReader
from msgcheck.model import CHANGE_KINDS
from msgcheck.normalise import normalise

RELATIONS = ("same", "part", "drift", "other")
HEADINGS = (
    "About {c}",
    "{B}",
    "{B} at a glance",
    "What about {c}?",
    "{B} in detail",
    "Questions about {c}",
    "Why {c} matters",
    "How {c} works",
    "On {c}",
    "{B}: what you should know",
    "A word on {c}",
    "{B} and {d}",
    "Next: {c}",
    "{B} from A to Z",
    "Who needs {c}?",
)
ROOT = Path(__file__).resolve().parents[2] / "msgcheck" / "matching"


def labelled(shared: Path, riddles: bool) -> list[dict]:
    return [
        {
            **row,
            "statement": normalise(row["statement"]).text,
            "passage": normalise(row["passage"]).text,
            "changes": row.get("changes"),
            "neg": False,
        }
        for row in pairs(shared, riddles)
    ]


def headings(statement, doc, rng) -> list[str]:
    """Headings that name a theme of the statement and restate nothing."""
    del statement
    chunks = [
        c.text
        for c in doc.noun_chunks
        if not any(ch.isdigit() for ch in c.text) and c.root.pos_ in ("NOUN", "PROPN") and len(c.text.split()) <= 4
    ]
    out = []
    for _ in range(4 if chunks else 0):
        bare = rng.choice(chunks)
        for word in ("the ", "a ", "an ", "your ", "our ", "The ", "A ", "An ", "Your ", "Our "):
            bare = bare.removeprefix(word)
        out.append(rng.choice(HEADINGS).format(c=bare, B=bare[:1].upper() + bare[1:], d=rng.choice(chunks)))
    return list(dict.fromkeys(out))


def prepare(shared: Path, folder: Path, riddles: bool) -> None:
    groups = collections.defaultdict(list)
    for row in labelled(shared, riddles):
        groups[row["file"], row["industry"]].append(row)
    encoder = load_encoder()
    out, matrix = [], []
    for group in groups.values():
        statements = sorted({r["statement"] for r in group})
        named = collections.Counter(key for f in facts(statements) for key in {n.key for n in f.names if not n.code})
        reader = SentenceReader(encoder, [key for key, count in named.items() if count >= 2])  # the company's own names
        vectors = encoder.encode(statements)
        reader.read([*statements, *(r["passage"] for r in group)])
        for row, vector in zip(group, encoder.encode([r["passage"] for r in group]), strict=True):
            approved, found = reader.read([row["statement"], row["passage"]])
            out.append(row)
            matrix.append(features(approved, found))
            nearest = [j for j in np.argsort(-(vectors @ vector)) if statements[j] != row["statement"]]
            for j in nearest[: 1 + (sum(row["passage"].encode()) % 2 == 0)]:
                (other,) = reader.read([statements[j]])
                out.append({**row, "statement": statements[j], "relation": "other", "changes": None, "neg": True})
                matrix.append(features(other, found))
        rng = random.Random(len(statements))
        for statement, doc in zip(statements, parse(statements), strict=True):
            (approved,) = reader.read([statement])
            texts = headings(statement, doc, rng)
            for text, found in zip(texts, reader.read(texts), strict=True):
                out.append(
                    {
                        **group[0],
                        "statement": statement,
                        "passage": text,
                        "relation": "other",
                        "changes": None,
                        "overlap": "high",
                        "neg": True,
                    }
                )
                matrix.append(features(approved, found))
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "features.npy", np.stack(matrix))
    (folder / "pairs.json").write_text(json.dumps(out), encoding="utf8")
    print(len(out), "pairs")


def exported(model: HistGradientBoostingClassifier) -> Forest:
    roots, columns, offset = [], collections.defaultdict(list), 0
    for tree in model._predictors:
        roots.append([])
        for predictor in tree:
            nodes = predictor.nodes
            leaf = nodes["is_leaf"].astype(bool)
            roots[-1].append(offset)
            columns["feature"].append(np.where(leaf, 0, nodes["feature_idx"]).astype(np.int16))
            columns["threshold"].append(np.where(leaf, 0, nodes["num_threshold"]).astype(np.float32))
            for side in ("left", "right"):
                columns[side].append(np.where(leaf, -1, nodes[side].astype(np.int64) + offset).astype(np.int32))
            columns["value"].append(np.where(leaf, nodes["value"], 0).astype(np.float32))
            offset += len(nodes)
    base = np.asarray(model._baseline_prediction, np.float64).ravel()
    return Forest(
        base,
        np.array(roots, np.int32),
        *(np.concatenate(columns[k]) for k in ("feature", "threshold", "left", "right", "value")),
    )


def relation_model() -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        max_depth=4, max_iter=220, learning_rate=0.06, l2_regularization=8, max_features=0.4, random_state=0
    )


def relation_line() -> Pipeline:
    return make_pipeline(StandardScaler(), LogisticRegression(C=0.02, max_iter=1000))


def kind_model() -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        max_depth=3, max_iter=100, learning_rate=0.07, l2_regularization=8, max_features=0.4, random_state=0
    )


def fit(folder: Path, opinions: Path | None) -> None:
    matrix = np.load(folder / "features.npy")
    rows = json.loads((folder / "pairs.json").read_text(encoding="utf8"))
    if opinions:
        matrix[:, OPINIONS] = with_margin(np.load(opinions))
    plainer = np.array([not r["file"].isupper() for r in rows])  # riddles are for the pair model alone to learn from
    matrix, rows = matrix[plainer], [r for r, kept in zip(rows, plainer, strict=True) if kept]
    without = matrix.copy()
    without[:, OPINIONS] = 0
    relation = np.array([RELATIONS.index(r["relation"]) for r in rows])
    kinds = np.array([CHANGE_KINDS.index(r["changes"][0]) if r["changes"] else -1 for r in rows])
    letters = sorted({r["file"] for r in rows})
    fold = np.array([letters.index(r["file"]) % 3 for r in rows])
    overlap = np.array([r["overlap"] for r in rows])
    chances = np.zeros((len(rows), 4))
    trees, line = chances.copy(), chances.copy()
    right = wanted = 0
    for k in range(3):
        test = fold == k
        trees[test] = relation_model().fit(matrix[~test], relation[~test]).predict_proba(matrix[test])
        line[test] = relation_line().fit(matrix[~test], relation[~test]).predict_proba(matrix[test])
        chances[test] = blended(trees[test], line[test])
        guesses = (
            kind_model()
            .fit(matrix[~test & (kinds >= 0)], kinds[~test & (kinds >= 0)])
            .predict(matrix[test & (kinds >= 0)])
        )
        right += sum(
            CHANGE_KINDS[g] in rows[i]["changes"]
            for g, i in zip(guesses, np.flatnonzero(test & (kinds >= 0)), strict=True)
        )
        wanted += int((test & (kinds >= 0)).sum())
    about = relation != 3
    for name, of in (("trees", trees), ("line", line), ("both", chances)):
        margin = np.log(of[:, :2].sum(1) + 1e-9) - np.log(of[:, 2] + 1e-9)
        area = roc_auc_score(relation[about] < 2, margin[about])
        print(f"approved against drift, AUC on industries not fitted on, {name}: {area:.3f}")
    for level in ("high", "mid", "low"):
        chosen = about & (overlap == level)
        print(f"   overlap of words {level}: {roc_auc_score(relation[chosen] < 2, margin[chosen]):.3f}")
    approved = margin[relation < 2]
    for k, name in enumerate(CHANGE_KINDS):
        print(f"   {name}: {(approved[:, None] > margin[kinds == k][None]).mean():.3f}")
    ours = np.array([r["file"] in own() and not r["neg"] for r in rows])
    for name, these in (("shared pairs", ~ours), ("own pairs", ours)):
        chosen = about & these
        print(f"{name}: AUC {roc_auc_score(relation[chosen] < 2, margin[chosen]):.3f}")
        near = chosen & (overlap != "low")
        drift = chances[:, 2] / chances[:, :3].sum(1)
        for bar in (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9):
            print(
                f"   at a chance of drift of {bar}: {(drift[near & (relation == 2)] >= bar).mean():.3f} of the drifts,",
                f"{(drift[near & (relation < 2)] >= bar).mean():.3f} of the approved (overlap high and mid)",
            )
    print(f"about the statement or not, AUC: {roc_auc_score(relation == 3, chances[:, 3]):.3f}")
    print(f"first kind of change right: {right / wanted:.3f}")
    np.save(folder / "chances.npy", chances)
    drifted = kinds >= 0
    save(
        {
            "near": exported(relation_model().fit(without, relation)),
            "relation": exported(relation_model().fit(matrix, relation)),
            "kind": exported(kind_model().fit(matrix[drifted], kinds[drifted])),
        },
        str(ROOT / "judge.npz"),
    )
    scaler, regression = relation_line().fit(matrix, relation)
    line = lines.Linear(scaler.mean_, scaler.scale_, regression.coef_, regression.intercept_)
    lines.save(line, str(ROOT / "judge_linear.npz"))


def blended(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """The geometric mean of two judges' chances, brought to a sum of 1."""
    both = np.sqrt(first * second)
    return both / both.sum(axis=1, keepdims=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=["prepare", "fit"])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--riddles", action="store_true", help="of `prepare`: pairs told as riddles as well")
    parser.add_argument("--opinions", type=Path)
    args = parser.parse_args()
    if args.step == "prepare":
        prepare(args.shared, args.folder, args.riddles)
    else:
        fit(args.folder, args.opinions)


if __name__ == "__main__":
    main()
