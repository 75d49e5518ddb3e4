"""An imported dump prints the bytes of the dump, and each week is as the last dump had it."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor_cli.cli import main
from monitor_cli.dataset import building, gathering, reading
from monitor_cli.dump import blocks, delimited, passing
from monitor_cli.errors import ExitCode
from tests.generative import csvfiles
from tests.generative.configs import toml
from tests.generative.strategies import Drawn, dumps
from tests.imports import imported_into

if TYPE_CHECKING:
    Captured = pytest.CaptureFixture[str]

pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")

LEVELS = ("region", "school", "class", "subject", "teacher")
BLOCKS = (None, 1, 200)
"""None: tables are held. Else they pass by in blocks of a line, or of some lines."""
_RUNS = settings(
    max_examples=max(settings().max_examples // 3, 1),
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
        HealthCheck.function_scoped_fixture,
    ],
)


def _said(capfd: Captured, *words: str) -> tuple[int, str]:
    code = main([*words])
    return code, capfd.readouterr().out


@settings(_RUNS)
@given(
    drawn=dumps(),
    dress=csvfiles.DRESSES,
    level=st.sampled_from(LEVELS),
    block=st.sampled_from(BLOCKS),
)
def test_an_imported_dump_prints_the_same_bytes(
    drawn: Drawn, dress: csvfiles.Dress, level: str, block: int | None, capfd: Captured
) -> None:
    with tempfile.TemporaryDirectory() as name:
        dump, dataset, config = (Path(name) / part for part in ("dump", "dataset", "monitor.toml"))
        dump.mkdir()
        csvfiles.write(drawn, dress, dump)
        config.write_text(toml(drawn.config), encoding="utf-8")
        week = ["week", "--json", "--date", drawn.day.isoformat(), "--level", level]
        expected = _said(capfd, *week, "--config", str(config), "--data", str(dump))
        with pytest.MonkeyPatch.context() as patch:
            if block is not None:
                patch.setattr(passing, "LARGE", 0)
                patch.setattr(blocks, "SIZE", block)
                patch.setattr(delimited, "SMALL", 0)
                patch.setattr(reading, "PIECE_ROWS", 2)
                _hold_little(patch)
                passed = _said(capfd, *week, "--config", str(config), "--data", str(dump))
                assert passed == expected
            order = ["import", str(dump), "-o", str(dataset), "--config", str(config)]
            imported, _ = _said(capfd, *order)
            assert imported == expected[0]
            if imported == ExitCode.DONE:
                found = _said(capfd, *week, "--config", str(config), "--data", str(dataset))
                assert found == expected


def _hold_little(patch: pytest.MonkeyPatch) -> None:
    """Put every row aside, by single schools, and write small files."""
    patch.setattr(gathering, "BUFFERED", 0)
    patch.setattr(gathering, "SCHOOLS_A_BLOCK", 1)
    patch.setattr(building, "ROWS_A_FILE", 2)
    patch.setattr(building, "ROWS_A_REGISTER", 2)


# A model of replacement, in plain Python: what is in the dataset after some dumps.

WEEKS = tuple(date(2026, 11, 9) + timedelta(days=7 * week) for week in range(3))
SCHOOLS = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Export:
    """A dump of a few schools: lessons by id with their weeks, a mark for some of them, views.

    A lesson's school is the first digit of its id. Marks are None where the dump has no such table.
    """

    lessons: dict[int, date]
    marks: frozenset[int] | None
    views: frozenset[tuple[int, date]] | None
    students: frozenset[int]

    def write(self, folder: Path) -> Path:
        """As CSV."""
        folder.mkdir()
        tables = {
            "schools": ["school_id,municipality", *(f"{school},М" for school in SCHOOLS)],
            "classes": ["class_id,school_id", *(f"{school}0,{school}" for school in SCHOOLS)],
            "students": ["person_id,school_id,class_id"],
            "lessons": ["lesson_id,class_id,subject,date"],
        }
        tables["students"] += [f"{one},{one // 100},{one // 100}0" for one in self.students]
        tables["lessons"] += [
            f"{lesson},{lesson // 100}0,Алгебра,{week + timedelta(days=lesson % 7)}"
            for lesson, week in self.lessons.items()
        ]
        if self.marks is not None:
            tables["marks"] = ["mark_id,lesson_id,student_id,work_type,created_at"]
            tables["marks"] += [f"{one}7,{one},100,Ответ,{WEEKS[0]} 10:00" for one in self.marks]
        if self.views is not None:
            tables["diary_views"] = ["student_id,viewer_role,viewed_at"]
            tables["diary_views"] += [
                f"{student},parent,{week} 10:00" for student, week in self.views
            ]
        for name, lines in tables.items():
            (folder / f"{name}.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
        return folder


@st.composite
def exports(draw: st.DrawFn) -> Export:
    """Lessons move between weeks from dump to dump, vanish, and come back."""
    ids = st.sampled_from([school * 100 + number for school in SCHOOLS for number in range(4)])
    lessons = draw(st.dictionaries(ids, st.sampled_from(WEEKS), min_size=1, max_size=8))
    marked = st.frozensets(st.sampled_from(sorted(lessons)))
    students = draw(st.frozensets(ids, min_size=1, max_size=4))
    seen = st.frozensets(st.tuples(st.sampled_from(sorted(students)), st.sampled_from(WEEKS)))
    return Export(lessons, draw(st.none() | marked), draw(st.none() | seen), students)


@dataclass(frozen=True, slots=True)
class Model:
    """Lessons, marked lessons and views with their weeks, students: ids only."""

    lessons: dict[int, date]
    marks: dict[int, date]
    views: frozenset[tuple[int, date]]
    students: frozenset[int]

    def after(self, export: Export) -> Model:
        """«For each table and school, the weeks that the new dump holds are replaced whole.»"""
        held = {(lesson // 100, week) for lesson, week in export.lessons.items()}

        def kept(rows: dict[int, date]) -> dict[int, date]:
            return {
                lesson: week
                for lesson, week in rows.items()
                if (lesson // 100, week) not in held and lesson not in export.lessons
            }

        lessons = {**kept(self.lessons), **export.lessons}
        if export.marks is None:
            marks = {lesson: lessons[lesson] for lesson in self.marks if lesson in lessons}
        else:
            marks = {**kept(self.marks), **{one: export.lessons[one] for one in export.marks}}
        views = self.views
        if export.views is not None:
            seen = {(student // 100, week) for student, week in export.views}
            views = export.views | {one for one in views if (one[0] // 100, one[1]) not in seen}
        schools = {one // 100 for one in (*export.students, *export.lessons)}
        others = {one for one in self.students if one // 100 not in schools}
        return Model(lessons, marks, frozenset(views), export.students | others)


def _held(dataset: Path) -> Model:
    """What the files say, read by their glob as another engine would."""
    newest = max((dataset / "snapshots").iterdir())

    def rows(table: str, *columns: str) -> list[tuple[int, date]]:
        if not (newest / table).exists():
            return []
        scan = pl.scan_parquet(f"{newest}/{table}/**/*.parquet", hive_partitioning=True)
        whole = scan.with_columns(pl.col("week").cast(pl.Date)).collect()
        # A week is in the order of schools from file to file.
        assert whole.group_by("week").agg(pl.col("school_id").diff().min() >= 0)["school_id"].all()
        frame = whole.select(*columns, "week")
        assert frame.is_unique().all()
        return list(frame.iter_rows())

    students = pl.read_parquet(newest / "students*.parquet")["person_id"]
    assert students.is_unique().all()
    return Model(
        dict(rows("lessons", "lesson_id")),
        dict(rows("marks", "lesson_id")),
        frozenset(rows("diary_views", "student_id")),
        frozenset(students),
    )


@settings(_RUNS)
@given(
    sequence=st.lists(st.lists(exports(), min_size=1, max_size=2), min_size=1, max_size=4),
    little=st.booleans(),
)
def test_the_weeks_that_a_dump_holds_are_replaced_whole(
    sequence: list[list[Export]], *, little: bool
) -> None:
    expected = Model({}, {}, frozenset(), frozenset())
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        if little:
            _hold_little(patch)
        dataset = Path(name) / "dataset"
        for number, together in enumerate(sequence):
            folders = [
                export.write(Path(name) / f"{number}-{place}")
                for place, export in enumerate(together)
            ]
            imported_into(dataset, *folders)
            for export in together:
                expected = expected.after(export)
            assert _held(dataset) == expected
