"""How long the program takes to start and to do its main job on the sample. `make bench`.

Wall time of whole processes, compiled byte-code, the file cache warm: after one run of each that
does not count, the commands take turns, so that a busy moment of the machine hits all alike. Shown
are the median, the fastest run, and the median against that of a bare `import polars`, below
which no command that counts can get.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import time
from importlib.metadata import version

MAIN = [sys.executable, "-m", "monitor_cli"]
YARDSTICK = "python -c 'import polars'"
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    YARDSTICK: [sys.executable, "-c", "import polars"],
    "monitor --version": [*MAIN, "--version"],
    "monitor week --help": [*MAIN, "week", "--help"],
    "monitor week": [*MAIN, "week", "--data", "sample"],
    "monitor week --json": [*MAIN, "week", "--data", "sample", "--json"],
}


def main() -> None:
    """Time the commands and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=9, help="counted runs of each command")
    runs = parser.parse_args().runs
    environment = {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    }
    seconds: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for turn in range(runs + 1):
        for name, command in COMMANDS.items():
            start = time.perf_counter()
            subprocess.run(
                command,
                check=True,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            if turn:
                seconds[name].append(time.perf_counter() - start)
    print(
        f"Python {platform.python_version()}, Polars {version('polars')}, "
        f"{os.cpu_count()} cores, {runs} runs each"
    )
    print(f"{'':27}{'median, ms':>12}{'fastest, ms':>13}{'ratio':>8}")
    yardstick = statistics.median(seconds[YARDSTICK])
    for name, took in seconds.items():
        median = statistics.median(took)
        print(f"{name:27}{1000 * median:12.0f}{1000 * min(took):13.0f}{median / yardstick:8.2f}")


if __name__ == "__main__":
    main()
