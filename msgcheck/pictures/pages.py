"""Pages of a PDF as small pictures."""

from __future__ import annotations

import io
from typing import Any, Literal

Rendered = tuple[Literal["page", "slide"], int, float, float, str, bytes]
"""The fields of a `Picture` after its document."""

_LADDER = ((1000, 62), (860, 52), (720, 44), (600, 36), (480, 28))
"""Width in pixels and WebP quality, tried until a page fits its share; 600 pixels can still be read on a screen."""

_MOST_PIXELS = 4_000_000


def render(data: bytes, numbers: tuple[int, ...], share: int) -> list[Rendered]:
    """The pages `numbers` (from 1) as WebP of at most `share` bytes each, or the smallest that there is."""
    import pypdfium2

    made: list[Rendered] = []
    document = pypdfium2.PdfDocument(data)
    try:
        for number in numbers:
            if not 1 <= number <= len(document):
                continue
            page = document[number - 1]
            width, height = page.get_size()
            if width <= 0 or height <= 0:
                continue
            scale = min(_LADDER[0][0] / width, (_MOST_PIXELS / (width * height)) ** 0.5)
            image = page.render(scale=scale).to_pil().convert("RGB")
            page.close()
            made.append(("page", number, round(width, 2), round(height, 2), "image/webp", _small(image, share)))
    finally:
        document.close()
    return made


def _small(image: Any, share: int) -> bytes:
    data = b""
    for width, quality in _LADDER:
        picture = image
        if image.width > width:
            height = max(1, round(image.height * width / image.width))
            picture = image.resize((width, height), resample=2, reducing_gap=2.0)
        stream = io.BytesIO()
        picture.save(stream, "WEBP", quality=quality, method=3)
        data = stream.getvalue()
        if len(data) <= share:
            break
    return data
