"""The sentences of the findings: for each code, and each case of a code, how bad it is and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

from pfscore.foundation.diagnostics import Severity
from pfscore.foundation.text import Message

#: What a sentence may name: a figure, a text of the document, or words in both languages.
Field = str | int | Message | None


class Sentence(NamedTuple):
    """A severity, a sentence with named fields, and the likely cause; `{published}` and `{computed}` are the figures.

    A case that has no sentence of its own has that of its code: `PF706 rounding` says what `PF706` says.
    """

    severity: Severity
    zh: str = ""
    en: str = ""
    cause_zh: str = ""
    cause_en: str = ""


_error, _warning, _note = (partial(Sentence, severity) for severity in Severity)

SENTENCES: dict[str, Sentence] = {
    # The budget and what is computed from amounts.
    "PF701": _error(
        "执行率印作 {published}，执行数 ÷ 预算数应为 {computed}",
        "the execution rate is printed as {published}; expenditure ÷ budget gives {computed}",
    ),
    "PF701 rounded": _warning(),
    "PF701 limited": _warning(),
    "PF702": _error(
        "预算执行得分印作 {published}，按规则应为 {computed}",
        "the score for execution is printed as {published}; the rule gives {computed}",
    ),
    "PF703": _error(
        "偏差印作 {published}，（完成值 − 指标值）÷ 指标值应为 {computed}",
        "the deviation is printed as {published}; (actual − target) ÷ target gives {computed}",
    ),
    "PF703 rounded": _warning(),
    "PF703 otherwise": _warning(),
    "PF704": _error(
        "{rate}印作 {published}，{quotient} 应为 {computed}",
        "{rate} is printed as {published}; {quotient} gives {computed}",
    ),
    "PF704 rounded": _warning(),
    "PF705": _error(
        "年初预算数加调整数是 {computed}，全年预算数却是 {published}",
        "initial plus adjustment is {computed}, yet the budget is {published}",
    ),
    "PF705 reversed": _error(cause_zh="像是调整数写反了正负", cause_en="the sign of the adjustment looks wrong"),
    "PF706": _error(
        "{column} {published}，{count} 个分项之和是 {computed}，差 {off}",
        "the {column} is {published}; its {count} parts add up to {computed}, off by {off}",
    ),
    "PF706 zero": _error(
        "总额各栏都印作 0，分项之和是：{sums}",
        "every amount of the total is printed as 0; its parts add up to: {sums}",
        cause_zh="总额一行没有填；它的执行率和得分也就都是 0",
        cause_en="the total was never filled in, so that its rate and score are 0 as well",
    ),
    "PF706 some": _warning(cause_zh="也可能没有列出全部分项", cause_en="not all parts may be listed"),
    "PF706 rounding": _warning(
        cause_zh="差额在各分项分别取整所能造成的范围内，也可能是漏了一分",
        cause_en="rounding each part on its own can explain it; so can a slip of one cent",
    ),
    # Points, scores and totals added up.
    "PF707": _error(
        "公布的分值合计是 {published}，各行分值之和是 {computed}",
        "the printed sum of points is {published}; the points of the rows add up to {computed}",
    ),
    "PF707 budget": _warning(cause_zh="预算执行一行没有写分值", cause_en="the line of the budget states no points"),
    "PF707 full": _error(
        "满分是 {published}，各行分值之和是 {computed}",
        "the full score is {published}; the points of the rows add up to {computed}",
    ),
    "PF708": _error(
        "总分印作 {published}，各行公布的得分之和是 {computed}",
        "the total is printed as {published}; the printed scores add up to {computed}",
    ),
    "PF708 bounds": _error(
        "总分印作 {published}；有 {count} 行的得分没有填或读不出，不论是多少，总分都只能在 {low} 到 {high} 之间",
        "the total is printed as {published}; whatever the {count} scores are that are blank or cannot be read,"
        " it lies between {low} and {high}",
    ),
    "PF709": _error(
        "总分印作 {published}，按规则应为 {computed}：{rows}",
        "the total is printed as {published}; under the rule it is {computed}: {rows}",
    ),
    "PF709 least": _error(
        "总分印作 {published}，其中可以确定{off}：{rows}{bound}",
        "the total is printed as {published}; for certain it {off}: {rows}{bound}",
    ),
    "PF710": _error(
        "“{name}”的{what}印作 {published}，各行之和是 {computed}",
        "the {what} of {name} are printed as {published}; the rows add up to {computed}",
    ),
    "PF711": _error(
        "总分 {total} 应为“{computed}”（{since} 分起），印作“{grade}”",
        "a total of {total} is {computed} (from {since}); {grade} is printed",
    ),
    "PF711 usual": _warning(
        "总分 {total} 印作“{grade}”；本规则集没有定等级，通常 {since} 分起是“{computed}”",
        "a total of {total} is printed as {grade}; the ruleset has no grades, usually it is {computed} (from {since})",
    ),
    "PF712": _warning(
        "全年预算数等于执行数（{budget}），执行率因此是 100%；按年初预算数 {initial} 是 {computed}",
        "the budget is what was spent ({budget}), hence 100%; against the initial {initial} it is {computed}",
        "没有写预算为什么调整",
        "no reason is given for the adjustment",
    ),
    "PF712 small": _note(),
    "PF712 explained": _note(cause_zh="备注写了调整的原因", cause_en="the note gives a reason for the adjustment"),
    "PF713": _error(
        "《{table}》{column}“{label}”印作 {published}，各项之和是 {computed}",
        "in table {table}, {column}{label} is printed as {published}; the items add up to {computed}",
    ),
    "PF714": _note(
        "{count} 行预算数与执行数都是零，0 ÷ 0 没有意义，执行率却印作 {published}",
        "budget and expenditure of {count} lines are zero; 0 ÷ 0 is undefined, yet {published} is printed",
    ),
    "PF715": _error(
        "填 {published}，本表预算栏算出 {computed}",
        "stated as {published}; the budget lines of this form give {computed}",
    ),
    "PF715 initial": _warning(cause_zh="像是按年初预算数算的", cause_en="it looks like one on the initial budget"),
    "PF715 adjustment": _warning(
        cause_zh="政策性调整有的口径不计入；若是如此，应在表中说明",
        cause_en="some definitions leave out adjustments made by policy; then the form should say so",
    ),
    "PF715 surplus": _warning(
        cause_zh="若余款已由财政收回，可以没有结转；应在表中说明",
        cause_en="money returned to the treasury is not carried over; then the form should say so",
    ),
    "PF716": _error(
        "文字说执行率 {published}，表中“{name}”是 {computed}：“{text}”",
        "the text says an execution rate of {published}; {name} has {computed}: “{text}”",
    ),
    "PF716 part": _warning(cause_zh="也可能说的只是一部分资金", cause_en="the text may be about a part of the money"),
    "PF716 total": _error(
        "文字说总分 {published} 分，表中是 {total}：“{text}”",
        "the text says a total of {published}; the form has {total}: “{text}”",
    ),
    "PF717": _warning("全年预算数是零，执行数却是 {published}", "the budget is zero, yet {published} was spent"),
    "PF717 table": _warning(
        "{budget} {computed}，{spending} {published}：没有预算而有支出",
        "{budget} {computed}, {spending} {published}: spent without a budget",
    ),
    "PF718": _note(
        "{budget} {computed}，{spending} {published}：超过预算",
        "{budget} {computed}, {spending} {published}: above the budget",
    ),
    "PF718 line": _warning(
        "执行数 {published} 超过全年预算数 {computed}，超出 {over}",
        "the expenditure {published} is above the budget {computed}, by {over}",
    ),
    "PF719": _note(
        "《{name}》合计 {published}，与{amounts}都不同",
        "the total of table {name} is {published}; it is none of {amounts}",
    ),
    # Published scores against the rule.
    "PF720": _error(
        "公布得分 {published}，按规则应为 {computed}", "the published score is {published}; the rule gives {computed}"
    ),
    "PF720 outside": _error(
        "公布得分 {published}，规则只允许 {low} 到 {high}",
        "the published score is {published}; the rule allows {low} to {high}",
    ),
    "PF721": _error(
        "未达标（{relation}），却得满分 {published}，应为 {computed}",
        "missed ({relation}), yet all {published} points are published; the rule gives {computed}",
    ),
    "PF721 by rule": _error(
        "未达标（{relation}），却得满分 {published}，不应得满分；按规则是 {computed}",
        "missed ({relation}), yet all {published} points are published, which are not due; the rule gives {computed}",
    ),
    "PF721 range": _error(
        "未达标（{relation}），却得满分 {published}，不应得满分；规则只允许 {low} 到 {high}",
        "missed ({relation}), yet all {published} points are published, which are not due;"
        " the rule allows {low} to {high}",
    ),
    "PF721 unmeasured": _error(
        "未达标（{relation}），却得满分 {published}，不应得满分；没有写完成多少，无法按规则计算",
        "missed ({relation}), yet all {published} points are published, which are not due;"
        " how much was reached is not said, so the rule cannot be computed",
    ),
    "PF721 open": _error(
        "未达标（{relation}），却得满分 {published}，不应得满分；规则没有定怎样扣分",
        "missed ({relation}), yet all {published} points are published, which are not due; the ruleset is silent on"
        " how many",
    ),
    "PF721 usual": _error(
        "未达标（{relation}），却得满分 {published}，不应得满分；按比例是 {computed}",
        "missed ({relation}), yet all {published} points are published, which are not due; in proportion it is"
        " {computed}",
    ),
    "PF721 missed": _error(
        "未达标（{relation}），却得满分 {published}，不应得满分",
        "missed ({relation}), yet all {published} points are published, which are not due",
    ),
    "PF721 rounded": _warning(
        "未达标（{relation}），得满分 {published}；按比例是 {computed}，取整才是满分",
        "missed ({relation}), yet all {published} points are published; in proportion it is {computed}, which only"
        " fewer decimals make full",
    ),
    "PF721 beyond": _warning(
        "多于等号所要的（{relation}），得满分 {published}；算不算达标由人定",
        "more than the equal sign asks for ({relation}), with all {published} points; whether that meets it is for a"
        " person",
    ),
    "PF721 short": _warning(
        "只完成 {rate}（{relation}），却得满分 {published}，应说明理由",
        "only {rate} was achieved ({relation}), yet all {published} points are published; a person has to say why",
    ),
    "PF722": _error(
        "达标（{relation}），应得满分 {computed}，公布 {published}",
        "met ({relation}), so all {computed} points are due; {published} is published",
    ),
    "PF722 judged": _warning(
        "达标（{relation}），得 {published} / {computed} 分，没有写扣分的原因",
        "met ({relation}), and {published} of {computed} points; why points are taken off is not said",
    ),
    "PF723": _error("指标不适用，却得 {published} 分", "the indicator does not apply, yet it earns {published}"),
    "PF723 silent": _warning(
        "指标不适用，却得 {published} 分；不适用的指标怎样计分，没有规则可依",
        "the indicator does not apply, yet it earns {published}; no rule says how such indicators are scored",
    ),
    "PF724": _error("得分 {published} 高于分值 {computed}", "the score {published} is above the points {computed}"),
    "PF724 adjusts": _error(
        "加减分 {published} 不在规则的 {computed} 之内",
        "the adjustment {published} is not within {computed}, as its rule says",
    ),
    "PF724 negative": _error("得分 {published} 低于 {computed}", "the score {published} is below {computed}"),
    "PF725": _error("没有填完成值，却得 {published} 分", "the actual is blank, yet it earns {published}"),
    "PF727": _warning(
        "得 {published} 分，规则给不出这个分；能给的是 {possible}",
        "it earns {published}, which the rule can never give; it can give {possible}",
    ),
    "PF726": _warning(
        "有分值 {points} 和完成值，没有填得分", "the row has {points} points and an actual, but no score"
    ),
    # Words against figures.
    "PF730": _error(
        "备注说“{note}”，实际未达标：{shortfall}", "the note says “{note}”, yet the target was missed: {shortfall}"
    ),
    "PF730 by name": _warning(
        cause_zh="指标值没有写符号，多好还是少好是按名称推定的",
        cause_en="the target has no sign, and only the name says which side is better",
    ),
    "PF731": _warning("未达标：{shortfall}；没有说明原因", "missed: {shortfall}; no reason is given"),
    "PF731 note": _warning(
        "未达标：{shortfall}；备注“{note}”没有写明为什么没有达到",
        "missed: {shortfall}; the note “{note}” does not say why it fell short",
    ),
    "PF732": _warning(
        "指标值是“{target}”，完成值填“{actual}”，没有说实际用了多少、做到什么程度",
        "the target is “{target}”, the actual says “{actual}”: not what was really reached",
    ),
    "PF732 deadline": _warning(
        "指标值“{target}”是时限，完成值“{actual}”是文字，无法核对",
        "the target “{target}” is a time limit, the actual “{actual}” is words; it cannot be verified",
    ),
    "PF732 number": _warning(
        "指标值“{target}”是数，完成值“{actual}”是文字，无法核对",
        "the target “{target}” is a number, the actual “{actual}” is words; it cannot be verified",
    ),
    "PF732 words": _warning(
        "指标值“{target}”是文字，完成值“{actual}”是数", "the target “{target}” is words, the actual “{actual}” a number"
    ),
    "PF732 weaker": _warning(
        "完成值“{actual}”的程度比指标值“{target}”弱，却得满分",
        "the actual “{actual}” is of a lower degree than the target “{target}”, yet it has all its points",
    ),
    "PF732 levels": _warning(
        "指标值“{target}”与完成值“{actual}”不是同一套等级",
        "the target “{target}” and the actual “{actual}” are not levels of one scale",
    ),
    "PF733": _warning(
        "文字说“{text}”，但有 {count} 行未达标：{rows}",
        "the text says “{text}”, yet {count} targets were missed: {rows}",
    ),
    "PF734": _warning(
        "名称里写的是 {computed}，指标值是“{target}”", "the name says {computed}, the target is “{target}”"
    ),
    "PF735": _warning(
        "年度目标的文字写“{computed}”，指标值是“{published}”", "the text says “{computed}”, the target is “{published}”"
    ),
    "PF735 result": _warning(
        "完成情况的文字写“{computed}”，完成值是“{published}”", "the text says “{computed}”, the actual is “{published}”"
    ),
    "PF736": _warning(
        "年度目标完成情况照抄年度目标，没有写完成了什么：“{text}”",
        "the result repeats the goal word for word and does not say what was achieved: “{text}”",
    ),
    "PF737": _warning(
        "完成值 {published}，算作达标；文字却说“{computed}”",
        "the actual is {published}, met; yet the text says “{computed}”",
    ),
    "PF737 note": _warning("{problem}", "{problem}"),
    # Targets that say nothing or contradict each other.
    "PF738": _warning(
        "{about}（{reason}），没有作说明", "the ruleset asks for an explanation ({reason}: {about}); none is given"
    ),
    "PF739": _warning("{problem}", "{problem}"),
    "PF739 text": _warning(
        "“{text}”是{other}的数，不是本年度的", "“{text}” is of an earlier year ({other}), not of the form's year"
    ),
    "PF740": _warning("{problem}", "{problem}"),
    "PF740 period": _warning(
        "{period}“{published}”什么结果都能达到：{why}", "the {period} “{published}” is met by every result: {why}"
    ),
    "PF741": _note(
        "{published} 是指标值“{target}”的 {computed}（提示线 {limit}），没有说明原因",
        "{published} is {computed} of the target “{target}” (the audit's own line: {limit}); no reason is given",
    ),
    "PF741 digit": _warning(
        "{published} 约是指标值“{target}”的 10 倍（{computed}），像是多写了一位或单位写错，请核对",
        "{published} is about ten times the target “{target}” ({computed}):"
        " a digit too many or a wrong unit, by the look of it",
    ),
    "PF741 limit": _warning(
        "{published} 是指标值“{target}”的 {computed}（规则集的线 {limit}），没有说明原因",
        "{published} is {computed} of the target “{target}” (the ruleset's limit: {limit}); no reason is given",
    ),
    "PF742": _warning(
        "半年用“{half}”，全年用“{full}”：{published}", "half-year uses {half}, full year {full}: {published}"
    ),
    "PF742 ceiling": _warning(
        cause_zh="半年是上限，全年是定数：半年少做也算达标，全年多做反而不达标",
        cause_en="a ceiling at half-year, an exact number for the year: doing less passes, doing more fails",
    ),
    "PF743": _error(
        "半年指标值“{half}”已经超出全年指标值“{full}”，累计数不会减少，两个不能同时达到",
        "the half-year target “{half}” is already beyond the full-year “{full}”;"
        " a running total does not fall, so both cannot be met",
    ),
    "PF744": _warning(
        "指标值“{target}”是零，偏差没有意义，却印作 {published}",
        "the target {target!r} is zero: a deviation has no meaning, yet {published} is printed",
    ),
    "PF745": _error("{problem}", "{problem}"),
    "PF746 amounts": _error(
        "{columns}“{published}”是负数，这里不会小于零", "{columns}: “{published}” is negative, which this cannot be"
    ),
    "PF746": _error("{problem}", "{problem}"),
    "PF747": _warning("{problem}", "{problem}"),
    "PF748": _warning("{problem}", "{problem}"),
    "PF748 other": _note(
        "完成值“{published}”只是照抄指标值“{target}”，没有写实际是多少",
        "the actual “{published}” only repeats the target “{target}”; what was reached is not said",
    ),
    "PF749": _note(
        "满意度“{published}”，表里没有说怎样调查", "satisfaction of “{published}”; the form says nothing of a survey"
    ),
    "PF749 denied": _warning("{problem}", "{problem}"),
    # Units.
    "PF750": _note(
        "指标值以“{wanted}”计，完成值“{published}”却用“{given}”，不是同一刻度",
        "the target is in {wanted}, the actual “{published}” in {given}: not the same scale",
    ),
    "PF751": _warning("{problem}", "{problem}"),
    "PF752": _warning("{problem}", "{problem}"),
    "PF753": _note("比率没有写 %：指标值“{published}”{actual}", "a rate without %: target “{published}”{actual}"),
    "PF753 money": _note(
        "金额没有写单位（元、万元还是亿元）：指标值“{published}”{actual}",
        "an amount without a unit (元, 万元 or 亿元): target “{published}”{actual}",
    ),
    "PF754": _warning("读不出，未能核对：{problem}", "cannot be read, so nothing was checked: {problem}"),
    "PF755": _note("只有一格写了单位：{assumption}", "only one cell has a unit: {assumption}"),
    "PF755 refused": _warning(),
    "PF756": _warning("{problem}", "{problem}"),
    "PF756 money": _error(),
    "PF757": _warning(
        "名称是比率，指标值“{target}”却以“{unit}”计", "by its name a rate, but the target “{target}” counts {unit}"
    ),
    # Several forms of one body, and other parts of the document.
    "PF758": _warning(
        "{published} 与 {computed} 相差一千倍以上，像是单位写错",
        "{published} and {computed} differ by a factor of a thousand or more: a unit looks wrong",
    ),
    "PF758 shown": _error(
        "{published} 与 {computed} 单位不同：{published} 除以 {factor} 是 {right}，{shown}",
        "{published} and {computed} are in two units: {published} divided by {factor} is {right}, and then {shown}",
    ),
    "PF758 row": _warning("{problem}", "{problem}"),
    "PF759": _warning(
        "{count} 行的指标值、完成值与分值相同（第 {rows} 行），像是把分值填进了这两栏",
        "target and actual of {count} rows repeat the points (rows {rows}): the points look typed into these columns",
    ),
    "PF759 sum": _warning(
        "{count} 行的指标值与完成值都相同，合计正好 {computed}，像是把分值填进了这两栏",
        "target and actual of all {count} rows are equal and add up to {computed}: these look like the points",
    ),
    "PF760": _warning(
        "同一指标的指标值这里是 {mine}，另外 {count} 张表是 {theirs}",
        "the target of this indicator is {mine} here and {theirs} in {count} other forms",
    ),
    "PF761": _warning(
        "同一指标的完成值这里是 {mine}，另外 {count} 张表是 {theirs}",
        "the actual of this indicator is {mine} here and {theirs} in {count} other forms",
    ),
    "PF762": _warning(
        "同一指标的完成值这里是 {mine}，另外 {count} 张表是 {theirs}",
        "the actual of this indicator is {mine} here and {theirs} in {count} other forms",
    ),
    "PF762 target": _warning(
        "同一指标的指标值这里是 {mine}，另外 {count} 张表是 {theirs}",
        "the target of this indicator is {mine} here and {theirs} in {count} other forms",
    ),
    "PF763": _warning(
        "本表“项目支出”是 {published}，各项目表的{column}合计 {computed}，超出了它",
        "project spending is {published} here, yet the {column} of the projects' forms is {computed}",
    ),
    "PF764": _warning(
        "成本上限 {limit}，全年预算数是 {computed}：上限高于预算",
        "the cost limit is {limit}, the budget {computed}: the limit is above the budget",
    ),
    "PF764 initial": _warning(
        "成本上限 {limit}，全年预算数是 {computed}：沿用了年初预算数",
        "the cost limit is {limit}, the budget {computed}: it still is the initial budget",
    ),
    "PF765": _warning(
        "成本指标 {count} 行的完成值合计 {published}，执行数是 {computed}，超出了执行数",
        "the actuals of {count} cost rows add up to {published}, the expenditure is {computed}: more than was spent",
    ),
    "PF765 below": _warning(
        "成本指标 {count} 行的完成值合计 {published}，执行数是 {computed}，有 {rest} 不在其中",
        "the actuals of {count} cost rows add up to {published}, the expenditure is {computed}: {rest} is not covered",
    ),
    "PF766": _warning(
        "指标值是 {target}，《{table}》中同名一项是 {computed}",
        "the target is {target}; the item of the same name in table {table} is {computed}",
    ),
    # The shape of the form.
    "PF770": _warning(
        "{blocks}",
        "{blocks}",
    ),
    "PF771": _warning("没有“{name}”", "there is no block {name}"),
    "PF771 points": _warning(
        "没有“{name}”，规则集规定 {computed} 分", "there is no block {name}; the ruleset gives it {computed} points"
    ),
    "PF772": _warning(
        "与第 {first} 行（{path}）是同一个指标，计了两次", "the same indicator as row {first} ({path}); it counts twice"
    ),
    "PF773": _warning("“{published}”不是数，未能核对", "{published!r} is no number; nothing was checked against it"),
    "PF775": _note(
        "{column}显示“{published}”，格里存的是 {computed}",
        "the {column} shows “{published}”; what is stored is {computed}",
    ),
    "PF774": _note("只核对了不用规则的部分：{problem}", "checked only for what needs no rule: {problem}"),
}

#: The codes of findings, in order.
CODES = tuple(sorted({key[:5] for key in SENTENCES}))


def template(key: str) -> Sentence:
    """Return the sentence of a code or of a case of it, with the words of the code where the case has none.

    >>> template("PF706 rounding").severity.value, template("PF706 rounding").zh == template("PF706").zh
    ('warning', True)
    """
    found = SENTENCES[key]
    return found if found.zh else found._replace(zh=SENTENCES[key[:5]].zh, en=SENTENCES[key[:5]].en)


def fill(zh: str, en: str, fields: Mapping[str, Field]) -> Message:
    """Return a sentence with its fields in both languages.

    >>> fill("{what} {count} 分", "{count} {what}", {"what": Message("共", "points"), "count": 5}).en
    '5 points'
    """
    chinese = {name: field.zh if isinstance(field, Message) else field for name, field in fields.items()}
    english = {name: field.en if isinstance(field, Message) else field for name, field in fields.items()}
    return Message(zh.format_map(chinese), en.format_map(english))
