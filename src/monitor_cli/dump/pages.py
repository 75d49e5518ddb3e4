"""The headers of the pages of a Parquet file, looked at before Polars reads the pages.

A damaged count or size in one makes Polars reserve memory that there is not, and ends the process;
no other damage was seen to. Where pages bear checksums, these are checked as well. The headers are
Thrift's compact protocol: `PageHeader` in the Parquet format.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import RawIOBase
    from pathlib import Path

    import pyarrow.parquet as pq  # type: ignore[import-untyped]

_HEADERS = (256, 1 << 16)
"""Bytes that are looked at for a header; statistics of long texts make one longer."""
_LARGEST_PAGE = 1 << 30
_DATA, _INDEX, _DICTIONARY, _DATA_2 = range(4)
_BOUNDS = {_DATA: 5, _INDEX: 6, _DICTIONARY: 7, _DATA_2: 8}
"""Type of a page → the field of the header that is about pages of this type."""
_TRUE, _FALSE, _BYTE, _I64, _DOUBLE, _BINARY, _LIST, _SET, _STRUCT = 1, 2, 3, 6, 7, 8, 9, 10, 12
_DEEPEST = 8

Fields = dict[int, "int | Fields"]


class DamagedPageError(ValueError):
    """A page whose header or checksum does not fit the file."""


def check(path: Path, metadata: pq.FileMetaData, headers: frozenset[str]) -> None:
    """Look at each page of the columns `headers`.

    Raises:
        DamagedPageError: one says what cannot be.
        OSError: the file cannot be read.
    """
    with path.open("rb", buffering=0) as file:
        for number in range(metadata.num_row_groups):
            group = metadata.row_group(number)
            for place in range(group.num_columns):
                column = group.column(place)
                if column.path_in_schema in headers:
                    _check_column(file, column)


def _check_column(file: RawIOBase, column: pq.ColumnChunkMetaData) -> None:
    at = column.data_page_offset
    if column.has_dictionary_page and 0 < (column.dictionary_page_offset or 0) < at:
        at = column.dictionary_page_offset
    beyond = at + column.total_compressed_size
    values = unpacked = 0
    while values < column.num_values and at < beyond:
        header, length = _header(file, at, beyond)
        at += length
        kind, size, packed = (_integer(header, field) for field in (1, 2, 3))
        about = header.get(_BOUNDS.get(kind, 0))
        if not isinstance(about, dict):
            raise DamagedPageError
        count = _integer(about, 1)
        unpacked += size
        if (
            not 0 <= packed <= beyond - at
            or not 0 <= size <= min(_LARGEST_PAGE, column.total_uncompressed_size)
            or unpacked > column.total_uncompressed_size
            or not 0 <= count <= max(column.num_values, 0)
        ):
            raise DamagedPageError
        if kind == _DATA_2 and any(not 0 <= _integer(about, n) <= size for n in (5, 6)):
            raise DamagedPageError
        if 4 in header:  # noqa: PLR2004  (the checksum's field)
            file.seek(at)
            if zlib.crc32(file.read(packed) or b"") != _integer(header, 4) & 0xFFFFFFFF:
                raise DamagedPageError
        values += count if kind in {_DATA, _DATA_2} else 0
        at += packed
    if values != column.num_values:
        raise DamagedPageError


def _header(file: RawIOBase, at: int, beyond: int) -> tuple[Fields, int]:
    """The header that begins at a byte of the file, and its length."""
    for most in _HEADERS:
        file.seek(at)
        reader = _Compact(file.read(min(most, beyond - at)) or b"")
        try:
            return reader.struct(), reader.at
        except DamagedPageError:
            if most == _HEADERS[-1]:
                raise
    raise DamagedPageError


def _integer(fields: Fields, number: int) -> int:
    value = fields.get(number)
    if not isinstance(value, int):
        raise DamagedPageError
    return value


class _Compact:
    """Thrift's compact protocol, as far as integers go; everything else is passed over."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.at = 0

    def struct(self, depth: int = 0) -> Fields:
        """The integers and structs of a struct, by the number of their field."""
        if depth > _DEEPEST:
            raise DamagedPageError
        fields: Fields = {}
        number = 0
        while kind_and_step := self._byte():
            kind, step = kind_and_step & 0xF, kind_and_step >> 4
            number = number + step if step else self._zigzag()
            value = self._value(kind, depth)
            if value is not None:
                fields[number] = value
        return fields

    def _value(self, kind: int, depth: int) -> int | Fields | None:
        if kind in {_TRUE, _FALSE}:
            return int(kind == _TRUE)
        if kind == _STRUCT:
            return self.struct(depth + 1)
        if _BYTE < kind <= _I64:
            return self._zigzag()
        if kind in {_LIST, _SET}:
            for inner in self._items():
                self._byte() if inner in {_TRUE, _FALSE} else self._value(inner, depth + 1)
        elif kind in {_BYTE, _DOUBLE, _BINARY}:
            self._skip({_BYTE: 1, _DOUBLE: 8}.get(kind) or self._varint())
        else:
            raise DamagedPageError
        return None

    def _items(self) -> Iterator[int]:
        size_and_kind = self._byte()
        size, kind = size_and_kind >> 4, size_and_kind & 0xF
        size = self._varint() if size == 0xF else size  # noqa: PLR2004  (the long form)
        if size > len(self._data):
            raise DamagedPageError
        for _ in range(size):
            yield kind

    def _byte(self) -> int:
        if self.at >= len(self._data):
            raise DamagedPageError
        self.at += 1
        return self._data[self.at - 1]

    def _skip(self, size: int) -> None:
        self.at += size
        if self.at > len(self._data):
            raise DamagedPageError

    def _varint(self) -> int:
        value = shift = 0
        while True:
            byte = self._byte()
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:  # noqa: PLR2004  (the last byte of a number)
                return value
            if shift > 63:  # noqa: PLR2004  (no number is longer)
                raise DamagedPageError

    def _zigzag(self) -> int:
        value = self._varint()
        return (value >> 1) ^ -(value & 1)
