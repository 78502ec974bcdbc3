"""The quantities of a sentence: value or range, comparator, unit, rate, statistic, and what is counted.

Values are canonical: ratios as shares of 1, durations in seconds, lengths in metres and so on (`units.py`), so that
"two fifths" and "40%" are equal and "14 days" is "two weeks". Nothing here knows a model; the same words give the
same facts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from msgcheck.language.codes import code_spans
from msgcheck.language.comparators import Comparator, Statistic, comparator_around, statistic_of
from msgcheck.language.measures import counted_at, day_kind, share_at, singular, unit_at
from msgcheck.language.numbers import Number, Token, is_digits, read, tokens
from msgcheck.language.units import AMBIGUOUS, CURRENCIES, UNITS


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity; `low == high` unless it is a range. `start`/`end` are offsets of its words in the sentence."""

    dimension: str  # duration, frequency, ratio, count, factor, money:EUR, length, code …
    low: float
    high: float
    comparator: Comparator
    unit: str
    text: str
    start: int
    end: int
    per: str = ""  # "hour" of "35 lines per hour"
    of: str = ""  # what is counted: "line"
    kind: str = ""  # "working" of working days
    statistic: Statistic = ""
    number: tuple[int, int] = (0, 0)  # offsets of the figure alone

    @property
    def value(self) -> float:
        return self.low if self.low == self.high else (self.low + self.high) / 2


_PER = frozenset({"per", "a", "an", "each", "every", "/"})
_CONTINUOUS = re.compile(
    r"\b(?:(?:a)?round[- ]the[- ]clock|24\s*/\s*7|(?:by )?day (?:and|or) (?:by )?night|(?:by )?night (?:and|or) (?:by )?day|(?:twenty-four|24) hours (?:a|per) day|at (?:any|all) hours?|"
    r"whatever the hour|any time of (?:the )?(?:day|night)|day in,? day out|at any time)\b",
    re.I,
)
_REGULAR = {
    "hourly": 1 / 3600,
    "daily": 1 / 86400,
    "nightly": 1 / 86400,
    "weekly": 1 / 604800,
    "fortnightly": 1 / 1209600,
    "monthly": 1 / 2592000,
    "quarterly": 1 / 7776000,
    "yearly": 1 / 31536000,
    "annually": 1 / 31536000,
    "annual": 1 / 31536000,
    "biannual": 2 / 31536000,
    "biweekly": 1 / 1209600,
}
_TIMES = {"once": 1.0, "twice": 2.0, "thrice": 3.0}
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
    for match in _CONTINUOUS.finditer(text):
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
    return _compound(text, out)


def _at(text: str, found: tuple[Token, ...], index: int) -> tuple[Quantity, int] | None:
    token = found[index]
    word = token.text
    if word in _REGULAR:
        return Quantity(
            "frequency",
            _REGULAR[word],
            _REGULAR[word],
            "=",
            "per second",
            text[token.start : token.end],
            token.start,
            token.end,
            number=(token.start, token.end),
        ), index + 1
    if word in ("every", "each"):
        regular = _every(text, found, index)
        if regular:
            return regular
    if word in _TIMES and index + 1 < len(found):
        times = _times(text, found, index, _TIMES[word], index + 1, index)
        if times:
            return times
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
    if word in CURRENCIES and not word.isalpha():
        number = read(found, index + 1)
        if number:
            return _finish(text, found, number, index, f"money:{CURRENCIES[word]}", 1.0, word, number.last)
    number = read(found, index)
    if number is None:
        return _single(text, found, index) if word in ("a", "an", "one") else None
    return _number(text, found, number, index)


_ONE_BEFORE = frozenset(
    {
        "in",
        "within",
        "under",
        "than",
        "inside",
        "after",
        "takes",
        "take",
        "below",
        "over",
        "for",
        "about",
        "to",
        "least",
        "most",
        "half",
        "only",
        "just",
        "nearly",
        "almost",
        "is",
        "be",
        "once",
        "barely",
        "not",
        "even",
        "by",
        "every",
        "from",
        "between",
    }
)


def _single(text: str, found: tuple[Token, ...], index: int) -> tuple[Quantity, int] | None:
    """A duration of one: "within a week", "in less than an hour", "a minute and a half"; "€19 a month" is a rate."""
    if index + 1 >= len(found):
        return None
    unit = UNITS.get(found[index + 1].text)
    last = index + 2
    if unit is None or unit.dimension != "duration" or found[index + 1].text == "second":
        return None
    value = 1.0
    if [t.text for t in found[last : last + 3]] == ["and", "a", "half"]:
        value, last = 1.5, last + 3
    elif index == 0 or found[index - 1].text not in _ONE_BEFORE:
        return None
    one = Number(value, index, last, True)
    if last + 1 < len(found) and found[last].text in ("to", "and"):      # "from a week to ten years"
        second = read(found, last + 1)
        wider = unit_at(found, second.last, second) if second else None
        if second and wider and wider[0].dimension == "duration":
            span = (value * unit.factor, second.value * wider[0].factor)
            if span[0] < span[1]:
                return _finish(text, found, one, index, "duration", 1.0, unit.name, wider[1], span)
    return _finish(text, found, one, index, "duration", unit.factor, unit.name, last)


def _every(text: str, found: tuple[Token, ...], index: int) -> tuple[Quantity, int] | None:
    """ "every five minutes", "every quarter of an hour", "each month"; "every second dashboard" is a share."""
    at = index + 1
    if at >= len(found):
        return None
    number = read(found, at)
    if number:
        last = number.last
        if last + 2 < len(found) and found[last].text == "of" and found[last + 1].text in ("an", "a"):
            last += 2
        unit = UNITS.get(found[last].text) if last < len(found) else None
        if unit and unit.dimension == "duration":
            rate = 1 / (number.value * unit.factor)
            return _make(
                text,
                found,
                index,
                last + 1,
                "frequency",
                rate,
                rate,
                "per second",
                (found[at].start, found[number.last - 1].end),
            ), last + 1
        return None
    if (
        found[at].text in ("quarter", "half")
        and at + 2 < len(found)
        and found[at + 1].text in ("of", "an")
        and "hour" in (found[at + 2].text, found[min(at + 3, len(found) - 1)].text)
    ):
        last = at + 3 if found[at + 2].text == "hour" else at + 4
        rate = (4 if found[at].text == "quarter" else 2) / 3600
        return _make(
            text, found, index, last, "frequency", rate, rate, "per second", (found[index].start, found[last - 1].end)
        ), last
    unit = UNITS.get(found[at].text)
    if unit and unit.dimension == "duration":
        return _make(
            text,
            found,
            index,
            at + 1,
            "frequency",
            1 / unit.factor,
            1 / unit.factor,
            "per second",
            (found[index].start, found[at].end),
        ), at + 1
    return None


def _times(
    text: str, found: tuple[Token, ...], first: int, count: float, at: int, number_at: int
) -> tuple[Quantity, int] | None:
    """ "twice a week", "four times a year", "once per quarter"; "three times as fast" is a factor."""
    if at < len(found) and found[at].text in _PER and at + 1 < len(found):
        unit = UNITS.get(found[at + 1].text)
        if unit and unit.dimension == "duration":
            rate = count / unit.factor
            return _make(
                text,
                found,
                first,
                at + 2,
                "frequency",
                rate,
                rate,
                "per second",
                (found[number_at].start, found[number_at].end),
            ), at + 2
    return None


def _make(
    text: str,
    found: tuple[Token, ...],
    first: int,
    last: int,
    dimension: str,
    low: float,
    high: float,
    unit: str,
    number: tuple[int, int],
) -> Quantity:
    start, end = found[first].start, found[last - 1].end
    comparator, start, end = comparator_around(text, start, end)
    return Quantity(dimension, low, high, comparator, unit, text[start:end], start, end, number=number)


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
        second = read(found, skip + 1)
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
                    return _finish(
                        text,
                        found,
                        replace_last(number, end),
                        index,
                        unit.dimension,
                        1.0,
                        unit.name,
                        end,
                        (min(lo, hi), max(lo, hi)),
                    )
                if second.value >= low:
                    return _finish(
                        text,
                        found,
                        replace_last(number, second.last),
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
        return _finish(text, found, number, index, "ratio", 1.0, "%", end, (value, value))
    if after == "times" or (after in ("x", "×") and last < len(found)):
        times = _times(text, found, index, number.value, last + 1, index)
        if times:
            return times
        return _finish(text, found, number, index, "factor", 1.0, "×", last + 1)
    if own_unit:
        unit, end = own_unit
        kind = day_kind(found, last, end)
        measured, after_unit = _finish(text, found, number, index, unit.dimension, unit.factor, unit.name, end)
        return replace(measured, kind=kind), after_unit
    if after in CURRENCIES:
        if last + 1 < len(found) and CURRENCIES.get(found[last + 1].text) == "cent":  # "4 euro cents"
            return _finish(text, found, number, index, f"money:{CURRENCIES[after]}", 0.01, after, last + 2)
        return _finish(text, found, number, index, f"money:{CURRENCIES[after]}", 1.0, after, last + 1)
    if number.part:
        # "half an hour", "a quarter of an hour", "half a day", "half of the hotels", "a third less"
        at = last + 1 if last < len(found) and found[last].text == "of" else last
        if (
            at + 1 < len(found)
            and found[at].text in ("a", "an", "one")
            and (unit := UNITS.get(found[at + 1].text))
            and unit.dimension in ("duration", "length", "mass", "volume")
        ):
            return _finish(text, found, number, index, unit.dimension, unit.factor, unit.name, at + 2)
        if (
            at < len(found)
            and (unit := UNITS.get(found[at].text))
            and unit.dimension == "duration"
            and found[at].text not in AMBIGUOUS
        ):
            return _finish(text, found, number, index, unit.dimension, unit.factor, unit.name, at + 1)
        return _finish(text, found, number, index, "ratio", 1.0, "%", last)
    if (number.words and number.value in (0.0, 1.0)) or _is_label(text, found, index):
        return None  # "one of", "no one", "page 38"
    if number.value in range(1900, 2100) and is_digits(found[index]) and "," not in found[index].text:
        return None  # a year: moments.py
    if last < len(found) and found[last].text == ":" and found[last].glued:
        return None
    of, end = counted_at(found, last)
    quantity, after_index = _finish(text, found, number, index, "count", 1.0, "", end if of else last)
    return replace(quantity, of=of), after_index


def replace_last(number: Number, last: int) -> Number:
    return Number(number.value, number.first, last, number.words, number.part)


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


def _finish(
    text: str,
    found: tuple[Token, ...],
    number: Number,
    index: int,
    dimension: str,
    factor: float,
    unit: str,
    last: int,
    span: tuple[float, float] | None = None,
) -> tuple[Quantity, int]:
    low, high = span if span else (number.value * factor, number.value * factor)
    start, end = found[index].start, found[last - 1].end
    figure = (found[number.first].start, found[number.last - 1].end)
    per = ""
    if (
        (last + 1 < len(found)
        and found[last].text in _PER
        and found[last].text != "/")
        or (last + 1 < len(found) and found[last].text == "/")
    ):
        unit_after = found[last + 1].text
        if found[last].text in ("per", "/") or (unit_after in UNITS and UNITS[unit_after].dimension == "duration"):
            per, end = singular(unit_after), found[last + 1].end
            last += 2
    comparator, start, end = comparator_around(text, start, end)
    if unit == "°f":
        low, high = (number.value - 32) / 1.8, (number.value - 32) / 1.8
    if dimension == "money:cent":
        low, high = low / 100, high / 100
    return Quantity(dimension, low, high, comparator, unit, text[start:end], start, end, per=per, number=figure), last


def _compound(text: str, found: list[Quantity]) -> tuple[Quantity, ...]:
    """ "5 hours 40 minutes" is one duration; a statistic named in the sentence belongs to its figures."""
    out: list[Quantity] = []
    for quantity in found:
        if out:
            last = out[-1]
            gap = text[last.end : quantity.start]
            if (
                last.dimension == quantity.dimension == "duration"
                and quantity.unit != last.unit
                and quantity.low < last.low
                and re.fullmatch(r"[\s,]*(?:and )?", gap)
                and last.low == last.high
                and quantity.low == quantity.high
                and quantity.comparator == "="
            ):
                out[-1] = replace(
                    last,
                    low=last.low + quantity.low,
                    high=last.high + quantity.high,
                    end=quantity.end,
                    text=text[last.start : quantity.end],
                    number=(last.number[0], quantity.number[1]),
                )
                continue
        out.append(quantity)
    statistic = statistic_of(text)
    if statistic:
        out = [replace(q, statistic=statistic) if q.dimension not in ("frequency", "availability") else q for q in out]
    return tuple(out)
