"""The page as a browser shows it: nothing fetched, nothing broken, readable at any width, in print and in the dark."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from pfscore.report.review.page import review_page
from pfscore.report.review.reviewed import Review, Unreadable
from tests.report.review.reviews import luzhou, no_ruleset, reviewed
from tests.report.review.test_page import hostile_review

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed (extra `browser`)")
keys = pytest.importorskip("selenium.webdriver.common.keys", reason="selenium is not installed (extra `browser`)").Keys
pytest.importorskip("jinja2", reason="the page is made by Jinja2 (extra `report`)")

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DRIVER = shutil.which("chromedriver")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None or DRIVER is None, reason="no chromium with chromedriver on this machine"),
]
WIDTHS = (1200, 800, 400)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Start one browser for all tests."""
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in ("headless=new", "no-sandbox", "disable-gpu", "disable-dev-shm-usage", "hide-scrollbars"):
        options.add_argument(f"--{argument}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of forms that show everything a page can show."""
    unreadable = Unreadable("很长的文件名" * 20 + ".xlsx", no_ruleset().diagnostics)
    review = Review((*luzhou().forms[3:5], reviewed(), *hostile_review().forms, reviewed(no_ruleset())), (unreadable,))
    folder = tmp_path_factory.mktemp("page")
    (folder / "zh.html").write_text(review_page(review), encoding="utf-8")
    (folder / "en.html").write_text(review_page(review, "en"), encoding="utf-8")
    return folder / "zh.html"


def look(browser: Any, page: Path, *, width: int = 1200, dark: bool = False, media: str = "") -> Any:
    """Open a page at a width, light or dark, on the screen or in print."""
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": scheme})
    browser.get(page.as_uri())
    return browser


def test_no_error_and_no_request_but_the_page(browser: Any, page: Path) -> None:
    browser.get_log("performance")
    look(browser, page)
    assert browser.get_log("browser") == []
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
    assert set(asked) == {page.as_uri()}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("media", ["screen", "print"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_runs_off_the_edge(browser: Any, page: Path, width: int, media: str, lang: str) -> None:
    look(browser, page.with_name(f"{lang}.html"), width=width, media=media)
    # What is not on the screen is not laid out until it is scrolled to: here, all of it.
    browser.execute_script(
        "document.querySelectorAll('.form').forEach(one => { one.style.contentVisibility = 'visible' });"
        "document.querySelectorAll('details').forEach(one => { one.open = true })"
    )
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "display"), [(1200, "table-row"), (400, "block")])
def test_rows_are_cards_on_a_phone(browser: Any, page: Path, width: int, display: str) -> None:
    look(browser, page, width=width)
    script = "return [...document.querySelectorAll('.cards tbody tr')].map(row => getComputedStyle(row).display)"
    assert set(browser.execute_script(script)) == {display}


def test_a_page_of_paper_has_tables(browser: Any, page: Path) -> None:
    """A4 without its margins is 688 pixels wide: narrower than where rows become cards on a screen."""
    look(browser, page, width=688, media="print")
    script = "return [...document.querySelectorAll('.cards tbody tr')].map(row => getComputedStyle(row).display)"
    assert set(browser.execute_script(script)) == {"table-row"}
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 688


def test_short_numbers_are_not_broken(browser: Any, page: Path) -> None:
    look(browser, page)
    heights = browser.execute_script(
        "return [...document.querySelectorAll('#form-2 .rows td.value:not(.long)')].map(one => {"
        " const range = document.createRange(); range.selectNodeContents(one); return range.getClientRects().length })"
    )
    assert max(heights) == 1


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(browser: Any, page: Path, width: int, dark: bool) -> None:
    package = pytest.importorskip("axe_core_python", reason="axe-core-python is not installed (extra `browser`)")
    look(browser, page, width=width, dark=dark)
    browser.execute_script((files(package) / "axe.min.js").read_text(encoding="utf-8"))
    found = browser.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []


def test_dark_is_dark(browser: Any, page: Path) -> None:
    colours = [
        look(browser, page, dark=dark).execute_script("return getComputedStyle(document.body).backgroundColor")
        for dark in (False, True)
    ]
    assert colours == ["rgb(255, 255, 255)", "rgb(13, 17, 23)"]


def test_a_print_opens_everything(browser: Any, page: Path) -> None:
    look(browser, page)
    count = "return document.querySelectorAll('details:not([open])').length"
    assert browser.execute_script(count) > 20
    assert browser.execute_cdp_cmd("Page.printToPDF", {})["data"].startswith("JVBERi0")
    assert browser.execute_script(count) == 0


def test_the_keyboard_reaches_everything(browser: Any, page: Path) -> None:
    look(browser, page)
    everything = browser.execute_script("return document.querySelectorAll('a, button, summary').length")
    reached = set()
    for _ in range(everything + 1):
        browser.switch_to.active_element.send_keys(keys.TAB)
        reached.add(browser.switch_to.active_element.id)
    assert len(reached) >= everything


def test_the_overview_is_sorted_by_the_keyboard(browser: Any, page: Path) -> None:
    look(browser, page)
    heading = browser.find_element("css selector", "th[data-column='3']")
    before = _column(browser, 3)
    heading.find_element("css selector", "button").send_keys(keys.ENTER)
    assert heading.get_attribute("aria-sort") == "descending"
    known = [one for one in _column(browser, 3) if one]
    assert known == sorted(known, key=float, reverse=True)
    heading.find_element("css selector", "button").send_keys(keys.ENTER)
    assert heading.get_attribute("aria-sort") == "ascending"
    assert sorted(_column(browser, 3)) == sorted(before)


def _column(browser: Any, number: int) -> list[str]:
    script = (
        "return [...document.querySelectorAll('#overview tbody tr')].map(row => row.cells[arguments[0]].dataset.value)"
    )
    found: list[str] = browser.execute_script(script, number)
    return found
