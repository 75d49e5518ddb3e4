"""The journal that spec tests write their tables into."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.spec.journal import Journal

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """An empty journal of one school with one class."""
    return Journal(tmp_path)
