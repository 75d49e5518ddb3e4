"""What a school writes into its journal, and who looks at it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta

from tools.sample.world import MONDAYS, WORDS, Dice, Lesson, Pupil, School, at

UNMARKED = 1
"""First classes get neither marks nor homework."""
SENIOR = 10
"""From this parallel on there are half-years, and none has ended."""
ABSENCES = {"Б": 6.0, "Н": 3.0, "П": 1.0}
GRADES = {"5": 4.0, "4": 5.0, "3": 3.0, "2": 0.6}
WORK_TYPES = {"Ответ на уроке": 80.0, "Работа на уроке": 15.0, "Поведение": 5.0}
TESTS = {"Контрольная работа": 3.0, "Самостоятельная работа": 2.0}
BY_HEART = "Наизусть"
READING = ("Литература", "Литературное чтение")


def make_journal(school: School, lessons: list[Lesson]) -> None:
    """Absences and marks of the lessons that are over."""
    absent, dice = _absences(school), school.dice
    for lesson in lessons:
        if lesson.end > school.now:
            break
        present, noted = list[Pupil](), _entered(dice, lesson, "lesson")
        for pupil in lesson.pupils:
            sign = absent.get((pupil.person_id, lesson.start.toordinal()))
            if sign is None:
                present.append(pupil)
                sign = "О" if dice.chance(0.006) else None
            if sign and dice.chance(0.9):
                school.add("attendance", lesson.lesson_id, pupil.person_id, sign, noted)
        if lesson.of.parallel > UNMARKED and dice.chance(school.about["marked"]):
            _make_marks(school, lesson, present)


def _absences(school: School) -> dict[tuple[str, int], str]:
    """Who is away on which day (by its ordinal), and how the journal calls it."""
    dice, absent = school.dice, dict[tuple[str, int], str]()
    for pupil in (pupil for a_class in school.classes for pupil in a_class.pupils):
        for monday in MONDAYS:
            if dice.chance(0.14):
                sign, first = dice.weigh(ABSENCES), monday.toordinal() + dice.below(6)
                days = range(first, first + 1 + dice.below(3))
                absent.update(((pupil.person_id, day), sign) for day in days)
    return absent


def _make_marks(school: School, lesson: Lesson, present: list[Pupil]) -> None:
    """The marks of a lesson: a few answers, or a test that everybody writes."""
    about, dice = school.about, school.dice
    if dice.chance(about["tests"]):
        work_type, pupils = dice.weigh(TESTS), present
    else:
        work_type, pupils = dice.weigh(WORK_TYPES), dice.mixed(present)[: 1 + dice.below(5)]
        if work_type == "Поведение":
            work_type = about.get("behaviour", work_type)
        elif lesson.subject in READING and dice.chance(0.1):
            work_type = BY_HEART
    moment = _entered(dice, lesson, dice.weigh(about["entry"]))
    for pupil in pupils:
        moment += timedelta(seconds=4 + dice.below(12))
        if moment > school.now:
            break
        edited = moment + timedelta(minutes=3 + dice.below(1600)) if dice.chance(0.03) else None
        if edited and edited > school.now:
            edited = None
        cells = (lesson.lesson_id, pupil.person_id, work_type, dice.weigh(GRADES), moment, edited)
        school.add("marks", school.region.marks.next(), *cells)


def make_homework(school: School, lessons: list[Lesson]) -> None:
    """Homework for lessons, each given at or after the lesson before of the same subject."""
    courses = defaultdict[tuple[str, str, int | None], list[Lesson]](list)
    for lesson in lessons:
        courses[lesson.of.class_id, lesson.subject, lesson.half].append(lesson)
    about, dice, given = school.about, school.dice, WORDS["homework"]
    for course in courses.values():
        for before, lesson in zip([None, *course[:-1]], course, strict=True):
            rare = given["rare"] if lesson.subject in given["rare_in"] else 1.0
            if lesson.of.parallel <= UNMARKED or not dice.chance(about["homework"] * rare):
                continue
            if before:
                issued = _entered(dice, before, dice.weigh(about["homework_entry"]))
            else:
                issued = at(lesson.start.date(), 13, dice.below(60), days=-4)
            issued = min(issued, lesson.start - timedelta(minutes=20 + dice.below(60)))
            edited = issued + timedelta(minutes=5 + dice.below(900)) if dice.chance(0.04) else None
            if issued > school.now:
                continue
            if edited and edited > school.now:
                edited = None
            numbers = {"page": 40 + dice.below(60), "number": 100 + dice.below(300)}
            text = dice.pick(given["given"]).format(paragraph=8 + dice.below(20), **numbers)
            files = dice.chance(0.06)
            text = None if files and dice.chance(0.2) else text
            cells = (lesson.lesson_id, text, files or None, issued, edited)
            school.add("homework", school.region.works.next(), *cells)


def make_visits(school: School) -> None:
    """Views of the diary, week by week, and logins."""
    dice, about = school.dice, school.about
    pupils = [pupil for a_class in school.classes for pupil in a_class.pupils]
    staff = [row for row in school.region.rows["staff"] if row[1] == school.id and row[5] == "да"]
    for monday in MONDAYS:
        for pupil in (pupil for pupil in pupils if pupil.since <= monday):
            viewed = bool(pupil.viewers) and dice.chance(about["viewed"])
            for _ in range(1 + dice.below(3) if viewed else 0):
                _visit(school, monday, "diary_views", pupil.person_id, dice.pick(pupil.viewers))
            if dice.chance(0.03):
                _visit(school, monday, "diary_views", pupil.person_id, "Сотрудник")
            if "Ученик" in pupil.viewers and dice.chance(0.7):
                _visit(school, monday, "logins", pupil.person_id, school.id, "Ученик")
        for row in staff:
            _visit(school, monday, "logins", row[0], school.id, row[3])


def _visit(school: School, monday: date, table: str, *cells: str) -> None:
    """Add a row with some moment of the week's days, if that has come."""
    day = monday + timedelta(days=school.dice.below(7))
    moment = school.dice.moment(at(day, 7), at(day, 22))
    if moment <= school.now:
        school.add(table, *cells, moment)


def make_final_marks(school: School) -> None:
    """The marks of the first quarter."""
    for a_class in school.classes:
        if not UNMARKED < a_class.parallel < SENIOR:
            continue
        subjects: dict[str, int] = WORDS["curricula"][str(a_class.parallel)]
        for pupil in a_class.pupils:
            for subject in subjects if pupil.since < MONDAYS[0] else ():
                grade = school.dice.weigh(GRADES)
                cells = (pupil.person_id, a_class.class_id, subject, "1 четверть", grade)
                school.add("final_marks", *cells)


def _entered(dice: Dice, lesson: Lesson, habit: str) -> datetime:
    """When a teacher of this habit writes something about a lesson into the journal."""
    day, end = lesson.start.date(), lesson.end
    lunch, to_saturday, to_monday = max(end, at(day, 14)), 5 - day.weekday(), 7 - day.weekday()
    spans = {
        "before": (at(day, 15, days=-1), at(day, 19, days=-1)),
        "lesson": (end - timedelta(minutes=25), end + timedelta(minutes=10)),
        "afternoon": (lunch, lunch + timedelta(hours=3)),
        "evening": (max(end, at(day, 18, 30)), at(day, 20, 55)),
        "night": (at(day, 21, 2), at(day, 23, 20)),
        "morning": (at(day, 7, 30, days=1), at(day, 12, 50, days=1)),
        "next_day": (at(day, 13, 10, days=1), at(day, 20, 30, days=1)),
        "saturday": (at(day, 10, days=to_saturday), at(day, 13, days=to_saturday)),
        "monday": (at(day, 8, 5, days=to_monday), at(day, 10, 45, days=to_monday)),
    }
    return dice.moment(*spans[habit])
