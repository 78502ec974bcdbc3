"""A collection of any size out of the samples: each document a page of their sentences, no two documents alike.

Documents rotate through the formats. Figures and some words differ from document to document, so that nothing in one is
known from another, neither its bytes nor its sentences.
"""

from __future__ import annotations

import html
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

_FORMATS = ("pdf", "docx", "pptx", "html", "md")
_PARAGRAPHS = 4
_SENTENCES = 3  # of a paragraph
_VARIED = ("today", "this spring", "every week", "on site", "at the desk", "for the whole team", "by now", "at last")


def sentences(samples: Path) -> list[str]:
    """The sentences of the samples, as their labels quote them."""
    found: set[str] = set()
    for file in sorted(samples.rglob("labels.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            quote = json.loads(line).get("quote") or ""
            if len(quote.split()) >= 6:
                found.add(quote)
    return sorted(found)


def make(folder: Path, count: int, quotes: list[str]) -> None:
    """Write `count` documents into `folder`."""
    folder.mkdir(parents=True)
    for number in range(count):
        kind = _FORMATS[number % len(_FORMATS)]
        path = folder / f"document-{number:05d}.{kind}"
        paragraphs = list(_paragraphs(random.Random(number), number, quotes))
        _WRITERS[kind](path, f"Page {number} of the collection", paragraphs)


def change(path: Path, quotes: list[str]) -> None:
    """Make another document of the one at `path`: the same format and length, one paragraph of it new."""
    number = int(re.findall(r"\d+", path.name)[0])
    paragraphs = list(_paragraphs(random.Random(number), number, quotes))
    paragraphs[1] = next(_paragraphs(random.Random(-1 - number), number, quotes))
    _WRITERS[path.suffix[1:]](path, f"Page {number} of the collection", paragraphs)


def _paragraphs(chance: random.Random, number: int, quotes: list[str]) -> Iterator[str]:
    for _ in range(_PARAGRAPHS):
        yield " ".join(_varied(chance, number, chance.choice(quotes)) for _ in range(_SENTENCES))


def _varied(chance: random.Random, number: int, quote: str) -> str:
    """A sentence with figures of its own and a phrase added, so that no other document has it."""
    other = re.sub(r"\d+", lambda found: str(int(found[0]) + chance.randrange(1, 90)), quote)
    body = other.rstrip(".!?")
    return f"{body} {chance.choice(_VARIED)} in area {number}."


def _pdf(path: Path, title: str, paragraphs: list[str]) -> None:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    styles = getSampleStyleSheet()
    flow = [Paragraph(html.escape(title), styles["Heading1"])]
    for text in paragraphs:
        flow += [Paragraph(html.escape(text), styles["BodyText"]), Spacer(1, 8)]
    SimpleDocTemplate(str(path), title=title, invariant=1).build(flow)


def _docx(path: Path, title: str, paragraphs: list[str]) -> None:
    import docx

    document = docx.Document()
    document.add_heading(title, 1)
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(path))


def _pptx(path: Path, title: str, paragraphs: list[str]) -> None:
    import pptx

    deck = pptx.Presentation()
    for text in paragraphs:
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text_frame.text = title
        slide.placeholders[1].text_frame.text = text
    deck.save(str(path))


def _html(path: Path, title: str, paragraphs: list[str]) -> None:
    body = "".join(f"<p>{html.escape(text)}</p>" for text in paragraphs)
    head = f"<head><meta charset=utf-8><title>{title}</title></head>"
    page = f"<!doctype html><html lang=en>{head}<body><main><h1>{title}</h1>{body}</main></body></html>"
    path.write_text(page, encoding="utf-8")


def _md(path: Path, title: str, paragraphs: list[str]) -> None:
    path.write_text("\n\n".join([f"# {title}", *paragraphs]) + "\n", encoding="utf-8")


_WRITERS = {"pdf": _pdf, "docx": _docx, "pptx": _pptx, "html": _html, "md": _md}
