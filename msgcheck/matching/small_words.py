"""Small words exchanged, added or dropped where the rest of a text stands in nearly the same words.

"May lower" and "lowers", "every branch" and "most branches", "no fee" and "a fee": in a paraphrase such words come and
go with the construction, so nothing is concluded there. Where next to all content words are the same, they are the
change. The words are closed classes of English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgcheck.language.facts import Facts
from msgcheck.language.units import UNITS
from msgcheck.matching.leftover import Leftover
from msgcheck.matching.rows import Judgement, Row
from msgcheck.model import ChangeKind

_NUMBERS = "(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|forty|fifty|hundred|thousand)\\b"
_CLASSES: tuple[tuple[str, str], ...] = (
    # read in this order, each on what the ones before have left; those that begin with "-" are only taken away
    (
        "-bounds",
        r"(?:no|not) \w+(?:er|re|ess) than|not only|not just|not even|if not|"
        r"no matter \w+|nothing else|nobody else|(?:whether )?or not|only (?:then|after|when|once)|"
        r"with or without|as (?:many|few|much|little) as|"
        r"at (?:the )?(?:very )?most(?! (?!" + _NUMBERS + r")[a-z]+ [a-z]+s\b)|most likely|"
        r"any(?:where)? time|just as|or more often|"
        r"more often|"
        r"and (?:then some|some(?=\s*(?:[,.;:!)]|$)))|"
        r"all (?:over|across|through|told|in)|in all|at all|after all|each other|some(?= (?:\d|" + _NUMBERS + r"))|"
        r"only(?= (?:\d|" + _NUMBERS + r"))|"
        r"(?:at|with|without|for) (?:no |any )?(?:extra |additional |further )?(?:charge|cost|fee)s?|free of charge|"
        r"no (?:extra |additional )?(?:charge|cost)|for nothing|for free|free",
    ),
    ("-even", r"even (?:if|when|where|though|without|after|with|on|in)"),
    ("can", r"can|may|might|could|(?:is|are|be) able to|possible|possibly|potentially|perhaps|capable of"),
    ("help", r"help(?:s|ed|ing)?|support(?:s|ed|ing)?"),
    (
        "aim",
        r"aim(?:s|ed|ing)?|tr(?:y|ies|ying) to|hop(?:e|es|ing) to|seeks? to|designed to|intended to|meant to|"
        r"(?<!who )(?<!people )plan(?:s|ned|ning)? to|do (?:our|their|its|your) best|ought to|expect(?:s|ed)? to|"
        r"strives? to|(?<=[a-z] )should|(?<=[ap]\.m\. )should",
    ),
    (
        "always",
        r"always|guarantee\w*|ensur(?:e|es|ed|ing)|certain(?:ly)?|definitely|without fail|invariably|sure to|bound to|"
        r"promis(?:e|es|ed)|without exception|in every case",
    ),
    ("seldom", r"seldom|rarely|hardly(?! any)|scarcely"),
    (
        "often",
        r"usually|typically|often|generally|normally|as a rule|in most cases|sometimes|tends? to|frequently|"
        r"occasionally",
    ),
    ("must", r"must|ha(?:s|ve) to|required to|obliged to|mandatory|compulsory"),
    (
        "most",
        r"most(?! \w+(?:ed|able|ible|ful|ous|ant|ent|ive)\b)|more than half|over half|"
        r"majority|nearly (?:all|every)|almost (?:all|every)|mostly|"
        r"for the most part|mainly|largely|by and large",
    ),
    (
        "some",
        r"some|several|selected(?= [a-z]+s\b)|(?<!is )(?<!are )(?<!always )"
        r"parts? of (?:the|your|our|its|their)|partly|a few|a number of|"
        r"a share of|a portion of|qualifying|"
        r"eligible|participating",
    ),
    (
        "all",
        r"all|every|each|any|whole|entire|everyone|everybody|everything|both|throughout|complete(?:ly)?|full(?:y)?",
    ),
    (
        "only",
        r"only|solely|exclusively|alone|(?:none|nothing|nobody|no one) (?:but|other than|except)|reserved for|"
        r"limited to|restricted to",
    ),
    (
        "no",
        r"no|not|never|without|none|neither|nor|nobody|no one|nothing|nowhere|cannot|\w+n't|lack(?:s|ing)?",
    ),
)
SMALL_WORDS = tuple(name for name, _ in _CLASSES if not name.startswith("-"))
"""The classes of small words, in the order in which they are read."""
_FOUND = tuple((name, re.compile(rf"(?<![\w'-])(?:{words})(?![\w-]|'t)", re.I)) for name, words in _CLASSES)
_STRENGTHS = ("help", "aim", "can", "seldom", "often", "must", "always")
_SOFT = {
    name: re.compile(rf"\b(?:{words})\b", re.I)
    for name, words in (
        # other words that say as much: where one of them stands on the other side, nothing is concluded
        (
            "can",
            r"let|lets|letting|allow(?:s|ed|ing)?|available|enabl\w+|right to|entitled|welcome|opportunity|chance|"
            r"permit\w*|\w{3,}[ai]ble|option\w*|at (?:your|their) disposal|have the|get to|free to|"
            r"if you (?:wish|like|want)|"
            r"able|allowed|ready to|choice|choose|suitable|fit for|up to you|easily",
        ),
        ("help", r"aid\w*|assist\w*|contribut\w+|enabl\w+|make it easier|easier|let(?:s|ting)?|thanks to|so that"),
        (
            "aim",
            r"goals?|aims?|targets?|plan\w*|intend\w*|intention|want\w*|hop\w+|mean\w*|commit\w*|"
            r"for (?:people|those)",
        ),
        (
            "always",
            r"every (?:time|single)|each time|at all times|whenever|whatever|warrant\w*|backed|assur\w+|sure|secur\w+|"
            r"pledg\w+|vow\w*|commit\w*|reliabl\w+|every|each|all|any|round the clock|bind\w*|word|never|without",
        ),
        ("often", r"most|mostly|mainly|largely|in general|commonly|average|regular\w*|common|tend\w*|as a rule|some"),
        ("must", r"need\w*|requir\w+|necessary|obligat\w+|is to|are to|only|cannot|not|without|no|unless|provided|if"),
        ("seldom", r"almost|few|hardly|little|rare"),
    )
}
_VERBLESS = re.compile(r"[:|;]| – ")
_NEGATIVE = re.compile(
    r"\b(?:un(?!i|der|til|less)|non)[a-z-]{4,}|[a-z]+(?:less|[- ]free)\b|\b(?:exempt|except\w*|exclud\w+|apart|"
    r"other than|"
    r"instead|rather|refus\w+|prevents?|stops?|avoid\w*|fails?|waive[sd]?|zero|free)\b",
    re.I,
)


def denied_otherwise(text: str) -> bool:
    """Whether a text denies in other words than "no" and "not": "agentless", "exempt", "prevents"."""
    return _NEGATIVE.search(text) is not None


@lru_cache(maxsize=8192)
def small_words(text: str) -> dict[str, tuple[str, ...]]:
    """The small words of normalised `text` by class, as they stand there; classes without one are not in it."""
    out: dict[str, tuple[str, ...]] = {}
    for name, pattern in _FOUND:
        words = tuple(match.group() for match in pattern.finditer(text))
        if words:
            if not name.startswith("-"):
                out[name] = words
            text = pattern.sub("_", text)
    return out


def exchanged(approved: Facts, found: Facts, left: Leftover) -> Iterator[Row]:
    """Rows of the small words in which two texts differ; none unless they are `nearly_verbatim`."""
    if not left.nearly_verbatim or "?" in approved.text or "?" in found.text:
        return
    first, second = small_words(approved.text), small_words(found.text)
    yield from _strength(approved, found, first, second)
    yield from _amount(first, second, left)
    if " else" not in approved.text + found.text:
        yield from _restriction(first, second)
    yield from _denial(approved, found, first, second)
    yield from _exception(approved.text, found.text)
    yield from _rate(approved.text, found.text)


def _judged(approved: str, found: str) -> Judgement:
    return "differs" if approved and found else "dropped" if approved else "added"


def _said(words: dict[str, tuple[str, ...]], *classes: str) -> str:
    return " ".join(word for name in classes for word in words.get(name, ()))


def _row(kind: ChangeKind, what: str, approved: str, found: str) -> Row:
    return Row(kind, what, approved, found, _judged(approved, found), 0.95)


def _strength(
    approved: Facts, found: Facts, first: dict[str, tuple[str, ...]], second: dict[str, tuple[str, ...]]
) -> Iterator[Row]:
    lost = [name for name in _STRENGTHS if len(first.get(name, ())) > len(second.get(name, ()))]
    new = [name for name in _STRENGTHS if len(second.get(name, ())) > len(first.get(name, ()))]
    if "always" in lost + new and "no" in first and "no" in second:
        return                           # "not guaranteed": what is denied is no promise
    if not lost and not new:
        return
    if any(_softly(name, found.text, approved.text) for name in lost) or any(
        _softly(name, approved.text, found.text) for name in new
    ):
        return
    if lost in (["can"], ["can", "all"]) and not new:
        if len(found.quantities) < len(approved.quantities):
            return                       # a part, perhaps without what can be done
        other = found.text
    elif new == ["can"] and not lost:
        other = approved.text
    else:
        other = ""
    if other == found.text and not _has_verb(found):
        return                           # "Returns up to 30 days after delivery", in a table
    if other and (_VERBLESS.search(other) or _VERBLESS.search(found.text) or _starts_with_verb(other)):
        return                           # "Order online" and "Ordering: online" both say that one can
    yield _row("strength", "firmness", _said(first, *lost), _said(second, *new))


def _softly(name: str, text: str, other: str) -> bool:
    """Whether `text` says in words of its own, that `other` lacks, about what the class `name` would say."""
    soft = _SOFT.get(name)
    if soft is None:
        return False
    theirs = {words.casefold() for words in soft.findall(other)}
    return any(words.casefold() not in theirs for words in soft.findall(text))


def _has_verb(facts: Facts) -> bool:
    return any(word.pos == "VERB" for word in facts.words) or _AUXILIARY.search(facts.text) is not None


_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|do|does|did|will|would|shall)\b|'(?:s|re|ve|ll)\b", re.I
)


def _starts_with_verb(text: str) -> bool:
    """Whether a text begins with a verb that is common in calls to do something, and so may be one."""
    word = text.split(" ", 1)[0].casefold()
    return word in _IMPERATIVES


_IMPERATIVES = frozenset(
    [
        "try", "use", "order", "pay", "get", "choose", "pick", "book", "start", "cancel", "send", "keep", "wear",
        "call", "ask", "buy", "rent", "return", "switch", "take",
    ]
)


def _amount(first: dict[str, tuple[str, ...]], second: dict[str, tuple[str, ...]], left: Leftover) -> Iterator[Row]:
    lost = [name for name in ("most", "some") if name in first and name not in second]
    new = [name for name in ("most", "some") if name in second and name not in first]
    if lost and "only" in second and "only" not in first:
        yield _row("scope", "share", _said(first, *lost), _said(second, "only"))
    elif "all" in first and "all" not in second and "only" in second and "only" not in first:
        yield _row("scope", "share", _said(first, "all"), _said(second, "only"))
    elif lost or new:
        yield _row(
            "scope",
            "share",
            _said(first, *lost) or (_said(first, "all", "only") if new else ""),
            _said(second, *new) or (_said(second, "all", "only") if lost else ""),
        )


def _restriction(first: dict[str, tuple[str, ...]], second: dict[str, tuple[str, ...]]) -> Iterator[Row]:
    if ("only" in first) != ("only" in second) and not ("no" in first and "no" in second):
        other = second if "only" in first else first
        if not ({"most", "some", "no", "all"} & other.keys()):
            yield _row("scope", "restriction", _said(first, "only"), _said(second, "only"))


_LEFT_OUT = re.compile(
    r"\b(?:except(?:ing|ed|s)?|with the exception of|exclud(?:ing|ed|es)|apart from|not includ(?:ing|ed)|but not|"
    r"other than)\b", re.I
)
_TAKEN_IN = re.compile(r"\b(?:includ(?:ing|ed|es)|as well|too|also|even|among them|and also)\b", re.I)


def _exception(approved: str, found: str) -> Iterator[Row]:
    """What is left out on one side and taken in on the other: "except Sundays", "Sundays included"."""
    out, taken = _LEFT_OUT.search(approved), _TAKEN_IN.search(found)
    if out and taken and not _LEFT_OUT.search(found) and not _TAKEN_IN.search(approved):
        yield Row("scope", "exception lifted", out.group(), taken.group(), "differs", 0.95)
    taken, out = _TAKEN_IN.search(approved), _LEFT_OUT.search(found)
    if taken and out and not _LEFT_OUT.search(approved) and not _TAKEN_IN.search(found):
        yield Row("negation", "exception lifted", taken.group(), out.group(), "differs", 0.95)


_HEADS = frozenset(
    [
        "user", "seat", "head", "person", "capita", "employee", "member", "customer", "client", "participant", "guest",
        "learner", "student", "pupil", "visitor", "patient", "colleague", "worker", "annum", "year", "item",
        "piece", "unit",
    ]
)
"""What may stand for each other after "per"."""
_PER = re.compile(r"\bper ([a-z]+)", re.I)


def _rate(approved: str, found: str) -> Iterator[Row]:
    """What something is counted by: "cost per lead", "cost per click"."""
    first, second = ({m.group(1).casefold() for m in _PER.finditer(text)} for text in (approved, found))
    lost = [word for word in first - second if word not in found.casefold() and word not in UNITS]
    new = [word for word in second - first if word not in approved.casefold() and word not in UNITS]
    one_each = len(lost) == len(new) == 1 and "cent" not in (lost[0], new[0])
    if one_each and not (lost[0] in _HEADS and new[0] in _HEADS):
        yield Row("unit", "rate", f"per {lost[0]}", f"per {new[0]}", "differs", 0.85)


def _denial(
    approved: Facts, found: Facts, first: dict[str, tuple[str, ...]], second: dict[str, tuple[str, ...]]
) -> Iterator[Row]:
    """A word that both sides have, denied on one of them, where only that side has a word of denial."""
    if ("no" in first) == ("no" in second) or {"seldom", "only"} & (first.keys() | second.keys()):
        return
    denying, plain = (approved, found) if "no" in first else (found, approved)
    if _NEGATIVE.search(plain.text) or _BOUND.search(denying.text):
        return
    if len(found.quantities) < len(approved.quantities) or any(q.dimension == "ratio" for q in denying.quantities):
        return                           # a part that leaves out what is denied; "1% fails" and "99% without a failure"
    shared = {word.lemma for word in plain.words} - plain.negated
    if denying.negated & shared:
        words = _said(first, "no"), _said(second, "no")
        certainty = 0.95 if denying is approved else 0.7         # "no more queues" and the like are added for effect
        yield Row("negation", "denial", *words, _judged(*words), certainty)


_BOUND = re.compile(r"\b(?:more|longer|later|less|fewer|further|higher|lower|sooner|exceeds?|before|until|but)\b", re.I)
