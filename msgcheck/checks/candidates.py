"""Which of the guide's wordings a passage comes near, by meaning or word for word."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from msgcheck.checks.wording import sentences
from msgcheck.guide.model import Guide
from msgcheck.guide.statements import Key, Section, Statement, entries, statements
from msgcheck.language.cues import cues
from msgcheck.matching.reading import SentenceReader
from msgcheck.normalise import fold, plain

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

CANDIDATES = 2
"""At most so many entries of the guide are compared with a passage."""
FEWEST_WORDS = 3
"""A text of fewer words says nothing that could be held against the guide."""
_NEAR = 0.38                             # cosine below which a passage is not compared with an entry at all
_WORTH_COMPARING = 0.5                   # the same for a passage that may say a message which seems to be missing
_KEPT = 0.7                              # share of an entry's words that a text made of it keeps
_FEWEST_KEPT = 4                         # such words that an entry has to have
_WORDINGS = 2                            # wordings of an entry that are compared
_CONTEXT = 0.05                          # what a cosine has to be greater by with what stands around the passage
_VERBATIM_WORDS = 4                      # of an approved wording inside a longer passage
_VERBATIM_SHARE = 0.7                    # of such a passage, in characters, that the wording is
_DIGIT = re.compile(r"\d")               # a figure or a standard that stands beside an approved wording adds to it

Near = list[list[Statement]]
"""The entries that one passage comes near, nearest first, each as its nearest wordings, nearest first."""


class Wordings:
    """The wordings of some sections of the guide, read once."""

    def __init__(self, guide: Guide, sections: tuple[Section, ...], reader: SentenceReader) -> None:
        self._reader = reader
        self._statements = _statements(guide, sections)
        self._vectors = reader.encode([plain(one.wording) for one in self._statements])
        self._folded = tuple((fold(one.wording), one) for one in self._statements)
        self._words = [_telling_words(plain(one.wording)) for one in self._statements]
        self._entries = dict(entries(guide, sections))

    def near(
        self, vectors: NDArray[float32], kind: str | None, contexts: Sequence[NDArray[float32]],
        texts: Sequence[str] = (),
    ) -> list[Near]:
        """For each passage of a document of that kind the nearest entries. `vectors` are [n, d]; of `contexts` each has
        a row for every way in which the passage reads with what stands around it. Where the passages' `texts` are
        given, an entry is near, too, of which they keep most words: another product's name may lead a vector astray.
        """
        if not self._statements:
            return [[] for _ in vectors]
        cosines = vectors @ self._vectors.T
        for i, group in enumerate(contexts):
            for context in group:
                cosines[i] = _maximum(cosines[i], context @ self._vectors.T - _CONTEXT)
        applies = [self._applies(one, kind) for one in self._statements]
        out: list[Near] = []
        kept = [self._kept(text) for text in texts] or [[] for _ in vectors]
        for row, same in zip(cosines, kept, strict=True):
            grouped: dict[Key, list[Statement]] = {}
            for j in sorted(range(len(applies)), key=lambda j: (-float(row[j]), j)):
                if float(row[j]) < _NEAR:
                    break
                if applies[j]:
                    one = self._statements[j]
                    key = one.section, one.id
                    if key in grouped or len(grouped) < CANDIDATES:
                        grouped.setdefault(key, []).append(one)
            for j in same:
                one = self._statements[j]
                if applies[j] and (one.section, one.id) not in grouped:
                    grouped[one.section, one.id] = [one]
            out.append([members[:_WORDINGS] for members in grouped.values()])
        return out

    def _kept(self, text: str) -> list[int]:
        """The wordings of which a text keeps most words."""
        words = _telling_words(text)
        return [
            j for j, mine in enumerate(self._words)
            if len(mine) >= _FEWEST_KEPT and len(mine & words) >= _KEPT * len(mine)
        ]

    def standing_in(self, text: str, kind: str | None) -> Near:
        """The wordings that stand in a text word for word, however far it is from them in meaning."""
        padded = f" {fold(text)} "
        return [
            [one]
            for words, one in self._folded
            if stands_in(words, padded) and self._applies(one, kind)
        ]

    def verbatim(self, text: str) -> Statement | None:
        """The wording that a text is, word for word, or is but for words that change nothing of what it says."""
        folded = fold(text)
        padded = f" {folded} "
        asked = text.endswith("?")
        whole = [one for words, one in self._folded if words == folded and plain(one.wording).endswith("?") == asked]
        if whole or asked:
            return next(iter(whole), None)
        inside = [
            (len(words), one)
            for words, one in self._folded
            if len(words.split()) >= _VERBATIM_WORDS
            and f" {words} " in padded
            and len(words) >= _VERBATIM_SHARE * len(folded)
            and not _changes_what_it_says(padded.replace(f" {words} ", " ", 1))
        ]
        return max(inside, key=lambda pair: pair[0])[1] if inside else None

    def worth_comparing(self, texts: Sequence[str], keys: Collection[Key]) -> list[tuple[Statement, str]]:
        """Each wording of the entries of those `keys` with each text that comes near it."""
        chosen = [j for j, one in enumerate(self._statements) if (one.section, one.id) in keys]
        if not chosen or not texts:
            return []
        cosines = self._reader.encode(texts) @ self._vectors[chosen].T
        return [
            (self._statements[j], text)
            for i, text in enumerate(texts)
            for k, j in enumerate(chosen)
            if float(cosines[i, k]) >= _WORTH_COMPARING
        ]

    def _applies(self, statement: Statement, kind: str | None) -> bool:
        entry = self._entries.get((statement.section, statement.id))
        return entry is None or entry.applies(kind)


def _telling_words(text: str) -> frozenset[str]:
    """The words of a text that say something, and its figures, as they are written but for their case."""
    return frozenset(word for word in re.findall(r"[^\W_]+", text.casefold()) if len(word) > 3 or word.isdigit())


def stands_in(words: str, padded: str) -> bool:
    """Whether a folded wording that says something stands in a folded text with a space at either end."""
    return len(words.split()) >= FEWEST_WORDS and f" {words} " in padded


def _statements(guide: Guide, sections: tuple[Section, ...]) -> tuple[Statement, ...]:
    """The wordings of `sections`; of one of several sentences each sentence beside it, for each is approved alone."""
    out: list[Statement] = []
    for statement in statements(guide, sections):
        out.append(statement)
        parts = sentences(statement.wording)
        if len(parts) > 1:
            out += [replace(statement, wording=part) for part in parts if len(part.split()) >= FEWEST_WORDS]
    return tuple(out)


def _changes_what_it_says(beside: str) -> bool:
    """Whether the words `beside` an approved wording may change what it says: a figure, a denial, a condition."""
    return _DIGIT.search(beside) is not None or bool(cues(beside))


def _maximum(a: NDArray[float32], b: NDArray[float32]) -> NDArray[float32]:
    import numpy as np

    larger: NDArray[float32] = np.maximum(a, b)
    return larger
