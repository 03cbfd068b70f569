"""What is in force on a day: versions and removals begin on their day; a rule is the same wherever its file stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import pfscore
from tests.rulesets.ruleset_text import HEAD, rule, text

PARENT = text(rule("formula: 分值 * 执行率", name="kept") + rule("formula: 分值 * 执行率", name="gone"))
CHILD = f"""{HEAD.replace("cn-demo/project", "cn-demo-1/project")}
extends: parent.yaml
removed:
  - rule: gone
    since: 2023-07-01
    cite: {{source: 示例}}
"""


@pytest.fixture
def child(tmp_path: Path) -> Path:
    (tmp_path / "parent.yaml").write_text(PARENT, encoding="utf-8")
    path = tmp_path / "child.yaml"
    path.write_text(CHILD, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("on", "left"), [("2023-06-30", ["gone", "kept"]), ("2023-07-01", ["kept"]), ("2024-01-01", ["kept"])]
)
def test_a_rule_is_removed_from_its_day_on(child: Path, on: str, left: list[str]) -> None:
    rules = pfscore.load_ruleset(child, on=on)
    assert [one.id for one in rules.edition.rules] == left


def test_a_version_is_in_force_from_its_day_on(tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    path.write_text(text(rule("formula: 分值 * 执行率")), encoding="utf-8")
    assert len(pfscore.load_ruleset(path, on="2020-01-01").edition.rules) == 1
    with pytest.raises(pfscore.RulesetError):
        pfscore.load_ruleset(path, on="2019-12-31")


def test_a_rule_of_another_place_is_the_same_rule(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "demo.yaml").write_text(PARENT, encoding="utf-8")
    first, second = (
        pfscore.load_ruleset(tmp_path / folder / "demo.yaml", on="2023-12-31").edition.rules
        for folder in ("one", "two")
    )
    assert first == second
    assert [hash(one) for one in first] == [hash(one) for one in second]
    assert first[0] != replace(first[0], title="另一条")
    assert str(tmp_path) not in repr(first)


def test_the_day_is_a_date_or_its_text(child: Path) -> None:
    assert pfscore.load_ruleset(child, on=date(2023, 7, 1)) == pfscore.load_ruleset(child, on="2023-07-01")
