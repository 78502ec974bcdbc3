"""The approved messaging guide, format 1, as frozen pydantic models.

The fields bear the names of the format; `in` and `except` are `in_` and `except_`. Lists are tuples, what may be "one
or a list" is always a tuple, scalars are text, dates are `datetime.date`. White space in a text is folded to single
spaces. Models built by hand take either name of a field: `Term(never=("login",), except_=("login name",))`.
"""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from msgcheck.guide.brand import Brand

Level = Literal["error", "warning", "note", "off"]
Policy = Literal["forbid", "warn", "allow"]
Mark = Literal["®", "™", "℠"]
RuleId = Literal[
    "message-drift", "message-wording", "unapproved-claim", "prohibited-claim", "retired-message", "wrong-audience",
    "missing-message", "claim-expired", "missing-disclaimer", "missing-boilerplate", "boilerplate-drift",
    "definition-drift", "brand-name", "retired-name", "trademark", "tagline-drift", "term", "competitor-mention",
    "conflicting-claims", "brand-color", "brand-font", "brand-logo",
]
RESERVED = ("markets", "examples", "vale")
"""Keys that a later format will use; `examples` is one only outside an entry."""

_MARKS = {"(r)": "®", "(tm)": "™", "(sm)": "℠"}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def _text(value: Any) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise PydanticCustomError("text", "a text is expected here")
    folded = " ".join(value.split())
    if not folded:
        raise PydanticCustomError("empty", "a text is expected here, and this one is empty")
    return folded


def _pattern(value: Any) -> Any:
    if not isinstance(value, str):
        raise PydanticCustomError("text", "a text is expected here")
    if not value.strip():
        raise PydanticCustomError("empty", "a regular expression is expected here, and this one is empty")
    return value.strip()


def _list(value: Any) -> Any:
    if not isinstance(value, list | tuple):
        raise PydanticCustomError("list", "a list is expected here")
    return tuple(value)


def _one_or_list(value: Any) -> Any:
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def _mark(value: Any) -> Any:
    return _MARKS.get(value.strip().casefold(), value.strip()) if isinstance(value, str) else value


def _date(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, str) and _DATE.fullmatch(value.strip()):
        try:
            return datetime.date.fromisoformat(value.strip())
        except ValueError:
            raise PydanticCustomError("date", "there is no such day in the calendar") from None
    raise PydanticCustomError("date", "a date is expected here, such as 2026-07-31")


def _flag(value: Any) -> Any:
    if isinstance(value, str) and value.strip().casefold() in {"true", "yes", "on", "false", "no", "off"}:
        return value.strip().casefold() in {"true", "yes", "on"}
    if isinstance(value, bool):
        return value
    raise PydanticCustomError("flag", "true or false is expected here")


def _version(value: Any) -> Any:
    if str(value).strip() != "1":
        raise PydanticCustomError("version", "this msgcheck reads format 1")
    return "1"


def _language(value: Any) -> Any:
    if not isinstance(value, str) or not re.fullmatch(r"[a-z]{2}", value):
        raise PydanticCustomError("language", "a language is two small letters (ISO 639-1), such as en")
    return value


def _severities(value: Any) -> Any:
    if not isinstance(value, dict):
        raise PydanticCustomError("mapping", "one line a rule is expected here, such as `unapproved-claim: warning`")
    return value


Text = Annotated[str, BeforeValidator(_text, json_schema_input_type=str)]
Pattern = Annotated[str, BeforeValidator(_pattern, json_schema_input_type=str)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_list, json_schema_input_type=list[str])]
Patterns = Annotated[tuple[Pattern, ...], BeforeValidator(_list, json_schema_input_type=list[str])]
OneOrMore = Annotated[tuple[Text, ...], BeforeValidator(_one_or_list, json_schema_input_type=str | list[str])]
Day = Annotated[datetime.date, BeforeValidator(_date, json_schema_input_type=datetime.date)]
Flag = Annotated[bool, BeforeValidator(_flag, json_schema_input_type=bool)]
MarkText = Annotated[Mark, BeforeValidator(_mark)]
Marks = Annotated[
    tuple[MarkText, ...],
    BeforeValidator(_one_or_list, json_schema_input_type=Literal["®", "™", "℠", "(R)", "(TM)", "(SM)"] | list[str]),
]


class _Keys(BaseModel):
    """Base of everything with keys: none that are unknown, none that change."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)


class Examples(_Keys):
    """Sentences that `msgcheck guide test` runs against the whole guide: what must pass, what must be found."""

    ok: Texts = ()
    not_ok: Texts = ()


class Entry(_Keys):
    """What every entry may carry. `place` is where it stands in the guide, `file:line:col`, '' when built by hand."""

    reason: Text | None = Field(None, description="Why it is so; shown with the finding.")
    owner: Text | None = Field(None, description="Whom to ask.")
    severity: Level | None = Field(None, description="error, warning, note or off, for findings of this entry.")
    in_: Texts = Field((), alias="in", description="Kinds of collateral that this holds for; all when left out.")
    not_in: Texts = Field((), description="Kinds of collateral that this does not hold for.")
    examples: Examples | None = Field(None, description="Sentences that `guide test` runs: ok passes, not_ok is found.")
    place: str = Field("", exclude=True, validation_alias=" place")

    @model_validator(mode="after")
    def _one_of_in_and_not_in(self) -> Self:
        if self.in_ and self.not_in:
            raise PydanticCustomError("in", "`in` and `not_in` do not go together: `in` alone says it all")
        return self

    def applies(self, kind: str | None) -> bool:
        """Whether the entry holds for collateral of `kind` (None: the guide knows no kind for the document)."""
        if self.in_:
            return kind in self.in_
        return kind not in self.not_in


class Product(Entry):
    """A product, or the company: how its name is written, and how not. Without an `id`, the name is its id."""

    id: Text = ""
    name: Text
    aliases: Texts = Field((), description="Other approved ways to write it.")
    mark: Marks = Field((), description="Mark that the first use in each document must carry: ® ™ ℠.")
    case: Literal["exact", "any"] = Field("exact", description="any: for a name that is an ordinary word.")
    never: Texts = Field((), description="Wrong ways to write it.")
    retired: Texts = Field((), description="Earlier names.")
    except_: Texts = Field((), alias="except", description="Phrases inside which nothing of this entry is a finding.")

    @model_validator(mode="before")
    @classmethod
    def _id(cls, data: Any) -> Any:
        if isinstance(data, dict) and not data.get("id") and isinstance(data.get("name"), str):
            return {**data, "id": data["name"]}
        return data


class Tagline(Entry):
    """Words that are quoted verbatim wherever they are attempted."""

    id: Text
    text: Text


class Term(Entry):
    """Words to avoid (`never`) and the preferred ones, if there are any (`use`)."""

    use: OneOrMore = Field((), description="The preferred word, or several; left out for a word without a successor.")
    never: Texts = Field(min_length=1, description="Words to avoid.")
    except_: Texts = Field((), alias="except", description="Phrases inside which these words are let pass.")


class Competitor(Entry):
    """`policy` None means the one of the section: ask `Competitors.policy_of`."""

    name: Text
    aliases: Texts = ()
    policy: Policy | None = None
    except_: Texts = Field((), alias="except")


def _competitor(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


def _sharing(name: Any, shared: dict[str, Any], kinds: dict[str, Any]) -> Any:
    entry = _competitor(name)
    if not isinstance(entry, dict):
        return entry
    own = kinds if not {"in", "in_", "not_in"} & entry.keys() else {}
    return {**shared, **own, **entry}


class Competitors(Entry):
    names: Annotated[
        tuple[Annotated[Competitor, BeforeValidator(_competitor, json_schema_input_type=str | Competitor)], ...],
        BeforeValidator(_list),
    ] = ()
    policy: Policy = "forbid"
    except_: Texts = Field((), alias="except")

    @model_validator(mode="before")
    @classmethod
    def _inherit(cls, data: Any) -> Any:
        """What the section says of reason, owner, severity and kinds holds for each name that says nothing itself."""
        if not isinstance(data, dict) or not isinstance(data.get("names"), list | tuple):
            return data
        shared = {key: data[key] for key in ("reason", "owner") if isinstance(data.get(key), str)}
        if data.get("severity") in get_args(Level):
            shared["severity"] = data["severity"]
        kinds = {key: data[key] for key in ("in", "not_in") if isinstance(data.get(key), list | tuple)}
        return {**data, "names": [_sharing(name, shared, kinds) for name in data["names"]]}

    def policy_of(self, competitor: Competitor) -> Policy:
        return competitor.policy or self.policy


class Audience(Entry):
    id: Text
    name: Text = ""


class Message(Entry):
    """An approved value proposition. `audiences` empty: fit for all."""

    id: Text
    pillar: Text | None = None
    statement: Text
    variants: Texts = Field((), description="Other approved wordings.")
    audiences: Texts = Field((), description="Ids of the audiences that it is approved for; all when left out.")
    required_in: Texts = Field((), description="Kinds of collateral that must carry it.")
    wording: Literal["free", "exact"] = Field("free", description="free: the same meaning is enough; exact: verbatim.")

    @property
    def wordings(self) -> tuple[str, ...]:
        return (self.statement, *self.variants)


class Claim(Message):
    """An approved statement with evidence. `expires` is the last day on which it may be used."""

    source: Text = Field(description="The evidence.")
    approved: Day | None = None
    expires: Day | None = Field(None, description="The last day on which it may be used.")
    disclaimer: OneOrMore = Field((), description="Boilerplate that must stand in the same document.")


class Fact(Message):
    """A plain fact that anyone may state: a text, or an entry with the keys of a claim. Its approved id is its text."""

    id: Text = ""
    source: Text | None = None
    approved: Day | None = None
    expires: Day | None = None
    disclaimer: OneOrMore = ()


def _fact(value: Any) -> Any:
    return {"statement": value} if isinstance(value, str) else value


class Prohibited(Entry):
    """What may never be said, by meaning (`statements`) or by regular expression (`patterns`)."""

    id: Text
    statements: Texts = Field((), description="What may not be said; found by meaning.")
    patterns: Patterns = Field((), description="What may not be said; found by regular expression, in any case.")
    except_: Texts = Field((), alias="except", description="Phrases that are let pass.")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.statements and not self.patterns:
            raise PydanticCustomError("nothing", "`statements` or `patterns` are needed: it forbids nothing so far")
        return self


class Retired(Entry):
    """A message that was approved once; `replaced_by` is the id of a message or claim."""

    id: Text
    statement: Text
    variants: Texts = ()
    patterns: Patterns = ()
    replaced_by: Text | None = None
    except_: Texts = Field((), alias="except")

    @property
    def wordings(self) -> tuple[str, ...]:
        return (self.statement, *self.variants)


class Definition(Entry):
    """What sales and marketing must mean alike by `term`, which is its id."""

    term: Text
    text: Text


class Boilerplate(Entry):
    """Approved small print. `text` and `variants` may have the holes {year}, {date} and {any}."""

    id: Text
    text: Text
    required_in: Texts = Field((), description="Kinds of collateral that must carry it.")
    variants: Texts = Field((), description="Other approved wordings.")

    @property
    def wordings(self) -> tuple[str, ...]:
        return (self.text, *self.variants)


class Collateral(Entry):
    """What the documents that match are: their kind, owner and audiences; the first entry that matches wins."""

    match: Text = Field(description="Pattern of the path, such as sales/**/*.pptx")
    kind: Text | None = None
    audience: OneOrMore = ()
    notes: Literal["check", "skip"] = "check"
    skip: Flag = False


class Sections(_Keys):
    """One guide file. Sections of a folder's files are joined."""

    msgcheck: Annotated[Literal["1"], BeforeValidator(_version, json_schema_input_type=Literal[1])] = "1"
    language: Annotated[str, BeforeValidator(_language, json_schema_input_type=str)] = "en"
    company: Product | None = None
    products: Annotated[tuple[Product, ...], BeforeValidator(_list)] = ()
    taglines: Annotated[tuple[Tagline, ...], BeforeValidator(_list)] = ()
    terms: Annotated[tuple[Term, ...], BeforeValidator(_list)] = ()
    competitors: Competitors = Field(default_factory=Competitors)
    audiences: Annotated[tuple[Audience, ...], BeforeValidator(_list)] = ()
    messages: Annotated[tuple[Message, ...], BeforeValidator(_list)] = ()
    claims: Annotated[tuple[Claim, ...], BeforeValidator(_list)] = ()
    facts: Annotated[
        tuple[Annotated[Fact, BeforeValidator(_fact, json_schema_input_type=str | Fact)], ...], BeforeValidator(_list)
    ] = ()
    prohibited: Annotated[tuple[Prohibited, ...], BeforeValidator(_list)] = ()
    retired: Annotated[tuple[Retired, ...], BeforeValidator(_list)] = ()
    definitions: Annotated[tuple[Definition, ...], BeforeValidator(_list)] = ()
    boilerplate: Annotated[tuple[Boilerplate, ...], BeforeValidator(_list)] = ()
    visual: Text | None = None
    collateral: Annotated[tuple[Collateral, ...], BeforeValidator(_list)] = ()
    severity: Annotated[dict[RuleId, Level], BeforeValidator(_severities)] = Field(default_factory=dict)


class Guide(Sections):
    """The whole guide: `path` as it was asked for, `sha256` of its file (of a folder: of all its files)."""

    path: str = ""
    sha256: str = ""
    brand: Brand | None = None           # of the file that `visual` names, once a run has read it

    @property
    def revision(self) -> str:
        """What results depend on: the digest of the guide, and that of its brand file."""
        return f"{self.sha256} {self.brand.sha256}" if self.brand else self.sha256

    @property
    def names(self) -> tuple[Product, ...]:
        """The company, if there is one, and the products."""
        return ((self.company,) if self.company else ()) + self.products

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of collateral that the guide knows, in its order."""
        return tuple(dict.fromkeys(entry.kind for entry in self.collateral if entry.kind))
