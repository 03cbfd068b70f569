"""A promise: a word of denial, lateness or beginning beside a number or a date is explained by a named rule, or the
cell is words or refused; and a row whose actual denies its achievement is never met."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

import pfscore
from pfscore.cells.grammar.terminals import word_lists
from pfscore.cells.lexicon.word_patterns import rule_names, traced
from pfscore.cells.reader import Refusal, why
from pfscore.cells.readings import Level
from pfscore.scoring.rules import Rules
from tests.shares import share
from tests.tables import each

#: One of each family of the closed list, as it stands before or behind what it denies.
WORDS = (
    *(
        "没",
        "没有",
        "未",
        "未能",
        "尚未",
        "无",
        "不",
        "不能",
        "非",
        "免",
        "禁",
        "禁止",
        "严禁",
        "勿",
        "杜绝",
        "防止",
        "避免",
    ),
    *("逾期", "超期", "延期", "延误", "延迟", "推迟", "拖延", "滞后", "迟", "晚"),
    *("开工", "动工", "启动", "着手", "开始", "拟", "计划", "预计", "力争", "差", "缺", "欠", "尚差", "还缺"),
    *("停工", "停滞", "暂停", "中止", "搁置", "流标", "落空", "失败"),
)
#: Every word meets every one of these: the strides of cells below have no factor in common with their numbers.
COMPARATORS = ("", "≥", "≤", "不低于", "不超过", "超过", "低于", "达到", "完成", "控制在")
AMOUNTS = ("3", "5个", "95%", "30万元", "3天", "2户以上", "3个以内")
DATES = ("2024年12月31日前", "12月底前", "2024年8月", "2024-08-31", "第三季度", "年底前")
#: The list itself, and rules that spell dates or note what a target asks beside its number: none reads a denial.
_OTHERS = {"denial", "time_of_day", "eight_digits", "months_from_to", "years_from_to", "asked_as_well"}
DENIALS = frozenset(rule_names()) - _OTHERS


def cells() -> list[tuple[str, str]]:
    """Return cells with the word in them: before, between and behind."""
    found = []
    for word in WORDS:
        for comparator, amount in itertools.product(COMPARATORS, AMOUNTS):
            found += [(word, f"{word}{comparator}{amount}"), (word, f"{comparator}{word}{amount}")]
            found += [(word, f"{comparator}{amount}{word}"), (word, f"{comparator}{amount}，{word}完成")]
        for date in DATES:
            found += [(word, f"{word}{date}完成"), (word, f"{date}{word}完成"), (word, f"{date}{word}")]
            found += [(word, f"{word}在{date}完成"), (word, f"{date}{word}完成5个")]
    return found


def consuming(text: str, side: str, comparator: str | None = None) -> set[str]:
    """Return the rules that say what the words of denial in a cell do; `words` where it is words or refused."""
    reading, steps = why(side, text, comparator=comparator)  # type: ignore[arg-type]
    if isinstance(reading, Refusal | Level):
        return {"words"}
    return {match.rule.name for step in steps for match in step.matches} & DENIALS


def is_listed(word: str, text: str) -> bool:
    """Return whether the word is a part of a listed word of comparison that the cell holds: 不低于, 不超过."""
    word = word.removeprefix("尚").removeprefix("还")
    listed = (one for words in word_lists().values() for one in words if word in one)
    return any(one in text for one in listed) or any(f"{word}{one}" in text for one in ("足", "到", "满", "及"))


@pytest.fixture
def trace() -> Iterator[None]:
    """Open a block for all cells of a test: another one inside costs little."""
    with traced():
        yield


@pytest.mark.usefixtures("trace")
@pytest.mark.parametrize("side", ["target", "actual"])
def test_every_denial_is_explained(side: str) -> None:
    wrong = [text for word, text in share(cells(), 11) if not consuming(text, side) and not is_listed(word, text)]
    assert wrong == []


@pytest.mark.parametrize(("first", "comparator"), [*enumerate(["≥", "≤", "=", "正向"])])
def test_every_denial_is_explained_beside_a_comparator(first: int, comparator: str) -> None:
    """Each comparator has cells of its own, so that together they have one in eighteen."""
    own = share(cells(), 71, 11 * first)
    assert [text for word, text in own if not consuming(text, "target", comparator) and not is_listed(word, text)] == []


#: Actuals of rows that failed, with a target that they would meet if the denial were passed over.
FAILED = [
    ("≥95%", "没有达到95%"),
    ("≥95%", "未能达到95%以上"),
    ("≥95%", "不及95%"),
    ("≥95%", "95%未达到"),
    ("3个", "未能完成3个"),
    ("≥3个", "没有3个"),
    ("≥5人", "无5人"),
    ("≥2个", "差2个"),
    ("≥3人", "缺3人"),
    ("≤5天", "逾期3天"),
    ("≤10天", "超期5天"),
    ("≤3天", "迟2天"),
    ("2024年12月31日前完成", "未在2024年12月31日前完成"),
    ("12月底前完成", "2024年8月开工"),
    ("12月底前完成", "2024年8月启动建设"),
    ("12月底前完成", "拟于2024年11月完成"),
    ("≥3个", "开工3个项目"),
    ("≥3个", "已启动5个"),
    ("≥10人", "未参保人数20人"),
    ("≥3户", "5户尚未搬迁"),
    ("≥5个", "5个，均未完成"),
    ("≥5个", "5个未通过验收"),
    ("≥2次", "未开展培训2次"),
    ("≥3个", "未建成（3个）"),
    ("≥1户", "漏一户，不达标"),
    ("无质量问题", "一年内无质量问题未达到"),
]


@pytest.fixture(scope="module")
def rules() -> Rules:
    return pfscore.load_ruleset("cn/project", on="2024-12-31")


@each(("target", "actual"), FAILED)
def test_a_denied_achievement_is_never_met(rules: Rules, target: str, actual: str) -> None:
    assert rules.score(target=target, actual=actual, points="10", name="数量").met is not True


@pytest.mark.parametrize(
    ("first", "target"), [*enumerate(["≥3个", "≥1", "≥50%", "≥1万元", "≤30天", "2024年12月31日前", "5个"])]
)
def test_no_generated_denial_is_met(rules: Rules, first: int, target: str) -> None:
    """Whatever the word, its place and the number: a floor or a date is not met by what is denied, late or begun.

    Each target has a seventh of the actuals, so that every one stands beside some target.
    """
    amounts = "3个", "95%", "30万元", "3天", "2024年8月", "2024年8月31日"
    actuals = [
        actual
        for word, amount in itertools.product(WORDS, amounts)
        for actual in (f"{word}{amount}", f"{word}完成{amount}", f"{amount}{word}", f"{amount}{word}完成")
    ]
    own = share(actuals, 7, first)
    assert [one for one in own if rules.score(target=target, actual=one, points="10", name="数量").met] == []


#: Words that turn round what a number says, or make it a step before an achievement; none is in the rows below.
TURNING = (
    *("亏损", "减收", "减产", "短收", "下滑", "萎缩", "漏查", "漏检", "取消", "终止", "撤销"),
    *("调减", "核减", "退出", "注销", "流失", "损坏", "报废", "丢失", "停用", "闲置", "空置"),
    *("驳回", "拒绝", "退回", "不合格", "不达标", "逾期", "超期", "未完成", "申请", "申报", "受理"),
    *("立项", "招标", "中标", "下单", "报批", "签合同", "设计", "意向", "摸底", "拟建", "欠缺"),
    *("失效", "作废"),
)
#: Name, target and a met actual, with the place of its number.
MET_ROWS = (
    ("培训人数", "≥100人", "培训", "110人"),
    ("新建公厕座数", "≥5座", "全年建成", "6座"),
    ("企业净利润", "≥100万元", "实现", "120万元"),
    ("粮食总产量", "50万吨", "", "52万吨"),
    ("产品抽检批次", "≥20批次", "共抽检", "22批次"),
    ("公路养护里程", "≥300公里", "完成养护", "312公里"),
    ("图书采购册数", "≥3000册", "采购图书", "3100册"),
    ("资金支付率", "≥95%", "支付率", "96%"),
)


@pytest.mark.parametrize("word", TURNING)
def test_a_word_that_turns_a_number_round_is_never_passed_over(rules: Rules, word: str) -> None:
    """Wherever such a word is put beside the number of a met row, the row is no longer met."""
    for name, target, before, number in share(MET_ROWS, 2, TURNING.index(word)):
        assert rules.score(name=name, target=target, actual=before + number, points="10").met is True
        turned = f"{word}{number}", f"{before}{word}{number}", f"{word}{before}{number}", f"{before}{number}{word}"
        assert [one for one in turned if rules.score(name=name, target=target, actual=one, points="10").met] == []
