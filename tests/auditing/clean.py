"""Random forms in which everything adds up: drawn with hypothesis, scored by a few lines of their own arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from hypothesis import strategies as st

from pfscore.forms.form import Form
from pfscore.foundation.numbers import Rounding, fixed_text, round_to

Cells = dict[str, Any]

BLOCKS = {"产出指标": 40, "效益指标": 20, "满意度指标": 10, "成本指标": 20}
#: Names that say nothing about rates, amounts or thresholds.
NAMES = [
    f"{what}{kind}"
    for what in (
        "窗口服务",
        "信息系统",
        "档案整理",
        "宣传活动",
        "业务培训",
        "贷款发放",
        "提取办理",
        "机房维护",
        "政策解读",
        "走访企业",
    )
    for kind in ("数量", "场次", "人数", "进度", "时长", "成效", "面积")
]
#: Kinds of names of which more is better: a ceiling for them is a finding.
MANY = ("数量", "场次", "人数", "面积")
REASON = "因疫情影响推迟"


def half_up(value: Fraction, digits: int = 2) -> str:
    """Round half up and write with all digits."""
    return fixed_text(round_to(value, digits, Rounding.HALF_UP), digits)


def short(value: Fraction) -> str:
    """Write a score without zeros at its end."""
    text = half_up(value)
    return text.rstrip("0").rstrip(".")


@dataclass(frozen=True)
class Clean:
    """A clean form as plain data, and what the planting needs to know about it."""

    data: Cells
    budget: int
    spent: int

    def form(self) -> Form:
        """Return the form."""
        return Form.model_validate(self.data)

    def rows(self, block: str | None = None) -> list[Cells]:
        """Return the indicator rows of a block."""
        return [row for row in self.data["indicators"] if block in {None, row["path"][0]}]


@st.composite
def numeric_row(draw: st.DrawFn, name: str, block: str, points: int) -> Cells:
    """Draw a row whose score follows the ruleset of Sichuan: ratio, inverse ratio, equality in proportion."""
    unit = draw(st.sampled_from(["人", "次", "个", "户", "%"]))
    op = draw(st.sampled_from(["≥", "="] if name.endswith(MANY) else ["≥", "≤", "="]))
    target = draw(st.integers(50, 90 if unit == "%" else 5000))
    met = draw(st.booleans())
    if op == "=":
        actual = target if met else draw(st.integers(target // 2, target - 1))
        share = Fraction(actual, target)
    elif op == "≥":
        actual = draw(st.integers(target, target * 11 // 10) if met else st.integers(target // 2, target - 1))
        share = min(Fraction(actual, target), Fraction(1))
    else:
        actual = draw(st.integers(target // 2, target) if met else st.integers(target + 1, target * 2))
        share = min(Fraction(target, actual), Fraction(1))
    split = draw(st.booleans())
    cells: Cells = (
        {"comparator": op, "target": str(target), "unit": unit} if split else {"target": f"{op}{target}{unit}"}
    )
    return {
        "path": [block, f"{block[:2]}二级"],
        "name": name,
        **cells,
        "actual": f"{actual}{unit}",
        "points": str(points),
        "published_score": short(share * points),
        "published_deviation": f"{half_up((Fraction(actual, target) - 1) * 100)}%",
        "note": None if met else REASON,
    }


@st.composite
def word_row(draw: st.DrawFn, name: str, block: str, points: int) -> Cells:
    """Draw a row of words that were reached."""
    words = draw(st.sampled_from(["优", "健全", "规范", "有效"]))
    return {
        "path": [block, f"{block[:2]}二级"],
        "name": name,
        "comparator": "定性",
        "target": words,
        "actual": words,
        "points": str(points),
        "published_score": str(points),
    }


@st.composite
def clean_forms(draw: st.DrawFn, names: list[str] | None = None) -> Clean:
    """Draw a form in which everything adds up."""
    # Drawn at once: a permutation would be a choice for each name.
    pool = Random(draw(st.integers(0, 1 << 16))).sample(names or NAMES, len(names or NAMES))
    budget = draw(st.integers(1_000, 900_000))
    spent = draw(st.integers(budget // 2, budget - 1))
    treasury = draw(st.integers(101, budget - 1))
    treasury_spent = draw(st.integers(max(0, spent - (budget - treasury)), min(treasury, spent)))
    adjustment = draw(st.sampled_from([0, 0, 100]))
    lines = [
        _line("总额", budget, spent, adjustment),
        _line("其中：财政资金", treasury, treasury_spent, adjustment),
        _line("单位资金", budget - treasury, spent - treasury_spent, 0),
    ]
    rate = Fraction(spent, budget)
    lines[0] |= {"points": "10", "published_score": short(min(rate, Fraction(1)) * 10), "note": REASON}
    rows: list[Cells] = []
    for block, points in BLOCKS.items():
        if block == "成本指标":
            continue
        count = draw(st.integers(1, 3))
        shares = [points // count] * (count - 1)
        shares.append(points - sum(shares))
        for share in shares:
            make = draw(st.sampled_from([numeric_row, numeric_row, word_row]))
            rows.append(draw(make(pool[len(rows)], block, share)))
    rows.append(
        {
            "path": ["成本指标", "经济成本指标"],
            "name": pool[len(rows)] + "开支",
            "comparator": "≤",
            "target": _money(budget),
            "unit": "万元",
            "actual": _money(spent),
            "points": "20",
            "published_score": "20",
            "published_deviation": f"{half_up((rate - 1) * 100)}%",
        }
    )
    total = sum((Fraction(one["published_score"]) for one in (lines[0], *rows)), start=Fraction(0))
    grade = next(name for name, least in (("优", 90), ("良", 80), ("中", 60), ("差", 0)) if total >= least)
    data: Cells = {
        "title": "项目支出绩效自评表",
        "organisation": "某市某局",
        "region": "某省某市",
        "year": 2023,
        "kind": "project",
        "ruleset": "cn-sc/project",
        "amount_unit": "万元",
        "budget": lines,
        "indicators": rows,
        "tables": [
            {
                "title": "各部分分值",
                "header": ["一级指标", "分值"],
                "rows": [["预算执行情况", "10分"], *([block, f"{points}分"] for block, points in BLOCKS.items())],
            }
        ],
        "published_points": "100",
        "published_total": short(total),
        "published_grade": grade,
    }
    return Clean(data, budget, spent)


def _money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def _line(label: str, budget: int, spent: int, adjustment: int) -> Cells:
    """Return a budget line in 万元 with two decimals; the initial budget differs by the adjustment."""
    initial = budget - adjustment
    cells: Cells = {
        "label": label,
        "initial": f"-{_money(-initial)}" if initial < 0 else _money(initial),
        "adjustment": _money(adjustment),
        "budget": _money(budget),
        "expenditure": _money(spent),
    }
    if budget:
        cells["published_rate"] = f"{half_up(Fraction(spent, budget) * 100)}%"
    return cells
