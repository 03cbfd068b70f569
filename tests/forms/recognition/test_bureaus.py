"""Files as bureaus of finance make them, in layouts that no published form has, and what must be read of each."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from openpyxl.worksheet.worksheet import Worksheet

import pfscore
from tests.office.made import Row, Table, document, old_workbook, page, workbook

HEAD: Row = ["三级指标", "年度指标值", "实际完成值", "分值", "得分"]
TITLE = "2023年度项目支出绩效自评表"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(data: bytes) -> pfscore.Form:
    [form] = pfscore.load_forms(data)
    assert form.problems == ()
    return form


def rows(form: pfscore.Form, *keys: str) -> list[tuple[str | None, ...]]:
    return [tuple(getattr(row, key) for key in keys) for row in form.indicators]


def plain(form: pfscore.Form) -> list[tuple[str | None, ...]]:
    return rows(form, "name", "target", "actual", "points", "published_score")


def unread(form: pfscore.Form) -> list[tuple[str, str]]:
    return [(cell.text, cell.reason) for cell in form.unread if not cell.by_design]


def sheet_of(cells: dict[str, tuple[object, str]], rows_: Sequence[Sequence[object]]) -> bytes:
    """Write rows to a sheet, and over them cells with number formats."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows_:
        sheet.append(list(row))
    for address, (value, code) in cells.items():
        sheet[address] = value
        sheet[address].number_format = code
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("write", [workbook, old_workbook, document, page])
class TestTables:
    def test_groups_over_columns_and_a_line_of_labels(self, write: Any) -> None:
        table: list[Row] = [
            [(TITLE, 9)],
            [("填报单位：某市农业农村局      2023年度      单位：万元", 9)],
            ["项目名称", ("高标准农田建设", 3), "主管部门", ("某市农业农村局", 4)],
            [
                *(("一级指标", 1, 2), ("二级指标", 1, 2), ("三级指标", 1, 2)),
                *(("年度指标", 2), ("完成情况", 2), ("自评", 2)),
            ],
            ["指标值", "计量单位", "实际完成值", "偏差原因及改进措施", "分值", "得分"],
            [("产出指标", 1, 2), ("数量指标", 1, 2), "建设面积", "≥5", "万亩", "5.2", "", "20", "20"],
            ["新建机井", "≥10", "眼", "9", "一眼因地质原因取消", "10", "9"],
            [("总分", 7), "30", "29"],
            [("填表人：张三", 3), ("联系电话：12345678", 6)],
        ]
        form = read(write([([], table)]))
        assert (form.title, form.organisation, form.department, form.project) == (
            *(TITLE, "某市农业农村局"),
            *("某市农业农村局", "高标准农田建设"),
        )
        assert (form.year, form.amount_unit, form.published_total) == (2023, "万元", "29")
        assert rows(form, "name", "target", "unit", "actual", "points", "published_score", "note") == [
            ("建设面积", "≥5", "万亩", "5.2", "20", "20", None),
            ("新建机井", "≥10", "眼", "9", "10", "9", "一眼因地质原因取消"),
        ]
        assert unread(form) == []
        assert "张三" not in form.model_dump_json()

    def test_several_forms_below_each_other(self, write: Any) -> None:
        table: list[Row] = []
        for project, score in (("甲项目", "9"), ("乙项目", "10"), ("丙项目", "8")):
            table += [
                [("项目支出绩效自评表", 5)],
                [("（2023年度）", 5)],
                ["项目名称", (project, 2), "实施单位", "某局"],
                HEAD,
                ["次数", "≥5次", "4次", "10", score],
                ["合计", "", "", "10", score],
                ["单位负责人（签字）：", "", "填表人：李四", "", ""],
                ["", "", "", "", ""],
            ]
        found = pfscore.load_forms(write([([], table)]))
        assert [(form.project, form.year, form.published_total, plain(form)) for form in found] == [
            (project, 2023, score, [("次数", "≥5次", "4次", "10", score)])
            for project, score in (("甲项目", "9"), ("乙项目", "10"), ("丙项目", "8"))
        ]
        assert [unread(form) for form in found] == [[], [], []]

    def test_notes_and_totals_among_the_rows(self, write: Any) -> None:
        table: list[Row] = [
            [("2022年度部门整体支出绩效自评表", 8)],
            ["一级指标", "二级指标", *HEAD, "未完成原因分析"],
            [("产出指标", 1, 2), ("数量指标", 1, 2), "培训人数", "≥100人", "90人", "10", "9", "疫情"],
            ["培训期数", "≥3期", "3期", "10", "10", ""],
            [("小计", 5), "20", "19", ""],
            [("注：以下指标由业务科室填报，数据来源见台账。", 8)],
            ["效益指标", "社会效益", "知晓率", "≥90%", "92%", "10", "10", ""],
            [("小计", 5), "10", "10", ""],
            [("合计", 5), "30", "29", ""],
            [("说明：得分保留整数。", 8)],
            [("评审人：王五", 5), ("日期：2023年3月1日", 3)],
        ]
        form = read(write([([], table)]))
        assert (form.kind, form.published_points, form.published_total) == ("department", "30", "29")
        assert plain(form) == [
            ("培训人数", "≥100人", "90人", "10", "9"),
            ("培训期数", "≥3期", "3期", "10", "10"),
            ("知晓率", "≥90%", "92%", "10", "10"),
        ]
        assert [(one.title, one.rows) for one in form.tables] == [
            ("小计", (("产出指标", "20", "19"), ("效益指标", "10", "10")))
        ]
        assert unread(form) == []

    @pytest.mark.parametrize("of_block", [[], [[("小计", 5), "40", "39", ""]]])
    def test_sums_of_the_second_level(self, write: Any, of_block: list[Row]) -> None:
        table: list[Row] = [
            [("2022年度项目支出绩效自评表", 8)],
            ["一级指标", "二级指标", *HEAD, "未完成原因分析"],
            ["产出指标", "数量指标", "培训人数", "≥100人", "90人", "10", "9", "疫情"],
            ["产出指标", "数量指标", "培训期数", "≥3期", "3期", "10", "10", ""],
            [("小计", 5), "20", "19", ""],
            ["产出指标", "质量指标", "合格率", "≥90%", "92%", "20", "20", ""],
            [("小计", 5), "20", "20", ""],
            *of_block,
            ["效益指标", "社会效益", "知晓率", "≥90%", "92%", "10", "10", ""],
            [("小计", 5), "10", "10", ""],
            [("合计", 5), "50", "49", ""],
        ]
        form = read(write([([], table)]))
        sums = [("数量指标", "20", "19"), ("质量指标", "20", "20"), ("效益指标", "10", "10")]
        sums[2:2] = [("产出指标", "40", "39")] if of_block else []
        assert [(one.title, one.rows) for one in form.tables] == [("小计", tuple(sums))]
        assert pfscore.audit(form, select=["PF710"]) == []

    def test_columns_in_an_unusual_order(self, write: Any) -> None:
        table: list[Row] = [
            [(TITLE, 11)],
            [
                *("序号", "得分", "分值", "实际完成值", "度量单位", "指标值", "指标性质", "三级指标", "二级指标"),
                *("一级指标", "偏差原因分析"),
            ],
            ["1", "10", "10", "120", "人", "100", "≥", "人数", ("数量指标", 1, 2), ("产出指标", 1, 2), ""],
            ["2", "8", "10", "4", "次", "5", "≥", "次数", "取消一次"],
            ["合计", "18", "20", ("", 8)],
        ]
        form = read(write([([], table)]))
        assert [row.path for row in form.indicators] == [("产出指标", "数量指标")] * 2
        assert rows(form, "name", "comparator", "target", "unit", "actual", "note") == [
            ("人数", "≥", "100", "人", "120", None),
            ("次数", "≥", "5", "次", "4", "取消一次"),
        ]
        assert (form.published_points, form.published_total) == ("20", "18")

    def test_amounts_beside_their_labels(self, write: Any) -> None:
        table: list[Row] = [
            [(TITLE, 4)],
            ["项目名称", "某项目", "实施单位", "某局"],
            ["年初预算数（万元）", "100", "全年预算数（万元）", "90"],
            ["全年执行数（万元）", "81", "预算执行率", "90%"],
            HEAD[:4],
            ["人数", "≥5人", "6人", "90"],
        ]
        form = read(write([([], table)]))
        [line] = form.budget
        assert (line.initial, line.budget, line.expenditure, line.published_rate) == ("100", "90", "81", "90%")
        assert (form.amount_unit, unread(form)) == ("万元", [])

    def test_four_levels(self, write: Any) -> None:
        table: list[Row] = [
            [("2023年度部门整体绩效自评表", 8)],
            ["一级指标", "二级指标", "三级指标", "四级指标", *HEAD[1:]],
            [("产出指标", 1, 3), ("数量指标", 1, 3), ("培训", 1, 2), "培训人数", "≥5人", "6人", "10", "10"],
            ["培训期数", "≥2期", "2期", "10", "10"],
            ["宣传", "宣传次数", "≥3次", "3次", "10", "10"],
        ]
        form = read(write([([], table)]))
        assert rows(form, "path", "name") == [
            (("产出指标", "数量指标", "培训"), "培训人数"),
            (("产出指标", "数量指标", "培训"), "培训期数"),
            (("产出指标", "数量指标", "宣传"), "宣传次数"),
        ]

    def test_blocks_in_rows_of_their_own(self, write: Any) -> None:
        table: list[Row] = [
            [(TITLE, 5)],
            ["绩效指标", *HEAD[1:]],
            [("一、产出指标（50分）", 5)],
            ["数量指标：培训人数", "≥5人", "6人", "50", "50"],
            [("二、效益指标（40分）", 5)],
            ["社会效益：知晓率", "≥80%", "85%", "40", "40"],
            ["合计", "", "", "90", "90"],
        ]
        form = read(write([([], table)]))
        assert rows(form, "path", "name") == [
            (("产出指标",), "数量指标：培训人数"),
            (("效益指标",), "社会效益：知晓率"),
        ]
        assert [(one.title, one.rows) for one in form.tables] == [
            ("各部分分值", (("产出指标", "50分"), ("效益指标", "40分")))
        ]
        assert unread(form) == []

    def test_seals_notes_of_reviewers_and_goals(self, write: Any) -> None:
        table: list[Row] = [
            [("某市2023年度市级财政项目支出绩效自评表", 9)],
            [("（盖章）单位名称：某局", 4), ("填报时间：2024年1月10日", 5)],
            [("项目名称", 2), ("某项目", 4), "项目负责人", ("赵六", 2)],
            [
                *(("资金情况\n（万元）", 1, 4), ("", 2), "年初预算数", "全年预算数", "全年执行数"),
                *("分值", "执行率", "得分"),
            ],
            [("年度资金总额：", 2), "100.00", "120.00", "110.00", "10", "91.67%", "9.17"],
            [("其中：本级财政资金", 2), "100.00", "100.00", "95.00", "—", "95%", "—"],
            [("      上级转移支付", 2), "0", "20.00", "15.00", "—", "75%", "—"],
            [("总体\n目标", 1, 2), ("年初设定目标", 3), ("全年实际完成情况", 5)],
            [("目标1：完成建设；目标2：培训。", 3), ("建设完成；培训完成。", 5)],
            [("绩效\n指标", 1, 2), "一级指标", "二级指标", *HEAD, "偏差原因分析及改进措施"],
            ["产出指标", "数量指标", "建设数量", "≥5处", "5处", "40", "40", ""],
            [("总分", 6), "50", "49.17", ""],
            [("审核意见：同意。", 6), ("审核人：钱七", 3)],
        ]
        form = read(write([([], table)]))
        assert (form.organisation, form.project, form.goal, form.goal_result) == (
            *("某局", "某项目"),
            *("目标1：完成建设；目标2：培训。", "建设完成；培训完成。"),
        )
        assert [(line.label, line.budget, line.points) for line in form.budget] == [
            ("年度资金总额", "120.00", "10"),
            ("其中：本级财政资金", "100.00", None),
            ("上级转移支付", "20.00", None),
        ]
        assert (plain(form), form.published_total, unread(form)) == (
            [("建设数量", "≥5处", "5处", "40", "40")],
            "49.17",
            [],
        )
        assert not any(name in form.model_dump_json() for name in ("赵六", "钱七"))

    def test_the_score_of_a_reviewer_and_the_reason_for_it(self, write: Any) -> None:
        table: list[Row] = [
            [(TITLE, 7)],
            ["三级指标", "年度指标值", "实际完成值", "分值", "自评得分", "财政复核得分", "扣分原因"],
            ["人数", "≥5人", "6人", "10", "10", "9", "资料不全"],
            ["合计", "", "", "10", "10", "9", ""],
        ]
        form = read(write([([], table)]))
        assert rows(form, "published_score", "reviewed_score", "note") == [("10", "9", "资料不全")]
        assert (form.published_total, form.reviewed_total, unread(form)) == ("10", "9", [])

    def test_a_budget_whose_lines_are_columns(self, write: Any) -> None:
        table: list[Row] = [
            [(TITLE, 4)],
            ["项目资金（万元）", "年度资金总额", "财政拨款", "其他资金"],
            ["年初预算数", "100", "90", "10"],
            ["全年预算数", "110", "100", "10"],
            ["全年执行数", "99", "90", "9"],
            ["执行率", "90%", "90%", "90%"],
            HEAD[:4],
            ["人数", "≥5人", "6人", "90"],
        ]
        form = read(write([([], table)]))
        assert [(one.label, one.initial, one.budget, one.expenditure, one.published_rate) for one in form.budget] == [
            ("年度资金总额", "100", "110", "99", "90%"),
            ("财政拨款", "90", "100", "90", "90%"),
            ("其他资金", "10", "10", "9", "90%"),
        ]
        assert unread(form) == []

    def test_several_goals(self, write: Any) -> None:
        table: list[Row] = [
            [(TITLE, 5)],
            [("年度总体目标", 1, 3), ("预期目标", 2), ("实际完成情况", 2)],
            [("目标1：培训200人", 2), ("培训215人", 2)],
            [("目标2：建设3处", 2), ("建设3处", 2)],
            HEAD,
            ["人数", "≥200人", "215人", "90", "90"],
        ]
        form = read(write([([], table)]))
        assert (form.goal, form.goal_result) == ("目标1：培训200人", "培训215人")
        assert [(goal.text, goal.result) for goal in form.further_goals] == [("目标2：建设3处", "建设3处")]
        assert unread(form) == []

    def test_remarks_below_that_are_not_merged(self, write: Any) -> None:
        table: list[Row] = [
            HEAD,
            ["人数", "≥5人", "6人", "10", "10"],
            ["总分", "", "", "10", "10"],
            ["自评结论", "该项目完成较好，自评得分10分，等级为优。", "", "", ""],
            ["主管部门审核意见：\n同意。\n（盖章）\n2024年1月10日", "", "", "", ""],
            ["说明：1.其他资金包括自筹。2.定量指标完成值汇总原则…", "", "", "", ""],
        ]
        form = read(write([([TITLE], table)]))
        assert plain(form) == [("人数", "≥5人", "6人", "10", "10")]
        assert [one.title for one in form.tables] == ["自评结论", "主管部门审核意见"]
        assert unread(form) == []

    def test_lists_of_forms_covers_and_instructions_are_no_forms(self, write: Any) -> None:
        listed: Table = (
            ["2023年度项目支出绩效自评情况汇总表"],
            [
                ["序号", "项目名称", "预算数（万元）", "执行数（万元）", "自评得分", "备注"],
                ["1", "甲项目", "100", "90", "95", ""],
                ["2", "乙项目", "50", "50", "98", ""],
            ],
        )
        one: Table = (
            [TITLE],
            [["项目名称", "甲项目", "实施单位", "某局", ""], HEAD, ["人数", "≥5人", "6人", "100", "95"]],
        )
        cover: Table = ([], [["某市2023年度绩效自评材料"], ["2024年2月"]])
        form = read(write([cover, listed, one]))
        assert (form.project, plain(form), unread(form)) == ("甲项目", [("人数", "≥5人", "6人", "100", "95")], [])
        assert [table.title for table in form.tables] == ["2023年度项目支出绩效自评情况汇总表"]

    def test_labels_with_one_character_a_line_and_full_width_words(self, write: Any) -> None:
        table: list[Row] = [
            [("２０２３年度　项目支出绩效自评表", 9)],
            [
                *(("绩\n效\n指\n标", 1, 2), "一\n级\n指\n标", "二　级　指　标", "三级\n指标", "年度\n指标值\n（Ａ）"),
                *("全年\n实际值\n（Ｂ）", "分\n值", "得　分", "偏差原因\n分析及改\n进措施"),
            ],
            ["产\n出\n指\n标", "数量\n指标", "培训\n人数", "≥５人", "６人", "１０", "１０", ""],
        ]
        form = read(write([([], table)]))
        assert (form.year, rows(form, "path", "name", "target", "actual")) == (
            2023,
            [(("产出指标", "数量指标"), "培训人数", "≥５人", "６人")],
        )


def test_units_that_live_in_number_formats() -> None:
    cells: dict[str, tuple[object, str]] = {
        "B3": (500, '"≥"0"人"'),
        "C3": (512, '0"人"'),
        "B4": (0.95, '"≥"0%'),
        "C4": (0.968, "0.0%"),
        "B5": (1234567, '"≥"#,##0"元"'),
        "C5": (1300000, '#,##0"元"'),
    }
    form = read(sheet_of(cells, [[TITLE], HEAD, ["人数"], ["合格率"], ["产值"]]))
    assert rows(form, "name", "target", "actual") == [
        ("人数", "≥500人", "512人"),
        ("合格率", "≥95%", "96.8%"),
        ("产值", "≥1,234,567元", "1,300,000元"),
    ]


def test_dates_in_chinese() -> None:
    day = datetime.date(2023, 11, 20)
    cells: dict[str, tuple[object, str]] = {
        "C3": (day, 'yyyy"年"m"月"d"日"'),
        "C4": (day, '[$-804]yyyy"年"m"月"d"日";@'),
        "C5": (day, 'm"月"d"日"'),
        "C6": (day, '[DBNum1][$-804]yyyy"年"m"月"d"日"'),
    }
    form = read(sheet_of(cells, [[TITLE], HEAD, *([name, "12月底前"] for name in "甲乙丙丁")]))
    expected = ["2023年11月20日", "2023年11月20日", "11月20日", "二〇二三年十一月二十日"]
    assert [row.actual for row in form.indicators] == expected


def test_hidden_rows_are_listed() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in ([TITLE], HEAD, ["人数", "≥5人", "6人", 10, 10], ["旧指标", "≥1人", "1人", 5, 5]):
        sheet.append(list(row))
    sheet.row_dimensions[4].hidden = True
    stream = io.BytesIO()
    book.save(stream)
    form = read(stream.getvalue())
    assert plain(form) == [("人数", "≥5人", "6人", "10", "10")]
    assert {reason for _, reason in unread(form)} == {"在隐藏的行里"}


PAGES: list[Table] = [
    (
        [TITLE, "项目名称：某项目      实施单位：某局"],
        [
            ["一级指标", "二级指标", *HEAD],
            ["产出指标", "数量指标", "人数", "≥5人", "6人", "50", "50"],
            ["", "质量指标", "合格率", "≥90%", "95%", "10", "10"],
        ],
    ),
    (
        [],
        [
            ["一级指标", "二级指标", *HEAD],
            ["", "时效指标", "完成时间", "12月底前", "12月10日", "20", "20"],
            ["效益指标", "社会效益", "满意", "满意", "满意", "20", "20"],
            ["总分", "", "", "", "", "100", "100"],
        ],
    ),
]


@pytest.mark.parametrize("is_repeated", [True, False])
@pytest.mark.parametrize("write", [document, page])
def test_a_table_that_two_pages_cut_with_the_header_or_without(write: Any, is_repeated: bool) -> None:
    (before, first), (_, second) = PAGES
    form = read(write([(before, first), ([], second if is_repeated else second[1:])]))
    assert (form.project, form.organisation, form.published_total) == ("某项目", "某局", "100")
    assert [row.path for row in form.indicators] == [
        ("产出指标", "数量指标"),
        ("产出指标", "质量指标"),
        ("产出指标", "时效指标"),
        ("效益指标", "社会效益"),
    ]
    assert unread(form) == []


def word(fill: Any) -> pfscore.Form:
    """Read a document of a title and a table of two rows, changed by `fill`."""
    made = docx.Document()
    title = made.add_paragraph()
    table = made.add_table(3, 5, "Table Grid")
    for row, cells in enumerate((HEAD, ["人数", "≥", "", "10", "10"], ["次数", "≥5次", "", "10", "8"])):
        for column, text in enumerate(cells):
            table.cell(row, column).text = str(text)
    fill(title, table)
    stream = io.BytesIO()
    made.save(stream)
    return read(stream.getvalue())


def test_tracked_changes_and_content_controls() -> None:
    def fill(title: Any, table: Any) -> None:
        title.add_run(TITLE)
        for row, column, xml in (
            (1, 1, '<w:del {} w:id="1" w:author="a"><w:r><w:delText>500</w:delText></w:r></w:del>'),
            (1, 1, '<w:ins {} w:id="2" w:author="a"><w:r><w:t>600人</w:t></w:r></w:ins>'),
            (1, 2, "<w:sdt {}><w:sdtContent><w:r><w:t>610人</w:t></w:r></w:sdtContent></w:sdt>"),
            (2, 2, '<w:moveTo {} w:id="3" w:author="a"><w:r><w:t>4次</w:t></w:r></w:moveTo>'),
        ):
            table.cell(row, column).paragraphs[0]._p.append(parse_xml(xml.format(W)))

    assert rows(word(fill), "name", "target", "actual") == [("人数", "≥600人", "610人"), ("次数", "≥5次", "4次")]


def test_text_boxes_in_a_paragraph_and_in_a_cell() -> None:
    def box(text: str) -> Any:
        content = f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
        spaces = f'{W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        choice = f'<mc:Choice Requires="wps"><w:drawing>{content}</w:drawing></mc:Choice>'
        fallback = f"<mc:Fallback><w:pict>{content}</w:pict></mc:Fallback>"
        return parse_xml(f"<w:r {spaces}><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>")

    def fill(title: Any, table: Any) -> None:
        title.add_run("项目名称：某项目")
        title._p.append(box(TITLE))
        table.cell(2, 2).paragraphs[0]._p.append(box("4次"))

    form = word(fill)
    assert (form.title, form.project, form.indicators[1].actual) == (TITLE, "某项目", "4次")


def test_a_page_laid_out_by_tables() -> None:
    menu = "<table><tr><td>首页</td><td>政务公开</td></tr></table>"
    lines = "".join(
        f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in (HEAD, ["人数", "≥5人", "6人", "10", "10"])
    )
    body = f"<tr><td>{menu}</td></tr><tr><td><h1>{TITLE}</h1><table>{lines}</table></td></tr><tr><td>版权所有</td></tr>"
    form = read(f"<html><body><table>{body}</table></body></html>".encode())
    assert (form.title, plain(form)) == (TITLE, [("人数", "≥5人", "6人", "10", "10")])
    framed = f"<h1>{TITLE}</h1><table><tr><td><table>{lines}</table></td></tr></table>"
    above = read(f"<html><body>{framed}</body></html>".encode())
    assert (above.title, plain(above)) == (form.title, plain(form))


def test_a_title_in_a_frame_of_its_own() -> None:
    made = docx.Document()
    frame = made.add_table(1, 1, "Table Grid").cell(0, 0)
    frame.text = TITLE
    inner = frame.add_table(2, 5)
    for row, cells in enumerate((HEAD, ["人数", "≥5人", "6人", "10", "10"])):
        for column, text in enumerate(cells):
            inner.cell(row, column).text = str(text)
    stream = io.BytesIO()
    made.save(stream)
    form = read(stream.getvalue())
    assert (form.title, form.year, plain(form), unread(form)) == (
        *(TITLE, 2023),
        *([("人数", "≥5人", "6人", "10", "10")], []),
    )


NOTES = ["注：1.得分不超过分值上限。", "2.完成值保留两位小数。"]


@pytest.mark.parametrize(
    ("write", "is_paragraph"),
    [(workbook, False), (old_workbook, False), (document, False), (page, False), (document, True), (page, True)],
)
def test_notes_below_a_form_are_its_note(write: Any, is_paragraph: bool) -> None:
    table: list[Row] = [HEAD, ["人数", "≥5人", "6人", "10", "10"]]
    notes: list[Row] = [[("填报人：某某", 5)], *[[(line, 5)] for line in NOTES]]
    above = [*NOTES, TITLE] if is_paragraph else [TITLE]
    tables: list[Table] = [
        ([TITLE], table if is_paragraph else [*table, *notes]),
        (above, [*table, [("填报说明：原因限200字以内", 5)]]),
    ]
    first, second = pfscore.load_forms(write(tables))
    assert (first.note, unread(first), second.note, unread(second)) == ("\n".join(NOTES), [], None, [])


def test_notes_behind_the_last_table_of_a_document() -> None:
    made = docx.Document(io.BytesIO(document([([TITLE], [HEAD, ["人数", "≥5人", "6人", "10", "10"]])])))
    for line in (*NOTES, "某局办公室"):
        made.add_paragraph(line)
    stream = io.BytesIO()
    made.save(stream)
    assert read(stream.getvalue()).note == "\n".join(NOTES)
    lines = "".join(f"<p>{line}</p>" for line in NOTES)
    assert read(
        page([([TITLE], [HEAD, ["人数", "≥5人", "6人", "10", "10"]])]) + lines.encode("gb2312")
    ).note == "\n".join(NOTES)


SPLIT: list[Row] = [
    [("绩效指标", 3), ("年度指标值", 3), ("实际完成值", 1, 2), ("分值", 1, 2), ("得分", 1, 2)],
    ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位"],
]


@pytest.mark.parametrize("write", [workbook, old_workbook, document, page])
def test_a_header_of_two_rows_below_labels_and_again_within_the_sheet(write: Any) -> None:
    table: list[Row] = [
        ["项目名称", ("义务植树", 5), "单位（盖章）", ("某局", 2)],
        *SPLIT,
        [("产出指标", 1, 2), "数量指标", "株数", "≥", "100", "株", "105", "30", "30"],
        ["质量指标", "成活率", "≥", "85", "%", "88", "30", "30"],
        *SPLIT,
        ["", "时效指标", "时限", "≤", "3", "月", "3", "40", "40"],
    ]
    form = read(write([([TITLE], table)]))
    assert (form.project, form.organisation, unread(form)) == ("义务植树", "某局", [])
    assert rows(form, "path", "actual", "points") == [
        (("产出指标", "数量指标"), "105", "30"),
        (("产出指标", "质量指标"), "88", "30"),
        (("产出指标", "时效指标"), "3", "40"),
    ]


def test_rows_and_values_that_nobody_filled_in() -> None:
    table: list[Row] = [
        ["年度目标完成情况", ("对照年度目标，说明完成情况（100字以内）", 5)],
        ["一级指标", "三级指标", "指标值", "完成值", "分值", "得分"],
        ["产出指标", "人数", "≥5人", "6人", "100", "100"],
        ["", "指标1：", "", "", "", ""],
        ["", "指标 2", "……", "", "", ""],
        ["", "指标数", "3个", "3个", "", ""],
    ]
    form = read(workbook([([TITLE], table)]))
    assert (form.goal_result, [row.name for row in form.indicators], unread(form)) == (None, ["人数", "指标数"], [])


def test_a_year_and_a_unit_in_one_paragraph_and_values_beyond_blank_cells() -> None:
    table: list[Row] = [
        ["项目名称", "", "某项目", "", "项目负责人", "某某"],
        ["主管部门", "", "（盖章）某局", "", "联系电话", ""],
        [*HEAD, ""],
        ["人数", "≥5人", "6人", "10", "10", ""],
    ]
    form = read(document([(["专项资金绩效自评表", "（2023年度）    单位：万元"], table)]))
    assert (form.year, form.amount_unit, form.kind) == (2023, "万元", "project")
    assert (form.project, form.department) == ("某项目", "某局")
    assert "某某" not in form.model_dump_json()


@pytest.mark.parametrize("write", [workbook, old_workbook, document, page])
def test_points_of_levels_are_none_of_the_indicators(write: Any) -> None:
    table: list[Row] = [
        [("一级指标", 2), ("二级指标", 2), ("三级指标", 1, 2), ("目标值", 1, 2), ("完成值", 1, 2), ("评分情况", 3)],
        ["名称", "分值", "名称", "权重", "分值", "自评得分", "复核得分"],
        ["产出", "60分", "数量", "40", "人数", "≥5人", "6人", "25", "25", "24"],
        ["", "", "", "", "次数", "≥5次", "6次", "15", "15", "15"],
        ["", "", "质量", "20", "合格率", "≥95%", "96%", "20", "20", "20"],
    ]
    form = read(write([([TITLE], table)]))
    assert rows(form, "path", "points", "published_score", "reviewed_score") == [
        (("产出", "数量"), "25", "25", "24"),
        (("产出", "数量"), "15", "15", "15"),
        (("产出", "质量"), "20", "20", "20"),
    ]
    assert form.tables[-1].rows == (("产出", "60分"), ("数量", "40分"), ("质量", "20分"))
    assert unread(form) == []


@pytest.mark.parametrize(
    ("head", "target", "actual", "unit"),
    [
        ("年度指标值（％）", "≥95", "96.5", "%"),
        ("指标值（单位：亩）", "1,200", "1250", "亩"),
        ("指标值（A）", "≥95", "96.5", None),
        ("指标值（万元）", "≤30万元", "28", None),
        ("指标值（%）", "良好", "良好", None),
    ],
)
def test_a_unit_in_the_header_of_a_column(head: str, target: str, actual: str, unit: str | None) -> None:
    form = read(workbook([([TITLE], [["三级指标", head, "完成值", "分值"], ["某指标", target, actual, "100"]])]))
    assert rows(form, "target", "actual", "unit") == [(target, actual, unit)]
    assert dict(form.indicators[0].places).get("unit") == (unit and "表1!B2")


def test_labels_of_any_words_above_the_header_and_a_title_that_is_spaced_out() -> None:
    table: list[Row] = [
        ["资金性质", "财政拨款", "经办科室", "社保科", "联系人", "某某"],
        ["申请金额", "500万元", "年初批复", "480", "", ""],
        [*HEAD, ""],
        ["人数", "≥5人", "6人", "10", "10", ""],
    ]
    form = read(document([(["项 目 支 出 绩 效 自 评 表", "（ 2023 年度 ）"], table)]))
    assert (form.title, form.year) == ("项目支出绩效自评表", 2023)
    [fields] = form.tables
    assert (fields.title, fields.rows) == ("其他栏目", (("资金性质", "财政拨款"), ("经办科室", "社保科")))
    assert "某某" not in form.model_dump_json()
    assert [text for text, _ in unread(form)] == ["申请金额", "500万元", "年初批复", "480"]
