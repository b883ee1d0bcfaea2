"""The day as a picture, in SVG written by hand: what happened to orders in each hour, the slowest answers, and who was killed when."""

import math
from collections.abc import Sequence
from html import escape
from typing import Final

from app.simulation.day import Day
from app.simulation.plan import CLOSING
from app.simulation.table import Row

SHOWN: Final = {"placed": "#4c78a8", "paid": "#2e7d32", "delivered": "#b7791f", "refunded": "#b3261e"}
LEFT, TOP, HOUR, HIGH, SLOW_HIGH, GAP = 56, 64, 36, 220, 90, 56
"""Pixels: around the plot, an hour's width, how high the two plots are, and between them."""
BAR: Final = 8
INK, QUIET, RULE, KILL = "#1c2126", "#59636e", "#d5dae0", "#b3261e"


def picture(day: Day, rows: Sequence[Row]) -> str:
    """The picture of the day."""
    width = LEFT + HOUR * len(rows) + 24
    height = TOP + HIGH + GAP + SLOW_HIGH + 40
    most = _round_up(max(row.happened[step] for row in rows for step in SHOWN), 10)
    slowest = _round_up(max(row.slow for row in rows), 100)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="11">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text x="16" y="22" font-size="15" fill="{INK}">A simulated shop day</text>',
        f'<text x="{width - 24}" y="22" text-anchor="end" fill="{QUIET}">{escape(str(day.plan))}</text>',
        *_legend(),
        *_scale(TOP, HIGH, most, "orders", width),
        *_scale(TOP + HIGH + GAP, SLOW_HIGH, slowest, "p95, ms", width),
    ]
    for number, row in enumerate(rows):
        lines += _hour(row, LEFT + HOUR * number, most, slowest)
    lines += [_kill(struck.victim, struck.at, day, number) for number, struck in enumerate(day.struck)]
    return "\n".join([*lines, "</svg>", ""])


def _round_up(figure: float, step: int) -> int:
    """The next multiple above, one at least."""
    return step * max(1, math.ceil(figure / step))


def _legend() -> list[str]:
    lines = []
    for number, (step, colour) in enumerate(SHOWN.items()):
        x = LEFT + 90 * number
        lines.append(f'<rect x="{x}" y="34" width="10" height="10" fill="{colour}"/>')
        lines.append(f'<text x="{x + 15}" y="43" fill="{INK}">{step}</text>')
    x = LEFT + 90 * len(SHOWN)
    lines.append(f'<text x="{x}" y="43" fill="{KILL}">| kill -9 of a process</text>')
    return lines


def _scale(top: int, high: int, most: int, what: str, width: int) -> list[str]:
    lines = [f'<text x="8" y="{top - 8}" fill="{QUIET}">{what}</text>']
    for share in (0.0, 0.5, 1.0):
        y = top + high * (1 - share)
        lines.append(f'<line x1="{LEFT}" x2="{width - 24}" y1="{y:g}" y2="{y:g}" stroke="{RULE}"/>')
        lines.append(f'<text x="{LEFT - 6}" y="{y + 4:g}" text-anchor="end" fill="{QUIET}">{most * share:g}</text>')
    return lines


def _hour(row: Row, x: int, most: int, slowest: int) -> list[str]:
    lines = []
    for number, (step, colour) in enumerate(SHOWN.items()):
        high = HIGH * row.happened[step] / most
        if high:
            left, top = x + 2 + BAR * number, TOP + HIGH - high
            lines.append(f'<rect x="{left}" y="{top:.1f}" width="{BAR - 1}" height="{high:.1f}" fill="{colour}"/>')
    high = SLOW_HIGH * row.slow / slowest
    top = TOP + HIGH + GAP + SLOW_HIGH - high
    lines.append(f'<rect x="{x + 2}" y="{top:.1f}" width="{HOUR - 5}" height="{high:.1f}" fill="#9aa5b1"/>')
    name = "closing" if row.hour == CLOSING else f"{row.hour:02}"
    below = (TOP + HIGH + 14, TOP + HIGH + GAP + SLOW_HIGH + 14)
    middle = f'<text x="{x + HOUR / 2:g}" text-anchor="middle" fill="{QUIET}"'
    return [*lines, *(f'{middle} y="{y}">{name}</text>' for y in below)]


def _kill(victim: str, at: float, day: Day, number: int) -> str:
    """A line through the day, and who it was; every second one a line lower, so that names do not meet."""
    x = LEFT + HOUR * CLOSING * min(1.0, at / day.plan.seconds)
    y = TOP + 10 + 12 * (number % 2)
    return (
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{TOP + HIGH}" stroke="{KILL}" stroke-dasharray="3 3"/>'
        f'<text x="{x + 3:.1f}" y="{y}" fill="{KILL}">{escape(victim)}</text>'
    )
