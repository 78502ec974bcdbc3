"""Numbers in digits and words, as tokens of a sentence are read from left to right."""

from __future__ import annotations

import re
from dataclasses import dataclass

ONES = {
    "zero": 0,
    "nil": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
}
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}
SHORT_SCALES = {
    "k": 1_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "bn": 1_000_000_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "thousand": 1_000,
    "hundred": 100,
    "trillion": 1_000_000_000_000,
    "dozen": 12,
}
PARTS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "twelfth": 12,
    "twentieth": 20,
    "fiftieth": 50,
    "hundredth": 100,
    "thousandth": 1000,
}
PARTS |= {f"{name}s": value for name, value in list(PARTS.items()) if name not in ("half", "halves")}
ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
}
VULGAR = {
    "½": 0.5,
    "⅓": 1 / 3,
    "⅔": 2 / 3,
    "¼": 0.25,
    "¾": 0.75,
    "⅕": 0.2,
    "⅖": 0.4,
    "⅗": 0.6,
    "⅘": 0.8,
    "⅙": 1 / 6,
    "⅛": 0.125,
    "⅜": 0.375,
    "⅝": 0.625,
    "⅞": 0.875,
}

_TOKEN = re.compile(
    r"\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?(?![\d,]\d)|\d+(?:\.\d+)?|[€$£¥%‰°]|[½⅓⅔¼¾⅕⅖⅗⅘⅙⅛⅜⅝⅞]|db\([ac]\)|[a-zµμ]+(?:'[a-z]+)?[²³23]?|[-–−/+~<>≤≥≈:;,.()?!&]",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign in lower case and as it is `written`, with its offsets; `glued` when no space stands
    before it."""

    text: str
    start: int
    end: int
    glued: bool
    written: str


def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of normalised `text` that matter for figures; other signs are passed over."""
    return tuple(
        Token(m.group().lower(), m.start(), m.end(), m.start() > 0 and not text[m.start() - 1].isspace(), m.group())
        for m in _TOKEN.finditer(text)
    )


def is_digits(token: Token) -> bool:
    return token.text[0].isdigit()


def digits(token: Token) -> float:
    return float(token.text.replace(",", "").replace(" ", ""))


@dataclass(frozen=True, slots=True)
class Number:
    """A number read at `tokens[first:last]`; `part` when it is a fraction in words or signs, `words` when not in digits."""

    value: float
    first: int
    last: int
    words: bool = False
    part: bool = False


def read(found: tuple[Token, ...], at: int) -> Number | None:
    """The number that begins at token `at`, the longest reading; None where none begins there."""
    if at >= len(found):
        return None
    token = found[at]
    if is_digits(token):
        return _digits(found, at)
    if token.text in VULGAR:
        return Number(VULGAR[token.text], at, at + 1, True, True)
    return _words(found, at)


def _digits(found: tuple[Token, ...], at: int) -> Number:
    value, last = digits(found[at]), at + 1
    if last < len(found):
        following = found[last]
        if following.text in VULGAR:
            return Number(value + VULGAR[following.text], at, last + 1)
        scale = SHORT_SCALES.get(following.text)
        if scale and (len(following.text) > 2 or following.text in ("bn", "mn") or (following.glued and following.text == "k")):
            value, last = value * scale, last + 1
            while last < len(found) and found[last].text in SCALES:  # "2 hundred thousand"
                value, last = value * SCALES[found[last].text], last + 1
        elif (
            following.text == "/"
            and following.glued
            and last + 1 < len(found)
            and is_digits(found[last + 1])
            and found[last + 1].glued
        ):
            below = digits(found[last + 1])
            if 1 < below <= 100 and value < below:
                return Number(value / below, at, last + 2, False, True)
    return Number(value, at, last)


def _words(found: tuple[Token, ...], at: int) -> Number | None:
    total, current, index, seen = 0.0, 0.0, at, False
    article = found[at].text in ("a", "an")
    if article:
        if at + 1 >= len(found):
            return None
        following = found[at + 1].text
        if following in SCALES or following == "dozen":
            current, index, seen = 1.0, at + 1, True
        elif following in PARTS and following not in ("second",):
            return _part(found, at, 1.0, at + 1)
        else:
            return None
    while index < len(found):
        word = found[index].text
        if word in ONES:
            if seen and current % 10 != 0 and current % 100 != 0:
                break
            if seen and (0 < current % 100 < 20 or current % 10):
                break
            current += ONES[word]
            seen = True
        elif word in TENS:
            if seen and current % 100 != 0:
                break
            current += TENS[word]
            seen = True
        elif word == "hundred" and (seen or index == at):
            current = (current or 1) * 100
            seen = True
        elif word == "dozen":
            current = (current or 1) * 12
            seen = True
        elif word in SCALES and seen:
            if current:
                total += current * SCALES[word]
            else:  # "a thousand million"
                total *= SCALES[word]
            current = 0.0
        elif (
            word == "-"
            and seen
            and index + 1 < len(found)
            and (found[index + 1].text in ONES or found[index + 1].text in PARTS)
            and found[index].glued
        ) or (
            word == "and"
            and seen
            and index + 1 < len(found)
            and current % 100 == 0
            and current
            and (found[index + 1].text in ONES or found[index + 1].text in TENS)
        ):
            index += 1
            continue
        else:
            break
        index += 1
    if not seen:
        word = found[at].text
        if word != "half":
            return None
        whole = _words(found, at + 1) if at + 1 < len(found) and found[at + 1].text == "a" else None
        if whole and not whole.part:     # "half a million"
            return Number(0.5 * whole.value, at, whole.last, True)
        return Number(0.5, at, at + 1, True, True)
    value = total + current
    if index + 1 < len(found) and found[index].text == "point" and found[index + 1].text in ONES:
        return _decimals(found, at, value, index + 1)
    # "two and a half", "one and a quarter"
    if (
        index + 2 < len(found)
        and found[index].text == "and"
        and found[index + 1].text in ("a", "one")
        and found[index + 2].text in ("half", "quarter")
    ):
        return Number(value + 1 / PARTS[found[index + 2].text], at, index + 3, True)
    if index < len(found) and found[index].text in PARTS and found[index - 1].text == "-" and value in TENS.values():
        return Number(1 / (value + PARTS[found[index].text]), at, index + 1, True, True)  # "twenty-fifth"
    if index < len(found) and found[index].text in PARTS and found[index].text not in ("half",) and value < 100:
        return _part(found, at, value, index)
    return Number(value, at, index, True)


def _decimals(found: tuple[Token, ...], at: int, value: float, index: int) -> Number:
    """ "four point eight", "ninety-nine point nine five": each word after the point is a digit."""
    place = 0.1
    while index < len(found) and found[index].text in ONES and ONES[found[index].text] < 10:
        value += ONES[found[index].text] * place
        place, index = place / 10, index + 1
    return Number(round(value, 10), at, index, True)


def _part(found: tuple[Token, ...], at: int, above: float, index: int) -> Number | None:
    """`above` parts of a kind: "a third", "two fifths"; "a second" and ordinals ("one third place") are left to the caller."""
    return Number(above / PARTS[found[index].text], at, index + 1, True, True)
