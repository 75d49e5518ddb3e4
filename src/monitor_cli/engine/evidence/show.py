"""From a dump and an indicator to the report of what keeps it from 100 %."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.engine.evidence import components, told
from monitor_cli.engine.evidence.named import Names
from monitor_cli.engine.evidence.rows import Lost
from monitor_cli.engine.evidence.sheets import COLUMNS, GROUPS, NAME, ROWS, rows_of, sheet
from monitor_cli.engine.evidence.summary import Summaries
from monitor_cli.engine.evidence.witness import OF_LESSONS, Witness
from monitor_cli.engine.week import count_week
from monitor_cli.errors import UsageError
from monitor_cli.indicators import BY_KEY
from monitor_cli.indicators.spec import Fact, Integral
from monitor_cli.language import words
from monitor_cli.report import Report, Sheet

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from monitor_cli.engine.query import Query
    from monitor_cli.engine.week import CountedWeek
    from monitor_cli.indicators.spec import Indicator
    from monitor_cli.report import Value
    from monitor_cli.result import Measure
    from monitor_cli.settings import Settings

_USUAL = ("school", "teacher", "class", "subject")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: an indicator, in what, summed up by what (None: the usual), rows at most."""

    query: Query
    key: str
    by: str | None = None
    limit: int | None = None


def groups_of(item: Indicator) -> tuple[str, ...]:
    """By what the loss of an indicator can be summed up."""
    return tuple(
        name
        for name, group in GROUPS.items()
        if (group.level in item.levels if group.facts is None else item.fact in group.facts)
    )


def show(
    path: Path,
    settings: Settings,
    question: Question,
    *,
    sample: bool = False,
    as_imported: date | None = None,
) -> Report:
    """The rows that keep an indicator from 100 %, who carries the loss, and the value itself.

    Value, numerator and denominator are the totals of `week` for the same filters.
    Source: `indicators.md`, «Drill-down».

    Raises:
        UsageError: a filter or a summary that cannot be had; no such earlier state.
        DumpError: the dump cannot be read or has the wrong shape.
    """
    item = BY_KEY[question.key]
    possible = groups_of(item)
    if question.by is not None and question.by not in possible:
        raise _no_group(item, question.by, possible)
    query = replace(
        question.query, indicators=(item.key,), compare=False, **_keys(item, question.by)
    )
    witness = Witness.of(item, settings, by_hour=question.by == "hour")
    counted = count_week(
        path, settings, query, as_imported=as_imported, witness=witness if witness.lost else None
    )
    total = counted.totals()[item.key]
    if total.numerator is None:
        made = _Made([Sheet(ROWS, *_shape(item), rows=(), rows_in_all=0)])
    elif isinstance(item.declare(settings), Integral):
        made = _of_components(counted, item, total, settings, question)
    else:
        made = _of_rows(counted, witness, item, total, settings, question)
    shown = counted.measures.shown(counted.regions)[0]
    title = words(
        f"{item.title.ru}: что не засчитано, неделя {query.week.iso}",
        f"{item.title.en}: what does not count, week {query.week.iso}",
    )
    return Report(
        name=NAME,
        title=title,
        main=ROWS,
        sheets=made.sheets,
        head=told.head(query.week, shown, total, made.lost, settings.language),
        lines=told.lines(item, shown, total, made.lost, made.reasons),
        problems=counted.dump.problems,
        warnings=counted.warnings(),
        sample=sample,
    )


@dataclass(frozen=True, slots=True)
class _Made:
    """The sheets, how many rows are lost in all, and how many for each reason."""

    sheets: list[Sheet]
    lost: int = 0
    reasons: tuple[tuple[str, int], ...] = ()


def _shape(item: Indicator) -> tuple[object, ...]:
    rows = rows_of(item.key, item.fact)
    return rows.title, [COLUMNS[name] for name in rows.columns]


def _keys(item: Indicator, by: str | None) -> dict[str, object]:
    """The further keys to count by: all that the summaries and the rows are told by."""
    names = [name for name in _USUAL if name in groups_of(item)]
    names += [by] if by is not None else []
    grains = dict.fromkeys(GROUPS[name].grain for name in names if GROUPS[name].grain)
    return {"grains": tuple(grains), "number": item.fact in OF_LESSONS}


def _no_group(item: Indicator, by: str, possible: tuple[str, ...]) -> UsageError:
    known = ", ".join(possible)
    return UsageError(
        words(
            f"--by {by}: показатель {item.key} так не сложить",
            f"--by {by}: the indicator {item.key} cannot be summed up so",
        ),
        remedy=words(f"есть: {known}", f"there are: {known}"),
    )


def _of_rows(
    counted: CountedWeek,
    witness: Witness,
    item: Indicator,
    total: Measure,
    settings: Settings,
    question: Question,
) -> _Made:
    names = Names(counted.dump, counted.counting)
    rows = Lost(names, witness, settings).of(item.key, item.fact)
    whole = total.denominator or 0
    sums = Summaries(counted, names, witness, item, settings, whole, rows.height)
    sheets = []
    reasons: tuple[tuple[str, int], ...] = ()
    if "reason" in rows.columns:
        by_reason = sums.of_reasons(rows)
        sheets.append(by_reason)
        reasons = tuple((str(row[0]), int(str(row[1]))) for row in by_reason.rows)
    if item.fact is Fact.SCHOOLS:
        sheets.append(sums.of_roles())
    sheets += [sums.of_groups(name) for name in _chosen(counted, item, question)]
    shape = rows_of(item.key, item.fact)
    sheets.append(sheet(ROWS, shape.title, shape.columns, rows, question.limit))
    return _Made(sheets, rows.height, reasons)


def _chosen(counted: CountedWeek, item: Indicator, question: Question) -> list[str]:
    """By what to sum up: as asked for, else by all that tells something."""
    if question.by is not None:
        return [question.by]
    possible = groups_of(item)
    told_by = [name for name in _USUAL if name in possible]
    if counted.left.height <= 1:
        told_by.remove("school")
    if item.fact is Fact.CLASSES:
        told_by.remove("class")
    return told_by


def _of_components(
    counted: CountedWeek, item: Indicator, total: Measure, settings: Settings, question: Question
) -> _Made:
    missed = components.missed(counted.left, item.key, settings)
    names = Names(counted.dump, counted.counting)
    whole = total.denominator or 0
    nothing = Witness(lost={})
    sums = Summaries(counted, names, nothing, item, settings, whole, len(missed))
    lean = pl.DataFrame(
        {
            "school_id": [str(one.school["school_id"]) for one in missed],
            "component": [one.component for one in missed],
        },
        schema={"school_id": pl.String, "component": pl.String},
    )
    sheets = [sums.of_components(lean)] if counted.left.height > 1 else []
    rows: list[tuple[Value, ...]] = [one.cells for one in missed]
    kept = rows if question.limit is None else rows[: question.limit]
    shape = rows_of(item.key, item.fact)
    columns = [COLUMNS[name] for name in shape.columns]
    sheets.append(Sheet(ROWS, shape.title, columns, kept, rows_in_all=len(rows)))
    return _Made(sheets, len(missed))
