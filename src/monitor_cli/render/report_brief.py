"""A report for a reader: without ids, what is the same everywhere said once, on a terminal cut."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from monitor_cli.language import words
from monitor_cli.report import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from monitor_cli.report import Column, Report, Sheet, Value

_PLACES = ("region", "municipality", "school")
_MORE = words(
    "больше строк: --limit 100; все: -o ФАЙЛ.xlsx, .csv, .json",
    "more rows: --limit 100; all of them: -o FILE.xlsx, .csv, .json",
)


class Cuts(NamedTuple):
    """What a reader is spared: columns, and rows beyond so many."""

    columns: frozenset[str] = frozenset()
    rows: int | None = None
    of_summaries: int | None = None


def brief(report: Report, cuts: Cuts) -> Report:
    """The report without ids, empty columns and places that are the same in every row.

    These places are those that the head names; the lines say them. `cuts`: what else is left out.
    """
    place = report.head.get("place")
    common = {key for key in _PLACES if isinstance(place, dict) and place.get(key) is not None}
    sheets = []
    for sheet in report.sheets:
        hidden = {*common, *cuts.columns}
        if cuts.columns and _named_apart(sheet):
            hidden |= {"region", "municipality"}
        sheets.append(_cut(_readable(sheet, hidden), cuts, main=sheet.key == report.main))
    return replace(report, sheets=sheets)


def _named_apart(sheet: Sheet) -> bool:
    """Whether the schools of a sheet are known apart by their names alone."""
    schools = {*zip(_values(sheet, "school_id"), _values(sheet, "school"), strict=True)}
    return bool(schools) and len({name for _, name in schools}) == len(schools)


def _values(sheet: Sheet, key: str) -> Iterator[Value]:
    for at, column in enumerate(sheet.columns):
        if column.key == key:
            yield from (row[at] for row in sheet.rows)


def _readable(sheet: Sheet, hidden: Collection[str]) -> Sheet:
    keys = {column.key for column in sheet.columns}
    kept = [
        at
        for at, column in enumerate(sheet.columns)
        if column.kind is not Kind.ID
        and column.key not in hidden
        and not (column.key == "parallel" and "class" in keys)
        and not _empty(sheet, at, column)
    ]
    totals = None if sheet.totals is None else tuple(sheet.totals[at] for at in kept)
    return replace(
        sheet,
        columns=[sheet.columns[at] for at in kept],
        rows=[tuple(row[at] for at in kept) for row in sheet.rows],
        totals=totals,
    )


def _empty(sheet: Sheet, at: int, column: Column) -> bool:
    """Whether a text column says nothing in any row."""
    told = column.kind in (Kind.TEXT, Kind.CODE, Kind.DATE, Kind.MOMENT, Kind.MINUTES)
    return told and bool(sheet.rows) and all(row[at] is None for row in sheet.rows)


def _cut(sheet: Sheet, cuts: Cuts, *, main: bool) -> Sheet:
    most = cuts.rows if main else cuts.of_summaries
    if most is None or len(sheet.rows) <= most:
        return sheet
    in_all = sheet.rows_in_all if sheet.rows_in_all is not None else len(sheet.rows)
    rows: Sequence[tuple[Value, ...]] = sheet.rows[:most]
    return replace(sheet, rows=rows, rows_in_all=in_all, note=_MORE if main else sheet.note)
