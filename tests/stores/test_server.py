"""A store on PostgreSQL as its people use it: its making, its versions, its copies, its faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from monitor_cli.errors import ExitCode
from monitor_cli.tasks.actors import Actor
from monitor_cli.tasks.model import Deed
from monitor_cli.tasks.storage import connect, migrate
from monitor_cli.tasks.storage.store import opened
from tests.stores.region import (
    FOURTEEN,
    MEMBERS,
    OWNER,
    ROUO,
    TIHIY,
    Region,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.stores.postgresql import Server

pytestmark = pytest.mark.real


FIRST = (
    (
        ROUO,
        """INSERT INTO tasks (title, text, issuer, issued_at, addressed_to, indicator, target)
        VALUES ('Журналы', '', 'rouo', now(), 'all', 'journal_keeping', '90')""",
        """INSERT INTO addressees
        VALUES (1, '1000001568218', 'СОШ № 14', 'Тихоборский район')""",
        """INSERT INTO events (task_id, at, actor, deed, municipality, note)
        VALUES (1, now(), 'rouo', 'issued', 'Тихоборский район', '')""",
    ),
    (
        TIHIY,
        """INSERT INTO events (task_id, at, actor, deed, municipality, note, from_state)
        VALUES (1, now(), 'mouo:Тихоборский район', 'accepted_by_municipality',
        'Тихоборский район', '', 'issued')""",
    ),
)
"""What a store of the first version holds, written as the roles wrote it."""


def test_a_store_of_the_first_version_comes_up_with_its_data(server: Server) -> None:
    server.database("first", OWNER)
    region = Region(server, "first")
    owner = connect.engine_of(connect.place_of(server.url(OWNER, "first"), {}))
    with owner.begin() as connection:
        connection.execute(sa.schema.CreateSchema("monitor"))
        migrate.upgrade(connection, "0001")
        connection.exec_driver_sql(
            "INSERT INTO members VALUES ('rouo_1', 'rouo', ''), "
            "('mouo_tihiy', 'mouo', 'Тихоборский район')"
        )
        connection.exec_driver_sql(
            "INSERT INTO schools VALUES ('1000001568218', 'СОШ № 14', 'Тихоборский район', false)"
        )
        for member in ("monitor_rouo TO rouo_1", "monitor_mouo TO mouo_tihiy"):
            connection.exec_driver_sql(f"GRANT {member}")
    for role, *statements in FIRST:
        assert region.tries(role, *statements) == ""
    before = region.asks(OWNER, "SELECT event_id, at, actor, deed FROM events ORDER BY event_id")

    ran = region.runs(ROUO, "list")
    assert (ran.code, ran.out) == (ExitCode.OUTPUT, "")
    assert "хранилище версии 0001" in ran.err
    region.gets(OWNER, "store", "init")
    after = region.asks(OWNER, "SELECT event_id, at, actor, deed FROM events ORDER BY event_id")
    assert after == before
    [task] = region.gets(ROUO, "list")["tasks"]
    assert (task["title"], task["target"], task["state"]) == (
        "Журналы",
        90,
        "accepted_by_municipality",
    )
    assert region.issues(ROUO) == 2


def test_making_it_again_changes_nothing(region: Region) -> None:
    region.issues(ROUO)
    before = region.gets(ROUO, "log")
    region.gets(OWNER, "store", "init", "--data", "sample")
    assert region.gets(ROUO, "log") == before


def test_a_copy_holds_all_and_is_a_store(region: Region, tmp_path: Path) -> None:
    region.issues(ROUO)
    region.gets(TIHIY, "accept", "1")
    rouo = Actor.parsed("rouo")
    before = opened(region.server.url(ROUO, region.database), {}).dossiers(rouo)
    for role in (ROUO, OWNER):
        copy = tmp_path / f"{role}.sqlite"
        region.gets(role, "store", "backup", "-o", str(copy))
        assert opened(str(copy), {}).dossiers(rouo) == before
    for role in (TIHIY, FOURTEEN):
        ran = region.runs(role, "store", "backup", "-o", str(tmp_path / "part.sqlite"))
        assert (ran.code, ran.out) == (ExitCode.USAGE, "")
    assert not (tmp_path / "part.sqlite").exists()


def test_each_sees_what_happened_and_by_whom(region: Region) -> None:
    region.issues(ROUO)
    region.gets(TIHIY, "accept", "1")
    region.gets(FOURTEEN, "accept", "1")
    for role in (ROUO, TIHIY, FOURTEEN):
        log = region.gets(role, "log")
        assert log["as"] == MEMBERS[role]
        assert [(one["actor"], one["deed"]) for one in log["log"]][-2:] == [
            (MEMBERS[TIHIY], Deed.ACCEPTED_BY_MUNICIPALITY.value),
            (MEMBERS[FOURTEEN], Deed.ACCEPTED_BY_SCHOOL.value),
        ]
    [status] = region.gets(FOURTEEN, "store", "status")["store"]
    assert (status["you"], status["owner"], status["tasks"]) == (MEMBERS[FOURTEEN], False, 1)
    assert region.server.passwords[FOURTEEN] not in status["place"]


def test_a_municipality_issues_from_its_own_dump_to_its_own_schools(region: Region) -> None:
    words = ("--from-week", "2026-W47", "--below", "80", "--indicator", "timely_marks")
    [made] = region.gets(TIHIY, "issue", "--data", "sample", *words)["tasks"]
    assert (made["schools"], made["state"]) == (3, "accepted_by_municipality")
    assert region.gets(FOURTEEN, "list")["tasks"][0]["task"] == made["task"]


def test_what_cannot_be_reached_is_said_without_the_password(region: Region) -> None:
    server = region.server
    wrong = server.passwords | {ROUO: "s3cret"}
    for database, passwords in ((region.database, wrong), ("nowhere", server.passwords)):
        there = Region(type(server)(server.port, passwords), database)
        ran = there.runs(ROUO, "list")
        assert (ran.code, ran.out) == (ExitCode.OUTPUT, "")
        assert "недоступно" in ran.err
        assert passwords[ROUO] not in ran.err
        assert f"127.0.0.1:{server.port}/{database}" in ran.err


def test_a_database_without_a_store_says_who_makes_one(server: Server) -> None:
    server.database("bare", OWNER)
    for words in (["list"], ["store", "status"]):
        ran = Region(server, "bare").runs(ROUO, *words)
        assert (ran.code, ran.out) == (ExitCode.OUTPUT, "")
        assert "monitor task store init" in ran.err
