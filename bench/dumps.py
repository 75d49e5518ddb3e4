"""The invented dumps that are measured, made once into a cache folder by `monitor sample`."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.commands import MONITOR
from bench.measuring import ROOT, environment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

WEEK = "2026-11-16"
"""The Monday of the week that is counted; each dump holds it, the one before and the one after."""
SUNDAY = "2026-11-22"
WEEKS = 3
_MAKER = ROOT / "src" / "monitor_cli" / "sampling"


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to write a dump: its name, the options of `monitor sample`, how many weeks."""

    name: str
    options: tuple[str, ...] = ()
    weeks: int = WEEKS


SORTED = Kind("sorted")
SHUFFLED = Kind("shuffled", ("--shuffle",))
TEXT_IDS = Kind("text-ids", ("--text-ids",))
CSV = Kind("csv", ("--format", "csv", "--separator", ","))
CP1251 = Kind("cp1251", ("--encoding", "cp1251", "--separator", ","))
TWELVE = Kind("twelve", weeks=12)
FAULTY = Kind("faulty", ("--shuffle", "--faults", "0.002"))
FAULTY_CSV = Kind("faulty-csv", (*CSV.options, "--faults", "0.002"))


@dataclass(frozen=True, slots=True)
class Cache:
    """Where dumps are kept."""

    folder: Path

    def dump(self, kind: Kind, schools: int) -> str:
        """The path of a dump, made now unless the same maker has made it before.

        Raises:
            subprocess.CalledProcessError: it cannot be made.
        """
        place = self.folder / f"{kind.name}-{schools}"
        stamp = place.with_suffix(".made")
        options = ["--schools", str(schools), "--weeks", str(kind.weeks), "--date", SUNDAY]
        command = [*MONITOR, "sample", *options, *kind.options]
        made = f"{_fingerprint(_MAKER.rglob('*.*'))} {' '.join(command[1:])}\n"
        if stamp.exists() and stamp.read_text(encoding="utf-8") == made:
            return str(place)
        stamp.unlink(missing_ok=True)
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        print(f"making {place} …", flush=True)
        subprocess.run(
            [*command, "--quiet", "--output", str(place)],
            check=True,
            cwd=ROOT,
            env=environment(),
        )
        stamp.write_text(made, encoding="utf-8")
        return str(place)

    def school(self, kind: Kind, schools: int) -> str:
        """The id of the first school of a dump."""
        command = [*MONITOR, "week", "--data", self.dump(kind, schools), "--date", WEEK]
        found = subprocess.run(
            [*command, "--block", "users", "--limit", "1", "--json", "--quiet"],
            check=True,
            cwd=ROOT,
            env=environment(),
            stdout=subprocess.PIPE,
        )
        return str(json.loads(found.stdout)["rows"][0]["school_id"])

    def dataset(self, kind: Kind, schools: int) -> str:
        """The path of a dataset that a dump has been imported into.

        Raises:
            subprocess.CalledProcessError: it cannot be made.
        """
        dump = self.dump(kind, schools)
        place = self.folder / f"{kind.name}-{schools}-dataset"
        stamp = place.with_suffix(".made")
        sources = (ROOT / "src" / "monitor_cli" / part for part in ("dump", "dataset", "sampling"))
        made = f"{_fingerprint(path for source in sources for path in source.rglob('*.*'))}\n"
        if not stamp.exists() or stamp.read_text(encoding="utf-8") != made:
            shutil.rmtree(place, ignore_errors=True)
            print(f"making {place} …", flush=True)
            command = [*MONITOR, "import", dump, "--quiet", "--output", str(place)]
            subprocess.run(
                command, check=True, cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL
            )
            stamp.write_text(made, encoding="utf-8")
        return str(place)

    def target(self, name: str) -> str:
        """Where something is written anew at each turn."""
        return str(self.folder / f"written-by-{name}")


def _fingerprint(files: Iterable[Path]) -> str:
    """What tells one state of the files from another."""
    digest = hashlib.sha256()
    for path in sorted(path for path in files if path.suffix in {".py", ".toml"}):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
