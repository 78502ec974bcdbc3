"""Names in messaging documents: how a product is written, its mark, its wrong forms, its earlier names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgcheck.authoring.draft import Drafted, Value
from msgcheck.authoring.phrasing import listed, pair_in, unquoted

_MARK = {"®": "®", "™": "™", "℠": "℠", "(r)": "®", "(tm)": "™", "(sm)": "℠"}
_MARKED = re.compile(r"(?<![\w])([A-Z][\w&-]*(?: (?:[A-Z][\w&-]*|\d+)){0,2})\s?([®™℠]|\((?:R|TM|SM)\))")
_LEGAL = re.compile(
    r"\b(?:Inc|Ltd|Limited|LLC|GmbH|AG|SE|BV|NV|AB|AS|A/S|Oy|SA|SAS|Srl|SpA|Corp|Corporation|plc|Pty)\b\.?"
)
_FORMERLY = re.compile(
    r"\(?\b(?:formerly|previously|was called|used to be|replaces|earlier names?|old names?)"
    r"(?: known as| called)?:?\s+(?P<names>[^.;()]+)\)?",
    re.IGNORECASE,
)
_NEVER = re.compile(
    r"\(?\b(?:never|not|avoid|do not write|don[’']t write|wrong)\s*(?:write|use|as)?\s*:?\s+"
    r"(?P<names>[^.;()]+)\)?",
    re.IGNORECASE,
)
_ALIAS = re.compile(
    r"\(?\b(?:short(?: form| name)?|alias(?:es)?|also(?: written)?|or just|for short)\s*:?\s+"
    r"(?P<names>[^.;()]+)\)?",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(
    r"^(?:the|our) (?:product|company|brand|name|service)(?: name)? (?:is|are)"
    r"(?: called| written| spelled| spelt)?\s+",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"(?P<name>[^,(]+?)\s*[,(]\s*(?:or (?:just |simply )?|short(?: form)?:? )?(?P<alias>[^,()]+?)"
    r"(?: for short)?\)?",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^(?:write|use|say|the name is|always)\s*:?\s+", re.IGNORECASE)


def mark_in(text: str) -> str:
    """The mark that a cell or name carries, '' without one."""
    low = text.casefold()
    if found := next((mark for sign, mark in _MARK.items() if sign in low), ""):
        return found
    return {"registered": "®", "trademark": "™", "tm": "™", "r": "®", "sm": "℠"}.get(low.strip(" ."), "")


def bare(name: str) -> str:
    """A name without marks and quotation marks."""
    return unquoted(re.sub(r"\s?(?:[®™℠]|\((?:R|TM|SM)\))", "", name, flags=re.IGNORECASE).strip(" .,:;–—-"))


def named(name: str, place: str, *, company: bool = False, **keys: Value) -> Drafted:
    """An entry of a product, or of the company where `company` or the name's legal form says so."""
    short = _SHORT.fullmatch(name.strip())
    if short:
        name = short["name"]
        keys["aliases"] = (bare(short["alias"]), *(keys.get("aliases") or ()))
    clean = bare(name)
    section = "company" if company or _LEGAL.search(clean) else "products"
    fields: dict[str, Value] = {"name": clean}
    if mark := mark_in(name):
        fields["mark"] = mark
    fields.update({key: value for key, value in keys.items() if value})
    return Drafted(section, tuple(fields.items()), (place,))


def name_line(text: str, place: str, *, company: bool = False) -> Drafted | None:
    """'PalletFlow® (never Pallet Flow), formerly StackMate' as an entry; None for a text that is no such line."""
    text = _INTRODUCED.sub("", text.strip())
    if (pair := pair_in(text)) and pair.use and _is_name(pair.use):
        entry = named(pair.use, place, company=company, never=tuple(bare(one) for one in pair.never))
        return _with_former(entry, text)
    rest = _LEAD.sub("", text.strip())
    found: dict[str, Value] = {}
    for key, pattern in (("retired", _FORMERLY), ("never", _NEVER), ("aliases", _ALIAS)):
        match = pattern.search(rest)
        if match:
            found[key] = tuple(bare(one) for one in listed(match["names"]) if bare(one))
            rest = (rest[: match.start()] + " ; " + rest[match.end() :]).strip()
    head = re.split(r"\s*(?:;|:|,| [–—-] |\()\s*", rest, maxsplit=1)[0]
    if not _is_name(head) or (not found and not mark_in(head) and len(rest.split()) > len(head.split()) + 1):
        return None
    return named(head, place, company=company, **found)


def marked_names(lines: Iterable[tuple[str, str]]) -> Iterator[Drafted]:
    """Products that carry a mark anywhere in (text, place) lines: seen, not declared."""
    seen: set[str] = set()
    for text, place in lines:
        for match in _MARKED.finditer(text):
            name = re.sub(r"^(?:The|Our|With|New|Use|Write|And|For|In|Why|How|About|Meet) ", "", match[1])
            if name not in seen:
                seen.add(name)
                yield Drafted("products", (("name", name), ("mark", mark_in(match[2]))), (place,), "likely")


def _with_former(entry: Drafted, text: str) -> Drafted:
    match = _FORMERLY.search(text)
    return entry.having("retired", tuple(bare(one) for one in listed(match["names"]))) if match else entry


def _is_name(text: str) -> bool:
    """Whether a text can be a name: one to four words, a capital, figure or mark in it, no sentence."""
    clean = bare(text)
    words = clean.split()
    return 1 <= len(words) <= 4 and any(char.isupper() for char in clean) and not clean.endswith("?")
