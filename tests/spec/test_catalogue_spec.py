"""The thirteen indicators: keys, official titles, blocks, order. Source: `indicators.md`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor_cli.result import Block

if TYPE_CHECKING:
    from tests.spec.journal import Journal

THIRTEEN = [
    ("users", "teacher_activation", "Учителя: активация"),
    ("users", "student_activation", "Ученики: активация"),
    ("users", "parent_activation", "Родители: активация"),
    ("users", "parent_engagement", "Вовлечённость родителей"),
    ("users", "teacher_esia", "Учителя: авторизация через ЕСИА"),
    ("users", "teacher_category", "Учителя: наличие категории"),
    ("users", "account_activation", "Активация всех аккаунтов"),
    ("journal", "school_activity", "Активность школ"),
    ("journal", "timetable_filling", "Наполненность расписания"),
    ("journal", "lesson_planning", "Планирование уроков"),
    ("journal", "journal_keeping", "Ведение классных журналов"),
    ("journal", "timely_marks", "Своевременное выставление оценок"),
    ("journal", "timely_homework", "Своевременная выдача ДЗ"),
]


def test_a_week_has_thirteen_indicators_in_two_blocks(journal: Journal) -> None:
    """All of them, in this order, where nobody asks for less: that is the block «Все»."""
    shown = journal.week().result.indicators
    assert [(one.block, one.key, one.title.ru) for one in shown] == [
        (Block(block), key, title) for block, key, title in THIRTEEN
    ]


def test_rows_and_totals_hold_them_in_the_same_order(journal: Journal) -> None:
    """The order of columns is that of the catalogue."""
    keys = [key for _, key, _ in THIRTEEN]
    result = journal.week().result
    assert list(result.rows[0].measures) == keys
    assert list(result.totals) == keys
