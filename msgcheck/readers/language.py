"""The language that a document is written in."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from msgcheck.model import Block

_ENOUGH = 120
"""Letters below which a language is not told: a title or a part number says too little."""
_SURE_FROM = 300
"""Letters from which the models are trusted as they are; below, they have to be all but certain."""
_CONFIDENCE, _CONFIDENCE_OF_LITTLE = 0.90, 0.98
_SAMPLE = 4000
"""Letters that are looked at: more do not change the answer."""
_ENGLISH = frozenset({
    "the", "of", "and", "to", "in", "is", "for", "with", "that", "are", "on", "by", "be", "this", "from", "it", "as",
    "or", "an", "at", "which", "not", "can", "we", "you", "your", "our",
})
"""The most frequent words of English that are rare or absent elsewhere taken together (top of any frequency list)."""
_ENGLISH_SHARE, _SHARE_ELSEWHERE = 0.22, 0.16
"""The share of those words in plain English running text; that above which no other language of these letters comes."""
_LANGUAGES = (
    "AF AR BE BG BN BS CA CS DA DE EL EN ES ET EU FA FI FR GA HE HI HR HU HY ID IS IT JA KA KK KO LA LT LV MK MS NB "
    "NL NN PL PT RO RU SK SL SQ SR SV SW TA TE TH TR UK UR VI ZH"
)
"""ISO 639-1 codes of the languages that are told apart: those in which business is done across borders, and Latin,
which dummy text is made of. Each more costs time and memory, and is one more to be mistaken for on short texts."""


def recognise(blocks: Iterable[Block]) -> str | None:
    """The ISO 639-1 code of the language of most of the text in layer 'body' (else 'running' and 'notes'), None where
    there is too little of it to be sure. By lingua's n-gram models, which are part of its package.
    """
    kept = list(blocks)
    body = [block for block in kept if block.layer == "body"]
    text = _sample(body if sum(len(block.normal) for block in body) >= _ENOUGH
                   else [block for block in kept if block.layer in ("body", "running", "notes")])
    dense = _dense(text)
    letters = sum(char.isalpha() for char in text)
    if letters < _ENOUGH // (3 if dense else 1):
        return None
    share, words = (0.0, 0) if dense else _english(text)
    if words >= 40 and share >= _ENGLISH_SHARE:
        return "en"                      # spares nearly every document the time that loading the models takes
    best = _detector().compute_language_confidence_values(text)[0]
    found = str(best.language.iso_code_639_1.name).lower()
    if found == "en" or share >= _SHARE_ELSEWHERE:
        return "en"
    sure = _CONFIDENCE if dense or letters >= _SURE_FROM else _CONFIDENCE_OF_LITTLE
    return found if best.value >= sure else None


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


def _english(text: str) -> tuple[float, int]:
    """The share of frequent English words among the words of `text`, 0 where they are few of a kind; how many words."""
    words = [word for word in text.lower().split() if word.isalpha()]
    known = [word for word in words if word in _ENGLISH]
    return (len(known) / len(words) if len(set(known)) >= 5 else 0.0), len(words)


def _dense(text: str) -> bool:
    """Whether a letter says as much as a word does elsewhere (Chinese, Japanese, Korean)."""
    return any("\u3040" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7af" for char in text)


@lru_cache(maxsize=1)
def _detector() -> Any:
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    codes = [getattr(IsoCode639_1, code) for code in _LANGUAGES.split()]
    return LanguageDetectorBuilder.from_iso_codes_639_1(*codes).with_low_accuracy_mode().build()
