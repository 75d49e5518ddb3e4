"""The cases: each pollution on each table and in each form of file that it can hit."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from monitor_cli.columns import SHAPES, Table
from tests.pollution import clean
from tests.pollution.catalogue import CELLS, Dirty, OfCells
from tests.pollution.clean import Form
from tests.pollution.of_bytes import BYTES, DirtyBytes
from tests.pollution.of_files import FILES

CLEAN = clean.tables()
STRIDE = 41


@cache
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
            of_files = [one for one in FILES if form in one.forms]
            cases += [
                _case(one.name, table, form, dirty)
                for one in of_files
                for dirty in one.make(shape, grid, form)
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
