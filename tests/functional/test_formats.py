"""Every format of `monitor week` through the command line: suffixes, terminals, pipes, levels."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from monitor_cli import cli
from monitor_cli.commands.reading import SAMPLE_FOLDER
from monitor_cli.errors import ExitCode
from monitor_cli.levels import Level
from monitor_cli.render.formats import WEEK_FORMATS
from tests.documents import parsed

RUN = (sys.executable, "-m", "monitor_cli", "week", "-q")
Captured = pytest.CaptureFixture[str]


pytestmark = pytest.mark.usefixtures("elsewhere")


def written(target: Path, *arguments: str) -> bytes:
    command = ["week", "-q", "--data", "sample", "-o", str(target), *arguments]
    assert cli.main(command) == ExitCode.DONE
    return target.read_bytes()


@pytest.mark.parametrize(
    ("suffix", "begins"),
    [
        (".csv", "\ufeffsample;region".encode()),
        (".md", "ПРИМЕР".encode()),
        (".ndjson", b'{"sample": true, "region"'),
        (".jsonl", b'{"sample": true, "region"'),
        (".parquet", b"PAR1"),
        (".PARQUET", b"PAR1"),
        (".xlsx", b"PK"),
        (".html", b"<!DOCTYPE html>"),
        (".htm", b"<!DOCTYPE html>"),
    ],
)
def test_the_suffix_of_the_file_tells_the_format(
    suffix: str, begins: bytes, tmp_path: Path
) -> None:
    assert written(tmp_path / f"отчёт{suffix}").startswith(begins)


@pytest.mark.parametrize("format_", WEEK_FORMATS)
def test_the_same_bytes_on_every_run_and_in_a_pipe(
    format_: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    first = written(tmp_path / "1", "--format", format_)
    command = ("--data", "sample", "--format", format_)
    done = subprocess.run((*RUN, *command), capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (first, b"")
    assert cli.main(["week", "-q", *command, "-o", "-"]) == ExitCode.DONE
    assert capfdbinary.readouterr() == (first, b"")


@pytest.mark.parametrize("level", Level)
def test_formats_agree_at_every_level(level: Level, tmp_path: Path) -> None:
    at = ("--level", level)
    document = parsed(written(tmp_path / "x.json", *at))
    flat = [json.loads(line) for line in written(tmp_path / "x.ndjson", *at).splitlines()]
    text = written(tmp_path / "x.csv", "--lang", "en", *at).decode()
    plain = list(csv.DictReader(io.StringIO(text, newline="")))
    written(tmp_path / "x.parquet", *at)
    typed = pq.read_table(tmp_path / "x.parquet").to_pylist()
    expected = []
    for row, cells in zip(document["rows"], plain, strict=True):
        keys = {key: row[key] for key in level.keys}
        assert {key: cells[key] for key in keys} == {
            key: "" if value is None else str(value) for key, value in keys.items()
        }
        for key, measure in row["indicators"].items():
            value = measure["value"]
            assert cells[key] == ("" if value is None else repr(value))
            expected.append({"sample": True, **keys, "indicator": key, **measure})
        assert set(cells) == {"sample", *keys, *row["indicators"]}
    assert [{name: line[name] for name in flat[0]} for line in expected] == flat
    assert [{name: line.get(name) for name in typed[0]} for line in expected] == typed
    assert all(set(line) <= set(typed[0]) for line in expected)


def test_a_dump_of_ones_own_is_not_marked(tmp_path: Path) -> None:
    own = ("--data", str(SAMPLE_FOLDER), "--date", "2026-W47", "--indicator", "timely_marks")
    assert written(tmp_path / "x.csv", *own).decode().startswith("\ufeffregion;")
    assert "sample" not in json.loads(written(tmp_path / "x.ndjson", *own).splitlines()[0])


@pytest.mark.parametrize("format_", ["parquet", "xlsx"])
@pytest.mark.parametrize("arguments", [(), ("-o", "-")])
@pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals")
def test_what_is_no_text_refuses_a_terminal(arguments: tuple[str, ...], format_: str) -> None:
    import pty  # noqa: PLC0415  (not on Windows)

    reader, writer = pty.openpty()
    command = (*RUN, "--data", "sample", "--format", format_, *arguments)
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    os.close(reader)
    assert done.returncode == ExitCode.USAGE
    assert f"-o ФАЙЛ.{format_}" in done.stderr.decode()


def test_a_full_disk_is_exit_4_for_bytes_too() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            (*RUN, "--format", "parquet"), stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == ExitCode.OUTPUT


def test_signs_are_explained_where_there_are_any(capfd: Captured) -> None:
    for format_ in WEEK_FORMATS:
        assert cli.main(["week", "--data", "sample", "--format", format_, "-o", "x"]) == 0
        explained = "ниже порога" in capfd.readouterr().err
        assert explained == (format_ in {"table", "md"})
