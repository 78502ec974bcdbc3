"""What is left of two texts when the words that stand in both are crossed out."""

from __future__ import annotations

from dataclasses import dataclass

from msgcheck.language.facts import Facts, Word

_STEM, _STEM_SHARE = 4, 0.75             # letters, and share of the shorter word, with which two forms of one begin


@dataclass(frozen=True, slots=True)
class Leftover:
    """The content words of each side without a twin, in order; `kept` of the approved words and `known` of the found
    ones is the share with a twin, 1.0 where there are none.
    """

    approved: tuple[Word, ...]
    found: tuple[Word, ...]
    kept: float
    known: float

    @property
    def nearly_verbatim(self) -> bool:
        """Nearly all that one side says in content words the other says in the same ones, in any order."""
        return self.kept >= 0.8 and self.known >= 0.8


def leftover(approved: Facts, found: Facts) -> Leftover:
    """Twins share the lemma, or else most of their first letters ("deliver", "delivery"); each word has one twin."""
    left, right = list(approved.words), list(found.words)
    by_lemma: dict[str, list[Word]] = {}
    for word in right:
        by_lemma.setdefault(word.lemma, []).append(word)
    lost = []
    for word in left:
        twins = by_lemma.get(word.lemma)
        if twins:
            right.remove(twins.pop())
        else:
            lost.append(word)
    stems: dict[str, list[Word]] = {}
    for word in right:
        stems.setdefault(word.lemma[:_STEM], []).append(word)
    out = []
    for word in lost:
        alike = stems.get(word.lemma[:_STEM], ())
        twin = next((other for other in alike if other in right and _one_stem(word.lemma, other.lemma)), None)
        if twin is None:
            out.append(word)
        else:
            right.remove(twin)
    return Leftover(
        tuple(out),
        tuple(right),
        1 - len(out) / len(left) if left else 1.0,
        1 - len(right) / len(found.words) if found.words else 1.0,
    )


def _one_stem(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    if shorter < _STEM or one[:_STEM] != other[:_STEM]:
        return False
    alike = _STEM
    while alike < shorter and one[alike] == other[alike]:
        alike += 1
    return alike >= _STEM_SHARE * shorter
