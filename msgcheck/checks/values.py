"""Every value that a passage states: its figures and the facts of `attributes.py`, each once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from msgcheck.checks.attributes import Value, dates, delays, founding, hours, identifiers, people
from msgcheck.checks.readings import Reading
from msgcheck.checks.stems import stem
from msgcheck.language.facts import Facts
from msgcheck.language.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Found(Value):
    """A value with what is only true of itself: its statistic, its rate, its kind of day."""

    conditions: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()


def values(one: Reading, fact: Facts, owners: frozenset[str]) -> list[Found]:
    """Every value of a passage, in order; where two readings of the same words are possible the more special one."""
    text = one.text
    special = [*founding(text, owners), *hours(text, fact.moments), *identifiers(text)]
    special += [value for value in dates(text, fact.moments) if not _meets(value, special)]
    special += [value for value in delays(text) if not _meets(value, special)]
    days = tuple(f"days={m.first}-{m.last}" for m in fact.moments if m.kind == "days") or (
        ("days=1-5",) if _WORKING.search(text) else ()
    )
    out = [
        Found(v.kind, v.low, v.high, v.comparator, v.start, v.end, v.idle, days if v.kind == "hours" else ())
        for v in special
    ]
    for quantity in fact.quantities:
        kind = _kind(one, quantity, fact, owners)
        if not kind or any(v.start < quantity.end and quantity.start < v.end for v in special):
            continue
        conditions = [f"statistic={quantity.statistic}"] if quantity.statistic else []
        conditions += [f"per={stem(quantity.per)}"] if quantity.per else []
        conditions += [f"daykind={quantity.kind}"] if quantity.kind else []
        low, high = (0.0, 1440.0) if quantity.dimension == "availability" else (quantity.low, quantity.high)
        counted = [
            stem(word)
            for word in re.findall(r"[^\W\d_]{3,}", text[quantity.number[1] : quantity.end].lower())
            if word not in ("per", "each", "every")
        ]
        if quantity.of:
            counted.append(stem(quantity.of))
        out.append(
            Found(
                kind,
                low,
                high,
                quantity.comparator,
                quantity.start,
                quantity.end,
                (),
                tuple(conditions),
                tuple(dict.fromkeys(counted))
                if quantity.dimension == "count" and not kind.startswith("company")
                else (),
            )
        )
    return sorted(out, key=lambda v: (v.start, v.kind))


_NO_VALUE = frozenset({"factor", "point", "code"})
_WORKING = re.compile(r"\b(?:working|business) days?\b", re.I)
_SIZES = re.compile(r"\s*[×x]\s*(?=\d|$)")
_CLOCK = re.compile(r"\s?(?:[ap]\.?m\b|o'clock|:\d\d|\.\d\d\b|h\b)", re.I)
_CLOCK_BEFORE = re.compile(r"\d:$")
_PARTED = re.compile(r"^\s*(?:of|less|fewer|more|lower|higher|as)\b", re.I)


def _meets(value: Value, others: Iterable[Value]) -> bool:
    return any(other.start < value.end and value.start < other.end for other in others)


def _kind(one: Reading, quantity: Quantity, fact: Facts, owners: frozenset[str]) -> str:
    """The kind of a quantity; '' where it is none that two places could contradict each other in."""
    if (
        quantity.dimension in _NO_VALUE
        or _SIZES.search(one.text[: quantity.start][-6:])
        or _SIZES.match(one.text[quantity.end :])
    ):
        return ""
    if quantity.dimension == "availability":
        return "hours"
    if (
        quantity.dimension == "ratio"
        and quantity.unit == "%"
        and not any(ch.isdigit() or ch == "%" for ch in quantity.text)
        and len(quantity.text.split()) <= 2
        and not _PARTED.match(one.text[quantity.end :])
    ):
        return ""  # "the end of a quarter", "a third showroom"
    if quantity.dimension != "count":
        return quantity.dimension
    if _CLOCK.match(one.text[quantity.number[1] :]) or _CLOCK_BEFORE.search(one.text[: quantity.number[0]]):
        return ""
    if people(quantity, one.text, owners):
        return "company:people"
    if quantity.of:
        return f"count:{stem(quantity.of)}"
    label = [w for w in fact.words if one.label[0] <= w.start < one.label[1]]
    after = one.text[one.label[1] : quantity.number[0]].strip(" :,")
    return f"count:{stem(label[-1].lemma)}" if label and not after else ""
