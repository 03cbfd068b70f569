"""Promise 3, blank is not zero: missing, not applicable, left to a person and zero are four outcomes."""

from __future__ import annotations

from decimal import Decimal

import pytest

import pfscore
from tests.promises.strategies import SICHUAN, facts


class TestBlankIsNotZero:
    @pytest.mark.parametrize("actual", [None, "", " ", "/", "—"])
    def test_missing(self, actual: str | None) -> None:
        one = SICHUAN.score(target="≥5人", actual=actual, points="5")
        assert facts(one) == {"outcome": "missing", "score": None, "low": 0, "high": 5, "met": None}

    def test_zero(self) -> None:
        one = SICHUAN.score(target="≥5人", actual="0人", points="5")
        assert facts(one) == {"outcome": "scored", "score": 0, "low": 0, "high": 0, "met": False}

    def test_not_applicable(self) -> None:
        one = SICHUAN.score(target="不适用", actual="不适用", points="5")
        assert facts(one) == {"outcome": "not_applicable", "score": None, "low": None, "high": None, "met": None}

    def test_judgement(self) -> None:
        one = SICHUAN.score(target="有效", actual="部分达成预期指标并具有一定效果", points="10")
        assert facts(one) == {"outcome": "judgement", "score": None, "low": 6, "high": Decimal("7.99"), "met": False}

    def test_the_total_is_an_interval_until_somebody_decides(self) -> None:
        row = pfscore.Indicator(name="甲", target="有效", actual="达成预期指标", points="10")
        form = pfscore.Form(title="表", year=2023, indicators=(row,))
        sheet = SICHUAN.score_form(form)
        assert [sheet.total, sheet.low, sheet.high] == [None, 8, 10]
        decided = form.model_copy(update={"indicators": (row.model_copy(update={"decision": "9.5"}),)})
        assert SICHUAN.score_form(decided).total == Decimal("9.5")
