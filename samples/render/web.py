"""The landing page: one file with its style in it, navigation, a hero, cards, questions and answers, a form."""

from __future__ import annotations

# ruff: noqa: E501  (a style sheet reads best with one rule a line)
from html import escape
from pathlib import Path
from typing import Any

from render.look import CHALK, CLAY, INK, MOSS, SAND, SLATE, flat, said

STYLE = f"""
@font-face {{ font-family: "Clear Sans"; src: local("Clear Sans"), url("../../fonts/ClearSans-Regular.ttf"); }}
@font-face {{ font-family: "Clear Sans"; font-weight: bold; src: local("Clear Sans Bold"), url("../../fonts/ClearSans-Bold.ttf"); }}
@font-face {{ font-family: "Caladea"; font-weight: bold; src: local("Caladea Bold"), url("../../fonts/Caladea-Bold.ttf"); }}
@font-face {{ font-family: "Caladea"; font-style: italic; src: local("Caladea Italic"), url("../../fonts/Caladea-Italic.ttf"); }}
* {{ box-sizing: border-box; }}
body {{ margin: 0; font: 17px/1.55 "Clear Sans", sans-serif; color: {INK}; background: {CHALK}; }}
h1, h2 {{ font-family: "Caladea", serif; line-height: 1.15; }}
nav ul {{ display: flex; gap: 2rem; list-style: none; margin: 0; padding: 1rem 8vw; background: {INK}; }}
nav a {{ color: {SAND}; text-decoration: none; }}
.hero {{ position: relative; overflow: hidden; background: {INK}; color: {CHALK}; padding: 4.5rem 8vw 5rem; }}
.hero h1 {{ font-size: 3.4rem; margin: 0 0 1rem; max-width: 11em; }}
.hero p {{ font: italic 1.3rem/1.4 "Caladea", serif; color: {SAND}; max-width: 26em; }}
.hero svg {{ position: absolute; right: 8vw; bottom: 0; height: 80%; }}
button {{ font: bold 1rem "Clear Sans", sans-serif; color: {CHALK}; background: {CLAY}; border: 0; border-radius: 6px; padding: .8rem 1.6rem; }}
section {{ padding: 1.6rem 8vw; }} section:nth-of-type(even) {{ background: {SAND}; }}
h2 {{ font-size: 1.9rem; color: {CLAY}; margin: .6rem 0; }}
section > p {{ max-width: 44em; }}
.cards {{ display: grid; grid-template-columns: repeat(4, 1fr); gap: 1rem; }}
.cards div {{ background: {CHALK}; border-top: 4px solid {CLAY}; border-radius: 0 0 6px 6px; padding: 1rem; }}
blockquote {{ margin: 1rem 0; padding-left: 1.2rem; border-left: 5px solid {MOSS}; font: italic 1.35rem "Caladea", serif; }}
details {{ border-bottom: 1px solid {SLATE}; padding: .6rem 0; max-width: 44em; }} summary {{ font-weight: bold; }} details p {{ margin: .4rem 0 0; }}
form {{ display: flex; gap: 1rem; align-items: end; margin: 1.2rem 0; }} label {{ display: grid; gap: .2rem; }} input {{ padding: .6rem; border: 1px solid {SLATE}; border-radius: 6px; }}
footer {{ background: {INK}; color: {SAND}; padding: 1.4rem 8vw; font-size: .85rem; }} footer p {{ margin: .2rem 0; }}
@media (max-width: 800px) {{ .cards {{ grid-template-columns: 1fr 1fr; }} .hero svg {{ display: none; }} form {{ flex-direction: column; align-items: stretch; }} }}
"""
VASE = f"""<svg viewBox="0 0 150 100" role="img" aria-label="A vase that speaks">
<path fill="{SAND}" d="M22 100h36c2-12 22-30 18-48-3-16-23-18-23-32 0-8 7-12 11-20H16c4 8 11 12 11 20 0 14-20 16-23 32-4 18 16 36 18 48z"/>
<g fill="none" stroke="{CLAY}" stroke-width="5" stroke-linecap="round"><path d="M86 22a26 26 0 0 1 0 32"/><path d="M102 10a48 48 0 0 1 0 56"/><path d="M118 0a68 68 0 0 1 0 78"/></g></svg>"""


def tags(kind: str, entries: list[list[dict[str, Any]]]) -> str:
    lines = [escape(said(entry), quote=False) for entry in entries]
    if kind == "nav":
        return "<nav><ul>" + "".join(f'<li><a href="#">{line}</a></li>' for line in lines) + "</ul></nav>"
    if kind == "cards":
        return '<div class="cards">' + "".join(f"<div>{line}</div>" for line in lines) + "</div>"
    if kind == "faq":
        return "\n".join(
            f"<details open><summary>{escape(ask['t'], quote=False)}</summary><p>{escape(answer['t'], quote=False)}</p></details>"
            for ask, answer in entries
        )
    if kind == "form":
        fields = "".join(f'<label>{line} <input name="f{index}"></label>' for index, line in enumerate(lines[:-1]))
        return f'<form action="#">{fields}<button>{lines[-1]}</button></form>'
    if kind == "foot":
        return "".join(f"<p>{line}</p>" for line in lines)
    tag = {"quote": "blockquote", "lead": "p"}.get(kind, kind)
    return f"<{tag}>{escape(flat(entries), quote=False)}</{tag}>"


def render(document: dict[str, Any], path: Path) -> None:
    nav, *blocks = [block for block in document["blocks"] if block[0] != "whole"]
    hero = "\n".join(tags(*block) for block in blocks[:3])
    foot = tags(*blocks[-1])
    parts: list[str] = []
    for kind, entries in blocks[3:-1]:
        if kind == "h2":
            parts.append("</section>\n<section>" if parts else "<section>")
        parts.append(tags(kind, entries))
    body = "\n".join(parts)
    path.write_text(
        f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{escape(document["title"])}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>{STYLE}</style>
<script>/* what a script says is not what the page says */ window.page = {{ name: "start", old: "Museobox", ask: "guaranteed" }};</script>
</head>
<body>
<!-- neither does a comment: track every visitor, Tourphon -->
{tags(*nav)}
<header class="hero">
{hero}
{VASE}
</header>
<main>
{body}
</section>
</main>
<footer>{foot}</footer>
</body>
</html>
""",
        encoding="utf-8",
    )
