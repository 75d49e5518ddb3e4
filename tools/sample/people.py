"""A school's registers: classes, staff, students and parents."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from tools.sample.world import MONDAYS, WORDS, ClassOf, Family, Pupil, School, at

if TYPE_CHECKING:
    from tools.sample.world import Row

SECONDARY = 5
"""From this parallel on every subject has a teacher of its own."""
PRIMARY_POST = "учитель начальных классов"
LANGUAGE_POST = "учитель английского языка"
FIRST_ACCOUNTS = date(2021, 9, 1)
LEFT_IN_AUTUMN = date(2026, 10, 23)


def make_school(school: School) -> None:
    """The school's own row."""
    about = school.about
    cells = (about["name"], about["municipality"], WORDS["region"], about.get("shifts", 1))
    school.add("schools", school.id, *cells, about.get("timezone"))


def make_classes(school: School) -> None:
    """The classes of this year, and last year's in the archive with some who left."""
    archived = school.about.get("archived", [])
    for name in [*school.about["classes"], *archived]:
        class_id, parallel = school.region.classes.next(), int(name.strip("АБ"))
        shift = 2 if name in school.about.get("second_shift", []) else 1
        year, status = (2025, "Архив") if name in archived else (2026, "Активный")
        school.add("classes", class_id, school.id, name, parallel, year, status, shift)
        if name not in archived:
            school.classes.append(ClassOf(class_id, name, parallel, shift))
            continue
        for _ in range(4):
            came, left = date(2026 - parallel, 9, 1), date(2026, 6, 30)
            _student(school, class_id, _family(school), came, left)


def make_staff(school: School) -> None:
    """Who teaches (one for each primary class, one or two for a post), and who does not."""
    wanted = [PRIMARY_POST] * sum(a_class.parallel < SECONDARY for a_class in school.classes)
    wanted += WORDS["posts"]
    if "subgroups" in school.about:
        wanted.append(LANGUAGE_POST)
    shared = school.about.get("shares_teacher", {})
    for post in wanted:
        theirs = school.region.posts[shared["school_id"], post] if shared else []
        _employee(school, "Учитель", post, theirs[0] if post == shared.get("post") else None)
    _employee(school, "Администратор", "директор")
    deputy = school.region.posts[school.id, PRIMARY_POST][0]
    _employee(school, "Администратор", "заместитель директора", deputy)
    _employee(school, "Технический персонал", "секретарь")


def _employee(school: School, role: str, post: str, person: str | None = None) -> None:
    """A row of staff: somebody new, or another row of a person who has one."""
    dice = school.dice
    if person:
        row: Row = next(row for row in school.region.rows["staff"] if row[0] == person)
        school.add("staff", person, school.id, row[2], role, post, *row[5:])
    else:
        person = school.region.people.next()
        name = _name(school, dice.pick(WORDS["surnames"]), dice.pick(WORDS["men"]), woman=0.85)
        account = _account(school, "staff", FIRST_ACCOUNTS)
        logged = account[1] is not None and dice.chance(school.about["esia"])
        login = account[1] + timedelta(minutes=dice.below(600)) if account[1] and logged else None
        category = dice.weigh(school.about["categories"]) if role == "Учитель" else None
        cells = (name, role, post, *account, logged, login, category, 1964 + dice.below(38))
        school.add("staff", person, school.id, *cells)
    school.region.posts[school.id, post].append(person)


def make_students(school: School) -> None:
    """The students of every class: one has left, one is new, some have a sibling above them."""
    dice = school.dice
    least, most = school.about.get("size", [11, 15])
    for order, a_class in enumerate(school.classes):
        for number in range(least + dice.below(most - least + 1)):
            sibling = bool(school.families) and dice.chance(0.12)
            family = dice.pick(school.families) if sibling else _family(school)
            came, left = date(2027 - a_class.parallel, 9, 1), None
            if number == 0 and order == 0:
                came = MONDAYS[1]
            elif number == 0 and order == 1:
                left = LEFT_IN_AUTUMN
            person, activated = _student(school, a_class.class_id, family, came, left)
            viewers = ["Ученик"] * activated + ["Родитель"] * any(p[2] for p in family.parents)
            if left is None:
                a_class.pupils.append(Pupil(person, number % 2, viewers, came))
                school.families.append(family)


def _family(school: School) -> Family:
    """A mother, often a father, and the names that go with them."""
    dice = school.dice
    surname, father = dice.pick(WORDS["surnames"]), dice.pick(WORDS["men"])
    names = [_name(school, surname, dice.pick(WORDS["men"]), woman=1)]
    if dice.chance(0.5):
        names.append(f"{surname} {father[0]} {dice.pick(WORDS['men'])[1]}")
    people = school.region.people
    parents = [(people.next(), n, *_account(school, "parents", FIRST_ACCOUNTS)) for n in names]
    return Family(surname, father, parents)


def _student(
    school: School, class_id: str, family: Family, came: date, left: date | None
) -> tuple[str, bool]:
    """Add a student with a row for each parent: the id, and whether the student is activated."""
    person, account = school.region.people.next(), _account(school, "students", came)
    name = _name(school, family.surname, family.father, woman=0.5)
    school.add("students", person, school.id, class_id, name, *account, came, left)
    for parent, *cells in family.parents:
        school.add("parents", parent, school.id, person, *cells)
    return person, account[0]


def _name(school: School, surname: str, father: list[str], *, woman: float) -> str:
    """A full name, a woman's with that chance."""
    dice = school.dice
    if dice.chance(woman):
        surname = f"{surname[:-2]}ая" if surname.endswith("й") else f"{surname}а"
        return f"{surname} {dice.pick(WORDS['women'])} {father[2]}"
    return f"{surname} {dice.pick(WORDS['men'])[0]} {father[1]}"


def _account(school: School, kind: str, since: date) -> tuple[bool, datetime | None]:
    """Whether a person is activated, and when: some of them in the week itself."""
    dice = school.dice
    if not dice.chance(school.about["activated"][kind]):
        return False, None
    first, last = max(since, FIRST_ACCOUNTS), MONDAYS[0]
    if first >= last or dice.chance(0.03):
        first, last = MONDAYS[1], MONDAYS[2]
    day = dice.moment(at(first), at(last)).date()
    return True, dice.moment(at(day, 8), at(day, 21))
