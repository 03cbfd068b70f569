"""The Markdown of a review."""

from __future__ import annotations

import pytest

from pfscore.report.review.markdown import review_markdown
from pfscore.report.review.reviewed import Review, Unreadable
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
| 公积金管理 | 100 | 90 | +10 | 2 / 0 / 0 | 总分：总分印作 100，按规则应为 90：第 1 行印作 100，应为 90 | form.json |

## 公积金管理

公布 100，各行之和 100，按规则 90 / 100，差 +10，等级“优”

- ✕ 总分：总分印作 100，按规则应为 90：第 1 行印作 100，应为 90 `PF709`
- ✕ 第 1 行 缴存人数：未达标（90人 / ≥100人），却得满分 100，应为 90 `PF721`
- 第 1 行 缴存人数：要得满分：至少 100人
"""
    )


def test_many_forms_without_what_is_needed() -> None:
    text = review_markdown(luzhou())
    assert text.startswith("# 绩效自评核对\n\n7 份：1 有错误，5 存疑，0 没读全，1 没有发现\n")
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


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_texts_of_a_form_mean_nothing_to_markdown(lang: str) -> None:
    form = reviewed(title=HOSTILE, organisation="a|b\n# c", published_total="100", published_score="100")
    text = review_markdown(Review((form,)), "zh" if lang == "zh" else "en")
    assert "<script>" not in text
    assert "a\\|b \\# c · " in text
