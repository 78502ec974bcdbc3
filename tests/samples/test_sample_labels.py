"""The samples: every label holds against its document and the guide, and make.py makes what lies in the folder."""

from __future__ import annotations

import collections
import datetime
import json
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

REPO = Path(__file__).resolve().parents[2]
SAMPLES = REPO / "samples"
GUIDE = YAML(typ="safe").load(REPO / "rules" / "messaging.yaml")
BRAND = YAML(typ="safe").load(REPO / "rules" / "_brand.yml")
LABELS = [json.loads(line) for line in (SAMPLES / "labels.jsonl").read_text(encoding="utf-8").splitlines()]
AS_OF = datetime.date(2026, 11, 21)
RULES = {
    "message-drift", "message-wording", "unapproved-claim", "prohibited-claim", "retired-message", "wrong-audience",
    "missing-message", "claim-expired", "missing-disclaimer", "missing-boilerplate", "boilerplate-drift",
    "definition-drift", "brand-name", "retired-name", "trademark", "tagline-drift", "term", "competitor-mention",
    "conflicting-claims", "brand-color", "brand-font",
}
KINDS = {
    "entity", "negation", "timeframe", "unit", "number", "qualifier", "strength", "scope", "condition", "contradiction",
}
DOCUMENTS = tuple(dict.fromkeys(label["document"] for label in LABELS))


def tight(text: str) -> str:
    """Without anything that a typesetter adds: white space, hyphens, bullets."""
    return re.sub(r"[\s\u00ad‐\-•–>#|*`]+", "", unicodedata.normalize("NFKC", text))


def shapes(tree: Any) -> Iterator[str]:
    for shape in tree:
        if shape.shape_type == 6:
            yield from shapes(shape.shapes)
        elif getattr(shape, "has_table", False) and shape.has_table:
            for row in shape.table.rows:
                yield " ".join(cell.text for cell in row.cells)
        elif shape.has_text_frame:
            yield shape.text_frame.text


def words(path: Path) -> str:
    """All that a reader of the document sees, read without msgcheck."""
    if path.suffix == ".pdf":
        import pdfplumber

        with pdfplumber.open(path) as pdf:
            return "\n".join(page.extract_text(use_text_flow=True) for page in pdf.pages)
    if path.suffix == ".pptx":
        import pptx

        found = []
        for slide in pptx.Presentation(str(path)).slides:
            found += list(shapes(slide.shapes))
            if slide.has_notes_slide:
                found.append(slide.notes_slide.notes_text_frame.text)
        return "\n".join(found)
    if path.suffix == ".docx":
        from lxml import etree

        with zipfile.ZipFile(path) as package:
            wanted = re.compile(r"word/(header|document|footnotes|footer)\d*\.xml")
            trees = [etree.fromstring(package.read(name)) for name in package.namelist() if wanted.match(name)]
        return "\n".join("".join(tree.itertext("{*}t")) for tree in trees)
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        import lxml.html

        body = lxml.html.fromstring(text).find("body")
        for comment in body.xpath(".//comment()"):
            comment.drop_tree()
        return "\n".join(body.itertext())
    front_matter_code_and_rules = r"(?s)\A---\n.*?\n---\n|```.*?```|^\|[ \-|]+$"
    return re.sub(front_matter_code_and_rules, "", text, flags=re.M) if path.suffix == ".md" else text


def entries(section: str) -> list[dict[str, Any]]:
    return [entry for entry in GUIDE.get(section, []) if isinstance(entry, dict)]


def role(document: str) -> dict[str, Any]:
    return next(one for one in GUIDE["collateral"] if fnmatch(document, one["match"].replace("**/", "*")))


def many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def competitors() -> list[dict[str, Any]]:
    return [{"name": one} if isinstance(one, str) else one for one in GUIDE["competitors"]["names"]]


def names() -> set[str]:
    """What `approved` may say: an id, a preferred word, a defined term, a competitor, the company, a fact, a colour."""
    sections = ("products", "taglines", "messages", "claims", "prohibited", "retired", "boilerplate")
    found = {entry["id"] for section in sections for entry in entries(section)}
    found |= {word for term in GUIDE["terms"] for word in many(term.get("use"))}
    found |= {entry["term"] for entry in GUIDE["definitions"]}
    found |= {one["name"] for one in competitors()}
    found |= {"typography", *BRAND["color"]["palette"]}
    return found | {GUIDE["company"]["name"], *GUIDE["facts"]}


def of(document: str) -> list[dict[str, Any]]:
    return [label for label in LABELS if label["document"] == document]


def test_labels_are_well_formed() -> None:
    allowed = names()
    for label in LABELS:
        assert set(label) == {"document", "quote", "rules", "label", "approved", "changes", "difficulty", "note"}
        assert label["label"] in ("on-message", "neutral", "finding", "ambiguous"), label
        assert label["difficulty"] in ("easy", "medium", "hard"), label
        assert set(label["rules"]) <= RULES and set(label["changes"]) <= KINDS, label
        assert bool(label["rules"]) == (label["label"] in ("finding", "ambiguous")), label
        assert ("message-drift" in label["rules"]) == bool(label["changes"]), label
        assert label["approved"] is None or label["approved"] in allowed, label
        assert label["label"] != "on-message" or label["approved"], label


def test_there_is_enough_of_everything() -> None:
    findings = [label for label in LABELS if label["label"] == "finding"]
    assert len(LABELS) >= 300 and len(findings) >= 100
    assert {label["rules"][0] for label in findings} == RULES
    assert {kind for label in findings for kind in label["changes"]} == KINDS
    assert {Path(name).suffix for name in DOCUMENTS} == {".pdf", ".pptx", ".docx", ".html", ".md", ".txt"}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_quote_stands_there_and_every_word_is_labelled(document: str) -> None:
    rest = text = tight(words(SAMPLES / document))
    quotes = list(dict.fromkeys(label["quote"] for label in of(document) if label["quote"]))
    for quote in quotes:
        assert tight(quote) in text, quote
    for quote in sorted(quotes, key=len, reverse=True):
        rest = rest.replace(tight(quote), " ", 1)
    rest = re.sub(r"\b\d\b", " ", rest.replace(tight(of(document)[0]["quote"]), " "))      # running line, page numbers
    assert not re.findall(r"\w+", rest)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_listed_words_are_labelled_wherever_they_stand(document: str) -> None:
    skipped = role(document).get("notes") == "skip"
    named = [GUIDE["company"], *GUIDE["products"]]
    listed = [("brand-name", word, 0) for entry in named for word in entry.get("never", [])]
    listed += [("retired-name", word, 0) for entry in GUIDE["products"] for word in entry.get("retired", [])]
    listed += [("term", word + "s?", re.I) for entry in GUIDE["terms"] for word in entry["never"]]
    listed += [("competitor-mention", one["name"], 0) for one in competitors()]
    excusing = [*GUIDE["products"], *GUIDE["terms"], *GUIDE["prohibited"], *competitors()]
    excepted = [phrase for entry in excusing for phrase in entry.get("except", [])]
    by_quote = collections.defaultdict(set)
    for label in of(document):
        by_quote[label["quote"]] |= set(label["rules"])
    for quote, rules in by_quote.items():
        bare = quote or ""
        for phrase in excepted:
            bare = re.sub(re.escape(phrase), "", bare, flags=re.I)
        hits = {rule for rule, word, flags in listed if re.search(rf"\b{word}\b", bare, flags)}
        hits |= {"prohibited-claim" for entry in GUIDE["prohibited"] for pattern in entry.get("patterns", [])
                 if re.search(pattern, bare, re.I)}
        if not (skipped and any("skipped" in label["note"] for label in of(document) if label["quote"] == quote)):
            assert hits <= rules, (quote, hits, rules)
        assert {"retired-name", "competitor-mention"} & rules <= hits, (quote, hits, rules)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_marks_presence_audience_and_dates(document: str) -> None:
    labels, kind = of(document), role(document)
    for product in GUIDE["products"]:
        first = next((label["quote"] for label in labels if label["quote"] and product["name"] in label["quote"]), None)
        if product.get("mark") and first:
            forms = {"®": r"®|\(R\)", "™": r"™|\(TM\)"}[product["mark"]]
            marked = re.search(rf"{product['name']}({forms})", first) is not None
            assert marked != any("trademark" in label["rules"] for label in labels if label["quote"] == first), first
    carried = {label["approved"] for label in labels if label["quote"]}
    absent = {(label["rules"][0], label["approved"]) for label in labels if not label["quote"]}
    expected = {("missing-message", one["id"]) for one in entries("messages")
                if kind.get("kind") in one.get("required_in", []) and one["id"] not in carried}
    expected |= {("missing-boilerplate", one["id"]) for one in entries("boilerplate")
                 if kind.get("kind") in one.get("required_in", []) and one["id"] not in carried}
    expected |= {("missing-disclaimer", one["id"]) for one in entries("claims")
                 if one.get("disclaimer") and one["disclaimer"] not in carried
                 and any(label["approved"] == one["id"] and label["label"] == "on-message" for label in labels)}
    assert absent == expected
    for label in labels:
        for message in (one for one in entries("messages") if one["id"] == label["approved"]):
            fit, audience = set(many(message.get("audiences"))), set(many(kind.get("audience")))
            assert label["label"] != "on-message" or not fit or not audience or fit & audience, label
        for claim in (one for one in entries("claims") if one["id"] == label["approved"]):
            assert claim["expires"] >= AS_OF or "claim-expired" in label["rules"], label


def content(path: Path) -> Any:
    """What of a file has to be the same on every machine: compression and library versions left out."""
    if path.suffix == ".pdf":
        return words(path)
    if path.suffix in (".pptx", ".docx"):
        with zipfile.ZipFile(path) as package:
            assert {part.date_time for part in package.infolist()} == {(2026, 11, 2, 9, 0, 0)}
            written = re.compile(r"word/(document|foot)|ppt/(slides|notesSlides)/[^_]")
            return {name: package.read(name) for name in package.namelist() if written.match(name)}
    return path.read_bytes()


def test_make_makes_what_lies_here(tmp_path: Path) -> None:
    subprocess.run([sys.executable, SAMPLES / "make.py", tmp_path], check=True, capture_output=True)
    for name in (*DOCUMENTS, "labels.jsonl", "messaging-document.docx"):
        assert content(tmp_path / name) == content(SAMPLES / name), name


def test_samples_are_small() -> None:
    folders = [SAMPLES / name for name in ("marketing", "sales", "fonts", "content", "render")]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in (*files, SAMPLES / "messaging-document.docx")) < 3_000_000
