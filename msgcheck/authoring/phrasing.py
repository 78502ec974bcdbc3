"""Pieces of a sentence in a messaging document: what is quoted, its source, until when, and say-this-not-that."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

_QUOTED = re.compile(r'"([^"]{2,400})"|“([^”]{2,400})”|„([^“”]{2,400})[“”]|«\s?([^»]{2,400}?)\s?»')
_SINGLE = re.compile(r"(?<!\w)['‘]([^'‘’]{2,120})['’](?!\w)")
_ITEM = r"(?:\"[^\"]+\"|“[^”]+”|'[^']+'|‘[^’]+’|[\w®™℠&./-]+(?: [\w®™℠&./-]+){0,3})"
_LIST = rf"{_ITEM}(?:(?:, (?:or |nor |and )?| (?:or|nor|and) |/){_ITEM})*"
_SOURCE = re.compile(
    r"\s*[(\[]\s*(?:source|evidence|proof|ref(?:erence)?|see)\s*:?\s+([^)\]]{3,200})[)\]]\.?"
    r"|\s*(?:^|(?<=[.;!?]))\s*(?:source|evidence|proof)\s*:\s*([^.;]{3,200}(?:\.\d[^.;]*)*)[.;]?",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"\b(?:expires?(?: on)?|valid (?:until|to|through)|until|use until|good until)\s*:?\s+"
    r"(\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{1,2} \w+ \d{4}|\w+ \d{1,2}, \d{4})",
    re.IGNORECASE,
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_PAIRS = (
    re.compile(
        rf"\b(?:say|use|write|prefer|we say)\s+(?P<use>{_ITEM})\s*(?:,|;|—|–|-|\()?\s*(?:and\s+|but\s+)?"
        rf"(?:never|not|instead of|rather than|in place of|over)\s+(?P<never>{_LIST})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:do not|don[’']t|never)\s+(?:say|use|write)\s+(?P<never>{_LIST})\s*[,;:.—–-]?\s*"
        rf"(?:but\s+|instead\s+)?(?:say|use|write|it is|it's|but)\s+(?P<use>{_ITEM})",
        re.IGNORECASE,
    ),
    re.compile(rf"\binstead of\s+(?P<never>{_LIST})\s*,?\s*(?:say|use|write|we say)\s+(?P<use>{_ITEM})", re.IGNORECASE),
    re.compile(rf"^(?P<never>{_LIST})\s*(?:→|->|⇒|=>)\s*(?P<use>{_ITEM})\.?$"),
    re.compile(rf"^(?P<use>{_ITEM})\s*,\s*(?:not|never)\s+(?P<never>{_LIST})\.?$", re.IGNORECASE),
    re.compile(
        rf"^(?P<use>{_ITEM})\s*[(\[]\s*(?:not|never|avoid)\s*:?\s+(?P<never>{_LIST})\s*[)\]]\.?$", re.IGNORECASE
    ),
)
_AVOID = re.compile(
    rf"^(?:avoid|never (?:say|use|write)|do not (?:say|use|write)|don[’']t (?:say|use|write))\s*:?\s+"
    rf"(?:the (?:words?|terms?)\s+)?(?P<never>{_LIST})\.?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Say `use` (None: nothing instead), not `never`."""

    use: str | None
    never: tuple[str, ...]


def quotations(text: str) -> tuple[str, ...]:
    """What stands in quotation marks, in order; single quotes count only where there are no double ones."""
    found = [next(group for group in match.groups() if group) for match in _QUOTED.finditer(text)]
    return tuple(one.strip() for one in found) or tuple(match[1].strip() for match in _SINGLE.finditer(text))


def unquoted(text: str) -> str:
    """`text` without quotation marks around the whole of it."""
    flat = text.strip()
    for first, last in (('"', '"'), ("“", "”"), ("„", "“"), ("„", "”"), ("«", "»"), ("'", "'"), ("‘", "’")):
        if len(flat) > 2 and flat.startswith(first) and flat.rstrip(".").endswith(last):
            inner = flat[1:].rstrip(".").removesuffix(last)
            if first not in inner and last not in inner.replace("'", "" if last == "'" else "'"):
                return inner.strip()
    return flat


def listed(text: str) -> tuple[str, ...]:
    """The items of 'a, b or c', of lines, or of a cell with slashes or semicolons; quotation marks taken off."""
    quoted = quotations(text) if re.fullmatch(r"[\s,;/]*(?:[\"“„«'‘].*)", text.strip(), re.DOTALL) else ()
    if quoted:
        return tuple(dict.fromkeys(quoted))
    parts = re.split(r"\n|;|,(?!\d)| / |/(?=\w{3})|\s+(?:or|nor)\s+", text)
    items = (unquoted(re.sub(r"^(?:and|or|nor)\s+", "", part.strip(" \t.•·-–"))) for part in parts)
    return tuple(dict.fromkeys(item for item in items if item))


def pair_in(text: str) -> Pair | None:
    """'Say X, not Y', 'instead of Y, use X', 'Y → X', 'avoid Y'; None where a text says nothing of the kind."""
    flat = text.strip().rstrip(".")
    for pattern in _PAIRS:
        if match := pattern.search(flat):
            never = tuple(one for one in listed(match["never"]) if one)
            use = unquoted(match["use"])
            if never and use and use not in never:
                return Pair(use, never)
    if match := _AVOID.match(flat):
        return Pair(None, listed(match["never"]))
    return None


def without_source(text: str) -> tuple[str, str]:
    """`text` without a '(Source: …)' in it, and that source, or ''."""
    match = _SOURCE.search(text)
    if not match:
        return text.strip(), ""
    source = (match[1] or match[2]).strip()
    return (text[: match.start()] + text[match.end() :]).strip(), source


def without_expiry(text: str) -> tuple[str, str]:
    """`text` without '(valid until …)', and that day as 2026-12-31, or ''."""
    match = _UNTIL.search(text)
    day = date_in(match[1]) if match else ""
    if not match or not day:
        return text.strip(), ""
    start, end = match.span()
    if text[:start].rstrip().endswith(("(", "[")) and text[end:].lstrip().startswith((")", "]")):
        start, end = len(text[:start].rstrip()) - 1, len(text) - len(text[end:].lstrip()) + 1
    return " ".join((text[:start].rstrip(" ,;(") + " " + text[end:]).split()).strip(), day


def date_in(text: str) -> str:
    """The first day in `text` as 2026-12-31, '' where there is none or it is ambiguous (03/04/2026)."""
    flat = text.strip()
    if match := re.search(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b", flat):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := re.search(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b", flat):
        return _day(int(match[3]), int(match[2]), int(match[1]))
    if match := re.search(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b", flat):
        first, second = int(match[1]), int(match[2])
        if first > 12:
            return _day(int(match[3]), second, first)
        return _day(int(match[3]), first, second) if second > 12 or first == second else ""
    if match := re.search(r"\b(\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3})[a-z]*\.? (\d{4})\b", flat):
        return _day(int(match[3]), _MONTHS.get(match[2].casefold(), 0), int(match[1]))
    if match := re.search(r"\b([A-Za-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b", flat):
        return _day(int(match[3]), _MONTHS.get(match[1].casefold(), 0), int(match[2]))
    return ""


def _day(year: int, month: int, day: int) -> str:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return ""
