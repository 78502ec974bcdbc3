"""The report for people: one HTML file that stands alone.

It opens from an e-mail attachment, works without a network, printed, on a phone, by keyboard and with a screen reader,
in light and dark. Its content security policy lets it fetch nothing and run only its own script, so words of a document
can never become anything but words.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import TextIO

from msgcheck.checks.rules import RULES
from msgcheck.model import Report
from msgcheck.reporters.html import align_page, coverage_page, sections
from msgcheck.reporters.html.markup import Markup, element, embedded, join
from msgcheck.reporters.html.payload import picture_blocks, write_data
from msgcheck.reporters.html.verdict import verdict
from msgcheck.reporters.json import proof

_ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
    "%3Crect width='16' height='16' rx='3' fill='%231f4f8f'/%3E"
    "%3Cpath d='M4 8.5l3 3 5-7' stroke='white' stroke-width='2' fill='none'/%3E%3C/svg%3E"
)


def write(report: Report, stream: TextIO) -> None:
    """Write `report` to `stream` as one HTML document, piece by piece; the same report gives the same text."""
    style, script = _part("report.css"), _part("report.js")
    answer = verdict(report)
    beside = align_page.align_page(report)
    pages: list[tuple[str, str, Callable[[], Markup]]] = [    # made one by one: they grow with the documents
        ("summary", "Summary", lambda: sections.summary(report, answer)),
        ("findings", "Findings", lambda: sections.findings(report)),
        ("coverage", "Coverage", lambda: coverage_page.coverage_page(report)),
        *([("align", "Side by side", lambda: beside)] if beside is not None else []),
        ("documents", "Documents", lambda: sections.documents_page(report)),
    ]
    policy = (
        f"default-src 'none'; img-src data:; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    stream.write("<!DOCTYPE html>\n")
    stream.write('<html lang="en">\n')
    stream.write(
        element(
            "head",
            element("meta", charset="utf-8"),
            Markup(f'<meta http-equiv="Content-Security-Policy" content="{policy}">'),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("meta", name="color-scheme", content="light dark"),
            element("meta", name="robots", content="noindex"),
            Markup(f'<link rel="icon" href="{_ICON}">'),
            element("title", f"{answer.headline}: messaging check of {report.as_of}"),
            Markup(f"<style>{style}</style>"),
        )
    )
    stream.write("\n<body>\n")
    stream.write(element("a", "Skip to the content", href="#main", class_="skip"))
    stream.write(
        element(
            "header",
            element(
                "p", "Messaging check", element("span", f" against {report.guide_path}, {report.as_of}"), class_="title"
            ),
            element(
                "nav",
                *(element("a", title, href=f"#{name}", id=f"to-{name}") for name, title, _ in pages),
                aria_label="Parts of this report",
            ),
        )
    )
    stream.write('\n<main id="main" tabindex="-1">\n')
    for _, _, page in pages:
        stream.write(page())
        stream.write("\n")
    stream.write(join(Markup('</main>\n<div id="said" class="hidden" role="status" aria-live="polite"></div>\n')))
    write_data(stream, report, _explained())
    stream.write(embedded(proof(report), "msgcheck-proof"))
    for block in picture_blocks(report):
        stream.write(block)
    stream.write(f"<script>{script}</script>\n</body>\n</html>\n")


@cache
def _part(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _explained() -> dict[str, tuple[str, str]]:
    """For each rule why it matters and how to mend it, from the rules' own documentation."""
    return {
        rule.id: (_plain(rule.section("Why it matters")), _plain(rule.section("How to fix"))) for rule in RULES.values()
    }


def _plain(markdown: str) -> str:
    return " ".join(markdown.replace("`", "").replace("**", "").split())
