"""A long column of few texts is read text by text: the cells say the same as in a short one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from monitor_cli.columns import SHAPES, Table
from monitor_cli.dump.texts import missing_to_null, normal, recurs, trimmed
from monitor_cli.dump.values import typed

if TYPE_CHECKING:
    from collections.abc import Callable

CELLS = ["Н", " н ", "О", "да", "нет", "н/д", "-", "", " ", "Ёлка", None, "Математика\u00a0"]
TIMES = 2000


@pytest.mark.parametrize("read", [trimmed, missing_to_null, normal])
def test_texts(read: Callable[[pl.Series], pl.Series]) -> None:
    short = pl.Series("cell", CELLS)
    assert not recurs(short)
    long = pl.concat([short] * TIMES)
    assert recurs(long)
    assert read(long).to_list() == read(short).to_list() * TIMES


def test_clean_texts_stay_as_they_are() -> None:
    long = pl.Series("cell", ["Ответ на уроке", "Поведение", None] * 5000)
    assert trimmed(long).to_list() == long.to_list()


@pytest.mark.parametrize(
    ("table", "column"),
    [
        (Table.ATTENDANCE, "status"),
        (Table.LESSONS, "is_conducted"),
        (Table.STAFF, "role"),
        (Table.LESSONS, "subject"),
    ],
)
def test_values_and_what_does_not_parse(table: Table, column: str) -> None:
    shape = SHAPES[table].columns[column]
    short = pl.Series(column, CELLS)
    once = typed(table, shape, short)
    often = typed(table, shape, pl.concat([short] * TIMES))
    for one, many in zip(once.columns, often.columns, strict=True):
        assert many.to_list() == one.to_list() * TIMES
    if once.bad is None:
        assert often.bad is None
    else:
        assert often.bad is not None
        assert often.bad.to_list() == once.bad.to_list() * TIMES
