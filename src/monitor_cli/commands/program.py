"""The commands of the program: each is known by name, and loaded when it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor_cli.commands.listed import Listed, ListedGroup
from monitor_cli.language import words

if TYPE_CHECKING:
    from collections.abc import Callable


def _week() -> Callable[..., int]:
    from monitor_cli.commands.week import week

    return week


def _show() -> Callable[..., int]:
    from monitor_cli.commands.show import show

    return show


def _compare() -> Callable[..., int]:
    from monitor_cli.commands.compare import compare

    return compare


def _trend() -> Callable[..., int]:
    from monitor_cli.commands.trend import trend

    return trend


def _school() -> Callable[..., int]:
    from monitor_cli.commands.school import school

    return school


def _report() -> Callable[..., int]:
    from monitor_cli.commands.report import report

    return report


def _workload() -> Callable[..., int]:
    from monitor_cli.commands.workload import workload

    return workload


def _filling() -> Callable[..., int]:
    from monitor_cli.commands.filling import filling

    return filling


def _readiness() -> Callable[..., int]:
    from monitor_cli.commands.readiness import readiness

    return readiness


def _registry() -> Callable[..., int]:
    from monitor_cli.commands.registry import registry

    return registry


def _people() -> Callable[..., int]:
    from monitor_cli.commands.people import people

    return people


def _grades() -> Callable[..., int]:
    from monitor_cli.commands.grades import grades

    return grades


def _form() -> Callable[..., int]:
    from monitor_cli.commands.form import form

    return form


def _indicators() -> Callable[..., int]:
    from monitor_cli.commands.indicators import indicators

    return indicators


def _validate() -> Callable[..., int]:
    from monitor_cli.commands.validate import validate

    return validate


def _import() -> Callable[..., int]:
    from monitor_cli.commands.import_ import import_

    return import_


def _sample() -> Callable[..., int]:
    from monitor_cli.commands.sample import sample

    return sample


def _task() -> type[ListedGroup]:
    from monitor_cli.commands.task import Tasks

    return Tasks


COMMANDS = {
    "week": Listed(
        words(
            "Показатели недели: главное дело программы. Строка – место, столбец – показатель; "
            "под таблицей, в stderr, – что отложено и что посчитать нельзя.",
            "The indicators of a week: the main job. A row is a place, a column an indicator; "
            "under the table, on stderr, stands what was set aside and what is not available.",
        ),
        _week,
    ),
    "show": Listed(
        words(
            "Почему так: строки, которые не дают показателю 100 %, – кто, когда, чего не хватает "
            "и на сколько; над ними – на ком больше всего потерь.",
            "Why it is so: the rows that keep an indicator from 100 %: who, when, what is missing "
            "and by how much; above them, who carries most of the loss.",
        ),
        _show,
    ),
    "compare": Listed(
        words(
            "Две недели рядом: что изменилось и кто это изменил. Вклады школ, классов, предметов, "
            "учителей вместе дают изменение точно.",
            "Two weeks side by side: what changed, and who changed it. What schools, classes, "
            "subjects, teachers contributed makes the change exactly.",
        ),
        _compare,
    ),
    "trend": Listed(
        words(
            "Показатели по неделям: ход, наклон, лучшая и худшая неделя, переход порога. "
            "Каникулы – пропуски, не нули.",
            "Indicators over weeks: their course, slope, best and worst week, the crossing of "
            "the threshold. Vacations are gaps, not zeros.",
        ),
        _trend,
    ),
    "school": Listed(
        words(
            "Одна школа на странице: показатели, что сделать, классы, учителя, последняя "
            "активность, замечания к данным. ШКОЛА – ID, название или его часть; если подходят "
            "несколько, они перечислены.",
            "One school on a page: indicators, next steps, classes, teachers, last activity, what "
            "is amiss in its data. SCHOOL is an id, a name or a part of it; where several are "
            "meant, they are listed.",
        ),
        _school,
    ),
    "report": Listed(
        words(
            "Книга, страница и письмо каждому муниципалитету или школе, разом: то, что запускают "
            "по понедельникам.",
            "A workbook, a page and a letter for each municipality or school, in one go: what runs "
            "on Mondays.",
        ),
        _report,
    ),
    "workload": Listed(
        words(
            "Загруженность учителей: сколько уроков назначено, проведено, передано и взято на "
            "замену, отменено; часы в неделю – у кого больше или меньше нормы.",
            "The workload of teachers: lessons assigned, conducted, handed over and taken in "
            "substitution, cancelled; hours a week, and who is over or under.",
        ),
        _workload,
    ),
    "filling": Listed(
        words(
            "Сведения о наполнении данными: что школы внесли и чего не внесли – люди, уроки, "
            "предметы, классы, таблицы, последние записи.",
            "How complete the data are: what schools have and have not filled in – people, "
            "lessons, subjects, classes, tables, last entries.",
        ),
        _filling,
    ),
    "readiness": Listed(
        words(
            "Работа перед началом года: --date 2026-09-01 – выверка сотрудников, миграция, "
            "расписание, планирование; какие школы готовы и что остальным сделать.",
            "Before the year begins: --date 2026-09-01 – staff to reconcile, migration, timetable, "
            "planning; which schools are ready, and what the others have to do.",
        ),
        _readiness,
    ),
    "registry": Listed(
        words(
            "Реестр школ: классы, ученики, учителя, смены, часовой пояс; поиск по названию и ID.",
            "The register of schools: classes, students, teachers, shifts, time zone; search by "
            "name and id.",
        ),
        _registry,
    ),
    "people": Listed(
        words(
            "Персоны и пользователи по ролям, их входы; сотрудники по должностям, категориям и "
            "возрасту.",
            "Persons and users by role, their visits; staff by post, category and age.",
        ),
        _people,
    ),
    "grades": Listed(
        words(
            "Успеваемость, качество, СОУ по школам, параллелям, классам, предметам, учителям и "
            "периодам. По итоговым отметкам; без них – по текущим.",
            "Attainment, quality and degree of learning by school, parallel, class, subject, "
            "teacher and period. By final marks; without them by current ones.",
        ),
        _grades,
    ),
    "form": Listed(
        words(
            "Федеральная форма № ОО-1: разделы, для которых в выгрузке есть данные; чего нет, "
            "названо.",
            "The federal form OO-1: the parts that a dump has data for; what it lacks is named.",
        ),
        _form,
    ),
    "task": Listed(
        words(
            "Поручения: выдать, принять, узнать, кто не принял, и сверить исполнение с данными.",
            "Tasks: to issue, to accept, to see who has not, to hold them against the data.",
        ),
        group=_task,
    ),
    "indicators": Listed(
        words(
            "Что и как измеряется: список показателей с порогами, с КЛЮЧом – всё об одном.",
            "What is measured and how: the indicators and their thresholds; "
            "with a KEY all about one.",
        ),
        _indicators,
    ),
    "validate": Listed(
        words(
            "Что не так с выгрузкой: итог по таблицам, строки с ошибками по файлу и номеру, что "
            "выгружено не до конца и на что стоит посмотреть.",
            "What is wrong with a dump: a verdict a table, the rows with faults by file and line, "
            "what was not exported and what should be looked at.",
        ),
        _validate,
    ),
    "import": Listed(
        words(
            "Выгрузки – в проверенный сжатый набор по неделям, который читают все команды: "
            "--data НАБОР. Недели школ, которые есть в новой выгрузке, заменяются целиком; прежние "
            "состояния остаются.",
            "Dumps into a checked, compressed dataset by weeks, which every command reads: "
            "--data DATASET. The weeks of schools that the new dump holds are replaced whole; "
            "earlier states stay.",
        ),
        _import,
    ),
    "sample": Listed(
        words(
            "Вымышленная выгрузка любого размера: попробовать и измерить. Те же параметры дают те "
            "же строки на любой машине.",
            "An invented dump of any size: to try things out and to measure. The same options "
            "give the same rows on every machine.",
        ),
        _sample,
    ),
}
"""The commands, in the order of the help."""


class Program(ListedGroup):
    """The program itself."""

    listed = COMMANDS
