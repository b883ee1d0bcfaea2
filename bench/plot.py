"""The ratios as bars, in SVG written by hand: each bar on its own scale, with a mark at the aim and at the first bound."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

LINE, LEFT, WIDTH, RIGHT, TOP = 34, 470, 330, 130, 52
COLOURS = {"aim": "#2e7d32", "first": "#b7791f", "missed": "#b3261e", "": "#78828c"}


def plot(rows: Sequence[Mapping[str, Any]]) -> str:
    """The picture."""
    height = TOP + LINE * len(rows) + 16
    total = LEFT + WIDTH + RIGHT
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {total} {height}" font-family="sans-serif" font-size="12">',
        f'<rect width="{total}" height="{height}" fill="#ffffff"/>',
        '<text x="16" y="24" font-size="15" fill="#1c2126">Ratios of A to B</text>',
        f'<text x="{LEFT}" y="24" fill="#59636e">solid mark: aim; dashed: must reach first</text>',
    ]
    for number, row in enumerate(rows):
        lines += _bar(row, TOP + LINE * number)
    return "\n".join([*lines, "</svg>", ""])


def _bar(row: Mapping[str, Any], y: int) -> list[str]:
    aim, ratio = row["aim"], float(row["ratio"])
    bounds = [] if aim is None else [float(aim["aim"]), float(aim["first"])]
    scale = WIDTH / max(1.0, ratio, *bounds) / 1.05
    side = "" if aim is None else " (at most)" if aim["at_most"] else " (at least)"
    marks = [
        f'<line x1="{LEFT + bound * scale:.1f}" x2="{LEFT + bound * scale:.1f}" y1="{y - 3}" y2="{y + 21}"'
        f' stroke="#1c2126" stroke-width="1.5"{dash}/>'
        for bound, dash in zip(bounds, ("", ' stroke-dasharray="3 2"'), strict=False)
    ]
    return [
        f'<text x="{LEFT - 10}" y="{y + 13}" text-anchor="end" fill="#1c2126">{escape(_label(row))}</text>',
        f'<rect x="{LEFT}" y="{y}" width="{ratio * scale:.1f}" height="18" fill="{COLOURS[row["verdict"]]}"/>',
        *marks,
        f'<text x="{LEFT + WIDTH + 10}" y="{y + 13}" fill="#1c2126">{ratio:.2f}{side}</text>',
    ]


def _label(row: Mapping[str, Any]) -> str:
    text = f"{row['key']}: {row['what']}"
    return text if len(text) <= 74 else f"{text[:72]}..."
