"""Take the picture of the report's page that the docs show: docs/pictures/report.png.

python docs/build/report_picture.py

Needs the extras `report` and `browser`, chromium and chromedriver.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from running import ROOT

PICTURE = ROOT / "docs" / "pictures" / "report.png"
#: The digest of what the picture shows: a test compares it with the page of today.
DIGEST = PICTURE.with_suffix(".sha256")
WIDTH, HEIGHT = 1000, 1290
_COMMAND = ("report", "examples/luzhou-2023.xlsx", "--ruleset", "cn-sc/project", "--html", "-")
_SHOWN_FORMS, _SHOWN_ROWS = 3, 2


def page_shown() -> str:
    """Return the page of the example workbook."""
    command = [sys.executable, "-m", "pfscore", *_COMMAND]
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, encoding="utf-8").stdout


def digest_of(page: str) -> str:
    """Return the digest of what the picture shows of a page: its style, its head and the head of the first form."""
    page = re.sub(r'(?s)<svg class="hidden".*?</svg>|<p class="subtitle">.*?</p>', "", page)
    head, _, rest = page.partition('<section class="form"')
    rows = head.split('<tr class="')[: _SHOWN_FORMS + 1]
    first = rest.split("</tr>")[: _SHOWN_ROWS + 1]
    return hashlib.sha256("".join((*rows, *first)).encode()).hexdigest()


def main() -> None:
    """Write the picture and its digest."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    for argument in ("headless=new", "no-sandbox", "hide-scrollbars", f"window-size={WIDTH},{HEIGHT}"):
        options.add_argument(f"--{argument}")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        page.write_text(page_shown(), encoding="utf-8")
        browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
        try:
            size = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
            browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
            browser.get(page.as_uri())
            # The picture shows the head of the page, then the head of the first form.
            browser.execute_script(
                "document.querySelectorAll('#overview tbody tr:nth-child(n + 4), section:has(#shared)')"
                ".forEach(one => one.remove())"
            )
            browser.save_screenshot(str(PICTURE))
            DIGEST.write_text(f"{digest_of(page.read_text(encoding='utf-8'))}\n", encoding="utf-8")
        finally:
            browser.quit()


if __name__ == "__main__":
    main()
