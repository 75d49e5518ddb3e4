"""Bringing a store to the newest version, by Alembic, in one transaction."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from monitor_cli.tasks.storage import migrations
from monitor_cli.tasks.storage.tables import HEAD, version

if TYPE_CHECKING:
    from collections.abc import Iterator

SCRIPTS = Path(migrations.__file__).parent


def version_of(connection: sa.Connection) -> str | None:
    """The version of the store that is there; None: there is none, empty: other tables are."""
    found = sa.inspect(connection).get_table_names()
    if version.name not in found:
        return "" if found else None
    return connection.execute(sa.select(version.c.version_num)).scalar()


def upgrade(connection: sa.Connection, to: str = HEAD) -> None:
    """Bring the store to version `to` on a connection whose transaction is open."""
    from alembic import command  # noqa: PLC0415  (a store of the newest version needs none of it)
    from alembic.config import Config  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, to)


def revisions() -> Iterator[str]:
    """The versions that there are, the newest first."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    for script in ScriptDirectory(str(SCRIPTS)).walk_revisions():
        yield script.revision
