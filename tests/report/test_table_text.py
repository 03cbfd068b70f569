"""What is printed fits the terminal: lines are broken, and a table that is too wide becomes sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

import pfscore
from pfscore.auditing.case import case_of
from pfscore.auditing.run import audit
from pfscore.forms.files.reader import load_forms
from pfscore.foundation.text import Lang, display_width
from pfscore.questions.needed import needed
from pfscore.report.findings_text import form_text
from pfscore.report.one_sentence import reason
from pfscore.report.questions_text import needs_text
from pfscore.report.sheet_text import sheet_text
from pfscore.report.table_text import columns, fitted, terminal_columns, wrapped
from pfscore.scoring.rules import load_ruleset
from tests.house.tree import ROOT
from tests.tables import each

(FORM, *_) = load_forms(ROOT / "examples" / "luzhou-2023.json")
RULES = load_ruleset("cn-sc/project", on="2023-12-31")
SHEET = RULES.score_form(FORM)
WIDTHS = [*range(30, 82, 5), 100, 400]


@contextmanager
def terminal(width: int | None) -> Iterator[None]:
    token = terminal_columns.set(width)
    try:
        yield
    finally:
        terminal_columns.reset(token)


@each("width", range(11, 40))
def test_no_line_is_broken_inside_a_number(width: int) -> None:
    lines = wrapped("“1028.57%”（提示线 120%），浓度 35μg/m³", "", width)
    assert all(number in " ".join(lines) for number in ("1028.57%", "120%", "35μg/m³"))


def test_how_a_person_settles_rows_is_said_once() -> None:
    row = pfscore.Indicator(name="甲", target="有效", points="50", actual="达成预期指标")
    form = pfscore.Form(year=2023, indicators=(row, row))
    said = sheet_text(pfscore.load_ruleset("cn/project").score_form(form), form)
    assert said.count("decision") == 1 and said.count("评价人定分，40 到 50") == 2


@pytest.mark.parametrize("actual", ["100%", "按期办结", "及时"])
def test_words_that_answer_a_time_limit_are_no_figure_beside_it(actual: str) -> None:
    one = RULES.score(name="办结时限", target="≤20个工作日", actual=actual, points="5")
    assert one.met and reason(one).startswith("达标；推定：")
    counted = RULES.score(name="办结时限", target="≤20个工作日", actual="18个工作日", points="5")
    assert reason(counted) == "达标：18 工作日 ≤ 20 工作日"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_line_is_wider_than_the_terminal(width: int, lang: Lang) -> None:
    with terminal(width):
        texts = [
            sheet_text(SHEET, FORM, lang),
            form_text(case_of(FORM, SHEET), audit(FORM, ruleset=RULES), lang),
            needs_text(FORM, needed(FORM, ruleset=RULES), lang, every=True),
        ]
    assert [line for text in texts for line in text.split("\n") if display_width(line) > width] == []


def test_a_wide_terminal_breaks_nothing() -> None:
    with terminal(400):
        wide = sheet_text(SHEET, FORM)
    with terminal(None):
        assert wide.split("\n\n")[1] == sheet_text(SHEET, FORM).split("\n\n")[1]


def test_no_cell_is_lost_in_a_narrow_terminal() -> None:
    rows = [("行", "指标", "指标值", "完成值"), ("1", "适龄儿童国家免疫规划疫苗接种率", "≥95%", "96.2%")]
    with terminal(16):
        text = "".join("".join(columns(rows, (4, 36, 24, 16))).split())
    assert text == "行1；指标适龄儿童国家免疫规划疫苗接种率；指标值≥95%；完成值96.2%"


def test_the_excerpt_of_a_file_stays_above_its_mark() -> None:
    excerpt = " 12 |       - since: 2020-01-01\n    |         ^^^^^^^^^^"
    with terminal(20):
        assert fitted(excerpt) == excerpt
