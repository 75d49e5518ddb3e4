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


@pytest.fixture
def a_lesson_and_the_next_one(journal: Journal) -> None:
    """Begin with «L» of Tuesday, «N» of the week after, and no homework."""
    journal.table("lessons", "lesson_id | date \n L | 2026-11-17 \n N | 2026-11-24")
    journal.table("homework", "lesson_id | issued_at")
