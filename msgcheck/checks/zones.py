"""Stretches of a text that are not the writer's own prose: addresses, file names, titles of others' works, capitals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from msgcheck.checks.wordforms import is_function_word
from msgcheck.model import Block

Span = tuple[int, int]

_TOP = (
    "com|org|net|info|biz|edu|gov|int|mil|app|dev|tech|cloud|shop|store|online|site|health|energy|bank|agency|company|"
    "software|systems|solutions|services|group|global|world|example|test|local|invalid|[a-z]{2}"
)
_FILES = (
    "pdf|docx?|pptx?|xlsx?|odt|odp|html?|md|txt|csv|ya?ml|json|xml|png|jpe?g|svg|gif|webp|mp4|mov|zip|tar|gz|exe|msi|"
    "dmg|py|js|ts|css|sh|ini|cfg|toml|log|sql"
)
_ADDRESS = re.compile(
    rf"""
      (?<![\w+.-])[a-z][a-z0-9+.-]{{0,30}}://\S+                  # any address with a scheme
    | \bwww\.\S+
    | (?<![\w.+%-])[\w.+%-]{{1,64}}@[\w-]+(?:\.[\w-]+)+           # e-mail
    | (?<![\w@])[@\#][a-z_]\w+                                    # handles and hashtags
    | (?<![\w.-])(?:[\w-]{{2,}}\.)+(?:{_TOP})(?![\w-])(?:/[^\s"<>]*)?   # bare host, with a path
    | (?<![\w.-])(?-i:[a-z0-9-]{{2,}}(?:\.[a-z0-9-]{{2,}})+)(?!\w)   # lower case with dots and no space: a host as well
    | (?<![\w./\\-])[\w./\\-]{{0,200}}[\w-]\.(?:{_FILES})(?![\w])            # file names and paths that end in one
    | (?<!\w)(?:[a-z]:\\|~?/)[\w.-]+(?:[/\\][\w.-]+)+             # paths
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Every repetition begins where a run of its characters begins, or is bounded: no text makes it slow."""
_TITLE = re.compile(r'"(?P<title>[^"]{3,200})"')
_NUMBERED_SOURCE = re.compile(
    r"""\s*[,(]\s*(?:in\s+)?(?:[A-Z][\w&.'-]*|the\s+same|ibid)\b[^!?"\n]{0,80}?
        \b(?:issue|vol(?:ume)?|no|nr|pp?|pages?|edition|ed)\b\.?\s*\d""",
    re.VERBOSE,
)
_HYPHEN_BEFORE = re.compile(r"\w-\Z")
_HYPHEN_AFTER = re.compile(r"-(?:\w|,? (?:and|or|to)\b)")
_DATED_SOURCE = re.compile(r"""\s*[,(]\s*(?:in\s+)?[A-Z][^!?"\n]{0,80}?\b(?:19|20)\d\d\b""")


@lru_cache(maxsize=4096)
def addresses(normal: str) -> tuple[Span, ...]:
    """URLs, e-mail addresses, handles, hashtags, host and file names in a normalised text."""
    return tuple(match.span() for match in _ADDRESS.finditer(normal))


@lru_cache(maxsize=4096)
def cited_titles(normal: str) -> tuple[Span, ...]:
    """Titles of published works: words in quotation marks that are followed by where they appeared.

    A source with an issue, volume, edition or page ("…", Name, issue 40) makes any quotation a title; one with a
    year alone ("…", Name, 2024) only where the quotation is written as a title is, since a speaker may be named that
    way too.
    """
    found: list[Span] = []
    for match in _TITLE.finditer(normal):
        end = match.end()
        dated = _DATED_SOURCE.match(normal, end) is not None and _in_title_case(match["title"])
        if dated or _NUMBERED_SOURCE.match(normal, end):
            found.append(match.span("title"))
    return tuple(found)


def _in_title_case(text: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_]+", text) if not is_function_word(word)]
    return len(words) > 1 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


@lru_cache(maxsize=1024)
def is_capitals(text: str) -> bool:
    """Whether a text with at least two letters is set in capitals throughout."""
    return text.upper() == text and sum(char.isalpha() for char in text) > 1


def in_capitals(block: Block, start: int, end: int) -> bool:
    """Whether `block.text[start:end]` stands in capitals because all around it does: the block, its cell, its line.

    A line counts when it holds more than those words themselves; a table cell or a block may be just them.
    """
    if is_capitals(block.text):
        return True
    offset = 0
    for cell in block.cells:
        if offset <= start and end <= offset + len(cell):
            return is_capitals(cell)
        offset += len(cell) + 1
    first = block.text.rfind("\n", 0, start) + 1
    last = block.text.find("\n", end)
    line = block.text[first:last if last >= 0 else len(block.text)]
    return is_capitals(line) and len(line.strip()) > end - start and "\n" in block.text


def in_compound(normal: str, start: int, end: int) -> bool:
    """Whether `normal[start:end]` is part of a longer word with hyphens: 'user' in 'user-friendly', 'non-user', 'user-
    and group-based'.
    """
    return bool(_HYPHEN_BEFORE.search(normal, max(0, start - 2), start) or _HYPHEN_AFTER.match(normal, end))


def inside(start: int, end: int, spans: Iterable[Span]) -> bool:
    """Whether one of `spans` holds the whole of start..end."""
    return any(first <= start and end <= last for first, last in spans)


def touches(start: int, end: int, spans: Iterable[Span]) -> bool:
    """Whether start..end shares a character with one of `spans`."""
    return any(first < end and start < last for first, last in spans)
