"""The workbook of a week as LibreOffice draws it: pages across, charts, no text that is lost."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from monitor_cli import cli
from monitor_cli.errors import ExitCode

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
    _run(
        "soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
        "--convert-to", "pdf", "--outdir", folder, folder / "неделя.xlsx",
    )  # fmt: skip
    return folder / "неделя.pdf"


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
    _run("pdftoppm", "-r", "40", "-l", "1", drawn, tmp_path / "page")
    [image] = tmp_path.glob("*.ppm")
    header, _, pixels = image.read_bytes().partition(b"\n255\n")
    assert header.startswith(b"P6")
    colours = {pixels[at : at + 3] for at in range(0, len(pixels), 3)}
    # The red, yellow and green of the bars, as they are or a little smoothed.
    for red, green, blue in ((46, 139, 87), (211, 154, 0), (198, 47, 56)):
        assert any(abs(c[0] - red) + abs(c[1] - green) + abs(c[2] - blue) < 24 for c in colours), (
            red,
            green,
            blue,
        )
