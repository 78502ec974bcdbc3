"""What an element of a web page says of the text within it: its layer, its kind, and whether a browser shows it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from msgcheck.model import BlockKind, Layer
from msgcheck.readers.attributes import whole
from msgcheck.readers.html_elements import CODE, HIDDEN, NAVIGATION, SECTIONS, names_of

_DEEPEST = 9
"""Level of a heading."""


@dataclass(frozen=True, slots=True)
class Around:
    """What holds for the text within an element."""

    layer: Layer = "body"
    kind: BlockKind = "paragraph"
    level: int = 0
    lists: int = 0                       # how many lists are around it
    code: bool = False
    navigation: bool = False
    header: bool = False                 # in the page's own header
    part: str = ""                       # 'dt' or 'dd' of a list of descriptions
    raised: bool = False                 # set as a superscript
    sectioned: bool = False              # within an article, section or main: its header and footer are not the page's


def inside(element: Any, tag: str, around: Around) -> Around:
    """What holds within an element that stands where `around` holds."""
    role = (element.get("role") or "").lower()
    if tag == "nav" or role in ("navigation", "menubar") or names_of(element) & NAVIGATION:
        around = replace(around, navigation=True, layer="running" if around.layer == "body" else around.layer)
    if not around.sectioned:
        if tag == "footer" or role == "contentinfo":
            around = replace(around, layer="running" if around.layer == "body" else around.layer)
        elif tag == "header" or role == "banner":
            around = replace(around, header=True)
    if tag in SECTIONS:
        around = replace(around, sectioned=True)
    if tag in ("ul", "ol", "menu", "dir"):
        return replace(around, lists=around.lists + 1, kind="paragraph")
    if tag == "li":
        return replace(around, kind="list-item", level=max(around.lists, 1))
    if re.fullmatch(r"h[1-6]", tag):
        return replace(around, kind="heading", level=int(tag[1]))
    if role == "heading":
        return replace(around, kind="heading", level=whole(element.get("aria-level"), 2, 1, _DEEPEST))
    if tag in ("figcaption", "caption"):
        return replace(around, kind="caption", level=0)
    if tag in CODE:
        return replace(around, code=True, layer="code" if around.layer in ("body", "running") else around.layer)
    if tag in ("section", "article", "main", "dt", "dd", "option", "label", "button", "summary", "legend", "aside"):
        listed, part = tag == "option", tag if tag in ("dt", "dd") else around.part
        return replace(around, kind="list-item" if listed else "paragraph", level=1 if listed else 0, part=part)
    return around


def is_hidden(element: Any, tag: str, display: str, visibility: str) -> bool:
    """Whether a browser does not show an element of which the style sheet says `display` and `visibility`."""
    if tag in HIDDEN or (tag == "dialog" and element.get("open") is None):
        return True
    if tag == "input" and (element.get("type") or "").lower() == "hidden":
        return False
    if display == "none" or visibility in ("hidden", "collapse"):
        return True
    if element.get("hidden") is not None and not display:
        return True
    return (element.get("aria-hidden") or "").lower() == "true"
