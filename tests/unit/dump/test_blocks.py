"""A file read in blocks is the file read whole, wherever the blocks end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from monitor_cli.columns import Table
from monitor_cli.dump import blocks, delimited, plain
from monitor_cli.dump.options import ReadOptions
from monitor_cli.dump.parts import Format, Part
from monitor_cli.errors import DumpError

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "ID оценки;ID урока;ID ученика;Вид работы;Дата выставления\n"
ROWS = "".join(f"{n};7;Оля;Ответ на уроке;2026-11-17 10:{n:02}:00\n" for n in range(60))
QUOTED = '60;7;Оля;"Работа\nна уроке; устно";2026-11-17 10:00:00\n'
RAGGED = "61;7;Оля;Поведение\n"


def read(folder: Path, content: bytes) -> tuple[pl.DataFrame, list[int], int]:
    """All rows, the line of each, and how many are ragged."""
    path = folder / "marks.csv"
    path.write_bytes(content)
    raws = list(delimited.read(Part(Table.MARKS, path, Format.CSV), None, ReadOptions()))
    lines = [raw.line(row) for raw in raws for row in range(raw.frame.height)]
    return pl.concat(raw.frame for raw in raws), lines, sum(raw.ragged for raw in raws)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize(
    "text",
    [
        HEADER + ROWS,
        HEADER + ROWS.replace("\n", "\n\n"),
        HEADER + ROWS + RAGGED + ROWS,
        HEADER + ROWS + QUOTED + ROWS + RAGGED,
        "\n" + HEADER + ROWS.rstrip("\n"),
        (HEADER + ROWS).replace("\n", "\r\n"),
    ],
    ids=["clean", "blank lines", "ragged", "quoted", "blank line above", "CRLF"],
)
@pytest.mark.parametrize("size", [4, 100, 1000])
@pytest.mark.parametrize("small", [0, delimited.SMALL], ids=["columns", "lines"])
def test_blocks_of_any_size_hold_the_same_rows(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    encoding: str,
    text: str,
    size: int,
    small: int,
) -> None:
    """Rows, their lines and the ragged ones do not depend on where a block ends."""
    whole = read(tmp_path, text.encode(encoding))
    monkeypatch.setattr(blocks, "SIZE", size)
    monkeypatch.setattr(delimited, "SMALL", small)
    monkeypatch.setattr(plain, "LOADED_FOR", 0)
    frame, lines, ragged = read(tmp_path, text.encode(encoding))
    assert frame.equals(whole[0])
    assert (lines, ragged) == whole[1:]


def test_cyrillic_that_begins_late_is_still_recognised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file whose first blocks are ASCII may turn out to be Windows-1251 further down."""
    monkeypatch.setattr(blocks, "SIZE", 100)
    header = "mark_id;lesson_id;student_id;work_type;created_at\n"
    ascii_rows = "".join(f"{n};7;1;oral;2026-11-17\n" for n in range(20))
    content = (header + ascii_rows + ROWS).encode("cp1251")
    frame, _, _ = read(tmp_path, content)
    assert frame["work_type"].to_list() == ["oral"] * 20 + ["Ответ на уроке"] * 60


def test_damage_is_found_on_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong byte far down in UTF-8 is damage: the message names the line."""
    monkeypatch.setattr(blocks, "SIZE", 100)
    content = (HEADER + ROWS).encode() + b"60;7;\xd0;x;2026-11-17\n"
    with pytest.raises(DumpError) as caught:
        read(tmp_path, content)
    assert "62" in caught.value.message().en


@pytest.mark.parametrize("options", [ReadOptions(), ReadOptions(encoding="cp1251")])
def test_utf8_inside_windows_1251_is_found_on_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: ReadOptions
) -> None:
    """Two files joined in one: read as one encoding, half of the words would be others."""
    monkeypatch.setattr(blocks, "SIZE", 100)
    path = tmp_path / "marks.csv"
    path.write_bytes((HEADER + ROWS).encode("cp1251") + ROWS.encode())
    part = Part(Table.MARKS, path, Format.CSV)
    with pytest.raises(DumpError, match="line 62: text in UTF-8 inside"):
        list(delimited.read(part, None, options))


def test_no_text_of_windows_1251_is_taken_for_utf8(tmp_path: Path) -> None:
    signs = "Р°С№ СССР «С» РЁ – Р.Ё. Ћ°С№Р Р° С»С»"
    content = HEADER + ROWS + f"60;7;{signs};Опрос;2026-11-17\n"
    frame, _, _ = read(tmp_path, content.encode("cp1251"))
    assert frame["student_id"][-1] == signs
