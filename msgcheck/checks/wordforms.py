"""English words in their inflections: from the base of a word to its forms, without a dictionary.

Regular forms follow the spelling rules of English (the doubled consonant, -y to -ies, the silent -e), the irregular
ones stand in `wordforms.txt`. Where a rule leaves two spellings open ("focused", "focussed") both are
forms: one that is no word does no harm, since no text holds it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

Feature = Literal["base", "s", "ed", "ing", "er"]
"""'s': a plural or third person; 'ed': a past or participle; 'ing'; 'er': comparative or superlative."""

_VOWELS = "aeiou"
_PREFIXES = ("over", "under", "out", "re", "un", "mis", "fore", "with", "up", "off", "on", "in", "pre")
_COMPOUND_ENDS = (
    "man", "woman", "child", "person", "foot", "mouse", "shelf", "half", "life", "knife", "wife", "analysis",
)


@dataclass(frozen=True, slots=True)
class _Words:
    """What `wordforms.txt` lists."""

    verbs: dict[str, tuple[str, ...]]
    nouns: dict[str, str]
    singulars: dict[str, str]
    degrees: dict[str, tuple[str, ...]]
    gradable: frozenset[str]
    no_plural: frozenset[str]
    own_words: frozenset[str]
    function: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    sections: dict[str, list[list[str]]] = {}
    for line in files("msgcheck.checks").joinpath("wordforms.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            current = sections.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            current.append(line.split())
    flat = {name: frozenset(word for row in rows for word in row) for name, rows in sections.items()}
    nouns = {row[0]: row[1] for row in sections["nouns"]}
    return _Words(
        verbs={row[0]: tuple(row[1:]) for row in sections["verbs"]},
        nouns=nouns,
        singulars={plural: one for one, plural in nouns.items() if plural not in ("bases", "axes")},  # base, axe
        degrees={row[0]: tuple(row[1:]) for row in sections["degrees"]},
        gradable=flat["gradable"],
        no_plural=flat["no-plural"],
        own_words=flat["own-words"],
        function=flat["function"],
    )


def has_own_life(form: str) -> bool:
    """Whether a form is a noun or adjective of its own ('building'), and so no sign of the word that it comes from."""
    return form in _words().own_words


def is_function_word(word: str) -> bool:
    return word.casefold() in _words().function


@lru_cache(maxsize=4096)
def forms(word: str) -> dict[str, Feature]:
    """All forms of a lower-case `word` with the feature of each, `word` itself first.

    A plural is taken back to its singular ('patrons' finds 'patron'); other inflected forms stand for themselves, since
    'leading' does not mean 'lead', nor 'best' 'good'. Words of two letters, function words and what is not letters
    alone have one form.
    """
    if len(word) < 3 or not word.isalpha() or not word.isascii() or word in _words().function:
        return {word: "base"}
    base = singular(word)
    out: dict[str, Feature] = {base: "base"}
    for form in _plurals(base):
        out.setdefault(form, "s")
    if not (base.endswith("ing") and len(base) > 5):
        for form in _pasts(base):
            out.setdefault(form, "ed")
        for form in _participles(base):
            out.setdefault(form, "ing")
    for form in _degrees(base):
        out.setdefault(form, "er")
    out.setdefault(word, "base")
    return out


def inflect(word: str, feature: Feature) -> str:
    """`word` (a base, in any case) in the form of `feature`; of several, the usual one. Words with no forms stay."""
    low = word.casefold()
    if "-" in low:
        head, _, tail = word.rpartition("-")
        return f"{head}-{inflect(tail, feature)}"
    if feature == "base" or len(low) < 2 or not low.isalpha():
        return word
    made = {"s": _plurals, "ed": _pasts, "ing": _participles, "er": _degrees}[feature](singular(low))
    if not made:
        return word
    return made[0].capitalize() if word[:1].isupper() else made[0]


def singular(word: str) -> str:
    """The base of a plural noun or a third person in lower case; `word` itself where it is none."""
    if word in _words().singulars:
        return _words().singulars[word]
    for end in _COMPOUND_ENDS:
        plural = _words().nouns[end]
        if word.endswith(plural) and len(word) > len(plural):
            return word[: -len(plural)] + end
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is", "ics")):
        return word
    if word in _words().no_plural:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    if word.endswith("oes") and len(word) > 5:
        return word[:-2]
    return word[:-1]


def _plurals(base: str) -> tuple[str, ...]:
    if base in _words().nouns:
        return tuple(dict.fromkeys((_words().nouns[base], *_regular_s(base))))
    for end in _COMPOUND_ENDS:
        if base.endswith(end) and len(base) > len(end) + 1:
            return (base[: -len(end)] + _words().nouns[end], *_regular_s(base))
    return _regular_s(base)


def _regular_s(base: str) -> tuple[str, ...]:
    if base.endswith(("s", "x", "z", "ch", "sh")):
        return (base + "es",)
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        return (base[:-1] + "ies",)
    if base.endswith("o") and base[-2:-1] not in _VOWELS:
        return (base + "s", base + "es")
    return (base + "s",)


def _pasts(base: str) -> tuple[str, ...]:
    irregular = _irregular(base)
    if irregular:
        return irregular
    if base.endswith("e"):
        return (base + "d",)
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        return (base[:-1] + "ied",)
    return tuple(stem + "ed" for stem in _stems(base))


def _participles(base: str) -> tuple[str, ...]:
    if base.endswith("ie"):
        return (base[:-2] + "ying",)
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) and len(base) > 2:
        return (base[:-1] + "ing",)
    return tuple(stem + "ing" for stem in _stems(base))


def _degrees(base: str) -> tuple[str, ...]:
    if base in _words().degrees:
        return _words().degrees[base]
    if base not in _words().gradable:
        return ()
    if base.endswith("e"):
        return (base + "r", base + "st")
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        return (base[:-1] + "ier", base[:-1] + "iest")
    return tuple(stem + end for stem in _stems(base)[:1] for end in ("er", "est"))


def _irregular(base: str) -> tuple[str, ...]:
    if base in _words().verbs:
        return _words().verbs[base]
    for prefix in _PREFIXES:
        rest = base.removeprefix(prefix)
        if rest != base and rest in _words().verbs and len(rest) > 2:
            return tuple(prefix + form for form in _words().verbs[rest])
    return ()


def _stems(base: str) -> tuple[str, ...]:
    """The stem before -ed and -ing, with its last consonant doubled where that is the spelling or may be."""
    if base.endswith("c") and base[-2:-1] in _VOWELS:
        return (base + "k", base)
    if len(base) < 3 or base[-1] in _VOWELS + "wxyh" or base[-2] not in _VOWELS or base[-3] in _VOWELS:
        return (base,)
    doubled = base + base[-1]
    syllables = len(re.findall(r"[aeiouy]+", base))
    return (doubled,) if syllables == 1 else (base, doubled)
