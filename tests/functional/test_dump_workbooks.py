"""What workbooks hold beside plain texts: dates, numbers, errors, headings, sheets."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
import xlwt  # type: ignore[import-untyped]

from monitor_cli.columns import Table
from monitor_cli.dump.dump import ReadOptions, load
from monitor_cli.errors import DumpError
from tests.unit.dump.books import ods, ods_cell, sheet, text_cell, xlsx, zipped
from tests.unit.dump.dumps import (
    ALL_COLUMNS,
    MARKS,
    MARKS_HEADER,
    REQUIRED,
    column,
    frame,
    loaded,
    reasons,
    write,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from monitor_cli.dump.dump import Dump

HEADER = [text_cell(name) for name in MARKS_HEADER.split(",")]
SERIAL = 46342
"""16 November 2026, counted as Excel for Windows does."""


def texts(*cells: str) -> list[str]:
    return [text_cell(cell) for cell in cells]


def number(value: object, style: int = 0) -> str:
    return f'<c s="{style}"><v>{value}</v></c>'


def mark(*instead: str) -> list[str]:
    """A row of marks whose last cells are these."""
    row = texts("1", "100", "7", "Поведение", "2026-11-16 20:59:59")
    return row[: len(row) - len(instead)] + list(instead)


def marks(folder: Path, rows: Iterable[Iterable[str]], *, properties: str = "") -> Dump:
    book = xlsx({"marks": sheet([HEADER, *rows])}, properties=properties)
    return loaded(folder, {"marks.xlsx": book})


@pytest.mark.parametrize(
    ("cell", "read", "has_time"),
    [
        (number(SERIAL, 1), datetime(2026, 11, 16), False),
        (number(SERIAL, 2), datetime(2026, 11, 16), True),
        (number(SERIAL, 0), datetime(2026, 11, 16), False),
        (number("46342.874999999997", 1), datetime(2026, 11, 16, 21), True),
        (number("46342.87498842593", 2), datetime(2026, 11, 16, 20, 59, 59), True),
        (text_cell("16.11.2026 21:00"), datetime(2026, 11, 16, 21), True),
        ('<c t="d"><v>2026-11-16T21:00:00</v></c>', datetime(2026, 11, 16, 21), True),
    ],
)
def test_days_and_hours_are_read_however_they_are_stored(
    cell: str, read: datetime, has_time: bool, tmp_path: Path
) -> None:
    dump = marks(tmp_path, [mark(cell)])
    assert column(dump, Table.MARKS, "created_at") == [read]
    assert column(dump, Table.MARKS, "created_at_has_time") == [has_time]


def test_the_other_first_day_of_serials(tmp_path: Path) -> None:
    since_1904 = '<workbookPr date1904="1"/>'
    dump = marks(tmp_path, [mark(number(SERIAL - 1462, 1))], properties=since_1904)
    assert column(dump, Table.MARKS, "created_at") == [datetime(2026, 11, 16)]


@pytest.mark.parametrize("cell", [number(-1, 1), number(90000), number(20261116)])
def test_a_number_that_is_no_day_is_set_aside(cell: str, tmp_path: Path) -> None:
    assert reasons(marks(tmp_path, [mark(cell)]), Table.MARKS) == {"bad_timestamp": 1}


def test_hours_of_lessons(tmp_path: Path) -> None:
    header = texts("lesson_id", "class_id", "subject", "date", "starts_at", "ends_at")
    row = [*texts("100", "10", "Алгебра"), number(SERIAL, 1), number(0.35416666666666669, 2)]
    book = xlsx({"Уроки": sheet([header, [*row, number(46342.385416666664)]])})
    folder = write(tmp_path, {"dump.xlsx": book})
    (folder / "lessons.csv").unlink()
    lesson = frame(load(folder, ALL_COLUMNS, ReadOptions()), Table.LESSONS).row(0, named=True)
    assert lesson["date"] == date(2026, 11, 16)
    assert (str(lesson["starts_at"]), str(lesson["ends_at"])) == ("08:30:00", "09:15:00")


def test_numbers_are_ids_up_to_fifteen_digits(tmp_path: Path) -> None:
    row = [number("1"), number("100.0"), number("999999999999999"), *mark()[3:]]
    dump = marks(tmp_path, [row])
    assert column(dump, Table.MARKS, "lesson_id") == [100]
    assert column(dump, Table.MARKS, "student_id") == [999999999999999]


@pytest.mark.parametrize("stored", ["2257077130866233197", "2.2570771308662333E+18", "1e15"])
def test_an_id_of_more_digits_is_destroyed(stored: str, tmp_path: Path) -> None:
    row = [number("1"), number(stored), *mark()[2:]]
    with pytest.raises(DumpError, match=r"marks\.xlsx, line 3: the column lesson_id") as caught:
        marks(tmp_path, [mark(), row])
    assert "destroyed id" in caught.value.message().en


@pytest.mark.parametrize(
    "cell",
    [
        '<c t="e"><v>#REF!</v></c>',
        '<c t="e"><f>A1</f><v>#N/A</v></c>',
        "<c><f>NOW()</f></c>",
        "<c><f>NOW()</f><v></v></c>",
        '<c t="s"><f>A1</f></c>',
        '<c t="b"><f>A1</f><v></v></c>',
        '<c t="str"><f>A1</f></c>',
        number("nan"),
    ],
)
def test_a_cell_without_a_value_of_its_own_sets_its_row_aside(cell: str, tmp_path: Path) -> None:
    dump = marks(tmp_path, [mark(), mark(cell, *mark()[4:])])
    assert reasons(dump, Table.MARKS) == {"unread_cell": 1}
    assert dump.tables[Table.MARKS].counts.read == 2


def test_a_stored_value_of_a_formula_is_read(tmp_path: Path) -> None:
    cells = ['<c t="str"><f>A1</f><v>Поведение</v></c>', f"<c><f>B1</f><v>{SERIAL}</v></c>"]
    blank = ['<c t="str"><f>A1</f><v></v></c>', mark()[4]]
    dump = marks(tmp_path, [mark(*cells), [text_cell("2"), *mark(*blank)[1:]]])
    assert column(dump, Table.MARKS, "work_type") == ["Поведение", None]
    assert dump.problems == ()


def test_a_formula_may_come_to_an_empty_text(tmp_path: Path) -> None:
    row = mark('<c t="str"><f>A1</f><v></v></c>', text_cell("2026-11-16"))
    dump = marks(tmp_path, [row])
    assert column(dump, Table.MARKS, "work_type") == [None]


def test_an_error_in_a_column_of_no_interest_harms_nothing(tmp_path: Path) -> None:
    rows = [[*HEADER, text_cell("Итог")], [*mark(), '<c t="e"><v>#REF!</v></c>']]
    dump = loaded(tmp_path, {"marks.xlsx": xlsx({"Лист1": sheet(rows)})})
    assert column(dump, Table.MARKS, "mark_id") == [1]


def test_lines_above_the_header_and_totals_below(tmp_path: Path) -> None:
    rows = [
        texts("Отчёт за период"),
        [],
        texts("Школа:", "Школа №1"),
        HEADER,
        mark(),
        [],
        texts("Итого:", "1"),
        texts("Всего", "1"),
    ]
    dump = loaded(tmp_path, {"marks.xlsx": xlsx({"marks": sheet(rows)})})
    assert column(dump, Table.MARKS, "mark_id") == [1]
    assert dump.problems == ()


def test_totals_between_rows_are_rows(tmp_path: Path) -> None:
    dump = marks(
        tmp_path, [mark(), texts("Итого", "1"), texts("2", *["100"] * 2, "а", "16.11.2026")]
    )
    assert column(dump, Table.MARKS, "mark_id") == ["1", "2"]
    assert dump.tables[Table.MARKS].counts.read == 3


def test_a_heading_of_two_rows(tmp_path: Path) -> None:
    rows = [
        texts("ID оценки", "Где и кто", "", "Оценка", ""),
        texts("", "ID урока", "ID ученика", "Вид работы", "Дата выставления"),
        mark(),
    ]
    dump = loaded(tmp_path, {"Оценки.xlsx": xlsx({"Лист1": sheet(rows)})})
    assert column(dump, Table.MARKS, "mark_id") == [1]


def test_a_blank_below_a_merged_heading_is_no_name(tmp_path: Path) -> None:
    names = MARKS_HEADER.split(",")
    above, below = texts(*names[:2], "Ученик", "", "Работа"), texts(" ", " ", *names[2:])
    dump = loaded(tmp_path, {"marks.xlsx": xlsx({"Лист1": sheet([above, below, mark()])})})
    assert column(dump, Table.MARKS, "mark_id") == [1]


def test_a_row_is_named_by_its_number_in_the_sheet(tmp_path: Path) -> None:
    rows = [texts("Отчёт"), HEADER, mark(), [], texts("2", "2,25708E+18", *["x"] * 3)]
    xml = sheet(rows).replace("<row></row>", '<row r="40"></row>')
    with pytest.raises(DumpError, match="line 41: the column lesson_id"):
        loaded(tmp_path, {"marks.xlsx": xlsx({"marks": xml})})


def test_a_workbook_named_after_a_table_is_its_one_visible_sheet_with_the_header(
    tmp_path: Path,
) -> None:
    hidden = sheet([HEADER, texts("9", *["100"] * 2, "а", "16.11.2026")])
    sheets = {"Старое": hidden, "Титул": sheet([texts("Отчёт")]), "Лист1": sheet([HEADER, mark()])}
    dump = loaded(tmp_path, {"marks.xlsx": xlsx(sheets, hidden=["Старое"])})
    assert column(dump, Table.MARKS, "mark_id") == [1]


def test_two_sheets_with_the_header_are_refused(tmp_path: Path) -> None:
    sheets = {"5А": sheet([HEADER, mark()]), "5Б": sheet([HEADER])}
    with pytest.raises(DumpError, match="several sheets: 5А, 5Б"):
        loaded(tmp_path, {"marks.xlsx": xlsx(sheets)})
    with pytest.raises(DumpError, match="no visible sheet"):
        loaded(tmp_path, {"marks.xlsx": xlsx({"а": sheet([["1"]]), "б": sheet([["1"]])})})


def test_sheets_named_after_tables_are_parts_and_hidden_ones_and_copies_are_named(
    tmp_path: Path,
) -> None:
    second = [texts("2", "200", "8", "а", "16.11.2026")]
    sheets = {
        "Оценки": sheet([HEADER, mark()]),
        "marks-2": sheet([HEADER, *second]),
        "marks old": sheet([HEADER, mark()]),
        "Отметки": sheet([HEADER, mark()]),
        "Прочее": sheet([HEADER]),
    }
    dump = loaded(tmp_path, {"dump.xlsx": xlsx(sheets, hidden=["Отметки"])})
    assert column(dump, Table.MARKS, "mark_id") == [1, 2]
    said = [notice.message.en for notice in dump.warnings]
    assert any("dump.xlsx: marks old" in text for text in said)
    assert any("hidden: dump.xlsx: Отметки" in text for text in said)


def test_shared_and_rich_texts(tmp_path: Path) -> None:
    strings = (
        '<sst xmlns="x"><si><t>Поведение</t></si>'
        "<si><r><t>Ответ </t></r><r><t>на уроке</t></r><rPh><t>фон</t></rPh></si></sst>"
    )
    cells = ['<c t="s"><v>0</v></c>', '<c t="s"><v>1</v></c>']
    book = xlsx(
        {
            "marks": sheet(
                [
                    HEADER,
                    mark(cells[0], mark()[4]),
                    [text_cell("2"), *mark(cells[1], mark()[4])[1:]],
                ]
            )
        },
        more={"xl/sharedStrings.xml": strings},
    )
    dump = loaded(tmp_path, {"marks.xlsx": book})
    assert column(dump, Table.MARKS, "work_type") == ["Поведение", "Ответ на уроке"]


def test_names_of_elements_may_have_a_prefix(tmp_path: Path) -> None:
    xml = sheet([HEADER, mark()])
    for name in ("worksheet", "sheetData", "row", "c", "is", "t"):
        for end in ("<", "</"):
            for behind in (">", " "):
                xml = xml.replace(f"{end}{name}{behind}", f"{end}x:{name}{behind}")
    dump = loaded(tmp_path, {"marks.xlsx": xlsx({"marks": xml.replace("xmlns=", "xmlns:x=")})})
    assert column(dump, Table.MARKS, "mark_id") == [1]


def test_ods_of_native_types(tmp_path: Path) -> None:
    def cell(kind: str, value: str, shown: str = "") -> str:
        of = {"float": "value", "date": "date-value", "boolean": "boolean-value"}[kind]
        return (
            f'<table:table-cell office:value-type="{kind}" office:{of}="{value}">'
            f"<office:annotation><text:p>заметка</text:p></office:annotation>"
            f"<text:p>{shown}</text:p></table:table-cell>"
        )

    error = (
        '<table:table-cell table:formula="of:=[.#REF!]" office:value-type="string" '
        'office:string-value="" calcext:value-type="error"><text:p>#REF!</text:p>'
        "</table:table-cell>"
    )
    unknown = '<table:table-cell table:formula="of:=NOW()"/>'
    many = "<text:p>Ответ<text:s/>на</text:p><text:p>уроке</text:p>"
    rest = [ods_cell("Поведение"), cell("date", "2026-11-16T20:59:59", "16.11.26")]
    rows = [
        [ods_cell(name) for name in MARKS_HEADER.split(",")],
        [cell("float", "1", "1,00"), cell("float", "100"), cell("float", "7"), *rest],
        [ods_cell("2"), ods_cell("100"), ods_cell("7"), error, rest[1]],
        [ods_cell("3"), ods_cell("100"), ods_cell("7"), unknown, rest[1]],
        [
            ods_cell("4"),
            ods_cell("100"),
            ods_cell("7"),
            f'<table:table-cell office:value-type="string">{many}</table:table-cell>',
            cell("date", "2026-11-16"),
        ],
    ]
    book = ods({"Оценки": rows, "Отметки": rows}, hidden=["Отметки"])
    dump = loaded(tmp_path, {"dump.ods": book})
    assert column(dump, Table.MARKS, "mark_id") == [1, 4]
    assert column(dump, Table.MARKS, "work_type") == ["Поведение", "Ответ на\nуроке"]
    assert column(dump, Table.MARKS, "created_at_has_time") == [True, False]
    assert reasons(dump, Table.MARKS) == {"unread_cell": 2}


@pytest.mark.filterwarnings("ignore::DeprecationWarning:xlwt")
def test_xls(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    for name, text in {**REQUIRED, "marks.csv": MARKS}.items():
        page = book.add_sheet(name.removesuffix(".csv"))
        for row, line in enumerate(text.splitlines()):
            for place, cell in enumerate(line.split(",")):
                page.write(row, place, int(cell) if cell.isdecimal() else cell)
    day = xlwt.easyxf(num_format_str="DD.MM.YYYY")
    page.write(2, 0, 2)
    page.write(2, 1, 100)
    page.write(2, 4, datetime(2026, 11, 16, 20, 59, 59), day)
    hidden = book.add_sheet("Отметки")
    hidden.visibility = 1
    book.save(tmp_path / "dump.xls")
    dump = load(tmp_path / "dump.xls", ALL_COLUMNS, ReadOptions())
    assert column(dump, Table.MARKS, "created_at") == [datetime(2026, 11, 16, 20, 59, 59)] * 2
    assert dump.problems == ()
    page.write(3, 0, 3)
    page.write(3, 1, 2257077130866233197)
    page.write(3, 4, "16.11.2026")
    book.save(tmp_path / "dump.xls")
    with pytest.raises(DumpError, match="destroyed id"):
        load(tmp_path / "dump.xls", ALL_COLUMNS, ReadOptions())


def test_russian_names_in_an_archive_of_windows(tmp_path: Path) -> None:
    content = zipped({"aaaaaa.csv": MARKS})
    dump = loaded(tmp_path, {"d.zip": content.replace(b"aaaaaa", "Оценки".encode("cp866"))})
    assert column(dump, Table.MARKS, "mark_id") == [1]


def test_an_archive_is_a_folder(tmp_path: Path) -> None:
    files = {f"school-1/{name}": text for name, text in REQUIRED.items()}
    inside: dict[str, str | bytes] = {
        **files,
        "__MACOSX/._marks.csv": "x",
        "backup/marks.csv": MARKS,
        "marks/school_id=1/part-0.csv": MARKS,
        "b.xlsx": xlsx({"Ученики": sheet([texts("person_id", "school_id"), texts("7", "1")])}),
    }
    (tmp_path / "d.zip").write_bytes(zipped(inside))
    dump = load(tmp_path / "d.zip", ALL_COLUMNS, ReadOptions())
    assert column(dump, Table.MARKS, "mark_id") == [1]
    assert column(dump, Table.STUDENTS, "person_id") == [7]
    assert [notice.message.en for notice in dump.warnings] == [
        "Not read, as the names are those of copies: d.zip/backup/"
    ]
