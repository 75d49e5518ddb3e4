"""A dump polluted by hand: `validate` names every fault by file and line, in any format."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from monitor_cli import cli
from monitor_cli.commands.reading import SAMPLE_FOLDER
from monitor_cli.errors import ExitCode
from tests.documents import parsed

if TYPE_CHECKING:
    from pathlib import Path

SCHOOL, CLASS, LESSON = "1000001567119", "2257077130895397646", "2261340771322881512"
CANCELLED = "2261340814697598390"
STUDENT, TEACHER = "1600397765049", "1600397764446"
NOBODY = "999"
USED, ASIDE, ONCE, REMARK = "used", "set_aside", "repeated", "remark"


Named = tuple[str, int, str, str]
"""What a fault is named by: file, line, code, effect."""


class Fault(NamedTuple):
    """A line at the end of a file of the sample, the code that it must be named by, its effect."""

    table: str
    line: str
    code: str
    effect: str = ASIDE


FAULTS = (
    Fault("classes", f"31;{NOBODY};7Б;7;2026;Активный;1", "unknown_reference"),
    Fault("classes", f"32;{SCHOOL};8Б;8", "ragged_line"),
    Fault("staff", f"41;{SCHOOL};Имя;Педагог-психолог;;да;;;;;", "unknown_role", USED),
    Fault("staff", f"42;{SCHOOL};Имя;Учитель;;наверное;;;;;", "bad_value"),
    Fault("staff", f"43;{NOBODY};Имя;Учитель;;да;;;;;", "unknown_reference"),
    Fault("staff", f";{SCHOOL};Имя;Учитель;;да;;;;;", "missing_value"),
    Fault("students", f"51;{SCHOOL};{NOBODY};Имя;да;;;", "unknown_reference", USED),
    Fault("students", f"52;{SCHOOL};{CLASS};Имя;да;позавчера;;", "bad_timestamp"),
    Fault("students", f"53;{SCHOOL};{CLASS};Имя;да;;31.02.2026;", "bad_date"),
    Fault("parents", f"61;{SCHOOL};{NOBODY};Имя;да;", "unknown_reference", USED),
    Fault("parents", "62;;;Имя;да;", "missing_value"),
    Fault("lessons", f"71;{CLASS};Физика;;;;32.11.2026;1;;;;;;", "bad_date"),
    Fault("lessons", f"72;{NOBODY};Физика;;;;16.11.2026;1;;;;;;", "unknown_reference"),
    Fault("lessons", f"73;{CLASS};Физика;;{NOBODY};;16.11.2026;1;;;;;;", "unknown_reference", USED),
    Fault("lessons", f"74;{CLASS};Физика;;;;16.11.2026;1;в обед;;;;;", "bad_timestamp"),
    Fault("lessons", f"75;{CLASS};Физика;;;;16.11.2026;1;;;;;может;", "bad_value"),
    Fault("marks", f"81;{LESSON};{STUDENT};Поведение;5;вчера;", "bad_timestamp"),
    Fault("marks", f"82;{LESSON};{STUDENT};Поведение;5;;", "missing_value"),
    Fault("marks", f"83;{LESSON};{NOBODY};Поведение;5;09.11.2026;", "unknown_reference", USED),
    Fault("marks", f"84;{LESSON};{STUDENT};Поведение;5;09.11.2026;;лишнее", "ragged_line"),
    Fault("marks", f'"85"х;{LESSON};{STUDENT};Поведение;5;09.11.2026;', "ragged_line"),
    Fault("marks", f"86;{LESSON};{STUDENT};Поведение;5;09.11.2030 10:00;", "future", REMARK),
    Fault("marks", f"87;{CANCELLED};{STUDENT};Тест;5;18.11.2026;", "cancelled_marks", REMARK),
    Fault("attendance", f"{LESSON};{STUDENT};летал;", "bad_value"),
    Fault("attendance", f"{LESSON};{STUDENT};;", "missing_value"),
    Fault("attendance", f"{NOBODY};{STUDENT};Н;", "unknown_reference"),
    Fault("homework", f"91;{LESSON};§ 1;;завтра;", "bad_timestamp"),
    Fault("homework", f"92;{NOBODY};§ 1;;09.11.2026;", "unknown_reference"),
    Fault("homework", f"93;{LESSON};§ 1;иногда;09.11.2026;", "bad_value"),
    Fault("diary_views", f"{STUDENT};Сосед;09.11.2026 10:00", "bad_value"),
    Fault("diary_views", f"{NOBODY};Родитель;09.11.2026 10:00", "unknown_reference"),
    Fault("logins", f"{STUDENT};{SCHOOL};Ученик;когда-то", "bad_timestamp"),
    Fault("logins", f";{SCHOOL};Ученик;09.11.2026 10:00", "missing_value"),
    Fault("final_marks", f"{STUDENT};{CLASS};Физика;1", "ragged_line"),
)
AGAIN = {"marks": "repeated_header"}
"""Tables whose header stands once more below the faults."""
DOUBLED = ("homework", "attendance")
"""Tables whose last good row stands once more, the first time it is named."""
PREAMBLE = "Отчёт за период 09.11.2026 – 29.11.2026\n\n"
FRAMED = ("marks", "logins")
"""Tables with a line and a blank one above the header, and totals below."""


@pytest.fixture(scope="module")
def polluted(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, set[Named]]:
    """The dump, and its faults without the sample's own."""
    folder = tmp_path_factory.mktemp("polluted")
    placed: set[Named] = set()
    for path in SAMPLE_FOLDER.glob("*.csv"):
        table = path.stem
        text = path.read_text("utf-8-sig")
        header = text.partition("\n")[0]
        if table in DOUBLED:
            last = text.count("\n")
            placed.add((path.name, last, "repeated", ONCE))
            text += text.splitlines()[-1] + "\n"
        if table in FRAMED:
            text = PREAMBLE + text
            placed.add((path.name, 1, "left_out", REMARK))
        for fault in FAULTS:
            if fault.table == table:
                text += fault.line + "\n"
                placed.add((path.name, text.count("\n"), fault.code, fault.effect))
        if table in AGAIN:
            text += header + "\n"
            placed.add((path.name, text.count("\n"), AGAIN[table], ASIDE))
        if table in FRAMED:
            text += "Итого: 12\n"
            placed.add((path.name, text.count("\n"), "left_out", REMARK))
        (folder / path.name).write_text(text, encoding="utf-8")
    return folder, placed


def validated(data: Path, target: Path) -> bytes:
    assert cli.main(["validate", "-q", "--data", str(data), "-o", str(target)]) == ExitCode.DONE
    return target.read_bytes()


def named(document: Any) -> set[Named]:
    """All that is named by its line."""
    rows = {
        (one["file"], finding["line"], one["reason"], one["effect"])
        for one in document["problems"]
        for finding in one["listed"]
    }
    return rows | {
        (place["file"], place["line"], one["code"], REMARK)
        for one in document["remarks"]
        for place in one["listed"]
    }


def test_every_fault_is_named_by_file_and_line_and_nothing_else_is(
    polluted: tuple[Path, set[Named]], tmp_path: Path
) -> None:
    folder, placed = polluted
    found = named(parsed(validated(folder, tmp_path / "v.json")))
    framed = {f"{table}.csv" for table in FRAMED}
    own = {
        (file, line + (2 if file in framed else 0), code, effect)
        for file, line, code, effect in named(parsed(validated(SAMPLE_FOLDER, tmp_path / "s.json")))
    }
    assert own
    assert found == placed | own


def test_a_spreadsheet_names_them_too(polluted: tuple[Path, set[Named]], tmp_path: Path) -> None:
    folder, placed = polluted
    text = validated(folder, tmp_path / "v.csv").decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text), delimiter=";")
    told = {
        (row["file"], int(row["line"]), row["reason"], row["effect"]) for row in rows if row["line"]
    }
    assert placed <= told
