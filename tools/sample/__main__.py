"""Make the dump, spoil a few rows of it, and write it."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.sample import journal, people, timetable
from tools.sample.world import HEADERS, WORDS, Region, Row, School

SAMPLE = Path(__file__).resolve().parents[2] / "src" / "monitor_cli" / "sample_data"


def make() -> dict[str, list[Row]]:
    """The rows of every table."""
    region = Region()
    for about in WORDS["schools"]:
        school = School(about, region)
        people.make_school(school)
        people.make_classes(school)
        people.make_staff(school)
        people.make_students(school)
        lessons = timetable.make_lessons(school)
        journal.make_journal(school, lessons)
        journal.make_homework(school, lessons)
        journal.make_visits(school)
        journal.make_final_marks(school)
    spoil(region.rows)
    return region.rows


def spoil(rows: dict[str, list[Row]]) -> None:
    """The faults of an ordinary dump, one of each; the registers stay clean."""
    marks, attendance, homework = rows["marks"], rows["attendance"], rows["homework"]
    wrong_hour = next(row for row in marks[3000:] if row[5].startswith("18.11.2026"))
    wrong_hour[5] = "18.11.2026 25:40:00"
    place = next(i for i in range(1500, 3000) if marks[i][4] == "2" and marks[i][5] > "16.11.2026")
    marks.insert(place + 1, [*marks[place][:4], "3", *marks[place][5:]])
    attendance.insert(300, list(attendance[299]))
    no_such_lesson = int(rows["lessons"][-1][0]) + 77
    homework[-100][1] = str(no_such_lesson)


def write(rows: dict[str, list[Row]], folder: Path) -> None:
    """A file a table: UTF-8, semicolons, nothing that would need quotes."""
    for table, header in HEADERS.items():
        lines = [header, *(";".join(row) for row in rows[table])]
        width = header.count(";")
        for number, line in enumerate(lines, start=1):
            if line.count(";") != width or '"' in line or len(line.splitlines()) != 1:
                message = f"{table}, line {number}: needs quotes"
                raise ValueError(message)
        text = "".join(f"{line}\n" for line in lines)
        (folder / f"{table}.csv").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE
    target.mkdir(parents=True, exist_ok=True)
    write(make(), target)
    print(f"Sample dump: {target}")
