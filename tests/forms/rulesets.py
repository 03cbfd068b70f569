"""Small rulesets for what a form's terms may say, written as an author would."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import pfscore

TEXT = """\
ruleset: cn/small
title: 试算
jurisdiction: CN
kind: project
status: draft
sources:
  - key: 试算
    title: 试算
    issued: 2023
    evidence: text
form:
  - since: 2023
    cite: {{source: 试算, at: 通则}}
    total: 100
    grades:
      - {{name: 优, from: 90}}
      - {{name: 良, from: 80}}
      - {{name: 中, from: 60}}
      - {{name: 差, from: 0}}
{terms}
rules:
  - id: ratio
    title: 按比例
    applies: {{comparator: [≥, ≤, "="]}}
    versions:
      - since: 2023
        cite: {{source: 试算, at: 一}}
        formula: 分值 * min(完成率, 1)
        rounding: {{digits: {digits}, mode: half_up}}
  - id: words
    title: 由评价人评定
    applies: {{comparator: [定性]}}
    versions:
      - since: 2023
        cite: {{source: 试算, at: 二}}
        judgement: {{share: "[50%, 100%]"}}
        rounding: {{digits: 2}}
  - id: money
    title: 执行率
    applies: {{row: budget}}
    versions:
      - since: 2023
        cite: {{source: 试算, at: 三}}
        formula: 如果 预算数 = 0 则 分值 否则 分值 * min({rate}, 1)
        rounding: {{digits: 2}}
"""


@cache
def small(*terms: str, digits: int = 2, rate: str = "执行数 / 预算数") -> pfscore.Rules:
    """Return the small ruleset, whose form has these terms beside its grades."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "small.yaml"
        written = "".join(f"    {term}\n" for term in terms)
        path.write_text(TEXT.format(terms=written, digits=digits, rate=rate), encoding="utf-8")
        return pfscore.load_ruleset(path, on="2023-12-31")
