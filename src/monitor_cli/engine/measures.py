"""Sums at a place → the measures that every output shows. Ratios are made here, last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from monitor_cli.engine.count import column
from monitor_cli.indicators.spec import Quotient, Share
from monitor_cli.levels import Level
from monitor_cli.result import ExtraKind, Measure, Shown, ratio
from monitor_cli.settings.told import rules_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from fractions import Fraction

    from monitor_cli.clock import Week
    from monitor_cli.engine.available import Available
    from monitor_cli.indicators.spec import Extra, Indicator
    from monitor_cli.settings import Settings


@dataclass(frozen=True, slots=True)
class Place:
    """The sums of a place in the week and, to compare with, in the week before."""

    now: Mapping[str, object]
    before: Mapping[str, object] | None


class _Told(NamedTuple):
    """What is told of an indicator in a week, found once for all places.

    `numbers`: the names of its sums, and their columns. `of_school`, `above`: what stands beside
    the value of a school, and of any other place. `compares`: whether places can have a value in
    the week before, too.
    """

    item: Indicator
    threshold: Fraction
    numbers: tuple[tuple[str, str], ...]
    of_school: tuple[Extra, ...]
    above: tuple[Extra, ...]
    has: bool
    waits: bool
    compares: bool


@dataclass(frozen=True, slots=True)
class Measures:
    """Makes the measures of `indicators` in `week` under `rules`."""

    indicators: tuple[Indicator, ...]
    rules: Settings
    available: Available
    week: Week
    told: tuple[_Told, ...]

    @classmethod
    def of(
        cls, indicators: tuple[Indicator, ...], rules: Settings, available: Available, week: Week
    ) -> Measures:
        """Declare each indicator once, however many places there are."""
        told = tuple(
            _Told(
                item,
                rules.threshold(item.key),
                tuple((name, column(item.key, name)) for name in _sums_of(item, rules)),
                item.extras,
                tuple(extra for extra in item.extras if extra.kind is not ExtraKind.KEYS),
                available.has(item.key, week),
                available.waits(item.key, week),
                all(available.has_value(item.key, one) for one in (week, week.previous)),
            )
            for item in indicators
        )
        return cls(indicators, rules, available, week, told)

    def at(self, level: Level, place: Place, regions: Collection[str | None]) -> dict[str, Measure]:
        """The measures that `level` has, of a place in `regions`."""
        return {
            one.item.key: self._measure(one, place, regions, level)
            for one in self.told
            if level in one.item.levels
        }

    def totals(self, place: Place, regions: Collection[str | None]) -> dict[str, Measure]:
        """The measures over all schools left, whatever the level of the rows."""
        return {one.item.key: self._measure(one, place, regions, None) for one in self.told}

    def shown(self, regions: Collection[str | None]) -> list[Shown]:
        """The indicators with their words and thresholds."""
        return [
            Shown(
                item.key,
                item.title,
                item.short,
                item.block,
                self._threshold(one, regions),
                all(self.rules.is_placeholder(item.key, region) for region in regions or (None,)),
                item.levels,
                {extra.name: extra.kind for extra in item.extras},
                {extra.name: extra.title for extra in item.extras},
                item.description,
                item.formula,
                rules_of(self.rules, item.key),
            )
            for item, one in zip(self.indicators, self.told, strict=True)
        ]

    def _threshold(self, one: _Told, regions: Collection[str | None]) -> Fraction:
        """The threshold that the regions share, else the general one."""
        if not self.rules.regions:
            return one.threshold
        theirs = {self.rules.threshold(one.item.key, region) for region in regions}
        return theirs.pop() if len(theirs) == 1 else one.threshold

    def _measure(
        self, one: _Told, place: Place, regions: Collection[str | None], level: Level | None
    ) -> Measure:
        key, threshold = one.item.key, self._threshold(one, regions)
        pooled = level is None or level.pools_schools
        beside = one.of_school if level is Level.SCHOOL else one.above
        if not one.has:
            return Measure(
                None,
                None,
                threshold,
                extras={extra.name: None for extra in beside},
                schools=0 if pooled else None,
                schools_reached=0 if pooled else None,
            )
        now = place.now
        sums = {name: _whole(now, among) for name, among in one.numbers}
        extras: dict[str, int | float | tuple[str, ...] | None] = {
            extra.name: _keys(now, column(key, extra.name))
            if extra.kind is ExtraKind.KEYS
            else extra.of(sums)
            for extra in beside
        }
        return Measure(
            sums["numerator"],
            sums["denominator"],
            threshold,
            change=self._change(one, sums, place.before),
            extras=extras,
            schools=_schools(now, one, "schools") if pooled else None,
            schools_reached=_schools(now, one, "schools_reached") if pooled else None,
            waits=one.waits,
        )

    @staticmethod
    def _change(
        one: _Told, sums: Mapping[str, int], before: Mapping[str, object] | None
    ) -> float | None:
        if before is None or not one.compares:
            return None
        (_, numerator), (_, denominator), *_ = one.numbers
        now = ratio(sums["numerator"], sums["denominator"])
        was = ratio(_whole(before, numerator), _whole(before, denominator))
        return None if now is None or was is None else now - was


def _sums_of(item: Indicator, rules: Settings) -> tuple[str, ...]:
    declared = item.declare(rules)
    more = tuple(declared.counts) if isinstance(declared, Share | Quotient) else ()
    return ("numerator", "denominator", *more)


def _whole(sums: Mapping[str, object], among: str) -> int:
    """The sum in a column; a place without any row of the fact has none of it."""
    value = sums.get(among)
    return value if isinstance(value, int) else 0


def _schools(sums: Mapping[str, object], one: _Told, name: str) -> int:
    """How many schools there are with a value, or reached; none while values wait."""
    return 0 if one.waits else _whole(sums, column(one.item.key, name))


def _keys(sums: Mapping[str, object], among: str) -> tuple[str, ...]:
    value = sums.get(among)
    return tuple(value) if isinstance(value, list) else ()
