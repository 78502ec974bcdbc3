"""Facts of an approved wording held against the facts of a passage, one row a comparison.

The rules of equality are the guide format's: another figure differs, a lower one too; the same figure with its
comparator dropped or added differs; a coarser figure that its comparator makes true is implied; plain arithmetic is
equal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal

from msgcheck.language.cues import Cue
from msgcheck.language.facts import Facts, Word
from msgcheck.language.moments import Moment
from msgcheck.matching.conditions import conditions
from msgcheck.matching.decisive import decided
from msgcheck.matching.denials import denials
from msgcheck.matching.figures import figures
from msgcheck.matching.leftover import Leftover, leftover
from msgcheck.matching.names import names
from msgcheck.matching.opposites import attributes, opposites
from msgcheck.matching.rows import Judgement, Row
from msgcheck.matching.small_words import exchanged
from msgcheck.model import ChangeKind


def differences(approved: Facts, found: Facts) -> tuple[Row, ...]:
    """All rows of a pair, those marked that decide by themselves."""
    left = leftover(approved, found)
    rows = (
        *figures(approved, found, left.kept),
        *_moments(approved, found, left),
        *names(approved, found, left),
        *_negation(approved, found),
        *_levels(approved, found),
        *_firmness(approved, found),
        *_amounts(approved, found),
        *_only(approved, found),
        *_conditions(approved, found),
        *exchanged(approved, found, left),
        *denials(approved, found, left),
        *conditions(approved, found, left),
        *_hours(approved, found),
        *_weekdays(approved, found),
        *_some_of_all(approved, found, left),
        *_price(approved, found, left),
        *opposites(approved.text, found.text),
        *attributes(approved, found, left),
    )
    return decided(rows, approved, found, left)


# dates


_AT_LEAST = re.compile(r"\b(?:at (?:the )?(?:very )?least|at the earliest|not before|no earlier than)\b", re.I)


def _moments(approved: Facts, found: Facts, left: Leftover) -> Iterator[Row]:
    right = list(found.moments)
    for a in approved.moments:
        rivals = sorted((b for b in right if _kin(a) == _kin(b)), key=lambda b: _unlike(a, b))
        same = next((b for b in rivals if _same_moment(a, b)), None)
        chosen = same or next(iter(rivals), None)
        if chosen is None:
            yield Row("timeframe", "date", a.text, "", "dropped", 0.5)
            continue
        right.remove(chosen)
        if same is None:
            yield Row("timeframe", "date", a.text, chosen.text, "differs", _unlike(a, chosen))
        elif left.kept >= 0.8 and _bounded(a, approved) != _bounded(chosen, found):
            yield Row("qualifier", "comparator", _as_bounded(a, approved), _as_bounded(chosen, found), "differs", 1.0)
        else:
            yield Row("timeframe", "date", a.text, chosen.text, "equal", 1.0)
    for b in right:
        yield Row("timeframe", "date", "", b.text, "added", 0.4)


def _bounded(moment: Moment, within: Facts) -> bool:
    """Whether a date is the earliest one: "until at least the end of 2028"."""
    return _as_bounded(moment, within) != moment.text


def _as_bounded(moment: Moment, within: Facts) -> str:
    """A date as the text has it, with the words around it that make it the earliest one."""
    start, end = max(0, moment.start - 30), moment.end
    before = list(_AT_LEAST.finditer(within.text, start, end))
    if moment.kind in ("clock", "days") or not before or re.search(r"[,.;:]", within.text[before[-1].end() : end]):
        return moment.text
    return within.text[min(moment.start, before[-1].start()) : end]


def _hours(approved: Facts, found: Facts) -> Iterator[Row]:
    """Around the clock on one side, days of the week or hours of the day on the other."""
    for mine, other, turned in ((approved, found, False), (found, approved, True)):
        always = next((q for q in mine.quantities if q.dimension == "availability"), None)
        if always is None or any(q.dimension == "availability" for q in other.quantities):
            continue
        limits = [m for m in other.moments if m.kind == "days" and m.first == 1 and m.last < 7]
        limits += [m for m in other.moments if m.kind == "clock" and m.first < m.last]
        limits = [m for m in limits if all(m.text.casefold() != n.text.casefold() for n in mine.moments)]
        if limits:
            words = always.text, limits[0].text
            yield Row("timeframe", "unlike times", *(words[::-1] if turned else words), "differs", 0.95)


def _weekdays(approved: Facts, found: Facts) -> Iterator[Row]:
    """How many days of a week on one side, and which ones on the other: "six days a week", "Monday to Friday"."""
    for mine, other, turned in ((approved, found, False), (found, approved, True)):
        counted = [q for q in mine.quantities if q.dimension == "duration" and (q.per, q.unit) == ("week", "day")]
        named = [m for m in other.moments if m.kind == "days" and not _goes_on(m, other)]
        if len(counted) != 1 or len(named) != 1 or any(m.kind == "days" for m in mine.moments):
            continue
        days = named[0].last - named[0].first + 1
        words = counted[0].text, named[0].text
        if round(counted[0].low / 86400) != days and not any(q.per == "week" for q in other.quantities):
            yield Row("timeframe", "unlike times", *(words[::-1] if turned else words), "differs", 0.95)


def _goes_on(moment: Moment, within: Facts) -> bool:
    """Whether further days, or hours of some, are told behind those."""
    return re.match(r"\W{0,3}\s*(?:and|or|plus|&|,)\b", within.text[moment.end :]) is not None


_FREE = re.compile(
    r"\b(?:free of charge|for free|(?<!feel )free(?! (?:of|from|to)\b)|"
    r"(?:no|without)(?: \w+)? (?:charge|cost|fee)s?)\b",
    re.I,
)
_CHARGED = re.compile(r"\b(?:charged?|charges|fees?|surcharge|extra cost|paid|payable|billed)\b", re.I)
_NO_CHARGE = re.compile(
    r"\b(?:no|not|never|without|nothing|neither|nor|none|nil|zero|0|waived?|n't|free|except\w*|outside|only|unless)\b|"
    r"n't\b", re.I
)
"""What says on the charged side that nothing is charged, or when alone it is."""


def _price(approved: Facts, found: Facts, left: Leftover) -> Iterator[Row]:
    """Free of charge on one side, charged on the other."""
    if left.kept < 0.6 or _CHARGED.search(re.sub(_FREE, " ", approved.text)):
        return
    free, charged = _FREE.search(approved.text), _CHARGED.search(found.text)
    if free and charged and not _NO_CHARGE.search(found.text):
        yield Row("negation", "denial", free.group(), charged.group(), "differs", 0.95)


def _unlike(a: Moment, b: Moment) -> float:
    """How surely two moments are no one moment told more or less exactly: 0.95 where neither holds the other."""
    if a.yearly != b.yearly:
        return 0.5
    if a.kind == "clock":
        if (a.first == a.last) != (b.first == b.last) or _DAY_PART.match(b.text):
            return 0.5
        return 0.95
    if a.kind == b.kind == "days":
        if (1, 7) in ((a.first, a.last), (b.first, b.last)) and (6, 7) in ((a.first, a.last), (b.first, b.last)):
            return 0.5                   # "on weekends too", "seven days a week"
        return 0.5 if (a.first, b.first) == (1, 6) else 0.95     # "every day", "weekends and holidays too"
    if a.first <= b.first <= b.last <= a.last or b.first <= a.first <= a.last <= b.last:
        return 0.6
    if abs(b.first - a.last) <= 1 or abs(a.first - b.last) <= 1:
        return 0.5                       # "by 31 December", "until the new year begins"
    return 0.95


_DAY_PART = re.compile(r"(?:noon|midday|midnight)$", re.I)


def _kin(moment: Moment) -> str:
    return "date" if moment.kind in ("date", "since", "until") else moment.kind


def _same_moment(a: Moment, b: Moment) -> bool:
    if "since" in (a.kind, b.kind) and a.kind != b.kind:
        return False
    if a.yearly != b.yearly:
        return _day_of_year(a) == _day_of_year(b)
    return (a.first, a.last) == (b.first, b.last)


def _day_of_year(moment: Moment) -> tuple[tuple[int, int], ...]:
    import datetime

    days = (datetime.date.fromordinal(moment.first), datetime.date.fromordinal(moment.last))
    return tuple((d.month, d.day) for d in days)


# small words

_NEAR = 40                               # characters before a word in which that may stand which denies it


def _negation(approved: Facts, found: Facts) -> Iterator[Row]:
    left, right = approved.of("negation"), found.of("negation")
    shared = {w.lemma for w in approved.words} & {w.lemma for w in found.words}
    turned = [lemma for lemma in shared if (lemma in approved.negated) != (lemma in found.negated)]
    for lemma in sorted(turned):
        noun = any(w.lemma == lemma and w.pos in ("NOUN", "PROPN") for w in found.words)
        yield Row(
            "negation",
            "negated noun" if noun else "negated word",
            _as_said(approved, lemma),
            _as_said(found, lemma),
            "differs",
            0.7,
        )
    if len(left) % 2 != len(right) % 2:
        yield Row(
            "negation",
            "negation",
            " ".join(c.text for c in left),
            " ".join(c.text for c in right),
            "dropped" if left and not right else "added",
            0.4,
        )


def _as_said(facts: Facts, lemma: str) -> str:
    """The word of a lemma as the text has it, from what denies it on where that stands shortly before."""
    word = next(w for w in facts.words if w.lemma == lemma)
    if lemma not in facts.negated:
        return word.text
    near = [cue.start for cue in facts.of("negation") if 0 < word.start - cue.start <= _NEAR]
    return facts.text[max(near, default=word.start) : word.end]


def _levels(approved: Facts, found: Facts) -> Iterator[Row]:
    kinds: tuple[Literal["strength", "scope"], ...] = ("strength", "scope")
    for kind in kinds:
        left, right = approved.of(kind), found.of(kind)
        first = _level(left, kind)
        second = _level(right, kind)
        words = " ".join(c.text for c in left), " ".join(c.text for c in right)
        if first == second:
            if left or right:
                yield Row(kind, kind, *words, "equal", 1.0)
            continue
        gap = abs(first - second)
        judgement: Judgement = "differs" if left and right else "dropped" if left else "added"
        yield Row(kind, kind, *words, judgement, min(1.0, 0.25 * gap + (0.2 if left and right else 0.0)))


def _level(found: tuple[Cue, ...], kind: str) -> float:
    """Strength without a word for it is 2.5 (a plain statement); scope 2.5."""
    if not found:
        return 2.5
    levels = [c.level for c in found]
    if kind == "strength":
        low = [v for v in levels if v < 2.5]
        return min(low) if low else max(levels)
    return max(levels) if max(levels) == 4 and min(levels) == 4 else min(levels)


_FIRM = {"never": 0, "help": 1, "should": 2, "can": 2, "often": 3, "": 4, "will": 4, "always": 5, "must": 5}
_MUCH = {"no": 0, "some": 2, "most": 3, "": 4, "only": 5, "all": 6}


def _firmness(approved: Facts, found: Facts) -> Iterator[Row]:
    """The same verb asserted more or less firmly: "may lower" and "lowers"."""
    yield from _attached(approved, found, "strength", "firmness of verb", "VERB", lambda w: w.modal, _FIRM)


def _amounts(approved: Facts, found: Facts) -> Iterator[Row]:
    """More or less of the same thing: "most buildings" and "every building"."""
    yield from _attached(approved, found, "scope", "amount of noun", "NOUN", lambda w: w.amount, _MUCH)


def _attached(
    approved: Facts,
    found: Facts,
    kind: ChangeKind,
    what: str,
    pos: str,
    of: Callable[[Word], str],
    ranks: dict[str, int],
) -> Iterator[Row]:
    for a in approved.words:
        if a.pos != pos:
            continue
        twins = [b for b in found.words if b.lemma == a.lemma and b.pos == pos]
        if not twins:
            continue
        first, second = of(a), of(twins[0])
        if any(ranks[of(b)] == ranks[first] for b in twins):
            if first:
                twin = next(b for b in twins if ranks[of(b)] == ranks[first])
                yield Row(kind, what, a.said, twin.said, "equal", 1.0)
            continue
        gap = abs(ranks[first] - ranks[second])
        yield Row(
            kind,
            what,
            a.said,
            twins[0].said,
            "differs" if first and second else "dropped" if first else "added",
            min(0.85, 0.3 + 0.15 * gap + (0.2 if first and second else 0.0)),
            levels=(first, second),
        )


_SOME_OF = re.compile(
    r"(?<!every )(?<!each )(?<!any )\b(?:one|two|three|four|some|half|part|most) of (?:its|our|their|the|your|my)"
    r"(?: \w+)? ([^\W\d_]{3,})", re.I
)


def _some_of_all(approved: Facts, found: Facts, left: Leftover) -> Iterator[Row]:
    """All of some things on one side, some of them on the other: "both our sites", "one of its two sites"."""
    if left.kept < 0.6 or any(re.search(r"\bof all\b", text, re.I) for text in (approved.text, found.text)):
        return
    for mine, other, turned in ((approved, found, False), (found, approved, True)):
        part = _SOME_OF.search(other.text)
        if part is None or _SOME_OF.search(mine.text):
            continue
        things = part[1].casefold()
        whole = [w for w in mine.words if w.amount == "all" and things in (w.text.casefold(), w.lemma)]
        if whole and not any(w.amount == "all" for w in other.words):
            words = whole[0].said, part.group()
            yield Row("scope", "share", *(words[::-1] if turned else words), "differs", 0.95)


def _only(approved: Facts, found: Facts) -> Iterator[Row]:
    left, right = approved.of("only"), found.of("only")
    if bool(left) != bool(right):
        words = " ".join(c.text for c in left), " ".join(c.text for c in right)
        yield Row("scope", "only", *words, "dropped" if left else "added", 0.4)


def _conditions(approved: Facts, found: Facts) -> Iterator[Row]:
    for kind in ("condition", "exception"):
        left, right = approved.of(kind), found.of(kind)
        if bool(left) != bool(right):
            words = " ".join(c.text for c in left), " ".join(c.text for c in right)
            yield Row("condition", kind, *words, "dropped" if left else "added", 0.4)
