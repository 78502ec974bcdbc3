"""Words and phrases of a guide as they are looked for in a text: whole words, in any inflection, with hyphen, space and
line break alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from msgcheck.checks.wordforms import Feature, forms, has_own_life, is_function_word
from msgcheck.checks.zones import Span, in_capitals, is_capitals
from msgcheck.model import Block
from msgcheck.normalise import normalise

_DETERMINERS = ("a", "an")
_OTHER_DETERMINERS = r"(?:an?|the|another|any|this|that|your|our|their|his|her|my|its)"


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found at `normal[start:end]`; `features` are the forms of its words, in order."""

    start: int
    end: int
    features: tuple[Feature, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase ready to be looked for. `held` holds hyphen and space to what is written, `cased` the case as well."""

    text: str
    words: tuple[str, ...]
    pattern: re.Pattern[str]
    strict: re.Pattern[str]
    first: tuple[str, ...]               # a quick test: one of these stands in the case-folded text, or there is no hit
    held: bool
    cased: bool

    def hits(self, block: Block) -> Iterator[Hit]:
        """Where the phrase stands in the block's normalised text; hits do not overlap."""
        folded = block.normal.casefold()
        if not any(stem in folded for stem in self.first):
            return
        for match in self.pattern.finditer(block.normal):
            hit = self._read(block, match)
            if hit is not None:
                yield hit

    def _read(self, block: Block, match: re.Match[str]) -> Hit | None:
        start, end = match.span()
        first, last = normalise(block.text).quoted(start, end)
        broken = any(sign in block.text[first:last] for sign in "\n\r\v\u2028")
        if self.held and broken and "-" in block.text[first:last]:
            return None                  # a hyphen at the line's end: the difference that is held cannot be seen there
        if not self.strict.fullmatch(match.group()) and not broken:
            return None
        features = tuple(
            forms(word.casefold()).get(found.casefold(), "base")
            for word, found in zip(self.words, re.split(r"[ -]", match.group()), strict=False)
        )
        plain = all(feature in ("base", "s") for feature in features)
        if not plain and is_capitals(match.group()) and not in_capitals(block, first, last):
            return None                  # an abbreviation that looks like an inflected form: LED for 'lead'
        if len(self.words) == 1 and not plain and has_own_life(match.group().casefold()):
            return None
        return Hit(start, end, features)


@lru_cache(maxsize=4096)
def phrase(text: str, *, held: bool = False, cased: bool = False) -> Phrase:
    """The phrase of a guide entry. A word with capitals in the guide keeps its case, the others match in any."""
    normal = normalise(text).text
    words = tuple(re.split(r"[ -]", normal))
    signs = re.findall(r"[ -]", normal)
    alternatives = [_alternatives(word, cased) for word in words]
    body = alternatives[0]
    loose = alternatives[0]
    for sign, part in zip(signs, alternatives[1:], strict=True):
        between = re.escape(sign) if held else "[ -]"
        body += between + part
        loose += between + ("" if held else "?") + part
    first = tuple(form[:4] for form in _forms(words[0])) if words[0].casefold() not in _DETERMINERS else ("",)
    before = r"(?<![\w])" if normal[0].isalnum() else ""
    after = r"(?!\w)" if normal[-1].isalnum() else ""
    return Phrase(
        text, words, re.compile(f"{before}{loose}{after}"), re.compile(body), tuple(dict.fromkeys(first)), held, cased
    )


def _forms(word: str) -> tuple[str, ...]:
    if not word.islower():
        return (word.casefold(),)
    return tuple(dict.fromkeys(form.casefold() for form in forms(word)))


def _alternatives(word: str, cased: bool) -> str:
    if word.casefold() in _DETERMINERS:
        return f"(?i:{_OTHER_DETERMINERS})"
    if word.islower() or not any(char.isalpha() for char in word):
        every = sorted(forms(word), key=lambda form: (-len(form), form))
        joined = "|".join(re.escape(form) for form in every)
        return f"(?:{joined})" if cased else f"(?i:{joined})"
    ends = "(?:s|es)?" if word[-1].isalpha() and len(word) > 1 and not is_function_word(word) else ""
    capitals = f"|{re.escape(word.upper())}" if len(word) > 3 and not word.isupper() and not cased else ""
    return f"(?:{re.escape(word)}{ends}{capitals})"


def spans(texts: tuple[str, ...], block: Block) -> tuple[Span, ...]:
    """Where any of `texts` stands in the block, matched like terms: the reach of an `except`."""
    return tuple((hit.start, hit.end) for text in texts for hit in phrase(text).hits(block))
