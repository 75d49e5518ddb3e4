"""Feed the readers of foreign files what coverage-guided mutation makes of small dumps.

`make fuzz` (or `python tools/fuzz.py TARGET --seconds N`) runs libFuzzer through atheris over our
own readers: whatever comes, a file is read or refused with one of our errors, in bounded time and
memory, and each of its rows is counted once. What fails is written to `.fuzz/` and becomes a test.
Native readers (Parquet, plain CSV) are not instrumented: of them only what is around them guides.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
WORK = ROOT / ".fuzz"
MEMORY = 3000
"""Megabytes that a run may take."""
PATIENCE = 20
"""Seconds that one input may take."""

TARGETS = ("csv", "plain", "json", "xlsx", "ods", "xls", "zip", "parquet", "values")


def main() -> int:
    """Run each target in a process of its own: libFuzzer ends the process that it runs in."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("targets", nargs="*", choices=[*TARGETS, []], default=list(TARGETS))
    parser.add_argument("--seconds", type=int, default=600, help="for each target")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.inside:
        fuzz(chosen.targets[0], chosen.seconds)
        return 0
    codes = []
    for target in chosen.targets:
        command = [sys.executable, __file__, target, "--inside", "--seconds", str(chosen.seconds)]
        codes.append(subprocess.run(command, cwd=ROOT, check=False).returncode)
    return int(any(codes))


def fuzz(target: str, seconds: int) -> None:
    """Run one target until its time is over or something fails."""
    import atheris  # noqa: PLC0415  (only here is it there)

    with atheris.instrument_imports(include=["monitor_cli.dump", "xlrd"]):
        sys.path.insert(0, str(ROOT))
        if target == "xls":
            import_module("xlrd")
        from tools.fuzzing import seeds, target_of  # noqa: PLC0415  (instrumented)
    corpus = WORK / target
    corpus.mkdir(parents=True, exist_ok=True)
    for name, data in seeds(target):
        (corpus / name).write_bytes(data)
    run: Callable[[bytes], None] = target_of(target, WORK)
    options = [
        f"-max_total_time={seconds}",
        f"-rss_limit_mb={MEMORY}",
        f"-timeout={PATIENCE}",
        f"-artifact_prefix={WORK}/{target}-",
        "-max_len=8192",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], str(corpus), *options], run)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
