"""A dataset of some schools, and schedulers and workers that are real processes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, NamedTuple

import pytest

from monitor_cli import cli
from monitor_cli.dataset import building
from monitor_cli.errors import ExitCode
from tests.imports import imported_into

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ADDRESS = re.compile(r"tcp://127\.0\.0\.1:\d+")


class Cluster:
    """A scheduler on a free port, and the workers that are started for it."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        """Start the scheduler; it and its workers end with `stack`."""
        self._stack, self._folder = stack, folder
        self.scheduler = self._started("scheduler", "--port", "0")
        self.address = self._said(self.scheduler)
        self.workers: list[subprocess.Popen[str]] = []

    def hire(self, *, path: Path | None = None) -> subprocess.Popen[str]:
        """Start a worker of one thread; `path`: where it looks for packages first."""
        worker = self._started("worker", self.address, "--no-nanny", "--nthreads", "1", path=path)
        self._said(worker)
        self.workers.append(worker)
        return worker

    def _started(self, kind: str, *words: str, path: Path | None = None) -> subprocess.Popen[str]:
        environ = {**os.environ, "POLARS_MAX_THREADS": "1"}
        if path is not None:
            environ["PYTHONPATH"] = str(path)
        module = f"distributed.cli.dask_{kind}"
        common = ["--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0"]
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", module, *words, *common],
            cwd=self._folder,
            env=environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._stack.callback(_ended, process)
        return process

    @staticmethod
    def _said(process: subprocess.Popen[str]) -> str:
        """The address by which it can be reached, once it can."""
        assert process.stderr is not None
        for line in process.stderr:
            found = _ADDRESS.search(line)
            if found and ("Scheduler at" in line or "Start worker at" in line):
                return found[0]
        message = "it ended before it said its address"
        raise AssertionError(message)


def _ended(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()
    if process.stderr is not None:
        process.stderr.close()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler without workers."""
    with ExitStack() as stack:
        yield Cluster(stack, tmp_path)


class Data(NamedTuple):
    """A dataset, and a week that it has."""

    path: Path
    week: str

    @property
    def words(self) -> list[str]:
        """The command that counts the week."""
        return ["week", "--data", str(self.path), "--date", self.week]


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Data:
    """Twenty schools, their marks in several files."""
    folder = tmp_path_factory.mktemp("cluster")
    order = ["sample", "--schools", "20", "--weeks", "3", "--date", "2026-11-20"]
    assert cli.main([*order, "-q", "-o", str(folder / "dump")]) == ExitCode.DONE
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "ROWS_A_FILE", 20_000)
        imported_into(folder / "dataset", folder / "dump")
    return Data(folder / "dataset", "2026-W47")
