"""The language that a document is written in."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from msgcheck.model import Block

_ENOUGH = 120
"""Letters below which a language is not told: a title or a part number says too little."""
_SAMPLE = 4000
"""Letters that are looked at: more do not change the answer."""
_ENGLISH = frozenset({
    "the", "of", "and", "to", "in", "is", "for", "with", "that", "are", "on", "by", "be", "this", "from", "it", "as",
    "or", "an", "at", "which", "not", "can", "we", "you", "your", "our",
})
"""The most frequent words of English that are rare or absent elsewhere taken together (top of any frequency list)."""


def recognise(blocks: Iterable[Block]) -> str | None:
    """The ISO 639-1 code of the language of most of the text in layer 'body' (else 'running' and 'notes'), None where
    there is too little of it to tell. By lingua's n-gram models, which are part of its package.
    """
    kept = list(blocks)
    body = [block for block in kept if block.layer == "body"]
    text = _sample(body if sum(len(block.normal) for block in body) >= _ENOUGH
                   else [block for block in kept if block.layer in ("body", "running", "notes")])
    if sum(char.isalpha() for char in text) < _ENOUGH // (3 if _dense(text) else 1):
        return None
    if _plainly_english(text):
        return "en"                      # spares nearly every document the half second that loading the models takes
    found = _detector().detect_language_of(text)
    return None if found is None else str(found.iso_code_639_1.name).lower()


def _sample(blocks: list[Block]) -> str:
    """The longest blocks first, since sentences tell more than labels; one line each, at most `_SAMPLE` letters."""
    taken: list[str] = []
    size = 0
    for block in sorted(blocks, key=lambda block: -len(block.normal)):
        taken.append(block.normal[:_SAMPLE])
        size += len(block.normal)
        if size >= _SAMPLE:
            break
    return "\n".join(taken)[:_SAMPLE]


def _plainly_english(text: str) -> bool:
    words = [word for word in text.lower().split() if word.isalpha()]
    known = [word for word in words if word in _ENGLISH]
    return len(words) >= 40 and len(known) >= 0.22 * len(words) and len(set(known)) >= 6


def _dense(text: str) -> bool:
    """Whether a letter says as much as a word does elsewhere (Chinese, Japanese, Korean)."""
    return any("\u3040" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7af" for char in text)


@lru_cache(maxsize=1)
def _detector() -> Any:
    from lingua import LanguageDetectorBuilder

    return LanguageDetectorBuilder.from_all_languages().with_low_accuracy_mode().build()
