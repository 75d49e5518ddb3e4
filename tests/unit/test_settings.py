"""Every key of monitor.toml: its default, what it takes, what it refuses; thresholds."""

from __future__ import annotations

import dataclasses
from datetime import time
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from monitor_cli.errors import ExitCode, SettingsError
from monitor_cli.language import Language
from monitor_cli.settings import INDICATOR_KEYS, Settings, load_settings
from monitor_cli.settings.load import known_keys


def set_to(*assignments: str) -> Settings:
    return load_settings(assignments=assignments, environ={})


def value_of(settings: Settings, key: str) -> Any:
    found: Any = settings
    for name in key.split("."):
        found = found[name] if isinstance(found, dict) else getattr(found, name)
    return found


DEFAULTS: dict[str, object] = {
    "data": None,
    "language": Language.RU,
    "timezone": "Europe/Moscow",
    "source_tz": "school",
    "encoding": "auto",
    "separator": "auto",
    "strict": False,
    "defaults.region": "",
    "defaults.municipality": "",
    "bands.red_below": Fraction(50),
    "school_activity.components": (
        "timetable_filling",
        "lesson_planning",
        "journal_keeping",
        "account_activation",
        "parent_engagement",
        "timely_marks",
    ),
    "teacher_category.categories": ("высшая", "первая", "педагог-методист", "педагог-наставник"),
    "timetable_filling.min_lessons": 8,
    "timetable_filling.count": "rows",
    "journal_keeping.late_counts": False,
    "timely_marks.deadline": time(21),
    "timely_marks.deadline_two_shifts": time(13),
    "timely_marks.two_shifts_from": 2,
    "timely_marks.denominator": "all",
    "timely_marks.edits_count": True,
    "timely_marks.work_types": ("Ответ на уроке", "Поведение", "Работа на уроке", "Наизусть"),
    "timely_marks.aliases": {},
    "timely_homework.days_before": 7,
    "timely_homework.deadline": time(13),
    "timely_homework.denominator": "next_week",
    "timely_homework.homework_link": "due",
    "timely_homework.recommended_hours": 3,
    "timely_homework.lesson_minutes": 40,
    "timely_homework.skip_parallels": (),
    "workload.hours_min": 18,
    "workload.hours_max": 36,
    "report.out": Path("reports"),
    "report.formats": ("xlsx", "html"),
    "task.identity": "",
    "task.store": "",
    "columns": {},
    "regions": {},
}


@pytest.mark.parametrize("key", DEFAULTS)
def test_a_key_that_nobody_sets_has_its_default(key: str) -> None:
    assert value_of(Settings(), key) == DEFAULTS[key]
    assert value_of(load_settings(environ={}), key) == DEFAULTS[key]


TAKEN = [
    ("language=en", "language", Language.EN),
    ("timezone=Asia/Yekaterinburg", "timezone", "Asia/Yekaterinburg"),
    ("timezone=МСК+2", "timezone", "МСК+2"),
    ("source_tz=UTC", "source_tz", "UTC"),
    ("encoding=windows-1251", "encoding", "cp1251"),
    ("separator=;", "separator", ";"),
    ("separator=tab", "separator", "\t"),
    ("strict=true", "strict", True),
    ("data=sample", "sample", True),
    ("defaults.region=Озёрная область", "defaults.region", "Озёрная область"),
    ("defaults.municipality=Заречный", "defaults.municipality", "Заречный"),
    ("bands.red_below=62.5", "bands.red_below", Fraction(125, 2)),
    (
        'school_activity.components=["timely_homework"]',
        "school_activity.components",
        ("timely_homework",),
    ),
    ('teacher_category.categories=["высшая"]', "teacher_category.categories", ("высшая",)),
    ("timetable_filling.min_lessons=10", "timetable_filling.min_lessons", 10),
    ("timetable_filling.count=slots", "timetable_filling.count", "slots"),
    ("journal_keeping.late_counts=true", "journal_keeping.late_counts", True),
    ("timely_marks.deadline=23:59", "timely_marks.deadline", time(23, 59)),
    ("timely_marks.deadline_two_shifts=9:00", "timely_marks.deadline_two_shifts", time(9)),
    ("timely_marks.two_shifts_from=3", "timely_marks.two_shifts_from", 3),
    ("timely_marks.denominator=tracked", "timely_marks.denominator", "tracked"),
    ("timely_marks.edits_count=false", "timely_marks.edits_count", False),
    ('timely_marks.work_types=["Тест"]', "timely_marks.work_types", ("Тест",)),
    ("timely_homework.days_before=14", "timely_homework.days_before", 14),
    ("timely_homework.deadline=08:30", "timely_homework.deadline", time(8, 30)),
    ("timely_homework.denominator=reporting_week", "timely_homework.denominator", "reporting_week"),
    ("timely_homework.homework_link=given", "timely_homework.homework_link", "given"),
    ("timely_homework.recommended_hours=2", "timely_homework.recommended_hours", 2),
    ("timely_homework.lesson_minutes=45", "timely_homework.lesson_minutes", 45),
    ("timely_homework.skip_parallels=[1]", "timely_homework.skip_parallels", (1,)),
    ("workload.hours_min=9", "workload.hours_min", 9),
    ("workload.hours_max=40", "workload.hours_max", 40),
    ("report.out=out", "report.out", Path("out")),
    ('report.formats=["json"]', "report.formats", ("json",)),
    ("task.identity=school:12", "task.identity", "school:12"),
    ("task.store=tasks.db", "task.store", "tasks.db"),
]


@pytest.mark.parametrize(("assignment", "key", "expected"), TAKEN)
def test_a_value_that_is_allowed_is_taken(assignment: str, key: str, expected: object) -> None:
    assert value_of(set_to(assignment), key) == expected


REFUSED = [
    "language=fr",
    "timezone=Mars/Base",
    "source_tz=local",
    "encoding=hex",
    "encoding=cp99999",
    "separator=xx",
    "strict=yes",
    "data=''",
    "defaults.region=5",
    "thresholds.timely_marks=101",
    "thresholds.timely_marks=-1",
    "thresholds.timely_marks=nan",
    "thresholds.timely_marks=true",
    "thresholds.timely_marks=80%",
    "thresholds.timely_marks=1e-999999999",
    "bands.red_below=[50]",
    "school_activity.components=[]",
    'school_activity.components=["school_activity"]',
    'school_activity.components=["timely_marks", "timely_marks"]',
    'school_activity.components="timely_marks"',
    'teacher_category.categories=[" "]',
    "timetable_filling.min_lessons=0",
    "timetable_filling.min_lessons=8.5",
    "timetable_filling.count=hours",
    "journal_keeping.late_counts=1",
    "timely_marks.deadline=24:00",
    "timely_marks.deadline=21",
    "timely_marks.deadline_two_shifts=13:60",
    "timely_marks.two_shifts_from=0",
    "timely_marks.denominator=some",
    "timely_marks.work_types=[]",
    "timely_marks.aliases.x=Поход",
    "timely_marks.aliases=5",
    "timely_homework.days_before=-1",
    "timely_homework.homework_link=both",
    "timely_homework.recommended_hours=-3",
    "timely_homework.lesson_minutes=0",
    "timely_homework.skip_parallels=[12]",
    "columns.marks.Когда=when",
    "workload.hours_min=169",
    "report.out=''",
    'report.formats=["doc"]',
    "task.identity=mouo",
    "bands=5",
]


@pytest.mark.parametrize("assignment", REFUSED)
def test_a_value_that_is_not_allowed_says_what_is(assignment: str) -> None:
    with pytest.raises(SettingsError) as caught:
        set_to(_bare(assignment))
    error = caught.value
    assert error.code is ExitCode.USAGE
    for message in error.message():
        assert "--set: " in message
        assert 2 <= len(message.split("\n")) <= 3


def _bare(assignment: str) -> str:
    """Cyrillic keys stand in quotes in TOML."""
    return assignment.replace(".Когда=", '."Когда"=')


NEAREST = [
    ("bands.red_bellow=3", "bands.red_below"),
    ("deadline=3", "deadline"),
    ("lang=ru", "language"),
    ("threshold.timely_marks=90", "thresholds"),
    ("thresholds.timely_mark=90", "thresholds.timely_marks"),
    ("timely_mark.deadline=21:00", "timely_marks"),
    ("columns.mark.x=created_at", "columns.marks"),
    ("regions.Урал.treshold.timely_marks=90", "regions.*.thresholds"),
]


@pytest.mark.parametrize(("assignment", "nearest"), NEAREST)
def test_an_unknown_key_names_the_nearest_known_one(assignment: str, nearest: str) -> None:
    with pytest.raises(SettingsError) as caught:
        set_to(assignment.replace("Урал", '"Урал"'))
    named = caught.value.message().en.partition("the nearest known: ")[2]
    assert nearest in named
    assert any(key.startswith(named) for key in known_keys())


@pytest.mark.parametrize(
    ("assignment", "there"),
    [
        ("qqq=1", "[thresholds], [regions], "),
        ("bands.xyzzy=1", "bands.red_below"),
        ("columns.zzz.x=1", "[columns.schools]"),
    ],
)
def test_where_no_key_is_near_it_says_what_there_is(assignment: str, there: str) -> None:
    with pytest.raises(SettingsError) as caught:
        set_to(assignment)
    assert f"there are: {there}" in caught.value.message().en


def test_every_known_key_is_a_key_of_the_settings() -> None:
    top = {field.name for field in dataclasses.fields(Settings)}
    assert {key.partition(".")[0] for key in known_keys()} <= top


def test_shipped_thresholds_and_which_of_them_are_placeholders() -> None:
    settings = Settings()
    published = {
        "timetable_filling": 95,
        "lesson_planning": 100,
        "timely_homework": 70,
        "school_activity": 100,
    }
    assert {key: settings.threshold(key) for key in INDICATOR_KEYS} == {
        key: published.get(key, 80) for key in INDICATOR_KEYS
    }
    assert {key for key in INDICATOR_KEYS if not settings.is_placeholder(key)} == set(published)


def test_a_threshold_that_is_written_is_exact_and_no_placeholder() -> None:
    settings = set_to("thresholds.timely_marks=79.99")
    assert settings.threshold("timely_marks") == Fraction(7999, 100)
    assert not settings.is_placeholder("timely_marks")
    same_as_shipped = set_to("thresholds.timely_marks=80")
    assert not same_as_shipped.is_placeholder("timely_marks")


def test_a_region_has_thresholds_of_its_own() -> None:
    settings = set_to(
        'regions."Озёрная область".thresholds.timely_marks=95', "thresholds.timely_marks=60"
    )
    assert settings.threshold("timely_marks", "озерная  область") == 95
    assert settings.threshold("timely_marks", "Другая") == 60
    assert settings.threshold("timely_marks", None) == 60
    assert settings.threshold("lesson_planning", "Озёрная область") == 100
    assert settings.is_placeholder("journal_keeping", "Озёрная область")
    assert settings.regions_with_thresholds == ("Озёрная область",)


def test_a_threshold_of_one_region_is_no_placeholder_there_alone() -> None:
    settings = set_to('regions."Озёрная область".thresholds.timely_marks=95')
    assert settings.is_placeholder("timely_marks")
    assert not settings.is_placeholder("timely_marks", "Озёрная область")


def test_no_indicator_has_no_threshold() -> None:
    with pytest.raises(KeyError):
        Settings().threshold("attendance")


def test_an_alias_means_a_work_type_however_it_is_written() -> None:
    settings = set_to(
        'timely_marks.aliases."На уроке"="РАБОТА  на уроке"',
        'timely_marks.aliases."Доклад"=Наизусть',
    )
    assert settings.timely_marks.aliases == {"На уроке": "Работа на уроке", "Доклад": "Наизусть"}
    own = set_to('timely_marks.work_types=["Тест"]', "timely_marks.aliases.T=тест")
    assert own.timely_marks.aliases == {"T": "Тест"}


def test_a_header_of_the_file_is_told_its_column() -> None:
    settings = set_to('columns.marks."Когда=поставили"=created_at')
    assert settings.columns == {"marks": {"Когда=поставили": "created_at"}}


@pytest.mark.parametrize("assignment", ["", "x", "=1", "a b=1", "a=1\nb=2"])
def test_an_assignment_is_a_key_and_a_value(assignment: str) -> None:
    with pytest.raises(SettingsError):
        set_to(assignment)


def test_the_last_of_several_assignments_holds() -> None:
    assert set_to("bands.red_below=10", "bands.red_below=20").bands.red_below == 20
