"""The pages of the language: their examples give what they say, and nothing of the tables is left out."""

from __future__ import annotations

import re
from fractions import Fraction

from pfscore.formulas.evaluation.compiled import compile_formula
from pfscore.formulas.formula import definition_of, parse_formula
from pfscore.formulas.functions import FUNCTIONS, POLICIES
from pfscore.formulas.glossary import GLOSSARY, SPELLINGS
from pfscore.formulas.printer import print_formula
from pfscore.foundation.numbers import decimal_text, exact
from tests.house.tree import ROOT
from tests.tables import each

REFERENCE = ROOT / "docs" / "reference" / "formula.md"
FOLDER = ROOT / "docs" / "policies"
PAGES = [REFERENCE, *sorted(FOLDER.glob("*.md"))]
EXAMPLE = re.compile(r"^\| `(.+)` \| ([^`|]*=[^`|]*) \| ([^`|]+) \|$", re.MULTILINE)
EXAMPLES = [(page.name, *match) for page in PAGES for match in EXAMPLE.findall(page.read_text(encoding="utf-8"))]
SCALES = {"%": Fraction(1, 100), "万": Fraction(10**4)}


def value(text: str) -> Fraction | bool:
    """Read what the column of given values says."""
    if text in {"是", "否", "yes", "no"}:
        return text in {"是", "yes"}
    return exact(text.rstrip("%万")) * SCALES.get(text[-1], 1)


@each(("page", "formula", "given", "gives"), EXAMPLES)
def test_an_example_gives_what_it_says(page: str, formula: str, given: str, gives: str) -> None:
    pairs = (pair.split("=") for pair in given.split(", "))
    compiled = compile_formula(parse_formula(formula))
    env = {SPELLINGS[name]: value(text) for name, text in pairs}
    assert set(env) == set(compiled.names), page
    assert decimal_text(compiled.run(env)) == gives.strip()


def test_there_are_examples_in_both_languages() -> None:
    for page in PAGES:
        if page.name != "README.md":
            here = [formula for name, formula, *_ in EXAMPLES if name == page.name]
            assert any(formula.isascii() for formula in here), page.name
            assert any(not formula.isascii() for formula in here), page.name


def test_the_reference_lists_every_name_and_function() -> None:
    text = REFERENCE.read_text(encoding="utf-8")
    for term in GLOSSARY.values():
        assert f"\n| {term.zh} | {term.en} | {term.meaning.zh} | {term.meaning.en} |" in text
    for function in FUNCTIONS.values():
        assert f"`{function.signature('zh')}`" in text
        assert f"`{function.signature('en')}`" in text


@each("policy", POLICIES)
def test_a_policy_has_a_page_with_its_definition_and_parameters(policy: str) -> None:
    function = POLICIES[policy]
    text = (FOLDER / f"{policy}.md").read_text(encoding="utf-8")
    assert text.startswith(f"# {function.zh} · {policy}\n\n## 中文\n")
    assert print_formula(definition_of(policy), "zh", function) in text
    assert print_formula(definition_of(policy), "en", function) in text
    for parameter in function.parameters:
        assert f"\n| {parameter.zh} | {parameter.meaning.zh}" in text
        assert f"\n| {parameter.en} | {parameter.meaning.en}" in text
    assert f"]({policy}.md)" in (FOLDER / "README.md").read_text(encoding="utf-8")
