"""Rates and deviations that amounts do not give, and amounts that cannot be right."""

from __future__ import annotations

import pytest

from tests.auditing.making import form, found, row


@pytest.mark.parametrize(("printed", "severity"), [("99%", "warning"), ("99.98%", "warning"), ("98%", "error")])
def test_a_rate_that_was_cut_off_is_a_doubt(printed: str, severity: str) -> None:
    """19997 ÷ 20000 is 99.985 %."""
    line = {"label": "总额", "budget": "20000", "expenditure": "19997", "published_rate": printed}
    assert found(form(budget=[line]), "PF701") == [("PF701", severity, None)]


def test_a_deviation_that_was_cut_off_is_a_doubt() -> None:
    one = row("≥300人", "298人", published_deviation="-0.66%", note="因故")
    assert found(form(one), "PF703") == [("PF703", "warning", 1)]
    assert found(form({**one, "published_deviation": "-0.6%"}), "PF703") == [("PF703", "warning", 1)]
    assert found(form({**one, "published_deviation": "-0.69%"}), "PF703") == [("PF703", "error", 1)]
