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
            return 0, "".join(
                "|".join("" if one is None else str(one) for one in row) + "\n" for row in rows
            )
        ran = region.runs(step.role, *step.words[1:])
        # As long as a free port is, so that the table keeps its width.
        return ran.code, (ran.out + ran.err).replace(f"127.0.0.1:{server.port}", "db.example:5432")

    transcripts.held_to(MARK, 2, run)
