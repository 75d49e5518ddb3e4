"""Ids looked up in ids of another table, in order or not."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor_cli.dump.lookup import Ids

FEW = st.integers(-3, 6)
COLUMNS = st.lists(st.one_of(st.none(), FEW), max_size=12)


@given(known=COLUMNS, column=COLUMNS, in_order=st.booleans())
def test_places_and_unknown_rows_are_those_of_a_plain_search(
    known: list[int | None], column: list[int | None], *, in_order: bool
) -> None:
    if in_order:
        column = sorted(column, key=lambda value: (value is not None, value or 0))
    expected = sorted({value for value in known if value is not None})
    ids = Ids.of(pl.Series("known", known, dtype=pl.Int64))
    cells = pl.Series("id", column, dtype=pl.Int64)
    assert ids.values.to_list() == expected
    assert ids.places(cells).to_list() == [
        expected.index(value) if value in expected else None for value in column
    ]
    unknown = [value is not None and value not in expected for value in column]
    found = ids.unknown(cells)
    assert (found.to_list() if found is not None else [False] * len(column)) == unknown
    assert (found is None) == (not any(unknown))


@pytest.mark.parametrize("column", [["a", "b", "ё"], ["ё", "a", "b"]])
def test_ids_may_be_text(column: list[str]) -> None:
    ids = Ids.of(pl.Series("known", ["b", "a", "b"]))
    cells = pl.Series("id", column)
    assert ids.places(cells).to_list() == [{"a": 0, "b": 1}.get(text) for text in column]
    unknown = ids.unknown(cells)
    assert unknown is not None
    assert unknown.to_list() == [text == "ё" for text in column]
