"""The story of the memo, as `docs/tasks.md` tells it, on a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import transcripts

if TYPE_CHECKING:
    from pathlib import Path

MARK = "## PostgreSQL"


@pytest.mark.usefixtures("elsewhere")
def test_the_story_plays_on_a_file_as_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONITOR_STORE", str(tmp_path / "tasks.sqlite"))
    told = transcripts.steps(transcripts.PAGE.read_text("utf-8").partition(MARK)[0])
    assert any("для вас нет" in step.printed for step in told)
    assert transcripts.played(told, lambda step: transcripts.run_here(step.words)) == told
