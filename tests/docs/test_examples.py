"""Every example of README and docs runs and prints what the page shows; generated pages are current.

`PFSCORE_WRITE_DOCS=1 pytest tests/docs` writes what the examples print now, as
`python docs/build/refresh.py --write` does.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec

import pytest

from tests.docs.build_scripts import build_script
from tests.house.tree import ROOT

pytestmark = pytest.mark.usefixtures("installed")
SPARK = "docs/how-to/score-with-spark.md"


def refresh(*pages: str) -> None:
    """Run the program that checks the pages, or writes them."""
    mode = "--write" if os.environ.get("PFSCORE_WRITE_DOCS") else "--check"
    command = [sys.executable, str(ROOT / "docs" / "build" / "refresh.py"), mode, *pages]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_pages_show_what_their_examples_print(monkeypatch: pytest.MonkeyPatch) -> None:
    """One process reads them all: to start it, and the first reading of a cell, takes longer than most pages."""
    pages = [str(page.relative_to(ROOT)) for page in build_script("refresh", monkeypatch).pages()]
    assert {"README.md", "docs/tutorial/01-score-a-form.md"} <= set(pages)
    refresh(*(page for page in pages if page != SPARK))


@pytest.mark.skipif(find_spec("pyspark") is None, reason="pyspark is not installed")
@pytest.mark.skipif(shutil.which("java") is None, reason="there is no java")
def test_the_page_about_spark_shows_what_its_example_prints() -> None:
    """It starts an engine of its own, in a process of its own."""
    refresh(SPARK)


def commands(readme: str) -> list[str]:
    """Return the commands of a README that are to be pasted."""
    found: list[str] = re.findall(r"^```bash\n(.*?)\n```$", (ROOT / readme).read_text(encoding="utf-8"), re.M | re.S)
    return found


def test_the_first_two_commands_of_the_readme() -> None:
    first, second = commands("README.md")[:2]
    assert "\n" not in first + second
    assert first.endswith(
        ".venv/bin/pfscore report examples/luzhou-2023.xlsx --ruleset cn-sc/project --html report.html"
    )
    assert second.endswith(".venv/bin/pytest")


def test_the_two_readmes_show_the_same() -> None:
    fence = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
    english, chinese = (
        fence.findall((ROOT / name).read_text(encoding="utf-8")) for name in ("README.md", "README.zh-CN.md")
    )
    assert english == chinese


def test_links_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(page for page in (ROOT / "docs").rglob("*.md") if page.parent.name != "codes")]
    wrong = []
    for page in pages:
        text = re.sub(r"^```.*?^```$|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
        targets = [target.split("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in target]
        wrong += [f"{page.name}: {one}" for one in targets if one and not page.parent.joinpath(one).exists()]
    assert wrong == []
