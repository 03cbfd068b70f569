"""One spelling for each character."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pfscore.foundation.folding import fold, fold_without_spaces


@given(st.text())
def test_the_length_stays(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_what_is_folded() -> None:
    assert fold("≧２６萬人，（含）～８０％") == "≥26万人,(含)~80%"
    assert fold_without_spaces("萬元 ／ 每 項目") == "万元/每项目"
