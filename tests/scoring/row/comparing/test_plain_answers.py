"""What an official settles at a glance is settled on the national baseline, said, and can be switched off."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pytest

from pfscore.scoring.row.score import IndicatorScore
from pfscore.scoring.rules import Rules, load_ruleset
from tests.rulesets.ruleset_text import rules, scored
from tests.tables import each

NUMBER, QUALITY, TIME, COST = (("产出指标", f"{kind}指标") for kind in ("数量", "质量", "时效", "成本"))


@cache
def national(name: str = "cn/project") -> Rules:
    return load_ruleset(name, on="2023-12-31")


def row(target: str, actual: str, name: str = "", path: tuple[str, ...] = (), on: str = "cn/project") -> IndicatorScore:
    return national(on).score(target=target, actual=actual, points="10", name=name, path=list(path))


def keys(found: IndicatorScore) -> list[str]:
    return [one.key for one in found.assumptions]


@each(
    ("target", "actual"),
    [
        *[
            (word, word)
            for word in ("有效", "及时", "是", "应保尽保", "长期", "全年", "定性", "12月底前", "95%左右", "翻一番")
        ],
        ("有所提升", "有所 提升。"),
        *[("零投诉", one) for one in ("0", "零", "无", "无投诉", "0次", "0起", "未发生投诉")],
        *[("无重大安全事故", one) for one in ("0起", "未发生安全事故", "无")],
        *[(one, other) for one in ("0", "零", "〇", "=零") for other in ("0", "零", "〇")],
        ("0起", "无"),
        ("≤3起", "无"),
        ("5", "五"),
        ("100%", "百分之百"),
    ],
)
def test_equal_wording_is_met(target: str, actual: str) -> None:
    found = row(target, actual)
    assert found.met is True
    assert "PF516" not in [one.code for one in found.diagnostics]
    # The levels of the baseline give a range: met is the first of them.
    assert (found.low, found.high) in {(10, 10), (8, 10)}


@each(
    ("target", "actual"),
    [
        ("是", "否"),
        ("否", "是"),
        ("是", "不是"),
        ("有", "无"),
        ("完成", "未完成"),
        ("零投诉", "3次"),
        ("零投诉", "有投诉"),
        ("零事故", "2起"),
        ("无重大安全事故", "1起"),
        ("0起", "1起"),
    ],
)
def test_the_opposite_and_a_count_are_missed(target: str, actual: str) -> None:
    found = row(target, actual)
    assert found.met is False
    assert found.outcome == "judgement"


@pytest.mark.parametrize(
    ("target", "actual"),
    [("零距离服务", "3次"), ("无障碍设施", "2处"), ("≥5次", "无"), ("有效", "较好"), ("零投诉", "98%"), ("是", "3")],
)
def test_what_only_looks_like_it_stays_open(target: str, actual: str) -> None:
    assert row(target, actual).met is None


@each(
    ("name", "path", "target", "reached", "missed"),
    [
        ("培训人数", NUMBER, "100人", "110人", "90人"),
        ("培训人数", (), "100人", "100人", "99人"),
        ("指标1：修建道路", NUMBER, "5公里", "5.2公里", "4公里"),
        ("验收合格率", QUALITY, "95%", "96%", "90%"),
        ("群众满意度", ("满意度指标",), "90%", "92%", "85%"),
        ("资金拨付及时率", TIME, "100%", "100%", "98%"),
        ("投诉处理及时率", QUALITY, "95%", "98%", "90%"),
        ("未成年人保护人数", NUMBER, "20人", "25人", "15人"),
        ("培训天数", NUMBER, "5天", "7天", "4天"),
        ("项目总投入", COST, "100万元", "90万元", "110万元"),
        ("人均补助标准", ("成本指标", "经济成本指标"), "500元", "520元", "480元"),
        ("补助标准", COST, "800元", "800元", "700元"),
        ("城乡低保月标准", COST, "658元", "680元", "640元"),
        ("公益性岗位补贴标准", COST, "1200元/人", "1200元/人", "1000元/人"),
        ("特困人员供养标准", COST, "890元", "890元", "800元"),
        ("最低工资标准", COST, "1900元", "2000元", "1800元"),
        ("每亩补贴金额", COST, "120元", "125元", "100元"),
        ("培训费标准", COST, "400元", "380元", "450元"),
        ("人均补助成本", COST, "500元", "480元", "520元"),
        ("有效投诉数量", NUMBER, "5起", "3起", "8起"),
        ("安全事故发生率", QUALITY, "1%", "0%", "2%"),
        ("直接经济损失（万元）", ("效益指标",), "10", "8", "12"),
        ("超支金额", (), "10万元", "5万元", "12万元"),
        ("办理时限", (), "5天", "3天", "7天"),
        ("审核业务", TIME, "5天", "3天", "7天"),
        ("受理答复", (), "20个工作日", "18个工作日", "21个工作日"),
        ("能耗下降率", QUALITY, "5%", "7%", "4%"),
        ("成本节约率", COST, "5%", "7%", "4%"),
        ("劣Ⅴ类水体比例", (), "5%", "3%", "9%"),
        ("产品不合格率", QUALITY, "5%", "3%", "9%"),
        ("无差错率", QUALITY, "95%", "97%", "90%"),
        ("水土流失治理面积", (), "120平方公里", "126平方公里", "110平方公里"),
        ("旅游总收入", (), "增长10%", "增长14.6%", "增长8%"),
        ("学生近视率", (), "下降0.5个百分点", "下降0.7个百分点", "下降0.3个百分点"),
    ],
)
def test_a_bare_number_by_its_name(name: str, path: tuple[str, ...], target: str, reached: str, missed: str) -> None:
    met, short = row(target, reached, name, path), row(target, missed, name, path)
    assert (met.met, met.low, short.met) == (True, 10, False)
    assert keys(met) == ["direction"]
    assert keys(short) == ["direction"] + ["below_full"] * (short.low != short.high)
    assert "按“" in met.explain()


@pytest.mark.parametrize(
    ("name", "path", "target", "actual", "score"),
    [
        ("资金发放及时率", TIME, "100%", "80%", 8),
        ("举办培训班期数", NUMBER, "18期", "16期", Decimal("8.89")),
        ("新建学校数", NUMBER, "3所", "2所", Decimal("6.67")),
        ("有效投诉数量", NUMBER, "5起", "8起", Decimal("6.25")),
        ("项目总投入", COST, "100万元", "125万元", 8),
        ("补助标准", COST, "800元", "700元", Decimal("8.75")),
        ("培训人数", NUMBER, "100人", "0人", 0),
        ("有效投诉数量", NUMBER, "5起", "0起", 10),
    ],
)
def test_a_bare_number_that_was_missed_earns_in_proportion(
    name: str, path: tuple[str, ...], target: str, actual: str, score: Decimal
) -> None:
    found = row(target, actual, name, path)
    assert (found.outcome, found.low, found.high) == ("scored", score, score)


def test_why_a_bare_number_that_was_missed_is_open() -> None:
    unknown, zero = row("10次", "8次", "会议次数", TIME), row("0起", "2起", "安全事故起数", NUMBER)
    assert (unknown.low, unknown.high, [one.code for one in unknown.diagnostics]) == (0, 10, ["PF518"])
    assert (zero.low, zero.high, zero.met) == (0, Decimal("9.99"), False)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("某事项", ()),
        ("会议次数", NUMBER),
        ("聘用人数", NUMBER),
        ("服务", NUMBER),
    ],
)
def test_what_is_on_neither_list_stays_open(name: str, path: tuple[str, ...]) -> None:
    unit = "天" if name == "服务" else ""
    assert row(f"5{unit}", f"4{unit}", name, path).met is None
    assert row(f"5{unit}", f"7{unit}", name, path).met is None
    assert row(f"5{unit}", f"5{unit}", name, path).met is True


def test_two_bare_numbers() -> None:
    assert row("3期，100人", "3期，120人", "培训", NUMBER).met is True
    assert row("552户1186人", "552户1180人", "补助", NUMBER).met is False


@pytest.mark.parametrize(
    ("target", "actual", "met"),
    [
        ("12月底前", "11月", True),
        ("12月底前", "2023年11月", True),
        ("2023年12月底前", "11月", True),
        ("年底前", "12月", True),
        ("2月底前", "2月28日", True),
        ("9月底前", "10月", False),
        ("2023年9月底前", "10月", False),
        ("9月", "9月中旬", True),
    ],
)
def test_a_month_answers_a_limit_of_the_same_year(target: str, actual: str, met: bool) -> None:
    found = row(target, actual)
    assert (found.met, keys(found)) == (met, ["same_year"] if met else ["same_year", "below_full"])


@pytest.mark.parametrize(
    ("target", "actual", "met"),
    [
        ("翻一番", "增长100%", True),
        ("增长1倍", "增长100%", True),
        ("增长≥1倍", "增长120%", True),
        ("增长≥1倍", "增长80%", False),
        ("翻两番", "增长300%", True),
        ("实现翻番", "增长1倍", True),
        ("减半", "下降50%", True),
        ("减半", "减少一半", True),
    ],
)
def test_changes_in_words(target: str, actual: str, met: bool) -> None:
    assert row(target, actual).met is met


def test_a_change_by_its_name() -> None:
    assert row("翻一番", "增长120%", "村集体收入", ("效益指标",)).met is True
    assert row("下降20%", "下降25%", "投诉", ("效益指标",)).met is True
    assert row("下降20%", "下降25%", "产量", ("效益指标",)).met is None


def _own(assume: str) -> Rules:
    return rules("judgement: {share: '[0%, 100%]', full_when_met: 是}", form=f"total: 100\nassume: {assume}")


@pytest.mark.parametrize(
    ("target", "actual", "on", "off"),
    [
        ("有效", "有效", "{same_words: 是}", "{same_words: 否}"),
        ("零投诉", "2次", "{opposite: 是}", "{opposite: 否}"),
        ("12月底前", "11月", "{same_year: 是}", "{same_year: 否}"),
        ("100人", "90人", "{direction: by_name}", "{direction: open}"),
    ],
)
def test_each_can_be_switched_off(target: str, actual: str, on: str, off: str) -> None:
    cells = {"target": target, "actual": actual, "points": "10", "name": "人数"}
    assert _own(on).score(**cells).met is not None
    assert _own(off).score(**cells).met is None


def test_equal_cells_are_never_said_to_be_incomparable() -> None:
    for word in ("有效", "及时"):
        found = rules("formula: 分值 * 全或无(达标)").score(target=word, actual=word, points="10")
        (one,) = found.diagnostics
        assert one.code == "PF516"
        assert "无法" not in one.message.zh
        assert "cannot" not in one.message.en
        assert one.hint is not None
        assert "由评价人评定" in one.hint.zh


def test_a_rule_of_its_own_wins_over_the_form() -> None:
    found = rules(
        "formula: 分值 * 全或无(达标)\nassume: {direction: lower}",
        form="total: 100\nassume: {direction: by_name, same_words: 是}",
    )
    assert scored(found, target="100人", actual="90人", name="培训人数") == "10"
    assert scored(found, target="有", actual="有") == "10"


def test_shipped_rulesets_inherit() -> None:
    for name in ("cn-hb/project", "cn-yn/project", "cn/department", "cn/project-cost", "cn-jx/project"):
        assert row("有效", "有效", on=name).met is True, name
        assert row("零投诉", "2起", on=name).met is False, name


@each(
    ("name", "target", "actual", "met"),
    [
        # Words answered by a change, and a change by words.
        ("交通事故发生率", "下降", "同比下降4.7%", True),
        ("信访总量", "同比下降", "同比增长12%", False),
        ("城市低保标准", "不低于上年", "较上年提高20元", True),
        ("能耗", "显著下降", "下降3%", None),
        ("公共机构用水量", "同比下降2%", "同比持平", False),
        ("公共机构用水量", "同比下降2%", "有所下降", None),
        ("家庭医生签约率", "超过上年水平", "高于上年2.3个百分点", True),
        ("财政供养系数", "不高于全省平均水平", "高于全省平均0.3", False),
        ("收入增速", "高于全县农民人均可支配收入增速", "高出2.1个百分点", True),
        ("收入增速", "高于全县农民人均可支配收入增速", "低2.1个百分点", False),
        ("森林覆盖率", "比全省平均高2个百分点", "比全省平均低2.1个百分点", None),
        ("单位能耗", "同比降低≥3%", "-3.6%", True),
        ("单位能耗", "同比降低≥3%", "-2.6%", False),
        # Grades and ranks.
        ("地表水水质", "Ⅲ类及以上", "Ⅱ类", True),
        ("地表水水质", "达到或优于III类", "IV类", False),
        ("营商环境评价", "全省前10", "第12位", False),
        ("安全生产考核", "优秀等次", "良好", False),
        # The target's own words.
        ("社会工作站建设", "实现乡镇全覆盖", "全县18个乡镇全覆盖", True),
        ("黑臭水体消除比例", "基本消除", "100%消除", True),
        ("黑臭水体消除比例", "基本消除", "85%消除", None),
        ("信息公开", "按规定公开", "已按规定公开", True),
        ("专家费", "不超标准", "无超标准发放情况", True),
        ("可研报告", "完成可研报告编制", "已完成", True),
        ("文物安全", "0起", "全年未发生文物安全事故", True),
        ("统计报表报送", "每月5日前报送", "均按时报送", True),
        ("统计报表报送", "每月5日前报送", "未按时报送", False),
        # About a number, and somewhat more than one.
        ("垃圾清运量", "约45吨", "46.2吨", True),
        ("垃圾清运量", "约45吨", "58吨", True),
        ("垃圾清运量", "约45吨", "38吨", False),
        ("某事项", "约45吨", "58吨", None),
        ("单位能耗", "约45吨", "58吨", False),
        ("农民收入", "增长8%左右", "增长7.9%", True),
        ("档案整理数量", "3000卷", "3000余卷", True),
        ("充电桩数量", "两百余个", "215个", True),
        ("充电桩数量", "两百余个", "195个", False),
        # A form is of one year.
        ("应急演练次数", "每年1次", "1次", True),
        ("应急演练次数", "每月1次", "1次", None),
        ("驻村经费", "每队每年≥2万元", "每队2万元", True),
        # More than an interval asks for.
        ("举办展览次数", "4-6次", "7次", True),
        ("举办展览次数", "4-6次", "3次", False),
        ("会议次数", "4-6次", "7次", False),
        ("执行率", "80%-90%", "95%", False),
        # Nobody asks for at least nothing.
        ("新增债务比例", "0", "3%", False),
        ("特色项目比例", "0%", "3%", None),
    ],
)
def test_what_an_official_reads_at_a_glance(name: str, target: str, actual: str, met: bool | None) -> None:
    found = row(target, actual, name)
    assert found.met is met, found.explain()
    assert met is not None or found.diagnostics


@each(
    ("name", "target", "actual", "met"),
    [
        # Words that say that all of it was done, or none of it.
        ("工程按期完工率", "100%", "全部按期完工", True),
        ("资金拨付及时率", "100%", "及时拨付", True),
        ("补助对象准确率", "100%", "无差错", True),
        ("工程完工率", "≥95%", "全部完工", True),
        ("工程完工率", "100%", "全部未完工", False),
        ("保障性住房开工率", "100%", "未全部开工", False),
        ("文物修缮个数", "1个", "未完成", False),
        ("群众满意度", "≥90%", "未开展满意度调查", False),
        ("初步设计批复", "取得初步设计批复", "正在报批", False),
        ("提案办复", "按时办复", "2件逾期办复", False),
        ("审批", "无违规审批", "发现违规审批3件", False),
        ("项目总成本", "预算内", "控制在预算内", True),
        # A share under a name for a change.
        ("非税收入增长率", "≥5%", "下降3.2%", False),
        ("农民收入增长率", "≥7%", "增长7.6%", True),
        ("旅游收入增长", "10%", "同比增长12.3%", True),
        ("单位能耗下降率", "3%", "下降2.1%", False),
        ("满意度", "≥95%", "提高2%", None),
        # So many more or less under a name for it.
        ("地质灾害隐患点减少", "≥3处", "减少4处", True),
        ("地质灾害隐患点减少", "≥3处", "减少2处", False),
        ("地质灾害隐患点减少", "≥3处", "增加4处", False),
        ("贫困户减少数", "≥20户", "减少25户", True),
        ("隐患点减少", "3处", "减少4处", True),
        ("办理时限缩短", "≥3天", "缩短2天", False),
        ("床位增加", "≥3张", "增加4张", True),
        ("办理时间压缩", "≤5天", "压缩3天", None),
        ("隐患点", "≥3处", "减少4处", None),
        ("隐患点减少", "≥3处", "减少10%", None),
        # Words beside a number that name the row's own thing.
        ("农村公路养护里程", "1200公里", "养护县乡道1215公里", True),
        ("成本控制", "≤120万元", "实际支出118.6万元", True),
        ("举办就业招聘会", "12场", "举办线上线下招聘会15场", True),
        ("举办就业招聘会", "12场", "取消招聘会15场", None),
        ("公路建设里程", "≥10公里", "公路招标11公里", False),
        ("失业率", "≤5%", "就业率4%", None),
    ],
)
def test_words_around_what_was_done(name: str, target: str, actual: str, met: bool | None) -> None:
    found = row(target, actual, name)
    assert found.met is met, found.explain()
    assert met is not None or found.diagnostics


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        *[("基本建立", one) for one in ("已建立", "建立", "已经建立", "全面建立", "基本建立", "已基本建立")],
        ("基本形成", "已形成"),
        ("基本完善", "已完善"),
    ],
)
def test_who_asks_for_most_of_it_is_answered_by_all_of_it(target: str, actual: str) -> None:
    assert row(target, actual).met is True


@pytest.mark.parametrize("actual", ["初步建立", "正在建立中", "逐步建立", "未建立", "部分建立"])
def test_less_than_most_of_it_does_not_answer(actual: str) -> None:
    assert row("基本建立", actual).met is not True


def test_most_of_it_does_not_answer_all_of_it() -> None:
    assert row("建立", "基本建立").met is not True


@each("ruleset", ["cn-ah/project", "cn-hn/project", "cn-hi/project", "cn-ah/department", "cn-hn/department"])
@each(
    ("name", "target", "actual", "score"),
    [
        ("投诉数", "5件", "3件", "10"),
        ("投诉数", "5件", "8件", "6.25"),
        ("安全事故起数", "2起", "1起", "10"),
        ("平均办理天数", "10天", "8天", "10"),
        ("归集住房公积金", "48亿元", "36亿元", "7.5"),
        ("困难教师", "2人", "2人", "10"),
    ],
)
def test_where_bare_numbers_are_floors_the_name_of_a_harm_still_wins(
    ruleset: str, name: str, target: str, actual: str, score: str
) -> None:
    one = row(target, actual, name, ("效益指标", "社会效益指标"), on=ruleset)
    assert str(one.score) == score
