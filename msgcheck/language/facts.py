"""Everything of a sentence that is compared exactly: figures, dates, identifiers, names, small words; and its content
words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from msgcheck.language.codes import code_spans, codes
from msgcheck.language.cues import Cue, cues
from msgcheck.language.moments import Moment, moments
from msgcheck.language.quantities import Quantity, quantities

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CONTENT = frozenset({"NOUN", "VERB", "ADJ", "ADV", "PROPN", "NUM"})
_LIGHT_WORDS = """
    be have do get make take give go come put keep let say see use thing way bring set one two also very just even
    still only more most less least much many well then there here when where how why all every each any some no not
    never always can will may must
"""
_LIGHT = frozenset(_LIGHT_WORDS.split())
_GENERIC_NAMES = frozenset({"ltd", "inc", "gmbh", "plc", "bv", "ag"})


@dataclass(frozen=True, slots=True)
class Word:
    """A content word: lemma in lower case, universal part of speech, lemma of its syntactic head, offsets.

    `modal` says how firmly a verb is asserted ('' plainly, 'can', 'will', 'should', 'must', 'help', 'always');
    `amount` how much of a noun is meant ('' unsaid, 'all', 'most', 'some', 'only', 'no'). `said` is the word as
    written, from the one that says either on: "every single building".
    """

    lemma: str
    pos: str
    head: str
    start: int
    end: int
    text: str
    modal: str = ""
    amount: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name or identifier, as written, with offsets; `code` when it holds digits."""

    text: str
    key: str
    start: int
    end: int
    code: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    text: str
    quantities: tuple[Quantity, ...]
    moments: tuple[Moment, ...]
    names: tuple[Name, ...]
    cues: tuple[Cue, ...]
    words: tuple[Word, ...]
    question: bool
    negated: frozenset[str]  # lemmas of the words that stand in the scope of a negation
    products: tuple[Name, ...] = ()  # the known things that are named, their ids as keys

    def of(self, kind: str) -> tuple[Cue, ...]:
        return tuple(c for c in self.cues if c.kind == kind)


@dataclass(frozen=True, slots=True)
class _Known:
    """The names that are no content to compare: their words, where they stand, and the products that some name."""

    words: frozenset[str]
    pattern: re.Pattern[str] | None
    products: Mapping[str, str]

    def spans(self, text: str) -> list[tuple[int, int]]:
        return [match.span() for match in self.pattern.finditer(text)] if self.pattern else []


@lru_cache(maxsize=8)
def _known(names: tuple[str, ...], products: tuple[tuple[str, str], ...]) -> _Known:
    listed = sorted({*names, *(name for name, _ in products)}, key=lambda name: (-len(name), name))
    pattern = rf"(?<!\w)(?:{'|'.join(map(re.escape, listed))})(?!\w)" if listed else ""
    return _Known(
        frozenset(part for name in names for part in name.casefold().split()),
        re.compile(pattern, re.I) if pattern else None,
        {name.casefold(): product for name, product in products},
    )


def facts(
    texts: Sequence[str], known_names: Iterable[str] = (), products: Iterable[tuple[str, str]] = ()
) -> list[Facts]:
    """The facts of each normalised text; `known_names` (company, products) are no content to compare. `products` are
    names with the thing that each is a name of.
    """
    from msgcheck.language.nlp import parse

    known = _known(tuple(known_names), tuple(products))
    return [_facts(text, doc, known) for text, doc in zip(texts, parse(texts), strict=True)]


def _facts(text: str, doc: Doc, known: _Known) -> Facts:
    spans = code_spans(text)
    found_moments = tuple(m for m in moments(text) if not any(s < m.end and m.start < e for s, e in spans))
    measured = quantities(text)
    found_moments = tuple(m for m in found_moments if not _measures(m, measured))
    found_quantities = tuple(
        q for q in measured if not any(m.start < q.number[1] and q.number[0] < m.end for m in found_moments)
    )
    names = _names(text, doc, known.words)
    own = known.spans(text)
    taken = [*own, *((q.start, q.end) for q in found_quantities), *((m.start, m.end) for m in found_moments)]
    words = tuple(
        _word(token)
        for token in doc
        if token.pos_ in _CONTENT
        and token.lemma_.lower() not in _LIGHT
        and not token.is_punct
        and token.text[0].isalnum()
        and not (token.text.casefold().removesuffix("'s") in known.words and _names_us(token))
        and not any(s <= token.idx < e for s, e in taken)
    )
    negated = frozenset(
        child.lemma_.lower()
        for token in doc
        if token.dep_ == "neg"
        or token.lower_ in ("no", "without", "never", "nobody", "nothing", "none", "cannot", "not")
        for child in (token.head, *token.children)
        if child.pos_ in _CONTENT
    )
    return Facts(
        text, found_quantities, found_moments, names, cues(text), words, text.rstrip("\"') ").endswith("?"), negated,
        tuple(
            Name(text[s:e], product, s, e) for s, e in own if (product := known.products.get(text[s:e].casefold()))
        ),
    )


def _measures(moment: Moment, measured: Iterable[Quantity]) -> bool:
    """Whether what looks like a year is the figure of a quantity: "2000 kg"."""
    year = moment.kind in ("date", "since", "until") and moment.text.isdigit()
    return year and any(
        q.dimension != "count" and q.number[0] <= moment.start and moment.end <= q.number[1] for q in measured
    )


def _names_us(token: Token) -> bool:
    """Whether a word of a known name stands for it: "Brightwater", "the academy", not "the academy gate"."""
    if token.text[0].isupper():
        return True
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return (
        token.i > 0 and token.doc[token.i - 1].lower_ in ("the", "our")
        and (following is None or following.pos_ not in ("NOUN", "PROPN"))
    )


_FAR = 6  # tokens that may stand between a word and the one that says how much or how firmly


def _word(token: Token) -> Word:
    modal, amount, cue = "", "", None
    if token.pos_ == "VERB":
        modal, cue = _modal(token)
    elif token.pos_ in ("NOUN", "PROPN"):
        amount, cue = _amount(token)
    near = cue is not None and 0 < token.i - cue.i <= _FAR
    start, end = token.idx, token.idx + len(token)
    said = token.doc.text[cue.idx if cue is not None and near else start : end]
    lemma, head = token.lemma_.lower(), token.head.lemma_.lower()
    return Word(lemma, token.pos_, head, start, end, token.text, modal, amount, said)


_MODALS = {
    "can": "can",
    "may": "can",
    "might": "can",
    "could": "can",
    "ca": "can",
    "able": "can",
    "will": "will",
    "'ll": "will",
    "shall": "will",
    "wo": "will",
    "should": "should",
    "would": "should",
    "ought": "should",
    "must": "must",
}
_RAISING = {
    "help": "help",
    "aim": "help",
    "try": "help",
    "seek": "help",
    "hope": "help",
    "plan": "help",
    "intend": "help",
    "expect": "help",
    "tend": "help",
    "have": "must",
    "need": "must",
    "require": "must",
    "guarantee": "always",
    "ensure": "always",
    "promise": "always",
    "able": "can",
    "allow": "can",
    "let": "can",
    "design": "help",
}
_ADVERBS = {
    "always": "always",
    "invariably": "always",
    "certainly": "always",
    "definitely": "always",
    "usually": "often",
    "typically": "often",
    "often": "often",
    "generally": "often",
    "normally": "often",
    "sometimes": "often",
    "never": "never",
}
_AMOUNTS = {
    "all": "all",
    "every": "all",
    "each": "all",
    "any": "all",
    "both": "all",
    "whole": "all",
    "entire": "all",
    "most": "most",
    "majority": "most",
    "bulk": "most",
    "some": "some",
    "several": "some",
    "many": "some",
    "few": "some",
    "certain": "some",
    "selected": "some",
    "part": "some",
    "half": "some",
    "qualifying": "some",
    "eligible": "some",
    "no": "no",
    "neither": "no",
    "none": "no",
    "without": "no",
    "only": "only",
}


_MOST = frozenset(word for word, amount in _AMOUNTS.items() if amount == "most")


def _modal(verb: Token) -> tuple[str, Token | None]:
    """How firmly `verb` is asserted, and by which word: its auxiliary, an adverb of frequency, or the verb that it
    hangs on.
    """
    for child in verb.children:
        if child.dep_ in ("aux", "auxpass") and child.lower_ in _MODALS:
            return _MODALS[child.lower_], child
        if child.dep_ == "advmod" and child.lower_ in _ADVERBS:
            return _ADVERBS[child.lower_], child
    if verb.dep_ in ("xcomp", "ccomp", "conj") and verb.head is not verb:
        if verb.dep_ == "conj":
            return _modal(verb.head) if verb.head.pos_ == "VERB" else ("", None)
        if any(child.lower_ == "no" for part in verb.head.children for child in part.children):
            return "", None              # "needs no tool to set up"
        if verb.head.lemma_.lower() in _RAISING:
            return _RAISING[verb.head.lemma_.lower()], verb.head
        if verb.head.pos_ in ("VERB", "AUX"):
            return _modal(verb.head)
    return "", None


def _amount(noun: Token) -> tuple[str, Token | None]:
    """How much of `noun` is meant, and by which word: its determiner or adjective, "most of the …", "no …",
    "without …".
    """
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ in _MOST:
        return "most", noun.head.head    # "the bulk of all plants"
    for child in noun.children:
        if child.dep_ in ("det", "amod", "predet", "advmod", "nummod") and child.lower_ in _AMOUNTS:
            if softened := [g for g in child.children if g.lower_ in ("nearly", "almost", "not")]:
                return "most", softened[0]
            if child.lower_ == "any" and _denied(noun):
                return "no", child
            return _AMOUNTS[child.lower_], child
    if noun.dep_ == "pobj":
        if noun.head.lower_ == "without":
            return "no", noun.head
        if noun.head.lower_ == "of" and noun.head.head.lower_ in _AMOUNTS:
            return _AMOUNTS[noun.head.head.lower_], noun.head.head
    return "", None


def _denied(noun: Token) -> bool:
    """Whether "any" before a noun means none: "without any charge", "not any other"."""
    left = noun.doc[max(0, noun.i - 5) : noun.i]
    return any(token.lower_ in ("without", "not", "never", "nor", "n't", "cannot") for token in left)


def _names(text: str, doc: Doc, known: frozenset[str]) -> tuple[Name, ...]:
    found = [Name(t, _key(t), s, e, True) for t, s, e in codes(text)]
    run: list[Token] = []

    def close() -> None:
        if not run:
            return
        start, end = run[0].idx, run[-1].idx + len(run[-1])
        words = text[start:end]
        key = _key(words)
        if (
            key
            and not all(w in known or w in _GENERIC_NAMES for w in key.split())
            and not any(n.start < end and start < n.end for n in found)
        ):
            found.append(Name(words, key, start, end))
        run.clear()

    for token in doc:
        capital = token.text[:1].isupper()
        inner = token.i > 0 and not doc[token.i - 1].is_punct
        if (
            capital
            and not token.is_stop
            and (token.pos_ == "PROPN" or (inner and token.pos_ in ("NOUN", "ADJ") and len(token.text) > 1))
        ):
            run.append(token)
        else:
            close()
    close()
    return tuple(sorted(found, key=lambda n: n.start))


def _key(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").replace("'s", "").split())
