"""`python -m monitor_cli`: the same as `monitor`."""

from __future__ import annotations

from monitor_cli.cli import run

if __name__ == "__main__":
    run()
