"""What follows a number: its unit, the whole that it is a share of, the thing that is counted."""

from __future__ import annotations

from msgcheck.language.numbers import ONES, TENS, Number, Token
from msgcheck.language.units import AMBIGUOUS, CASED, DAY_KINDS, UNITS, Unit

STOP = frozenset(
    ["a", "an", "the", "of", "in", "on", "at", "to", "for", "from", "by", "with", "within", "and", "or", "but", "as", "is", "are", "was", "were", "be", "been", "than", "that", "which", "who", "whose", "this", "these", "those", "per", "each", "every", "it", "its", "their", "our", "your", "his", "her", "we", "you", "they", "he", "she", "not", "no", "out", "up", "off", "over", "under", "after", "before", "between", "until", "till", "into", "only", "just", "also", "then", "when", "where", "while", "if", "so", "less", "more", "fewer", "least", "most", "about", "can", "could", "will", "would", "may", "might", "must", "has", "have", "had", "do", "does", "did"]
)


ONES_TO_TENS = ONES.keys() | TENS.keys()
_POWERS = {"²": 2, "2": 2, "³": 3, "3": 3}


def unit_at(found: tuple[Token, ...], at: int, number: Number) -> tuple[Unit, int] | None:
    """The unit that stands at token `at`, over a hyphen, an adjective ("working days") or "per cent"."""
    if at < len(found) and found[at].text == "-" and found[at].glued:
        at += 1  # "12-month"
    if at >= len(found):
        return None
    word = found[at].text
    following = found[at + 1].text if at + 1 < len(found) else ""
    if word == "half" and found[at + 1 : at + 3] and not number.part:
        days = at + 2 if following == "-" else at + 1
        if text_at(found, days) in ("day", "days"):
            return Unit("half-day", "duration", 43200.0), days + 1
    if word == "per" and following == "cent":
        if at + 2 < len(found) and found[at + 2].text == "points":
            return UNITS["pp"], at + 3
        return UNITS["%"], at + 2
    if word in ("percent", "%", "percentage", "per-cent") and following in ("point", "points"):
        return UNITS["pp"], at + 2
    if word == "°" and following in ("c", "f"):
        return UNITS["°" + following], at + 2
    if word in ("degree", "degrees") and following in ("c", "f", "celsius", "fahrenheit"):
        return UNITS["°" + following[0]], at + 2
    if word == "basis" and following in ("point", "points"):
        return UNITS["bps"], at + 2
    if word in ("square", "sq", "cubic") and following in UNITS and UNITS[following].dimension == "length":
        length = UNITS[following]
        return _power(f"{word} {length.name}", length, 3 if word == "cubic" else 2), at + 2
    if word[-1:] in _POWERS and word not in UNITS and word[:-1] in UNITS and UNITS[word[:-1]].dimension == "length":
        return _power(word, UNITS[word[:-1]], _POWERS[word[-1]]), at + 1
    if (
        word in DAY_KINDS | {"calendar", "full", "whole", "complete", "consecutive", "short", "minute"}
        and following in UNITS
        and UNITS[following].dimension == "duration"
    ):
        return UNITS[following], at + 2
    if word in ("kilowatt", "megawatt", "watt"):
        hour = at + 2 if following == "-" else at + 1
        if text_at(found, hour) in ("hour", "hours"):
            return UNITS[word + "-hour"], hour + 1
    if following == "/" and at + 2 < len(found):
        below = found[at + 2].text
        rate = CASED.get(f"{found[at].written}/{below}") or UNITS.get(f"{word}/{below}")
        if rate:
            return rate, at + 3
    unit = CASED.get(found[at].written) or UNITS.get(word)
    if unit is None:
        return None
    if word in AMBIGUOUS and len(word) <= 3 and (number.words or not word.isalpha()):
        return None
    if word == "second" and not number.words and number.value != 1:
        return None
    return unit, at + 1


def _power(name: str, length: Unit, power: int) -> Unit:
    """The area or the volume of a square or a cube of this length."""
    if power == 2:
        return Unit(name, "area", length.factor**2)
    return Unit(name, "volume", 1000 * length.factor**3)           # in litres


def day_kind(found: tuple[Token, ...], first: int, last: int) -> str:
    """The kind of the days or hours at `found[first:last]`, told there or behind: "hours of working time"."""
    behind = text_at(found, last) == "of" and text_at(found, last + 2) in ("time", "hours")
    for token in found[first : last + 2 if behind else last]:
        if token.text in DAY_KINDS:
            return "working" if token.text in ("working", "business", "work", "trading", "banking") else token.text
    return ""


def text_at(found: tuple[Token, ...], at: int) -> str:
    """The token at `at`; '' behind the last."""
    return found[at].text if at < len(found) else ""


def counted_at(found: tuple[Token, ...], at: int) -> tuple[str, int]:
    """The head of the noun phrase that follows: ("line", end) of "35% more order lines"; at most three words on."""
    head, end = "", at
    for token in found[at : at + 4]:
        if not token.text[0].isalpha() or token.text in STOP:
            break
        head, end = token.text, end + 1
        if token.text.endswith("s") and not token.text.endswith("ss") and token.text not in _BEFORE_NOUNS:
            break
    return singular(head), min(end, at + 1) if head else at


_BEFORE_NOUNS = frozenset(
    ["savings", "sales", "goods", "sports", "customs", "operations", "earnings", "logistics", "electronics", "systems", "communications", "news", "series", "arts", "arms", "careers", "admissions"]
)
"""Plurals in form that mostly stand before the noun they belong to: "savings pots"."""


def singular(noun: str) -> str:
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "sses", "xes")):
        return noun[:-2]
    if len(noun) > 2 and noun.endswith("s") and not noun.endswith(("ss", "us", "is")):
        return noun[:-1]
    return noun
