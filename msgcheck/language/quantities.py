"""The quantities of a sentence: value or range, comparator, unit, rate, statistic, and what is counted.

Values are canonical: ratios as shares of 1, durations in seconds, lengths in metres and so on (`units.py`), so that
"two fifths" and "40%" are equal and "14 days" is "two weeks". Nothing here knows a model; the same words give the
same facts.
"""

from __future__ import annotations

import re
from dataclasses import replace

from msgcheck.language.codes import code_spans
from msgcheck.language.comparators import statistic_of
from msgcheck.language.degrees import below_zero, degrees
from msgcheck.language.measures import STOP, counted_at, day_kind, singular, text_at, unit_at
from msgcheck.language.numbers import SCALES, Number, Token, is_digits, read, tokens
from msgcheck.language.quantity import Quantity, finished
from msgcheck.language.recurring import CONTINUOUS, REGULAR, TIMES, every, single, times
from msgcheck.language.shares import share_at, shares
from msgcheck.language.units import AMBIGUOUS, CURRENCIES, UNITS

__all__ = ["Quantity", "quantities"]

_FACTORS = {
    "twice": 2.0,
    "double": 2.0,
    "doubled": 2.0,
    "doubles": 2.0,
    "doubling": 2.0,
    "triple": 3.0,
    "triples": 3.0,
    "tripled": 3.0,
    "treble": 3.0,
    "quadruple": 4.0,
    "halve": 0.5,
    "halves": 0.5,
    "halved": 0.5,
    "halving": 0.5,
    "twofold": 2.0,
    "threefold": 3.0,
    "fourfold": 4.0,
    "tenfold": 10.0,
}


_CODES = frozenset({"eur", "usd", "gbp", "chf", "sek", "nok", "dkk"})


def quantities(text: str) -> tuple[Quantity, ...]:
    """Every quantity of normalised `text`, in order; dates and clock times are `moments.py`'s."""
    found = tokens(text)
    blocked = code_spans(text)
    out: list[Quantity] = []
    index = 0
    while index < len(found):
        if any(s <= found[index].start < e for s, e in blocked):
            index += 1
            continue
        read_one = _at(text, found, index)
        if read_one is None:
            index += 1
            continue
        quantity, index = read_one
        out.append(quantity)
    for match in CONTINUOUS.finditer(text):
        out = [q for q in out if not (q.start < match.end() and match.start() < q.end)]
        out.append(
            Quantity(
                "availability",
                1.0,
                1.0,
                "=",
                "continuous",
                match.group(),
                match.start(),
                match.end(),
                number=match.span(),
            )
        )
    out.sort(key=lambda q: q.start)
    return _compound(text, shares(text, out))


def _at(text: str, found: tuple[Token, ...], index: int) -> tuple[Quantity, int] | None:
    token = found[index]
    word = token.text
    if word in REGULAR:
        return Quantity(
            "frequency",
            REGULAR[word],
            REGULAR[word],
            "=",
            "per second",
            text[token.start : token.end],
            token.start,
            token.end,
            number=(token.start, token.end),
        ), index + 1
    if word in ("every", "each") or (word == "any" and index > 1 and found[index - 2].text == "end"):
        regular = every(text, found, index)
        if regular:
            return regular
    if word in TIMES and index + 1 < len(found):
        rate = times(text, found, index, TIMES[word], index + 1, index)
        if rate:
            return rate
    if word in _FACTORS:
        return Quantity(
            "factor",
            _FACTORS[word],
            _FACTORS[word],
            "=",
            "×",
            text[token.start : token.end],
            token.start,
            token.end,
            number=(token.start, token.end),
        ), index + 1
    if word in CURRENCIES and (not word.isalpha() or word in _CODES):
        number = _price(found, index + 1)
        if number:
            unit = CURRENCIES[word]
            money = f"money:{unit}"
            upper = _upper_price(found, number, _word_before(found, index) in ("between", "from"))
            if upper:
                return finished(text, found, number, index, money, 1.0, unit, upper.last, (number.value, upper.value))
            return finished(text, found, number, index, money, 1.0, unit, number.last)
    number = read(found, index) or degrees(found, index)
    if number is None:
        return single(text, found, index) if word in ("a", "an", "one") else None
    return _number(text, found, number, index)


def _price(found: tuple[Token, ...], at: int) -> Number | None:
    """The number at token `at`, after a currency, where an "m" stands for millions."""
    number = read(found, at)
    if number and number.last < len(found) and found[number.last].text == "m" and found[number.last].glued:
        return replace(number, value=number.value * SCALES["million"], last=number.last + 1)
    return number


def _upper_price(found: tuple[Token, ...], lower: Number, opened: bool) -> Number | None:
    """The upper end of "$500 to $25,000", "£3–£5", "between €2 and €4"; None where no range follows."""
    at = lower.last
    if at + 1 >= len(found) or found[at].text not in ("to", "-", "–", *(("and",) if opened else ())):
        return None
    if found[at + 1].text == "us":
        at += 1
    if at + 1 < len(found) and found[at + 1].text in CURRENCIES:
        at += 1
    elif found[at].text == "to":
        return None                      # "from €5 to 40 users"
    upper = _price(found, at + 1)
    return upper if upper and upper.value > lower.value else None


def _number(text: str, found: tuple[Token, ...], number: Number, index: int) -> tuple[Quantity, int] | None:
    last = number.last
    low = number.value
    # ranges: "18% to 22%", "between five and seven years", "5–7", "from 7 days to 10 years"
    after = found[last].text if last < len(found) else ""
    skip = last
    own_unit = unit_at(found, last, number)
    if own_unit:
        skip = own_unit[1]
    joiner = found[skip].text if skip < len(found) else ""
    between = _word_before(found, index) == "between"
    if joiner in ("to", "-", "–", "through") or (joiner == "and" and between):
        second = read(found, skip + 1) or degrees(found, skip + 1)
        if second and not (joiner == "-" and not (is_digits(found[index]) and is_digits(found[skip + 1]))):
            second_unit = unit_at(found, second.last, second)
            if own_unit is None or second_unit is None or own_unit[0].dimension == second_unit[0].dimension:
                unit, end = (
                    (second_unit[0], second_unit[1])
                    if second_unit
                    else (own_unit[0], second.last)
                    if own_unit
                    else (None, second.last)
                )
                first_factor = own_unit[0].factor if own_unit else (unit.factor if unit else 1.0)
                if unit is not None:
                    lo, hi = low * first_factor, second.value * unit.factor
                    return finished(
                        text,
                        found,
                        replace(number, last=end),
                        index,
                        unit.dimension,
                        1.0,
                        unit.name,
                        end,
                        (min(lo, hi), max(lo, hi)),
                    )
                if second.value >= low:
                    return finished(
                        text,
                        found,
                        replace(number, last=second.last),
                        index,
                        "count",
                        1.0,
                        "",
                        second.last,
                        (low, second.value),
                    )
    # shares: "nine in ten", "71 faults in a hundred", "one out of three", "nineteen dashboards out of twenty"
    share = share_at(found, number)
    if share:
        value, end = share
        return finished(text, found, number, index, "ratio", 1.0, "%", end, (value, value))
    if after == "times" or (after in ("x", "×") and last < len(found)):
        rate = times(text, found, index, number.value, last + 1, index)
        if rate:
            return rate
        return finished(text, found, number, index, "factor", 1.0, "×", last + 1)
    if own_unit:
        unit, end = own_unit
        if unit.dimension in ("temperature", "angle") and below_zero(found, end):
            unit = unit if unit.dimension == "temperature" else UNITS["°c"]
            number, end = replace(number, value=-number.value), end + 2
        kind = day_kind(found, last, end)
        measured, after_unit = finished(text, found, number, index, unit.dimension, unit.factor, unit.name, end)
        if kind == "working" and measured.dimension == "duration" and measured.unit == "week":
            measured = replace(measured, low=measured.low * 5 / 7, high=measured.high * 5 / 7)
        return replace(measured, kind=kind), after_unit
    if after in CURRENCIES and not (
        not after.isalpha() and last + 1 < len(found) and is_digits(found[last + 1]) and found[last + 1].glued
    ):                                   # "12 €", and not "from day 61 €0.45"
        currency = CURRENCIES[after]
        if last + 1 < len(found) and CURRENCIES.get(found[last + 1].text) == "cent":  # "4 euro cents"
            return finished(text, found, number, index, f"money:{currency}", 0.01, currency, last + 2)
        return finished(text, found, number, index, f"money:{currency}", 1.0, currency, last + 1)
    if number.part:
        if last + 1 < len(found) and found[last].text == "-" and found[last + 1].text in UNITS:
            unit = UNITS[found[last + 1].text]                       # "half-hour"
            return finished(text, found, number, index, unit.dimension, unit.factor, unit.name, last + 2)
        # "half an hour", "a quarter of an hour", "half a day", "half of the hotels", "a third less"
        at = last + 1 if last < len(found) and found[last].text == "of" else last
        if (
            at + 1 < len(found)
            and found[at].text in ("a", "an", "one")
            and (unit := UNITS.get(found[at + 1].text))
            and unit.dimension in ("duration", "length", "mass", "volume")
        ):
            return finished(text, found, number, index, unit.dimension, unit.factor, unit.name, at + 2)
        if (
            at < len(found)
            and (unit := UNITS.get(found[at].text))
            and unit.dimension == "duration"
            and found[at].text not in AMBIGUOUS
        ):
            return finished(text, found, number, index, unit.dimension, unit.factor, unit.name, at + 1)
        return finished(text, found, number, index, "ratio", 1.0, "%", last)
    if (number.words and number.value in (0.0, 1.0)) or _is_label(text, found, index):
        return None  # "one of", "no one", "page 38"
    if number.value in range(1900, 2100) and is_digits(found[index]) and "," not in found[index].text:
        return None  # a year: moments.py
    if last < len(found) and found[last].text == ":" and found[last].glued:
        return None
    hyphenated = _hyphenated(found, last)
    of, end = (found[last + 1].text, last + 2) if hyphenated else counted_at(found, last)
    if not of and number.value >= 2 and text_at(found, last) == "of" and text_at(found, last + 1) in _WHOSE:
        of = counted_at(found, last + 2)[0]                # "48 of our vehicles"
    quantity, after_index = finished(text, found, number, index, "count", 1.0, "", end if of else last)
    return replace(quantity, of=of or _named_before(found, index)), after_index


def _hyphenated(found: tuple[Token, ...], at: int) -> bool:
    """Whether a hyphen joins the figure before token `at` to what it counts: "a 17-parameter profile"."""
    joined = text_at(found, at) == "-" and found[at].glued and at + 1 < len(found) and found[at + 1].glued
    return joined and found[at + 1].text.isalpha() and found[at + 1].text not in STOP


def _named_before(found: tuple[Token, ...], index: int) -> str:
    """What a row counts, where that stands before the figure at token `index`: "Materials: 32", "Tutors in Leeds: 9"."""
    if index < 2 or found[index - 1].text != ":":
        return ""
    first = index - 1
    while first and found[first - 1].text.isalpha():
        first -= 1
    label = [token.text for token in found[first : index - 1]]
    while len(label) > 2 and label[0] in ("the", "total"):
        label = label[1:]
    if label[:1] in (["number"], ["count"]) and label[1:2] == ["of"]:
        label = label[2:]
    behind = next((at for at, word in enumerate(label) if at and word in _BEHIND_HEAD), len(label))
    return singular(label[behind - 1]) if label else ""


_BEHIND_HEAD = frozenset(["of", "in", "at", "for", "with", "within", "per", "on", "by", "from", "under", "across", "to", "who", "that", "which"])
_WHOSE = frozenset({"our", "their", "its", "my", "your"})


def _word_before(found: tuple[Token, ...], index: int) -> str:
    return found[index - 1].text if index else ""


_LABELS = frozenset(
    {
        "page",
        "pages",
        "p",
        "room",
        "menu",
        "issue",
        "no",
        "nr",
        "number",
        "figure",
        "table",
        "chapter",
        "section",
        "slide",
        "step",
        "unit",
        "line",
        "form",
        "week",
        "weeks",
        "phase",
        "stage",
        "part",
        "annex",
        "appendix",
        "floor",
        "question",
        "box",
        "tel",
        "phone",
        "note",
        "day",
        "article",
        "hall",
        "stand",
        "booth",
        "version",
        "release",
    }
)


def _is_label(text: str, found: tuple[Token, ...], index: int) -> bool:
    return index > 0 and found[index - 1].text in _LABELS and is_digits(found[index])


def _joined(text: str, last: Quantity, quantity: Quantity) -> Quantity | None:
    """The one quantity that two which follow each other make; None where they are two."""
    gap = text[last.end : quantity.start]
    if _parts_meet(last, quantity, gap):
        comparator = last.comparator if last.comparator != "=" else quantity.comparator
        one = replace(last, low=last.low + quantity.low, high=last.high + quantity.high, comparator=comparator)
    elif _bounds_meet(last, quantity, gap):
        one = replace(last, high=quantity.high, comparator="=")
    else:
        return None
    number = (last.number[0], quantity.number[1])
    return replace(one, end=quantity.end, text=text[last.start : quantity.end], number=number)


def _parts_meet(larger: Quantity, smaller: Quantity, gap: str) -> bool:
    """Whether two durations side by side are the parts of one."""
    return (
        larger.dimension == smaller.dimension == "duration"
        and smaller.unit != larger.unit
        and smaller.low < larger.low
        and re.fullmatch(r"[\s,]*(?:and )?", gap) is not None
        and larger.low == larger.high
        and smaller.low == smaller.high
        and "=" in (smaller.comparator, larger.comparator)
    )


def _bounds_meet(lower: Quantity, upper: Quantity, gap: str) -> bool:
    """Whether two bounds side by side are the ends of one range."""
    return (
        lower.comparator == ">="
        and upper.comparator == "<="
        and lower.dimension == upper.dimension
        and lower.per == upper.per
        and lower.high < upper.low
        and re.fullmatch(r"\s*(?:[,/]|and|but)?\s*", gap) is not None
    )


def _compound(text: str, found: list[Quantity]) -> tuple[Quantity, ...]:
    """ "5 hours 40 minutes" is one duration, "at least 5 days and at most 8 days" one range; a statistic named in the
    sentence belongs to its figures.
    """
    out: list[Quantity] = []
    for quantity in found:
        joined = _joined(text, out[-1], quantity) if out else None
        if joined is None:
            out.append(quantity)
        else:
            out[-1] = joined
    statistic = statistic_of(text)
    if statistic:
        out = [replace(q, statistic=statistic) if q.dimension not in ("frequency", "availability") else q for q in out]
    return tuple(out)
