"""The closed table of codes: what each one means, and the page that documents it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import NotFoundError
from pfscore.foundation.runtime.resources import data_dir
from pfscore.foundation.text import Lang, Message, shorten

#: The code that says that a code does not exist.
UNKNOWN = "PF190"

_TITLES = {
    # Codes of files and their syntax (PF1xx).
    "PF101": Message("找不到文件", "no such file"),
    "PF102": Message("是文件夹，不是文件", "a directory, not a file"),
    "PF103": Message("不是 UTF-8 编码", "not UTF-8"),
    "PF104": Message("没有内容", "nothing in the file"),
    "PF105": Message("文件太大", "file too large"),
    "PF106": Message("有空字符（NUL）", "NUL character"),
    "PF107": Message("以字节顺序标记（BOM）开头", "byte-order mark (BOM)"),
    "PF108": Message("无法读取", "cannot be read"),
    "PF109": Message("不读这种后缀的文件", "suffix not read"),
    "PF110": Message("没有安装需要的库", "a library is not installed"),
    "PF111": Message("嵌套太深", "nested too deep"),
    "PF112": Message("值太多", "too many values"),
    "PF113": Message("有控制字符或不可见字符", "control or invisible character"),
    "PF114": Message("转义出来的不是字符", "escape gives no character"),
    "PF115": Message("键重复", "duplicate key"),
    "PF120": Message("JSON 写法有误", "JSON syntax"),
    "PF130": Message("YAML 写法有误", "YAML syntax"),
    "PF131": Message("冒号有误，不成键", "wrong or missing colon, so there is no key"),
    "PF132": Message("YAML 里用了全角标点或空格", "full-width punctuation or space in YAML"),
    "PF133": Message("有制表符（Tab）", "tab character"),
    "PF135": Message("值要加引号", "value needs quotes"),
    "PF136": Message("引号或转义有误", "wrong quotes or escape"),
    "PF137": Message("缩进或列表的短横有误", "wrong indentation or dash"),
    "PF140": Message("不接受的 YAML 功能", "feature of YAML that is not accepted"),
    "PF151": Message("文件已经存在", "file exists"),
    "PF152": Message("写不回这个文件", "file is not written back"),
    # Office files.
    "PF160": Message("文件已损坏", "damaged file"),
    "PF161": Message("文件超出限度", "file beyond the bounds"),
    "PF162": Message("有 DTD 声明", "document type declaration"),
    "PF163": Message("文件加了密码", "encrypted file"),
    "PF165": Message("PDF 里没有文字", "PDF without text"),
    "PF166": Message("看不出是哪种文件", "kind of file not recognised"),
    "PF167": Message("旧式 Word 文档", "old Word document"),
    "PF168": Message("没有认出自评表", "no form recognised"),
    "PF169": Message("对列的指明不对", "wrong answer about a column"),
    UNKNOWN: Message("没有这个代码", "no such code"),
    # Codes of the content of rulesets (PF2xx).
    "PF201": Message("不认识的键", "unknown key"),
    "PF202": Message("缺少键或内容", "missing key or content"),
    "PF203": Message("值不在可写的范围内", "value not allowed"),
    "PF204": Message("写法的形状不对", "wrong shape"),
    "PF205": Message("不是数", "not a number"),
    "PF206": Message("不是日期", "not a date"),
    "PF207": Message("不是区间", "not a range"),
    "PF208": Message("只能写其中一个", "exactly one of several"),
    "PF209": Message("出处不在依据表中", "cited source is not declared"),
    "PF210": Message("没有依据的规则不能生效", "a rule without evidence is not active"),
    "PF211": Message("版本日期没有递增", "versions are not in order"),
    "PF212": Message("规则代号重复", "duplicate rule id"),
    "PF213": Message("改写上级规则须写 replaces", "replacing a parent's rule must be said"),
    "PF214": Message("overrides 所指的规则不存在", "overrides names no rule"),
    "PF215": Message("上级规则集有误", "bad parent ruleset"),
    "PF216": Message("extends 离开了所在文件夹", "extends leaves the folder"),
    "PF217": Message("分档有空缺", "gap between bands"),
    "PF218": Message("分档重叠", "bands overlap"),
    "PF219": Message("各一级指标分值之和与满分不符", "blocks do not add up"),
    "PF220": Message("等级次序有误", "grades are not in order"),
    "PF221": Message("所删除的规则不存在", "removed rule does not exist"),
    "PF222": Message("没有写怎样评分", "nothing says how to score"),
    "PF223": Message("此日没有生效的规则", "nothing in force on that day"),
    "PF224": Message("没有指明日期", "no date given"),
    "PF225": Message("没有这个规则集", "no such ruleset"),
    "PF226": Message("编译文件已过时", "compiled file is stale"),
    "PF227": Message("规模超过限度", "too large"),
    "PF228": Message("依据 key 重复", "duplicate source key"),
    "PF229": Message("折算没有写取整", "rescaling without rounding"),
    "PF230": Message("比例超出 0 到 100%", "share outside 0 to 100%"),
    "PF231": Message("同一说法写在两处", "a word stands in two places"),
    "PF232": Message("另据所指的键没有写", "further citation for a key that is not there"),
    "PF233": Message("还没有填写", "not yet filled in"),
    "PF234": Message("没有可画的规则", "no rule to draw"),
    "PF235": Message("一个代号有几份规则集", "an id stands in several places"),
    "PF236": Message("只能按名称固定", "fixed for certain names only"),
    "PF237": Message("没有声明表的属性", "property of forms is not declared"),
    "PF240": Message("规则从不起作用", "rule never applies"),
    "PF241": Message("有些行没有规则", "rows without a rule"),
    "PF242": Message("几条规则会同时适用", "rules would apply together"),
    "PF243": Message("数没有写明出自哪一条", "numbers without an article"),
    "PF245": Message("草案", "a draft"),
    "PF246": Message("停用的版本", "a disabled version"),
    "PF250": Message("有算不出的完成值", "formula without a result"),
    "PF251": Message("得分会超出 0 到分值", "score outside 0 and the points"),
    "PF252": Message("完成得更好反而得分更低", "better result, lower score"),
    "PF253": Message("满分与达标不一致", "full marks and met target disagree"),
    "PF254": Message("得分有跳变", "score jumps"),
    "PF255": Message("不能证明", "not proved"),
    # Codes of cells (PF3xx): targets, actuals, and the comparator and unit cells beside them.
    "PF301": Message("单元格是空的", "blank cell"),
    "PF302": Message("这种写法读不懂", "text that cannot be read"),
    "PF303": Message("有看不见的或坏掉的字符", "invisible or broken characters"),
    "PF304": Message("有网页标记", "markup in a cell"),
    "PF305": Message("是电子表格的公式或错误值", "spreadsheet formula or error value"),
    "PF306": Message("占位符没有填写", "placeholder not filled in"),
    "PF307": Message("有形近字", "look-alike characters"),
    "PF308": Message("是乱码", "garbled text"),
    "PF309": Message("数字写法不对", "malformed number"),
    "PF310": Message("数字太长", "number too long"),
    "PF311": Message("小数尾巴是电子表格留下的", "decimals left over by a spreadsheet"),
    "PF312": Message("单元格太长", "cell too long"),
    "PF313": Message("符号重复", "doubled sign"),
    "PF314": Message("比较的词互相矛盾", "comparisons that contradict each other"),
    "PF315": Message("符号的位置不对", "sign in the wrong place"),
    "PF316": Message("缺少数字", "number missing"),
    "PF317": Message("有两个数字，看不出以哪个为准", "two numbers and no way to tell which counts"),
    "PF318": Message("区间不完整", "incomplete interval"),
    "PF319": Message("区间的上下限颠倒", "interval with its ends reversed"),
    "PF320": Message("区间两端的单位不同", "interval with two units"),
    "PF321": Message("没有这个日期", "no such date"),
    "PF322": Message("单位重复或冲突", "doubled or conflicting unit"),
    "PF323": Message("单位栏与单元格矛盾", "unit column contradicts the cell"),
    "PF324": Message("单位栏读不懂", "unit column cannot be read"),
    "PF325": Message("计算符号栏与单元格矛盾", "comparator column contradicts the cell"),
    "PF326": Message("计算符号栏读不懂", "comparator column cannot be read"),
    "PF327": Message("除以零", "division by zero"),
    "PF328": Message("值的位置上是指标名称", "indicator's name where a value belongs"),
    "PF330": Message("与格外的数相比", "compared with a number outside the cell"),
    "PF331": Message("有两种读法", "two readings"),
    # Codes of formulas (PF4xx): reading (PF40x), meaning (PF41x, PF42x), computing (PF43x).
    "PF401": Message("公式里不能有的字符", "character not allowed in a formula"),
    "PF402": Message("公式里此处不该有的词或符号", "word or sign out of place in a formula"),
    "PF403": Message("公式不完整", "formula breaks off"),
    "PF404": Message("公式是空的", "empty formula"),
    "PF405": Message("公式太长", "formula too long"),
    "PF406": Message("公式嵌套太深", "formula nested too deep"),
    "PF407": Message("公式的部分太多", "formula with too many parts"),
    "PF408": Message("公式里的数位数太多", "number with too many digits"),
    "PF410": Message("不认识的名称", "unknown name"),
    "PF411": Message("不认识的函数", "unknown function"),
    "PF412": Message("函数的参数个数或次序不对", "wrong arguments of a function"),
    "PF413": Message("函数没有这个参数，或给了两次", "no such parameter, or given twice"),
    "PF414": Message("参数不在可写的选项内", "option not allowed"),
    "PF415": Message("数值与真假混用", "number and truth value mixed up"),
    "PF416": Message("公式得出的不是所要的", "formula gives the wrong kind"),
    "PF417": Message("函数与名称混用", "function and name mixed up"),
    "PF418": Message("连写的比较方向不一致", "chained comparison points both ways"),
    "PF419": Message("四舍五入的位数不对", "bad number of digits to round to"),
    "PF420": Message("除数写成了 0", "division by a written zero"),
    "PF421": Message("给函数的常数不符合要求", "constant breaks a requirement"),
    "PF430": Message("除数等于 0", "division by zero"),
    "PF431": Message("要求不成立", "requirement does not hold"),
    "PF432": Message("数的位数太多", "number too large"),
    "PF433": Message("没有给出所需的值", "value not given"),
    # Codes of forms and scoring (PF5xx).
    "PF501": Message("表中有不认识的键", "unknown key in a form"),
    "PF502": Message("表中缺少内容", "something is missing in a form"),
    "PF503": Message("表中的值不在可写的范围内", "value not allowed in a form"),
    "PF504": Message("表的形状不对", "wrong shape of a form"),
    "PF505": Message("文件里没有表", "no form in the file"),
    "PF506": Message("CSV 表头不认识", "unknown CSV header"),
    "PF507": Message("没有选中任何表", "no form selected"),
    "PF508": Message("CSV 写法有误", "bad CSV"),
    "PF509": Message("同一内容写了两处", "said twice"),
    "PF510": Message("分值不是数", "points are not a number"),
    "PF511": Message("缺完成值", "missing actual"),
    "PF512": Message("缺指标值", "missing target"),
    "PF513": Message("没有适用的规则", "no rule applies"),
    "PF514": Message("两条规则同时适用", "two rules apply"),
    "PF515": Message("单位不同，不能比较", "units cannot be compared"),
    "PF516": Message("指标值是数，完成值是文字", "words where a number is wanted"),
    "PF517": Message("只有一格写了单位", "only one cell gives a unit"),
    "PF518": Message("指标值没有写方向", "the target states no direction"),
    "PF519": Message("规则没有给出“左右”的容差", "no tolerance for about"),
    "PF520": Message("分值之和与满分不符", "points do not add up"),
    "PF521": Message("公式算不出", "the formula cannot be computed"),
    "PF522": Message("公式的结果超出分值", "the formula leaves the points"),
    "PF523": Message("评定不在区间内", "decision outside its bounds"),
    "PF524": Message("预算行缺数", "a budget line lacks a number"),
    "PF525": Message("没有分值", "no points"),
    "PF526": Message("没有指明规则集", "no ruleset named"),
    "PF527": Message("没有指明年度", "no year given"),
    "PF528": Message("得分除不尽而规则没有写取整", "no rounding for an endless decimal"),
    "PF529": Message("公式所需的数没有给出", "the formula needs a number that is not given"),
    "PF530": Message("目标表：没有完成值一栏", "a form of targets only"),
    "PF531": Message("参数不能是浮点数", "a float is not accepted"),
    "PF532": Message("本行各档的起点有误", "bad thresholds of a row"),
    "PF533": Message("分值与规则集定的不同", "points differ from those that the ruleset fixes"),
    "PF534": Message("规则集没有许可人工扣减", "no deduction allowed by the ruleset"),
    "PF535": Message("二者择一", "one of several indicators counts"),
    "PF536": Message("不是存下来的结果", "not a stored result"),
    "PF537": Message("文件里有几张表", "several forms in a file"),
    "PF538": Message("数在各档之外", "a number in no band"),
    "PF539": Message("表上没有写明属性", "the form does not state a property"),
    "PF545": Message("规则的依据已隔多年", "rules applied years after their newest source"),
    # Codes of examples in rulesets (PF6xx).
    "PF601": Message("例子没有写应得的分", "example expects nothing"),
    "PF602": Message("例子太少", "too few examples"),
    "PF603": Message("例子的得分不符", "example scores differently"),
    "PF604": Message("例子落到了别的规则", "example is scored by another rule"),
    "PF605": Message("例子重复", "example stands twice"),
    "PF606": Message("例子没有用到规则", "example does not reach its rule"),
    "PF607": Message("没有例子落入的档", "row of a table without an example"),
    # Codes of what an audit finds (PF7xx).
    "PF701": Message("执行率与执行数、预算数不符", "execution rate does not follow from the amounts"),
    "PF702": Message("预算执行得分与规则不符", "score for execution is not what the rule gives"),
    "PF703": Message("偏差与指标值、完成值不符", "deviation does not follow from target and actual"),
    "PF704": Message("控制率与表中的数不符", "control rate does not follow from its table"),
    "PF705": Message("年初数加调整数不等于全年预算数", "initial plus adjustment is not the budget"),
    "PF706": Message("预算分项之和与合计不符", "parts of the budget do not add up"),
    "PF707": Message("分值之和不符", "points do not add up"),
    "PF708": Message("得分之和与总分不符", "scores do not add up to the total"),
    "PF709": Message("总分带着有误的得分", "total carries wrong scores"),
    "PF710": Message("部分的分值或得分与各行之和不符", "block does not match its rows"),
    "PF711": Message("等级与总分不符", "grade does not fit the total"),
    "PF712": Message("全年预算数等于执行数", "the budget is what was spent"),
    "PF713": Message("表格的合计与各项之和不符", "table does not add up"),
    "PF714": Message("零预算印了执行率", "rate printed for a zero budget"),
    "PF715": Message("指标与预算栏不符", "indicator contradicts the budget lines"),
    "PF716": Message("文字与表中的数不符", "text contradicts the figures"),
    "PF717": Message("预算为零而有支出", "spending without a budget"),
    "PF718": Message("决算数超过预算数", "spending above the budget"),
    "PF719": Message("附表合计与预算栏都不同", "annex agrees with no budget figure"),
    "PF720": Message("得分不是规则给出的", "score is not what the rule gives"),
    "PF721": Message("未达标却得满分", "full points for a missed target"),
    "PF722": Message("达标却没有得满分", "less than full for a met target"),
    "PF723": Message("不适用却有得分", "points for what does not apply"),
    "PF724": Message("得分超出分值", "score above the points"),
    "PF725": Message("没有完成值却有得分", "score without an actual"),
    "PF726": Message("有完成值却没有得分", "actual without a score"),
    "PF727": Message("得分不是规则能给出的", "a score that the rule can never give"),
    "PF730": Message("备注说已达标，实际未达标", "note claims a target that was missed"),
    "PF731": Message("未达标而没有说明原因", "missed target without a reason"),
    "PF732": Message("完成值与指标值不是一类", "actual is of another kind than the target"),
    "PF733": Message("总述说全部完成，有指标未达标", "text claims that all was achieved"),
    "PF734": Message("名称里的界限与指标值不同", "threshold in the name differs from the target"),
    "PF735": Message("年度目标的文字与指标值不同", "goal in words differs from the target"),
    "PF736": Message("完成情况照抄年度目标", "result repeats the goal"),
    "PF737": Message("文字说没有执行，这一行却算达标", "text says it was not carried out"),
    "PF738": Message("没有作规定的说明", "a required explanation is missing"),
    "PF739": Message("填的是以前年度的数", "figures of an earlier year"),
    "PF740": Message("什么结果都能达到的指标值", "vacuous target"),
    "PF741": Message("完成值远超指标值，没有说明原因", "target far exceeded, no reason given"),
    "PF742": Message("半年与全年的符号不同", "operators differ between periods"),
    "PF743": Message("半年与全年指标值不能同时达到", "half-year and full-year targets exclude each other"),
    "PF744": Message("指标值为零，偏差没有意义", "deviation from a zero target"),
    "PF745": Message("比率高于 100%", "share above 100%"),
    "PF746": Message("不该是负数", "negative amount"),
    "PF747": Message("指标值的方向可疑", "doubtful direction"),
    "PF748": Message("完成值照抄指标值的界限", "actual repeats the target's bound"),
    "PF749": Message("满意度、比率没有依据", "satisfaction or a rate without a basis"),
    "PF750": Message("两格的刻度不同", "two scales in one row"),
    "PF751": Message("百分号与千分号混用", "percent and per mille mixed"),
    "PF752": Message("单位栏或符号栏与单元格矛盾", "column contradicts the cell"),
    "PF753": Message("比率或金额没有写单位", "rate or amount without a unit"),
    "PF754": Message("读不出的单元格", "cell that cannot be read"),
    "PF755": Message("只有一格写了单位", "only one cell gives a unit"),
    "PF756": Message("指标值与完成值单位不同", "target and actual in different units"),
    "PF757": Message("名称是比率，却以个数计", "rate that counts things"),
    "PF758": Message("数值相差悬殊，像是单位写错", "two figures far apart"),
    "PF759": Message("值栏里填的是分值", "points in the value columns"),
    "PF760": Message("同一指标在几张表里指标值不同", "one indicator, two targets"),
    "PF761": Message("同一指标在几张表里完成值不同", "one indicator, two actuals"),
    "PF762": Message("同一数量用了两种刻度", "one amount in two scales"),
    "PF763": Message("项目表的金额超出部门表的项目支出", "projects exceed the department's project spending"),
    "PF764": Message("成本上限与预算不符", "cost limit contradicts the budget"),
    "PF765": Message("成本指标之和与执行数不符", "cost rows contradict the expenditure"),
    "PF766": Message("附表与指标值不同", "annex differs from the target"),
    "PF770": Message("分值与规则集的权重不符", "weights differ from the ruleset"),
    "PF771": Message("缺少规则集的一级指标", "missing block"),
    "PF772": Message("重复的指标", "duplicate indicator"),
    "PF773": Message("印的不是数", "printed figure is no number"),
    "PF774": Message("规则集在这一年没有规则", "ruleset without rules for the year"),
    "PF775": Message("格里存的值与显示的不同", "stored value differs from what is shown"),
    "PF790": Message("接受清单的这一行不是审核发现", "line of the accepted file is no finding"),
    "PF791": Message("没有公布的得分，推不出规则", "no published scores to infer from"),
    "PF792": Message("月份不是 1 到 12", "month is not 1 to 12"),
    "PF793": Message("不能汇总", "cannot be combined"),
}
#: Every code with its title, in order. A code that once stood here is never given to something else.
CODES: Mapping[str, Message] = MappingProxyType(dict(sorted(_TITLES.items())))
#: Codes that are no longer reported, each with the code that reports the same mistakes now. Their pages stay.
WITHDRAWN: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys((f"PF{number}" for number in range(121, 130)), "PF120"),
        "PF134": "PF135",
        "PF138": "PF131",
        "PF139": "PF135",
        "PF141": "PF140",
        "PF142": "PF140",
        "PF143": "PF140",
        "PF144": "PF140",
        "PF145": "PF130",
        "PF146": "PF130",
        "PF147": "PF136",
        "PF148": "PF137",
        "PF149": "PF132",
        "PF150": "PF132",
        "PF164": "PF110",
        "PF329": "PF516",
    }
)


def family(prefix: str) -> dict[str, Message]:
    """Return the codes that start with `prefix`, with their titles.

    >>> list(family("PF10"))[:2]
    ['PF101', 'PF102']
    """
    return {code: title for code, title in CODES.items() if code.startswith(prefix)}


_HEADINGS: dict[Lang, str] = {"zh": "## 中文", "en": "## English"}


def page(code: str, lang: Lang | None = None) -> str:
    """Return the page that documents `code`, as Markdown: title and both languages, or only `lang`.

    A code that was withdrawn has a page that names the code that took its place.

    Raises:
        NotFoundError: PF190 where there is no such code.
    """
    name = code.strip().upper()
    if name not in CODES and name not in WITHDRAWN:
        raise NotFoundError.of(_unknown(code))
    text = (data_dir("codes") / f"{name}.md").read_text(encoding="utf-8")
    return text if lang is None else _only(text, lang)


def _only(text: str, lang: Lang) -> str:
    """Keep the title and the section in `lang`; a page without such sections is kept whole."""
    lines = text.splitlines()
    starts = [number for number, line in enumerate(lines) if line in _HEADINGS.values()]
    if _HEADINGS[lang] not in lines:
        return text
    start = lines.index(_HEADINGS[lang])
    end = next((number for number in starts if number > start), len(lines))
    return "\n".join([*lines[: starts[0]], *lines[start + 2 : end]]).rstrip() + "\n"


def _unknown(code: str) -> Diagnostic:
    families = Message(
        "PF1xx 文件，PF2xx 规则集，PF3xx 单元格，PF4xx 公式，PF5xx 表和评分，PF6xx 例子，PF7xx 审核",
        "PF1xx files, PF2xx rulesets, PF3xx cells, PF4xx formulas, PF5xx forms, PF6xx examples, PF7xx audit",
    )
    shown = shorten(code)
    return Diagnostic(UNKNOWN, Message(f"没有代码 “{shown}”", f"no such code: {shown!r}"), families)
