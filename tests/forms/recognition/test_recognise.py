"""Layouts of the provinces: what is read of each, what is left, and where it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pfscore
from pfscore.forms.column_words import HEADINGS, TOTALS, bare_heading, folded
from pfscore.forms.recognition.headers import BUDGET_MEANINGS, INDICATOR_MEANINGS, LABEL_MEANINGS
from pfscore.forms.recognition.recognise import recognise
from pfscore.foundation.errors import InputError
from pfscore.office.open import read_bytes
from tests.forms.recognition.layouts import LAYOUTS
from tests.office.made import WRITERS, Row, Table, placed, workbook


def load(tables: list[Table], folder: Path, suffix: str = ".xlsx") -> list[pfscore.Form]:
    path = folder / f"表{suffix}"
    path.write_bytes(WRITERS[suffix](tables))
    return pfscore.load_forms(path)


def rows(form: pfscore.Form, *keys: str) -> list[tuple[str | None, ...]]:
    return [tuple(getattr(row, key) for key in keys) for row in form.indicators]


@pytest.mark.parametrize("suffix", WRITERS)
class TestLayouts:
    def test_yunnan_two_header_rows(self, suffix: str, tmp_path: Path) -> None:
        [form] = load(LAYOUTS["云南"], tmp_path, suffix)
        assert (form.title, form.year, form.project, form.organisation, form.department) == (
            *("2021年度项目支出绩效自评表", 2021, "某项目"),
            *("某单位", "某局"),
        )
        assert [(line.label, line.budget, line.points, line.published_rate) for line in form.budget] == [
            ("年度资金总额", "10", "10", "90%"),
            ("其中：财政拨款", "10", None, "90%"),
            ("上年结转资金", None, None, None),
        ]
        assert rows(form, "name", "comparator", "target", "unit", "actual", "points")[:2] == [
            ("培训人数", "≥", "100", "人", "120", "20"),
            ("培训期数", "=", "3", "期", "3", "10"),
        ]
        assert form.indicators[2].path == ("产出指标", "质量指标")
        assert (form.published_points, form.published_total, form.amount_unit) == ("80", "74", "万元")

    def test_hubei_without_points(self, suffix: str, tmp_path: Path) -> None:
        [form] = load(LAYOUTS["湖北"], tmp_path, suffix)
        assert rows(form, "name", "target", "actual", "points", "published_score") == [
            ("存储备份器", "25TB", "25TB", None, "10"),
            ("WIFI布点全覆盖", "100%覆盖", "100%覆盖", None, None),
            ("以最新资源面市", "当年为主", "当年为主", None, "10"),
            ("时长", "全天候可用", "全天候", None, "10"),
            ("更便捷", "提升", "提升", None, "10"),
        ]
        assert [row.path[0] for row in form.indicators] == ["产出指标"] * 4 + ["效益指标"]
        assert (form.published_total, form.organisation) == ("97.5", "某馆")
        assert [(table.title, table.rows[0][0]) for table in form.tables] == [
            ("项目类别", "1、部门预算项目 ☑ 2、省直专项 □"),
            ("偏差大或目标未完成原因分析", "无"),
            ("改进措施及结果应用方案", "继续努力"),
            ("各部分分值", "产出指标"),
        ]

    def test_chongqing_flat_with_adjusted_targets(self, suffix: str, tmp_path: Path) -> None:
        [form] = load(LAYOUTS["重庆"], tmp_path, suffix)
        assert rows(form, "name", "initial_target", "target", "coefficient", "core", "note") == [
            ("森林面积", None, "8", "1", "是", None),
            ("受害率", "0.9", "0.8", "1", "否", "另附"),
        ]
        assert (form.kind, form.published_total, form.goal, form.goal_result) == (
            *("department", "97.93"),
            *("目标二", "完成三"),
        )
        assert [(cell.text, cell.reason) for cell in form.unread] == [("目标一", "同一项有两个值，取了另一个")]

    def test_jiangxi_with_criteria(self, suffix: str, tmp_path: Path) -> None:
        [form] = load(LAYOUTS["江西"], tmp_path, suffix)
        assert rows(form, "name", "target", "points", "criteria") == [
            ("成本控制率", "±10%", "5分", "每降5%扣1分"),
            ("次数", "10", "10分", "按比例"),
        ]
        assert (form.year, form.published_points, form.published_total) == (2017, "100", "99.3")
        assert (form.note, form.unread) == ("注：1.一级指标分值统一设置", ())

    def test_jiangsu_with_deviations_and_the_budget_in_a_table_of_its_own(self, suffix: str, tmp_path: Path) -> None:
        [form] = load(LAYOUTS["江苏"], tmp_path, suffix)
        assert [(line.label, line.initial, line.budget, line.expenditure) for line in form.budget] == [
            ("收入合计", "100", "110", "110"),
            ("基本支出", "60", "66", "66"),
        ]
        assert rows(form, "name", "actual_source", "published_deviation", "note") == [
            ("预算执行率", "财务", "0", None),
            ("结转率", "财务", "-40%", "从严"),
        ]
        assert (form.amount_unit, form.year, form.kind) == ("万元", 2024, "department")

    def test_two_periods_over_two_pages(self, suffix: str, tmp_path: Path) -> None:
        [form] = load(LAYOUTS["两期"], tmp_path, suffix)
        targets = [row.targets for row in form.indicators]
        assert [(one.half_year, one.full_year) for one in targets if one is not None] == [
            *(("规范", "规范"), ("≥5", "≥10"), ("≥50亿元", "≥100亿元"), ("≥5", "≥10")),
        ]
        assert [row.path for row in form.indicators] == [("决策", "计划")] * 3 + [("产出", "数量")]

    def test_a_score_sheet_without_values(self, suffix: str, tmp_path: Path) -> None:
        [form] = load(LAYOUTS["考核"], tmp_path, suffix)
        assert rows(form, "name", "explanation", "target", "criteria", "points", "actual", "published_score") == [
            ("培训人数", "按签到表", "100人", "少1人扣0.5分", "60", None, None),
            ("办结率", "按台账", "95%", "低于95%不得分", "40", None, None),
        ]
        assert (form.title, form.year, form.published_points) == ("2022年度绩效考核评分表", 2022, "100")

    def test_transfer_payments(self, suffix: str, tmp_path: Path) -> None:
        [form] = load(LAYOUTS["转移支付"], tmp_path, suffix)
        assert [(line.label, line.budget, line.published_rate) for line in form.budget] == [
            ("年度资金总额", "4000", "100%"),
            ("其中：中央财政资金", "4000", "100%"),
            ("地方资金", None, None),
        ]
        assert rows(form, "name", "target", "actual") == [("公路里程", "20公里", "20公里"), ("便利", "提高", "提高")]
        assert (form.goal, form.goal_result, form.project) == ("建设公路", "建成公路", "车辆购置税")
        assert (form.organisation, form.department, form.kind) == ("某局", "交通部", "project")


def test_every_value_has_its_place(tmp_path: Path) -> None:
    [form] = load(LAYOUTS["云南"], tmp_path)
    assert dict(form.indicators[0].places) == {
        "path": "表1!A10",
        "name": "表1!C10",
        "comparator": "表1!E10",
        "target": "表1!F10",
        "unit": "表1!G10",
        "actual": "表1!H10",
        "points": "表1!I10",
        "published_score": "表1!J10",
    }
    assert dict(form.places)["project"] == "表1!C2"
    assert form.span("indicators", 0, "actual").where() == f"{tmp_path / '表.xlsx'} › 表1!H10"
    [form] = load(LAYOUTS["云南"], tmp_path, ".docx")
    assert form.span("indicators", 0, "actual").where() == f"{tmp_path / '表.docx'} › 表 1 第 10 行"


def test_names_of_persons_are_not_read(tmp_path: Path) -> None:
    for suffix in WRITERS:
        [form] = load(LAYOUTS["云南"], tmp_path, suffix)
        assert "李某" not in form.model_dump_json()
        assert [(cell.text, cell.reason) for cell in form.unread] == [("", "填表人一类的栏，不读")]


def test_a_file_without_a_form(tmp_path: Path) -> None:
    tables: list[Table] = [([], [["名称", "电话"], ["某局", "1"]])]
    (tmp_path / "表.xlsx").write_bytes(workbook(tables))
    with pytest.raises(InputError) as caught:
        pfscore.load_forms(tmp_path / "表.xlsx")
    assert (caught.value.code, caught.value.diagnostics[0].message.zh) == (
        "PF168",
        "有 1 张表，没有一张认得出是自评表",
    )


def said(form: pfscore.Form) -> str:
    """Return all that a form says, without blanks."""
    return "".join(form.model_dump_json(exclude={"places"}).split())


def pieces(text: str) -> list[str]:
    """Return the parts of a cell that must be found again: lines, and what stands behind a label's colon."""
    words = "".join(text.split()).replace("：", ":").replace('"', '\\"')
    return [words] if ":" not in words else [words.partition(":")[2] or words]


#: Texts that are part of every form's frame, and not of what it says; 质量指标 stands beside an empty row of dots.
FRAME = re.compile(r"[.…/—-]*|附件[0-9]*|填表人.*|联系电话.*|填报日期.*|单位：万元|质量指标|（?20[0-9]{2}年度）?")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_is_dropped_in_silence(layout: str, tmp_path: Path) -> None:
    """Every cell is a word of the frame, or stands in the form, its tables or what was not read."""
    tables = LAYOUTS[layout]
    known = {*INDICATOR_MEANINGS, *BUDGET_MEANINGS, *LABEL_MEANINGS, *HEADINGS, *TOTALS}
    found = "".join(said(form) for form in load(tables, tmp_path))
    for _, rows_ in tables:
        for _, _, text, _, _ in placed(rows_):
            is_frame = FRAME.fullmatch("".join(text.split())) or folded(text) in known
            assert is_frame or any(piece in found for piece in [*pieces(text), bare_heading(text)]), text


@given(data=st.data())
@settings(max_examples=25)
def test_columns_may_stand_in_any_order(data: st.DataObject) -> None:
    words = ["三级指标", "年度\n指标值", "度量单位", "全年实际值（B）", "指标权重（分）", "自评得分", "备注"]
    cells = ["人数", "≥5", "人", "6", "10", "9", "无"]
    order = data.draw(st.permutations(range(len(words))))
    head: list[Row] = [[words[at] for at in order], [cells[at] for at in order]]
    [form] = recognise(read_bytes(workbook([([], head)]), "表.xlsx")).forms
    keys = ["name", "target", "unit", "actual", "points", "published_score", "note"]
    assert form.data["indicators"] == [dict(zip(keys, cells, strict=True))]
    assert form.unread == []


def test_several_forms_in_one_sheet(tmp_path: Path) -> None:
    [(_, one)], [(_, other)] = LAYOUTS["云南"], LAYOUTS["江西"]
    found = load([([], [*one, *other])], tmp_path)
    assert [(form.title, len(form.indicators)) for form in found] == [
        ("2021年度项目支出绩效自评表", 4),
        ("项目支出绩效自评表", 2),
    ]


def test_a_header_that_is_split_without_merging(tmp_path: Path) -> None:
    table: list[Row] = [
        ["三级指标", "年度", "实际", "分值", "得分"],
        ["", "指标值", "完成值", "", ""],
        ["人数", "≥5人", "6人", "10", "10"],
    ]
    [form] = load([([], table)], tmp_path)
    assert rows(form, "name", "target", "actual", "points") == [("人数", "≥5人", "6人", "10")]
