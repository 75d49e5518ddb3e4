from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from monitor_cli.columns import Table
from monitor_cli.dump.find import find
from monitor_cli.dump.parts import Format
from monitor_cli.errors import DumpError

if TYPE_CHECKING:
    from pathlib import Path


def tree(root: Path, *names: str) -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return root


def parts(root: Path) -> dict[str, list[str]]:
    return {
        table.value: [part.path.relative_to(root).as_posix() for part in found]
        for table, found in find(root).parts.items()
    }


def test_files_parts_folders_and_schools_in_the_order_of_their_paths(tmp_path: Path) -> None:
    tree(
        tmp_path,
        "marks-school-2.csv",
        "marks/part-0.parquet",
        "marks/week=2026-11-16/part-0.parquet",
        "school-12/marks.csv",
        "school-12/readme.csv",
        "Школы.CSV",
        "lessons.parquet/part-0.parquet",
        "notes.txt",
        "_SUCCESS",
        "marks/_metadata.parquet",
        ".marks.csv",
    )
    assert parts(tmp_path) == {
        "lessons": ["lessons.parquet/part-0.parquet"],
        "marks": [
            "marks/part-0.parquet",
            "marks/week=2026-11-16/part-0.parquet",
            "marks-school-2.csv",
            "school-12/marks.csv",
        ],
        "schools": ["Школы.CSV"],
    }


def test_a_file_of_another_table_in_a_tables_folder_is_of_its_own(tmp_path: Path) -> None:
    tree(tmp_path, "marks/students.csv", "marks/school-12.csv")
    assert parts(tmp_path) == {"marks": ["marks/school-12.csv"], "students": ["marks/students.csv"]}


def test_hive_levels_come_decoded(tmp_path: Path) -> None:
    tree(tmp_path, "lessons/school_id=1%2F2/class_id=__HIVE_DEFAULT_PARTITION__/a.parquet")
    (part,) = find(tmp_path).parts[Table.LESSONS]
    assert part.hive == (("school_id", "1/2"), ("class_id", None))
    assert part.format is Format.PARQUET


@pytest.mark.parametrize(
    "name",
    [
        "marks (1).csv",
        "marks - копия.csv",
        "Копия marks.csv",
        "marks_old.csv",
        "marks copy.csv",
        "marks.backup.csv",
        "~$marks.xlsx",
        "backup/marks.csv",
        "marks/old/part-0.csv",
    ],
)
def test_copies_are_not_read_and_named(tmp_path: Path, name: str) -> None:
    found = find(tree(tmp_path, name))
    assert found.parts == {}
    assert len(found.copies) == 1
    assert found.copies[0].rstrip("/") in name


def test_words_that_only_hold_a_copys_word_are_no_copies(tmp_path: Path) -> None:
    assert parts(tree(tmp_path, "marks-gold.csv")) == {"marks": ["marks-gold.csv"]}


def test_a_dump_below_a_folder_named_backup_is_read(tmp_path: Path) -> None:
    tree(tmp_path, "backup/marks.csv")
    assert parts(tmp_path / "backup") == {"marks": ["marks.csv"]}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("marks.csv", "marks.parquet"),
        ("marks.csv", "marks.xlsx"),
        ("marks.csv", "marks.csv.gz"),
        ("marks.csv", "оценки.parquet"),
        ("marks/part-0.csv", "marks/part-0.parquet"),
    ],
)
def test_one_part_in_two_formats_is_refused_and_both_are_named(
    tmp_path: Path, first: str, second: str
) -> None:
    with pytest.raises(DumpError) as caught:
        find(tree(tmp_path, first, second))
    message = caught.value.message().en
    assert str(tmp_path / first) in message
    assert str(tmp_path / second) in message
    assert "marks" in message


def test_a_link_back_up_is_not_followed_for_ever(tmp_path: Path) -> None:
    tree(tmp_path, "school-1/marks.csv")
    (tmp_path / "school-1" / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert parts(tmp_path) == {"marks": ["school-1/marks.csv"]}


def test_a_single_file(tmp_path: Path) -> None:
    tree(tmp_path, "marks.csv", "lessons.csv")
    assert list(find(tmp_path / "marks.csv").parts) == [Table.MARKS]


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(DumpError, match="No dump"):
        find(tmp_path / "absent")


def test_names_in_a_message_have_no_control_characters(tmp_path: Path) -> None:
    tree(tmp_path, "marks\x1b[2J.csv", "marks\x1b[2J.parquet")
    with pytest.raises(DumpError) as caught:
        find(tmp_path)
    assert "\x1b" not in caught.value.message().ru
    assert os.sep in caught.value.message().ru
