"""Paragraphs and list items of a messaging document: what a line is follows from the topic that it stands under."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from msgcheck.authoring.cells import holed, phrase_pattern
from msgcheck.authoring.draft import Drafted, Value, slug
from msgcheck.authoring.naming import bare, name_line
from msgcheck.authoring.outline import Line
from msgcheck.authoring.phrasing import listed, pair_in, quotations, unquoted, without_expiry, without_source
from msgcheck.authoring.rows import NEEDS_SOURCE, as_written_in
from msgcheck.authoring.topics import Topic

_LABEL = re.compile(r"^(?P<label>[^:.!?\"“”]{2,40}?)\s*(?::| [–—-] )\s*(?P<rest>\S.*)$", re.DOTALL)
_BAN = re.compile(
    r"^(?:we )?(?:never|do not|don[’']t|must not|may not|cannot)\s+(?:say|claim|promise|write|imply|state)"
    r"\s*(?:that\s+|:\s*)?",
    re.IGNORECASE,
)
_BECAUSE = re.compile(
    r"\s*(?:\((?:because:?|reason:?|why:?)\s+(?P<one>[^)]+)\)|[.,;–—-]\s*(?:because|reason:|why:)\s+(?P<two>.+))$",
    re.IGNORECASE,
)
_DEFINED = re.compile(r"^(?:an? |the )?(?P<term>[\w -]{2,50}?) (?:is|are|means|refers to) ", re.IGNORECASE)
_REPLACED = re.compile(
    r"\s*[(\[–—;,.-]*\s*(?:now|replaced by|instead|we now say|use)\s*:?\s+(?P<now>.+?)[)\].]*$", re.IGNORECASE
)
_ABOUT_THE_PAPER = re.compile(
    r"^(?:this (?:document|guide|page|section|list|table)|these (?:are|messages|words)|the following"
    r"|(?:please )?(?:use (?:these|this|the following)|see (?:also|the|page|section|below|above)"
    r"|refer to|contact (?:the|us)|ask (?:the|your))\b|below\b|here (?:are|is)\b|version\b"
    r"|last updated|for (?:questions|internal)|owner:|status:|approved by|how to use)",
    re.IGNORECASE,
)
_RESTS_ON = re.compile(
    r"\b(?:rests? on|(?:is )?based on|backed by|proved by|(?:comes|taken) from|according to)\s+"
    r"(?P<source>.{3,120}?)(?=\s+and\s+(?:may|can|must|is|holds|runs)\b|[.;,](?:\s|$)|$)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?](?:\s|$)")

Fields = tuple[tuple[str, Value], ...]
Made = tuple[Drafted, ...]


def line_entries(line: Line) -> Made:
    """The entries that a line is, by its topic; none where it is not of the form that the topic takes."""
    handler = _HANDLERS.get(line.topic) if line.topic is not None else None
    return handler(line) if handler else ()


def is_about_the_paper(text: str) -> bool:
    """Whether a paragraph speaks of the document itself, and so holds nothing approved."""
    return bool(_ABOUT_THE_PAPER.match(text)) or text.endswith(":")


def boilerplate_entry(text: str, name: str, place: str) -> Drafted:
    """Boilerplate with the year of its copyright, and placeholders such as '[date]', as holes."""
    clean = unquoted(text)
    open_ = holed(clean)
    own = slug(name) if name else "copyright" if "{year}" in open_ else slug(clean)
    return Drafted(
        "boilerplate", (("id", own), ("text", open_)), (place,), "certain" if name or open_ != clean else "likely"
    )


def _message(line: Line) -> Made:
    text, expires = without_expiry(line.text)
    text, source = without_source(text)
    pillar = line.under[0] if line.under else ""
    own_id = line.under[1] if len(line.under) > 1 else ""
    label, rest = _labelled(text)
    if label and len(label.split()) <= 4 and len(rest.split()) >= 3:
        text, pillar, own_id = rest, pillar or label, own_id or (label if pillar else "")
    quoted = [one for one in quotations(text) if len(one.split()) >= 3]
    prose = bool(quoted) and len(" ".join(quoted).split()) < len(text.split())
    if is_about_the_paper(text) and not quoted:
        return ()
    statement, variants = (quoted[0], tuple(quoted[1:])) if quoted else (unquoted(text), ())
    if len(statement.split()) < 3:
        return ()
    fields: list[tuple[str, Value]] = [("statement", statement)]
    fields += [("id", slug(own_id))] if own_id else []
    fields += [("pillar", pillar)] if pillar else []
    fields += [("variants", variants)] if variants else []
    if source:
        fields += [("source", source)] + ([("expires", expires)] if expires else [])
        return (Drafted("claims", tuple(fields), (line.place,), "likely"),)
    one_sentence = len(_SENTENCE.findall(statement)) <= 1
    entry = Drafted(
        "messages", tuple(fields), (line.place,), "likely" if line.item or quoted or one_sentence else "unsure"
    )
    if prose and variants:
        entry = entry.asking("are the other quotations variants of the first, or messages of their own?")
    if not quoted and len(_SENTENCE.findall(statement)) > 2:
        entry = replace(entry.asking("several sentences: one message, or several?"), certainty="unsure")
    if expires:
        entry = entry.asking(f"expires {expires}: only claims and facts expire")
    return (entry,)


def _claim(line: Line) -> Made:
    text, expires = without_expiry(line.text)
    text, source = without_source(text)
    quoted = [one for one in quotations(text) if len(one.split()) >= 3]
    if quoted and len(quoted[0].split()) < len(text.split()):        # a sentence about the claim that it quotes
        rests = _RESTS_ON.search(text)
        text, source = quoted[0], source or (rests["source"].strip() if rests else "")
    label, rest = _labelled(text)
    if label and len(label.split()) <= 4 and len(rest.split()) >= 3 and not any(char.isdigit() for char in label):
        text = rest
    if (
        not source
        and (match := re.search(r"\s+[–—]\s+([^–—]{4,80})$", text))
        and len(text[: match.start()].split()) >= 4
    ):
        text, source = text[: match.start()], match[1].strip(" .")
    text = unquoted(text)
    if len(text.split()) < 2 or is_about_the_paper(text):
        return ()
    if not source and not line.item and len(_SENTENCE.findall(text)) > 1:
        return ()                                    # running text among the proof points speaks about them
    fields: list[tuple[str, Value]] = [("statement", text)]
    fields += [("source", source)] if source else []
    fields += [("expires", expires)] if expires else []
    fields += [("pillar", line.under[0])] if line.under else []
    entry = Drafted("claims", tuple(fields), (line.place,), "likely", incomplete=not source)
    return (entry if source else entry.asking(NEEDS_SOURCE),)


def _fact(line: Line) -> Made:
    text, source = without_source(line.text)
    label, rest = _labelled(text)
    if label and len(rest.split()) < 4:  # 'Founded: 2009' is no sentence: what it would say is not written there
        return ()
    if len(text.split()) < 2 or is_about_the_paper(text):
        return ()
    fields: Fields = (("statement", unquoted(rest or text)), *((("source", source),) if source else ()))
    return (Drafted("facts", fields, (line.place,), "likely"),)


def _tagline(line: Line) -> Made:
    label, rest = _labelled(line.text)
    found = quotations(line.text) or (unquoted(rest or line.text),)
    if len(found[0].split()) > 12 or (is_about_the_paper(line.text) and not quotations(line.text)):
        return ()
    name = label if label and len(label.split()) <= 3 else (line.under[-1] if line.under else "")
    return tuple(
        Drafted("taglines", ((("id", slug(name)),) if name else ()) + (("text", one),), (line.place,), "likely")
        for one in found
    )


def _boilerplate(line: Line) -> Made:
    label, rest = _labelled(line.text)
    named = bool(label) and len(label.split()) <= 4 and len(rest.split()) >= 3
    text = rest if named else line.text
    if len(text.split()) < 3 or is_about_the_paper(text):
        return ()
    return (boilerplate_entry(text, label if named else (line.under[-1] if line.under else ""), line.place),)


def _name(line: Line) -> Made:
    company = (bool(line.under) and "company" in line.under[0].casefold()) or line.topic == "company"
    label, rest = _labelled(line.text)
    if label.casefold() in {"company", "company name", "legal name", "our name", "brand", "brand name"}:
        entry = name_line(rest, line.place, company=True)
        return (entry,) if entry else ()
    if line.under and line.opens:
        return ()
    entry = name_line(line.text, line.place, company=company)
    if entry is None and line.under and (pair := pair_in(line.text)) and pair.use is None:
        entry = Drafted("products", (("name", bare(line.under[-1])), ("never", pair.never)), (line.place,))
    if entry is None and line.under and not line.opens:
        entry = name_line(f"{line.under[-1]}; {line.text}", line.place, company=company)
    return (entry,) if entry else ()


def _term(line: Line) -> Made:
    text, reason = _reason(line.text)
    pair = pair_in(text)
    if pair is None:
        return ()
    if (
        pair.use
        and pair.use[:1].isupper()
        and any(
            one.replace(" ", "").replace("-", "").casefold() == pair.use.replace(" ", "").replace("-", "").casefold()
            for one in pair.never
        )
    ):
        return _name(line)
    fields: list[tuple[str, Value]] = [("use", pair.use)] if pair.use else []
    fields.append(("never", pair.never))
    fields += [("reason", reason)] if reason else []
    return (Drafted("terms", tuple(fields), (line.place,), "likely"),)


def _avoid(line: Line) -> Made:
    if pair_in(line.text):
        return _term(line)
    text, reason = _reason(line.text)
    if is_about_the_paper(text):
        return ()
    found = listed(text)
    made = []
    for one in found:
        if len(one.split()) > 4:
            made.append(Drafted("prohibited", (("statements", (one,)),), (line.place,), "unsure"))
        else:
            fields: Fields = (("never", (one,)), *((("reason", reason),) if reason else ()))
            made.append(Drafted("terms", fields, (line.place,), "likely" if line.item else "unsure"))
    return tuple(made)


def _prohibited(line: Line) -> Made:
    text, reason = _reason(line.text)
    rest = re.sub(r"^[Tt]hat\s+(?=\w)", "", _BAN.sub("", text))
    if is_about_the_paper(rest):
        return ()
    found = quotations(rest) or (unquoted(rest),)
    tail: Fields = (("reason", reason),) if reason else ()
    long = tuple(one for one in found if len(one.split()) > 2)
    short = tuple(one for one in found if len(one.split()) <= 2)
    made = []
    if long:
        made.append(Drafted("prohibited", (("statements", long), *tail), (line.place,), "likely"))
    if short:
        patterns = tuple(phrase_pattern(one) for one in short)
        entry = Drafted("prohibited", (("id", slug(short[0])), ("patterns", patterns), *tail), (line.place,), "likely")
        made.append(entry.asking("other forms of the word are not matched; add them, or make it a term"))
    return tuple(made)


def _audience(line: Line) -> Made:
    if line.opens:
        return (Drafted("audiences", (("name", line.text),), (line.place,), "likely"),)
    if line.under or (not line.item and len(line.text.split()) > 6):
        return ()
    label, _ = _labelled(line.text)
    name = label or line.text.rstrip(".")
    if len(name.split()) > 6:
        return ()
    return (Drafted("audiences", (("name", unquoted(name)),), (line.place,), "likely"),)


def _competitor(line: Line) -> Made:
    if not line.opens and (found := _policies(line)):
        return found
    if line.opens:
        return (Drafted("competitors", (("name", bare(line.text)),), (line.place,), "likely"),)
    label, _ = _labelled(line.text)
    short = line.item or len(line.text.split()) <= 15
    names = (label,) if label and line.item else listed(line.text.replace(" and ", ", ")) if short else ()
    return tuple(
        Drafted("competitors", (("name", bare(one)),), (line.place,), "likely")
        for one in names
        if bare(one)[:1].isupper() and len(one.split()) <= 4
    )


def _policies(line: Line) -> Made:
    """'We do not name A or B. C may be named where …' as competitors with their policies."""
    made = []
    for sentence in re.split(r"(?<=[.!?])\s+", line.text):
        forbidden = re.search(
            r"\b(?:do not|don[’']t|never|must not) (?:name|mention|attack)\s+(?P<names>[^.;]+)", sentence
        )
        allowed = re.match(r"(?P<names>[A-Z][^.;]*?) (?:may|can) be (?:named|mentioned)(?P<when>[^.]*)", sentence)
        match = forbidden or allowed
        for one in listed(match["names"].replace(" and ", ", ")) if match else ():
            if bare(one)[:1].isupper() and len(one.split()) <= 4:
                fields: Fields = (("name", bare(one)), *((("policy", "allow"),) if allowed and not forbidden else ()))
                entry = Drafted("competitors", fields, (line.place,), "likely")
                when = allowed["when"].strip() if allowed and not forbidden else ""
                made.append(entry.asking(f"except: it may be named only {when}") if when else entry)
    return tuple(made)


def _retired(line: Line) -> Made:
    text, reason = _reason(line.text)
    now = ""
    quoted = quotations(text)
    if quoted:
        statement, now = quoted[0], (quoted[1] if len(quoted) > 1 else "")
    else:
        match = _REPLACED.search(text)
        statement = unquoted(text[: match.start()] if match else text)
        now = unquoted(match["now"]) if match else ""
    if len(statement.split()) < 2 or (is_about_the_paper(text) and not quoted):
        return ()
    entry = Drafted(
        "retired", (("statement", statement), *((("reason", reason),) if reason else ())), (line.place,), "likely"
    )
    return (entry.having("replaced_by", now) if now else entry,)


def _definition(line: Line) -> Made:
    label, rest = _labelled(line.text)
    if label and len(label.split()) <= 5 and len(rest.split()) >= 3:
        term, text = label, rest
    elif line.under:
        term, text = line.under[-1], line.text
    elif match := _DEFINED.match(line.text):
        term, text = match["term"], line.text
    else:
        return ()
    if is_about_the_paper(text):
        return ()
    fields: Fields = (("term", as_written_in(text, unquoted(term))), ("text", text))
    return (Drafted("definitions", fields, (line.place,), "likely"),)


def _labelled(text: str) -> tuple[str, str]:
    """('Speed', 'Live in two weeks.') of 'Speed: Live in two weeks.'; ('', '') without a label."""
    match = _LABEL.match(text)
    return (match["label"].strip(), match["rest"].strip()) if match else ("", "")


def _reason(text: str) -> tuple[str, str]:
    match = _BECAUSE.search(text)
    return (text[: match.start()].strip(), (match["one"] or match["two"]).strip(" .")) if match else (text, "")


_HANDLERS: dict[Topic, Callable[[Line], Made]] = {
    "messages": _message,
    "claims": _claim,
    "facts": _fact,
    "taglines": _tagline,
    "boilerplate": _boilerplate,
    "names": _name,
    "terms": _term,
    "avoid": _avoid,
    "prohibited": _prohibited,
    "audiences": _audience,
    "competitors": _competitor,
    "retired": _retired,
    "definitions": _definition,
    "company": _name,
}
