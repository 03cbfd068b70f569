"""Words that say that a target was not reached, or only begun."""

from __future__ import annotations

import pytest

from pfscore.cells.lexicon.undone import forbids, says_undone
from tests.tables import each

UNDONE = """
取得初步设计批复 正在报批|建成并投入运营 已启动建设|全部分配入住 部分完成|创建成功 未能通过国家评审
全面消除 尚余2条未消除|通过等保三级测评 测评中|存量清零 仍有1.3万平方米未拆除
年内获省政府批复 已上报省政府，年内未获批复|获得CNAS认可 年内未提交申请|建立健全 正在研究制定
持续提升 未见明显提升|应保尽保 个别对象未纳入保障|按时办复 2件逾期办复|及时拨付 拨付不及时，平均滞后21天
竣工验收 主体完工，未验收|完成招标 流标两次|建成 因征地未完成，未开工|投入使用 尚在装修中|签订合同 合同谈判中
出台办法 已起草初稿
"""
DONE = """
建成 已建成|有效 正在推进|长期 持续推进|安全 未发生事故|完成 已完成，未超预算|规范 规范，无违规|提升 稳步提升
启动建设 已启动建设|上报方案 已上报|不延误 未延误|按时完成 按时完成|建立机制 已建立机制并试运行
完成前期工作 前期工作已完成|及时发放 已及时发放，无拖欠|全部整改 全部整改到位|按时公开 按时公开，未出现延误
应保尽保 应保尽保|通过验收 通过验收|发放到位 已发放到位，未收到投诉
"""


@pytest.mark.parametrize(("pairs", "expected"), [(UNDONE, True), (DONE, False)])
def test_pairs(pairs: str, expected: bool) -> None:
    wrong = [pair for pair in pairs.strip().replace("\n", "|").split("|") if _says(*pair.split()) is not expected]
    assert wrong == []


def _says(target: str, actual: str) -> bool:
    return says_undone(actual, target)


@each(
    ("actual", "expected"),
    [
        ("未实现转化", True),
        ("招标流标两次，未开工", True),
        ("均已开工，尚未投入使用", True),
        ("未开展（经费被统筹收回）", True),
        ("流拍，未取得收入", True),
        ("申请延期结题", True),
        ("未开展满意度调查", False),
        ("未发生投诉", False),
        ("全部完成", False),
        ("兑付率100%，晚于规定时间1个月", False),
    ],
)
def test_against_a_number(actual: str, expected: bool) -> None:
    assert says_undone(actual, "", in_words=False) is expected


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("不缺岗、不漏报", "漏报1次", True),
        ("无违规审批", "发现违规审批3件", True),
        ("按时报送，无迟报", "迟报2期", True),
        ("无违规审批", "未发现违规审批", False),
        ("不发生", "发生1例疑似，未形成暴发", False),
        ("无障碍设施", "障碍设施", True),
        ("有效", "有效", False),
    ],
)
def test_what_a_target_forbids(target: str, actual: str, expected: bool) -> None:
    assert forbids(target, actual) is expected
