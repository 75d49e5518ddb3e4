"""The sheets of other reports in a municipality's workbook: made once each, then parted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date as day
from typing import TYPE_CHECKING, NamedTuple

from monitor_cli.clock import SCHOOL_YEAR_STARTS
from monitor_cli.errors import MonitorError
from monitor_cli.language import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor_cli.clock import Week
    from monitor_cli.commands.logged import Speaker
    from monitor_cli.commands.reading import Source
    from monitor_cli.report import Report, Sheet, Value
    from monitor_cli.settings import Settings

Further = dict[tuple["str | int | None", "str | int | None"], tuple["Sheet", ...]]
"""Sheets by region and municipality."""

_PLACE = ("region", "municipality")
_BESIDE = {"workload": ("outside",), "filling": ("counts",), "readiness": ("staff",)}
"""The sheets that say what is to be done, besides the main one of a report."""

_TITLES = {
    "workload": words("Загруженность учителей", "Teachers' workload"),
    "filling": words("Наполнение данными", "Data filling"),
    "readiness": words("Готовность к году", "Readiness for the year"),
    "registry": words("Реестр школ", "Register of schools"),
    "people": words("Персоны и пользователи", "Persons and users"),
    "grades": words("Успеваемость с начала года", "Grades since September"),
}
"""As the tab of a sheet can show them."""


class Wanted(NamedTuple):
    """Of which reports, of which dump and week; `as_imported`: of a dataset, its state that day."""

    reports: Sequence[str]
    source: Source
    week: Week
    as_imported: day | None


def by_municipality(wanted: Wanted, settings: Settings, speaker: Speaker) -> tuple[Further, bool]:
    """The sheets of each municipality, as the reports print them, and whether some are missing."""
    found: Further = {}
    failed = False
    for name in wanted.reports:
        try:
            report = _made(name, wanted, settings)
        except MonitorError as error:
            failed = True
            what = error.what
            said = words(f"{name}: листа нет: {what.ru}", f"{name}: no sheet: {what.en}")
            speaker.warning("sheet", said.said(settings.language))
            continue
        for sheet in _chosen(name, report):
            for place, here in _parted(sheet):
                found[place] = (*found.get(place, ()), here)
    return found, failed


def joined(one: Further, other: Further) -> Further:
    """The sheets of both."""
    return {place: (*one.get(place, ()), *other.get(place, ())) for place in {**one, **other}}


def _made(name: str, wanted: Wanted, settings: Settings) -> Report:
    """A report as its command makes it: of the week, grades from the beginning of the year."""
    from monitor_cli.reports.asked import Asked

    path, week = wanted.source.path, wanted.week
    sample, then = wanted.source.sample, wanted.as_imported
    of_week = Asked(week.monday, week.sunday)
    if name == "workload":
        from monitor_cli.reports.workload.report import workload

        return workload(path, settings, of_week, sample=sample, as_imported=then)
    if name == "filling":
        from monitor_cli.reports.filling.report import filling

        return filling(path, settings, of_week, sample=sample, as_imported=then)
    if name == "readiness":
        from monitor_cli.reports.readiness.report import readiness

        return readiness(path, settings, of_week, sample=sample, as_imported=then)
    if name == "registry":
        from monitor_cli.reports.registry import registry

        return registry(path, settings, of_week, sample=sample, as_imported=then)
    if name == "people":
        from monitor_cli.reports.people.report import AskedPeople, people

        asked = AskedPeople(week.monday, week.sunday)
        return people(path, settings, asked, sample=sample, as_imported=then)
    from monitor_cli.reports.grades.report import AskedGrades, grades

    since = day(week.school_year, SCHOOL_YEAR_STARTS, 1)
    return grades(path, settings, AskedGrades(since, week.sunday), sample=sample, as_imported=then)


def _chosen(name: str, report: Report) -> Iterator[Sheet]:
    """The main sheet, named as its report, and those that say what to do."""
    for sheet in report.sheets:
        key = f"{name}.{sheet.key}"
        if sheet.key == report.main:
            # What is said under a sheet of readiness counts the schools of all municipalities.
            note = None if name == "readiness" else sheet.note
            yield replace(sheet, key=key, title=_TITLES[name], note=note)
        elif sheet.key in _BESIDE.get(name, ()):
            yield replace(sheet, key=key)


def _parted(sheet: Sheet) -> Iterator[tuple[tuple[str | int | None, str | int | None], Sheet]]:
    """A sheet of each municipality: without its name and the totals, ids last."""
    keys = [column.key for column in sheet.columns]
    at = [keys.index(name) for name in _PLACE]
    kept = [number for number, name in enumerate(keys) if name not in _PLACE]
    kept.sort(key=lambda number: keys[number].endswith("_id"))
    rows: dict[tuple[Value, ...], list[tuple[Value, ...]]] = {}
    for row in sheet.rows:
        here = rows.setdefault(tuple(row[number] for number in at), [])
        here.append(tuple(row[number] for number in kept))
    columns = [sheet.columns[number] for number in kept]
    for (region, municipality), of_place in rows.items():
        part = replace(sheet, columns=columns, rows=of_place, totals=None, rows_in_all=None)
        yield (_text(region), _text(municipality)), part


def _text(value: Value) -> str | None:
    return None if value is None else str(value)
