"""What passages state on which the guide is silent: compact facts that two documents can contradict each other in.

A passage gives one assertion for each value that it states: of what kind (a duration, a mass, a count of engineers,
hours of service, the year of founding), and of what, as weighted word stems. What stands near the value weighs more
than what stands in another clause; a label (a row's first cell, the words before a colon) weighs most.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from msgcheck.checks.attributes import Value
from msgcheck.checks.readings import Reading, reading
from msgcheck.checks.stems import STRUCTURAL, common, stem
from msgcheck.checks.values import Found, values
from msgcheck.checks.verdict import Judge, Verdict
from msgcheck.checks.view import View, locate
from msgcheck.guide.model import Guide
from msgcheck.language.facts import Facts, Word, facts
from msgcheck.model import Assertion, Block

_OUTCOMES = ("nothing", "claim")
_LABEL, _NEAR, _BESIDE, _FAR = 1.4, 1.0, 0.8, 0.5
_LESS = {"VERB": 0.6, "ADV": 0.4, "ADJ": 0.8, "NUM": 0.3}
_FIGURE = re.compile(r"\d|[½¼¾]")
_CUT = re.compile(r"[,;:()–]|\s-\s|\b(?:and|but|while|whereas|with|then)\b")
_QUOTED = re.compile(r'^["\'“‘].*["\'”’][^"\']{0,60}$|^["“]')
_EXAMPLE = re.compile(
    r"\b(?:for (?:example|instance|comparison)|e\.g\.|such as|say,|suppose|imagine|sample|specimen|illustration)\b",
    re.I,
)
_NO_PLACE = re.compile(
    r"^(?:page|p\.|figure|table|slide|chapter|©|copyright)\b|©|\b(?:price list|issue|edition|brochure|data sheet|"
    r"leaflet|form|proposal)\s(?:[A-Z]{0,4}[-\d]|of \d)|[\w.]+@[\w.]+|\+\d{2}\s",
    re.I,
)
_MOST_VALUES = 12
"""A passage with more values than this is a listing, not a statement."""


@dataclass(frozen=True, slots=True)
class Stated:
    """One value, and what it is of; the fields are those of `Assertion`."""

    kind: str
    low: float
    high: float
    comparator: str
    said: str
    subject: tuple[tuple[str, float], ...]
    context: tuple[str, ...]
    topic: tuple[str, ...]
    names: tuple[str, ...]
    products: tuple[str, ...]
    conditions: tuple[str, ...]
    rivals: tuple[tuple[float, float], ...]
    ours: bool


def assertions(view: View, verdicts: Sequence[Verdict], judge: Judge | None = None) -> tuple[Assertion, ...]:
    """The assertions of the passages that are about nothing in the guide, in reading order."""
    del judge
    blocks = view.document.blocks
    chosen = [
        one.passage
        for one in verdicts
        if one.outcome in _OUTCOMES and _states(blocks[one.passage.block], one.passage.normal)
    ]
    readings = [reading(blocks[p.block], p.normal) for p in chosen]
    out: list[Assertion] = []
    for passage, its in zip(chosen, stated(readings, view.guide), strict=True):
        block = blocks[passage.block]
        for value in its:
            out.append(
                Assertion(
                    document=view.document.name,
                    layer=block.layer,
                    location=locate(block, passage.start, passage.end),
                    block=block.text,
                    text=passage.text,
                    start=passage.start,
                    end=passage.end,
                    order=passage.block,
                    kind=value.kind,
                    low=value.low,
                    high=value.high,
                    comparator=value.comparator,
                    said=value.said,
                    subject=value.subject,
                    context=value.context,
                    topic=value.topic,
                    names=value.names,
                    products=value.products,
                    conditions=value.conditions,
                    rivals=value.rivals,
                    ours=value.ours,
                )
            )
    return tuple(out)


def _states(block: Block, text: str) -> bool:
    """Whether a passage can state a fact of ours: no question, quotation, example, running text or imprint."""
    return not (
        block.layer == "running"
        or text.rstrip("\"') ").endswith("?")
        or _QUOTED.match(text)
        or _EXAMPLE.search(text)
        or _NO_PLACE.search(text)
    )


def stated(readings: Sequence[Reading], guide: Guide) -> list[tuple[Stated, ...]]:
    """The values of each reading; the texts are parsed once, those without a figure or a time are not parsed."""
    owners = frozenset(word for name in _names_of(guide) for word in name.casefold().split())
    worth = [index for index, one in enumerate(readings) if _promising(one.text)]
    heads = list(dict.fromkeys(head for index in worth for group in readings[index].around for head in group if head))
    parsed = facts([*(readings[index].text for index in worth), *heads])
    known = {
        head: tuple(
            sorted({f"@{name.key}" for name in fact.names if not name.code and not _opens_head(head, name.text)})
        )
        for head, fact in zip(heads, parsed[len(worth) :], strict=True)
    }
    stems_of = {
        head: known[head]
        + tuple(one for one in dict.fromkeys(stem(word.lemma) for word in fact.words) if one not in STRUCTURAL)
        for head, fact in zip(heads, parsed[len(worth) :], strict=True)
    }
    out: list[tuple[Stated, ...]] = [()] * len(readings)
    for index, fact in zip(worth, parsed, strict=False):
        out[index] = tuple(_values(_with_stems(readings[index], stems_of), fact, guide, owners))
    return out


_WORD_FIGURE = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty(?:-\w+)?|hundred|thousand|million|dozen|half|third|quarter|twice|once|"
    r"daily|weekly|monthly|quarterly|yearly|annual\w*|hourly|nightly|every|each|next|same|overnight|within|morning|afternoon|clock|week|month|year|day|hour|minute)s?\b",
    re.I,
)


_MONTH = re.compile(rf"\b(?:{'|'.join(calendar.month_name[1:])})\b")


def _opens_head(head: str, name: str) -> bool:
    """Headings may have capitals throughout: a name in them is one that stands after a small word."""
    return not re.search(rf"\b(?:[Aa]t|[Ii]n|[Ff]or|[Ww]ith|[Oo]f|[Bb]y|[Ff]rom) (?:the )?{re.escape(name)}", head)


def _with_stems(one: Reading, stems_of: dict[str, tuple[str, ...]]) -> Reading:
    around = tuple(tuple(sorted({s for head in group for s in stems_of.get(head, ())})) for group in one.around)
    return replace(one, around=around)


def _promising(text: str) -> bool:
    return bool(_FIGURE.search(text) or _WORD_FIGURE.search(text) or _MONTH.search(text))


def _names_of(guide: Guide) -> tuple[str, ...]:
    """The company's names, which say who speaks and not of what."""
    return (guide.company.name, *guide.company.aliases) if guide.company else ()


def _values(one: Reading, fact: Facts, guide: Guide, owners: frozenset[str]) -> Iterator[Stated]:
    found = values(one, fact, owners)
    if not found or len(found) > _MOST_VALUES:
        return
    products = tuple(_products(one.text, guide))
    spans = [(start, end) for _, start, end in products] + list(_spans_of(_names_of(guide), one.text))
    spans += _itself(fact, owners)
    names = tuple(
        sorted(
            {
                name.key
                for name in fact.names
                if not name.code
                and name.text not in _CALENDAR
                and not _opens(one, name.start, name.text)
                and not any(start < name.end and name.start < end for start, end in spans)
            }
        )
    )
    ours = bool(_OURS.search(one.text)) or any(
        word.strip(".,;:").removesuffix("'s") in owners for word in one.text.casefold().split()
    )
    circumstances = tuple(_circumstances(fact, found))
    for value in found:
        rivals = tuple((other.low, other.high) for other in found if other is not value and other.kind == value.kind)
        near = _segment(one, value, bool(rivals))
        cell = next((index for index, (start, end) in enumerate(one.cells) if start <= value.start < end), 0)
        around = one.around[cell] if cell < len(one.around) else ()
        yield Stated(
            kind=value.kind,
            low=value.low,
            high=value.high,
            comparator=value.comparator,
            said=one.text[value.start : value.end].strip(" ,"),
            subject=tuple(sorted(_weighed(one, fact, value, near, bool(rivals), spans).items())),
            context=around,
            topic=tuple(dict.fromkeys(stem(w.lemma) for w in fact.words if one.label[0] <= w.start < one.label[1])),
            names=names,
            products=tuple(sorted({name for name, _, _ in products})),
            conditions=tuple(
                sorted(
                    {
                        *circumstances,
                        *value.conditions,
                        *(
                            f"{other.kind}={other.low:.6g}"
                            for other in found
                            if other.kind != value.kind
                            and other.start != value.start
                            and other.kind not in ("hours", "clock")
                        ),
                    }
                )
            ),
            rivals=rivals,
            ours=ours,
        )


_OURS = re.compile(r"\b(?:we|our|ours|us|the company|the firm)\b", re.I)
_CALENDAR = frozenset({*calendar.month_name, *calendar.day_name, "Easter", "Christmas"})


def _products(text: str, guide: Guide) -> Iterator[tuple[str, int, int]]:
    for product in guide.products:
        for start, end in _spans_of((product.name, *product.aliases), text):
            yield product.id, start, end


def _spans_of(names: Iterable[str], text: str) -> Iterator[tuple[int, int]]:
    for name in names:
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I):
            yield match.span()


def _itself(fact: Facts, owners: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where the company is called by a word of its name: "the academy" of Tradewick Academy, not "the academy gate"."""
    for at, word in enumerate(fact.words):
        if word.text.lower() in owners and re.search(r"\b(?:the|our)\s$", fact.text[: word.start], re.I):
            following = fact.words[at + 1] if at + 1 < len(fact.words) else None
            if following is None or following.pos != "NOUN" or fact.text[word.end : following.start].strip():
                yield word.start, word.end


def _opens(one: Reading, at: int, name: str) -> bool:
    """Whether a name of one word stands where any word has a capital letter."""
    starts = {0, one.label[1] + 2, *(start for start, _ in one.cells)}
    return at in starts and " " not in name


def _within(at: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


_CONTRASTS: tuple[frozenset[str], ...] = tuple(
    frozenset(words.split())
    for words in (
        "first second third fourth fifth sixth last previous next",
        "day night",
        "small medium large",
        "north south east west",
        "adult child",
        "weekday weekend",
        "old new",
        "single double",
        "before after",
        "inside outside indoor outdoor",
        "summer winter spring autumn",
        "import export",
        "upper lower",
        "front rear back",
        "male female",
        "gross net",
        "monthly quarterly yearly annual weekly daily",
    )
)


def _circumstances(fact: Facts, found: Sequence[Value]) -> Iterator[str]:
    """What a value may depend on: a year or period that is no value itself, and words that part its cases."""
    for moment in fact.moments:
        if (
            moment.kind in ("date", "since", "until")
            and not fact.text[: moment.start].endswith(":")
            and not any(v.start < moment.end and moment.start < v.end for v in found)
        ):
            yield f"{'season' if moment.yearly else 'date'}={moment.first}-{moment.last}"
    words = {word.lemma for word in fact.words}
    for number, members in enumerate(_CONTRASTS):
        for member in sorted(words & members):
            yield f"case{number}={member}"


_REFERENCE = 0.5
_COUNTED_FROM = re.compile(r"\s+(?:or \w+ )?((?:after|before|from|following|once|since)\b)", re.I)
_IMPLIED: dict[str, frozenset[str]] = {
    "mass": frozenset({"weight", "weigh", "mass", "heavy", "scale"}),
    "duration": frozenset({"duration", "time", "last", "run", "need", "require", "period"}),
    "money": frozenset({"price", "cost", "fee", "charge"}),
    "sound": frozenset({"sound", "noise", "loud", "quiet"}),
    "hours": frozenset({"hours", "open", "opening", "hour"}),
    "frequency": frozenset({"interval", "frequency"}),
    "temperature": frozenset({"temperature"}),
    "power": frozenset({"power"}),
    "count": frozenset({"employ", "have", "count", "number", "total", "comprise"}),
}
"""Words that a value's kind says already."""


def _segment(one: Reading, value: Value, rivals: bool) -> tuple[int, int]:
    """The cell or the stretch of clause in which a value stands."""
    for start, end in one.cells:
        if start <= value.start < end:
            return start, end
    first = max(
        (m.end() for m in _CUT.finditer(one.text, 0, value.start) if rivals or not m.group().isalpha()), default=0
    )
    last = min(
        (m.start() for m in _CUT.finditer(one.text, value.end) if rivals or not m.group().isalpha()),
        default=len(one.text),
    )
    return first, last


def _telling(word: Word) -> float:
    """How much a word tells by its part of speech; the tagger takes names that it does not know for anything."""
    return (
        0.9
        if word.text[0].isupper() and word.pos in ("ADV", "ADJ") and not word.lemma.endswith("ly")
        else _LESS.get(word.pos, 1.0)
    )


def _weighed(
    one: Reading, fact: Facts, value: Found, near: tuple[int, int], rivals: bool, names: Sequence[tuple[int, int]]
) -> dict[str, float]:
    """The weight of each stem of a passage for one of its values."""
    weights: dict[str, float] = {}
    reference = _COUNTED_FROM.match(one.text[value.end : near[1]])
    after = (value.end + reference.start(1), near[1]) if reference else (0, 0)
    implied = _IMPLIED.get(value.kind.split(":")[0], frozenset())
    for word in fact.words:
        if _within(word.start, names) or _within(word.start, value.idle) or (value.start <= word.start < value.end):
            continue
        if one.label[0] <= word.start < one.label[1]:
            role = _LABEL
        elif after[0] <= word.start < after[1]:
            role = _REFERENCE
        elif near[0] <= word.start < near[1]:
            role = _NEAR
        else:
            role = _FAR if rivals else _BESIDE
        for part in re.split(r"[-/]", word.lemma):
            if len(part) > 1 and not part.isdigit():
                one_stem = stem(part)
                weight = (
                    role
                    * _telling(word)
                    * (
                        0.2
                        if word.lemma in implied or word.lemma in _CONTRASTS[0]
                        else 0.45
                        if common(one_stem)
                        else 1.0
                    )
                )
                weights[one_stem] = max(weights.get(one_stem, 0.0), round(weight, 3))
    for one_stem in value.counted:
        weights[one_stem] = max(weights.get(one_stem, 0.0), 0.45 if common(one_stem) else 1.0)
    return weights
