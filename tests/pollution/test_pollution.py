"""Each pollution of the catalogue: the right rows, or a problem or refusal that names the place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from monitor_cli.columns import SHAPES, Table
from monitor_cli.dump.dump import Checked, Dump, Passing, ReadOptions, load
from monitor_cli.errors import DumpError, ExitCode
from tests.pollution import clean
from tests.pollution.catalogue import BYTES, CELLS, Dirty, DirtyBytes, OfCells
from tests.pollution.clean import Form
from tests.pollution.outcome import Aside, Refused, Same, Warned

if TYPE_CHECKING:
    from pathlib import Path

REQUIRED = (Table.SCHOOLS, Table.CLASSES, Table.LESSONS)
CLEAN = clean.tables()
STRIDE = 41


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


def same_rows(one: Dump, other: Dump) -> None:
    assert one.tables.keys() == other.tables.keys()
    for table, checked in one.tables.items():
        assert_frame_equal(rows_of(checked), rows_of(other.tables[table]))


def counts_add_up(dump: Dump, table: Table, rows: int) -> None:
    """Used + repeated + set aside = rows in the file."""
    counts = dump.tables[table].counts
    assert counts.used + counts.repeated + counts.set_aside == counts.read == rows


def tallied(dump: Dump) -> dict[tuple[str, str], int]:
    return {(table, reason): rows for table, reason, rows in dump.problems}


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
    clean.write(clean_of, {**CLEAN, table: expected}, {})
    reference = loaded(clean_of, table)
    same_rows(dump, reference)
    assert tallied(dump) == tallied(reference) | more


def every_case() -> list[Any]:
    """Each pollution on each table and form that it can hit."""
    cases = []
    for table in Table:
        shape, grid = SHAPES[table], CLEAN[table]
        of_cells: list[tuple[OfCells, Dirty]] = [
            (one, dirty) for one in CELLS for dirty in one.make(shape, grid)
        ]
        for form in Form:
            cases += [
                _case(one.name, table, form, dirty)
                for one, dirty in of_cells
                if (form.has_header_row or not one.of_header) and form.can_hold(dirty.content)
            ]
            if form.is_text:
                data, separator = clean.content(table, grid, form), form.separator
                cases += [
                    _case(one.name, table, form, dirty)
                    for one in BYTES
                    for dirty in one.make(shape, data, separator)
                ]
    return cases


def share(cases: list[Any]) -> list[Any]:
    """One case of each pollution and form, of the tables and variants in turn."""
    groups: dict[tuple[str, Form], list[Any]] = {}
    for case in cases:
        groups.setdefault((case.id.split("-")[0], case.values[1]), []).append(case)
    return [group[(STRIDE * turn) % len(group)] for turn, group in enumerate(groups.values())]


def _case(pollution: str, table: Table, form: Form, dirty: Dirty | DirtyBytes) -> Any:
    return pytest.param(
        table, form, dirty, id=f"{pollution}-{dirty.variant}-{table}-{form.name.lower()}"
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """All cases with the thorough profile, else a share of them."""
    if "dirty" not in metafunc.fixturenames:
        return
    cases = every_case()
    if metafunc.config.getoption("--hypothesis-profile", None) != "thorough":
        cases = share(cases)
    metafunc.parametrize(("table", "form", "dirty"), cases)


def test_a_dirty_dump_says_what_is_wrong_or_is_read_right(
    tmp_path: Path, table: Table, form: Form, dirty: Dirty | DirtyBytes
) -> None:
    grids = dict(CLEAN)
    if isinstance(dirty, Dirty):
        grids[table] = dirty.content
    clean.write(tmp_path / "dirty", grids, {table: form})
    if isinstance(dirty, DirtyBytes):
        clean.path_of(tmp_path / "dirty", table, form).write_bytes(dirty.content)
    hold(tmp_path / "dirty", tmp_path / "clean", table, form, dirty)


def test_the_share_meets_each_pollution_each_table_and_each_form() -> None:
    cases = share(every_case())
    names = {case.id.split("-")[0] for case in cases}
    assert names == {one.name for one in CELLS} | {one.name for one in BYTES}
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
