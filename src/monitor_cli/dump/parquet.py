"""A Parquet part → its rows in the file's own types.

pyarrow opens it, and raises on a damaged footer where Polars can bring the process down; Polars,
more than twice as fast with pages, reads the columns. A page that it stumbles over is an error like
any other: what its native part then writes to stderr by itself is not let through (`native`).
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.dump import aliases, faults, file_faults, pages
from monitor_cli.dump.native import muted
from monitor_cli.dump.raw import Raw
from monitor_cli.dump.sources import RATIO, UNSUSPICIOUS, on_disk, too_large

PIECE_ROWS = 500_000
_UNSUSPICIOUS_ROWS, _ROWS_A_BYTE = 1_000_000, 64
"""Rows that need no reason, and how many there may be for each byte of a file."""

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyarrow as pa  # type: ignore[import-untyped]

    from monitor_cli.dump.options import ReadOptions
    from monitor_cli.dump.parts import Part


def read(part: Part, asked: frozenset[str] | None, options: ReadOptions) -> Iterator[Raw]:
    """Read the columns `asked` for (None: all that the table knows), piece by piece.

    Raises:
        DumpError: the file cannot be opened, is damaged, has two headers that claim one column,
            or a column of a type that holds no single value.
    """
    with _refused(part), on_disk(part.bytes_at, part.path) as path, muted():
        head, wanted = _opened(part, path, asked, options)
        _refuse_harm(path, part.path, frozenset(wanted.values()))
        before = 0
        for frame in _pieces(path, wanted):
            yield replace(head, frame=frame, line=partial(_line, before))
            before += frame.height
        if not before:
            yield head


def head(part: Part, asked: frozenset[str] | None, options: ReadOptions) -> Raw:
    """What `read` would give, without a row.

    Raises:
        DumpError: as `read`, as far as the file's schema tells.
    """
    return _opened(part, part.path, asked, options)[0]


def _opened(
    part: Part, path: Path, asked: frozenset[str] | None, options: ReadOptions
) -> tuple[Raw, dict[str, str]]:
    """A piece without rows, and the headers of the columns to read by their canonical names."""
    import pyarrow.parquet as pq  # type: ignore[import-untyped]  # noqa: PLC0415  (used by Parquet)

    known = aliases.headers(part.table, options.columns)
    with _refused(part):
        try:
            with pq.ParquetFile(path) as file:
                schema = file.schema_arrow
            headers = tuple(schema.names)
            positions = aliases.resolve(headers, known)
        except aliases.ClaimedTwiceError as error:
            raise faults.two_headers(part.path, part.table, error.column, error.headers) from error
        wanted = {
            name: headers[position]
            for name, position in positions.items()
            if asked is None or name in asked
        }
        for name, header in wanted.items():
            kind = schema.field(header).type
            if not _is_scalar(kind):
                raise faults.column_type(part.path, part.table, name, str(kind))
        with muted():
            frame = _lazy(path, wanted).head(0).collect() if wanted else pl.DataFrame()
    return Raw(part, frame, frozenset(positions), headers, partial(_line, 0)), wanted


@contextmanager
def _refused(part: Part) -> Iterator[None]:
    """Say of a file that a library cannot read that it is damaged, or not ours to read."""
    import pyarrow as pa  # noqa: PLC0415  (a dump without Parquet does not pay for it)

    try:
        yield
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


def _refuse_harm(path: Path, shown: Path, headers: frozenset[str]) -> None:
    """Refuse a file with far more rows, or bytes in these columns, than bytes, or damaged pages."""
    import pyarrow.parquet as pq  # noqa: PLC0415  (used by Parquet)

    with pq.ParquetFile(path) as file:
        metadata = file.metadata
    packed = path.stat().st_size
    groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
    columns = [group.column(place) for group in groups for place in range(group.num_columns)]
    unpacked = sum(c.total_uncompressed_size for c in columns if c.path_in_schema in headers)
    if metadata.num_rows > max(_UNSUSPICIOUS_ROWS, _ROWS_A_BYTE * packed):
        raise file_faults.unpacks_too_large(shown, f"{_ROWS_A_BYTE} rows / byte")
    if unpacked > (limit := max(UNSUSPICIOUS, RATIO * packed)):
        raise too_large(shown, limit)
    pages.check(path, metadata, headers)


def _line(before: int, row: int) -> int:
    """The row of the file, from 1 on."""
    return before + row + 1


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


def _pieces(path: Path, wanted: dict[str, str]) -> Iterator[pl.DataFrame]:
    """The columns in pieces; the next one is read while one is worked on."""
    if not wanted:
        return
    yield from _lazy(path, wanted).collect_batches(chunk_size=PIECE_ROWS, maintain_order=True)


def _lazy(path: Path, wanted: dict[str, str]) -> pl.LazyFrame:
    """The columns under their canonical names; categories as text."""
    rows = pl.scan_parquet(path, glob=False)
    schema = rows.collect_schema()
    return rows.select(
        (
            pl.col(header).cast(pl.String)
            if isinstance(schema[header], (pl.Categorical, pl.Enum))
            else pl.col(header)
        ).alias(name)
        for name, header in wanted.items()
    )
