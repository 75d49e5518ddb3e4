"""The tables of a store, as the newest migration leaves them; rows are added, never changed.

Only `schools`, the register, may be brought up to date: what a task was addressed to stands in
`addressees`. A percentage is text of a decimal fraction, a week its Monday.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

HEAD = "0002"
"""The newest migration."""


class Moment(sa.types.TypeDecorator[datetime]):
    """An aware moment; SQLite, which knows no zones, keeps it in UTC."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Bring it to UTC."""
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ANN401, ARG002
        """Say that it is UTC."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
metadata = sa.MetaData()

schools = sa.Table(
    "schools",
    metadata,
    sa.Column("school_id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("municipality", sa.Text, nullable=False),
    sa.Column("sample", sa.Boolean, nullable=False),
)
tasks = sa.Table(
    "tasks",
    metadata,
    sa.Column("task_id", _ID, primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("due", sa.Date),
    sa.Column("issuer", sa.Text, nullable=False),
    sa.Column("issued_at", Moment, nullable=False),
    sa.Column("addressed_to", sa.Text, nullable=False),
    sa.Column("indicator", sa.Text),
    sa.Column("target", sa.Text),
    sa.Column("week", sa.Date),
    sa.Column("from_week", sa.Date),
)
addressees = sa.Table(
    "addressees",
    metadata,
    sa.Column("task_id", _ID, sa.ForeignKey("tasks.task_id"), primary_key=True),
    sa.Column("school_id", sa.Text, sa.ForeignKey("schools.school_id"), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("municipality", sa.Text, nullable=False),
    sa.Column("numerator", sa.BigInteger),
    sa.Column("denominator", sa.BigInteger),
)
events = sa.Table(
    "events",
    metadata,
    sa.Column("event_id", _ID, primary_key=True),
    sa.Column("task_id", _ID, sa.ForeignKey("tasks.task_id"), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("deed", sa.Text, nullable=False),
    sa.Column("municipality", sa.Text, nullable=False),
    sa.Column("school_id", sa.Text),
    sa.Column("from_state", sa.Text),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("indicator", sa.Text),
    sa.Column("week", sa.Date),
    sa.Column("numerator", sa.BigInteger),
    sa.Column("denominator", sa.BigInteger),
    sa.Column("target", sa.Text),
    sa.ForeignKeyConstraint(
        ["task_id", "school_id"], ["addressees.task_id", "addressees.school_id"]
    ),
)
version = sa.Table("alembic_version", sa.MetaData(), sa.Column("version_num", sa.String(32)))
