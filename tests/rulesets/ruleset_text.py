"""A ruleset for a test: a head that is the same for all, and the part that the test is about."""

from __future__ import annotations

from datetime import date
from textwrap import dedent, indent
from typing import Any

from pfscore.documents.document import document_from_text
from pfscore.forms.form import Form, Indicator
from pfscore.rulesets.in_force import Loaded
from pfscore.rulesets.load import parse_ruleset
from pfscore.scoring.rules import Rules

_DAY = date(2023, 12, 31)
HEAD = """\
ruleset: cn-demo/project
title: 示例办法
jurisdiction: CN
kind: project
status: draft
sources:
  - key: 示例
    title: 示例办法
    evidence: text
"""


def text(rules: str, form: str = "") -> str:
    """Return a whole ruleset from its rules and what it says about the form."""
    parts = [HEAD]
    if form:
        parts.append(
            "form:\n  - since: 2020\n    cite:\n      source: 示例\n" + indent(dedent(form).strip("\n"), "    ")
        )
    parts.append("rules:\n" + indent(dedent(rules).strip("\n"), "  ") + "\n")
    return "\n".join(parts)


def rule(how: str, applies: str = "", name: str = "r") -> str:
    """Return one rule with one version, from how it scores and for what."""
    head = f"- id: {name}\n"
    if applies:
        head += "  applies:\n" + indent(dedent(applies).strip("\n"), "    ") + "\n"
    body = indent(dedent(how).strip("\n"), "      ")
    return f"{head}  versions:\n    - since: 2020\n      cite:\n        source: 示例\n{body}\n"


def loaded(ruleset: str) -> Loaded:
    """Read a ruleset from its text."""
    return parse_ruleset(document_from_text("demo.yaml", ruleset, syntax="yaml"))


def rules(how: str, applies: str = "", form: str = "") -> Rules:
    """Return a ruleset of one rule, ready to score."""
    return Rules((loaded(text(rule(how, applies), form)),), on=_DAY)


def scored(found: Rules, *, points: str | None = "10", **cells: Any) -> str:
    """Return what a row earns in one word: a score, a range, or the first code."""
    one = found.score(points=points, **cells)
    if one.low is None or one.high is None:
        return one.outcome.value
    if one.low != one.high:
        return f"[{one.low}, {one.high}]"
    return f"{one.score}"


def form(*rows: dict[str, Any]) -> Form:
    """Return a form of these rows."""
    return Form(title="表", year=2023, indicators=tuple(Indicator(**row) for row in rows))
