"""Where settings come from: which file, what beats what, what relative paths mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor_cli.errors import SettingsError
from monitor_cli.language import Language
from monitor_cli.settings import load_settings
from monitor_cli.settings.find import find_file, user_folder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_without_a_file_the_defaults_hold(folder: Path) -> None:
    settings = load_settings(environ={"HOME": str(folder / "nobody")})
    assert settings.source is None
    assert settings.data is None


def test_typed_beats_environment_beats_file_beats_default(folder: Path) -> None:
    write(folder / "monitor.toml", 'language = "en"\n[bands]\nred_below = 40\n')
    assert load_settings(environ={}).language is Language.EN
    assert load_settings(environ={"MONITOR_LANG": "ru"}).language is Language.RU
    typed = load_settings({"--lang": "en"}, environ={"MONITOR_LANG": "ru"})
    assert typed.language is Language.EN
    assert load_settings(environ={}).bands.red_below == 40
    assert load_settings(assignments=["bands.red_below=30"], environ={}).bands.red_below == 30
    both = load_settings({"--lang": "en"}, assignments=["language=ru"], environ={})
    assert both.language is Language.EN


def test_an_empty_variable_says_nothing(folder: Path) -> None:
    environ = {"MONITOR_LANG": "", "MONITOR_DATA": "", "MONITOR_CONFIG": "", "HOME": str(folder)}
    assert load_settings(environ=environ).language is Language.RU


def test_relative_paths_of_the_file_start_at_its_folder(folder: Path) -> None:
    named = write(
        folder / "conf" / "own.toml",
        'data = "dump/"\n[report]\nout = "out"\n[task]\nstore = "t.db"\n',
    )
    settings = load_settings(config=str(named), environ={})
    assert settings.data == folder / "conf" / "dump"
    assert settings.report.out == folder / "conf" / "out"
    assert settings.task.store == str(folder / "conf" / "t.db")


def test_relative_paths_typed_start_at_the_working_folder(folder: Path) -> None:
    write(folder / "monitor.toml", 'data = "dump/"\n')
    assert load_settings(environ={"MONITOR_DATA": "mine"}).data == Path("mine")
    assert load_settings({"--data": "yours"}, environ={"MONITOR_DATA": "mine"}).data == Path(
        "yours"
    )
    assert load_settings(environ={"MONITOR_STORE": "t.db"}).task.store == "t.db"


@pytest.mark.parametrize("how", ["typed", "environment", "file"])
def test_the_word_sample_is_the_invented_dump(folder: Path, how: str) -> None:
    write(folder / "monitor.toml", 'data = "sample"\n' if how == "file" else "")
    settings = load_settings(
        {"--data": "sample"} if how == "typed" else {},
        environ={"MONITOR_DATA": "sample"} if how == "environment" else {},
    )
    assert settings.sample
    assert settings.data is None


def test_a_folder_called_sample_can_be_read_too(folder: Path) -> None:
    settings = load_settings({"--data": str(folder / "sample")}, environ={})
    assert not settings.sample
    assert settings.data == folder / "sample"


def test_the_nearest_file_above_the_working_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outer = write(folder / "monitor.toml", "")
    monkeypatch.chdir(write(folder / "a" / "b" / "x", "").parent)
    assert find_file(None, {}) == outer
    inner = write(folder / "a" / "monitor.toml", "")
    assert find_file(None, {}) == inner


def test_then_the_users_own(folder: Path) -> None:
    own = write(folder / "home" / ".config" / "monitor-cli" / "monitor.toml", "")
    assert find_file(None, {"HOME": str(folder / "home")}) == own
    write(folder / "monitor.toml", "")
    assert find_file(None, {"HOME": str(folder / "home")}) == folder / "monitor.toml"


def test_named_beats_found_and_must_be_there(folder: Path) -> None:
    write(folder / "monitor.toml", "")
    typed, of_environment = write(folder / "1.toml", ""), write(folder / "2.toml", "")
    environ = {"MONITOR_CONFIG": str(of_environment)}
    assert find_file(None, environ) == of_environment
    assert find_file(str(typed), environ) == typed
    with pytest.raises(SettingsError, match="--config"):
        find_file("nowhere.toml", environ)
    with pytest.raises(SettingsError, match="MONITOR_CONFIG"):
        find_file(None, {"MONITOR_CONFIG": str(folder)})


@pytest.mark.parametrize(
    ("platform", "environ", "expected"),
    [
        ("linux", {"HOME": "/h"}, Path("/h/.config/monitor-cli")),
        ("linux", {"HOME": "/h", "XDG_CONFIG_HOME": "/x"}, Path("/x/monitor-cli")),
        ("linux", {"HOME": "/h", "XDG_CONFIG_HOME": "x"}, Path("/h/.config/monitor-cli")),
        ("darwin", {"HOME": "/h"}, Path("/h/Library/Application Support/monitor-cli")),
        ("win32", {"APPDATA": "/a"}, Path("/a/monitor-cli")),
        ("win32", {}, None),
    ],
)
def test_the_users_folder_by_platform(
    platform: str, environ: dict[str, str], expected: Path | None
) -> None:
    assert user_folder(environ, platform) == expected


def test_no_home_at_all_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", homeless)
    assert user_folder({}, "linux") is None


def test_a_working_folder_that_is_gone_is_no_fault(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = folder / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert find_file(None, {"HOME": str(folder)}) is None


def test_a_byte_order_mark_is_no_fault(folder: Path) -> None:
    (folder / "monitor.toml").write_bytes(b"\xef\xbb\xbfstrict = true\n")
    assert load_settings(environ={}).strict


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"strict = \n[bands]\n", "line 1"),
        (b"strict = true\nstrict = true\n", "line 2"),
        ('language = "ru" # русский'.encode("cp1251"), "UTF-8"),
        (b"strict = 1\n", "strict = 1"),
        (b"[bands]\nred = 1\n", "bands.red"),
    ],
)
def test_a_fault_of_the_file_names_the_file_and_the_place(
    folder: Path, content: bytes, said: str
) -> None:
    path = folder / "monitor.toml"
    path.write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        load_settings(environ={})
    for message in caught.value.message():
        assert str(path) in message
        assert said in message


@pytest.mark.parametrize("name", ["MONITOR_LANG"])
def test_a_fault_of_the_environment_names_the_variable(folder: Path, name: str) -> None:
    with pytest.raises(SettingsError, match=f"^{name} = "):
        load_settings(environ={name: "xx", "HOME": str(folder)})


def test_a_fault_of_an_option_names_the_option() -> None:
    with pytest.raises(SettingsError, match=r"^--encoding = "):
        load_settings({"--encoding": "klingon"}, environ={})
