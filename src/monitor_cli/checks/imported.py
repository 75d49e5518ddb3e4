"""A dataset looked through: the rows that it holds, and what its imports say of the others.

Source: `docs/dataset.md`. Rows that an import set aside are counted in the dataset and not kept in
it, so that no file and no line of theirs can be named.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor_cli import clock
from monitor_cli.dataset import layout, reading
from monitor_cli.dump.problems import Reason
from monitor_cli.language import words
from monitor_cli.verdict import Effect, Listed, Remark, TableVerdict, Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from monitor_cli.columns import Table
    from monitor_cli.dataset.layout import Snapshot
    from monitor_cli.dump.dump import Dump
    from monitor_cli.dump.options import ReadOptions


def opened(
    path: Path, wanted: Mapping[Table, frozenset[str]], options: ReadOptions
) -> tuple[Snapshot, Dump]:
    """The state of the dataset at `path` that holds, and its rows; those set aside refuse nothing.

    Raises:
        DumpError: it is damaged, of a newer version, or its first import did not end.
        SettingsError: an option that names no zone.
    """
    snapshot = layout.find(path, None, clock.zone(options.timezone))
    return snapshot, reading.load(snapshot, wanted, replace(options, strict=False))


def verdict(
    table: Table, snapshot: Snapshot, dump: Dump, needed: Collection[Table]
) -> TableVerdict:
    """What became of the rows of a table in the dumps that stand behind the state."""
    if table not in dump.tables:
        return TableVerdict(table.value, Verdict.MISSING, table in needed, 0, 0, 0, 0, 0)
    counts = dump.tables[table].counts
    whole = Verdict.FINE if counts.read else Verdict.EMPTY
    return TableVerdict(
        table.value,
        Verdict.FAULTY if counts.set_aside else whole,
        table in needed,
        len(snapshot.manifest.of(table)),
        counts.read,
        counts.used,
        counts.repeated,
        counts.set_aside,
    )


def problems(snapshot: Snapshot, dump: Dump) -> tuple[Listed, ...]:
    """The rows that imports did not take as they stood, by table and reason, none by its line."""
    found = [
        (
            one.table,
            one.reason,
            Effect.SET_ASIDE if Reason(one.reason).sets_aside else Effect.REPEATED,
            one.rows,
        )
        for one in dump.problems
    ]
    found += [
        (one.place.partition(".")[0], one.code, Effect.USED, one.rows)
        for one in dump.warnings
        if one.place
    ]
    return tuple(
        Listed(table, code, effect, f"{snapshot.folder.name}/{table}", rows, ())
        for table, code, effect, rows in found
    )


def remarks(dump: Dump) -> Iterator[Remark]:
    """What the imports and the settings say of the rows, and where rows set aside are found."""
    rows = sum(one.rows for one in dump.problems if Reason(one.reason).sets_aside)
    if rows:
        yield Remark(
            "set_aside_by_import",
            None,
            rows,
            words(
                f"строк отложено при импорте: {rows}; в наборе их нет, файлы и строки назовёт "
                "monitor validate по самой выгрузке",
                f"rows set aside by imports: {rows}; the dataset does not hold them, monitor "
                "validate of the dump itself names files and lines",
            ),
        )
    for notice in dump.warnings:
        if not notice.place:
            yield Remark._make((notice.code, None, 1, notice.message, (), ()))
