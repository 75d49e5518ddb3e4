"""Everything that may be said of a dump: a code, what it means, and what to do about it.

`monitor validate --list`, `docs/problems.md` and the words of every output come from here.
"""

from __future__ import annotations

from monitor_cli.explained.imports import IMPORTS
from monitor_cli.explained.remarks import REMARKS
from monitor_cli.explained.rows import ROWS
from monitor_cli.explained.spec import KINDS, Explained, Kind
from monitor_cli.explained.wanting import WANTING

__all__ = ["EXPLAINED", "KINDS", "REASONS", "Explained", "Kind"]

EXPLAINED: dict[str, Explained] = {one.code: one for one in (*ROWS, *WANTING, *REMARKS, *IMPORTS)}
"""Every problem by its code, in the order of the documentation."""

REASONS: dict[str, Explained] = {one.code: one for one in ROWS if one.kind is Kind.ROW}
"""Why a row is not used as it stands."""

if len(EXPLAINED) != sum(map(len, (ROWS, WANTING, REMARKS, IMPORTS))):
    message = "a code is explained twice"
    raise ValueError(message)
