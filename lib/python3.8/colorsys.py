# SPDX-License-Identifier: MIT
"""Conversion of colors between RGB and YIQ (television), HLS (hue, lightness, saturation), HSV (..., value).

All numbers are floats from 0 to 1, but for I and Q, which can be negative.
"""

__all__ = ['rgb_to_yiq', 'yiq_to_rgb', 'rgb_to_hls', 'hls_to_rgb', 'rgb_to_hsv', 'hsv_to_rgb']

ONE_THIRD, ONE_SIXTH, TWO_THIRD = 1.0 / 3.0, 1.0 / 6.0, 2.0 / 3.0


def rgb_to_yiq(r, g, b):
    """Return (y, i, q) for red, green and blue."""
    luma = 0.30 * r + 0.59 * g + 0.11 * b
    red, blue = r - luma, b - luma
    return luma, 0.74 * red - 0.27 * blue, 0.48 * red + 0.41 * blue


def yiq_to_rgb(y, i, q):
    """Return (red, green, blue) for y, i and q, kept within 0 to 1."""
    colors = (y + 0.9468822170900693 * i + 0.6235565819861433 * q,
              y - 0.27478764629897834 * i - 0.6356910791873801 * q,
              y - 1.1085450346420322 * i + 1.7090069284064666 * q)
    return tuple([0.0 if color < 0.0 else 1.0 if color > 1.0 else color for color in colors])


def _hue(r, g, b, high, low):
    """Return the hue of a color that is not gray; high and low are the largest and smallest part."""
    span = high - low
    to_red, to_green, to_blue = (high - r) / span, (high - g) / span, (high - b) / span
    if r == high:
        place = to_blue - to_green
    elif g == high:
        place = 2.0 + to_red - to_blue
    else:
        place = 4.0 + to_green - to_red
    return place / 6.0 % 1.0


def rgb_to_hls(r, g, b):
    """Return (hue, lightness, saturation) for red, green and blue."""
    high, low = max(r, g, b), min(r, g, b)
    lightness = (low + high) / 2.0
    if low == high:
        return 0.0, lightness, 0.0
    span = high - low
    saturation = span / (high + low) if lightness <= 0.5 else span / (2.0 - high - low)
    return _hue(r, g, b, high, low), lightness, saturation


def _v(m1, m2, hue):
    """Return one part of a color, between m1 and m2, as far away on the circle as hue says."""
    hue %= 1.0
    if hue < ONE_SIXTH:
        return m1 + (m2 - m1) * hue * 6.0
    if hue < 0.5:
        return m2
    return m1 + (m2 - m1) * (TWO_THIRD - hue) * 6.0 if hue < TWO_THIRD else m1


def hls_to_rgb(h, l, s):
    """Return (red, green, blue) for hue, lightness and saturation."""
    if s == 0.0:
        return l, l, l
    top = l * (1.0 + s) if l <= 0.5 else l + s - l * s
    bottom = 2.0 * l - top
    return _v(bottom, top, h + ONE_THIRD), _v(bottom, top, h), _v(bottom, top, h - ONE_THIRD)


def rgb_to_hsv(r, g, b):
    """Return (hue, saturation, value) for red, green and blue."""
    high, low = max(r, g, b), min(r, g, b)
    if low == high:
        return 0.0, 0.0, high
    return _hue(r, g, b, high, low), (high - low) / high, high


def hsv_to_rgb(h, s, v):
    """Return (red, green, blue) for hue, saturation and value."""
    if s == 0.0:
        return v, v, v
    sixth = int(h * 6.0)
    part = h * 6.0 - sixth
    low, falling, rising = v * (1.0 - s), v * (1.0 - s * part), v * (1.0 - s * (1.0 - part))
    return ((v, rising, low), (falling, v, low), (low, v, rising), (low, falling, v), (rising, low, v),
            (v, low, falling))[sixth % 6]
