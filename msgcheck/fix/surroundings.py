"""What the words around a correction say against it: an article, a word said twice, a compound."""

from __future__ import annotations

import re

from msgcheck.checks.wordforms import is_function_word
from msgcheck.checks.zones import in_compound
from msgcheck.model import Finding

_ARTICLE = "The 'a' or 'an' before it has to change as well."
_TWICE = "A word would stand there twice in a row."
_COMPOUND = "It makes one expression with a word beside it, which the replacement may not fit."

_WORD = re.compile(r"[^\W_]+")
_BETWEEN = r"(?:[®™℠]|\((?:R|TM|SM)\))?[\s\-‐‑]+"
_NEXT = re.compile(rf"{_BETWEEN}([^\W_]+)")
_LAST = re.compile(rf"([^\W_]+){_BETWEEN}\Z")
_AROUND = 300
"""How much of a block is parsed on each side of the words."""


def objection(finding: Finding) -> str | None:
    """Why the suggestion of a finding that quotes its block cannot simply be put in the place of its words."""
    if _changes_the_article(finding):
        return _ARTICLE
    if _repeats(finding):
        return _TWICE
    return _COMPOUND if finding.rule == "term" and _in_compound(finding) else None


def _changes_the_article(finding: Finding) -> bool:
    """Whether 'a' or 'an' stands before words that are to begin with the other kind of sound."""
    before = (finding.block or "")[: finding.start].split()
    if not before or before[-1].casefold() not in ("a", "an") or not finding.text or not finding.suggestion:
        return False
    return (finding.text[0].casefold() in "aeiou") != (finding.suggestion[0].casefold() in "aeiou")


def _repeats(finding: Finding) -> bool:
    """Whether the suggestion begins with the word before it or ends with the one after it, and the text did not."""
    new, old = (_WORD.findall((words or "").casefold()) for words in (finding.suggestion, finding.text))
    block = (finding.block or "").casefold()
    before, after = _LAST.search(block, 0, finding.start or 0), _NEXT.match(block, finding.end or 0)
    return bool(new and old) and bool(
        (before and before[1] == new[0] != old[0]) or (after and after[1] == new[-1] != old[-1])
    )


def _in_compound(finding: Finding) -> bool:
    """Whether the words are part of a longer expression: 'wifi-enabled', where several words are to take their place,
    or with a noun beside them ('power users', 'user interface') unless it is a name. Another spelling fits anywhere.
    """
    text, suggestion = finding.text or "", finding.suggestion or ""
    flat = re.sub(r"[‐‑]", "-", re.sub(r"\s", " ", finding.block or ""))
    start, end = finding.start or 0, finding.end or 0
    if in_compound(flat, start, end):
        return " " in suggestion
    if _letters(text) == _letters(suggestion):
        return False
    before, after = re.search(r"([^\W\d_]+) \Z", flat[:start]), re.match(r" ([^\W\d_]+)", flat[end:])
    if all(beside is None or is_function_word(beside[1]) for beside in (before, after)):
        return False
    first = max(0, start - _AROUND)
    return _beside_a_noun(flat[first : end + _AROUND], start - first, end - first)


def _beside_a_noun(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` and a noun outside it are one compound."""
    from msgcheck.language.nlp import parse

    (doc,) = parse([text])
    own = {token.i for token in doc if token.idx < end and start < token.idx + len(token)}
    named = text[start:end].islower()                      # in a title every word looks like a name
    return any(
        token.dep_ == "compound"
        and token.is_alpha                                 # and no mark of a name
        and (token.i in own) != (token.head.i in own)
        and not (named and token.i not in own and token.tag_ in ("NNP", "NNPS"))
        for token in doc
    )


def _letters(words: str) -> str:
    return "".join(_WORD.findall(words.casefold()))
