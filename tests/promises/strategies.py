"""Rows as officials write them, and a second opinion on their scores, for the tests of promises."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from hypothesis import strategies as st

import pfscore
from pfscore import testing
from pfscore.foundation.numbers import decimal_text

SICHUAN = pfscore.load_ruleset("cn-sc/project", on="2023-12-31")
HUNAN = pfscore.load_ruleset("cn-hn/project", on="2023-12-31")

#: Decimal text as officials write it: up to six digits before and two behind the point.
amounts = st.integers(1, 10**8).map(lambda cents: decimal_text(Fraction(cents, 100)))
comparators = st.sampled_from(["≥", "≤", "="])
points = testing.points()
cells = testing.target_cells()
answers = testing.actual_cells()


def facts(one: pfscore.IndicatorScore) -> dict[str, object]:
    """What a row came to, for comparing at one glance."""
    return {"outcome": one.outcome.value, "score": one.score, "low": one.low, "high": one.high, "met": one.met}


def naive(comparator: str, target: str, actual: str, full: str) -> Decimal:
    """A second opinion in a few lines of decimal arithmetic, for positive targets under the Sichuan ruleset."""
    with localcontext() as context:
        context.prec = 60
        t, a, w = Decimal(target), Decimal(actual), Decimal(full)
        lower = Decimal(1) if a <= t else t / a
        share = lower if comparator == "≤" else min(Decimal(1), a / t)
        return (w * share).quantize(Decimal("0.01"), ROUND_HALF_UP)
