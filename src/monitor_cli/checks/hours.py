"""At which hours people make entries: a quiet time that is not at night tells of a wrong zone.

Source: `dump.md`, «Not an error but said»: entry hours that peak at night.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

HOURS = 24
NIGHT = 6
"""From midnight on, so many hours pass in which hardly anybody makes an entry."""
ENOUGH = 100
"""Fewer entries tell nothing."""
_SUSPICIOUS = 5
"""So many per cent of the entries at night are too many."""
_LEAST = 3
"""An earlier or later riser is no other zone: fewer hours are not told."""
_NOISE = 50
"""An hour with less than one in so many of the busiest hour's entries is a quiet one."""
_QUIETER = 4
"""A quiet time has at most one in so many of the entries that the night has."""


def night_percent(entries: Sequence[int]) -> int:
    """How many per cent of the entries fall into the night, rounded down."""
    return 100 * sum(entries[:NIGHT]) // max(1, sum(entries))


def hours_off(entries: Sequence[int]) -> int | None:
    """By how many hours the written times are ahead (+) or behind (-) of the clock on the wall.

    The longest quiet time of the day is taken for the night: where it lies tells by how much the
    clock is off. `None`: hardly anything at night, too few entries, no quiet time at all, or one
    that is hardly off.

    Args:
        entries: how many there are in each of the 24 hours, as written.
    """
    if sum(entries) < ENOUGH or night_percent(entries) < _SUSPICIOUS:
        return None
    noise = max(entries) // _NOISE
    loud = [count if count > noise else 0 for count in entries]
    windows = [sum(loud[(hour + more) % HOURS] for more in range(NIGHT)) for hour in range(HOURS)]
    least = min(windows)
    if least * _QUIETER > windows[0]:
        return None
    middle = _middle_of_longest_run([window == least for window in windows])
    off = (middle + HOURS // 2) % HOURS - HOURS // 2
    return off if abs(off) >= _LEAST else None


def _middle_of_longest_run(marked: Sequence[bool]) -> int:
    """The middle of the longest run round the clock; of equal ones the first."""
    best_start, best_length = 0, 0
    for start in range(HOURS):
        if marked[start - 1] and not all(marked):
            continue
        length = 0
        while length < HOURS and marked[(start + length) % HOURS]:
            length += 1
        if length > best_length:
            best_start, best_length = start, length
    return (best_start + (best_length - 1) // 2) % HOURS
