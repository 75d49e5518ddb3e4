"""From a dump and an indicator to the report of what keeps it from 100 %."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.engine.count import column
from monitor_cli.engine.counter import at_once
from monitor_cli.engine.evidence import components
from monitor_cli.engine.evidence.gathered import Evidence, LostRows
from monitor_cli.engine.evidence.named import Names
from monitor_cli.engine.evidence.reasons import Reason
from monitor_cli.engine.evidence.rows import Lost
from monitor_cli.engine.evidence.sheets import (
    DEADLINE,
    GROUPS,
    NAME,
    OPEN,
    ROWS,
    rows_of,
    sheet,
    sheet_of,
)
from monitor_cli.engine.evidence.summary import Summaries
from monitor_cli.engine.evidence.told import Told, head, lines, place_of
from monitor_cli.engine.evidence.witness import HOUR, OF_LESSONS
from monitor_cli.engine.lessons import MOMENT
from monitor_cli.errors import UsageError
from monitor_cli.indicators import BY_KEY
from monitor_cli.indicators.spec import Fact, Integral
from monitor_cli.language import words
from monitor_cli.report import Report

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from monitor_cli.engine.counter import Counter
    from monitor_cli.engine.query import Query
    from monitor_cli.engine.week import CountedWeek
    from monitor_cli.indicators.spec import Indicator
    from monitor_cli.language import Words
    from monitor_cli.report import Sheet
    from monitor_cli.result import Measure
    from monitor_cli.settings import Settings

_USUAL = ("school", "teacher", "class", "subject")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: an indicator, in what, summed up by what (None: the usual), rows at most.

    `still_open`: of a state, the rows that are not lost yet instead, the soonest deadline first.
    """

    query: Query
    key: str
    by: str | None = None
    limit: int | None = None
    still_open: bool = False

    @property
    def indicator(self) -> Indicator:
        """The indicator of the key."""
        return BY_KEY[self.key]


def groups_of(item: Indicator) -> tuple[str, ...]:
    """By what the loss of an indicator can be summed up."""
    return tuple(
        name
        for name, group in GROUPS.items()
        if (group.level in item.levels if group.facts is None else item.fact in group.facts)
        and item.key != "school_activity"
    )


def show(  # noqa: PLR0913
    path: Path,
    settings: Settings,
    question: Question,
    *,
    sample: bool = False,
    as_imported: date | None = None,
    counter: Counter = at_once,
) -> Report:
    """The rows that keep an indicator from 100 %, who carries the loss, and the value itself.

    Value, numerator and denominator are the totals of `week` for the same filters.
    Source: `indicators.md`, «Drill-down».

    Raises:
        UsageError: a filter or a summary that cannot be had; no such earlier state.
        DumpError: the dump cannot be read or has the wrong shape.
    """
    item = question.indicator
    query = _query(question)
    look = LostRows(item.key, question.by == HOUR, question.still_open, question.limit)
    counted, evidence = counter(path, settings, query, look, as_imported=as_imported)
    total = counted.totals()[item.key]
    made = _Sheets(counted, evidence, settings, question).made(total)
    told = Told(
        item,
        counted.measures.shown(counted.regions)[0],
        total,
        place_of(counted.left),
        made.lost,
        made.of,
        made.reasons,
    )
    return Report(
        name=NAME,
        title=_title(question),
        main=ROWS,
        sheets=made.sheets,
        head=head(told, query, settings.language, still_open=question.still_open),
        lines=lines(told, query, still_open=question.still_open),
        problems=counted.dump.problems,
        warnings=counted.warnings(),
        sample=sample,
        complete=not counted.counting.uncounted,
        day=query.week.sunday,
    )


def _title(question: Question) -> Words:
    title, week = question.indicator.title, question.query.week.iso
    if question.still_open:
        return words(
            f"{title.ru}: что ещё не потеряно, неделя {week}",
            f"{title.en}: what is not lost yet, week {week}",
        )
    return words(
        f"{title.ru}: что не засчитано, неделя {week}",
        f"{title.en}: what does not count, week {week}",
    )


def _query(question: Question) -> Query:
    """The query with all keys that the summaries and the rows are told by.

    Raises:
        UsageError: the indicator cannot be summed up so.
    """
    item, by = question.indicator, question.by
    possible = groups_of(item)
    if by is not None and by not in possible:
        known = ", ".join(possible)
        raise UsageError(
            words(
                f"--by {by}: показатель {item.key} так не сложить",
                f"--by {by}: the indicator {item.key} cannot be summed up so",
            ),
            remedy=words(f"есть: {known}", f"there are: {known}") if known else None,
        )
    names = [name for name in _USUAL if name in possible] + ([by] if by is not None else [])
    grains = dict.fromkeys(GROUPS[name].grain for name in names if GROUPS[name].grain)
    return replace(
        question.query,
        indicators=(item.key,),
        compare=False,
        grains=tuple(grains),
        number=item.fact in OF_LESSONS,
        names=True,
    )


@dataclass(frozen=True, slots=True)
class _Made:
    """The sheets, how many rows are lost of how many, and how many for each reason."""

    sheets: list[Sheet]
    lost: int = 0
    of: int = 0
    reasons: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Sheets:
    """Makes the sheets of a week that has been counted."""

    counted: CountedWeek
    evidence: Evidence
    settings: Settings
    question: Question

    def made(self, total: Measure) -> _Made:
        """The sheets; without rows where the indicator is not available."""
        item = self.question.indicator
        if total.numerator is None:
            shape = rows_of(item.key, item.fact)
            return _Made([sheet_of(ROWS, shape.title, shape.columns, [])])
        if isinstance(item.declare(self.settings), Integral):
            return self._components(total.denominator or 0)
        whole = total.denominator or 0
        return self._open(whole) if self.question.still_open else self._rows(whole)

    def _summaries(self, whole: int, lost: int) -> Summaries:
        names = Names(self.counted.dump, self.counted.counting)
        item = self.question.indicator
        return Summaries(self.counted, names, self.evidence, item, self.settings, whole, lost)

    def _rows(self, whole: int) -> _Made:
        item = self.question.indicator
        names = Names(self.counted.dump, self.counted.counting)
        rows = Lost(names, self.evidence, self.settings).of(item.key, item.fact)
        sums = self._summaries(whole, rows.height)
        sheets = []
        reasons: tuple[tuple[str, int], ...] = ()
        if "reason" in rows.columns:
            reasons = sums.reasons(rows)
            sheets.append(sums.of_reasons(reasons))
        if item.fact is Fact.SCHOOLS:
            sheets.append(sums.of_roles())
        sheets += [sums.of_groups(name) for name in self._chosen()]
        shape = rows_of(item.key, item.fact)
        sheets.append(sheet(ROWS, shape.title, shape.columns, rows, self.question.limit))
        return _Made(sheets, rows.height, whole, reasons)

    def _open(self, whole: int) -> _Made:
        """What can still come right, the soonest deadline first: no more than the rows."""
        item, query = self.question.indicator, self.question.query
        names = Names(self.counted.dump, self.counted.counting)
        rows = Lost(names, self.evidence, self.settings).of(item.key, item.fact)
        columns = rows_of(item.key, item.fact).columns
        if DEADLINE not in columns:
            columns = (*columns, DEADLINE)
            end = pl.lit(query.week.next.monday).cast(MOMENT)
            rows = rows.with_columns(end.alias(DEADLINE)).filter(end > pl.lit(query.as_of))
        elif item.fact is Fact.HOMEWORK:
            # What no lesson follows cannot come right.
            rows = rows.filter(pl.col("reason") != Reason.NO_NEXT)
        rows = rows.sort(DEADLINE, maintain_order=True)
        made = sheet(ROWS, OPEN, columns, rows, self.question.limit)
        return _Made([made], rows.height, whole)

    def _chosen(self) -> list[str]:
        """By what to sum up: as asked for, else by all that tells something."""
        if self.question.by is not None:
            return [self.question.by]
        item = self.question.indicator
        possible = groups_of(item)
        silent = {"school"} if self.counted.left.height <= 1 else set()
        silent |= {"class"} if item.fact is Fact.CLASSES else set()
        return [name for name in _USUAL if name in possible and name not in silent]

    def _components(self, whole: int) -> _Made:
        item = self.question.indicator
        missed = components.missed(self.counted.left, item.key, self.settings)
        query = self.question.query
        if self.question.still_open and query.as_of and query.week.is_over(query.as_of):
            missed = []
        lean = pl.DataFrame(
            {
                "school_id": [str(one.school["school_id"]) for one in missed],
                "component": [one.component for one in missed],
            },
            schema={"school_id": pl.String, "component": pl.String},
        )
        several = self.counted.left.height > 1
        sheets = [self._summaries(whole, len(missed)).of_components(lean)] if several else []
        shape = rows_of(item.key, item.fact)
        rows = [one.cells for one in missed]
        sheets.append(sheet_of(ROWS, shape.title, shape.columns, rows, self.question.limit))
        valued = int(self.counted.left[column(item.key, "denominator")].sum())
        return _Made(sheets, len(missed), valued)
