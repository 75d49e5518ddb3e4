"""Files that grow by frames: Parquet, CSV, and either with its rows in no order."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Protocol

import polars as pl

from monitor_cli.sampling.cells import Format, Style, in_words, typed

if TYPE_CHECKING:
    from pathlib import Path

    from monitor_cli.columns import Table
    from monitor_cli.sampling.chance import Dice

_MARKED = {"utf-8-sig": ("utf-8", "\ufeff"), "utf-16": ("utf-16-le", "\ufeff")}
"""Encodings with a mark at the beginning of the file, and there alone."""
_KEY, _BUCKET = "__key", "__bucket"


class TableFile(Protocol):
    """A file of one table, open until it is closed."""

    def add(self, frame: pl.DataFrame) -> None:
        """Write rows behind those that are there."""

    def close(self) -> None:
        """Write what is left to be written."""


def open_file(path: Path, table: Table, style: Style, *, spoilt: bool) -> TableFile:
    """A new file at `path`, without its suffix."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if style.format is Format.PARQUET:
        return _ParquetFile(path.with_name(f"{path.name}.parquet"), table, style)
    return _CsvFile(path.with_name(f"{path.name}.csv"), table, style, spoilt=spoilt)


class _ParquetFile:
    """A row group a frame."""

    def __init__(self, path: Path, table: Table, style: Style) -> None:
        """The file is opened with the first frame, which tells its schema."""
        self._path, self._table, self._style = path, table, style
        self._writer: _Writer | None = None

    def add(self, frame: pl.DataFrame) -> None:
        """Write rows behind those that are there."""
        from pyarrow import parquet  # type: ignore[import-untyped]  # noqa: PLC0415

        rows = typed(self._table, frame, self._style).to_arrow()
        if self._writer is None:
            self._writer = parquet.ParquetWriter(self._path, rows.schema, compression="zstd")
        self._writer.write_table(rows)

    def close(self) -> None:
        """Write the footer."""
        if self._writer is not None:
            self._writer.close()


class _Writer(Protocol):
    """What is used of `pyarrow.parquet.ParquetWriter`."""

    def write_table(self, rows: object) -> None: ...

    def close(self) -> None: ...


class _CsvFile:
    """A header, then lines; a quote only where a cell needs one."""

    def __init__(self, path: Path, table: Table, style: Style, *, spoilt: bool) -> None:
        """The file comes with the first frame."""
        self._path, self._table, self._style, self._spoilt = path, table, style, spoilt
        self._begun = False

    def add(self, frame: pl.DataFrame) -> None:
        """Write rows behind those that are there."""
        rows = in_words(self._table, typed(self._table, frame, self._style), spoilt=self._spoilt)
        written = BytesIO()
        rows.write_csv(
            written,
            include_header=not self._begun,
            separator=self._style.separator,
            datetime_format="%Y-%m-%d %H:%M:%S",
            date_format="%Y-%m-%d",
            time_format="%H:%M",
        )
        data = written.getvalue()
        if self._style.encoding != "utf-8":
            plain, mark = _MARKED.get(self._style.encoding, (self._style.encoding, ""))
            data = ("" if self._begun else mark).encode(plain) + data.decode().encode(plain)
        with self._path.open("ab") as file:
            file.write(data)
        self._begun = True

    def close(self) -> None:
        """Nothing is left to be written."""


class Shuffled:
    """A file whose rows come in an order that chance alone decides.

    Rows wait in buckets on the disk, drawn for each; a bucket at a time is put in order.
    """

    def __init__(
        self, file: TableFile, folder: Path, dice: Dice, table: Table, buckets: int
    ) -> None:
        """`folder` must be there; the buckets are gone when the file is closed."""
        self._file, self._dice, self._purpose = file, dice, f"order of {table}"
        self._paths = [folder / f"{table}-{bucket}" for bucket in range(buckets)]
        self._lengths: list[list[int]] = [[] for _ in self._paths]
        self._rows = 0

    def add(self, frame: pl.DataFrame) -> None:
        """Put rows into their buckets."""
        row = pl.int_range(self._rows, self._rows + frame.height, dtype=pl.Int64)
        self._rows += frame.height
        draw = self._dice.draw(self._purpose, row)
        upper = draw // pl.lit(1 << 32, dtype=pl.UInt64) * pl.lit(len(self._paths), dtype=pl.UInt64)
        bucket = (upper // pl.lit(1 << 32, dtype=pl.UInt64)).cast(pl.Int64)
        drawn = frame.with_columns(draw.alias(_KEY), bucket.alias(_BUCKET))
        for rows in drawn.partition_by(_BUCKET):
            place: int = rows.item(0, _BUCKET)
            data = BytesIO()
            rows.drop(_BUCKET).write_ipc_stream(data)
            with self._paths[place].open("ab") as file:
                self._lengths[place].append(file.write(data.getbuffer()))

    def close(self) -> None:
        """Write the buckets one after the other, and remove them."""
        for path, lengths in zip(self._paths, self._lengths, strict=True):
            if not lengths:
                continue
            with path.open("rb") as file:
                pieces = [pl.read_ipc_stream(BytesIO(file.read(length))) for length in lengths]
            path.unlink()
            self._file.add(pl.concat(pieces).sort(_KEY).drop(_KEY))
        self._file.close()
