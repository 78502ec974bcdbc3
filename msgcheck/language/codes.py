"""Identifiers that hold digits but are no quantities: "ISO 27001", "AES-256", "R290", "Model 60"."""

from __future__ import annotations

import re

from msgcheck.language.units import CURRENCIES, UNITS

_CODE = re.compile(
    r"\b(?:[A-Z]{2,}[A-Z/]*[- ]?\d[\w.:/-]*|[A-Z]\d{1,4}\b|[A-Z][a-z]+[A-Z]?\w* \d{1,4}(?![\d%:]|[.,]\d|\s?(?:%|percent|per cent|minutes|hours|days|weeks|months|years))\b|\b[A-Z]{2,}-\d[\w-]*|"
    r"\b[a-z][A-Z][A-Za-z]+ \d{1,3}\b|"
    r"\b(?:[Vv]ersion|[Cc]lass|[Ll]evel|[Tt]ier|[Zz]one|[Cc]ategory|[Gg]rade|[Ss]eries|[Gg]eneration|[Mm]odel|Type|Edition) "
    r"(?:[A-Z]?\d{1,3}(?:\.\d{1,3})*|[IVX]{1,4})\b)"
)
_ATTRIBUTE = re.compile(r"(?:-[a-z]{3,})+$")          # "IP68-certified"
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


_VERB = re.compile(r"[A-Z][a-z]+s \d+$")
_NOUN = re.compile(r"\s?([a-z°][\w/]*)")
_BEGUN = re.compile(r"(?:^|[.!?:;–]\s)\W*$")


def _verb_and_figure(match: re.Match[str], text: str) -> bool:
    """Whether a sentence begins with a verb and what it counts: "Holds 40 litres", "Serves 12 people"."""
    behind = _NOUN.match(text, match.end())
    if behind is None or not _BEGUN.search(text[: match.start()]) or re.match(r"(?:Series|Class)\b", match.group()):
        return False
    return behind[1] in UNITS or ((behind[1].endswith("s") or behind[1] == "people") and bool(_VERB.match(match.group())))


def codes(text: str) -> tuple[tuple[str, int, int], ...]:
    """Identifiers that hold digits but are no quantities: 'ISO 27001', 'AES-256', 'R290', 'Model 60'; with offsets."""
    return tuple((text[s:e], s, e) for s, e in code_spans(text))


def code_spans(text: str) -> tuple[tuple[int, int], ...]:
    spans = []
    for match in _CODE.finditer(text):
        words = match.group().split()
        if len(words) > 1 and (words[0] in _UNITLESS_CODE_WORDS or words[0].casefold() in CURRENCIES):
            continue
        if re.fullmatch(r"[A-Z][a-z]+ (?:19|20)\d\d", match.group()) or _verb_and_figure(match, text):
            continue
        code = _ATTRIBUTE.sub("", match.group().rstrip(".,:;-/"))
        spans.append((match.start(), match.start() + len(code)))
    return tuple(spans)
