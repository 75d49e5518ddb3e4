"""A week or another report as Parquet: typed rows, without totals."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from monitor_cli.render.report_cells import fields
from monitor_cli.report import Kind, Reader
from monitor_cli.result import ExtraKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor_cli.report import Report
    from monitor_cli.result import Measure, Row, WeekResult

_OF_KIND = {
    ExtraKind.COUNT: pa.int64(),
    ExtraKind.PERCENT: pa.float64(),
    ExtraKind.KEYS: pa.list_(pa.string()),
}
_TYPES = {
    Kind.TEXT: pa.string(),
    Kind.ID: pa.string(),
    Kind.CODE: pa.string(),
    Kind.COUNT: pa.int64(),
    Kind.MINUTES: pa.int64(),
    Kind.PERCENT: pa.float64(),
    Kind.NUMBER: pa.float64(),
    Kind.POINTS: pa.float64(),
    Kind.DATE: pa.date32(),
    Kind.MOMENT: pa.timestamp("ms"),
    Kind.FLAG: pa.bool_(),
    Kind.SERIES: pa.list_(pa.float64()),
}
_INTEGER_KEYS = frozenset({"parallel"})


def schema_of(result: WeekResult) -> pa.Schema:
    """The columns, in order; the same for a level and a choice of indicators in every week.

    `sample` (bool, only of the sample), `as_of` (seconds, local, only of a state), the keys of the
    level (string; `parallel` int64), `indicator`, `value`, `numerator`, `denominator`, `reached`,
    `change` (unless weeks are not compared), `schools`, `schools_reached`, then the extras in the
    order of the catalogue.
    """
    fields: dict[str, pa.DataType] = {"sample": pa.bool_()} if result.sample else {}
    if result.as_of is not None:
        fields["as_of"] = pa.timestamp("s")
    for key in result.level.keys:
        fields[key] = pa.int64() if key in _INTEGER_KEYS else pa.string()
    fields |= {
        "indicator": pa.string(),
        "value": pa.float64(),
        "numerator": pa.int64(),
        "denominator": pa.int64(),
        "reached": pa.bool_(),
    }
    if result.compared:
        fields["change"] = pa.float64()
    fields |= {"schools": pa.int64(), "schools_reached": pa.int64()}
    for shown in result.columns:
        fields |= {name: _OF_KIND[kind] for name, kind in shown.extras.items()}
    return pa.schema(list(fields.items()))


def week_parquet(result: WeekResult) -> bytes:
    """Render a file; the same bytes on every run of the same version of PyArrow."""
    schema = schema_of(result)
    records = [
        _record(row, key, measure, result)
        for row in result.rows
        for key, measure in row.measures.items()
    ]
    return _written(schema, ([record.get(column.name) for record in records] for column in schema))


def report_parquet(report: Report) -> bytes:
    """Render the main sheet of a report: the columns of its NDJSON, typed; no totals."""
    sheet = report.sheet(report.main).shown_to(Reader.PROGRAMS)
    flat = tuple(fields(sheet))
    mark = {"sample": pa.bool_()} if report.sample else {}
    schema = pa.schema([*mark.items(), *((one.name, _TYPES[one.kind]) for one in flat)])
    marks = [[True] * len(sheet.rows)] if report.sample else []
    return _written(schema, (*marks, *([one.of(row) for row in sheet.rows] for one in flat)))


def _written(schema: pa.Schema, columns: Iterable[Sequence[object]]) -> bytes:
    arrays = [pa.array(cells, field.type) for cells, field in zip(columns, schema, strict=True)]
    file = io.BytesIO()
    pq.write_table(pa.table(arrays, schema=schema), file, compression="zstd")
    return file.getvalue()


def _record(row: Row, key: str, measure: Measure, result: WeekResult) -> dict[str, object]:
    """A row by column name; a column that is not in it is null."""
    as_of = None if result.as_of is None else result.as_of.replace(microsecond=0)
    return {
        "sample": result.sample,
        "as_of": as_of,
        **row.keys,
        "indicator": key,
        "value": measure.value,
        "numerator": measure.numerator,
        "denominator": measure.denominator,
        "reached": measure.reached,
        "change": measure.change,
        "schools": measure.schools,
        "schools_reached": measure.schools_reached,
        **measure.extras,
    }
