"""Labelled pairs in which one fact was changed by hand of a program: more of them than anyone labels.

A passage that says the same as its statement, in whatever words, drifts from it once a figure, a unit, an amount, a
condition or a thing in it is exchanged; and where the same exchange is made on both sides, the two say the same again.
So each change is shown beside its counterpart, and no word is a sign of drift by itself.

What is exchanged for what comes from three places: from the labelled drifts themselves, where one differs from its
statement, or from a passage that says the same, in a few words in one place; from classes of words that stand for each
other in English; and from the nouns of the same industry.
"""

from __future__ import annotations

import collections
import difflib
import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from msgcheck.language.nlp import parse

Row = dict[str, Any]
SAME, DRIFT = 0, 2                       # of the relations of cross_encoder.py

_CLASSES: tuple[tuple[str, str], ...] = (
    # kind of change, phrases any of which changes the meaning when it takes another's place
    ("qualifier", "up to|at least|about|more than|less than|exactly|an average of|around|almost|over|under|"
     "no more than|as little as|as much as"),
    ("qualifier", "median|average|maximum|minimum|typical|fastest"),
    ("timeframe", "day|week|month|quarter|year|hour|minute|second"),
    ("timeframe", "days|weeks|months|quarters|years|hours|minutes|seconds"),
    ("timeframe", "daily|weekly|monthly|quarterly|annual|yearly"),
    ("timeframe", "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"),
    ("timeframe", "January|February|March|April|May|June|July|August|September|October|November|December"),
    ("timeframe", "spring|summer|autumn|winter"),
    ("timeframe", "before|after|during"),
    ("timeframe", "first|second|third|last"),
    ("unit", "€|$|£"),
    ("unit", "kg|grams|tonnes|pounds"),
    ("unit", "km|miles|metres|feet"),
    ("unit", "litres|gallons"),
    ("unit", "GB|TB|MB"),
    ("unit", "per cent|percentage points"),
    ("scope", "every|most|some|half of the|many|each|selected|certain"),
    ("scope", "all|most|some|half of|many of|nearly all|selected"),
    ("scope", "only|also"),
    ("scope", "everyone|some people|most people|anyone"),
    ("strength", "can|will|may|must|should|might"),
    ("strength", "helps|ensures|guarantees"),
    ("strength", "help|ensure|guarantee"),
    ("strength", "always|usually|typically|sometimes|often"),
    ("negation", "no|a"),
    ("negation", "never|always"),
    ("negation", "without|with"),
    ("negation", "nobody|everybody"),
    ("negation", "nothing|everything"),
    ("negation", "none|some"),
    ("negation", "cannot|can"),
    ("negation", "is|is not"),
    ("negation", "are|are not"),
    ("negation", "needs|does not need"),
    ("negation", "stays|does not stay"),
    ("negation", "remain|do not remain"),
    ("condition", "if|even if|only if|unless"),
    ("condition", "provided|whether or not|unless"),
    ("condition", "when|even when|only when"),
    ("condition", "once|before|even before"),
    ("contradiction", "free|charged"),
    ("contradiction", "free of charge|for a fee"),
    ("contradiction", "included|charged extra"),
    ("contradiction", "at no extra cost|at a small surcharge"),
    ("contradiction", "your own|a shared"),
    ("contradiction", "automatically|by hand|on request"),
    ("contradiction", "more|less|fewer"),
    ("contradiction", "higher|lower"),
    ("contradiction", "longer|shorter"),
    ("contradiction", "stays|leaves"),
    ("contradiction", "reduces|increases"),
    ("contradiction", "faster|slower"),
    ("contradiction", "includes|excludes"),
    ("contradiction", "same|different"),
    ("contradiction", "the first|the last"),
    ("contradiction", "both|neither of"),
    ("contradiction", "online|by post"),
    ("number", "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|"
     "ninety|hundred"),
)
_TAILS: tuple[tuple[str, str], ...] = (
    ("condition", ", on request"), ("condition", ", for a fee"),
    ("condition", ", provided you sign for three years"), ("condition", ", if you order before noon"),
    ("condition", ", after a check by our team"), ("condition", ", once the first invoice is paid"),
    ("condition", ", unless stock runs out"), ("condition", ", with written approval"),
    ("condition", ", when demand allows"), ("condition", ", if you are a member"),
    ("condition", ", after registration"), ("condition", ", as long as the annual service is kept up"),
    ("condition", ", subject to availability"), ("condition", ", only with the premium plan"),
    ("scope", ", except at weekends"), ("scope", " in selected regions"), ("scope", " for members only"),
    ("scope", ", apart from older models"), ("scope", " in some cases"), ("scope", ", in the main building only"),
    ("scope", ", for new customers"), ("scope", ", larger sites excepted"),
    ("timeframe", " in the first year"), ("timeframe", " during office hours"), ("timeframe", " from next year on"),
    ("timeframe", " for a limited time"), ("timeframe", " within a month"), ("timeframe", " until further notice"),
    ("qualifier", " or more"), ("qualifier", " on average"), ("qualifier", " at best"), ("qualifier", " at least"),
    ("qualifier", " in theory"),
)
"""What is added at the end of a sentence."""
_CLAUSE = re.compile(
    r"(?:,\s*|\s+)(?:but\s+|and\s+)?(?:only\s+)?(?:if|when|once|provided(?: that)?|as long as|so long as|unless|until|"
    r"except|apart from|subject to|after|before|on request|for an? (?:extra )?(?:fee|charge|surcharge)|in case|while|"
    r"where)\b[^,.;:?!()]*(?=[,.;:?!]|$)",
    re.I,
)
_AUXILIARY = re.compile(r"\b(is|are|can|will|does|do|may|must|has|have|was|were)\b(?! not|n't)", re.I)
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?!\w)")
_TOKEN = re.compile(r"[^\W_]+(?:[.,:'’/-][^\W_]+)*%?|[€$£]|[^\w\s]")
_LIGHT = re.compile(
    r"(?:an?|the|in|on|at|by|of|to|with|for|from|and|or|but|as|its?|is|are|was|be|that|this|they|them|we|you|our|your|"
    r"their|who|which|what|after|into|than|out|up|off|more|less|other|one|so|do|does|has|have|had)$",
    re.I,
)
_LONGEST = 5                             # tokens of an exchange that is learnt from a labelled drift
_FEWEST = 4                              # words that must be left of a sentence without its clause


@dataclass(frozen=True, slots=True)
class Edit:
    """A text after a change of the kind `kind`; `old` was exchanged for `new`, where words were exchanged."""

    text: str
    kind: str
    old: str = ""
    new: str = ""


class Editor:
    """Makes changes; `rows` are labelled pairs to learn exchanges from, `texts` those to change, by their industry."""

    def __init__(self, rows: Iterable[Row], texts: Mapping[str, str], kinds: Sequence[str]) -> None:
        self._exchanges: dict[str, list[tuple[str, list[str]]]] = collections.defaultdict(list)
        for kind, phrases in _CLASSES:
            every = phrases.split("|")
            for phrase in every:
                self._exchanges[phrase.lower()].append((kind, [other for other in every if other != phrase]))
        for old, new, kind in learnt(rows, kinds):
            for one, other in ((old, new), (new, old)):
                if one:
                    self._exchanges[one.lower()].append((kind, [other]))
        days = {phrase.lower() for _, phrases in _CLASSES for phrase in phrases.split("|") if phrase[0].isupper()}
        self._lower = self._exchanges.keys() - days
        longest_first = sorted(self._exchanges, key=lambda phrase: (-len(phrase), phrase))
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.I)
        self._industry = dict(texts)
        self._nouns = {
            text: [(t.text, t.tag_ == "NNS") for t in doc if t.tag_ in ("NN", "NNS") and t.is_alpha and len(t) > 3]
            for text, doc in zip(texts, parse(list(texts)), strict=True)
        }
        self._pool: dict[tuple[str, bool], list[str]] = collections.defaultdict(list)
        for text, industry in texts.items():
            for noun, plural in self._nouns[text]:
                self._pool[industry, plural].append(noun)

    def edit(self, text: str, rng: random.Random) -> Edit | None:
        """`text` with one change; None where the one that was drawn does not apply to it."""
        roll = rng.random()
        if roll < 0.14:
            return self._clause(text, rng)
        if roll < 0.20:
            return self._denial(text, rng)
        return self._noun(text, rng) if roll < 0.36 else self._phrase(text, rng)

    def _phrase(self, text: str, rng: random.Random) -> Edit | None:
        places = [*_NUMBER.finditer(text), *self._pattern.finditer(text)]
        if not places:
            return None
        found = rng.choice(places)
        old = found.group()
        if found.re is _NUMBER:
            kind, new = "number", _other_number(old, rng)
        else:
            if found.start() and old[0].isupper() and old.lower() in self._lower:
                return None                      # a name: "Portico Stays"
            kind, choices = rng.choice(self._exchanges[old.lower()])
            new = _cased(rng.choice(choices), old)
        changed = _tidy(text[: found.start()] + new + text[found.end() :])
        return Edit(changed, kind, old, new) if changed != text else None

    def _noun(self, text: str, rng: random.Random) -> Edit | None:
        nouns = self._nouns[text]
        if not nouns:
            return None
        old, plural = rng.choice(nouns)
        new = _cased(rng.choice(self._pool[self._industry[text], plural]), old)
        if new.lower() == old.lower():
            return None
        changed = re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", new, text, count=1)
        return Edit(changed, rng.choice(["entity", "contradiction"]), old, new)

    def _clause(self, text: str, rng: random.Random) -> Edit | None:
        clauses = list(_CLAUSE.finditer(text))
        if clauses and rng.random() < 0.6:
            clause = rng.choice(clauses)
            left = (text[: clause.start()] + text[clause.end() :]).strip()
            if len(left.split()) >= _FEWEST:
                return Edit(left, "condition")
        kind, tail = rng.choice(_TAILS)
        end = len(text.rstrip(".!?"))
        return Edit(text[:end] + tail + text[end:], kind)

    def _denial(self, text: str, rng: random.Random) -> Edit | None:
        places = list(_AUXILIARY.finditer(text))
        if not places:
            return None
        end = rng.choice(places).end()
        return Edit(f"{text[:end]} not{text[end:]}", "negation")


def edited(rows: Sequence[Row], count: int, seed: int, kinds: Sequence[str]) -> list[Row]:
    """`count` rows for training, of labelled `rows`: drifts, each with its counterpart that says the same."""
    rng = random.Random(seed)
    labelled = [row for row in rows if "relation" in row and not row["made"]]
    groups: dict[tuple[str, str], list[Row]] = collections.defaultdict(list)
    for row in labelled:
        if row["relation"] == SAME:
            groups[row["file"], row["a"]].append(row)
    texts = {
        text: group[0]["industry"]
        for (_, statement), group in groups.items()
        for text in (statement, *(row["b"] for row in group))
    }
    editor = Editor(labelled, texts, kinds)
    keys = list(groups)
    out: list[Row] = []
    while len(out) < count:
        file, statement = rng.choice(keys)
        say = [statement, *(row["b"] for row in groups[file, statement])]
        pair = [rng.choice(say), rng.choice(say)]
        if pair == [statement, statement] and rng.random() < 0.7:
            continue
        side = rng.randrange(2)
        change = editor.edit(pair[side], rng)
        if change is None:
            continue
        out.append(_row(file, pair, side, change.text, DRIFT, [kinds.index(change.kind)]))
        counterpart = _likewise(pair[1 - side], change)
        if counterpart is not None:
            out.append(_row(file, [change.text, change.text], 1 - side, counterpart, SAME, []))
        elif rng.random() < 0.6:
            out.append(_row(file, pair, side, pair[side], SAME, []))
    return out[:count]


def _row(file: str, pair: list[str], side: int, text: str, relation: int, kinds: list[int]) -> Row:
    both = list(pair)
    both[side] = text
    return {"a": both[0], "b": both[1], "relation": relation, "kinds": kinds, "made": False, "file": file}


def learnt(rows: Iterable[Row], kinds: Sequence[str]) -> list[tuple[str, str, str]]:
    """Exchanges (old words, new words, kind) that make a drift out of a text that says the same."""
    groups: dict[tuple[str, str], list[Row]] = collections.defaultdict(list)
    for row in rows:
        groups[row["file"], row["a"]].append(row)
    out = []
    for (_, statement), group in groups.items():
        good = [statement, *(row["b"] for row in group if row["relation"] == SAME)]
        for row in group:
            if row["relation"] == DRIFT and row["kinds"]:
                found = [one for text in good if (one := _one_exchange(text, row["b"])) is not None]
                best = min(found, key=lambda one: len(one[0]) + len(one[1]), default=None)
                if best and all(map(_telling, best)):
                    out.append((*best, kinds[row["kinds"][0]]))
    return out


def _one_exchange(good: str, drifted: str) -> tuple[str, str] | None:
    """The words in which two texts differ, if it is in one place and they are few."""
    a, b = _TOKEN.findall(good), _TOKEN.findall(drifted)
    matcher = difflib.SequenceMatcher(None, [w.lower() for w in a], [w.lower() for w in b], autojunk=False)
    changes = [change for change in matcher.get_opcodes() if change[0] != "equal"]
    if len(changes) != 1:
        return None
    _, i, j, k, m = changes[0]
    return (" ".join(a[i:j]), " ".join(b[k:m])) if max(j - i, m - k) <= _LONGEST else None


def _telling(words: str) -> bool:
    """Whether an exchanged phrase means something by itself, or is nothing at all."""
    return not words or any(not _LIGHT.match(w) and (len(w) > 3 or not w.isalpha()) for w in words.split())


def _other_number(old: str, rng: random.Random) -> str:
    bare = old.replace(",", "")
    try:
        value = float(bare)
    except ValueError:
        return old
    if 1900 < value < 2100 and "." not in old:
        return f"{value + rng.choice([-3, -2, -1, 1, 2]):.0f}"
    new = rng.choice([value * 2, value * 10, value + rng.choice([1, 2, 5, 10, -1, -2]), value * 1.5, value / 2,
                      value * rng.choice([3, 0.8, 1.2])])
    decimals = len(bare.partition(".")[2])
    return old if new <= 0 else f"{new:,.{decimals}f}" if "," in old else f"{new:.{decimals}f}"


def _likewise(text: str, change: Edit) -> str | None:
    """`text` with the same exchange; None where what is exchanged does not stand there just once."""
    places = list(re.finditer(rf"(?<!\w){re.escape(change.old)}(?!\w)", text, re.I)) if change.old else []
    if len(places) != 1:
        return None
    found = places[0]
    return _tidy(text[: found.start()] + _cased(change.new, found.group()) + text[found.end() :])


def _cased(new: str, old: str) -> str:
    return new[:1].upper() + new[1:] if old[:1].isupper() else new


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text).replace(" ,", ",").strip()
