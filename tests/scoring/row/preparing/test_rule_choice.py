"""Rules for indicators of certain names find them whatever numbering stands before the name."""

from __future__ import annotations

from pathlib import Path

import pytest

import pfscore

RULESET = """\
ruleset: cn/names
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
    cite: {source: 试算, at: 通则}
    total: 100
rules:
  - id: named
    title: 按名称
    applies: {name: [培训人数]}
    versions:
      - since: 2023
        cite: {source: 试算, at: 一}
        formula: 分值
"""
NUMBERINGS = "1. 1、 （1） (一) ① ⑴ ★ ☆1. ▲ * # 指标1. 指标1： 指标1 一、 第一、"


@pytest.mark.parametrize("numbering", ["", *NUMBERINGS.split()])
def test_numbering_does_not_matter(numbering: str, tmp_path: Path) -> None:
    path = tmp_path / "names.yaml"
    path.write_text(RULESET, encoding="utf-8")
    rules = pfscore.load_ruleset(path, on="2023-12-31")
    one = rules.score(name=f"{numbering}培训人数", target="≥5人", actual="6人", points="10")
    assert (one.score, [found.code for found in one.diagnostics]) == (10, [])
