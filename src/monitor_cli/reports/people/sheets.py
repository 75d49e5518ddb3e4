"""The sheets of `monitor people`: their columns and the declared shape."""

from __future__ import annotations

from monitor_cli.language import words
from monitor_cli.levels import DOWN_TO_SCHOOL
from monitor_cli.report import Column, Kind, ReportShape, SheetShape
from monitor_cli.reports import told
from monitor_cli.reports.people.roles import ROLES
from monitor_cli.reports.people.staff import AGES, CATEGORIES

NAME = "people"
PEOPLE, POSTS, CATEGORY, VISITS = "people", "posts", "categories", "visits"
CAME, NEVER, EVERYBODY = "came", "never", "all"

_ROLE = Column("role", words("Роль", "Role"), Kind.CODE, ROLES)
_PERSONS = Column("persons", words("Человек", "Persons"), Kind.COUNT)
OF_PEOPLE = (
    _ROLE,
    _PERSONS,
    Column("users", words("Пользователей", "Users"), Kind.COUNT),
    Column("users_share", words("Пользователи, %", "Users, %"), Kind.PERCENT),
    Column("came", words("Были за неделю", "Came in the week"), Kind.COUNT),
    Column("came_share", words("Были, %", "Came, %"), Kind.PERCENT),
    Column("visits", words("Входов", "Visits"), Kind.COUNT),
    Column("visits_a_person", words("Входов на пришедшего", "Visits a visitor"), Kind.NUMBER),
    Column("never", words("Не были ни разу", "Never came"), Kind.COUNT),
)
OF_POSTS = (_ROLE, Column("position", words("Должность", "Post")), _PERSONS, *AGES)
OF_CATEGORIES = (
    _ROLE,
    Column("category", words("Категория", "Category"), Kind.CODE, CATEGORIES),
    _PERSONS,
    *AGES,
)
OF_VISITS = (
    _ROLE,
    Column("name", words("ФИО", "Name")),
    Column("activated", words("Активирован", "Activated"), Kind.FLAG),
    Column("visits", words("Входов за неделю", "Visits in the week"), Kind.COUNT),
    Column("last", words("Последний вход", "Last visit"), Kind.MOMENT),
    Column("person_id", words("ID персоны", "Person id"), Kind.ID),
)
_KEYS = told.all_keys(DOWN_TO_SCHOOL)
_SOME = frozenset(column.key for column in _KEYS)
SHAPE = ReportShape(
    NAME,
    words(
        "Один документ: `monitor people --format json`. `people` – люди, которые числятся на "
        "воскресенье недели, по ролям: у кого несколько ролей, тот в каждой; пользователь – кто "
        "активирован; входы – из таблицы logins, «ни разу» – ни одного входа в выгрузке до конца "
        "недели. `posts` и `categories` – сотрудники по должностям и категориям и сколько из них в "
        "каждой возрастной группе формы ОО-1: полных лет на 1 января после сентября учебного "
        "года. `visits` – люди поимённо, если их просят (`--visits`).",
        "One document: `monitor people --format json`. `people` are persons counted on the Sunday "
        "of the week, by role, one of several roles in each; a user is one who is activated; "
        "visits are those of the table logins, who never came has no login in the dump up to the "
        "end of the week. `posts` and `categories` are staff by post and category, and how many "
        "of them are in each age band of the form OO-1: full years on 1 January after the "
        "September of the school year. `visits` are persons by name, where asked for "
        "(`--visits`).",
    ),
    (
        SheetShape(PEOPLE, (*_KEYS, *OF_PEOPLE), optional=_SOME),
        SheetShape(POSTS, (*_KEYS, *OF_POSTS), optional=_SOME, always=False),
        SheetShape(CATEGORY, (*_KEYS, *OF_CATEGORIES), optional=_SOME, always=False),
        SheetShape(VISITS, (*_KEYS, *OF_VISITS), always=False),
    ),
    told.head_schema(DOWN_TO_SCHOOL),
)
"""What `monitor.people/1` holds."""
