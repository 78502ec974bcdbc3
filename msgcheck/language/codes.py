"""Identifiers that hold digits but are no quantities: "ISO 27001", "AES-256", "R290", "Model 60"."""

from __future__ import annotations

import re

_CODE = re.compile(
    r"\b(?:[A-Z]{2,}[A-Z/]*[- ]?\d[\w.:/-]*|[A-Z]\d{1,4}\b|[A-Z][a-z]+[A-Z]?\w* \d{1,4}(?![\d%,.:]|\s?(?:%|percent|per cent|minutes|hours|days|weeks|months|years))\b|\b[A-Z]{2,}-\d[\w-]*)"
)
_UNITLESS_CODE_WORDS = frozenset(
    {
        "In",
        "On",
        "At",
        "By",
        "To",
        "Up",
        "Over",
        "About",
        "From",
        "Within",
        "Under",
        "Only",
        "Some",
        "Nearly",
        "Since",
        "Until",
        "After",
        "Before",
        "Around",
        "All",
        "Every",
        "The",
        "Our",
        "Your",
        "With",
        "Of",
        "And",
        "Than",
        "More",
        "Less",
        "Fewer",
        "Page",
        "Room",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Just",
        "Almost",
        "Roughly",
        "Most",
        "Between",
        "Save",
        "Cut",
        "Cuts",
        "Saves",
        "Gain",
        "Gains",
    }
)


def codes(text: str) -> tuple[tuple[str, int, int], ...]:
    """Identifiers that hold digits but are no quantities: 'ISO 27001', 'AES-256', 'R290', 'Model 60'; with offsets."""
    return tuple((text[s:e], s, e) for s, e in code_spans(text))


def code_spans(text: str) -> tuple[tuple[int, int], ...]:
    spans = []
    for match in _CODE.finditer(text):
        words = match.group().split()
        if len(words) > 1 and words[0] in _UNITLESS_CODE_WORDS:
            continue
        if re.fullmatch(r"[A-Z][a-z]+ (?:19|20)\d\d", match.group()):
            continue
        spans.append((match.start(), match.start() + len(match.group().rstrip(".,:;-/"))))
    return tuple(spans)
