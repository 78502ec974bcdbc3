"""Office files made to do harm: each ends as a document or as unread with its reason; nothing is fetched or written."""

from __future__ import annotations

import http.server
import io
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from office_files import P, R, W, blank, box, document, element, insert, presentation, rezipped

from msgcheck.readers import ReadOptions, read

OPTIONS = ReadOptions(recognise_language=False)
MEBI = 1024 * 1024


def codes(data: bytes, name: str, options: ReadOptions = OPTIONS) -> list[str]:
    return [reason.code for reason in read(data, name, options).reasons]


def word(text: str = "Bodytext") -> bytes:
    return document(lambda file: file.add_paragraph(text))


@pytest.fixture()
def listener() -> Iterator[tuple[str, list[str]]]:
    """The address of a web server, and the paths that it was asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"fetchedtext")

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("name", ["bomb.docx", "bomb.pptx"])
def test_zip_bombs_are_refused_before_they_are_unpacked(name: str) -> None:
    data = word() if name.endswith("docx") else presentation(lambda deck: blank(deck, "Title"))

    def swell(parts: dict[str, bytes]) -> None:
        parts["word/huge.xml" if name.endswith("docx") else "ppt/huge.xml"] = b" " * (40 * MEBI)

    bomb = rezipped(data, swell)
    assert len(bomb) < MEBI
    assert codes(bomb, name, ReadOptions(max_unpacked=20 * MEBI)) == ["too-large"]
    assert codes(bomb, name) == []


def test_parts_larger_than_their_directory_says_are_cut_off() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word())) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for info in archive.infolist():
            copy.writestr(info.filename, archive.read(info.filename))
        copy.writestr("word/footer9.xml", b" " * (30 * MEBI))
    data = bytearray(out.getvalue())
    at = data.rindex(b"word/footer9.xml") - 46                # the entry in the central directory
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")      # the size that it claims to unpack to
    found = read(bytes(data), "lie.docx", ReadOptions(max_unpacked=20 * MEBI, recognise_language=False))
    assert [block.text for block in found.blocks if block.layer == "body"] == ["Bodytext"]
    assert [reason.code for reason in found.reasons] == ["part-unreadable"]


def test_archives_with_very_many_parts_are_refused() -> None:
    out = io.BytesIO(word())
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(20_100):
            archive.writestr(f"word/x{number}.bin", b"")
    assert codes(out.getvalue(), "many.docx") == ["too-large"]


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "[Content_Types].xml", "_rels/.rels"])
def test_entities_are_refused_wherever_they_are_declared(part: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Secrettext")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))

    for declaration in (f'<!ENTITY x SYSTEM "{secret.as_uri()}">', f'<!ENTITY l0 "ha">{laughs}<!ENTITY x "&l11;">'):
        def declare(parts: dict[str, bytes], declaration: str = declaration) -> None:
            body = parts[part].partition(b"?>")[2]
            parts[part] = f"<!DOCTYPE r [{declaration}]>".encode() + body.replace(b"Bodytext", b"&x;")

        found = read(rezipped(word(), declare), "entity.docx", OPTIONS)
        assert (found.status, found.blocks, [reason.code for reason in found.reasons]) == ("unread", (), ["damaged"])
        assert "entities" in found.reasons[0].text


def test_entities_in_utf_16_are_refused_too() -> None:
    def declare(parts: dict[str, bytes]) -> None:
        text = parts["word/document.xml"].decode().partition("?>")[2]
        declared = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE r [<!ENTITY x "y">]>' + text
        parts["word/document.xml"] = declared.encode("utf-16")

    assert codes(rezipped(word(), declare), "entity.docx") == ["damaged"]


def test_parts_in_utf_16_are_read() -> None:
    def recode(parts: dict[str, bytes]) -> None:
        text = parts["word/document.xml"].decode().partition("?>")[2]
        parts["word/document.xml"] = f'<?xml version="1.0" encoding="utf-16"?>{text}'.encode("utf-16")

    found = read(rezipped(word("Größe"), recode), "wide.docx", OPTIONS)
    assert [block.text for block in found.blocks if block.layer == "body"] == ["Größe"]


def test_names_that_lead_out_of_the_archive_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    header = f'<w:hdr xmlns:w="{W}"><w:p><w:r><w:t>Outsidetext</w:t></w:r></w:p></w:hdr>'.encode()

    def lead_out(parts: dict[str, bytes]) -> None:
        for name in ("../../outside.xml", "/../outside.xml", "word/../../outside.xml", "C:\\o.xml", "..\\o.xml"):
            parts[name] = header
        rels = parts["word/_rels/document.xml.rels"].decode()
        relation = (
            '<Relationship Id="rId77" Target="../../outside.xml" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"/></Relationships>'
        )
        parts["word/_rels/document.xml.rels"] = rels.replace("</Relationships>", relation).encode()

    found = read(rezipped(word(), lead_out), "out.docx", OPTIONS)
    assert [block.text for block in found.blocks if block.layer == "body"] == ["Bodytext"]
    assert not any("Outsidetext" in block.text for block in found.blocks)
    assert list(tmp_path.rglob("*")) == []


def test_nothing_external_is_fetched(listener: tuple[str, list[str]]) -> None:
    address, asked = listener

    def build(file: Any) -> None:
        file.add_paragraph("Bodytext")
        part = file.part
        for kind in ("image", "header", "attachedTemplate", "oleObject", "chart", "footnotes", "settings"):
            relation = part.relate_to(f"{address}/{kind}", f"{R}/{kind}", is_external=True)
            insert(file, f'<w:p><w:r><w:drawing><c:chart r:id="{relation}"/></w:drawing></w:r></w:p>')
            file.sections[0]._sectPr.append(element(
                f'<w:footerReference xmlns:w="{W}" xmlns:r="{R}" w:type="even" r:id="{relation}"/>'
            ))

    found = read(document(build), "external.docx", OPTIONS)
    assert [block.text for block in found.blocks if block.layer == "body"] == ["Bodytext"]
    page = (
        f'<!DOCTYPE html SYSTEM "{address}/dtd"><base href="{address}/"><link rel=stylesheet href=style.css>'
        f'<script src=s.js></script><style>@import "{address}/i.css";</style><img src=i.png>'
        "<iframe src=frame></iframe><p>Pagetext</p>"
    )
    assert read(page.encode(), "page.html", OPTIONS).status == "read"
    markdown = f"![x]({address}/p.png)\n\n<img src='{address}/q.png'>\n\nText"
    assert read(markdown.encode(), "page.md", OPTIONS).status == "read"
    assert asked == []


@pytest.mark.parametrize("name", ["deep.docx", "deep.pptx"])
def test_xml_nested_without_end_is_bounded(name: str) -> None:
    if name.endswith("docx"):
        inner = "<w:sdt><w:sdtContent>" * 3000 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 3000
        data, part, mark = word(), "word/document.xml", b"<w:body>"
    else:
        inner = "<p:grpSp>" * 3000 + "</p:grpSp>" * 3000
        data, part, mark = presentation(lambda deck: blank(deck, "Title")), "ppt/slides/slide1.xml", b"<p:spTree>"

    def nest(parts: dict[str, bytes]) -> None:
        assert mark in parts[part]
        parts[part] = parts[part].replace(mark, mark + inner.encode())

    found = read(rezipped(data, nest), name, OPTIONS)
    assert found.status in ("partly-read", "unread")
    assert found.reasons


def test_zip_of_nothing_and_cut_files_are_damaged() -> None:
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    assert codes(empty.getvalue(), "nothing.docx") == ["damaged"]
    whole = word()
    assert codes(whole[: len(whole) // 2], "cut.docx") == ["damaged"]
    assert codes(rezipped(whole, lambda parts: parts.pop("word/document.xml")), "headless.docx")[-1] == "damaged"


def encrypted(data: bytes, password: str) -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    out = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["locked.docx", "locked.pptx"])
def test_encrypted_files_need_their_password(name: str) -> None:
    plain = word("Lockedtext") if name.endswith("docx") else presentation(lambda deck: blank(deck, "Lockedtext"))
    data = encrypted(plain, "sesame")
    assert codes(data, name) == ["encrypted"]
    assert codes(data, name, ReadOptions(passwords=("wrong",))) == ["encrypted"]
    found = read(data, name, ReadOptions(passwords=("wrong", "sesame"), recognise_language=False))
    assert [block.text for block in found.blocks if block.layer == "body"] == ["Lockedtext"]


def test_without_the_extra_passwords_the_reason_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    data = encrypted(word(), "sesame")
    monkeypatch.setitem(__import__("sys").modules, "msoffcrypto", None)
    (reason,) = read(data, "locked.docx", ReadOptions(passwords=("sesame",))).reasons
    assert reason.code == "encrypted"
    assert "msgcheck[passwords]" in reason.text


def test_many_shapes_are_ordered_in_bounded_time() -> None:
    def build(deck: Any) -> None:
        slide = blank(deck)
        for number in range(600):
            box(slide.shapes, f"Shape {number}", (number * 7) % 900, (number * 13) % 500, 60, 20)

    found = read(presentation(build), "crowd.pptx", OPTIONS)
    assert len({block.text for block in found.blocks}) == 600


def test_names_of_parts_are_never_looked_up_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ppt" / "slides").mkdir(parents=True)
    (tmp_path / "ppt" / "slides" / "slide1.xml").write_text(f'<p:sld xmlns:p="{P}"/>')
    monkeypatch.chdir(tmp_path)
    found = read(presentation(lambda deck: blank(deck, "Inside")), "deck.pptx", OPTIONS)
    assert [block.text for block in found.blocks if block.layer == "body"] == ["Inside"]
