"""Making a store, and saying whose the login roles of a server are: what its owner does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from monitor_cli.errors import UsageError
from monitor_cli.language import words
from monitor_cli.tasks.actors import Actor, Role, RoleError
from monitor_cli.tasks.storage import connect, faults, migrate
from monitor_cli.tasks.storage.migrations.row_security import GROUPS, SCHEMA
from monitor_cli.tasks.storage.store import Store
from monitor_cli.tasks.storage.tables import HEAD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor_cli.tasks.storage.connect import Place
    from monitor_cli.tasks.storage.store import Register

_ABOVE_POLICIES = sa.text(
    "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = session_user"
)
_OWNER = sa.text(
    "SELECT pg_get_userbyid(nspowner) = session_user FROM pg_namespace WHERE nspname = :name"
)
_ONE_AT_A_TIME = sa.text("SELECT pg_advisory_xact_lock(hashtextextended('monitor store', 0))")
_KNOWN_ROLE = sa.text("SELECT true FROM pg_roles WHERE rolname = :role AND rolcanlogin")
_MEMBER = sa.text(
    "INSERT INTO members (role, kind, name) VALUES (:role, :kind, :name) "
    "ON CONFLICT (role) DO UPDATE SET kind = excluded.kind, name = excluded.name"
)


def make(place: Place) -> None:
    """Make the store, or bring one that is there to the newest version, data and all.

    Raises:
        RoleError: on a server one is not its owner, or one whom no policy binds.
        StoreError: it cannot be reached, or is newer than the program.
    """
    if place.file is not None:
        Store(place)
        return
    engine = connect.engine_of(place)
    with connect.speaking(place), engine.begin() as connection:
        if connection.execute(_ABOVE_POLICIES).scalar():
            raise _too_mighty()
        connection.execute(_ONE_AT_A_TIME)
        owned = connection.execute(_OWNER, {"name": SCHEMA}).scalar()
        if owned is False:
            raise _not_owner()
        if owned is None:
            connection.execute(sa.schema.CreateSchema(SCHEMA))
        found = migrate.version_of(connection)
        if (found or "") > HEAD:
            raise faults.of_another_version(place.setting, found or "", HEAD)
        if found != HEAD:
            migrate.upgrade(connection)


def admit(place: Place, members: Mapping[str, Actor], register: Register) -> None:
    """Say whose login roles they are; each gets the rights of its kind and loses those of others.

    Raises:
        UsageError: a role that the server does not have, a place that the store does not know.
        RoleError: one is not the owner.
    """
    found = {role: _in_register(actor, register) for role, actor in members.items()}
    engine = connect.engine_of(place)
    with connect.speaking(place), engine.begin() as connection:
        quote = connection.dialect.identifier_preparer.quote_identifier
        for role, actor in found.items():
            if not connection.execute(_KNOWN_ROLE, {"role": role}).scalar():
                raise UsageError(
                    words(
                        f"--member {role}: такой роли для входа на сервере нет",
                        f"--member {role}: the server has no such login role",
                    ),
                    remedy=words(
                        "её создаёт администратор: CREATE ROLE … LOGIN PASSWORD …",
                        "its administrator makes it: CREATE ROLE … LOGIN PASSWORD …",
                    ),
                )
            connection.execute(
                _MEMBER, {"role": role, "kind": actor.role.value, "name": actor.name}
            )
            for kind, group in GROUPS.items():
                verb = "GRANT {} TO {}" if kind == actor.role.value else "REVOKE {} FROM {}"
                connection.exec_driver_sql(verb.format(group, quote(role)))


def _in_register(actor: Actor, register: Register) -> Actor:
    """The actor as the register spells it."""
    if actor.role is Role.ROUO or actor.name in register.schools:
        return actor
    for school in register.schools.values():
        if actor.is_of(school.municipality):
            return Actor(Role.MOUO, school.municipality)
    raise UsageError(
        words(f"--member …={actor}: хранилище такого не знает", f"--member …={actor}: unknown"),
        remedy=words(
            "запишите школы: monitor task store init --data ВЫГРУЗКА",
            "enrol the schools: monitor task store init --data DUMP",
        ),
    )


def _too_mighty() -> RoleError:
    return RoleError(
        words(
            "эту роль не связывают никакие правила (SUPERUSER или BYPASSRLS): владельцем "
            "хранилища она быть не должна",
            "no policy binds this role (SUPERUSER or BYPASSRLS): it must not own the store",
        ),
        remedy=words(
            "создайте владельца: CREATE ROLE monitor_owner LOGIN CREATEROLE PASSWORD …",
            "make an owner: CREATE ROLE monitor_owner LOGIN CREATEROLE PASSWORD …",
        ),
    )


def _not_owner() -> RoleError:
    return RoleError(
        words("хранилищем владеет другая роль", "another role owns the store"),
        remedy=words("соединитесь под ролью владельца", "connect by the role of its owner"),
    )
