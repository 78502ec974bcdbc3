"""What the cells of tables and the values behind labels say: wordings, kinds, policies, phrases, holes."""

from __future__ import annotations

import re

from msgcheck.authoring.phrasing import listed, quotations, unquoted

_NOBODY = frozenset(["all", "everyone", "any", "none", "everybody", "all of them", "everywhere"])
_ENDS = re.compile(r"[.!?][\"”’'»)]?$")
_BULLET = re.compile(r"^\s*(?:[•▪‣◦·*–-]|\d{1,2}[.)])\s+")
_POLICIES = (
    ("warn", r"warn\w*|only|care|carefully|caution|ask|check|sparingly|with approval"),
    ("forbid", r"forbid\w*|never|not|don'?t|cannot|banned|avoid|no"),
    ("allow", r"allow\w*|may|can|fine|ok(?:ay)?|yes"),
)
"""The first that fits: 'only with care, never in headlines' is to be looked at by a person, and no more."""
_POLICY = tuple((policy, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for policy, words in _POLICIES)
_SEVERITIES = (
    ("error", r"error|must|mandatory|strict|always|high|critical|blocker"),
    ("warning", r"warning|should|medium|normal"),
    ("note", r"note|may|could|hint|low|advice|suggestion"),
)
_SEVERITY = tuple((level, re.compile(rf"(?:{words})", re.IGNORECASE)) for level, words in _SEVERITIES)
_EXACT = re.compile(
    r"exact(?:ly)?|verbatim|word for word|fixed|yes|y|x|true|[✓✔✅☑]|(?:these|exact) words(?: and no others)?",
    re.IGNORECASE,
)
_ANY_CASE = re.compile(
    r"(?:any|either|both|free|yes|x|✓|(?:also )?an? ordinary word|also (?:in )?lower ?case)\b", re.IGNORECASE
)
_HOLES = (
    ("{year}", r"[\[<]\s*(?:current |this )?year\s*[\]>]|\b(?:YYYY|20XX|20xx)\b"),
    ("{date}", r"[\[<]\s*(?:[a-z ]* )?(?:date|day)\s*[\]>]|\bDD[./-]MM[./-]YYYY\b"),
    ("{any}", r"\[[A-Za-z][^\[\]]{1,40}\]|<[A-Za-z][^<>]{1,40}>|_{3,}|…{2,}|\.{4,}"),
)
_HOLE = tuple((hole, re.compile(words)) for hole, words in _HOLES)
_SPEAKS_OF_ITSELF = re.compile(r"©|\(c\)|copyright", re.IGNORECASE)
_YEAR = re.compile(r"(?<=[©)] )\d{4}(?:\s?[-–]\s?\d{4})?|(?<=copyright )\d{4}(?:\s?[-–]\s?\d{4})?", re.IGNORECASE)


def wordings_in(cell: str) -> tuple[str, ...]:
    """The wordings of a cell: each quotation where all of it is quoted, else each line, bullet or part between ' / '.

    Tables of PDF files break lines where the column ends. So where a line ends as a sentence does, only sentences' ends
    part wordings; and where none does, a line that goes on in lower case belongs to the one before it.
    """
    quoted = quotations(cell)
    if quoted and not re.sub(r"[\s,;/|]|\bor\b|\band\b", "", _without(cell, quoted)).strip("\"“”„«»'‘’."):
        return quoted
    given = [line.strip() for line in cell.split("\n") if line.strip()]
    sentences = any(_ENDS.search(line) for line in given)
    lines: list[str] = []
    for index, line in enumerate(given):
        text = _BULLET.sub("", line).strip()
        goes_on = not _ENDS.search(given[index - 1]) if sentences else text[:1].islower()
        if lines and goes_on and text == line:
            lines[-1] = f"{lines[-1]} {text}"
        elif text:
            lines.append(text)
    return tuple(dict.fromkeys(unquoted(part) for line in lines for part in line.split(" / ") if part.strip()))


def statements_in(cell: str) -> tuple[str, ...]:
    """As `wordings_in`, but lines are parted at sentences' ends and bullets alone: a broken line is one sentence."""
    bulleted = all(_BULLET.match(line) for line in cell.split("\n") if line.strip())
    if bulleted or any(_ENDS.search(line.strip()) for line in cell.split("\n")):
        return wordings_in(cell)
    return wordings_in(" ".join(cell.split()))


def names_in(cell: str) -> tuple[str, ...]:
    """The names in 'museum directors, heads of finance and …'; () where it says that all are meant."""
    flat = re.sub(r"\s+(?:and|&)\s+", ", ", cell.strip().rstrip("."))
    return tuple(one for one in listed(flat) if one.casefold() not in _NOBODY)


def kinds_in(cell: str) -> tuple[str, ...]:
    """Kinds of collateral, in the singular: ('brochure', 'deck') of 'All brochures and decks'."""
    from msgcheck.checks.wordforms import singular

    found = []
    for one in names_in(cell):
        words = re.sub(r"^(?:(?:all|every|each|our|the|any) )+", "", one.casefold()).split()
        if words:
            found.append(" ".join((*words[:-1], singular(words[-1]))))
    return tuple(dict.fromkeys(found))


def policy_in(cell: str) -> str:
    """'forbid', 'warn' or 'allow', as far as a cell says how a competitor may be named; '' where it does not."""
    return next((policy for policy, pattern in _POLICY if pattern.search(cell.replace("’", "'"))), "")


def severity_in(cell: str) -> str:
    """'error', 'warning' or 'note' of a word such as 'must' or 'should'; '' for any other."""
    return next((level for level, pattern in _SEVERITY if pattern.fullmatch(cell.strip(" ."))), "")


def is_exact(cell: str) -> bool:
    """Whether a cell says that a wording is fixed."""
    return _EXACT.fullmatch(cell.strip(" .")) is not None


def is_any_case(cell: str) -> bool:
    """Whether a cell says that a name may be written in any case."""
    return _ANY_CASE.match(cell.strip()) is not None


def phrase_pattern(phrase: str) -> str:
    """A regular expression that matches exactly this phrase as whole words, whatever its spaces are."""
    body = r" ".join(re.escape(word) for word in phrase.split())
    first = r"\b" if re.match(r"\w", phrase.strip()) else ""
    last = r"\b" if re.search(r"\w$", phrase.strip()) else ""
    return f"{first}{body}{last}"


def holed(text: str) -> str:
    """Boilerplate with its holes: '[year]' and the year of a copyright line, '[date]', '[name of the customer]'."""
    if _SPEAKS_OF_ITSELF.search(text):
        text = _YEAR.sub("{year}", text)
    for hole, pattern in _HOLE:
        text = pattern.sub(hole, text)
    return text


def _without(text: str, pieces: tuple[str, ...]) -> str:
    for piece in pieces:
        text = text.replace(piece, "", 1)
    return text
