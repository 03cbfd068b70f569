"""Units that the cells of a row do not share: what is certain, what one cell only leaves out, and what is none."""

from __future__ import annotations

import pytest

from tests.auditing.making import form, found, row


@pytest.mark.parametrize(
    ("name", "target", "actual", "severities"),
    [
        ("每公里造价", "≤22万元", "21.5万元/公里", []),
        ("单位建设成本", "≤22万元", "21.5万元/座", []),
        ("处置成本", "≤100元/吨", "96元", ["warning"]),
        ("项目总成本", "≤300万元", "3万元/公里", ["warning"]),
        ("新建管网", "≥30公里", "28万元", ["error"]),
        ("单位造价", "≤22万元", "3公里", ["error"]),
    ],
)
def test_a_missing_unit_of_each_is_no_error(name: str, target: str, actual: str, severities: list[str]) -> None:
    one = form(row(target, actual, name, points="5", published_score="5"), ruleset="cn/project")
    assert [severity for _, severity, _ in found(one, "PF756")] == severities
