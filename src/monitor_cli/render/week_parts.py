"""What the page and the workbook of a week both say: standings, definitions, rows set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from monitor_cli.explained import REASONS
from monitor_cli.language import Language, words
from monitor_cli.levels import Level
from monitor_cli.render.grid import place_columns
from monitor_cli.render.harmless import visible
from monitor_cli.render.text import UNKNOWN, percent
from monitor_cli.result import Band

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor_cli.render.formats import Look
    from monitor_cli.result import Measure, Problem, Shown, WeekResult

TITLE = words("Показатели электронного журнала", "Indicators of the electronic journal")
PLACES = {
    Level.REGION: words("Регионы", "Regions"),
    Level.MUNICIPALITY: words("Муниципалитеты", "Municipalities"),
    Level.SCHOOL: words("Школы", "Schools"),
    Level.PARALLEL: words("Параллели", "Parallels"),
    Level.CLASS: words("Классы", "Classes"),
    Level.SUBJECT: words("Предметы", "Subjects"),
    Level.TEACHER: words("Учителя", "Teachers"),
}
OF_PLACES = {
    Level.REGION: words("регионов", "regions"),
    Level.MUNICIPALITY: words("муниципалитетов", "municipalities"),
    Level.SCHOOL: words("школ", "schools"),
    Level.PARALLEL: words("параллелей", "parallels"),
    Level.CLASS: words("классов", "classes"),
    Level.SUBJECT: words("предметов школ", "subjects of schools"),
    Level.TEACHER: words("учителей", "teachers"),
}
"""As in «4 из 6 школ»."""

SUMMARY = words("Сводка", "Summary")
METHOD = words("Методика", "Definitions")
QUALITY = words("Качество данных", "Data quality")
CHANGED = words("Что меняют настройки --set", "What the settings of --set change")
WORST = words("Где показателей ниже порога больше всего", "Where most indicators are below")
PLACEHOLDER = words(
    "порог-заглушка: региональный впишите в [thresholds] файла monitor.toml",
    "a placeholder: write your region's into [thresholds] of monitor.toml",
)
OF_ALL = words(
    "Строки – всей выгрузки: отложенная не говорит, чья она.",
    "The rows are those of the whole dump: one that is set aside does not say whose it is.",
)
ALL_USED = words("Все прочитанные строки учтены.", "Every row that was read is used.")
NO_WARNINGS = words("Предупреждений нет.", "There are no warnings.")
AS_CONFIGURED = words(
    "Слова определений называют умолчания; действуют значения столбца «Настройки».",
    "The words of a definition name the defaults; what holds stands under “Settings”.",
)
_BELOW = (Band.YELLOW, Band.RED)
_RULES = {
    "components": words("составляющие", "components"),
    "categories": words("категории", "categories"),
    "min_lessons": words("уроков в неделю не меньше", "lessons a week at least"),
    "count": words("что считается уроком", "what counts as a lesson"),
    "late_counts": words("опоздание – след в журнале", "coming late is a trace"),
    "deadline": words("срок, не включая", "deadline, exclusive"),
    "deadline_two_shifts": words(
        "срок следующего дня при двух сменах", "deadline of the next day under two shifts"
    ),
    "two_shifts_from": words("смен для этого не меньше", "shifts for that at least"),
    "denominator": words("знаменатель", "denominator"),
    "edits_count": words("правка в срок считается", "an edit in time counts"),
    "work_types": words("виды работ", "work types"),
    "aliases": words("названия школ", "names that schools use"),
    "days_before": words("дней до урока не больше", "days before the lesson at most"),
    "homework_link": words("урок задания", "the lesson of homework"),
    "recommended_hours": words("рекомендация, часов", "recommended, hours"),
    "lesson_minutes": words("урок без конца, минут", "a lesson without an end, minutes"),
    "skip_parallels": words("параллели без заданий", "parallels without homework"),
}
_VALUES = {
    "true": words("да", "yes"),
    "false": words("нет", "no"),
    "rows": words("строки", "rows"),
    "slots": words("часы", "slots"),
    "all": words("все оценки", "all marks"),
    "tracked": words("отслеживаемые виды", "tracked types"),
    "next_week": words("уроки следующей недели", "lessons of the next week"),
    "reporting_week": words("уроки этой недели", "lessons of the week"),
    "due": words("на который задано", "for which it is due"),
    "given": words("на котором задано", "at which it was given"),
}


class Standing(NamedTuple):
    """A place and the indicators that it misses: `at` is its row, `red` how many are red."""

    at: int
    name: str
    above: str
    missed: tuple[Shown, ...]
    red: int
    known: int


class Definition(NamedTuple):
    """An indicator in words: what it measures, of what, its threshold, its settings."""

    shown: Shown
    title: str
    about: str
    formula: str
    threshold: str
    rules: str


def standings(result: WeekResult, look: Look) -> list[Standing]:
    """A standing a row, in their order."""
    places, _ = place_columns(result, look.language)
    *above, own = (place.cells for place in places)
    return [
        Standing(
            at,
            own[at],
            " · ".join(column[at] for column in above),
            *missed(result, row.measures, look),
        )
        for at, row in enumerate(result.rows)
    ]


def missed(
    result: WeekResult, measures: Mapping[str, Measure], look: Look
) -> tuple[tuple[Shown, ...], int, int]:
    """The indicators below their threshold, how many of these are red, how many have a value."""
    bands = {
        one.key: measures[one.key].band(look.red_below)
        for one in result.columns
        if one.key in measures
    }
    below = tuple(one for one in result.columns if bands.get(one.key) in _BELOW)
    red = sum(band is Band.RED for band in bands.values())
    return below, red, sum(band is not None for band in bands.values())


def worst(result: WeekResult, look: Look, most: int) -> list[Standing]:
    """The places that miss most, at most `most`; none that misses nothing."""
    found = [one for one in standings(result, look) if one.missed]
    return sorted(found, key=lambda one: (-len(one.missed), -one.red))[:most]


def definitions(result: WeekResult, language: Language) -> list[Definition]:
    """What each indicator is here, with the settings that hold."""
    titles = {one.key: one.short.said(language) for one in result.indicators}
    return [
        Definition(
            one,
            one.title.said(language),
            "" if one.about is None else one.about.said(language),
            "" if one.formula is None else one.formula.said(language),
            _thresholds(result, one, language),
            "; ".join(
                f"{_RULES[name].said(language) if name in _RULES else name}: "
                f"{_setting(value, titles, language)}"
                for name, value in one.rules.items()
                if value
            ),
        )
        for one in result.indicators
    ]


def _setting(value: str, titles: Mapping[str, str], language: Language) -> str:
    if value in _VALUES:
        return _VALUES[value].said(language)
    return visible(", ".join(titles.get(part, part) for part in value.split(", ")))


def _thresholds(result: WeekResult, one: Shown, language: Language) -> str:
    """The threshold, and those of the regions that have another one."""
    general = f"≥ {percent(one.threshold, language)}{'*' if one.placeholder else ''}"
    own = {
        str(row.keys["region"] or UNKNOWN): row.measures[one.key].threshold
        for row in result.rows
        if one.key in row.measures and row.measures[one.key].threshold != one.threshold
    }
    others = (f"{visible(name)} ≥ {percent(own[name], language)}" for name in own)
    return "; ".join((general, *others))


def set_aside(problems: Sequence[Problem], language: Language) -> list[tuple[str, str, int]]:
    """Table, reason in words and number of rows of each problem."""
    return [
        (one.table, REASONS[one.reason].title.said(language), one.rows)
        for one in problems
        if one.rows
    ]


def counted(measure: Measure, language: Language) -> str:
    """«5 из 6»; nothing where it was not counted."""
    if measure.numerator is None or measure.denominator is None:
        return ""
    of = words("из", "of").said(language)
    return f"{measure.numerator} {of} {measure.denominator}"
