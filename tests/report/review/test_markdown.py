"""The Markdown of a review."""

from __future__ import annotations

import pytest

import pfscore
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.text import Message
from pfscore.report.review.markdown import review_markdown
from pfscore.report.review.reviewed import Review, Unreadable, review_body
from tests.office.made import Row, document
from tests.report.review.reviews import luzhou, no_ruleset, reviewed
from tests.report.review.test_page import HOSTILE


def test_one_form_with_its_findings_and_what_is_needed() -> None:
    form = reviewed(published_score="100", published_total="100", project="公积金管理")
    assert (
        review_markdown(Review((form,)))
        == """\
# 绩效自评核对

1 份：1 有错误，0 存疑，0 没读全，0 没有发现

规则集：cn-sc/project

| 单位 · 项目 | 公布 | 系统 | 差 | 错 / 疑 / 示 | 最要紧的一条 | 在哪里 |
| --- | --- | --- | --- | --- | --- | --- |
| 公积金管理 | 100 | 90 | +10 | 2 / 0 / 0 | \
第 1 行 缴存人数：未达标（90人 / ≥100人），却得满分 100，不应得满分；按规则是 90 | form.json |

## 公积金管理

公布 100，各行之和 100，按规则 90 / 100，差 +10，等级“优”

- ✕ 第 1 行 缴存人数：未达标（90人 / ≥100人），却得满分 100，不应得满分；按规则是 90 `PF721`
- ✕ 总分：总分印作 100，其中可以确定有误：第 1 行不应得满分。全按规则是 90 `PF709`
- 第 1 行 缴存人数：要得满分：至少 100人
"""
    )


def test_many_forms_without_what_is_needed() -> None:
    text = review_markdown(luzhou())
    assert text.startswith("# 绩效自评核对\n\n7 份：1 有错误，4 存疑，0 没读全，2 没有发现\n")
    assert "- 零预算印了执行率 `PF714` 7 份\n" in text
    assert "- ✕ 总额：预算执行得分印作 8.91，按规则应为 8.92 `PF702`\n" in text
    assert "要得满分" not in text


def test_forms_without_findings_have_no_line() -> None:
    forms = (reviewed(), reviewed())
    assert (
        review_markdown(Review(forms))
        == "# 绩效自评核对\n\n2 份：0 有错误，0 存疑，0 没读全，2 没有发现\n\n规则集：cn-sc/project\n"
    )


def test_what_could_not_be_read_is_listed() -> None:
    text = review_markdown(Review((), (Unreadable("坏_表.json", no_ruleset().diagnostics),)), "en")
    assert text.endswith("## Files that were not read\n\n- 坏\\_表.json: no ruleset is named\n")


def test_a_file_that_was_not_read_has_the_hint_that_helps() -> None:
    problem = Diagnostic(
        "PF167", Message("是旧式的文档", "an old document"), Message("请另存为 .docx", "save it as .docx")
    )
    files = (Unreadable("旧.doc", (problem,)),)
    assert review_markdown(Review((), files)).endswith("- 旧.doc：是旧式的文档；请另存为 .docx\n")
    assert review_markdown(Review((), files), "en").endswith("- 旧.doc: an old document; save it as .docx\n")


def test_findings_and_cells_that_were_not_read_name_their_places() -> None:
    rows: list[Row] = [
        ["三级指标", "指标值", "完成值", "分值", "得分", "旁注"],
        ["人数", "≥10人", "5人", "100", "100", "另附"],
    ]
    [form] = pfscore.load_forms(document([(["2023年度项目自评表"], rows)]))
    review = Review(tuple(review_body([("表.docx", form)], [pfscore.load_ruleset("cn-sc/project")])))
    zh, en = review_markdown(review), review_markdown(review, "en")
    assert "- 表 1 第 2 行 另附：不在认出的栏里\n" in zh
    assert "却得满分 100，不应得满分；按规则是 50 `PF721` · 表 1 第 2 行\n" in zh
    assert "- table 1, row 2 另附: in no column that was recognised\n" in en
    assert "`PF721` · table 1, row 2\n" in en
    assert "第 2 行" not in en


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_texts_of_a_form_mean_nothing_to_markdown(lang: str) -> None:
    form = reviewed(title=HOSTILE, organisation="a|b\n# c", published_total="100", published_score="100")
    text = review_markdown(Review((form,)), "zh" if lang == "zh" else "en")
    assert "<script>" not in text
    assert "a\\|b \\# c · " in text
