"""Words around the numbers of a row: with words that nothing explains, or that say the opposite, it is never met."""

from __future__ import annotations

import pytest

from pfscore.scoring.rules import Rules
from tests.scoring.row.written import rows, score_of
from tests.tables import each

#: Name, target, actual: rows that no official would call met. Without the word in the actual each of them is.
NEVER_MET = """
国企利润总额 | ≥1000万元 | 亏损1260万元
企业净利润 | ≥100万元 | 净亏损120万元
企业利润率 | ≥5% | 亏损率6%
隐患排查户数 | ≥100户 | 漏查120户
疫苗接种人数 | ≥500人 | 漏种520人
赛事数量 | ≥10项 | 取消10项
培训期数 | ≥4期 | 取消4期
项目数量 | ≥5个 | 终止5个
项目数量 | ≥5个 | 调减5个
高新技术企业数量 | ≥10家 | 退出12家
高新技术企业数量 | ≥10家 | 注销12家
设备完好数量 | ≥20台 | 损坏22台
招生人数 | ≥300人 | 流失310人
税收收入 | ≥50亿元 | 短收52亿元
税收收入增长率 | ≥5% | 减收6%
粮食总产量增长率 | ≥1% | 减产1.6%
粮食总产量 | ≥50万吨 | 减产52万吨
粮食产量增长率 | ≥1% | 歉收2%
外贸进出口增长率 | ≥5% | 下滑6%
外贸进出口增长率 | ≥5% | 萎缩6%
设备购置数量 | 20台 | 已签合同20台
设备采购数量 | ≥20台 | 已下单20台
设备采购数量 | ≥20台 | 已中标20台
设备采购数量 | ≥20台 | 已报批20台
公路建设里程 | ≥10公里 | 招标11公里
公路建设里程 | ≥10公里 | 完成设计11公里
专利授权数量 | ≥5件 | 申请5件
专利授权数量 | ≥5件 | 已受理5件
论文发表数量 | ≥5篇 | 投稿6篇
论文发表数量 | ≥5篇 | 录用5篇
按时完成率 | ≥95% | 逾期率96%
产品合格率 | ≥95% | 不合格率96%
及时率 | ≥95% | 不及时率96%
失业率 | ≤5% | 就业率4%
投诉率 | ≤5% | 满意率4%
家庭医生签约率 | ≥80% | 重点人群签约率85%
工程验收合格率 | 100% | 已验收部分合格率100%
月均接待量 | 月均≥1500人次 | 全年12000人次
人均培训学时 | 人均≥90学时 | 总计3000学时
农家书屋图书更新种数 | 每个书屋不少于60种 | 共更新1200种
高新技术企业认定数量 | 新增80家 | 累计103家
空气质量优良天数比率 | ≥80% | 84.7%，受沙尘天气影响未达标
公岗安置人数 | 安置600人 | 安置612人，未完成年度任务
满意度 | ≥80% | 85%，低于预期
培训人数 | ≥100人 | 110人，未达到目标
培训人数 | ≥100人 | 110人（未达标）
覆盖率 | ≥80% | 85%，未完成
地下水监测井 | 新建24眼 | 新建24眼，其中2眼水量不足报废
支教教师选派人数 | 45人 | 选派45人，其中2人中途退出
农村劳动力转移培训人数 | ≥500人 | 报名520人
高标准农田建成面积 | ≥1.2万亩 | 立项1.3万亩
图书采购册数 | ≥3000册 | 缺货3200册
农机购置补贴台数 | ≥200台 | 拒补210台
养老机构床位数 | ≥300张 | 空置310张
贫困学生资助人数 | ≥100人 | 停发105人
创业担保贷款笔数 | ≥50笔 | 驳回55笔
规上工业企业数 | ≥20家 | 停产22家
招商引资签约项目 | ≥10个 | 洽谈12个
退役军人就业人数 | ≥100人 | 失业110人
病虫害防治面积 | ≥5万亩 | 发生面积6万亩
满意度 | ≥90% | 不满意率92%
学生巩固率 | ≥98% | 辍学率98.5%
设备完好率 | ≥95% | 故障率96%
企业注册数 | ≥100户 | 吊销120户
文艺演出场次 | ≥20场 | 因雨取消20场
人才引进数 | ≥30人 | 离职32人
重点项目竣工数 | ≥8个 | 开工9个
社区矫正人员帮扶人数 | ≥80人 | 脱管85人
低保发放户数 | ≥200户 | 核减210户
扶贫车间个数 | ≥5个 | 关闭6个
植树造林面积 | ≥1万亩 | 枯死1.1万亩
公益诉讼案件办结数 | ≥10件 | 立案12件
疫苗接种剂次 | ≥1万剂次 | 报废1.2万剂次
"""
#: Rows that are met, whatever words stand around the number.
MET = """
培训人数 | ≥100人 | 全年实际完成培训110人
产品合格率 | ≥95% | 抽检合格率达到96%
服务对象满意度 | ≥90% | 经问卷调查，群众满意度为95%
企业退出数量 | ≥10家 | 全年退出12家
取消证明事项 | ≥10项 | 取消12项
企业亏损额 | ≤100万元 | 亏损90万元
专利申请数量 | ≥5件 | 申请6件
培训班期数 | ≥3期 | 累计举办培训班4期
危桥改造座数 | ≥12座 | 已全部完成改造12座
投诉件数 | ≤3件 | 全年收到投诉2件
知识产权侵权案件结案 | ≥90% | 结案率90.9%
月均接待量 | 月均≥1500人次 | 月均1600人次
农田灌溉面积 | ≥500亩 | 灌溉面积520亩，受到群众好评
新增就业人数 | ≥100人 | 新增就业120人，完成年度任务
农村劳动力转移培训人数 | ≥500人 | 组织农村劳动力培训520人
高标准农田建成面积 | ≥1.2万亩 | 已建成高标准农田1.25万亩
图书采购册数 | ≥3000册 | 到货3200册
农机购置补贴台数 | ≥200台 | 兑现补贴210台
养老机构床位数 | ≥300张 | 新增养老床位310张
贫困学生资助人数 | ≥100人 | 资助贫困学生105人
创业担保贷款笔数 | ≥50笔 | 放款55笔
招商引资签约项目 | ≥10个 | 签约12个
退役军人就业人数 | ≥100人 | 实现就业110人
河道清淤长度 | ≥10公里 | 清淤河道11公里
病虫害防治面积 | ≥5万亩 | 防治面积6万亩
固定资产投资增速 | ≥8% | 增长9%
群众满意度 | ≥90% | 群众满意度为95.6%
垃圾无害化处理率 | ≥95% | 无害化处理率为96%
项目验收合格率 | 100% | 一次验收合格率100%
重点项目开工数 | ≥8个 | 开工9个
低保发放户数 | ≥200户 | 发放210户
植树造林面积 | ≥1万亩 | 造林1.1万亩
疫苗接种剂次 | ≥1万剂次 | 接种1.2万剂次
困难群众救助人数 | ≥1000人次 | 救助困难群众1050人次
农村公路列养率 | 100% | 列养率100%
法律援助案件 | ≥200件 | 办理法律援助案件210件
应急演练次数 | ≥4次 | 开展综合应急演练5次
慰问困难职工 | ≥60人 | 春节期间慰问困难职工66人
就业技能培训 | ≥300人次 | 举办就业技能培训班6期，培训320人次
危房改造 | ≥50户 | 全部竣工并验收52户
老年人体检人数 | ≥2000人 | 为65岁以上老年人免费体检2100人
"""
#: Rows that failed by their own words, though no number says so.
MISSED = """
乡村公益性岗位 | 安置600人 | 安置583人，未完成年度任务
城镇新增就业 | 8000人 | 7450人，未完成目标
电量 | 600度 | 583度，未完成年度任务
"""


@each(("name", "target", "actual"), rows(NEVER_MET))
def test_a_number_of_something_else_is_never_met(rules: Rules, name: str, target: str, actual: str) -> None:
    found = rules.score(name=name, target=target, actual=actual, points="10")
    assert found.met is not True
    assert found.met is False or found.low != found.high


@each(("name", "target", "actual"), rows(MET))
def test_plain_words_are_no_obstacle(rules: Rules, name: str, target: str, actual: str) -> None:
    assert rules.score(name=name, target=target, actual=actual, points="10").met is True


@pytest.mark.parametrize(("name", "target", "actual"), rows(MISSED))
def test_the_verdict_of_the_cell_decides(rules: Rules, name: str, target: str, actual: str) -> None:
    assert rules.score(name=name, target=target, actual=actual, points="10").met is False


def test_equal_rows_of_other_names_are_scored_each_on_its_own(rules: Rules) -> None:
    names = "退出企业数量", "高新技术企业数量"
    cells = [{"name": name, "target": "≥10家", "actual": "退出12家", "points": "10"} for name in names]
    for _ in range(2):
        assert [one.met for one in rules.score_many(cells)] == [True, None]


#: Name, unit column, target, actual: what the target asks for beside its number is not answered, or missed.
UNANSWERED = """
专项债券资金支付进度 | | 9月底前支付≥80% | 12月底支付82%
专项债券资金支付进度 | | 9月底前支付≥80% | 支付82%
烈士纪念设施修缮数量 | | 4处（清明节前完成） | 4处
双拥活动次数 | | 春节、八一各1次 | 八一开展1次
建成数量 | | 建成2个并投入使用 | 建成2个
建设数量 | | 2个全部通过验收 | 2个
单位建筑面积能耗 | | 比2020年下降5% | 比2019年下降6%
机场旅客吞吐量恢复率 | | 恢复至2019年的80% | 恢复至2022年的83.6%
职业技能鉴定人数 | 人次 | ≥2,000（其中高级工≥300） | 2,135（其中高级工268）
改造户数 | | 1000户（其中危房200户） | 1000户（其中危房120户）
配租率 | % | ≥90%（不含新建） | 91.3（含新建）
租赁费控制数 | 万元 | ≤12 | 119,800
资金到位额 | 万元 | ≥500 | 5000000
"""
ANSWERED = """
专项债券资金支付进度 | | 9月底前支付≥80% | 9月20日支付82%
专项债券资金支付进度 | | 12月底前支付≥80% | 支付82%
建成数量 | | 建成2个并投入使用 | 建成2个，均已投入使用
职业技能鉴定人数 | 人次 | ≥2000（其中高级工≥300） | 2135（其中高级工320）
培训人数 | | ≥600人 | 培训640人，取证571人
医保参保率 | | ≥95% | 96.2%，上年93.8%
单位能耗 | | 下降3% | -3.6%
差错率 | % | ≤2 | 0.5
会议费 | 万元 | ≤3 | 2.85
"""


@pytest.mark.parametrize(("name", "unit", "target", "actual"), rows(UNANSWERED))
def test_what_a_target_asks_beside_its_number_is_answered(
    rules: Rules, name: str, unit: str, target: str, actual: str
) -> None:
    row = {"name": name, "unit": unit, "target": target, "actual": actual, "points": "10"}
    assert score_of(rules, name, unit, target, actual).met is not True
    assert [one.met for one in rules.score_many([{**row, "actual": target}, row])][1] is not True


@pytest.mark.parametrize(("name", "unit", "target", "actual"), rows(ANSWERED))
def test_what_is_answered_is_met(rules: Rules, name: str, unit: str, target: str, actual: str) -> None:
    assert score_of(rules, name, unit, target, actual).met is True


def test_a_doubtful_scale_is_no_shape_of_others(rules: Rules) -> None:
    """A number far from its target is looked at anew, though rows of its shape are known."""
    rows = [{"target": "≥95", "unit": "%", "actual": one, "points": "10"} for one in ("94", "93", "0.97", "96", "0.97")]
    assert [one.met for one in rules.score_many(rows)] == [False, False, None, True, None]


@pytest.mark.parametrize(
    ("name", "target", "actual"),
    [
        ("厂房建设面积", "5000平方米", "厂房拆除5200平方米"),
        ("招聘教师人数", "30人", "教师辞职32人"),
        ("投诉处理及时率", "95%", "投诉率96%"),
        ("贷款发放额", "500万元", "收回贷款520万元"),
        ("危房改造户数", "50户", "鉴定危房52户"),
        ("污水处理量", "100万吨", "污水直排110万吨"),
        ("隐患整改数", "50处", "排查隐患55处"),
        ("会议费", "≤5万元", "节约会议费4.8万元"),
        ("失业率", "≤5%", "就业率4%"),
    ],
)
def test_the_row_s_own_thing_with_another_deed_is_left_open(rules: Rules, name: str, target: str, actual: str) -> None:
    found = rules.score(name=name, target=target, actual=actual, points="10")
    assert found.met is None
    assert [one.code for one in found.diagnostics] == ["PF516"]


@pytest.mark.parametrize(
    ("name", "target", "actual", "said"),
    [
        ("农村公路养护里程", "1200公里", "养护县乡道1215公里", "养护县乡道"),
        ("举办就业招聘会", "12场", "举办线上线下招聘会15场", ""),
        ("河道清淤长度", "12公里", "清淤疏浚12.8公里", "清淤疏浚"),
        ("职业培训", "1200人次", "开展各类培训1260人次", ""),
    ],
)
def test_the_row_s_own_thing_in_other_words_is_met_and_said(
    rules: Rules, name: str, target: str, actual: str, said: str
) -> None:
    found = rules.score(name=name, target=target, actual=actual, points="10")
    assert found.met is True
    assert any(said in one.message.zh for one in found.assumptions)
