"""Promises by their very words: superiority, and a gain with a figure.

Advertising codes ask for evidence first of all of these two: being better than others, and how much better off somebody
is. Both have forms that can be told from the words: "no supplier restores faster", "the largest dealer north of the
Alps", "lighter than any other"; "sales rise by a tenth", "half the work", "twice as fast". Whoever says so of the world
at large ("spending fell by a third, a survey found") promises nothing.
"""

from __future__ import annotations

import re
from typing import Literal

Promise = Literal["superiority", "gain", ""]


def _any(*lines: str) -> str:
    """One pattern for all words of the lines; `_` stands for a space."""
    return "(?:" + "|".join(word.replace("_", " ") for line in lines for word in line.split()) + ")"


_NUMBER = _any(
    r"\d[\d.,]* one two three four five six seven eight nine ten twelve fifteen",
    "twenty thirty forty fifty sixty seventy eighty ninety",
)
_PART = _any("thirds? quarters? fifths? sixths? sevenths? eighths? ninths? tenths? half halves")
_RATIO = (
    rf"(?:half|twice|thrice|double|triple|treble|a (?:good |full |whole )?{_PART}|(?:one|two|three|four)[ -]{_PART}|"
    rf"{_NUMBER}\s?(?:%|per ?cent\b|percentage points?)|{_NUMBER}(?:x| times| ?-?fold)|a fraction)"
)
_MORE = _any(
    "more less fewer better faster quicker higher lower shorter longer cheaper earlier sooner smaller larger greater",
    "lighter stronger quieter safer cleaner fresher warmer cooler easier simpler brighter sharper smoother closer",
    "deeper wider",
)
_AS_MUCH = (
    r"as (?:\w{3,} (?:as|again|on|in|for|with|without|when)\b|"
    + _any("much many little few often long fast quick quickly good well soon far strong likely productive")
    + r"\b)"
)
_MOVES = _any(
    "ris(?:e|es|ing) rose falls? falling fell drop(?:s|ped|ping)? climb(?:s|ed|ing)? grow(?:s|ing)? grew shrinks?",
    "shrank sav(?:e|es|ed|ing|ings) cuts? cutting reduc(?:e|es|ed|ing) increas(?:e|es|ed|ing) shed(?:s|ding)?",
    "gain(?:s|ed)? earns? earned los(?:e|es|ing) lowers? lowered raises? raised lifted halv(?:e|es|ed|ing)",
    "doubl(?:e|es|ed|ing) trebl(?:e|es|ed|ing) tripl(?:e|es|ed|ing) boosts? boosted improv(?:e|es|ed|ing) trims?",
    "trimmed shav(?:e|es|ed|ing) goe?s?_up goe?s?_down comes?_down came_down",
)
_HALVES = (
    r"(?:halv(?:e|es|ed|ing)|doubl(?:es|ed|ing)|trebl(?:es|ed|ing)|tripl(?:es|ed|ing)) "
    + _any("the your our their its his her in by every")
)
_LESS_OF = r"(?:half|a fraction|a third|a quarter|twice) (?:of )?the (?:\w+ )?" + _any(
    "time work effort costs? price staff space energy power weight noise money bill paperwork hours speed number",
    "size people labou?r waste",
)
_NEARBY = r"[^.;:?!]{0,60}?"
_TIMES = r"(?:years?|months?|weeks?|days?|hours?|minutes?)"
_GAIN = re.compile(
    rf"\b{_MOVES}\b{_NEARBY}(?<![\w-]){_RATIO}(?!\w)|"
    rf"(?<![\w-]){_RATIO}(?!\w)[^.;:?!,]{{0,25}}?(?<!\bor )\b(?:{_MORE}\b|{_AS_MUCH}|{_MOVES}\b)|"
    rf"\b(?:twice|thrice|half|times) as \w{{3,}}\b|\b{_HALVES}\b|\b{_LESS_OF}\b|"
    rf"\bsav(?:e|es|ed|ing)\b[^.;:?!]{{0,30}}?(?:[€$£]\s?\d|\b{_NUMBER}(?: more)? {_TIMES}\b)|"
    rf"\b{_NUMBER} {_TIMES} (?:longer|sooner|earlier|faster|younger)\b{_NEARBY}"
    r"\b(?:with us|with our|thanks to|who use|that use|using)\b",
    re.I,
)

_NONE = (
    r"(?:no(?! (?:more|less|fewer|longer|later|earlier|higher|lower)\b)|nobody|no one|none|nothing|nowhere|"
    r"not (?:one(?! less\b)|a single))"
)
_BUT_A_MEASURE = (
    rf"(?!\s+than\s+(?:[€$£]|{_NUMBER}\b|(?:half|once|those|that|this|the|an?|usual|planned|needed|necessary)\b))"
)
_IER = r"an? (?!(?:carr|suppl|barr|cour|sold|cash|prem|front)ier)\w+ier"
_OTHERS = (
    r"(?:(?:all |any )?(?:the )?(?:others?|rivals?|competitors?|competition|alternatives?)|"
    r"(?:anyone|anybody|anything|everyone|everything) else|elsewhere|"
    r"any (?!(?:given|one|time|of|day|such|reason|more)\b)(?:other )?\w+)"
)
_NOT_US = r"(?:no other \w+|nobody else|no one else)"
_SUPERLATIVE = (
    r"(?:best(?:-\w+)?|finest|leading|foremost|number one|no\. ?1|most (?!of\b)\w+|\w{2,}[idglnrtkswvpch]est)"
)
_NO_SUPERLATIVE = _any(
    "\\w*interest requ?est harvest forest \\w*west \\w*suggest contest protest manifest modest honest invest digest",
    "congest arrest guest quest test nest rest pest lest latest earliest next nearest closest",
)
_TRADE = _any(
    "world country industry market business trade sector region field segment class land port continent planet",
    "town city",
)
_NAME = r"(?-i:[A-Z])\w+"
_REACH = (
    rf"(?:(?:in|on) (?:the |all )?(?:whole |entire )?(?:(?:north|south|east|west|centr)\w* )?(?:{_TRADE}\b|{_NAME})|"
    r"of (?:its|their|any|all)\b|in its class|anywhere|worldwide|"
    rf"on earth|you can (?:buy|get|find)|(?:north|south|east|west) of|this side of|between {_NAME} and {_NAME})"
)
_OURS = r"(?:the|our|your|its|(?:trade|country|world|market|industry|europe)'s)"
_NO_FIRST = _any("day week month year time visit step two three four hour page floor thing one_of")
_SUPERIOR = re.compile(
    "|".join(
        (
            rf"\b{_NONE}\b{_NEARBY}\b(?:{_MORE}|more (?!than\b)\w+|{_IER})\b{_BUT_A_MEASURE}",
            rf"\b{_NOT_US} (?:\w+ ){{0,6}}?(?:as|like)\b (?:we|us|ours?|it|this|\w+ (?:as|do|does))\b",
            rf"\b{_NOT_US} (?:in|on) (?:the |this |our )?(?:{_TRADE}\b|{_NAME})",
            rf"\b{_NOT_US}\b{_NEARBY}\b(?:(?:so|this|such) \w+|as \w{{3,}}(?=[.,;!]|$))",
            rf"\b(?:{_MORE}|more \w+|(?!earl)\w{{2,}}ier)\b{_NEARBY}\bthan\b[^.;:?!,]{{0,40}}?\b"
            r"(?:any other|elsewhere|(?:anyone|anybody) else|competitors?|rivals?)\b",
            r"\bthe most (?:popular|trusted|loved|reliable|advanced|complete|widely used|recommended|chosen) "
            r"(?:[\w-]+ ){1,4}(?:among|in|on|for|with)\b(?! (?:our|your|its)\b)",
            rf"\b{_MORE} than {_OTHERS}\b",
            rf"\b(?:more|less) (?:\w+ ){{1,4}}than (?:with |from |at )?{_OTHERS}\b",
            r"\b\w{3,}er than (?:any|all|every)\b",
            rf"\b{_OURS}\s(?!{_NO_SUPERLATIVE}\b){_SUPERLATIVE}\b{_NEARBY}\b{_REACH}",
            r"\b(?:unmatched|unrivall?ed|unbeaten|unbeatable|unparalleled|unequall?ed|unsurpassed|second to none)\b",
            r"\b(?:best in (?:its )?class|(?:market|world) leaders?|number one (?:in|for|among))\b",
            rf"\bthe (?:only|first) (?!{_NO_FIRST}\b)\w+{_NEARBY} (?:in|on) (?:the {_TRADE}\b|{_NAME})",
        )
    ),
    re.I,
)
_OF_THE_WORLD = re.compile(
    r"\b(?:surveys?|stud(?:y|ies)|researchers?|statistics|regulator'?s?|census|ministry|according to|worldwide|"
    r"on (?:global |national )?average in|industry-wide|nationwide|shall)\b|\bmost \w+s\b (?!of)",
    re.I,
)
_REFUSES = re.compile(
    r"\b(?:cannot|(?:ca|wo|does|do|is|are)n't|(?:will|does|do|is|are) not|never|neither|nor) (?:\w+ ){0,3}"
    r"(?:promise|guarantee|claim|say|said|mean|be|the)\b|\bno (?:guarantee|promise|claim)\b",
    re.I,
)


def promise(text: str) -> Promise:
    """How a text promises by its words; '' where it does not: a question, a denial, a fact of the world at large."""
    if text.rstrip("\"') ").endswith("?") or _OF_THE_WORLD.search(text) or _REFUSES.search(text):
        return ""
    if _SUPERIOR.search(text):
        return "superiority"
    return "gain" if _GAIN.search(text) else ""
