"""The figures as a Markdown table, the machine, and their place in `docs/performance.md`."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from bench.figures import MEGA
from bench.measuring import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bench.figures import Figure, Measured
    from bench.measuring import Series

PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
_LIBRARIES = ("polars", "duckdb", "pyarrow", "typer")
_GIB = 1 << 30


def machine() -> str:
    """What the figures were measured on."""
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / _GIB
    return (
        f"{len(os.sched_getaffinity(0))} cores of {_processor()}, {memory:.0f} GiB of memory, "
        f"{platform.system()} {platform.machine()}; Python {platform.python_version()}, {libraries}"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or "an unknown processor")


def table(measured: Iterable[Measured]) -> list[str]:
    """A row a figure: medians, the ratio with its least and greatest, the aim and the verdict."""
    lines = [
        "| | wall, s | CPU, s | peak, MB | ratio of wall | of CPU | aim | |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for one in measured:
        ratios = [
            ours / theirs
            for ours, theirs in zip(one.ours.values("wall"), one.theirs.values("wall"), strict=True)
        ]
        cpu = one.ratio_of("cpu")
        missed = "; ".join(one.misses)
        cells = (
            one.figure.title,
            _pair(one, "wall"),
            _pair(one, "cpu"),
            f"{one.ours.median('peak') / MEGA:.0f} : {one.theirs.median('peak') / MEGA:.0f}",
            f"**{one.ratio:.2f}** ({min(ratios):.2f}–{max(ratios):.2f})",
            f"{cpu:.2f}",
            aim(one.figure),
            f"**missed**: {missed}" if missed else "reached",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _pair(one: Measured, name: str) -> str:
    return f"{_seconds(one.ours.median(name))} : {_seconds(one.theirs.median(name))}"


def _seconds(value: float) -> str:
    return f"{value:.2f}" if value >= 1 else f"{value:.3f}"


def aim(figure: Figure) -> str:
    """The aim in words."""
    words = [f"≤ {figure.aim:g}"]
    if figure.peak is not None:
        words.append(f"≤ {figure.peak} MB")
    if figure.more is not None:
        words.append(f"≤ +{figure.more} MB")
    return ", ".join(words)


def processes(series: Mapping[str, Series]) -> list[str]:
    """A row a process: the median and the range of its wall time, its CPU time, its memory."""
    lines = ["| | wall, s | from – to | CPU, s | peak, MB |", "|---|---|---|---|---|"]
    for name, one in series.items():
        walls = one.values("wall")
        cells = (
            name,
            _seconds(one.median("wall")),
            f"{_seconds(min(walls))} – {_seconds(max(walls))}",
            _seconds(one.median("cpu")),
            f"{one.median('peak') / MEGA:.0f}",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def section(
    measured: Sequence[Measured], series: Mapping[str, Series], schools: int, runs: int
) -> str:
    """What stands between the markers."""
    day = datetime.now(tz=UTC).date().isoformat()
    said = f"{day}, {schools} schools, three weeks, {runs} turns. {machine()}."
    unmeasured = [] if any(one.figure.group == "large" for one in measured) else [_WITHOUT_LARGE]
    blocks = (
        [said, *unmeasured],
        table(measured),
        ["The processes one by one:"],
        processes(series),
    )
    return "\n\n".join("\n".join(block) for block in blocks)


_WITHOUT_LARGE = "Eight times the schools were not measured (`--large`)."


def write(text: str) -> None:
    """Put the section into the page.

    Raises:
        ValueError: the page has lost its markers.
    """
    page = PAGE.read_text(encoding="utf-8")
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        message = f"{PAGE} has no {BEGIN} … {END}"
        raise ValueError(message)
    PAGE.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")
