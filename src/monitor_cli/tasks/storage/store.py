"""A store that is open: what is read of it as whom, and the acts that add to its log."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import sqlalchemy as sa

from monitor_cli.language import normalised, words
from monitor_cli.tasks import rights
from monitor_cli.tasks.actors import Actor, Role, RoleError, nobody
from monitor_cli.tasks.model import Addressee, Dossier, School
from monitor_cli.tasks.storage import connect, faults, migrate, rows
from monitor_cli.tasks.storage.migrations.row_security import SCHEMA
from monitor_cli.tasks.storage.tables import HEAD, addressees, events, schools, tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from datetime import datetime

    from monitor_cli.tasks.model import Event, Task
    from monitor_cli.tasks.storage.connect import Place


class Register(NamedTuple):
    """The schools that a store knows, by id; `sample`: they are the invented ones."""

    schools: Mapping[str, School]
    sample: bool


Order: TypeAlias = "tuple[Task, Sequence[Addressee], Callable[[Task], Sequence[Event]]]"
"""A task, whom it is for, and what the log says of its issue when it has a number."""


class Status(NamedTuple):
    """What a store is and holds; `you`: who one is to it; `owner`: whether one owns it."""

    place: Place
    version: str
    tasks: int
    events: int
    schools: int
    you: Actor | None
    owner: bool


class Store:
    """A store of the newest version."""

    def __init__(self, place: Place) -> None:
        """Open the store; a file that is not there, or is older, is made or brought up to date.

        Raises:
            SettingsError: an address that cannot be used.
            RoleError: the role of the connection is nobody to the store.
            StoreError: it cannot be reached, is not there, or is of another version.
        """
        self.place = place
        self._engine = connect.engine_of(place)
        with connect.speaking(place):
            if place.file is not None:
                connect.make_folder(place.file)
            with self._engine.connect() as connection:
                found = migrate.version_of(connection)
        if found == HEAD:
            return
        if found is None and self.is_server:
            raise self._absent()
        if found == "":
            raise faults.other_tables(place.setting)
        if self.is_server or (found or "") > HEAD:
            raise faults.of_another_version(place.setting, found or "", HEAD)
        self._bring_up()

    @property
    def is_server(self) -> bool:
        """Whether the database itself knows who one is."""
        return self.place.file is None

    def _bring_up(self) -> None:
        with self._writing() as connection:
            # Another process may have done it while this one waited.
            if (migrate.version_of(connection) or "") < HEAD:
                migrate.upgrade(connection)

    def _absent(self) -> faults.StoreError | RoleError:
        with connect.speaking(self.place), self._engine.connect() as connection:
            made = sa.select(sa.func.to_regnamespace(SCHEMA))
            if connection.execute(made).scalar() is None:
                return faults.not_there(self.place.setting)
        return nobody_there()

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with connect.speaking(self.place), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        engine = self._engine.execution_options(writes=True)
        with connect.speaking(self.place), engine.begin() as connection:
            yield connection

    # ------------------------------------------------------------------ who

    def actor(self, typed: Actor | None) -> Actor:
        """Who acts: who one says to be; on a server who one is, and nothing else may be said.

        Raises:
            RoleError: nobody; another than the server knows; a place that the store does not know.
        """
        if self.is_server:
            return self._known_to_server(typed)
        if typed is None:
            raise nobody()
        if typed.role is Role.ROUO:
            return typed
        with self._reading() as connection:
            known = _register(connection).schools
        if typed.role is Role.SCHOOL:
            if typed.name not in known:
                raise _stranger(typed)
            return typed
        for name in {school.municipality for school in known.values()}:
            if typed.is_of(name):
                return Actor(Role.MOUO, name)
        raise _stranger(typed)

    def _known_to_server(self, typed: Actor | None) -> Actor:
        with self._reading() as connection:
            name = connection.execute(sa.select(sa.func.whoami())).scalar()
        if name is None:
            raise nobody_there()
        you = Actor.parsed(name)
        if typed is not None and normalised(str(typed)) != normalised(name):
            raise RoleError(
                words(
                    f"--as {typed}: для базы данных вы – {you}",
                    f"--as {typed}: to the database you are {you}",
                ),
                remedy=words(
                    "соединитесь под ролью того, кто действует, или опустите --as",
                    "connect by the role of the one who acts, or leave --as out",
                ),
            )
        return you

    # ------------------------------------------------------------------ reading

    def dossiers(self, actor: Actor, numbers: Collection[int] = ()) -> list[Dossier]:
        """What `actor` may see of the tasks with these numbers, else of all, by number.

        Raises:
            RoleError: one that they may not see, or that is not there.
        """
        with self._reading() as connection:
            found = _dossiers(connection, actor, numbers)
        seen = [one for one in (rights.seen_by(actor, each) for each in found) if one is not None]
        known = {one.task.task_id for one in seen}
        for number in numbers:
            if number not in known:
                raise rights.unseen(number)
        return seen

    def register(self) -> Register:
        """The schools that the store knows; on a server those that one may see."""
        with self._reading() as connection:
            return _register(connection)

    def status(self) -> Status:
        """What the store is and holds: of its rows those that one may see."""
        with self._reading() as connection:
            you, owner = None, not self.is_server
            if self.is_server:
                name = connection.execute(sa.select(sa.func.whoami())).scalar()
                you = None if name is None else Actor.parsed(name)
                owner = is_owner(connection)
            held, logged, known = (
                connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
                for table in (tasks, events, schools)
            )
        return Status(self.place, HEAD, held, logged, known, you, owner)

    def present(self, here: datetime) -> datetime:
        """The moment by the clock of the store: that of its server, else `here`."""
        if not self.is_server:
            return here
        with self._reading() as connection:
            moment: datetime = connection.execute(sa.select(sa.func.clock_timestamp())).scalar_one()
        return moment

    # ------------------------------------------------------------------ writing

    def enrol(self, found: Sequence[School], *, sample: bool) -> None:
        """Bring the register up to date: add schools, rename them, move them.

        Raises:
            RoleError: on a server only РОУО and the owner keep the register.
            StoreError: invented schools would come among real ones, or the other way round.
        """
        with self._writing() as connection:
            known = _register(connection)
            if known.schools and known.sample is not sample:
                raise _mixed(self.place, sample=sample)
            fresh = [
                {
                    "school_id": school.school_id,
                    "name": school.name,
                    "municipality": school.municipality,
                    "sample": sample,
                }
                for school in found
                if school.school_id not in known.schools
            ]
            if fresh:
                connection.execute(sa.insert(schools), fresh)
            changed = [
                {"of": school.school_id, "to": school.name, "at": school.municipality}
                for school in found
                if known.schools.get(school.school_id, school) != school
            ]
            if changed:
                connection.execute(
                    sa.update(schools)
                    .where(schools.c.school_id == sa.bindparam("of"))
                    .values(name=sa.bindparam("to"), municipality=sa.bindparam("at")),
                    changed,
                )

    def issue(self, orders: Sequence[Order]) -> list[Dossier]:
        """Add tasks with their addressees and what is written of the issue, all or nothing."""
        with self._writing() as connection:
            return [_issue(connection, *order) for order in orders]

    def act(
        self, actor: Actor, number: int, decide: Callable[[Dossier], Sequence[Event]]
    ) -> list[Event]:
        """Add the events that `decide` makes of what is known of a task; nobody acts in between.

        Raises:
            RoleError: the task is not for `actor`; also whatever `decide` raises.
        """
        with self._writing() as connection:
            if self.is_server:
                connection.execute(sa.select(sa.func.hold_task(number)))
            found = _dossiers(connection, actor, (number,))
            seen = rights.seen_by(actor, found[0]) if found else None
            if seen is None:
                raise rights.unseen(number)
            return _added(connection, decide(seen))


def nobody_there() -> RoleError:
    """The error for a role of the database that is nobody to the store."""
    return RoleError(
        words(
            "роль базы данных ни к кому не приписана: для хранилища вы никто",
            "the role of the database is nobody's: to the store you are nobody",
        ),
        remedy=words(
            "её приписывает владелец: monitor task store init --member РОЛЬ=mouo:МУНИЦИПАЛИТЕТ",
            "its owner says whose it is: monitor task store init --member ROLE=mouo:MUNICIPALITY",
        ),
    )


def is_owner(connection: sa.Connection) -> bool:
    """Whether one owns the schema of the store on a server."""
    owner = sa.text(
        "SELECT pg_get_userbyid(nspowner) = session_user FROM pg_namespace WHERE nspname = :name"
    )
    return bool(connection.execute(owner, {"name": SCHEMA}).scalar())


def _stranger(actor: Actor) -> RoleError:
    return RoleError(
        words(f"--as {actor}: хранилище такого не знает", f"--as {actor}: unknown to the store"),
        remedy=words(
            "школы и муниципалитеты берутся из выгрузки: monitor task store init --data ВЫГРУЗКА",
            "schools and municipalities come from a dump: monitor task store init --data DUMP",
        ),
    )


def _mixed(place: Place, *, sample: bool) -> faults.StoreError:
    ru = "вымышленные школы примера" if sample else "настоящие школы среди вымышленных"
    en = "the invented schools of the sample" if sample else "real schools among invented ones"
    return faults.StoreError(
        words(
            f"{place.shown}: {ru} сюда не записываются", f"{place.shown}: {en} are not written here"
        ),
        remedy=words(
            "для примера нужно своё хранилище: MONITOR_STORE=ДРУГОЙ_ФАЙЛ",
            "the sample needs a store of its own: MONITOR_STORE=ANOTHER_FILE",
        ),
    )


def _register(connection: sa.Connection) -> Register:
    found = connection.execute(sa.select(schools)).all()
    known = {row.school_id: School(row.school_id, row.name, row.municipality) for row in found}
    return Register(known, sample=any(row.sample for row in found))


def _dossiers(connection: sa.Connection, actor: Actor, numbers: Collection[int]) -> list[Dossier]:
    """The tasks, with what of their addressees and log can be of any concern to `actor`."""
    at, log, of = sa.select(addressees), sa.select(events), sa.select(tasks)
    if numbers:
        at = at.where(addressees.c.task_id.in_(numbers))
        log = log.where(events.c.task_id.in_(numbers))
        of = of.where(tasks.c.task_id.in_(numbers))
    if actor.role is Role.MOUO:
        at = at.where(addressees.c.municipality == actor.name)
        log = log.where(events.c.municipality == actor.name)
    elif actor.role is Role.SCHOOL:
        at = at.where(addressees.c.school_id == actor.name)
        own = sa.select(addressees.c.task_id).where(addressees.c.school_id == actor.name)
        log = log.where(
            events.c.task_id.in_(own),
            sa.or_(events.c.school_id.is_(None), events.c.school_id == actor.name),
        )
    addressed: dict[int, list[Addressee]] = defaultdict(list)
    for row in connection.execute(at):
        addressed[row.task_id].append(rows.addressee_of(row))
    logged: dict[int, list[Event]] = defaultdict(list)
    for row in connection.execute(log.order_by(events.c.event_id)):
        logged[row.task_id].append(rows.event_of(row))
    return [
        Dossier(
            rows.task_of(row),
            sorted(addressed[row.task_id], key=lambda one: one.school.order),
            logged[row.task_id],
        )
        for row in connection.execute(of.order_by(tasks.c.task_id))
        if row.task_id in addressed
    ]


def _issue(
    connection: sa.Connection,
    task: Task,
    addressed: Sequence[Addressee],
    written: Callable[[Task], Sequence[Event]],
) -> Dossier:
    added = connection.execute(
        sa.insert(tasks).returning(tasks.c.task_id, tasks.c.issued_at), rows.task_values(task)
    ).one()
    task = replace(task, task_id=added.task_id, issued_at=added.issued_at)
    connection.execute(
        sa.insert(addressees), [rows.addressee_values(task.task_id, one) for one in addressed]
    )
    return Dossier(task, addressed, _added(connection, written(task)))


def _added(connection: sa.Connection, made: Sequence[Event]) -> list[Event]:
    """Add events; as the store has them, with their numbers."""
    added = []
    for event in made:
        insert = sa.insert(events).values(**rows.event_values(event)).returning(events)
        added.append(rows.event_of(connection.execute(insert).one()))
    return added


def opened(setting: str, environ: Mapping[str, str]) -> Store:
    """The store that the settings name.

    Raises:
        SettingsError: an address that cannot be used.
        RoleError: the role of the connection is nobody to the store.
        StoreError: it cannot be reached, is not there, or is of another version.
    """
    return Store(connect.place_of(setting, environ))
