"""Each pollution of the catalogue: the right rows, or a problem or refusal that names the place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from monitor_cli.columns import SHAPES, Table
from monitor_cli.dump import delimited, plain
from monitor_cli.dump.dump import Checked, Dump, Passing, ReadOptions, load
from monitor_cli.errors import DumpError, ExitCode
from tests.architecture.rules import ROOT
from tests.pollution import clean
from tests.pollution.cases import CLEAN, every_case, share
from tests.pollution.catalogue import CELLS, Dirty
from tests.pollution.clean import Form
from tests.pollution.of_bytes import BYTES, DirtyBytes
from tests.pollution.of_files import FILES
from tests.pollution.outcome import Aside, Refused, Same, Warned
from tools import pollution

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pollution.clean import Grid

REQUIRED = (Table.SCHOOLS, Table.CLASSES, Table.LESSONS)


def wanted(table: Table) -> dict[Table, frozenset[str]]:
    """All columns of the table, of those it refers to and of the required ones."""
    near = {table, *REQUIRED, *(reference.table for reference in SHAPES[table].references)}
    return {each: frozenset(SHAPES[each].columns) for each in near}


def loaded(folder: Path, table: Table) -> Dump:
    return load(folder, wanted(table), ReadOptions())


def rows_of(checked: Checked | Passing) -> pl.DataFrame:
    """The used rows with ids as text, in an order of their own."""
    frame = checked.frame.collect()
    ids = [name for name in frame.columns if name.endswith("_id")]
    return frame.with_columns(pl.col(ids).cast(pl.String)).sort(pl.all())


class Reading(NamedTuple):
    """What a dump was read as: the used rows of each table, and the counts of all others."""

    rows: dict[Table, pl.DataFrame]
    tally: dict[tuple[str, str], int]


def reading_of(dump: Dump) -> Reading:
    rows = {table: rows_of(checked) for table, checked in dump.tables.items()}
    return Reading(rows, {(table, reason): rows for table, reason, rows in dump.problems})


READ: dict[tuple[Table, tuple[tuple[str, ...], ...]], Reading] = {}
"""Clean dumps that were read, by the table that is not that of `CLEAN` and its rows."""


def clean_reading(folder: Path, table: Table, grid: Grid) -> Reading:
    """What the clean dump with these rows in one table is read as, from files in `folder`."""
    key = (table, tuple(map(tuple, grid)))
    if key not in READ:
        clean.write(folder, {**CLEAN, table: grid}, {})
        READ[key] = reading_of(loaded(folder, table))
    return READ[key]


def counts_add_up(dump: Dump, table: Table, rows: int) -> None:
    """Used + repeated + set aside = rows in the file."""
    counts = dump.tables[table].counts
    assert counts.used + counts.repeated + counts.set_aside == counts.read == rows


def refused(folder: Path, table: Table, says: tuple[str, ...], row: int | None, form: Form) -> None:
    """The message has at most three lines, names the file, what is wrong, and the line."""
    with pytest.raises(DumpError) as caught:
        loaded(folder, table)
    assert caught.value.code is ExitCode.DUMP
    message = caught.value.message()
    for text in message:
        assert len(text.splitlines()) <= 3
        assert all(word in text for word in (str(table), *says))
    if row is not None:
        assert f", line {form.line(row)}: " in message.en


def hold(folder: Path, clean_of: Path, table: Table, form: Form, dirty: Dirty | DirtyBytes) -> None:
    """Load the dirty dump in `folder`, and hold what comes against the outcome.

    The expected rows are those of a clean dump, written to `clean_of`, without the rows given up.
    """
    grid = CLEAN[table] if isinstance(dirty, DirtyBytes) else dirty.content
    gone: tuple[int, ...] = ()
    more: dict[tuple[str, str], int] = {}
    match dirty.outcome:
        case Refused(says, row):
            refused(folder, table, says, row, form)
            return
        case Warned(code):
            dump = loaded(folder, table)
            assert code in {notice.code for notice in dump.warnings}
            counts_add_up(dump, table, len(grid) - 1)
            return
        case Same(same):
            grid = CLEAN[table] if same is None else same
        case Aside(reason, gone, added):
            grid = [*grid[: gone[0]], grid[0], *grid[gone[0] :]] if added else grid
            more = {(str(table), reason): len(gone)} if reason else {}
    expected = [row for number, row in enumerate(grid) if number not in gone]
    dump = loaded(folder, table)
    counts_add_up(dump, table, len(grid if more else expected) - 1)
    found, reference = reading_of(dump), clean_reading(clean_of, table, expected)
    assert found.rows.keys() == reference.rows.keys()
    for each, rows in found.rows.items():
        assert_frame_equal(rows, reference.rows[each])
    assert found.tally == reference.tally | more


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """All cases with the thorough profile, else a share of them."""
    if "dirty" not in metafunc.fixturenames:
        return
    cases = every_case()
    if metafunc.config.getoption("--hypothesis-profile", None) != "thorough":
        cases = share(cases)
    metafunc.parametrize(("table", "form", "dirty"), cases)


def test_a_dirty_dump_says_what_is_wrong_or_is_read_right(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    table: Table,
    form: Form,
    dirty: Dirty | DirtyBytes,
) -> None:
    if form.in_columns:
        monkeypatch.setattr(delimited, "SMALL", 0)
        monkeypatch.setattr(plain, "LOADED_FOR", 0)
    grids = dict(CLEAN)
    if isinstance(dirty, Dirty):
        grids[table] = dirty.content
    clean.write(tmp_path / "dirty", grids, {table: form})
    if isinstance(dirty, DirtyBytes):
        clean.path_of(tmp_path / "dirty", table, form).write_bytes(dirty.data)
    hold(tmp_path / "dirty", tmp_path / "clean", table, form, dirty)


def test_the_share_meets_each_pollution_each_table_and_each_form() -> None:
    cases = share(every_case())
    names = {case.id.split("-")[0] for case in cases}
    assert names == {of.name for of in CELLS} | {of.name for of in BYTES} | {
        of.name for of in FILES
    }
    assert {case.values[0] for case in cases} == set(Table)
    assert {case.values[1] for case in cases} == set(Form)


@pytest.mark.parametrize("form", Form)
def test_the_clean_dump_has_no_fault(tmp_path: Path, form: Form) -> None:
    clean.write(tmp_path, CLEAN, dict.fromkeys(Table, form))
    dump = load(
        tmp_path, {table: frozenset(SHAPES[table].columns) for table in Table}, ReadOptions()
    )
    assert not dump.problems
    assert not dump.warnings
    assert all(
        checked.counts.used == len(CLEAN[table]) - 1 for table, checked in dump.tables.items()
    )


def test_the_table_of_pollutions_is_that_of_the_cases() -> None:
    assert (ROOT / pollution.PAGE).read_text("utf-8") == pollution.page()
