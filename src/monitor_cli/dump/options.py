"""What of the settings reading a dump needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor_cli.dump.findings import Findings

AUTO = "auto"
SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """The keys of `monitor.toml` that say how to read; the defaults are the file's.

    `timezone` is the zone of schools without one of their own. `source_tz` is "school" or the
    zone of event times without an offset. `region` and `municipality` are `[defaults]`.
    `columns` is `[columns.<table>]`: table → header in the file → column. `findings` is where each
    row that is not used as it stands is noted, if anybody wants to know; then structural faults
    within the files are noted there too: what has one is left out, and not held against what
    refers to it. `hopeful`: large texts whose first ids are integers pass by as if all were;
    where one is none, that ends in a `TextIdsError`.
    """

    timezone: str = "Europe/Moscow"
    source_tz: str = SCHOOL
    encoding: str = AUTO
    separator: str = AUTO
    strict: bool = False
    region: str = ""
    municipality: str = ""
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    findings: Findings | None = field(default=None, compare=False)
    hopeful: bool = False
