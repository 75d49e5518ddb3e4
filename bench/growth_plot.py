"""Time over schools, both axes logarithmic, as SVG: a line a process."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WIDTH, HEIGHT, LEFT, ROOM, EDGE = 720, 420, 64, 190, 44
COLOURS = ("#0b5fa5", "#c2410c", "#15803d", "#7c3aed", "#57534e", "#be185d", "#0e7490")


def plot(lines: Mapping[str, Sequence[tuple[float, float]]]) -> str:
    """The drawing; `lines`: name → (schools, seconds), all above 0."""
    xs = [math.log10(x) for points in lines.values() for x, _ in points]
    ys = [math.log10(y) for points in lines.values() for _, y in points]
    west, east = math.floor(min(xs)), math.ceil(max(xs)) or 1
    south, north = math.floor(min(ys)), math.ceil(max(ys))
    east, north = max(east, west + 1), max(north, south + 1)

    def across(x: float) -> float:
        return LEFT + (math.log10(x) - west) / (east - west) * (WIDTH - LEFT - ROOM)

    def down(y: float) -> float:
        return HEIGHT - EDGE - (math.log10(y) - south) / (north - south) * (HEIGHT - 2 * EDGE)

    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"',
        ' font-family="sans-serif" font-size="12" role="img">',
        "<title>Time of a week over schools</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
    ]
    for power in range(west, east + 1):
        x = across(10.0**power)
        drawn += [
            f'<path d="M{x:.1f} {EDGE}V{HEIGHT - EDGE}" stroke="#d6d3d1"/>',
            f'<text x="{x:.1f}" y="{HEIGHT - EDGE + 18}" text-anchor="middle">{10**power:,}</text>',
        ]
    for power in range(south, north + 1):
        y = down(10.0**power)
        drawn += [
            f'<path d="M{LEFT} {y:.1f}H{WIDTH - ROOM}" stroke="#d6d3d1"/>',
            f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g} s</text>',
        ]
    middle = (LEFT + WIDTH - ROOM) / 2
    drawn.append(f'<text x="{middle:.0f}" y="{HEIGHT - 6}" text-anchor="middle">schools</text>')
    for place, (name, points) in enumerate(lines.items()):
        colour, y = COLOURS[place % len(COLOURS)], EDGE + 20 * place
        path = " ".join(f"{across(one):.1f},{down(other):.1f}" for one, other in points)
        drawn.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        drawn += [
            f'<circle cx="{across(one):.1f}" cy="{down(other):.1f}" r="3" fill="{colour}"/>'
            for one, other in points
        ]
        drawn += [
            f'<rect x="{WIDTH - ROOM + 14}" y="{y - 9}" width="10" height="10" fill="{colour}"/>',
            f'<text x="{WIDTH - ROOM + 30}" y="{y}">{escape(name)}</text>',
        ]
    return "\n".join([*drawn, "</svg>", ""])
