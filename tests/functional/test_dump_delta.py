"""A Delta table is what its log says, whatever else lies in its folder."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from monitor_cli.columns import Table
from monitor_cli.dump.dump import ReadOptions, load
from monitor_cli.errors import DumpError
from tests.unit.dump.books import zipped
from tests.unit.dump.dumps import ALL_COLUMNS, MARKS_HEADER, column, write

if TYPE_CHECKING:
    from pathlib import Path

    from monitor_cli.dump.dump import Dump

_ADD = pa.struct({"path": pa.string(), "partitionValues": pa.map_(pa.string(), pa.string())})
PROTOCOL = {"protocol": {"minReaderVersion": 1, "minWriterVersion": 2}}
METADATA = {"metaData": {"id": "x", "partitionColumns": [], "configuration": {}}}


def added(path: str, **more: object) -> dict[str, Any]:
    return {"add": {"path": path, "partitionValues": {}, "size": 1, "dataChange": True, **more}}


def removed(path: str) -> dict[str, Any]:
    return {"remove": {"path": path, "dataChange": True}}


def rows(folder: Path, name: str, *marks: int) -> None:
    path = folder / "marks" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    cells = [(str(mark), "100", "7", "Поведение", "2026-11-16") for mark in marks]
    pl.DataFrame(cells, schema=MARKS_HEADER.split(","), orient="row").write_parquet(path)


def commit(folder: Path, version: int, *actions: dict[str, Any]) -> None:
    path = folder / "marks" / "_delta_log" / f"{version:020}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(json.dumps(action) for action in actions))


def table(folder: Path) -> Path:
    """Three versions: 1 and 2; 3 instead of 2; 4 in a partition."""
    write(folder, {})
    for name, mark in (("a b.parquet", 1), ("b.parquet", 2), ("c.parquet", 3), ("z/d.parquet", 4)):
        rows(folder, name, mark)
    commit(folder, 0, PROTOCOL, METADATA, added("a%20b.parquet"), added("b.parquet"))
    commit(folder, 1, removed("b.parquet"), added("c.parquet"))
    commit(folder, 2, added("z/d.parquet", partitionValues={"value": "5"}))
    return folder


def read(folder: Path) -> Dump:
    return load(folder, ALL_COLUMNS, ReadOptions())


def test_what_was_replaced_is_not_read(tmp_path: Path) -> None:
    dump = read(table(tmp_path))
    assert column(dump, Table.MARKS, "mark_id") == [1, 3, 4]
    assert column(dump, Table.MARKS, "value") == [None, None, "5"]


@pytest.mark.parametrize("parts", [1, 2])
def test_a_checkpoint_stands_for_the_commits_before_it(parts: int, tmp_path: Path) -> None:
    folder = table(tmp_path)
    log = folder / "marks" / "_delta_log"
    actions = [added("a%20b.parquet")["add"], added("c.parquet")["add"]]
    for part in range(parts):
        own = actions[part::parts]
        names = ["", f".{part + 1:010}.{parts:010}"][parts > 1]
        entries = [{"path": one["path"], "partitionValues": [("value", "4")]} for one in own]
        pq.write_table(
            pa.table({"add": pa.array(entries, _ADD)}),
            log / f"{1:020}.checkpoint{names}.parquet",
        )
    (log / f"{0:020}.json").unlink()
    (log / f"{1:020}.json").unlink()
    if parts == 1:
        commit(folder, 3, removed("z/d.parquet"))
    dump = read(folder)
    assert column(dump, Table.MARKS, "mark_id") == ([1, 3] if parts == 1 else [1, 3, 4])
    assert column(dump, Table.MARKS, "value") == ["4", "4", "5"][: 2 if parts == 1 else 3]


@pytest.mark.parametrize(
    ("action", "said"),
    [
        (added("a.parquet", deletionVector={"storageType": "u"}), "features that are not read"),
        ({"protocol": {"minReaderVersion": 3, "readerFeatures": ["rowLies"]}}, "not read"),
        (
            {"metaData": {"configuration": {"delta.columnMapping.mode": "name"}}},
            "features that are not read",
        ),
        (added("../../outside.parquet"), "leads out of it"),
        (added("/etc/passwd"), "leads out of it"),
        (added("s3://other/a.parquet"), "leads out of it"),
        ({"add": {}}, "damaged"),
        ({"add": 7}, "damaged"),
    ],
)
def test_what_the_log_alone_does_not_tell_is_refused(
    action: dict[str, Any], said: str, tmp_path: Path
) -> None:
    folder = table(tmp_path)
    commit(folder, 3, action)
    with pytest.raises(DumpError) as caught:
        read(folder)
    assert said in caught.value.message().en


def test_a_gap_in_the_log_and_an_empty_one(tmp_path: Path) -> None:
    folder = table(tmp_path)
    log = folder / "marks" / "_delta_log"
    (log / f"{1:020}.json").unlink()
    with pytest.raises(DumpError, match="damaged"):
        read(folder)
    for path in log.iterdir():
        path.unlink()
    with pytest.raises(DumpError, match="damaged"):
        read(folder)


def test_a_table_in_an_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "d.zip").write_bytes(zipped({"marks/_delta_log/0.json": "{}"}))
    with pytest.raises(DumpError, match="in an archive"):
        read(tmp_path / "d.zip")
