"""Rules for blocks that stand side by side never score the same row; rules for a block and a part of it may."""

from __future__ import annotations

from pathlib import Path

import pytest

from pfscore.checking.check import check_ruleset
from tests.rulesets.ruleset_text import rule, text

_FORMULA = "formula: 分值 * min(完成率, 1)\n"


def overlaps(tmp_path: Path, first: str, second: str, terms: str = "") -> list[str]:
    path = tmp_path / "demo.yaml"
    rules = rule(_FORMULA, f'comparator: ["≥"]\nblock: {first}', "a") + rule(
        _FORMULA, f'comparator: ["≥"]\nblock: {second}', "b"
    )
    path.write_text(text(rules, terms), encoding="utf-8")
    found = [one for one in check_ruleset(path).problems if one.code in {"PF240", "PF242"}]
    return [f"{one.code} {one.hint.zh if one.hint else ''}" for one in found]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("产出指标", "效益指标"),
        ("一、产出指标", "满意度指标"),
        ("投入", "过程"),
        ("数量指标", "社会效益指标"),
        ("质量指标", "成本指标"),
    ],
)
def test_usual_headings_stand_side_by_side(tmp_path: Path, first: str, second: str) -> None:
    assert overlaps(tmp_path, first, second) == []


def test_so_do_those_that_the_form_lists(tmp_path: Path) -> None:
    listed = "blocks:\n  - {name: 甲类}\n  - {name: 乙类, parts: [{name: 丙}, {name: 丁}]}\n"
    assert overlaps(tmp_path, "甲类", "乙类", listed) == []
    assert overlaps(tmp_path, "丙", "丁", listed) == []
    assert overlaps(tmp_path, "乙类", "丙", listed) != []


def test_what_may_be_a_part_overlaps(tmp_path: Path) -> None:
    assert [one[:5] for one in overlaps(tmp_path, "产出指标", "数量指标")] == ["PF242"]


def test_headings_that_nobody_knows_may_be_listed(tmp_path: Path) -> None:
    (said,) = overlaps(tmp_path, "甲类", "乙类")
    assert said.startswith("PF242 若以 a 为准，在它里面写 overrides: [b]；两者若是并列的一级或二级指标，不会有这样的行")
