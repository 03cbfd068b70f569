"""应X尽X is answered by how many have it of how many should; what denies a denial says that all of them did."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from pfscore.scoring.rules import Rules
from tests.tables import each

#: A row: its target, and the word for the deed.
ROWS = {
    "残疾儿童康复救助": ("应救尽救", "救助"),
    "困难学生资助": ("应助尽助", "资助"),
    "城乡低保": ("应保尽保", "保障"),
    "适龄儿童免疫": ("应种尽种", "接种"),
    "机动车检测": ("应检尽检", "检测"),
    "留守儿童关爱": ("应帮尽帮", "帮扶"),
}


def _came_to(rules: Rules, name: str, target: str, told: Iterable[str]) -> dict[str, bool | None]:
    rows = [{"name": name, "target": target, "actual": actual, "points": "10"} for actual in told]
    return {row["actual"]: one.met for row, one in zip(rows, rules.score_many(rows), strict=True)}


@pytest.mark.parametrize("name", ROWS)
def test_all_of_them_have_it(rules: Rules, name: str) -> None:
    target, deed = ROWS[name]
    told = [
        *(f"申请178人，{deed}178人", f"申请178人，全部{deed}", f"申请178人，全部获批并完成{deed}178人"),
        *(
            f"符合条件178人，全部{deed}",
            f"符合条件的178人全部得到{deed}",
            f"全部{deed}",
            f"应{deed}178人，实际{deed}178人",
        ),
        *("无一人遗漏", "无遗漏", "没有一人遗漏", f"无一人未{deed}", f"没有一人未得到{deed}"),
    ]
    assert [actual for actual, met in _came_to(rules, name, target, told).items() if not met] == []


@pytest.mark.parametrize("name", ROWS)
def test_some_of_them_have_it_not(rules: Rules, name: str) -> None:
    target, deed = ROWS[name]
    told = [
        *(f"申请178人，{deed}175人", f"申请178人，全部获批并完成{deed}170人", f"应{deed}178人，实际{deed}170人"),
        *(f"尚有3人未{deed}", f"有3人未{deed}", f"申请178人，全部获批，尚有3人未{deed}", f"部分{deed}", f"3人未{deed}"),
    ]
    assert [actual for actual, met in _came_to(rules, name, target, told).items() if met is not False] == []


@pytest.mark.parametrize("name", ROWS)
def test_what_does_not_tell_is_not_met(rules: Rules, name: str) -> None:
    target, deed = ROWS[name]
    told = [
        *(f"{deed}178人", "申请178人", "申请178人，全部受理", f"申请178人，拟{deed}178人", f"基本做到{target}"),
        *(f"申请178人，审核通过178人，待{deed}", f"申请178人，{deed}178人，其中3人未完成", f"预计全部{deed}"),
        *(f"申请178人，全部{deed}，但有5人未到位", f"部分乡镇全部{deed}", f"无一人{deed}", f"没有一人得到{deed}"),
        *(f"申请178人，计划全部{deed}", f"全部未{deed}", f"城区全部{deed}", f"申请178人，全部取消{deed}"),
    ]
    assert [actual for actual, met in _came_to(rules, name, target, told).items() if met] == []


@each("harm", ["投诉", "拖欠", "违规", "受伤"])
@each("target", ["0%", "0", "0人"])
def test_none_without_it_is_all_of_them(rules: Rules, harm: str, target: str) -> None:
    told = [f"没有一人未{harm}", f"无一人未{harm}", f"并非没有{harm}", f"没有一人未发生{harm}"]
    name = f"{harm}率" if "%" in target else f"{harm}人数"
    assert [actual for actual, met in _came_to(rules, name, target, told).items() if met] == []


@each("name", ["信访事项逾期件数", "逾期办结件数", "超期工单数"])
@each(
    ("actual", "met"),
    [
        ("无一件未按期办结", True),
        ("没有一件未按时办结", True),
        ("全部按期办结", True),
        ("有1件未按期办结", False),
        ("没有一件按期办结", None),
        ("部分按期办结", None),
        ("基本按期办结", None),
    ],
)
def test_none_was_late(rules: Rules, name: str, actual: str, met: bool | None) -> None:
    found = rules.score(name=name, target="0件", actual=actual, points="10").met
    assert found is met if met else not found


@pytest.mark.parametrize("name", ["食品抽检不合格处置率", "不合格产品处置率"])
def test_what_is_bad_was_dealt_with(rules: Rules, name: str) -> None:
    told = [
        "未发现有未处置的不合格批次",
        "没有未处置的不合格批次",
        "不存在未处置的不合格批次",
        "无一批次未处置",
        "全部处置",
    ]
    assert [actual for actual, met in _came_to(rules, name, "100%", told).items() if not met] == []
    told = ["有1批次未处置", "发现未处置的不合格批次", "不合格批次未处置", "部分处置", "没有处置", "未处置"]
    assert [actual for actual, met in _came_to(rules, name, "100%", told).items() if met] == []


@pytest.mark.parametrize("target", ["0人", "0"])
def test_zero_is_what_there_was_and_not_what_was_averted(rules: Rules, target: str) -> None:
    found = _came_to(rules, "避免人员伤亡", target, ["0人", "1人", "3人"])
    assert found == {"0人": True, "1人": False, "3人": False}
