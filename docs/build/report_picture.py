"""Take the picture of the report's page that the docs show: docs/pictures/report.png.

python docs/build/report_picture.py

Needs the extras `report` and `browser`, chromium and chromedriver.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from selenium import webdriver

from running import ROOT

PICTURE = ROOT / "docs" / "pictures" / "report.png"
WIDTH, HEIGHT = 1000, 1290


def main() -> None:
    """Write the picture."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    for argument in ("headless=new", "no-sandbox", "hide-scrollbars", f"window-size={WIDTH},{HEIGHT}"):
        options.add_argument(f"--{argument}")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        command = [sys.executable, "-m", "pfscore", "report", "examples/luzhou-2023.json", "--html", str(page)]
        subprocess.run(command, cwd=ROOT, check=False)
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
        finally:
            browser.quit()


if __name__ == "__main__":
    main()
