"""Rows of tables and sheets: what a row says is said by the headings of its columns."""

from __future__ import annotations

from collections.abc import Callable

from msgcheck.authoring.draft import Drafted, Value, slug
from msgcheck.authoring.naming import bare, mark_in, named
from msgcheck.authoring.phrasing import date_in, listed, unquoted
from msgcheck.authoring.topics import Role, Topic, role_of

NEEDS_SOURCE = "a claim needs its source; without one it may be a fact or a message"
_LONG = 5
"""From this many words on, what is to be avoided is a statement rather than a term."""

Cells = dict[Role, str]


def is_heading_row(cells: tuple[str, ...]) -> bool:
    """Whether all cells of a row are headings of columns."""
    return len(cells) > 1 and all(role_of(cell) for cell in cells)


def row_entry(
    cells: tuple[str, ...], columns: tuple[str, ...], topic: Topic | None, place: str, pillar: str = ""
) -> Drafted | None:
    """The entry that a row is; None where its columns say nothing that a guide knows."""
    values: Cells = {}
    for cell, column in zip(cells, columns, strict=False):
        role = role_of(column)
        if role and cell.strip() not in {"", "-", "–", "—", "n/a", "N/A"}:
            values.setdefault(role, cell.strip())
    if not values:
        return None
    entry = _kind(values, topic)(values, topic, place)
    if entry is None:
        return None
    if pillar and entry.section == "messages" and not entry.get("pillar"):
        entry = entry.having("pillar", pillar)
    return entry


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
    if (topic == "prohibited" and has & {"statement", "never", "prohibited", "text"}) or "prohibited" in has:
        return _prohibited
    if topic == "names" or (has & {"mark", "retired", "aliases"} and has & {"name", "use", "term"}):
        return _name
    if "definition" in has and has & {"term", "name"}:
        return _definition
    if "never" in has and not has & {"statement"}:
        return _term
    if has & {"statement", "text"}:
        return _statement
    return _other


def _rest(values: Cells, *keys: Role) -> tuple[tuple[str, Value], ...]:
    """The keys that any entry takes over as they stand."""
    out: list[tuple[str, Value]] = []
    for key in keys:
        if key not in values:
            continue
        if key in {"approved", "expires"}:
            if day := date_in(values[key]):
                out.append((key, day))
        elif key in {"variants", "except", "retired", "aliases"}:
            lines = tuple(unquoted(line) for line in values[key].split("\n") if line.strip())
            out.append((key, listed(values[key]) if key != "variants" else lines))
        elif key in {"audiences", "required_in", "disclaimer"}:
            found = tuple(item for item in listed(values[key]) if item.casefold() not in {"all", "everyone", "any"})
            found = tuple(item.casefold() for item in found) if key == "required_in" else found
            if found:
                out.append((key, found))
        else:
            out.append((key, values[key]))
    return tuple(out)


def _statement(values: Cells, topic: Topic | None, place: str) -> Drafted | None:
    text = unquoted(values.get("statement") or values.get("text") or "")
    if len(text.split()) < 2:
        return None
    head: tuple[tuple[str, Value], ...] = (("statement", text),)
    if topic == "facts" and "source" not in values:
        return Drafted("facts", head, (place,), "certain")
    claim = topic == "claims" or "source" in values or bool(values.keys() & {"expires", "disclaimer"})
    keys: tuple[Role, ...] = ("id", "variants", "audiences", "required_in", "owner", "reason")
    exact = (("wording", "exact"),) if values.get("wording", "").casefold() in {"exact", "verbatim"} else ()
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
    never = listed(values["never"])
    use = unquoted(values.get("use") or values.get("term") or values.get("name") or "")
    if (
        use
        and {one.replace(" ", "").casefold() for one in never} & {bare(use).replace(" ", "").casefold()}
        and use[:1].isupper()
    ):
        return _name({**values, "use": use}, topic, place)
    if not use and all(len(one.split()) >= _LONG for one in never):
        return _prohibited(values, topic, place)
    fields: list[tuple[str, Value]] = [("use", listed(use) if "\n" in use else use)] if use else []
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
    statements = tuple(unquoted(line) for line in text.split("\n") if line.strip())
    return Drafted(
        "prohibited",
        (("statements", statements), *_rest(values, "id", "except", "reason", "owner")),
        (place,),
        "certain",
    )


def _retired(values: Cells, topic: Topic | None, place: str) -> Drafted | None:
    text = unquoted(values.get("never") or values.get("statement") or values.get("text") or "")
    rest = _rest(values, "id", "variants", "reason", "owner", "replaced_by")
    entry = Drafted("retired", (("statement", text), *rest), (place,), "certain")
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
    for key, value in (*rest, *_rest(values, "variants")):
        entry = entry.having(key, value)
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
    policy = values.get("policy", "").casefold()
    extra: tuple[tuple[str, Value], ...] = (("policy", policy),) if policy in {"forbid", "warn", "allow"} else ()
    entry = Drafted(
        "competitors", (("name", bare(name)), *_rest(values, "aliases", "except"), *extra), (place,), "certain"
    )
    return entry.asking(f"policy: '{policy}' is none of forbid, warn, allow") if policy and not extra else entry


def _other(values: Cells, topic: Topic | None, place: str) -> Drafted | None:
    if topic == "terms" and (values.keys() & {"term", "use", "name"}):
        return None
    return None
