"""Where a careful reader ends a sentence.

Punctuation decides: `.`, `!`, `?` and `…` end a sentence when a new one visibly begins after them. What a full stop
may be besides (an abbreviation, an initial, a numeral's point) is told by closed classes of English abbreviations;
only where one of them may end a sentence as well ("… at 5 p.m. Customers …") the parser is asked.
"""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TITLES = _words("Mr Mrs Ms Messrs Dr Prof Rev Hon Gen Col Capt Lt Sgt Gov Sen Pres St Mt Ft")
"""Abbreviations before a name; in small letters they are something else ("5 ms", "10 ft")."""

_GO_ON = _words("e.g eg i.e ie cf vs v viz ca circa approx appr al resp incl excl")
"""Abbreviations that need what comes after them."""

_BEFORE_NUMBERS = _words(
    "no nos nr fig figs tab tabs sec secs sect art arts ch chap vol vols p pp par para eq ref refs ed eds app annex "
    "cl ex pt item ver v rev est max min avg tel ext"
)
"""Abbreviations that go on before a numeral or a single letter, and are words or ends otherwise ("No. We do not.")."""

_MAY_END = _words(
    "inc ltd corp co cos bros plc llc llp bv nv sa ag gmbh pty jr sr etc a.m p.m am pm dept div govt univ assn mfg "
    "intl natl min max avg est hr hrs wk wks mo mos yr yrs sq cu oz lb lbs ft gal tel ext jan feb mar apr jun jul "
    "aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun ave blvd rd bldg ph.d b.sc m.sc"
)
"""Abbreviations at which a sentence may end or go on."""

_STARTERS = _words(
    "a an the this that these those it its he she they we you i our your their his her my there here who what when "
    "where why how which if in on at by for from with without within after before during since until while because "
    "although as and but or so yet nor all every each any some no not both most many more only even then thus "
    "however also is are was were do does did has have can will would could should may might must let to of"
)
"""Function words: closed classes, so that one with a capital after an abbreviation begins a sentence."""

_END = re.compile(
    r"(?<![.!?…])[.!?…]++"                                 # what ends a sentence; whole, or leader dots never end
    r"[\"'”’)\]»]*"                                        # what closes around it
    r"(?:(?<=[^\W\d_]{3}[.!?])\d{1,2}|[¹²³⁰-⁹*†‡§]+)?"     # the figure of a footnote
    r"(?=\s)"
)
_WORD_BEFORE = re.compile(r"(?:[^\W\d_](?:[.][^\W\d_])*|[^\W_])+(?=[.]$)")
_OPENERS = "\"'“‘([«¿¡"
_NUMBERING = re.compile(
    r"(?:(?:table|figure|fig[.]|chart|exhibit|box|step|chapter|section|part|appendix|annex|note|photo|slide|phase|rule|tip)\s+)?"
    r"[(]?(?:\d{1,3}(?:[.]\d{1,3})*|[a-z]|[ivx]{1,4})[.)]+$",
    re.IGNORECASE,
)
_NOTICE = re.compile(r"[\"'(]?(?:©|\(c\)|copyright\b)", re.IGNORECASE)
_RESERVED = re.compile(r"(?:some |all |no )?(?:other )?rights\b", re.IGNORECASE)




def boundaries(text: str) -> list[tuple[int, int, bool]]:
    """Where sentences of a normalised `text` may end: (end of the one, start of the next, whether it is certain)."""
    found: list[tuple[int, int, bool]] = []
    begin = 0
    for match in _END.finditer(text):
        after = _next(text, match.end())
        if after >= len(text):
            break
        verdict = _ends(text, begin, match, after)
        if verdict is False:
            continue
        found.append((match.end(), after, verdict is True))
        if verdict is True:
            begin = after
    return found


def _next(text: str, index: int) -> int:
    while index < len(text) and text[index].isspace():
        index += 1
    return index


def _ends(text: str, begin: int, match: re.Match[str], after: int) -> bool | None:
    """Whether a sentence ends with `match` and the next begins at `after`; None where the parser has to be asked."""
    rest = text[after:].lstrip(_OPENERS)
    if not rest:
        return False
    word = re.match(r"[^\W_]+(?:['’-][^\W_]+)*", rest)
    closed = any(mark in "\"”»" for mark in match.group())
    if closed and text[after] in "–—-":                    # "… it works." – Ann Dahl, buyer
        return True
    if word is None:
        return False
    begins = word.group()
    if begins[0].islower() and not re.search(r"[A-Z]", begins):
        return False
    if _inside(text, begin, match.end(), after):
        return False
    before = text[begin : match.end()]
    if _NUMBERING.match(before.strip()) is not None and match.group() in (".", ".)", ")"):
        return False
    if _NOTICE.match(text[begin:]) and _RESERVED.match(text[after:]):
        return False
    if not match.group().startswith(".") or match.group().startswith(".."):
        return True
    if match.group() != ".":
        return True
    return _after_stop(before, begins)


def _after_stop(before: str, begins: str) -> bool | None:
    """Whether a full stop at the end of `before`, with the word `begins` after it, ends a sentence."""
    found = _WORD_BEFORE.search(before)
    if found is None:
        return True
    word = found.group()
    low = word.lower()
    if low in _BEFORE_NUMBERS and (begins[0].isdigit() or (len(begins) == 1 and begins not in "AI")):
        return False
    starts = begins.lower() in _STARTERS and begins[0].isupper()
    if word in _TITLES:
        return False
    if low in _GO_ON:
        return low == "al" and starts                      # "… by Berg et al. The others …"
    if low in _MAY_END or re.fullmatch(r"[^\W\d_](?:[.][^\W\d_])+", word):
        return True if starts else None
    if len(word) == 1 and word.isupper():                  # an initial, or a thing called B
        return True if starts and word != "I" else None
    return True


def _inside(text: str, begin: int, end: int, after: int) -> bool:
    """Whether `text[begin:end]` stops within brackets, or a quotation, that an unfinished sentence holds."""
    head = text[begin:end]
    if head.count("(") > head.count(")") and not head.lstrip("\"'").startswith("(") and ")" in text[after:]:
        return True
    if head.count('"') % 2 == 1 and not head.startswith('"'):
        close = text.find('"', after)
        if close >= 0:
            follows = text[close + 1 :].lstrip()
            return bool(follows) and (follows[0].islower() or follows[0] in ",;")
    return False
