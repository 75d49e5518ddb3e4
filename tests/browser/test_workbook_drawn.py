"""The workbook of a week as LibreOffice draws it: pages across, charts, no text that is lost."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from monitor_cli import cli
from monitor_cli.commands.reading import SAMPLE_FOLDER
from monitor_cli.engine.municipal.parts import counted
from monitor_cli.engine.query import Query
from monitor_cli.errors import ExitCode
from monitor_cli.render.formats import Look
from monitor_cli.render.municipal import municipal_workbook
from monitor_cli.settings import load_settings
from tests.unit.render import made

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.real


def _run(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The PDF that LibreOffice makes of the sample's workbook."""
    for program in ("soffice", "pdftotext", "pdftoppm"):
        assert shutil.which(program), f"{program} is not installed"
    folder = tmp_path_factory.mktemp("drawn")
    command = ["week", "-q", "--data", "sample", "-o", str(folder / "неделя.xlsx")]
    assert cli.main(command) == ExitCode.DONE
    return _drawn(folder / "неделя.xlsx")


@pytest.fixture(scope="module")
def municipal(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The PDFs that LibreOffice makes of the workbooks of a municipality and of a school."""
    folder = tmp_path_factory.mktemp("municipal")
    found = counted(SAMPLE_FOLDER, load_settings(environ={}), Query(made.WEEK), sample=True)
    drawn = []
    for name, part in (("район", next(found.parts())), ("школа", next(found.schools()))):
        path = folder / f"{name}.xlsx"
        path.write_bytes(municipal_workbook(part, name, Look()))
        drawn.append(_drawn(path))
    return drawn[0], drawn[1]


def _drawn(book: Path) -> Path:
    folder = book.parent
    _run(
        "soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
        "--convert-to", "pdf", "--outdir", folder, book,
    )  # fmt: skip
    return book.with_suffix(".pdf")


def test_the_sheets_of_a_municipality_are_drawn_with_their_lines(
    municipal: tuple[Path, Path], tmp_path: Path
) -> None:
    pages = _run("pdftotext", "-layout", municipal[0], "-").split("\f")
    [weeks] = [at for at, page in enumerate(pages, start=1) if page.startswith("Динамика\n")]
    for title in ("Что делать", "Динамика школ", "Классы", "Учителя", "Методика"):
        assert any(page.startswith(title) for page in pages), title
    assert "ПРИМЕР: данные вымышлены" in pages[weeks - 1]
    # The colours of the first lines.
    for colour in ((11, 87, 164), (198, 47, 56), (46, 139, 87)):
        assert _near(_colours(municipal[0], weeks, tmp_path), colour)


def test_a_school_is_drawn_on_few_pages(municipal: tuple[Path, Path]) -> None:
    pages = [page for page in _run("pdftotext", "-layout", municipal[1], "-").split("\f") if page]
    assert len(pages) <= 3
    assert "Что делать" in pages[0]
    assert "Все пороги достигнуты." in pages[0]


def test_every_page_lies_across_and_says_its_number(drawn: Path) -> None:
    pages = [page for page in _run("pdftotext", "-layout", drawn, "-").split("\f") if page.strip()]
    assert len(pages) >= 6
    for number, page in enumerate(pages, start=1):
        assert f"{number}/{len(pages)}" in "".join(page.split())
    sizes = [line for line in _run("pdfinfo", drawn).splitlines() if line.startswith("Page size")]
    [width, height] = [float(part) for part in sizes[0].split() if part[0].isdigit()][:2]
    assert width > height


def test_the_summary_is_whole_with_both_charts(drawn: Path, tmp_path: Path) -> None:
    first = _run("pdftotext", "-layout", "-l", "1", drawn, "-")
    for said in (
        "ПРИМЕР: данные вымышлены",
        "Показатели электронного журнала",
        "Своевременная выдача ДЗ",
        "Показатели и пороги",
        "Где показателей ниже порога больше всего",
        "МКОУ «Верхнелужская ООШ»",
    ):
        assert said in first
    # The red, yellow and green of the bars.
    for colour in ((46, 139, 87), (211, 154, 0), (198, 47, 56)):
        assert _near(_colours(drawn, 1, tmp_path), colour)


def _colours(drawn: Path, page: int, folder: Path) -> set[bytes]:
    """The colours of the points of a page."""
    at = str(page)
    _run("pdftoppm", "-r", "40", "-f", at, "-l", at, drawn, folder / "page")
    [image] = folder.glob("*.ppm")
    header, _, pixels = image.read_bytes().partition(b"\n255\n")
    assert header.startswith(b"P6")
    return {pixels[place : place + 3] for place in range(0, len(pixels), 3)}


def _near(colours: set[bytes], colour: tuple[int, int, int]) -> bool:
    """Whether it is among them, as it is or a little smoothed."""
    red, green, blue = colour
    return any(abs(c[0] - red) + abs(c[1] - green) + abs(c[2] - blue) < 24 for c in colours)
