"""Stores for tests: a PostgreSQL with a region in it, and what its roles may see and do."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from tests.stores import postgresql
from tests.stores.region import MEMBERS, OWNER, Region

if TYPE_CHECKING:
    from collections.abc import Iterator

WHY = (
    "NOT TESTED: PostgreSQL and psycopg are needed (apt-get install postgresql; "
    "pip install 'monitor-cli[postgresql]')"
)


@pytest.fixture(scope="session")
def server() -> Iterator[postgresql.Server]:
    """A server with the login roles of a region, for all tests of the run."""
    folder = postgresql.programs()
    if folder is None or find_spec("psycopg") is None:
        # Who asks for these tests asks for the server: without it nothing has been tested.
        pytest.fail(WHY, pytrace=False)
    with postgresql.running(folder) as one:
        one.role(OWNER, "CREATEROLE")
        for role in (*MEMBERS, "nobody_1"):
            one.role(role)
        yield one


@pytest.fixture
def region(server: postgresql.Server, request: pytest.FixtureRequest) -> Region:
    """A database with an empty store of the sample's schools, for one test."""
    name = f"region_{abs(hash(request.node.nodeid))}"
    server.database(name, OWNER)
    made = Region(server, name)
    members = [word for role, who in MEMBERS.items() for word in ("--member", f"{role}={who}")]
    made.gets(OWNER, "store", "init", "--data", "sample", *members)
    return made


@pytest.fixture(scope="session", autouse=True)
def _bytecode() -> None:
    """Compile what many processes are about to load."""
    subprocess.run([sys.executable, "-c", "import monitor_cli.cli"], env=os.environ, check=True)
