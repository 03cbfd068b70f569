"""Degree words: as high a degree as a target asks meets it; a lower one, a denial and the opposite do not."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from pfscore.scoring.rules import Rules
from tests.tables import each

#: A row, and the word for what moves.
ROWS = {
    "增强退役军人荣誉感": "增强",
    "改善农村饮水安全状况": "改善",
    "政务服务水平": "提升",
    "粮库仓储能力提升": "提升",
    "群众获得感": "提高",
}
#: Degrees, the higher first.
DEGREES = (("显著", "大幅"), ("明显", "有效"), ("有所",))


def _met(rules: Rules, name: str, target: str, told: Iterable[str]) -> list[str]:
    """Return the actuals that meet a target."""
    rows = [{"name": name, "target": target, "actual": actual, "points": "10"} for actual in told]
    return [actual for actual, one in zip(told, rules.score_many(rows), strict=True) if one.met]


@pytest.mark.parametrize("name", ROWS)
def test_as_high_a_degree_is_met(rules: Rules, name: str) -> None:
    moved, left = ROWS[name], []
    for rank, words in enumerate(DEGREES):
        strong = ["显著", "非常明显", "十分显著", *(("明显", "有效") if rank else ())]
        told = [one for word in strong for one in (word, f"效果{word}", f"{moved}效果{word}", f"成效{word}")]
        told += [f"{word}{moved}" for ranks in DEGREES[: rank + 1] for word in ranks]
        for target in (f"{words[0]}{moved}", *((moved,) if rank else ())):
            met = _met(rules, name, target, told)
            left += [(target, actual) for actual in told if actual not in met]
    assert left == []


#: What is no high degree of anything.
NOT_SO = """
不明显 不显著 不太明显 不够明显 效果不明显 效果一般 一般 较差 收效甚微 作用不大 未见成效 无明显变化 效益暂未体现
项目未实施，效益暂未体现 因资金未到位未实施 尚未见效 有待进一步提升 没有效果 预计效果显著 有望显著 部分群众反映效果明显
问题突出
差距明显 矛盾明显 困难较大 压力较大 不足明显 试点村效果明显 效果有待显现 下降明显 下降显著 明显下降 显著下降 明显减弱
大幅下滑
明显恶化 效果明显，但群众满意度下降 初期效果明显，后期反弹 个别效果明显 基本明显 投诉明显 负面影响明显 滞后明显
拟显著提升
力争明显提升 计划显著提升 将明显提升 尚待明显提升 未能明显提升 没有明显提升 未有效提升
"""


@pytest.mark.parametrize("degree", ["显著", "明显", "有效", "有所", ""])
def test_what_is_not_so_is_not_met(rules: Rules, degree: str) -> None:
    assert [_met(rules, name, f"{degree}{moved}", NOT_SO.split()) for name, moved in ROWS.items()] == [[]] * len(ROWS)


@pytest.mark.parametrize("target", ["明显", "显著", "效果明显", "作用显著"])
def test_what_is_not_so_is_no_effect(rules: Rules, target: str) -> None:
    assert [_met(rules, name, target, NOT_SO.split()) for name in ("社会效益", "带动作用", "项目实施效果")] == [[]] * 3


@pytest.mark.parametrize("target", ["显著提升", "明显提升", "有效提升", "大幅提升"])
def test_a_lower_degree_is_not_met(rules: Rules, target: str) -> None:
    assert _met(rules, "基层治理能力", target, LOWER.split()) == []


LOWER = "有所提升 略有提升 有一定提升 略有 有所 小幅提升 稍有提升 基本提升 较明显 较为明显"


@each(
    ("name", "target", "actual", "met"),
    [
        ("队伍稳定性", "较好", "良好", True),
        ("队伍稳定性", "较好", "队伍稳定性良好", True),
        ("服务质量", "良好", "优秀", True),
        ("服务质量", "好", "很好", True),
        ("服务质量", "优秀", "良好", False),
        ("服务质量", "较好", "一般", False),
        ("服务质量", "好", "基本好", None),
        ("服务对象评价", "满意", "十分满意", True),
        ("服务对象评价", "满意", "不满意", False),
        ("交通拥堵状况", "有效缓解", "明显缓解", True),
        ("交通拥堵状况", "有效缓解", "加剧", False),
        ("社会效益", "明显", "显著", True),
        ("社会效益", "显著", "明显", None),
        ("社会效益", "明显", "较明显", None),
    ],
)
def test_qualities(rules: Rules, name: str, target: str, actual: str, met: bool | None) -> None:
    assert rules.score(name=name, target=target, actual=actual, points="10").met is met
