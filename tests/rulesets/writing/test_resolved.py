"""`pfscore check --resolved`: the merged file says of every line where it comes from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pfscore.checking.check import change_days
from pfscore.rulesets.edition import edition
from pfscore.rulesets.load import inspect_family
from pfscore.rulesets.search import builtin_ids
from pfscore.rulesets.writing.resolved import resolved
from tests.cli.running import run
from tests.house.tree import ROOT
from tests.rulesets.ruleset_text import HEAD, rule

_ORIGIN = re.compile(r"  +# (\S+):(\d+)$")
#: What is written here, as several files may say what stands below it.
_HEADS = {"sources:", "form:", "rules:", "also:", "versions:"}


def beside(text: str) -> list[tuple[str, str]]:
    """Return each line of a merged file with what stands at its origin; what is below `note: |` has none."""
    found, below = [], -1
    for line in text.splitlines()[1:]:
        indent = len(line) - len(line.lstrip())
        if not line or line.strip() in _HEADS or 0 <= below < indent:
            continue
        below = indent if ": |  " in line else -1
        origin = _ORIGIN.search(line)
        assert origin, line
        author = Path(origin[1]) if Path(origin[1]).is_absolute() else ROOT / origin[1]
        found.append(
            (line[: origin.start()].strip(), author.read_text(encoding="utf-8").splitlines()[int(origin[2]) - 1])
        )
    return found


@pytest.mark.parametrize("name", builtin_ids())
def test_every_line_has_the_origin_of_its_key(name: str) -> None:
    family, _ = inspect_family(name)
    for day in change_days(family):
        for line, author in beside(resolved(edition(family, day))):
            key = line.removeprefix("- ").split(":")[0]
            assert key in author or (key == "for" and "cite:" in author), line


def test_the_citations_of_terms_are_those_of_the_files(tmp_path: Path) -> None:
    file = tmp_path / "child.yaml"
    form = "form:\n  - since: 2024\n    cite:\n      source: 示例\n    total: 100\n    missing: open\n    also:\n"
    own = "      - for: missing\n        source: 示例\n        quote: 缺的不评\n"
    rules = rule("formula: 分值", 'comparator: "="', name="mine").replace("- id", "  - id").replace("\n  ", "\n    ")
    file.write_text(f"{HEAD}extends: cn/project\n{form}{own}rules:\n{rules}", encoding="utf-8")
    code, printed = run("check", "--resolved", str(file))
    lines = beside(printed.split("\nrules:")[0])
    assert code == 0
    assert [(line, author.strip()) for line, author in lines if line.startswith("- for")] == [
        ("- for: [blocks]", "cite:"),
        ("- for: [grades]", "- for: [grades]"),
        ("- for: [missing]", "- for: missing"),
        ("- for: [borrow_unit, assume]", "- for: [missing, borrow_unit, assume]"),
    ]
    assert ("quote: 缺的不评", "        quote: 缺的不评") in lines
