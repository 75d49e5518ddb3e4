"""The first version: register, tasks, addressees, the log; on PostgreSQL roles and row security."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from monitor_cli.tasks.storage.migrations import row_security

revision = "0001"
down_revision = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_DEEDS = "('issued','accepted_by_municipality','accepted_by_school','fulfilled','closed')"
# A comparison with NULL is no refusal: hence the FALSE.
_WELL_FORMED = f"""
    deed IN {_DEEDS} AND coalesce(CASE deed
        WHEN 'issued' THEN school_id IS NULL AND from_state IS NULL
        WHEN 'accepted_by_municipality' THEN school_id IS NULL AND from_state = 'issued'
        WHEN 'accepted_by_school'
            THEN school_id IS NOT NULL AND from_state = 'accepted_by_municipality'
        WHEN 'fulfilled'
            THEN school_id IS NOT NULL AND numerator IS NOT NULL AND denominator > 0
                AND from_state IN ('issued','accepted_by_municipality','accepted_by_school')
        ELSE from_state IN
            ('issued','accepted_by_municipality','accepted_by_school','fulfilled')
    END, FALSE)
"""
_LOG = ("tasks", "addressees", "events")


def upgrade() -> None:
    """Make everything."""
    op.create_table(
        "schools",
        sa.Column("school_id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("sample", sa.Boolean, nullable=False),
        sa.CheckConstraint("municipality <> '' AND school_id <> ''", name="placed"),
    )
    op.create_table(
        "tasks",
        # No task has the number that another one had.
        sa.Column("task_id", _ID, sa.Identity(always=True), primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("due", sa.Date),
        sa.Column("issuer", sa.Text, nullable=False),
        sa.Column("issued_at", _MOMENT, nullable=False),
        sa.Column("addressed_to", sa.Text, nullable=False),
        sa.Column("indicator", sa.Text),
        sa.Column("target", sa.Text),
        sa.Column("week", sa.Date),
        sa.CheckConstraint("(indicator IS NULL) = (target IS NULL)", name="whole_goal"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "addressees",
        sa.Column("task_id", _ID, sa.ForeignKey("tasks.task_id"), primary_key=True),
        sa.Column("school_id", sa.Text, sa.ForeignKey("schools.school_id"), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
    )
    op.create_table(
        "events",
        sa.Column("event_id", _ID, sa.Identity(always=True), primary_key=True),
        sa.Column("task_id", _ID, sa.ForeignKey("tasks.task_id"), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
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
        sa.CheckConstraint(_WELL_FORMED, name="well_formed"),
        sqlite_autoincrement=True,
    )
    # Nothing is done twice, whoever sends what at the same time.
    for name, columns, where in (
        ("once_there", ["task_id", "municipality", "deed"], "school_id IS NULL"),
        ("once_at_school", ["task_id", "school_id", "deed"], "school_id IS NOT NULL"),
    ):
        condition = sa.text(where)
        op.create_index(
            name,
            "events",
            columns,
            unique=True,
            sqlite_where=condition,
            postgresql_where=condition,
        )
    op.create_index("of_school", "addressees", ["school_id"])
    op.create_index("of_municipality", "addressees", ["municipality"])
    if op.get_bind().dialect.name == "sqlite":
        for table in _LOG:
            for change in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'the log of tasks is append-only'); END"
                )
    else:
        for statement in row_security.STATEMENTS:
            op.execute(sa.text(statement.replace(":", "\\:")))


def downgrade() -> None:
    """Refuse: a log is not taken back."""
    message = "the log of tasks is append-only: there is no way back"
    raise NotImplementedError(message)
