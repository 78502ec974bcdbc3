"""A messaging document, as a reader saw it, to entries of a guide: tables, headings with bullets, and prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from msgcheck.authoring.assets import collateral_row, is_heading_of_collateral, lost_columns
from msgcheck.authoring.cells import holed, is_exact, kinds_in, names_in, wordings_in
from msgcheck.authoring.draft import Drafted, LeftOut, Value, slug
from msgcheck.authoring.layout import arranged, table_of
from msgcheck.authoring.lines import is_about_the_paper, line_entries
from msgcheck.authoring.naming import marked_names, name_line
from msgcheck.authoring.outline import Line, lines_of
from msgcheck.authoring.phrasing import date_in, listed, pair_in, quotations
from msgcheck.authoring.rows import ASK_USED_IN, is_heading_row, lost, row_entry
from msgcheck.authoring.topics import Role, Topic, role_of
from msgcheck.model import Document

_CUES: tuple[tuple[Topic, str], ...] = (
    ("taglines", r"tag ?line|slogan|strap ?line|sign(?:s)? off with"),
    (
        "retired",
        r"no longer|used to (?:say|claim)|retired|old (?:line|message|claim)|stopped saying|until last year we",
    ),
    (
        "prohibited",
        r"never (?:say|claim|promise|write)|do(?:es)? not (?:say|claim|promise)|don[’']t (?:say|claim|promise)"
        r"|(?:nobody|no one|none of us) (?:may|should|must|can)|must not|may not|avoid (?:saying|claiming)|forbidden",
    ),
    ("boilerplate", r"boiler ?plate|legal line|copyright line|footer|small print|disclaimer|closes? with"),
    (
        "claims",
        r"\b(?:claim|figure|proof point)s?\b.*[\"“].*(?:rests? on|based on|backed by|proved by|(?:come|take)\w* from)",
    ),
    (
        "messages",
        r"(?:we|to) (?:say|promise|tell)|our (?:promise|message|main message|first|second|third)|message is"
        r"|key message|statement|in (?:so many|these) words|put it|value proposition|can be worded|reads?",
    ),
)
_CUE = tuple((topic, re.compile(words, re.IGNORECASE)) for topic, words in _CUES)
_SENTENCES = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][\"”’]))\s+(?=[A-Z\"“‘])")
_VARIANT = re.compile(
    r"\b(?:shorten|short(?:er)? (?:form|version)|or simply|also (?:say|approved)|alternative(?:ly)?"
    r"|another (?:approved )?wording|may also)\b",
    re.IGNORECASE,
)
_REQUIRED = re.compile(
    r"^(?:this (?:message|claim|text|line) |it |they )?(?:must (?:appear|stand|be (?:used|included))"
    r"|(?:is )?(?:required|mandatory|obligatory)|belongs|goes) in(?:to)? (?P<kinds>[^.:;]+)\.?$",
    re.IGNORECASE,
)
_EXACT = re.compile(
    r"\bword for word\b|\bverbatim\b|\bexactly as\b|\b(?:never|do not|don[’']t) (?:change|alter) a word\b"
    r"|\bexact(?:ly)? (?:wording|(?:in )?these words)\b",
    re.IGNORECASE,
)
_OWNER = re.compile(
    r"© (?:\{year\}|\d{4}) (?P<name>[A-Z][\w&' -]*?),? "
    r"(?:Inc|Ltd|Limited|LLC|GmbH|AG|SE|BV|NV|AB|plc|Corp)\b"
)
_ATTRIBUTES: dict[Role, str] = {
    "variants": "variants",
    "source": "source",
    "owner": "owner",
    "approved": "approved",
    "expires": "expires",
    "audiences": "audiences",
    "required_in": "required_in",
    "used_in": "used_in",
    "pillar": "pillar",
    "reason": "reason",
    "except": "except",
    "disclaimer": "disclaimer",
    "id": "id",
    "replaced_by": "replaced_by",
    "never": "never",
    "retired": "retired",
    "aliases": "aliases",
    "mark": "mark",
    "wording": "wording",
}
_OF_STATEMENTS = frozenset({
    "variants", "owner", "audiences", "required_in", "pillar", "reason", "id", "source", "expires", "approved",
    "disclaimer", "wording", "used_in",
})
_TAKES: dict[str, frozenset[str]] = {
    "messages": _OF_STATEMENTS,
    "claims": _OF_STATEMENTS,
    "facts": frozenset({"source", "owner", "variants", "expires"}),
    "products": frozenset({"never", "retired", "aliases", "mark", "except", "owner", "reason"}),
    "company": frozenset({"never", "retired", "aliases", "mark", "except", "owner", "reason"}),
    "terms": frozenset({"reason", "except", "owner"}),
    "prohibited": frozenset({"reason", "except", "owner"}),
    "retired": frozenset({"replaced_by", "reason", "variants"}),
    "boilerplate": frozenset({"required_in", "used_in", "variants", "owner", "id"}),
    "taglines": frozenset({"owner", "reason"}),
}


def entries_of(document: Document) -> tuple[tuple[Drafted, ...], tuple[LeftOut, ...]]:
    """What a messaging document says, and what of it has no place in a guide."""
    made: list[Drafted] = []
    left: list[LeftOut] = []
    seen: list[tuple[str, str]] = []
    for line in arranged(tuple(lines_of(document))):
        seen.append((line.text, line.place))
        if _attribute(line, made):
            continue
        found = tuple(_entries(line))
        made += found
        for one in _unused(line, found):
            if (one.text, one.place) not in {(other.text, other.place) for other in left}:
                left.append(one)
        if not found and not line.opens and len(line.text.split()) > 1 and not is_heading_row(line.cells):
            left.append(LeftOut(line.place, line.text, _why(line)))
    known = {str(entry.get("name")) for entry in made if entry.section in {"products", "company"}}
    for entry in marked_names(seen):
        if str(entry.get("name")) in known or made:
            made.append(entry)
    return tuple(_one_company(made)), tuple(left)


def _unused(line: Line, found: tuple[Drafted, ...]) -> Iterator[LeftOut]:
    """What a line says beside the entry that was taken from it: columns without a key, a persona's description."""
    if not found:
        return
    table = table_of(line)
    for entry in found:
        own = entry.section == "collateral"
        columns = lost_columns(line.columns) if own else lost(line.cells, line.columns, entry)
        for column in columns:
            yield LeftOut(table, f"the column '{column}'", f"no key of `{entry.section}` means that")
    _, colon, rest = line.text.partition(": ")
    if line.topic == "audiences" and not line.columns and colon:
        yield LeftOut(line.place, rest, "a guide names an audience and does not describe it")


def _one_company(made: list[Drafted]) -> Iterator[Drafted]:
    """The first entry of the company; others of other names are products that a person should look at."""
    legal = next(
        (
            match["name"]
            for entry in made
            if entry.section == "boilerplate" and (match := _OWNER.search(entry.text("text")))
        ),
        "",
    )
    company = next((str(entry.get("name")) for entry in made if entry.section == "company"), "") or legal
    for entry in made:
        if entry.section == "products" and entry.get("name") == company:
            yield replace(entry, section="company")
        elif entry.section == "company" and entry.get("name") != company:
            yield replace(entry, section="products", certainty="unsure").asking(
                f"is this a product? The company is {company}"
            )
        else:
            yield entry


def _entries(line: Line) -> Iterator[Drafted]:
    if line.introduces:
        return
    if line.opens and line.topic not in {"audiences", "competitors"}:
        return
    if line.cells and is_heading_of_collateral(line.columns):
        entry = collateral_row(line.cells, line.columns, line.place)
        if entry:
            yield entry
        return
    if line.cells and line.columns:
        entry = row_entry(line.cells, line.columns, line.topic, line.place, line.under[0] if line.under else "")
        if entry:
            yield entry
        return
    if line.cells:
        yield from _bare_row(line)
        return
    if line.topic is None or _is_prose(line):
        yield from _prose(line)
        return
    found = line_entries(line)
    yield from found
    if not found and not line.opens:
        yield from _prose(line)


def _bare_row(line: Line) -> Iterator[Drafted]:
    """A row without column headings: 'Message | We move water.' is a label and its text."""
    if is_heading_row(line.cells) or len(line.cells) != 2:
        return
    yield from line_entries(replace(line, text=f"{line.cells[0]}: {line.cells[1]}", item=True, cells=()))


def _is_prose(line: Line) -> bool:
    """Whether a line speaks about words that it quotes, and so may approve or forbid them."""
    quoted = quotations(line.text)
    around = len(line.text.split()) - sum(len(one.split()) for one in quoted)
    return (
        bool(quoted)
        and around >= 3
        and line.topic
        in {"messages", "terms", "names", "taglines", "company", "prohibited", "avoid", "retired", "claims", "facts"}
    )


def _prose(line: Line) -> Iterator[Drafted]:
    """Quoted words in running text, by what the sentence around says of them; say-this-not-that with quotes."""
    made: list[Drafted] = []
    for sentence in _SENTENCES.split(line.text):
        quoted = quotations(sentence)
        if not quoted:
            if made and (match := _REQUIRED.match(sentence)) and "required_in" in _TAKES.get(made[-1].section, ()):
                made[-1] = made[-1].having("required_in", kinds_in(match["kinds"]))
                yield made[-1]
            continue
        one = replace(line, text=sentence, item=True)
        pair = pair_in(sentence)
        if pair and pair.use and all(len(word.split()) <= 4 for word in (pair.use, *pair.never)):
            entry = name_line(sentence, line.place) if pair.use[:1].isupper() else None
            fields: tuple[tuple[str, Value], ...] = (("use", pair.use), ("never", pair.never))
            yield replace(entry or Drafted("terms", fields, (line.place,)), certainty="likely")
            continue
        before = sentence[: sentence.find(quoted[0])]
        topic = next((topic for topic, pattern in _CUE if pattern.search(before)), None)
        if _VARIANT.search(before) and made and made[-1].section in {"messages", "claims"}:
            made[-1] = made[-1].having("variants", quoted)
            yield made[-1]
            continue
        topic = topic or next((topic for topic, pattern in _CUE if pattern.search(sentence)), line.topic)
        if topic is None:
            continue
        for entry in line_entries(replace(one, topic=topic, under=line.under if topic == line.topic else ())):
            asked = ("taken from running text: is this the approved wording?",) if line.topic != topic else ()
            made.append(replace(entry, certainty="unsure" if asked else "likely").asking(*asked))
            yield made[-1]


def _attribute(line: Line, made: list[Drafted]) -> bool:
    """Whether the line is 'Source: …', 'Audience: …' of the entry before it; that entry then has it."""
    if line.cells or line.opens:
        return False
    if made and _instruction(line.text, made):
        return True
    label, colon, rest = line.text.partition(":")
    role = role_of(label) if colon and rest.strip() else None
    if role in {"statement", "text", "definition"} and line.topic and rest.strip():
        own = replace(line, text=rest.strip(), item=True)
        found = line_entries(own)
        name = line.under[-1] if line.under else ""
        made += [_named_by_heading(entry, name, line) for entry in found]
        return bool(found)
    key = _ATTRIBUTES.get(role) if role else None
    if key is None or not made or key not in _TAKES.get(made[-1].section, ()):
        return False
    entry, value = made[-1], rest.strip()
    if key in {"source", "approved", "expires", "disclaimer"} and entry.section == "messages":
        entry = replace(entry, section="claims", incomplete=key != "source" and not entry.get("source"))
    made[-1] = _with(entry, key, value)
    return True


def _instruction(text: str, made: list[Drafted]) -> bool:
    """Whether a sentence says how to use the entry before it: 'must appear in …', 'word for word'."""
    entry = made[-1]
    if (match := _REQUIRED.match(text)) and "required_in" in _TAKES.get(entry.section, ()):
        kinds = kinds_in(match["kinds"])
        made[-1] = entry.having("required_in", tuple(kind for kind in kinds if len(kind.split()) <= 2))
        return True
    if _EXACT.search(text) and len(text.split()) <= 12 and not quotations(text):
        if "wording" in _TAKES.get(entry.section, ()):
            made[-1] = entry.having("wording", "exact")
        return entry.section in {"messages", "claims", "taglines", "boilerplate"}
    return False


def _named_by_heading(entry: Drafted, name: str, line: Line) -> Drafted:
    """A statement with a label of its own under a heading: the heading is its name, the one above it the pillar."""
    of_pillar = re.match(r"(?:pillar|theme|value)\b", line.heading, re.IGNORECASE)
    if not name or of_pillar or entry.section not in {"messages", "claims"} or len(line.under) > 1:
        return entry
    if not entry.get("id"):
        rest = tuple(field for field in entry.fields if field[0] != "pillar")
        return replace(entry, fields=(("id", slug(name, 4)), *rest))
    return entry


def _with(entry: Drafted, key: str, value: str) -> Drafted:
    if key in {"approved", "expires"}:
        day = date_in(value)
        return (
            entry.having(key, day) if day else entry.asking(f"{key}: '{value}' is no day that can be read beyond doubt")
        )
    if key == "variants":
        found = wordings_in(value)
        return entry.having(key, tuple(holed(one) for one in found) if entry.section == "boilerplate" else found)
    if key in {"required_in", "used_in"}:
        kinds = kinds_in(value)
        entry = entry.having("required_in", kinds) if kinds else entry
        return entry.asking(ASK_USED_IN) if kinds and key == "used_in" else entry
    if key in {"audiences", "disclaimer", "except", "never", "retired", "aliases"}:
        items = names_in(value) if key == "audiences" else listed(value.rstrip("."))
        return entry.having(key, items) if items else entry
    if key == "wording":
        return entry.having(key, "exact") if is_exact(value) else entry
    if key == "id":
        return entry.having(key, slug(value, 8))
    done = entry.having(key, value.rstrip(".") if key in {"source", "owner"} else value)
    return replace(done, incomplete=False, decide=()) if key == "source" and entry.incomplete else done


def _why(line: Line) -> str:
    if line.introduces:
        return "it introduces what follows"
    if is_about_the_paper(line.text):
        return "it speaks of the document"
    if line.cells:
        return "its columns have no counterpart in a guide"
    if line.topic is None:
        return (
            f"under '{line.heading}', which is no section of a guide" if line.heading else "it stands under no heading"
        )
    if line.topic == "audiences":
        return "a guide names an audience and does not describe it"
    return f"nothing in it could be told to be part of `{line.topic}`"
