"""From sums at schools to regions and totals: what is made of other indicators, what reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.engine.count import column
from monitor_cli.indicators.spec import Integral, Together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from monitor_cli.indicators.spec import Indicator
    from monitor_cli.settings import Settings

REACHED = "reached_components"
PRESENT = "components"


def _has_value(key: str) -> pl.Expr:
    return pl.col(column(key, "denominator")) > 0


def _reached(key: str, rules: Settings, regions: Iterable[str]) -> pl.Expr:
    """Whether a school reached its region's threshold, by exact numbers."""
    numerator = 100 * pl.col(column(key, "numerator"))
    denominator = pl.col(column(key, "denominator"))

    def by(region: str | None) -> pl.Expr:
        threshold = rules.threshold(key, region)
        return numerator * threshold.denominator >= threshold.numerator * denominator

    reached = by(None)
    for region in regions:
        reached = pl.when(pl.col("region") == region).then(by(region)).otherwise(reached)
    return _has_value(key) & reached


def complete_schools(
    schools: pl.DataFrame,
    indicators: Iterable[Indicator],
    rules: Settings,
    available: Callable[[str], bool],
) -> pl.DataFrame:
    """Add to the sums of schools in one week what is made of other indicators.

    Args:
        schools: a row a school: `region` and the sums.
        indicators: the indicators of the sums, in catalogue order.
        rules: the settings.
        available: whether an indicator is available in the week.

    Returns:
        The frame with numerators and denominators of `Together` and `Integral` indicators, the
        lists `<key>.reached_components` and `<key>.components`, and for each indicator
        `<key>.schools`, `<key>.schools_reached` (0 or 1), Int64.
    """
    indicators = tuple(indicators)
    schools = _with_zeros(schools, indicators)
    regions = _regions_apart(schools, rules)
    for item in indicators:
        declared = item.declare(rules)
        if isinstance(declared, Together):
            schools = schools.with_columns(
                pl.sum_horizontal(column(part, name) for part in declared.parts).alias(
                    column(item.key, name)
                )
                for name in ("numerator", "denominator")
            )
    for item in indicators:
        declared = item.declare(rules)
        if isinstance(declared, Integral):
            components = [key for key in declared.components if available(key)]
            schools = _integral(schools, item.key, components, rules, regions)
    return schools.with_columns(
        flag.cast(pl.Int64).alias(column(item.key, name))
        for item in indicators
        for name, flag in (
            ("schools", _has_value(item.key)),
            ("schools_reached", _reached(item.key, rules, regions)),
        )
    )


def _with_zeros(schools: pl.DataFrame, indicators: Iterable[Indicator]) -> pl.DataFrame:
    """A school without any row of a fact has sums of zero, and so has one that nobody counted."""
    sums = [column(item.key, name) for item in indicators for name in ("numerator", "denominator")]
    absent = [name for name in sums if name not in schools.columns]
    return schools.with_columns(pl.lit(0, pl.Int64).alias(name) for name in absent).with_columns(
        pl.col(pl.Int64).exclude("school_id", "shifts").fill_null(0)
    )


def _regions_apart(schools: pl.DataFrame, rules: Settings) -> list[str]:
    """The regions of `schools`, where some have thresholds of their own."""
    if not rules.regions_with_thresholds:
        return []
    return sorted(schools["region"].drop_nulls().unique())


def _integral(
    schools: pl.DataFrame,
    key: str,
    components: Sequence[str],
    rules: Settings,
    regions: Sequence[str],
) -> pl.DataFrame:
    def those(flag: Callable[[str], pl.Expr]) -> pl.Expr:
        if not components:
            return pl.lit([], pl.List(pl.String))
        return pl.concat_list(
            pl.when(flag(part)).then(pl.lit(part)) for part in components
        ).list.drop_nulls()

    return schools.with_columns(
        those(_has_value).alias(column(key, PRESENT)),
        those(lambda part: _reached(part, rules, regions)).alias(column(key, REACHED)),
    ).with_columns(
        pl.col(column(key, PRESENT)).list.len().cast(pl.Int64).alias(column(key, "denominator")),
        pl.col(column(key, REACHED)).list.len().cast(pl.Int64).alias(column(key, "numerator")),
    )


def pool(
    schools: pl.DataFrame, keys: Sequence[str], indicators: Iterable[Indicator], rules: Settings
) -> pl.DataFrame:
    """Sum schools up by `keys` (all of them into one row without keys).

    An `Integral` indicator becomes schools that reached it, of schools that have a value.
    """
    pooled = schools.with_columns(
        pl.col(column(item.key, source)).alias(column(item.key, name))
        for item in indicators
        if isinstance(item.declare(rules), Integral)
        for name, source in (("numerator", "schools_reached"), ("denominator", "schools"))
    )
    sums = pl.col(pl.Int64).exclude([*keys, "school_id", "shifts"]).sum()
    if keys:
        return pooled.group_by(keys).agg(sums)
    return pooled.select(sums)
