"""What is said of a problem: its code, its kind, and three texts in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from monitor_cli.language import words

if TYPE_CHECKING:
    from monitor_cli.language import Words


class Kind(StrEnum):
    """What a problem does to the figures."""

    STRUCTURE = "structure"
    """The dump cannot be counted at all."""
    ROW = "row"
    """A row is not used, or not as it stands."""
    WANTING = "wanting"
    """An indicator cannot be counted, or only in part."""
    REMARK = "remark"
    """Nothing is lost, but somebody should look at it."""


KINDS: dict[Kind, Words] = {
    Kind.STRUCTURE: words(
        "Выгрузка не читается: код выхода 3", "The dump cannot be read: exit code 3"
    ),
    Kind.ROW: words("Строки, учтённые не так, как есть", "Rows not used as they stand"),
    Kind.WANTING: words(
        "Показатели, которые нельзя посчитать или можно лишь отчасти",
        "Indicators that cannot be counted, or only in part",
    ),
    Kind.REMARK: words("Замечания: на них стоит посмотреть", "Remarks: they should be looked at"),
}


@dataclass(frozen=True, slots=True)
class Explained:
    """A problem: its code for programs, its name, what it means for the figures, what to do."""

    code: str
    kind: Kind
    title: Words
    explanation: Words
    remedy: Words
