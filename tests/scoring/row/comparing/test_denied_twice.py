"""A denial of a denial is all of them, 没有一个村未通硬化路, and a denial of all is not: 并非所有村都通硬化路."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pfscore.cells.reader import parse_target
from pfscore.scoring.row.comparing.beside_numbers.written import Written
from pfscore.scoring.row.comparing.in_words.rereadings import affirmed
from pfscore.scoring.rules import Rules
from tests.scoring.row.written import judged, score_of

MET = """
行政村通硬化路比例 | | 100% | 没有村未通硬化路
行政村通硬化路比例 | | 100% | 没有一个村未通硬化路
行政村通硬化路比例 | | 100% | 不存在未通硬化路的行政村
行政村通硬化路比例 | | 100% | 无未通硬化路行政村
行政村通硬化路比例 | | 100% | 没有一个行政村没有通硬化路
行政村快递覆盖率 | | 100% | 没有一个村没有快递点
行政村通路率 | | 100% | 无一村断路
学生资助 | | 应助尽助 | 没有一名符合条件的学生未获资助
学生资助 | | 应助尽助 | 没有一名学生不受资助
留守儿童帮扶 | | 应帮尽帮 | 无一名留守儿童未纳入帮扶
残疾人服务 | | 应服务尽服务 | 没有一名持证残疾人未得到服务
农户参保率 | | 100% | 无人未参保
农户参保率 | | 100% | 无一户漏保
适龄儿童入学率 | | 100% | 没有一名儿童未入学
项目验收率 | | 100% | 无未验收项目
项目开工率 | | 100% | 没有项目未开工
资金拨付率 | | 100% | 没有资金未拨付
补贴发放到位率 | | 100% | 没有一户未领到补贴
食品抽检合格率 | | 100% | 没有一批次不合格
乡镇覆盖 | | 全覆盖 | 没有乡镇未覆盖
任务 | | 完成 | 没有任务未完成
任务 | | 全部完成 | 没有一项未完成
未参保人数 | | 0人 | 无一人未参保
返贫人数 | | 0人 | 无一人返贫
"""
MISSED = """
# one denial, and not all
行政村通硬化路比例 | | 100% | 仍有村未通硬化路
行政村通硬化路比例 | | 100% | 并非所有村都通硬化路
行政村通硬化路比例 | | 100% | 不是所有村都通硬化路
残疾人服务 | | 应服务尽服务 | 并非所有持证残疾人都得到服务
残疾人服务 | | 应服务尽服务 | 未实现所有持证残疾人得到服务
学生资助 | | 应助尽助 | 有1名符合条件的学生未获资助
任务 | | 全部完成 | 并非所有任务都完成
农户参保率 | | 100% | 并非全部参保
项目验收率 | | 100% | 没有一个项目通过验收
资金拨付率 | | 100% | 没有一笔资金拨付
# 清零 is no count of none
质疑积案 | | 清零 | 未清零
问题整改 | | 清零 | 尚未清零
隐患 | | 动态清零 | 未动态清零
积案化解 | | 清零 | 未能清零
# it was not begun for want of it
项目开工率 | | 100% | 没有资金未开工
项目开工率 | | 100% | 因没有资金未开工
项目开工率 | | 100% | 无场地未开工
"""
OPEN = """
# not all of them may be enough
农户参保率 | | ≥95% | 并非所有农户参保
# almost none, others than those of the row, and what follows
学生资助 | | 应助尽助 | 基本没有学生未获资助
学生资助 | | 应助尽助 | 没有一名城区学生未获资助
学生资助 | | 应助尽助 | 没有一名学生未获资助，但2名延迟发放
行政村通硬化路比例 | | 100% | 没有一个重点村未通硬化路
行政村通硬化路比例 | | 100% | 重点村没有未通硬化路的
农户参保率 | | 100% | 没有一户脱贫农户未参保
项目验收率 | | 100% | 没有项目未验收，但3个未结算
投诉处理率 | | 100% | 没有一户未缴费
群众满意度 | | 100% | 没有一名群众未参与调查
培训合格率 | | 100% | 没有一人未参训
补贴发放及时率 | | 100% | 没有一户未领到补贴
资金支付率 | | 100% | 没有一笔资金未下达
竣工验收合格率 | | 100% | 没有一个项目未验收
项目验收率 | | 100% | 没有一个项目未提交验收资料
培训人数 | | 100人 | 没有一人未参训
"""
JUDGED = judged(MET, MISSED, OPEN)


def test_what_it_is_in_plain_words_is_said(rules: Rules) -> None:
    found = score_of(rules, "项目开工率", "", "100%", "没有一个项目未开工")
    assert "“没有一个项目未开工”就是“已全部开工”" in found.explain()


OUTER = ("没有", "不存在", "没有一个", "无一个", "无一", "没有任何一个")
NOUNS, INNER = ("项目", "村", "乡镇", "企业", "学校"), ("未", "没有", "未能", "没能", "尚未")
VERBS = ("验收", "开工", "通水", "整改", "达标", "覆盖", "通过验收", "完成改造")


@given(st.sampled_from(OUTER), st.sampled_from(NOUNS), st.sampled_from(INNER), st.sampled_from(VERBS))
def test_none_left_out_is_all(rules: Rules, outer: str, noun: str, inner: str, verb: str) -> None:
    name = f"{noun}{verb}率"
    assert score_of(rules, name, "", "100%", f"{outer}{noun}{inner}{verb}").met is True
    for once in (f"{outer}{noun}{verb}", f"{noun}{inner}{verb}", f"仍有{noun}{inner}{verb}"):
        assert affirmed(parse_target("100%"), Written(name, "100%", "", once)) is None
        assert score_of(rules, name, "", "100%", once).met is not True
    assert score_of(rules, name, "", "100%", f"并非所有{noun}都{verb}").met is False
