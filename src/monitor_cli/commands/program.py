"""The program as a group of commands: each is known by name, and loaded when it is called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import typer
from typer.core import TyperGroup

from monitor_cli.commands.bilingual import (
    OPTIONS_METAVAR,
    BilingualCommand,
    language_of,
    no_such,
    spoken,
    translate,
    write_options,
    write_text,
    write_usage,
)
from monitor_cli.language import Words, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor_cli.language import Language

_COMMANDS = words("Команды", "Commands")
_COMMAND_METAVAR = words("КОМАНДА …", "COMMAND …")


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


class Listed(NamedTuple):
    """A command before it is loaded: what it is for, and where its function comes from."""

    about: Words
    load: Callable[[], Callable[..., int]]

    def clause(self, language: Language) -> str:
        """The beginning of what it is for, for a list of commands."""
        return re.split(r"[:.;] ", self.about.said(language), maxsplit=1)[0].rstrip(".")


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


class Program(TyperGroup):
    """The program itself: its help speaks the language of the run."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002
        """Name the commands, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401
        """Load a command; `None` where there is none of that name."""
        if cmd_name in COMMANDS and cmd_name not in self.commands:
            listed = COMMANDS[cmd_name]
            alone = typer.Typer(add_completion=False, rich_markup_mode=None)
            as_command = alone.command(cmd_name, cls=BilingualCommand, help=spoken(listed.about))
            as_command(listed.load())
            self.add_command(typer.main.get_command(alone))
        return super().get_command(ctx, cmd_name)

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:  # noqa: ANN401
        """Offer commands and options with their help, for shells that show it."""
        language = language_of(ctx)
        for parameter in self.get_params(ctx):
            translate(parameter, language)
        offered = super().shell_complete(ctx, incomplete)
        for item in offered:
            if item.value in COMMANDS:
                item.help = COMMANDS[item.value].clause(language)
        return offered

    def format_usage(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write the line of usage."""
        write_usage(ctx, [spoken(OPTIONS_METAVAR), spoken(_COMMAND_METAVAR)], formatter)

    def format_help_text(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write what the program is for."""
        write_text(self.help, ctx, formatter)

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write the options, then the commands."""
        write_options(self, ctx, formatter)
        language = language_of(ctx)
        with formatter.section(_COMMANDS.said(language)):
            formatter.write_dl(
                [(name, listed.clause(language)) for name, listed in COMMANDS.items()]
            )

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401
        """Find the command, or name the nearest one."""
        if args[0] not in COMMANDS and not ctx.resilient_parsing:
            raise no_such(words("команды", "command"), args[0], list(COMMANDS))
        return super().resolve_command(ctx, args)
