"""Weeks counted by workers of Dask: the same bytes, whatever becomes of a worker."""

from __future__ import annotations

import shutil
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from monitor_cli import cli
from monitor_cli.clock import Week
from monitor_cli.engine import partitioned, week
from monitor_cli.engine.cluster import dask
from monitor_cli.engine.crew import Crew
from monitor_cli.engine.query import Query
from monitor_cli.errors import ExitCode
from monitor_cli.levels import Level
from monitor_cli.settings import load_settings
from tests.documents import parsed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cluster.conftest import Cluster, Data

    Captured = pytest.CaptureFixture[str]

pytestmark = [pytest.mark.real, pytest.mark.filterwarnings("default")]

LONG = 60
"""Seconds after which a command that hangs is given up."""


def _by(cluster: Cluster) -> list[str]:
    return ["--engine", "dask", "--scheduler", cluster.address]


def _ran(*words: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "monitor_cli", *words]
    return subprocess.run(command, capture_output=True, timeout=LONG, check=False)


def test_every_format_has_the_same_bytes(cluster: Cluster, data: Data, tmp_path: Path) -> None:
    cluster.hire()
    cluster.hire()
    elsewhere = _by(cluster)
    for format_ in ("json", "ndjson", "csv", "md", "html", "xlsx", "parquet"):
        one, other = tmp_path / f"one.{format_}", tmp_path / f"other.{format_}"
        assert cli.main([*data.words, "--format", format_, "-o", str(one)]) == ExitCode.DONE
        assert (
            cli.main([*data.words, "--format", format_, "-o", str(other), *elsewhere])
            == ExitCode.DONE
        )
        assert one.read_bytes() == other.read_bytes()
    for level in Level:
        words = [*data.words, "--level", level, "--json"]
        assert _ran(*words, *elsewhere).stdout == _ran(*words).stdout


def test_reports_have_the_same_bytes_in_every_format(
    cluster: Cluster, data: Data, tmp_path: Path
) -> None:
    cluster.hire()
    cluster.hire()
    elsewhere = _by(cluster)
    for command in (
        ("show", "timely_marks", "--by", "hour"),
        ("show", "timely_homework"),
        ("trend", "parent_engagement", "--weeks", "2"),
        ("compare", "--by", "teacher", "--indicator", "timely_marks"),
        ("school", "СОШ № 2"),
    ):
        words = [*command, "--data", str(data.path), "--date", data.week]
        for format_ in ("json", "ndjson", "csv", "md", "html", "xlsx", "parquet"):
            one, other = tmp_path / f"one.{format_}", tmp_path / f"other.{format_}"
            told = [*words, "--format", format_, "-o"]
            assert cli.main([*told, str(one)]) == ExitCode.DONE
            assert cli.main([*told, str(other), *elsewhere]) == ExitCode.DONE
            assert one.read_bytes() == other.read_bytes()


def test_workers_of_its_own_count_the_same_and_listen_on_loopback_alone(data: Data) -> None:
    import psutil  # noqa: PLC0415  (of the extra `cluster`, as Dask is)

    rules, query = load_settings({}, environ={}), Query(Week.of(_day(data)), Level.CLASS)
    whole = week.measure(data.path, rules, query)
    with dask(None) as crew:
        assert partitioned.measure(data.path, rules, query, crew) == whole
        here = psutil.Process()
        listening = {
            one.laddr.ip
            for process in [here, *here.children(recursive=True)]
            for one in process.net_connections("inet")
            if one.status == psutil.CONN_LISTEN
        }
    assert listening == {"127.0.0.1"}


def test_local_processes_are_a_crew_as_well(data: Data) -> None:
    rules, query = load_settings({}, environ={}), Query(Week.of(_day(data)), Level.SCHOOL)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        found = partitioned.measure(data.path, rules, query, Crew(pool, 2))
    assert found == week.measure(data.path, rules, query)


def _day(data: Data) -> date:
    year, number = data.week.split("-W")
    return date.fromisocalendar(int(year), int(number), 1)


class Ended(NamedTuple):
    """A command that has ended."""

    code: int
    out: bytes
    err: str


def _killed_while_busy(cluster: Cluster, victim: subprocess.Popen[str], words: list[str]) -> Ended:
    """Run a command, and kill a process as soon as some worker is at work for it."""
    import distributed  # noqa: PLC0415

    client_of: Any = distributed.Client
    command = [sys.executable, "-m", "monitor_cli", *words]
    with (
        client_of(cluster.address, set_as_default=False) as client,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running,
    ):
        while running.poll() is None and not any(client.processing().values()):
            pass
        assert running.poll() is None
        victim.kill()
        out, err = running.communicate(timeout=LONG)
    return Ended(running.returncode, out, err.decode())


@pytest.mark.parametrize("command", [("week",), ("show", "timely_homework")])
def test_a_worker_that_dies_at_work_changes_nothing(
    cluster: Cluster, data: Data, command: tuple[str, ...]
) -> None:
    victim = cluster.hire()
    cluster.hire()
    words = [*command, *data.words[1:], "--json"]
    elsewhere = _by(cluster)
    code, out, _ = _killed_while_busy(cluster, victim, [*words, *elsewhere])
    assert code == ExitCode.DONE
    assert out == _ran(*words).stdout


@pytest.mark.parametrize("command", [("week",), ("show", "timely_marks")])
def test_a_scheduler_that_is_lost_is_told_in_one_line(
    cluster: Cluster, data: Data, command: tuple[str, ...]
) -> None:
    cluster.hire()
    words = [*command, *data.words[1:], *_by(cluster)]
    code, out, err = _killed_while_busy(cluster, cluster.scheduler, words)
    assert code == ExitCode.OUTPUT
    assert not out
    assert "потеряна" in err
    assert len(err.splitlines()) <= 3


def test_a_partition_that_cannot_be_read_is_named(
    cluster: Cluster, data: Data, tmp_path: Path
) -> None:
    cluster.hire()
    dataset = shutil.copytree(data.path, tmp_path / "dataset")
    marks = sorted(dataset.glob("snapshots/000001/marks/week=2026-11-16/*.parquet"))
    marks[-1].write_bytes(b"PAR1" + b"\0" * 100)
    elsewhere = _by(cluster)
    words = ["week", "--data", str(dataset), "--date", data.week, "--json"]
    found = _ran(*words, *elsewhere)
    assert found.returncode == ExitCode.PARTIAL
    told = parsed(found.stdout.decode())
    assert told["complete"] is False
    whole = {
        row["school_id"]: row for row in parsed(_ran(*data.words, "--json").stdout.decode())["rows"]
    }
    assert told["rows"]
    assert all(row == whole[row["school_id"]] for row in told["rows"])
    assert marks[-1].name in found.stderr.decode()


def test_a_worker_of_another_version_is_refused(
    cluster: Cluster, data: Data, tmp_path: Path
) -> None:
    other = tmp_path / "packages" / "polars-9.9.9.dist-info"
    other.mkdir(parents=True)
    (other / "METADATA").write_text("Metadata-Version: 2.1\nName: polars\nVersion: 9.9.9\n")
    cluster.hire(path=other.parent)
    found = _ran(*data.words, *_by(cluster))
    assert found.returncode == ExitCode.OUTPUT
    assert not found.stdout
    assert "polars 9.9.9" in found.stderr.decode()
    assert len(found.stderr.decode().splitlines()) <= 3


def test_a_scheduler_without_workers_or_none_at_all_is_told(cluster: Cluster, data: Data) -> None:
    alone = _ran(*data.words, *_by(cluster))
    assert alone.returncode == ExitCode.OUTPUT
    assert "исполнителей нет" in alone.stderr.decode()
    cluster.scheduler.kill()
    cluster.scheduler.wait()
    gone = _ran(*data.words, *_by(cluster))
    assert gone.returncode == ExitCode.OUTPUT
    assert "не отвечает" in gone.stderr.decode()
    wrong = _ran(*data.words, "--engine", "dask", "--scheduler", "nothing://here:1")
    assert wrong.returncode == ExitCode.USAGE
    for one in (alone, gone, wrong):
        assert not one.stdout
        assert len(one.stderr.decode().splitlines()) <= 3
