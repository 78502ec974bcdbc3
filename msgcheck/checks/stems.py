"""Words as assertions know them: one stem for the forms and derivations of a word, and how little common words tell."""

from __future__ import annotations

_ENDINGS = (
    ("ational", "ate"),
    ("ization", "ize"),
    ("isation", "ise"),
    ("allation", "all"),
    ("ations", ""),
    ("ation", ""),
    ("ments", ""),
    ("ment", ""),
    ("ings", ""),
    ("ing", ""),
    ("ies", "y"),
    ("ions", ""),
    ("ion", ""),
    ("ery", "er"),
    ("ance", ""),
    ("ence", ""),
    ("edly", ""),
    ("ed", ""),
    ("ly", ""),
    ("es", ""),
    ("s", ""),
    ("e", ""),
    ("y", "i"),
)
_SHORTEST = 4
_VOWELS = frozenset("aeiouy")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_COMMON = _words(
    "customer client company business firm team people person user year month week day hour minute time "
    "period date part point number figure thing place case way kind type form unit system service product "
    "offer work use need run last start end keep hold give want help make include new old good full first "
    "next other same own current total average typical available possible free open small large long "
    "short high low room building site office project order contract home question example result value "
    "change plan page world market country "
)
"""General words of business English: shared, they say little about what two passages are about."""

STRUCTURAL = _words(
    "subject term terms value quantity item property figure what result condition measure period "
    "description detail details note data technical specification count number "
)
"""Heads of columns and sections that name the form and not the thing."""


_ADJECTIVES = {
    "width": "wide", "length": "long", "height": "high", "depth": "deep", "weight": "weigh", "breadth": "broad",
    "storage": "store", "strength": "strong", "warmth": "warm",
}
"""Words of tables by those that sentences have for them."""


def stem(lemma: str) -> str:
    """A stem for `lemma` (lower case): 'reading' and 'read', 'installation' and 'install', 'delivery' and 'deliver'."""
    word = lemma.lower().removesuffix("'s")
    word = _ADJECTIVES.get(word, word)
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= _SHORTEST - (
            ending in ("e", "y", "s", "es", "ing", "ings", "ed")
        ):
            if ending == "s" and word.endswith(("ss", "us", "is")):
                continue
            word = word[: len(word) - len(ending)] + instead
            break
    if len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] not in _VOWELS | {"l", "s"}:
        word = word[:-1]  # planning, plan
    return word.removesuffix("e") if len(word) > _SHORTEST else word


_COMMON_STEMS = frozenset(stem(word) for word in _COMMON)


def common(one: str) -> bool:
    """Whether a stem is that of a general word."""
    return one in _COMMON_STEMS
