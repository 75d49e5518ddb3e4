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

if TYPE_CHECKING:
    from monitor_cli.engine.evidence.witness import Witness
    from monitor_cli.engine.week import CountedWeek
    from monitor_cli.indicators.spec import Indicator
    from monitor_cli.report import Sheet
    from monitor_cli.settings import Settings


@dataclass(frozen=True, slots=True)
class Summaries:
    """Sums up what `indicator` loses; `whole` is its denominator over all that is asked for."""

    counted: CountedWeek
    names: Names
    witness: Witness
    indicator: Indicator
    rules: Settings
    whole: int
    lost: int

    def of_groups(self, by: str) -> Sheet:
        """The sums by one of `GROUPS`, the biggest loss first; what loses nothing is left out."""
        group = GROUPS[by]
        frame = self._frame(by, group).filter(pl.col(LOST) > 0)
        return sheet(group.sheet, group.title, group.columns, self._with_shares(frame))

    def of_reasons(self, rows: pl.DataFrame) -> Sheet:
        """The sums by reason."""
        key, columns, title = REASONS
        frame = rows.group_by("reason").agg(pl.len().cast(pl.Int64).alias(LOST)).sort("reason")
        return sheet(key, title, columns, self._with_shares(frame))

    def of_roles(self) -> Sheet:
        """The sums of teachers, students and parents."""
        key, columns, title = ROLE_SUMS
        schools = self._schools()
        sums = {
            role: [
                schools[column(f"{role}_activation", name)].sum()
                for name in ("numerator", "denominator")
            ]
            for role in Role
        }
        frame = pl.DataFrame(
            {
                "role": [role.value for role in sums],
                LOST: [of - reached for reached, of in sums.values()],
                OF: [of for _, of in sums.values()],
            },
            schema={"role": pl.String, LOST: pl.Int64, OF: pl.Int64},
        )
        return sheet(key, title, columns, self._with_shares(frame.filter(pl.col(LOST) > 0)))

    def of_components(self, rows: pl.DataFrame) -> Sheet:
        """The schools that miss each component; what it would give back if it alone were mended.

        Args:
            rows: `school_id`, `component`: a row a component that a school did not reach.
        """
        key, columns, title = COMPONENTS
        alone = pl.len().over("school_id") == 1
        frame = (
            rows.with_columns(alone=alone)
            .group_by("component")
            .agg(pl.len().cast(pl.Int64).alias(LOST), pl.col("alone").sum().cast(pl.Int64))
            .with_columns(
                (100 * pl.col("alone") / self.whole).alias("points") if self.whole
                else pl.lit(None, pl.Float64).alias("points"),
                of=pl.col("component").replace_strict(
                    {one: self._measured(one) for one in rows["component"].unique()},
                    return_dtype=pl.Int64,
                ),
            )
            .sort(pl.col(LOST) * -1, "component")
        )  # fmt: skip
        return sheet(key, title, columns, frame)

    def _measured(self, component: str) -> int:
        """The schools left in which a component has a value."""
        return int((self._schools()[column(component, "denominator")] > 0).sum())

    def _schools(self) -> pl.DataFrame:
        """The sums of the schools left."""
        return self.counted.left

    def _of(self) -> str:
        """The sum among whose rows the numerator is."""
        declared = self.indicator.declare(self.rules)
        return declared.among if isinstance(declared, Quotient) else "denominator"

    def _frame(self, by: str, group: Group) -> pl.DataFrame:
        """The place columns of a group, `lost` and `of`, in the order of places."""
        if by == "hour":
            hours = self.witness.hours
            empty = pl.DataFrame(schema={"hour": pl.Int8, LOST: pl.Int64, OF: pl.Int64})
            return empty if hours is None else hours.sort("hour")
        numerator, of = (column(self.indicator.key, name) for name in ("numerator", self._of()))
        if by == "school":
            sums = self._schools()
        else:
            found = self.counted.counting.summed(group.grain)
            sums = found[self.counted.counting.query.week]
            sums = sums.filter(pl.col("school_id").is_in(self._schools()["school_id"].implode()))
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
        hundredfold = 100 * pl.col(LOST)
        unknown = pl.lit(None, pl.Float64)
        return frame.with_columns(
            points=hundredfold / self.whole if self.whole else unknown,
            share=hundredfold / self.lost if self.lost else unknown,
        ).sort(LOST, descending=True, maintain_order=True)
