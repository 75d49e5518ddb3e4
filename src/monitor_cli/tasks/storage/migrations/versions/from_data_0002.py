"""Tasks that a week's data chose the addressees of: that week, and each school's value in it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from monitor_cli.tasks.storage.migrations.row_security import GROUPS

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add columns; in rows that are there they are empty."""
    op.add_column("tasks", sa.Column("from_week", sa.Date))
    op.add_column("addressees", sa.Column("numerator", sa.BigInteger))
    op.add_column("addressees", sa.Column("denominator", sa.BigInteger))
    if op.get_bind().dialect.name != "sqlite":
        issuers = f"{GROUPS['rouo']}, {GROUPS['mouo']}"
        op.execute(f"GRANT INSERT (from_week) ON tasks TO {issuers}")
        op.execute(f"GRANT INSERT (numerator, denominator) ON addressees TO {issuers}")


def downgrade() -> None:
    """Refuse: a log is not taken back."""
    message = "the log of tasks is append-only: there is no way back"
    raise NotImplementedError(message)
