"""Every code of formulas: a formula that earns it, and its whole text in both languages.

`bad/PF4xx.txt` holds cases separated by blank lines: the formula, and what is shown. For computations the values
follow the formula after `|`. `PFSCORE_ACCEPT=1 pytest tests/formulas` rewrites the files; read the difference.
"""

from __future__ import annotations

import os
import pickle
import re
from fractions import Fraction
from pathlib import Path

import pytest

from pfscore.formulas.evaluation.compiled import EvaluationError, compile_formula
from pfscore.formulas.formula import parse_formula
from pfscore.foundation.codes import family
from pfscore.foundation.diagnostics import Span
from pfscore.foundation.errors import ExpressionError, PfscoreError
from pfscore.foundation.text import Lang
from tests.tables import each

BAD = Path(__file__).parent / "bad"
CASES = {path.stem: path for path in sorted(BAD.glob("PF*.txt"))}
LANGS: tuple[Lang, ...] = ("zh", "en")
EXPANSION = re.compile(r"<(.+?)×(\d+)>")


def outcome(line: str) -> PfscoreError:
    """Read, prepare and compute what `line` says; return the error that comes of it."""
    text, _, given = EXPANSION.sub(lambda match: match[1] * int(match[2]), line).partition(" | ")
    env: dict[str, Fraction | bool] = {}
    for pair in filter(None, given.split(",")):
        name, value = pair.strip().split("=")
        env[name] = value == "true" if value in {"true", "false"} else Fraction(value)
    at = Span("rules.yaml", 7, 14, 1, f"    formula: {text}") if len(text) < 100 else None
    with pytest.raises((ExpressionError, EvaluationError)) as caught:
        compile_formula(parse_formula(text, at=at)).run(env)
    return caught.value


def shown(line: str) -> str:
    """Return the whole case: the line, and the error in both languages."""
    error = outcome(line)
    return "\n".join([f"» {line}", *(one.render(lang) for lang in LANGS for one in error.diagnostics)]) + "\n"


@each("code", CASES)
def test_a_bad_formula_is_told_in_full(code: str) -> None:
    expected = CASES[code].read_text(encoding="utf-8")
    lines = [line[2:] for line in expected.splitlines() if line.startswith("» ")]
    found = "\n".join(shown(line) for line in lines)
    if os.environ.get("PFSCORE_ACCEPT"):
        CASES[code].write_text(found, encoding="utf-8")
    assert found == expected
    assert all(code in {one.code for one in outcome(line).diagnostics} for line in lines)


def test_every_code_has_a_bad_formula() -> None:
    assert set(CASES) == set(family("PF4"))


@each("code", CASES)
def test_the_page_of_a_code_shows_the_first_case(code: str) -> None:
    page = (Path(__file__).parents[2] / "docs" / "codes" / f"{code}.md").read_text(encoding="utf-8")
    error = outcome(CASES[code].read_text(encoding="utf-8").splitlines()[0][2:])
    for lang in LANGS:
        text = "\n".join(one.render(lang) for one in error.diagnostics)
        assert f"\n```text\n{text}\n```\n" in page


@each("code", CASES)
def test_the_error_survives_pickle(code: str) -> None:
    line = CASES[code].read_text(encoding="utf-8").splitlines()[0][2:]
    error = outcome(line)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("IF(完成值 >= 指标值, 分值, 0)", "写 如果 条件 则 … 否则 …"),
        ("ROUND(分值 * 完成率, 2)", "写 四舍五入(数, 位数)；得分的取整写在规则的 rounding 里"),
        ("Min(1, 完成率)", "写 min(…)"),
    ],
)
def test_the_names_of_a_spreadsheet_are_answered_in_this_language(text: str, hint: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_formula(text)
    assert [(one.code, one.hint and one.hint.zh) for one in caught.value.diagnostics] == [("PF411", hint)]
