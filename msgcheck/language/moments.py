"""Dates, spans of the calendar and times of day that a sentence names."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass, replace

from msgcheck.language.numbers import ONES

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name and name != "May"}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_HOURS = {word: value for word, value in ONES.items() if 1 <= value <= 12} | {"noon": 12, "midday": 12, "midnight": 24}
_DAY_PART = r"\s(?:in the (?:morning|afternoon|evening)|at night)\b"
_HOUR = rf"(?:(?:\d{{1,2}}(?:[:.]\d\d)?\s?(?:am|pm|a\.m\.|p\.m\.|o'clock|h)?|{'|'.join(_HOURS)})(?:{_DAY_PART})?)"


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of the calendar: ordinals of its first and last day; `yearly` when no year is named (then of year 4).

    `kind` is 'date', 'since' (open end), 'until' (open start), 'clock' (hours of the day times 60, as minutes) or 'days'
    (weekdays or weekend, first and last weekday).
    """

    kind: str
    first: int
    last: int
    yearly: bool
    text: str
    start: int
    end: int


_YEAR = r"(?:19|20)\d\d"
_PART = re.compile(
    rf"""\b(?:
      (?P<dm>(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<m1>{_MONTH})\.?(?:,?\s(?P<y1>{_YEAR}))?)
    | (?P<md>(?P<m2>{_MONTH})\.?\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s(?P<y2>{_YEAR}))?)
    | (?P<my>(?P<m3>{_MONTH})\.?(?:\s(?P<y3>{_YEAR}))?)
    | (?P<iso>(?P<y4>{_YEAR})-(?P<m4>\d\d)-(?P<d4>\d\d))
    | (?P<half>(?:the\s)?(?P<h>first|second)\s(?:half|six\smonths)(?:\sof)?(?:\sthe\syear)?\s(?P<y5>{_YEAR})|H(?P<h2>[12])\s(?P<y6>{_YEAR}))
    | (?P<quarter>(?:the\s)?(?P<q>first|second|third|fourth|last)\squarter\sof\s(?P<y7>{_YEAR})|Q(?P<q2>[1-4])\s(?P<y8>{_YEAR}))
    | (?P<span>(?P<y9>{_YEAR})\s?[/–-]\s?(?P<y10>{_YEAR}|\d\d))
    | (?P<year>{_YEAR})
    )(?![\w%])""",
    re.I | re.X,
)
_JOIN = re.compile(r"^\s?(?:to|until|till|through|-|–|and)\s?(?:the\s|end\sof\s)*$", re.I)
_CLOCK = re.compile(
    rf"\b(?:from\s|between\s)?(?P<a>{_HOUR})\s?(?:to|till|until|and|-|–)\s?(?P<b>{_HOUR})(?!,\d)(?=\s[a-z]|[.,;:)]|$)",
    re.I,
)
_TIME = re.compile(
    rf"(?<![\w.:])(?P<t>\d{{1,2}}(?:[:.]\d\d)?{_DAY_PART}|"
    r"\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm|a\.m\.|p\.m\.)|\d{1,2}:\d\d(?!\d)|\d{1,2} o'clock|(?:noon|midday|midnight))(?![\w:])",
    re.I,
)
_WEEK = re.compile(
    r"\b(?:(?:on\s)?(?P<wd>weekdays(?! and saturday)|working days only|(?:every|each) (?:working |business |week)day|monday to friday|mondays? to fridays?|mon\s?[-–]\s?fri)|(?P<ws>(?:weekdays and saturdays?|monday to saturday|mondays? to saturdays?|mon\s?[-–]\s?sat))|(?P<we>weekends?|saturdays? and sundays?)|(?P<all>seven days a week|every day of the year|every day of the week|7 days a week|monday to sunday|mon\s?[-–]\s?sun))\b",
    re.I,
)


_EVENING = re.compile(r"\s(?:at night|in the evening)\b", re.I)
_OF_THE_DAY = re.compile(
    r"\s?(?:on|weekdays)|\s(?:o'clock|at night|in the (?:morning|afternoon|evening)|daily|every (?:day|week)|each day)\b",
    re.I,
)
"""What tells behind two bare numbers that they are hours."""
_OFF = re.compile(
    r"\b(?:except|apart from|bar|not|excluding|other than) (?:on |at )?(?:the )?(?:weekend|saturday)|"
    r"\b(?:weekends?|sundays?) (?:off|aside|excepted|excluded|apart)\b",
    re.I,
)


_MONTH_AT_MOST = 31                        # days
_BEGUN = re.compile(r"(?:^|[.!?:;]\s)\W*$")


def moments(text: str) -> tuple[Moment, ...]:
    """Dates and spans of normalised `text`, in order; "from July 2025 to June 2026" is one span."""
    found: list[Moment] = []
    for match in _PART.finditer(text):
        if (
            match.group("my")
            and not match.group("y3")
            and match.group("m3").lower() in ("may", "march", "mar")
            and (match.group("m3")[0].islower() or _BEGUN.search(text[: match.start()]))
        ):
            continue
        moment = _moment(match)
        if moment is None:
            continue
        if found and _JOIN.match(text[found[-1].end : moment.start]) and found[-1].kind == moment.kind == "date":
            before = text[: found[-1].start]
            if not re.search(r"[-–]|to|till|until|through", text[found[-1].end : moment.start]) and not re.search(
                r"between\s(?:the\s)?$", before, re.I
            ):
                found.append(moment)
                continue
            earlier = found.pop()
            first = earlier.first
            if earlier.yearly and not moment.yearly:
                day = datetime.date.fromordinal(earlier.first)
                first = _day(datetime.date.fromordinal(moment.first).year, day.month, day.day)
            found.append(
                Moment(
                    "date",
                    first,
                    moment.last,
                    moment.yearly,
                    text[earlier.start : moment.end],
                    earlier.start,
                    moment.end,
                )
            )
            continue
        found.append(moment)
    out = [_open(text, m) for m in found]
    for match in _CLOCK.finditer(text):
        a, b = _minutes(match.group("a")), _minutes(match.group("b"))
        if a is not None and b is not None and not any(m.start < match.end() and match.start() < m.end for m in out):
            if b <= 720 and a < b and _EVENING.match(text, match.end()):
                b += 720
            b = closing(a, b, match.group("b"))
            told = match.group("a") + match.group("b")
            if any(sign in told for sign in (":", "m", "'")) or re.search(_DAY_PART, told, re.I) or _OF_THE_DAY.match(text, match.end()):
                out.append(Moment("clock", a, b, True, match.group(), match.start(), match.end()))
    for match in _TIME.finditer(text):
        minutes = _minutes(match.group("t"))
        if minutes is not None and not any(m.start < match.end() and match.start() < m.end for m in out):
            out.append(Moment("clock", minutes, minutes, True, match.group("t"), match.start("t"), match.end("t")))
    for match in _WEEK.finditer(text):
        span = (1, 5) if match.group("wd") else (1, 6) if match.group("ws") else (6, 7) if match.group("we") else (1, 7)
        if span == (6, 7) and _OFF.search(text):
            span = (1, 5)                # "weekends off", "Saturdays and Sundays excepted"
        out.append(Moment("days", *span, True, match.group(), match.start(), match.end()))
    return tuple(sorted(out, key=lambda m: m.start))


_MONTHS_BACK = re.compile(
    rf"\b(?:(?P<n>\d\d?|{'|'.join(ONES)})(?:\s|-)months?|(?P<year>year)|(?P<half>half[\s-]year)|(?P<quarter>quarter))"
    r"\s(?:to|up to|until|through|ended|ending|ending on|ending in)\s(?:the\s)?(?:end\sof\s)?$",
    re.I,
)


def _stretched(text: str, moment: Moment) -> Moment | None:
    """The whole stretch where `moment` is told as its end: "the twelve months to September 2026"; else None."""
    told = _MONTHS_BACK.search(text, max(0, moment.start - 48), moment.start)
    if told is None or moment.kind != "date" or moment.yearly or moment.last - moment.first > _MONTH_AT_MOST:
        return None
    number = told["n"] or ("12" if told["year"] else "6" if told["half"] else "3")
    months = int(ONES.get(number.lower(), 0) or number)
    after = datetime.date.fromordinal(moment.last + 1)
    before = after.year * 12 + after.month - 1 - months
    if before < 12 * datetime.MINYEAR:
        return None
    first = _day(before // 12, before % 12 + 1, after.day)
    return replace(moment, first=first, text=text[told.start() : moment.end], start=told.start())


def _open(text: str, moment: Moment) -> Moment:
    stretch = _stretched(text, moment)
    if stretch:
        return stretch
    before = text[max(0, moment.start - 24) : moment.start]
    if (
        moment.kind == "date"
        and re.search(r"\b(?:since|starting|as of|from|after)\s(?:the\s)?$", before, re.I)
        and not re.search(r"\b(?:to|until|till)\b", moment.text)
    ):
        return Moment("since", moment.first, moment.last, moment.yearly, moment.text, moment.start, moment.end)
    if moment.kind == "date" and re.search(
        r"\b(?:by|until|till|before|no later than|up to)\s(?:the\s)?(?:end of\s)?$", before, re.I
    ):
        return Moment("until", moment.first, moment.last, moment.yearly, moment.text, moment.start, moment.end)
    return moment


def _day(year: int, month: int, day: int) -> int:
    last = calendar.monthrange(year, month)[1]
    return datetime.date(year, month, min(day, last)).toordinal()


def _month_span(year: int, first: int, last: int) -> tuple[int, int]:
    return _day(year, first, 1), _day(year, last, 31)


def _moment(match: re.Match[str]) -> Moment | None:
    g = match.group
    yearly = False
    if g("dm") or g("md") or g("iso"):
        day = int(g("d1") or g("d2") or g("d4"))
        month = MONTHS.get((g("m1") or g("m2") or "").lower()) or int(g("m4") or 0)
        year = g("y1") or g("y2") or g("y4")
        yearly = year is None
        if not (1 <= day <= 31 and 1 <= month <= 12):
            return None
        first = last = _day(int(year or 4), month, day)
    elif g("my"):
        yearly = g("y3") is None
        month = MONTHS[g("m3").lower()]
        first, last = _month_span(int(g("y3") or 4), month, month)
    elif g("half"):
        second = (g("h") or "").lower() == "second" or g("h2") == "2"
        first, last = _month_span(int(g("y5") or g("y6")), 7 if second else 1, 12 if second else 6)
    elif g("quarter"):
        number = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}.get((g("q") or "").lower()) or int(
            g("q2")
        )
        first, last = _month_span(int(g("y7") or g("y8")), 3 * number - 2, 3 * number)
    elif g("span"):
        begin, end = int(g("y9")), g("y10")
        until = int(end) if len(end) == 4 else begin // 100 * 100 + int(end)
        if until <= begin:
            return None
        first, last = _month_span(begin, 1, 12)[0], _month_span(until, 1, 12)[1]
    else:
        first, last = _month_span(int(g("year")), 1, 12)
    text = match.group() if g("my") and not g("y3") and len(g("m3")) <= 4 else match.group().rstrip(".")
    return Moment("date", first, last, yearly, text, match.start(), match.start() + len(text))


def closing(opening: int, minutes: int, text: str) -> int:
    """The minutes of the hour at which something closes that opens at `opening`, on the next day where `text`, which
    tells it, says so: "9 to 5", "6 p.m. to 6 a.m.", "22:00 to 06:00".
    """
    if minutes > opening:
        return minutes
    exact = opening >= 780 or re.search(r"[ap]\.?m", text, re.I) is not None
    return minutes + (1440 if exact else 720)


def _minutes(text: str) -> int | None:
    low = text.lower().strip()
    part = re.search(_DAY_PART, low)
    low = low[: part.start()].strip() if part else low
    half = "" if part is None else "am" if "morning" in part.group() else "pm"
    if low in _HOURS:
        return minutes_of(_HOURS[low], 0, half if _HOURS[low] < 12 else "")
    match = re.match(r"(\d{1,2})(?:[:.](\d\d))?\s?(am|pm|a\.m\.|p\.m\.)?", low)
    if not match or int(match.group(1)) > 24:
        return None
    return minutes_of(int(match.group(1)), int(match.group(2) or 0), match.group(3) or half)


def minutes_of(hour: int, minute: int, half: str) -> int:
    """Minutes of the day; `half` is "am", "p.m." and the like, or ''."""
    if half.lower().startswith("a") and hour == 12:
        hour = 0
    return (hour + (12 if half.lower().startswith("p") and hour < 12 else 0)) * 60 + minute
