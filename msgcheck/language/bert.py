"""Texts, or pairs of texts, through a BERT encoder on ONNX Runtime: tokens in, hidden states out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgcheck.errors import ModelError
from msgcheck.language.bert_onnx import INPUTS, OUTPUT, WORDS, build, over, session
from msgcheck.language.weights import read_weights

if TYPE_CHECKING:
    import numpy as np

_TOKENS_IN_BATCH = 2048                  # bounds the memory of a batch: about 50 MB for a hidden size of 384


@dataclass(frozen=True, slots=True)
class Hidden:
    """What the encoder makes of the text at `index` of those given.

    `tokens`, `offsets` (in characters of the text) and `states` (float32 [tokens, hidden]) are alike in length; the
    special tokens [CLS] and [SEP] are among them, with the offsets (0, 0). `types` says of which text of a pair a
    token is.
    """

    index: int
    tokens: tuple[str, ...]
    offsets: tuple[tuple[int, int], ...]
    types: tuple[int, ...]
    states: np.ndarray


class Bert:
    """An encoder of the folder `model` (config.json, tokenizer.json, model.safetensors), as transformers saves it.

    `sha256` is the known digest of the weights (None: any); texts are cut at `longest` tokens. `tensors` are those of a
    graph in integers that was built of a model trained on from the folder's, all but the word embeddings, which they
    share. Raises ModelError.
    """

    def __init__(
        self, model: Path, sha256: str | None, longest: int = 256, threads: int = 1,
        tensors: Mapping[str, np.ndarray] | None = None,
    ) -> None:
        from tokenizers import Tokenizer

        try:
            config = json.loads((model / "config.json").read_text(encoding="utf-8"))
            tokenizer = Tokenizer.from_str((model / "tokenizer.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise ModelError(f"The model cannot be read: {error}", str(model), "Install it again.") from error
        tokenizer.no_padding()                             # a saved tokenizer may pad, and cut, by itself
        tokenizer.enable_truncation(min(longest, int(config["max_position_embeddings"])))
        weights = _weights(model / "model.safetensors", sha256)
        words = "embeddings.word_embeddings.weight"
        graph = over({**tensors, WORDS: weights[words]}) if tensors else build(weights, config)
        self.hidden_size = int(config["hidden_size"])
        self._tokenizer = tokenizer
        self._session = session(graph, threads)

    def run(self, texts: Sequence[str] | Sequence[tuple[str, str]]) -> Iterator[Hidden]:
        """The hidden states of each text or pair; they come in any order, told by `index`.

        A batch holds texts of the same number of tokens. So nothing is padded, and the same text gives the same bits
        whatever it is encoded with.
        """
        import numpy as np

        encoded = self._tokenizer.encode_batch(list(texts))
        by_length: dict[int, list[int]] = {}
        for index, encoding in enumerate(encoded):
            by_length.setdefault(len(encoding.ids), []).append(index)
        for length, indices in sorted(by_length.items()):
            size = max(1, _TOKENS_IN_BATCH // length)
            for start in range(0, len(indices), size):
                chosen = indices[start : start + size]
                feed = {
                    INPUTS[0]: np.array([encoded[index].ids for index in chosen], np.int64),
                    INPUTS[1]: np.array([encoded[index].type_ids for index in chosen], np.int64),
                }
                (states,) = self._session.run([OUTPUT], feed)
                for index, one in zip(chosen, states, strict=True):
                    found = encoded[index]
                    yield Hidden(index, tuple(found.tokens), tuple(found.offsets), tuple(found.type_ids), one)


@lru_cache(maxsize=1)
def _weights(path: Path, sha256: str | None) -> Mapping[str, np.ndarray]:
    """The weights that the bundled encoder and what was trained on from it share; checked once in a process."""
    return read_weights(path, sha256)
