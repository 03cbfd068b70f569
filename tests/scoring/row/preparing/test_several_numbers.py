"""Rows whose actual gives several numbers of one thing: corrected later, taken off, added, or it is not told."""

from __future__ import annotations

import itertools

import pytest

from pfscore.scoring.rules import Rules
from tests.scoring.row.written import all_met, judged, score_of

#: Name | unit | target | actual, by what the row comes to.
MET = """
# the later number of a share counts
居民参保率 | | ≥95% | 年初参保率93%，年末提高到96.4%
网络漏洞整改率 | | 100% | 首轮整改率91%，二轮复测后达100%
工程合格率 | | ≥90% | 年初合格率80%，年末92%
工程合格率 | | ≥90% | 合格率80%，整改后92%
秸秆综合利用率 | | ≥92% | 县级上报利用率93.5%，市级核定93.1%
设备完好率 | | ≥95% | 完好率88%，检修后上升至97%
平均办结时限 | 天 | ≤5 | 原办结时限9天，整改后4天
# corrected, and still enough
森林抚育面积 | | ≥3000亩 | 抚育3350亩，核查认定3180亩
困难群众救助人数 | | ≥900人 | 救助1020人，剔除重复16人
困难群众救助人数 | | ≥900人 | 救助1020人，核减16人
补贴资金 | | ≥100万元 | 拨付120万元，审计核减8万元
信访积案件数 | 件 | ≤3 | 5件，核减2件
# which of them counts is not told, and makes no difference
苗木栽植数量 | | 4000株 | 栽植5100株，成活4130株
# what is added, and parts of one whole
植树造林 | | 800亩 | 造林500亩，补植300亩
植树造林 | | 800亩 | 新造林500亩，补植320亩
新建公厕 | | 7座 | 城区3座、乡镇4座
新建公厕 | | 7座 | 城区3座，乡镇4座
医院新增床位 | | 100张 | 主院60张，分院40张
新建充电桩 | | 50个 | 快充18个、慢充34个
举办招聘会 | | 12场 | 线上7场，线下5场
巡回文艺演出 | | ≥40场 | 一季度9场，二季度12场，三季度11场，四季度13场
培训教师人次 | | ≥300人次 | 上半年145人次，下半年168人次
采购特种车辆 | | 14辆 | 执法车6辆、清障车5辆、通勤车3辆
# a change or a share of two amounts
游客接待量较上年增长 | | ≥8% | 上年52万人次，本年57.2万人次
食堂采购成本较上年下降 | | ≥5% | 去年880万元，今年829万元
资金节约率 | | ≥2% | 预算500万元，结算484万元
采购节支率 | | ≥2% | 预算金额500万元，中标金额484万元
用水量较上年下降率 | | ≥5% | 2023年880吨，2024年829吨
"""
MISSED = """
幼儿园改造验收合格率 | | 100% | 初验合格率100%，质监站复核后调整为92%
数据归集条数 | | ≥500万条 | 归集620万条，清洗后有效入库431万条
造林成活率 | | ≥85% | 春季栽植成活率88%，秋季复查71%
政务服务办件满意率 | | ≥95% | 初评满意率96.2%，第三方回访降至90.1%
森林抚育面积 | | ≥3000亩 | 施工抚育3150亩，核查认定2780亩
就业培训合格率 | | ≥85% | 结业合格率91%，补贴审核核减后79%
发放补贴人数 | | ≥620人 | 发放补贴658人，经比对清退不符合条件49人
入库税源信息条数 | | ≥10万条 | 入库11.2万条，去重后9.4万条
接口调用成功率 | | ≥99% | 上线初期成功率99.4%，下半年下滑至96.8%
工程合格率 | | 100% | 合格率100%，复核为92%
工程合格率 | | 100% | 合格率100%，核查修正为92%
工程合格率 | | 100% | 初验合格率100%，修正为92%
工程合格率 | | 100% | 年初合格率100%，年末92%
工程合格率 | | 100% | 复核后合格率92%，初验100%
森林抚育面积 | | ≥3000亩 | 抚育3150亩，核减370亩
森林抚育面积 | | ≥3000亩 | 3150亩，核减370亩
困难群众救助人数 | | ≥900人 | 救助1020人，剔除160人
家庭医生签约率 | | ≥75% | 系统登记81%，剔除重复及死亡后为68.4%
良种覆盖率 | | ≥96% | 自查97%，农业农村局抽查为93%
危房改造竣工率 | | 100% | 年初上报竣工率100%，年末核查修正为94%
学生近视率 | | ≤52% | 年初筛查51%，年末复筛53.6%
工程优良率 | | ≥90% | 自评优良率92%，质安站核定优良率为85%
# parts of one whole
植树造林 | | 800亩 | 新造林500亩，补植280亩
义诊人次 | | ≥2000人次 | 上半年860人次、下半年910人次
新建公厕 | | 8座 | 城区3座、乡镇4座
# a change or a share of two amounts
游客接待量较上年增长 | | ≥8% | 上年52万人次，本年53万人次
食堂采购成本较上年下降 | | ≥5% | 去年880万元，今年869万元
资金节约率 | | ≥5% | 预算500万元，结算484万元
"""
LEFT_OPEN = """
# what can be used is less than what was made
路灯建设 | | 安装路灯260盏 | 安装260盏，亮灯231盏
机井建设 | | 打机井25眼 | 打井25眼，出水19眼
光纤工程 | | 铺设光纤60公里 | 铺设60公里，测试合格52公里
沼气池 | | 建设沼气池90口 | 建设90口，正常产气71口
森林抚育面积 | | ≥3000亩 | 抚育3150亩，合格2780亩
森林抚育面积 | | ≥3000亩 | 抚育3150亩，核查2780亩
数据归集条数 | | ≥500万条 | 归集620万条，有效431万条
苗木栽植数量 | | 5000株 | 栽植5100株，成活4130株
# a mean over a time of which only two values are known
老年食堂日均就餐人数 | | ≥60人 | 开业初期达75人，年底回落至41人
助餐点月均就餐老人 | | ≥50人 | 第一个月70人，最后一个月38人
# of another thing, or another time
培训人数 | | ≥500人 | 培训520人，年末在册480人
隐患整治数 | | ≥120处 | 整治125处，复查50处
新增规上企业 | | ≥18家 | 新增18家，退库6家
在校学生人数 | | ≥900人 | 上半年500人，下半年510人
工程合格率 | | ≥98% | 上半年99%，下半年96%
参保群众满意度 | | ≥90% | 88%-93%
服务对象满意度 | | ≥90% | 线上95%，线下85%
"""
FIXED = """
# another rate or another deed, which the indicator does not name, stays a remark
培训人数 | | ≥600人 | 培训640人，取证571人
群众满意度 | | ≥95% | 满意度96%，回访率90%
工程合格率 | | ≥98% | 合格率99%，抽检比例20%
学员满意度 | | ≥90% | 96.2%，上年88%
"""


@pytest.mark.parametrize(("met", "name", "unit", "target", "actual"), judged(MET + FIXED, MISSED, LEFT_OPEN))
def test_row(rules: Rules, met: bool | None, name: str, unit: str, target: str, actual: str) -> None:
    found = score_of(rules, name, unit, target, actual)
    assert found.met is met
    assert (met is not None) or found.score is None


def test_many_rows_are_scored_as_one_by_one(rules: Rules) -> None:
    rows = judged(MET + FIXED, MISSED, LEFT_OPEN)
    assert all_met(rules, rows) == [met for met, *_ in rows]


@pytest.mark.parametrize(("met", "name", "unit", "target", "actual"), judged(MET + FIXED, MISSED, ""))
def test_every_number_that_is_not_the_result_is_named(
    rules: Rules, met: bool | None, name: str, unit: str, target: str, actual: str
) -> None:
    text = score_of(rules, name, unit, target, actual).explain()
    assert "推定" in text


NAMES = (
    ("工程合格率", "", "合格率", "%"),
    ("水质达标率", "", "达标率", "%"),
    ("森林抚育面积", "亩", "抚育", "亩"),
    ("数据归集条数", "条", "归集", "条"),
    ("困难群众救助人数", "人", "救助", "人"),
)
CHECKS = (
    *("复核为", "复核后", "核查认定", "核查", "复查", "抽查", "审定为", "认定", "修正为", "调整为", "清洗后", "去重后"),
    *("有效", "合格", "回访", "年末", "年底", "整改后", "复测后", "降至", "下滑至", "下半年降至", "回落到"),
    *("第三方评估为", "质监站复检后为", "市级核定", "审计核减后", "剔除重复后", "最终", "验收认定"),
)


@pytest.mark.parametrize("check", CHECKS)
def test_no_row_is_met_by_the_number_that_a_later_one_replaces(rules: Rules, check: str) -> None:
    for (name, unit, word, sign), first in itertools.product(NAMES, ("", "初报", "自评", "年初")):
        for other in ("", "，已存档", "，上年70" + sign):
            actual = f"{first}{word}96{sign}，{check}81{sign}{other}"
            found = score_of(rules, name, unit, f"≥90{sign}", actual)
            assert found.met is not True, actual
            assert found.met is None or found.completion != "16/15", actual


@pytest.mark.parametrize("check", ["核减", "剔除", "清退", "扣除", "核减重复", "剔除不合格"])
def test_no_row_is_met_by_a_number_of_which_something_is_taken_off(rules: Rules, check: str) -> None:
    for name, unit, word, sign in NAMES[2:]:
        found = score_of(rules, name, unit, f"≥90{sign}", f"{word}96{sign}，{check}15{sign}")
        assert found.met is False, (name, check)


@pytest.mark.parametrize("check", CHECKS)
def test_no_row_is_missed_by_the_number_that_a_later_one_replaces(rules: Rules, check: str) -> None:
    for (name, unit, word, sign), first in itertools.product(NAMES, ("", "初报", "自评", "年初")):
        actual = f"{first}{word}81{sign}，{check}96{sign}"
        found = score_of(rules, name, unit, f"≥90{sign}", actual)
        assert found.met is not False, actual
