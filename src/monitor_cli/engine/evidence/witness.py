"""What is kept of the rows while they are counted: those that an indicator loses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import polars as pl

from monitor_cli.engine.count import add_up
from monitor_cli.engine.lessons import PLACE
from monitor_cli.indicators import BY_KEY
from monitor_cli.indicators.facts import Mark
from monitor_cli.indicators.spec import Fact, Quotient, Share, Together

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor_cli.engine.filters import Scope
    from monitor_cli.engine.lessons import Lessons
    from monitor_cli.indicators.spec import Indicator
    from monitor_cli.settings import Settings

HOUR = "hour"
OF_LESSONS = frozenset({Fact.LESSONS, Fact.MARKS, Fact.HOMEWORK})
"""The facts whose rows are told by a lesson's place, not by keys of their own."""
LOST, OF = "lost", "of"


class Witness:
    """Keeps the lost rows of the facts that an indicator counts, within the filters.

    `lost`: by fact, which rows are. `homework`: as `homework.given` returns it, where homework is
    counted. `hours`: by the hour of entry of marks, where that is asked for: `hour` Int8, `lost`,
    `of` Int64.
    """

    def __init__(
        self, lost: Mapping[Fact, pl.Expr], by_hour: Mapping[str, pl.Expr] | None = None
    ) -> None:
        """Nothing has passed yet. `by_hour`: what to sum up by the hour of entry of marks."""
        self.lost = lost
        self.homework: pl.DataFrame | None = None
        self.hours: pl.DataFrame | None = None
        self._by_hour = by_hour
        self._kept: dict[Fact, list[pl.DataFrame]] = {}
        self._within: pl.Series | None = None

    @classmethod
    def of(
        cls,
        indicator: Indicator,
        rules: Settings,
        *,
        by_hour: bool = False,
        still_open: bool = False,
    ) -> Self:
        """Look for what `indicator` loses; one made of a school's components loses no rows.

        `still_open`: for what is not lost yet instead.
        """
        declared = indicator.declare(rules)
        parts = declared.parts if isinstance(declared, Together) else (indicator.key,)
        lost = {}
        for part in (BY_KEY[key] for key in parts):
            share = part.declare(rules)
            if isinstance(share, Share | Quotient):
                lost[part.fact] = share.open if still_open else share.lost
        hourly = None
        if by_hour and isinstance(declared, Share):
            hourly = {LOST: declared.lost, OF: declared.of}
        return cls(lost, hourly)

    def look_at(self, lessons: Lessons, scope: Scope) -> None:
        """Learn which places of `lessons` the filters leave."""
        places = lessons.places.with_row_index("at")
        left = scope.keep(places)["at"]
        self._within = places["at"].is_in(left.implode()) & lessons.measured()

    def see(self, fact: Fact, rows: pl.DataFrame) -> None:
        """Keep what is lost of some rows of a fact; persons and classes are filtered already."""
        if fact in self.lost:
            self._kept.setdefault(fact, []).append(self._lost(fact, rows))

    def of_marks(self, rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame | None]:
        """Of a piece of marks, what is lost and the sums by hour; it may pass more than once."""
        hours = None
        if self._by_hour is not None:
            hour = Mark.created.dt.hour().alias(HOUR)
            hours = add_up(self._here(rows).with_columns(hour), self._by_hour, [HOUR])
        return self._lost(Fact.MARKS, rows), hours

    def take_marks(self, pieces: Sequence[tuple[pl.DataFrame, pl.DataFrame | None]]) -> None:
        """Keep what `of_marks` made of the pieces of the last passage."""
        if Fact.MARKS not in self.lost:
            return
        self._kept[Fact.MARKS] = [lost for lost, _ in pieces]
        hours = [part for _, part in pieces if part is not None]
        if hours:
            carried = {name: pl.col(name) for name in (LOST, OF)}
            self.hours = add_up(pl.concat(hours), carried, [HOUR])

    def kept(self, fact: Fact) -> pl.DataFrame | None:
        """The lost rows of a fact, with all its columns; None where it was not counted."""
        parts = self._kept.get(fact)
        return pl.concat(parts, rechunk=True) if parts else None

    def _lost(self, fact: Fact, rows: pl.DataFrame) -> pl.DataFrame:
        here = self._here(rows) if fact in OF_LESSONS else rows
        return here.filter(self.lost[fact]) if fact in self.lost else here.clear()

    def _here(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The rows at places that the filters leave."""
        if self._within is None:
            return rows
        return rows.filter(self._within.gather(rows[PLACE]))
