"""Two texts that are the same but for a word that stands in the place of its opposite: "before" and "after", the party
that pays and the party that is paid.

The words are closed lists of everyday English opposites, as thesauruses give them; nothing is concluded where more than
one place was changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgcheck.language.facts import Facts, Word
from msgcheck.matching.leftover import Leftover
from msgcheck.matching.rows import Row

_LONGEST = 3                             # words that may stand for each other
_FEWEST_ALIKE = 2                        # words that both texts have

_OPPOSITES = """
accept/refuse/decline/reject accepts/refuses/declines/rejects accepted/refused/declined/rejected
allow/forbid/prohibit allows/forbids/prohibits allowed/forbidden/prohibited permitted/forbidden/prohibited
include/exclude includes/excludes included/excluded including/excluding inclusive/exclusive
optional/mandatory optional/compulsory optional/required voluntary/mandatory voluntary/compulsory
open/closed opens/closes enabled/disabled activated/deactivated on/off
before/after prior/after earlier/later early/late sooner/later first/last beginning/end start/end
minimum/maximum above/below upper/lower top/bottom front/rear front/back left/right inside/outside indoors/outdoors
indoor/outdoor internal/external internally/externally
increase/decrease/reduction increases/decreases/reduces increased/decreased/reduced rise/fall rises/falls rose/fell
grow/shrink grows/shrinks raise/lower raises/lowers raised/lowered more/less more/fewer gain/loss
quick/slow quickly/slowly faster/slower fast/slow hot/cold warm/cold wet/dry hard/soft heavy/light
manual/automatic manually/automatically online/offline digital/printed electronic/paper wired/wireless
free/paid free/chargeable with/without gross/net fixed/variable permanent/temporary permanently/temporarily
public/private domestic/international local/remote locally/remotely weekdays/weekends day/night days/nights
buy/sell buys/sells buying/selling lend/borrow lends/borrows import/export upload/download
arrival/departure entry/exit sender/recipient wholesale/retail
reversible/irreversible refundable/non-refundable renewable/non-renewable anonymous/named
best/worst better/worse safe/unsafe known/unknown limited/unlimited
"""
_SIDES = (
    """we us seller sellers vendor vendors supplier suppliers landlord landlords bank banks employer employers
    manufacturer provider insurer lender host organiser""",
    """you customer customers client clients buyer buyers purchaser tenant tenants employee employees borrower borrowers
    guest guests user users owner owners""",
)
_PROVIDING, _SERVED = (frozenset(words.split()) for words in _SIDES)
_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*|[%€$£]")
_IDLE = frozenset({"the", "a", "an", "is", "are", "be"})


def _pairs(words: str) -> frozenset[tuple[str, str]]:
    """Each word of a group with its first one, either way round."""
    groups = [group.split("/") for group in words.split()]
    return frozenset(
        pair for first, *others in groups for other in others for pair in ((first, other), (other, first))
    )


_OPPOSED = _pairs(_OPPOSITES)
_UNLIKE = _pairs("same/separate/different shared/separate/own joint/separate common/separate single/several")
"""Adjectives of one thing that exclude each other and are no opposites elsewhere."""
_TURNED = re.compile(r"\b(?:no|not|never|neither|nor|without|cannot|instead|rather|both|either|or)\b|n't\b", re.I)
_RETOLD = 0.5                            # share of the approved words that is kept


def opposites(approved: str, found: str) -> Iterator[Row]:
    """The row of the one place in which two normalised texts differ, where opposites stand there."""
    exchange = one_exchange(approved, found)
    if exchange is None:
        return
    (first, last), (start, end) = exchange
    mine, theirs = approved[first:last], found[start:end]
    ours, others = _bare(mine), _bare(theirs)
    if (ours, others) in _OPPOSED:
        yield Row("contradiction", "opposite", mine, theirs, "differs", 0.95)
    elif (ours in _PROVIDING and others in _SERVED) or (ours in _SERVED and others in _PROVIDING):
        yield Row("contradiction", "party", mine, theirs, "differs", 0.95)


def attributes(approved: Facts, found: Facts, left: Leftover) -> Iterator[Row]:
    """The rows of things that both texts name, each with an adjective that is the opposite of the other's: "separate
    teams", "the same teams".
    """
    if left.kept < _RETOLD or _TURNED.search(approved.text) or _TURNED.search(found.text):
        return
    mine, theirs = _described(approved), _described(found)
    for noun, words in mine.items():
        others = theirs.get(noun, [])
        pair = next(((a, b) for a in words for b in others if _unlike(a.lemma, b.lemma)), None)
        if pair and not {a.lemma for a in words} & {b.lemma for b in others}:
            told = _as_written(pair[0], approved), _as_written(pair[1], found)
            yield Row("contradiction", "opposite", *told, "differs", 0.95)


def _described(within: Facts) -> dict[str, list[Word]]:
    """The adjectives of each noun of a text."""
    nouns = {word.lemma for word in within.words if word.pos == "NOUN"}
    out: dict[str, list[Word]] = {}
    for word in within.words:
        if word.pos == "ADJ" and word.head in nouns:
            out.setdefault(word.head, []).append(word)
    return out


def _as_written(adjective: Word, within: Facts) -> str:
    """An adjective with its noun behind it, as the text has them; alone where the noun stands before it."""
    nouns = (word for word in within.words if word.lemma == adjective.head and word.start > adjective.start)
    return within.text[adjective.start : next(nouns, adjective).end]


def _unlike(one: str, other: str) -> bool:
    return (one, other) in _OPPOSED or (one, other) in _UNLIKE


def _bare(words: str) -> str:
    return " ".join(word for word in words.casefold().split() if word not in _IDLE)


@lru_cache(maxsize=1024)
def one_exchange(one: str, other: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The offsets in both texts of the few words that stand for each other, where all else is alike; else None."""
    left, right = list(_WORD.finditer(one)), list(_WORD.finditer(other))
    first, second = ([match.group().casefold() for match in words] for words in (left, right))
    before = _alike(first, second)
    behind = _alike(first[before:][::-1], second[before:][::-1])
    last, end = len(first) - behind, len(second) - behind
    if not 0 < last - before <= _LONGEST or not 0 < end - before <= _LONGEST or before + behind < _FEWEST_ALIKE:
        return None
    return (left[before].start(), left[last - 1].end()), (right[before].start(), right[end - 1].end())


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words two texts begin with alike."""
    return next((k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
