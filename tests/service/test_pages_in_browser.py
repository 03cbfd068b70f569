"""The pages as a person uses them: files in, decisions in place, columns answered, workbooks back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from pfscore.forms.files.writing import workbook_of
from tests.rulesets.registered import GIVEN, PACKAGED, registered
from tests.service.serving import LUZHOU, proxy, server

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed (extra `browser`)")
waits = pytest.importorskip("selenium.webdriver.support.ui", reason="selenium is not installed (extra `browser`)")
keys = pytest.importorskip("selenium.webdriver.common.keys", reason="selenium is not installed (extra `browser`)").Keys

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DRIVER = shutil.which("chromedriver")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None or DRIVER is None, reason="no chromium with chromedriver on this machine"),
]
ROW = {"name": "管理水平", "target": "优", "actual": "良好", "points": "100"}
FORM = {"title": "表", "organisation": "某局", "year": 2023, "ruleset": "cn-sc/project", "indicators": [ROW]}
ODD = [
    ["绩效自评表"],
    ["三级指标", "要求", "实绩", "分值"],
    ["人数", "≥5人", "4人", "60"],
    ["面积", "≥5亩", "5亩", "40"],
]


@pytest.fixture(scope="module")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("downloads")


@pytest.fixture(scope="module")
def browser(downloads: Path) -> Iterator[Any]:
    """Start one browser for all tests."""
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in ("headless=new", "no-sandbox", "disable-gpu", "disable-dev-shm-usage", "hide-scrollbars"):
        options.add_argument(f"--{argument}")
    options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    driver.set_script_timeout(60)
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with server("--workers", "1") as (_, url):
        yield url


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "form.json"
    path.write_text(json.dumps(FORM), encoding="utf-8")
    return path


def until(browser: Any, condition: str) -> None:
    waits.WebDriverWait(browser, 60, 0.1).until(lambda one: one.execute_script(f"return {condition}"), condition)


def size(browser: Any, width: int) -> None:
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def look(browser: Any, address: str, *, dark: bool = False) -> None:
    size(browser, 1200)
    scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
    browser.get(address)
    until(browser, "document.querySelectorAll('#ruleset option').length > 2")


def give(browser: Any, *paths: Path) -> None:
    browser.find_element("id", "files").send_keys("\n".join(map(str, paths)))
    until(browser, "document.getElementById('progress').hidden && document.getElementById('status').textContent !== ''")


def write_with(browser: Any, url: str, *, lang: str = "zh", dark: bool = False) -> None:
    look(browser, f"{url}/rulesets?lang={lang}", dark=dark)
    browser.execute_script(
        "const s = document.getElementById('ruleset'); s.value = 'cn-sc/project'; s.dispatchEvent(new Event('change'))"
    )
    until(browser, "!document.getElementById('curve').hidden")


def test_a_decision_in_place(browser: Any, url: str, form: Path) -> None:
    look(browser, f"{url}/?lang=zh")
    give(browser, form)
    assert "1 行要人评定" in browser.find_element("id", "open").text
    browser.find_element("id", "next").send_keys(keys.ENTER)
    field = browser.switch_to.active_element
    field.send_keys("85", keys.TAB, "看了台账", keys.ENTER)
    until(browser, "document.querySelector('.decide p')?.textContent.includes('85')")
    until(browser, "document.activeElement.name === 'score'")
    assert not browser.find_element("id", "open").is_displayed()
    assert "85" in browser.find_element("css selector", ".rows tbody tr .number.short").text


def test_what_is_out_of_range_is_said_in_its_row(browser: Any, url: str, form: Path) -> None:
    look(browser, f"{url}/?lang=zh")
    give(browser, form)
    browser.find_element("css selector", ".decide input").send_keys("101", keys.ENTER)
    until(browser, "document.querySelector('.decide p') !== null")
    assert "101" in browser.find_element("css selector", "#report .rows .why").text


def test_only_the_form_concerned_is_reviewed_again(browser: Any, url: str) -> None:
    look(browser, f"{url}/?lang=zh")
    forms = {f"{n}.json": json.dumps({**FORM, "title": f"表{n}", "organisation": f"局{n // 2}"}) for n in range(6)}
    browser.execute_script(_DROP, {"甲": forms})
    until(browser, "document.querySelectorAll('#report .form').length === 6")
    # Two forms are of one body, and are compared with each other.
    place = browser.find_element("css selector", "[data-key='3 0 indicators 0']")
    browser.execute_script("for (const one of document.querySelectorAll('#report .form, #overview a')) one.kept = true")
    place.find_element("name", "score").send_keys("100", keys.ENTER)
    until(browser, "document.activeElement.closest('[data-key]')?.dataset.key === '3 0 indicators 0'")
    until(browser, "document.querySelectorAll('.decide p').length === 1")
    shown = browser.execute_script(
        "return [...document.querySelectorAll('#report .form')].map("
        "one => [one.querySelector('.subtitle').innerText.slice(0, 2), one.id, one.kept === true])"
    )
    assert sorted(title for title, _, kept in shown if not kept) == ["表2", "表3"]
    assert sorted(anchor for _, anchor, _ in shown) == [f"form-{number}" for number in range(1, 7)]
    listed = browser.execute_script(
        "return [...document.querySelectorAll('#overview tbody tr')].map("
        "one => [one.querySelector('a').hash.slice(1), one.cells[2].innerText, one.querySelector('a').kept === true])"
    )
    assert sorted(anchor for anchor, _, _ in listed) == sorted(anchor for _, anchor, _ in shown)
    decided = next(anchor for title, anchor, _ in shown if title == "表3")
    assert [(anchor, kept) for anchor, computed, kept in listed if computed == "100"] == [(decided, False)]
    assert "5 行要人评定" in browser.find_element("id", "open").text
    said = browser.find_element("id", "status").text
    browser.find_element("id", "again").click()
    until(
        browser, "document.querySelectorAll('#report .form').length === 6 && document.getElementById('progress').hidden"
    )
    assert browser.find_element("id", "status").text == said


def test_columns_are_answered(browser: Any, url: str, tmp_path: Path) -> None:
    book = tmp_path / "奇怪的表.xlsx"
    book.write_bytes(workbook_of([ODD], "奇怪的表.xlsx"))
    look(browser, f"{url}/?lang=zh")
    give(browser, book)
    assert browser.find_element("id", "questions").is_displayed()
    for column, meaning in (("要求", "指标值"), ("实绩", "完成值")):
        browser.find_element("css selector", f"select[data-column='{column}'] option[value='{meaning}']").click()
    browser.find_element("css selector", "#answers button").click()
    until(browser, "document.querySelectorAll('#report .form').length === 1")
    assert not browser.find_element("id", "questions").is_displayed()


def test_the_workbook_comes_back(browser: Any, url: str, tmp_path: Path, downloads: Path) -> None:
    rows = [["绩效自评表"], ["三级指标", "指标值", "完成值", "分值", "得分"], ["人数", "≥5人", "4人", "100", "90"]]
    book = tmp_path / "a.xlsx"
    book.write_bytes(workbook_of([rows], "a.xlsx"))
    look(browser, f"{url}/?lang=en")
    give(browser, book)
    for output, name in (("annotated", "*annotated.xlsx"), ("forms", "*.json"), ("xlsx", "a Summary*.xlsx")):
        browser.find_element("css selector", f"[data-output={output}]").click()
        waits.WebDriverWait(browser, 60, 0.1).until(lambda _, name=name: list(downloads.glob(name)))
    [written] = downloads.glob("*.json")
    assert json.loads(written.read_text(encoding="utf-8"))["indicators"][0]["actual"] == "4人"


def test_a_file_that_cannot_be_read_says_so(browser: Any, url: str, tmp_path: Path) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"PK\x03\x04 nothing")
    look(browser, f"{url}/?lang=zh")
    give(browser, bad)
    assert "PF1" in browser.find_element("css selector", "#list .bad").text


#: A page that drops what it is given: names of files, folders as objects.
_DROP = """
const entry = (name, what) => typeof what === "string"
  ? { name, isFile: true, fullPath: entry.path + name, file: take => take(new File([what], name)) }
  : folder(name, what);
const folder = (name, within) => {
  const before = entry.path;
  entry.path += name + "/";
  const left = Object.entries(within).map(([one, what]) => entry(one, what));
  entry.path = before;
  return { name, isFile: false, createReader: () => ({ readEntries: take => take(left.splice(0, 100)) }) };
};
entry.path = "/";
const items = Object.entries(arguments[0]).map(([name, what]) => ({ webkitGetAsEntry: entry.bind(null, name, what) }));
const event = new Event("drop", { bubbles: true, cancelable: true });
event.dataTransfer = { items };
document.getElementById("drop").dispatchEvent(event);
"""


def test_a_folder_is_dropped(browser: Any, url: str) -> None:
    look(browser, f"{url}/?lang=zh")
    forms = {f"{number:03}.json": json.dumps({**FORM, "title": f"表{number}"}) for number in range(150)}
    others = {"说明.md": "# 说明", "~$甲.xlsx": "锁", ".git": {"a.json": "{}"}}
    browser.execute_script(_DROP, {"2023": {"乙": forms, **others}, "读我.txt": "自评表"})
    until(browser, "document.querySelectorAll('#report .form').length === 150")
    listed = [one.text for one in browser.find_elements("css selector", "#list li")]
    assert (listed[0][:15], listed[149][:15]) == ("2023/乙/000.json", "2023/乙/149.json")
    assert "PF109" in listed[150]
    assert listed[151] == "1 个别的文件没有读（不是自评表的种类）。"
    assert browser.find_element("id", "list").size["height"] < 300


def test_files_are_dropped(browser: Any, url: str) -> None:
    look(browser, f"{url}/?lang=zh")
    browser.execute_script(
        "const given = new DataTransfer(); given.items.add(new File([arguments[0]], '甲.json'));"
        "document.getElementById('drop').dispatchEvent(new DragEvent('drop', {dataTransfer: given, bubbles: true}))",
        json.dumps(FORM),
    )
    until(browser, "document.querySelectorAll('#report .form').length === 1")


def test_what_forms_do_not_say_is_asked_for(browser: Any, url: str, tmp_path: Path) -> None:
    rows = [["绩效自评表"], ["三级指标", "指标值", "完成值", "分值"], ["人数", "≥5人", "4人", "100"]]
    book = tmp_path / "a.xlsx"
    book.write_bytes(workbook_of([rows], "a.xlsx"))
    look(browser, f"{url}/?lang=zh")
    give(browser, book)
    _, year = browser.find_elements("css selector", "#lacking button")
    assert "1 份表没有写用哪个规则集" in browser.find_element("id", "lacking").text
    year.send_keys(keys.ENTER)
    browser.switch_to.active_element.send_keys("2023", keys.TAB)
    until(browser, "document.querySelectorAll('#lacking button').length === 1")
    browser.find_element("css selector", "#lacking button").send_keys(keys.ENTER)
    assert browser.switch_to.active_element.get_attribute("id") == "ruleset"
    browser.find_element("css selector", "#ruleset option[value='cn-sc/project']").click()
    until(browser, "document.getElementById('lacking').hidden")
    assert "80" in browser.find_element("css selector", "#report .rows tbody tr .number.short").text


def test_long_work_is_cancelled(browser: Any, url: str, form: Path) -> None:
    look(browser, f"{url}/?lang=zh")
    browser.find_element("id", "files").send_keys("\n".join([str(form), str(LUZHOU)]))
    browser.execute_script("document.getElementById('cancel').click()")
    until(browser, "document.getElementById('progress').hidden")
    assert browser.find_element("id", "status").text == "已取消。"
    browser.find_element("id", "again").click()
    until(browser, "document.querySelectorAll('#report .form').length === 8")


def test_what_was_removed_is_not_reviewed(browser: Any, url: str, form: Path) -> None:
    look(browser, f"{url}/?lang=zh")
    give(browser, LUZHOU, form)
    browser.find_element("css selector", "#report .decide input").send_keys("85", keys.ENTER)
    until(browser, "document.querySelector('.decide p')?.textContent.includes('85')")
    browser.find_element("css selector", "#list button").click()
    until(browser, "document.querySelectorAll('#report .form').length === 1")
    assert "85" in browser.find_element("css selector", ".decide p").text


def test_a_server_that_is_gone_is_told(browser: Any, form: Path) -> None:
    with server("--workers", "1") as (_, gone):
        look(browser, f"{gone}/?lang=zh")
    browser.find_element("id", "files").send_keys(str(form))
    until(browser, "document.getElementById('trouble').textContent.includes('服务没有回答')")
    assert browser.find_element("id", "again").is_enabled()
    browser.get_log("browser")


@pytest.mark.parametrize("page", ["", "rulesets"])
def test_registered_rulesets_are_offered(browser: Any, tmp_path: Path, page: str) -> None:
    environment, given = registered(tmp_path)
    with server("--workers", "1", "--rulesets", str(given), **environment) as (_, url):
        look(browser, f"{url}/{page}?lang=zh")
        offered = {one.get_attribute("value") for one in browser.find_elements("css selector", "#ruleset option")}
        assert {PACKAGED, GIVEN, "cn-sc/project"} <= offered


def test_a_token_is_asked_for(browser: Any, form: Path) -> None:
    with server("--workers", "1", PFSCORE_TOKEN="geheim") as (_, url):
        browser.get(f"{url}/?lang=zh")
        until(browser, "document.getElementById('trouble').textContent.includes('要口令')")
        browser.find_element("id", "token").send_keys("geheim", keys.TAB)
        until(browser, "document.querySelectorAll('#ruleset option').length > 2")
        give(browser, form)
        until(browser, "document.querySelectorAll('#report .form').length === 1")
        assert browser.find_element("id", "trouble").text == ""
    browser.get_log("browser")


def test_both_pages_behind_a_proxy(browser: Any, form: Path) -> None:
    with server("--workers", "1", PFSCORE_TOKEN="geheim") as (_, url), proxy(url, "/pf") as outside:
        for page in ("", "rulesets"):
            browser.get(f"{outside}/{page}?lang=zh")
            until(browser, "document.getElementById('trouble').textContent.includes('要口令')")
            browser.find_element("id", "token").send_keys("geheim", keys.TAB)
            until(browser, "document.querySelectorAll('#ruleset option').length > 2")
            assert browser.execute_script("return getComputedStyle(document.querySelector('nav')).display") == "flex"
        browser.find_element("css selector", "nav a").click()
        until(browser, "document.getElementById('token-field')?.hidden === false")
        browser.find_element("id", "token").send_keys("geheim", keys.TAB)
        give(browser, form)
        until(browser, "document.querySelectorAll('#report .form').length === 1")
    browser.get_log("browser")


def test_a_ruleset_is_checked_as_one_types(browser: Any, url: str, form: Path) -> None:
    write_with(browser, url)
    browser.find_element("id", "form").send_keys(str(form))
    until(browser, "document.querySelectorAll('#trial tbody tr').length === 1")
    browser.find_element("id", "text").send_keys("\nx: [")
    until(browser, "document.querySelectorAll('#findings .error').length > 0")
    assert browser.find_element("id", "curve").is_displayed()
    browser.find_element("css selector", "#findings button").send_keys(keys.ENTER)
    assert browser.switch_to.active_element.get_attribute("id") == "text"


@pytest.mark.parametrize(("lang", "dark"), [("zh", False), ("en", True)], ids=["zh-light", "en-dark"])
@pytest.mark.parametrize("page", ["review", "rulesets"])
def test_axe_finds_nothing_and_nothing_runs_off_the_edge(
    browser: Any, url: str, form: Path, tmp_path: Path, page: str, lang: str, dark: bool
) -> None:
    package = pytest.importorskip("axe_core_python", reason="axe-core-python is not installed (extra `browser`)")
    if page == "review":
        book = tmp_path / "a.xlsx"
        book.write_bytes(workbook_of([ODD], "a.xlsx"))
        look(browser, f"{url}/?lang={lang}", dark=dark)
        give(browser, form, book, LUZHOU)
    else:
        write_with(browser, url, lang=lang, dark=dark)
        browser.find_element("id", "form").send_keys(str(form))
        until(browser, "document.querySelectorAll('#trial tbody tr').length === 1")
    browser.execute_script((files(package) / "axe.min.js").read_text(encoding="utf-8"))
    for width in (1200, 800, 400):
        size(browser, width)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
        found = browser.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
        assert [(width, one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []


def by_tab(browser: Any, most: int = 80) -> list[str]:
    """Return what is reached from the start of the page by the Tab key: the ids, or else the names."""
    browser.execute_script("document.activeElement.blur(); scrollTo(0, 0)")
    reached: list[str] = []
    for _ in range(most):
        webdriver.ActionChains(browser).send_keys(keys.TAB).perform()
        reached.append(
            browser.execute_script("const one = document.activeElement; return one.id || one.name || one.className")
        )
    return reached


def test_everything_is_reached_by_keyboard(browser: Any, url: str, form: Path) -> None:
    look(browser, f"{url}/?lang=zh")
    give(browser, form)
    reached = by_tab(browser)
    assert reached[0] == "skip"
    assert {"files", "folder", "ruleset", "year", "again", "clear", "next", "score", "reason"} <= {*reached}
    write_with(browser, url)
    reached = by_tab(browser, 20)
    assert {"skip", "ruleset", "save", "text", "rule", "form"} <= {*reached}
    browser.find_element("css selector", ".skip").send_keys(keys.ENTER)
    assert browser.execute_script("return document.activeElement.id") == "result"


def test_no_error_and_no_request_elsewhere(browser: Any, url: str, form: Path) -> None:
    browser.get_log("browser")
    browser.get_log("performance")
    look(browser, f"{url}/?lang=zh")
    give(browser, form)
    write_with(browser, url)
    assert browser.get_log("browser") == []
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
    assert [one for one in asked if not one.startswith((url, "data:"))] == []
