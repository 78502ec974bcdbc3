"""Fixed words held against found ones, token by token: how near they are, and which words differ.

The alignment is a longest common subsequence (Wagner and Fischer, 1974) weighted by token: function words count less,
and a hole of the approved words swallows what may stand in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from msgcheck.checks.wording import Token, fills_hole
from msgcheck.model import Change, ChangeKind

_TIME = re.compile(
    r"\d{4}(?:/\d{2,4})?"
    r"|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:minute|hour|day|week|month|quarter|year)s?|hourly|daily|weekly|monthly|quarterly|yearly|annual|annually"
)
_NEGATION = frozenset({"not", "no", "never", "none", "without", "nor", "cannot", "excluding"})
_STRENGTH = frozenset(
    {"may", "might", "can", "could", "will", "would", "must", "shall", "should", "always"}
)


@dataclass(frozen=True, slots=True)
class Alignment:
    """`pairs` of token numbers (approved, found) that are the same, in order; the weights matched and in all."""

    approved: tuple[Token, ...]
    found: tuple[Token, ...]
    pairs: tuple[tuple[int, int], ...]
    swallowed: frozenset[int]            # numbers of found tokens that stand in a hole
    matched: float
    approved_weight: float
    found_weight: float

    @property
    def similarity(self) -> float:
        """Twice what is shared over both weights: 1.0 for the same words, 0.0 for none in common."""
        total = self.approved_weight + self.found_weight
        return 2 * self.matched / total if total else 0.0

    @property
    def recall(self) -> float:
        return self.matched / self.approved_weight if self.approved_weight else 0.0

    @property
    def precision(self) -> float:
        return self.matched / self.found_weight if self.found_weight else 0.0


def same(approved: Token, found: Token) -> bool:
    """Whether two tokens are one word; the number of a footnote may be glued to the found one ('servers2')."""
    if approved.text == found.text:
        return True
    rest = found.text.removeprefix(approved.text)
    sign = rest.lstrip(".,:")
    is_word = approved.text.isalpha() and len(approved.text) > 2
    return is_word and rest != found.text and sign.isdigit() and len(sign) < 3


def shared_weight(approved: tuple[Token, ...], found: tuple[Token, ...]) -> float:
    """The weight of the words in common, in whatever order: never less than an alignment can match."""
    words: dict[str, int] = {}
    for token in found:
        words[token.text] = words.get(token.text, 0) + 1
    total = 0.0
    for token in approved:
        if words.get(token.text, 0) > 0:
            words[token.text] -= 1
            total += token.weight
    return total


def align(approved: tuple[Token, ...], found: tuple[Token, ...]) -> Alignment:
    """The heaviest alignment of two runs of tokens; quadratic in their lengths."""
    rows, columns = len(approved), len(found)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        word = approved[i]
        for j in range(columns - 1, -1, -1):
            value = max(best[i + 1][j], best[i][j + 1])
            if word.hole:
                if fills_hole(word.text, found[j].text):
                    value = max(value, best[i][j + 1] + 0.001)       # a hole gains nothing, yet takes what it may
            elif same(word, found[j]):
                value = max(value, best[i + 1][j + 1] + word.weight)
            best[i][j] = value
    pairs, swallowed = _trace(approved, found, best)
    return Alignment(
        approved,
        found,
        pairs,
        swallowed,
        sum(approved[i].weight for i, _ in pairs),
        sum(token.weight for token in approved),
        sum(token.weight for number, token in enumerate(found) if number not in swallowed),
    )


def _trace(
    approved: tuple[Token, ...], found: tuple[Token, ...], best: list[list[float]]
) -> tuple[tuple[tuple[int, int], ...], frozenset[int]]:
    pairs: list[tuple[int, int]] = []
    swallowed: set[int] = set()
    i = j = 0
    while i < len(approved) and j < len(found):
        word = approved[i]
        if not word.hole and same(word, found[j]) and _near(best[i][j], best[i + 1][j + 1] + word.weight):
            pairs.append((i, j))
            i += 1
            j += 1
        elif word.hole and fills_hole(word.text, found[j].text) and _near(best[i][j], best[i][j + 1] + 0.001):
            swallowed.add(j)
            j += 1
        elif _near(best[i][j], best[i + 1][j]):
            i += 1
        else:
            j += 1
    return tuple(pairs), frozenset(swallowed)


def _near(one: float, other: float) -> bool:
    return abs(one - other) < 1e-9


def edits(alignment: Alignment) -> int:
    """How many words were changed, added or dropped; a stretch that became longer or shorter counts both ways."""
    return sum(left if left == right else left + right for left, right in _gaps(alignment))


def stretches(alignment: Alignment) -> int:
    """In how many places words were changed, added or dropped."""
    return sum(left > 0 or right > 0 for left, right in _gaps(alignment))


def _gaps(alignment: Alignment) -> Iterator[tuple[int, int]]:
    """How many words stand before, between and behind those that are paired, on either side."""
    i = j = 0
    for next_i, next_j in (*alignment.pairs, (len(alignment.approved), len(alignment.found))):
        yield next_i - i, next_j - j
        i, j = next_i + 1, next_j + 1


def changes(alignment: Alignment, approved_text: str, found_text: str) -> tuple[Change, ...]:
    """What differs, in order, as words of both (normalised) texts; a side is '' where words were added or dropped."""
    out: list[Change] = []
    i = j = 0
    for next_i, next_j in (*alignment.pairs, (len(alignment.approved), len(alignment.found))):
        left = [token for token in alignment.approved[i:next_i] if not token.hole]
        right = [alignment.found[at] for at in range(j, next_j) if at not in alignment.swallowed]
        if left or right:
            before, after = _words(left, approved_text), _words(right, found_text)
            out.append(Change(_kind(left, right), before, after))
        i, j = next_i + 1, next_j + 1
    return tuple(out)


def _words(part: list[Token], text: str) -> str:
    return text[part[0].start:part[-1].end] if part else ""


def _kind(left: list[Token], right: list[Token]) -> ChangeKind:
    words = [token.text for token in (*left, *right)]
    if any(word in _NEGATION for word in words):
        return "negation"
    if any(_TIME.fullmatch(word) for word in words):
        return "timeframe"
    if any(word[0].isdigit() for word in words):
        return "number"
    if any(word in _STRENGTH for word in words):
        return "strength"
    return "contradiction"
