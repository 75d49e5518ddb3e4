"""Whose counts and warnings stand when the rows of several dumps are side by side."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

from monitor_cli.columns import Table
from monitor_cli.dataset import layout, standing
from monitor_cli.dataset.manifest import MIDNIGHT, TIMED, File, Manifest, Source, TableCounts
from monitor_cli.dump.notices import unknown_reference, unknown_role
from monitor_cli.language import same
from monitor_cli.result import Notice, Problem

COUNTS = TableCounts(
    ("mark_id",), {"created_at": TIMED}, 5, 3, 1, 1, {"bad_date": 1, "repeated": 1}
)
COPY = Notice("not_read", same("marks (1).csv"))
STUDENT = unknown_reference("marks.student_id", "students", 2)
FIRST = Source(1, 1, "school", sample=False, tables={Table.MARKS: COUNTS}, notices=(COPY, STUDENT))
SECOND = replace(
    FIRST,
    number=2,
    tables={
        Table.MARKS: replace(COUNTS, columns=("value",), stamps={"created_at": MIDNIGHT}),
        Table.STAFF: COUNTS,
    },
    notices=(STUDENT, unknown_role(3)),
)
BOTH = (FIRST, SECOND)
MARKS = frozenset({Table.MARKS})
ALL = frozenset(Table)


def test_counts_stand_while_something_of_the_dump_is_held() -> None:
    assert standing.left_standing(BOTH, {(1, Table.MARKS), (2, Table.MARKS)}) == BOTH
    left = standing.left_standing(BOTH, {(2, Table.MARKS)})
    assert [source.number for source in left] == [2]


def test_the_last_dump_that_brought_a_table_stands_even_if_none_of_its_rows_was_good() -> None:
    assert standing.left_standing(BOTH, set()) == (SECOND,)
    # Of the first dump nothing is left but marks, and of these the second is the last word.
    without_marks = replace(SECOND, tables={Table.STAFF: COUNTS}, notices=(unknown_role(3),))
    assert standing.left_standing((FIRST, without_marks), set()) == (FIRST, without_marks)


def test_problems_of_standing_dumps_are_added_up() -> None:
    assert standing.problems_of(BOTH, MARKS) == (
        Problem("marks", "bad_date", 2),
        Problem("marks", "repeated", 2),
    )
    assert standing.counts_of(BOTH, Table.MARKS).read == 10
    assert standing.columns_of(BOTH, Table.MARKS) == {"mark_id", "value"}


def test_warnings_of_one_column_become_one_and_need_the_tables_they_are_about() -> None:
    added = unknown_reference("marks.student_id", "students", 4)
    assert standing.notices_of(BOTH, ALL) == (COPY, unknown_role(3), added)
    assert standing.notices_of(BOTH, MARKS) == (COPY,)
    assert standing.notices_of(BOTH, MARKS | {Table.STUDENTS}) == (COPY, added)


def test_times_are_midnight_only_where_no_dump_has_an_hour() -> None:
    assert standing.midnight_of([SECOND], Table.MARKS) == {"created_at"}
    assert standing.midnight_of(BOTH, Table.MARKS) == frozenset()


def test_a_manifest_comes_back_as_it_was() -> None:
    manifest = Manifest(
        7,
        datetime(2026, 11, 16, 12, tzinfo=UTC),
        "Europe/Moscow",
        frozenset({"lesson"}),
        BOTH,
        (
            File("marks/week=2026-11-16/part-0000.parquet", Table.MARKS, date(2026, 11, 16), 3, 99),
            File("staff.parquet", Table.STAFF, None, 0, 12),
        ),
    )
    text = json.dumps(manifest.to_json(layout.FORMAT))
    assert Manifest.from_json(json.loads(text)) == manifest
    assert manifest.tables == (Table.STAFF, Table.MARKS)
