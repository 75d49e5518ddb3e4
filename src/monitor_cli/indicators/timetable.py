"""«Наполненность расписания»: classes with enough lessons in the week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor_cli.columns import Table
from monitor_cli.indicators.facts import Class
from monitor_cli.indicators.spec import Evidence, Fact, Share, indicator
from monitor_cli.language import words
from monitor_cli.levels import DOWN_TO_CLASS
from monitor_cli.result import Block

if TYPE_CHECKING:
    from monitor_cli.settings import Settings


@indicator(
    block=Block.JOURNAL,
    title=words("Наполненность расписания", "Timetable filling"),
    short=words("Расписание", "Timetable"),
    ru="Доля действующих классов, у которых на неделе не меньше восьми уроков.",
    formula=words(
        "классы, у которых достаточно уроков / действующие классы",
        "classes with enough lessons / active classes",
    ),
    source=words(
        "100 %, если на неделе у каждого класса не менее 8 уроков.",
        "100 % when each class has at least 8 lessons in the week.",
    ),
    ours=words(
        "Действующий класс: не в архиве, учебного года недели. Класс без уроков остаётся в "
        "знаменателе. Отменённые уроки не считаются, уроки подгрупп считаются каждый.",
        "An active class is not archived and of the week's school year. A class without lessons "
        "stays in the denominator. Cancelled lessons do not count, those of subgroups do.",
    ),
    fact=Fact.CLASSES,
    reads=(Table.CLASSES, Table.LESSONS),
    evidence=(
        Evidence(Table.LESSONS, "number", lambda rules: rules.timetable_filling.count == "slots"),
    ),
    levels=DOWN_TO_CLASS,
)
def timetable_filling(rules: Settings) -> Share:
    """Active classes with at least `min_lessons` lessons in the week, of all active classes."""
    return Share(of=Class.active, where=Class.lessons >= rules.timetable_filling.min_lessons)
