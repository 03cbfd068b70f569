"""A promise: what is only begun, under way, prepared or planned meets no target that does not ask for just that."""

from __future__ import annotations

import itertools

import pytest

import pfscore
from pfscore.scoring.rules import Rules
from tests.shares import share
from tests.tables import each

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
    actuals = share(said, len(ROWS), place)
    for first, rest in enumerate(REST, place * len(REST)):
        actuals += [one + rest.format(unit=unit) for one in share(said, len(ROWS) * len(REST), first)]
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


@each("word", BEFORE)
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


@each(("name", "target", "actual"), MET)
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


@each("name", ["新建泵站", "编制规划", "更新设备"])
@each("said", TAKEN_BACK)
def test_a_clause_that_takes_a_number_back_is_for_a_person(rules: Rules, name: str, said: str) -> None:
    assert rules.score(name=name, target="≥6个", actual=f"6个，{said}", points="10").met is not True


@pytest.mark.parametrize("name", ["拆除违建", "清退违规资金户数", "取缔违法摊点", "销毁违禁药品", "收缴违规证件"])
def test_clearing_away_what_should_not_be_is_to_be_much(rules: Rules, name: str) -> None:
    assert [rules.score(name=name, target="40", actual=one, points="10").met for one in ("31", "40", "52")] != [
        True
    ] * 3
    assert rules.score(name=name, target="40", actual="31", points="10").met is not True


#: The closed list of words of intention, wish, duty and request, and of those by which a deed is put off or called off.
MEANT = (
    *("确保", "保证", "务必", "力争", "力求", "争取", "努力", "有望", "可望", "希望", "期望", "打算", "准备", "拟"),
    *("预计", "预期", "预定", "原定", "定于", "承诺", "计划", "目标", "要求", "需", "需要", "必须", "须", "应", "应当"),
    *("将", "即将", "或将", "可能", "尽快", "抓紧", "筹备", "申请", "提请", "报请", "请求", "建议", "意向", "谋划"),
)
CALLED_OFF = (
    *("推迟", "推后", "延期", "延后", "延迟", "延缓", "迟延", "顺延", "暂缓", "暂停", "暂不", "缓", "停止", "终止"),
    *("中止", "叫停", "取消", "放弃", "撤销", "搁置", "拒绝", "否决", "错过", "耽误", "改期", "不再"),
)
#: Over this many rows together, every word stands in every order.
SHARE = 10
#: Name, target, and what an actual says of the deed.
DEEDS = (
    ("公路", "开工建设", "开工"),
    ("文化中心", "建成投用", "建成"),
    ("泵站", "建成", "建成"),
    ("泵站", "通过验收", "通过验收"),
    ("泵站", "完成验收", "验收"),
    ("农贸市场", "开业", "开业"),
    ("检测设备", "投入使用", "投入使用"),
    ("办案平台", "上线运行", "上线"),
    ("抚恤金", "发放到位", "发放"),
    ("抚恤金", "按时足额发放", "按时足额发放"),
    ("管理办法", "印发", "印发"),
    ("水质", "达标", "达标"),
    ("签约服务", "全覆盖", "全覆盖"),
    ("道路", "完工", "完工"),
    ("采购", "启动招标", "启动招标"),
    ("政务信息", "及时公开", "及时公开"),
    ("人居环境", "明显改善", "明显改善"),
    ("采购合同", "签订合同", "签订合同"),
    ("卫生城市", "创建成功", "创建成功"),
)
IN_ORDER = (
    *("{word}{deed}", "已{word}{deed}", "{name}{word}{deed}", "{word}{name}{deed}", "正{word}{deed}"),
    *("{word}于明年{deed}", "{word}年底前{deed}", "{word}全面{deed}", "现{word}{deed}，其余正常"),
)


@pytest.mark.parametrize(("name", "target", "deed"), DEEDS)
def test_a_deed_that_is_only_meant_or_called_off_is_never_met(rules: Rules, name: str, target: str, deed: str) -> None:
    actuals = [one.format(word=word, deed=deed, name=name) for word in (*MEANT, *CALLED_OFF) for one in IN_ORDER]
    actuals = share(actuals, SHARE, DEEDS.index((name, target, deed)))
    rows = [{"name": name, "target": target, "actual": actual, "points": "10"} for actual in actuals]
    assert [row["actual"] for row, found in zip(rows, rules.score_many(rows), strict=True) if found.met] == []


@pytest.mark.parametrize(
    ("name", "target", "deed"),
    [("公路", "开工建设", "开工"), ("泵站", "通过验收", "验收"), ("平台", "上线运行", "上线")],
)
def test_a_deed_that_is_put_off_or_called_off_is_missed(rules: Rules, name: str, target: str, deed: str) -> None:
    words = set(CALLED_OFF) | {"申请", "拟", "报请"}
    rows = [{"name": name, "target": target, "actual": f"{word}{deed}", "points": "10"} for word in sorted(words)]
    found = rules.score_many(rows)
    assert [row["actual"] for row, one in zip(rows, found, strict=True) if one.met is not False] == []


#: Name, target, and the number that would meet it.
NUMBERS = (
    ("完成率", "100%", "100%"),
    ("满意度", "≥95%", "95%"),
    ("培训人数", "200人", "200人"),
    ("购置图书", "≥5000册", "5000册"),
    ("道路改造里程", "≥12公里", "12公里"),
    ("办结用时", "≤5个工作日", "3个工作日"),
)
OF_NUMBER = (
    *("{word}{number}", "{word}达到{number}", "{word}完成{number}", "{word}实现{number}", "{word}：{number}"),
    *("{name}{word}{number}", "{number}（{word}）", "已{word}{number}", "{word}值{number}", "{number}{word}"),
)


@pytest.mark.parametrize(("name", "target", "number"), NUMBERS)
def test_a_number_that_is_only_meant_or_called_off_is_never_met(
    rules: Rules, name: str, target: str, number: str
) -> None:
    actuals = [one.format(word=word, number=number, name=name) for word in (*MEANT, *CALLED_OFF) for one in OF_NUMBER]
    actuals = share(actuals, len(NUMBERS), NUMBERS.index((name, target, number)))
    rows = [{"name": name, "target": target, "actual": actual, "points": "10"} for actual in actuals]
    assert [row["actual"] for row, found in zip(rows, rules.score_many(rows), strict=True) if found.met] == []


@each("word", ["确保", "力争", "争取", "要求", "目标", "计划", "需", "应", "预计", "有望"])
def test_a_number_that_is_only_meant_misses_nothing(rules: Rules, word: str) -> None:
    for actual in (f"{word}95%", f"{word}达到95%"):
        assert rules.score(name="验收合格率", target="≥90%", actual=actual, points="10").met is None


#: Name, target and an actual that repeats what was meant beside what came of it, or has such a word in another sense.
DONE_ALL_THE_SAME = (
    ("培训人数", "200人", "目标200人，实际210人"),
    ("培训人数", "200人", "计划200人，完成210人"),
    ("培训人数", "200人", "完成210人（目标200人）"),
    ("培训人数", "200人", "按要求培训210人"),
    ("走访家数", "≥120家", "完成目标任务125家"),
    ("应急演练次数", "≥2次", "应急演练2次"),
    ("供应量", "≥200吨", "保障供应210吨"),
    ("需求满足率", "≥95%", "需求满足率96%"),
    ("办理时限", "≤5个工作日", "承诺5个工作日，实际3个工作日"),
    ("完成率", "100%", "确保了100%"),
    ("饮水安全", "保障群众饮水安全", "有效确保了群众饮水安全"),
    ("安全生产", "无重大事故", "确保了全年无重大事故"),
    ("目标任务", "全面完成", "目标任务全面完成"),
    ("验收准备工作", "完成", "验收准备工作已完成"),
    ("政务信息", "及时公开", "已按计划及时公开"),
    ("停产整治", "停止生产", "已停止生产"),
    ("文化中心", "建成", "已建成，确保明年投用"),
    ("取消证明", "取消不合理证明", "已取消不合理证明"),
    ("申请专利数", "≥12件", "申请专利12件"),
)


@each(("name", "target", "actual"), DONE_ALL_THE_SAME)
def test_what_was_meant_and_done_is_met(rules: Rules, name: str, target: str, actual: str) -> None:
    assert rules.score(name=name, target=target, actual=actual, points="10").met is True
