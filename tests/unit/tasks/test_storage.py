"""A store as a file: its versions, its log that nothing changes, its place, what is said of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest
import sqlalchemy as sa

from monitor_cli.errors import SettingsError
from monitor_cli.settings import load_settings
from monitor_cli.settings.find import user_data_folder
from monitor_cli.tasks import acts
from monitor_cli.tasks.actors import Actor
from monitor_cli.tasks.model import Addressee, Goal, School, Share, Task
from monitor_cli.tasks.storage import connect, faults, migrate, tables
from monitor_cli.tasks.storage.store import Store, opened

ROUO = Actor.parsed("rouo")
SCHOOLS = [School("1", "№ 1", "Заречный"), School("10", "№ 10", "Заречный")]
FIRST = """
    INSERT INTO schools VALUES ('1', '№ 1', 'Заречный', 0);
    INSERT INTO tasks VALUES (7, 'Журналы', '', '2026-12-07', 'rouo', '2026-11-23 06:00:00',
        'all', 'journal_keeping', '181/2', '2026-11-30');
    INSERT INTO addressees VALUES (7, '1', '№ 1', 'Заречный');
    INSERT INTO events (task_id, at, actor, deed, municipality, note)
        VALUES (7, '2026-11-23 06:00:00', 'rouo', 'issued', 'Заречный', '');
    INSERT INTO events (task_id, at, actor, deed, municipality, note, from_state)
        VALUES (7, '2026-11-24 06:00:00', 'mouo:Заречный', 'accepted_by_municipality',
        'Заречный', '', 'issued');
"""


def first_version(file: Path) -> None:
    """A store as the first version left it, with data."""
    engine = connect.engine_of(connect.Place(str(file), file))
    with engine.execution_options(writes=True).begin() as connection:
        migrate.upgrade(connection, "0001")
    with closing(sqlite3.connect(file)) as raw:
        raw.executescript(FIRST)


def with_a_task(file: Path) -> Store:
    store = opened(str(file), {})
    store.enrol(SCHOOLS, sample=False)
    task = Task("x", "", None, "rouo", datetime(2026, 11, 23, tzinfo=UTC), "all")
    to = [Addressee(one, Share(1, 2)) for one in SCHOOLS]
    store.issue([(task, to, lambda one: acts.issued(ROUO, one, ["Заречный"]))])
    return store


def test_a_store_of_the_first_version_comes_up_with_its_data(tmp_path: Path) -> None:
    file = tmp_path / "tasks.sqlite"
    first_version(file)
    [dossier] = opened(str(file), {}).dossiers(ROUO)
    task = dossier.task
    assert (task.task_id, task.title, task.from_week) == (7, "Журналы", None)
    assert task.goal is not None
    assert (task.goal.target, task.goal.week and task.goal.week.iso) == (
        Fraction(181, 2),
        "2026-W49",
    )
    assert [one.actor for one in dossier.events] == ["rouo", "mouo:Заречный"]
    assert dossier.events[0].at == datetime(2026, 11, 23, 6, tzinfo=UTC)
    assert dossier.addressees[0].before is None


def test_the_newest_version_is_that_of_the_tables(tmp_path: Path) -> None:
    assert next(iter(migrate.revisions())) == tables.HEAD
    store = with_a_task(tmp_path / "tasks.sqlite")
    engine = connect.engine_of(store.place)
    found = sa.inspect(engine)
    for table in tables.metadata.sorted_tables:
        columns = {one["name"] for one in found.get_columns(table.name)}
        assert columns == set(table.columns.keys())


def test_there_is_no_way_back(tmp_path: Path) -> None:
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    store = with_a_task(tmp_path / "tasks.sqlite")
    for to in ("0001", "base"):
        with connect.engine_of(store.place).begin() as connection:
            config = Config(attributes={"connection": connection})
            config.set_main_option("script_location", str(migrate.SCRIPTS))
            config.set_main_option("path_separator", "os")
            with pytest.raises(NotImplementedError, match="append-only"):
                command.downgrade(config, to)


@pytest.mark.parametrize("table", ["tasks", "addressees", "events"])
def test_nothing_in_the_log_is_changed_or_removed(tmp_path: Path, table: str) -> None:
    with_a_task(tmp_path / "tasks.sqlite")
    column = {"tasks": "title", "addressees": "name", "events": "actor"}[table]
    with closing(sqlite3.connect(tmp_path / "tasks.sqlite")) as raw:
        for statement in (f"UPDATE {table} SET {column} = 'x'", f"DELETE FROM {table}"):  # noqa: S608
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                raw.execute(statement)


@pytest.mark.parametrize(
    "values",
    [
        "(1, '', 'rouo', 'issued', 'Заречный', NULL, NULL)",
        "(1, '', 'x', 'accepted_by_school', 'Заречный', NULL, 'accepted_by_municipality')",
        "(1, '', 'x', 'accepted_by_school', 'Заречный', '1', 'issued')",
        "(1, '', 'x', 'accepted_by_municipality', 'Заречный', '1', 'issued')",
        "(1, '', 'x', 'fulfilled', 'Заречный', '1', 'issued')",
        "(1, '', 'x', 'opened', 'Заречный', NULL, NULL)",
        "(1, '', 'x', 'closed', 'Заречный', NULL, NULL)",
        "(1, '', 'x', 'closed', 'Заречный', '99', 'issued')",
        "(9, '', 'x', 'closed', 'Заречный', NULL, 'issued')",
    ],
)
def test_the_database_takes_no_event_that_cannot_be(tmp_path: Path, values: str) -> None:
    store = with_a_task(tmp_path / "tasks.sqlite")
    columns = "task_id, at, actor, deed, municipality, school_id, from_state, note"
    insert = f"INSERT INTO events ({columns}) VALUES {values[:-1]}, '')"  # noqa: S608
    with (
        connect.engine_of(store.place).connect() as connection,
        pytest.raises(sa.exc.IntegrityError),
    ):
        connection.exec_driver_sql(insert)


def test_the_file_is_written_ahead_fully_synchronised_and_checked(tmp_path: Path) -> None:
    store = with_a_task(tmp_path / "tasks.sqlite")
    with connect.engine_of(store.place).connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 1000 * connect.BUSY_SECONDS,
    }


def test_what_is_stored_is_what_was_issued(tmp_path: Path) -> None:
    store = opened(str(tmp_path / "tasks.sqlite"), {})
    store.enrol(SCHOOLS, sample=False)
    moment = datetime.fromisoformat("2026-11-23T09:00:00+05:00")
    goal = Goal("timely_marks", Fraction(200, 3))
    task = Task("Заголовок", "Текст", None, "rouo", moment, "all", goal)
    to = [Addressee(SCHOOLS[1]), Addressee(SCHOOLS[0], Share(1, 3))]
    store.issue([(task, to, lambda one: acts.issued(ROUO, one, ["Заречный"]))])
    [dossier] = store.dossiers(ROUO)
    assert dossier.task.goal == goal
    assert dossier.task.issued_at == moment
    # № 1 before № 10.
    assert dossier.addressees == [to[1], to[0]]


def test_a_school_that_moved_is_renamed_in_the_register_and_not_in_old_tasks(
    tmp_path: Path,
) -> None:
    store = with_a_task(tmp_path / "tasks.sqlite")
    store.enrol([School("1", "Лицей № 1", "Горный")], sample=False)
    assert store.register().schools["1"] == School("1", "Лицей № 1", "Горный")
    assert store.dossiers(ROUO)[0].addressees[0].school == SCHOOLS[0]


# ---------------------------------------------------------------- where, and what is said of it


@pytest.mark.parametrize(
    ("store", "shown"),
    [
        ("/home/me/tasks.sqlite", "/home/me/tasks.sqlite"),
        ("postgresql+psycopg://me:pw@host:5432/db", "postgresql+psycopg://***@host:5432/db"),
        ("postgresql+psycopg://me:p@w/x@host/db", "postgresql+psycopg://***@host/db"),
        ("postgresql+psycopg://host/db?password=pw", "postgresql+psycopg://host/db"),
        ("postgresql+psycopg://me:pw/db", "postgresql+psycopg://me:pw/db"),
        ("postgresql+psycopg://me:pw@ho st/db", "postgresql+psycopg://***@…"),
        ("postgresql+psycopg://host/db#pw", "postgresql+psycopg://…"),
    ],
)
def test_of_an_address_only_what_can_be_no_password_is_shown(store: str, shown: str) -> None:
    assert faults.shown(store) == shown


@pytest.mark.parametrize(
    ("environ", "platform", "folder"),
    [
        ({"HOME": "/home/me"}, "linux", "/home/me/.local/share/monitor-cli"),
        ({"HOME": "/home/me", "XDG_DATA_HOME": "/data"}, "linux", "/data/monitor-cli"),
        (
            {"HOME": "/home/me", "XDG_DATA_HOME": "data"},
            "linux",
            "/home/me/.local/share/monitor-cli",
        ),
        ({"HOME": "/Users/me"}, "darwin", "/Users/me/Library/Application Support/monitor-cli"),
        ({"LOCALAPPDATA": "/local", "APPDATA": "/roaming"}, "win32", "/local/monitor-cli"),
        ({"APPDATA": "/roaming"}, "win32", "/roaming/monitor-cli"),
    ],
)
def test_the_users_data_folder(environ: dict[str, str], platform: str, folder: str) -> None:
    assert user_data_folder(environ, platform) == Path(folder)


def test_without_a_home_a_store_must_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "user_data_folder", lambda _: None)
    with pytest.raises(SettingsError):
        connect.place_of("", {})


def test_the_setting_of_a_server_is_kept_as_it_is_written(tmp_path: Path) -> None:
    address = "postgresql+psycopg://me:pw@host//db?x=1"
    assert load_settings(environ={"MONITOR_STORE": address}).task.store == address
    file = tmp_path / "monitor.toml"
    file.write_text('[task]\nstore = "tasks/own.sqlite"\n', "utf-8")
    found = load_settings(config=str(file), environ={}).task.store
    assert found == str(tmp_path / "tasks" / "own.sqlite")


def test_without_psycopg_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> None:
        raise ModuleNotFoundError(name="psycopg")

    monkeypatch.setattr(sa, "create_engine", missing)
    place = connect.place_of("postgresql://host/db", {})
    with pytest.raises(SettingsError) as refused:
        connect.engine_of(place)
    assert "monitor-cli[postgresql]" in refused.value.message().en
