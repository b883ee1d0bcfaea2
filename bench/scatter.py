"""The waits of quiet tenants as dots over time, the scale logarithmic, in SVG written by hand."""

import math
from collections.abc import Mapping, Sequence
from html import escape

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 820, 360, 64, 64, 40
RIGHT = 16
LOWEST_MS = 1.0
COLOURS = ("#59636e", "#2e7d32", "#b7791f", "#b3261e")
Dot = tuple[float, float]
"""Seconds since the noise began, and how many milliseconds it waited."""


def scatter(title: str, series: Mapping[str, Sequence[Dot]]) -> str:
    """The picture, with a legend in the order of the series."""
    longest = max((at for dots in series.values() for at, _ in dots), default=1.0)
    highest = 10 ** math.ceil(math.log10(max(10.0, *(wait for dots in series.values() for _, wait in dots))))
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<text x="16" y="24" font-size="15" fill="#1c2126">{escape(title)}</text>',
        *_grid(highest, longest),
    ]
    for number, (name, dots) in enumerate(series.items()):
        x, colour = 16 + number * (WIDTH - 16) / len(series), COLOURS[number % len(COLOURS)]
        lines.append(f'<circle cx="{x + 5:.0f}" cy="42" r="4" fill="{colour}"/>')
        lines.append(f'<text x="{x + 14:.0f}" y="46" fill="#1c2126">{escape(name)}</text>')
        lines += [
            f'<circle cx="{_x(at, longest):.1f}" cy="{_y(wait, highest):.1f}" r="2" fill="{colour}" fill-opacity="0.6"/>'
            for at, wait in dots
        ]
    return "\n".join([*lines, "</svg>", ""])


def _grid(highest: float, longest: float) -> list[str]:
    lines = []
    power = LOWEST_MS
    while power <= highest:
        y, text = _y(power, highest), f"{power:g} ms" if power < 1000 else f"{power / 1000:g} s"
        lines.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#d5dae0"/>')
        lines.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="#59636e">{text}</text>')
        power *= 10
    for second in range(math.floor(longest) + 1):
        x = _x(second, longest)
        lines.append(
            f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle" fill="#59636e">{second} s</text>'
        )
    return lines


def _x(at: float, longest: float) -> float:
    return LEFT + 4 + at / longest * (WIDTH - LEFT - RIGHT - 8)


def _y(wait: float, highest: float) -> float:
    share = math.log10(max(wait, LOWEST_MS) / LOWEST_MS) / math.log10(highest / LOWEST_MS)
    return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP)
