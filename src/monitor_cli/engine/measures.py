"""Sums at a place → the measures that every output shows. Ratios are made here, last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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


@dataclass(frozen=True, slots=True)
class Measures:
    """Makes the measures of `indicators` in `week` under `rules`."""

    indicators: tuple[Indicator, ...]
    rules: Settings
    available: Available
    week: Week
    names: Mapping[str, tuple[str, ...]]
    """The sums of each indicator."""

    @classmethod
    def of(
        cls, indicators: tuple[Indicator, ...], rules: Settings, available: Available, week: Week
    ) -> Measures:
        """Declare each indicator once, however many places there are."""
        names = {item.key: _sums_of(item, rules) for item in indicators}
        return cls(indicators, rules, available, week, names)

    def at(self, level: Level, place: Place, regions: Collection[str | None]) -> dict[str, Measure]:
        """The measures that `level` has, of a place in `regions`."""
        return {
            item.key: self._measure(item, place, self._threshold(item, regions), level)
            for item in self.indicators
            if level in item.levels
        }

    def totals(self, place: Place, regions: Collection[str | None]) -> dict[str, Measure]:
        """The measures over all schools left, whatever the level of the rows."""
        return {
            item.key: self._measure(item, place, self._threshold(item, regions), None)
            for item in self.indicators
        }

    def shown(self, regions: Collection[str | None]) -> list[Shown]:
        """The indicators with their words and thresholds."""
        return [
            Shown(
                item.key,
                item.title,
                item.short,
                item.block,
                self._threshold(item, regions),
                all(self.rules.is_placeholder(item.key, region) for region in regions or (None,)),
                item.levels,
                {extra.name: extra.kind for extra in item.extras},
                {extra.name: extra.title for extra in item.extras},
                item.description,
                item.formula,
                rules_of(self.rules, item.key),
            )
            for item in self.indicators
        ]

    def _threshold(self, item: Indicator, regions: Collection[str | None]) -> Fraction:
        """The threshold that the regions share, else the general one."""
        if not self.rules.regions:
            return self.rules.threshold(item.key)
        theirs = {self.rules.threshold(item.key, region) for region in regions}
        return theirs.pop() if len(theirs) == 1 else self.rules.threshold(item.key)

    def _measure(
        self, item: Indicator, place: Place, threshold: Fraction, level: Level | None
    ) -> Measure:
        pooled = level is None or level.pools_schools
        if not self.available.has(item.key, self.week):
            return Measure(
                None,
                None,
                threshold,
                extras={extra.name: None for extra in _extras_at(level, item)},
                schools=0 if pooled else None,
                schools_reached=0 if pooled else None,
            )
        sums = {name: _whole(place.now, item.key, name) for name in self.names[item.key]}
        extras: dict[str, int | float | tuple[str, ...] | None] = {
            extra.name: _keys(place.now, item.key, extra.name)
            if extra.kind is ExtraKind.KEYS
            else extra.of(sums)
            for extra in _extras_at(level, item)
        }
        waits = self.available.waits(item.key, self.week)
        return Measure(
            sums["numerator"],
            sums["denominator"],
            threshold,
            change=self._change(item, place),
            extras=extras,
            schools=_schools(place.now, item.key, "schools", waits=waits) if pooled else None,
            schools_reached=_schools(place.now, item.key, "schools_reached", waits=waits)
            if pooled
            else None,
            waits=waits,
        )

    def _change(self, item: Indicator, place: Place) -> float | None:
        if place.before is None or not all(
            self.available.has_value(item.key, week) for week in (self.week, self.week.previous)
        ):
            return None
        now, before = _value(place.now, item.key), _value(place.before, item.key)
        return None if now is None or before is None else now - before


def _value(sums: Mapping[str, object], key: str) -> float | None:
    return ratio(_whole(sums, key, "numerator"), _whole(sums, key, "denominator"))


def _sums_of(item: Indicator, rules: Settings) -> tuple[str, ...]:
    declared = item.declare(rules)
    more = tuple(declared.counts) if isinstance(declared, Share | Quotient) else ()
    return ("numerator", "denominator", *more)


def _extras_at(level: Level | None, item: Indicator) -> tuple[Extra, ...]:
    """What stands beside the value there: lists of keys are a school's alone."""
    return tuple(
        extra for extra in item.extras if extra.kind is not ExtraKind.KEYS or level is Level.SCHOOL
    )


def _whole(sums: Mapping[str, object], key: str, name: str) -> int:
    """A sum; a place without any row of the fact has none of it."""
    value = sums.get(column(key, name))
    return value if isinstance(value, int) else 0


def _schools(sums: Mapping[str, object], key: str, name: str, *, waits: bool) -> int:
    """How many schools there are with a value, or reached; none while values wait."""
    return 0 if waits else _whole(sums, key, name)


def _keys(sums: Mapping[str, object], key: str, name: str) -> tuple[str, ...]:
    value = sums.get(column(key, name))
    return tuple(value) if isinstance(value, list) else ()
