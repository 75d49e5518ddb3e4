"""`monitor task …` on a file: who may, who may not, what is printed, what goes wrong."""

from __future__ import annotations

import csv
import io
import sqlite3
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from monitor_cli import cli
from monitor_cli.errors import ExitCode
from tests.documents import parsed

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("elsewhere")

Captured = pytest.CaptureFixture[str]
ROUO = "rouo"
TIHIY, SVETLYI = "mouo:Тихоборский район", "mouo:Светлореченский городской округ"
FOURTEEN, GYMNASIUM, SECOND = "1000001568218", "1000001568201", "1000001567119"
SCHOOL = f"school:{FOURTEEN}"


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of its own for each test."""
    path = tmp_path / "tasks.sqlite"
    monkeypatch.setenv("MONITOR_STORE", str(path))
    return path


class Officer:
    """One who types commands and reads what is printed."""

    def __init__(self, capfd: Captured) -> None:
        self._capfd = capfd

    def runs(self, *words: str) -> tuple[int, str, str]:
        code = cli.main(["task", *words])
        printed = self._capfd.readouterr()
        return code, printed.out, printed.err

    def gets(self, *words: str) -> Any:
        code, out, err = self.runs(*words, "--json")
        assert code == ExitCode.DONE, err
        return parsed(out)

    def refused(self, *words: str) -> str:
        code, out, err = self.runs(*words)
        assert (code, out) == (ExitCode.USAGE, "")
        assert 1 <= err.count("\n") <= 3
        return err

    def issues(self, *words: str, who: str = ROUO, to: str = "all") -> Any:
        typed = ("--title", "Оценки в срок", "--to", to, *words)
        return self.gets("issue", "--as", who, "--data", "sample", *typed)["tasks"][0]


@pytest.fixture
def officer(capfd: Captured) -> Officer:
    return Officer(capfd)


def goal(week: str = "2026-W47") -> tuple[str, ...]:
    return ("--indicator", "timely_marks", "--target", "80", "--week", week)


# ---------------------------------------------------------------- the story of the memo


def test_the_story_a_school_too_early_then_accepted_then_fulfilled(officer: Officer) -> None:
    issued = officer.issues(*goal(), "--due", "2026-12-07")
    assert (issued["task"], issued["state"], issued["schools"]) == (1, "issued", 6)
    too_early = officer.refused("show", "1", "--as", SCHOOL)
    assert "поручения 1 для вас нет" in too_early
    assert officer.gets("list", "--as", SCHOOL)["tasks"] == []
    assert "поручения 1 для вас нет" in officer.refused("accept", "1", "--as", SCHOOL)

    [entry] = officer.gets("accept", "1", "--as", TIHIY)["log"]
    assert (entry["deed"], entry["from_state"]) == ("accepted_by_municipality", "issued")
    assert officer.gets("show", "1", "--as", SCHOOL)["schools"][0]["school_id"] == FOURTEEN
    [entry] = officer.gets("accept", "1", "--as", SCHOOL)["log"]
    assert (entry["deed"], entry["school_id"]) == ("accepted_by_school", FOURTEEN)

    waiting = officer.gets("pending", "--as", ROUO)["pending"]
    assert {(one["waits_for"], one["school_id"]) for one in waiting} == {
        ("municipality", None),
        ("school", GYMNASIUM),
        ("school", "1000001568225"),
    }
    checked = officer.gets("check", "--as", ROUO, "--data", "sample")["checked"]
    week = {
        row["school_id"]: row["indicators"]["timely_marks"]
        for row in week_of_the_sample(officer)["rows"]
    }
    for one in checked:
        expected = week[one["school_id"]]
        assert one["measure"]["value"] == expected["value"]
        assert one["verdict"] == ("fulfilled" if expected["value"] >= 80 else "short")
    verdicts = [one["verdict"] for one in checked]
    assert (verdicts.count("fulfilled"), verdicts.count("short")) == (3, 3)
    log = officer.gets("log", "1", "--as", ROUO)["log"]
    done = [one for one in log if one["deed"] == "fulfilled"]
    assert [one["evidence"]["value"] for one in done] == [
        week[one["school_id"]]["value"] for one in done
    ]
    assert officer.gets("check", "--as", ROUO, "--data", "sample")["checked"] == [
        one for one in checked if one["verdict"] == "short"
    ]


def week_of_the_sample(officer: Officer) -> Any:
    code = cli.main(["week", "--data", "sample", "--json", "--quiet"])
    assert code == ExitCode.DONE
    return parsed(officer._capfd.readouterr().out)


def test_for_every_school_that_fell_short(officer: Officer) -> None:
    words = ("--from-week", "last", "--below", "80", "--indicator", "timely_marks")
    made = officer.gets("issue", "--as", ROUO, "--data", "sample", *words)["tasks"]
    low = {
        row["school_id"]: row["indicators"]["timely_marks"]["value"]
        for row in week_of_the_sample(officer)["rows"]
        if row["indicators"]["timely_marks"]["value"] < 80
    }
    shown = officer.gets("show", "1", "--as", ROUO)
    assert {one["school_id"]: one["before"]["value"] for one in shown["schools"]} == low
    assert (made[0]["target"], made[0]["title"]) == (
        80,
        "Своевременное выставление оценок: не ниже 80 %",
    )
    assert shown["task"]["from_week"] == "2026-W47"
    # The week before the issue fulfils nothing.
    checked = officer.gets("check", "--as", ROUO, "--data", "sample")["checked"]
    assert {one["verdict"] for one in checked} == {"too_early"}


def test_a_municipality_addresses_of_those_that_fell_short_its_own(officer: Officer) -> None:
    words = ("--from-week", "2026-W47", "--below", "80", "--indicator", "timely_homework")
    for who in (TIHIY, SVETLYI):
        officer.gets("issue", "--as", who, "--data", "sample", *words)
    for who, number in ((TIHIY, "1"), (SVETLYI, "2")):
        schools = officer.gets("show", number, "--as", who)["schools"]
        assert {one["municipality"] for one in schools} == {who.removeprefix("mouo:")}
        assert {one["state"] for one in schools} == {"accepted_by_municipality"}


def test_when_nobody_fell_short_nothing_is_issued(officer: Officer) -> None:
    words = ("--from-week", "last", "--below", "0", "--indicator", "timely_marks")
    code, out, err = officer.runs("issue", "--as", ROUO, "--data", "sample", *words, "--json")
    assert (code, parsed(out)["tasks"]) == (ExitCode.DONE, [])
    assert "никто не отстал" in err


@pytest.mark.parametrize("week", ["2026-W48", "2027-W10"])
def test_a_week_that_is_not_over_fulfils_nothing(officer: Officer, week: str) -> None:
    officer.issues(*goal(week))
    checked = officer.gets("check", "--as", ROUO, "--data", "sample")["checked"]
    assert {one["verdict"] for one in checked} == {"not_over"}
    assert {one["measure"] for one in checked} == {None}


def test_where_the_dump_has_no_data_nothing_is_fulfilled(officer: Officer) -> None:
    officer.issues(*goal("2025-W10"))
    checked = officer.gets("check", "--as", ROUO, "--data", "sample")["checked"]
    assert {one["verdict"] for one in checked} == {"no_value"}


# ---------------------------------------------------------------- who may not


def test_nobody_does_nothing(officer: Officer) -> None:
    for words in (["list"], ["accept", "1"], ["log"], ["pending"], ["show", "1"], ["close", "1"]):
        assert "не сказано, кто вы" in officer.refused(*words)


@pytest.mark.parametrize("who", ["", "мэр", "rouo:x", "mouo:", "school", "mouo: "])
def test_an_identity_that_is_none_is_refused(officer: Officer, who: str) -> None:
    assert "--as" in officer.refused("list", "--as", who)


@pytest.mark.parametrize("who", ["mouo:Небывалый район", "school:7"])
def test_one_whom_the_store_does_not_know_is_refused(officer: Officer, who: str) -> None:
    officer.issues()
    assert "не знает" in officer.refused("list", "--as", who)


@pytest.mark.parametrize(
    ("who", "words", "said"),
    [
        (SCHOOL, ["issue", "--title", "x", "--to", "all", "--data", "sample"], "не может выдавать"),
        (TIHIY, ["issue", "--title", "x", "--to", SVETLYI], "чужим школам"),
        (TIHIY, ["issue", "--title", "x", "--to", f"school:{SECOND}"], "чужим школам"),
        (ROUO, ["accept", "1"], "не может принимать"),
        (TIHIY, ["close", "1"], "не может закрыть"),
        (SCHOOL, ["close", "1"], "для вас нет"),
        (SCHOOL, ["pending"], "не может смотреть, кто не принял"),
        (SCHOOL, ["check", "--data", "sample"], "не может отмечать исполнение"),
        (TIHIY, ["show", "2"], "для вас нет"),
        (TIHIY, ["accept", "2"], "для вас нет"),
        (TIHIY, ["log", "2"], "для вас нет"),
        (f"school:{SECOND}", ["show", "2"], "для вас нет"),
    ],
)
def test_what_a_role_may_not_do_is_refused_and_leaves_no_trace(
    officer: Officer, who: str, words: list[str], said: str
) -> None:
    officer.issues()
    officer.issues(to=SVETLYI)
    before = officer.gets("log", "--as", ROUO)["log"]
    assert said in officer.refused(*words, "--as", who)
    assert officer.gets("log", "--as", ROUO)["log"] == before


def test_the_identity_of_the_settings_holds_until_another_is_typed(
    officer: Officer, tmp_path: Path
) -> None:
    officer.issues()
    (tmp_path / "monitor.toml").write_text('[task]\nidentity = "mouo:тихоборский район"\n', "utf-8")
    assert officer.gets("list")["as"] == TIHIY
    assert officer.gets("list", "--as", ROUO)["as"] == ROUO


# ---------------------------------------------------------------- what is typed wrongly


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["issue"], "не сказано, кому"),
        (["issue", "--to", "all", "--data", "sample"], "--title"),
        (["issue", "--to", "all", "--title", "x"], "не названа выгрузка"),
        (["issue", "--to", "rouo", "--title", "x", "--data", "sample"], "непонятно"),
        (["issue", "--to", "mouo:Тихоборск", "--title", "x", "--data", "sample"], "похожие: mouo:"),
        (["issue", "--to", "school:5", "--title", "x", "--data", "sample"], "такого нет"),
        (["issue", "--to", "all", "--title", "x", "--due", "завтра", "--data", "sample"], "--due"),
        (
            ["issue", "--to", "all", "--title", "x", "--due", "2020-01-01", "--data", "sample"],
            "уже прошёл",
        ),
        (
            ["issue", "--to", "all", "--title", "x", "--target", "80", "--data", "sample"],
            "--indicator",
        ),
        (
            ["issue", "--to", "all", "--title", "x", "--indicator", "marks", "--data", "sample"],
            "marks",
        ),
        (
            ["issue", "--to", "all", "--title", "x", "--indicator", "timely_marks", "--data",
             "sample"],
            "--target",
        ),
        (["issue", "--from-week", "last", "--data", "sample"], "--below"),
        (["issue", "--from-week", "last", "--below", "80", "--data", "sample"], "--indicator"),
        (
            ["issue", "--from-week", "last", "--below", "80", "--indicator", "timely_marks"],
            "не названа выгрузка",
        ),
        (
            ["issue", "--from-week", "this", "--below", "80", "--indicator", "timely_marks",
             "--data", "sample"],
            "ещё не кончилась",
        ),
        (["issue", "--from-file", "нет.csv", "--data", "sample"], "не прочитан"),
        (["issue", "--from-file", "a.csv", "--title", "x"], "стоит в файле"),
        (["accept"], "какое поручение"),
        (["accept", "1", "--all"], "какое поручение"),
        (["show", "первое"], "не номер"),
        (["show", "9" * 40], "не номер"),
        (["show", "7"], "для вас нет"),
        (["list", "--state", "готово"], "состояния"),
        (["check"], "не названа выгрузка"),
        (["store", "backup"], "не сказано, куда"),
        (["store", "init", "--member", "x=rouo"], "нет ролей"),
        (["sotre"], "store"),
        (["store", "statsu"], "status"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_as_typed_is_said(
    officer: Officer, words: list[str], said: str
) -> None:
    identity = [] if words[0] in {"store", "sotre"} else ["--as", ROUO]
    assert said in officer.refused(*words, *identity)


# ---------------------------------------------------------------- acts


def test_accepting_again_is_said_and_writes_nothing(officer: Officer) -> None:
    officer.issues()
    officer.gets("accept", "1", "--as", TIHIY)
    code, out, err = officer.runs("accept", "1", "--as", TIHIY, "--json")
    assert (code, parsed(out)["log"]) == (ExitCode.DONE, [])
    assert "принято уже раньше: 1" in err


def test_all_that_waits_is_accepted_at_once(officer: Officer) -> None:
    for _ in range(3):
        officer.issues()
    officer.gets("close", "2", "--as", ROUO)
    accepted = officer.gets("accept", "--all", "--as", TIHIY)["log"]
    assert [one["task"] for one in accepted] == [1, 3]
    accepted = officer.gets("accept", "--all", "--as", SCHOOL)["log"]
    assert [one["task"] for one in accepted] == [1, 3]


def test_closing_says_why_for_good(officer: Officer) -> None:
    officer.issues()
    [entry] = officer.gets(
        "close", "1", "--school", FOURTEEN, "--note", "школа закрыта", "--as", ROUO
    )["log"]
    assert (entry["note"], entry["school_id"]) == ("школа закрыта", FOURTEEN)
    assert officer.gets("list", "--as", ROUO)["tasks"][0]["closed"] == 1
    assert len(officer.gets("close", "1", "--as", ROUO)["log"]) == 2
    assert officer.gets("list", "--as", ROUO, "--state", "closed")["tasks"][0]["task"] == 1
    assert officer.gets("list", "--as", ROUO, "--state", "issued")["tasks"] == []
    assert "закрыто уже раньше" in officer.runs("close", "1", "--as", ROUO)[2]


# ---------------------------------------------------------------- lists that arrive


LIST = """Поручение;Срок;Кому;Показатель;Цель, %;Неделя цели;Текст
Оценки;07.12.2026;mouo:Тихоборский район;Своевременное выставление оценок;90,5;2026-W49;До 21:00
'=Опасное;;all;;;;
"""


def test_a_list_is_issued_whole_with_russian_headings(officer: Officer, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes(LIST.encode("cp1251"))
    made = officer.gets("issue", "--from-file", "list.csv", "--as", ROUO, "--data", "sample")
    first, second = made["tasks"]
    assert (first["title"], first["due"], first["schools"]) == ("Оценки", "2026-12-07", 3)
    assert (first["indicator"], first["target"], first["week"]) == (
        "timely_marks",
        90.5,
        "2026-W49",
    )
    assert (first["text"], second["title"], second["schools"]) == ("До 21:00", "=Опасное", 6)


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_one_store_exports_another_issues(
    officer: Officer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    suffix: str,
    language: str,
) -> None:
    officer.issues(*goal("2026-W49"), "--due", "2026-12-07", "--text", "раз;\nдва")
    words = ("--from-week", "last", "--below", "80", "--indicator", "timely_marks")
    officer.gets("issue", "--as", ROUO, "--data", "sample", *words, "--target", "87.25")
    before = officer.gets("list", "--as", ROUO)["tasks"]
    file = str(tmp_path / f"list.{suffix}")
    assert officer.runs("list", "--as", ROUO, "-o", file, "--lang", language)[0] == ExitCode.DONE
    monkeypatch.setenv("MONITOR_STORE", str(tmp_path / "other.sqlite"))
    officer.gets("issue", "--from-file", file, "--as", ROUO, "--data", "sample")
    assert officer.gets("list", "--as", ROUO)["tasks"] == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title;due\nx;вчера\n", "строка 2, столбец due"),
        ("title;indicator;target\na;;\nb;оценки;80\n", "строка 3, столбец indicator"),
        ("title;indicator;target\nb;timely_marks;сто\n", "строка 2, столбец target"),
        ("title;indicator;target;week\nb;timely_marks;80;зима\n", "строка 2, столбец week"),
        ("title;text\n;x\n", "строка 2, столбец title"),
        ("title;addressed_to\nx;mouo:Нигде\n", "строка 2: кому «mouo:Нигде»"),
        ("имя;срок\nx;y\n", "нет столбца title"),
        ("", "нет столбца title"),
        ('title;text\nx;"y\n', "кавычка"),
        ("title\n" + "x" * 301 + "\n", "столбец title"),
        ("title;text\nx;" + "y" * 20_001 + "\n", "столбец text"),
    ],
)
def test_a_fault_of_a_list_names_its_place_and_nothing_is_issued(
    officer: Officer, tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "list.csv").write_text(text, "utf-8")
    assert said in officer.refused(
        "issue", "--from-file", "list.csv", "--as", ROUO, "--data", "sample"
    )
    assert officer.gets("list", "--as", ROUO)["tasks"] == []


def test_a_workbook_of_an_office(officer: Officer, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Поручения на декабрь"])
    sheet.append(["Поручение", "Цель, %", "Показатель", "Срок"])
    sheet.append(["Журналы", 0.9, "journal_keeping", "07.12.2026"])
    sheet.append([None, None, None, None])
    sheet.append(["Оценки", 80, "timely_marks", None])
    book.save(tmp_path / "list.xlsx")
    made = officer.gets("issue", "--from-file", "list.xlsx", "--as", ROUO, "--data", "sample")
    assert [(one["title"], one["target"], one["due"]) for one in made["tasks"]] == [
        ("Журналы", 90, "2026-12-07"),
        ("Оценки", 80, None),
    ]


# ---------------------------------------------------------------- formats


@pytest.mark.parametrize("command", ["list", "show", "pending", "log", "check", "status"])
@pytest.mark.parametrize(
    "form", ["table", "json", "ndjson", "csv", "md", "parquet", "xlsx", "html"]
)
def test_every_command_has_every_format(officer: Officer, command: str, form: str) -> None:
    officer.issues(*goal())
    words = {
        "show": ["show", "1", "--as", ROUO],
        "check": ["check", "--as", ROUO, "--data", "sample"],
        "status": ["store", "status"],
    }.get(command, [command, "--as", ROUO])
    code, _, err = officer.runs(*words, "--format", form, "-o", f"out.{form}")
    assert code == ExitCode.DONE, err
    if form == "json":
        with open(f"out.{form}", encoding="utf-8") as file:  # noqa: PTH123
            parsed(file.read())


def test_csv_of_a_list_is_that_of_russian_excel(officer: Officer) -> None:
    officer.issues(*goal())
    _, out, _ = officer.runs("list", "--as", ROUO, "--format", "csv", "-q")
    assert out.startswith("\ufeff")
    [row] = csv.DictReader(io.StringIO(out.removeprefix("\ufeff")), delimiter=";")
    assert (row["title"], row["target"], row["week"]) == ("Оценки в срок", "80,00", "2026-W47")


def test_english_is_spoken_where_it_is_asked_for(officer: Officer) -> None:
    officer.issues()
    code, out, _ = officer.runs("list", "--as", ROUO, "--lang", "en")
    assert code == ExitCode.DONE
    assert "Issued by" in out
    assert cli.main(["--lang", "en", "task", "list", "--as", ROUO]) == ExitCode.DONE
    assert cli.main(["task", "--lang", "en", "store", "status"]) == ExitCode.DONE
    assert "A file of SQLite".casefold() in officer._capfd.readouterr().out.casefold()


def test_help_lists_the_commands(officer: Officer) -> None:
    for words in ([], ["--help"], ["store"]):
        code, out, _ = officer.runs(*words)
        assert code == ExitCode.DONE
        assert "Команды" in out
    assert "backup" in officer.runs("store", "--help")[1]


# ---------------------------------------------------------------- the store


def test_without_a_setting_the_store_is_in_the_users_data_folder(
    officer: Officer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("MONITOR_STORE")
    for name in ("XDG_DATA_HOME", "HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    [row] = officer.gets("store", "status")["store"]
    assert row["place"].startswith(str(tmp_path / "home"))
    assert row["place"].endswith("tasks.sqlite")
    assert (row["store"], row["tasks"], row["owner"]) == ("sqlite", 0, True)


def test_a_backup_is_a_store(
    officer: Officer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    officer.issues()
    officer.gets("accept", "1", "--as", TIHIY)
    before = officer.gets("log", "--as", ROUO)
    copy = tmp_path / "copy.sqlite"
    officer.gets("store", "backup", "-o", str(copy))
    monkeypatch.setenv("MONITOR_STORE", str(copy))
    assert officer.gets("log", "--as", ROUO) == before
    assert sorted(one.name for one in tmp_path.glob("copy*")) == ["copy.sqlite"]
    assert officer.runs("store", "backup", "-o", str(copy))[0] == ExitCode.OUTPUT


def test_invented_schools_do_not_come_among_real_ones(officer: Officer, tmp_path: Path) -> None:
    officer.issues()
    real = tmp_path / "dump"
    real.mkdir()
    (real / "schools.csv").write_text("school_id,municipality\n1,Заречный\n", "utf-8")
    code, out, err = officer.runs("store", "init", "--data", str(real))
    assert (code, out) == (ExitCode.OUTPUT, "")
    assert "MONITOR_STORE" in err
    assert officer.gets("list", "--as", ROUO)["sample"] is True


@pytest.mark.parametrize("content", [b"this is no database, and long enough to be looked at " * 20])
def test_a_file_that_is_no_store_is_left_alone(
    officer: Officer, store: Path, content: bytes
) -> None:
    store.write_bytes(content)
    code, out, err = officer.runs("list", "--as", ROUO)
    assert (code, out) == (ExitCode.OUTPUT, "")
    assert "не хранилище поручений" in err
    assert store.read_bytes() == content


def test_the_database_of_another_program_is_left_alone(officer: Officer, store: Path) -> None:
    with sqlite3.connect(store) as other:
        other.execute("CREATE TABLE cats (name)")
    other.close()
    code, _, err = officer.runs("list", "--as", ROUO)
    assert code == ExitCode.OUTPUT
    assert "другой программы" in err


def test_a_store_of_a_later_version_is_left_alone(officer: Officer, store: Path) -> None:
    officer.issues()
    with sqlite3.connect(store) as later:
        later.execute("UPDATE alembic_version SET version_num = '9999'")
    later.close()
    code, _, err = officer.runs("list", "--as", ROUO)
    assert code == ExitCode.OUTPUT
    assert "обновите программу" in err


def test_a_folder_in_its_place_is_a_store_that_cannot_be_reached(
    officer: Officer, store: Path
) -> None:
    store.mkdir()
    code, _, err = officer.runs("list", "--as", ROUO)
    assert code == ExitCode.OUTPUT
    assert "недоступно" in err


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("postgresql+psycopg://me:s3cr:et@127.0.0.1:1/region", ExitCode.OUTPUT),
        ("postgresql://me:s3cret@127.0.0.1:1/region?connect_timeout=1", ExitCode.OUTPUT),
        ("postgresql+psycopg://127.0.0.1:1/region?user=me&password=s3cret", ExitCode.OUTPUT),
        ("postgresql+psycopg://me:s3cret@127.0.0.1:port/region", ExitCode.USAGE),
        ("postgresql+psycopg://me:s3cret/with@slash@[::1/region", ExitCode.USAGE),
        ("mysql://me:s3cret@127.0.0.1/region", ExitCode.USAGE),
    ],
)
@pytest.mark.parametrize("words", [["list", "--as", ROUO, "-v"], ["store", "init"]])
def test_a_password_is_in_no_message(
    officer: Officer,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
    code: ExitCode,
    words: list[str],
) -> None:
    monkeypatch.setenv("MONITOR_STORE", address)
    found, out, err = officer.runs(*words)
    assert (found, out) == (code, "")
    assert "s3cr" not in err
    assert "me" not in err.split()


def _workbook_of(folder: Path) -> openpyxl.Workbook:
    [book] = folder.glob("2026-W47/Тихоборский*.xlsx")
    return openpyxl.load_workbook(book)


def test_the_workbook_of_a_municipality_tells_who_has_not_accepted(
    officer: Officer, tmp_path: Path, capfd: Captured
) -> None:
    officer.issues("--due", "2026-12-07")
    officer.runs("accept", "1", "--as", TIHIY)
    officer.runs("accept", "1", "--as", SCHOOL)
    report = ["report", "--data", "sample", "--date", "2026-W47", "--jobs", "1"]

    assert cli.main([*report, "-o", str(tmp_path / "unnamed")]) == ExitCode.DONE
    assert "поручений в книгах нет" in capfd.readouterr().err
    assert "Поручения" not in " ".join(_workbook_of(tmp_path / "unnamed").sheetnames)

    (tmp_path / "monitor.toml").write_text(f'[task]\nidentity = "{TIHIY}"\n', "utf-8")
    assert cli.main([*report, "-o", str(tmp_path / "named")]) == ExitCode.DONE
    capfd.readouterr()
    [sheet] = [one for one in _workbook_of(tmp_path / "named") if "Поручения" in one.title]
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    waiting = {str(row[-1]) for row in rows if row and row[0] == 1}
    assert waiting == {GYMNASIUM, "1000001568225"}


def test_a_report_makes_no_store_and_tells_of_one_that_cannot_be_reached(
    store: Path, tmp_path: Path, capfd: Captured
) -> None:
    report = ["report", "--data", "sample", "--date", "2026-W47", "--jobs", "1"]
    assert cli.main([*report, "-o", str(tmp_path / "one")]) == ExitCode.DONE
    assert not store.exists()
    assert "поручени" not in capfd.readouterr().err

    store.write_bytes(b"this is no database" * 100)
    assert cli.main([*report, "-o", str(tmp_path / "two")]) == ExitCode.PARTIAL
    assert "поручений в книгах нет" in capfd.readouterr().err
    assert _workbook_of(tmp_path / "two").sheetnames


def test_that_a_store_was_made_is_said_once(officer: Officer, store: Path) -> None:
    _, _, err = officer.runs("list", "--as", ROUO)
    assert err == f"новое хранилище поручений: {store}\n"
    assert officer.runs("list", "--as", ROUO)[2] == ""
