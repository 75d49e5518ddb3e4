"""A region on a PostgreSQL: its roles, the program run as one of them, raw SQL as one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from sqlalchemy.exc import DBAPIError

from monitor_cli import cli
from monitor_cli.errors import ExitCode
from tests.documents import parsed
from tests.transcripts import captured

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.stores.postgresql import Server

OWNER, ROUO = "monitor_owner", "rouo_1"
TIHIY, SVETLYI = "mouo_tihiy", "mouo_svetlyi"
FOURTEEN, GYMNASIUM, SECOND = "school_14", "school_gymnasium", "school_2"
IDS = {FOURTEEN: "1000001568218", GYMNASIUM: "1000001568201", SECOND: "1000001567119"}
MUNICIPALITIES = {TIHIY: "Тихоборский район", SVETLYI: "Светлореченский городской округ"}
MEMBERS = {
    ROUO: "rouo",
    **{role: f"mouo:{name}" for role, name in MUNICIPALITIES.items()},
    **{role: f"school:{school_id}" for role, school_id in IDS.items()},
}
NOBODY = "nobody_1"


class Ran(NamedTuple):
    """What a run of the program left."""

    code: int
    out: str
    err: str


class Region(NamedTuple):
    """A database of the server."""

    server: Server
    database: str

    def runs(self, role: str, *words: str) -> Ran:
        """Run the program by that role."""
        with pytest.MonkeyPatch.context() as patch, captured() as (out, err):
            patch.setenv("MONITOR_STORE", self.server.url(role, self.database))
            code = cli.main(["task", *words])
        return Ran(code, out.getvalue(), err.getvalue())

    def gets(self, role: str, *words: str) -> Any:
        """The document that the program prints."""
        ran = self.runs(role, *words, "--json")
        assert ran.code == ExitCode.DONE, ran.err
        return parsed(ran.out)

    def issues(self, role: str, to: str = "all") -> int:
        """Issue a task without a goal; its number."""
        made = self.gets(role, "issue", "--title", "Журналы", "--to", to, "--due", "2099-12-31")
        number: int = made["tasks"][0]["task"]
        return number

    def asks(self, role: str, query: str) -> Sequence[tuple[Any, ...]]:
        """Raw SQL as a role, in the schema of the store: its rows, or its refusal as text."""
        with self.server.connected(role, self.database) as connection:
            connection.exec_driver_sql("SET search_path TO monitor")
            return [tuple(row) for row in connection.exec_driver_sql(query)]

    def tries(self, role: str, *statements: str) -> str:
        """Raw SQL as a role, on one connection: why the last is refused, empty where it is not."""
        with self.server.connected(role, self.database) as connection:
            for statement in ("SET search_path TO monitor", *statements[:-1]):
                connection.exec_driver_sql(statement)
            try:
                done = connection.exec_driver_sql(statements[-1])
            except DBAPIError as error:
                return str(error.orig)
            return "" if done.rowcount else "no row is touched"
