"""Promise 4, every point is traceable: a score carries its tree, its rule and its document."""

from __future__ import annotations

import json
import pickle
from fractions import Fraction

from hypothesis import given

from pfscore.formulas.evaluation.trace import Step
from tests.promises.strategies import HUNAN, answers, cells, points


class TestTraceable:
    @given(cells, answers, points)
    def test_the_tree_gives_the_score_and_survives_json_and_pickle(self, target: str, actual: str, full: str) -> None:
        one = HUNAN.score(target=target, actual=actual, points=full)
        tree = one.trace
        if one.score is not None:
            assert tree.number == Fraction(one.score)
        assert Step.from_json(json.loads(json.dumps(tree.as_json()))) == tree
        again = pickle.loads(pickle.dumps(one))
        assert again == one
        assert again.explain() == one.explain()

    def test_a_score_names_its_rule_and_its_document(self) -> None:
        one = HUNAN.score(target="控制在60%到80%的区间", actual="59.22%", points="2")
        assert one.rule == "interval"
        assert one.cite is not None
        assert (one.cite.source, one.cite.evidence) == ("岳阳2023", "observed")
