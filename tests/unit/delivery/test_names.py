"""What files of a report are called: legible, unique, allowed on every system."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor_cli.delivery.names import NAMELESS, file_names, legible
from monitor_cli.language import Language

KEYS = ("municipality", "region")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Тихоборский район", "Тихоборский район"),
        ("г. о. Ёлкин", "г. о. Ёлкин"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\Windows", "C__Windows"),
        ("CON", "CON_"),
        ("nul.район", "nul.район_"),
        ("Район.", "Район"),
        (" .. ", NAMELESS.ru),
        ("", NAMELESS.ru),
        ("-rf", "rf"),
        ("а\u202eб\nв", "а_б_в"),
        ("Index", "Index_"),
    ],
)
def test_a_name_is_legible_and_leads_nowhere(text: str, name: str) -> None:
    assert legible(text, Language.RU) == name


def test_namesakes_are_told_apart_by_the_region_then_by_a_number() -> None:
    places: list[dict[str, object]] = [
        {"municipality": "Северный", "region": "А"},
        {"municipality": "северный", "region": "Б"},
        {"municipality": "Южный", "region": "А"},
        {"municipality": None, "region": "А"},
        {"municipality": "Южный/", "region": "А"},
        {"municipality": "Южный:", "region": "А"},
    ]
    assert file_names(places, KEYS, Language.RU) == [
        "Северный (А)",
        "северный (Б)",
        "Южный",
        "без названия",
        "Южный_ (А)",
        "Южный_ (А) (2)",
    ]


@given(
    st.lists(
        st.fixed_dictionaries(
            {"municipality": st.none() | st.text(max_size=300), "region": st.none() | st.text()}
        ),
        max_size=8,
    )
)
def test_whatever_places_are_called_no_two_files_are_one(places: list[dict[str, str]]) -> None:
    names = file_names(places, KEYS, Language.EN)
    assert len({name.casefold() for name in names}) == len(places)
    for name in names:
        assert name == name.strip(" .")
        assert 0 < len(name.encode()) <= 200
        assert not set(name) & set('<>:"/\\|?*\n\r\t\x00')
        assert not name.startswith("-")
