"""Facts that are said in many words and mean one thing: a company's founding and size, hours, delays, versions.

Small closed vocabularies of general English; each gives values in the units of `quantities.py` and `moments.py`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from msgcheck.language.moments import Moment, closing, minutes_of
from msgcheck.language.quantities import Quantity

_HOUR, _DAY = 3600.0, 86400.0


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a kind, with the offsets of its words and the words (offsets) that only say of what kind it is."""

    kind: str
    low: float
    high: float
    comparator: str
    start: int
    end: int
    idle: tuple[tuple[int, int], ...] = ()


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# -- the company ------------------------------------------------------------------------------------------------------

_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
_FOUNDED = re.compile(
    rf"\b(?P<verb>found(?:ed|ing)|foundation|establish(?:ed|ment)|incorporated|set up(?: shop)?|came into being|"
    rf"started out|(?:start(?:ed)?|began|went) (?:in|into) business|started trading|began trading|"
    rf"opened for business|was born|dates? back|goes back|est\.)(?P<between>[^.;!?\d]{{0,40}}?)\b{_YEAR}",
    re.I,
)
_IN_BUSINESS = re.compile(
    rf"\b(?:at it|in (?:the )?(?:business|trade|market)|in existence|around|trading|going strong|going|"
    rf"(?:a )?(?:family|independent) (?:business|company|firm)) (?:ever )?since {_YEAR}",
    re.I,
)
_SINCE = re.compile(
    rf"\bsince {_YEAR},? (?:we|the company|the firm|our company) (?:have|has)\b|"
    rf"\b(?:we|the company|the firm) (?:have|has) been \w+ing\b[^.;]{{0,50}}\b"
    rf"since {_YEAR.replace('year', 'year2')}",
    re.I,
)
_SPEAKER = _words("we us our ours it its company firm business house group enterprise who which that")
_EMPLOYED = (
    re.compile(r"\b(?:employs?|employing|workforce of|staff of|headcount(?: of|:| is)?|team of|payroll of)\s*$", re.I),
    re.compile(
        r"^\s*(?:people |colleagues |men and women )?(?:work(?:s|ing)? (?:for|at|with) (?:us|the company|the firm)|"
        r"on the payroll|on our payroll|in our team|strong)\b",
        re.I,
    ),
)
_SOME = frozenset({"specialist", "expert"})
_WORKERS = frozenset({"employee", "staff", "coworker", "co-worker"})
_PEOPLE = frozenset({"people", "person", "colleague", "worker", "", *_SOME, *_WORKERS})


def founding(text: str, owners: frozenset[str]) -> Iterator[Value]:
    """The year in which the company began; `owners` are words of its name, in lower case.

    Where the sentence gives the verb another subject ("The hotel, founded in 1890, …") there is none. "Since 1990 we
    have built pumps" says that it began by then.
    """
    for pattern, comparator in ((_FOUNDED, "="), (_IN_BUSINESS, "="), (_SINCE, "<=")):
        for match in pattern.finditer(text):
            if pattern is not _SINCE and not _speaks_of_company(text, match.start(), owners):
                continue
            group = "year" if match.group("year") else "year2"
            year = int(match.group(group))
            yield Value(
                "company:founded", year, year, comparator, match.start(group), match.end(group), (match.span(),)
            )
            return


def _speaks_of_company(text: str, at: int, owners: frozenset[str]) -> bool:
    """Whether the words before `at` leave the company as what is spoken of: none at all, its name, or a word for it."""
    before = re.split(r"[.;:!?]", text[:at])[-1]
    words = [word for word in re.findall(r"[^\W\d_][\w'-]*", before) if word.lower() not in _AUXILIARY]
    if not words:
        return True
    return any(word.lower().removesuffix("'s") in owners | _SPEAKER for word in words)


_AUXILIARY = _words("was were is has have had been being be and a an the in originally first newly")


def people(quantity: Quantity, text: str, owners: frozenset[str]) -> bool:
    """Whether a count is the company's own people: "employs 240 people", "64 employees", "a team of 30"."""
    if quantity.dimension != "count" or quantity.of not in _PEOPLE:
        return False
    before, after = text[: quantity.number[0]], text[quantity.end :]
    counted = text[quantity.number[1] : quantity.end].strip().lower()
    if quantity.of in _SOME and counted.rstrip("s") != quantity.of:
        return False                     # "62 payroll specialists" are some of them
    if quantity.of in _WORKERS and len(counted.split()) <= 1:
        clause = re.split(r"[.;!?]", before)[-1]
        named = re.findall(r"\b[A-Z][\w'-]+", clause)[1 if clause.strip()[:1].isupper() else 0 :]
        return all(word.lower().removesuffix("'s") in owners for word in named)
    if not (
        _EMPLOYED[0].search(
            re.sub(r"\b(?:some|about|around|over|more than|nearly|almost|currently|now|just|today)\s*$", "", before)
        )
        or _EMPLOYED[1].match(after)
    ):
        return False
    if before.rstrip().lower().endswith("team of"):
        return bool(re.search(r"\b(?:we are|our|we're)\b[^.;,]{0,12}team of\s*$", before, re.I))
    return True


# -- hours and delays -------------------------------------------------------------------------------------------------

_POINT = r"(\d{1,2})(?:[:.](\d\d))?\s?(am|pm|a\.m\.|p\.m\.|o'clock|h|hrs)?"
_HOURS = re.compile(rf"\b(?:from |between )?{_POINT}\s?(?:to|till|until|and|-|–)\s?{_POINT}(?![\w%]|[.,:]\d)", re.I)
_TWELVE = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)
_IN_WORDS = re.compile(
    rf"\b(?:from|between) (?P<begin>{'|'.join(_TWELVE)}) (?:to|till|until|and) (?P<end>{'|'.join(_TWELVE)})"
    r"(?=\s*(?:$|[.,;:)!?]|(?:on|every|each|daily|all|mondays?|weekdays|at)\b))",
    re.I,
)
_SERVICE = re.compile(
    r"\b(?:open|hours|staffed|answer(?:s|ed)?|reach(?:ed)?|available|there|on duty|on call|desk|lines?|phones?)\b", re.I
)
_EARLIEST = 5 * 60
_DELAYS: tuple[tuple[re.Pattern[str], float, float], ...] = tuple(
    (re.compile(rf"\b(?:{words})\b", re.I), low, high)
    for words, low, high in (
        (r"within the (?:same )?hour|inside the hour|in the same hour", 0.0, _HOUR),
        (r"within minutes|in minutes|(?:in )?a matter of minutes", 60.0, 0.9 * _HOUR),
        (
            r"(?:on |within |before the end of |by the end of )?the same (?:working |business )?day|same-day",
            0.0,
            0.5 * _DAY,
        ),
        (r"overnight|(?:the|by) next morning|the following morning|the morning after", 0.25 * _DAY, _DAY),
        (r"(?:on |within |by )?the (?:next|following) (?:working |business )?day|next-day", 0.5 * _DAY, 1.5 * _DAY),
        (
            r"(?:a|one|a single) (?:morning|afternoon)|a morning's work|half a(?: working)? day|half-day",
            0.1 * _DAY,
            0.5 * _DAY,
        ),
        (r"two half days|(?:a|one) full day|(?:a|one) whole day|all day", 0.3 * _DAY, _DAY),
    )
)


_OPENING = re.compile(r"\b(?:open|start|begin)\w*(?: \w+){0,3}\s*$", re.I)
_CLOSING = re.compile(r"^[^.;:!?]*\b(?:clos|shut|end|finish|stop)\w*(?: \w+){0,3}\s*$", re.I)


def hours(text: str, found: tuple[Moment, ...]) -> Iterator[Value]:
    """Hours of service ('hours') and times by which something happens ('clock'), in minutes of the day."""
    clocks = [moment for moment in found if moment.kind == "clock"]
    spans = [moment for moment in clocks if moment.first < moment.last]
    if not spans and len(clocks) == 2 and _opens_and_closes(text, *clocks):
        first, last = clocks
        yield Value("hours", first.first, closing(first.first, last.first, ""), "=", first.start, last.end)
        return
    for moment in spans or clocks:
        kind = "hours" if moment.first < moment.last else "clock"
        yield Value(kind, moment.first, moment.last, "=", moment.start, moment.end)
    if spans:
        return
    if not clocks and _SERVICE.search(text):
        for match in _IN_WORDS.finditer(text):
            begin, end = (60 * _TWELVE.index(match.group(name).lower()) for name in ("begin", "end"))
            if begin >= _EARLIEST:
                yield Value("hours", begin, closing(begin, end, ""), "=", match.start(), match.end())
    for match in _HOURS.finditer(text):
        a, b = (
            _minutes(match.group(1), match.group(2), match.group(3)),
            _minutes(match.group(4), match.group(5), match.group(6)),
        )
        marked = bool(match.group(2) and match.group(5)) or bool(
            match.group(6) and match.group(6).lower() not in ("h", "hrs")
        )
        if a is None or b is None or not marked:
            continue
        b = closing(a, b, match.group(6) or "")
        if b <= 2880 and not any(m.start < match.end() and match.start() < m.end for m in clocks):
            yield Value("hours", a, b, "=", match.start(), match.end())


def _opens_and_closes(text: str, first: Moment, last: Moment) -> bool:
    """"opens at 8 am and closes at 6 pm"."""
    return bool(_OPENING.search(text[: first.start]) and _CLOSING.search(text[first.end : last.start]))


def _minutes(hour: str, minute: str | None, half: str | None) -> int | None:
    value = int(hour)
    if value > 24 or (minute and int(minute) > 59):
        return None
    return minutes_of(value, int(minute or 0), half or "")


def delays(text: str) -> Iterator[Value]:
    """Times that are told without a figure: "the next morning", "within the hour", "a morning"; seconds."""
    taken: list[tuple[int, int]] = []
    for pattern, low, high in _DELAYS:
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            yield Value("duration", low, high, "=", match.start(), match.end())


# -- identifiers with one value a thing -------------------------------------------------------------------------------

_RATING = re.compile(r"\b(?P<stem>IP|IK|NEMA)[- ]?(?P<value>\d{1,2})(?:[A-Z])?\b")
_VERSION = re.compile(
    r"\b(?P<stem>[A-Z][A-Za-z]*(?:[ -][A-Z][A-Za-z]*)?|[Vv]ersion|[Rr]elease) (?:v|version )?"
    r"(?P<value>\d{1,3}\.\d{1,2})(?!\.?\d|,\d|\s?(?:%|percent|[a-zµ°]{1,3}\b))"
)


def identifiers(text: str) -> Iterator[Value]:
    """Protection ratings ("IP54") and versions ("Bluetooth 5.3"): a thing has one of a kind."""
    for match in _RATING.finditer(text):
        value = float(match.group("value"))
        yield Value(
            f"code:{match.group('stem').lower()}", value, value, "=", match.start(), match.end(), (match.span(),)
        )
    for match in _VERSION.finditer(text):
        value = float(match.group("value"))
        stem = match.group("stem").lower().replace("-", " ")
        yield Value(f"version:{stem}", value, value, "=", match.start(), match.end(), ((match.start(), match.end()),))


# -- events -----------------------------------------------------------------------------------------------------------

_OCCASION = (
    r"(?:open|user|users'|family|press|trade|training|supplier|customer) days?|webinars?|fairs?|seminars?|workshops?|"
    r"conferences?|congress(?:es)?|exhibitions?"
)
"""What takes place, which says of what the day is as well."""
_EVENTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"\b(?:{words})\b", re.I))
    for name, words in (
        (
            "begin",
            r"open(?:s|ed|ing)?|launch(?:es|ed|ing)?|goes? live|went live|going live|inaugurat\w+|introduc\w+|"
            r"releas\w+|ships?|shipping|available|on sale|in operation|operational|into service|enters? service|"
            r"comes? (?:out|on the market)|came (?:out|on the market)|"
            r"on the market|start(?:s|ed|ing)?|begin(?:s|ning)?|began|come into force|takes? effect|"
            r"arriv\w+|doors|tak(?:es?|ing|en) up",
        ),
        (
            "end",
            r"ends?|ended|ending|expir\w+|clos(?:es?|ed|ing)|run(?:s)? out|discontinu\w+|phased? out|phas\w+ out|"
            r"withdrawn|retir\w+|switch(?:ed|es)? off|last day|until|deadline|valid",
        ),
        ("complete", r"complet\w+|finish\w+|ready|hand(?:ed)? over|handover|done"),
        ("move", r"mov(?:es?|ed|ing)|relocat\w+"),
        (
            "happen",
            rf"tak(?:es?|ing) place|took place|held|happen(?:s|ed|ing)?|conven\w+|meet(?:s|ing)?|met|{_OCCASION}",
        ),
        ("join", r"join(?:s|ed|ing)?|acquir\w+|bought|merg\w+|took over|taken over"),
        ("certify", r"certif\w+|accredit\w+|audited|approved|licen[cs]ed"),
    )
)


def dates(text: str, found: tuple[Moment, ...]) -> Iterator[Value]:
    """Days on which something begins, ends, happens, is completed, moves, joins or is certified: as ordinals of the
    calendar ('date:begin'), and as days of whatever year ('season:begin', of year 4).
    """
    for moment in found:
        if moment.kind not in ("date", "since", "until") or text[: moment.start].endswith(":"):
            continue
        labelled, labels = text[: moment.start].rstrip().endswith(":"), text[moment.end :].startswith(":")
        begin = text[: moment.start].rstrip().removesuffix(":")
        first, last = _clause(text, len(begin) if labelled else moment.start, moment.end + labels)
        own = _clause(text, moment.start, moment.end, ".;:!?,")
        beside = f"{text[own[0] : moment.start]} {text[moment.end : own[1]]}".lower()
        if not _WITH_DATE.issuperset(re.findall(r"[^\W\d_]+", beside)):
            first, last = own  # "Signed on 1 March, the house could open in May": what was signed on 1 March
        events = [
            (name, match) for name, pattern in _EVENTS for match in pattern.finditer(text, first, last)
            if not _PART_OF_DATE.fullmatch(text, match.end(), max(match.end(), moment.start))
        ]
        if not events:
            continue
        name, _ = min(
            events,
            key=lambda pair: (min(abs(pair[1].start() - moment.end), abs(moment.start - pair[1].end())), pair[0]),
        )
        comparator = {"since": "=", "until": "<="}.get(moment.kind, "=")
        idle = tuple(
            match.span() for its, match in events if its == name and not re.fullmatch(_OCCASION, match.group(), re.I)
        )
        if not moment.yearly:
            yield Value(f"date:{name}", moment.first, moment.last, comparator, moment.start, moment.end, idle)
        for low, high in _of_any_year(moment):
            yield Value(f"season:{name}", low, high, comparator, moment.start, moment.end, idle)


def _of_any_year(moment: Moment) -> Iterator[tuple[int, int]]:
    """The first and last day of a moment of at most a month, in the year 4, of which moments without a year are."""
    first, last = (datetime.date.fromordinal(day) for day in (moment.first, moment.last))
    if (first.year, first.month) == (last.year, last.month):
        yield first.replace(year=4).toordinal(), last.replace(year=4).toordinal()


_PART_OF_DATE = re.compile(r"\s+of\s+(?:the\s+)?", re.I)           # "at the end of May"
_WITH_DATE = _words(
    "in on by from since until till at as of the end beginning start middle early late mid spring summer autumn winter"
)


def _clause(text: str, start: int, end: int, marks: str = ".;:!?") -> tuple[int, int]:
    first = max(text.rfind(mark, 0, start) for mark in marks) + 1
    after = [at for mark in marks if (at := text.find(mark, end)) >= 0]
    return first, min(after, default=len(text))
