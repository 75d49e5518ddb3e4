"""What counting hands to every renderer: places, measures, totals, problems, warnings."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from monitor_cli.levels import EVERYWHERE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from monitor_cli.clock import Week
    from monitor_cli.language import Words
    from monitor_cli.levels import Level

HUNDREDTHS = 100


class Block(StrEnum):
    """A block of indicators of the memo."""

    USERS = "users"
    JOURNAL = "journal"


class ExtraKind(StrEnum):
    """What a number shown beside the value is, and so the type of its column."""

    COUNT = "count"
    PERCENT = "percent"
    KEYS = "keys"
    """A list of indicators' keys."""


class Band(StrEnum):
    """The colour of a value: reached, in between, or below `[bands] red_below`."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


class Shown(NamedTuple):
    """An indicator as the output shows it: its words and its threshold in per cent.

    `levels` are those whose rows have it, `extras` what may stand beside its value, in order,
    `beside` the words for these.
    `about` and `formula` define it; `rules` are the settings that it is counted by, each by its
    name in `monitor.toml` and as written there.
    """

    key: str
    title: Words
    short: Words
    block: Block
    threshold: Fraction
    placeholder: bool
    levels: frozenset[Level] = EVERYWHERE
    extras: Mapping[str, ExtraKind] = MappingProxyType({})
    beside: Mapping[str, Words] = MappingProxyType({})
    about: Words | None = None
    formula: Words | None = None
    rules: Mapping[str, str] = MappingProxyType({})


class Measure(NamedTuple):
    """An indicator at a place.

    `value` is 100 × numerator / denominator, unrounded, `None` where it is not available;
    `numerator` and `denominator` are `None` only for want of data. `change` is in points.
    `schools` and `schools_reached` are there where a row pools schools, else `None`. A value that
    `waits` for the end of the week is not available yet, though its numbers are there.
    """

    numerator: int | None
    denominator: int | None
    threshold: Fraction
    change: float | None = None
    extras: Mapping[str, int | float | tuple[str, ...] | None] = MappingProxyType({})
    schools: int | None = None
    schools_reached: int | None = None
    waits: bool = False

    @property
    def value(self) -> float | None:
        """The percentage, unrounded."""
        return None if self.waits else ratio(self.numerator, self.denominator)

    @property
    def exact(self) -> Fraction | None:
        """The share, from 0 on, without rounding; `None` where the value is."""
        if self.waits or self.numerator is None or not self.denominator:
            return None
        return Fraction(self.numerator, self.denominator)

    @property
    def reached(self) -> bool | None:
        """Whether the threshold is reached, by exact numbers; `None` where the value is."""
        if self.waits or self.numerator is None or not self.denominator:
            return None
        return at_least(self.numerator, self.denominator, self.threshold)

    @property
    def shown(self) -> Decimal | None:
        """The value as people see it: two decimals, never across 0, 100 or the threshold."""
        if self.waits or self.numerator is None or not self.denominator:
            return None
        return rounded(self.numerator, self.denominator, self.threshold)

    def band(self, red_below: Fraction) -> Band | None:
        """Reached is green; else below `red_below` red; else yellow."""
        if self.waits or self.numerator is None or not self.denominator:
            return None
        if self.reached:
            return Band.GREEN
        if at_least(self.numerator, self.denominator, red_below):
            return Band.YELLOW
        return Band.RED


class Row(NamedTuple):
    """A place: its key columns (ids as text) and its measures by indicator key."""

    keys: Mapping[str, str | int | None]
    measures: Mapping[str, Measure]


class Problem(NamedTuple):
    """Rows of a table that were not used as they stand, counted by reason."""

    table: str
    reason: str
    rows: int


class ChangedSide(NamedTuple):
    """A school that reached its threshold `before` and not `now`, or back; None: no value."""

    indicator: str
    school_id: str
    school: str
    before: bool | None
    now: bool | None


class Notice(NamedTuple):
    """A warning: a code for programs, a sentence for people.

    Where it is about rows of a dump: their `place` (table.column), the table that a reference
    names as `target`, and how many `rows` there are.
    """

    code: str
    message: Words
    place: str = ""
    target: str = ""
    rows: int = 0


@dataclass(frozen=True, slots=True)
class ImportedTable:
    """A table that was imported: used + repeated + set aside = read.

    `replaced`: rows that were in the dataset and are not any more. `rows`: those that are there
    now. `schools` and the Mondays of `weeks` (none in registers) are those now as imported.
    """

    table: str
    read: int
    used: int
    repeated: int
    set_aside: int
    replaced: int
    rows: int
    schools: int
    weeks: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import has brought: the state of the dataset that holds now, and what was said.

    `imported_at` is aware. `pruned` are the names of earlier states that were removed.
    """

    dataset: str
    snapshot: str
    imported_at: datetime
    tables: tuple[ImportedTable, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Notice, ...]
    pruned: tuple[str, ...] = ()
    sample: bool = False


@dataclass(frozen=True, slots=True)
class WeekResult:
    """The indicators of a week, ready to be rendered.

    `missed` holds the indicators that are not reached in some row left by the filters, before
    `--below` and `--limit` cut rows away; `missed_firm` those that miss a threshold that is no
    placeholder there.
    """

    week: Week
    level: Level
    indicators: Sequence[Shown]
    rows: Sequence[Row]
    totals: Mapping[str, Measure]
    problems: Sequence[Problem]
    warnings: Sequence[Notice]
    missed: frozenset[str]
    missed_firm: frozenset[str]
    compared: bool
    sample: bool
    complete: bool = True
    as_of: datetime | None = None
    """The moment whose state it is, by each school's clock; else all that the dump has."""
    changed_sides: Sequence[ChangedSide] | None = None
    """The schools that change sides under the settings typed; None where none were."""

    @property
    def columns(self) -> tuple[Shown, ...]:
        """The indicators that rows of the level have, in the order of the catalogue."""
        return tuple(shown for shown in self.indicators if self.level in shown.levels)


def ratio(numerator: int | None, denominator: int | None) -> float | None:
    """One multiplication, one division, in this order; without a denominator there is no value.

    Source: `cli.md`, «JSON».
    """
    if numerator is None or not denominator:
        return None
    return 100 * numerator / denominator


def at_least(numerator: int, denominator: int, percent: Fraction) -> bool:
    """Whether 100 × numerator / denominator is `percent` or more, without rounding."""
    return 100 * numerator * percent.denominator >= percent.numerator * denominator


def rounded(numerator: int, denominator: int, threshold: Fraction) -> Decimal:
    """Round half up to two decimals, but never across 0, 100 or `threshold`.

    What is not 0 or 100 is not shown as such; what reached the threshold, and only that, is shown
    as at least the threshold. Source: `indicators.md`, «Shown numbers»: 99.996 is 99.99; 79.996
    under 80 is 79.99.
    """
    # In integers: a workbook has tens of thousands of these.
    exact = 100 * HUNDREDTHS * numerator
    hundredths = (2 * exact + denominator) // (2 * denominator)
    for bound in (0, 100 * HUNDREDTHS):
        if exact < bound * denominator and bound <= hundredths:
            hundredths = bound - 1
        elif hundredths <= bound and bound * denominator < exact:
            hundredths = bound + 1
    bar, parts = HUNDREDTHS * threshold.numerator, threshold.denominator
    reached = exact * parts >= bar * denominator
    if not reached and bar <= hundredths * parts:
        hundredths = -(-bar // parts) - 1
    elif reached and hundredths * parts < bar:
        hundredths = -(-bar // parts)
    return Decimal(hundredths).scaleb(-2)
