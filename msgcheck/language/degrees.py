"""Temperatures above and below zero: by sign, "minus", "below zero". For no other unit is a hyphen taken as a sign."""

from __future__ import annotations

from dataclasses import replace

from msgcheck.language.measures import unit_at
from msgcheck.language.numbers import Number, Token, read

_SIGNS = {"-": -1, "–": -1, "−": -1, "minus": -1, "+": 1, "plus": 1}
_COLD = frozenset({("below", "zero"), ("below", "freezing"), ("of", "frost")})
_JOINERS = frozenset({"to", "and", "-", "–"})


def degrees(found: tuple[Token, ...], at: int) -> Number | None:
    """The signed number that begins with its sign at token `at`, if it measures a temperature: "-18 °C", "minus twenty
    to plus 40 °C"; None where it does not.
    """
    sign = _SIGNS.get(found[at].text) if at + 1 < len(found) else None
    if sign is None or not (found[at].text.isalpha() or _stands_before(found, at)):
        return None
    number = read(found, at + 1)
    if number is None or number.part or not (_of_temperature(found, number) or _opens_range(found, number)):
        return None
    return replace(number, value=sign * number.value, first=at)


def below_zero(found: tuple[Token, ...], at: int) -> bool:
    """Whether what stands at token `at` turns degrees into such below zero."""
    return tuple(token.text for token in found[at : at + 2]) in _COLD


def _stands_before(found: tuple[Token, ...], at: int) -> bool:
    """Whether a sign belongs to what follows, and joins no words: not in "pre-20 °C", "2-8 °C", "2 - 8 °C"."""
    behind = found[at - 1].text if at and found[at].glued else ""
    return found[at + 1].glued and not behind[-1:].isalnum()


def _of_temperature(found: tuple[Token, ...], number: Number) -> bool:
    unit = unit_at(found, number.last, number)
    return unit is not None and unit[0].dimension == "temperature"


def _opens_range(found: tuple[Token, ...], number: Number) -> bool:
    """Whether `number` is the lower end of a range whose upper end has the unit: "-25 to -18 °C"."""
    at = number.last
    if at + 1 >= len(found) or found[at].text not in _JOINERS:
        return False
    upper = read(found, at + 2 if found[at + 1].text in _SIGNS else at + 1)
    return upper is not None and _of_temperature(found, upper)
