"""«Активность школ»: which components of a school did not reach, by how much, what would do."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from monitor_cli.engine import places
from monitor_cli.engine.count import column
from monitor_cli.engine.rollup import PRESENT, REACHED
from monitor_cli.indicators import BY_KEY
from monitor_cli.indicators.spec import Quotient, Share
from monitor_cli.levels import Level
from monitor_cli.result import Measure, at_least

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    import polars as pl

    from monitor_cli.report import Value
    from monitor_cli.settings import Settings


class Missed(NamedTuple):
    """A component that a school did not reach; `school` holds the key columns.

    `short`: how many more it takes. `mendable`: how many of what is lost could count at all.
    """

    school: Mapping[str, object]
    component: str
    measure: Measure
    short: int
    mendable: int

    @property
    def cells(self) -> tuple[Value, ...]:
        """The cells of its row, in the order of the sheet."""
        names = [self.school[name] for name in Level.SCHOOL.keys]
        keys = [None if name is None else str(name) for name in names]
        threshold = float(self.measure.threshold)
        amounts = (threshold, self.short, self.mendable)
        return (*keys, self.component, self.measure, *amounts, self.component)


def short_by(numerator: int, denominator: int, threshold: Fraction) -> int:
    """The least number of rows that, mended, reach the threshold: 100 × (n + k) ≥ t × d."""
    if at_least(numerator, denominator, threshold):
        return 0
    return ceil(threshold * denominator / 100) - numerator


def missed(schools: pl.DataFrame, key: str, rules: Settings) -> list[Missed]:
    """The components with a value that schools did not reach, in the order of schools.

    Args:
        schools: a row a school, as `rollup.complete_schools` returns it.
        key: the indicator made of the components.
        rules: the settings; thresholds are those of the school's region.
    """
    found = []
    for school in places.ordered(schools.iter_rows(named=True), Level.SCHOOL):
        present, reached = school[column(key, PRESENT)], school[column(key, REACHED)]
        for component in present or ():  # type: ignore[attr-defined]
            if component in (reached or ()):  # type: ignore[operator]
                continue
            numerator, denominator = (
                int(school[column(component, name)])  # type: ignore[call-overload]
                for name in ("numerator", "denominator")
            )
            threshold = rules.threshold(component, school["region"])  # type: ignore[arg-type]
            measure = Measure(numerator, denominator, threshold)
            short = short_by(numerator, denominator, threshold)
            most = school.get(column(component, _mendable(component, rules)))
            mendable = (most if isinstance(most, int) else denominator) - numerator
            found.append(Missed(school, component, measure, short, mendable))
    return found


def _mendable(component: str, rules: Settings) -> str:
    """The sum of the rows that could be in the numerator at all.

    A mark of a type that is not tracked never is; homework is set for lessons of the week.
    """
    declared = BY_KEY[component].declare(rules)
    if isinstance(declared, Quotient):
        return declared.among
    return (
        "tracked" if isinstance(declared, Share) and "tracked" in declared.counts else "denominator"
    )
