"""Texts made ready for comparing: facts and vectors, each distinct text once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgcheck.language.encoder import Encoder
from msgcheck.language.facts import facts
from msgcheck.matching.features import Sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from msgcheck.language.facts import Facts

_REMEMBERED = 3000  # texts; some 25 kB each

class SentenceReader:
    """Reads normalised texts into Sentences and keeps them; `known_names` are the guide's own names."""

    def __init__(self, encoder: Encoder, known_names: Iterable[str] = ()) -> None:
        self._encoder = encoder
        self._known = tuple(known_names)
        self._kept: dict[str, Sentence] = {}
        self.revision = (encoder.revision, *self._known)
        """All that a Sentence depends on, beside its text and msgcheck itself."""

    def read(self, texts: Sequence[str]) -> list[Sentence]:
        missing = [text for text in dict.fromkeys(texts) if text not in self._kept]
        if missing:
            vectors = self._encoder.encode(missing)
            tokens = self._encoder.token_embeddings(missing)
            for text, fact, vector, token in zip(missing, facts(missing, self._known), vectors, tokens, strict=True):
                self._kept[text] = Sentence(fact, vector, token.matrix, token.offsets)
        wanted = [self._kept[text] for text in texts]
        while len(self._kept) > _REMEMBERED:
            del self._kept[next(iter(self._kept))]
        return wanted

    def facts(self, texts: Sequence[str]) -> list[Facts]:
        """The facts alone, without a vector."""
        known = {text: self._kept[text].facts for text in texts if text in self._kept}
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        known |= zip(missing, facts(missing, self._known) if missing else (), strict=True)
        return [known[text] for text in texts]

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """float32 [n, d]: the vectors alone, for finding what a text is about."""
        vectors: NDArray[np.float32] = self._encoder.encode(texts)
        return vectors
