"""The course of an indicator at a place: a value a week, and what these tell. No frames."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor_cli.clock import Week
    from monitor_cli.result import Measure


class Crossing(NamedTuple):
    """The last week in which a value passed its threshold, and whether upwards."""

    week: Week
    upwards: bool


@dataclass(frozen=True, slots=True)
class Course:
    """An indicator at a place (`None`: over everything) over weeks, the earliest first.

    `measures`: `None` is a gap. `then`: what each was on the day after its week, where that was
    asked for.
    """

    indicator: str
    place: Mapping[str, str | int | None] | None
    weeks: tuple[Week, ...]
    measures: tuple[Measure | None, ...]
    then: tuple[Measure | None, ...] | None = None

    @property
    def known(self) -> list[tuple[int, Measure, Fraction]]:
        """The position, the measure and the exact value of each week that has one."""
        return [
            (at, measure, Fraction(100 * measure.numerator, measure.denominator))
            for at, measure in enumerate(self.measures)
            if measure is not None and measure.numerator is not None and measure.denominator
        ]

    @property
    def slope(self) -> float | None:
        """Points a week, by least squares over the weeks with a value; `None` of less than two."""
        known = [(at, value) for at, _, value in self.known]
        if len(known) < 2:  # noqa: PLR2004
            return None
        count = len(known)
        mean_at = Fraction(sum(at for at, _ in known), count)
        mean = sum((value for _, value in known), Fraction(0)) / count
        rise = sum(((at - mean_at) * (value - mean) for at, value in known), Fraction(0))
        return float(rise / sum(((at - mean_at) ** 2 for at, _ in known), Fraction(0)))

    @property
    def best(self) -> tuple[Week, Measure] | None:
        """The week of the highest value, the latest of equals."""
        if not self.known:
            return None
        at, measure, _ = max(self.known, key=lambda one: (one[2], one[0]))
        return self.weeks[at], measure

    @property
    def worst(self) -> tuple[Week, Measure] | None:
        """The week of the lowest value, the latest of equals."""
        if not self.known:
            return None
        at, measure, _ = min(self.known, key=lambda one: (one[2], -one[0]))
        return self.weeks[at], measure

    @property
    def crossing(self) -> Crossing | None:
        """Where the threshold was last passed, from one week with a value to the next that has."""
        known = self.known
        for (_, before, _), (at, now, _) in reversed(list(pairwise(known))):
            if before.reached != now.reached:
                return Crossing(self.weeks[at], bool(now.reached))
        return None
