"""A promise: what is only begun, under way, prepared or planned meets no target that does not ask for just that."""

from __future__ import annotations

import itertools

import pytest

import pfscore
from pfscore.scoring.rules import Rules

#: What stands before the verb of a row's name.
BEFORE = (
    *(
        "启动",
        "全面启动",
        "着手",
        "开始",
        "开工",
        "动工",
        "全面铺开",
        "正在",
        "正积极",
        "正",
        "正有序",
        "正抓紧",
        "有序推进",
    ),
    *(
        "全力推进",
        "加快推进",
        "稳步推进",
        "正在推进",
        "推进",
        "着力",
        "尚在",
        "仍在",
        "正在开展",
        "正在组织",
        "启动实施",
    ),
    *("筹备", "准备", "谋划", "部署", "计划", "拟", "拟于明年", "预计", "力争", "争取", "即将", "待", "将", "有望"),
    *("纳入", "列入", "纳入明年", "已具备", "具备", "处于"),
)
#: What stands behind it.
BEHIND = {"已具备": "条件", "具备": "条件", "处于": "阶段", "纳入明年": "计划"}
#: What goes on, in words behind the verb.
GOING_ON = ("中", "正在推进中", "有序推进", "全面铺开", "全面启动", "工作已启动")
#: Name, target, number and its thing, and the verb of the name.
ROWS = (
    ("屋顶光伏安装", "≥80户", "80户", "农户", "安装"),
    ("标准化学校创建", "≥6所", "6所", "学校", "创建"),
    ("桥梁维修", "6座", "6座", "桥梁", "维修"),
    ("果园改造", "≥2000亩", "2000亩", "果园", "改造"),
    ("矿山生态修复", "≥4个", "4个", "矿山", "修复"),
    ("干渠防渗", "≥12公里", "12公里", "干渠", "防渗"),
    ("水系连通治理河段", "≥4条", "4条", "河段", "治理"),
    ("校舍加固", "5栋", "5栋", "校舍", "加固"),
    ("高标准农田建设", "≥3000亩", "3000亩", "农田", "建设"),
    ("人居环境整治村数", "≥25个", "25个", "村", "整治"),
)
ALL = ("", "全部", "均", "已", "均已")
REST = ("，其中2{unit}完工", "，其中2{unit}已通过验收", "（其中2{unit}已投入使用）", "，2{unit}已完工")


@pytest.fixture(scope="module")
def rules() -> Rules:
    return pfscore.load_ruleset("cn/project", on="2024-12-31")


def unfinished(number: str, thing: str, verb: str) -> list[str]:
    """Return actuals that say in every place that the work is not done."""
    said = []
    for word, whole in itertools.product(BEFORE, ALL):
        deed = f"{whole}{word}{verb}{BEHIND.get(word, '')}"
        said += [f"{number}{thing}{deed}", f"{number}{deed}", f"{number}，{deed}", f"{number}（{deed}）"]
        if word not in BEHIND:
            said += [f"{deed}{thing}{number}", f"{deed}{number}{thing}"]
    said += [f"{number}{thing}{whole}{verb}{word}" for word, whole in itertools.product(GOING_ON, ("", "全部"))]
    return said


@pytest.mark.parametrize(("name", "target", "number", "thing", "verb"), ROWS)
def test_what_is_not_finished_is_never_met(
    rules: Rules, name: str, target: str, number: str, thing: str, verb: str
) -> None:
    unit, said = number.lstrip("0123456789"), unfinished(number, thing, verb)
    # Over the rows together every word stands in every place, once without a rest and once with one.
    place = ROWS.index((name, target, number, thing, verb))
    actuals = said[place :: len(ROWS)]
    for first, rest in enumerate(REST, place * len(REST)):
        actuals += [one + rest.format(unit=unit) for one in said[first :: len(ROWS) * len(REST)]]
    rows = [{"name": name, "target": target, "actual": actual, "points": "10"} for actual in actuals]
    assert [row["actual"] for row, found in zip(rows, rules.score_many(rows), strict=True) if found.met] == []


@pytest.mark.parametrize("name", ["工程改造完成时间", "桥梁维修", "校舍加固"])
def test_a_date_of_what_is_not_finished_is_never_met(rules: Rules, name: str) -> None:
    verb = next(one for one in ("改造", "维修", "加固") if one in name)
    actuals = [
        f"{date}{whole}{word}{verb}{BEHIND.get(word, '')}"
        for date in ("2024年10月20日", "8月底前")
        for word, whole in itertools.product(BEFORE, ("", "已", "全部"))
    ]
    for target in ("2024年12月底前", "12月底前完成"):
        found = [one for one in actuals if rules.score(name=name, target=target, actual=one, points="10").met]
        assert found == []


@pytest.mark.parametrize("word", BEFORE)
def test_a_rate_of_what_is_not_finished_is_never_met(rules: Rules, word: str) -> None:
    for actual in (f"95%{word}整改{BEHIND.get(word, '')}", f"95%的问题{word}整改{BEHIND.get(word, '')}"):
        assert rules.score(name="问题整改率", target="≥90%", actual=actual, points="10").met is not True


#: Name, target and an actual that answers it: the row asks for just that, or the work was finished all the same.
MET = (
    ("项目开工数", "≥12个", "12个项目开工"),
    ("重点项目启动数", "≥12个", "12个项目已启动"),
    ("谋划项目数", "≥10个", "谋划项目12个"),
    ("开工率", "≥90%", "开工95%"),
    ("桥梁维修", "≥6座", "6座桥梁有序推进维修并完成"),
    ("桥梁维修", "≥6座", "6座桥梁启动维修，均已完工"),
    ("桥梁维修", "≥6座", "完成6座桥梁维修，正在组织验收"),
    ("桥梁维修", "≥6座", "完成6座，另有2座正在维修"),
    ("问题整改率", "≥90%", "整改率95%，其余正在整改"),
    ("供水设备运行数", "≥5台", "5台设备正在运行"),
    ("工程形象进度", "≥60%", "有序推进，形象进度60%"),
    ("争取上级资金", "≥500万元", "争取上级资金520万元"),
)


@pytest.mark.parametrize(("name", "target", "actual"), MET)
def test_what_is_asked_for_or_finished_is_met(rules: Rules, name: str, target: str, actual: str) -> None:
    assert rules.score(name=name, target=target, actual=actual, points="10").met is True


def test_a_clause_on_what_is_finished_earns_no_more(rules: Rules) -> None:
    for begun in ("4条河段全面启动治理", "4条河段启动治理", "4条河段全部启动", "4条河段开始治理", "4条河段开工建设"):
        plain, honest = (
            rules.score(name="水系连通治理河段", target="≥4条", actual=begun + rest, points="10")
            for rest in ("", "，其中2条完工")
        )
        assert honest.met is not True and plain.met is not True
        assert (honest.low, honest.high) == (plain.low, plain.high)


#: What stands before or behind the words of a target that they are only hoped for, or lack something.
HOPED = (
    "有望{}",
    "力争{}",
    "预计{}",
    "尚待{}",
    "有待{}",
    "将{}",
    "计划{}",
    "距{}尚有差距",
    "{}尚需时日",
    "{}仍需努力",
    "{}不够",
    "{}的目标未能实现",
)
CHANGES = ("有效提升", "明显改善", "持续优化", "显著增强", "稳步提高", "明显好转", "及时", "按时", "规范")


@pytest.mark.parametrize("said", HOPED)
def test_what_is_only_hoped_for_is_never_met(rules: Rules, said: str) -> None:
    rows = [{"name": "服务水平", "target": one, "actual": said.format(one), "points": "10"} for one in CHANGES]
    assert [one["actual"] for one, score in zip(rows, rules.score_many(rows), strict=True) if score.met] == []


@pytest.mark.parametrize("actual", ["按计划{}", "服务水平{}", "预期目标已实现，{}", "{}，短板不足得到补齐", "{}"])
def test_what_came_about_as_planned_is_met(rules: Rules, actual: str) -> None:
    found = rules.score(name="服务水平", target="有效提升", actual=actual.format("有效提升"), points="10")
    assert found.met is not False


#: What is said behind a number of all that was to be done: only a first step, or a part that is not done after all.
TAKEN_BACK = (
    *("采购公告已发布", "方案已获批", "施工许可已办理", "已委托第三方", "供货商已确定", "用地预审已通过", "物资在途"),
    *("其中1个停工", "1个未定稿", "其中1个转入下年", "其中1个次年实施", "1个复建", "离线1个"),
)


@pytest.mark.parametrize("name", ["新建泵站", "编制规划", "更新设备"])
@pytest.mark.parametrize("said", TAKEN_BACK)
def test_a_clause_that_takes_a_number_back_is_for_a_person(rules: Rules, name: str, said: str) -> None:
    assert rules.score(name=name, target="≥6个", actual=f"6个，{said}", points="10").met is not True


@pytest.mark.parametrize("name", ["拆除违建", "清退违规资金户数", "取缔违法摊点", "销毁违禁药品", "收缴违规证件"])
def test_clearing_away_what_should_not_be_is_to_be_much(rules: Rules, name: str) -> None:
    assert [rules.score(name=name, target="40", actual=one, points="10").met for one in ("31", "40", "52")] != [
        True
    ] * 3
    assert rules.score(name=name, target="40", actual="31", points="10").met is not True
