"""A verb that both sides have, denied on one of them by the word before it: "can transfer a place", "cannot transfer a
place".

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
_NOT = re.compile(
    r"(?:\b(?:cannot|never|no longer|nor|"
    r"(?:can|could|do|does|did|will|would|is|are|was|were|has|have|had|may|must|need) not)|"
    r"n't)\s(?:(?:be|been|being|have|yet|ever|\w+ly)\s)*$", re.I
)
_TAKEN_BACK = re.compile(
    r"\b(?:until|unless|before|without|except|other than|more|less|fewer|later|longer|further|higher|lower|beyond|over|"
    r"only|just|merely|even|if|when|once|where|after|any|alone|again|anything|nothing|nobody|none|no)\b", re.I
)
"""What turns a denial into something else: a bound, an exception, a second denial."""
_DENIALS = re.compile(r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot)\b|n't\b", re.I)
_OTHERWISE = re.compile(
    r"\b(?:fails?|refus\w+|prevents?|stops?|avoid\w*|except\w*|exclud\w+|exempt|unless|until|before|only|instead|rather|"
    r"less|fewer)\b", re.I
)
"""What denies in other words, or leaves something out."""


def denied_verbs(approved: Facts, found: Facts, left: Leftover) -> Iterator[Row]:
    """The row of the first verb of which one side says the contrary of the other."""
    if approved.question or found.question or left.kept < _KEPT or left.known < _KNOWN:
        return
    if any(q.dimension == "ratio" for q in (*approved.quantities, *found.quantities)):
        return                           # "98% work", "2% do not work"
    for word in found.words:
        twin = _twin(word, approved)
        if twin is None:
            continue
        mine, theirs = _denial(twin, approved), _denial(word, found)
        if bool(mine) == bool(theirs):
            continue
        denying, plain = (approved.text, found.text) if mine else (found.text, approved.text)
        if len(_DENIALS.findall(denying)) == 1 and not _DENIALS.search(plain) and not _OTHERWISE.search(plain):
            yield Row("negation", "denial", mine or twin.text, theirs or word.text, "differs", 0.95)
            return


def _twin(word: Word, within: Facts) -> Word | None:
    if word.pos != "VERB":
        return None
    twins = [one for one in within.words if one.pos == "VERB" and one.lemma == word.lemma]
    return twins[0] if len(twins) == 1 else None


def _denial(word: Word, within: Facts) -> str:
    """The words that deny a verb, up to it; '' where nothing does."""
    match = _NOT.search(within.text, max(0, word.start - 40), word.start)
    if match is None:
        return ""
    clause = re.split(r"[,.;:!?]", within.text[match.start() :], maxsplit=1)[0]
    return "" if _TAKEN_BACK.search(clause) else within.text[match.start() : word.end]
