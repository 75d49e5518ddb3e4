"""What may become of a dirty file: the right rows, rows set aside by name, or a refusal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Same:
    """Every row is read as from `grid` in a clean file (None: as from the file before)."""

    grid: list[list[str]] | None = None


@dataclass(frozen=True, slots=True)
class Aside:
    """The rows `gone` of the dirty table (0 is the header) are not used, for `reason`.

    Without a reason, they are not in the file at all. All others are used as if they were alone.
    """

    reason: str
    gone: tuple[int, ...]
    added: bool = False
    """Whether the rows `gone` are not in the clean table, so that nothing of it is missing."""


@dataclass(frozen=True, slots=True)
class Warned:
    """Every row is used, and a warning says what is strange."""

    code: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Exit code 3; the message names the file, `says`, and the line of `row` (0 is the header)."""

    says: tuple[str, ...] = ()
    row: int | None = None


Outcome = Same | Aside | Warned | Refused
