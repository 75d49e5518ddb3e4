"""Files → views of used rows in DuckDB, and how many rows are not used, by reason."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.duckdb_tables import SHEETS

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import DuckDBPyConnection as Connection

FIRST, BEYOND = "1900-01-01", "2101-01-01"


def open_table(con: Connection, folder: Path, table: str) -> None:
    """Make `raw_<table>`, with a number `row` for each row, and `whole_<table>`, all columns of it.

    A Parquet file is viewed; a CSV file, which is slow to read, is read once into a table.

    Raises:
        FileNotFoundError: the dump has no such table.
    """
    parquet = folder / f"{table}.parquet"
    if parquet.exists():
        _open_parquet(con, parquet, table)
    else:
        _open_csv(con, folder / f"{table}.csv", table)


def _open_parquet(con: Connection, path: Path, table: str) -> None:
    source = f"read_parquet({_text(path)}, file_row_number = true)"
    con.execute(
        f"CREATE TEMP VIEW whole_{table} AS"
        f" SELECT * EXCLUDE (file_row_number), file_row_number AS row FROM {source}"
    )
    there = {name for name, *_ in con.execute(f"DESCRIBE whole_{table}").fetchall()}
    cells = [
        f'"{name}"' if name in there else f'NULL::{cell.type} AS "{name}"'
        for name, cell in SHEETS[table].columns.items()
    ]
    said = ", ".join(cells)
    con.execute(f"CREATE TEMP VIEW raw_{table} AS SELECT {said}, row FROM whole_{table}")


def _open_csv(con: Connection, path: Path, table: str) -> None:
    """Read the columns into a table; lines with cells that do not parse are rejected, and kept."""
    with path.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    columns = SHEETS[table].columns
    types = {cell.header: cell.type for cell in columns.values()}
    said = ", ".join(f"{_text(name)}: '{types.get(name, 'VARCHAR')}'" for name in header)
    source = (
        f"read_csv({_text(path)}, header = true, delim = ',', quote = '\"', escape = '\"',"
        f" auto_detect = false, columns = {{{said}}}, store_rejects = true, rejects_limit = 0,"
        f" rejects_table = 'rejected_{table}', rejects_scan = 'scanned_{table}')"
    )
    cells = [
        f'{_quoted(cell.header) if cell.header in header else f"NULL::{cell.type}"} AS "{name}"'
        for name, cell in columns.items()
    ]
    con.execute(f"CREATE TEMP TABLE read_{table} AS SELECT {', '.join(cells)} FROM {source}")
    con.execute(f"CREATE TEMP VIEW raw_{table} AS SELECT *, rowid AS row FROM read_{table}")
    known = [
        f'{_quoted(cell.header)} AS "{name}"'
        for name, cell in columns.items()
        if cell.header in header
    ]
    others = [_quoted(name) for name in header if name not in types]
    con.execute(
        f"CREATE TEMP VIEW whole_{table} AS SELECT {', '.join([*known, *others])},"
        f" row_number() OVER () - 1 AS row FROM {source}"
    )


def _text(value: object) -> str:
    """A text of SQL."""
    return "'" + str(value).replace("'", "''") + "'"


def _quoted(name: str) -> str:
    """A name of SQL."""
    return '"' + name.replace('"', '""') + '"'


@dataclass(frozen=True, slots=True)
class Words:
    """A column of words: the expression of its values, and whether some of them are not known."""

    value: str
    unknown: bool


def check(con: Connection, table: str) -> dict[str, int]:
    """Make `<table>`, a view of the rows left, and say how many are not, by reason."""
    sheet = SHEETS[table]
    problems = _rejected(con, table)
    words = _words(con, table)
    reason = _reason(table, words)
    names = [
        f'{words[name].value} AS "{name}"' if name in words else f'"{name}"'
        for name in sheet.columns
    ]
    good = f"SELECT {', '.join(names)}, row FROM raw_{table}"
    if _is_spoilt(con, table, words):
        faulty = con.execute(
            f"SELECT reason, count(*) FROM (SELECT {reason} AS reason FROM raw_{table})"
            " WHERE reason IS NOT NULL GROUP BY reason"
        ).fetchall()
        for why, rows in faulty:
            problems[why] = problems.get(why, 0) + rows
        good += f" WHERE ({reason}) IS NULL"
    con.execute(f"CREATE TEMP VIEW good_{table} AS {good}")
    left = f"FROM good_{table} t"
    if not _is_unique(con, table):
        problems |= _give_up(con, table, words)
        left += f" ANTI JOIN given_up_{table} USING (row)"
    for reference in sheet.references:
        if reference.strict and reference.table == "schools":
            on = f"(SELECT {reference.target} FROM {reference.table}) USING ({reference.column})"
            (problems["unknown_reference"],) = _row(con, f"SELECT count(*) {left} ANTI JOIN {on}")
            if problems["unknown_reference"]:
                left += f" SEMI JOIN {on}"
    con.execute(f"CREATE TEMP VIEW {table} AS {left} SELECT t.* EXCLUDE (row)")
    return problems


def _words(con: Connection, table: str) -> dict[str, Words]:
    """The columns in which words stand for values; each word of the file is looked up once."""
    types = {name: kind for name, kind, *_ in con.execute(f"DESCRIBE raw_{table}").fetchall()}
    found = {}
    for name, cell in SHEETS[table].columns.items():
        if not cell.kind or types[name] != "VARCHAR":
            continue
        spellings = con.execute(f'SELECT DISTINCT "{name}" FROM raw_{table}').fetchall()
        known = con.execute(
            f"SELECT word, {cell.kind}(word)::VARCHAR FROM (SELECT unnest(?::VARCHAR[]) AS word)",
            [[None, *(word for (word,) in spellings if word is not None)]],
        ).fetchall()
        cases = [
            f"WHEN {_text(word)} THEN {_text(value)}"
            for word, value in known
            if word is not None and value is not None
        ]
        blank = next(_text(value) if value else "NULL" for word, value in known if word is None)
        value = f'CASE "{name}" {" ".join(cases)} ELSE {blank} END' if cases else "NULL"
        found[name] = Words(
            f"({value})::{'BOOLEAN' if cell.kind == 'flag' else 'VARCHAR'}",
            unknown=any(word is not None and value is None for word, value in known),
        )
    return found


def _row(con: Connection, query: str) -> tuple[int, ...]:
    rows: list[tuple[int, ...]] = con.execute(query).fetchall()
    return rows[0]


def _rejected(con: Connection, table: str) -> dict[str, int]:
    """Lines of a CSV file with a cell that does not parse, by the reason of the first of them.

    Raises:
        ValueError: the cell is an id: ids that are texts are not read here.
    """
    name = f"rejected_{table}"
    (exists,) = _row(con, f"SELECT count(*) FROM duckdb_tables() WHERE table_name = '{name}'")
    if not exists:
        return {}
    cells = {cell.header: cell for cell in SHEETS[table].columns.values()}
    problems: dict[str, int] = {}
    for header, rows in con.execute(
        f"SELECT header, count(*) FROM (SELECT arg_min(column_name, column_idx) AS header"
        f" FROM {name} GROUP BY line) GROUP BY header"
    ).fetchall():
        cell = cells[header.strip('"')]
        if cell.type == "BIGINT":
            message = f"{table}: {header} holds a text"
            raise ValueError(message)
        problems[cell.reason] = problems.get(cell.reason, 0) + rows
    return problems


def _reason(table: str, words: dict[str, Words]) -> str:
    """An expression: why a row is set aside, or null."""
    sheet = SHEETS[table]
    empty = " OR ".join(f'"{name}" IS NULL' for name in sheet.needed)
    cases = [f"WHEN {empty} THEN 'missing_value'"]
    for name, cell in sheet.columns.items():
        if cell.has_years:
            cases.append(
                f"""WHEN "{name}" < '{FIRST}' OR "{name}" >= '{BEYOND}' THEN '{cell.reason}'"""
            )
        elif name in words:
            cases.append(
                f"WHEN \"{name}\" IS NOT NULL AND {words[name].value} IS NULL THEN '{cell.reason}'"
            )
    return f"CASE {' '.join(cases)} END"


def _is_spoilt(con: Connection, table: str, words: dict[str, Words]) -> bool:
    """Whether any row has a fault: most of it is told by the statistics of the file."""
    if any(one.unknown for one in words.values()):
        return True
    sheet = SHEETS[table]
    faults = [f'count(*) > count("{name}")' for name in sheet.needed]
    for name, cell in sheet.columns.items():
        if cell.has_years:
            faults.append(f"""coalesce(min("{name}") < '{FIRST}', false)""")
            faults.append(f"""coalesce(max("{name}") >= '{BEYOND}', false)""")
    return any(_row(con, f"SELECT {', '.join(faults)} FROM raw_{table}"))


def _is_unique(con: Connection, table: str) -> bool:
    """Whether no two rows share the key.

    Ids that grow from row to row are unique, and looking one row back costs next to nothing; else
    they are sorted, which takes less than grouping them.
    """
    sheet = SHEETS[table]
    source = f"good_{table}"
    one_back = "SELECT 1 FROM (SELECT id {} lag(id) OVER () AS found FROM ({})) WHERE found LIMIT 1"
    if sheet.single:
        ids = f"SELECT {sheet.single} AS id FROM {source}"
        if not con.execute(one_back.format("<=", ids)).fetchall():
            return True
        if not con.execute(one_back.format("=", f"{ids} ORDER BY id")).fetchall():
            return True
    ids = f"SELECT hash({', '.join(sheet.key)}) AS id FROM {source}"
    return not con.execute(one_back.format("=", f"{ids} ORDER BY id")).fetchall()


def _give_up(con: Connection, table: str, words: dict[str, Words]) -> dict[str, int]:
    """Of rows that share a key the last stands; the others go to `given_up_<table>`."""
    key = {f"key_{place}": name for place, name in enumerate(SHEETS[table].key)}
    named = ", ".join(f"{name} AS {short}" for short, name in key.items())
    same = " AND ".join(f"d.{short} IS NOT DISTINCT FROM g.{short}" for short in key)
    replaced = ", ".join(f'{one.value} AS "{name}"' for name, one in words.items())
    different = "* EXCLUDE (row)" + (f" REPLACE ({replaced})" if replaced else "")
    con.execute(
        f"CREATE TEMP TABLE doubled AS SELECT {named} FROM good_{table}"
        " GROUP BY ALL HAVING count(*) > 1;"
        f" CREATE TEMP TABLE shared AS SELECT g.* FROM (SELECT {named}, row FROM good_{table}) g"
        f" SEMI JOIN doubled d ON {same};"
        f" CREATE TEMP TABLE given_up_{table} AS SELECT row FROM shared ANTI JOIN"
        f" (SELECT max(row) AS row FROM shared GROUP BY {', '.join(key)}) USING (row)"
    )
    rows, distinct, stand = _row(
        con,
        "SELECT (SELECT count(*) FROM shared), (SELECT count(*) FROM (SELECT DISTINCT"
        f" {different} FROM whole_{table} SEMI JOIN shared USING (row))),"
        " (SELECT count(*) FROM doubled)",
    )
    con.execute("DROP TABLE doubled; DROP TABLE shared")
    return {"repeated": rows - distinct, "duplicate_key": distinct - stand}


def references(con: Connection) -> tuple[dict[str, int], dict[str, int]]:
    """Rows that refer to nothing: set aside, by table; and only warned of, by table.column.

    Rows of a fact stand counted by lesson or student in `marked`, `noted`, `given`, `viewed`.
    """
    lost = {
        "lessons": "SELECT count(*) FROM lessons ANTI JOIN classes USING (class_id)",
        "diary_views": "SELECT sum(views) FROM viewed ANTI JOIN student ON student_id = person_id",
    }
    for table, counted in {"marks": "marked", "attendance": "noted", "homework": "given"}.items():
        lost[table] = f"SELECT sum(rows) FROM {counted} ANTI JOIN lesson USING (lesson_id)"
    strict = {table: int(_row(con, query)[0] or 0) for table, query in lost.items()}

    def nobody(table: str, column: str, register: str, within: str = "") -> str:
        used = f" SEMI JOIN {within}" if strict.get(table) and within else ""
        return (
            f"SELECT count(*) FROM (SELECT * FROM {table} t ANTI JOIN {register} r"
            f" ON t.{column} = r.person_id WHERE {column} IS NOT NULL){used}"
        )

    classes, lesson = "classes USING (class_id)", "lesson USING (lesson_id)"
    named = {
        "students.class_id": "SELECT count(*) FROM students"
        " ANTI JOIN classes USING (school_id, class_id) WHERE class_id IS NOT NULL",
        "parents.student_id": nobody("parents", "student_id", "student"),
        "lessons.teacher_id": nobody("lessons", "teacher_id", "staff", classes),
        "lessons.substitute_id": nobody("lessons", "substitute_id", "staff", classes),
        "marks.student_id": nobody("marks", "student_id", "student", lesson),
        "attendance.student_id": nobody("attendance", "student_id", "student", lesson),
    }
    return strict, {column: _row(con, query)[0] for column, query in named.items()}
