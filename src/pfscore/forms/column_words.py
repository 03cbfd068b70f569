"""The words of forms: what columns and labels are called, totals, headings, and fields for persons."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from pfscore.foundation.runtime.memory import remembered
from pfscore.foundation.runtime.patterns import Pattern

#: What a column or a label may be called, by the key of the form that it means.
Words = Mapping[str, tuple[str, ...]]
#: Columns of a file of rows that hold for the form as a whole, and labels beside values on a printed form. Rows that
#: differ in one of these belong to different forms…
IDENTITY_COLUMNS: Words = {
    "title": ("表名", "标题"),
    "organisation": (
        *("单位", "单位名称", "部门名称", "实施单位", "项目单位", "预算单位", "填报单位", "项目实施单位", "填报部门"),
        *("资金使用单位", "部门单位名称", "地方主管部门", "省级财政部门", "项目负责单位", "预算部门名称"),
    ),
    "region": ("地区", "所属地区"),
    "year": ("年度", "年份", "评价年度", "自评年度", "预算年度"),
    "kind": ("表的种类",),
    "ruleset": ("规则集",),
    "project": ("项目", "项目名称", "专项名称", "专项资金名称", "转移支付名称", "项目支出名称"),
}
#: …and these have one value in a form.
FORM_COLUMNS: Words = {
    "properties": ("表的属性",),
    "department": ("主管部门", "主管部门及代码", "中央主管部门", "预算部门"),
    "amount_unit": ("金额单位", "单位金额"),
    "goal": (
        *("年度目标", "总体目标", "年初绩效目标", "全年绩效目标", "绩效目标设定", "预期目标", "年初设定目标"),
        *("年度总体目标", "年初目标", "年度绩效目标", "绩效目标", "项目年度目标"),
    ),
    "goal_result": (
        *("年度目标完成情况", "目标完成情况", "绩效目标实际完成情况", "绩效目标完成情况", "目标实际完成情况"),
        *("全年实际完成情况", "年度总体目标完成情况", "总体目标完成情况", "实际完成目标", "年度履职目标完成情况"),
    ),
    "published_points": ("分值合计", "公布的分值合计"),
    "published_total": ("总分", "公布的总分", "自评总分", "总得分", "评价得分", "绩效自评得分", "综合得分"),
    "reviewed_total": ("复核总分", "复评总分", "评审总分"),
    "published_grade": (
        *("等级", "公布的等级", "评价等级", "自评等级", "绩效等级", "自评结论", "评价结果", "评定等级", "自评结果"),
        *("绩效评价等级", "绩效自评等级", "综合等级", "评价等次", "自评等次", "绩效等次", "等次"),
        *("自评得分及等级", "评价得分及等级", "得分及等级", "得分等级", "自评得分等级", "总分及等级"),
    ),
    "form_note": ("表备注",),
}
#: The columns of the headings above an indicator.
LEVELS = ("level1", "level2", "level3")
#: Columns of an indicator row. A budget line shares points, what a person adds, the published score and the note.
INDICATOR_COLUMNS: Words = {
    "level1": ("一级指标", "类别", "分解目标"),
    "level2": ("二级指标", "指标类型"),
    "name": (
        *("三级指标", "指标名称", "指标", "绩效指标", "指标内容", "考核指标", "评价指标", "具体指标", "四级指标"),
    ),
    "level3": ("三级类别",),
    "comparator": ("指标性质", "计算符号", "运算符号", "符号", "指标符号"),
    "target": (
        *("指标值", "年度指标值", "目标值", "年初目标值", "指标目标值", "年初指标值", "年度目标值", "预期指标值"),
        *("计划值", "计划目标值", "年度计划值", "计划完成值", "绩效指标值", "设定目标值", "预期值"),
        *("年度工作目标", "预期目标值", "计划指标值", "年初设定指标值", "年度绩效指标值", "绩效目标值", "全年目标值"),
    ),
    "initial_target": ("调整前指标值",),
    "half_year": ("半年指标值", "半年目标值"),
    "full_year": ("全年指标值",),
    "unit": ("度量单位", "计量单位"),
    "actual": (
        *("完成值", "实际完成值", "全年完成值", "全年实际值", "全年实际完成值", "指标完成值", "实际值", "年度完成值"),
        *("实际完成情况", "实际完成指标值", "完成情况", "全年完成情况", "业绩值", "实际完成", "年度实际完成值"),
    ),
    "actual_source": ("完成值来源", "数据来源", "完成值数据来源"),
    "points": ("分值", "权重", "指标权重", "权数", "满分", "标准分", "标准分值", "指标分值", "权重分值"),
    "share": ("评定比例",),
    "decision": ("评定得分",),
    "rank": ("名次",),
    "deduction": ("扣减",),
    "published_score": (
        *("得分", "公布的得分", "自评得分", "指标得分", "考评得分", "单位自评得分", "自评分", "实际得分", "评分"),
    ),
    "published_deviation": ("偏差", "偏差情况", "偏差率", "偏差度"),
    "completion": ("完成率", "指标完成率", "完成比例"),
    "coefficient": ("得分系数",),
    "reviewed_score": ("复核得分", "复评得分", "财政复核得分", "主管部门评分", "评审得分"),
    "reference": ("参考值", "历史值", "历史参考值", "行业标准", "标杆值", "上年完成值"),
    "core": ("是否核心指标", "核心指标"),
    "criteria": ("评分标准", "评分细则", "计分标准", "评价标准"),
    "explanation": ("指标说明", "指标解释", "指标定义"),
    "note": (
        *("备注", "偏差原因", "原因分析", "偏差原因分析及改进措施", "偏差原因分析与改进措施", "未完成原因分析"),
        *("未完成原因和改进措施", "未完成原因分析及改进措施", "未完成原因分析与改进措施", "偏差原因分析", "说明"),
        *("未完成原因", "偏差原因分析及改进", "原因及措施", "未完成原因及改进措施", "完成情况说明", "偏差说明"),
        *("自评说明", "原因说明", "原因"),
    ),
    "duty": ("重点工作", "职能", "部门职能"),
    "related_project": ("对应项目",),
}
#: Columns of a budget line; a row with something in one of these is one.
BUDGET_COLUMNS: Words = {
    "label": ("资金名称", "资金来源", "预算项目", "资金构成", "预算资金", "项目资金", "预算执行情况"),
    "group": ("预算分组",),
    "initial": ("年初预算数", "年初预算", "年初预算金额", "年初批复数", "预算批复数", "年初部门预算数"),
    "adjustment": ("调整数", "上年度结转及当年预算追加追减数", "预算调整数", "追加追减数"),
    "budget": (
        *("全年预算数", "调整预算数", "调整后预算数", "预算数", "全年调整预算数", "调整预算", "全年预算"),
        *("调整后预算", "预算金额", "年度预算数", "预算安排数", "全年预算金额"),
    ),
    "expenditure": (
        *("全年执行数", "执行数", "实际支出数", "预算执行数", "实际执行数", "全年支出数", "支出数", "全年执行"),
        *("执行金额", "实际支出", "决算数", "实际支出金额"),
    ),
    "planned_half_year": ("半年计划执行数",),
    "published_rate": ("执行率", "预算执行率", "支出进度"),
}
#: All of them; where two tables have a word, it means what the first of them says.
COLUMNS = (IDENTITY_COLUMNS, FORM_COLUMNS, INDICATOR_COLUMNS, BUDGET_COLUMNS)
#: Headings of columns that are passed over.
IGNORED = ("序号", "编号")
#: Labels of the row below a header that marks its columns: 栏次 1 2 3.
_MARK_LABELS = frozenset({"栏次", "列次", "行次", "栏目", "序号", "编号"})
#: Labels whose text is read by a person and is kept as a table: 评价结论, 存在问题, 改进措施.
PROSE = (
    "评价结论",
    "存在问题",
    "存在的问题",
    "改进措施",
    "有关建议",
    "自评结论",
    "其他需要说明的问题",
    "下一步改进措施",
)
TOTALS = frozenset(
    {"合计", "小计", "总计", "总分", "得分合计", "总得分", "自评总分", "分值合计", "合计得分", "总评分", "综合得分"}
)
#: What a row below the totals is called that states the grade.
GRADES = frozenset(FORM_COLUMNS["published_grade"])
#: Labels of fields for persons; what stands in them is not read.
_PERSONS = (
    *(
        "填表人",
        "填报人",
        "项目负责人",
        "财务负责人",
        "联系人",
        "联系电话",
        "联系方式",
        "单位负责人",
        "负责人",
        "审核人",
    ),
    *("制表人", "经办人", "填报日期", "签字", "分管领导", "主要领导", "电话", "填表日期", "复核人", "单位负责人签字"),
    *("填报时间", "填表时间", "评审日期", "审核日期"),
)
#: Headings that stand in a cell of their own, merged over what they head.
HEADINGS = frozenset(
    {
        *(
            "项目资金",
            "年度资金总额",
            "预算执行情况",
            "绩效指标",
            "年度总体目标",
            "年度总体目标完成情况",
            "项目基本情况",
        ),
        *("年度绩效指标", "年度绩效目标", "资金情况", "预算资金情况", "绩效指标完成情况", "自评结果", "绩效自评综述"),
        *("目标完成情况", "预算情况", "部门预算", "整体支出绩效目标", "年度预算", "年度主要任务", "绩效目标"),
        *("项目概况", "基本信息", "年度绩效指标完成情况", "预算执行率", "资金投入情况", "年度目标", "总体目标"),
        *("项目年度目标完成情况",),
    }
)
#: What a person does for the form, before a colon.
_PERSON = Pattern(
    r"(?:填|审|评|复|制|编|校|经|报|统计|联系|负责|主管|分管|验收)\w{0,4}?(?:人|员|领导)(?:[(（]\w*[)）])?[:：]"
)
_BRACKETS = Pattern(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_NUMBERING = Pattern(r"^(?:[一二三四五六七八九十]+[、.]|[0-9]+[、.](?![0-9])|[(][一二三四五六七八九十0-9]+[)])")
_UNIT = Pattern(r"[(（](?:单位[:：])?(万元|亿元|元|千元)[)）]|单位[:：]?(万元|亿元|元|千元)")
_COLUMN_UNIT = Pattern(r"[(](?:(%|‰|万元|亿元|元)|单位[:：]([^()]{1,6}))[)]$")
#: The mark of a column, and what it is computed of: （A）, ③, 甲, C=B/A×100%.
_LETTER = r"[A-Z]|[0-9]{1,2}|[甲乙丙丁戊己庚辛壬癸一二三四五六七八九十]"
_MARK = Pattern(rf"[(\[]?({_LETTER})[)\]]?(?:[=:][=:A-Z0-9甲乙丙丁戊己庚辛壬癸()\[\]+\-*/×÷%.]+)?")
_COMPUTED = Pattern(r"=?[(\[]*[A-Z0-9](?:[A-Z0-9()\[\]]*[-+*/×÷=%])+[A-Z0-9()\[\]%]*")
#: A total and its grade in one cell, without blanks, brackets and signs between them.
_GRADED = Pattern(r"([0-9]+(?:\.[0-9]+)?)分?([^\W\d_]{1,3})|([^\W\d_]{1,3}?)([0-9]+(?:\.[0-9]+)?)分?")
_BETWEEN = Pattern(r"[\s(（)）,，、;；:：/]")
_POINTS = Pattern(r"[(（]([0-9]+(?:\.[0-9]+)?)分[)）]")


@remembered
def folded(text: str) -> str:
    """Return printed words without blanks, line breaks, bracketed notes, numbering and closing signs.

    >>> folded("年度\\n指标值（A）"), folded("执行率（％）："), folded("一、项目 资金")
    ('年度指标值', '执行率', '项目资金')
    """
    compact = "".join(unicodedata.normalize("NFKC", text).split())
    bare = _BRACKETS.sub("", compact)
    while bare != (shorter := _BRACKETS.sub("", bare)):
        bare = shorter
    return _NUMBERING.sub("", bare or compact).strip(":：*★、.。-—/")


def are_marks(texts: Sequence[str]) -> bool:
    """Return whether the cells of a row do nothing but mark columns by letters or numbers: A, B, C=B/A; 1, 2, 3.

    Numbers without brackets are marks where at least three of them count up.

    >>> are_marks(["（A）", "（B）"]), are_marks(["①", "②", "③=②/①"]), are_marks(["栏次", "1", "2", "3"])
    (True, True, True)
    >>> are_marks(["3", "2", "10"]), are_marks(["1", "2"]), are_marks(["A", "A"]), are_marks(["A", "1", "2", "3"])
    (False, False, False, False)
    """
    plain = ["".join(unicodedata.normalize("NFKC", text).split()).upper() for text in texts]
    plain = [text for text in plain if any(map(str.isalnum, text))]
    plain = plain[1:] if plain and plain[0] in _MARK_LABELS else plain
    found = [match for text in plain if (match := _MARK.fullmatch(text)) is not None]
    if any(_MARK.fullmatch(text) is None and _COMPUTED.fullmatch(text) is None for text in plain):
        return False
    marks = [match[1] for match in found]
    bare = [int(text) for text in map(str.strip, texts) if text.isascii() and text.isdigit()]
    if bare and any(map(str.isascii, filter(str.isalpha, marks))):
        return False  # a name of one letter beside its numbers
    if bare and (len(marks) < _LEAST_NUMBERS or bare != list(range(bare[0], bare[0] + len(bare)))):
        return False
    return 1 < len(marks) == len(set(marks))


#: How many numbers have to count up.
_LEAST_NUMBERS = 3


def amount_unit(text: str) -> str | None:
    """Return the unit of amounts that a heading states.

    >>> amount_unit("年初预算数（万元）")
    '万元'
    """
    found = _UNIT.search("".join(unicodedata.normalize("NFKC", text).split()))
    return None if found is None else found[1] or found[2]


def column_unit(text: str) -> str | None:
    """Return the unit that the header of a column of values states.

    >>> column_unit("年度指标值（％）"), column_unit("完成值（单位：亩）"), column_unit("指标值（A）")
    ('%', '亩', None)
    """
    found = _COLUMN_UNIT.search("".join(unicodedata.normalize("NFKC", text).split()))
    return None if found is None else found[1] or found[2]


def stated_points(text: str) -> str | None:
    """Return the points that a heading states for its block.

    >>> stated_points("产出指标（50分）")
    '50'
    """
    found = _POINTS.search("".join(text.split()))
    return None if found is None else found[1]


def total_and_grade(text: str) -> tuple[str | None, str]:
    """Return the total and the grade that one cell states; a grade alone has no total.

    >>> total_and_grade("95分（优）"), total_and_grade("良好 88.5"), total_and_grade("优")
    (('95', '优'), ('88.5', '良好'), (None, '优'))
    """
    found = _GRADED.fullmatch(_BETWEEN.sub("", text))
    return (None, text.strip()) if found is None else (found[1] or found[4], found[2] or found[3])


def bare_heading(text: str) -> str:
    """Return the words of a heading without line breaks and without the points that it states.

    >>> bare_heading("产出\\n指标（50分）")
    '产出指标'
    """
    return _POINTS.sub("", "".join(text.split()))


def meanings(*tables: Words) -> dict[str, str]:
    """Return the key that each word means; the first table that has a word counts.

    >>> meanings({"points": ("分值", "权重")})
    {'分值': 'points', '权重': 'points'}
    """
    found: dict[str, str] = {}
    for columns in tables:
        for key, words in columns.items():
            for word in words:
                found.setdefault(word, key)
    return found


def is_person(text: str) -> bool:
    """Return whether a text is the label of a field for persons, or begins with one.

    >>> is_person("评审员（签字）：王某"), is_person("培训人员")
    (True, False)
    """
    return folded(text).startswith(_PERSONS) or _PERSON.match("".join(text.split())) is not None
