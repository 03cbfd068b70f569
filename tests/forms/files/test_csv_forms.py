"""CSV as spreadsheets leave it: quotes, merged cells, budget lines among indicators, several forms in one file."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pfscore
from pfscore.forms.column_words import BUDGET_COLUMNS, FORM_COLUMNS, IDENTITY_COLUMNS, INDICATOR_COLUMNS
from pfscore.forms.files.csv_forms import HEADERS, csv_rows
from pfscore.forms.files.writing import forms_csv
from pfscore.forms.form import BudgetLine, Indicator
from pfscore.foundation.errors import InputError
from pfscore.foundation.source import Source


def read(text: str, tmp_path: Path) -> list[pfscore.Form]:
    path = tmp_path / "form.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return pfscore.load_forms(path)


def complaints(text: str, tmp_path: Path) -> list[tuple[str, str, str]]:
    """Return code, message and place of everything that is wrong with the one form, or with the file."""
    try:
        [form] = read(text, tmp_path)
    except InputError as error:
        found = error.diagnostics
    else:
        found = (*form.problems, *(one for row in (*form.budget, *form.indicators) for one in row.problems))
    return [(one.code, one.message.zh, one.span.where().rpartition("/")[2] if one.span else "") for one in found]


class TestText:
    @given(
        st.lists(
            st.lists(
                st.text(st.characters(exclude_characters="\r\x00", exclude_categories=["Cs"]), max_size=5), min_size=2
            ),
            max_size=5,
        )
    )
    def test_what_the_standard_library_writes_is_read(self, rows: list[list[str]]) -> None:
        text = io.StringIO(newline="")
        csv.writer(text).writerows(rows)
        found = [[cell.text for cell in row] for row in csv_rows(Source("a.csv", text.getvalue()))]
        assert found == [row for row in rows if any(cell.strip() for cell in row)]

    @given(st.text(st.sampled_from('ab,"\n\r 指'), max_size=20))
    def test_any_text_is_read_or_refused(self, text: str) -> None:
        try:
            rows = list(csv_rows(Source("a.csv", text)))
        except InputError as error:
            assert error.code == "PF508"
        else:
            for cell in (cell for row in rows for cell in row):
                raw = text[cell.start : cell.end]
                assert cell.text == (raw[1:-1].replace('""', '"') if raw.startswith('"') else raw)

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_line_ends(self, end: str) -> None:
        found = csv_rows(Source("a.csv", f"a,b{end}{end}c,d"))
        assert [[cell.text for cell in row] for row in found] == [["a", "b"], ["c", "d"]]


class TestHeaders:
    def test_every_field_has_a_column(self) -> None:
        """What a form may hold a CSV file may hold, but for other tables, thresholds and places."""
        of_office = {"stored", "places", "mapped", "unread"}
        several = {"further_goals", "footnotes"}
        columns = {*IDENTITY_COLUMNS, *FORM_COLUMNS}
        of_form = set(pfscore.Form.model_fields) - {"budget", "indicators", "tables", "note"} - of_office - several
        assert columns == of_form | {"form_note"}
        of_rows = set(Indicator.model_fields) - {"path", "targets", "thresholds"} - of_office
        assert set(INDICATOR_COLUMNS) == of_rows | {"level1", "level2", "level3", "half_year", "full_year"}
        shared = {"points", "share", "decision", "deduction", "published_score", "reviewed_score", "note"}
        assert set(BUDGET_COLUMNS) == set(BudgetLine.model_fields) - shared - of_office - {"half_year"} | {
            "planned_half_year"
        }

    def test_no_header_means_two_things(self) -> None:
        tables = (IDENTITY_COLUMNS, FORM_COLUMNS, INDICATOR_COLUMNS, BUDGET_COLUMNS)
        words = [word for columns in tables for key, names in columns.items() for word in (key, *names)]
        assert sorted(words) == sorted(set(words))
        assert set(words) <= set(HEADERS)

    def test_spaces_in_a_header_do_not_count(self, tmp_path: Path) -> None:
        [form] = read("三级 指标 ,指标\n值,序号\n人数,≥5人,1\n".replace("\n值", "值"), tmp_path)
        assert form.indicators == (Indicator(name="人数", target="≥5人"),)

    def test_a_cell_under_no_header(self, tmp_path: Path) -> None:
        assert complaints("三级指标,,指标值\n人数,重要,≥5人\n", tmp_path) == [
            ("PF506", "“重要”这一格没有表头", "form.csv:2:4")
        ]

    def test_an_empty_column_is_nothing(self, tmp_path: Path) -> None:
        assert complaints("三级指标,,指标值,\n人数,,≥5人,\n", tmp_path) == []


class TestRows:
    def test_merged_cells(self, tmp_path: Path) -> None:
        [form] = read(
            "一级指标,二级指标,三级指标\n产出指标,数量指标,甲\n,,乙\n,质量指标,丙\n效益指标,,丁\n,,戊\n", tmp_path
        )
        assert [(row.name, row.path) for row in form.indicators] == [
            ("甲", ("产出指标", "数量指标")),
            ("乙", ("产出指标", "数量指标")),
            ("丙", ("产出指标", "质量指标")),
            ("丁", ("效益指标",)),
            ("戊", ("效益指标",)),
        ]

    def test_budget_lines_among_indicators(self, tmp_path: Path) -> None:
        [form] = read(
            '三级指标,指标值,分值,年初预算数,全年执行数\n人数,≥5人,90,,\n总额,,10,"1,000",900\n满意度,≥90%,,,\n',
            tmp_path,
        )
        assert form.budget == (BudgetLine(label="总额", initial="1,000", expenditure="900", points="10"),)
        assert [row.name for row in form.indicators] == ["人数", "满意度"]

    def test_a_row_of_both_kinds(self, tmp_path: Path) -> None:
        assert complaints("三级指标,完成值,全年预算数\n人数,5人,100\n", tmp_path) == [
            ("PF504", "这一行既有“全年预算数”又有“完成值”", "form.csv:2:4")
        ]

    def test_cells_are_kept_as_they_are(self, tmp_path: Path) -> None:
        [form] = read('三级指标,指标值,备注\n" 人数 ",≥5人 ,"第一行\n第二行"\n', tmp_path)
        assert form.indicators == (Indicator(name=" 人数 ", target="≥5人 ", note="第一行\n第二行"),)

    def test_a_short_row_ends_in_blanks(self, tmp_path: Path) -> None:
        [form] = read("三级指标,指标值,完成值\n人数\n", tmp_path)
        assert form.indicators == (Indicator(name="人数"),)

    def test_places(self, tmp_path: Path) -> None:
        [form] = read('表名,三级指标,指标值,完成值\n甲,人数,≥5人,\n,"多\n行","≥""5",1\n', tmp_path)
        assert form.span("title").where().endswith("form.csv:2:1")
        assert form.span("indicators", 0, "target").where().endswith("form.csv:2:6")
        assert form.span("indicators", 0, "actual").where().endswith("form.csv:2:10")
        assert form.span("indicators", 1, "target").where().endswith("form.csv:4:4")
        assert form.span("indicators", 1, "points").where().endswith("form.csv:3:1")


class TestForms:
    HEADER = "表名,项目,年度,总分,三级指标\n"

    def test_one_form_after_the_other(self, tmp_path: Path) -> None:
        found = read(f"{self.HEADER}甲,,2023,99,一\n,,,,二\n乙,,2022,98,三\n,,,,四\n", tmp_path)
        assert [(one.title, one.year, one.published_total, [row.name for row in one.indicators]) for one in found] == [
            ("甲", 2023, "99", ["一", "二"]),
            ("乙", 2022, "98", ["三", "四"]),
        ]

    def test_forms_of_one_title_are_told_apart(self, tmp_path: Path) -> None:
        found = read(f"{self.HEADER}甲,运转,,,一\n甲,运转,,,二\n甲,专项,,,三\n", tmp_path)
        assert [(one.project, len(one.indicators)) for one in found] == [("运转", 2), ("专项", 1)]

    def test_rows_that_are_sorted_otherwise(self, tmp_path: Path) -> None:
        found = read(f"{self.HEADER}甲,,,,一\n乙,,,,二\n甲,,,,三\n乙,,,,四\n", tmp_path)
        assert [(one.title, [row.name for row in one.indicators]) for one in found] == [
            ("甲", ["一", "三"]),
            ("乙", ["二", "四"]),
        ]

    def test_no_title_at_all(self, tmp_path: Path) -> None:
        [form] = read("三级指标\n一\n二\n", tmp_path)
        assert (form.title, len(form.indicators)) == ("", 2)

    def test_a_row_that_only_speaks_of_the_form(self, tmp_path: Path) -> None:
        [form] = read(f"{self.HEADER}甲,,2023,99,\n,,,,一\n", tmp_path)
        assert (form.published_total, len(form.indicators)) == ("99", 1)

    def test_a_year_that_is_none(self, tmp_path: Path) -> None:
        assert complaints(f"{self.HEADER}甲,,2023年,,一\n", tmp_path) == [
            ("PF503", "“2023年” 不是年度", "form.csv:2:4")
        ]

    def test_a_byte_order_mark(self, tmp_path: Path) -> None:
        assert read("\ufeff表名,三级指标\r\n甲,一\r\n", tmp_path)[0].title == "甲"


class TestAsTheyAreFound:
    """CSV files as spreadsheets in China write them, and as people send them."""

    ROWS = "三级指标,年度指标值（A）,全年实际值(B),分值(分),自评得分\n人数,≥5人,6人,10,10\n面积,≥5亩,6亩,10,10\n"

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
    @pytest.mark.parametrize("separator", [",", "\t", ";"])
    def test_encodings_and_separators(self, encoding: str, separator: str, tmp_path: Path) -> None:
        path = tmp_path / "rows.csv"
        path.write_bytes(self.ROWS.replace(",", separator).encode(encoding))
        [form] = pfscore.load_forms(path)
        assert [(row.name, row.target, row.actual, row.points) for row in form.indicators] == [
            *(("人数", "≥5人", "6人", "10"), ("面积", "≥5亩", "6亩", "10")),
        ]
        assert form.problems == ()

    def test_lines_above_the_header(self, tmp_path: Path) -> None:
        path = tmp_path / "rows.csv"
        above = "2023年度项目支出绩效自评表,,\n单位：万元,,\n内部资料,,\n"
        path.write_text(above + self.ROWS, encoding="utf-8")
        [form] = pfscore.load_forms(path)
        assert (form.title, form.amount_unit, len(form.indicators)) == ("2023年度项目支出绩效自评表", "万元", 2)
        assert [(cell.place, cell.text) for cell in form.unread] == [("第 3 行", "内部资料")]

    def test_the_unit_in_a_header(self, tmp_path: Path) -> None:
        path = tmp_path / "rows.csv"
        path.write_text("资金名称,全年预算数（万元）,全年执行数\n总额,10,9\n", encoding="utf-8")
        assert pfscore.load_forms(path)[0].amount_unit == "万元"


def test_a_path_of_three_levels_survives() -> None:
    path = ("产出指标", "数量指标", "培训")
    form = pfscore.Form(indicators=(pfscore.Indicator(path=path, name="人数", target="≥5人"),))
    [again] = pfscore.load_forms(forms_csv([form]).encode())
    assert again.indicators[0].path == path


def test_a_row_that_marks_the_columns_is_no_indicator() -> None:
    head, marks, one = "一级指标,三级指标,指标值,完成值,分值", ",,（A）,（B）,", "产出指标,A,1,2,10"
    for lines in ([head, one], [head, marks, one]):
        [form] = pfscore.load_forms("\n".join(lines).encode())
        assert [row.name for row in form.indicators] == ["A"]
