"""Lines without quotes → columns of text, by pyarrow, or a few of them by Polars.

Unlike Polars, pyarrow refuses a line that has not as many cells as it should, so that no look at
the lines is needed beforehand. Source: `dump.md`, «CSV».
"""

from __future__ import annotations

from operator import methodcaller
from typing import TYPE_CHECKING, Literal

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyarrow.csv import InvalidRow  # type: ignore[import-untyped]

LOADED_FOR = 1 << 19
"""Bytes up to which plain Python has counted and Polars has read before pyarrow is loaded."""
_OFFSET_BYTES = 8
_PIECE = 1 << 20


def is_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8, told without making text of them."""
    import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415  (small files do without)

    bounds = bytes(_OFFSET_BYTES) + len(data).to_bytes(_OFFSET_BYTES, "little")
    buffers = [None, pa.py_buffer(bounds), pa.py_buffer(data)]
    try:
        pa.Array.from_buffers(pa.large_string(), 1, buffers).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def split(
    text: bytes, separator: str, width: int, wanted: Mapping[str, int]
) -> pl.DataFrame | None:
    """The columns `wanted`, by their places in lines of `width` > 1 cells; blank lines are no rows.

    `text` is UTF-8 without quotes and lone carriage returns. All columns are String, empty cells
    null. None: a line is ragged, or pyarrow cannot read it.
    """
    if len(text) <= LOADED_FOR:
        return _split_small(text, separator, width, wanted)

    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import csv  # noqa: PLC0415

    def other(row: InvalidRow) -> Literal["skip", "error"]:
        return "skip" if row.actual_columns == 1 and not row.text.strip() else "error"

    names = [f"{place}" for place in range(width)]
    places = [names[place] for place in wanted.values()]
    if not text.strip(b" \r\n"):
        return pl.DataFrame(schema=dict.fromkeys(wanted, pl.String))
    try:
        table = csv.read_csv(
            pa.BufferReader(text),
            read_options=csv.ReadOptions(column_names=names, block_size=_PIECE),
            parse_options=csv.ParseOptions(
                delimiter=separator,
                quote_char=False,
                double_quote=False,
                escape_char=False,
                invalid_row_handler=other,
            ),
            convert_options=csv.ConvertOptions(
                include_columns=places,
                column_types=dict.fromkeys(places, pa.string()),
                check_utf8=False,
                null_values=[""],
                strings_can_be_null=True,
            ),
        )
    except pa.ArrowInvalid:
        return None
    columns = zip(wanted, table.columns, strict=True)
    return pl.DataFrame([pl.Series(name, cells, dtype=pl.String) for name, cells in columns])


def _split_small(
    text: bytes, separator: str, width: int, wanted: Mapping[str, int]
) -> pl.DataFrame | None:
    """The same of few lines: none of them ragged or blank, as Polars would not tell."""
    lines = text.removesuffix(b"\n").split(b"\n")
    if set(map(methodcaller("count", separator.encode()), lines)) != {width - 1}:
        return None
    return pl.read_csv(
        text,
        separator=separator,
        quote_char=None,
        has_header=False,
        infer_schema=False,
        columns=sorted(wanted.values()),
    ).select(pl.col(f"column_{place}").alias(name) for name, place in wanted.items())
