"""«Загруженность учителей» in plain Python, lesson by lesson."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from tests.generative.reference import rules as ruling
from tests.generative.reference.counting import Counting
from tests.generative.reference.places import order
from tests.generative.reference.tables import Cells, check
from tests.generative.reference.world import Lesson, World

if TYPE_CHECKING:
    from collections.abc import Iterator

READ = {"schools", "classes", "staff", "lessons", "marks", "attendance"}
NUMBERS = (
    "assigned",
    "handed_over",
    "taken",
    "lessons",
    "conducted",
    "by_tick",
    "not_conducted",
    "cancelled",
)
KEYS = {
    "region": ("region",),
    "municipality": ("region", "municipality"),
    "school": ("region", "municipality", "school_id", "school"),
    "parallel": ("region", "municipality", "school_id", "school", "parallel"),
    "class": ("region", "municipality", "school_id", "school", "parallel", "class_id", "class"),
    "subject": ("region", "municipality", "school_id", "school", "subject"),
    "teacher": ("region", "municipality", "school_id", "school", "teacher_id", "teacher"),
}
Row = dict[str, Any]


@dataclass(slots=True)
class Load:
    """The lessons of somebody, or of a place."""

    numbers: dict[str, int] = field(default_factory=lambda: dict.fromkeys(NUMBERS, 0))
    hours: Fraction = Fraction(0)
    teachers: set[tuple[str, str]] = field(default_factory=set)
    subjects: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    nobody: int = 0


class Workload:
    """The lessons of the days from `first` to `last`."""

    def __init__(self, world: World, first: date, last: date) -> None:
        self.world = world
        self.counting = Counting(world, monday_of(last))
        self.monday = monday_of(last)
        self.lessons = [one for one in world.lessons if first <= one.day <= last]
        self.weeks: dict[str, set[date]] = {}
        for lesson in self.lessons:
            if not lesson.cancelled:
                self.weeks.setdefault(lesson.school_id, set()).add(monday_of(lesson.day))
        mondays = {monday_of(first + timedelta(days=day)) for day in range((last - first).days + 1)}
        self.covered = any(world.covered(monday) for monday in mondays)

    def parts(self) -> Iterator[tuple[Lesson, str | None, dict[str, int]]]:
        """Of each lesson, whose it is and what it counts for them."""
        for lesson in self.lessons:
            teacher, substitute = lesson.row["teacher_id"], lesson.row["substitute_id"]
            if lesson.cancelled:
                yield lesson, teacher or substitute, {"cancelled": 1}
                continue
            another = substitute is not None and substitute != teacher
            if teacher is not None:
                yield lesson, teacher, {"assigned": 1, "handed_over": int(another)}
            kept = self.counting.is_kept(lesson)
            alone = kept and bool(lesson.row["is_conducted"]) and not self.without_tick(lesson)
            yield (
                lesson,
                lesson.teacher_id,
                {
                    "lessons": 1,
                    "taken": int(another),
                    "conducted": int(kept),
                    "by_tick": int(alone),
                    "not_conducted": int(not kept),
                },
            )

    def without_tick(self, lesson: Lesson) -> bool:
        """Whether the lesson has left a trace besides the tick."""
        traces = {"absent", "ill", "pass"}
        traces |= {"late"} if self.world.rules["journal_keeping"]["late_counts"] else set()
        return (
            bool(lesson.marks)
            or lesson.row["comment"] is not None
            or any(row["status"] in traces for row in lesson.absences)
        )

    def loads(self, level: str) -> dict[tuple[Any, ...], Load]:
        """The loads of the places of a level, by their keys."""
        found: dict[tuple[Any, ...], Load] = {}
        for lesson, teacher, counts in self.parts():
            if level == "teacher" and teacher is None:
                continue
            keys = tuple(self.keys(lesson, teacher)[name] for name in KEYS[level])
            load = found.setdefault(keys, Load())
            for name, number in counts.items():
                load.numbers[name] += number
            if "lessons" in counts:
                load.hours += Fraction(1, len(self.weeks[lesson.school_id]))
                load.nobody += teacher is None
            load.subjects |= {lesson.subject} if lesson.subject is not None else set()
            load.classes.add(self.world.classes[lesson.class_id]["class"] or lesson.class_id)
            if teacher is not None:
                load.teachers.add((lesson.school_id, teacher))
        whole = {"region", "municipality", "school"}
        for school_id in self.world.schools if level in whole else ():
            found.setdefault(tuple(self.above(school_id)[name] for name in KEYS[level]), Load())
        for row in self.register() if level in {*whole, "teacher"} else ():
            school_id, person = row["school_id"], row["person_id"]
            at = {**self.above(school_id), **self.named(school_id, person)}
            load = found.setdefault(tuple(at[name] for name in KEYS[level]), Load())
            load.teachers.add((school_id, person))
        return found

    def register(self) -> list[Row]:
        """The counted teachers of the register, if it can be told that they have no lessons."""
        told = self.covered and self.world.dump.has("lessons", "teacher_id")
        staff = self.world.counted("staff", self.monday) if told else []
        return [row for row in staff if row["role"] == "teacher"]

    def above(self, school_id: str) -> Row:
        """The keys of a school."""
        school = self.world.schools[school_id]
        return {
            "region": school["region"],
            "municipality": school["municipality"],
            "school_id": school_id,
            "school": school["school"] or school_id,
        }

    def named(self, school_id: str, person_id: str | None) -> Row:
        """The keys of a teacher under the school."""
        return {
            "teacher_id": person_id,
            "teacher": self.world.teacher_name(school_id, person_id),
        }

    def keys(self, lesson: Lesson, teacher: str | None) -> Row:
        """All keys of a lesson that is somebody's."""
        return {
            **self.above(lesson.school_id),
            "parallel": lesson.parallel,
            "class_id": lesson.class_id,
            "class": self.world.classes[lesson.class_id]["class"] or lesson.class_id,
            "subject": lesson.subject,
            **self.named(lesson.school_id, teacher),
        }

    def unknown(self) -> set[str]:
        """What the dump cannot tell."""
        if not self.covered:
            return {*NUMBERS, "hours", "over", "under", "without_teacher"}
        dump, found = self.world.dump, set()
        if not {"marks", "attendance"} <= dump.rows.keys():
            found |= {"conducted", "by_tick", "not_conducted"}
        lacking = {
            "is_conducted": {"by_tick"},
            "teacher_id": {"assigned", "handed_over", "over", "under"},
            "substitute_id": {"handed_over", "taken"},
            "is_cancelled": {"cancelled"},
        }
        for column, numbers in lacking.items():
            found |= set() if dump.has("lessons", column) else numbers
        return found

    def verdict(self, school_id: str, load: Load) -> str | None:
        """«Over 36 or under 18 hours»."""
        if school_id not in self.weeks or not self.world.dump.has("lessons", "teacher_id"):
            return None
        return "over" if load.hours > 36 else "under" if load.hours < 18 else "within"

    def row(self, level: str, keys: tuple[Any, ...], load: Load, verdicts: list[str | None]) -> Row:
        """A row as the document has it."""
        at = dict(zip(KEYS[level], keys, strict=True))
        weeks = {school for school, _ in load.teachers} | {at.get("school_id")}
        has_hours = bool(weeks & self.weeks.keys()) or load.hours > 0
        row: Row = {
            **at,
            **load.numbers,
            "hours": float(load.hours) if has_hours else None,
            "over": verdicts.count("over"),
            "under": verdicts.count("under"),
            "without_teacher": load.nobody,
        }
        row.update(dict.fromkeys(self.unknown()))
        lessons, conducted = row["lessons"], row["conducted"]
        row["share"] = 100 * conducted / lessons if lessons and conducted is not None else None
        row["teachers"] = len(load.teachers)
        row["subjects"] = load.subjects
        row["classes"] = load.classes
        row["load"] = verdicts[0] if level == "teacher" else None
        return row


def workload(
    tables: dict[str, list[Cells]],
    first: date,
    last: date,
    level: str,
    *,
    config: ruling.Config | None = None,
    columns: dict[str, list[str]] | None = None,
) -> list[Row]:
    """The rows of a level, in order."""
    dump = check(tables, columns or {}, READ)
    made = Workload(World(dump, ruling.merged(config)), first, last)
    at_teachers = made.loads("teacher")
    verdicts = {
        (keys[2], keys[4]): made.verdict(keys[2], load) for keys, load in at_teachers.items()
    }
    rows = [
        made.row(level, keys, load, [verdicts[one] for one in sorted(load.teachers)])
        for keys, load in made.loads(level).items()
    ]
    return sorted(rows, key=lambda row: order({name: row[name] for name in KEYS[level]}))


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())
