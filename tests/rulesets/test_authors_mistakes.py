"""What an author who knows the law and not the tool gets wrong, each told once, at its place, with what to write."""

from __future__ import annotations

from pfscore.checking.check import check_text
from pfscore.foundation.diagnostics import Severity
from tests.tables import each

_RIGHT = """\
ruleset: cn-demo/project
title: 某市项目支出绩效自评办法
jurisdiction: CN
kind: project
status: draft

sources:
  - key: 办法
    title: 某市项目支出绩效自评办法
    evidence: restated

form:
  - since: 2024
    cite: {source: 办法, at: 第三条}
    total: 100

rules:
  - id: staff
    title: 在职人员控制率
    applies:
      name: 在职人员控制率
    versions:
      - since: 2024
        cite:
          source: 办法
          at: 第五条
          quote: 每超过一个百分点扣0.5分，扣完为止
        points: 10
        target: "≤100%"
        formula: 扣完为止(分值, 逐级扣分(完成值 - 指标值, 每=1%, 扣=0.5, 零头=按比例))
        examples:
          - {actual: 100%, score: 10}
          - {actual: 103%, score: 8.5}
"""
_FORMULA = "formula: 扣完为止(分值, 逐级扣分(完成值 - 指标值, 每=1%, 扣=0.5, 零头=按比例))"
_BANDS = """bands:
          of: 完成值
          table:
            - {{range: "(-∞, 100%]", points: {}}}
            - {{range: "{}", points: 0}}
        steps: 各档"""


_CHECKLIST = """checklist:
          - {item: 有方案, points: 4}
          - {item: 有台账, points: 6}"""


def _said(right: str, wrong: str) -> list[tuple[str, int, str]]:
    assert right in _RIGHT
    found = check_text(_RIGHT.replace(right, wrong, 1)).of(Severity.ERROR)
    return [
        (one.code, 0 if one.span is None else one.span.line, "" if one.hint is None else one.hint.zh) for one in found
    ]


def test_the_ruleset_itself_is_right() -> None:
    assert _said("title", "title") == []
    assert _said("points: 10", "points: １０") == []
    assert _said(_FORMULA, _FORMULA.translate(str.maketrans("(),-=%.", "（），－＝％．"))) == []


@each(
    ("right", "wrong", "code", "line", "hint"),
    [
        # Signs of the input method.
        ('target: "≤100%"', 'target: "≤100%', "PF136", 29, '在文字末尾补上 "'),
        ('target: "≤100%"', "target: “≤100%”", "PF132", 29, '改为 "≤100%"'),
        ('target: "≤100%"', "target: ‘≤100%’", "PF132", 29, '改为 "≤100%"'),
        ('target: "≤100%"', "target: 「≤100%」", "PF132", 29, '改为 "≤100%"'),
        ("points: 10", "points：10", "PF131", 28, "改为 “points: ”"),
        ("points: 10", "points:10", "PF131", 28, "改为 “points: ”"),
        ("        points: 10", "　　　　points: 10", "PF132", 28, "改为半角空格"),
        ("        points: 10", "\t\tpoints: 10", "PF133", 28, "改为空格"),
        ("- {actual: 100%, score: 10}", "- {actual: 100%，score: 10}", "PF132", 32, "改为半角的 “,”"),
        ("- {actual: 100%, score: 10}", "- {actual: 100%； score: 10}", "PF132", 32, "改为半角的 “,”"),
        ("- {actual: 100%, score: 10}", "- {actual: 100%、 score: 10}", "PF132", 32, "改为半角的 “,”"),
        ("- {actual: 100%, score: 10}", "-{actual: 100%, score: 10}", "PF137", 32, "改为 “- ”"),
        ("  - id: staff", "  -id: staff", "PF137", 18, "改为 “- ”"),
        ("扣0.5分，扣完为止", "扣0.5分 #扣完为止", "PF135", 27, "请给整段加引号"),
        ("at: 第三条}", 'at: "第三条}', "PF136", 14, '在文字末尾补上 "'),
        # Keys and values.
        ("points: 10", "Points: 10", "PF201", 28, "是不是 “points”？"),
        ("points: 10", "分值: 10", "PF201", 28, "写 points"),
        ("points: 10", "points: 10分", "PF205", 28, "单位不写在数里：写 10"),
        ("    applies:\n      name: 在职", "    name: 在职", "PF201", 20, "“name” 写在 rules 的 applies 里"),
        ("    applies:\n      name: 在职人员控制率\n", "", "PF236", 26, "在 applies 里写 name"),
        ("evidence: restated", "evidence: 转述", "PF203", 10, "是不是 “restated”？"),
        ("kind: project", "kind: 部门整体支出", "PF203", 4, "是不是 “department”？"),
        ("status: draft", "status: 草案", "PF203", 5, "是不是 “draft”？"),
        ("total: 100", "not_applicable: 满分", "PF203", 15, "是不是 “full”？"),
        ("{source: 办法, at: 第三条}", "办法第三条", "PF204", 14, "写成 cite: {source: …}"),
        ("total: 100", "either: [甲, 乙]", "PF204", 15, "每项写成 - {names: …}"),
        ("total: 100", "properties: {地区: [东部, 西部]}", "PF204", 15, "每项写成 - {name: …, values: …}"),
        # Ranges and bands.
        (_FORMULA, _BANDS.format("8-10分", "(100%, +∞)"), "PF207", 33, '写成 "[8, 10]"'),
        (_FORMULA, _BANDS.format(10, "[101%, +∞)"), "PF217", 34, "方括号含端点"),
        (_FORMULA, _BANDS.format(10, "(100, +∞)"), "PF207", 34, '写成 "(100%, +∞)"'),
        (_FORMULA, _BANDS.format(10, "超标"), "PF207", 34, "写成 [60%, 80%)：方括号含端点"),
        ("points: 10", "adjusts: 最多加2分", "PF207", 28, "方括号含端点"),
        # Formulas as a spreadsheet has them.
        (_FORMULA, "formula: =分值*完成率", "PF402", 30, "公式前面不写 “=”"),
        (_FORMULA, "formula: 分值 - 1个百分点 * 5", "PF402", 30, "百分点写 %，如 1%"),
        (_FORMULA, "formula: IF(达标,分值,0)", "PF411", 30, "写 如果 条件 则 … 否则 …"),
        (_FORMULA, "formula: IFERROR(完成值/指标值,0)", "PF411", 30, "如果 指标值 = 0 则"),
        (_FORMULA, "formula: AVERAGE(完成值,指标值)", "PF411", 30, "写 (甲 + 乙) / 2"),
        (_FORMULA, "formula: SUMIF(完成值,1)", "PF411", 30, "公式只看一行"),
        (_FORMULA, "formula: VLOOKUP(完成值,1)", "PF411", 30, "bands 或 levels"),
        (_FORMULA, "formula: 最大值(0, 分值)", "PF411", 30, "是否想写 “max”？"),
        (_FORMULA, "formula: 分值 - 2x完成值", "PF402", 30, "乘号写 “*” 或 “×”"),
        (_FORMULA, "formula: 分值减去2乘以完成值", "PF402", 30, "“减去”写成 “-”"),
        (_FORMULA, "formula: 分值乘以完成率", "PF410", 30, "“乘以”写成 “*”"),
        # One reason for which all examples fail.
        ('target: "≤100%"', "target: 不超编", "PF603", 32, "PF5"),
        ('target: "≤100%"', 'target: "≤100"', "PF603", 32, "PF517 指标值“≤100”没有写单位"),
        (f'target: "≤100%"\n        {_FORMULA}', _CHECKLIST, "PF603", 33, "例子里写 decision: 10"),
    ],
)
def test_each_is_told_once_with_the_way_out(right: str, wrong: str, code: str, line: int, hint: str) -> None:
    ((found, at, advice),) = _said(right, wrong)
    assert (found, at) == (code, line)
    assert hint in advice


def test_a_gap_between_percentages_is_told_in_percent() -> None:
    wrong = _RIGHT.replace(_FORMULA, _BANDS.format(10, "[101%, +∞)"))
    (found,) = check_text(wrong).of(Severity.ERROR)
    assert found.message.zh == "分档有空缺：100% 与 101% 之间没有档"


def test_a_list_in_full_width_brackets_is_one_mistake() -> None:
    assert [code for code, _, _ in _said("- {actual: 100%, score: 10}", "- ｛actual: 100%, score: 10｝")] == ["PF132"]
