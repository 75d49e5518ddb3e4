"""Which names look like others."""

from __future__ import annotations

import pytest

from monitor_cli.checks.names import near, spelled_variously

TRACKED = ("Ответ на уроке", "Поведение", "Работа на уроке", "Наизусть", "Контрольная работа")


@pytest.mark.parametrize(
    ("name", "like"),
    [
        ("Поведение на уроке", "Поведение"),
        ("Отв. на уроке", "Ответ на уроке"),
        ("Ответ", "Ответ на уроке"),
        ("Ответ у доски на уроке", "Ответ на уроке"),
        ("Контр. работа", "Контрольная работа"),
        ("Контрольная  работа № 3", "Контрольная работа"),
        ("Наизуст", "Наизусть"),
        ("Повидение", "Поведение"),
        ("Работа науроке", "Работа на уроке"),
    ],
)
def test_a_name_like_a_tracked_one_is_told(name: str, like: str) -> None:
    assert near(name, TRACKED) == like


@pytest.mark.parametrize(
    "name",
    [
        "Поведение",
        "  поведение ",
        "ОТВЕТ  НА УРОКЕ",
        "Домашняя работа",
        "Диктант",
        "Тест",
        "Самостоятельная",
        "О",
        "5",
        "…",
        "",
    ],
)
def test_a_tracked_name_and_one_of_its_own_are_not(name: str) -> None:
    assert near(name, TRACKED) is None


def test_of_several_the_nearest_is_told() -> None:
    assert near("Работа на урок", ("Ответ на уроке", "Работа на уроке")) == "Работа на уроке"


def test_spellings_of_one_name_are_brought_together() -> None:
    names = ["Алгебра", "алгебра", "Черчение", "ЗАЧЁТ", "Зачет", "Английский  язык", "Физика"]
    assert spelled_variously(names) == [("Алгебра", "алгебра"), ("ЗАЧЁТ", "Зачет")]
