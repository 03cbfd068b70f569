"""A date answers a deadline only for the stage that its row asks for; what is still to come counts as well."""

from __future__ import annotations

import pytest

import pfscore
from tests.scoring.row.written import rows
from tests.tables import each

#: Name, target, actual: dates of an earlier stage, and numbers of what is still to come.
NEVER_MET = """
平台上线时间 | 11月底前 | 11月底已具备上线条件
平台上线时间 | 11月底前 | 11月25日已具备上线条件
开工时间 | 2024年10月前 | 2024年9月已取得施工许可证
开工建设 | 2024年10月前开工 | 2024年9月已取得施工许可证
工程完工时间 | 2024年9月30日前 | 2024年9月28日完成招标
工程完工时间 | 9月底前 | 9月20日完成设计
工程完工时间 | 9月底前 | 9月20日完成主体
工程完工时间 | 9月底前 | 9月20日签订施工合同
工程完工时间 | 9月底前 | 9月20日进场施工
论文发表时间 | 2024年底前 | 2024年12月10日已投稿
专利授权时间 | 12月底前 | 12月6日已受理
标准发布时间 | 12月底前 | 12月6日已报批
标准发布时间 | 12月底前 | 12月6日通过专家评审
资金拨付时间 | 12月底前 | 12月6日已提交拨款申请
资金拨付时间 | 12月底前 | 12月6日已履行审批程序
系统验收时间 | 12月底前 | 12月6日完成初验
系统验收时间 | 12月底前 | 12月6日试运行
报告提交时间 | 11月底前 | 11月20日完成初稿
报告提交时间 | 11月底前 | 11月20日已形成征求意见稿
设备交付使用时间 | 11月底前 | 11月20日完成采购
招聘到岗时间 | 8月底前 | 8月20日完成面试
招聘到岗时间 | 8月底前 | 8月20日已公示
项目完成时间 | 12月底前 | 12月10日已启动
项目完成时间 | 12月底前 | 12月10日已具备验收条件
课题 | 3项 | 3项（其中1项预计2025年完成）
课题 | 3项 | 3项（其中1项将于2025年3月结题）
培训场次 | 4场 | 4场（其中1场计划于2025年1月补办）
活动 | 6场 | 6场（其中2场计划明年开展）
培训 | 3期 | 3期，待开班
论文发表 | 3篇 | 3篇，待刊出
设备购置 | 5台 | 5台，待安装
充电桩安装 | 20个 | 20个，待通电
床位 | 60张 | 60张已安装，待启用
救助对象 | 30人 | 30人已登记，待审批
"""
#: Dates of the stage itself, of a later one, or of the whole.
MET = """
工程完工时间 | 9月底前 | 9月20日
工程完工时间 | 9月底前 | 9月20日完工
工程完工时间 | 9月底前 | 2024年9月20日竣工验收
工程完工时间 | 9月底前 | 9月20日前完成
项目完成时间 | 12月底前 | 12月10日完成
项目完成时间 | 12月底前 | 已于12月10日全部完成
项目完成时间 | 12月底前 | 12月10日办结
资金拨付时间 | 12月底前 | 12月6日拨付到位
补贴发放时间 | 12月底前 | 12月6日已全部发放
招标完成时间 | 6月底前 | 6月20日完成招标
开工时间 | 10月底前 | 10月12日开工
设备采购时间 | 10月底前 | 10月12日完成采购
"""
#: What is not missed, though it may be for a person.
NOT_MISSED = """
平台上线时间 | 11月底前 | 11月20日上线试运行
工程完工时间 | 9月底前 | 9月20日基本完工
开工时间 | 10月底前 | 10月12日进场施工
平台上线时间 | 11月底前 | 11月20日正式上线
报告提交时间 | 11月底前 | 11月20日提交报告
主体工程完工时间 | 10月底前 | 10月20日完成主体工程
活动时间 | 10月底前 | 10月20日启动
设备购置 | 5台 | 5台，待安装
"""
#: The day of the deed that a row asks for counts, and a number of a day only where it is one of the year: + met, -
#: missed, ? for a person.
DAYS = """
- | 综合楼主体封顶时间 | 2024年9月底前 | 9月底前完成六层，11月18日封顶
- | 大数据平台上线时间 | 6月30日前 | 6月28日送测，7月15日上线
+ | 平台上线时间 | 6月30日前 | 6月15日送测，6月28日上线
? | 平台上线时间 | 6月30日前 | 6月15日送测，6月28日上线，7月下线整改
? | 平台上线时间 | 6月30日前 | 6月15日送测，6月28日部分上线
- | 采购目录印发时间 | 2024年6月底前 | 7月4日印发（6月20日定稿）
+ | 指南印发时间 | 6月底前 | 6月20日定稿，6月28日印发
+ | 植物园开园时间 | 10月1日前 | 原计划10月1日，实际9月26日开园
- | 植物园开园时间 | 10月1日前 | 原计划9月20日，实际10月8日开园
+ | 旧校舍拆除 | 2024年8月底前拆完 | 8月初进场，8月29日拆除完毕，9月清运
- | 旧校舍拆除 | 2024年8月底前拆完 | 8月初进场，9月3日拆除完毕
+ | 危房拆除 | 6月底前拆除 | 5月20日进场，6月25日全部拆除，7月清运
- | 桥梁通车时间 | 10月底前 | 9月30日桥面铺装完成，11月5日通车
+ | 桥梁通车时间 | 10月底前 | 9月30日桥面铺装完成，10月25日通车
+ | 报告报送时间 | 3月底前 | 3月25日报送，4月10日批复
- | 合同签订时间 | 5月底前 | 5月20日开标，6月4日签订
- | 教材到位时间 | 8月底前 | 8月20日发货，9月2日到位
+ | 教材到位时间 | 8月底前 | 8月20日发货，8月28日到位
- | 奖金兑现时间 | 教师节前 | 晚于教师节11天
- | 春运方案印发时间 | 春运前 | 春运结束后
- | 教学楼竣工时间 | 秋季开学前 | 10月12日
+ | 教学楼竣工时间 | 秋季开学前 | 7月20日
? | 教学楼竣工时间 | 秋季开学前 | 8月20日
+ | 话剧首演时间 | 国庆节前 | 2024.9.29首演
- | 话剧首演时间 | 国庆节前 | 2024-10-3
? | 年度统计报告 | 1月31日前报送 | 经批准延至2月10日报送
+ | 美术馆扩建工程 | 年内开工 | 10月开工，正在基础施工
- | 美术馆扩建工程 | 年内完工 | 10月开工，正在基础施工
+ | 换热站验收时间 | 2024年11月底前 | 45580
- | 方志馆验收时间 | 2024年10月31日前 | 45611
? | 管护站房竣工时间 | 2024年12月底前 | 45672
? | 农桥完工日期 | 2023年6月30日前 | 45121
? | 勘察合同签订时间 | 2023年12月31日前 | 45657
"""
NEVER_MET_HOURS = (
    "除6月一次故障（耗时7小时）外，均在4小时内恢复",
    "除6月1次故障（历时5.5小时）外均在4小时内恢复",
)


def _met(rules: pfscore.Rules, name: str, target: str, actual: str, unit: str | None = None) -> bool | None:
    return rules.score(name=name, target=target, actual=actual, unit=unit, points="10", year=2024).met


@each(("name", "target", "actual"), rows(NEVER_MET))
def test_a_date_of_an_earlier_stage_is_not_met(rules: pfscore.Rules, name: str, target: str, actual: str) -> None:
    assert _met(rules, name, target, actual) is not True


@each(("name", "target", "actual"), rows(MET))
def test_a_date_of_the_stage_is_met(rules: pfscore.Rules, name: str, target: str, actual: str) -> None:
    assert _met(rules, name, target, actual) is True


@pytest.mark.parametrize(("name", "target", "actual"), rows(NOT_MISSED))
def test_a_date_that_may_be_of_the_stage_is_not_missed(
    rules: pfscore.Rules, name: str, target: str, actual: str
) -> None:
    assert _met(rules, name, target, actual) is not False


def test_the_day_of_the_deed_counts(rules: pfscore.Rules) -> None:
    verdicts = {True: "+", False: "-", None: "?"}
    given = rows(DAYS)
    indicators = tuple(pfscore.Indicator(name=one, target=to, actual=by, points="10") for _, one, to, by in given)
    scores = rules.score_form(pfscore.Form(title="表", year=2024, indicators=indicators)).indicators
    judged = {row: verdicts[one.met] for row, one in zip(given, scores, strict=True)}
    assert {row: found for row, found in judged.items() if found != row[0]} == {}


@pytest.mark.parametrize("actual", NEVER_MET_HOURS)
def test_an_exception_with_its_own_number_is_not_passed_over(rules: pfscore.Rules, actual: str) -> None:
    assert _met(rules, "系统故障恢复时间", "≤4", actual, "小时") is not True


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("1/10", "0.12"),
        ("≥1/20", "0.06"),
        ("1:10", "0.12"),
        ("十分之一", "0.12"),
        ("五分之一", "0.25"),
        ("≥9成", "0.93"),
    ],
)
def test_a_decimal_beside_a_fraction_is_no_percentage(rules: pfscore.Rules, target: str, actual: str) -> None:
    assert _met(rules, "抽查比例", target, actual) is not False


@each(
    "word",
    [
        "高",
        "广泛",
        "强",
        "大",
        "深远",
        "优美",
        "有序",
        "健全",
        "好",
        "满意",
        "显著",
        "完善",
        "明显",
        "充分",
        "落实",
        "丰富",
    ],
)
@each("degree", ["较", "较为", "比较"])
def test_a_lower_degree_does_not_meet_a_word(rules: pfscore.Rules, word: str, degree: str) -> None:
    assert _met(rules, "政策知晓度", word, degree + word) is not True
    assert _met(rules, "政策知晓度", f"较{word}", degree + word) is True


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("增强", "增强（问卷显示92%受访者认可）"),
        ("提升", "提升（受访286人）"),
        ("提高", "提高（较上年提高5%）"),
    ],
)
def test_words_with_a_number_in_brackets_are_read(rules: pfscore.Rules, target: str, actual: str) -> None:
    assert _met(rules, "国防教育意识", target, actual) is True


@pytest.mark.parametrize(
    "actual", ["改善（PM2.5上升3.2%）", "改善（仅32%受访者认可）", "改善（问卷显示32%受访者认可）"]
)
def test_words_with_a_doubtful_number_in_brackets_are_for_a_person(rules: pfscore.Rules, actual: str) -> None:
    found = rules.score(name="环境质量", target="改善", actual=actual, points="10")
    assert (found.met, {one.code for one in found.diagnostics}) == (None, {"PF516"})
