"""How far two colours are apart to the eye: sRGB to CIELAB (D65) and the colour difference CIEDE2000.

Sources: IEC 61966-2-1 for sRGB; CIE 142-2001 in the form of G. Sharma, W. Wu and E. N. Dalal, 'The CIEDE2000
Color-Difference Formula: Implementation Notes, Supplementary Test Data, and Mathematical Observations', Color Research
and Application 30 (2005), 21-30. All weighting factors are 1.
"""

from __future__ import annotations

import math
from functools import lru_cache

Lab = tuple[float, float, float]

_WHITE = (0.95047, 1.0, 1.08883)


@lru_cache(maxsize=4096)
def lab(color: str) -> Lab:
    """The CIELAB coordinates of '#RRGGBB'."""
    red, green, blue = (_linear(one / 255) for one in bytes.fromhex(color[1:7]))
    x = 0.4124564 * red + 0.3575761 * green + 0.1804375 * blue
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = 0.0193339 * red + 0.1191920 * green + 0.9503041 * blue
    fx, fy, fz = (_root(value / white) for value, white in zip((x, y, z), _WHITE, strict=True))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _linear(one: float) -> float:
    return one / 12.92 if one <= 0.04045 else float(((one + 0.055) / 1.055) ** 2.4)


def _root(one: float) -> float:
    return float(one ** (1 / 3)) if one > (6 / 29) ** 3 else one / (3 * (6 / 29) ** 2) + 4 / 29


def chroma(color: str) -> float:
    """How colourful '#RRGGBB' is: its distance from the grey of its lightness in CIELAB (C*ab)."""
    _, a, b = lab(color)
    return math.hypot(a, b)


def difference(one: Lab, two: Lab) -> float:
    """The colour difference ΔE00 of two colours in CIELAB."""
    (l1, a1, b1), (l2, a2, b2) = one, two
    mean = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    g = 0.5 * (1 - math.sqrt(mean**7 / (mean**7 + 25**7)))
    a1, a2 = (1 + g) * a1, (1 + g) * a2
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = (math.degrees(math.atan2(b, a)) % 360 if (a, b) != (0, 0) else 0.0 for a, b in ((a1, b1), (a2, b2)))
    turn = 0.0 if c1 * c2 == 0 else h2 - h1
    turn -= 360 if turn > 180 else -360 if turn < -180 else 0
    lightness, saturation = l2 - l1, c2 - c1
    hue = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn) / 2)
    l_mean, c_mean = (l1 + l2) / 2, (c1 + c2) / 2
    h_mean = h1 + h2
    if c1 * c2 != 0:
        h_mean = (h1 + h2) / 2 if abs(h1 - h2) <= 180 else (h1 + h2 + (360 if h1 + h2 < 360 else -360)) / 2
    t = (
        1 - 0.17 * _cos(h_mean - 30) + 0.24 * _cos(2 * h_mean) + 0.32 * _cos(3 * h_mean + 6)
        - 0.20 * _cos(4 * h_mean - 63)
    )
    s_l = 1 + 0.015 * (l_mean - 50) ** 2 / math.sqrt(20 + (l_mean - 50) ** 2)
    s_c, s_h = 1 + 0.045 * c_mean, 1 + 0.015 * c_mean * t
    around = 30 * math.exp(-(((h_mean - 275) / 25) ** 2))
    r_t = -math.sin(math.radians(2 * around)) * 2 * math.sqrt(c_mean**7 / (c_mean**7 + 25**7))
    x, y, z = lightness / s_l, saturation / s_c, hue / s_h
    return math.sqrt(max(x * x + y * y + z * z + r_t * y * z, 0.0))


def _cos(degrees: float) -> float:
    return math.cos(math.radians(degrees))


def apart(one: str, two: str) -> float:
    """ΔE00 of two colours '#RRGGBB'."""
    return difference(lab(one), lab(two))
