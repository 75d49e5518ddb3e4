"""A Parquet part → its rows in the file's own types.

pyarrow opens it, and raises on a damaged footer where Polars can bring the process down; Polars,
several times faster with pages, reads the columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.dump import aliases, faults
from monitor_cli.dump.raw import Raw

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyarrow as pa  # type: ignore[import-untyped]

    from monitor_cli.dump.find import Part
    from monitor_cli.dump.options import ReadOptions


def read(part: Part, asked: frozenset[str] | None, options: ReadOptions) -> Iterator[Raw]:
    """Read the columns `asked` for (None: all that the table knows).

    Raises:
        DumpError: the file cannot be opened, is damaged, has two headers that claim one column,
            or a column of a type that holds no single value.
    """
    import pyarrow as pa  # noqa: PLC0415  (a dump without Parquet does not pay for it)
    import pyarrow.parquet as pq  # type: ignore[import-untyped]  # noqa: PLC0415

    known = aliases.headers(part.table, options.columns)
    try:
        with pq.ParquetFile(part.path) as file:
            headers = tuple(file.schema_arrow.names)
            positions = aliases.resolve(headers, known)
            wanted = {
                name: headers[position]
                for name, position in positions.items()
                if asked is None or name in asked
            }
            for name, header in wanted.items():
                kind = file.schema_arrow.field(header).type
                if not _is_scalar(kind):
                    raise faults.column_type(part.path, part.table, name, str(kind))
        frame = _frame(part.path, wanted)
    except aliases.ClaimedTwiceError as error:
        raise faults.two_headers(part.path, part.table, error.column, error.headers) from error
    except PermissionError as error:
        raise faults.unreadable(part.path, error) from error
    except (
        pa.ArrowException,
        pl.exceptions.PolarsError,
        pl.exceptions.PanicException,
        OSError,
        ValueError,
    ) as error:
        raise faults.damaged_parquet(part.path, part.table) from error
    yield Raw(part, frame, frozenset(positions), headers, lambda row: row + 1)


def _is_scalar(kind: pa.DataType) -> bool:
    """Whether a type holds one value a cell that can be read."""
    from pyarrow import types  # noqa: PLC0415

    if types.is_dictionary(kind):
        return _is_scalar(kind.value_type)
    return any(
        is_kind(kind)
        for is_kind in (
            types.is_integer,
            types.is_floating,
            types.is_decimal,
            types.is_boolean,
            types.is_string,
            types.is_large_string,
            types.is_string_view,
            types.is_date,
            types.is_timestamp,
            types.is_time,
            types.is_null,
        )
    )


def _frame(path: Path, wanted: dict[str, str]) -> pl.DataFrame:
    """The columns under their canonical names; categories as text."""
    if not wanted:
        return pl.DataFrame()
    frame = pl.read_parquet(path, columns=list(wanted.values()), glob=False)
    return frame.select(
        (
            pl.col(header).cast(pl.String)
            if isinstance(frame.schema[header], (pl.Categorical, pl.Enum))
            else pl.col(header)
        ).alias(name)
        for name, header in wanted.items()
    )
