"""A dataset in S3 as moto, an independent store, serves it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from monitor_cli import cli
from monitor_cli.errors import ExitCode
from tests.objectstore import keys

if TYPE_CHECKING:
    from collections.abc import Iterator

MONITOR = (sys.executable, "-m", "monitor_cli")
READS = ("--date", "2026-11-16", "--as-imported", "2100-01-01", "--json", "--data")
BUCKET = "journals"

pytestmark = pytest.mark.real


@pytest.fixture
def moto() -> Iterator[str]:
    """The address of a store without anything in it."""
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    program = Path(sys.executable).with_name("moto_server")
    with subprocess.Popen(
        (program, "-H", "127.0.0.1", "-p", str(port)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        while not _answers(port):
            assert server.poll() is None
        yield f"http://127.0.0.1:{port}"
        server.terminate()


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def put(address: str, content: bytes | None = None) -> None:
    kind = {"Content-Type": "application/octet-stream"}
    request = urllib.request.Request(address, data=content, headers=kind, method="PUT")  # noqa: S310  (loopback)
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
        assert answer.status == 200


def test_every_state_gives_the_bytes_of_the_disk(moto: str, tmp_path: Path) -> None:
    dataset = tmp_path / "dataset"
    assert cli.main(["import", "sample", "-o", str(dataset), "-q"]) == ExitCode.DONE
    put(f"{moto}/{BUCKET}")
    for path in dataset.rglob("*.*"):
        if path.is_file() and path.name[0] != ".":
            name = path.relative_to(dataset).as_posix()
            put(f"{moto}/{BUCKET}/region/{name}", path.read_bytes())
    put(f"{moto}/{BUCKET}/region/CURRENT", (dataset / "CURRENT").read_bytes())
    there, here = (
        subprocess.run(
            (*MONITOR, "week", *READS, data),
            env=os.environ | keys(moto),
            capture_output=True,
            check=False,
        )
        for data in (f"s3://{BUCKET}/region", str(dataset))
    )
    assert there.returncode == here.returncode == ExitCode.DONE
    assert there.stdout == here.stdout


def test_a_bucket_that_is_not_there(moto: str) -> None:
    done = subprocess.run(
        (*MONITOR, "week", "--lang", "en", "--data", "s3://elsewhere/region"),
        env=os.environ | keys(moto),
        capture_output=True,
        check=False,
    )
    assert done.returncode == ExitCode.DUMP
    assert b"there is no such bucket" in done.stderr
