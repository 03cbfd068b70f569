"""The tree is clean: nothing unfinished, nothing of one machine, nothing invisible, a changelog in shape."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.house.tree import PACKAGE, ROOT, text_files

#: Written in two halves, so that this file does not find itself.
UNFINISHED = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")).join(("\\b(", ")\\b")))
MACHINE = re.compile("/(?:" + "|".join(["ro" + "ot", "ho" + "me", "wo" + "rk", "Us" + "ers"]) + ")/")
INVISIBLE = re.compile("[\u00a0\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
#: Folders whose text people write; tests hold invisible characters on purpose, examples are verbatim.
WRITTEN = ("src", "grammar", "rulesets", "docs", "benchmarks")
SECTIONS = {"Rules", "Added", "Changed", "Fixed", "Removed"}


def changelog() -> str:
    """Return CHANGELOG.md."""
    return (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_nothing_is_left_unfinished() -> None:
    assert [str(path.relative_to(ROOT)) for path, text in text_files() if UNFINISHED.search(text)] == []


def test_no_path_of_one_machine() -> None:
    assert [str(path.relative_to(ROOT)) for path, text in text_files() if MACHINE.search(text)] == []


@pytest.mark.parametrize("folder", WRITTEN)
def test_no_invisible_characters(folder: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}: U+{ord(match[0]):04X}"
        for path, text in text_files(ROOT / folder)
        if (match := INVISIBLE.search(text))
    ]
    assert found == []


def test_text_files_end_with_a_line_end() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path, text in text_files()
        if text and not text.endswith("\n") and "tests" not in path.relative_to(ROOT).parts
    ]
    assert found == []


def test_the_changelog_starts_with_what_is_unreleased() -> None:
    titles = re.findall(r"^## (.+)$", changelog(), re.MULTILINE)
    assert titles[0] == "Unreleased"
    assert set(re.findall(r"^### (.+)$", changelog(), re.MULTILINE)) <= SECTIONS


def test_the_changelog_knows_every_ruleset() -> None:
    known = {
        path.relative_to(ROOT / "rulesets").with_suffix("").as_posix()
        for path in (ROOT / "rulesets").rglob("*.*")
        if path.suffix in {".yaml", ".json"}
    }
    assert known
    assert {ruleset for ruleset in known if f"`{ruleset}`" not in changelog()} == set()


def test_run_time_dependencies_are_exactly_two() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split(r"[<>=!~ ;\[]", requirement)[0] for requirement in project["dependencies"]}
    assert names == {"pydantic", "lark"}
    assert (PACKAGE / "py.typed").exists()
