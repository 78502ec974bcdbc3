"""What stands around a figure and turns it into a bound, a rough figure or a statistic: "up to", "or more", "on
average".
"""

from __future__ import annotations

import re
from typing import Literal

Comparator = Literal["=", "<=", "<", ">=", ">", "~"]
Statistic = Literal["", "average", "median", "maximum", "minimum", "typical", "best"]
"""'best' is the better end of what happens ("at best"), whether that is the larger or the smaller figure."""

_BEFORE: tuple[tuple[str, Comparator], ...] = (
    # longest first wins; read right before the number, small words between allowed
    (r"(?:no|not|nor) (?:more|longer|louder|later|greater|higher|slower|heavier|older|further|larger|bigger) than", "<="),
    (
        r"(?:doesn't|does not|don't|do not|won't|will not|never|not|cannot|without) (?:\w+ ){0,2}(?:exceed(?:ing)?|go(?:ing)? over|go(?:ing)? above|rise above|past|top|beyond|more than|over|longer than|above)",
        "<=",
    ),
    (r"never (?:\w+ ){0,2}(?:under|below|less than|fewer than)", ">="),
    (r"(?:no|not|nor) (?:less|fewer|sooner|earlier|lower|smaller|shorter) than", ">="),
    (r"(?:as )?(?:quickly|soon|close) as", "<="),
    (r"(?:as )?(?:little|few|low) as", "~"),               # the least that happens, and all that is needed
    (r"(?:as )?(?:much|many|high|long|far|fast) as|as \w+ as", "<="),
    (r"(?:a )?(?:maximum|max\.?|limit|ceiling|cap|peak) (?:of )?", "<="),
    (r"(?:a )?(?:minimum|min\.|floor) (?:of )?", ">="),
    (r"(?:capped|limited) at", "<="),
    (r"at (?:the )?(?:very )?most", "<="),
    (r"at or (?:below|under)", "<="),
    (r"anything (?:up )?to", "<="),
    (r"at or (?:above|over)", ">="),
    (r"at (?:the )?(?:very )?least", ">="),
    (r"up to(?: and including)?", "<="),
    (r"≤", "<="),
    (r"≥", ">="),
    (r"<", "<"),
    (r">", ">"),
    (r"in (?:under|less than|fewer than)", "<"),
    (r"(?:less|fewer|shorter|smaller|lower|lighter|quicker|faster|sooner) than", "<"),
    (r"not even|hardly|barely|short of|inside of", "<"),
    (r"within|inside|(?:by )?no later than|not later than|(?:until|by) at (?:the )?latest", "<="),
    (r"(?:under|below|beneath|sub)", "<"),
    (
        r"(?:more|greater|longer|larger|bigger|higher|better|later|heavier|older|further) than|over|above|beyond|upwards? of|north of|exceed(?:s|ed|ing)?|in excess of|past|topp(?:ed|ing)|well over|(?:has|have|had) (?:now |just |already |long )?(?:sur)?passed|surpass(?:es|ed|ing)",
        ">",
    ),
    (r"(?:(?:starting|starts?) (?:at|from))|from", ">="),
    (
        r"(?:about|around|approximately|approx\.?|roughly|circa|c\.|ca\.|some|nearly|almost|close to|in the region of|on the order of|~|≈|more or less|just (?:over|under)|getting on for|give or take)",
        "~",
    ),
)
_AFTER: tuple[tuple[str, Comparator], ...] = (
    (
        r"(?:or|and|,? if not) (?:less|fewer|under|below|lower|sooner|quicker|quieter|faster|earlier|shorter|colder|"
        r"cooler)(?! than)",
        "<=",
    ),
    (
        r"(?:later |afterwards |after that |on )?at (?:the )?(?:very )?(?:most|latest|outside|longest)|at the outside|(?:as (?:a|the) )?maximum|max\b|tops|flat out|is the (?:limit|maximum|most|ceiling|outer limit)|(?:is|are) enough|(?:is|are) all it takes",
        "<=",
    ),
    (r"(?:or|and|,? if not) (?:more|better|above|over|longer|higher|greater|upwards?|older|further)(?! than)", ">="),
    (r"at (?:the )?(?:very )?least|(?:as (?:a|the) )?minimum|min\b|plus\b(?! (?:VAT|tax|shipping|postage|delivery|an?|the|free)\b)|\+|is the (?:minimum|least)", ">="),
    (r"or so|or thereabouts|give or take|more or less|approximately|-ish", "~"),
)
_BEFORE_RE = tuple(
    (
        re.compile(
            rf"(?:^|(?<=[\s(,;:–-])|(?<=\b))(?:{p})\s*(?:(?:the|a|an|just|only|some|its|their|your|our|of|first|about)\s+){{0,2}}$",
            re.I,
        ),
        c,
    )
    for p, c in _BEFORE
)
_AFTER_RE = tuple((re.compile(rf"^[\s,)]*(?:{p})(?![a-z])", re.I), c) for p, c in _AFTER)

_STATISTIC: tuple[tuple[re.Pattern[str], Statistic], ...] = (
    (re.compile(r"\bmedians?\b|\bhalf of (?:them|all|the|our|its|their)\b(?:[^,;:.]*\b(?:within|or less|or sooner|at most|no more)|[^;:.%]{0,120}\bor (?:less|fewer|sooner))\b", re.I), "median"),
    (
        re.compile(
            r"\b(?:averages?|averaged|averaging|mean|on the whole|taken together|taking .{0,20} together)\b", re.I
        ),
        "average",
    ),
    (
        re.compile(
            r"\b(?:typically|typical|usually|as a rule|normally|generally|in general|commonly|most often)\b", re.I
        ),
        "typical",
    ),
    (
        re.compile(
            r"\b(?:even the (?:slowest|worst|largest|longest|last)|the (?:slowest|longest|worst)|at worst|worst case|the most we|record|peak|maximum(?! of)|max(?!\.? (?:of|\d)))\b",
            re.I,
        ),
        "maximum",
    ),
    (re.compile(r"\b(?:minimum(?! of)|the (?:fastest|quickest|shortest))\b", re.I), "minimum"),
    (re.compile(r"\b(?:at best|at (?:its|their) best|best case)\b", re.I), "best"),
)


_NO_NUMBER = r"(?!(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty)\b)"
_NO_FIGURE = (
    r"(?!\s+(?:[\d€$£]|(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|"
    r"fifty|half|twice|once)\b))"
)
_FAR_AFTER: tuple[tuple[re.Pattern[str], Comparator], ...] = (
    (re.compile(r"^(?:\s+" + _NO_NUMBER + r"[a-z][a-z'-]*){0,3},?\s+and (?:then some|counting|some(?=\s*(?:[,.;:!)]|$)))", re.I), ">"),
    (re.compile(r"^(?:\s+" + _NO_NUMBER + r"[a-z][a-z'-]*){1,5},?\s+(?:(?:or|if not) (?:more|longer|better|higher|further|warmer)|at (?:the )?(?:very )?least)\b" + _NO_FIGURE, re.I), ">="),
    (re.compile(r"^(?:\s+" + _NO_NUMBER + r"[a-z][a-z'-]*){1,5},?\s+(?:or (?:less|fewer|shorter|lower|cooler|colder)|at (?:the )?(?:very )?most)\b" + _NO_FIGURE, re.I), "<="),
)
"""The same behind what is counted: "40% recycled steel or more"; words only, so that no other figure is taken."""


_NO_BOUND = re.compile(
    r"\b(?:(?:apart|aside|away|differs?|different|excluding|except) from |(?:over|past|beyond) (?:the|these|those|its|their) (?:\w+ )?|"
    r"(?:is|are|was|were|lies|lie) (?:\w+ ){0,3}above the |points? above the |"
    r"from (?:the|its|their|your|our) |"
    r"(?:stretch|spread|split|stagger|phas|extend|distribut|repa|averag)\w* (?:\w+ ){0,2}over )(?:the |an? )?$",
    re.I,
)
"""What looks like a bound and is none: "apart from the 200-litre drum", "over the ten years before", "from the 220 g
jar".
"""


_EXTREME = re.compile(
    r"(?:the )?(?:(?P<most>largest|highest|biggest|longest|greatest|maximum)|smallest|lowest|shortest|minimum) "
    r"(?:[a-z-]+ ){0,2}(?!(?:with|in|at|for|by|to|and|from|has|have)\b)[a-z-]+(?:: | of | is )?\s*$", re.I
)
"""What a label says of its figure, if nothing else bounds it."""


def comparator_around(text: str, start: int, end: int) -> tuple[Comparator, int, int]:
    """The comparator around `text[start:end]` and the span widened by its words; the words before win over those
    after.
    """
    before = text[max(0, start - 48) : start]
    chosen: Comparator = "="
    extreme = _EXTREME.match(text[:start])
    if extreme:                          # "Largest order: 40 crates"
        chosen = "<=" if extreme["most"] else ">="
    for pattern, sign in _BEFORE_RE:
        match = pattern.search(before)
        if match and not _NO_BOUND.search(before):
            chosen, start = sign, start - (len(before) - match.start())
            while start < end and text[start].isspace():
                start += 1
            break
    for pattern, sign in _AFTER_RE:
        match = pattern.match(text[end : end + 40])
        if match:
            if chosen == "=":
                chosen = sign
                end += match.end()
            break
    else:
        for pattern, sign in _FAR_AFTER:
            if chosen == "=" and pattern.match(text[end : end + 60]):
                chosen = sign
    return chosen, start, end


def statistic_of(text: str) -> Statistic:
    """The statistic that a sentence names for its figures; '' where it names none."""
    return next((name for pattern, name in _STATISTIC if pattern.search(text)), "")
