"""The table of a week: nothing cut, numbers whole, names as text."""

from __future__ import annotations

import dataclasses
import re
from fractions import Fraction

import pytest

from monitor_cli.language import Language
from monitor_cli.levels import Level
from monitor_cli.render.formats import Look
from monitor_cli.render.table import week_table
from monitor_cli.result import Measure, Row, WeekResult
from tests.unit.render.golden import assert_golden
from tests.unit.render.made import AWKWARD, PERCENTS

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def drawn(result: WeekResult = AWKWARD, **look: object) -> str:
    return week_table(result, Look(**look))  # type: ignore[arg-type]


@pytest.mark.parametrize("width", [80, 120, None])
def test_the_bytes_of_the_awkward_week(width: int | None) -> None:
    assert_golden(f"week.{width or 'pipe'}.txt", drawn(width=width))


def test_the_bytes_in_english_and_in_colour() -> None:
    assert_golden("week.en.txt", drawn(language=Language.EN))
    assert_golden("week.colour.txt", drawn(width=120, colour=True))


@pytest.mark.parametrize("width", [20, 59, 60, 61, 80, 100, 120, 159, 160, 300])
def test_it_takes_the_width_of_the_terminal_from_60_on(width: int) -> None:
    lines = drawn(width=width).split("\n")
    assert max(map(len, lines)) <= max(width, 60)


@pytest.mark.parametrize("width", [20, 60, 80, 120, 300, None])
def test_every_number_is_there_whole(width: int | None) -> None:
    text = drawn(width=width)
    assert text.count("Школа  ") == text.count("Итого")
    for value in ("99,99!", "79,99!", "0,30!!", "100,00", "(997)", "↓12,50", "83,33", "1 из 4"):
        assert value in text
    for title in ("Расписание", "Планирование", "≥ 80*", "≥ 70"):
        assert title in text


def test_colour_changes_nothing_but_colour() -> None:
    plain = drawn(width=100)
    coloured = drawn(width=100, colour=True)
    assert "\x1b[" in coloured
    stripped = [line.rstrip() for line in ESCAPE.sub("", coloured).split("\n")]
    assert stripped == plain.split("\n")


def test_a_terminal_gets_the_places_above_as_headings() -> None:
    lines = drawn(width=120).split("\n")
    assert sum("Берёзовский район" in line for line in lines) == drawn(width=120).count("Итого")
    assert any(line.startswith("─ Берёзовский район ──") for line in lines)
    assert "Муниципалитет" not in drawn(width=120)


def test_places_that_are_scattered_stay_in_their_column() -> None:
    scattered = dataclasses.replace(AWKWARD, rows=[AWKWARD.rows[at] for at in (0, 2, 1)])
    assert "Муниципалитет" in drawn(scattered, width=120)
    apart = dataclasses.replace(AWKWARD, rows=[AWKWARD.rows[at] for at in (0, 2)])
    assert "Муниципалитет" in drawn(apart, width=120)


@pytest.mark.parametrize("width", [60, 61, 80])
def test_a_heading_longer_than_the_table_takes_lines_of_its_own(width: int) -> None:
    first = AWKWARD.rows[0]
    long = Row({**first.keys, "municipality": "Муниципальное образование " * 9}, first.measures)
    rows = [long, long._replace(keys={**long.keys, "school_id": "8"}), AWKWARD.rows[2]]
    lines = drawn(dataclasses.replace(AWKWARD, rows=rows), width=width).split("\n")
    assert max(map(len, lines)) <= width
    assert sum(line.startswith("─ Муниципальное") for line in lines) > 1


def test_how_many_indicators_a_place_misses_stands_first() -> None:
    lines = drawn().split("\n")
    (worst,) = (line for line in lines if "Лицей" in line)
    assert " 5 (2!!) " in worst
    alone = dataclasses.replace(AWKWARD, indicators=AWKWARD.indicators[:1])
    assert "Ниже порога" in drawn()
    assert "Ниже порога" not in drawn(alone)


def test_a_pipe_gets_one_table_a_line_a_place() -> None:
    lines = drawn().split("\n")
    assert sum("Берёзовский район" in line for line in lines) == 2
    assert sum(line.startswith("─") for line in lines) == 2


def test_names_are_text_and_harmless() -> None:
    text = drawn()
    assert "МБОУ «Школа №2» [/Б]" in text
    assert "Лицей :school: \ufffd[2J\ufffdабв\ufffd" in text
    assert all(line.isprintable() for line in text.split("\n"))


def test_the_sample_says_so_in_its_first_line() -> None:
    assert drawn().startswith("ПРИМЕР: данные вымышлены\n")
    real = dataclasses.replace(AWKWARD, sample=False)
    assert drawn(real).startswith("Неделя 16–22 ноября 2026")


def place(level: Level, **keys: str | int | None) -> Row:
    measures = {key: Measure(1, 2, percent, 0.0, {}) for key, percent in PERCENTS.items()}
    if level.pools_schools:
        measures = {
            key: one._replace(schools=4, schools_reached=1) for key, one in measures.items()
        }
    return Row({**dict.fromkeys(level.keys), **keys}, measures)


def with_rows(level: Level, *rows: Row) -> WeekResult:
    return dataclasses.replace(AWKWARD, level=level, rows=rows)


@pytest.mark.parametrize("level", Level)
def test_every_level_has_its_column(level: Level) -> None:
    text = drawn(with_rows(level, place(level), place(level, region="Другая")))
    titles = {
        Level.REGION: "Регион",
        Level.MUNICIPALITY: "Муниципалитет",
        Level.SCHOOL: "Школа",
        Level.PARALLEL: "Параллель",
        Level.CLASS: "Класс",
        Level.SUBJECT: "Предмет",
        Level.TEACHER: "Учитель",
    }
    assert titles[level] in text
    assert "—" in text


def test_pooled_rows_say_how_many_schools_reached() -> None:
    text = drawn(with_rows(Level.MUNICIPALITY, place(Level.MUNICIPALITY, municipality="М")))
    assert "1/4" in text
    assert "Школ достигло порога" not in text


def test_places_that_look_alike_get_their_ids() -> None:
    rows = [
        place(Level.SCHOOL, municipality="М", school_id=ident, school=name)
        for ident, name in (("1", "Школа №1"), ("2", "Школа №1"), ("3", "Школа №3"))
    ]
    text = drawn(with_rows(Level.SCHOOL, *rows))
    assert "Школа №1 (1)" in text
    assert "Школа №1 (2)" in text
    assert "Школа №3 (" not in text


def test_what_all_rows_share_stands_above() -> None:
    rows = [
        place(
            Level.CLASS, municipality="М", school_id="1", school="Школа", class_id=x, **{"class": x}
        )
        for x in ("5А", "5Б")
    ]
    text = drawn(with_rows(Level.CLASS, *rows))
    assert "Строки: М · Школа\n" in text
    assert "Муниципалитет" not in text


def test_without_rows_the_totals_stand_alone() -> None:
    text = drawn(dataclasses.replace(AWKWARD, rows=()), width=80)
    assert "Итого" in text
    assert "81,82" in text


def test_the_red_line_is_the_configs() -> None:
    assert "50,00!!" in drawn(red_below=Fraction(60))
