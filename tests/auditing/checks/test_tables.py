"""PF713: which lines of another table are the items of a line."""

from __future__ import annotations

import pytest

from pfscore.auditing.run import audit
from pfscore.forms.form import Form
from tests.auditing.making import form, found


def findings(*rows: tuple[str, str]) -> list[str]:
    table = {"title": "支出表", "header": ["项目", "金额"], "rows": [list(row) for row in rows]}
    form = Form.model_validate({"title": "例表", "year": 2023, "tables": [table], "indicators": []})
    return [found.message.zh for found in audit(form) if found.code == "PF713"]


@pytest.mark.parametrize(
    "numbers", ["1. 2.", "1、 2、", "（1） （2）", "（一） （二）", "① ②", "⑴ ⑵", "一、 二、", "★1. ★2."]
)
def test_the_items_of_any_numbering_are_added_up(numbers: str) -> None:
    first, second = numbers.split()
    found = findings(("支出", "100"), (f"{first}人员", "60"), (f"{second}公用", "30"))
    assert found == ["《支出表》“金额”一栏“支出”印作 100，各项之和是 90"]


def test_the_items_of_an_item_are_not_added_to_it() -> None:
    nested = [("支出", "100"), ("1.人员", "60"), ("（1）工资", "40"), ("（2）津贴", "20"), ("2.公用", "40")]
    assert findings(*nested) == []


def test_the_items_of_an_item_are_its_sum() -> None:
    rows = [("一、基本支出", "100"), ("1.人员", "60"), ("2.公用", "30"), ("二、项目支出", "50"), ("1.建设", "50")]
    assert findings(*rows) == ["《支出表》“金额”一栏“一、基本支出”印作 100，各项之和是 90"]


def test_a_number_is_no_numbering() -> None:
    assert findings(("支出", "100"), ("1.5万元以下", "60"), ("1.8万元以上", "30")) == []


def test_another_list_is_not_added() -> None:
    assert findings(("收入", "9"), ("1.拨款", "4"), ("2.其他", "5"), ("结余", "1"), ("3.上年", "1")) == []


def test_one_item_alone_is_no_list() -> None:
    assert findings(("支出", "100"), ("1.人员", "60")) == []
    assert findings(("支出", "100"), ("1.人员", "60"), ("2.公用", "")) == [
        "《支出表》“金额”一栏“支出”印作 100，各项之和是 60"
    ]


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ([["基本支出", "100"], ["人员经费", "60"], ["公用经费", "40"], ["项目支出", "50"], ["合计", "150"]], []),
        ([["基本支出", "100"], ["其中：人员经费", "60"], ["项目支出", "50"], ["合计", "150"]], []),
        ([["基本支出", "100"], ["项目支出", "50"], ["合计", "160"]], ["PF713"]),
        ([["基本支出", "100"], ["项目支出", "50"], ["合计", "100"]], ["PF713"]),
    ],
)
def test_a_sum_of_items_and_of_what_breaks_them_down(rows: list[list[str]], codes: list[str]) -> None:
    one = form(tables=[{"title": "附表", "header": ["项目", "金额"], "rows": rows}])
    assert [code for code, _, _ in found(one, "PF713")] == codes


@pytest.mark.parametrize(("head", "codes"), [("单价", []), ("批次", []), ("年度", []), ("金额", ["PF713"])])
def test_columns_that_nobody_adds_up(head: str, codes: list[str]) -> None:
    rows = [["甲", "2022"], ["乙", "2023"], ["合计", "2"]]
    one = form(tables=[{"title": "附表", "header": ["项目", head], "rows": rows}])
    assert [code for code, _, _ in found(one, "PF713")] == codes
