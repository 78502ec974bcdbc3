"""Shares that are told as a part of a whole: "nine in ten", "of every hundred sailings, 96", "£18 of every £100"."""

from __future__ import annotations

import re
from dataclasses import replace

from msgcheck.language.measures import ONES_TO_TENS, STOP
from msgcheck.language.numbers import Number, Token, is_digits, read
from msgcheck.language.quantity import Quantity
from msgcheck.language.units import UNITS

WHOLES = frozenset(
    (*range(2, 11), 12, 15, 16, 20, 25, 30, 40, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10000, 100000, 1000000)
)
_SIZES = ("duration", "length", "mass", "ratio")
_OF_EVERY = re.compile(r"\bof (?:every|each)\s*$", re.I)
_BETWEEN = re.compile(r"[^.;:!?]*")
_FEW = 4                                 # words from a part to its whole, at most


def share_at(found: tuple[Token, ...], number: Number) -> tuple[float, int] | None:
    """ "nine in ten", "71 faults in a hundred", "nineteen dashboards out of twenty", "3 of 4", "for every hundred"."""
    for skipped in range(3):
        at = number.last + skipped
        if at + 1 >= len(found):
            return None
        word = found[at].text
        if skipped and word not in ("in", "out", "of") and (word in STOP or not word.isalpha()):
            return None
        if word in ("in", "of", "out"):
            start = at + 1
            if word == "out" and found[start].text == "of":
                start += 1
            of_the = word == "of" and start + 1 < len(found) and found[start].text == "the"
            if of_the and found[start + 1].text in ONES_TO_TENS:
                start += 1               # "fourteen of the twenty largest"
            of_each = start < len(found) and found[start].text in ("every", "each")
            if start < len(found) and found[start].text in (
                "every",
                "each",
                *(("our", "their") if word != "of" or is_digits(found[number.first]) else ()),
            ):
                start += 1
            below = read(found, start)
            if (
                below
                and not below.part
                and below.value > number.value >= 0
                and below.value in WHOLES
            ):
                if word == "of" and skipped:
                    return None
                following = found[below.last].text if below.last < len(found) else ""
                if not of_each and following in UNITS and UNITS[following].dimension in _SIZES:
                    return None
                return number.value / below.value, below.last
            return None
    return None


def shares(text: str, found: list[Quantity]) -> list[Quantity]:
    """Shares that are told in two figures: "of every hundred sailings, 96", "£18 of every £100"."""
    out: list[Quantity] = []
    for quantity in found:
        before = out[-1] if out else None
        if before and before.dimension == quantity.dimension and quantity.dimension.startswith(("count", "money:")):
            between = text[before.end : quantity.start]
            if _OF_EVERY.search(text[: before.start]) and "," in between and _BETWEEN.fullmatch(between):
                part, whole = quantity, before
            elif _OF_EVERY.search(between) and len(between.split()) <= _FEW:
                part, whole = before, quantity
            else:
                part = whole = quantity
            if whole.low == whole.high and whole.low in WHOLES and part.high < whole.low:
                low, high = part.low / whole.low, part.high / whole.low
                share = replace(part, dimension="ratio", unit="%", low=low, high=high, per="", of="")
                out[-1] = share
                continue
        out.append(quantity)
    return out
