"""`brand-color` and `brand-font`: colours and fonts that show in a document and are not the brand's.

A colour is the palette's where it is at most `TOLERANCE` (ΔE00) from one of it. W. S. Mokrzycki and M. Tatol, 'Colour
difference ΔE: a survey', Machine Graphics and Vision 20 (2011), 383-411: below 1 no one sees a difference, between 1
and 2 only an experienced observer does, from 2 on anybody. Black, white and greys are let pass (`NEUTRAL`): they are
paper, ink and shadow. There is one finding for each colour and each family of a document, with the other places in
`related`; of a document with more than `MOST_COLORS` foreign colours the rarest share one, so that a deck made on
somebody else's template does not drown a report. Without a brand file nothing is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgcheck.checks.colors import apart, chroma, lab
from msgcheck.checks.fonts import family_of, is_of, is_typeface, key
from msgcheck.checks.view import PRESENCE_LAYERS, View, locate, quoted_span
from msgcheck.guide.brand import Brand
from msgcheck.model import Approved, Block, Finding, Location, Look, Related
from msgcheck.normalise import normalise

TOLERANCE = 2.0
"""ΔE00 up to which two colours are one."""
NEUTRAL = 5.0
"""Chroma (C*ab) up to which a colour is a grey, black or white."""
MOST_COLORS = 8
"""Foreign colours of a document that have a finding of their own: the most used ones."""
_BLACKEST, _WHITEST = 5.0, 98.0
"""Lightness (L*) at which a colour is black or white, whatever its hue."""
_MOST_RELATED = 12
_ROLES = {"text": "Text", "fill": "Area", "line": "Line"}

Place = tuple[Location, str]


def check_looks(view: View) -> Iterator[Finding]:
    """`brand-color` and `brand-font`."""
    brand = view.guide.brand
    if brand is None:
        return
    if brand.colors:
        yield from _colors(view, brand)
    if brand.families:
        yield from _fonts(view, brand)


def is_neutral(color: str) -> bool:
    """Whether '#RRGGBB' is black, white or a grey."""
    lightness = lab(color)[0]
    return chroma(color) <= NEUTRAL or lightness <= _BLACKEST or lightness >= _WHITEST


def nearest_color(color: str, brand: Brand) -> tuple[str, str, float]:
    """Name and value of the brand's colour nearest to `color`, and their ΔE00. The brand has to have a colour."""
    name, value = min(brand.colors, key=lambda one: apart(color, one[1]))
    return name, value, apart(color, value)


def _colors(view: View, brand: Brand) -> Iterator[Finding]:
    groups: dict[str, list[Look]] = {}
    for look in view.document.looks:
        if look.kind == "color" and not is_neutral(look.value):
            groups.setdefault(look.value, []).append(look)
    foreign = {color: looks for color, looks in groups.items() if nearest_color(color, brand)[2] > TOLERANCE}
    ranked = sorted(foreign, key=lambda color: -sum(look.count for look in foreign[color]))
    rarest = frozenset(ranked[MOST_COLORS:] if len(ranked) > MOST_COLORS + 1 else ())
    for color, looks in foreign.items():
        if color in rarest:
            continue
        name, value, distance = nearest_color(color, brand)
        what = " and ".join(
            _ROLES[role] if index == 0 else _ROLES[role].lower()
            for index, role in enumerate(dict.fromkeys(look.role for look in looks))
        )
        yield _finding(
            view, "brand-color", looks,
            f"{what} in {color}, which is not in the palette; nearest is {name}, {value}.",
            Approved("visual", name, wording=value), value,
            f"{color} is {distance:.1f} (ΔE00) from {name}, and up to {TOLERANCE:.1f} counts as the same colour.",
        )


    if rarest:
        colors = [color for color in foreign if color in rarest]
        yield _finding(
            view, "brand-color", [look for color in colors for look in foreign[color]],
            f"{len(colors)} more colours are not in the palette: {', '.join(colors)}.",
            Approved("visual", "palette", wording=_listed(tuple(value for _, value in brand.colors))), None,
            f"The {MOST_COLORS} colours used most have findings of their own.",
        )


def _fonts(view: View, brand: Brand) -> Iterator[Finding]:
    groups: dict[str, list[Look]] = {}
    for look in view.document.looks:
        ours = any(is_of(look.value, family) for family in brand.families)
        if look.kind == "font" and not ours and is_typeface(look.value):
            groups.setdefault(key(family_of(look.value)), []).append(look)
    names = _listed(brand.families)
    for looks in groups.values():
        family = family_of(looks[0].value)
        verb = "is" if len(brand.families) == 1 else "are"
        yield _finding(
            view, "brand-font", looks, f"Text in {family}, which is not a font of the brand; approved {verb} {names}.",
            Approved("visual", "typography", wording=names), names if len(brand.families) == 1 else None,
            f"The file names the font {_listed(tuple(dict.fromkeys(look.value for look in looks)))}.",
        )


def _finding(
    view: View, rule: str, looks: list[Look], message: str, approved: Approved, suggestion: str | None, why: str,
) -> Finding:
    places: list[Place] = [
        *((look.location, look.text) for look in looks), *(place for look in looks for place in look.more),
    ]
    first = next((place for place in places if place[1]), places[0])
    others = list(dict.fromkeys(place for place in places if place != first))
    count = sum(look.count for look in looks)
    related = tuple(Related(view.document.name, where, text) for where, text in others[:_MOST_RELATED])
    times = "once" if count == 1 else f"{count} times"
    found = _in_blocks(view, *first)
    if found is None:
        return Finding(
            rule, message, view.document.name, "body", first[0], approved=approved, related=related,
            suggestion=suggestion, why=(why, f"It was met {times} in this document."),
        )
    index, block, start, end = found
    where = first[0] if first[0].boxes else locate(block, start, end)
    return Finding(
        rule, message, view.document.name, block.layer, where, block.text, block.text[start:end], start, end,
        approved=approved, related=related, suggestion=suggestion, order=index,
        why=(why, f"It was met {times} in this document."),
    )


def _in_blocks(view: View, place: Location, text: str) -> tuple[int, Block, int, int] | None:
    """The block that holds those words, at that place where there is one, and their offsets in its text."""
    words = normalise(text).text
    best: tuple[int, Block, int, int] | None = None
    for index, block in view.blocks(PRESENCE_LAYERS) if words else ():
        at = block.normal.find(words)
        if at < 0:
            continue
        here = (block.location.kind, block.location.number) == (place.kind, place.number)
        if best is None or here:
            best = (index, block, *quoted_span(block, at, at + len(words)))
        if here:
            break
    return best


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
