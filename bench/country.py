"""A country, imported piece by piece: a piece is made, imported and dropped, then the next one.

`python -m bench.country --schools 8000 40000` leaves a dataset of each of these sizes in the data
folder, `country-8000` and so on: states of one dataset, whose files they share by hard links. Each
step is written down, so that a run that was ended goes on where it was. What the imports took is
printed; making the pieces is not counted. By hand only: 40,000 schools take half an hour.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.commands import MONITOR
from bench.dumps import SUNDAY, WEEKS
from bench.measuring import ROOT, Run, environment, whole
from monitor_cli.columns import Table
from monitor_cli.dataset import layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor_cli.dataset.layout import Snapshot

PIECE = 500
"""Schools of a piece: the import of a thousand and three weeks takes some more than a gigabyte."""
SIZES = (8000, 40_000)
MEGA = 1_000_000


@dataclass(frozen=True, slots=True)
class Country:
    """The folder in which a dataset grows, by pieces of so many schools and weeks."""

    folder: Path
    weeks: int = WEEKS
    piece: int = PIECE

    @property
    def growing(self) -> Path:
        """The dataset that takes the pieces."""
        return self.folder / f"growing-{self.weeks}"

    def place(self, schools: int) -> Path:
        """The dataset of so many schools."""
        return self.folder / f"country-{self.weeks}-{schools}"

    def dataset(self, schools: int) -> Path:
        """A dataset of so many schools, grown now as far as it has not been.

        Raises:
            subprocess.CalledProcessError: a piece cannot be made or imported.
            ValueError: it has grown beyond that, or the size is no number of whole pieces.
        """
        place = self.place(schools)
        if place.exists():
            return place
        done = len(self.imports())
        if schools % self.piece or done * self.piece > schools:
            message = f"{schools} schools: pieces of {self.piece}, {done} of them are there"
            raise ValueError(message)
        for number in range(done, schools // self.piece):
            self._grow(number)
        _state(self.growing, place)
        return place

    def imports(self) -> list[Run]:
        """What the import of each piece took."""
        log = self._log
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        return [Run(**json.loads(line)) for line in lines]

    @property
    def _log(self) -> Path:
        return self.folder / f"imports-{self.weeks}-{self.piece}.ndjson"

    def _grow(self, number: int) -> None:
        """Make a piece, import it, drop it. Imported twice it is there once."""
        made = self.folder / "piece"
        shutil.rmtree(made, ignore_errors=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        options = {
            "--schools": self.piece,
            "--skip": number * self.piece,
            "--weeks": self.weeks,
            "--date": SUNDAY,
            "--output": made,
        }
        words = [str(word) for option in options.items() for word in option]
        subprocess.run(
            [*MONITOR, "sample", *words, "--quiet"], check=True, cwd=ROOT, env=environment()
        )
        kept = ["--keep", "1", "--quiet"]
        run = whole([*MONITOR, "import", str(made), "--output", str(self.growing), *kept])
        with self._log.open("a", encoding="utf-8") as log:
            log.write(json.dumps(asdict(run)) + "\n")
        shutil.rmtree(made)
        print(f"{(number + 1) * self.piece} schools, {run.wall:.1f} s", flush=True)


def _state(dataset: Path, target: Path) -> None:
    """The state of a dataset as one of its own; files are shared, an import changes none."""
    unfinished = target.with_name(f"{target.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    newest = newest_of(dataset)
    inside = unfinished / layout.SNAPSHOTS / newest.folder.name
    shutil.copytree(newest.folder, inside, copy_function=os.link)
    (unfinished / layout.CURRENT).write_bytes(layout.marker_of(newest.manifest.number))
    unfinished.rename(target)


def newest_of(dataset: Path) -> Snapshot:
    """The state that holds.

    Raises:
        ValueError: there is none.
    """
    number = layout.current(dataset)
    if number is None:
        message = f"{dataset} holds nothing"
        raise ValueError(message)
    return layout.snapshot(dataset, number)


def told(country: Country, sizes: Iterable[int]) -> list[str]:
    """A row a size: what it took to import all pieces up to it."""
    heads = ["schools", "weeks", "marks, M", "dataset, MB", "import, s", "CPU, s", "peak, MB"]
    heads += ["of a piece at first, s", "at last, s"]
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    runs = country.imports()
    for schools in sizes:
        files = newest_of(country.place(schools)).manifest.files
        marks = sum(file.rows for file in files if file.table is Table.MARKS)
        ours = runs[: schools // country.piece]
        tenth = -(-len(ours) // 10)
        lines.append(
            f"| {schools} | {country.weeks} | {marks / MEGA:.1f}"
            f" | {sum(file.size for file in files) / MEGA:.0f}"
            f" | {_sum(ours, 'wall'):.0f} | {_sum(ours, 'cpu'):.0f}"
            f" | {max(run.peak for run in ours) / MEGA:.0f}"
            f" | {_sum(ours[:tenth], 'wall') / tenth:.1f}"
            f" | {_sum(ours[-tenth:], 'wall') / tenth:.1f} |"
        )
    return lines


def _sum(runs: Sequence[Run], name: str) -> float:
    return float(sum(getattr(run, name) for run in runs))


def main() -> None:
    """Grow, and tell what it took."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--schools", type=int, nargs="+", default=SIZES)
    parser.add_argument("--weeks", type=int, default=WEEKS)
    parser.add_argument("--piece", type=int, default=PIECE, help="schools of a piece")
    parser.add_argument("--data", type=Path, default=Path(tempfile.gettempdir()) / "monitor-bench")
    asked = parser.parse_args()
    country = Country(asked.data.resolve(), asked.weeks, asked.piece)
    sizes = sorted(asked.schools)
    for schools in sizes:
        country.dataset(schools)
    print("\n".join(told(country, sizes)))


if __name__ == "__main__":
    main()
