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
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.house.tree import ROOT

SPARK = "docs/how-to/score-with-spark.md"
REFRESH = ROOT / "docs" / "build" / "refresh.py"


def refresh(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program that writes or checks the pages."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, REFRESH, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


@cache
def folders() -> dict[str, list[str]]:
    """Return the pages by folder, those that are generated included; a folder is read by one process."""
    listed = refresh("--list")
    found: dict[str, list[str]] = {}
    for page in listed.stdout.split("\n")[:-1] or pytest.fail(listed.stderr):
        # A page by an engine of its own is read by a process of its own.
        found.setdefault(page if page == SPARK else str(Path(page).parent), []).append(page)
    return found


@pytest.mark.parametrize("folder", folders())
def test_the_pages_of_a_folder_show_what_their_examples_print(folder: str) -> None:
    done = refresh("--write" if os.environ.get("PFSCORE_WRITE_DOCS") else "--check", *folders()[folder])
    assert done.returncode == 0, done.stderr


def test_the_page_about_spark_is_among_them() -> None:
    if find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed")
    if shutil.which("java") is None:
        pytest.skip("there is no java")
    assert SPARK in folders()


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


@pytest.mark.parametrize("page", [page for pages in folders().values() for page in pages])
def test_links_lead_somewhere(page: str) -> None:
    text = re.sub(r"^```.*?^```$|`[^`\n]*`", "", (ROOT / page).read_text(encoding="utf-8"), flags=re.M | re.S)
    targets = [target.split("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in target]
    assert [target for target in targets if target and not (ROOT / page).parent.joinpath(target).exists()] == []
