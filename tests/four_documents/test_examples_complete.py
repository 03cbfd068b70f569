"""The four example files hold every row of the published documents, as text, and nothing else."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"

Form = dict[str, Any]

LUZHOU = "luzhou-2023.json"
YUEYANG = "yueyang-2023.json"
WUJIANG = "suzhou-wujiang-2024.json"
YANCHENG = "yancheng-2022.json"
FILES = (LUZHOU, YUEYANG, WUJIANG, YANCHENG)

# Per file, one number per form.
INDICATORS = {LUZHOU: [10, 11, 10, 12, 14, 16, 11], YUEYANG: [17, 17], WUJIANG: [55], YANCHENG: [87]}
BUDGET_LINES = {LUZHOU: [5] * 7, YUEYANG: [1, 4], WUJIANG: [17], YANCHENG: [15]}
TABLES = {LUZHOU: [3, 3, 3, 3, 5, 5, 3], YUEYANG: [7, 2], WUJIANG: [2], YANCHENG: [3]}
TOTALS = {LUZHOU: ["99.48", "99.66", "100", "97.94", "96.91", "100", "98.26"], YUEYANG: ["98", "98"]}

FORM_KEYS = {
    "title", "project", "organisation", "region", "year", "kind", "ruleset", "amount_unit", "goal",
    "goal_result", "budget", "indicators", "tables", "published_points", "published_total",
    "published_grade", "note",
}  # fmt: skip
BUDGET_KEYS = {
    "label", "group", "initial", "adjustment", "budget", "expenditure", "half_year", "points",
    "published_rate", "published_score", "note",
}  # fmt: skip
INDICATOR_KEYS = {
    "path", "name", "comparator", "target", "unit", "targets", "actual", "actual_source", "points",
    "published_score", "published_deviation", "note", "duty", "related_project",
}  # fmt: skip
TABLE_KEYS = {"title", "header", "rows"}


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    assert len(keys) == len(set(keys)), f"a key is repeated: {keys}"
    return dict(pairs)


def load(name: str) -> list[Form]:
    """Read the forms of a file; one object counts as a list of one."""
    found = json.loads((EXAMPLES / name).read_text(encoding="utf-8"), object_pairs_hook=_unique)
    forms: list[Form] = found if isinstance(found, list) else [found]
    return forms


def leaves(value: object, where: str = "") -> Iterator[tuple[str, object]]:
    """Yield every leaf of a JSON value with the path to it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{where}.{key}")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from leaves(inner, f"{where}[{place}]")
    else:
        yield where, value


def every_form() -> list[tuple[str, Form]]:
    return [(name, form) for name in FILES for form in load(name)]


def row(form: Form, name: str) -> Form:
    """Find the one indicator of that name."""
    (found,) = [one for one in form["indicators"] if one["name"] == name]
    assert isinstance(found, dict)
    return found


def cells(one: Form, *keys: str) -> list[str | None]:
    """Read several cells of a row, in the order asked for."""
    return [one[key] for key in keys]


def total(form: Form, key: str) -> Decimal:
    """Sum what all rows of a form print under a key."""
    rows = [*form["budget"], *form["indicators"]]
    return sum((Decimal(one[key]) for one in rows if one.get(key) is not None), Decimal(0))


def named(form: Form, title: str) -> Form:
    """Find the one table of that title."""
    (found,) = [table for table in form["tables"] if table["title"] == title]
    assert isinstance(found, dict)
    return found


def test_the_folder_holds_the_four_documents() -> None:
    assert {path.name for path in EXAMPLES.glob("*.json")} == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_counts(name: str) -> None:
    forms = load(name)
    assert [len(form["indicators"]) for form in forms] == INDICATORS[name]
    assert [len(form["budget"]) for form in forms] == BUDGET_LINES[name]
    assert [len(form["tables"]) for form in forms] == TABLES[name]


@pytest.mark.parametrize("name", FILES)
def test_one_form_is_an_object_and_several_are_a_list(name: str) -> None:
    found = json.loads((EXAMPLES / name).read_text(encoding="utf-8"))
    assert isinstance(found, list) is (len(INDICATORS[name]) > 1)


@pytest.mark.parametrize("name", FILES)
def test_titles_are_distinct(name: str) -> None:
    titles = [form["title"] for form in load(name)]
    assert len(set(titles)) == len(titles)
    for form in load(name):
        tables = [table["title"] for table in form["tables"]]
        assert len(set(tables)) == len(tables)


def test_keys_are_closed() -> None:
    for _, form in every_form():
        assert set(form) <= FORM_KEYS
        for line in form["budget"]:
            assert set(line) <= BUDGET_KEYS
        for one in form["indicators"]:
            assert set(one) <= INDICATOR_KEYS
            assert ("target" in one) is not ("targets" in one)
            if "targets" in one:
                assert list(one["targets"]) == ["half_year", "full_year"]
        for table in form["tables"]:
            assert set(table) == TABLE_KEYS


def test_every_number_is_text() -> None:
    for name, form in every_form():
        for where, leaf in leaves(form):
            if where == ".year":
                assert type(leaf) is int
            else:
                assert leaf is None or isinstance(leaf, str), f"{name}{where}: {leaf!r}"


def test_texts_are_trimmed_and_only_table_cells_may_be_empty() -> None:
    for name, form in every_form():
        for where, leaf in leaves(form):
            if isinstance(leaf, str):
                assert leaf == leaf.strip(), f"{name}{where}"
                assert leaf or where.startswith(".tables"), f"{name}{where}"


def test_tables_are_rectangles_of_text() -> None:
    for _, form in every_form():
        for table in form["tables"]:
            assert table["rows"]
            for line in table["rows"]:
                assert len(line) == len(table["header"]), table["title"]
                assert all(isinstance(cell, str) for cell in line)


def test_forms_say_what_they_are() -> None:
    keys = ("region", "year", "kind", "ruleset")
    assert {(name, *(form[key] for key in keys)) for name, form in every_form()} == {
        (LUZHOU, "四川省泸州市", 2023, "project", "cn-sc/project"),
        (YUEYANG, "湖南省岳阳市", 2023, "department", "cn-hn/department"),
        (YUEYANG, "湖南省岳阳市", 2023, "project", "cn-hn/project"),
        (WUJIANG, "江苏省苏州市吴江区", 2024, "department", "cn-js/department"),
        (YANCHENG, "江苏省盐城市", 2022, "department", "cn-js/department"),
    }
    assert {form["amount_unit"] for _, form in every_form()} == {"万元"}
    assert all(form["organisation"] for _, form in every_form())


@pytest.mark.parametrize("name", [LUZHOU, YUEYANG])
def test_points_and_published_scores_add_up(name: str) -> None:
    for form in load(name):
        assert total(form, "points") == Decimal(100)
        assert form["published_points"] == "100"
        assert total(form, "published_score") == Decimal(form["published_total"])
        assert [("points" in line, "published_score" in line) for line in form["budget"]] == [
            (True, True),
            *[(False, False)] * (len(form["budget"]) - 1),
        ]
        assert form["budget"][0]["points"] == "10"
    assert [form["published_total"] for form in load(name)] == TOTALS[name]


@pytest.mark.parametrize("name", [WUJIANG, YANCHENG])
def test_forms_without_points(name: str) -> None:
    (form,) = load(name)
    assert not {"published_points", "published_total", "published_grade"} & set(form)
    for one in [*form["budget"], *form["indicators"]]:
        assert not {"points", "published_score"} & set(one)


@pytest.mark.parametrize("name", [LUZHOU, YUEYANG])
def test_points_of_the_blocks(name: str) -> None:
    for form in load(name):
        blocks: dict[str, Decimal] = {}
        for one in form["indicators"]:
            block = one["path"][0]
            blocks[block] = blocks.get(block, Decimal(0)) + Decimal(one["points"] or 0)
        printed = named(form, "各部分分值")["rows"]
        if name == LUZHOU:
            assert blocks == {"产出指标": 40, "效益指标": 20, "满意度指标": 10, "成本指标": 20}
            assert printed == [["预算执行情况", "10分"], ["绩效指标", "90分"]]
        else:
            assert blocks == {"产出指标": 50, "效益指标": 30, "满意度指标": 10}
            assert printed == [[block, f"{points}分"] for block, points in blocks.items()]


def test_depth_of_the_paths() -> None:
    depth = {name: {len(one["path"]) for form in load(name) for one in form["indicators"]} for name in FILES}
    assert depth == {LUZHOU: {2}, YUEYANG: {2}, WUJIANG: {1}, YANCHENG: {2}}
    for _, form in every_form():
        assert all(all(one["path"]) for one in form["indicators"])


def test_no_names_of_persons() -> None:
    for path in EXAMPLES.iterdir():
        if path.suffix == ".json":
            text = path.read_text(encoding="utf-8")
            for label in ("项目负责人", "财务负责人", "单位负责人", "填表人", "联系电话", "总书记"):
                assert label not in text, path.name


def test_luzhou_rows() -> None:
    forms = load(LUZHOU)
    assert forms[0]["project"] == "51050023T000008161532-住房公积金管理费用"
    assert forms[4]["title"] == "部门预算项目支出绩效自评表（2023年度）：住房公积金信息系统运行维护"
    overdue = row(forms[0], "住房公积金个贷逾期率")
    assert cells(overdue, "comparator", "target", "unit", "actual") == ["≤", "2", "%", "0.22‰"]
    half = row(forms[4], "完成信息系统安全等级保护测评")
    assert cells(half, "comparator", "target", "actual") == ["＝", "1", "0.5"]
    assert cells(half, "points", "published_score") == ["4", "2"]
    lines = forms[4]["budget"]
    assert cells(lines[0], "initial", "budget", "expenditure") == ["316.34", "245.80", "219.20"]
    assert cells(lines[0], "published_rate", "published_score") == ["89.18%", "8.91"]
    assert lines[2]["published_rate"] == "0.00%"
    assert lines[4]["label"] == "其他资金"
    assert lines[4]["budget"] is None
    assert row(forms[5], "机房硬件运维服务验收合格率")["actual"] == "100"
    assert [one["unit"] for one in forms[5]["indicators"][-3:]] == ["万元/每项目"] * 3
    qualitative = [one for form in forms for one in form["indicators"] if one["comparator"] == "定性"]
    assert len(qualitative) == 14
    assert all(cells(one, "target", "unit", "actual") == ["优", None, "优"] for one in qualitative)


def test_luzhou_conclusions_repeat_the_totals() -> None:
    for form in load(LUZHOU):
        conclusion = dict(named(form, "评价结论")["rows"])
        assert set(conclusion) == {"评价结论", "存在问题", "改进措施"}
        assert f"自评总分为{form['published_total']}分" in conclusion["评价结论"]


def test_luzhou_tables_of_the_annex() -> None:
    forms = load(LUZHOU)
    assert named(forms[4], "附件2 住房公积金信息系统运行维护项目 具体绩效目标表")["rows"][-1] == [
        "合计", "", "", "219.74万元", "", "",
    ]  # fmt: skip
    rooms = named(forms[5], "附件2 机房安全及设备维护集成服务项目 具体绩效目标表")["rows"]
    # The third amount is printed with a no-break space.
    assert [amount for _, _, _, amount, *_ in rooms] == [
        "≤56万元",
        "≤50.88万元",
        "≤36\xa0万元",
        "≤142.88万元",
    ]


def test_yueyang_rows() -> None:
    department, project = load(YUEYANG)
    assert department["title"] == "2023年度部门整体支出绩效自评表"
    assert "project" not in department
    assert project["project"] == "运转经费"
    for form in (department, project):
        loans = row(form, "2.住房公积金个贷率控制在60%到80%的区间")
        assert cells(loans, "target", "actual") == ["控制在60%到80%的区间", "59.22%"]
        assert cells(loans, "points", "published_score") == ["2", "0"]
        assert loans["note"] == "经济下行和房地产市场低迷,导致市民购房意愿低"
        ecology = row(form, "不适用")
        assert ecology["path"] == ["效益指标", "生态效益指标"]
        assert cells(ecology, "target", "actual") == ["不适用", "不适用"]
        assert cells(ecology, "points", "published_score") == [None, None]
        assert form["budget"][0]["budget"] == form["budget"][0]["expenditure"] == "4425.38"
    assert department["budget"][0]["initial"] == "5506.50"
    assert project["budget"][0]["initial"] == "5506.5"


def test_yueyang_base_data() -> None:
    department, _ = load(YUEYANG)
    base = "附件1 2023年度部门整体支出绩效评价基础数据表："
    assert named(department, base + "财政供养人员情况（人）")["rows"] == [["127", "123", "96.85%"]]
    costs = named(department, base + "经费控制情况（万元）")
    assert costs["header"] == ["经费控制情况（万元）", "2022年决算数", "2023年预算数", "2023年决算数"]
    assert costs["rows"][0] == ["三公经费", "7.05", "18", "31.03"]
    assert len(costs["rows"]) == 18
    income = named(department, "附件2 年度预算申请（万元）：按收入性质分")["rows"]
    spending = named(department, "附件2 年度预算申请（万元）：按支出性质分")["rows"]
    for rows in (income, spending):
        assert sum(Decimal(amount) for _, amount in rows) == Decimal("4425.38")


def test_wujiang_rows() -> None:
    (form,) = load(WUJIANG)
    execution = row(form, "预算执行率")
    assert cells(execution, "target", "actual", "published_deviation") == ["=100%", "99.27%", "-0.73%"]
    assert execution["note"] == "此项指标已达目标值。"
    proofs = row(form, "出具异地公积金贷款证明")
    assert cells(proofs, "target", "actual", "published_deviation") == [">=1800", "1061", "-41.06%"]
    assert row(form, "年末灵活就业实缴开户人数")["published_deviation"] == "1019.50%"
    first = form["budget"][0]
    assert cells(first, "label", "adjustment", "published_rate") == ["预算总金额", "78.57", "99.27%"]
    assert cells(first, "initial", "budget", "expenditure") == ["751.65", "830.22", "824.2"]
    blocks = [one["path"][0] for one in form["indicators"]]
    assert {block: blocks.count(block) for block in blocks} == {
        "决策": 6, "过程": 26, "效益": 5, "满意度": 1, "履职": 17,
    }  # fmt: skip
    assert all(one["actual_source"] and one["published_deviation"] for one in form["indicators"])
    assert len(named(form, "年度重点任务")["rows"]) == 10


def test_yancheng_rows() -> None:
    (form,) = load(YANCHENG)
    assert all("actual" not in one for one in form["indicators"])
    assert row(form, "贷款逾期率")["targets"] == {"half_year": "≤1‰", "full_year": "≤1‰"}
    assert row(form, "增值收益")["targets"] == {"half_year": "≤1.5亿元", "full_year": "=3.37亿元"}
    assert row(form, "个贷率")["targets"] == {"half_year": "90%左右", "full_year": "90%左右"}
    assert row(form, "预算执行率")["targets"] == {"half_year": "=40%", "full_year": "=100%"}
    people = row(form, "2022年“新市民”开户人数")
    assert people["path"][1].startswith("职能1：")
    assert people["duty"] == "精准宣传新市民建制缴存支持政策，跟踪做好新市民的建制工作"
    assert people["related_project"] == "新市民住房公积金专项资金"
    duties = {one["path"][1].partition("：")[0] for one in form["indicators"] if one["path"][0] == "履职"}
    assert duties == {f"职能{number}" for number in range(1, 8)}
    assert {("duty" in one) for one in form["indicators"] if one["path"][0] == "履职"} == {True}
    assert "个贷逾期率控制在1%以内" in form["goal"]
    assert len(named(form, "单位主要职能")["rows"]) == 9


def test_yancheng_budget() -> None:
    (form,) = load(YANCHENG)
    lines = {line["label"]: line for line in form["budget"]}
    assert [line["group"] for line in form["budget"]] == ["收入"] * 9 + ["支出"] * 6
    assert lines["资金总额"]["budget"] == "6759.58"
    half = {label: line["half_year"] for label, line in lines.items() if "half_year" in line}
    assert half == {
        "基本支出": "1532",
        "项目支出": "1170",
        "住房公积金管理业务费用": "500",
        "新市民住房公积金专项资金": "600",
        "办公设备购置费": "30",
        "信息网络维护建设费用": "40",
    }
