"""The story of the memo, as `docs/tasks.md` tells it, on PostgreSQL."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import pytest

from tests import transcripts
from tests.stores.region import OWNER, Region

if TYPE_CHECKING:
    from tests.stores.postgresql import Server

pytestmark = pytest.mark.real

MARK = "## PostgreSQL"


def test_the_story_plays_on_a_server_as_it_is_told(server: Server) -> None:
    server.database("story", OWNER)
    region = Region(server, "story")

    def run(step: transcripts.Step) -> tuple[int, str]:
        if step.typed.startswith("psql"):
            query = shlex.split(step.typed)[-1]
            rows = region.asks(step.role, query)
            return 0, "".join("|".join(map(str, row)) + "\n" for row in rows)
        ran = region.runs(step.role, *step.words[1:])
        return ran.code, ran.out + ran.err

    told = transcripts.steps(transcripts.PAGE.read_text("utf-8").partition(MARK)[2])
    assert any("для вас нет" in step.printed for step in told)
    assert transcripts.played(told, run) == told
