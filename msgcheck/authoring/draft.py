"""A guide in the making: entries with where they come from, how sure that is, and what a person must decide."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

Certainty = Literal["certain", "likely", "unsure"]
"""'certain': the source says so in a form made for it; 'likely': by its place or wording; 'unsure': look at it."""
Value = str | tuple[str, ...]

SECTIONS = (
    "company",
    "products",
    "taglines",
    "terms",
    "competitors",
    "audiences",
    "messages",
    "claims",
    "facts",
    "prohibited",
    "retired",
    "definitions",
    "boilerplate",
    "collateral",
)
_MAIN = {
    "company": "name",
    "products": "name",
    "taglines": "text",
    "terms": "never",
    "competitors": "name",
    "audiences": "name",
    "messages": "statement",
    "claims": "statement",
    "facts": "statement",
    "prohibited": "statements",
    "retired": "statement",
    "definitions": "term",
    "boilerplate": "text",
    "collateral": "match",
}
_WITH_ID = frozenset(SECTIONS) - {"company", "terms", "competitors", "facts", "definitions", "collateral"}
_WRITTEN_SIGN = re.compile(r"\\[A-Za-z]")
"""A sign of regular expressions that is written as a letter, such as \\b."""
_SMALL = frozenset(
    "a an the and or of in on at to for from by with as is are be our your we you it its this that".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Drafted:
    """One entry. `fields` are keys of the format with their values, in order; `places` say where it was found.

    `decide` are questions to a person; with `incomplete` the entry lacks a key that the format requires, and is written
    as a comment.
    """

    section: str
    fields: tuple[tuple[str, Value], ...]
    places: tuple[str, ...] = ()
    certainty: Certainty = "likely"
    decide: tuple[str, ...] = ()
    incomplete: bool = False

    def get(self, key: str) -> Value | None:
        return dict(self.fields).get(key)

    def text(self, key: str) -> str:
        """The value of `key` as one text, '' without it."""
        value = self.get(key)
        return value if isinstance(value, str) else ", ".join(value or ())

    def having(self, key: str, value: Value) -> Drafted:
        """This entry with `key` set; lists are joined, without repeating what is there."""
        fields = dict(self.fields)
        here = fields.get(key)
        if isinstance(value, tuple) and here is not None:
            value = tuple(dict.fromkeys((*((here,) if isinstance(here, str) else here), *value)))
        return replace(self, fields=tuple({**fields, key: value}.items()))

    def asking(self, *questions: str) -> Drafted:
        return replace(self, decide=tuple(dict.fromkeys((*self.decide, *questions))))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A text of a source that is not in the draft, and why."""

    place: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What a set of sources comes to; `sources` are their names."""

    sources: tuple[str, ...]
    entries: tuple[Drafted, ...]
    left_out: tuple[LeftOut, ...] = ()

    def of(self, section: str) -> tuple[Drafted, ...]:
        return tuple(entry for entry in self.entries if entry.section == section)

    def summary(self) -> str:
        counts = [(len(self.of(section)), section) for section in SECTIONS]
        found = ", ".join(f"{count} {section}" for count, section in counts if count) or "nothing"
        open_ = sum(bool(entry.decide) for entry in self.entries)
        return f"{found}; {open_} to decide, {len(self.left_out)} passages not taken."


def draft(sources: Iterable[str], entries: Iterable[Drafted], left_out: Iterable[LeftOut] = ()) -> Draft:
    """The draft of `entries`: the same entry found twice is one with both places, ids are given and unique."""
    merged: dict[tuple[str, str], Drafted] = {}
    for entry in entries:
        key = _identity(entry)
        merged[key] = _joined(merged[key], entry) if key in merged else entry
    taken: dict[str, set[str]] = {}
    numbered = [_with_id(entry, taken.setdefault(entry.section, set())) for entry in merged.values()]
    ordered = sorted(numbered, key=lambda entry: SECTIONS.index(entry.section))
    return Draft(tuple(sources), tuple(_checked_references(ordered)), tuple(left_out))


def slug(text: str, words: int = 3) -> str:
    """A short id from the first telling words of `text`."""
    flat = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").casefold()
    found = re.findall(r"[a-z0-9]+", flat.replace("'", ""))
    telling = [word for word in found if word not in _SMALL] or found
    return "-".join(telling[:words]) or "entry"


def _identity(entry: Drafted) -> tuple[str, str]:
    if entry.section == "company":
        return "company", ""
    main = entry.text(_MAIN[entry.section]) + ("|" + entry.text("use") if entry.section == "terms" else "")
    return entry.section, " ".join(re.findall(r"\w+", (main or str(entry.fields)).casefold()))


def _joined(one: Drafted, other: Drafted) -> Drafted:
    """Both as one; what they say differently is a question."""
    out = replace(one, places=tuple(dict.fromkeys((*one.places, *other.places))))
    order: tuple[Certainty, ...] = ("certain", "likely", "unsure")
    out = replace(out, certainty=min(one.certainty, other.certainty, key=order.index))
    for key, value in other.fields:
        here = out.get(key)
        if here is None or isinstance(value, tuple):
            out = out.having(key, value)
        elif here != value and key != "id":
            out = out.asking(f"{key}: '{value}' stands in {other.places[0] if other.places else 'another source'}")
    return replace(out.asking(*other.decide), incomplete=one.incomplete and other.incomplete)


def _with_id(entry: Drafted, taken: set[str]) -> Drafted:
    if entry.section not in _WITH_ID:
        return entry
    given = entry.text("id")
    words = entry.text(_MAIN[entry.section]) or _WRITTEN_SIGN.sub(" ", entry.text("patterns"))
    base = slug(given, 8) if given else slug(words)
    name, number = base, 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    taken.add(name)
    rest = tuple((key, value) for key, value in entry.fields if key != "id")
    return replace(entry, fields=(("id", name), *rest))


def _checked_references(entries: list[Drafted]) -> Iterable[Drafted]:
    """References by the names that a source uses turned into ids; one that names nothing becomes a question."""
    ids = {
        section: {
            alias: entry.text("id")
            for entry in entries
            if entry.section == section
            for alias in (entry.text("id"), entry.text(_MAIN[section]).casefold(), slug(entry.text("name"), 8))
        }
        for section in ("audiences", "boilerplate", "messages", "claims")
    }
    targets = {
        "audiences": ids["audiences"],
        "audience": ids["audiences"],
        "disclaimer": ids["boilerplate"],
        "replaced_by": {**ids["claims"], **ids["messages"]},
    }
    kinds = {
        _squeezed(entry.text("kind")): entry.text("kind")
        for entry in entries
        if entry.section == "collateral" and entry.get("kind") and not entry.incomplete
    }
    for entry in entries:
        for key, known in targets.items():
            value = entry.get(key)
            if value is None:
                continue
            names = (value,) if isinstance(value, str) else value
            found = tuple(dict.fromkeys(hit for name in names if (hit := _target(name, known))))
            missing = [name for name in names if not _target(name, known)]
            rest = tuple((other, one) for other, one in entry.fields if other != key)
            kept = ((key, found if isinstance(value, tuple) else found[0]),) if found else ()
            entry = replace(entry, fields=(*rest, *kept))
            if missing:
                entry = entry.asking(f"{key}: {', '.join(missing)}: no such entry in the draft")
        yield _of_known_kinds(entry, kinds) if kinds else entry


def _of_known_kinds(entry: Drafted, kinds: dict[str, str]) -> Drafted:
    """`entry` with its kinds of collateral as `collateral` writes them; a kind among the exceptions is `not_in`."""
    fields: list[tuple[str, Value]] = []
    unknown: list[str] = []
    for key, value in entry.fields:
        if isinstance(value, tuple) and key == "required_in":
            unknown = [kind for kind in value if _squeezed(kind) not in kinds]
            value = tuple(kinds[_squeezed(kind)] for kind in value if _squeezed(kind) in kinds)
        elif isinstance(value, tuple) and key == "except" and entry.section != "competitors":
            excepted = tuple(kinds[_squeezed(one)] for one in value if _squeezed(one) in kinds)
            value = tuple(one for one in value if _squeezed(one) not in kinds)
            if excepted:
                fields.append(("not_in", excepted))
        if value:
            fields.append((key, value))
    entry = replace(entry, fields=tuple(fields))
    return entry.asking(f"required_in: {', '.join(unknown)}: no such kind under `collateral`") if unknown else entry


def _squeezed(kind: str) -> str:
    """'Data sheets' and 'datasheet' as one."""
    return _singular(re.sub(r"[\W_]+", "", kind.casefold()))


def _target(name: str, known: dict[str, str]) -> str | None:
    return (
        known.get(name) or known.get(name.casefold()) or known.get(slug(name, 8)) or known.get(_singular(slug(name, 8)))
    )


def _singular(name: str) -> str:
    """'heads-finance' as 'head-finance'."""
    return "-".join(part[:-1] if part.endswith("s") and not part.endswith("ss") else part for part in name.split("-"))
