"""Names, identifiers and places of an approved wording held against those of a passage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgcheck.language.facts import Facts, Name
from msgcheck.language.moments import MONTHS
from msgcheck.language.places import lies_in, place
from msgcheck.matching.leftover import Leftover
from msgcheck.matching.rows import Row

_SURE_FROM = 0.6                         # share of the approved words kept from which a name stands in another's place
_ALL = 0.95                              # share from which nothing of the approved words is missing
_CALENDAR = frozenset(
    {*MONTHS, *(f"{day}day{s}" for day in ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun") for s in ("", "s"))}
)
_UNIT = re.compile(r"^(?:[kMGT]?(?:B|W|Wh|bit|Hz|VA|m|g)|C|F|K|Celsius|Fahrenheit|Kelvin)$")


def names(approved: Facts, found: Facts, left: Leftover) -> Iterator[Row]:
    """The rows of all names and identifiers."""
    yield from _products(approved, found, left)
    if not approved.names and not found.names:
        return
    mine, theirs = list(approved.names), list(found.names)
    found_text = _padded(found.text)
    for a in list(mine):
        same = next((b for b in theirs if _same_name(a, b)), None)
        if same is not None:
            mine.remove(a)
            theirs.remove(same)
            yield Row("entity", _what(a), a.text, same.text, "equal", 1.0)
        elif f" {a.key} " in found_text:
            mine.remove(a)
            yield Row("entity", _what(a), a.text, a.text, "equal", 0.8)
    for a in list(mine):
        bare, _, edition = a.key.rpartition(":")
        twin = next((b for b in theirs if b.key == bare), None) if bare else None
        if twin is not None and edition in found.text:
            mine.remove(a)                # "ISO 9001:2015", "ISO 9001 in its edition of 2015"
            theirs.remove(twin)
            yield Row("entity", "identifier", a.text, twin.text, "equal", 0.8)
    approved_text = _padded(approved.text)
    theirs = [b for b in theirs if f" {b.key} " not in approved_text and not _within(b.key, approved_text)]
    one_for_one = sum(not a.code for a in mine) == sum(not b.code for b in theirs)
    for a in list(mine):
        rival = next((b for b in theirs if b.code == a.code and (not a.code or _one_series(a, b))), None) or next(
            (b for b in theirs if b.code and a.code), None
        )
        if rival is not None:
            mine.remove(a)
            theirs.remove(rival)
            yield _exchange(a, rival, left, one_for_one, _but_for(a, rival, approved.text, found.text))
    for a in mine:
        yield Row("entity", _what(a), a.text, "", "dropped", 0.5 if a.code else 0.3)
    listed = any(place(a.key) and f" {a.key} " in found_text for a in approved.names)
    whole = listed and left.kept >= _ALL and left.known >= _SURE_FROM and not found.of("negation")
    for b in theirs:
        if whole and place(b.key):       # "France and Spain", "France, Spain and Italy"
            yield Row("scope", "place", "", b.text, "added", 0.95)
            continue
        ours = any(p.start < b.end and b.start < p.end for p in found.products)
        alike = b.code and not ours and any(a.code and _stem(a) == _stem(b) != "" for a in approved.names)
        certainty = 0.95 if alike else 0.6 if b.code else 0.3       # one more ISO standard is another promise
        yield Row("entity", _what(b), "", b.text, "added", certainty)


def _products(approved: Facts, found: Facts, left: Leftover) -> Iterator[Row]:
    """What is approved of one of our products, said of another one in nearly the same words."""
    ours, theirs = {one.key for one in approved.products}, {one.key for one in found.products}
    if ours and theirs and not ours & theirs and min(left.kept, left.known) >= _SURE_FROM:
        first, second = approved.products[0], found.products[0]
        yield Row("entity", "exchanged name", first.text, second.text, "differs", 0.95)


def _but_for(a: Name, b: Name, approved: str, found: str) -> bool:
    """Whether two texts are the same to the letter but for these names."""
    return approved[: a.start] + approved[a.end :] == found[: b.start] + found[b.end :]


def _exchange(a: Name, b: Name, left: Leftover, one_for_one: bool, alone: bool) -> Row:
    """One name for another: sure where the words around them stayed, or where they are versions of one thing."""
    if a.code:
        alike = _one_series(a, b)
        if not alike and _digits(a) == _digits(b):
            return Row("entity", "identifier", a.text, b.text, "equal", 0.6)      # "iOS 16", "version 16"
        if _one_standard(a, b):
            return Row("entity", "edition", a.text, b.text, "differs", 0.95)
        return Row("entity", "identifier", a.text, b.text, "differs", 0.9 if alike else 0.5)
    first, second = place(a.key), place(b.key)
    if first and first == second:
        return Row("entity", "name", a.text, b.text, "equal", 0.9)
    if set(a.key.split()) & set(b.key.split()) in (set(a.key.split()), set(b.key.split())):
        return Row("entity", "name", a.text, b.text, "equal", 0.6)      # the longer and the shorter form
    if _abbreviates(a, b) or _abbreviates(b, a):
        return Row("entity", "name", a.text, b.text, "equal", 0.8)
    if _CALENDAR & {*a.key.split(), *b.key.split()} or _UNIT.match(a.text) or _UNIT.match(b.text):
        return Row("entity", "name", a.text, b.text, "differs", 0.3)
    sure = alone or left.nearly_verbatim or (
        one_for_one and min(left.kept, left.known) >= _SURE_FROM and bool(first) == bool(second)
    )
    what, certainty = ("exchanged name", 0.95) if sure else ("name", 0.5)
    if first and second and (lies_in(first, second) or lies_in(second, first)):
        return Row("scope", what, a.text, b.text, "differs", certainty)
    return Row("entity", what, a.text, b.text, "differs", certainty)


@lru_cache(maxsize=8192)
def _padded(text: str) -> str:
    """`text` for finding a name's key in it as whole words."""
    return f" {' '.join(re.sub(_MARKS, ' ', text.casefold()).replace(chr(39) + 's', '').split())} "


_MARKS = re.compile(r"(?<!\d)[.,:;/](?!\d)|[.,:;!?](?=\s|$)|[-()\"|–®™]")


def _what(name: Name) -> str:
    return "identifier" if name.code else "name"


def _stem(name: Name) -> str:
    return "".join(c for c in name.key.split()[0] if c.isalpha())


def _one_series(a: Name, b: Name) -> bool:
    """Two versions, classes or standards of one series: "ISO 9001" and "ISO/IEC 27001"."""
    first, second = _stem(a), _stem(b)
    if min(len(first), len(second)) < 2:
        return first == second
    return first.startswith(second) or second.startswith(first)


_STANDARD = re.compile(r"([a-z/ ]*[a-z]) ?(\d+)(?:[:. -](?:type )?(\w+))?$")


def _one_standard(a: Name, b: Name) -> bool:
    """Two editions or types of one standard: "ISO/IEC 27001:2013" and "ISO/IEC 27001:2022", "SOC 2 Type I" and "II"."""
    first, second = _STANDARD.match(a.key), _STANDARD.match(b.key)
    if first is None or second is None or not (first[3] and second[3]):
        return False
    return _one_series(a, b) and first[2] == second[2]


def _digits(name: Name) -> str:
    return "".join(c for c in name.key if c.isdigit() or c == ".")


def _within(key: str, text: str) -> bool:
    """Whether a name of several words stands in a text with others between them."""
    words = key.split()
    return len(words) > 1 and set(words) <= set(text.split())


def _abbreviates(short: Name, long: Name) -> bool:
    """"CET" for "Central European Time"."""
    words = [word for word in long.key.split() if word not in ("of", "and", "the", "for")]
    return len(words) > 1 and short.key.replace(".", "") == "".join(word[0] for word in words)


def _same_name(a: Name, b: Name) -> bool:
    first, second = (name.key.replace(" ", "") for name in (a, b))
    several = not a.code and not b.code and (first == f"{second}s" or second == f"{first}s")   # a family's name
    return first == second or several
