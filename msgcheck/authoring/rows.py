"""Rows of tables and sheets: what a row says is said by the headings of its columns."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgcheck.authoring.cells import (
    holed,
    is_any_case,
    is_exact,
    kinds_in,
    names_in,
    phrase_pattern,
    policy_in,
    severity_in,
    statements_in,
    wordings_in,
)
from msgcheck.authoring.draft import Drafted, Value, slug
from msgcheck.authoring.naming import bare, mark_in, named
from msgcheck.authoring.phrasing import date_in, listed, unquoted
from msgcheck.authoring.topics import Role, Topic, role_of

ASK_USED_IN = "required_in: must it stand in each of these, or is that only where it is used?"
NEEDS_SOURCE = "a claim needs its source; without one it may be a fact or a message"
_LONG = 5
"""From this many words on, what is to be avoided is a statement rather than a term."""

_PROOF_POINT = re.compile(r"proof ?points?", re.IGNORECASE)
_STATING: frozenset[Role | None] = frozenset(("statement", "text"))
_SURE_WORDS = 3
"""Up to so many words, how a competitor may be named leaves no doubt; 'forbid' is what the section says itself."""

Cells = dict[Role, str]


def is_heading_row(cells: tuple[str, ...]) -> bool:
    """Whether all cells of a row are headings of columns."""
    return len(cells) > 1 and all(role_of(cell) for cell in cells)


def row_entry(
    cells: tuple[str, ...], columns: tuple[str, ...], topic: Topic | None, place: str, pillar: str = ""
) -> Drafted | None:
    """The entry that a row is; None where its columns say nothing that a guide knows."""
    values = _values(cells, columns)
    if not values:
        return None
    entry = _kind(values, topic)(values, topic, place)
    if entry is None:
        return None
    if pillar and entry.section == "messages" and not entry.get("pillar"):
        entry = entry.having("pillar", pillar)
    if "used_in" in values and entry.get("required_in"):
        entry = entry.asking(ASK_USED_IN)
    if "severity" in values and (level := severity_in(values["severity"])):
        entry = entry.having("severity", level)
    return entry


def lost(cells: tuple[str, ...], columns: tuple[str, ...], entry: Drafted) -> tuple[str, ...]:
    """The columns of a row in which something stands that its entry could not take."""
    taken = _TAKEN.get(entry.section, frozenset())
    kept: list[str] = []
    for cell, column in zip(cells, columns, strict=False):
        if _says(cell) and role_of(column) not in taken and not _PROOF_POINT.fullmatch(column.strip()):
            kept.append(column)
    return tuple(kept)


def _values(cells: tuple[str, ...], columns: tuple[str, ...]) -> Cells:
    values: Cells = {}
    for cell, column in zip(cells, columns, strict=False):
        role = role_of(column)
        if role == "source" and _PROOF_POINT.fullmatch(column.strip()) and _roles(columns).isdisjoint(_STATING):
            role = "statement"                          # 'Proof point' heads the claims, 'Evidence' the source
        if role == "wording" and len(cell.split()) > _LONG:
            role = "text"                                # 'Wording' heads the words themselves, not how fixed they are
        if role and _says(cell):
            values.setdefault(role, cell.strip())
    return values


def _roles(columns: tuple[str, ...]) -> set[Role | None]:
    return {role_of(column) for column in columns if not _PROOF_POINT.fullmatch(column.strip())}


def _says(cell: str) -> bool:
    return cell.strip().casefold() not in {"", "-", "–", "—", "n/a", "none", "./."}


def _kind(values: Cells, topic: Topic | None) -> Callable[[Cells, Topic | None, str], Drafted | None]:
    has = values.keys()
    if (topic == "competitors" and "name" in has) or "policy" in has:
        return _competitor
    if topic == "retired" and has & {"statement", "text", "never"}:
        return _retired
    if topic in {"taglines", "boilerplate"} and has & {"text", "statement", "definition"}:
        return _fixed
    if topic == "audiences":
        return _audience
    if (topic == "prohibited" and has & {"statement", "never", "prohibited", "text", "examples", "patterns"}) or (
        "prohibited" in has
    ):
        return _prohibited
    if topic == "names" or (has & {"mark", "retired", "aliases"} and has & {"name", "use", "term"}):
        return _name
    if "definition" in has and has & {"term", "name"}:
        return _definition
    if has & {"never", "patterns"} and not has & {"statement"}:
        return _term
    if has & {"statement", "text"}:
        return _statement
    return _other


def _rest(values: Cells, *keys: Role) -> tuple[tuple[str, Value], ...]:
    """The keys that any entry takes over as they stand."""
    out: list[tuple[str, Value]] = []
    for key in keys:
        text = values.get(key, "")
        if key == "required_in":
            text = text or values.get("used_in", "")
        if not text:
            continue
        value: Value = text
        if key in {"approved", "expires"}:
            value = date_in(text)
        elif key == "variants":
            value = wordings_in(text)
        elif key in {"except", "retired", "aliases"}:
            value = listed(text)
        elif key == "required_in":
            value = kinds_in(text)
        elif key in {"audiences", "disclaimer"}:
            value = names_in(text)
        if value:
            out.append((key, value))
    return tuple(out)


def _statement(values: Cells, topic: Topic | None, place: str) -> Drafted | None:
    text = values.get("statement") or values.get("text") or ""
    name = values.get("name", "")
    if "text" in values and len(values["text"].split()) > len(text.split()):
        text, name = values["text"], name or text        # 'Message: Own phone', 'Text: Visitors use their own phone.'
    text, *more = (unquoted(text),) if "variants" in values else statements_in(text) or ("",)
    if len(text.split()) < 2:
        return None
    head: tuple[tuple[str, Value], ...] = (("statement", text),)
    if more:
        head = (*head, ("variants", tuple(more)))
    if name and "id" not in values:
        head = (("id", slug(name, 4)), *head)
    if topic == "facts" and "source" not in values:
        return Drafted("facts", head, (place,), "certain")
    claim = topic == "claims" or "source" in values or bool(values.keys() & {"expires", "disclaimer"})
    keys: tuple[Role, ...] = ("id", "variants", "audiences", "required_in", "owner", "reason")
    exact = (("wording", "exact"),) if is_exact(values.get("wording", "")) else ()
    if not claim:
        return Drafted("messages", head + _rest(values, *keys, "pillar") + exact, (place,), "certain")
    fields = head + _rest(values, *keys, "pillar", "source", "approved", "expires", "disclaimer") + exact
    entry = Drafted("claims", fields, (place,), "certain", incomplete="source" not in values)
    if entry.incomplete:
        entry = entry.asking(NEEDS_SOURCE)
    for key in ("approved", "expires"):
        if key in values and not date_in(values[key]):
            entry = entry.asking(f"{key}: '{values[key]}' is no day that can be read beyond doubt")
    return entry


def _term(values: Cells, topic: Topic | None, place: str) -> Drafted | None:
    never = listed(values.get("never") or values["patterns"])
    use = unquoted(values.get("use") or values.get("term") or values.get("name") or "")
    if (
        use
        and {one.replace(" ", "").casefold() for one in never} & {bare(use).replace(" ", "").casefold()}
        and use[:1].isupper()
    ):
        return _name({**values, "use": use}, topic, place)
    if all(len(one.split()) >= _LONG for one in never):
        entry = _prohibited(values, topic, place)
        return entry.asking(f"the source says instead: '{use}'; is that a message?") if entry and use else entry
    several = tuple(unquoted(one) for one in re.split(r"\n|;| / |\s+or\s+", use) if one.strip())
    fields: list[tuple[str, Value]] = [("use", use if len(several) < 2 else several)] if use else []
    return Drafted(
        "terms", (*fields, ("never", never), *_rest(values, "except", "reason", "owner")), (place,), "certain"
    )


def _name(values: Cells, topic: Topic | None, place: str) -> Drafted | None:
    name = values.get("name") or values.get("use") or values.get("term") or ""
    if not name:
        return None
    entry = named(
        name,
        place,
        aliases=tuple(dict(_rest(values, "aliases")).get("aliases", ())),
        never=tuple(bare(one) for one in listed(values.get("never", ""))),
        retired=tuple(bare(one) for one in listed(values.get("retired", ""))),
    )
    if mark := mark_in(values.get("mark", "")):
        entry = entry.having("mark", mark)
    if is_any_case(values.get("case", "")):
        entry = entry.having("case", "any")
    for key, value in _rest(values, "id", "except", "reason", "owner"):
        entry = entry.having(key, value)
    return Drafted(entry.section, entry.fields, entry.places, "certain")


def _definition(values: Cells, topic: Topic | None, place: str) -> Drafted | None:
    term = as_written_in(values["definition"], values.get("term") or values.get("name") or "")
    return Drafted(
        "definitions",
        (("term", unquoted(term)), ("text", values["definition"]), *_rest(values, "owner")),
        (place,),
        "certain",
    )


def as_written_in(text: str, term: str) -> str:
    """A term that begins with a capital only because it heads its line, as the definition itself writes it."""
    small = term[:1].lower() + term[1:]
    return small if term not in text and small in text else term


def _prohibited(values: Cells, topic: Topic | None, place: str) -> Drafted | None:
    text = values.get("prohibited") or values.get("never") or values.get("statement") or values.get("text") or ""
    statements = tuple(dict.fromkeys((*statements_in(text), *statements_in(values.get("examples", "")))))
    fields: list[tuple[str, Value]] = [("statements", statements)] if statements else []
    name = values.get("name") or values.get("term") or ""
    if name and "id" not in values:
        fields.insert(0, ("id", slug(name, 4)))
    rest = (*_patterns(values), *_rest(values, "id", "except", "reason", "owner"))
    return Drafted("prohibited", (*fields, *rest), (place,), "certain")


def _patterns(values: Cells) -> tuple[tuple[str, Value], ...]:
    """`patterns` of a list of phrases: each matches that phrase and no other form of it."""
    phrases = listed(values.get("patterns", ""))
    return (("patterns", tuple(phrase_pattern(one) for one in phrases)),) if phrases else ()


def _retired(values: Cells, topic: Topic | None, place: str) -> Drafted | None:
    text, *more = statements_in(values.get("never") or values.get("statement") or values.get("text") or "") or ("",)
    rest = (*_rest(values, "id", "variants", "reason", "owner", "replaced_by", "except"), *_patterns(values))
    entry = Drafted("retired", (("statement", text), *rest), (place,), "certain")
    if more:
        entry = entry.having("variants", tuple(more))
    now = unquoted(values.get("use", ""))
    return entry.having("replaced_by", now) if now and not entry.get("replaced_by") else entry


def _fixed(values: Cells, topic: Topic | None, place: str) -> Drafted | None:
    from msgcheck.authoring.lines import boilerplate_entry

    text = unquoted(values.get("text") or values.get("statement") or values.get("definition") or "")
    name = values.get("id") or values.get("name") or values.get("term") or ""
    rest = _rest(values, "owner", "reason", "required_in")
    if topic == "taglines":
        head: tuple[tuple[str, Value], ...] = (("id", slug(name)),) if name else ()
        kept = tuple(field for field in rest if field[0] != "required_in")
        return Drafted("taglines", (*head, ("text", text), *kept), (place,), "certain")
    entry = boilerplate_entry(text, name, place)
    for key, value in rest:
        entry = entry.having(key, value)
    if "variants" in values:
        entry = entry.having("variants", tuple(holed(one) for one in wordings_in(values["variants"])))
    return entry


def _audience(values: Cells, topic: Topic | None, place: str) -> Drafted | None:
    name = values.get("name") or values.get("audiences") or values.get("term") or values.get("text") or ""
    if not name:
        return None
    return Drafted("audiences", (*_rest(values, "id"), ("name", unquoted(name))), (place,), "certain")


def _competitor(values: Cells, topic: Topic | None, place: str) -> Drafted | None:
    name = values.get("name") or values.get("term") or ""
    if not name:
        return None
    policy = policy_in(values.get("policy", ""))
    extra: tuple[tuple[str, Value], ...] = (("policy", policy),) if policy not in {"", "forbid"} else ()
    fields = (("name", bare(name)), *_rest(values, "aliases", "except"), *extra, *_rest(values, "reason", "owner"))
    entry = Drafted("competitors", fields, (place,), "certain")
    said = values.get("policy", "")
    if said and (not policy or len(said.split()) > _SURE_WORDS):
        what = f"policy: the source says '{said}'"
        entry = entry.asking(what if policy else f"{what}; it is none of forbid, warn, allow")
    return entry


def _other(values: Cells, topic: Topic | None, place: str) -> Drafted | None:
    return None


_ANY: frozenset[Role] = frozenset({"id", "owner", "reason", "severity"})
_TAKEN: dict[str, frozenset[Role]] = {
    "messages": _ANY | {"statement", "text", "name", "variants", "audiences", "required_in", "used_in", "pillar",
                        "wording"},
    "claims": _ANY | {"statement", "text", "name", "variants", "audiences", "required_in", "used_in", "pillar",
                      "wording", "source", "approved", "expires", "disclaimer"},
    "facts": frozenset({"statement", "text"}),
    "terms": _ANY | {"use", "never", "term", "name", "except", "patterns"},
    "products": _ANY | {"name", "use", "term", "never", "retired", "aliases", "mark", "case", "except"},
    "company": _ANY | {"name", "use", "term", "never", "retired", "aliases", "mark", "case", "except"},
    "definitions": frozenset({"term", "name", "definition", "owner"}),
    "prohibited": _ANY | {"prohibited", "never", "statement", "text", "examples", "patterns", "except", "name", "term",
                          "use"},
    "retired": _ANY | {"never", "statement", "text", "variants", "replaced_by", "use", "patterns", "except"},
    "taglines": _ANY | {"text", "statement", "definition", "name", "term"},
    "boilerplate": _ANY | {"text", "statement", "definition", "name", "term", "variants", "required_in", "used_in"},
    "audiences": frozenset({"id", "name", "audiences", "term", "text"}),
    "competitors": _ANY | {"name", "term", "aliases", "except", "policy"},
}
"""What the entries of each section take of a row."""
