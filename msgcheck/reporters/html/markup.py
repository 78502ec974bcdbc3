"""HTML as text that cannot be anything else: what goes in as words comes out as words."""

from __future__ import annotations

import html
import json
import re
from typing import Final

_CONTROL = {number: chr(0x2400 + number) for number in range(32) if chr(number) not in "\t\n\r"} | {0x7F: "␡"}
_LONE = re.compile("[\ud800-\udfff]")
_VOID: Final = frozenset(("meta", "input", "br", "hr", "col"))


class Markup(str):
    """Finished HTML; any other string is text and is escaped when it is put into an element."""

    __slots__ = ()


def clean(text: str) -> str:
    """`text` with control characters made visible and lone surrogates replaced, so that every reader takes it."""
    return _LONE.sub("\ufffd", text.translate(_CONTROL))


def element(tag: str, *children: Markup | str | int | None, **attributes: str | int | bool | None) -> Markup:
    """`<tag …>children</tag>`. `class_` is `class`, `_` in names is `-`; None and False leave an attribute out."""
    parts = []
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        key = name.rstrip("_").replace("_", "-")
        parts.append(f" {key}" if value is True else f' {key}="{html.escape(clean(str(value)), quote=True)}"')
    opened = f"<{tag}{''.join(parts)}>"
    return Markup(opened if tag in _VOID else f"{opened}{join(*children)}</{tag}>")


def join(*children: Markup | str | int | None) -> Markup:
    """The children one after another; text is escaped."""
    return Markup(
        "".join(
            child if isinstance(child, Markup) else html.escape(clean(str(child)), quote=False)
            for child in children
            if child is not None
        )
    )


def quoted(text: str) -> Markup:
    """Words of a document: they keep their own writing direction and cannot turn that of the words around them."""
    return element("bdi", text)


def embedded(value: object, name: str) -> Markup:
    """`value` as JSON in a data block with the id `name`; `<`, `>` and `&` are escaped, so nothing ends it."""
    return Markup(f'<script type="application/json" id="{html.escape(name, quote=True)}">{as_json(value)}</script>\n')


def as_json(value: object) -> Markup:
    """`value` as JSON that can stand in a data block."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    text = _LONE.sub("\ufffd", text).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))


def plural(count: int, one: str, many: str | None = None) -> str:
    """'1 document', '2 documents', '1,204 documents'."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def split_path(path: str) -> tuple[str, str]:
    """The name and the folder of a document's path."""
    folder, _, name = path.rpartition("/")
    return name, folder
