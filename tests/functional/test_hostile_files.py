"""Files made to harm cost nothing: exit code 3 and one message, in little memory."""

from __future__ import annotations

import gzip
import io
import os
import stat
import subprocess
import sys
import textwrap
import zipfile
from typing import TYPE_CHECKING

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from monitor_cli import cli
from monitor_cli.columns import Table
from monitor_cli.commands.streams import safe_streams
from monitor_cli.dump import archive, native, parquet, sources
from monitor_cli.dump.dump import ReadOptions, load
from monitor_cli.dump.parts import Format, Part
from monitor_cli.errors import DumpError, ExitCode
from tests.unit.dump.books import ods, ods_cell, sheet, text_cell, xlsx, zipped
from tests.unit.dump.dumps import ALL_COLUMNS, MARKS, MARKS_HEADER, column, loaded, write

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


HEADER = [text_cell(name) for name in MARKS_HEADER.split(",")]
ROW = [text_cell(cell) for cell in MARKS.splitlines()[1].split(",")]
ODS_ROWS = [[ods_cell(cell) for cell in line.split(",")] for line in MARKS.splitlines()]
BEYOND = 70 << 20


def of_marks(rows: Iterable[Iterable[str]], before: str = "") -> bytes:
    return xlsx({"marks": sheet([HEADER, *rows], before)})


def rewritten(content: bytes, part: str, old: str, new: str) -> bytes:
    """A workbook in which a part reads otherwise."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        members = {name: book.read(name) for name in book.namelist()}
    assert old.encode() in members[part]
    return zipped({**members, part: members[part].replace(old.encode(), new.encode())})


def flipped(content: bytes, inside: bytes) -> bytes:
    at = content.index(inside)
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def stored(name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr(name, content)
    return buffer.getvalue()


def with_password() -> bytes:
    """A ZIP whose member says that it is encrypted."""
    content = bytearray(stored("marks.csv", MARKS.encode()))
    content[content.index(b"PK\x03\x04") + 6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def without_name() -> bytes:
    """A ZIP whose directory gives the name of a member to something else."""
    content = bytearray(stored("m", MARKS.encode()))
    at = content.index(b"PK\x01\x02")
    content[at + 28 : at + 32] = bytes((0, 0, 1, 0))
    return bytes(content)


def with_link() -> bytes:
    buffer = io.BytesIO()
    link = zipfile.ZipInfo("marks.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr(link, "/etc/passwd")
    return buffer.getvalue()


def with_lzma() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as made:
        made.writestr("marks.csv", MARKS)
    return buffer.getvalue()


def with_lie() -> bytes:
    """A ZIP that says of a large member that it is small."""
    content = bytearray(zipped({"marks.csv": bytes(1 << 20)}))
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = (100).to_bytes(4, "little")
    return bytes(content)


def equal_rows(count: int) -> bytes:
    """Parquet of equal rows, of which a page holds very many."""
    buffer = io.BytesIO()
    rows = pl.DataFrame({name: ["1"] for name in MARKS_HEADER.split(",")})
    pl.concat([rows] * 1000).select(pl.all().repeat_by(count // 1000).explode()).write_parquet(
        buffer
    )
    return buffer.getvalue()


def office(stream: str) -> bytes:
    """The beginning of a container of Office that names a stream."""
    content = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2040))
    content[30:32], content[48:52] = (9).to_bytes(2, "little"), (0).to_bytes(4, "little")
    content[512:1024] = stream.encode("utf-16-le").ljust(512, b"\0")
    return bytes(content)


DEEP = "<x>" * 50_000 + "</x>" * 50_000
DOCTYPE = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet '
REPEATED = '<table:table-row table:number-rows-repeated="2000000">'
BOMB_LINES = MARKS.encode() + b"x" * BEYOND
SHEET = "xl/worksheets/s1.xml"
GOOD = of_marks([ROW])
GOOD_ODS = ods({"marks": ODS_ROWS})

CASES: dict[str, tuple[str, bytes, str]] = {
    "gzip bomb": ("marks.csv.gz", gzip.compress(BOMB_LINES), "line does not end"),
    "gzip under the name of CSV": ("marks.csv", gzip.compress(BOMB_LINES), "line does not end"),
    "gzip cut short": ("marks.csv.gz", gzip.compress(MARKS.encode())[:-9], "damaged"),
    "gzip with a wrong checksum": (
        "marks.csv.gz",
        gzip.compress(MARKS.encode())[:-8] + bytes(8),
        "damaged",
    ),
    "Zstandard cut short": (
        "marks.csv.zst",
        pa.Codec("zstd").compress(MARKS.encode(), asbytes=True)[:-5],
        "damaged",
    ),
    "ZIP bomb": ("dump.zip", zipped({"marks.csv": bytes(BEYOND)}), "too large when unpacked"),
    "ZIP that lies of a size": ("dump.zip", with_lie(), "damaged"),
    "ZIP cut short": ("dump.zip", zipped({"marks.csv": MARKS})[:-30], "damaged"),
    "ZIP with a wrong checksum": (
        "dump.zip",
        flipped(stored("marks.csv", MARKS.encode()), b"2026"),
        "damaged",
    ),
    "ZIP that leads up": ("dump.zip", stored("../marks.csv", b""), "leads out of it"),
    "ZIP that leads up on Windows": ("dump.zip", stored("a\\..\\marks.csv", b""), "leads out"),
    "ZIP of an absolute name": ("dump.zip", stored("/etc/marks.csv", b""), "leads out of it"),
    "ZIP of a drive": ("dump.zip", stored("C:/marks.csv", b""), "leads out of it"),
    "ZIP of no name": ("dump.zip", without_name(), "leads out of it"),
    "ZIP with a link": ("dump.zip", with_link(), "leads out of it"),
    "ZIP in a ZIP": ("dump.zip", stored("inner.zip", zipped({"marks.csv": MARKS})), "inside"),
    "ZIP with a password": ("dump.zip", with_password(), "has a password"),
    "ZIP of a rare method": ("dump.zip", with_lzma(), "not supported"),
    "XLSX bomb": (
        "marks.xlsx",
        rewritten(GOOD, SHEET, "<sheetData>", "<sheetData>" + " " * BEYOND),
        "too large when unpacked",
    ),
    "XLSX with a flipped bit": (
        "marks.xlsx",
        flipped(GOOD, GOOD[GOOD.index(SHEET.encode()) + 60 :][:8]),
        "damaged",
    ),
    "XLSX with entities": (
        "marks.xlsx",
        rewritten(GOOD, SHEET, "<worksheet ", DOCTYPE),
        "DOCTYPE",
    ),
    "XLSX of great depth": (
        "marks.xlsx",
        rewritten(GOOD, SHEET, "<sheetData>", DEEP + "<sheetData>"),
        "damaged",
    ),
    "XLSX that ends early": (
        "marks.xlsx",
        rewritten(GOOD, SHEET, "</sheetData></worksheet>", ""),
        "damaged",
    ),
    "XLSX with a row beyond the last": (
        "marks.xlsx",
        rewritten(GOOD, SHEET, "</row><row>", '</row><row r="1048577">'),
        "too large",
    ),
    "XLSX with a column beyond the last": (
        "marks.xlsx",
        of_marks([[*ROW, '<c r="ZZZZZZZ99"><v>1</v></c>']]),
        "damaged",
    ),
    "XLSX with a column just beyond the last": (
        "marks.xlsx",
        of_marks([[*ROW, '<c r="XFE2"><v>1</v></c>']]),
        "too large",
    ),
    "XLSX that refers to no text": (
        "marks.xlsx",
        of_marks([['<c t="s"><v>7</v></c>']]),
        "damaged",
    ),
    "XLSX under a password": ("marks.xlsx", office("EncryptedPackage"), "has a password"),
    "XLS of nothing": ("marks.xls", office("Workbook"), "damaged"),
    "HTML named XLS": ("marks.xls", b"<html><table></table></html>", "no workbook but HTML"),
    "CSV named XLSX": ("marks.xlsx", MARKS.encode(), "no workbook but CSV"),
    "an empty XLSX": ("marks.xlsx", b"", "no workbook but"),
    "a ZIP named XLSX": ("marks.xlsx", zipped({"a.txt": "a"}), "damaged"),
    "Parquet of millions of equal rows": (
        "marks.parquet",
        equal_rows(2_000_000),
        "too large when unpacked",
    ),
    "ODS with entities": (
        "marks.ods",
        rewritten(GOOD_ODS, "content.xml", "<office:document-content ", DOCTYPE + "a"),
        "DOCTYPE",
    ),
    "ODS of millions of rows": (
        "marks.ods",
        rewritten(
            GOOD_ODS,
            "content.xml",
            "</table:table-row><table:table-row>",
            "</table:table-row>" + REPEATED,
        ),
        "too large",
    ),
    "ODS with a password": (
        "marks.ods",
        zipped(
            {
                "content.xml": b"\1\2",
                "META-INF/manifest.xml": '<m:m xmlns:m="m" xmlns:manifest="n">'
                "<manifest:encryption-data/></m:m>",
            }
        ),
        "has a password",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_it_is_refused_in_one_message(case: str, tmp_path: Path) -> None:
    name, content, said = CASES[case]
    write(tmp_path, {name: content})
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(DumpError) as caught:
        load(tmp_path, ALL_COLUMNS, ReadOptions())
    assert caught.value.code is ExitCode.DUMP
    for text in caught.value.message():
        assert name in text
        assert 1 <= len(text.splitlines()) <= 3
    assert said in caught.value.message().en
    assert sorted(tmp_path.rglob("*")) == before


def test_what_unpacks_beyond_the_ratio_is_refused_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "UNSUSPICIOUS", 1 << 16)
    line = MARKS.splitlines(keepends=True)[1]
    with pytest.raises(DumpError, match="too large when unpacked"):
        loaded(tmp_path, {"marks.csv.gz": gzip.compress((MARKS + line * 20_000).encode())})


def test_an_archive_of_too_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_ENTRIES", 3)
    loaded(tmp_path, {"dump.zip": zipped({f"{n}.txt": "" for n in range(3)})})
    with pytest.raises(DumpError, match="too many files"):
        loaded(tmp_path, {"dump.zip": zipped({f"{n}.txt": "" for n in range(4)})})


def test_a_directory_of_an_archive_that_would_fill_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "_DIRECTORY", 1 << 16)
    with pytest.raises(DumpError, match="damaged"):
        loaded(tmp_path, {"dump.zip": zipped({f"{n:0200}.txt": "" for n in range(300)})})


def test_a_lonely_cell_in_the_last_place_costs_nothing(tmp_path: Path) -> None:
    rows = [ROW, ['<c r="XFD1048576"><v>1</v></c>']]
    dump = loaded(tmp_path, {"marks.xlsx": of_marks(rows)})
    assert column(dump, Table.MARKS, "mark_id") == [1]


def test_a_wrong_dimension_hides_no_rows(tmp_path: Path) -> None:
    rows = [[text_cell(str(n)), *ROW[1:]] for n in range(30)]
    dump = loaded(tmp_path, {"marks.xlsx": of_marks(rows, '<dimension ref="A1"/>')})
    assert column(dump, Table.MARKS, "mark_id") == list(range(30))


def test_cells_of_ods_repeated_a_billion_times(tmp_path: Path) -> None:
    many = '<table:table-cell table:number-columns-repeated="1000000000"/>'
    spaces = '<table:table-cell office:value-type="string"><text:p><text:s text:c="999999999"/>'
    rows = [
        [*ODS_ROWS[0], many],
        [*ODS_ROWS[1], many],
        [*ODS_ROWS[1][:3], spaces + "x</text:p></table:table-cell>", ODS_ROWS[1][4]],
    ]
    dump = loaded(tmp_path, {"marks.ods": ods({"marks": rows})})
    assert column(dump, Table.MARKS, "mark_id") == [1]
    assert dump.problems == (("marks", "unread_cell", 1),)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with a name")
@pytest.mark.parametrize("name", ["dump.zip", "marks.xlsx", "marks.csv.gz", "dump"])
def test_a_pipe_is_not_waited_for(name: str, tmp_path: Path) -> None:
    write(tmp_path, {})
    os.mkfifo(tmp_path / name)
    with pytest.raises(DumpError, match="not a regular file"):
        load(tmp_path / name if name == "dump" else tmp_path, ALL_COLUMNS, ReadOptions())


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize("name", ["marks.csv", "school-1"])
def test_a_link_out_of_the_folder_is_not_followed(name: str, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "marks.csv").write_text(MARKS)
    folder = write(tmp_path / "dump", {})
    target = tmp_path / "outside"
    (folder / name).symlink_to(target / name if name == "marks.csv" else target)
    with pytest.raises(DumpError, match="leads out of the folder"):
        load(folder, ALL_COLUMNS, ReadOptions())


def test_links_inside_the_folder_are_followed(tmp_path: Path) -> None:
    folder = write(tmp_path, {"parts/a.csv": MARKS})
    (folder / "marks.csv").symlink_to(folder / "parts" / "a.csv")
    assert column(load(folder, ALL_COLUMNS, ReadOptions()), Table.MARKS, "mark_id") == [1]


@pytest.mark.skipif(os.name == "nt", reason="there is no such figure there")
def test_all_of_it_in_little_memory(tmp_path: Path) -> None:
    for number, (name, content, _) in enumerate(CASES.values()):
        write(tmp_path / f"{number:02}", {name: content})
    program = """
        import resource, sys
        from pathlib import Path
        import pyarrow.parquet, xlrd
        from monitor_cli.columns import SHAPES
        from monitor_cli.dump.dump import ReadOptions, load
        from monitor_cli.errors import DumpError
        wanted = {table: frozenset(shape.columns) for table, shape in SHAPES.items()}
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for folder in sorted(Path(sys.argv[1]).iterdir()):
            try:
                load(folder, wanted, ReadOptions())
            except DumpError:
                continue
            sys.exit(f"{folder} was read")
        print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) >> 10)
    """
    run = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program), str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert int(run.stdout) < 200


def test_a_changed_header_of_a_page_neither_ends_the_process_nor_says_a_word(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    buffer = io.BytesIO()
    rows = {name: [str(n) for n in range(99)] for name in MARKS_HEADER.split(",")}
    pl.DataFrame(rows).write_parquet(buffer, compression="uncompressed")
    good = buffer.getvalue()
    column_ = pq.ParquetFile(io.BytesIO(good)).metadata.row_group(0).column(1)
    for place in range(column_.data_page_offset, column_.data_page_offset + 25):
        for byte in (0x00, 0xFF, good[place] ^ 1):
            changed = good[:place] + bytes([byte]) + good[place + 1 :]
            try:
                loaded(tmp_path, {"marks.parquet": changed})
            except DumpError as error:
                assert "marks" in error.message().en  # noqa: PT017  (both outcomes are right)
    assert capfd.readouterr() == ("", "")


def test_what_native_code_says_of_a_damaged_page_is_not_let_through(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with native.muted():
        with native.muted():
            os.write(2, b"thread panicked\n")
        os.write(2, b"another one as well\n")
    os.write(2, b"behind\n")
    assert capfd.readouterr().err == "behind\n"


def test_our_own_words_are_let_through_while_native_code_is_silent(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with safe_streams({}) as streams, native.muted():
        streams.say("reading")
        os.write(2, b"thread panicked\n")
    assert capfd.readouterr().err == "reading\n"


def test_native_code_is_silent_between_the_pieces_too(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Its threads read on while the rows read before are worked on."""
    path = tmp_path / "marks.parquet"
    pl.DataFrame({name: ["1"] for name in MARKS_HEADER.split(",")}).write_parquet(path)
    pieces = parquet.read(Part(Table.MARKS, path, Format.PARQUET), None, ReadOptions())
    assert next(pieces).frame.height == 1
    os.write(2, b"thread panicked\n")
    assert next(pieces, None) is None
    os.write(2, b"behind\n")
    assert capfd.readouterr().err == "behind\n"


def test_a_page_that_does_not_fit_its_checksum_is_damaged(tmp_path: Path) -> None:
    rows = {name: ["1", "2"] for name in MARKS_HEADER.split(",")}
    path = tmp_path / "marks.parquet"
    pq.write_table(pa.table(rows), path, compression="none", write_page_checksum=True)
    good = path.read_bytes()
    place = good.index(b"\1\0\0\0" + b"1")
    loaded(tmp_path, {"marks.parquet": good})
    with pytest.raises(DumpError, match="damaged"):
        loaded(tmp_path, {"marks.parquet": good[: place + 4] + b"3" + good[place + 5 :]})


def test_a_command_says_it_in_one_message(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "d.zip").write_bytes(zipped({"marks.csv": bytes(BEYOND)}))
    target = tmp_path / "week.json"
    command = ["week", "--data", str(tmp_path / "d.zip"), "--lang", "en", "-o", str(target)]
    assert cli.main(command) == ExitCode.DUMP
    said = capfd.readouterr().err
    assert "too large when unpacked" in said
    assert len(said.splitlines()) <= 3
    assert not target.exists()
