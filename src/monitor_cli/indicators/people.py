"""Block «Пользователи»: accounts, diaries, ESIA, categories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor_cli.columns import Table
from monitor_cli.indicators.facts import EVERY, Person
from monitor_cli.indicators.spec import Evidence, Extra, Fact, Share, Together, indicator
from monitor_cli.language import words
from monitor_cli.levels import DOWN_TO_CLASS, DOWN_TO_SCHOOL
from monitor_cli.result import Block

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor_cli.settings import Settings


def _left(sums: Mapping[str, int]) -> int:
    return sums["denominator"] - sums["numerator"]


NOT_ACTIVATED = Extra("not_activated", words("не активированы", "not activated"), _left)


def _account(table: Table) -> tuple[Evidence, Evidence]:
    return Evidence(table, "is_activated"), Evidence(table, "activated_at")


_ACTIVATED = words(
    "Активирован: дата активации раньше конца недели; без даты — признак «Активирован»; иначе нет. "
    "Считаются люди, действующие на воскресенье недели.",
    "Activated: the date of activation lies before the end of the week; without a date, the flag; "
    "else no. People are counted as of the Sunday of the week.",
)


@indicator(
    block=Block.USERS,
    title=words("Учителя: активация", "Teachers: activation"),
    short=words("Учителя акт.", "Teachers act."),
    ru="Доля учителей, активировавших учётную запись, и сколько ещё не активировали.",
    formula=words("активированные учителя / учителя", "activated teachers / teachers"),
    source=words(
        "Процент активированных учителей и число не активированных.",
        "The percentage of activated teachers and the number of those not activated.",
    ),
    ours=_ACTIVATED,
    fact=Fact.TEACHERS,
    reads=(Table.STAFF,),
    evidence=_account(Table.STAFF),
    levels=DOWN_TO_SCHOOL,
    extras=(NOT_ACTIVATED,),
)
def teacher_activation(rules: Settings) -> Share:
    """Activated teachers, of all teachers; beside it how many are not activated."""
    return Share(of=EVERY, where=Person.activated)


@indicator(
    block=Block.USERS,
    title=words("Ученики: активация", "Students: activation"),
    short=words("Ученики акт.", "Students act."),
    ru="Доля учеников, активировавших учётную запись, и сколько ещё не активировали.",
    formula=words("активированные ученики / ученики", "activated students / students"),
    source=words(
        "Процент активированных учеников и число не активированных.",
        "The percentage of activated students and the number of those not activated.",
    ),
    ours=_ACTIVATED,
    fact=Fact.STUDENTS,
    reads=(Table.STUDENTS,),
    evidence=_account(Table.STUDENTS),
    levels=DOWN_TO_CLASS,
    extras=(NOT_ACTIVATED,),
)
def student_activation(rules: Settings) -> Share:
    """Activated students, of all students; beside it how many are not activated."""
    return Share(of=EVERY, where=Person.activated)


@indicator(
    block=Block.USERS,
    title=words("Родители: активация", "Parents: activation"),
    short=words("Родители акт.", "Parents act."),
    ru="Доля родителей, активировавших учётную запись, и сколько ещё не активировали.",
    formula=words("активированные родители / родители", "activated parents / parents"),
    source=words(
        "Процент активированных родителей и число не активированных.",
        "The percentage of activated parents and the number of those not activated.",
    ),
    ours=words(
        f"Родитель двоих детей в школе — один человек в ней. {_ACTIVATED.ru}",
        f"A parent of two children at a school is one person there. {_ACTIVATED.en}",
    ),
    fact=Fact.PARENTS,
    reads=(Table.PARENTS,),
    evidence=_account(Table.PARENTS),
    levels=DOWN_TO_CLASS,
    extras=(NOT_ACTIVATED,),
)
def parent_activation(rules: Settings) -> Share:
    """Activated parents, of all parents; beside it how many are not activated."""
    return Share(of=EVERY, where=Person.activated)


@indicator(
    block=Block.USERS,
    title=words("Вовлечённость родителей", "Parent engagement"),
    short=words("Вовлечён. родит.", "Parent engagem."),
    ru="Доля учеников, чей дневник за неделю хотя бы раз открыл родитель или сам ученик.",
    formula=words(
        "ученики с просмотренным дневником / ученики",
        "students whose diary was viewed / students",
    ),
    source=words(
        "100 %, если дневник каждого ученика просмотрен за неделю родителем и/или учеником.",
        "100 % when each student's diary was viewed in the week by a parent and/or the student.",
    ),
    ours=words(
        "Просмотры сотрудников не считаются. Время просмотра — местное время школы.",
        "Views by staff do not count. The time of a view is the school's local time.",
    ),
    fact=Fact.STUDENTS,
    reads=(Table.STUDENTS, Table.DIARY_VIEWS),
    evidence=(Evidence(Table.DIARY_VIEWS, "viewer_role"), Evidence(Table.DIARY_VIEWS, "viewed_at")),
    levels=DOWN_TO_CLASS,
)
def parent_engagement(rules: Settings) -> Share:
    """Students whose diary a parent or the student viewed in the week, of all students."""
    return Share(of=EVERY, where=Person.viewed)


@indicator(
    block=Block.USERS,
    title=words("Учителя: авторизация через ЕСИА", "Teachers: ESIA login"),
    short=words("Учителя ЕСИА", "Teachers ESIA"),
    ru="Доля учителей, хотя бы раз входивших через ЕСИА.",
    formula=words(
        "учителя со входом через ЕСИА / учителя", "teachers with an ESIA login / teachers"
    ),
    source=words(
        "Процент учителей, входивших под учётной записью ЕСИА.",
        "The percentage of teachers who logged in with their ESIA account.",
    ),
    ours=words(
        "Первый вход раньше конца недели; без даты — признак.",
        "The first login lies before the end of the week; without a date, the flag.",
    ),
    fact=Fact.TEACHERS,
    reads=(Table.STAFF,),
    evidence=(Evidence(Table.STAFF, "has_esia_login"), Evidence(Table.STAFF, "esia_login_at")),
    levels=DOWN_TO_SCHOOL,
)
def teacher_esia(rules: Settings) -> Share:
    """Teachers who have ever logged in through ESIA before the end of the week, of all teachers."""
    return Share(of=EVERY, where=Person.esia)


@indicator(
    block=Block.USERS,
    title=words("Учителя: наличие категории", "Teachers: qualification category"),
    short=words("Учителя катег.", "Teachers categ."),
    ru="Доля учителей с высшей или первой квалификационной категорией.",
    formula=words("учителя с категорией / учителя", "teachers with a category / teachers"),
    source=words(
        "Процент учителей высшей или первой категории.",
        "The percentage of teachers of the highest or first category.",
    ),
    ours=words(
        "Категория узнаётся по началу текста; педагог-методист и педагог-наставник имеют высшую.",
        "A category is known by the beginning of its text; a methodologist or mentor has the "
        "highest.",
    ),
    fact=Fact.TEACHERS,
    reads=(Table.STAFF,),
    evidence=(Evidence(Table.STAFF, "category"),),
    levels=DOWN_TO_SCHOOL,
)
def teacher_category(rules: Settings) -> Share:
    """Teachers of the highest or first qualification category, of all teachers."""
    return Share(of=EVERY, where=Person.category)


@indicator(
    block=Block.USERS,
    title=words("Активация всех аккаунтов", "Activation of all accounts"),
    short=words("Все аккаунты", "All accounts"),
    ru="Доля активированных учителей, учеников и родителей вместе.",
    formula=words(
        "активированные учителя + ученики + родители / все они",
        "activated teachers + students + parents / all of them",
    ),
    source=words(
        "Составная часть «Активности школ»; формулы памятка не даёт.",
        "A component of school activity; the memo gives no formula.",
    ),
    ours=words(
        "Суммы числителей и знаменателей трёх активаций. Без одной из таблиц её нет; без колонок "
        "одной из них её люди считаются не активированными, о чём сказано.",
        "The sums of the three activations. Without one of the tables there is none; without the "
        "columns of one its people count as not activated, and that is said.",
    ),
    fact=Fact.SCHOOLS,
    reads=(Table.STAFF, Table.STUDENTS, Table.PARENTS),
    evidence=(*_account(Table.STAFF), *_account(Table.STUDENTS), *_account(Table.PARENTS)),
    levels=DOWN_TO_SCHOOL,
    extras=(NOT_ACTIVATED,),
)
def account_activation(rules: Settings) -> Together:
    """Activated teachers, students and parents, of all of them together."""
    return Together(("teacher_activation", "student_activation", "parent_activation"))
