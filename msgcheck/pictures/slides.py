"""Slides as boxes and text, for a report to draw: what a slide says and where, not how PowerPoint would set it.

A slide is JSON: `{"bg": "#rrggbb", "shapes": [shape…]}`, shapes in drawing order. A shape has `b` (left, top, right,
bottom in points) and may have `fill`, `line` (colours), `round` (1: corners, 2: an ellipse), `anchor` ("t", "m", "b"),
`pic` (1: a picture stands here) or `img` (a small one, base64 WebP), and `p`: paragraphs
`{"a": "l|c|r", "l": level, "b": bullet, "r": [[text, size in points, colour, bold, italic]…]}`.
"""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterator
from typing import Any

from msgcheck.pictures.pages import Rendered

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_POINT = 12700.0  # EMU
_DEPTH = 12  # groups inside groups
_MOST_SHAPES = 400  # of a slide
_THEME = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
_ALIGN = {"ctr": "c", "r": "r", "just": "l", "l": "l"}
_Map = tuple[float, float, float, float]  # of a group: scale x, scale y, shift x, shift y


def draw(data: bytes, numbers: tuple[int, ...], share: int) -> list[Rendered]:
    """The slides `numbers` (from 1) of a PPTX, each of at most `share` bytes: pictures go first, then shapes."""
    from pptx import Presentation

    deck = Presentation(io.BytesIO(data))
    width, height = (deck.slide_width or 9144000) / _POINT, (deck.slide_height or 6858000) / _POINT
    made: list[Rendered] = []
    for number, slide in enumerate(deck.slides, 1):
        if number not in numbers:
            continue
        drawn = _slide(slide)
        text = _pack(drawn)
        if len(text) > share:
            for shape in drawn["shapes"]:
                if shape.pop("img", None):
                    shape["pic"] = 1
            text = _pack(drawn)
        while len(text) > share and drawn["shapes"]:
            drawn["shapes"] = drawn["shapes"][: len(drawn["shapes"]) // 2]
            text = _pack(drawn)
        made.append(("slide", number, round(width, 2), round(height, 2), "application/json", text))
    return made


def _pack(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _slide(slide: Any) -> dict[str, Any]:
    theme = _theme(slide)
    shapes: list[dict[str, Any]] = []
    layout = slide.slide_layout
    for level in (layout.slide_master, layout):
        for shape in level.shapes:
            if not shape.is_placeholder:
                shapes += _shape(shape, theme, (1, 1, 0, 0), 0)
    for shape in slide.shapes:
        shapes += _shape(shape, theme, (1, 1, 0, 0), 0)
    return {"bg": _background((slide, layout, layout.slide_master), theme), "shapes": shapes[:_MOST_SHAPES]}


def _theme(slide: Any) -> dict[str, str]:
    from lxml import etree

    colours: dict[str, str] = {}
    for relation in slide.slide_layout.slide_master.part.rels.values():
        if relation.reltype.endswith("/theme") and not relation.is_external:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            root = etree.fromstring(relation.target_part.blob, parser)
            for entry in root.iterfind(f".//{_A}clrScheme/*"):
                for value in entry:
                    found = value.get("lastClr") or value.get("val")
                    if found and len(found) == 6:
                        colours[entry.tag.removeprefix(_A)] = "#" + found.lower()
    return colours


def _colour(parent: Any, theme: dict[str, str]) -> str | None:
    """The colour of the `a:solidFill` that is `parent`'s own child."""
    fill = parent.find(f"{_A}solidFill") if parent is not None else None
    if fill is None or not len(fill):
        return None
    value = fill[0]
    name = value.get("val") or value.get("lastClr") or ""
    if value.tag == f"{_A}schemeClr":
        colour = theme.get(_THEME.get(name, name))
    else:
        colour = "#" + name.lower() if len(name) == 6 and all(c in "0123456789abcdefABCDEF" for c in name) else None
    if colour is None:
        return None
    for change in value:
        amount = change.get("val", "")
        if amount.isdecimal():
            colour = _changed(colour, change.tag.removeprefix(_A), int(amount) / 100_000)
    return colour


def _changed(colour: str, how: str, amount: float) -> str:
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    if how in ("lumMod", "shade"):
        parts = [round(part * amount) for part in parts]
    elif how == "lumOff":
        parts = [round(part + 255 * amount) for part in parts]
    elif how == "tint":
        parts = [round(255 - (255 - part) * amount) for part in parts]
    return "#" + "".join(f"{max(0, min(255, part)):02x}" for part in parts)


def _background(levels: tuple[Any, ...], theme: dict[str, str]) -> str:
    for level in levels:
        properties = level._element.find(f"{_P}cSld/{_P}bg/{_P}bgPr")
        colour = _colour(properties, theme)
        if colour:
            return colour
        reference = level._element.find(f"{_P}cSld/{_P}bg/{_P}bgRef/{_A}schemeClr")
        if reference is not None:
            return theme.get(_THEME.get(reference.get("val"), reference.get("val")), "#ffffff")
    return "#ffffff"


def _shape(shape: Any, theme: dict[str, str], place: _Map, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEPTH:
        return
    if hasattr(shape, "shapes"):
        inner = _group(shape, place)
        for one in shape.shapes:
            yield from _shape(one, theme, inner, depth + 1)
        return
    try:
        left, top, width, height = shape.left, shape.top, shape.width, shape.height
    except (AttributeError, ValueError):
        return
    if None in (left, top, width, height):
        return
    scale_x, scale_y, shift_x, shift_y = place
    box = [
        left * scale_x + shift_x,
        top * scale_y + shift_y,
        (left + width) * scale_x + shift_x,
        (top + height) * scale_y + shift_y,
    ]
    drawn: dict[str, Any] = {"b": [round(value / _POINT, 1) for value in box]}
    if getattr(shape, "has_table", False) and shape.has_table:
        yield from _table(shape.table, drawn["b"], theme)
        return
    properties = shape._element.find(f"{_P}spPr")
    if properties is not None:
        if fill := _colour(properties, theme):
            drawn["fill"] = fill
        if line := _colour(properties.find(f"{_A}ln"), theme):
            drawn["line"] = line
        geometry = properties.find(f"{_A}prstGeom")
        if geometry is not None and geometry.get("prst") in ("roundRect", "ellipse"):
            drawn["round"] = 2 if geometry.get("prst") == "ellipse" else 1
    if shape._element.tag == f"{_P}pic":
        drawn.update(_picture(shape))
    elif getattr(shape, "has_chart", False) and shape.has_chart:
        drawn["pic"] = 1
    elif getattr(shape, "has_text_frame", False) and shape.has_text_frame:
        drawn.update(_text(shape, theme))
    if len(drawn) > 1:
        yield drawn


def _group(shape: Any, place: _Map) -> _Map:
    frame = shape._element.find(f"{_P}grpSpPr/{_A}xfrm")
    inner, extent = (frame.find(f"{_A}chOff"), frame.find(f"{_A}chExt")) if frame is not None else (None, None)
    if inner is None or extent is None or not int(extent.get("cx")) or not int(extent.get("cy")):
        return place
    across, down = shape.width / int(extent.get("cx")), shape.height / int(extent.get("cy"))
    scale_x, scale_y, shift_x, shift_y = place
    return (
        scale_x * across,
        scale_y * down,
        shift_x + scale_x * (shape.left - int(inner.get("x")) * across),
        shift_y + scale_y * (shape.top - int(inner.get("y")) * down),
    )


def _picture(shape: Any) -> dict[str, Any]:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(shape.image.blob)) as image:
            if image.width * image.height > 40_000_000:
                return {"pic": 1}
            image.thumbnail((260, 260))
            stream = io.BytesIO()
            image.convert("RGBA" if "A" in image.getbands() else "RGB").save(stream, "WEBP", quality=45, method=3)
    except Exception:  # noqa: BLE001 - a linked, broken or unknown picture is drawn as an empty frame
        return {"pic": 1}
    return {"img": base64.b64encode(stream.getvalue()).decode("ascii")}


def _table(table: Any, box: list[float], theme: dict[str, str]) -> Iterator[dict[str, Any]]:
    top = box[1]
    for number, row in enumerate(table.rows):
        left = box[0]
        below = top + row.height / _POINT
        for column, cell in zip(table.columns, row.cells, strict=False):
            right = left + column.width / _POINT
            properties = cell._tc.find(f"{_A}tcPr")
            fill = _colour(properties, theme) if properties is not None else None
            accent = theme.get("accent1", "#44546a") if number == 0 else None
            default = fill or accent or ("#f2f2f2" if number % 2 else "#ffffff")
            ink = "#ffffff" if number == 0 and not fill else theme.get("dk1", "#000000")
            yield {
                "b": [round(left, 1), round(top, 1), round(right, 1), round(below, 1)],
                "fill": default,
                "line": "#ffffff",
                "anchor": "m",
                "p": [_paragraph(one, 18.0, ink, number == 0, False, theme) for one in cell.text_frame.paragraphs],
            }
            left = right
        top = below


def _text(shape: Any, theme: dict[str, str]) -> dict[str, Any]:
    if not shape.text_frame.text.strip():
        return {}
    body = shape._element.find(f"{_P}txBody")
    kind = _placeholder(shape)
    paragraphs = []
    fit = body.find(f"{_A}bodyPr/{_A}normAutofit") if body is not None else None
    scale = int(fit.get("fontScale", "100000").rstrip("%")) / 100_000 if fit is not None else 1.0
    for paragraph in shape.text_frame.paragraphs:
        size, colour, bold, bullet, align = _inherited(shape, kind, paragraph.level, theme)
        drawn = _paragraph(paragraph, size, colour, bold, bullet, theme)
        for run in drawn["r"]:
            run[1] = round(run[1] * (scale if 0.2 < scale <= 1 else 1.0), 1)
        drawn.setdefault("a", align)
        paragraphs.append(drawn)
    anchor = next((one for one in _anchors(shape, kind)), "t")
    return {"p": paragraphs, "anchor": {"ctr": "m", "b": "b"}.get(anchor, "t")}


def _anchors(shape: Any, kind: str) -> Iterator[str]:
    for element in _chain(shape, kind):
        body = element.find(f"{_P}txBody/{_A}bodyPr")
        if body is not None and body.get("anchor"):
            yield body.get("anchor")


def _placeholder(shape: Any) -> str:
    """'title', 'body', or 'other' for text that stands in no placeholder."""
    if not shape.is_placeholder:
        return "other"
    found = shape._element.find(f".//{_P}nvPr/{_P}ph")
    return "title" if found is not None and found.get("type") in ("title", "ctrTitle") else "body"


def _chain(shape: Any, kind: str) -> Iterator[Any]:
    """The shape's element and those that it inherits from: the layout's placeholder, the master's."""
    yield shape._element
    if kind == "other" or not hasattr(shape, "_base_placeholder"):
        return
    base = shape._base_placeholder
    if base is not None:
        yield base._element
        above = getattr(base, "_base_placeholder", None)
        if above is not None:
            yield above._element


def _inherited(shape: Any, kind: str, level: int, theme: dict[str, str]) -> tuple[float, str, bool, bool, str]:
    """Size in points, colour, bold, bullet and alignment of a paragraph of `level` that says nothing of them itself."""
    name = f"{_A}lvl{level + 1}pPr"
    styles = [element.find(f"{_P}txBody/{_A}lstStyle/{name}") for element in _chain(shape, kind)]
    master = shape.part.slide_layout.slide_master if hasattr(shape.part, "slide_layout") else None
    if master is not None:
        tag = {"title": "titleStyle", "body": "bodyStyle"}.get(kind, "otherStyle")
        styles.append(master._element.find(f"{_P}txStyles/{_P}{tag}/{name}"))
    size, colour, bold, bullet, align = None, None, None, None, None
    for style in styles:
        if style is None:
            continue
        align = align or _ALIGN.get(style.get("algn") or "")
        if bullet is None:
            if style.find(f"{_A}buNone") is not None:
                bullet = False
            elif style.find(f"{_A}buChar") is not None or style.find(f"{_A}buAutoNum") is not None:
                bullet = True
        run = style.find(f"{_A}defRPr")
        if run is not None:
            size = size or (int(run.get("sz")) / 100 if (run.get("sz") or "").isdecimal() else None)
            colour = colour or _colour(run, theme)
            if bold is None and run.get("b"):
                bold = run.get("b") in ("1", "true")
    return size or 18.0, colour or theme.get("dk1", "#000000"), bool(bold), bool(bullet), align or "l"


def _paragraph(
    paragraph: Any, size: float, colour: str, bold: bool, bullet: bool, theme: dict[str, str]
) -> dict[str, Any]:
    properties = paragraph._p.find(f"{_A}pPr")
    drawn: dict[str, Any] = {"r": []}
    if properties is not None:
        if properties.get("algn") in _ALIGN:
            drawn["a"] = _ALIGN[properties.get("algn")]
        if properties.find(f"{_A}buNone") is not None:
            bullet = False
        elif properties.find(f"{_A}buChar") is not None or properties.find(f"{_A}buAutoNum") is not None:
            bullet = True
    if paragraph.level:
        drawn["l"] = paragraph.level
    if bullet:
        drawn["b"] = 1
    for child in paragraph._p:
        if child.tag == f"{_A}br":
            drawn["r"].append(["\n", size, colour, 0, 0])
        elif child.tag in (f"{_A}r", f"{_A}fld"):
            own, text = child.find(f"{_A}rPr"), child.findtext(f"{_A}t") or ""
            given = own.get("sz", "") if own is not None else ""
            strong = own.get("b") if own is not None else None
            drawn["r"].append(
                [
                    text,
                    int(given) / 100 if given.isdecimal() else size,
                    _colour(own, theme) or colour,
                    int(strong in ("1", "true") if strong is not None else bold),
                    int(own is not None and own.get("i") in ("1", "true")),
                ]
            )
    return drawn
