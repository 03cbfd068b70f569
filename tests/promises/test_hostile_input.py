"""Promise 7, hostile input is only bad input: no text raises anything but a refusal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.promises.strategies import SICHUAN


class TestHostileInput:
    @given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=20), st.text(max_size=10))
    def test_arbitrary_text_raises_nothing(self, target: str, actual: str, unit: str, full: str) -> None:
        one = SICHUAN.score(name=target, path=(unit,), target=target, unit=unit, actual=actual, points=full)
        assert isinstance(one.explain(), str)
