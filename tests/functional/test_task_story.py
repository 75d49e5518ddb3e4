"""The story of the memo, as `docs/tasks.md` tells it, on a file."""

from __future__ import annotations

import pytest

from tests import transcripts

MARK = "## PostgreSQL"


@pytest.mark.usefixtures("elsewhere")
def test_the_story_plays_on_a_file_as_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITOR_STORE", "tasks.sqlite")
    transcripts.held_to(MARK, 0, lambda step: transcripts.run_here(step.words))
