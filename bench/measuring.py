"""Wall time, CPU time and peak memory of processes that take turns. POSIX only."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

ROOT = Path(__file__).resolve().parents[1]
KIB = 1024
IN_BYTES = sys.platform == "darwin"
SAMPLED = 0.05
"""Seconds between two looks at the memory of several processes."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run: `wall` and `cpu` (user and system, all threads) in seconds, `peak` in bytes."""

    wall: float
    cpu: float
    peak: int


@dataclass(frozen=True, slots=True)
class Series:
    """The counted runs of one command, in the order of the turns."""

    runs: tuple[Run, ...]

    def values(self, name: str) -> list[float]:
        """`wall`, `cpu` or `peak` of each run."""
        return [float(getattr(run, name)) for run in self.runs]

    def median(self, name: str) -> float:
        """The median of `wall`, `cpu` or `peak`."""
        return statistics.median(self.values(name))


def ratio(series: Series, other: Series, name: str) -> float:
    """The median of the ratios turn by turn: what slows the machine for a while slows both."""
    pairs = zip(series.values(name), other.values(name), strict=True)
    return statistics.median(one / another for one, another in pairs)


def environment() -> dict[str, str]:
    """The environment of measured processes: compiled byte-code is used, no settings lie about."""
    ours = {
        name: value
        for name, value in os.environ.items()
        if name != "PYTHONDONTWRITEBYTECODE" and not name.startswith("MONITOR_")
    }
    return {**ours, "NO_COLOR": "1"}


def _started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """A process that is alone with its work."""
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def whole(command: Sequence[str]) -> Run:
    """Run a process to its end.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    start = time.perf_counter()
    process = _started(command)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    peak = used.ru_maxrss if IN_BYTES else used.ru_maxrss * KIB
    return Run(wall, used.ru_utime + used.ru_stime, peak)


def together(command: Sequence[str]) -> Run:
    """As `whole`, of a process that starts others: the peak is that of all at once, sampled.

    Where `/proc` does not tell of them, it is that of the first process.
    """
    start = time.perf_counter()
    process = _started(command)
    peak, status = 0, None
    while status is None:
        peak = max(peak, sum(map(_resident, _descendants(process.pid))))
        pid, code, used = os.wait4(process.pid, os.WNOHANG)
        status = code if pid else None
        time.sleep(SAMPLED)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    first = used.ru_maxrss if IN_BYTES else used.ru_maxrss * KIB
    return Run(wall, used.ru_utime + used.ru_stime, max(peak, first))


def _descendants(pid: int) -> list[int]:
    """A process and those that it has started, and they."""
    found = [pid]
    for one in found:
        for thread in Path(f"/proc/{one}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                found += map(int, thread.read_text().split())
    return found


def _resident(pid: int) -> int:
    """Bytes of memory that a process has now; pages that two of them share count in both."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="utf-8").split()[1]
    except OSError:
        return 0
    return int(pages) * resource.getpagesize()


def inside(command: Sequence[str]) -> Run:
    """Run a process that measures a part of itself and prints `{"wall":…, "cpu":…, "peak":…}`.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    run = subprocess.run(
        command,
        check=True,
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    return Run(**json.loads(run.stdout))


def interleaved(
    commands: Mapping[str, tuple[Callable[[Sequence[str]], Run], Sequence[str]]], runs: int
) -> dict[str, Series]:
    """Run the commands in turns, once each without counting, then `runs` times.

    Every other turn goes backwards, so that none is always the first to feel what came before.
    """
    found: dict[str, list[Run]] = {name: [] for name in commands}
    for turn in range(runs + 1):
        names = list(commands) if turn % 2 else list(commands)[::-1]
        for name in names:
            how, command = commands[name]
            run = how(command)
            if turn:
                found[name].append(run)
    return {name: Series(tuple(of_one)) for name, of_one in found.items()}
