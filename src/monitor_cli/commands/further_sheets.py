"""The sheets of other reports in a municipality's workbook: made once each, then parted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from monitor_cli.errors import MonitorError
from monitor_cli.language import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from monitor_cli.clock import Week
    from monitor_cli.commands.logged import Speaker
    from monitor_cli.commands.reading import Source
    from monitor_cli.engine.municipal.parts import Municipal
    from monitor_cli.language import Words
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
    "grades": words("Успеваемость", "Grades"),
}
"""As the tab of a sheet can show them."""


class Wanted(NamedTuple):
    """Of which reports, of which dump and week; `as_imported`: of a dataset, its state that day."""

    reports: Sequence[str]
    source: Source
    week: Week
    as_imported: date | None


def by_municipality(
    wanted: Wanted, settings: Settings, municipal: Municipal, speaker: Speaker
) -> tuple[Further, bool]:
    """The sheets of each municipality, as the reports print them, and whether some are missing."""
    known = {notice.message for notice in municipal.whole.warnings}
    places = [(keys["region"], keys["municipality"]) for keys in municipal.municipalities]
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
        said_of_it = [one.message for one in report.warnings if one.message not in known]
        for sheet in _chosen(name, report, said_of_it):
            parts = _parted(sheet)
            for place in places:
                here = parts.get(place) or replace(_placeless(sheet), rows=[])
                found[place] = (*found.get(place, ()), here)
    return found, failed


def joined(one: Further, other: Further) -> Further:
    """The sheets of both."""
    return {place: (*one.get(place, ()), *other.get(place, ())) for place in {**one, **other}}


def _made(name: str, wanted: Wanted, settings: Settings) -> Report:
    """A report as its command makes it of the week."""
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

    question = AskedGrades(week.monday, week.sunday)
    return grades(path, settings, question, sample=sample, as_imported=then)


def _chosen(name: str, report: Report, warnings: Sequence[Words]) -> Iterator[Sheet]:
    """The main sheet, named as its report, and those that say what to do.

    What the main one is about, to the day, and what it lacks is its note.
    """
    for sheet in report.sheets:
        key = f"{name}.{sheet.key}"
        if sheet.key == report.main:
            notes = [report.title, *report.lines, *warnings]
            # What is said under a sheet of readiness counts the schools of all municipalities.
            if sheet.note is not None and name != "readiness":
                notes.append(sheet.note)
            note = words("\n".join(one.ru for one in notes), "\n".join(one.en for one in notes))
            yield replace(sheet, key=key, title=_TITLES[name], note=note)
        elif sheet.key in _BESIDE.get(name, ()):
            yield replace(sheet, key=key)


def _parted(sheet: Sheet) -> dict[tuple[str | int | None, str | int | None], Sheet]:
    """A sheet of each municipality that has rows."""
    keys = [column.key for column in sheet.columns]
    at = [keys.index(name) for name in _PLACE]
    rows: dict[tuple[Value, ...], list[tuple[Value, ...]]] = {}
    for row in sheet.rows:
        rows.setdefault(tuple(row[number] for number in at), []).append(row)
    return {
        (_text(region), _text(municipality)): _placeless(replace(sheet, rows=of_place))
        for (region, municipality), of_place in rows.items()
    }


def _placeless(sheet: Sheet) -> Sheet:
    """Without the columns that name the municipality and without totals, ids last."""
    keys = [column.key for column in sheet.columns]
    kept = [number for number, name in enumerate(keys) if name not in _PLACE]
    kept.sort(key=lambda number: keys[number].endswith("_id"))
    return replace(
        sheet,
        columns=[sheet.columns[number] for number in kept],
        rows=[tuple(row[number] for number in kept) for row in sheet.rows],
        totals=None,
        rows_in_all=None,
    )


def _text(value: Value) -> str | None:
    return None if value is None else str(value)
