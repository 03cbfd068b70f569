"""What failed at first and passed in the end is met; what failed at last, or passed only an earlier step, is not."""

from __future__ import annotations

from itertools import cycle, product

import pytest

from pfscore.scoring.rules import Rules

#: A row, and the words by which a later attempt passes it.
ROWS = {
    ("项目验收", "验收通过"): ("通过验收", "验收通过", "验收合格", "复验通过", "通过", "顺利通过验收", "二次验收通过"),
    ("消防验收", "通过"): ("通过", "验收通过", "复验通过", "通过验收", "通过消防验收", "复查通过"),
    ("塑胶跑道检测", "合格"): ("合格", "检测合格", "复检合格", "复检结果合格", "再次检测合格"),
    ("系统测评", "通过第三方测评"): ("通过", "通过第三方测评", "复测通过", "测评通过", "第二轮测评通过"),
    ("环评批复", "取得批复"): ("取得批复", "已取得批复", "于9月取得批复", "获得批复", "获批"),
    ("课题结题", "通过结题"): ("通过结题", "顺利通过结题", "11月通过结题", "通过"),
    ("资质认定", "获得资质"): ("获得资质", "取得资质", "于10月获得资质"),
}
FAILED = (
    *("首次未通过", "第一次未通过", "首轮未通过", "6月未通过", "上半年未通过", "年初被退回", "首次评审未通过"),
    *("前期未通过", "因资料不全首次未通过", "起初被退回修改", "首次申报被退回", "首检不合格", "专家提出整改意见6条"),
)
MENDED = ("整改后", "经整改后", "整改完成后", "补充资料后", "修改完善后", "整改到位后", "按意见修改后")


@pytest.mark.parametrize(("name", "target"), ROWS)
def test_what_is_passed_in_the_end_is_met(rules: Rules, name: str, target: str) -> None:
    pairs, mended = product(FAILED, ROWS[name, target]), cycle(MENDED)
    told = [f"{failed}，{next(mended)}{passed}" for failed, passed in pairs]
    told += [f"{next(mended)}{passed}" for passed in ROWS[name, target] for _ in range(3)]
    rows = [{"name": name, "target": target, "actual": actual, "points": "10"} for actual in told]
    left = [row["actual"] for row, one in zip(rows, rules.score_many(rows), strict=True) if not one.met]
    assert left == []


#: What takes the place of the words that pass it.
NOT_PASSED = (
    *("仍未通过", "复验仍未通过", "待复验", "复检不合格", "尚未复验", "拟于明年复验", "预计通过", "部分通过"),
    *("仍不合格", "未获通过", "再次被退回", "正在复审", "复验结果未出", "待批", "有望通过", "再次报送", "重新提交"),
    *("其他项目通过", "市级初审通过", "初验通过后未终验", "材料已受理", "已拆除", "终止", "撤回申请", "只通过初审"),
)


@pytest.mark.parametrize(("name", "target"), ROWS)
def test_what_is_not_passed_in_the_end_is_not_met(rules: Rules, name: str, target: str) -> None:
    pairs, mended = product(FAILED, NOT_PASSED), cycle((*MENDED, "11月", ""))
    told = [f"{failed}，{next(mended)}{end}" for failed, end in pairs]
    told = told[[*ROWS].index((name, target)) % 3 :: 3]  # every pair stands under some target
    told += [f"首次{passed}，复查{end}" for passed in ROWS[name, target] for end in ("不合格", "未通过", "被撤销")]
    told += [f"首次未通过，整改后{passed}，{end}" for passed in ROWS[name, target] for end in TAKEN_BACK]
    rows = [{"name": name, "target": target, "actual": actual, "points": "10"} for actual in told]
    assert [row["actual"] for row, one in zip(rows, rules.score_many(rows), strict=True) if one.met] == []


TAKEN_BACK = (
    *(
        "后被撤销",
        "但仍有3处未整改",
        "个别问题尚未整改",
        "后又被取消资格",
        "随后出现渗漏",
        "尚有问题2项",
        "遗留问题待整改",
    ),
)


@pytest.mark.parametrize("target", ["一次性通过验收", "首次验收即通过", "按期通过验收", "一次通过"])
def test_a_target_for_the_first_attempt_is_not_met_by_a_later_one(rules: Rules, target: str) -> None:
    told = [f"首次未通过，{mended}{end}" for mended in MENDED for end in ("通过验收", "通过", "复验通过")]
    rows = [{"name": "项目验收", "target": target, "actual": actual, "points": "10"} for actual in told]
    assert [row["actual"] for row, one in zip(rows, rules.score_many(rows), strict=True) if one.met] == []


def test_the_sentence_says_what_it_came_to(rules: Rules) -> None:
    found = rules.score(name="项目验收", target="验收通过", actual="首次未通过，整改后于11月复验通过", points="10")
    assert "“首次未通过，整改后于11月复验通过”最后是“通过”" in [one.message.zh for one in found.assumptions]
