"""The geometry of the drawings of a page: bars against thresholds, stacks, sparklines."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from monitor_cli.render.week_parts import Standing
    from monitor_cli.result import Measure

BAR_WIDTH = 200
"""Of a bar of 100 per cent, in the units of its drawing."""

LINE_WIDTH, LINE_HEIGHT = 96, 22
_MARGIN = 3


class Bar(NamedTuple):
    """A value as a bar, and where its threshold stands; `band` colours it."""

    width: str
    threshold: str
    band: str


class Stack(NamedTuple):
    """Two bars after each other: what is red, then what else is below its threshold."""

    red: str
    yellow: str


class Line(NamedTuple):
    """A sparkline: its pieces between gaps as points of a polyline, its single points."""

    pieces: tuple[str, ...]
    dots: tuple[tuple[str, str], ...]


def bar(measure: Measure, red_below: Fraction) -> Bar | None:
    """A bar up to 100 per cent, however much more the value is; none without a value."""
    value, band = measure.value, measure.band(red_below)
    if value is None or band is None:
        return None
    scale = BAR_WIDTH / 100
    return Bar(
        _number(min(value, 100) * scale),
        _number(min(float(measure.threshold), 100.0) * scale),
        band.value,
    )


def stack(standing: Standing) -> Stack:
    """The indicators that a place misses, of those that have a value there."""
    scale = BAR_WIDTH / standing.known
    return Stack(
        _number(standing.red * scale), _number((len(standing.missed) - standing.red) * scale)
    )


def line(values: Sequence[float | None]) -> Line:
    """Values from their own lowest to their own highest; all the same lie in the middle."""
    known = [value for value in values if value is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    step = (LINE_WIDTH - 2 * _MARGIN) / max(1, len(values) - 1)
    room = LINE_HEIGHT - 2 * _MARGIN
    runs: list[list[tuple[str, str]]] = [[]]
    for at, value in enumerate(values):
        if value is None:
            runs.append([])
            continue
        share = 0.5 if high == low else (value - low) / (high - low)
        runs[-1].append(
            (_number(_MARGIN + at * step), _number(LINE_HEIGHT - _MARGIN - share * room))
        )
    pieces = tuple(" ".join(f"{x},{y}" for x, y in run) for run in runs if len(run) > 1)
    alone = [run[0] for run in runs if len(run) == 1]
    last = [run[-1] for run in runs if run][-1:]
    return Line(pieces, tuple(dict.fromkeys((*alone, *last))))


def _number(value: float) -> str:
    """A coordinate to a tenth, without needless zeros."""
    return f"{value:.1f}".removesuffix(".0")
