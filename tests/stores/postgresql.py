"""A PostgreSQL of the tests' own: Debian's programs, a free loopback port, an unprivileged user."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

if TYPE_CHECKING:
    from collections.abc import Iterator

SUPERUSER = "postgres"
UNPRIVILEGED = ("postgres", "nobody")


def programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`, the newest version's; None: not installed."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    folders = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max(
        (one.parent for one in folders), key=lambda one: float(one.parent.name), default=None
    )


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs; each role's password is its own."""

    port: int
    passwords: dict[str, str]

    def url(self, role: str, database: str) -> str:
        """The address by which a role reaches a database, as `MONITOR_STORE` has it."""
        return (
            f"postgresql+psycopg://{role}:{self.passwords[role]}@127.0.0.1:{self.port}/{database}"
        )

    @contextmanager
    def connected(self, role: str, database: str) -> Iterator[sa.Connection]:
        """A connection of that role: raw SQL, nothing of the program; each statement for itself."""
        engine = sa.create_engine(
            self.url(role, database), poolclass=NullPool, isolation_level="AUTOCOMMIT"
        )
        with engine.connect() as connection:
            yield connection

    def as_superuser(self, *statements: str, database: str = "postgres") -> None:
        """What the server's administrator does."""
        with self.connected(SUPERUSER, database) as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def role(self, name: str, attributes: str = "") -> None:
        """Make a login role."""
        self.passwords[name] = secrets.token_hex(8)
        self.as_superuser(
            f"CREATE ROLE {name} LOGIN {attributes} PASSWORD '{self.passwords[name]}'"
        )

    def database(self, name: str, owner: str) -> None:
        """Make a database."""
        self.as_superuser(f"CREATE DATABASE {name} OWNER {owner}")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


@contextmanager
def running(bin_folder: Path) -> Iterator[Server]:
    """A new server, which is gone afterwards with all that it held."""
    folder = Path(tempfile.mkdtemp(prefix="monitor-pg-"))
    who: dict[str, Any] = {}
    if os.geteuid() == 0:
        import pwd  # noqa: PLC0415  (Windows has none)

        known = {one.pw_name for one in pwd.getpwall()}
        user = next(name for name in UNPRIVILEGED if name in known)
        shutil.chown(folder, user)
        who = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}
    passwords = {SUPERUSER: secrets.token_hex(8)}
    password_file, data, port = folder / "password", folder / "data", _free_port()
    password_file.write_text(passwords[SUPERUSER])
    if who:
        shutil.chown(password_file, who["user"])

    def run(program: str, *arguments: str) -> None:
        # A file and no pipe: the server keeps what it inherits open.
        with (folder / f"{program}.out").open("ab") as out:
            done = subprocess.run(
                [bin_folder / program, *arguments],
                cwd=folder,
                env={"LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"]},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                check=False,
                **who,
            )
        assert done.returncode == 0, (folder / f"{program}.out").read_text()

    try:
        run("initdb", "-D", str(data), "-U", SUPERUSER, "-A", "scram-sha-256", "-E", "UTF8",
            "--pwfile", str(password_file), "--no-sync")  # fmt: skip
        settings = f"-p {port} -h 127.0.0.1 -k {folder} -c fsync=off -c max_connections=60"
        run("pg_ctl", "-D", str(data), "-w", "-t", "60", "-l", str(folder / "log"), "-o", settings,
            "start")  # fmt: skip
        try:
            yield Server(port, passwords)
        finally:
            run("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
