"""Every page is found from `docs/README.md`, every command in the reference; authors are told to start with `new`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pfscore.cli.main import COMMANDS
from tests.house.tree import ROOT

DOCS = ROOT / "docs"
INDEX = DOCS / "README.md"
_SHOWN = re.compile(r"^```.*?^```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)


def links(page: Path) -> set[Path]:
    """Return the files that a page links to."""
    text = _SHOWN.sub("", page.read_text(encoding="utf-8"))
    targets = (target.split("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in target)
    return {(page.parent / target).resolve() for target in targets if target}


def reached() -> set[Path]:
    """Return every file that can be reached from the index."""
    found, pending = set(), [INDEX]
    while pending:
        page = pending.pop()
        if page not in found:
            found.add(page)
            pending += links(page) if page.suffix == ".md" and page.exists() else ()
    return found


def test_every_page_and_picture_can_be_reached() -> None:
    files = {path for path in DOCS.rglob("*") if path.suffix in {".md", ".svg"}}
    assert sorted(str(path.relative_to(ROOT)) for path in files - reached()) == []


def test_the_index_names_every_page_that_is_not_one_of_many() -> None:
    folders = ("tutorial", "how-to", "explain", "reference")
    single = {path.resolve() for folder in folders for path in (DOCS / folder).glob("*.md")}
    single |= {(DOCS / "policies" / "README.md").resolve(), (DOCS / "reference" / "rulesets" / "README.md").resolve()}
    assert sorted(str(path.relative_to(ROOT)) for path in single - links(INDEX)) == []


def test_every_command_is_in_the_reference() -> None:
    table = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"\n| `pfscore {name} " not in table] == []


@pytest.mark.parametrize(
    "page", ["CONTRIBUTING.md", "docs/how-to/add-a-province.md", "docs/tutorial/02-write-a-rule.md"]
)
def test_authors_start_with_new(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert "pfscore new cn-gd/project" in text
    assert re.findall(r"\bcp [^ ]*rulesets|复制条款|Copy the nearest", text) == []
