"""Promise 7, hostile input is only bad input: no text raises anything but a refusal."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from tests.promises.strategies import SICHUAN

CELLS = (
    *("≥26万人", "45057", "20241030", "2024年12月31日前", "12月底前", "第3季度", "7×24小时", "1/2", "1:10"),
    *("5±2%", "1e3", "九成5", "12345热线"),
)
#: All that Unicode takes for a digit, or for a number, and that is none of 0 to 9.
DIGITS = [chr(code) for code in range(0x80, 0x20000) if unicodedata.category(chr(code)) in {"Nd", "No", "Nl"}]


class TestHostileInput:
    @given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=20), st.text(max_size=10))
    def test_arbitrary_text_raises_nothing(self, target: str, actual: str, unit: str, full: str) -> None:
        one = SICHUAN.score(name=target, path=(unit,), target=target, unit=unit, actual=actual, points=full)
        assert isinstance(one.explain(), str)

    @given(st.sampled_from(CELLS), st.sampled_from(DIGITS), st.data())
    def test_no_other_digit_raises_anything(self, cell: str, digit: str, data: st.DataObject) -> None:
        place = data.draw(st.sampled_from([match.start() for match in re.finditer("[0-9]", cell)]))
        text = cell[:place] + digit + cell[place + 1 :]
        for cells in (
            {"target": text, "actual": cell},
            {"target": cell, "actual": text},
            {"target": "5", "actual": text},
        ):
            assert isinstance(SICHUAN.score(name="完成时间", points=text, **cells).explain(), str)
