"""Words that are quoted verbatim: where a document uses taglines and boilerplate, and where it alters them.

An altered use is one that was clearly attempted: most of the approved words in their order, standing as passages of
their own. A sentence that says the same in other words, or shares a phrase, is none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from msgcheck.checks.alignment import Alignment, align, changes, edits, shared_weight, stretches
from msgcheck.checks.cleared import cleared
from msgcheck.checks.view import MEANING_LAYERS, View
from msgcheck.checks.wording import Token, find, sentences, tokens
from msgcheck.guide.model import Boilerplate, Tagline
from msgcheck.guide.statements import statements
from msgcheck.model import Block, Change
from msgcheck.normalise import normalise

ALTERED = 0.76
"""Similarity from which passages are an altered use of a whole boilerplate; of one sentence of it, a little more. Small
print on one subject shares up to 0.7; one or two changed words leave 0.8 and more."""
ALTERED_SENTENCE = 0.78
CUT_PRECISION, CUT_RECALL = 0.85, 0.5
"""A cut use holds half of the words and hardly any other."""
SENTENCE_SHARE = 0.4
"""A sentence stands for its boilerplate when it is at least this part of it; a smaller one only beside another."""
LEAST_WEIGHT = 2.5
"""Matched weight below which nothing is an attempt: less than three words of substance."""
TAGLINE, TAGLINE_WORDS = 0.53, 0.55
"""Similarity, weighted and by plain count of words, from which a passage of its own is an attempt at a tagline."""
TAGLINE_EDITS = 0.4
"""Changed words, as a part of the tagline's, beyond which it is another sentence."""
TAGLINE_EXCHANGED = 0.7
"""Similarity of a passage of its own that exchanges one stretch of the tagline for another, however many words these
are: 'Learn it tonight, fit it next week' for '…, fit it tomorrow'."""
TAGLINE_INSIDE = 0.78
"""Similarity for words inside a longer sentence, which must begin and end as the tagline does, with one change."""

_RUNS_ON = re.compile(r",? (?P<more>[a-z][^.!?;|·•]*[^\s.!?;|·•])")    # 'All rights reserved' + 'except for partners'
_SEPARATORS = re.compile(r"\s*[|·•‖]\s*")


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a tagline or boilerplate at `normal[start:end]` of a block.

    `changes` says what differs where it is not `exact`; `approved` is the wording, or the sentences of it, that belong
    there, holes as written. `whole` is the span of all that was meant as the use, untouched words beside the altered
    ones included; an untouched sentence of altered boilerplate may also be a use of its own, and `exact`.
    """

    section: str
    id: str
    block: int
    start: int
    end: int
    exact: bool
    changes: tuple[Change, ...] = ()
    similarity: float = 1.0
    approved: str = ""
    around: tuple[int, int] | None = None

    @property
    def whole(self) -> tuple[int, int]:
        return self.around or (self.start, self.end)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A stretch of a block that stands alone: a passage, or a part of one between separators (| · •)."""

    found: tuple[Token, ...]


Units = dict[int, list[_Unit]]
"""The units of every block that is read, by its index."""


def verbatim_uses(view: View) -> tuple[Use, ...]:
    """Every use of a tagline or boilerplate in body, running lines and notes, exact ones first."""
    return view.verbatim


def find_uses(view: View) -> Iterator[Use]:
    """`verbatim_uses`, computed; ask `view.verbatim`, which remembers them."""
    boilerplate = tuple(entry for entry in view.guide.boilerplate if entry.applies(view.role.kind))
    taglines = tuple(entry for entry in view.guide.taglines if entry.applies(view.role.kind))
    exact = [
        use
        for section, wordings in (
            ("boilerplate", {wording: entry.id for entry in boilerplate for wording in entry.wordings}),
            ("taglines", {tagline.text: tagline.id for tagline in taglines}),
        )
        for use in _exact(view, section, wordings)
    ]
    yield from exact
    taken = {(use.block, position) for use in exact for position in range(use.start, use.end)}
    fixed = {part for entry in boilerplate for text in entry.wordings for part in (text, *sentences(text))}
    for index, block in view.blocks(MEANING_LAYERS):     # approved statements are no attempts at anything else
        spans = [one for one in cleared(view, block) if one.wording not in fixed]
        taken.update((index, at) for one in spans for at in range(one.start, one.end))
    units = {index: _units(view, index, block) for index, block in view.blocks(MEANING_LAYERS)}
    altered = sorted(_altered(view, boilerplate, exact, units, taken), key=lambda use: -use.similarity)
    for use in altered:
        positions = {(use.block, position) for position in range(use.start, use.end)}
        if not positions & taken:
            taken |= positions
            yield use
    for use in sorted(_misquoted(view, taglines, units, taken), key=lambda use: -use.similarity):
        positions = {(use.block, position) for position in range(use.start, use.end)}
        if not positions & taken:
            taken |= positions
            yield use


# -- exact ------------------------------------------------------------------------------------------------------------


def _exact(view: View, section: str, wordings: dict[str, str]) -> Iterator[Use]:
    """Verbatim uses of `wordings` (with their ids), one a block that they touch: boilerplate may go on over several."""
    for layer in MEANING_LAYERS:
        stream = [
            (index, token) for index, block in view.blocks(MEANING_LAYERS) if block.layer == layer
            for token in tokens(block.normal)
        ]
        for wording, first, last in find(wordings, tuple(token for _, token in stream)):
            for index in dict.fromkeys(index for index, _ in stream[first:last]):
                inside = [token for at, token in stream[first:last] if at == index]
                start, end = inside[0].start, inside[-1].end
                normal = view.document.blocks[index].normal
                more = _RUNS_ON.match(normal, end) if section == "boilerplate" else None
                differs = (Change("condition", "", more["more"]),) if more else ()
                end = more.end() if more else end
                yield Use(section, wordings[wording], index, start, end, not more, differs, approved=wording)


# -- altered boilerplate ----------------------------------------------------------------------------------------------


def _altered(
    view: View, entries: tuple[Boilerplate, ...], exact: list[Use], units: Units, taken: set[tuple[int, int]]
) -> Iterator[Use]:
    whole = {use.id for use in exact if use.section == "boilerplate"}
    for entry in entries:
        attempts = _supported(view, entry, [
            use for index in units for use in _attempts(view, index, units[index], entry, taken)
        ])
        complete = entry.id in whole or _all_sentences(attempts, entry)
        for use in attempts:
            beside = any(not other.exact and abs(other.block - use.block) < 3 for other in attempts)
            yield use if not use.exact or complete or beside else _cut(use, entry, attempts)


def _supported(view: View, entry: Boilerplate, attempts: list[Use]) -> list[Use]:
    """`attempts` without the small parts that no larger one stands near."""
    least = SENTENCE_SHARE * min(_weight(tokens(normalise(wording).text)) for wording in entry.wordings)

    def is_large(use: Use) -> bool:
        start, end = use.whole
        return _weight(tokens(view.document.blocks[use.block].normal[start:end])) >= least

    large = [use.block for use in attempts if is_large(use)]
    return [use for use in attempts if is_large(use) or any(abs(use.block - near) < 3 for near in large)]


def _all_sentences(attempts: list[Use], entry: Boilerplate) -> bool:
    """Whether exact sentences of one wording add up to all of it, wherever they stand."""
    said = {sentence for use in attempts if use.exact for sentence in sentences(use.approved)}
    return any(set(sentences(wording)) <= said for wording in entry.wordings)


def _cut(use: Use, entry: Boilerplate, attempts: list[Use]) -> Use:
    """Sentences as approved, without the others that belong to them."""
    said = {sentence for other in attempts for sentence in sentences(other.approved)}
    wording = next(text for text in entry.wordings if set(sentences(use.approved)) <= set(sentences(text)))
    dropped = " ".join(sentence for sentence in sentences(wording) if sentence not in said)
    share = _weight(tokens(use.approved)) / _weight(tokens(normalise(wording).text))
    return Use(use.section, use.id, use.block, use.start, use.end, False,
               (Change("contradiction", dropped, ""),), 2 * share / (1 + share), wording)


def _attempts(
    view: View, index: int, all_units: list[_Unit], entry: Boilerplate, taken: set[tuple[int, int]]
) -> Iterator[Use]:
    """The attempts at one boilerplate in one block, the best first, apart from one another."""
    block = view.document.blocks[index]
    units = [unit for unit in all_units if not any((index, token.start) in taken for token in unit.found)]
    candidates: list[tuple[float, int, int, Use]] = []
    for wording in entry.wordings:
        whole = tokens(normalise(wording).text)
        if shared_weight(whole, tokens(block.normal)) < LEAST_WEIGHT:
            continue
        pieces = sentences(wording)
        longest = max(len(pieces), wording.count(".")) + 1
        for begin in range(len(units)):
            for end in range(begin + 1, min(begin + longest, len(units)) + 1):
                attempt = _attempt(view, index, block, entry, wording, units[begin:end])
                if attempt is not None:
                    candidates.append((attempt[0], begin, end, attempt[1]))
    used: set[int] = set()
    for _, begin, end, use in sorted(candidates, key=lambda one: (-one[0], one[1] - one[2])):
        if not used & set(range(begin, end)):
            used |= set(range(begin, end))
            yield use


def _attempt(
    view: View, index: int, block: Block, entry: Boilerplate, wording: str, units: list[_Unit]
) -> tuple[float, Use] | None:
    """The units as a use of the boilerplate, and how much of it they hold: what they share, less what they add."""
    whole = tokens(normalise(wording).text)
    found = _without_sign(tuple(token for unit in units for token in unit.found), whole, block.normal)
    if shared_weight(whole, found) < max(LEAST_WEIGHT, 0.3 * _weight(found)):
        return None
    alignment = align(whole, found)
    pieces = sentences(wording)
    best, text = alignment, normalise(wording).text
    if len(pieces) > 1 and len(units) < len(pieces) + 1:
        for piece in pieces:
            one = align(tokens(piece), found)
            if one.similarity > best.similarity and one.similarity >= ALTERED_SENTENCE:
                best, text = one, piece
    cut = alignment.precision >= CUT_PRECISION and alignment.recall >= CUT_RECALL
    if best.matched < LEAST_WEIGHT or not (best.similarity >= ALTERED or cut):
        return None
    if best is alignment and alignment.similarity < ALTERED and not cut:
        return None
    if _is_something_else(view, found, best.similarity):
        return None
    differs = changes(best, text, block.normal)
    start, end = _altered_span(best, units) if differs else (found[0].start, found[-1].end)
    return best.matched - (best.found_weight - best.matched) / 2, Use(
        "boilerplate", entry.id, index, start, end, not differs, differs, best.similarity,
        _belonging(best, text, start, end) if differs else text, (found[0].start, found[-1].end),
    )


def _without_sign(found: tuple[Token, ...], approved: tuple[Token, ...], normal: str) -> tuple[Token, ...]:
    """`found` without the number of a footnote before it: '1)', '[1]', or '1' alone before approved words."""
    first = found[0]
    if len(found) < 2 or not (first.text.isdigit() and len(first.text) < 3) or approved[0].text == first.text:
        return found
    signed = normal[first.end:first.end + 1] in (")", "]", ".") or normal[found[1].start].isupper()
    return found[1:] if signed else found


def _altered_span(alignment: Alignment, units: list[_Unit]) -> tuple[int, int]:
    """The units that hold words which differ; all of them where words were only dropped."""
    matched = {alignment.found[j].start for _, j in alignment.pairs} | {
        alignment.found[j].start for j in alignment.swallowed
    }
    altered = [unit for unit in units if any(token.start not in matched for token in unit.found)]
    dropped_inside = any(
        left + 1 < right and below + 1 == above
        for (left, below), (right, above) in zip(alignment.pairs, alignment.pairs[1:], strict=False)
    )
    chosen = units if dropped_inside or not altered else altered
    return chosen[0].found[0].start, chosen[-1].found[-1].end


def _belonging(alignment: Alignment, text: str, start: int, end: int) -> str:
    """The sentences of the approved text that belong where `start`..`end` stands."""
    touched = [alignment.approved[i] for i, j in alignment.pairs if start <= alignment.found[j].start < end]
    if not touched:
        return text
    begin, kept = 0, []
    for sentence in sentences(text):
        at = text.index(sentence, begin)
        begin = at + len(sentence)
        if touched[0].start < begin and at <= touched[-1].start:
            kept.append(sentence)
    return " ".join(kept) or text


def _is_something_else(view: View, found: tuple[Token, ...], similarity: float) -> bool:
    """Whether an approved statement is at least as near."""
    return any(
        shared_weight(other, found) >= 0.5 * _weight(found) and align(other, found).similarity >= similarity
        for other in _statement_tokens(tuple(s.wording for s in statements(view.guide)))
    )


@lru_cache(maxsize=16)
def _statement_tokens(wordings: tuple[str, ...]) -> tuple[tuple[Token, ...], ...]:
    return tuple(tokens(normalise(wording).text) for wording in wordings)


def _units(view: View, index: int, block: Block) -> list[_Unit]:
    starts = normalise(block.text).starts
    found = tokens(block.normal)
    cuts = {0, *(starts[match.end()] for match in _SEPARATORS.finditer(block.normal))}
    cuts |= {passage.start for passage in view.by_block.get(index, ())}
    ordered = sorted(cuts)
    groups: dict[int, list[Token]] = {}
    for token in found:
        groups.setdefault(bisect_right(ordered, starts[token.start]), []).append(token)
    return [_Unit(tuple(group)) for group in groups.values()]


def _weight(found: tuple[Token, ...]) -> float:
    return sum(token.weight for token in found)


# -- misquoted taglines -----------------------------------------------------------------------------------------------


def _misquoted(
    view: View, entries: tuple[Tagline, ...], units: Units, taken: set[tuple[int, int]]
) -> Iterator[Use]:
    for index in units:
        for entry in entries:
            for unit in _joined(units[index], len(sentences(entry.text))):
                if any((index, token.start) in taken for token in unit.found):
                    continue
                use = _misquote(view, index, view.document.blocks[index], entry, unit)
                if use is not None:
                    yield use


def _joined(units: list[_Unit], count: int) -> Iterator[_Unit]:
    """The units, and every run of `count` of them as one: a tagline may be of several sentences."""
    yield from units
    if count > 1:
        for begin in range(len(units) - count + 1):
            yield _Unit(tuple(token for unit in units[begin:begin + count] for token in unit.found))


def _misquote(view: View, index: int, block: Block, entry: Tagline, unit: _Unit) -> Use | None:
    """The nearest stretch of a unit to a tagline, where it is near enough to be an attempt."""
    text = normalise(entry.text).text
    approved = tokens(text)
    if len(approved) < 2 or shared_weight(approved, unit.found) < TAGLINE * _weight(approved) - 0.5:
        return None
    best: tuple[Alignment, bool] | None = None
    for begin in range(len(unit.found)):
        for end in range(begin + max(2, len(approved) - 2), min(begin + len(approved) + 2, len(unit.found)) + 1):
            found = unit.found[begin:end]
            alone = _stands_alone(block.normal, unit, begin, end)
            if not alone and (len(approved) < 4 or found[0].text != approved[0].text):
                continue
            alignment = align(approved, found)
            if not _attempted(alignment, alone):
                continue
            if best is None or (alone, alignment.similarity) > (best[1], best[0].similarity):
                best = (alignment, alone)
    if best is None or _is_something_else(view, best[0].found, best[0].similarity):
        return None
    found = best[0].found
    return Use("taglines", entry.id, index, found[0].start, found[-1].end, False,
               changes(best[0], text, block.normal), best[0].similarity, text)


def _attempted(alignment: Alignment, alone: bool) -> bool:
    plain = len(alignment.pairs) / max(len(alignment.approved), len(alignment.found))
    substance = sum(alignment.approved[i].weight == 1.0 for i, _ in alignment.pairs)
    if alone and substance > 2 and stretches(alignment) == 1 and alignment.similarity >= TAGLINE_EXCHANGED:
        return True
    if not substance or edits(alignment) > max(1, int(TAGLINE_EDITS * len(alignment.approved))):
        return False
    if alone:
        return alignment.similarity >= TAGLINE and plain >= TAGLINE_WORDS
    framed = bool(alignment.pairs) and alignment.pairs[0] == (0, 0) and alignment.pairs[-1] == (
        len(alignment.approved) - 1, len(alignment.found) - 1
    )
    return framed and edits(alignment) == 1 and alignment.similarity >= TAGLINE_INSIDE and substance > 1


def _stands_alone(normal: str, unit: _Unit, begin: int, end: int) -> bool:
    """Whether a stretch is set apart as a quotation is: the whole unit, in quotation marks, after a colon."""
    start, stop = unit.found[begin].start, unit.found[end - 1].end
    left = begin == 0 or re.search(r"[\":–|·•.!?]\s*['(]?$", normal[max(0, start - 4):start]) is not None
    after = normal[stop:stop + 4]
    right = end == len(unit.found) or re.match(r"[.!?]?\s*[\"–|·•]|[.!?]", after) is not None
    return left and right
