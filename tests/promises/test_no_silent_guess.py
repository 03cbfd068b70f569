"""Promise 2, no silent guess: what is assumed is named and allowed; damage is refused."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.promises.strategies import HUNAN, SICHUAN, answers, cells, points


class TestNoSilentGuess:
    @given(cells, answers, points)
    def test_what_is_assumed_is_said_and_allowed(self, target: str, actual: str, full: str) -> None:
        one = HUNAN.score(target=target, actual=actual, points=full)
        for assumption in one.assumptions:
            assert assumption.message.zh in one.explain()
            assert assumption.message.en in one.explain("en")

    @pytest.mark.parametrize("cell", ["290$", "工5%", "≥**人", "≥9O%", "≥≥5人", "=SUM(A1)", "<p>5</p>"])
    def test_damage_is_refused_never_repaired(self, cell: str) -> None:
        one = SICHUAN.score(target=cell, actual="5人", points="5")
        assert one.outcome == "refused"
        assert one.score is None
        assert one.diagnostics[0].code.startswith("PF3")
