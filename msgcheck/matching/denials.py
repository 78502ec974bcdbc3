"""A verb or a thing that both sides have, denied on one of them: "can transfer a place" and "cannot transfer a place",
"you need no kitchen" and "you need a kitchen".

Sure where the other words of the side that denies stand on the other side too, and nothing behind the verb takes the
denial back ("cannot be changed without your consent").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgcheck.language.facts import Facts, Word
from msgcheck.matching.leftover import Leftover
from msgcheck.matching.rows import Row

_KNOWN, _KEPT = 0.8, 0.5                 # shares of the words of each side that the other has
_RETOLD = 0.4                            # the same of the approved ones, where a thing is denied
_NOT = re.compile(
    r"(?:\b(?:cannot|never|no longer|nor|"
    r"(?:can|could|do|does|did|will|would|is|are|was|were|has|have|had|may|must|need) not)|"
    r"n't)\s(?:(?:be|been|being|have|yet|ever|\w+ly)\s)*$", re.I
)
_CAN = re.compile(r"\bcan (?!not\b)(?:be )?(\w{2,})", re.I)
_CANNOT = re.compile(r"\b(?:cannot|can not|can't) (?:be )?(\w{2,})", re.I)
_INCLUDED = re.compile(r" (?:(?:is|are|all) )?(?:included|as well\b|too\b)", re.I)
_INCLUDING = re.compile(r"\b(?:including|includes?|also)(?: (?:the|a|an|all|any|your|our))?(?: \w+)? $", re.I)
_TAKEN_BACK = re.compile(
    r"\b(?:until|unless|before|without|except|other than|more|less|fewer|later|longer|further|higher|lower|beyond|over|"
    r"only|just|merely|even|if|when|once|where|after|any|alone|again|anything|nothing|nobody|none|no)\b", re.I
)
"""What turns a denial into something else: a bound, an exception, a second denial."""
_DENIALS = re.compile(r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot|zero|nil)\b|n't\b", re.I)
_OTHERWISE = re.compile(
    r"\b(?:fails?|refus\w+|prevents?|stops?|avoid\w*|except\w*|exclud\w+|exempt|unless|until|before|only|instead|rather|"
    r"less|fewer)\b", re.I
)
"""What denies in other words, or leaves something out."""


def denials(approved: Facts, found: Facts, left: Leftover) -> Iterator[Row]:
    """The rows of what one side denies and the other says."""
    if approved.question or found.question:
        return
    if any(q.dimension == "ratio" for q in (*approved.quantities, *found.quantities)):
        return                           # "98% work", "2% do not work"
    yield from _verbs(approved, found, left)
    yield from _things(approved, found, left)


def _verbs(approved: Facts, found: Facts, left: Leftover) -> Iterator[Row]:
    """The row of the first verb of which one side says the contrary of the other."""
    if left.kept < _KEPT or left.known < _KNOWN:
        return
    for word in found.words:
        twin = _twin(word, approved)
        if twin is None:
            continue
        mine, theirs = _denial(twin.start, twin.end, approved), _denial(word.start, word.end, found)
        if bool(mine) != bool(theirs) and _of_one_alone(approved, found, bool(mine)):
            yield Row("negation", "denial", mine or twin.text, theirs or word.text, "differs", 0.95)
            return
    for able, unable, turned in ((approved, found, False), (found, approved, True)):
        can = {match[1].casefold(): match for match in _CAN.finditer(able.text)}
        for match in _CANNOT.finditer(unable.text):
            verb = match[1].casefold()
            if verb in can and _denial(match.start(1), match.end(1), unable) and _of_one_alone(approved, found, turned):
                words = can[verb].group(), match.group()
                yield Row("negation", "denial", *(words[::-1] if turned else words), "differs", 0.95)
                return


def _things(approved: Facts, found: Facts, left: Leftover) -> Iterator[Row]:
    """What one side needs, holds or has, and the other does not: the same noun of the same verb, told as fully."""
    if left.kept < _RETOLD:
        return
    for mine, other, turned in ((approved, found, False), (found, approved, True)):
        for word in mine.words:
            if word.amount != "no" or word.pos != "NOUN":
                continue
            twin = _counterpart(word, other)
            if twin is None or twin.amount:
                continue
            said = {one.lemma for one in other.words}
            of_it = {one.lemma for one in mine.words if word.start - len(word.said) < one.start < word.start}
            if of_it <= said and _of_one_alone(approved, found, not turned):
                words = word.said, twin.said
                yield Row("negation", "denied thing", *(words[::-1] if turned else words), "differs", 0.95)
                return


def _counterpart(word: Word, within: Facts) -> Word | None:
    """The thing that is denied, where another text has it: of the same verb, or included where the denial leaves it
    out.
    """
    twins = (one for one in within.words if one.lemma == word.lemma and one.pos == "NOUN")
    if word.said.casefold().startswith("without "):
        return next((one for one in twins if _included(one, within.text)), None)
    return next((one for one in twins if one.head == word.head != word.lemma), None)


def _included(word: Word, text: str) -> bool:
    behind, before = text[word.end :], text[: word.start]
    return bool(_INCLUDED.match(behind) or _INCLUDING.search(before))


def _of_one_alone(approved: Facts, found: Facts, by_approved: bool) -> bool:
    """Whether the side that denies does it once, and the other not at all."""
    denying, plain = (approved.text, found.text) if by_approved else (found.text, approved.text)
    return len(_DENIALS.findall(denying)) == 1 and not _DENIALS.search(plain) and not _OTHERWISE.search(plain)


def _twin(word: Word, within: Facts) -> Word | None:
    if word.pos != "VERB":
        return None
    twins = [one for one in within.words if one.pos == "VERB" and one.lemma == word.lemma]
    return twins[0] if len(twins) == 1 else None


def _denial(start: int, end: int, within: Facts) -> str:
    """The words that deny the verb at `start`, up to its end; '' where nothing does."""
    match = _NOT.search(within.text, max(0, start - 40), start)
    if match is None:
        return ""
    clause = re.split(r"[,.;:!?]", within.text[match.start() :], maxsplit=1)[0]
    return "" if _TAKEN_BACK.search(clause) else within.text[match.start() : end]
