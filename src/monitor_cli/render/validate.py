"""`monitor validate` as text: a report to read on a terminal, and Markdown for a letter."""

from __future__ import annotations

import textwrap
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from monitor_cli.explained import EXPLAINED
from monitor_cli.language import Language, words
from monitor_cli.render.entries import examples, place, problem
from monitor_cli.render.harmless import quoted, visible
from monitor_cli.render.markdown import escaped
from monitor_cli.render.text import SAMPLE_BANNER, cell_len
from monitor_cli.verdict import Effect, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor_cli.render.formats import Look
    from monitor_cli.verdict import Broken, Listed, Remark, TableVerdict, Validation, WeekRows

_WIDEST = 100
_SHOWN = 5
"""Lines of one problem in one file that the text shows; the other formats have more."""
_EXAMPLES = 6
_GAP = "  "

TITLES = (
    words("Таблица", "Table"),
    words("Файлов", "Files"),
    words("Строк", "Rows"),
    words("Учтено", "Used"),
    words("Повторов", "Repeated"),
    words("Отложено", "Set aside"),
    words("Итог", "Verdict"),
)
"""The columns of the table of verdicts."""
_VERDICTS = {
    Verdict.FINE: words("в порядке", "fine"),
    Verdict.FAULTY: words("есть отложенные", "rows set aside"),
    Verdict.EMPTY: words("нет строк", "no rows"),
    Verdict.BROKEN: words("не читается", "cannot be read"),
    Verdict.MISSING: words("нет", "missing"),
}
_UNNEEDED = words("не обязательна", "not needed")
_EFFECTS = {
    Effect.SET_ASIDE: words("отложено", "set aside"),
    Effect.REPEATED: words("учтено один раз", "counted once"),
    Effect.USED: words("учтено с оговоркой", "used with a reservation"),
}
_BROKEN = words("Выгрузка не читается", "The dump cannot be read")
PROBLEMS = words("Строки с ошибками", "Rows with faults")
WEEKS = words("Недели", "Weeks")
_REMARKS = words("Замечания", "Remarks")
_PARTLY = words(
    "Что в таблицах, не проверялось: сначала исправьте файлы, названные выше.",
    "What the tables hold was not looked at: mend the files named above first.",
)


def title(found: Validation, language: Language) -> str:
    """What is judged as of when: «Проверка выгрузки на 23.11.2026 09:00»."""
    ru, en = found.now.strftime("%d.%m.%Y %H:%M"), found.now.strftime("%Y-%m-%d %H:%M")
    return words(f"Проверка выгрузки на {ru}", f"The dump as of {en}").said(language)


def verdict(one: TableVerdict, language: Language) -> str:
    """What is to be thought of a table, in words."""
    said = _VERDICTS[one.verdict].said(language)
    if one.verdict is Verdict.MISSING and not one.needed:
        return f"{said}, {_UNNEEDED.said(language)}"
    return said


def effect(listed: Listed, language: Language) -> str:
    """What became of the rows of a problem: «отложено 2»."""
    return f"{_EFFECTS[listed.effect].said(language)}: {listed.rows}"


def validate_table(found: Validation, look: Look) -> str:
    """Write the report; long lines are wrapped to the terminal, or to 100 columns."""
    language = look.language
    wide = min(look.width or _WIDEST, _WIDEST)
    lines = [SAMPLE_BANNER.said(language)] if found.sample else []
    lines += [title(found, language)]
    if found.broken:
        lines += ["", _BROKEN.said(language)]
        for fault in found.broken:
            lines += _wrapped(_fault(fault, language), wide, "  ", "    ")
    lines += ["", *_verdicts(found.tables, language)]
    if found.problems:
        lines += ["", PROBLEMS.said(language)]
        for listed in found.problems:
            lines += _problem(listed, language, wide)
    if found.weeks:
        lines += ["", WEEKS.said(language)]
        lines += [f"  {week(one, language)}" for one in found.weeks]
    if found.remarks:
        lines += ["", _REMARKS.said(language)]
        for remark in found.remarks:
            lines += _wrapped(_remark(remark, language), wide, "  ", "    ")
    if found.broken:
        lines += ["", *_wrapped(_PARTLY.said(language), wide, "", "")]
    return "\n".join(lines) + "\n"


def _fault(fault: Broken, language: Language) -> str:
    remedy = "" if fault.remedy is None else f" {fault.remedy.said(language)}"
    return f"{fault.what.said(language)}.{remedy}"


def _cells(one: TableVerdict, language: Language) -> list[str]:
    counts = (one.files, one.read, one.used, one.repeated, one.set_aside)
    shown = map(str, counts) if one.files else ["–"] * len(counts)
    return [one.table, *shown, verdict(one, language)]


def _verdicts(tables: Sequence[TableVerdict], language: Language) -> Iterator[str]:
    titles = [one.said(language) for one in TITLES]
    rows = [titles, *(_cells(one, language) for one in tables)]
    widths = [max(cell_len(row[at]) for row in rows) for at in range(len(titles))]
    for number, row in enumerate(rows):
        first, *counts = (
            text.ljust(width) if not at else text.rjust(width)
            for at, (text, width) in enumerate(zip(row[:-1], widths[:-1], strict=True))
        )
        yield _GAP.join((first, *counts, row[-1]))
        if not number:
            yield "─" * (sum(widths) + len(_GAP) * (len(widths) - 1))


def _problem(listed: Listed, language: Language, wide: int) -> Iterator[str]:
    one = EXPLAINED[listed.code]
    head = f"{listed.file}: {one.title.said(language)} ({one.code}), {effect(listed, language)}"
    yield from _wrapped(head, wide, "  ", "      ")
    for finding in listed.findings[:_SHOWN]:
        line = words(f"строка {finding.line}", f"line {finding.line}").said(language)
        told = problem(listed, finding, language)
        if finding.columns:
            value = quoted(finding.value).said(language)
            told = f"{', '.join(finding.columns)} = {value}"
        if finding.stands is not None:
            other = place(finding.stands, language)
            told += words(f"; учтена {other}", f"; {other} is used").said(language)
        yield from _wrapped(f"{line}: {told}", wide, "    ", "      ")
    others = listed.rows - min(_SHOWN, len(listed.findings))
    if others:
        yield words(f"    … и ещё {others}", f"    … and {others} more").said(language)


def week(one: WeekRows, language: Language) -> str:
    """A week that the dump covers, in words."""
    return words(
        f"{one.week.iso}, с {one.week.monday:%d.%m.%Y}: уроков {one.lessons}, "
        f"отменено {one.cancelled}, школ {one.schools}",
        f"{one.week.iso}, from {one.week.monday.isoformat()}: lessons {one.lessons}, "
        f"cancelled {one.cancelled}, schools {one.schools}",
    ).said(language)


def _remark(remark: Remark, language: Language) -> str:
    text = f"{remark.message.said(language)} ({remark.code})"
    if remark.places:
        text += f"; {_places(remark, language)}"
    if not remark.examples or all(one in remark.message.said(language) for one in remark.examples):
        return text
    return f"{text}: {examples(remark, _EXAMPLES)}"


def _places(remark: Remark, language: Language) -> str:
    """The first rows of a remark, and how many more there are."""
    first = remark.places[:_SHOWN]
    others = remark.amount - len(first)
    rest = f", … (+{others})" if others > 0 else ""
    told = []
    for file, rows in groupby(first, key=attrgetter("file")):
        lines = [str(one.line) for one in rows]
        listed, many = ", ".join(lines), len(lines) > 1
        told.append(
            words(
                f"{file}, {'строки' if many else 'строка'} {listed}",
                f"{file}, {'lines' if many else 'line'} {listed}",
            ).said(language)
        )
    return "; ".join(told) + rest


def _wrapped(text: str, wide: int, first: str, rest: str) -> list[str]:
    return textwrap.wrap(
        " ".join(visible(line) for line in text.splitlines()),
        wide,
        initial_indent=first,
        subsequent_indent=rest,
        break_on_hyphens=False,
    )


def validate_markdown(found: Validation, look: Look) -> str:
    """The same as Markdown: a table of verdicts, then lists."""
    language = look.language
    lines = [SAMPLE_BANNER.said(language), ""] if found.sample else []
    lines += [f"**{title(found, language)}**", ""]
    if found.broken:
        lines += [f"**{_BROKEN.said(language)}**", ""]
        lines += [f"- {escaped(_fault(fault, language))}" for fault in found.broken]
        lines.append("")
    titles = [one.said(language) for one in TITLES]
    lines += [_line(titles), _line(["---", *["---:"] * (len(titles) - 2), "---"])]
    lines += [_line(map(escaped, _cells(one, language))) for one in found.tables]
    if found.problems:
        lines += ["", f"**{PROBLEMS.said(language)}**", ""]
        for listed in found.problems:
            head, *rest = _problem(listed, language, 1 << 20)
            lines.append(f"- {escaped(head.strip())}")
            lines += [f"  - {escaped(one.strip())}" for one in rest]
    if found.weeks:
        lines += ["", f"**{WEEKS.said(language)}**", ""]
        lines += [f"- {week(one, language)}" for one in found.weeks]
    if found.remarks:
        lines += ["", f"**{_REMARKS.said(language)}**", ""]
        lines += [f"- {escaped(_remark(one, language))}" for one in found.remarks]
    if found.broken:
        lines += ["", _PARTLY.said(language)]
    return "\n".join(lines) + "\n"


def _line(cells: Iterator[str] | Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
