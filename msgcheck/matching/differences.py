"""Facts of an approved wording held against the facts of a passage, one row a comparison.

The rules of equality are the guide format's: another figure differs, a lower one too; the same figure with its
comparator dropped or added differs; a coarser figure that its comparator makes true is implied; plain arithmetic is
equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from msgcheck.language.cues import Cue
from msgcheck.language.facts import Facts, Name, Word
from msgcheck.language.moments import Moment
from msgcheck.matching.figures import figures
from msgcheck.matching.rows import Judgement, Row
from msgcheck.model import ChangeKind


def differences(approved: Facts, found: Facts) -> tuple[Row, ...]:
    return (
        *figures(approved, found),
        *_moments(approved, found),
        *_names(approved, found),
        *_negation(approved, found),
        *_levels(approved, found),
        *_firmness(approved, found),
        *_amounts(approved, found),
        *_only(approved, found),
        *_conditions(approved, found),
    )


# dates


def _moments(approved: Facts, found: Facts) -> Iterator[Row]:
    right = list(found.moments)
    for a in approved.moments:
        rivals = [b for b in right if _kin(a) == _kin(b)]
        same = next((b for b in rivals if _same_moment(a, b)), None)
        chosen = same or next(iter(rivals), None)
        if chosen is None:
            yield Row("timeframe", "date", a.text, "", "dropped", 0.5)
            continue
        right.remove(chosen)
        if same is None:
            within = a.first <= chosen.first <= chosen.last <= a.last and a.yearly == chosen.yearly
            yield Row("timeframe", "date", a.text, chosen.text, "differs", 0.6 if within else 0.95)
        else:
            yield Row("timeframe", "date", a.text, chosen.text, "equal", 1.0)
    for b in right:
        yield Row("timeframe", "date", "", b.text, "added", 0.4)


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


# names and identifiers


def _names(approved: Facts, found: Facts) -> Iterator[Row]:
    left, right = list(approved.names), list(found.names)
    for a in list(left):
        same = next((b for b in right if _same_name(a, b)), None)
        if same is not None:
            left.remove(a)
            right.remove(same)
            yield Row("entity", "identifier" if a.code else "name", a.text, same.text, "equal", 1.0)
        elif a.key in found.text.casefold().replace("-", " "):
            left.remove(a)
            yield Row("entity", "identifier" if a.code else "name", a.text, a.text, "equal", 0.8)
    for a in list(left):
        bare, _, edition = a.key.rpartition(":")
        twin = next((b for b in right if b.key == bare), None) if bare else None
        if twin is not None and edition in found.text:
            left.remove(a)                # "ISO 9001:2015", "ISO 9001 in its edition of 2015"
            right.remove(twin)
            yield Row("entity", "identifier", a.text, twin.text, "equal", 0.8)
    for a in list(left):
        rival = next((b for b in right if b.code == a.code and (not a.code or _stem(a) == _stem(b))), None) or next(
            (b for b in right if b.code and a.code), None
        )
        if rival is not None:
            left.remove(a)
            right.remove(rival)
            yield Row(
                "entity",
                "identifier" if a.code else "name",
                a.text,
                rival.text,
                "differs",
                0.9 if a.code and _stem(a) == _stem(rival) else 0.5,
            )
    for a in left:
        yield Row("entity", "identifier" if a.code else "name", a.text, "", "dropped", 0.5 if a.code else 0.3)
    approved_text = approved.text.casefold().replace("-", " ")
    for b in right:
        if b.key not in approved_text:
            alike = b.code and any(a.code and _stem(a) == _stem(b) != "" for a in approved.names)
            certainty = 0.95 if alike else 0.6 if b.code else 0.3       # one more ISO standard is another promise
            yield Row("entity", "identifier" if b.code else "name", "", b.text, "added", certainty)


def _stem(name: Name) -> str:
    return "".join(c for c in name.key.split()[0] if c.isalpha())


def _same_name(a: Name, b: Name) -> bool:
    return a.key == b.key or a.key.replace(" ", "") == b.key.replace(" ", "")


# small words


def _negation(approved: Facts, found: Facts) -> Iterator[Row]:
    left, right = approved.of("negation"), found.of("negation")
    shared = {w.lemma for w in approved.words} & {w.lemma for w in found.words}
    turned = [lemma for lemma in shared if (lemma in approved.negated) != (lemma in found.negated)]
    for lemma in sorted(turned):
        inside = lemma in found.negated
        noun = any(w.lemma == lemma and w.pos in ("NOUN", "PROPN") for w in found.words)
        yield Row(
            "negation",
            "negated noun" if noun else "negated word",
            lemma if inside else f"not {lemma}",
            f"not {lemma}" if inside else lemma,
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
                yield Row(kind, what, f"{first} {a.text}", f"{first} {a.text}", "equal", 1.0)
            continue
        gap = abs(ranks[first] - ranks[second])
        yield Row(
            kind,
            what,
            f"{first} {a.text}".strip(),
            f"{second} {twins[0].text}".strip(),
            "differs" if first and second else "dropped" if first else "added",
            min(0.85, 0.3 + 0.15 * gap + (0.2 if first and second else 0.0)),
        )


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
