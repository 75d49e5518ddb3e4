"""What must be the same wherever partitions are counted."""

from __future__ import annotations

import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import NamedTuple

PACKAGES = ("monitor-cli", "polars")


class Versions(NamedTuple):
    """The versions of this program, of Polars and of Python (the first two numbers)."""

    monitor: str
    polars: str
    python: str

    def __str__(self) -> str:
        """All three, as an error names them."""
        return f"monitor-cli {self.monitor}, polars {self.polars}, Python {self.python}"


@cache
def versions() -> Versions:
    """Those of this process."""
    python = ".".join(map(str, sys.version_info[:2]))
    ours, polars = map(_installed, PACKAGES)
    return Versions(ours, polars, python)


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "–"
