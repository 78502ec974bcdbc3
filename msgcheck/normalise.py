"""Text as it is compared: the same words whatever the typesetter, the producer or the keyboard made of them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_QUOTES = dict.fromkeys("‘’‚‛′", "'") | dict.fromkeys("“”„‟«»″", '"')
_DASHES = dict.fromkeys("‐‑‒−⁃", "-") | dict.fromkeys("–—―", "–")
_INVISIBLE = frozenset(
    "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_LINE_END_HYPHEN = re.compile(r"(?<=[^\W\d_])[-‐](?:\r\n|[\n\r\v\u2028])[ \t]*(?=[^\W\d_])")
RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_NO_POWER = r"(?<!(?<![^\W\d_])m)(?<!(?<![^\W\d_])(?:[kcdmµμ]m|ft|yd|mi))[²³]"  # "m²" and "cm³" are units
_MARKS = re.compile(rf"[®™℠⁰¹⁴⁵⁶⁷⁸⁹*†‡]|{_NO_POWER}|\((?:R|TM|SM)\)")
_SPACE = re.compile(r"\s+")
_KEPT_SUPERSCRIPTS = frozenset("®™℠©")
_LOWERED = str.maketrans(RAISED_DIGITS, "0123456789")
_ONE_FOR_ONE = {**_QUOTES, **_DASHES}
_NOT_PLAIN = re.compile(rf"[^ \n!-~À-ÖØ-öø-ÿ€£¥§°×•·®™℠©¹²³{''.join(_QUOTES)}{''.join(_DASHES)}]|[ \n][ \n]")


@dataclass(frozen=True, slots=True)
class Normalised:
    """`text` and, for each of its characters, the offset in the original at which it began (plus one for the end)."""

    text: str
    starts: tuple[int, ...]

    def quoted(self, start: int, end: int) -> tuple[int, int]:
        """The original's span of `text[start:end]`; characters that vanished around it are left out."""
        if start >= end:
            return self.starts[start], self.starts[start]
        return self.starts[start], self.starts[end - 1] + 1


@lru_cache(maxsize=4096)
def normalise(text: str) -> Normalised:
    """NFKC per character (ligatures, full-width forms, no-break spaces), straight quotes, one kind of hyphen and of
    dash, soft hyphens and invisible characters dropped, words joined over a line-end hyphen, white space folded to
    single spaces and trimmed. Marks (® ™ ℠ ©) stay as they are. Letters keep their case.

    A hyphen at a line's end joins ('recov-\\nery' → 'recovery') when the next line goes on in lower case, and stays
    otherwise ('Franco-\\nBritish' → 'Franco-British').
    """
    return _plain(text) or _general(text)


def _plain(text: str) -> Normalised | None:
    """`normalise` for text in which each character stands for one: nearly all that there is, and many times as fast."""
    if "-\n" in text or "‐\n" in text or _NOT_PLAIN.search(text) is not None:
        return None
    flat = text.replace("\n", " ")
    if not flat.isascii():
        for char in _ONE_FOR_ONE.keys() & set(flat):
            flat = flat.replace(char, _ONE_FOR_ONE[char])
    trimmed = flat.strip(" ")
    begin = len(flat) - len(flat.lstrip(" "))
    return Normalised(trimmed, (*range(begin, begin + len(trimmed)), len(text)))


def _general(text: str) -> Normalised:
    dropped: set[int] = set()
    for match in _LINE_END_HYPHEN.finditer(text):
        first = text[match.end()]
        keep = 1 if not first.islower() else 0
        dropped.update(range(match.start() + keep, match.end()))
    out: list[str] = []
    starts: list[int] = []
    pending = -1
    for index, char in enumerate(text):
        if index in dropped or char in _INVISIBLE:
            continue
        if char.isspace():
            if pending < 0:
                pending = index
            continue
        if pending >= 0:
            if out:
                out.append(" ")
                starts.append(pending)
            pending = -1
        if char in _KEPT_SUPERSCRIPTS:
            piece = char
        elif char in _QUOTES:
            piece = _QUOTES[char]
        elif char in _DASHES:
            piece = _DASHES[char]
        elif char.isascii():
            piece = char
        else:
            piece = unicodedata.normalize("NFKC", char) if unicodedata.category(char) != "No" else char
        for one in piece:
            if one.isspace():
                if out and out[-1] != " ":
                    out.append(" ")
                    starts.append(index)
                continue
            out.append(one)
            starts.append(index)
    joined = "".join(out)
    composed = unicodedata.normalize("NFC", joined)
    if composed != joined:                       # combining accents: keep the map by composing run by run
        return _composed(out, starts, len(text))
    return Normalised(joined, (*starts, len(text)))


def _composed(chars: list[str], starts: list[int], length: int) -> Normalised:
    out: list[str] = []
    begun: list[int] = []
    index = 0
    while index < len(chars):
        run = chars[index]
        after = index + 1
        while after < len(chars) and unicodedata.combining(chars[after]):
            run += chars[after]
            after += 1
        for one in unicodedata.normalize("NFC", run):
            out.append(one)
            begun.append(starts[index])
        index = after
    return Normalised("".join(out), (*begun, length))


def plain(text: str) -> str:
    """`text` without marks and note signs, which are no part of what is said."""
    return _SPACE.sub(" ", _MARKS.sub("", text)).strip()


def lowered(text: str) -> str:
    """`text` with superscript digits as plain ones, one for one: readers raise digits that a file only sets raised."""
    return text.translate(_LOWERED)


def fold(text: str) -> str:
    """`text` for comparing exact wordings: normalised, case folded, marks and punctuation dropped, single spaces; signs
    that change a figure stay.
    """
    flat = normalise(text).text.casefold()
    return " ".join(re.findall(r"(?<!\w)-(?=\d)|[^\W_]+(?:[.,:/'][^\W_]+)*[%°]?|[€$£¥%&+<>≤≥±~]", flat))
