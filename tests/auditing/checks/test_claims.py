"""Claims, reasons and answers of another kind."""

from __future__ import annotations

import pytest

from pfscore.auditing.run import audit
from tests.auditing.making import Cells, form, found, row
from tests.tables import each

#: The answers of the national form to a target in words.
STANDARD = ("达成预期指标", "全部或基本达成预期指标", "部分达成预期指标并具有一定效果", "未达成预期指标且效果较差")


@each("actual", STANDARD)
@each("target", ["合规", "及时", "效果明显", "优", "不断提高"])
def test_the_standard_answers_of_the_form_answer_any_words(target: str, actual: str) -> None:
    assert found(form(row(target, actual)), "PF732") == []


def test_levels_of_two_scales_are_no_answer() -> None:
    assert found(form(row("健全", "良好")), "PF732") == [("PF732", "warning", 1)]


def test_the_standard_answers_do_not_answer_a_number() -> None:
    assert found(form(row("≥5人", "达成预期指标")), "PF732") == [("PF732", "warning", 1)]


@pytest.mark.parametrize(
    "note",
    [
        "暴雨期间故障集中",
        "钢材、水泥涨价",
        "低保动态管理",
        "部分产妇外出",
        "因采购延期",
        "受疫情影响",
        "培训场地不足",
        "人员变动",
    ],
)
def test_a_note_that_is_neither_a_claim_nor_filler_is_a_reason(note: str) -> None:
    assert found(form(row("≥5人", "3人", note=note)), "PF730", "PF731") == []


@each(
    "note",
    [
        None,
        "",
        "/",
        "无",
        "无偏差",
        "已完成",
        "基本完成",
        "按计划推进",
        "未达标",
        "3人",
        "见附件",
        "。",
        "加强管理",
        "推出新平台",
    ],
)
def test_filler_is_no_reason(note: str | None) -> None:
    codes = {code for code, _, _ in found(form(row("≥5人", "3人", note=note)), "PF730", "PF731")}
    assert codes == ({"PF730"} if note == "已完成" else {"PF731"})


@each(
    "note",
    [
        "返工已完成",
        "整改完成后复验合格",
        "补考已完成",
        "不合格批次已全部完成退换",
        "剩余8场已完成招标",
        "群众反映问题已完成整改",
        "主体工程已完成，因雨季影响",
        "缺陷已整改，复检已达标",
        "设备更换已完成",
        "欠款已全部实现清收",
    ],
)
def test_a_word_of_completion_about_another_thing_is_no_claim(note: str) -> None:
    assert found(form(row("≥100%", "99.2%", name="工程验收合格率", note=note)), "PF730", "PF731") == []


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("工程验收合格率", "已完成"),
        ("工程验收合格率", "各项工作已按期完成"),
        ("工程验收合格率", "此项指标已达目标值。"),
        ("工程验收合格率", "合格率已达标"),
        ("培训场次", "培训任务已全部完成"),
        ("培训场次", "已按计划完成培训"),
        ("培训场次", "我局已完成年度目标"),
    ],
)
def test_a_claim_names_the_row_or_nothing(name: str, note: str) -> None:
    assert found(form(row("≥100%", "99.2%", name=name, note=note)), "PF730", "PF731") == [("PF730", "error", 1)]


@pytest.mark.parametrize("note", ["已完成92场", "实际完成92场", "完成92场", "累计达到92场"])
def test_a_note_that_only_repeats_the_figure_is_no_claim_and_no_reason(note: str) -> None:
    assert found(form(row("≥100场", "92场", name="培训场次", note=note)), "PF730", "PF731") == [("PF731", "warning", 1)]


@each(
    ("target", "actual"),
    [
        ("零事故", "0"),
        ("零投诉", "0起"),
        ("无", "0次"),
        ("零上访", "0人次"),
        ("零投诉", "2起"),
        ("应检尽检", "已应检尽检1200人"),
        ("应优尽优", "应优尽优（126人）"),
        ("应查尽查", "排查312处，应查尽查"),
        ("应保尽保", "应保尽保，共8412人"),
        ("应助尽助", "全部资助，320人"),
        ("全部整改", "36处全部整改"),
        ("≥95%", "未达标"),
        ("≥95%", "未达到"),
    ],
)
def test_words_and_a_number_that_the_score_settles_are_of_one_kind(target: str, actual: str) -> None:
    one = form(row(target, actual, "落实情况", points="10"), ruleset="cn/project")
    assert found(one, "PF732", "PF754") == []


@pytest.mark.parametrize(
    ("target", "actual"), [("应接尽接", "1200人"), ("应助尽助", "320人"), ("≥95%", "达到"), ("6月底前", "超过")]
)
def test_words_and_a_number_that_nothing_settles_are_a_doubt(target: str, actual: str) -> None:
    one = form(row(target, actual, "落实情况", points="10"), ruleset="cn/project")
    assert found(one, "PF732", "PF754") == [("PF732", "warning", 1)]


@each("ruleset", ["cn/project", "cn-sc/project"])
@each("target", ["≥95%", "≥30人", "100%"])
@each("actual", ["未达到", "尚未达到", "没有达到", "未能达到"])
def test_a_verdict_without_a_number_is_missed(ruleset: str, target: str, actual: str) -> None:
    one = form(row(target, actual, "办结情况", points="10", published_score="10"), ruleset=ruleset)
    assert found(one, "PF721", "PF754", "PF732") == [("PF721", "error", 1)]


@pytest.mark.parametrize(
    ("actual", "note", "codes"),
    [
        ("95%", "随机发放问卷200份，有效问卷196份，其中满意181份", ["PF737"]),
        ("95%", "发放问卷200份，满意180份", ["PF737"]),
        ("95%", "调查50户，46户满意", ["PF737"]),
        ("96%", "发放问卷100份，收回100份，满意96份", []),
        ("92.3%", "随机发放问卷200份，有效问卷196份，其中满意181份", []),
        ("92.35%", "有效问卷196份，其中满意181份", []),
        ("95%", "发放问卷200份，收回190份", []),
        ("95%", "发放问卷200份，不满意10份", []),
    ],
)
def test_a_note_that_counts_another_share_is_doubted(actual: str, note: str, codes: list[str]) -> None:
    one = form(row("≥95%", actual, "职工满意度", note=note))
    assert [code for code, _, _ in found(one, "PF737")] == codes


UNDONE = [
    "尚有2所未完工",
    "未达标，因疫情",
    "指标未完成",
    "资金未到位，项目未实施",
    "部分工程款未能及时支付",
    "未完成，因资金不足",
    "未完成目标，满意度仅91%",
    "平台尚未建成",
    "系统尚在调试，未投入使用",
    "因资金未到位，任务没有完成",
    "还有5公里未铺设",
    "3个项目仍在建设",
    "项目取消",
]
DONE = [
    None,
    "已完成",
    "超额完成，因上年未完成部分结转本年完成",
    "未发生安全事故",
    "未发现问题",
    "无未完成事项",
    "不存在未按时支付的情况",
    "部分群众未参加调查",
    "针对未达标企业开展整改，已全部整改",
    "避免了未及时发放",
    "如未完成将扣分",
    "往年未开展，今年首次开展",
    "90%以上得10分，未达到的不得分",
    "结余资金未支付部分收回财政",
    "质保金未支付",
    "验收合格，尚在质保期",
    "培训对象为未就业大学生",
]
MET = [
    row("≥100人", "105人", "培训人数", points="10", published_score="10"),
    row("≥95%", "96%", "合格率", points="10", published_score="10"),
    row("建成", "建成", "平台建设", points="10", published_score="10"),
    row("12月底前", "2023年11月20日", "完成时间", points="10", published_score="10"),
]


@pytest.mark.parametrize("one", MET)
@pytest.mark.parametrize("note", UNDONE)
def test_a_note_that_takes_back_that_its_row_is_met(one: Cells, note: str) -> None:
    assert found(form(one | {"note": note}, ruleset="cn/project"), "PF737") == [("PF737", "warning", 1)]
    withheld = one | {"note": note, "published_score": "9"}
    assert found(form(withheld, ruleset="cn/project"), "PF737") == []


@each("one", MET)
@each("note", DONE)
def test_a_note_that_takes_nothing_back(one: Cells, note: str | None) -> None:
    assert found(form(one | {"note": note}, ruleset="cn/project"), "PF737") == []


@each(
    ("target", "actual", "name", "note", "codes"),
    [
        ("≥200人", "210人", "培训人数", "仅完成180人", ["PF737"]),
        ("≥100户", "100户", "发放户数", "因资金紧张仅发放80户", ["PF737"]),
        ("≥95%", "96%", "合格率", "实际合格率为92%", ["PF737"]),
        ("≥95%", "95%", "满意度", "实际完成92%", ["PF737"]),
        ("≤100万元", "98万元", "成本", "实际支出120万元", ["PF737"]),
        ("≥200人", "210人", "培训人数", "实际完成210人", []),
        ("≥200人", "210人", "培训人数", "上年仅完成180人", []),
        ("≥200人", "210人", "培训人数", "仅用8天完成", []),
        ("≥95%", "96%", "合格率", "仅抽检92件", []),
        ("≤100万元", "98万元", "成本", "质保金外的部分工程款未支付", []),
    ],
)
def test_a_note_with_another_number(target: str, actual: str, name: str, note: str, codes: list[str]) -> None:
    one = row(target, actual, name, points="10", published_score="10", note=note)
    assert [code for code, _, _ in found(form(one, ruleset="cn/project"), "PF737")] == codes


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("显著改善", "基本改善"),
        ("明显提升", "有所提升"),
        ("有效提升", "逐步提升"),
        ("大幅提高", "提高"),
        ("健全", "较健全"),
        ("长期", "较长期"),
        ("按时完成", "基本按时完成"),
        ("明显改善", "改善"),
        ("及时", "基本及时"),
        ("完善", "基本完善"),
        ("全覆盖", "基本覆盖"),
        ("全面完成", "基本完成"),
        ("营商环境明显改善", "有所改善"),
        ("充分发挥", "发挥"),
    ],
)
def test_a_lower_degree_at_full_points_is_a_doubt(target: str, actual: str) -> None:
    one = row(target, actual, "工作成效", points="10", published_score="10", note="按计划")
    assert found(form(one, ruleset="cn/project"), "PF732", "PF721") == [("PF732", "warning", 1)]
    less = one | {"published_score": "8"}
    assert found(form(less, ruleset="cn/project"), "PF732", "PF721") == []


@pytest.mark.parametrize(
    ("target", "actual", "codes"),
    [
        ("提升", "有所提升", []),
        ("有效改善", "明显改善", []),
        ("持续改善", "改善", []),
        ("健全", "部分健全", ["PF721"]),
        ("优秀", "良好", ["PF721"]),
        ("显著", "一般", ["PF721"]),
        ("建成", "未建成", ["PF721"]),
    ],
)
def test_what_is_no_lower_degree(target: str, actual: str, codes: list[str]) -> None:
    one = row(target, actual, "工作成效", points="10", published_score="10", note="按计划")
    said = found(form(one, ruleset="cn/project"), "PF732", "PF721")
    assert [(code, severity) for code, severity, _ in said] == [(code, "error") for code in codes]


@pytest.mark.parametrize("note", ["如不计灾毁，已完成指标", "若剔除停工期，已完成", "预计已完成", "除2户外已全部完成"])
def test_a_claim_under_a_condition_is_none(note: str) -> None:
    assert found(form(row("≥5人", "3人", note=note)), "PF730") == []


def test_what_the_rule_rounds_to_all_points_needs_no_reason() -> None:
    one = row("100%", "99.98%", "补助发放准确率", points="10", published_score="10")
    assert found(form(one, ruleset="cn/project"), "PF731") == []


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("数量指标均已完成", ["PF733"]),
        ("数量、质量指标均已完成", ["PF733"]),
        ("产出指标全部完成", ["PF733"]),
        ("各项指标均已完成", ["PF733"]),
        ("质量指标均已完成", []),
        ("效益指标全部完成", []),
        ("满意度指标均达标", []),
        ("社会效益指标均已完成", []),
    ],
)
def test_a_claim_for_one_class_of_indicators(said: str, codes: list[str]) -> None:
    rows = row("≥100人", "80人", "培训人数", note="因故"), row("≥95%", "96%", "合格率", path=["产出指标", "质量指标"])
    assert [code for code, _, _ in found(form(*rows, goal_result=said), "PF733")] == codes


@each(
    "said",
    [
        "同上",
        "同上。",
        "（同上）",
        "原因同上",
        "同上一行",
        "同前",
        "见上",
        "〃",
        "″",
        "同第1行",
        "原因同第 1 行",
        "与上一行相同",
    ],
)
def test_a_note_may_refer_to_the_reason_of_another_row(said: str) -> None:
    """The rows between are met and need none."""
    rows = [row("≥10人", "8人", note="因疫情停课"), row("≥10人", "10人"), row("≥20人", "6人", note=said)]
    assert found(form(*rows), "PF731") == []
    assert found(form(row("≥10人", "8人", note="已完成"), *rows[1:]), "PF731") == [("PF731", "warning", 3)]
    assert found(form(*rows[1:]), "PF731") == [("PF731", "warning", 2)]
    far = [row("≥10人", "8人", note="因疫情停课"), row("≥10人", "20人", note=said)]
    assert found(form(*far), "PF731", "PF741") == []


def test_a_note_that_refers_to_no_row_above_gives_no_reason() -> None:
    rows = [
        row("≥10人", "8人", note="同第2行"),
        row("≥10人", "8人", note="因疫情停课"),
        row("≥9人", "8人", note="同第7行"),
    ]
    assert found(form(*rows), "PF731") == [("PF731", "warning", 1), ("PF731", "warning", 3)]


FULL = {"points": "10", "published_score": "10"}


@each("rules", [{}, {"ruleset": "cn/project"}])
@each(
    ("name", "target", "actual"),
    [
        ("居民健康素养水平", "稳步提高", "由24.6%提高到27.9%"),
        ("城乡居民满意度", "较上年提高", "91.3%（上年89.7%）"),
        ("校园安全事故", "0起", "未发生"),
        ("农产品运输成本", "下降", "下降约8%"),
        ("灌溉水利用", "有效提高灌溉水利用率", "灌溉水利用系数由0.53提高到0.58"),
        ("企业技能人才占比", "提高", "有所提高"),
        ("工程管护机制", "健全", "已移交村集体，落实管护人员24名"),
        ("公众获取信息渠道", "畅通", "公众号每日推送，年阅读量41万次"),
        ("冬季采暖能耗", "下降", "较改造前下降22%"),
        ("传承队伍", "年龄结构优化", "新增40岁以下传承人6名，平均年龄由63岁降到58岁"),
        ("居住条件", "改善", "人均取暖费由1200元降到800元"),
    ],
)
def test_what_answers_a_target_is_not_doubted_with_or_without_a_ruleset(
    name: str, target: str, actual: str, rules: Cells
) -> None:
    assert found(form(row(target, actual, name, **FULL), **rules), "PF732", "PF721") == []


@each("rules", [{}, {"ruleset": "cn/project"}])
@each(
    ("name", "target", "actual", "code"),
    [
        ("残疾人家庭照护负担", "明显减轻", "部分家庭有所减轻", "PF732"),
        ("群众满意度", "≥90%", "群众满意", "PF732"),
        ("管理制度", "健全", "良好", "PF732"),
        ("培训长效机制", "建立", "实施办法正在制定中", "PF721"),
        ("交通事故死亡人数", "较上年下降", "与上年持平", "PF721"),
        ("群众收入", "提高", "下降5%", "PF721"),
        ("安全事故", "0起", "发生1起", "PF721"),
    ],
)
def test_what_does_not_answer_a_target_is_found_with_and_without_a_ruleset(
    name: str, target: str, actual: str, code: str, rules: Cells
) -> None:
    assert [one for one, _, _ in found(form(row(target, actual, name, **FULL), **rules), "PF732", "PF721")] == [code]


@pytest.mark.parametrize("year", [2019, 2023])
def test_a_form_before_the_first_rules_is_read_as_later_ones(year: int) -> None:
    one = form(row("建立", "实施办法正在制定中", "长效机制", **FULL), ruleset="cn/project")
    assert found(one.model_copy(update={"year": year}), "PF721") == [("PF721", "error", 1)]


@pytest.mark.parametrize(
    ("name", "actual", "note", "codes"),
    [
        ("家长满意度", "90.25%", "问卷显示98%的家长表示满意", ["PF737"]),
        ("家长满意度", "96%", "满意度为91%", ["PF737"]),
        ("工程验收合格率", "100%", "验收合格率92%", ["PF737"]),
        ("家长满意度", "98.2%", "98%的家长表示满意", []),
        ("家长满意度", "96%", "其中农村学校98%的家长满意", []),
        ("家长满意度", "96%", "上年满意度为91%", []),
        ("家长满意度", "96%", "90%以上得满分", []),
        ("工程验收合格率", "100%", "初验合格率92%，整改后全部合格", []),
        ("工程验收合格率", "100%", "家长满意度为98%", []),
    ],
)
def test_a_note_that_gives_another_share(name: str, actual: str, note: str, codes: list[str]) -> None:
    one = form(row("≥90%", actual, name, note=note, points="10", published_score="10"))
    assert [code for code, _, _ in found(one, "PF737")] == codes


@pytest.mark.parametrize(("note", "codes"), [("问卷显示98%的家长表示满意", ["PF737"]), ("实际满意度为86%", [])])
def test_a_note_that_counts_less_is_why_points_were_lost(note: str, codes: list[str]) -> None:
    one = form(row("≥95%", "90.25%", "家长满意度", note=note, points="10", published_score="9.5"))
    assert [code for code, _, _ in found(one, "PF737")] == codes


@each(
    ("name", "actual", "text", "rows"),
    [
        ("残疾儿童康复救助人数", "1,316人", "为1216名残疾儿童提供康复救助，适配辅助器具3600件。", [1]),
        ("残疾儿童康复救助人数", "1216人", "为1,316名残疾儿童提供康复救助。", [1]),
        ("残疾儿童康复救助人数", "1316人", "为1,316名残疾儿童提供康复救助。", []),
        ("改造厕所", "26座", "完成改造厕所24座。", [1]),
        ("改造厕所数量", "26座", "改造24座厕所。", []),
        ("修缮文物保护单位", "3处", "完成2处文物保护单位修缮，举办非遗展演14场。", [1]),
        ("修缮文物保护单位", "3处", "完成3处文物保护单位修缮。", []),
        ("教师培训人次", "1200人次", "全年开展教师培训1,150人次。", [1]),
        ("培训教师", "420人", "上年培训教师400人。", []),
        ("培训教师人数", "420人", "培训校长40人。", []),
        ("维修校舍面积", "1.86万平方米", "维修校舍18600平方米。", []),
        ("维修校舍面积", "1.86万平方米", "维修18000平方米校舍。", []),
        ("受益学生", "23,104名", "受益学生2.31万名。", []),
        ("受益学生", "23,504名", "受益学生2.31万名。", [1]),
        ("水质合格率", "97.2%", "水质合格率达到97%。", []),
        ("水质合格率", "97.2%", "水质合格率达到99%。", [1]),
    ],
)
def test_a_text_that_states_another_figure_than_its_row(name: str, actual: str, text: str, rows: list[int]) -> None:
    one = form(row("≥1", actual, name), goal_result=text)
    assert [at for _, _, at in found(one, "PF735")] == rows


def test_a_text_that_contradicts_several_rows() -> None:
    rows = row("≥1000人", "1,316人", "残疾儿童康复救助人数"), row("≥3000件", "3600件", "适配辅助器具")
    one = form(*rows, goal_result="为1216名残疾儿童提供康复救助，适配辅助器具3500件。")
    assert [at for _, _, at in found(one, "PF735")] == [1, 2]


def test_a_target_in_words_is_quoted_without_the_word_of_its_column() -> None:
    one = row("高", "较高", "政策知晓度", comparator="定性", points="10", published_score="10")
    [finding] = audit(form(one), select=["PF732"])
    assert "“高”" in finding.message.zh
    assert "定性" not in finding.message.zh
