"""A page in a real browser: it sorts, filters, prints, keeps to itself, and anyone can read it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Watched

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.real

PAGES = ("large", "week", "report", "municipal", "school", "parts")
MOST_BYTES = 500_000


@pytest.mark.parametrize("name", PAGES)
def test_no_request_leaves_a_page_and_nothing_goes_wrong(
    name: str, browser: Browser, pages: dict[str, Path]
) -> None:
    watched = Watched(browser, pages[name])
    watched.page.locator("input[type=search]").first.fill("1")
    assert watched.asked == [pages[name].as_uri()]
    assert watched.said == []
    assert pages[name].stat().st_size < MOST_BYTES
    watched.page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(
    name: str, scheme: str, browser: Browser, pages: dict[str, Path]
) -> None:
    watched = Watched(browser, pages[name], scheme)
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415  (see `browser`)

    found = Axe().run(watched.page)
    told = [
        (one["id"], one["impact"], one["nodes"][0]["html"]) for one in found.response["violations"]
    ]
    assert told == []
    watched.page.close()


def test_the_policy_refuses_a_script_that_is_not_the_pages_own(
    browser: Browser, pages: dict[str, Path], tmp_path: Path
) -> None:
    page = pages["week"].read_text("utf-8")
    forged = tmp_path / "forged.html"
    injected = '<script>document.title = "forged"</script><img src="http://127.0.0.1:9/x.png">'
    forged.write_text(page.replace("<main", f"{injected}<main"), "utf-8")
    watched = Watched(browser, forged)
    assert watched.page.title() != "forged"
    assert watched.refused == {"http://127.0.0.1:9/x.png": "csp"}
    assert len(watched.said) == 2
    watched.page.close()


def test_names_stay_text(browser: Browser, pages: dict[str, Path]) -> None:
    watched = Watched(browser, pages["week"])
    assert '=1+1;"<b>a\ufffdb</b>"\ufffd[x](https://x.ru) a@x.ru' in watched.texts("rows", 1)
    assert watched.page.locator("#rows b b, #rows script, #rows a").count() == 0
    watched.page.close()


def _number(text: str) -> float:
    found = re.match(r"[0-9]+(,[0-9]+)?", text)
    return float(found[0].replace(",", ".")) if found else float("inf")


def test_a_header_sorts_up_and_down_and_says_so(browser: Browser, pages: dict[str, Path]) -> None:
    watched = Watched(browser, pages["large"])
    headers = watched.page.locator("#rows thead th")
    last = headers.count() - 1
    before = [_number(text) for text in watched.texts("rows", last)]
    button = headers.nth(last).locator("button")
    button.focus()
    watched.page.keyboard.press("Enter")
    up = [_number(text) for text in watched.texts("rows", last)]
    assert up == sorted(before)
    assert headers.nth(last).get_attribute("aria-sort") == "ascending"
    watched.page.keyboard.press("Enter")
    assert [_number(text) for text in watched.texts("rows", last)] == sorted(before, reverse=True)
    assert headers.nth(last).get_attribute("aria-sort") == "descending"
    assert watched.page.locator("#rows [aria-sort]").count() == 1
    watched.page.close()


def test_names_sort_by_their_numbers_and_gaps_stay_last(
    browser: Browser, pages: dict[str, Path]
) -> None:
    watched = Watched(browser, pages["report"])
    headers = watched.page.locator("#rows-rows thead th")
    assert headers.nth(6).inner_text().startswith("Потеряно")
    for _ in range(2):
        headers.nth(6).locator("button").click()
        assert watched.texts("rows-rows", 6)[-1] == "н/д"
    headers.nth(3).locator("button").click()
    assert watched.texts("rows-rows", 3)[:2] == ["18.11.2026", "05.12.2026"]
    watched.page.close()
    watched = Watched(browser, pages["large"])
    titles = watched.page.locator("#rows thead th").all_inner_texts()
    [at] = [at for at, title in enumerate(titles) if title.startswith("Школа")]
    watched.page.locator("#rows thead th").nth(at).locator("button").click()
    parted = [text.partition("№") for text in watched.texts("rows", at)]
    assert len({kind for kind, sign, _ in parted if sign}) > 1
    for kind in {kind for kind, sign, _ in parted if sign}:
        numbers = [int(re.sub(r"\D.*", "", rest.strip())) for one, _, rest in parted if one == kind]
        assert numbers == sorted(numbers)
    watched.page.close()


def test_a_search_and_a_tick_leave_what_they_say(browser: Browser, pages: dict[str, Path]) -> None:
    watched = Watched(browser, pages["week"])
    page = watched.page
    assert page.locator("form.tools output").inner_text() == "показано 4 из 4"
    page.get_by_label("Найти").fill("  БЕРЕЗОВСКИЙ ")
    assert len(watched.texts("rows", 0)) == 2
    assert page.locator("form.tools output").inner_text() == "показано 2 из 4"
    page.get_by_label("Найти").fill("<b>")
    assert len(watched.texts("rows", 0)) == 1
    page.get_by_label("Найти").fill("")
    page.get_by_label("только строки ниже порога").check()
    assert len(watched.texts("rows", 0)) == 4
    assert not page.locator("#rows .of").first.is_visible()
    page.get_by_label("числители и знаменатели").check()
    assert page.locator("#rows .of").first.is_visible()
    page.close()


def test_the_keyboard_reaches_everything(browser: Browser, pages: dict[str, Path]) -> None:
    watched = Watched(browser, pages["week"])
    reached = set()
    for _ in range(60):
        watched.page.keyboard.press("Tab")
        reached.add(
            watched.page.evaluate(
                "document.activeElement.closest('.skip, nav, th, form, [role=group]')"
                "?.className || document.activeElement.tagName"
            )
        )
    assert {"skip", "tools", "scroll"} <= reached
    watched.page.close()


def _too_wide(watched: Watched) -> list[str]:
    """The tables that would be cut at the right edge of the paper."""
    watched.page.set_viewport_size({"width": 1047, "height": 700})
    found: list[str] = watched.page.evaluate(
        "[...document.querySelectorAll('table')]"
        ".filter(one => one.scrollWidth > document.body.clientWidth).map(one => one.id)"
    )
    return found


@pytest.mark.parametrize("name", ["municipal", "school", "parts"])
def test_every_table_of_a_part_fits_on_paper(
    name: str, browser: Browser, pages: dict[str, Path]
) -> None:
    watched = Watched(browser, pages[name])
    watched.page.emulate_media(media="print")
    assert _too_wide(watched) == []
    watched.page.close()


def test_steps_are_found_school_by_school(browser: Browser, pages: dict[str, Path]) -> None:
    watched = Watched(browser, pages["municipal"])
    schools = watched.texts("steps-rows", 0)
    assert max(schools.count(name) for name in schools) == 3
    watched.page.locator("form[data-for=steps-rows] input[type=search]").fill(schools[0])
    assert set(watched.texts("steps-rows", 0)) == {schools[0]}
    watched.page.close()


def test_it_prints_across_in_black_on_white(browser: Browser, pages: dict[str, Path]) -> None:
    watched = Watched(browser, pages["large"], "dark")
    watched.page.emulate_media(media="print", color_scheme="dark")
    ground = watched.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
    assert not watched.page.locator("form.tools").first.is_visible()
    assert _too_wide(watched) == []
    made = watched.page.pdf(prefer_css_page_size=True)
    assert made.startswith(b"%PDF")
    boxes = {tuple(map(float, box.split())) for box in re.findall(rb"/MediaBox \[([^\]]*)\]", made)}
    assert boxes
    assert all(right > upper for _, _, right, upper in boxes)
    watched.page.close()


def test_without_a_script_it_is_all_there(browser: Browser, pages: dict[str, Path]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(pages["week"].as_uri())
    assert page.locator("#rows tbody tr").count() == 4
    assert not page.locator("form.tools").is_visible()
    assert page.locator("#rows .of").first.is_visible()
    context.close()
