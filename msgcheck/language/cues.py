"""Small words that turn a promise: negation, strength, scope, restriction, condition and exception.

Each is closed-class English or a fixed phrase of it, found on normalised text without a model.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

CueKind = Literal["negation", "strength", "scope", "only", "condition", "exception"]


@dataclass(frozen=True, slots=True)
class Cue:
    """`level` orders cues of a kind: strength 0 (tries) … 4 (guarantees), scope 0 (none) … 4 (every)."""

    kind: CueKind
    level: int
    text: str
    start: int
    end: int


_PHRASES: tuple[tuple[CueKind, int, str], ...] = (
    (
        "negation",
        0,
        r"no one|nobody|nothing|nowhere|none|neither|nor|never|not|cannot|can't|won't|don't|doesn't|didn't|isn't|aren't|wasn't|weren't|hasn't|haven't|"
        r"wouldn't|couldn't|shouldn't|without|free (?:of|from)|instead of|rather than|lacks?|lacking|no|zero|fails? to|refuse[sd]?|stops? short of|anything but|far from|hardly|barely|rarely|seldom",
    ),
    (
        "strength",
        4,
        r"guarantee[sd]?|guaranteeing|always|ensur(?:e|es|ed|ing)|certain(?:ly)?|definitely|without fail|every time|inevitably|invariably|bound to|sure to|in every case|no matter what|whatever happens|"
        r"without exception|promis(?:e|es|ed|ing)|assur(?:e|es|ed|ing)|must|ha(?:s|ve) to|need(?:s)? to|required? to|obliged to|mandatory|never fails?|for sure|rest assured|proven to|proves?",
    ),
    ("strength", 3, r"will|shall|'ll|is going to|are going to"),
    (
        "strength",
        1,
        r"can|may|might|could|able to|possible|possibly|perhaps|potentially|option(?:al|ally)?|if you (?:like|wish|want)|free to|welcome to|allow(?:s|ed)? to|permit(?:s|ted)?|"
        r"often|frequently|usually|typically|generally|normally|as a rule|tends? to|likely|probably|in general|commonly",
    ),
    (
        "strength",
        0,
        r"help(?:s|ed|ing)?|aim(?:s|ed|ing)?|aims? to|target(?:s|ed)?|designed to|intended to|hop(?:e|es|ing)|try|tries|trying|seek(?:s)?|strive[s]?|support(?:s|ed|ing)?|"
        r"should|ought to|would|as a goal|the goal is|goal|plan(?:s|ned)? to|endeavou?rs?|work(?:s|ing)? towards?|expect(?:s|ed)?|meant to|wants? to",
    ),
    (
        "scope",
        4,
        r"all|every|each|any|whole|entire|everyone|everybody|everything|everywhere|anywhere|anyone|anybody|whatever|whichever|whoever|wherever|always|complete(?:ly)?|full(?:y)?|total(?:ly)?|"
        r"altogether|both|every single|across the board|throughout|worldwide|nationwide|100%|the lot",
    ),
    (
        "scope",
        3,
        r"most|mostly|majority|more often than not|nearly all|almost all|almost every|nearly every|the bulk|largely|mainly|by and large|the greater part|more than half",
    ),
    (
        "scope",
        2,
        r"some|several|many|certain|selected|select|a number of|various|a few|part(?:s)? of|partly|half|qualifying|eligible|sometimes|one of|in part|occasional(?:ly)?|about half",
    ),
    ("scope", 1, r"few|hardly any|a handful|scarcely any"),
    (
        "only",
        0,
        r"only|solely|exclusively|alone|just|nothing but|nobody but|no one but|none but|single|sole|limited to|restricted to|reserved for|first|leading|unique(?:ly)?",
    ),
    (
        "condition",
        0,
        r"if(?! not (?:more|less|longer|better|higher))|provided(?: that)?|providing|as long as|so long as|on condition|conditional|subject to|when|whenever|where|once|in case|should|given|assuming|depending|depends|"
        r"until|while|after|before|upon|during|unless|by prior arrangement|on request|on your (?:written )?(?:instruction|request)|with your (?:written )?(?:consent|approval|permission)|"
        r"for (?:qualifying|eligible|registered)|in (?:qualifying|eligible)|under (?:a|the|an)|with (?:a|an|the|your)|against a|within the|minimum|require[sd]?|requires",
    ),
    (
        "exception",
        0,
        r"except(?: for| that| when| where)?|apart from|aside from|other than|excluding|exclud(?:e|es|ed)|but for|save for|barring|not (?:counting|including)|bar|minus|leaving (?:aside|out)|"
        r"unless|with the exception|however|although|though|but",
    ),
)
_COMPILED = tuple(
    (kind, level, re.compile(rf"(?<![\w'-])(?:{pattern})(?![\w-])", re.I)) for kind, level, pattern in _PHRASES
)


def cues(text: str) -> tuple[Cue, ...]:
    """Every cue of normalised `text`, in order; of cues of one kind that overlap the longest stays."""
    found: list[Cue] = []
    for kind, level, pattern in _COMPILED:
        found += [Cue(kind, level, m.group(), m.start(), m.end()) for m in pattern.finditer(text)]
    found.sort(key=lambda c: (c.kind, c.start, -(c.end - c.start)))
    out: list[Cue] = []
    for cue in found:
        if out and out[-1].kind == cue.kind and cue.start < out[-1].end:
            continue
        out.append(cue)
    return tuple(sorted(out, key=lambda c: (c.start, c.kind)))
