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

from tests.house.tree import ROOT

pytestmark = pytest.mark.usefixtures("installed")
SPARK = "docs/how-to/score-with-spark.md"
REFRESH = ROOT / "docs" / "build" / "refresh.py"


def refresh(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program that writes or checks the pages."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, REFRESH, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


#: Pages of one process: those that run much, and all others together, as starting Python takes a second.
_ALONE = ("docs/reference", "docs/tutorial")
_HOW_TO = [f"docs/how-to/{page.name}" for page in sorted((ROOT / "docs" / "how-to").glob("*.md"))]
_OTHERS = [
    *("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "docs/README.md"),
    *(
        f"docs/{path.name}"
        for path in sorted((ROOT / "docs").iterdir())
        if path.is_dir() and path.name not in {"build", "codes", "how-to", "reference", "tutorial"}
    ),
]
#: A page by an engine of its own is read by a process of its own.
PARTS = {
    **{part: [part] for part in _ALONE},
    "docs/how-to": [page for page in _HOW_TO if page != SPARK],
    SPARK: [SPARK],
    "the others": _OTHERS,
}


def test_no_page_is_left_out() -> None:
    listed = refresh("--list")
    paths = tuple(path for paths in PARTS.values() for path in paths)
    pages = listed.stdout.split() or pytest.fail(listed.stderr)
    assert [
        page for page in pages if page not in paths and not page.startswith(tuple(f"{one}/" for one in paths))
    ] == []


@pytest.mark.parametrize("part", PARTS)
def test_the_pages_show_what_their_examples_print(part: str) -> None:
    if part == SPARK and find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed")
    if part == SPARK and shutil.which("java") is None:
        pytest.skip("there is no java")
    done = refresh("--write" if os.environ.get("PFSCORE_WRITE_DOCS") else "--check", *PARTS[part])
    assert done.returncode == 0, done.stderr


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
