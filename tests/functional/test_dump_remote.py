"""Parquet on a web server and in an object store; no message repeats what opens the place."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from monitor_cli import cli
from monitor_cli.dump.dump import ReadOptions, load
from monitor_cli.errors import DumpError, ExitCode
from tests.objectstore import keys, served
from tests.unit.dump.dumps import ALL_COLUMNS, MARKS, REQUIRED, frame, loaded, write

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRETS = ("SIGNATURE", "PASSWORD", "AKIAKEY", "HUSH")


def parquet(text: str) -> bytes:
    header, *lines = text.splitlines()
    rows = [[cell or None for cell in line.split(",")] for line in lines]
    buffer = io.BytesIO()
    pl.DataFrame(rows, schema=header.split(","), orient="row").write_parquet(buffer)
    return buffer.getvalue()


@pytest.fixture
def store() -> Iterator[str]:
    """The address of a server with a dump in the folder `dump`."""
    files = {
        f"/dump/{name.removesuffix('.csv')}.parquet": parquet(text)
        for name, text in REQUIRED.items()
    }
    files["/dump/marks/week=1/part-0.parquet"] = parquet(MARKS)
    files["/half/schools.parquet"] = files["/dump/schools.parquet"][:80]
    with served(files) as address:
        yield address


def test_a_folder_of_a_web_server(store: str, tmp_path: Path) -> None:
    dump = load(Path(f"{store}/dump/?sig=SIGNATURE"), ALL_COLUMNS, ReadOptions())
    local = loaded(tmp_path)
    assert list(dump.tables) == list(local.tables)
    for table in local.tables:
        assert_frame_equal(frame(dump, table), frame(local, table))


def test_a_folder_of_an_object_store(store: str, tmp_path: Path) -> None:
    folder = write(tmp_path, {"marks.csv": MARKS})
    command = ("-m", "monitor_cli", "week", "--date", "2026-W47", "--json", "--data")
    remote, local = (
        subprocess.run(
            (sys.executable, *command, data),
            env=os.environ | keys(store),
            capture_output=True,
            check=True,
        )
        for data in ("s3://dump/", str(folder))
    )
    assert remote.stdout == local.stdout
    assert not any(secret.encode() in remote.stderr for secret in SECRETS)


@pytest.mark.parametrize("place", ["closed", "half", "nowhere", "dump/schools.parquet"])
def test_what_cannot_be_read_is_said_without_secrets(place: str, store: str) -> None:
    address = store.replace("//", "//user:PASSWORD@") + f"/{place}?sig=SIGNATURE"
    with pytest.raises(DumpError) as caught:
        load(Path(address), ALL_COLUMNS, ReadOptions())
    for text in caught.value.message():
        assert not any(secret in text for secret in SECRETS)
        assert store in text or place == "dump/schools.parquet"
        assert len(text.splitlines()) <= 3


def test_the_command_names_the_place_and_no_more(
    store: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    command = ["week", "--verbose", "--data", f"{store}/dump?sig=SIGNATURE", "--date", "2026-W47"]
    assert cli.main([*command, "--json", "-o", str(tmp_path / "w.json")]) == ExitCode.DONE
    said = capfd.readouterr().err
    assert f"{store}/dump" in said
    assert "SIGNATURE" not in said
