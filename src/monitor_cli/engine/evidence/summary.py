"""Who carries the loss: by teacher, class, subject, day, hour, school, role, component."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.engine.count import column
from monitor_cli.engine.evidence.named import Names, in_order
from monitor_cli.engine.evidence.sheets import (
    COMPONENTS,
    GROUPS,
    REASONS,
    ROLE_SUMS,
    Group,
    Role,
    sheet,
)
from monitor_cli.engine.evidence.witness import LOST, OF
from monitor_cli.indicators.spec import Quotient
from monitor_cli.result import ratio

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor_cli.engine.evidence.gathered import Evidence
    from monitor_cli.engine.week import CountedWeek
    from monitor_cli.indicators.spec import Indicator
    from monitor_cli.report import Sheet
    from monitor_cli.settings import Settings


@dataclass(frozen=True, slots=True)
class Summaries:
    """Sums up what `indicator` loses; `whole` is its denominator over all that is asked for."""

    counted: CountedWeek
    names: Names
    evidence: Evidence
    indicator: Indicator
    rules: Settings
    whole: int
    lost: int

    def of_groups(self, by: str) -> Sheet:
        """The sums by one of `GROUPS`, the biggest loss first; what loses nothing is left out."""
        group = GROUPS[by]
        frame = self._frame(by, group).filter(pl.col(LOST) > 0)
        return sheet(group.sheet, group.title, group.columns, self._with_shares(frame))

    def reasons(self, rows: pl.DataFrame) -> tuple[tuple[str, int], ...]:
        """How many of `rows` are lost for each reason, the commonest first."""
        counted = rows.group_by("reason").agg(lost=pl.len().cast(pl.Int64))
        return tuple(counted.sort(pl.col(LOST) * -1, "reason").iter_rows())

    def of_reasons(self, reasons: Sequence[tuple[str, int]]) -> Sheet:
        """The sums by reason, as `reasons` gives them."""
        key, columns, title = REASONS
        schema = {"reason": pl.String, LOST: pl.Int64}
        frame = pl.DataFrame(list(reasons), schema=schema, orient="row")
        return sheet(key, title, columns, self._with_shares(frame))

    def of_roles(self) -> Sheet:
        """The sums of teachers, students and parents."""
        key, columns, title = ROLE_SUMS
        rows = []
        for role in Role:
            numerator, of = (
                int(self.counted.left[column(f"{role}_activation", name)].sum())
                for name in ("numerator", "denominator")
            )
            rows.append((role.value, of - numerator, of))
        schema = {"role": pl.String, LOST: pl.Int64, OF: pl.Int64}
        frame = pl.DataFrame(rows, schema=schema, orient="row").filter(pl.col(LOST) > 0)
        return sheet(key, title, columns, self._with_shares(frame))

    def of_components(self, rows: pl.DataFrame) -> Sheet:
        """The schools that miss each component; what it would give back if it alone were mended.

        Args:
            rows: `school_id`, `component`: a row a component that a school did not reach.
        """
        key, columns, title = COMPONENTS
        frame = (
            rows.with_columns(alone=pl.len().over("school_id") == 1)
            .group_by("component")
            .agg(pl.len().cast(pl.Int64).alias(LOST), pl.col("alone").sum().cast(pl.Int64))
            .sort(pl.col(LOST) * -1, "component")
        )
        measured = [self._measured(component) for component in frame["component"]]
        frame = frame.with_columns(
            pl.Series(OF, measured, dtype=pl.Int64), _percent("points", frame["alone"], self.whole)
        )
        return sheet(key, title, columns, frame)

    def _measured(self, component: str) -> int:
        """The schools left in which a component has a value."""
        return int((self.counted.left[column(component, "denominator")] > 0).sum())

    def _of(self) -> str:
        """The sum among whose rows the numerator is."""
        declared = self.indicator.declare(self.rules)
        return declared.among if isinstance(declared, Quotient) else "denominator"

    def _frame(self, by: str, group: Group) -> pl.DataFrame:
        """The place columns of a group, `lost` and `of`, in the order of places."""
        if by == "hour":
            hours = self.evidence.hours
            empty = pl.DataFrame(schema={"hour": pl.Int8, LOST: pl.Int64, OF: pl.Int64})
            return empty if hours is None else hours.sort("hour")
        numerator, of = (column(self.indicator.key, name) for name in ("numerator", self._of()))
        if by == "school":
            sums = self.counted.left
        else:
            found = self.counted.counting.summed(group.grain)
            sums = found[self.counted.counting.query.week]
            sums = sums.filter(pl.col("school_id").is_in(self.counted.left["school_id"].implode()))
        sums = sums.with_columns(pl.col(numerator, of).fill_null(0))
        lean = sums.select(
            *dict.fromkeys(["school_id", *group.grain]),
            (pl.col(of) - pl.col(numerator)).alias(LOST),
            pl.col(of).alias(OF),
        )
        if by == "day":
            return lean.group_by("date").agg(pl.col(LOST, OF).sum()).sort("date")
        if "subject" in group.grain:
            lean = lean.with_columns(pl.col("subject").cast(pl.String))
        named = self.names.of_schools(lean)
        if "class_id" in group.grain:
            named = self.names.of_classes(named)
        if "teacher_id" in group.grain:
            named = self.names.of_teachers(named)
        return in_order(named)

    def _with_shares(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Add `points`, 100 × lost / whole, and `share` of the loss; the biggest loss first."""
        lost = frame[LOST]
        return frame.with_columns(
            _percent("points", lost, self.whole), _percent("share", lost, self.lost)
        ).sort(LOST, descending=True, maintain_order=True)


def _percent(name: str, numbers: pl.Series, whole: int) -> pl.Series:
    """100 × each number / whole, as values are divided everywhere; null without a whole."""
    return pl.Series(name, [ratio(number, whole) for number in numbers], dtype=pl.Float64)
