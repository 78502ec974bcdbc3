"""Names of the company, its products and its competitors: `brand-name`, `retired-name`, `trademark` and
`competitor-mention`.

All names are looked for together, so that the longest one wins: 'PalletFlow' inside 'PalletFlow Lite' is no use of
PalletFlow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, zip_longest
from typing import Literal

from msgcheck.checks.cleared import cleared, is_cleared, is_former_name
from msgcheck.checks.phrases import spans
from msgcheck.checks.pointing import because, point
from msgcheck.checks.view import WORD_LAYERS, View, quoted_span
from msgcheck.checks.zones import addresses, cited_titles, in_capitals, touches
from msgcheck.guide.model import Competitor, Competitors, Product
from msgcheck.model import Approved, Block, Finding
from msgcheck.normalise import normalise

Kind = Literal["approved", "never", "retired", "competitor"]

_MARKS = {"®": r"®|\(R\)", "™": r"™|\(TM\)|TM(?!\w)", "℠": r"℠|\(SM\)|SM(?!\w)"}
_ANY_MARK = r"(?:[®™℠]|\((?:R|TM|SM)\))"
_END = r"(?:(?=TM(?!\w)|SM(?!\w))|(?!\w))"       # the letters of a mark may be glued to a name: 'BrightlineTM'


@dataclass(frozen=True, slots=True)
class Name:
    """One way to write a name, right or wrong. `words` are normalised; `entry` is whose name it is."""

    words: str
    kind: Kind
    entry: Product | Competitor
    section: str
    pattern: re.Pattern[str]
    needle: str                          # what must stand in the case-folded text for the name to be there

    @property
    def any_case(self) -> bool:
        return isinstance(self.entry, Product) and self.entry.case == "any"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found at `normal[start:end]` of a block, without possessive and mark; `right`: written as it should be.

    `instead` is the approved name that belongs there, where the words after the name tell which one it is.
    """

    name: Name
    start: int
    end: int
    right: bool
    plural: bool
    as_written: bool = True              # False for an ordinary word in small letters that `case: any` lets pass
    instead: str = ""


def _name(words: str, kind: Kind, entry: Product | Competitor, section: str) -> Name:
    normal = normalise(words).text
    body = rf"{_ANY_MARK}? ".join(re.escape(part) for part in normal.split(" "))
    plural = "(?P<plural>s(?=[^\\w]|$))?" if len(normal) > 3 and normal[-1].isalpha() and normal[-1] not in "sS" else ""
    before = r"(?<!\w)" if normal[0].isalnum() else ""
    pattern = re.compile(rf"{before}{body}{plural}{_END if normal[-1].isalnum() else ''}", re.IGNORECASE)
    return Name(normal, kind, entry, section, pattern, normal.split(" ")[0].casefold())


@lru_cache(maxsize=64)
def names_of(
    company: Product | None, products: tuple[Product, ...], competitors: tuple[Competitor, ...]
) -> tuple[Name, ...]:
    """Every way to write a name that a guide knows, the longest first; of two as long, a listed wrong one first."""
    found: list[Name] = []
    owners = (("company", company), *(("products", product) for product in products))
    for section, entry in owners:
        if entry is None:
            continue
        found += [_name(words, "approved", entry, section) for words in (entry.name, *entry.aliases)]
        found += [_name(words, "never", entry, section) for words in entry.never]
        found += [_name(words, "retired", entry, section) for words in entry.retired]
    for rival in competitors:
        found += [_name(words, "competitor", rival, "competitors") for words in (rival.name, *rival.aliases)]
    return tuple(sorted(found, key=lambda name: (-len(name.words), name.kind == "approved")))


def mentions(view: View, block: Block) -> tuple[Mention, ...]:
    """The names in a block's normalised text in order, the longest winning, `except` phrases left out.

    A name of the company or a product is a mention in any case, any other name only as the guide writes it or in
    capitals (a listed wrong form only where all around it is in capitals).
    """
    guide = view.guide
    known = names_of(guide.company, guide.products, guide.competitors.names)
    folded = block.normal.casefold()
    taken: set[int] = set()
    found: list[Mention] = []
    for name in known:
        if name.needle not in folded or not name.entry.applies(view.role.kind):
            continue
        excepted: tuple[tuple[int, int], ...] | None = None
        for match in name.pattern.finditer(block.normal):
            mention = _mention(block, name, match)
            if mention is None or not taken.isdisjoint(range(mention.start, mention.end)):
                continue
            if excepted is None:
                excepted = spans(_excepts(name, guide.competitors), block)
            taken.update(range(mention.start, mention.end))
            if not any(start <= mention.start and mention.end <= end for start, end in excepted):
                found.append(mention)
    return tuple(sorted(found, key=lambda mention: mention.start))


def _excepts(name: Name, competitors: Competitors) -> tuple[str, ...]:
    return name.entry.except_ + (competitors.except_ if name.kind == "competitor" else ())


def _mention(block: Block, name: Name, match: re.Match[str]) -> Mention | None:
    plural = bool(match.groupdict().get("plural"))
    start, end = match.span()
    words = re.sub(_ANY_MARK, "", block.normal[start:end - plural])
    if words == name.words:
        return Mention(name, start, end, True, plural)
    first, last = quoted_span(block, start, end)
    capitals = words.isupper() and in_capitals(block, first, last)
    if name.kind == "approved":
        if _is_shorter_name(name, words):
            return None
        return Mention(name, start, end, name.any_case or capitals, plural, capitals)
    if name.kind != "never" and words.isupper() and len(words) > 3 and words.casefold() == name.words.casefold():
        return Mention(name, start, end, True, plural)
    if capitals and words.casefold() == name.words.casefold() and not _only_case_differs(name):
        return Mention(name, start, end, True, plural)
    return None


def _is_shorter_name(name: Name, words: str) -> bool:
    """'Brightline robotics' where 'Brightline' is a name too: that name, and an ordinary word."""
    entry = name.entry
    others = (entry.name, *entry.aliases)
    return any(
        other != name.words and words.startswith(f"{other} ") and words[len(other):].islower() for other in others
    )


def _only_case_differs(name: Name) -> bool:
    entry = name.entry
    if name.kind != "never" or not isinstance(entry, Product):
        return False
    return any(name.words.casefold() == right.casefold() for right in (entry.name, *entry.aliases))


def check_names(view: View) -> Iterator[Finding]:
    """`brand-name`, `retired-name` and `competitor-mention`, block by block; `trademark` once a marked name."""
    for index, block in view.blocks(WORD_LAYERS):
        found = mentions(view, block)
        for mention, after in zip_longest(found, found[1:]):
            yield from _judge(view, index, block, mention, after.start if after else len(block.normal))
    yield from _unmarked(view)


def _judge(view: View, index: int, block: Block, mention: Mention, room: int) -> Iterator[Finding]:
    """What is wrong with a mention; the next one begins at `normal[room]`."""
    name, start, end = mention.name, mention.start, mention.end
    if name.kind == "approved" and mention.right:
        return
    if is_cleared(block.normal, start, end, cleared(view, block), cased=True):
        return
    if name.kind == "competitor":
        yield from _competitor(view, index, block, mention)
        return
    if touches(start, end, cited_titles(block.normal)):
        return
    if name.kind == "approved" and touches(start, end, addresses(block.normal)):
        return
    if name.kind == "retired":
        if not is_former_name(block.normal, start, end):
            yield _retired(view, index, block, _whole(block, mention, room))
        return
    yield _misspelt(view, index, block, _whole(block, mention, room))


def _whole(block: Block, mention: Mention, room: int) -> Mention:
    """A wrong or earlier name with the words after it, up to `normal[room]`, that go on with the approved name.

    Of 'Larkfeld Ovens' all is to be replaced by 'Larkfield Ovens', and not 'Larkfeld' alone. Small letters tell that
    what follows is an ordinary word, where the name without it is approved too: 'Larkfeld ovens' is 'Larkfield ovens'.
    """
    if mention.plural or mention.name.kind not in ("never", "retired") or _of_same_letters(mention) is not None:
        return mention
    entry, after = mention.name.entry, block.normal[mention.end:room]
    approved = {normalise(one).text: one for one in (entry.name, *entry.aliases)}
    length, instead = 0, ""
    for words, right in approved.items():
        parts = words.split(" ")
        for first, last in combinations(range(1, len(parts) + 1), 2):
            rest = parts[first:last]
            run = "".join(rf"{_ANY_MARK}?[ -]{re.escape(part)}" for part in rest)
            match = re.match(rf"{run}(?!\w)", after, re.IGNORECASE)
            if match is None or rest[-1].casefold() in mention.name.words.casefold().split(" "):
                continue
            said = re.sub(_ANY_MARK, "", match.group())[1:]
            as_named = said == " ".join(rest)
            if said.islower() and not as_named and (shorter := approved.get(" ".join(parts[:first]))):
                instead = instead or shorter
            elif match.end() > length and (last == len(parts) or (as_named and not rest[-1].islower())):
                length, instead = match.end(), right
    return replace(mention, end=mention.end + length, instead=instead)


def _written(block: Block, mention: Mention) -> str:
    return block.normal[mention.start:mention.end]


def _approved(mention: Mention, wording: str) -> Approved:
    entry = mention.name.entry
    own = entry.id if isinstance(entry, Product) and mention.name.section == "products" else entry.name
    return Approved(mention.name.section, own, wording=wording, owner=entry.owner, reason=entry.reason)


def _right_name(mention: Mention) -> str:
    """The approved way nearest to what was written: the alias for a short form, the full name for the full one."""
    return mention.instead or _of_same_letters(mention) or mention.name.entry.name


def _of_same_letters(mention: Mention) -> str | None:
    """The approved name that differs in its case, its spaces and signs alone."""
    entry = mention.name.entry
    flat = re.sub(r"\W", "", mention.name.words).casefold()
    return next((one for one in (entry.name, *entry.aliases) if re.sub(r"\W", "", one).casefold() == flat), None)


def _misspelt(view: View, index: int, block: Block, mention: Mention) -> Finding:
    right, written = _right_name(mention), _written(block, mention)
    listed = mention.name.kind == "never"
    return point(
        view, index, mention.start, mention.end,
        rule="brand-name",
        message=f"Writes '{written}'; the name is '{right}'.",
        approved=_approved(mention, right),
        suggestion=right + ("s" if mention.plural else ""),
        why=(
            f"The guide lists '{mention.name.words}' as a wrong way to write the name." if listed
            else f"The name is written '{right}' everywhere; only its capitals differ here.",
            *because(mention.name.entry.reason),
        ),
    )


def _retired(view: View, index: int, block: Block, mention: Mention) -> Finding:
    right = mention.instead or mention.name.entry.name
    return point(
        view, index, mention.start, mention.end,
        rule="retired-name",
        message=f"Uses the earlier name '{_written(block, mention)}'; it is now '{right}'.",
        approved=_approved(mention, right),
        suggestion=right,
        why=(f"The guide has retired the name '{mention.name.words}'.", *because(mention.name.entry.reason)),
    )


def _competitor(view: View, index: int, block: Block, mention: Mention) -> Iterator[Finding]:
    entry = mention.name.entry
    if not isinstance(entry, Competitor) or view.guide.competitors.policy_of(entry) == "allow":
        return
    forbidden = view.guide.competitors.policy_of(entry) == "forbid"
    reason = entry.reason or view.guide.competitors.reason
    yield point(
        view, index, mention.start, mention.end,
        rule="competitor-mention",
        message=f"Names the competitor '{_written(block, mention)}'.",
        approved=Approved("competitors", entry.name, owner=entry.owner, reason=reason),
        why=(
            "The guide forbids naming competitors." if forbidden
            else "The guide asks for a second look wherever this competitor is named.",
            *because(reason),
        ),
    )


def _unmarked(view: View) -> Iterator[Finding]:
    """`trademark`: the first use of each marked name on the page, where its mark is missing."""
    open_names = {entry.name: entry for entry in view.guide.names if entry.mark and entry.applies(view.role.kind)}
    for index, block in view.blocks(("body",)):
        if not open_names:
            return
        for mention in mentions(view, block):
            entry = mention.name.entry
            if not isinstance(entry, Product) or entry.name not in open_names or mention.name.kind != "approved":
                continue
            small = not mention.as_written or not mention.right
            if small or touches(mention.start, mention.end, addresses(block.normal)):
                continue
            del open_names[entry.name]
            if not _has_mark(block.normal, mention, entry):
                yield _mark_missing(view, index, block, mention, entry)


def _has_mark(normal: str, mention: Mention, entry: Product) -> bool:
    marks = "|".join(_MARKS[mark] for mark in entry.mark)
    return bool(
        re.match(rf" ?(?:{marks})", normal[mention.end:]) or re.search(marks, normal[mention.start:mention.end])
    )


def _mark_missing(view: View, index: int, block: Block, mention: Mention, entry: Product) -> Finding:
    written = _written(block, mention)
    right = f"{written}{entry.mark[0]}"
    return point(
        view, index, mention.start, mention.end,
        rule="trademark",
        message=f"The first use of '{written}' lacks its mark: '{right}'.",
        approved=_approved(mention, right),
        suggestion=right,
        why=("A marked name carries its mark where it first stands on the page.", *because(entry.reason)),
    )
