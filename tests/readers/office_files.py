"""Word and PowerPoint files with a different word in every kind of container, made in code."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DGM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
V = "urn:schemas-microsoft-com:vml"

DIAGRAM = f"""<dgm:dataModel xmlns:dgm="{DGM}" xmlns:a="{A}"><dgm:ptLst>
<dgm:pt modelId="0" type="doc"/>
<dgm:pt modelId="2"><dgm:t><a:bodyPr/><a:p><a:r><a:t>Diagramchild</a:t></a:r></a:p></dgm:t></dgm:pt>
<dgm:pt modelId="1"><dgm:t><a:bodyPr/><a:p><a:r><a:t>Diagramparent</a:t></a:r></a:p></dgm:t></dgm:pt>
<dgm:pt modelId="9" type="pres"><dgm:t><a:bodyPr/><a:p><a:r><a:t>Diagramghost</a:t></a:r></a:p></dgm:t></dgm:pt>
</dgm:ptLst><dgm:cxnLst>
<dgm:cxn modelId="5" srcId="0" destId="1" srcOrd="0" destOrd="0"/>
<dgm:cxn modelId="6" srcId="1" destId="2" srcOrd="0" destOrd="0"/>
</dgm:cxnLst></dgm:dataModel>""".encode()

CHART = f"""<c:chartSpace xmlns:c="{C}" xmlns:a="{A}"><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r>
<a:t>Charttitle</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:barChart><c:ser><c:idx val="0"/>
<c:tx><c:strRef><c:strCache><c:pt idx="0"><c:v>Chartseries</c:v></c:pt></c:strCache></c:strRef></c:tx><c:cat>
<c:strRef><c:strCache><c:pt idx="0"><c:v>Chartcategory</c:v></c:pt></c:strCache></c:strRef></c:cat></c:ser></c:barChart>
<c:catAx><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>Chartaxis</a:t></a:r></a:p></c:rich></c:tx></c:title></c:catAx></c:plotArea></c:chart>
</c:chartSpace>""".encode()


def picture() -> bytes:
    """A PNG of one pixel."""
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\x00\xff\xff\xff")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def presentation(build: Callable[[Any], None] = lambda deck: None) -> bytes:
    """A deck of 960 by 540 points to which `build` adds its slides."""
    import pptx
    from pptx.util import Pt

    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Pt(960), Pt(540)
    build(deck)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def blank(deck: Any, title: str = "") -> Any:
    """A new slide with a title at its top, or with nothing on it."""
    from pptx.util import Pt

    slide = deck.slides.add_slide(deck.slide_layouts[5 if title else 6])
    if title:
        shape = slide.shapes.title
        shape.left, shape.top, shape.width, shape.height = Pt(40), Pt(20), Pt(880), Pt(60)
        shape.text_frame.text = title
    return slide


def box(shapes: Any, text: str, left: float, top: float, width: float = 200, height: float = 40) -> Any:
    """A text box at a place in points."""
    from pptx.util import Pt

    shape = shapes.add_textbox(Pt(left), Pt(top), Pt(width), Pt(height))
    shape.text_frame.text = text
    return shape


def add_part(part: Any, name: str, content_type: str, relation: str, blob: bytes) -> str:
    """Adds a part to a package of python-docx or python-pptx; the id of the relation from `part` to it."""
    if type(part).__module__.startswith("pptx"):
        from pptx.opc.package import Part
        from pptx.opc.packuri import PackURI

        return str(part.relate_to(Part(PackURI(name), content_type, part.package, blob), relation))
    from docx.opc.packuri import PackURI as WordURI
    from docx.opc.part import Part as WordPart

    return str(part.relate_to(WordPart(WordURI(name), content_type, blob, part.package), relation))


def element(markup: str) -> Any:
    from lxml import etree

    return etree.fromstring(markup)


def frame(graphic: str, top: int = 400) -> Any:
    """A graphic frame of a slide around `graphic`."""
    return element(
        f'<p:graphicFrame xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{R}"><p:nvGraphicFramePr><p:cNvPr id="90" name="g"/>'
        f'<p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x="508000" y="{top * 12700}"/>'
        f'<a:ext cx="2540000" cy="508000"/></p:xfrm><a:graphic>{graphic}</a:graphic></p:graphicFrame>'
    )


def document(build: Callable[[Any], None] = lambda word: None) -> bytes:
    """A Word file to which `build` adds its paragraphs."""
    import docx

    word = docx.Document()
    build(word)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def word_xml(inner: str) -> Any:
    """An element of the body of a Word file."""
    names = {"w": W, "r": R, "mc": MC, "wp": WP, "wps": WPS, "v": V, "a": A, "c": C, "dgm": DGM, "m": MATH}
    declared = "".join(f' xmlns:{prefix}="{name}"' for prefix, name in names.items())
    head, sep, rest = inner.partition(">")
    return element(f"{head[:-1]}{declared}/{sep}{rest}" if head.endswith("/") else f"{head}{declared}{sep}{rest}")


def insert(word: Any, inner: str) -> None:
    """Adds an element at the end of the body of a python-docx document, before its last section."""
    word.element.body.insert(len(word.element.body) - 1, word_xml(inner))


def rezipped(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The zip archive `data` after `change` was made to its parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()
