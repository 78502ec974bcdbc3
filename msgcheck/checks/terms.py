"""Preferred vocabulary: `term`, a word that the guide replaces, one finding an occurrence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from msgcheck.checks.cleared import Cleared, cleared, is_cleared
from msgcheck.checks.names import mentions
from msgcheck.checks.phrases import Hit, Phrase, phrase, spans
from msgcheck.checks.pointing import because, point
from msgcheck.checks.view import WORD_LAYERS, View
from msgcheck.checks.wordforms import inflect, is_function_word, singular
from msgcheck.checks.zones import Span, addresses, cited_titles, in_compound, inside, is_capitals, touches
from msgcheck.guide.model import Term
from msgcheck.model import Approved, Block, Finding
from msgcheck.normalise import normalise


@dataclass(frozen=True, slots=True)
class Avoided:
    """One word to avoid. `held`: it differs from a preferred one only in hyphen or space, `cased`: only in case."""

    term: Term
    phrase: Phrase
    held: bool
    cased: bool


@lru_cache(maxsize=64)
def avoided(terms: tuple[Term, ...]) -> tuple[Avoided, ...]:
    """The words to avoid of all terms, the longest first, so that they win over those inside them."""
    found: list[Avoided] = []
    for term in terms:
        for never in term.never:
            held = any(_bare(use) == _bare(never) for use in term.use)
            cased = held and any(_spaced(use) == _spaced(never) for use in term.use)
            found.append(Avoided(term, phrase(never, held=held, cased=cased), held, cased))
    return tuple(sorted(found, key=lambda one: -len(one.phrase.text)))


def _spaced(words: str) -> str:
    return normalise(words).text.casefold()


def _bare(words: str) -> str:
    return re.sub(r"[ -]", "", _spaced(words))


def check_terms(view: View) -> Iterator[Finding]:
    """Every occurrence of a word to avoid, in the order of the document."""
    words = avoided(view.guide.terms)
    for index, block in view.blocks(WORD_LAYERS):
        found: list[tuple[Hit, Avoided]] = []
        around = _Around(view, block)
        taken: set[int] = set()
        for one in words:
            if not one.term.applies(view.role.kind):
                continue
            for hit in one.phrase.hits(block):
                if taken.isdisjoint(range(hit.start, hit.end)) and not _let_pass(around, one, hit):
                    taken.update(range(hit.start, hit.end))
                    found.append((hit, one))
        for hit, one in sorted(found, key=lambda pair: pair[0].start):
            yield _finding(view, index, block, one, hit)


class _Around:
    """What lets words of one block pass, each found out once and only where there is a hit."""

    def __init__(self, view: View, block: Block) -> None:
        self.view = view
        self.block = block
        self._spans: dict[tuple[str, ...], tuple[Span, ...]] = {}

    def spans(self, texts: tuple[str, ...]) -> tuple[Span, ...]:
        if texts not in self._spans:
            self._spans[texts] = spans(texts, self.block)
        return self._spans[texts]

    @cached_property
    def foreign(self) -> tuple[Span, ...]:
        """Addresses and file names."""
        return addresses(self.block.normal)

    @cached_property
    def cleared(self) -> tuple[Cleared, ...]:
        return cleared(self.view, self.block)

    @cached_property
    def names(self) -> tuple[Span, ...]:
        """The company's own names, written as approved: 'Client Desk' the product."""
        return tuple(
            (mention.start, mention.end) for mention in mentions(self.view, self.block)
            if mention.name.kind == "approved" and mention.right
        )


def _let_pass(around: _Around, one: Avoided, hit: Hit) -> bool:
    start, end, normal = hit.start, hit.end, around.block.normal
    return (
        touches(start, end, around.foreign)
        or inside(start, end, cited_titles(normal))
        or is_cleared(normal, start, end, around.cleared, cased=one.cased)
        or inside(start, end, around.spans(one.term.except_))
        or inside(start, end, around.names)
        or _in_preferred(around, one, hit)
        or (not one.held and in_compound(normal, start, end))
        or (one.cased and _capital_by_place(around.block, one, hit))
    )


def _in_preferred(around: _Around, one: Avoided, hit: Hit) -> bool:
    """Inside a preferred phrase that is longer: 'test plan' within 'restore test plan'."""
    longer = tuple(use for use in one.term.use if len(use) > len(one.phrase.text) and not one.held)
    return any(
        first <= hit.start and hit.end <= last and last - first > hit.end - hit.start
        for first, last in around.spans(longer)
    )


def _capital_by_place(block: Block, one: Avoided, hit: Hit) -> bool:
    """Whether a word that is wrong in its case alone stands where any word has that case: first, or in a title."""
    before = block.normal[:hit.start].rstrip(" \"'(")
    first = not before or before[-1] in ".!?:"
    if first and block.normal[hit.start].isupper() and not is_capitals(one.phrase.text):
        return True
    others = re.findall(r"[^\W\d_]{4,}", block.normal[:hit.start] + block.normal[hit.end:])
    return len(others) > 1 and all(word[0].isupper() for word in others) and block.normal[hit.start].isupper()


def _finding(view: View, index: int, block: Block, one: Avoided, hit: Hit) -> Finding:
    written = block.normal[hit.start:hit.end]
    term = one.term
    preferred = term.use[0] if term.use else None
    choice = " or ".join(f"'{use}'" for use in term.use)
    return point(
        view, index, hit.start, hit.end,
        rule="term",
        message=f"Says '{written}'; the guide asks for {choice}." if preferred
        else f"Says '{written}', which the guide asks to avoid.",
        approved=Approved(
            "terms", preferred or one.phrase.text, wording=preferred, owner=term.owner, reason=term.reason
        ),
        suggestion=_replacement(preferred, one.phrase, hit, written) if preferred else None,
        why=(
            f"The guide replaces '{one.phrase.text}' by {choice}." if preferred
            else f"The guide lists '{one.phrase.text}' as a word to avoid, without a successor.",
            *because(term.reason),
        ),
    )


def _replacement(preferred: str, avoided_phrase: Phrase, hit: Hit, written: str) -> str:
    """The preferred words in the form and the case of the words that they replace."""
    words = preferred.split(" ")
    changed = next(((place, feature) for place, feature in enumerate(hit.features) if feature != "base"), None)
    plurals = words[-1].endswith("s") and avoided_phrase.words[-1].endswith("s")
    if changed is None and plurals and not written.casefold().endswith("s"):
        words[-1] = singular(words[-1])
    if changed is not None:
        place, feature = changed
        verb = feature in ("ed", "ing") or (place == 0 and len(hit.features) > 1) or is_function_word(words[-1])
        target = 0 if verb else len(words) - 1
        if feature in ("ed", "ing") and len(hit.features) == 1 and len(words) > 1 and not is_function_word(words[-1]):
            return _cased(preferred, written, avoided_phrase)    # a noun as a verb: several words have no such form
        if not (feature == "s" and words[target].endswith("s")):
            words[target] = inflect(words[target], feature)
    return _cased(" ".join(words), written, avoided_phrase)


def _cased(text: str, written: str, avoided_phrase: Phrase) -> str:
    if is_capitals(written) and len(written) > 4 and not is_capitals(avoided_phrase.text):
        return text.upper()
    if written[0].isupper() and avoided_phrase.text[0].islower():
        return text[0].upper() + text[1:]
    return text
