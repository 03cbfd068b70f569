"""The page: what it shows, that nothing of a form is taken for markup, that nothing is fetched."""

from __future__ import annotations

import re
import sys
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any

import pytest

import pfscore
from pfscore.forms.form import UnreadCell
from pfscore.foundation.errors import InputError
from pfscore.report.review.page import review_page
from pfscore.report.review.reviewed import Review, Unreadable
from tests.report.review.reviews import luzhou, no_ruleset, reviewed

pytest.importorskip("jinja2", reason="the page is made by Jinja2 (extra `report`)")

#: A text that would do harm wherever it stood without its characters being escaped.
HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(1)></td></table>{{ 7 * 7 }}"


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def tags(page: str) -> list[tuple[str, dict[str, str | None]]]:
    """Return every tag of a page with its attributes."""
    parser = _Tags()
    parser.feed(page)
    return parser.tags


def hostile_review() -> Review:
    """Return a review in which every text is hostile."""
    cells: dict[str, Any] = {"name": HOSTILE, "target": HOSTILE, "unit": HOSTILE, "actual": HOSTILE, "note": HOSTILE}
    row = pfscore.Indicator(**cells, points="100", published_score=HOSTILE)
    line = pfscore.BudgetLine(label=HOSTILE, budget="348.00", expenditure="336.06", published_rate="95.57%")
    names = ("title", "organisation", "project", "published_total", "published_grade")
    texts: dict[str, Any] = dict.fromkeys(names, HOSTILE)
    form = reviewed(**texts, goal=HOSTILE, goal_result=HOSTILE, indicators=(row,), budget=(line,))
    return Review((form, form), (Unreadable(HOSTILE, no_ruleset().diagnostics),))


def test_the_four_counts() -> None:
    page = review_page(luzhou())
    assert re.findall(r'<div class="tile (\w+)"><strong>(\d+)</strong><span>(.+?)</span>', page) == [
        ("errors", "1", "有错误"),
        ("doubts", "4", "存疑"),
        ("unread", "0", "没读全"),
        ("clean", "2", "没有发现"),
    ]


def test_a_row_of_a_form() -> None:
    page = review_page(luzhou())
    row = page[page.index('<th scope="row">完成信息系统安全等级保护测评</th>') :].split("</tr>")[0]
    assert '<td class="value" data-label="指标值：">＝1套</td>' in row
    assert '<span class="low" style="width:50%"></span>' in row
    assert "<summary>未达标：0.5 套 ≠ 1 套；完成率 50%</summary>" in row
    assert '<p class="need">要得满分：正好 1套</p>' in row


def test_a_finding_stands_right_under_its_row_with_its_sign_and_word() -> None:
    page = review_page(luzhou())
    after = page[page.index('<th scope="row">总额</th>') :].split("</tr>")[1]
    assert '<tr class="finding error">' in after
    assert '<span class="mark" aria-hidden="true">✕</span> <span class="hidden">错误：</span>' in after
    assert "<li>219.20 ÷ 245.80 × 10 = 8.9178…</li>" in after


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_texts_of_a_form_are_never_markup(lang: pfscore.Lang) -> None:
    page = review_page(hostile_review(), lang)
    found = tags(page)
    assert [tag for tag, _ in found if tag in {"img", "iframe", "link", "object"}] == []
    assert sum(tag == "script" for tag, _ in found) == 1
    assert [name for _, attributes in found for name in attributes if name.startswith("on")] == []
    assert "{{ 7 * 7 }}" in page
    clean = tags(review_page(Review(tuple(reviewed() for _ in range(2))), lang))
    assert {tag for tag, _ in found} - {tag for tag, _ in clean} <= {
        "details",
        "summary",
        "pre",
        "ul",
        "li",
        "div",
        "p",
    }


def test_only_the_script_of_the_page_may_run_and_nothing_is_fetched() -> None:
    page = review_page(luzhou())
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    policy = next(attributes["content"] or "" for tag, attributes in tags(page) if "http-equiv" in attributes)
    assert policy.startswith("default-src 'none'; ")
    assert f"script-src 'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" in policy
    links = [value for _, attributes in tags(page) for name, value in attributes.items() if name in {"href", "src"}]
    assert [link for link in links if link is None or not link.startswith("#")] == []


def test_every_link_leads_somewhere() -> None:
    found = tags(review_page(luzhou()))
    ids = [attributes["id"] for _, attributes in found if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {attributes["href"] for tag, attributes in found if tag == "a"} <= {f"#{one}" for one in ids}


def test_the_english_page_has_only_the_words_of_forms_in_chinese() -> None:
    page = review_page(Review((reviewed(title="Form", organisation="Body", project="Project"),)), "en")
    rest = re.sub("<(style|script|pre)>.*?</\\1>|缴存人数", "", page, flags=re.DOTALL)
    assert re.findall("公布|系统|分值|为什么|错误|存疑|没读全|没有发现|完成值|指标值|规则", rest) == []


def test_without_jinja2_the_page_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(
        InputError, match="PF110 错误：生成网页需要另装 Jinja2\n  提示：请运行：pip install 'pfscore\\[report\\]'"
    ):
        review_page(luzhou())


def test_cells_that_were_not_read_are_listed_with_place_and_reason() -> None:
    cell = UnreadCell(place="运维费!K3", text=HOSTILE, reason="不在认出的栏里")
    page = review_page(Review((reviewed(unread=(cell,)),)))
    assert "<summary>没有读入的格子：1</summary><ul><li><code>运维费!K3</code> &#34;&#39;&gt;&lt;script&gt;" in page
    assert "：不在认出的栏里</li>" in page


def test_a_row_has_the_address_of_its_cell() -> None:
    row = pfscore.Indicator(name="人数", target="≥5人", actual="5人", points="100", places=(("name", "运维费!D14"),))
    page = review_page(Review((reviewed(indicators=(row,)),)))
    assert '<td class="number" data-label="行：">1 <code>D14</code></td>' in page
