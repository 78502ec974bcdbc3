"""Make the collateral of this folder and its labels from content/*.yaml: `python samples/make.py [FOLDER]`.

A document is a list of blocks, a block one kind with its entries; an entry is a passage or a list of them (the
sentences of a paragraph, the question and answer of an FAQ). A passage is a text, or a mapping with these keys:

    t, cells     its words, or the cells of a table row
    says         the guide's entry that it says, on message
    find, id     the rules that it breaks, best one first, and the entry that it breaks them on
    amb          as `find`, where fair reviewers would differ
    ch, d, n     kinds of change, difficulty (easy where left out), and why
    also         further findings on the same words
    footnote     the number of the footnote that it carries

The same content gives the same bytes: dates are fixed, archives carry no clock, fonts come from fonts/.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from render import brochure, datasheet, flyer, plain, slides, web, word  # noqa: E402
from ruamel.yaml import YAML  # noqa: E402

RENDER = {
    "brochure": brochure.render,
    "datasheet": datasheet.render,
    "flyer": flyer.render,
    "web": web.render,
    "blog": plain.markdown,
    "press": word.render,
    "pitch": slides.render,
    "finance": slides.render,
    "proposal": word.render,
    "mail": plain.mail,
}
UNLABELLED = ("code",)


def load(name: str) -> dict[str, Any]:
    """One document of content/, its passages all as mappings with `t`."""
    raw: dict[str, Any] = YAML(typ="safe").load(HERE / "content" / f"{name}.yaml")
    raw["blocks"] = [
        (kind, [passages(entry) for entry in entries]) for block in raw["blocks"] for kind, entries in block.items()
    ]
    return raw


def passages(entry: Any) -> list[dict[str, Any]]:
    found = []
    for item in entry if isinstance(entry, list) else [entry]:
        passage = {"t": item} if isinstance(item, str) else dict(item)
        if "cells" in passage:
            passage["t"] = " ".join(str(cell) for cell in passage["cells"] if str(cell))
        found.append(passage)
    return found


def label(document: str, quote: str | None, passage: dict[str, Any]) -> dict[str, Any]:
    rules = passage.get("find") or passage.get("amb") or []
    kind = (
        "finding"
        if "find" in passage
        else "ambiguous"
        if "amb" in passage
        else "on-message"
        if "says" in passage
        else "neutral"
    )
    return {
        "document": document,
        "quote": quote,
        "rules": [rules] if isinstance(rules, str) else rules,
        "label": kind,
        "approved": passage.get("says") or passage.get("id"),
        "changes": passage.get("ch", []),
        "difficulty": passage.get("d", "easy"),
        "note": passage.get("n", ""),
    }


def labels(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The labels of a document, in reading order; a finding about the whole of it has no quote."""
    name, found = document["document"], []
    if "running" in document:
        found.append(label(name, document["running"], {"n": "stands on every page"}))
    for kind, entries in document["blocks"]:
        for passage in (p for entry in entries for p in entry if kind not in UNLABELLED):
            found += [label(name, passage.get("t"), one) for one in (passage, *passage.get("also", []))]
    return found


def main(target: Path) -> None:
    lines = []
    for name, render in RENDER.items():
        document = load(name)
        path = target / document["document"]
        path.parent.mkdir(parents=True, exist_ok=True)
        render(document, path)
        lines += labels(document)
    (target / "labels.jsonl").write_text(
        "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8"
    )
    word.messaging_document(HERE / "content" / "messaging-document.yaml", target / "messaging-document.docx")
    print(f"{len(RENDER)} documents, {len(lines)} labels")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
