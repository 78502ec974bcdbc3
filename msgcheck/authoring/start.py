"""A first guide from a folder of collateral: what recurs there, with how often, and where wordings disagree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from msgcheck.authoring import recurring
from msgcheck.authoring.draft import Draft, Drafted, Value, draft, slug
from msgcheck.authoring.lines import boilerplate_entry
from msgcheck.authoring.recurring import Group, Seen
from msgcheck.authoring.soundness import sound
from msgcheck.authoring.template import rest
from msgcheck.authoring.writing import comment, written
from msgcheck.discover import discover
from msgcheck.model import Document
from msgcheck.normalise import fold
from msgcheck.readers import READERS, ReadOptions
from msgcheck.readers.pool import Pool

MAX_NAMES = 25
MAX_STATEMENTS = 40
_KINDS = {
    "pptx": "deck",
    "pdf": "brochure",
    "docx": "document",
    "html": "webpage",
    "markdown": "document",
    "text": "document",
}
_DEPARTMENTS = frozenset(("sales", "marketing"))
_COMPANY = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:\d{4}(?:\s?[-–]\s?\d{4})?\s+)?(?P<name>[A-Z][\w&' -]*?"
    r"(?:,? (?:Inc|Ltd|Limited|LLC|GmbH|AG|SE|BV|NV|AB|plc|Corp)\.?)?)(?=[.,;]|$| All| Registered)"
)
_LEGAL_FORM = re.compile(r",? (?:Inc|Ltd|Limited|LLC|GmbH|AG|SE|BV|NV|AB|plc|Corp|Corporation)\.?$")


def started(folder: Path, company: str | None, guide: Path) -> tuple[str, tuple[str, ...]]:
    """The text of a first guide for the collateral in `folder`, and lines that say what was found.

    `guide` is where it goes; its folder is no collateral.
    """
    documents = _read(folder, guide)
    found = proposal(documents, company)
    have = frozenset(entry.section for entry in found.entries)
    lines = [f"Read {len(documents)} documents in {folder}: {found.summary()}"]
    lines += [f"  {entry.section}: {_shown(entry)}" for entry in found.entries if entry.decide]
    return written(found) + rest(have), tuple(lines)


def proposal(documents: tuple[Document, ...], company: str | None) -> Draft:
    """The entries that `documents` suggest; every one is for a person to confirm."""
    taglines, boilerplate = recurring.fixed_lines(documents)
    own = company or _company_of(boilerplate)
    entries = [
        *_company(own, documents),
        *_products(documents, own),
        *_taglines(taglines),
        *_messages(documents, boilerplate),
        *_boilerplate(boilerplate),
        *_collateral(documents),
    ]
    return sound(draft((f"{len(documents)} documents",), entries))


def _read(folder: Path, guide: Path) -> tuple[Document, ...]:
    """The documents of a folder that could be read, in order of name."""
    rules = guide.absolute().parent
    found = discover((folder,), folder.absolute())
    sources = [source for source in found.sources if not source.path.absolute().is_relative_to(rules)]
    with Pool(2, ReadOptions(ocr="off")) as pool:
        return tuple(document for document in pool.read_all(sources) if document.status in {"read", "partly-read"})


def _company_of(boilerplate: tuple[Group, ...]) -> str | None:
    for group in boilerplate:
        for seen in group.wordings:
            if match := _COMPANY.search(seen.text):
                return _LEGAL_FORM.sub("", match["name"]).strip()
    return None


def _company(name: str | None, documents: tuple[Document, ...]) -> Iterator[Drafted]:
    if name is None:
        return
    pattern = re.compile(
        r"(?<!\w)" + r"[\s-]?".join(re.escape(part) for part in name.split()) + r"(?!\w)", re.IGNORECASE
    )
    ways: dict[str, Seen] = {}
    for document in documents:
        for block in document.blocks:
            for match in pattern.finditer(block.normal):
                if not match.group().isupper():
                    ways.setdefault(match.group(), Seen(match.group())).again(document.name)
    wrong = tuple(sorted(way for way in ways if way != name))
    fields: list[tuple[str, Value]] = [("name", name)]
    entry = Drafted("company", tuple(fields), (_counted(ways[name]),) if name in ways else (), "likely")
    yield entry.asking(*(f"never: is '{way}' wrong? {_counted(ways[way])}" for way in wrong))


def _products(documents: tuple[Document, ...], company: str | None) -> Iterator[Drafted]:
    own = (company or "").casefold()
    for group in recurring.names(documents)[:MAX_NAMES]:
        first = group.wordings[0]
        if first.text.casefold() in own or (own and own in first.text.casefold()):
            continue
        fields: list[tuple[str, Value]] = [("name", first.text)]
        if group.mark:
            fields.append(("mark", group.mark))
        entry = Drafted("products", tuple(fields), (_counted(first),), "likely" if group.mark else "unsure")
        if not group.mark:
            entry = entry.asking("is this a name of yours? If not, delete the entry (or move it to `competitors`)")
        yield entry.asking(
            *(
                f"never: is '{other.text}' wrong? {_counted(other)}"
                for other in group.wordings[1:]
                if not other.text.isupper()
            )
        )


def _taglines(groups: tuple[Group, ...]) -> Iterator[Drafted]:
    for group in groups[:5]:
        entry = Drafted("taglines", (("text", group.wordings[0].text),), (_counted(group.wordings[0]),), "unsure")
        yield entry.asking("is this a tagline?")


def _messages(documents: tuple[Document, ...], boilerplate: tuple[Group, ...]) -> Iterator[Drafted]:
    """The statements that recur, but for sentences of the boilerplate."""
    small_print = [fold(seen.text) for group in boilerplate for seen in group.wordings]
    repeated = recurring.repeated(documents)
    own = [group for group in repeated if not any(fold(group.wordings[0].text) in one for one in small_print)]
    for group in own[:MAX_STATEMENTS]:
        first, *others = group.wordings
        entry = Drafted("messages", (("statement", first.text),), (_counted(first),), "unsure")
        if re.search(r"\d", first.text):
            entry = entry.asking("a figure: with a source it is a claim")
        for other in others[:6]:
            odd = "other figures: " if recurring.differs_in_figures(first.text, other.text) else ""
            entry = entry.asking(f"a variant? {odd}'{other.text}' {_counted(other)}")
        yield entry


def _boilerplate(groups: tuple[Group, ...]) -> Iterator[Drafted]:
    for group in groups[:10]:
        first, *others = group.wordings
        entry = boilerplate_entry(first.text, "", _counted(first))
        entry = entry.asking(*(f"a variant? '{other.text}' {_counted(other)}" for other in others[:4]))
        yield entry


def _collateral(documents: tuple[Document, ...]) -> Iterator[Drafted]:
    """A pattern for each folder and format; sales and marketing own what is in theirs."""
    for folder, form in sorted({(_folder(one.name), one.format) for one in documents}):
        suffix = READERS[form][0][0] if form in READERS else ""
        fields: list[tuple[str, Value]] = [("match", f"{folder}/**/*{suffix}" if folder else f"*{suffix}")]
        fields.append(("kind", _KINDS.get(form, "document")))
        last = PurePosixPath(folder).name.casefold()
        if last in _DEPARTMENTS:
            fields.append(("owner", last))
        yield Drafted("collateral", tuple(fields))


def _folder(name: str) -> str:
    """The folder of a department that a document lies in, at whatever depth; without one the first of its folders."""
    folders = PurePosixPath(name).parts[:-1]
    for depth, one in enumerate(folders, start=1):
        if one.casefold() in _DEPARTMENTS:
            return "/".join(folders[:depth])
    return folders[0] if folders else ""


def _counted(seen: Seen) -> str:
    times = "once" if seen.count == 1 else f"{seen.count} times"
    documents = sorted(seen.documents)
    where = documents[0] if len(documents) == 1 else f"{len(documents)} documents"
    return f"{times} in {where}"


def _shown(entry: Drafted) -> str:
    text = entry.text("name") or entry.text("statement") or entry.text("text") or slug(entry.section)
    return f"{comment(text, 60)} ({'; '.join(entry.places)}), {len(entry.decide)} to decide"
