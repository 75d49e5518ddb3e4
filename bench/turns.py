"""Turns that are written down: a bench of hours that was ended goes on where it was."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from bench.measuring import Run, Series

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    Timed = Mapping[str, tuple[Callable[[Sequence[str]], Run], Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Turns:
    """What has been measured, a line a run, in a file."""

    path: Path

    def said(self, schools: int, what: str) -> bool:
        """Whether something was written down of a size."""
        return any(line.get("said") == what for line in self._of(schools))

    def say(self, schools: int, what: str) -> None:
        """Write it down."""
        self._write({"schools": schools, "said": what})

    def taken(self, schools: int, timed: Timed, runs: int) -> dict[str, Series]:
        """The runs of a size: those that are written down and those that are made now.

        The commands take turns; every other turn goes backwards.

        Raises:
            subprocess.CalledProcessError: one of them failed.
        """
        found: dict[str, list[Run]] = {name: [] for name in timed}
        for line in self._of(schools):
            if line.get("name") in found:
                found[line["name"]].append(Run(line["wall"], line["cpu"], line["peak"]))
        for turn in range(runs):
            for name in list(timed)[:: -1 if turn % 2 else 1]:
                if len(found[name]) > turn:
                    continue
                how, command = timed[name]
                run = how(command)
                found[name].append(run)
                self._write({"schools": schools, "name": name, **asdict(run)})
                print(f"{schools} schools, {name}: {run.wall:.1f} s, {run.cpu:.1f} s", flush=True)
        return {name: Series(tuple(of_one)) for name, of_one in found.items()}

    def _of(self, schools: int) -> list[dict[str, Any]]:
        lines = self.path.read_text("utf-8").splitlines() if self.path.exists() else []
        return [line for line in map(json.loads, lines) if line["schools"] == schools]

    def _write(self, line: dict[str, Any]) -> None:
        with self.path.open("a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")
