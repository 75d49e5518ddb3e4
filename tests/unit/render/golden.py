"""Comparison with the bytes kept in `tests/golden/`; `UPDATE_GOLDEN=1` writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "golden"


def assert_golden(name: str, made: str | bytes) -> None:
    """Assert that `made` is, byte for byte, what `tests/golden/<name>` holds."""
    path = FOLDER / name
    found = made.encode() if isinstance(made, str) else made
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_bytes(found)
    assert found == path.read_bytes()
