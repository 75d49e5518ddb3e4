"""The rows that indicators count: classes, lessons, marks, homework, from the checked tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import polars as pl

from monitor_cli.clock import days_after, hours_after
from monitor_cli.columns import Table
from monitor_cli.language import normalised
from monitor_cli.levels import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from monitor_cli.clock import Week
    from monitor_cli.dump.dump import Dump
    from monitor_cli.engine.query import Query
    from monitor_cli.settings import Settings

MOMENT = pl.Datetime("us")
ABSENT = ("absent", "ill", "pass")
KEYED: Literal["m:m"] = "m:m"
"""For joins of facts to their lessons, whose ids the dump has checked to be different: to check
them here again would take the join off the streaming engine, at twice the time."""


def keys_asked(query: Query) -> tuple[str, ...]:
    """The keys of a lesson, and so of its marks and homework, that the level and filters need."""
    asked = ["week", "school_id"]
    if query.level in (Level.PARALLEL, Level.CLASS) or query.classes:
        asked += ["parallel", "class_id"]
    if query.level is Level.SUBJECT or query.subjects:
        asked.append("subject")
    if query.level is Level.TEACHER or query.teachers:
        asked.append("teacher_id")
    return tuple(asked)


def in_weeks(column: str, weeks: Iterable[Week]) -> pl.Expr:
    """Whether the Monday in `column` is that of one of `weeks`."""
    return pl.col(column).is_in([week.monday for week in weeks])


def covered_weeks(dump: Dump) -> frozenset[date]:
    """The Mondays of the weeks in which the dump has a lesson row, cancelled or not."""
    mondays = (
        dump.tables[Table.LESSONS].frame.select(pl.col("date").dt.truncate("1w").unique()).collect()
    )
    return frozenset(mondays["date"].to_list())


def lessons(dump: Dump, since: Week) -> pl.DataFrame:
    """The lessons that are not cancelled, from the Monday of `since` on.

    Returns:
        One row a lesson: `lesson_id`, `school_id`, `class_id`, `teacher_id` (the substitute where
        there is one) ids; `parallel` Int64; `subject`, `group`, `number` String; `date`, `week`
        (its Monday) Date; `starts_at`, `ends_at` Time; `has_topic`, `has_comment`,
        `is_conducted` Boolean.
    """
    parallels = dump.tables[Table.CLASSES].frame.select("class_id", "parallel")
    return (
        dump.tables[Table.LESSONS]
        .frame.filter(
            pl.col("date") >= since.monday, pl.col("is_cancelled").fill_null(value=False).not_()
        )
        .join(parallels, on="class_id", how="left", validate="m:1")
        .select(
            "lesson_id",
            "school_id",
            "class_id",
            "parallel",
            "subject",
            "group",
            "number",
            "date",
            "starts_at",
            "ends_at",
            teacher_id=pl.coalesce("substitute_id", "teacher_id"),
            week=pl.col("date").dt.truncate("1w"),
            has_topic=pl.col("topic").is_not_null(),
            has_comment=pl.col("comment").is_not_null(),
            is_conducted=pl.col("is_conducted").fill_null(value=False),
        )
        .collect()
    )


def classes(dump: Dump, weeks: Iterable[Week]) -> pl.DataFrame:
    """Each class in each of `weeks`.

    Returns:
        `week` Date, `class_id`, `school_id`, `class`, `parallel`, `shift`, `active` Boolean.
    """
    table = dump.tables[Table.CLASSES].frame.collect()
    archived = (pl.col("status") == "archive").fill_null(value=False)
    return pl.concat(
        table.select(
            "class_id",
            "school_id",
            "class",
            "parallel",
            "shift",
            week=pl.lit(week.monday),
            active=~archived & (pl.col("study_year") == week.school_year).fill_null(value=True),
        )
        for week in weeks
    )


def shifts(schools: pl.DataFrame, classes: pl.DataFrame) -> pl.DataFrame:
    """How many shifts each school has in each week.

    Where the register does not say: the number of different shifts of the active classes, else
    one (`dump.md`, «What can be wrong with it»).

    Returns:
        `week` Date, `school_id`, `shifts` Int64, `unknown` Boolean (neither of them says).
    """
    seen = (
        classes.filter(pl.col("active"), pl.col("shift").is_not_null())
        .group_by("week", "school_id")
        .agg(seen=pl.col("shift").n_unique().cast(pl.Int64))
    )
    return (
        classes.select(pl.col("week").unique())
        .join(schools.select("school_id", "shifts"), how="cross")
        .join(seen, on=["week", "school_id"], how="left", validate="1:1")
        .select(
            "week",
            "school_id",
            shifts=pl.coalesce("shifts", "seen", 1),
            unknown=pl.coalesce("shifts", "seen").is_null(),
        )
    )


def class_rows(
    classes: pl.DataFrame, lessons: pl.DataFrame, weeks: Iterable[Week], rules: Settings
) -> pl.DataFrame:
    """The rows of `Fact.CLASSES`.

    Returns:
        `week`, `school_id`, `class_id`, `parallel`, `active` Boolean, `lessons` Int64: rows, or
        different (date, number) where the rules count slots.
    """
    counted = (
        pl.struct("date", "number").n_unique()
        if rules.timetable_filling.count == "slots"
        else pl.len()
    )
    held = (
        lessons.filter(in_weeks("week", weeks))
        .group_by("week", "class_id")
        .agg(lessons=counted.cast(pl.Int64))
    )
    return classes.join(held, on=["week", "class_id"], how="left", validate="1:1").select(
        "week", "school_id", "class_id", "parallel", "active", pl.col("lessons").fill_null(0)
    )


def _is_homework(dump: Dump) -> pl.Expr:
    """Whether a row of homework is one: with text or files, or of a table without such a column."""
    if Table.HOMEWORK in dump.tables and "text" not in dump.tables[Table.HOMEWORK].columns:
        return pl.lit(value=True)
    return pl.col("text").is_not_null() | pl.col("has_files").fill_null(value=False)


def lesson_rows(
    dump: Dump, lessons: pl.DataFrame, keys: Sequence[str], weeks: Iterable[Week]
) -> pl.DataFrame:
    """The rows of `Fact.LESSONS`: the lessons of `weeks` with what each of them bears.

    Returns:
        `keys` and the columns of `indicators.facts.Lesson`.
    """
    return lessons.filter(in_weeks("week", weeks)).select(
        *keys,
        "has_topic",
        "has_comment",
        "is_conducted",
        has_mark=_bears(dump, Table.MARKS, pl.lit(value=True)),
        has_absence=_bears(dump, Table.ATTENDANCE, pl.col("status").is_in(ABSENT)),
        was_late=_bears(dump, Table.ATTENDANCE, pl.col("status") == "late"),
        has_homework=_bears(dump, Table.HOMEWORK, _is_homework(dump)),
    )


def _bears(dump: Dump, table: Table, where: pl.Expr) -> pl.Expr:
    """Whether a lesson has a row in `table` that is `where`; without the table none has."""
    if table not in dump.tables:
        return pl.lit(value=False)
    ids = dump.tables[table].frame.filter(where).select(pl.col("lesson_id").unique()).collect()
    return pl.col("lesson_id").is_in(ids.to_series().implode())


def marked_lessons(
    lessons: pl.DataFrame,
    shifts: pl.DataFrame,
    keys: Sequence[str],
    weeks: Iterable[Week],
    rules: Settings,
) -> pl.DataFrame:
    """What a mark takes from its lesson.

    Returns:
        `lesson_id`, `keys`, `two_shifts`, `day` and `monday` as in `indicators.facts.Mark`.
    """
    at_school = shifts.select(
        "week",
        "school_id",
        two_shifts=pl.col("shifts") >= rules.timely_marks.two_shifts_from,
    )
    held = lessons.filter(in_weeks("week", weeks)).join(
        at_school, on=["week", "school_id"], how="left", validate="m:1"
    )
    return held.select(
        "lesson_id",
        "two_shifts",
        *keys,
        day=pl.col("date").cast(MOMENT),
        monday=pl.col("week").cast(MOMENT),
    )


def mark_rows(dump: Dump, lessons: pl.DataFrame, rules: Settings) -> pl.LazyFrame:
    """The rows of `Fact.MARKS`: the marks for `lessons` (`marked_lessons`), entered whenever.

    Returns:
        The keys of `lessons` and the columns of `indicators.facts.Mark`.
    """
    marks = dump.tables[Table.MARKS].frame
    return marks.select(
        "lesson_id",
        tracked=pl.col("work_type").is_in(_tracked(marks, rules)).fill_null(value=False),
        created="created_at",
        updated=pl.when("updated_at_has_time").then("updated_at"),
        has_time="created_at_has_time",
    ).join(lessons.lazy(), on="lesson_id", how="inner", validate=KEYED)


def _tracked(marks: pl.LazyFrame, rules: Settings) -> list[str]:
    """The spellings in the dump of the tracked work types and their aliases."""
    rule = rules.timely_marks
    types = {normalised(name) for name in rule.work_types}
    types |= {
        normalised(alias) for alias, name in rule.aliases.items() if normalised(name) in types
    }
    spellings = marks.select(pl.col("work_type").unique()).collect().to_series()
    return [text for text in spellings if text is not None and normalised(text) in types]


def homework_rows(
    dump: Dump, lessons: pl.DataFrame, keys: Sequence[str], weeks: Sequence[Week], rules: Settings
) -> pl.DataFrame:
    """The rows of `Fact.HOMEWORK`: each lesson in its own week and, `follows`, in the one before.

    Returns:
        `keys` and the columns of `indicators.facts.Homework`.
    """
    rule = rules.timely_homework
    rows = _in_series(lessons)
    given = (
        dump.tables[Table.HOMEWORK]
        .frame.filter(_is_homework(dump))
        .select(
            "lesson_id",
            issued=pl.when("issued_at_has_time").then("issued_at"),
            updated=pl.when(pl.col("issued_at_has_time") & pl.col("updated_at_has_time")).then(
                "updated_at"
            ),
        )
    )
    if rule.homework_link == "given":
        link, of_homework, day = "lesson_id", pl.col("lesson_id"), pl.col("day")
    else:
        link, of_homework, day = "meeting", pl.col("meeting") - 1, pl.col("previous_day")
    opens = days_after(day, -rule.days_before)
    issued = (
        given.join(rows.lazy(), on="lesson_id", how="inner", validate=KEYED)
        .filter(day.is_not_null())
        .select(
            of_homework.alias(link),
            issued=pl.min_horizontal(
                pl.when(pl.col(name) >= opens).then(name) for name in ("issued", "updated")
            ),
            undated=pl.col("issued").is_null(),
        )
        .group_by(link)
        .agg(pl.col("issued").min(), pl.col("undated").sum().cast(pl.Int64))
        .collect()
    )
    start = pl.col("date").dt.combine(pl.col("starts_at"))
    ends = pl.coalesce(
        pl.col("date").dt.combine(pl.col("ends_at")),
        hours_after(start, rule.lesson_minutes / 60),
    )
    counted = rows.filter(in_weeks("week", {*weeks, *(week.next for week in weeks)}))
    if rule.skip_parallels:
        skipped = pl.col("parallel").is_in(list(rule.skip_parallels)).fill_null(value=False)
        counted = counted.filter(~skipped)
    counted = counted.join(issued, on=link, how="left", validate="m:1").select(
        *keys,
        "day",
        "issued",
        pl.col("undated").fill_null(0),
        ends=ends.cast(MOMENT),
    )
    both = pl.concat(
        [
            counted.with_columns(follows=pl.lit(value=False)),
            counted.with_columns(
                week=pl.col("week").dt.offset_by("-1w"), follows=pl.lit(value=True)
            ),
        ]
    )
    return both.filter(in_weeks("week", weeks))


def _in_series(lessons: pl.DataFrame) -> pl.DataFrame:
    """Add `day`, the number `meeting` and the `previous_day` of each lesson's series.

    A series is a class, subject and group; a meeting, its lessons of one day. Meetings are
    numbered through, day by day within a series: where there is a `previous_day`, the meeting
    before has the number before, and its next lessons are these.
    """
    codes = _codes(lessons)
    classes = lessons.select(pl.col("class_id").unique()).with_row_index("class_number")
    subject, group = (
        pl.col(name).replace_strict(codes, default=0, return_dtype=pl.Int64)
        for name in ("subject", "group")
    )
    width = len(codes) + 1
    placed = (
        lessons.join(classes, on="class_id", how="left", validate="m:1", maintain_order="left")
        .select(
            series=(pl.col("class_number").cast(pl.Int64) * width + subject) * width + group,
            day=pl.col("date").cast(MOMENT),
        )
        .with_row_index("row")
        .sort("series", "day")
    )
    goes_on = (pl.col("series") == pl.col("series").shift(1)).fill_null(value=False)
    first = ~goes_on | (pl.col("day") != pl.col("day").shift(1))
    placed = placed.with_columns(
        first=first,
        meeting=first.cast(pl.Int64).cum_sum(),
        previous_day=pl.when(goes_on).then(pl.col("day").shift(1)),
    )
    previous = placed.filter("first")["previous_day"]
    placed = placed.with_columns(previous_day=previous.gather(placed["meeting"] - 1)).sort("row")
    return lessons.hstack(placed.select("day", "meeting", "previous_day"))


def _codes(lessons: pl.DataFrame) -> dict[str, int]:
    """A number from 1 on for each subject or group: the spellings of one name share it."""
    spellings = lessons.select(pl.concat([pl.col("subject"), pl.col("group")]).unique()).to_series()
    numbers: dict[str, int] = {}
    return {
        spelling: numbers.setdefault(normalised(spelling), len(numbers) + 1)
        for spelling in spellings.drop_nulls().sort()
    }
