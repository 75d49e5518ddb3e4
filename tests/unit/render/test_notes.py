"""What is said on stderr beside the figures."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

from monitor_cli.language import Language
from monitor_cli.levels import Level
from monitor_cli.render.notes import legend_lines, problem_lines, warning_lines, worst_lines
from monitor_cli.result import Measure
from tests.unit.render.made import AWKWARD, PERCENTS


def test_rows_set_aside_are_counted_by_table_and_reason() -> None:
    assert problem_lines(AWKWARD.problems, Language.RU) == [
        "staff: 1 строка отложена (ключ повторён, взята последняя – 1)",
        "marks: 7 строк отложено (время не читается – 2; ссылка в никуда – 5)",
        "повторы, учтённые один раз: marks 3",
    ]
    assert problem_lines(AWKWARD.problems, Language.EN) == [
        "staff: 1 row set aside (the key repeats, the last one stands – 1)",
        "marks: 7 rows set aside (the time cannot be read – 2; a reference to nothing – 5)",
        "repeated rows, counted once: marks 3",
    ]
    assert problem_lines((), Language.RU) == []


def test_warnings_are_harmless() -> None:
    assert warning_lines(AWKWARD.warnings, Language.RU) == ["нет уроков недели 2026-W48\ufffd"]


def test_the_legend_explains_the_signs_that_are_there() -> None:
    signs, placeholder = legend_lines(AWKWARD, Fraction(50), Language.RU)
    assert signs == (
        "! – ниже порога, !! – и ниже 50 %; (n!!) – у скольких показателей !!; "
        "↑ ↓ – за неделю, в пунктах; (n) – не активированы; н/д – посчитать не по чему"
    )
    assert "[thresholds]" in placeholder


def test_no_sign_no_legend() -> None:
    reached = {"timetable_filling": Measure(1, 1, PERCENTS["timetable_filling"])}
    fine = dataclasses.replace(
        AWKWARD,
        indicators=[one for one in AWKWARD.indicators if one.key == "timetable_filling"],
        rows=(),
        totals=reached,
    )
    assert legend_lines(fine, Fraction(50), Language.RU) == []


def test_thresholds_that_differ_by_region_are_mentioned() -> None:
    row = AWKWARD.rows[0]
    own = {"timely_marks": row.measures["timely_marks"]._replace(threshold=Fraction(9))}
    result = dataclasses.replace(AWKWARD, rows=[row._replace(measures=own)])
    assert any(
        "пороги регионов" in line for line in legend_lines(result, Fraction(50), Language.RU)
    )


def test_the_places_that_miss_most_are_named_worst_first() -> None:
    (line,) = worst_lines(AWKWARD, Language.RU)
    assert line.startswith(
        "больше всего показателей ниже порога: Лицей :school: \ufffd[2J\ufffdабв\ufffd – 5, "
    )
    assert line.endswith(" – 5, — – 3")


def test_nobody_is_named_the_worst_of_few_or_where_a_place_is_a_person() -> None:
    assert worst_lines(dataclasses.replace(AWKWARD, rows=AWKWARD.rows[:3]), Language.RU) == []
    assert worst_lines(dataclasses.replace(AWKWARD, level=Level.TEACHER), Language.RU) == []
