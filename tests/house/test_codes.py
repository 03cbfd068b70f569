"""The table of codes, what the source raises, the pages, and the tests that show each code say the same."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from pfscore.foundation import codes
from pfscore.foundation.errors import NotFoundError
from tests.house.tree import ROOT, modules, text_files, tree_of
from tests.tables import each

CODE = re.compile(r"\bPF[0-9]{3}\b")
CHINESE = re.compile("[\u4e00-\u9fff]")
PAGES = ROOT / "docs" / "codes"
TABLES = "foundation/codes.py"
#: The parts of a page, in order.
SHAPE = ("含义", "例子", "怎么办", "Meaning", "Example", "What to do")


@cache
def raised() -> set[str]:
    """Return the codes that stand in the source as values of their own, tables and docstrings apart."""
    return {
        node.value
        for module in modules()
        if module != TABLES
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value)
    } | {codes.UNKNOWN}


def shown() -> set[str]:
    """Return the codes that a test expects: in the name of a bad file, in a corpus, in the text of a test."""
    found: set[str] = set()
    for folder in (ROOT / "tests").iterdir():
        if folder.is_dir() and folder.name != "house":
            for path, text in text_files(folder):
                found |= set(CODE.findall(f"{path.name.replace('-', ' ')} {text}"))
    return found


def test_codes_are_well_formed_and_said_in_both_languages() -> None:
    assert [code for code in codes.CODES if not CODE.fullmatch(code)] == []
    assert [code for code, title in codes.CODES.items() if not CHINESE.search(title.zh)] == []
    assert [code for code, title in codes.CODES.items() if not title.en or CHINESE.search(title.en)] == []


def test_what_is_raised_is_in_the_table() -> None:
    assert sorted(raised() - set(codes.CODES)) == []


def test_what_is_in_the_table_is_raised() -> None:
    assert sorted(set(codes.CODES) - raised()) == []


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    pages = {path.stem for path in PAGES.iterdir()}
    documented = {*codes.CODES, *codes.WITHDRAWN}
    assert (sorted(documented - pages), sorted(pages - documented)) == ([], [])


def test_every_code_is_shown_by_a_test() -> None:
    assert sorted(set(codes.CODES) - shown() - {codes.UNKNOWN}) == []


def test_a_page_has_its_shape() -> None:
    wrong = []
    for code, title in codes.CODES.items():
        text = re.sub(r"^```.*?^```$", "", codes.page(code), flags=re.MULTILINE | re.DOTALL)
        heads = re.findall(r"^#+ .*$", text, re.MULTILINE)
        parts = [part for part in re.findall(r"^\*\*(.+?)\*\*", text, re.MULTILINE) if part in SHAPE]
        if (heads, parts) != ([f"# {code} {title.zh} · {title.en}", "## 中文", "## English"], list(SHAPE)):
            wrong.append((code, heads, parts))
    assert wrong == []


@each("code", codes.WITHDRAWN)
def test_a_withdrawn_code_is_never_reported_and_its_page_names_the_one_that_took_its_place(code: str) -> None:
    successor = codes.WITHDRAWN[code]
    assert (code in codes.CODES, code in raised(), successor in codes.CODES) == (False, False, True)
    for lang, word in (("zh", "已停用"), ("en", "withdrawn")):
        text = codes.page(code.lower(), "zh" if lang == "zh" else "en")
        assert text.startswith(f"# {code} ")
        assert word in text.split("\n", 1)[1]
        assert f"[{successor}]({successor}.md)" in text


def test_a_page_in_one_language() -> None:
    wrong = []
    for code in codes.CODES:
        chinese, english = codes.page(code, "zh"), codes.page(code, "en")
        words = [word in page for page in (chinese, english) for word in ("**含义**", "**Meaning**")]
        heads = {page.split("\n")[0] for page in (codes.page(code), chinese, english)}
        if words != [True, False, False, True] or len(heads) != 1:
            wrong.append((code, words, heads))
    assert wrong == []


def test_a_code_that_does_not_exist() -> None:
    with pytest.raises(NotFoundError) as caught:
        codes.page("PF000")
    assert str(caught.value) == (
        "PF190 错误：没有代码 “PF000”\n"
        "  提示：PF1xx 文件，PF2xx 规则集，PF3xx 单元格，PF4xx 公式，PF5xx 表和评分，PF6xx 例子，PF7xx 审核"
    )
