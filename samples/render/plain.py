"""The blog post in Markdown and the e-mail in plain text."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

from render.look import flat, said


def markdown(document: dict[str, Any], path: Path) -> None:
    parts = [
        "---\ntitle: {}\nauthor: Ailsa Drummond\ndate: 2026-10-20\ntags: [museums, wool]\n---".format(document["title"])
    ]
    for kind, entries in document["blocks"]:
        if kind in ("h1", "h2"):
            parts.append("#" * int(kind[1]) + " " + flat(entries))
        elif kind == "list":
            parts.append("\n".join(f"- {said(entry)}" for entry in entries))
        elif kind == "table":
            rows = ["| " + " | ".join(map(str, entry[0]["cells"])) + " |" for entry in entries]
            rows.insert(1, "|" + " --- |" * len(entries[0][0]["cells"]))
            parts.append("\n".join(rows))
        elif kind == "quote":
            parts.append("> " + flat(entries))
        elif kind == "code":
            parts.append("```sh\n" + flat(entries) + "\n```")
        elif kind == "small":
            parts.append("---\n\n*" + flat(entries) + "*")
        else:
            parts.append(textwrap.fill(flat(entries), 96, break_on_hyphens=False, break_long_words=False))
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def mail(document: dict[str, Any], path: Path) -> None:
    parts = []
    for kind, entries in document["blocks"]:
        if kind == "bullets":
            parts.append(
                "\n".join(
                    textwrap.fill(said(entry), 72, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False)
                    for entry in entries
                )
            )
        else:
            parts.append(textwrap.fill(flat(entries), 72, break_on_hyphens=False))
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
