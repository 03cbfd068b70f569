"""Details that a reading alone does not show: places, the unit as written, factors, the author's text."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pfscore.cells.grammar.parser import parse, parse_unit
from pfscore.cells.grammar.tree import Amount, Around, Clause, One, Range
from pfscore.cells.lexicon.quantities import Quantity, unit_of
from pfscore.cells.meaning.cell import ColumnUnit, Comparator, read_unit
from pfscore.cells.reader import Refusal, read_actual, read_target
from pfscore.cells.readings import AllOf, Between, Bound, Change, Deadline, Level, Measured
from tests.cells.cells import actual, target
from tests.tables import each


def amounts(text: str) -> list[Amount]:
    """Return the amounts of a cell's first clause."""
    clause: Clause = parse("target", text).clauses[0]
    match clause.measure:
        case One(side):
            return [side.amount]
        case Range(low, high):
            return [low.amount, high.amount]
        case Around(centre, spread):
            return [*([centre] if centre is not None else []), spread.amount]
    return []


@each(
    ("text", "shown"),
    [
        ("≥26万人", ["26万人"]),
        ("完成3次宣传", ["3次"]),
        ("-5%", ["-5%"]),
        ("增长-3万元", ["-3万元"]),
        ("25万6千元", ["25万6千元"]),
        ("100余人", ["100余人"]),
        ("10余万元", ["10余万元"]),
        ("3万多户", ["3万多户"]),
        ("≥2/3", ["2/3"]),
        ("≤18/10万", ["18/10万"]),
        ("约1:1.5", ["1:1.5"]),
        ("7×24小时", ["7×24小时"]),
        ("百分之九十五以上", ["百分之九十五"]),
        ("七成以上", ["七成"]),
        ("一半以上", ["一半"]),
        ("不少于一百二十人", ["一百二十人"]),
        ("一个半小时", ["一个半小时"]),
        ("两年半", ["两年半"]),
        ("2小时30分钟", ["2小时30分钟"]),
        ("100（万元）".replace("（", "(").replace("）", ")"), ["100(万元)"]),
        ("一米五五", ["一米五五"]),
        ("36万元/每项目", ["36万元/每项目"]),
        ("≥530元/人*月", ["530元/人*月"]),
        ("600元每人每年", ["600元每人每年"]),
        ("≤5人/10万人", ["5人/10万人"]),
        ("600元/(人·年)", ["600元/(人·年)"]),
        ("12[窗格]", ["12[窗格]"]),
        ("60%-80%", ["60%", "80%"]),
        ("[60%,80%)", ["60%", "80%"]),
        ("60%≤X≤80%", ["60%", "80%"]),
        ("100±5", ["100", "5"]),
        ("±5%以内", ["5%"]),
    ],
)
def test_where_an_amount_stands(text: str, shown: list[str]) -> None:
    assert [text[amount.start : amount.end] for amount in amounts(text)] == shown


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("100余人", True),
        ("10余万元", True),
        ("3万多户", True),
        ("100人", False),
        ("-5%", False),
        ("2/3", False),
        ("三成", False),
    ],
)
def test_what_is_only_about(text: str, odd: bool) -> None:
    assert [amount.odd for amount in amounts(text)] == [odd]


@each(
    ("text", "unit", "written"),
    [
        ("≥26万人", None, "万人"),
        ("26", "万人", "万人"),
        ("30", None, None),
        ("250万", None, "万"),
        ("95%", None, "%"),
        ("95", "%", "%"),
        ("0.5‰", None, "‰"),
        ("3‱", None, "‱"),
        ("三分之二", None, "1"),
        ("3", "万元/每项目", "万元/项目"),
        ("每季度1次", None, "次/季度"),
        ("每年4", "次", "次/年"),
        ("5亿元", None, "亿元"),
        ("25万6千元", None, "元"),
        ("12个月", None, "月"),
    ],
)
def test_the_unit_as_the_cell_has_it(text: str, unit: str | None, written: str | None) -> None:
    reading = target(text, None, unit)
    assert isinstance(reading, Bound)
    assert reading.quantity.written == written


@pytest.mark.parametrize(
    ("text", "factor"),
    [
        ("张/千人", Fraction(1, 1000)),
        ("人/10万人", Fraction(1, 100000)),
        ("人/10万", Fraction(1, 100000)),
        ("次/2年", Fraction(1, 24)),
        ("辆/百户", Fraction(1, 100)),
        ("元/人·年", Fraction(1, 12)),
        ("公斤/亩", Fraction(3, 2000)),
        ("人·天", Fraction(86400)),
        ("窗格/5层", Fraction(1, 5)),
    ],
)
def test_the_size_of_a_compound(text: str, factor: Fraction) -> None:
    assert unit_of(text).factor == factor


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("万元", (10000, "元", 1)),
        ("%", (1, "1", Fraction(1, 100))),
        ("1/10万", (1, "1", Fraction(1, 100000))),
        ("/万", (1, "1", Fraction(1, 10000))),
        ("人·次", (1, "人·次", 1)),
        ("百万元/公里", (10**6, "元/公里", 1)),
        ("次/每月", (1, "次/月", 1)),
        ("≥", None),
        ("100", None),
    ],
)
def test_the_unit_cell(text: str, found: tuple[int, str, Fraction] | None) -> None:
    assert parse_unit(text) == found


@each(
    ("text", "codes"),
    [
        ("高于上年5%", "PF330"),
        ("高于目标值2个百分点", "PF330"),
        ("较目标值低0.5个百分点", "PF330"),
        ("10:30", "PF331"),
        ("低于全省平均3个百分点", "PF330"),
        ("超额完成20%", "PF330"),
        ("提高就业率5%", "PF331"),
        ("有效提高群众满意度90%以上", "PF331"),
        ("上半年完成50%，全年完成100%", "PF317"),
        ("2022年建成3个，2023年建成5个", "PF317"),
        ("≥100\n0人", "PF317"),
        ("春秋两季各1次", "PF317"),
        ("两个学期各1次", "PF317"),
        ("单位：万元 120", "PF315"),
        ("全年预算数", "PF328"),
        ("1名/300户", "PF317"),
        ("介于60%之间", "PF318"),
        ("3年2次", "PF317"),
        ("95%98%", "PF317"),
        ("桥梁3座/126延米", "PF317"),
        ("15处/15处", "PF317"),
        ("120±5%", "PF331"),
        ("≥95%≥98%", "PF317"),
        ("500,人", "PF316"),
        ("0.5%o", "PF307"),
        ("≥5S人", "PF307"),
        ("80%≥X≤60%", "PF314"),
        ("20231225", "PF331"),
        ("A1", "PF307"),
        ("12.", "PF309"),
        ("≥30-50人", "PF314"),
        ("约50人以上", "PF314"),
        ("浮动5%", "PF331"),
        ("25万30千元", "PF309"),
        ("1万1万元", "PF309"),
        ("9" * 61, "PF310"),
        ("100±5天2", "PF317"),
        ("5元(不含)万元", "PF322"),
        ("5万(含)万元以上", "PF322"),
        ("5万万元", "PF309"),
        ("5分之十十", "PF309"),
        ("零分之五", "PF309"),
        ("±5%以上", "PF314"),
        ("±5%（3含）以上", "PF314"),
        ("±5.5天（8787含）以上", "PF314"),
        ("50±5（3含）以上", "PF314"),
        ("约50人（3含）以上", "PF314"),
        ("60±5分贝以上", "PF314"),
        ("精度优于5厘米", "PF331"),
        ("≥95℅", "PF308"),
        ("5%↓", "PF308"),
        ("98。5%", "PF309"),
        ("修建5公里道路2条", "PF317"),
        ("培训200人以上合格率≥95%", "PF317"),
        ("≥500米道路绿化率95%", "PF317"),
    ],
)
def test_what_is_doubtful_is_refused(text: str, codes: str) -> None:
    found = read_target(text)
    assert isinstance(found, Refusal), found
    assert found.code == codes


@each(
    ("text", "canonical"),
    [
        ("提高满意度≥95%", "≥95%"),
        ("能力提升培训2次", "2次"),
        ("能力提升培训合格率95%", "95%"),
        ("提高劳动生产率10%以上", "增长≥10%"),
        ("提高办事效率20%", "增长20%"),
        ("降低成本5万元", "下降50000元"),
        ("增加就业人数500人", "500人"),
        ("地表水达到或优于Ⅲ类比例≥80%", "≥80%"),
        ("效率提高至95%", "≥95%"),
        ("逾期率下降至3%", "≤3%"),
        ("增长率达到5%以上", "增长≥5%"),
        ("较上年提高满意度2%", "增长2%"),
        ("较上年低0.5个百分点", "下降0.5百分点"),
        ("比去年多5人", "增长5人"),
        ("≥5万册次", "≥50000册次"),
        ("≥100人（女性30人）", "≥100人且30人"),
        ("20套（每套不少于8件）", "20套且≥8件/套"),
        ("≥40户（含4类重点对象）", "≥40户"),
        ("≥95%（满意度调查100份）", "≥95%"),
        ("科研经费（万元）≥5000", "≥50000000元"),
        ("满意度（%）≥95", "≥95%"),
        ("培训（期）≥200人", "≥200人"),
        ("产值（亿元）1.5-2", "150000000元~200000000元"),
        ("≥1.2（单位：万人次）", "≥12000人次"),
        ("1+X证书通过率≥80%", "≥80%"),
        ("宣判率60%以上，且上诉率不超过10%", "≥60%且另项≤10%"),
        ("合格率≥60%且投诉率≤80%", "≥60%且另项≤80%"),
        ("≥60%且≤80%", "60%~80%"),
        ("水罐车2辆+云梯车1辆", "2辆且1辆"),
        ("购置64排CT1台", "1台"),
        ("≤1.2‰或不高于上年", "≤0.12%或不高于上年"),
        ("3人以上死亡事故为零", "3人以上死亡事故为零"),
        ("无死亡3人以上火灾", "无死亡3人以上火灾"),
        ("未出现逾期超过30天的贷款", "未出现逾期超过30天的贷款"),
        ("未发生事故天数超过365天", ">365天"),
        ("无人机5架以上", "≥5架"),
        ("死亡3人以上火灾事故0起", "0起"),
        ("超过48小时未办结件为0件", "0件"),
        ("K12+300至K15+800段路基整治3.5公里", "3.5公里"),
        ("YJV-4×95电缆1.2km", "1.2km"),
        ("11月3-5日", "11月3-5日"),
        ("每学期开学后2个月内", "≤2个月"),
        ("C30", "C30"),
        ("1:5万地质调查面积≥1320km²", "≥1320km²"),
        ("10万+阅读量文章≥5篇", "≥5篇"),
        ("不发生3人以上死亡事故", "不发生3人以上死亡事故"),
        ("2号办公楼电梯更新3部", "3部"),
        ("5·12防灾减灾日宣传活动1次", "1次"),
        ("24小时自助图书馆3个", "3个"),
        ("新建110kV变电站1座", "1座"),
        ("产业路硬化≥4.5公里（宽3.5米）", "≥4.5公里"),
        ("每矿每季度不少于1次", "≥1[次/矿·季度]"),
        ("波形护栏(Gr-B-4E)3.2千米", "3.2千米"),
        ("122报警台24小时畅通", "122报警台24小时畅通"),
        ("鱼苗80万尾(规格3-5厘米)", "800000尾"),
        ("配备AED5台", "5台"),
        ("彩超2台", "2台"),
        ("雷达2部", "2部"),
        ("参保人数超200万人", ">2000000人"),
        ("2000国家大地坐标系转换1项", "1项"),
        ("500元/户每年", "500元/户·年"),
        ("两年一次", "1次/2年"),
        ("隔年一次", "1次/2年"),
        ("9月1日（秋季开学前）", "9月1日（秋季开学前）"),
        ("1978年以前档案全部数字化", "1978年以前档案全部数字化"),
        ("1:30", "1/30"),
        ("5%以上增长", "增长≥5%"),
        ("上下浮动不超过5%", "-5%~5%"),
        ("得分不低于90分（满分100分）", "≥90分"),
        ("100元-200元/人次", "100元/人次~200元/人次"),
        ("1-1万元", "10000元~10000元"),
        ("5000-1万人", "5000人~10000人"),
        ("500米-2公里", "500米~2000米"),
        ("50厘米±5毫米", "49.5厘米~50.5厘米"),
        ("≥5次和满意度≥95%", "≥5次且≥95%"),
        ("增长5%-8%", "增长≥5%且增长≤8%"),
        ("不少于(含)30人", ">=30人".replace(">=", "≥")),
        ("大于(不含)30人", ">30人"),
        ("至少举办一次培训", "≥1次"),
        ("一次性完成率≥95%", "≥95%"),
        ("每两年1次", "1次/2年"),
        ("半年一次", "1次/半年"),
        ("零下18℃以下", "≤-18℃"),
        ("良好且≥90%", "良好且≥90%"),
        ("100%；及时", "100%且及时"),
        ("2次(12月底前)", "2次且12月底前"),
        ("30(不含)人以上", ">30人"),
        ("三成半以上", "≥35%"),
        ("七成五", "75%"),
        ("提高满意度至95%", "≥95%"),
        ("降低成本至3万元", "≤30000元"),
        ("2百亿元", "20000000000元"),
        ("5十亿元", "5000000000元"),
        ("100(万元)", "1000000元"),
        ("≥5次，60±5分贝", "≥5次且55分贝~65分贝"),
        ("9" * 60, "9" * 60),
        ("5(含)万元以下", "≤50000元"),
        ("5(含)-10(不含)万元", "[50000元,100000元)"),
        ("≤2小时30分", "≤2.5小时"),
        ("≤2小时36秒", "≤2.01小时"),
        ("每季度合格率≥95%", "≥95%"),
        ("60±5分贝以内", "55分贝~65分贝"),
        ("10万+", "≥100000"),
        ("≥3名医生/千人", "≥3[名医生/千人]"),
        ("30升水/人·日", "30[升水/人·日]"),
        ("SCI/EI论文≥3篇", "≥3篇"),
        ("每双月1次", "1次/双月"),
        ("维保每半个月1次", "1次/半月"),
        ("95%（2022年为90%）", "95%"),
        ("≥300人（60岁以上）", "≥300人"),
        ("场次≥20个\n人数≥100人", "≥20个且≥100人"),
        ("合格率≥98%，不发生事故", "≥98%且不发生事故"),
        ("20mm厚沥青罩面≥8.6万平方米", "≥86000平方米"),
        ("30马力以上拖拉机补贴50台", "50台"),
        ("5次以上且满意度达到90%以上", "≥5次且≥90%"),
    ],
)
def test_what_is_read(text: str, canonical: str) -> None:
    assert str(target(text)) == canonical


@each(
    ("text", "kind", "canonical"),
    [
        ("计划10次，实际12次", Measured, "12次"),
        ("12人（5户）", Measured, "12人"),
        ("98%（发放问卷100份）", Measured, "98%"),
        ("2次，其中省级1次", Measured, "2次"),
        ("6次、320人", AllOf, "6次且320人"),
        ("达到98%", Measured, "98%"),
        ("连续3年无事故", Level, "连续3年无事故"),
        ("已于9月完成", None, "已于9月完成"),
        ("较上年下降1.5个百分点", Change, "下降1.5百分点"),
        ("比2022年多破案36起", Change, "增长36起"),
        ("未发生1起舆情", Level, "未发生1起舆情"),
        ("项目未实施，资金50万元已交回", Level, "项目未实施，资金50万元已交回"),
        ("未完成，差2场", Level, "未完成，差2场"),
        ("剩余3件未办结", Level, "剩余3件未办结"),
        ("预计完成30件", Level, "预计完成30件"),
        ("预计2024年6月完成", Level, "预计2024年6月完成"),
        ("计划完成率100%", Measured, "100%"),
        ("完成85%，未完成目标", Measured, "85%"),
        ("已建成2套，另1套未验收", Measured, "2套"),
        ("截至2023年12月31日，归集18.6亿元", Measured, "1860000000元"),
        ("2023年11月30日建成通车", None, "2023年11月30日建成通车"),
    ],
)
def test_what_was_achieved(text: str, kind: type | None, canonical: str) -> None:
    reading = actual(text)
    assert str(reading) == canonical
    assert kind is None or type(reading) is kind


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("数量 ≥50个、12月底前 完成", ["≥50个", "12月底前 完成"]),
        ("良 好 且 ≥ 90%", ["良 好", "≥90%"]),
        ("≥5次；效果 良好", ["≥5次", "效果 良好"]),
    ],
)
def test_parts_keep_the_author_s_text(text: str, parts: list[str]) -> None:
    reading = target(text)
    assert isinstance(reading, AllOf)
    assert [str(part) for part in reading.parts] == parts


def test_a_year_in_the_unit_column() -> None:
    assert target("2023", None, "年") == Deadline("2023年")
    assert target("2023", "=", "年") == Deadline("2023年")
    assert isinstance(target("20", None, "年"), Bound)
    assert isinstance(target("2023", "≥", "年"), Bound)
    assert isinstance(target("1949", None, "年"), Bound)
    assert isinstance(target("2100", None, "年"), Bound)


def test_a_month_written_as_a_number() -> None:
    assert isinstance(target("2023.12"), Deadline)
    assert isinstance(target("2023.13"), Bound)
    assert isinstance(target("2023.12", None, "万元"), Bound)
    assert isinstance(target("2023.12", "≥"), Bound)


def test_columns_and_intervals() -> None:
    between = target("60-80", "=", "%")
    assert isinstance(between, Between)
    assert str(between) == "60%~80%"
    for comparator in ("≥", "≤", ">"):
        found = read_target("60-80", comparator, "%")
        assert isinstance(found, Refusal)
        assert found.code == "PF325"
    assert str(target("5%", "增长")) == "增长5%"
    assert str(target("5", "≤", "%以内")) == "≤5%"
    assert str(target("3", None, "工作日内")) == "≤3工作日"
    prose = read_actual("5", "详见实施方案的说明")
    assert isinstance(prose, Refusal)
    assert prose.code == "PF324"


def test_empty_columns_are_no_columns() -> None:
    assert (Comparator(), ColumnUnit()) == (
        Comparator(None, False, False, None),
        ColumnUnit(1, None, Fraction(1), False, None),
    )


def test_the_longest_unit_of_its_own() -> None:
    assert read_unit("教育实践点") == ColumnUnit(1, "教育实践点")
    assert read_unit("教育实践基地") == ColumnUnit(prose=True)


def test_a_refusal_shows_both_cells() -> None:
    found = read_target("≤5", "≥")
    assert isinstance(found, Refusal)
    (_, span), *others = found.diagnostic.related
    assert (span.column, span.length, span.text, others) == (1, 1, "≥", [])


def test_a_long_cell_has_no_nearest_cell() -> None:
    found = read_target(f"{'培训' * 30}≥9O%")
    assert isinstance(found, Refusal)
    assert found.diagnostic.hint is not None
    assert "是不是" not in found.diagnostic.hint.zh


@pytest.mark.parametrize(
    ("text", "comparator", "shown"),
    [("达到95%", "=", "=95%"), ("达到95%", "≥", "≥95%"), ("控制在5%", "≤", "≤5%"), ("控制在5%", "=", "=5%")],
)
def test_a_soft_word_and_the_column(text: str, comparator: str, shown: str) -> None:
    assert str(target(text, comparator)) == shown


@pytest.mark.parametrize(
    ("text", "comparator", "code", "column", "length"),
    [
        ("达到95%", "≤", "PF325", 3, 3),
        ("控制在5%", "≥", "PF325", 4, 2),
        ("A1", None, "PF307", 1, 2),
        ("500,人", None, "PF316", 5, 1),
        ("≥≤5", None, "PF314", 1, 2),
        ("≥平均数≤5", None, "PF314", 1, 5),
    ],
)
def test_where_a_refusal_points(text: str, comparator: str | None, code: str, column: int, length: int) -> None:
    found = read_target(text, comparator)
    assert isinstance(found, Refusal)
    span = found.diagnostic.span
    assert span is not None
    assert (found.code, span.column, span.length) == (code, column, length)


@pytest.mark.parametrize(
    ("text", "dimension", "factor"),
    [
        ("1", "比率", Fraction(1)),
        ("人", "人", Fraction(1)),
        ("公里", "长度", Fraction(1000)),
        ("元/人·月", "货币/人·月", Fraction(1)),
        ("张/千人", "张/人", Fraction(1, 1000)),
        ("元/万人", "货币/人", Fraction(1, 10000)),
        ("公里/小时", "长度/时间", Fraction(5, 18)),
    ],
)
def test_dimension_and_size_of_a_unit(text: str, dimension: str, factor: Fraction) -> None:
    unit = unit_of(text)
    assert (unit.dimension, unit.factor) == (dimension, factor)


def test_a_note_in_the_unit_column() -> None:
    assert read_unit("万元(人民币)") == ColumnUnit(10000, "元")
    assert read_unit("公里(km)") == ColumnUnit(1, "公里")


def test_a_damaged_unit_column_is_refused() -> None:
    for unit in ("人\u200b", "=SUM(A1)", "<td>"):
        found = read_target("5", None, unit)
        assert isinstance(found, Refusal)
        assert (found.code, found.start, found.end) == ("PF324", 0, len(unit))


def test_a_quantity_is_compared_with_quantities_alone() -> None:
    five = Quantity(Fraction(5), "人")
    assert five != 5
    with pytest.raises(TypeError):
        assert five < 5


def test_of_several_results_the_one_in_the_unit_of_the_column_is_said() -> None:
    found = read_actual("抽查50户，满意48户，满意率96%", "%")
    assert str(found) == "96%"
    assert isinstance(found, Measured)
    assert [one.message.text("zh") for one in found.assumptions] == ["有几个结果，取与单位栏一致的“96%”"]
    assert [one.message.text("en") for one in found.assumptions] == [
        "of several results, “96%” is taken, which is in the unit of the column"
    ]


@pytest.mark.parametrize(
    ("text", "canonical", "said"),
    [
        ("≥320户（含脱贫户45户）", "≥320户", "“含脱贫户45户”没有当作条件"),
        ("1000亩（其中：水稻600亩，玉米400亩）", "1000亩", "“其中：水稻600亩，玉米400亩”没有当作条件"),
        ("≥80分，力争90分", "≥80分", "“力争90分”没有当作条件"),
        ("上年度85分，本年度不低于88分", "≥88分", "“上年度85分”没有当作条件"),
    ],
)
def test_what_a_target_says_besides_is_said(text: str, canonical: str, said: str) -> None:
    found = target(text)
    assert str(found) == canonical
    assert [one.message.text("zh") for one in found.assumptions] == [said]


@pytest.mark.parametrize(
    ("text", "canonical", "said"),
    [
        ("计划10次，实际12次", "12次", "“计划10次”没有当作结果"),
        ("完成1200亩，其中新建800亩", "1200亩", "“其中新建800亩”没有当作结果"),
        ("上年85%，本年92%", "92%", "“上年85%”没有当作结果"),
        ("小学520人、初中310人，合计830人", "830人", "“小学520人”“初中310人”没有当作结果"),
    ],
)
def test_what_an_actual_says_besides_is_said(text: str, canonical: str, said: str) -> None:
    found = actual(text)
    assert str(found) == canonical
    assert [one.message.text("zh") for one in found.assumptions] == [said]


def test_a_remark_is_quoted_where_words_serve_several_numbers() -> None:
    found = target("≥80分，力争90分、95分")
    assert [one.message.text("zh") for one in found.assumptions] == ["“力争90分”“95分”没有当作条件"]


@each(
    ("square", "spelled"),
    [
        *(
            ("㎎/L", "mg/L"),
            ("㎍/㎥", "μg/m³"),
            ("mg/ℓ", "mg/L"),
            ("㎏", "kg"),
            ("㎞", "km"),
            ("㎝", "cm"),
            ("㎜", "mm"),
        ),
        *(("㎛", "μm"), ("㎠", "cm²"), ("㎟", "平方毫米"), ("㎤", "cm³"), ("㎖", "mL"), ("㏄", "mL"), ("㎾", "kW")),
        *(("㎿", "MW"), ("㎡", "m²"), ("㎢", "km²")),
    ],
)
def test_a_unit_in_one_character_is_the_unit_it_shows(square: str, spelled: str) -> None:
    found, wanted = actual(f"1.05{square}"), actual(f"1.05{spelled}")
    assert isinstance(found, Measured) and isinstance(wanted, Measured)
    assert found.quantity.base == wanted.quantity.base
