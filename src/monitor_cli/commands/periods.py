"""The period of lessons that a report is about: a week, or days from one to another."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from monitor_cli.commands import options, reading
from monitor_cli.commands.bilingual import option
from monitor_cli.errors import UsageError
from monitor_cli.language import words

if TYPE_CHECKING:
    from monitor_cli.commands.asking import Begun

First = Annotated[
    str | None,
    option(
        "--from",
        metavar=words("ДЕНЬ", "DAY"),
        help=words("Вместо недели: первый день периода", "Instead of a week: the first day"),
        panel=options.WHAT,
    ),
]
Last = Annotated[
    str | None,
    option(
        "--to",
        metavar=words("ДЕНЬ", "DAY"),
        help=words(
            "Последний день периода; без параметра – конец последней завершённой недели",
            "The last day of the period; without it the end of the last completed week",
        ),
        panel=options.WHAT,
    ),
]


def period_of(
    begun: Begun, week: str | None, first: str | None, last: str | None
) -> tuple[date, date]:
    """The days of `--date`, or of `--from` and `--to`; without any the last completed week.

    Raises:
        UsageError: a day or week that is none; a week and days; a last day without a first one.
    """
    if week is not None and (first is not None or last is not None):
        raise UsageError(
            words("--date и --from, --to вместе не имеют смысла", "--date contradicts --from, --to")
        )
    if first is None and last is not None:
        raise UsageError(
            words("--to без --from: неизвестно, с какого дня", "--to without --from: since when?"),
            remedy=words("добавьте --from ДЕНЬ", "add --from DAY"),
        )
    one = reading.read_week(week, begun.settings, sample=begun.source.sample)
    if first is None:
        return one.monday, one.sunday
    end = one.sunday if last is None else reading.read_day(last, "--to")
    return reading.read_day(first, "--from"), end
