"""Web pages: the text that a browser shows, block by block; navigation, descriptions and hidden text told apart."""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from dataclasses import replace
from typing import Any

from msgcheck.model import Block, Document, Reason
from msgcheck.readers.blocks import build_document
from msgcheck.readers.decoding import decode
from msgcheck.readers.html_blocks import PageBlocks
from msgcheck.readers.html_css import StyleSheet
from msgcheck.readers.html_looks import PageLooks
from msgcheck.readers.html_page import Page
from msgcheck.readers.looks import FAILURES, Looks
from msgcheck.readers.options import ReadOptions

_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}?encoding=[\"']([\w.:-]+)", re.IGNORECASE,
)


def read(data: bytes, name: str, options: ReadOptions) -> Document:
    """The page `data`; nothing it refers to is fetched and no script is run."""
    declared = _DECLARED.search(data[:65536])
    found = decode(data, (declared.group(1) or declared.group(2)).decode("ascii", "ignore") if declared else "")
    looks = Looks()
    blocks, reasons, gaps = read_markup(found.text, options, looks=looks)
    return build_document(
        name, "html", data, blocks, reasons=(*found.reasons, *reasons), gaps=gaps, looks=looks.found(),
    )


def read_markup(
    markup: str, options: ReadOptions, first_line: int = 1, looks: Looks | None = None,
) -> tuple[list[Block], list[Reason], list[tuple[str, int]]]:
    """The blocks of a page or a piece of one whose first line is `first_line` of its document; reasons; gaps. `looks`
    takes the colours and fonts.
    """
    from lxml import etree

    parser = etree.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8", recover=True,
    )
    try:
        root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        return [], [], []
    reasons = []
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        text = "The page nests deeper than msgcheck follows; what lies deeper was not read."
        reasons.append(Reason("too-deep", "", text))
    css = "\n".join(style.text or "" for style in root.iter("style") if _for_screens(style))
    sheet = StyleSheet(css)
    page = Page(sheet, options, PageBlocks(first_line))
    blocks = [block for block in page.read(root) if block is not None]
    if looks is not None:
        with contextlib.suppress(*FAILURES):
            PageLooks(looks, css, sheet, first_line).read(root)
    return _running_once(blocks), reasons, sorted(page.gaps.items())


def _running_once(blocks: list[Block]) -> list[Block]:
    """Pages have their menus several times, for wide and narrow screens and at their end: each text once, counted."""
    counts = Counter(block.text for block in blocks if block.layer == "running")
    once: list[Block] = []
    for block in blocks:
        if block.layer != "running":
            once.append(block)
        elif counts[block.text]:
            once.append(replace(block, count=counts.pop(block.text)))
    return once


def _for_screens(style: Any) -> bool:
    media = (style.get("media") or "all").strip().lower()
    return media in ("all", "screen", "only screen", "") and next(style.iterancestors("noscript"), None) is None
