"""The contract of every command: exit codes, languages, what goes where."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from monitor_cli import cli
from monitor_cli.commands import bilingual, options, week
from monitor_cli.errors import DumpError, ExitCode
from monitor_cli.language import words
from monitor_cli.render.text import cell_len
from monitor_cli.settings import INDICATOR_KEYS
from tests.documents import parsed

if TYPE_CHECKING:
    from pathlib import Path

Captured = pytest.CaptureFixture[str]


pytestmark = pytest.mark.usefixtures("elsewhere")


def test_no_command_is_help(capfd: Captured) -> None:
    assert cli.main([]) == ExitCode.DONE
    said = capfd.readouterr()
    assert said.out.startswith("Использование: monitor [ПАРАМЕТРЫ] КОМАНДА …\n")
    assert "week" in said.out
    assert said.err == ""


@pytest.mark.parametrize("arguments", [["--help"], ["week", "--help"], ["indicators", "-h"]])
def test_help_is_wholly_in_one_language(arguments: list[str], capfd: Captured) -> None:
    assert cli.main(arguments) == ExitCode.DONE
    russian = capfd.readouterr().out
    for word in ("Usage", "Options", "Commands", "Arguments", "Show", "The ", "default"):
        assert word not in russian
    assert cli.main([*arguments, "--lang", "en"]) == ExitCode.DONE
    english = capfd.readouterr().out
    assert not any("а" <= letter <= "я" for letter in english.casefold())
    assert english.startswith("Usage: monitor ")


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("command", [[], ["week"], ["indicators"]], ids=" ".join)
def test_help_fits_80_columns(command: list[str], language: str, capfd: Captured) -> None:
    assert cli.main([*command, "--lang", language, "--help"]) == ExitCode.DONE
    assert max(map(cell_len, capfd.readouterr().out.split("\n"))) <= 80


def test_the_language_of_the_environment_and_of_the_file(
    capfd: Captured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "monitor.toml").write_text('language = "en"\n', "utf-8")
    cli.main(["--help"])
    assert capfd.readouterr().out.startswith("Usage")
    monkeypatch.setenv("MONITOR_LANG", "ru")
    cli.main(["--help"])
    assert capfd.readouterr().out.startswith("Использование")


def test_every_option_is_told_in_both_languages() -> None:
    for text in bilingual._SPOKEN.values():
        assert text.ru
        assert text.en


def test_options_of_every_command_may_stand_before_it() -> None:
    assert cli.command_first(["--lang", "en", "-qv", "--config=x", "week", "-q"]) == [
        "week",
        "--lang",
        "en",
        "-qv",
        "--config=x",
        "-q",
    ]
    assert cli.command_first(["--lang", "en"]) == ["--lang", "en"]
    assert cli.command_first(["-q", "--help"]) == ["-q", "--help"]
    assert cli.command_first(["--lang"]) == ["--lang"]
    assert cli.command_first([]) == []


def test_the_version(capfd: Captured) -> None:
    assert cli.main(["--version"]) == ExitCode.DONE
    assert capfd.readouterr().out.startswith("monitor ")


@pytest.mark.parametrize(
    ("arguments", "ru", "en"),
    [
        (["wek"], "нет команды «wek»", "did you mean week?"),
        (["week", "--shool", "x"], "нет параметра --shool", "--school"),
        (["week", "--qqqqq"], "нет параметра --qqqqq", "there is no option --qqqqq"),
        (["--qqqqq"], "нет параметра --qqqqq", "there is no option --qqqqq"),
        (["week", "x"], "лишнее слово: «x»", "unexpected word: “x”"),
        (["week", "--date"], "параметру --date нужно значение", "option --date needs a value"),
        (["week", "--quiet=1"], "--quiet – без значения", "--quiet takes no value"),
        (["week", "--date", "47"], "--date «47»", "this names no week"),
        (["week", "--level", "scool"], "нет уровня «scool»", "did you mean school?"),
        (["week", "--block", "x"], "есть: users, journal, all", "users, journal, all"),
        (["week", "--indicator", "timely_mark"], "похоже на: timely_marks", "timely_marks"),
        (["week", "--sort", "name"], "--sort: нет показателя", "--sort: there is no indicator"),
        (["week", "--below", "many"], "нужно число от 0 до 100", "a number from 0 to 100"),
        (["week", "--below", "101"], "нужно число от 0 до 100", "a number from 0 to 100"),
        (["week", "--below", "1e-999999999"], "это не число", "this is no number"),
        (["week", "--limit", "-1"], "нужно целое число", "a whole number"),
        (["week", "--limit", "²"], "нужно целое число", "a whole number"),
        (["week", "--format", "xml"], "есть: table, json", "there are: table, json"),
        (["week", "--json", "--format", "table"], "не имеют смысла", "contradict"),
        (["week", "--encoding", "x"], "--encoding", "--encoding"),
        (["week", "--set", "bands.red=1"], "bands.red_below", "bands.red_below"),
        (["week", "--set", "x"], "нужен ключ=значение", "not key=value"),
        (["week", "--config", "no.toml"], "нет файла", "there is no file"),
        (["week", "-o", "x.json"], "не названа выгрузка", "no dump is named"),
        (["week", "--data", "sample", "-o", "x.pdf"], ".csv, .md, .parquet", ".csv, .md, .parquet"),
        (["indicators", "timely_mark"], "похоже на: timely_marks", "timely_marks"),
    ],
)
def test_wrong_usage_is_exit_2_and_says_what_to_do(
    arguments: list[str], ru: str, en: str, capfd: Captured, tmp_path: Path
) -> None:
    assert cli.main(arguments) == ExitCode.USAGE
    russian = capfd.readouterr()
    assert cli.main(["--lang", "en", *arguments]) == ExitCode.USAGE
    english = capfd.readouterr()
    assert ru in russian.err
    assert russian.err.startswith("monitor: ошибка: ")
    assert en in english.err
    assert english.err.startswith("monitor: error: ")
    assert russian.out == english.out == ""
    assert 1 <= russian.err.count("\n") <= 3
    assert list(tmp_path.iterdir()) == []


def test_hostile_text_of_the_command_line_is_harmless(capfd: Captured) -> None:
    assert cli.main(["week", "--date", "\x1b[2J\u202e\udcff"]) == ExitCode.USAGE
    assert "«\ufffd[2J\ufffd\ufffd»" in capfd.readouterr().err


@pytest.mark.parametrize("format_", ["table", "json", "md"])
def test_the_indicators(format_: str, capfd: Captured) -> None:
    assert cli.main(["indicators", "--format", format_]) == ExitCode.DONE
    said = capfd.readouterr()
    assert all(key in said.out for key in INDICATOR_KEYS)
    assert said.err == ""


def test_one_indicator_into_a_file(capfd: Captured, tmp_path: Path) -> None:
    target = tmp_path / "one.json"
    assert cli.main(["indicators", "timely_marks", "-o", str(target)]) == ExitCode.DONE
    said = capfd.readouterr()
    assert said.out == ""
    assert said.err == f"записано: {target}\n"
    (only,) = parsed(target.read_text("utf-8"))["indicators"]
    assert only["key"] == "timely_marks"


def fails_with(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(week, "load_settings", fail)


def test_an_error_of_the_dump_is_exit_3(capfd: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    fails_with(
        DumpError(words("марки\x1b", "marks\x1b"), remedy=words("чините", "mend")), monkeypatch
    )
    assert cli.main(["week"]) == ExitCode.DUMP
    assert capfd.readouterr().err == "monitor: ошибка: марки\ufffd\nчините\n"


def test_a_fault_of_our_own_is_no_traceback_and_names_nobody(
    capfd: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails_with(ValueError("Иванова Мария"), monkeypatch)
    assert cli.main(["week"]) == ExitCode.DUMP
    said = capfd.readouterr().err
    assert "ValueError (week.py:" in said
    assert "Иванова" not in said
    assert "Traceback" not in said


class PanicException(BaseException):
    """As Polars raises it."""


def test_a_panic_is_caught_as_well(capfd: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    fails_with(PanicException("index out of bounds"), monkeypatch)
    assert cli.main(["week", "--lang", "en"]) == ExitCode.DUMP
    assert "a fault of the program itself" in capfd.readouterr().err


def test_ctrl_c_is_130(capfd: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(week, "load_settings", interrupt)
    # Whoever runs the tests in several processes may have told these to ignore the signal.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        assert cli.main(["week"]) == ExitCode.INTERRUPTED
    finally:
        signal.signal(signal.SIGINT, before)
    assert "Traceback" not in capfd.readouterr().err


def test_completion_offers_what_begins_so() -> None:
    complete = options.begins(INDICATOR_KEYS)
    assert complete("timely") == ["timely_marks", "timely_homework"]
