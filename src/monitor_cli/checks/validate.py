"""A dump looked through: verdicts, rows with a fault, coverage, remarks."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING

from monitor_cli.checks import contents, imported, times
from monitor_cli.clock import last_completed, zone
from monitor_cli.columns import SHAPES, Table
from monitor_cli.dataset import layout
from monitor_cli.dump import aliases, faults
from monitor_cli.dump.dump import load
from monitor_cli.dump.findings import Fault, Findings
from monitor_cli.engine.week import read_options
from monitor_cli.errors import DumpError
from monitor_cli.indicators import CATALOGUE
from monitor_cli.language import words
from monitor_cli.verdict import Broken, Effect, Place, Remark, TableVerdict, Validation, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from monitor_cli.dump.dump import Dump
    from monitor_cli.settings import Settings
    from monitor_cli.verdict import Listed

_UNSEEN = frozenset({"name", "position", "topic", "comment", "text", "value", "number", "category"})
"""Columns of free text that no check looks at, and that can set no row aside."""
WANTED = {
    table: frozenset(name for name in shape.columns if name not in _UNSEEN)
    for table, shape in SHAPES.items()
}
NEEDED = frozenset(
    {table for table, shape in SHAPES.items() if shape.required}
    | {table for item in CATALOGUE for table in item.reads}
)
"""The tables that an indicator reads."""


def validate(path: Path, settings: Settings, now: datetime, *, sample: bool = False) -> Validation:
    """Look through every table of the dump or dataset at `path`; `now` (aware) is the present.

    Raises:
        DumpError: there is no dump at all, it is a Delta table, or it is a damaged dataset.
        SettingsError: an option that names no zone, encoding, separator or column.
    """
    if layout.is_dataset(path):
        return _of_dataset(path, settings, now, sample=sample)
    findings = Findings(path)
    options = replace(read_options(settings), strict=False, findings=findings)
    dump: Dump | None = None
    try:
        dump = load(path, WANTED, options)
    except DumpError as error:
        if findings.found is None:
            raise
        findings.faults.append(Fault(error, None, None))
    broken = tuple(
        Broken(None if table is None else table.value, file, error.what, error.remedy)
        for error, table, file in findings.faults
    )
    problems = findings.listed
    found = Validation(
        source=faults.shown_path(path),
        now=now,
        sample=sample,
        broken=broken,
        tables=tuple(_verdict(table, findings, dump, problems) for table in Table),
        problems=problems,
        remarks=tuple(_files(findings, settings)),
        weeks=(),
        hours=(),
    )
    if broken or dump is None:
        return found
    return _looked_at(found, dump, settings, now, findings)


def _of_dataset(path: Path, settings: Settings, now: datetime, *, sample: bool) -> Validation:
    """A dataset: its rows are checked already, so that none of them is set aside again."""
    snapshot, dump = imported.opened(path, WANTED, read_options(settings))
    found = Validation(
        source=faults.shown_path(path),
        now=now,
        sample=sample,
        broken=(),
        tables=tuple(imported.verdict(table, snapshot, dump, NEEDED) for table in Table),
        problems=imported.problems(snapshot, dump),
        remarks=tuple(imported.remarks(dump)),
        weeks=(),
        hours=(),
    )
    return _looked_at(found, dump, settings, now, None)


def _looked_at(
    found: Validation,
    dump: Dump,
    settings: Settings,
    now: datetime,
    findings: Findings | None,
) -> Validation:
    """What a dump holds, added to what is wrong with it."""
    names = contents.school_names(dump)
    covered = contents.weeks(dump)
    reported = last_completed(now, zone(settings.timezone))
    # What is judged as of a week is judged as of one that the dump covers, if there is any.
    judged = reported if any(one.week == reported for one in covered) else None
    if judged is None:
        judged = covered[-1].week if covered else reported
    hours, at_night = times.entry_hours(dump, names)
    remarks = (
        *contents.wanting(dump, settings, reported, covered),
        *found.remarks,
        *contents.schools_without_rows(dump, names),
        *contents.classes_without_lessons(dump, names, judged),
        *at_night,
        *times.in_the_future(dump, settings, now, findings),
        *contents.marks_on_cancelled_lessons(dump, names, findings),
        *contents.near_work_types(dump, settings),
        *contents.alike_subjects(dump),
        *contents.lessons_of_first_classes(dump, settings),
    )
    return replace(found, remarks=remarks, weeks=covered, hours=hours)


def _verdict(
    table: Table, findings: Findings, dump: Dump | None, problems: Iterable[Listed]
) -> TableVerdict:
    """What became of the rows of a table in the files that could be read."""
    read = [rows for (of, _), (rows, *_) in findings.files.items() if of is table]
    lost: Counter[Effect] = Counter()
    for one in problems:
        if one.table == table.value:
            lost[one.effect] += one.rows
    repeated, set_aside = lost[Effect.REPEATED], lost[Effect.SET_ASIDE]
    used = 0 if dump is None or table not in dump.tables else dump.tables[table].counts.used
    if any(fault.table is table for fault in findings.faults):
        verdict = Verdict.BROKEN
    elif findings.found is None or not findings.found.parts.get(table):
        verdict = Verdict.MISSING
    elif set_aside:
        verdict = Verdict.FAULTY
    else:
        verdict = Verdict.FINE if sum(read) else Verdict.EMPTY
    return TableVerdict(
        table.value, verdict, table in NEEDED, len(read), sum(read), used, repeated, set_aside
    )


def _files(findings: Findings, settings: Settings) -> Iterator[Remark]:
    """Lines that are no rows, headers that fit no column, and files that were not read."""
    for (table, file), (_, headers, around) in sorted(findings.files.items(), key=itemgetter(0)):
        left = *around.above, *around.totals
        if left:
            above, totals = len(around.above), len(around.totals)
            yield Remark(
                "left_out",
                table.value,
                len(left),
                words(
                    f"{file}: не строки таблицы: над заголовком {above}, итогов {totals}",
                    f"{file}: no rows of the table: above the header {above}, totals {totals}",
                ),
                places=tuple(Place(file, line) for line in left),
            )
        known = aliases.headers(table, settings.columns)
        strange = tuple(
            faults.shown(header.strip())
            for header in headers
            if header.strip() and aliases.normal(header) not in known
        )
        if strange:
            yield Remark(
                "unknown_header",
                table.value,
                len(strange),
                words(
                    f"{file}: столбцы не узнаны: {len(strange)}",
                    f"{file}: headers that fit no column: {len(strange)}",
                ),
                strange,
            )
    if findings.found is None:
        return
    copies = tuple(faults.cleaned(name) for name in findings.found.copies)
    if copies:
        said = words(f"похожи на копии: {len(copies)}", f"look like copies: {len(copies)}")
        yield Remark("not_read", None, len(copies), said, copies)
    others = tuple(faults.cleaned(name) for name in findings.found.unnamed)
    if others:
        said = words(
            f"не похожи ни на одну таблицу: {len(others)}",
            f"named after no table: {len(others)}",
        )
        yield Remark("unknown_file", None, len(others), said, others)
