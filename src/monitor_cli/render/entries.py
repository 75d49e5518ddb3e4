"""What is wrong with a dump as a flat list, an entry a row: for spreadsheets and programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from monitor_cli.explained import EXPLAINED
from monitor_cli.language import Language, plural_ru, words
from monitor_cli.verdict import Effect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor_cli.verdict import Finding, Listed, Place, Remark, Validation

_EXAMPLES = 50
"""Examples of a remark that fit into a cell; JSON has all of them."""


class Entry(NamedTuple):
    """A row with a fault, a structural fault or a remark.

    `rows` is 1 for a row that is named by its line, the number of the others for those that are
    only counted, and what a remark counts. So they add up.
    """

    table: str | None
    file: str | None
    line: int | None
    column: str | None
    value: str | None
    reason: str
    effect: str
    rows: int
    problem: str
    remedy: str
    stands: str | None


def entries(found: Validation, language: Language) -> Iterator[Entry]:
    """Everything that is wrong: structural faults, then rows by table, then remarks."""
    for fault in found.broken:
        one = EXPLAINED["structural"]
        remedy = one.remedy if fault.remedy is None else fault.remedy
        yield Entry(
            fault.table,
            fault.file,
            None,
            None,
            None,
            one.code,
            "structure",
            1,
            fault.what.said(language),
            remedy.said(language),
            None,
        )
    for listed in found.problems:
        yield from _of_listed(listed, language)
    for remark in found.remarks:
        one = EXPLAINED[remark.code]
        whole = Entry(
            remark.table,
            None,
            None,
            None,
            examples(remark, _EXAMPLES) or None,
            one.code,
            "remark",
            remark.amount,
            remark.message.said(language),
            one.remedy.said(language),
            None,
        )
        for place_ in remark.places:
            yield whole._replace(
                file=place_.file,
                line=place_.line,
                value=None,
                rows=1,
                problem=one.title.said(language),
            )
        if remark.amount > len(remark.places):
            yield whole._replace(rows=remark.amount - len(remark.places))


def examples(remark: Remark, most: int) -> str:
    """The first examples of a remark, and how many more there are."""
    more = len(remark.examples) - most
    rest = f", … (+{more})" if more > 0 else ""
    return ", ".join(remark.examples[:most]) + rest


def _of_listed(listed: Listed, language: Language) -> Iterator[Entry]:
    """The rows that are named by their lines, then the others in one entry."""
    one = EXPLAINED[listed.code]
    others = listed.rows - len(listed.findings)
    more = words(f"{one.title.ru}: и ещё {others}", f"{one.title.en}: {others} more")
    rest = Entry(
        listed.table,
        listed.file,
        None,
        None,
        None,
        listed.code,
        listed.effect.value,
        others,
        more.said(language),
        one.remedy.said(language),
        None,
    )
    for finding in listed.findings:
        yield rest._replace(
            line=finding.line,
            column=", ".join(finding.columns) or None,
            value=finding.value if finding.columns else None,
            rows=1,
            problem=problem(listed, finding, language),
            stands=None if finding.stands is None else place(finding.stands, language),
        )
    if others:
        yield rest


def problem(listed: Listed, finding: Finding, language: Language) -> str:
    """What is wrong with a row, in a few words; of a ragged one how many fields it has."""
    title = EXPLAINED[listed.code].title
    if listed.effect is Effect.USED and listed.code == "unknown_reference":
        title = words(f"{title.ru}, строка учтена", f"{title.en}, the row is used")
    if finding.fields is None:
        return title.said(language)
    there, wanted = finding.fields
    if there is None:
        return words("сломаны кавычки", "broken quotes").said(language)
    fields = plural_ru(there, "поле", "поля", "полей")
    return words(f"{there} {fields} вместо {wanted}", f"{there} fields instead of {wanted}").said(
        language
    )


def place(row: Place, language: Language) -> str:
    """A row by its file and line, in words."""
    return words(f"{row.file}, строка {row.line}", f"{row.file}, line {row.line}").said(language)
