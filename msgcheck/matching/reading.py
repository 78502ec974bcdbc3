"""Texts made ready for comparing: facts and vectors, each distinct text once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgcheck.language.encoder import Encoder
from msgcheck.language.facts import facts
from msgcheck.matching.features import Sentence
from msgcheck.recent import Recent

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from msgcheck.language.facts import Facts

_REMEMBERED, _OF_EARLIER = 3000, 500  # texts, some 50 kB each: at most, and when a document begins


class SentenceReader:
    """Reads normalised texts into Sentences and keeps them; `known_names` are the guide's own names, `products` those
    of things, each with the thing's id.
    """

    def __init__(
        self, encoder: Encoder, known_names: Iterable[str] = (), products: Iterable[tuple[str, str]] = ()
    ) -> None:
        self._encoder = encoder
        self._known = tuple(known_names)
        self._products = tuple(products)
        self._kept = Recent[str, Sentence](_REMEMBERED)
        named = (part for product in self._products for part in product)
        self.revision = (encoder.revision, *self._known, "products", *named)
        """All that a Sentence depends on, beside its text and msgcheck itself."""

    def read(self, texts: Sequence[str]) -> list[Sentence]:
        return self._kept.values(texts, self._read)

    def _read(self, texts: list[str]) -> dict[str, Sentence]:
        vectors = self._encoder.encode(texts)
        tokens = self._encoder.token_embeddings(texts)
        read = facts(texts, self._known, self._products)
        return {
            text: Sentence(fact, vector, token.matrix, token.offsets)
            for text, fact, vector, token in zip(texts, read, vectors, tokens, strict=True)
        }

    def facts(self, texts: Sequence[str]) -> list[Facts]:
        """The facts alone, without a vector."""
        known = {text: sentence.facts for text, sentence in self._kept.known(texts).items()}
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        known |= zip(missing, facts(missing, self._known, self._products) if missing else (), strict=True)
        return [known[text] for text in texts]

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """float32 [n, d]: the vectors alone, for finding what a text is about."""
        vectors: NDArray[np.float32] = self._encoder.encode(texts)
        return vectors

    def begin(self) -> None:
        """Called at the start of a document, so that memory does not grow with their number."""
        self._kept.forget(_OF_EARLIER)
        self._encoder.begin()
