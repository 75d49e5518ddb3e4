"""Planning of lessons and keeping of journals: what a lesson of the week bears."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor_cli.columns import Table
from monitor_cli.indicators.facts import EVERY, Lesson
from monitor_cli.indicators.spec import Evidence, Fact, Share, indicator
from monitor_cli.language import words
from monitor_cli.result import Block

if TYPE_CHECKING:
    from monitor_cli.settings import Settings


@indicator(
    block=Block.JOURNAL,
    title=words("Планирование уроков", "Lesson planning"),
    short=words("Планирование", "Planning"),
    ru="Доля уроков недели, у которых внесена тема или выдано домашнее задание.",
    formula=words("уроки с темой или ДЗ / уроки", "lessons with a topic or homework / lessons"),
    source=words(
        "100 %, если у каждого урока в расписании есть тема или домашнее задание.",
        "100 % when each lesson of the timetable has a topic or homework.",
    ),
    ours=words(
        "Пустой текст (пробелы) не тема и не задание; задание без текста, но с файлами считается.",
        "Blank text is no topic and no homework; homework without text counts if it has files.",
    ),
    fact=Fact.LESSONS,
    reads=(Table.LESSONS, Table.HOMEWORK),
    evidence=(Evidence(Table.LESSONS, "topic"), Evidence(Table.HOMEWORK, "lesson_id")),
)
def lesson_planning(rules: Settings) -> Share:
    """Lessons of the week with a topic or homework, of all lessons of the week."""
    return Share(of=EVERY, where=Lesson.has_topic | Lesson.has_homework)


@indicator(
    block=Block.JOURNAL,
    title=words("Ведение классных журналов", "Journal keeping"),
    short=words("Журналы", "Journals"),
    ru="Доля уроков недели, оставивших след в журнале.",
    formula=words(
        "уроки с оценкой, отсутствием, комментарием или галочкой «Урок проведен» / уроки",
        "lessons with a mark, an absence, a comment or the «conducted» tick / lessons",
    ),
    source=words(
        "Достаточно одного из четырёх: оценка, отсутствие, комментарий к уроку, «Урок проведен».",
        "One of four is enough: a mark, an absence, a lesson comment, the «conducted» tick.",
    ),
    ours=words(
        "Отсутствие — неявка, болезнь или пропуск; опоздание не считается (late_counts).",
        "An absence is absent, ill or pass; being late does not count (late_counts).",
    ),
    fact=Fact.LESSONS,
    reads=(Table.LESSONS, Table.MARKS, Table.ATTENDANCE),
    evidence=(
        Evidence(Table.MARKS, "lesson_id"),
        Evidence(Table.ATTENDANCE, "status"),
        Evidence(Table.LESSONS, "comment"),
        Evidence(Table.LESSONS, "is_conducted"),
    ),
)
def journal_keeping(rules: Settings) -> Share:
    """Lessons of the week with a mark, an absence, a comment or the «conducted» tick, of all."""
    absence = Lesson.has_absence
    if rules.journal_keeping.late_counts:
        absence |= Lesson.was_late
    return Share(
        of=EVERY,
        where=Lesson.has_mark | absence | Lesson.has_comment | Lesson.is_conducted,
    )
