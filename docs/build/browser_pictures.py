"""Take the pictures of the pages of `pfscore serve`: docs/pictures/review-in-browser.png and author-in-browser.png.

python docs/build/browser_pictures.py, or PFSCORE_WRITE_DOCS=1 pytest tests/docs/test_browser_pictures.py

Needs the extras `web` and `browser`, chromium and chromedriver.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.support.ui import WebDriverWait

from running import ROOT

PICTURES = ROOT / "docs" / "pictures"
WIDTH, HEIGHT = 1100, 1000
#: A form with a row that is left to a person.
FORM = {
    "title": "项目支出绩效自评表",
    "organisation": "某市某局",
    "project": "业务培训",
    "year": 2023,
    "ruleset": "cn-sc/project",
    "indicators": [
        {"name": "培训效果", "target": "优", "actual": "良好", "points": "60"},
        {"name": "培训人数", "target": "≥100人", "actual": "80人", "points": "40", "published_score": "40"},
    ],
}


def main(folder: Path = PICTURES) -> None:
    """Write the pictures into a folder."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    for argument in ("headless=new", "no-sandbox", "hide-scrollbars", f"window-size={WIDTH},{HEIGHT}"):
        options.add_argument(f"--{argument}")
    command = [sys.executable, "-m", "pfscore", "serve", "--port", "0", "--no-open", "--workers", "1"]
    with (
        tempfile.TemporaryDirectory() as forms,
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server,
    ):
        assert server.stdout is not None
        url = server.stdout.readline().split()[0]
        form = Path(forms) / "业务培训.json"
        form.write_text(json.dumps(FORM, ensure_ascii=False), encoding="utf-8")
        browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
        try:
            size = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
            browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
            _review(browser, url, form)
            browser.save_screenshot(str(folder / "review-in-browser.png"))
            _author(browser, url, form)
            browser.save_screenshot(str(folder / "author-in-browser.png"))
        finally:
            browser.quit()
            server.terminate()


def _review(browser: Any, url: str, form: Path) -> None:
    browser.get(f"{url}?lang=zh")
    browser.find_element("id", "files").send_keys(str(form))
    _until(browser, "document.querySelectorAll('#report .form').length === 1")
    _until(browser, "document.getElementById('progress').hidden")
    # The picture shows how files come in, and a row that is decided.
    browser.execute_script(
        "document.querySelectorAll('#report > header, #report .tiles, #report section:has(#overview)')"
        ".forEach(one => one.remove())"
    )


def _author(browser: Any, url: str, form: Path) -> None:
    browser.get(f"{url}rulesets?lang=zh")
    _until(browser, "document.querySelectorAll('#ruleset option').length > 2")
    browser.execute_script(
        "const list = document.getElementById('ruleset'); list.value = 'cn-sc/project';"
        "list.dispatchEvent(new Event('change'))"
    )
    _until(browser, "!document.getElementById('curve').hidden")
    browser.find_element("id", "form").send_keys(str(form))
    _until(browser, "document.querySelectorAll('#trial tbody tr').length === 2")
    # The cursor stands in a rule, and its curve is shown.
    browser.execute_script(
        "const text = document.getElementById('text'), at = text.value.indexOf('qualitative');"
        "text.focus(); text.setSelectionRange(at, at); text.dispatchEvent(new Event('keyup'));"
        "text.scrollTop = (text.value.slice(0, at).split('\\n').length - 4) * 19.5; scrollTo(0, 0)"
    )


def _until(browser: Any, condition: str) -> None:
    WebDriverWait(browser, 60, 0.1).until(lambda one: one.execute_script(f"return {condition}"), condition)


if __name__ == "__main__":
    main()
