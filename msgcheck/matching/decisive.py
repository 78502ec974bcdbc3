"""Which rows decide: differences that neither the judge nor the pair model may overrule.

How sure a difference is depends on how nearly the passage keeps the approved words: told in the same words, another
figure is another figure; told in quite other words it may be the same one reckoned otherwise. `benchmarks/facts.py`
counts how often each kind of row is right on labelled pairs; what is right less often than nine times in ten is left
to the judge.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import replace
from functools import lru_cache

from msgcheck.language.facts import Facts
from msgcheck.language.quantities import Quantity
from msgcheck.language.units import UNITS
from msgcheck.matching.leftover import Leftover
from msgcheck.matching.rows import Row
from msgcheck.matching.small_words import denied_otherwise
from msgcheck.normalise import fold

_SURE = 0.9                              # certainty from which a row may decide
_FEW_WORDS, _OTHER_WORDS, _MANY_WORDS, _SAME_WORDS = 0.2, 0.4, 0.6, 0.8
"""Shares of the approved content words that are kept."""
_NEAR = 40                               # characters around a figure in which a word may bound it
_NEARLY = frozenset(
    {
        "firmness", "share", "restriction", "denial", "denied thing", "condition clause", "condition lifted",
        "exchanged name", "exception lifted", "opposite", "party",
    }
)
"""Rows that are made of texts in nearly the same words alone, and sure or not from the start."""
_BY_WORDING = frozenset(
    {"strength", "comparator", "unlike units", "unlike times", "rate", "amount of noun", "statistic"}
)
_BY_ORDER = frozenset({"firmness", "restriction", "denial", "negated word", "strength"})
"""Rows of small words, which come and go when a sentence is built anew: they decide only where its words keep their
order.
"""
_IN_ORDER = 0.5
_HINTS = frozenset(
    {
        "name", "negated noun", "negation", "scope", "only", "condition", "exception", "firmness of verb", "factor",
    }
)
"""Rows that never decide: small words and names come and go in a paraphrase."""
_AGREE = frozenset({"equal", "implied"})
_BOUNDS = re.compile(
    r"\b(?:up|upwards?|onwards?|plus|max(?:imum)?|min(?:imum)?|most|least|limit\w*|ceiling|cap(?:ped)?|top\w*|"
    r"peak\w*|reach\w*|sooner|later|"
    r"exceed\w*|under|below|over|above|beyond|more|less|fewer|\w+er than|from|start\w*|within|inside|almost|nearly|"
    r"around|"
    r"some|about|roughly|approx\w*|best|worst|as \w+ as|not|no|never|even|latest|earliest|can|could|may|might|or so|"
    r"between|average|typical\w*|usually|\w+est|just|only|full|range\w*)\b|[<>≤≥~≈+±]",
    re.I,
)


def decided(rows: tuple[Row, ...], approved: Facts, found: Facts, left: Leftover) -> tuple[Row, ...]:
    """`rows` with those marked that decide."""
    marked = [
        replace(row, exact=True)
        if row.judgement not in _AGREE and row.certainty >= 0.4 and _decides(row, rows, approved, found, left)
        else row
        for row in rows
    ]
    return tuple(marked)


def _decides(row: Row, rows: tuple[Row, ...], approved: Facts, found: Facts, left: Leftover) -> bool:
    if row.what in _HINTS or (row.what in _BY_ORDER and in_order(approved.text, found.text) < _IN_ORDER):
        return False
    if row.what in _NEARLY:
        return row.certainty >= _SURE
    if row.what == "negated word":
        return _denied(rows, approved, found, left)
    if row.what in _BY_WORDING:
        return _by_wording(row, rows, approved, found, left)
    if row.what == "count" and row.judgement == "differs" and row.certainty == 0.4:
        return left.nearly_verbatim      # bare figures, nothing said of what
    if row.certainty < _SURE or row.judgement not in ("differs", "added"):
        return False
    return left.kept >= _MANY_WORDS or _of_one_make(row, approved, found)


@lru_cache(maxsize=1024)
def in_order(one: str, other: str) -> float:
    """How much of two normalised texts stands in both in the same order, 0 to 1: twice the words of the longest common
    runs over all words (Ratcliff and Obershelp, as in `difflib`).
    """
    first, second = (_WORD.findall(text.casefold()) for text in (one, other))
    return difflib.SequenceMatcher(None, first, second, autojunk=False).ratio()


_WORD = re.compile(r"[^\W_]+|[%€$£]")


def _by_wording(row: Row, rows: tuple[Row, ...], approved: Facts, found: Facts, left: Leftover) -> bool:
    if row.what == "statistic":
        return row.certainty >= 0.6 and left.kept >= (_OTHER_WORDS if row.certainty >= _SURE else _SAME_WORDS)
    if row.what == "unlike times" and row.certainty >= _SURE:
        return left.kept >= _OTHER_WORDS
    if row.what == "comparator" and row.certainty == 1.0 and _turned_alone(rows, approved, found):
        return left.kept >= _FEW_WORDS
    if left.kept < _MANY_WORDS or row.judgement != "differs":
        return False
    if row.what == "strength":
        return row.certainty >= 0.4 and left.kept >= _SAME_WORDS
    if row.what == "comparator":
        bar = 0.5 if left.kept >= _SAME_WORDS else 1.0
        if "?" in found.text or row.certainty < bar:
            return False
        alone = row.certainty != 0.8 or but_for(row, approved.text, found.text)
        return alone or not _bound_elsewhere(row, approved, found)
    if row.what in ("unlike units", "rate"):
        return row.certainty >= 0.8 or left.nearly_verbatim
    denied = {"no", "only"} & set(row.levels)              # "without any charge", "no charge"
    return row.what == "amount of noun" and row.certainty >= 0.8 and left.kept >= 0.85 and not denied


_DIMENSIONS = frozenset(
    {unit.dimension for unit in UNITS.values()} | {"count", "factor", "frequency", "availability", "speed"}
)
_LIMITED = re.compile(
    r"\b(?:unless|otherwise|not enough|not sufficient|too \w+|below that|above that|beyond that|only|just|"
    r"beyond what)\b", re.I
)


def _turned_alone(rows: tuple[Row, ...], approved: Facts, found: Facts) -> bool:
    """Whether a bound that is turned is all that happened to the figures, with nothing said that turns it back."""
    figures = (row for row in rows if row.what in _DIMENSIONS or row.what.startswith("money:"))
    if "?" in found.text or _LIMITED.search(found.text) or _LIMITED.search(approved.text):
        return False
    return all(row.judgement == "equal" for row in figures)


def but_for(row: Row, approved: str, found: str) -> bool:
    """Whether two texts are the same but for what this row exchanges: then they speak of the same thing."""
    return bool(row.approved) and fold(approved.replace(row.approved, "", 1)) == fold(found.replace(row.found, "", 1))


def _bound_elsewhere(row: Row, approved: Facts, found: Facts) -> bool:
    """Whether the side on which a figure stands bare has a word that may bound it all the same."""
    bare, words = (found, row.found) if _comparator(row.found, found) == "=" else (approved, row.approved)
    at = bare.text.find(words)
    around = bare.text[max(0, at - _NEAR) : at + len(words) + _NEAR]
    for quantity in bare.quantities:
        if quantity.text != words:
            around = re.sub(rf"{re.escape(quantity.text)}(?: (?:less|more|fewer|lower|higher))?", " ", around)
    return _BOUNDS.search(around) is not None


def _comparator(words: str, within: Facts) -> str:
    return next((q.comparator for q in within.quantities if q.text == words), "=")


def _of_one_make(row: Row, approved: Facts, found: Facts) -> bool:
    """Whether two figures in quite other words still stand for each other: the same rate and bound, and no other figure
    of the kind, nor more figures at all, on the found side to reckon with.
    """
    a, b = _quantity(row.approved, approved), _quantity(row.found, found)
    if a is None or b is None:
        return row.what not in ("date",)
    return (
        a.per == b.per
        and a.comparator == b.comparator
        and len(found.quantities) <= len(approved.quantities)
        and _like(a, found) <= _like(a, approved)
    )


def _quantity(words: str, within: Facts) -> Quantity | None:
    return next((q for q in within.quantities if q.text == words), None)


def _like(quantity: Quantity, within: Facts) -> int:
    return sum(other.dimension == quantity.dimension for other in within.quantities)


_ONLY_THEY = re.compile(r"\b(?:none|nothing|nobody|no one) (?:but|other than|except)\b", re.I)


def _denied(rows: tuple[Row, ...], approved: Facts, found: Facts, left: Leftover) -> bool:
    return (
        left.nearly_verbatim
        and not _ONLY_THEY.search(approved.text + "\n" + found.text)
        and len(found.quantities) >= len(approved.quantities)
        and not any(q.dimension == "ratio" for q in (*approved.quantities, *found.quantities))
        and not denied_otherwise(approved.text)
        and not denied_otherwise(found.text)
        and any(r.what == "negation" and not (r.approved and r.found) for r in rows)
    )
