"""A dataset in an object store: the same bytes as from the disk, and no secrets."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from monitor_cli import cli
from monitor_cli.errors import ExitCode
from tests.objectstore import Store, keys, served

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MONITOR = (sys.executable, "-m", "monitor_cli")
WEEK = ("--date", "2026-11-16")
SECRETS = (b"SIGNATURE", b"PASSWORD", b"AKIAKEY", b"HUSH")


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two imports of the sample; the second one changes nothing but the number."""
    folder = tmp_path_factory.mktemp("elsewhere") / "journal"
    for _ in range(2):
        done = cli.main(["import", "sample", "--output", str(folder), "--quiet"])
        assert done == ExitCode.DONE
    return folder


def uploaded(dataset: Path) -> dict[str, bytes]:
    files = (path for path in dataset.rglob("*") if path.is_file() and path.name[0] != ".")
    return {
        f"/bucket/journal/{path.relative_to(dataset).as_posix()}": path.read_bytes()
        for path in files
    }


@pytest.fixture
def store(dataset: Path) -> Iterator[str]:
    """The address of a store that holds a copy of the dataset in a bucket."""
    with served(uploaded(dataset)) as address:
        yield address


def run(
    *arguments: str, environment: Mapping[str, str] | None = None, timeout: int = 60
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        (*MONITOR, *arguments),
        env=os.environ | (environment or {}),
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=timeout,
    )


@pytest.mark.parametrize(
    "command",
    [
        ("week", *WEEK, "--json"),
        ("week", *WEEK, "--as-imported", "2100-01-01", "--format", "csv"),
        ("show", "timely_marks", *WEEK, "--format", "md"),
        ("trend", "timely_marks", *WEEK, "--weeks", "2", "--format", "ndjson"),
    ],
    ids=lambda command: " ".join(command[:1] + command[3:]),
)
def test_the_same_bytes_as_from_the_disk(
    command: tuple[str, ...], dataset: Path, store: str
) -> None:
    here = run(*command, "--data", str(dataset))
    there = run(*command, "--data", "s3://bucket/journal/", environment=keys(store))
    assert here.returncode == there.returncode == ExitCode.DONE
    assert there.stdout == here.stdout
    assert there.stderr == here.stderr


def test_only_files_of_the_weeks_that_are_counted_are_asked_for(store: str) -> None:
    done = run("week", *WEEK, "--json", "--data", "s3://bucket/journal", environment=keys(store))
    assert done.returncode == ExitCode.DONE
    asked = {path for path, length in Store.asked if length}
    of_marks = {path for path in asked if "/marks/" in path}
    assert of_marks == {
        f"/bucket/journal/snapshots/000002/marks/week=2026-11-{day}/part-0000.parquet"
        for day in ("09", "16")
    }
    assert not any("/000001/" in path or "/logins/" in path for path in asked)


def test_a_snapshot_by_itself_and_an_import_of_it(
    store: str, dataset: Path, tmp_path: Path
) -> None:
    address = "s3://bucket/journal/snapshots/000001"
    done = run("import", address, "-o", str(tmp_path / "copy"), "-q", environment=keys(store))
    assert done.returncode == ExitCode.DONE
    copied = run("week", *WEEK, "--json", "--data", str(tmp_path / "copy"))
    assert copied.stdout == run("week", *WEEK, "--json", "--data", str(dataset)).stdout


def test_nothing_is_imported_into_a_store(store: str, tmp_path: Path) -> None:
    done = run("import", "sample", "-o", "s3://bucket/new", environment=keys(store))
    assert done.returncode == ExitCode.USAGE
    assert "s3://bucket/new" in done.stderr.decode()
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("s3://AKIAKEY:PASSWORD@closed/journal", "s3://closed/journal/CURRENT: access is refused"),
        ("s3://none/journal", "s3://none/journal/CURRENT: there is no such bucket"),
        ("s3://bucket/other?sig=SIGNATURE", "s3://bucket/other: required tables are missing"),
    ],
)
def test_a_place_without_a_dataset(address: str, said: str, store: str) -> None:
    done = run("week", "--lang", "en", "--data", address, environment=keys(store))
    assert done.returncode == ExitCode.DUMP
    _is_a_line_or_three(done, said)


def test_partitions_are_those_of_a_folder(store: str) -> None:
    command = ("week", *WEEK, "--lang", "en", "--memory", "1GB", "--data", "s3://bucket/journal")
    done = run(*command, environment=keys(store))
    assert done.returncode == ExitCode.USAGE
    _is_a_line_or_three(done, "not at an address")


def test_a_file_that_has_vanished_is_named(store: str) -> None:
    lost = "/bucket/journal/snapshots/000002/marks/week=2026-11-16/part-0000.parquet"
    del Store.files[lost]
    _is_damaged(store, lost)


def test_a_file_that_another_one_took_the_place_of_is_named(store: str) -> None:
    other = "/bucket/journal/snapshots/000002/marks/week=2026-11-16/part-0000.parquet"
    Store.files[other] = Store.files[other.replace("-16/", "-09/")]
    _is_damaged(store, other)


def test_a_file_that_is_no_parquet_is_named(store: str) -> None:
    broken = "/bucket/journal/snapshots/000002/schools.parquet"
    Store.files[broken] = Store.files[broken][:-40]
    _is_damaged(store, broken)


def test_a_store_that_does_not_answer_is_a_line(store: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    nobody = keys(store) | {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}"}
    done = run("week", "--lang", "en", "--data", "s3://bucket/journal", environment=nobody)
    assert done.returncode == ExitCode.DUMP
    _is_a_line_or_three(done, "s3://bucket/journal/CURRENT: cannot be reached")


def test_a_web_server_serves_a_dataset_and_names_no_states(dataset: Path, store: str) -> None:
    address = f"{store}/bucket/journal?sig=SIGNATURE"
    there = run("week", *WEEK, "--json", "--data", address)
    assert there.stdout == run("week", *WEEK, "--json", "--data", str(dataset)).stdout
    past = run("week", "--lang", "en", "--as-imported", "2026-11-16", "--data", address)
    assert past.returncode == ExitCode.DUMP
    _is_a_line_or_three(past, "does not list the states")


def _is_damaged(store: str, path: str) -> None:
    address = "s3://bucket/journal"
    done = run("week", *WEEK, "--lang", "en", "--data", address, environment=keys(store))
    assert done.returncode == ExitCode.DUMP
    _is_a_line_or_three(done, f"s3:/{path}: this file of the dataset is damaged or not there")


def _is_a_line_or_three(done: subprocess.CompletedProcess[bytes], said: str) -> None:
    assert not done.stdout
    assert said in done.stderr.decode()
    assert 1 <= len(done.stderr.splitlines()) <= 3
    assert not any(secret in done.stderr for secret in SECRETS)
