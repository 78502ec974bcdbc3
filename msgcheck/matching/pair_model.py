"""The pair model: a small cross-encoder that reads an approved wording and a passage together.

It is all-MiniLM-L6-v2 with a second life: its word embeddings as they are, its layers trained on public entailment
data and on labelled pairs (`benchmarks/training/cross_encoder.py`, model card in docs/model-card.md). The layers are
shipped as they are computed: in integers of 8 bits and fixed steps, so that a score does not depend on the batch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from msgcheck.matching.changed_words import LEANING, Span, telling, whole_words
from msgcheck.matching.features import PAIR_OUTPUTS
from msgcheck.matching.remembered import KeptOpinions
from msgcheck.recent import Recent

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from msgcheck.cache import Cache
    from msgcheck.language.bert import Hidden

RESOURCE = "pair_model.npz"
LONGEST = 128  # tokens of both texts together, as in training
HEADS = ("relation", "kind", "violates", "claim")
"""What is asked of a pair as a whole."""
TOKEN_HEAD = "changed"
"""What is asked of every token: whether it is among the words that changed."""
_REMEMBERED, _OF_EARLIER = 20_000, 2_000  # pairs, some 0.7 kB each: at most, and when a document begins


class PairModel:
    """`opinions(pairs)` → the logits of every head and what changed; each distinct pair is read once and kept.

    With a `cache` it is kept there too.
    """

    cache: Cache | None = None

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]], threads: int = 1) -> None:
        """`arrays`: the heads, as HEAD.weight and HEAD.bias, and the tensors of the graph, as graph.NAME."""
        from msgcheck.language.bert import Bert
        from msgcheck.language.encoder import BUNDLED_SHA256, bundled_folder

        tensors = {name.removeprefix("graph."): array for name, array in arrays.items() if name.startswith("graph.")}
        self._bert = Bert(bundled_folder(), BUNDLED_SHA256, LONGEST, threads, tensors)
        self._heads = {
            head: (arrays[f"{head}.weight"].astype(np.float32), arrays[f"{head}.bias"].astype(np.float32))
            for head in HEADS
        }
        weight, bias = (arrays[f"{TOKEN_HEAD}.{part}"].astype(np.float32)[0] for part in ("weight", "bias"))
        self._changed = weight, bias
        self._width = sum(len(bias) for _, bias in self._heads.values()) + 4
        self._kept = Recent[tuple[str, str], "NDArray[np.float32]"](_REMEMBERED)
        self.seen = 0

    def opinions(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """[n, sum of the heads' widths + 4]: the logits of relation, kind, violates, claim, and from where to where in
        the first text and in the second the words stand that changed, if any did.
        """
        lasting = KeptOpinions(self.cache, self._width) if self.cache else None
        return np.stack(self._kept.values(pairs, self._read, lasting))

    def _read(self, pairs: list[tuple[str, str]]) -> dict[tuple[str, str], NDArray[np.float32]]:
        self.seen += len(pairs)
        found: dict[tuple[str, str], NDArray[np.float32]] = {}
        for hidden in self._bert.run(pairs):
            pooled = np.concatenate([hidden.states[0], hidden.states.mean(axis=0)])
            scores = [weight @ pooled + bias for weight, bias in self._heads.values()]
            found[pairs[hidden.index]] = np.concatenate([*scores, *self._spans(hidden)]).astype(np.float32)
        return found

    def _spans(self, hidden: Hidden) -> tuple[Span, Span]:
        """From where to where in each text of a pair the words stand that changed, if any did."""
        weight, bias = self._changed
        odds = hidden.states @ weight + bias + LEANING
        first, second = (
            [k for k, (start, end) in enumerate(hidden.offsets) if start < end and hidden.types[k] == side]
            for side in (0, 1)
        )
        return self._span(hidden, odds, first), self._span(hidden, odds, second)

    def _span(self, hidden: Hidden, odds: NDArray[np.float32], tokens: list[int]) -> Span:
        if not tokens:                                     # an empty text, or one behind the longest that is read
            return 0, 0
        first, last = telling([float(odds[k]) for k in tokens])
        return hidden.offsets[tokens[first]][0], hidden.offsets[tokens[last - 1]][1]

    def score(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        return self.opinions(pairs)[:, : len(PAIR_OUTPUTS)]

    def changed(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """The words of the first text and of the second that changed, if any did."""
        spans = self.opinions(pairs)[:, -4:].astype(int)
        return [
            (whole_words(first, (a, b)), whole_words(second, (c, d)))
            for (first, second), (a, b, c, d) in zip(pairs, spans.tolist(), strict=True)
        ]

    def violates(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """[n] log-odds that a passage says what a prohibited statement says; pairs are (prohibited, passage)."""
        scores = self.opinions(pairs)
        at = len(PAIR_OUTPUTS)
        odds: NDArray[np.float32] = scores[:, at + 1] - scores[:, at]
        return odds

    def claims(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """[n] log-odds that a passage is a claim; pairs are (heading or '', passage)."""
        scores = self.opinions(pairs)
        at = len(PAIR_OUTPUTS) + 2
        odds: NDArray[np.float32] = scores[:, at + 1] - scores[:, at]
        return odds

    def begin(self) -> None:
        """Called at the start of a document, so that memory does not grow with their number."""
        self._kept.forget(_OF_EARLIER)

    def forget(self) -> None:
        self._kept.forget()


@lru_cache(maxsize=1)
def load_pair_model() -> PairModel | None:
    """The shipped pair model, loaded once in a process; None in a checkout where it was not built yet."""
    if not files("msgcheck.matching").joinpath(RESOURCE).is_file():
        return None
    with (
        files("msgcheck.matching").joinpath(RESOURCE).open("rb") as stream,
        np.load(stream, allow_pickle=False) as arrays,
    ):
        return PairModel({name: arrays[name] for name in arrays.files})
