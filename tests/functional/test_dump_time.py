"""Event times come out as the local time of the row's school."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import polars as pl
import pytest

from monitor_cli.columns import Table
from monitor_cli.dump.dump import ReadOptions
from monitor_cli.errors import SettingsError
from tests.unit.dump.dumps import LESSONS, SCHOOLS, STUDENTS, column, frame, loaded, marks, reasons

if TYPE_CHECKING:
    from pathlib import Path

AT_NINE = datetime(2026, 11, 16, 21)


def created(
    folder: Path, stamps: list[str], lesson: int = 200, options: ReadOptions | None = None
) -> list[object]:
    rows = [f"{n},{lesson},8,а,{stamp}" for n, stamp in enumerate(stamps)]
    return column(loaded(folder, {"marks.csv": marks(rows)}, options), Table.MARKS, "created_at")


def test_offsets_and_zones_are_mixed_in_one_column(tmp_path: Path) -> None:
    stamps = [
        "2026-11-16 21:00:00",
        "2026-11-16T16:00:00Z",
        "2026-11-16 19:00:00+03:00",
        "2026-11-16T19:00:00.000+0300",
        "16.11.2026 21:00",
        "2026-11-16 21:00+05",
        "2026-11-17T01:00:00+09:00",
    ]
    assert created(tmp_path, stamps) == [AT_NINE] * len(stamps)


def test_each_row_goes_by_the_clock_of_its_school(tmp_path: Path) -> None:
    rows = ["1,100,7,а,2026-11-16T18:00:00Z", "2,200,8,а,2026-11-16T18:00:00Z"]
    dump = loaded(tmp_path, {"marks.csv": marks(rows)})
    assert column(dump, Table.MARKS, "created_at") == [AT_NINE, datetime(2026, 11, 16, 23)]


def test_staff_and_logins_go_by_their_own_school(tmp_path: Path) -> None:
    dump = loaded(
        tmp_path,
        {
            "staff.csv": "person_id,school_id,activated_at\n"
            "1,1,2026-11-16T18:00Z\n1,2,2026-11-16T18:00Z\n",
            "logins.csv": "person_id,school_id,role,logged_at\n1,2,teacher,2026-11-16T18:00Z\n",
        },
    )
    later = datetime(2026, 11, 16, 23)
    assert column(dump, Table.STAFF, "activated_at") == [AT_NINE, later]
    assert column(dump, Table.LOGINS, "logged_at") == [later]


@pytest.mark.parametrize("zone", ["UTC+5", "+05:00", "МСК+2", "Asia/Yekaterinburg", "UTC+05:00"])
def test_zones_by_name_and_by_offset(tmp_path: Path, zone: str) -> None:
    schools = SCHOOLS.replace("Asia/Yekaterinburg", zone)
    rows = marks(["1,200,8,а,2026-11-16T16:00:00Z"])
    dump = loaded(tmp_path, {"schools.csv": schools, "marks.csv": rows})
    assert column(dump, Table.MARKS, "created_at") == [AT_NINE]


def test_the_config_names_the_zone_of_schools_without_one(tmp_path: Path) -> None:
    stamps = ["2026-11-16T12:00:00Z"]
    assert created(tmp_path, stamps, 100) == [datetime(2026, 11, 16, 15)]
    options = ReadOptions(timezone="Asia/Vladivostok")
    assert created(tmp_path, stamps, 100, options) == [datetime(2026, 11, 16, 22)]


def test_a_declared_source_zone_is_for_times_of_day_without_an_offset(tmp_path: Path) -> None:
    stamps = ["2026-11-16 16:00:00", "2026-11-16T21:00:00+05:00", "2026-11-16"]
    expected = [AT_NINE, AT_NINE, datetime(2026, 11, 16)]
    assert created(tmp_path, stamps, options=ReadOptions(source_tz="UTC")) == expected
    stamps[0] = "2026-11-16 19:00:00"
    for source in ("Europe/Moscow", "UTC+3", "+03:00"):
        assert created(tmp_path, stamps, options=ReadOptions(source_tz=source)) == expected


def test_days_and_lesson_hours_are_local_whatever_the_source_zone(tmp_path: Path) -> None:
    lessons = (
        "lesson_id,class_id,subject,date,starts_at\n200,20,Физика,2026-11-16,2026-11-16 08:30\n"
    )
    dump = loaded(tmp_path, {"lessons.csv": lessons}, ReadOptions(source_tz="UTC"))
    row = frame(dump, Table.LESSONS).row(0, named=True)
    assert (str(row["date"]), str(row["starts_at"])) == ("2026-11-16", "08:30:00")


def test_hours_that_the_source_clock_skips_or_repeats(tmp_path: Path) -> None:
    rows = ["1,100,7,а,2026-03-29 02:30", "2,100,7,а,2026-10-25 02:30"]
    files = {"marks.csv": marks(rows)}
    dump = loaded(tmp_path, files, ReadOptions(source_tz="Europe/Berlin"))
    assert reasons(dump, Table.MARKS) == {"bad_timestamp": 1}
    assert column(dump, Table.MARKS, "created_at") == [datetime(2026, 10, 25, 3, 30)]
    assert loaded(tmp_path, files).problems == ()


@pytest.mark.parametrize("options", [ReadOptions(timezone="Луна"), ReadOptions(source_tz="Луна")])
def test_zones_of_the_config_that_are_none(tmp_path: Path, options: ReadOptions) -> None:
    with pytest.raises(SettingsError, match="Луна"):
        loaded(tmp_path, {}, options)


def test_bare_dates_have_no_time_and_are_not_converted(tmp_path: Path) -> None:
    rows = ["1,200,8,а,2026-11-16", "2,200,8,а,2026-11-16T00:00:00Z", "3,200,8,а,16.11.2026 0:00"]
    table = frame(loaded(tmp_path, {"marks.csv": marks(rows)}), Table.MARKS)
    assert table["created_at"].to_list() == [
        datetime(2026, 11, 16),
        datetime(2026, 11, 16, 5),
        datetime(2026, 11, 16),
    ]
    assert table["created_at_has_time"].to_list() == [False, True, True]


@pytest.mark.parametrize(
    ("stamps", "midnight"),
    [
        (["2026-11-16", "2026-11-17"], True),
        (["2026-11-16 00:00:00", "2026-11-17"], True),
        (["2026-11-16T00:00:00Z", "2026-11-17T00:00:00+03:00"], True),
        (["2026-11-16 00:00:00", "2026-11-17 00:00:01"], False),
        (["2026-11-15T21:00:00Z", "2026-11-17"], False),
        ([], False),
    ],
)
def test_a_column_of_midnights_as_written_is_told(
    tmp_path: Path, stamps: list[str], midnight: bool
) -> None:
    rows = [f"{n},200,8,а,{stamp}" for n, stamp in enumerate(stamps)]
    dump = loaded(tmp_path, {"marks.csv": marks(rows)})
    assert dump.tables[Table.MARKS].midnight == (frozenset({"created_at"}) if midnight else set())


def test_only_used_rows_decide_on_midnight(tmp_path: Path) -> None:
    rows = ["1,200,8,а,2026-11-16", "2,999,8,а,2026-11-16 10:00:00"]
    dump = loaded(tmp_path, {"marks.csv": marks(rows)})
    assert dump.tables[Table.MARKS].midnight == {"created_at"}


def test_views_of_a_student_of_two_schools_are_there_for_both(tmp_path: Path) -> None:
    views = (
        "student_id,viewer_role,viewed_at\n9,parent,2026-11-22T20:30:00Z\n7,student,2026-11-16\n"
    )
    dump = loaded(tmp_path, {"students.csv": STUDENTS, "diary_views.csv": views})
    table = frame(dump, Table.DIARY_VIEWS).sort("student_id", "school_id")
    assert table.select("student_id", "school_id", "viewed_at").rows() == [
        (7, 1, datetime(2026, 11, 16)),
        (9, 1, datetime(2026, 11, 22, 23, 30)),
        (9, 2, datetime(2026, 11, 23, 1, 30)),
    ]
    counts = dump.tables[Table.DIARY_VIEWS].counts
    assert (counts.read, counts.used) == (2, 2)


def test_aware_timestamps_of_parquet_have_their_offset_known(tmp_path: Path) -> None:
    stamp = datetime(2026, 11, 16, 19, tzinfo=timezone(timedelta(hours=3)))
    pl.DataFrame(
        {
            "mark_id": [1],
            "lesson_id": [200],
            "student_id": [8],
            "work_type": ["а"],
            "created_at": [stamp],
        }
    ).write_parquet(tmp_path / "marks.parquet")
    dump = loaded(tmp_path, {"lessons.csv": LESSONS})
    assert column(dump, Table.MARKS, "created_at") == [AT_NINE]
