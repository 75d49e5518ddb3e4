"""Two weeks side by side: what moved, and which places moved it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from monitor_cli.engine import count, places, rollup
from monitor_cli.engine.available import coverage
from monitor_cli.engine.counter import NOTHING, at_once
from monitor_cli.engine.measures import Measures, Place
from monitor_cli.engine.moves import Counts, Move, move, moved
from monitor_cli.engine.placed import outside, region_of
from monitor_cli.engine.query import Query
from monitor_cli.indicators.spec import Fact, Integral
from monitor_cli.levels import Level
from monitor_cli.result import Measure

__all__ = ["Asked", "Comparison", "Query", "compare"]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    import polars as pl

    from monitor_cli.clock import Week
    from monitor_cli.engine.counter import Counter
    from monitor_cli.engine.week import CountedWeek
    from monitor_cli.indicators.spec import Indicator
    from monitor_cli.result import Notice, Problem, Shown
    from monitor_cli.settings import Settings

BY = (Level.MUNICIPALITY, Level.SCHOOL, Level.CLASS, Level.SUBJECT, Level.TEACHER)
"""What a change can be split by."""

Keys = tuple[object, ...]
_ZERO = Fraction(0)


class Part(NamedTuple):
    """A part of a whole in both weeks.

    `place`: its keys, those of the level; `None` for what no place of the level accounts for.
    `move` is `None` where parts do not add up (parents below the school) or there is no change.
    `places`: how many it stands for; several, where a limit puts the smallest movers together.
    """

    indicator: str
    by: Level
    place: Mapping[str, str | int | None] | None
    before: Measure
    now: Measure
    move: Move | None
    places: int = 1


class Side(NamedTuple):
    """A school that crossed a threshold, or whose components of `school_activity` did.

    `gained`, `lost`: the components that are reached now and were not, and the other way round.
    """

    indicator: str
    place: Mapping[str, str | int | None]
    before: Measure
    now: Measure
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two weeks side by side.

    `wholes`: by indicator, the measures over everything left in the week before and now.
    `complete`: whether all schools left could be counted.
    """

    week: Week
    other: Week
    by: tuple[Level, ...]
    indicators: Sequence[Shown]
    wholes: Mapping[str, tuple[Measure, Measure]]
    parts: Sequence[Part]
    parts_in_all: int
    sides: Sequence[Side]
    problems: Sequence[Problem]
    warnings: Sequence[Notice]
    complete: bool


@dataclass(frozen=True, slots=True)
class _Both:
    """A dump counted for both weeks."""

    counted: CountedWeek
    before: Measures
    now: Measures
    other: Week

    @classmethod
    def of(cls, counted: CountedWeek, settings: Settings, other: Week) -> _Both:
        now = counted.measures
        before = Measures.of(now.indicators, settings, counted.available, other)
        return cls(counted, before, now, other)

    @property
    def week(self) -> Week:
        return self.counted.counting.query.week

    def has(self, key: str) -> bool:
        """Whether the indicator is available in both weeks."""
        return all(self.counted.available.has(key, week) for week in (self.week, self.other))

    def measure(
        self, item: Indicator, counts: Counts, region: str | None
    ) -> tuple[Measure, Measure]:
        """Counts as measures before and now; what is less than nothing is no measure."""
        threshold = self.now.rules.threshold(item.key, region)
        found = []
        told = min(counts) >= 0
        for week, numerator, denominator in (
            (self.other, counts.numerator_before, counts.denominator_before),
            (self.week, counts.numerator, counts.denominator),
        ):
            known = told and self.counted.available.has(item.key, week)
            found.append(
                Measure(numerator if known else None, denominator if known else None, threshold)
            )
        return found[0], found[1]


class Asked(NamedTuple):
    """What to split a change by, and into how many parts.

    `limit` gives how many parts of each change to list, told how many indicators there are; the
    others are put together. `None`: all are listed.
    """

    other: Week
    by: tuple[Level, ...]
    limit: Callable[[int], int | None]


def compare(  # noqa: PLR0913
    path: Path,
    settings: Settings,
    query: Query,
    asked: Asked,
    *,
    as_imported: date | None = None,
    counter: Counter = at_once,
) -> Comparison:
    """Count a week and the `other` in one pass and split the change of each indicator.

    `query` holds the week, the filters and the indicators. `as_imported`: of a dataset, as it was
    at the end of that day.

    Raises:
        UsageError: a filter or an indicator that cannot be had; no such earlier state.
        DumpError: the dump cannot be read or has the wrong shape.
    """
    other, by, limit = asked
    grains = tuple(count.GRAINS[level] for level in by if count.GRAINS[level])
    both_weeks = replace(query, level=Level.SCHOOL, compare=False, also=(other,), grains=grains)
    counted, _ = counter(path, settings, both_weeks, NOTHING, as_imported=as_imported)
    both = _Both.of(counted, settings, other)
    items = counted.measures.indicators
    at_most = limit(len(items))
    wholes = _wholes(both)
    parts: list[Part] = []
    in_all = 0
    for level in by:
        found = _parts_of(both, level)
        for item in items:
            if not _splits(item, level, settings) or not both.has(item.key):
                continue
            of_item = _split(both, item, level, found)
            in_all += len(of_item.listed)
            parts.extend(of_item.cut(at_most))
    order = {item.key: at for at, item in enumerate(items)}
    parts.sort(key=lambda part: (order[part.indicator], by.index(part.by)))
    said = [
        *counted.counting.uncounted,
        *counted.dump.warnings,
        *counted.notices,
        *coverage(query.week, counted.available, items),
        *(one for one in coverage(other, counted.available, items) if one.code == "not_covered"),
    ]
    return Comparison(
        week=query.week,
        other=other,
        by=by,
        indicators=counted.measures.shown(counted.regions),
        wholes=wholes,
        parts=parts,
        parts_in_all=in_all,
        sides=list(_sides(both)),
        problems=counted.dump.problems,
        warnings=said,
        complete=not counted.counting.uncounted,
    )


def _splits(item: Indicator, level: Level, rules: Settings) -> bool:
    """Whether the indicator has places of the level; an integral is made of no parts."""
    return level in item.levels and not isinstance(item.declare(rules), Integral)


def _wholes(both: _Both) -> dict[str, tuple[Measure, Measure]]:
    """The measures over everything left, before and now; now bears the change."""
    rules = both.now.rules
    pooled = {
        week: rollup.pool(frame, (), both.counted.indicators, rules).row(0, named=True)
        for week, frame in both.counted.schools.items()
    }
    regions = both.counted.regions
    before = both.before.totals(Place(pooled[both.other], None), regions)
    now = both.now.totals(Place(pooled[both.week], None), regions)
    return {
        key: (before[key], now[key]._replace(change=_change(before[key], now[key]))) for key in now
    }


def _change(before: Measure, now: Measure) -> float | None:
    if before.value is None or now.value is None:
        return None
    return now.value - before.value


class _Places(NamedTuple):
    """The sums of the places of a level in both weeks, and the keys by which each is named."""

    before: Mapping[Keys, Mapping[str, object]]
    now: Mapping[Keys, Mapping[str, object]]
    named: Mapping[Keys, Mapping[str, object]]

    def counts(self, key: str, at: Keys) -> Counts:
        """The numbers of an indicator at a place."""
        numbers = []
        for sums in (self.before.get(at, {}), self.now.get(at, {})):
            for name in ("numerator", "denominator"):
                value = sums.get(count.column(key, name))
                numbers.append(value if isinstance(value, int) else 0)
        return Counts(*numbers)


def _parts_of(both: _Both, level: Level) -> _Places:
    """The places of a level that have sums in one of the weeks."""
    counted, rules = both.counted, both.now.rules
    grain = count.GRAINS[level]
    if level is Level.MUNICIPALITY:
        on = level.keys
        frames = {
            week: rollup.pool(frame, on, counted.indicators, rules)
            for week, frame in counted.schools.items()
        }
    elif level is Level.SCHOOL:
        on, frames = ("school_id",), dict(counted.schools)
    else:
        on, frames = ("school_id", *grain), counted.counting.summed(grain)
    before, now = (_by_place(frames[week], on) for week in (both.other, both.week))
    schools = _by_place(counted.schools[both.week].select(places.SCHOOL_KEYS), ("school_id",))
    names = _names(counted, level)
    named: dict[Keys, dict[str, object]] = {}
    for at in dict.fromkeys([*before, *now]):
        keys: dict[str, object] = dict(zip(on, at, strict=True))
        if level is not Level.MUNICIPALITY:
            keys |= schools[keys["school_id"],]
        keys |= names.get(at, {})
        named[at] = {name: keys.get(name) for name in level.keys}
    ordered = {id(row): row for row in places.ordered(named.values(), level)}
    at_of = {id(row): at for at, row in named.items()}
    return _Places(before, now, {at_of[name]: row for name, row in ordered.items()})


def _by_place(frame: pl.DataFrame, on: Sequence[str]) -> dict[Keys, dict[str, object]]:
    return {tuple(row[name] for name in on): row for row in frame.iter_rows(named=True)}


def _names(counted: CountedWeek, level: Level) -> dict[Keys, dict[str, object]]:
    """What classes and teachers are called, by the keys of their sums."""
    frames = counted.counting.frames
    if level is Level.TEACHER:
        return _by_place(frames.teachers, ("school_id", "teacher_id"))
    if level is not Level.CLASS:
        return {}
    found: dict[Keys, dict[str, object]] = {}
    for row in frames.classes.iter_rows(named=True):
        at = (row["school_id"], row["parallel"], row["class_id"])
        name = str(row["class_id"]) if row["class"] is None else row["class"]
        found[at] = {"class": name}
    return found


class _Split(NamedTuple):
    """The parts of a change, the biggest mover first, and what no place accounts for."""

    both: _Both
    item: Indicator
    whole: Counts
    listed: list[tuple[Counts, Part]]
    beside: Part | None

    def cut(self, limit: int | None) -> Iterator[Part]:
        """The parts, the smallest put together where a limit leaves them out."""
        kept = self.listed
        if limit is not None:
            kept = [(counts, part) for counts, part in kept if self._moves(counts, part)][:limit]
        yield from (part for _, part in kept)
        rest = self.listed[len(kept) :]
        adds_up = all(part.move is not None for _, part in rest)
        if rest and adds_up and (kept or any(self._moves(*one) for one in rest)):
            yield self._together(rest, rest[0][1].by)
        if self.beside is not None:
            yield self.beside

    def _moves(self, counts: Counts, part: Part) -> bool:
        return part.move is None or moved(counts, self.whole) != 0

    def _together(self, rest: Sequence[tuple[Counts, Part]], by: Level) -> Part:
        counts, moves = Counts(), Move(*(_ZERO,) * 3)
        for more, part in rest:
            counts = counts.plus(more)
            if part.move is not None:
                moves = Move(*(one + other for one, other in zip(moves, part.move, strict=True)))
        before, now = self.both.measure(self.item, counts, None)
        return Part(self.item.key, by, None, before, now, moves, len(rest))


def _split(both: _Both, item: Indicator, level: Level, found: _Places) -> _Split:
    """The parts of the change of an indicator at a level."""
    whole = _whole_counts(both, item.key)
    adds_up = item.fact is not Fact.PARENTS or level in (Level.MUNICIPALITY, Level.SCHOOL)
    listed, known = [], Counts()
    for at, place in found.named.items():
        counts = found.counts(item.key, at)
        if not any(counts):
            continue
        known = known.plus(counts)
        before, now = both.measure(item, counts, region_of(place))
        keys = {name: outside(name, value) for name, value in place.items()}
        splits = move(counts, whole) if adds_up else None
        listed.append((counts, Part(item.key, level, keys, before, now, splits)))
    if adds_up:
        listed.sort(key=lambda part: -abs(moved(part[0], whole)))
    else:
        listed.sort(key=lambda part: -abs(part[0].numerator - part[0].numerator_before))
    left = whole.minus(known)
    beside = None
    if adds_up and any(left):
        before, now = both.measure(item, left, None)
        splits = move(left, whole)
        if splits is not None and min(left) < 0:
            splits = Move(splits.contribution, _ZERO, splits.contribution)
        beside = Part(item.key, level, None, before, now, splits, 0)
    return _Split(both, item, whole, listed, beside)


def _whole_counts(both: _Both, key: str) -> Counts:
    numbers = []
    for week in (both.other, both.week):
        frame = both.counted.schools[week]
        numbers += [
            int(frame[count.column(key, name)].sum()) for name in ("numerator", "denominator")
        ]
    return Counts(*numbers)


def _sides(both: _Both) -> Iterator[Side]:
    """The schools that crossed a threshold between the weeks, in the order of schools."""
    schools = both.counted.left.select(places.SCHOOL_KEYS).iter_rows(named=True)
    found = _parts_of(both, Level.SCHOOL)
    by_indicator: dict[str, list[Side]] = defaultdict(list)
    for place in places.ordered(schools, Level.SCHOOL):
        at = (place["school_id"],)
        before, now = (
            measures.at(Level.SCHOOL, Place(sums.get(at, {}), None), [region_of(place)])
            for measures, sums in ((both.before, found.before), (both.now, found.now))
        )
        keys = {name: outside(name, value) for name, value in place.items()}
        for key in now:
            was, is_now = _reached(before[key]), _reached(now[key])
            gained = tuple(part for part in is_now if part not in was)
            lost = tuple(part for part in was if part not in is_now)
            flipped = {before[key].reached, now[key].reached} == {True, False}
            if flipped or ((gained or lost) and both.has(key)):
                by_indicator[key].append(Side(key, keys, before[key], now[key], gained, lost))
    for item in both.now.indicators:
        yield from by_indicator[item.key]


def _reached(measure: Measure) -> tuple[str, ...]:
    """The components that an integral has reached."""
    found = measure.extras.get(rollup.REACHED)
    return found if isinstance(found, tuple) else ()
