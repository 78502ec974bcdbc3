"""The values that flow through the house, left to right; nothing here imports anything else of msgcheck.

All are frozen, slotted dataclasses of plain data (str, int, float, tuples), so that they can cross process borders
and be cached; a later step returns new values and never assigns into old ones.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Layer = Literal["body", "notes", "running", "description", "hidden", "code"]
BlockKind = Literal["paragraph", "heading", "list-item", "table-row", "caption", "note"]
LocationKind = Literal["page", "slide", "notes", "paragraph", "table", "header", "footer", "line", "document"]
Status = Literal["read", "partly-read", "unread", "skipped"]
Severity = Literal["error", "warning", "note", "off"]
ChangeKind = Literal[
    "entity", "negation", "timeframe", "unit", "number", "qualifier", "strength", "scope", "condition", "contradiction"
]
Relation = Literal["same", "part", "drift", "other"]

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points from the page's top left."""

LAYERS: tuple[Layer, ...] = ("body", "notes", "running", "description", "hidden", "code")
CHANGE_KINDS: tuple[ChangeKind, ...] = (
    "entity", "negation", "timeframe", "unit", "number", "qualifier", "strength", "scope", "condition", "contradiction",
)
"""In the order in which the guide format prefers them where two fit."""


@dataclass(frozen=True, slots=True)
class Location:
    """Where in a document something stands, in words (`label`, 'slide 4') and, where there is a layout, in boxes."""

    kind: LocationKind
    number: int | None = None
    label: str = ""
    boxes: tuple[Box, ...] = ()
    page_size: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of a block: `block.text[start:end]` stands in `box`."""

    start: int
    end: int
    box: Box
    page: int | None = None              # where the block runs on over a page's end: the page of this line


@dataclass(frozen=True, slots=True)
class Block:
    """What the author laid out as one: a paragraph, list item, heading, caption, note or table row.

    `text` is the words as quoted (printed line breaks are `\\n`, line-end hyphens stand); `normal` is the same text
    after `msgcheck.normalise.normalise`. `heading`, `lead_in` and `columns` are the block's context and never part of
    its text. A table row's `text` is its `cells` joined by one space.
    """

    text: str
    normal: str
    kind: BlockKind
    layer: Layer
    location: Location
    lines: tuple[Line, ...] = ()
    heading: str = ""                    # the nearest heading above, normalised
    lead_in: str = ""                    # the line that introduces a list, normalised
    columns: tuple[str, ...] = ()        # the headings of a table row's columns, one a cell
    cells: tuple[str, ...] = ()          # a table row's cells
    count: int = 1                       # how often a running block stands in the document
    level: int = 0                       # of a heading or list item, from 1; 0 where there is none


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a document, or a part of it, was not read: a stable `code`, the `place` ('slide 7', '') and a sentence."""

    code: str
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Look:
    """One colour or font that shows in a document, and where: on text that is read or on a shape that is seen.

    `value` is '#RRGGBB' in capitals, or a font's family as the file names it. `text` is words at `location` ('' where
    there are none), `count` how often it was met, `more` the next few places with their words.
    """

    kind: Literal["color", "font"]
    value: str
    role: Literal["text", "fill", "line"]
    location: Location
    text: str = ""
    count: int = 1
    more: tuple[tuple[Location, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One file as a reader saw it; knows nothing of the guide.

    `status` is 'read', 'partly-read' or 'unread' ('skipped' for a language that is not the guide's, set later);
    `reasons` says why it is not 'read'. `pages` counts pages or slides (`unit`), None where the format has none.
    """

    name: str
    format: str
    sha256: str
    status: Status
    reasons: tuple[Reason, ...] = ()
    blocks: tuple[Block, ...] = ()
    pages: int | None = None
    unit: Literal["page", "slide", ""] = ""
    language: str | None = None          # ISO 639-1, recognised from the text; None where there is too little of it
    gaps: tuple[tuple[str, int], ...] = ()   # what was passed over and how often: ('picture-without-text', 3)
    looks: tuple[Look, ...] = ()         # colours and fonts that show, in the order in which they were met
    stray: bool = False                  # met in a folder, and excluded or no collateral at all: told of, not counted


@dataclass(frozen=True, slots=True)
class Role:
    """What the guide's `collateral` section says of a document."""

    kind: str | None = None
    owner: str | None = None
    audiences: tuple[str, ...] = ()
    notes: Literal["check", "skip"] = "check"
    skip: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence of a paragraph, or the whole of any other block: what a finding of meaning points at.

    `text == document.blocks[block].text[start:end]`; `normal` is it normalised; `before` is the passage before it in
    the reading order of its layer (normalised), which pronouns may lean on.
    """

    block: int
    start: int
    end: int
    text: str
    normal: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """How a passage differs from approved words; `approved` or `found` is '' where something was added or dropped."""

    kind: ChangeKind
    approved: str
    found: str


@dataclass(frozen=True, slots=True)
class Approved:
    """The guide's entry that a finding is held against; `wording` is its wording nearest to the passage."""

    section: str
    id: str
    statement: str | None = None
    wording: str | None = None
    source: str | None = None
    owner: str | None = None
    reason: str | None = None            # why the entry is so, in the guide's own words

    @property
    def standing(self) -> Literal["approved", "forbidden", "retired"]:
        """What the guide makes of the words, as a report calls them: an entry may be there to rule them out."""
        if self.section == "prohibited":
            return "forbidden"
        return "retired" if self.section == "retired" else "approved"


@dataclass(frozen=True, slots=True)
class Also:
    rule: str
    approved: str | None


@dataclass(frozen=True, slots=True)
class Related:
    document: str
    location: Location
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a person should look at. `start`/`end` are offsets in `block`; None for a whole document.

    `severity` and `fingerprint` are filled in by `msgcheck.checks.finish`; a check leaves them as they are here.
    `why` explains the finding, one sentence each: what was compared with what, and why this rule. `order` is the
    index of the block in its document: what stands first is shown first.
    """

    rule: str
    message: str
    document: str
    layer: Layer
    location: Location
    block: str | None = None
    text: str | None = None
    start: int | None = None
    end: int | None = None
    approved: Approved | None = None
    changes: tuple[Change, ...] = ()
    also: tuple[Also, ...] = ()
    related: tuple[Related, ...] = ()
    similarity: float | None = None
    confidence: float = 1.0
    suggestion: str | None = None
    why: tuple[str, ...] = ()
    severity: Severity = "error"
    status: Literal["open", "accepted"] = "open"
    fingerprint: str = ""
    order: int = 0


@dataclass(frozen=True, slots=True)
class Assertion:
    """What a passage states of a thing, compact enough to compare over a whole collection without its document.

    `low` to `high` is the value in the canonical unit of its `kind`; `rivals` are the passage's other values of that
    kind. `start`/`end` are the passage's offsets in `block`.
    """

    document: str
    layer: Layer
    location: Location
    block: str
    text: str
    start: int
    end: int
    kind: str                            # 'duration', 'mass', 'count:engineer', 'hours', 'date:begin', …
    low: float
    high: float
    comparator: str                      # '=', '<=', '<', '>=', '>', '~'
    said: str                            # the value's words: 'two full days'
    subject: tuple[tuple[str, float], ...] = ()   # stems of what it is about, with their weights, in alphabetical order
    context: tuple[str, ...] = ()        # stems of the headings and column heads around it
    topic: tuple[str, ...] = ()          # stems of its label: first cell, or the words before a colon
    names: tuple[str, ...] = ()          # proper names in the passage, without the company's
    products: tuple[str, ...] = ()       # ids of the guide's products that it names
    conditions: tuple[str, ...] = ()     # what else is measured or named: 'data=1e+13', 'date=2025', …
    rivals: tuple[tuple[float, float], ...] = ()
    ours: bool = False                   # the passage speaks of the company: by its name, or as 'we'
    order: int = 0                       # index of the block in its document


@dataclass(frozen=True, slots=True)
class Carried:
    """That a document carries a message or claim, and how: 'on-message', 'drifted' or 'expired'."""

    section: str
    id: str
    how: str
    text: str
    location: Location
    layer: Layer = "body"


@dataclass(frozen=True, slots=True)
class Question:
    """A passage of which the engine is unsure how it stands to an approved wording, ready to be put to somebody else.

    `context` is what stands around the passage, as pairs of its name ('heading') and its text; `doubt` is how far the
    engine is from undecided, from 0.
    """

    statement: str
    passage: str
    context: tuple[tuple[str, str], ...] = ()
    doubt: float = 0.0

    @property
    def content(self) -> tuple[str, str, tuple[tuple[str, str], ...]]:
        """All that an answer depends on."""
        return self.statement, self.passage, self.context


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """All that a run keeps of one document once it was analysed: small, and enough for collection checks and
    reports.
    """

    document: Document                   # `blocks` emptied unless a reporter asks for them
    role: Role
    passages: int = 0
    blocks: int = 0
    layers: tuple[tuple[str, int], ...] = ()   # blocks by layer
    findings: tuple[Finding, ...] = ()
    assertions: tuple[Assertion, ...] = ()
    carried: tuple[Carried, ...] = ()
    unsure: tuple[Question, ...] = ()    # only where a second opinion is wanted


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """Which language model was asked about passages that the engine is unsure of: on how many, and answers used."""

    model: str
    asked: int
    answered: int


@dataclass(frozen=True, slots=True)
class Engine:
    """What did the comparing: its version, the encoder's name and the SHA-256 of the encoder's weights."""

    version: str
    encoder: str
    encoder_sha256: str | None
    second_opinion: SecondOpinion | None = None


@dataclass(frozen=True, slots=True)
class AcceptedUse:
    used: int = 0
    unused: tuple[str, ...] = ()
    expired: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """What a report shows of one message or claim of the guide, whether any document carries it or not."""

    section: str
    id: str
    statement: str
    pillar: str = ""
    source: str = ""
    owner: str = ""
    audiences: tuple[str, ...] = ()
    required_in: tuple[str, ...] = ()
    expires: str = ""                    # ISO date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """How one page or slide of a document looks; `msgcheck.pictures` makes them for reporters, which never open files.

    `media` says what `data` is: 'image/webp' or 'image/png' (a rendered page), 'application/json' (a slide as boxes and
    text, drawn by the report itself). `width` and `height` are points, as in `Location.page_size`.
    """

    document: str
    kind: Literal["page", "slide"]
    number: int
    width: float
    height: float
    media: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Report:
    """The whole outcome of a check, in the order in which it is shown; reporters write it and decide nothing."""

    version: str
    as_of: str
    guide_path: str
    guide_sha256: str
    engine: Engine
    results: tuple[DocumentResult, ...]
    findings: tuple[Finding, ...]
    accepted: AcceptedUse = field(default_factory=AcceptedUse)
    entries: tuple[Entry, ...] = ()      # the guide's messages and claims, in its order
    pictures: tuple[Picture, ...] = ()   # only where a reporter shows pictures
    accepted_sha256: str | None = None   # of the file of accepted findings, None where there is none
    show_all: bool = False
    min_confidence: float = 0.0          # that was asked of findings of meaning
    unsure: int = 0                      # how many open ones below it are left out; none with `show_all`

    @property
    def listed(self) -> tuple[Finding, ...]:
        """The findings that are shown: open ones, and with `show_all` the accepted ones too."""
        return tuple(finding for finding in self.findings if self.show_all or finding.status == "open")
