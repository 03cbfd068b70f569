"""The known ways to score a row, as formulas: those that give a published score, with the rounding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import get_args

from pfscore.auditing.figures import ROUNDING_WORDS, Figure
from pfscore.cells.readings import Direction
from pfscore.formulas.evaluation.compiled import Compiled, compile_formula
from pfscore.formulas.formula import parse_formula
from pfscore.foundation.errors import PfscoreError
from pfscore.foundation.numbers import Rounding, round_to
from pfscore.foundation.text import Message
from pfscore.scoring.row.comparing.comparison import Comparison

Env = Mapping[str, Fraction | bool]


@dataclass(frozen=True, slots=True)
class Policy:
    """A way to score: its formula, what it is called, and the directions of target that it is for.

    `parameters` counts what was chosen freely: a policy with more of them needs more rows to be believed. `jumps`
    tells that a hair can cost points; `is_odd` marks what people do although no rule says so.
    """

    key: str
    title: Message
    formula: str
    directions: frozenset[str | None]
    parameters: int = 0
    jumps: bool = False
    ratios_only: bool = False
    is_odd: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """A policy with the rounding of its result; `stage` is the digits to which the rate was rounded before."""

    policy: Policy
    mode: Rounding
    stage: int | None = None

    def said(self) -> Message:
        """Return the way in words."""
        mode = ROUNDING_WORDS[self.mode]
        zh, en = self.policy.title.zh, self.policy.title.en
        if self.stage is not None:
            percent = self.stage - 2
            zh += f"，先把比率四舍五入到百分数的 {percent} 位小数" if percent else "，先把比率四舍五入到整数百分数"
            to = f"{percent} decimal{'s' * (percent > 1)} of a percent" if percent else "a whole percent"
            en += f", the rate rounded to {to} first"
        if self.mode is not Rounding.HALF_UP:
            zh, en = f"{zh}，得分{mode.zh}", f"{en}, the score {mode.en}"
        return Message(zh, en)


_UP = frozenset({"higher", "equal"})
_DOWN = frozenset({"lower"})
_NUMBERS = _UP | _DOWN
_ANY = frozenset({*get_args(Direction), None})

POLICIES: tuple[Policy, ...] = (
    Policy("ratio", Message("按完成比例", "in proportion"), "分值 * 按比例(完成值, 指标值)", _UP),
    Policy(
        "inverse-ratio",
        Message("超过按反比例", "inverse ratio above the limit"),
        "分值 * 反比例(完成值, 指标值)",
        _DOWN,
    ),
    Policy(
        "interval-ratio",
        Message("区间外按比例", "in proportion outside the interval"),
        "分值 * 区间比例(完成值, 下限, 上限)",
        frozenset({"between"}),
    ),
    Policy("all-or-nothing", Message("全或无", "all or nothing"), "分值 * 全或无(达标)", _ANY, jumps=True),
    Policy(
        "linear-excess",
        Message("超过部分直线扣减，到两倍为零", "linear above the limit, none at twice of it"),
        "分值 * 线性超额(完成值, 指标值, 归零=2)",
        _DOWN,
        1,
    ),
    Policy(
        "threshold-rescaled",
        Message("及格线 60%，以上折算", "pass mark 60%, rescaled above"),
        "分值 * 及格线折算(完成率, 线=60%)",
        _UP,
        1,
    ),
    Policy(
        "threshold-cut-off",
        Message("及格线 60%，以下不得分", "pass mark 60%, none below"),
        "分值 * 及格线截断(完成率, 线=60%)",
        _UP,
        1,
        jumps=True,
    ),
    Policy(
        "value-as-share",
        Message("把完成值直接当作得分比例", "the actual itself taken as the share"),
        "分值 * max(0, min(完成值, 1))",
        _NUMBERS,
        1,
        ratios_only=True,
        is_odd=True,
    ),
    Policy("always-full", Message("不论完成多少都给满分", "full points whatever was achieved"), "分值", _ANY, 1),
)
#: A ratio whose rate is rounded before it is multiplied.
_STAGED = Policy("ratio", Message("按完成比例", "in proportion"), "分值 * max(0, min(完成率, 1))", _UP)
_STAGES = (4, 3, 2)


def _steps() -> Iterator[Policy]:
    for per in ("1%", "5%", "10%"):
        for take in ("0.5", "1", "2"):
            for partial, word in (
                ("舍去", "whole steps only"),
                ("进一", "a part of a step counts as one"),
                ("按比例", "parts in proportion"),
            ):
                yield Policy(
                    f"step-{per.rstrip('%')}-{take.replace('.', '')}-{word.split()[0]}",
                    Message(
                        f"每差 {per} 扣 {take} 分（零头{partial}）",
                        f"{take} points off for each {per} ({word})",
                    ),
                    f"扣完为止(分值, 逐级扣分(1 - 完成率, 每={per}, 扣={take}, 零头={partial}))",
                    _UP,
                    2,
                    jumps=partial != "按比例",
                )


STEPS: tuple[Policy, ...] = tuple(_steps())


@lru_cache(maxsize=256)
def _compiled(formula: str) -> Compiled:
    return compile_formula(parse_formula(formula))


def environment(points: Fraction, comparison: Comparison) -> dict[str, Fraction | bool]:
    """Return the values that a formula may use for a row."""
    env: dict[str, Fraction | bool] = {"points": points}
    for name in ("target", "actual", "low", "high", "met", "completion", "deviation_rate"):
        if (value := getattr(comparison, name)) is not None:
            env[name] = value
    return env


def exact_score(policy: Policy, env: Env) -> Fraction | None:
    """Return what a policy gives, unrounded; `None` where it cannot be applied to the row."""
    compiled = _compiled(policy.formula)
    if any(name not in env for name in compiled.names):
        return None
    try:
        return compiled.run(env)
    except PfscoreError:
        return None


def ways_to(
    printed: Figure,
    points: Fraction,
    comparison: Comparison,
    *,
    is_ratio: bool = False,
) -> Iterator[Way]:
    """Yield the ways that give the printed score, the simplest first.

    >>> from pfscore.auditing.figures import read_figure
    >>> found = Comparison(False, "equal", Fraction(1), Fraction(1, 2))
    >>> next(ways_to(read_figure("2"), Fraction(4), found)).policy.key
    'ratio'
    """
    env = environment(points, comparison)
    for policy in POLICIES:
        if comparison.direction not in policy.directions or (policy.ratios_only and not is_ratio):
            continue
        exact = exact_score(policy, env)
        if exact is None:
            continue
        if modes := printed.roundings_of(exact):
            yield Way(policy, modes[0])
        elif policy.key == "ratio":
            yield from _staged(printed, env)


def _staged(printed: Figure, env: Env) -> Iterator[Way]:
    rate = env.get("completion")
    if not isinstance(rate, Fraction) or isinstance(rate, bool):
        return
    for digits in _STAGES:
        exact = exact_score(_STAGED, {**env, "completion": round_to(rate, digits)})
        if exact is not None and printed.agrees(exact):
            yield Way(_STAGED, Rounding.HALF_UP, digits)
            return
