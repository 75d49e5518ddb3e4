"""Every pair that is forbidden, through the program and through raw SQL as the role itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monitor_cli.errors import ExitCode
from tests.stores.region import (
    FOURTEEN,
    GYMNASIUM,
    IDS,
    MUNICIPALITIES,
    NOBODY,
    OWNER,
    ROUO,
    SECOND,
    SVETLYI,
    TIHIY,
    Region,
)

if TYPE_CHECKING:
    from tests.stores.postgresql import Server

pytestmark = pytest.mark.real

WAITING, SHOWN, OF_TIHIY, OF_SVETLYI = 1, 2, 3, 4
EVERYONE = (ROUO, TIHIY, SVETLYI, FOURTEEN, GYMNASIUM, SECOND)
SEEN = {
    ROUO: {WAITING, SHOWN, OF_TIHIY, OF_SVETLYI},
    OWNER: {WAITING, SHOWN, OF_TIHIY, OF_SVETLYI},
    TIHIY: {WAITING, SHOWN, OF_TIHIY},
    SVETLYI: {WAITING, SHOWN, OF_SVETLYI},
    FOURTEEN: {SHOWN, OF_TIHIY},
    GYMNASIUM: {SHOWN, OF_TIHIY},
    SECOND: {OF_SVETLYI},
}
"""Who sees which of the four tasks; a school none that its municipality has not accepted."""
PLACES = {
    FOURTEEN: ("school_id", IDS[FOURTEEN]),
    GYMNASIUM: ("school_id", IDS[GYMNASIUM]),
    SECOND: ("school_id", IDS[SECOND]),
    TIHIY: ("municipality", MUNICIPALITIES[TIHIY]),
    SVETLYI: ("municipality", MUNICIPALITIES[SVETLYI]),
}


@pytest.fixture(scope="module")
def settled(server: Server) -> Region:
    """Two tasks of РОУО, the second accepted in one municipality; one of each municipality."""
    from tests.stores.region import MEMBERS  # noqa: PLC0415

    server.database("settled", OWNER)
    region = Region(server, "settled")
    members = [word for role, who in MEMBERS.items() for word in ("--member", f"{role}={who}")]
    region.gets(OWNER, "store", "init", "--data", "sample", *members)
    assert [region.issues(ROUO), region.issues(ROUO)] == [WAITING, SHOWN]
    region.gets(TIHIY, "accept", str(SHOWN))
    assert [region.issues(TIHIY), region.issues(SVETLYI)] == [OF_TIHIY, OF_SVETLYI]
    return region


# ---------------------------------------------------------------- seeing


@pytest.mark.parametrize("role", SEEN)
def test_raw_sql_shows_a_role_what_it_may_see(settled: Region, role: str) -> None:
    for table in ("tasks", "addressees", "events"):
        found = settled.asks(role, f"SELECT DISTINCT task_id FROM {table}")  # noqa: S608
        assert {one for (one,) in found} == SEEN[role], table
    if role in PLACES:
        column, value = PLACES[role]
        for table in ("addressees", "schools"):
            found = settled.asks(role, f"SELECT DISTINCT {column} FROM {table}")  # noqa: S608
            assert found == [(value,)]
    if role in IDS:
        others = f"SELECT * FROM events WHERE school_id <> '{IDS[role]}'"  # noqa: S608
        assert settled.asks(role, others) == []


@pytest.mark.parametrize("role", EVERYONE)
def test_the_program_shows_a_role_the_same(settled: Region, role: str) -> None:
    shown = {one["task"] for one in settled.gets(role, "list")["tasks"]}
    assert shown == SEEN[role]
    for number in {WAITING, SHOWN, OF_TIHIY, OF_SVETLYI} - SEEN[role]:
        for words in (["show"], ["log"], ["accept"], ["close"]):
            ran = settled.runs(role, *words, str(number))
            assert (ran.code, ran.out) == (ExitCode.USAGE, ""), words
            refused = (
                "не может принимать" if words == ["accept"] and role == ROUO else "для вас нет"
            )
            assert refused in ran.err


@pytest.mark.parametrize(
    "trick",
    [
        "SET row_security = off",
        "SET ROLE monitor_school",
        "SELECT set_config('role', 'monitor_school', false)",
        "SELECT set_config('monitor.school', '1', false)",
        "BEGIN ISOLATION LEVEL SERIALIZABLE",
    ],
)
def test_no_trick_shows_a_school_more(settled: Region, trick: str) -> None:
    seen = f"SELECT 1 FROM tasks WHERE task_id NOT IN ({SHOWN}, {OF_TIHIY})"  # noqa: S608
    assert settled.tries(FOURTEEN, trick, seen) != ""


@pytest.mark.parametrize("role", [TIHIY, SVETLYI, FOURTEEN, SECOND, NOBODY])
@pytest.mark.parametrize(
    "other",
    [
        f"SET ROLE {ROUO}",
        "SET ROLE monitor_rouo",
        f"SET ROLE {OWNER}",
        f"SET SESSION AUTHORIZATION {ROUO}",
        "SELECT * FROM members",
        "INSERT INTO members VALUES (session_user, 'rouo', '')",
        "ALTER TABLE tasks DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE events DISABLE TRIGGER ALL",
        "CREATE TABLE monitor.more (a int)",
        "CREATE FUNCTION monitor.my_kind() RETURNS text LANGUAGE sql AS 'SELECT ''rouo'''",
        "UPDATE alembic_version SET version_num = '9'",
    ],
)
def test_a_role_is_never_another(settled: Region, role: str, other: str) -> None:
    refused = settled.tries(role, other)
    assert "permission denied" in refused or "must be" in refused or "does not exist" in refused


@pytest.mark.parametrize("role", [FOURTEEN, SECOND, TIHIY])
def test_helpers_tell_nothing_of_others(settled: Region, role: str) -> None:
    told = settled.asks(
        role,
        "SELECT n FROM generate_series(1, 9) AS t(n) WHERE shown_to_my_school(n) "
        "OR addressed_to_my_schools(n) OR issued_by_me(n)",
    )
    assert {one for (one,) in told} == SEEN[role]


def test_nobody_sees_and_does_nothing(settled: Region) -> None:
    for statement in (
        "SELECT * FROM monitor.tasks",
        "SELECT * FROM monitor.schools",
        "SELECT * FROM monitor.alembic_version",
        "SELECT monitor.whoami()",
    ):
        assert "permission denied" in settled.tries(NOBODY, statement)
    for words in (["list"], ["accept", "1"], ["store", "status"], ["store", "init"]):
        ran = settled.runs(NOBODY, *words)
        assert (ran.code, ran.out) == (ExitCode.USAGE, ""), ran.err


# ---------------------------------------------------------------- doing

ISSUE = (
    "INSERT INTO tasks (title, text, issuer, issued_at, addressed_to) "
    "VALUES ('x', '', '{issuer}', now(), 'all')"
)
ADDRESS = (
    "INSERT INTO addressees (task_id, school_id, name, municipality) "
    "VALUES ({task}, '{school}', 'x', '{municipality}')"
)
ACT = (
    "INSERT INTO events (task_id, at, actor, deed, municipality, school_id, from_state, note, "
    "numerator, denominator) VALUES ({task}, now(), '{actor}', '{deed}', '{municipality}', "
    "{school}, {state}, '', 1, 1)"
)
IN_TIHIY, IN_SVETLYI = MUNICIPALITIES[TIHIY], MUNICIPALITIES[SVETLYI]
WHO = {
    ROUO: "rouo",
    TIHIY: f"mouo:{IN_TIHIY}",
    SVETLYI: f"mouo:{IN_SVETLYI}",
    FOURTEEN: f"school:{IDS[FOURTEEN]}",
    GYMNASIUM: f"school:{IDS[GYMNASIUM]}",
    SECOND: f"school:{IDS[SECOND]}",
    OWNER: "rouo",
}


def act(
    task: int, actor: str, deed: str, municipality: str, school: str | None, state: str | None
) -> str:
    """An event as somebody would forge it."""

    def literal(text: str | None) -> str:
        return "NULL" if text is None else f"'{text}'"

    return ACT.format(
        task=task,
        actor=actor,
        deed=deed,
        municipality=municipality,
        school=literal(school),
        state=literal(state),
    )


def accepts(role: str, task: int, *, school: str | None = None, place: str = IN_TIHIY) -> str:
    """Acceptance, signed by the role."""
    if school is None:
        return act(task, WHO[role], "accepted_by_municipality", place, None, "issued")
    state = "accepted_by_municipality"
    return act(task, WHO[role], "accepted_by_school", place, IDS[school], state)


FORBIDDEN = {
    # A school, before its municipality accepted and after.
    "own school too early": (FOURTEEN, accepts(FOURTEEN, WAITING, school=FOURTEEN)),
    "own school for its municipality": (FOURTEEN, accepts(FOURTEEN, WAITING)),
    "own school signs as its municipality": (FOURTEEN, accepts(TIHIY, WAITING)),
    "own school for another one": (FOURTEEN, accepts(FOURTEEN, SHOWN, school=GYMNASIUM)),
    "own school signs as another one": (FOURTEEN, accepts(GYMNASIUM, SHOWN, school=FOURTEEN)),
    "own school in another municipality": (
        FOURTEEN,
        accepts(FOURTEEN, SHOWN, school=FOURTEEN, place=IN_SVETLYI),
    ),
    "foreign school": (SECOND, accepts(SECOND, SHOWN, school=FOURTEEN)),
    "foreign school for itself": (
        SECOND,
        accepts(SECOND, SHOWN, school=SECOND, place=IN_SVETLYI),
    ),
    "a school issues": (FOURTEEN, ISSUE.format(issuer=WHO[FOURTEEN])),
    "a school issues as rouo": (FOURTEEN, ISSUE.format(issuer="rouo")),
    "a school addresses": (
        FOURTEEN,
        ADDRESS.format(task=SHOWN, school=IDS[FOURTEEN], municipality=IN_TIHIY),
    ),
    "a school judges itself": (
        FOURTEEN,
        act(SHOWN, WHO[FOURTEEN], "fulfilled", IN_TIHIY, IDS[FOURTEEN], "accepted_by_municipality"),
    ),
    "a school closes": (
        FOURTEEN,
        act(SHOWN, WHO[FOURTEEN], "closed", IN_TIHIY, IDS[FOURTEEN], "accepted_by_municipality"),
    ),
    "a school enrols": (FOURTEEN, "INSERT INTO schools VALUES ('9', 'x', 'y', true)"),
    # A municipality.
    "foreign municipality accepts": (SVETLYI, accepts(SVETLYI, WAITING)),
    "foreign municipality signs": (SVETLYI, accepts(TIHIY, WAITING)),
    "a municipality for a school": (TIHIY, accepts(TIHIY, SHOWN, school=FOURTEEN)),
    "a municipality signs as a school": (TIHIY, accepts(FOURTEEN, SHOWN, school=FOURTEEN)),
    "a municipality issues as rouo": (TIHIY, ISSUE.format(issuer="rouo")),
    "a municipality issues as another": (TIHIY, ISSUE.format(issuer=WHO[SVETLYI])),
    "a municipality addresses others": (
        TIHIY,
        ADDRESS.format(task=OF_TIHIY, school=IDS[SECOND], municipality=IN_SVETLYI),
    ),
    "a municipality claims a foreign school": (
        TIHIY,
        ADDRESS.format(task=OF_TIHIY, school=IDS[SECOND], municipality=IN_TIHIY),
    ),
    "a municipality closes for rouo": (
        TIHIY,
        act(SHOWN, WHO[TIHIY], "closed", IN_TIHIY, None, "accepted_by_municipality"),
    ),
    "a municipality fulfils elsewhere": (
        TIHIY,
        act(SHOWN, WHO[TIHIY], "fulfilled", IN_SVETLYI, IDS[SECOND], "issued"),
    ),
    "a municipality renames": (TIHIY, "UPDATE schools SET name = 'x'"),
    # РОУО.
    "rouo accepts for a municipality": (ROUO, accepts(ROUO, WAITING)),
    "rouo signs as a municipality": (ROUO, accepts(TIHIY, WAITING)),
    "rouo accepts for a school": (ROUO, accepts(ROUO, SHOWN, school=FOURTEEN)),
    "rouo closes for a municipality": (
        ROUO,
        act(OF_TIHIY, "rouo", "closed", IN_TIHIY, None, "accepted_by_municipality"),
    ),
    "rouo addresses for a municipality": (
        ROUO,
        ADDRESS.format(task=OF_TIHIY, school=IDS[SECOND], municipality=IN_SVETLYI),
    ),
    # The owner keeps the store and has no part in it.
    "the owner issues": (OWNER, ISSUE.format(issuer="rouo")),
    "the owner accepts": (OWNER, accepts(TIHIY, WAITING)),
    "the owner closes": (OWNER, act(SHOWN, "rouo", "closed", IN_SVETLYI, None, "issued")),
    "the owner addresses": (
        OWNER,
        ADDRESS.format(task=SHOWN, school=IDS[SECOND], municipality=IN_SVETLYI),
    ),
    "nobody accepts": (
        NOBODY,
        accepts(FOURTEEN, SHOWN, school=FOURTEEN).replace("INTO events", "INTO monitor.events"),
    ),
}


@pytest.mark.parametrize("name", FORBIDDEN)
def test_what_a_role_may_not_do_raw_sql_does_not_do(settled: Region, name: str) -> None:
    role, statement = FORBIDDEN[name]
    before = settled.asks(OWNER, "SELECT * FROM events ORDER BY event_id")
    refused = settled.tries(role, statement)
    assert (
        "row-level security" in refused
        or "permission denied" in refused
        or "no row is touched" in refused
    ), refused
    assert settled.asks(OWNER, "SELECT * FROM events ORDER BY event_id") == before


@pytest.mark.parametrize("role", [*EVERYONE, OWNER])
@pytest.mark.parametrize("table", ["tasks", "addressees", "events"])
@pytest.mark.parametrize(
    "change", ["UPDATE {} SET municipality = 'x'", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_nobody_changes_what_is_written(
    settled: Region, role: str, table: str, change: str
) -> None:
    statement = change.format(table).replace("municipality", "title" if table == "tasks" else "note"
                                             if table == "events" else "name")  # fmt: skip
    before = settled.asks(OWNER, f"SELECT count(*) FROM {table}")  # noqa: S608
    refused = settled.tries(role, statement)
    assert "permission denied" in refused or "no row" in refused or "append-only" in refused
    assert settled.asks(OWNER, f"SELECT count(*) FROM {table}") == before  # noqa: S608


def test_not_even_the_server_s_administrator_changes_a_line_unawares(settled: Region) -> None:
    for statement in ("UPDATE events SET actor = 'x'", "DELETE FROM events", "TRUNCATE events"):
        assert "append-only" in settled.tries("postgres", statement)


def test_what_is_said_falsely_of_the_state_is_refused(region: Region) -> None:
    region.issues(ROUO)
    region.gets(TIHIY, "accept", "1")
    region.gets(ROUO, "close", "1", "--school", IDS[FOURTEEN])
    accept = accepts(FOURTEEN, 1, school=FOURTEEN)
    assert "another state" in region.tries(FOURTEEN, accept)
    late = act(1, "rouo", "closed", IN_SVETLYI, None, "accepted_by_municipality")
    assert "another state" in region.tries(ROUO, late)
    assert region.tries(GYMNASIUM, accepts(GYMNASIUM, 1, school=GYMNASIUM)) == ""
    assert "once_at_school" in region.tries(GYMNASIUM, accepts(GYMNASIUM, 1, school=GYMNASIUM))


def test_the_clock_is_the_server_s_unless_the_schools_are_invented(
    server: Server, region: Region
) -> None:
    forged = accepts(TIHIY, 1).replace("now()", "'2001-01-01'")
    region.issues(ROUO)
    assert region.tries(TIHIY, forged) == ""
    assert region.asks(OWNER, "SELECT count(*) FROM events WHERE at < '2002-01-01'") == [(1,)]
    server.as_superuser("UPDATE monitor.schools SET sample = false", database=region.database)
    region.issues(ROUO)
    assert region.tries(TIHIY, forged.replace("VALUES (1,", "VALUES (2,")) == ""
    assert region.asks(OWNER, "SELECT count(*) FROM events WHERE at < '2002-01-01'") == [(1,)]


def test_a_refusal_does_not_tell_how_things_stand_elsewhere(settled: Region) -> None:
    for state in ("issued", "accepted_by_municipality", "accepted_by_school"):
        for task in (WAITING, SHOWN, OF_SVETLYI, 99):
            for place, school in ((IN_SVETLYI, FOURTEEN), (IN_TIHIY, GYMNASIUM)):
                forged = act(task, WHO[FOURTEEN], "closed", place, IDS[school], state)
                assert "row-level security" in settled.tries(FOURTEEN, forged)


def test_a_superuser_does_not_become_the_owner(server: Server) -> None:
    server.database("mighty", "postgres")
    ran = Region(server, "mighty").runs("postgres", "store", "init")
    assert (ran.code, ran.out) == (ExitCode.USAGE, "")
    assert "BYPASSRLS" in ran.err


def test_only_the_owner_says_whose_a_role_is(settled: Region) -> None:
    for role in (ROUO, TIHIY, FOURTEEN):
        ran = settled.runs(role, "store", "init", "--member", f"{role}=rouo")
        assert (ran.code, ran.out) == (ExitCode.USAGE, ""), ran.err
    for member, said in (
        ("noone=rouo", "такой роли"),
        (f"{NOBODY}=mouo:Нигде", "не знает"),
        (f"{NOBODY}", "РОЛЬ=КТО"),
    ):
        ran = settled.runs(OWNER, "store", "init", "--member", member)
        assert (ran.code, ran.out) == (ExitCode.USAGE, "")
        assert said in ran.err


def test_one_who_is_another_to_the_database_is_refused(settled: Region) -> None:
    for words in (["list"], ["accept", str(SHOWN)]):
        ran = settled.runs(FOURTEEN, *words, "--as", f"school:{IDS[GYMNASIUM]}")
        assert (ran.code, ran.out) == (ExitCode.USAGE, "")
        assert "для базы данных вы" in ran.err
