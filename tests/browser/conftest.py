"""The system's Chromium, driven by Playwright: pages that are watched for what they ask for."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from monitor_cli import cli
from monitor_cli.engine.municipal.parts import counted
from monitor_cli.engine.query import Query
from monitor_cli.errors import ExitCode
from monitor_cli.render.formats import Look
from monitor_cli.render.html import report_html, week_html
from monitor_cli.render.municipal import municipal_html
from monitor_cli.settings import load_settings
from tests.unit.render import made, parted, reported

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Request

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests; without Chromium they fail: `apt-get install chromium`."""
    # Here, as tests are collected where Playwright is not installed too.
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    found = [path for name in NAMES if (path := shutil.which(name))]
    assert found, f"none of {NAMES} is installed"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found[0], args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages to look at: 25 schools, a municipality, a school, hostile names, a report."""
    folder = tmp_path_factory.mktemp("pages")
    dump = folder / "dump"
    assert cli.main(["sample", "-q", "--schools", "25", "-o", str(dump)]) == ExitCode.DONE
    large = folder / "large.html"
    command = ["week", "-q", "--data", str(dump), "--date", "2026-W47", "-o", str(large)]
    assert cli.main(command) == ExitCode.DONE
    municipal = counted(dump, load_settings(environ={}), Query(made.WEEK), sample=True)
    texts = {
        "week": week_html(made.AWKWARD, Look()),
        "report": report_html(reported.AWKWARD, Look()),
        "municipal": municipal_html(next(municipal.parts()), Look()),
        "school": municipal_html(next(municipal.schools()), Look()),
        "parts": municipal_html(parted.AWKWARD, Look()),
    }
    paths = {"large": large}
    for name, text in texts.items():
        paths[name] = folder / f"{name}.html"
        paths[name].write_text(text, encoding="utf-8")
    return paths


class Watched:
    """A page and what it did: requests, errors, words on the console, dialogs."""

    def __init__(self, browser: Browser, path: Path, scheme: str = "light") -> None:
        """Open the file at `path`."""
        self.asked: list[str] = []
        self.said: list[str] = []
        self.page: Page = browser.new_page(
            viewport={"width": 1280, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
        )
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.refused: dict[str, str | None] = {}
        self.page.on("requestfailed", self._refuse)
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: self.said.append(dialog.message))
        self.page.goto(path.as_uri())

    def _refuse(self, request: Request) -> None:
        self.refused[request.url] = request.failure

    def texts(self, table: str, column: int) -> list[str]:
        """The first line of each cell of a column in the rows that are shown."""
        script = (
            "([id, at]) => [...document.getElementById(id).tBodies[0].rows]"
            ".filter(row => !row.hidden).map(row => row.cells[at].innerText.split('\\n')[0].trim())"
        )
        found: list[str] = self.page.evaluate(script, [table, column])
        return found
