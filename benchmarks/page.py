"""Measure how long the page of 300 forms takes to be made, and a browser to open and to sort it.

    pip install -e '.[report,browser]' && python benchmarks/page.py [--write]

The forms are those of examples/luzhou-2023.json, with other bodies and results. Needs chromium and chromedriver; times
of the browser are medians of five. `--write` puts the figures into README.md.
"""

from __future__ import annotations

import platform
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from selenium import webdriver

import pfscore
from pfscore.report.review.page import review_page
from pfscore.report.review.reviewed import Review, review_body

ROOT = Path(__file__).parents[1]
FORMS, ROUNDS = 300, 5
_OPENED = (
    "const at = performance.getEntriesByType('navigation')[0];"
    "const paint = performance.getEntriesByName('first-contentful-paint')[0];"
    "return [at.loadEventEnd, paint ? paint.startTime : at.loadEventEnd]"
)
_SORT = (
    "const start = performance.now(); document.querySelector('th[data-column=\"3\"] button').click();"
    "document.body.offsetHeight; return performance.now() - start"
)


def review() -> Review:
    """Return the review of 300 forms."""
    rules = pfscore.load_ruleset("cn-sc/project")
    examples = pfscore.load_forms(ROOT / "examples" / "luzhou-2023.json")
    reviewed = []
    for number in range(FORMS):
        form = examples[number % len(examples)]
        rows = tuple(
            row.model_copy(update={"published_score": str(number % 7)}) if at == number % 5 else row
            for at, row in enumerate(form.indicators)
        )
        form = form.model_copy(update={"organisation": f"第 {number + 1} 局", "indicators": rows})
        reviewed += review_body([(f"{number + 1:03}.xlsx", form)], [rules])
    return Review(tuple(reviewed))


def opened(page: Path) -> tuple[float, float, float]:
    """Return the milliseconds until the page is loaded, until it is seen, and of sorting it."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    for argument in ("headless=new", "no-sandbox", "disable-gpu", "disable-dev-shm-usage", "window-size=1200,900"):
        options.add_argument(f"--{argument}")
    browser: Any = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    loaded, seen, sorted_ = list[float](), list[float](), list[float]()
    try:
        for _ in range(ROUNDS):
            browser.get(page.as_uri())
            times = browser.execute_script(_OPENED)
            loaded.append(times[0])
            seen.append(times[1])
            sorted_.append(browser.execute_script(_SORT))
    finally:
        browser.quit()
    return median(loaded), median(seen), median(sorted_)


def main() -> None:
    """Measure, and print or write."""
    found = review()
    start = time.perf_counter()
    html = review_page(found)
    made = time.perf_counter() - start
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        page.write_text(html, encoding="utf-8")
        loaded, seen, sorted_ = opened(page)
    lines = [
        f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {platform.machine()}, {FORMS} forms",
        f"size of the page          {len(html.encode()) / 1024 / 1024:>7.1f} MiB",
        f"made in                   {made:>7.1f} s",
        f"first content is seen at  {seen:>7.0f} ms",
        f"loaded at                 {loaded:>7.0f} ms",
        f"sorted by the keyboard in {sorted_:>7.0f} ms",
    ]
    print("\n".join(lines))
    if "--write" in sys.argv:
        readme = Path(__file__).with_name("README.md")
        head, mark, rest = readme.read_text(encoding="utf-8").partition("<!-- page -->\n")
        tail = rest.partition("```\n")[2] if rest.startswith("```text") else rest
        readme.write_text(f"{head}{mark}" + "\n".join(["```text", *lines, "```", ""]) + tail, encoding="utf-8")


if __name__ == "__main__":
    main()
