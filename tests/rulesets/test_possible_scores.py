"""The scores that a rule can give, as a sentence lists them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pfscore.rulesets.model.values import Range
from pfscore.rulesets.possible_scores import PossibleScores, possible_scores
from tests.rulesets.ruleset_text import rules
from tests.tables import each


@pytest.mark.parametrize(
    ("count", "listed"),
    [
        (1, "1"),
        (8, "1、2、3、4、5、6、7、8"),
        (9, "1、2、3、4、5、6、7、…、9"),
        (20, "1、2、3、4、5、6、7、…、20"),
    ],
)
def test_eight_scores_are_listed(count: int, listed: str) -> None:
    scores = PossibleScores(tuple(Range(Fraction(one), Fraction(one)) for one in range(1, count + 1)))
    assert scores.text().zh == listed
    assert scores.text().en == listed.replace("、", ", ")


@pytest.mark.parametrize(
    ("judgement", "listed"),
    [
        ('{share: "[40%, 60%]", full_when_met: 是}', "10、[4, 6]"),
        ('{share: "[40%, 60%]"}', "[4, 6]"),
        ("{low: 分值 / 2, high: 分值}", "10、5"),
    ],
)
def test_a_person_judges_within_the_bounds(judgement: str, listed: str) -> None:
    (found,) = rules(f"judgement: {judgement}").edition.rules
    assert possible_scores(found, Fraction(10)).text().zh == listed


@each(
    ("formula", "listed"),
    [
        ("如果 达标 则 分值 否则 0", "10、0"),
        ("如果 达标 则 12 否则 10", "10"),
        ("如果 达标 则 分值 否则 分值 / 2", "10、5"),
        ("分值 * min(完成率, 1)", "[0, 10]"),
        ("分值 / (如果 达标 则 0 否则 2)", "[0, 10]"),
        ("分值 / (如果 达标 则 1 否则 2)", "10、5"),
        ("扣完为止(分值, 逐级扣分(完成值 - 指标值, 每=1%, 扣=4, 零头=进一))", "10、6、2、0"),
        ("扣完为止(分值, 逐级扣分(完成值 - 指标值, 每=1%, 扣=5, 零头=舍去))", "10、5、0"),
        ("扣完为止(分值, 逐级扣分(完成值 - 指标值, 每=1%, 扣=4, 零头=按比例))", "[0, 10]"),
        ("扣完为止(分值 * 完成率, 逐级扣分(完成值 - 指标值, 每=1%, 扣=4, 零头=进一))", "[0, 10]"),
        ("扣完为止(分值, 逐级扣分(完成值 - 指标值, 每=1%, 扣=完成值, 零头=进一))", "[0, 10]"),
    ],
)
def test_no_score_is_more_than_the_points(formula: str, listed: str) -> None:
    (found,) = rules(f"formula: {formula}").edition.rules
    assert possible_scores(found, Fraction(10)).text().zh == listed
