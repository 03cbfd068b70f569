"""A row is scored alike on every path: alone, in a stream, in a form, in a form that was read from a file."""

from __future__ import annotations

import json
from collections import deque
from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Real
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pfscore
from pfscore.cli import main
from pfscore.forms.files.rows import read_row
from pfscore.foundation.numbers import decimal_text, exact
from pfscore.rulesets.search import builtin_ids
from pfscore.scoring.row.engine import Engine
from pfscore.scoring.rules import rules_for
from tests.corpus.lines import read
from tests.forms.strategies import actuals, targets
from tests.house.tree import ROOT
from tests.tables import each

LOADED = {
    **{name: pfscore.load_ruleset(name, on="2024-12-31") for name in builtin_ids()},
    "odd": pfscore.load_ruleset(ROOT / "tests" / "bad" / "forms" / "rulesets" / "odd.yaml", on="2024-12-31"),
}
#: Few different numbers, so that targets repeat, actuals lie at the edges, and rounding has ties.
numbers = st.sampled_from(["0", "1", "2", "3", "7", "8", "10", "59.22", "60", "80", "100", "0.05", "-1"])
units = st.sampled_from(["", "人", "%", "万元", "亿元"])
plain = st.fixed_dictionaries(
    {
        "target": st.one_of(
            st.builds("{}{}{}".format, st.sampled_from(["", "≥", "≤", "=", ">", "<"]), numbers, units), targets
        ),
        "actual": st.one_of(st.builds("{}{}".format, numbers, units), actuals, st.just("")),
        "points": st.sampled_from(["1", "2.5", "3", "7", "10", "0", "4.125", "", "10分", "10%", "-1", "x"]),
    },
    optional={
        "name": st.sampled_from(["人数", "除以零", "超出分值", "除不尽", "甲方案", "固定分值", "按名次", ""]),
        "path": st.sampled_from([(), ["产出指标", "数量指标"], ("成本指标",), ("满意度指标", "满意度")]),
        "comparator": st.sampled_from(["≥", "≤", "=", "定性", "", None]),
        "unit": st.sampled_from(["人", "万人", "%", "", None]),
    },
)
odd = st.fixed_dictionaries(
    {"target": targets, "actual": actuals},
    optional={
        "points": st.sampled_from([10, Decimal("2.50"), Fraction(1, 4), None]),
        "decision": st.sampled_from(["1", "5"]),
        "share": st.sampled_from(["85%", "50%"]),
        "rank": st.just("2"),
        "thresholds": st.just({"优": "90%", "良": "60%"}),
        "targets": st.just({"full_year": "≥5人"}),
        "note": st.just("说明"),
    },
).map(lambda cells: {key: cell for key, cell in cells.items() if key != "target" or "targets" not in cells})


def everything(one: pfscore.IndicatorScore) -> dict[str, Any]:
    return {
        "outcome": one.outcome,
        "score": one.score,
        "low": one.low,
        "high": one.high,
        "points": one.points,
        "met": one.met,
        "completion": one.completion,
        "deviation_rate": one.deviation_rate,
        "rule": one.rule,
        "codes": one.codes,
        "cite": one.cite,
        "name": one.name,
        "row": one.row,
        "assumptions": one.assumptions,
        "diagnostics": one.diagnostics,
        "trace": one.trace,
        "explained": (one.explain(), one.explain("en")),
        "json": one.as_json(),
        "shown": repr(one).partition(" ")[2],
    }


@pytest.mark.parametrize("name", sorted(LOADED))
@settings(max_examples=3)
@given(rows=st.lists(st.one_of(plain, plain, plain, odd), min_size=1, max_size=8))
def test_each_row_as_if_alone(name: str, rows: list[dict[str, Any]]) -> None:
    rules = LOADED[name]
    found = list(rules.score_many(rows))
    alone = [rules.score(**row) for row in rows]
    assert [everything(one) for one in found] == [everything(one) for one in alone]
    assert found == alone
    assert [hash(one) for one in found] == [hash(one) for one in alone]


def test_every_hundredth_of_every_weight() -> None:
    """The score of a ratio is the points times it, rounded once, half up; nothing of it is lost on the quick path."""
    weights = [exact(quarters) / 4 for quarters in (1, 3, 10, 25, 40, 80)]
    rates = range(0, 10_001, 7)
    rows = [
        {
            "target": "100%",
            "comparator": "≥",
            "actual": f"{decimal_text(exact(rate) / 100)}%",
            "points": decimal_text(weight),
        }
        for weight in weights
        for rate in rates
    ]
    expected = [
        Decimal(decimal_text(Fraction(int(weight * rate / 100 * 100 + Fraction(1, 2)) // 1, 100)))
        for weight in weights
        for rate in (exact(rate) / 100 for rate in rates)
    ]
    limits = [weight for weight in weights for _ in rates]
    scores = [one.score for one in LOADED["cn-sc/project"].score_many(rows)]
    assert scores == [min(score, Decimal(decimal_text(limit))) for score, limit in zip(expected, limits, strict=True)]


def test_order_is_kept_and_nothing_is_read_ahead() -> None:
    taken = []

    def rows() -> Any:
        for number in range(5):
            taken.append(number)
            yield {"target": "≥10人", "actual": f"{number}人", "points": "10"}

    stream = LOADED["cn-sc/project"].score_many(rows())
    assert [next(stream).score, next(stream).score, taken] == [0, 1, [0, 1]]
    assert [one.score for one in stream] == [2, 3, 4]


class TestEveryPath:
    """Cells of the corpus under every shipped ruleset, and rows as careless programs hand them over."""

    LINES = (*read("targets.tsv"), *read("actuals.tsv"), *read("rejected.tsv"))
    ROWS = st.builds(
        lambda target, actual, points, path: {
            "target": target.text,
            "comparator": target.comparator,
            "unit": target.unit or actual.unit,
            "actual": actual.text,
            "points": points,
            "path": path,
        },
        st.sampled_from(LINES),
        st.sampled_from(LINES),
        st.sampled_from(["10", "2.5", "", "10分"]),
        st.sampled_from([[], ["产出指标", "数量指标"], ["成本指标"], ["满意度指标"]]),
    )

    @pytest.mark.parametrize("name", builtin_ids())
    @settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(row=ROWS)
    def test_of_the_corpus(self, name: str, row: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> None:
        rules = LOADED[name]
        alone = rules.score(**row)
        [streamed] = rules.score_many([row])
        assert everything(streamed) == everything(alone)
        if any(rule.applies.block or rule.applies.name for rule in rules.edition.rules) and rules.edition.splits:
            return  # points that are shared out in a block need the block
        file = tmp_path_factory.getbasetemp() / "row.json"
        file.write_text(json.dumps({"indicators": [row]}, ensure_ascii=False), encoding="utf-8")
        [read] = pfscore.load_forms(file)
        for form in (read, pfscore.Form(indicators=(pfscore.Indicator(**row),))):
            [in_form] = rules.score_form(form).indicators
            # What is left to a person is no error of a form, and its place is in the form.
            said = [(one.code, one.message, one.hint) for one in in_form.diagnostics if one.code != "PF525"]
            assert said == [(one.code, one.message, one.hint) for one in alone.diagnostics]
            same = in_form.with_diagnostics(alone.diagnostics)
            assert same.as_json() == alone.as_json()
            assert (same.explain(), same.explain("en")) == (alone.explain(), alone.explain("en"))

    @pytest.mark.parametrize(
        ("target", "actual", "outcome"),
        [
            ("≥100万", "100万", "scored"),
            ("≥100万", "80万", "scored"),
            ("≥100", "80", "scored"),
            ("≥100万", "80", "scored"),  # 80万: 80 alone is far below
            ("≥100万", "800000", "scored"),
            ("100", "80万", "scored"),
            ("≥100", "5千", "refused"),  # 100 or 100千
        ],
    )
    def test_a_scale_is_no_unit(self, target: str, actual: str, outcome: str) -> None:
        for name in ("cn/project", "cn-sc/project", "cn-hn/project"):
            rules, row = LOADED[name], {"target": target, "actual": actual, "points": "5", "comparator": "≥"}
            [streamed] = rules.score_many([row])
            assert (streamed.outcome, rules.score(**row)) == (outcome, streamed)

    def test_a_negative_score_is_refused(self, tmp_path: Path) -> None:
        file = tmp_path / "rules.yaml"
        text = (ROOT / "benchmarks" / "peers.yaml").read_text(encoding="utf-8")
        text = text.replace("分值 * min(完成值 / 指标值, 1)", "分值 * (2 * 完成值 / 指标值 - 1)").partition(
            "        examples:"
        )[0]
        file.write_text(text, encoding="utf-8")
        rules = pfscore.load_ruleset(file, on="2023-12-31")
        row = {"target": "≥10人", "actual": "3人", "points": "10"}
        form = pfscore.Form(indicators=(pfscore.Indicator(**row),))  # type: ignore[arg-type]
        for one in (rules.score(**row), *rules.score_many([row, row]), *rules.score_form(form).indicators):
            assert (one.outcome, one.low, one.high) == ("refused", 0, 10)
            assert [found.code for found in one.diagnostics] == ["PF522"]

    def test_keys_of_the_caller_are_kept(self) -> None:
        row: dict[Any, Any] = {
            "id": 17,
            "place": {"row": 3},
            5: "x",
            "target": "≥5人",
            "actual": "6人",
            "points": "10",
            "points2": 0.5,
        }
        [one] = LOADED["cn-sc/project"].score_many([row])
        assert (one.score, one.extra) == (10, {"id": 17, "place": {"row": 3}, 5: "x", "points2": 0.5})
        assert LOADED["cn-sc/project"].score(target="≥5人", actual="6人", points="10", id=17).extra == {"id": 17}

    @pytest.mark.parametrize("key", ["self", "rules", "rows", "cells", "given", "extra", "more", "cls", "_"])
    def test_any_key_of_the_caller_is_one(self, key: str) -> None:
        """Also one that has the name of an argument inside."""
        row: dict[str, Any] = {"target": "≥5人", "actual": "6人", "points": "10", key: 1}
        [one] = LOADED["cn-sc/project"].score_many([row])
        assert one == LOADED["cn-sc/project"].score(**row)
        assert (one.score, one.extra) == (10, {key: 1})

    def test_a_misspelt_key_is_refused(self) -> None:
        [one] = LOADED["cn-sc/project"].score_many([{"targt": "≥5人", "actual": "6人", "points": "10"}])
        assert (one.outcome, [found.code for found in one.diagnostics]) == ("refused", ["PF501"])

    def test_numbers_of_other_libraries(self) -> None:
        class Whole:
            """As an integer of numpy: an integral number, and no int."""

            def __int__(self) -> int:
                return 6

        Integral.register(Whole)

        class Missing:
            """As the NA of pandas: it has no truth and is equal to nothing."""

            def __bool__(self) -> bool:
                raise TypeError("boolean value of NA is ambiguous")

            def __eq__(self, other: object) -> bool:
                raise TypeError("NA is equal to nothing")

            __hash__ = object.__hash__

        class Binary:
            """As a number of numpy with a binary point, and no float."""

        Real.register(Binary)

        rows = [
            {"target": "≥5", "actual": actual, "points": "10"}
            for actual in (Whole(), Missing(), float("nan"), float("inf"), Binary())
        ]
        found = [
            (one.score, [problem.code for problem in one.diagnostics])
            for one in LOADED["cn-sc/project"].score_many(rows)
        ]
        assert found == [(10, []), (None, ["PF504"]), (None, ["PF511"]), (None, ["PF531"]), (None, ["PF531"])]

    def test_what_is_none_is_blank(self) -> None:
        row: dict[str, Any] = dict.fromkeys(("name", "path", "comparator", "unit", "thresholds", "note"))
        row |= {"target": "≥5人", "actual": "6人", "points": "10"}
        assert LOADED["cn-sc/project"].score(**row).score == 10
        assert [one.score for one in LOADED["cn-sc/project"].score_many([row])] == [10]


class TestEveryPathOfARowInDoubt:
    """Names of shares, falls, harm and counts; figures of both signs, at each factor from which they are doubted."""

    NAMES = (
        *("合格率", "群众满意度", "农药使用量减少率", "交通事故起数同比下降", "产值增长率", "贷款逾期率", "节约额"),
        *("投诉件数", "培训人数", "在编人数", "办理天数", "有效", ""),
    )
    FACTORS = (
        *("1", "0.5", "1.04", "0.12", "0.111", "0.11", "0.1", "0.0909", "0.09", "0.0125", "0.0124", "0.011"),
        *("0.01", "0.009", "0.008", "0.0079", "0.00125", "0.001", "0.0009", "0.0001", "79", "80", "90", "91", "100"),
        *("110", "111", "125", "126", "799", "800", "909", "999", "1000", "1001", "1100", "10000", "0", "-1", "-0.5"),
    )
    SIGNS = ("%", "‰", "人", "件", "万元", "")
    KEYS = ("outcome", "score", "low", "high", "met", "rule", "codes")

    @classmethod
    def rows(cls, seed: str, count: int) -> list[dict[str, Any]]:
        """Rows of these names and figures, each of which comes twice."""
        chance = Random(seed)
        found: list[dict[str, Any]] = []
        for _ in range(count):
            unit = chance.choice(cls.SIGNS)
            target = chance.choice(["90", "100", "5", "0.9", "120", "40", "2000", "0", "-5", "95~98"])
            actual = Fraction(target.partition("~")[0]) * Fraction(chance.choice(cls.FACTORS))
            row: dict[str, Any] = {
                "name": chance.choice(cls.NAMES),
                "path": chance.choice([["产出指标", "数量指标"], ["满意度指标"]]),
                "target": f"{chance.choice(['≥', '≤', '', '', '='])}{target}{unit}",
                "actual": f"{decimal_text(actual)}{chance.choice([unit, unit, unit, *cls.SIGNS])}",
                "points": chance.choice(["10", "10", "2.5", "0.07", ""]),
                "published_score": chance.choice([None, None, "10", "0", "7"]),
            }
            found += [row, {**row, "id": 1}]
        return chance.sample(found, len(found))

    @staticmethod
    def told(one: Any) -> tuple[Any, ...]:
        """What a row came to."""
        return one.outcome, one.score, one.low, one.high, one.met, one.rule, one.codes

    @pytest.mark.parametrize(
        ("target", "actual", "score"),
        [("≥100%", "1%", "0.1"), ("≥6人", "0.06人", "0.1"), ("≤5‰", "0.1%", "10"), ("≥5件", "-5件", "0")],
    )
    def test_without_a_name_it_is_scored_as_it_is_written(self, target: str, actual: str, score: str) -> None:
        rules, cells = LOADED["cn-sc/project"], {"target": target, "actual": actual, "points": "10"}
        named = {**cells, "name": "培训合格率"}
        for bare, doubted in ((rules.score(**cells), rules.score(**named)), rules.score_many([cells, named])):
            assert bare.score == Decimal(score) and not bare.award.in_doubt
            assert doubted.award.in_doubt and doubted.score is None

    @pytest.mark.parametrize("name", ["cn-sc/project", "cn-hn/project", "cn/project", "cn-js/department"])
    def test_it_is_open_on_every_path(
        self, name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        rules, rows = pfscore.load_ruleset(name, on="2024-12-31"), self.rows(name, 75)
        engine = Engine(rules.edition)
        by_passes = [engine.score(read_row(row)[0]) for row in rows]
        right = [self.told(one) for one in by_passes]
        assert sum(one.award.in_doubt for one in by_passes) > 10
        assert [self.told(one) for one in rules.score_many(rows)] == right
        assert [self.told(rules.score(**row)) for row in rows] == right
        form = pfscore.Form(indicators=tuple(read_row(row)[0] for row in rows))
        assert [
            self.told(one.with_diagnostics(tuple(d for d in one.diagnostics if d.code != "PF525")))
            for one in rules.score_form(form).indicators
        ] == right
        table = pa.Table.from_pylist([{key: row[key] for key in row if key != "id"} for row in rows])
        found = rules.score_batch(table).to_pylist()
        assert [tuple(one[key] for key in self.KEYS) for one in found] == [
            (one[0].value, *one[1:-1], list(one[-1])) for one in right
        ]
        file = tmp_path / "rows.jsonl"
        file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        main(("score", str(file), "--rows", "--ruleset", name, "--on", "2024-12-31"))
        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [
            tuple(
                line[key] if key not in self.KEYS[1:4] or line[key] is None else Decimal(line[key]) for key in self.KEYS
            )
            for line in lines
        ] == [(one[0].value, *one[1:-1], list(one[-1])) for one in right]
        monkeypatch.setattr(Engine, "checks_frames", True)
        list(rules.score_many(self.rows(f"{name} again", 150)))


BLOCKS = {"产出指标": 1, "数量指标": 2}


@pytest.mark.parametrize(
    "path",
    [set(BLOCKS), frozenset(BLOCKS), iter([*BLOCKS]), BLOCKS.keys(), BLOCKS, range(2), 5],
    ids=lambda path: type(path).__name__,
)
def test_a_path_without_an_order_is_refused(path: Any) -> None:
    """A set has another order in every process, and what an iterator gave once is lost to the next who reads it."""
    row = {"target": "≥5人", "actual": "4人", "points": "10", "path": path}
    rules = LOADED["cn-sc/project"]
    for one in (rules.score(**row), *rules.score_many([row, row])):
        assert (one.outcome, one.codes[0]) == ("refused", "PF504")
    with pytest.raises(pfscore.InputError, match="PF504"):
        pfscore.Indicator(path=path)


@pytest.mark.parametrize("kind", [list, tuple, deque])
def test_a_path_is_any_list(kind: Any) -> None:
    row = {"target": "≥5人", "actual": "4人", "points": "10", "path": kind(["产出指标", "数量指标"])}
    found = [LOADED["cn-sc/project"].score(**row), *LOADED["cn-sc/project"].score_many([row, row])]
    assert [(one.score, one.row.path) for one in found] == [(8, ("产出指标", "数量指标"))] * 3


def test_rows_that_differ_only_in_what_no_rule_asks_for_are_scored_once() -> None:
    rules = pfscore.load_ruleset("cn-sc/project", on="2024-12-31")
    rows = [{"name": name, "target": "≥98%", "actual": "97%", "points": "5"} for name in "甲乙丙"]
    found = list(rules.score_many([*rows, {**rows[0], "decision": "3"}, {**rows[0], "unit": "人"}]))
    assert [one.name for one in found] == ["甲", "乙", "丙", "甲", "甲"]
    assert [one.award is found[0].award for one in found] == [True, True, True, False, False]
    assert [one.code for one in found[3].diagnostics] == ["PF523"]


def test_nothing_in_force_and_no_date() -> None:
    with pytest.raises(pfscore.RulesetError) as caught:
        pfscore.load_ruleset("cn-sh/project", on="1999-01-01")
    assert (caught.value.code, caught.value.diagnostics[0].hint.zh) == ("PF223", "最早的版本自 2020-01-01 起")  # type: ignore[union-attr]
    with pytest.raises(pfscore.RulesetError) as caught:
        pfscore.load_ruleset("cn-sh/project").score(target="≥1", actual="1", points="1")
    assert caught.value.code == "PF224"
    with pytest.raises(pfscore.NotFoundError) as missing:
        pfscore.load_ruleset("cn-xx/nothing")
    assert missing.value.code == "PF225"


@each(
    ("target", "actual", "low"),
    [
        ("≥3万五千元", "31000元", "8.86"),
        ("≥三亿5000万元", "1亿元", "2.86"),
        ("≥3米五", "3.2米", "9.14"),
        ("≥1e5", "60000", "6"),
        ("≥3.5×10⁴", "40", "0.01"),
        ("≥零点五", "0.6", "10"),
        ("翻一番", "增长100%", "10"),
        ("增长1倍", "增长100%", "10"),
        ("≥8折", "80%", "10"),
        ("≥2万人", "25000", "10"),
        ("12月底前", "2023-12-31 00:00:00", "10"),
    ],
)
def test_rows_that_other_readers_and_spreadsheets_get_wrong(target: str, actual: str, low: str) -> None:
    assert (one := _of_2023(target, actual)).outcome == "scored"
    assert str(one.low) == str(one.high) == low


@pytest.mark.parametrize(
    ("target", "actual", "code"),
    [
        ("≥10w", "90000", "PF331"),
        ("≥3万元欧元", "3万元", "PF322"),
        ("≥3万元（美元）", "3万元", "PF322"),
        ("减少3个", "减少-5个", "PF331"),
        ("同比下降2%", "同比下降-3%", "PF331"),
        ("≥95%", "0.98", "PF517"),
        ("≥95%", "nan", "PF305"),
        ("≥95%", "NaN", "PF305"),
        ("≥95%", "#N/A", "PF305"),
    ],
)
def test_rows_that_cannot_be_read_are_refused(target: str, actual: str, code: str) -> None:
    one = _of_2023(target, actual)
    assert (one.outcome, one.codes) == ("refused", (code,))


def _of_2023(target: str, actual: str) -> pfscore.IndicatorScore:
    form = pfscore.Form(
        year=2023, indicators=(pfscore.Indicator(name="某事项", target=target, actual=actual, points="10"),)
    )
    return pfscore.load_ruleset("cn/project", on="2023-12-31").score_form(form).indicators[0]


def test_a_form_is_scored_by_the_rules_that_were_asked_for_or_by_those_that_it_names() -> None:
    form = pfscore.Form(title="表", year=2023, ruleset="cn-sc/project")
    asked = pfscore.load_ruleset("cn-zj/project", on="2023-12-31")
    assert rules_for(form, asked) is asked
    assert [rules_for(form, name).score_form(form).ruleset for name in ("cn-hn/project", None)] == [
        "cn-hn/project",
        "cn-sc/project",
    ]
    with pytest.raises(pfscore.InputError) as caught:
        rules_for(pfscore.Form(title="表", year=2023), None)
    assert caught.value.code == "PF526"


def test_rules_have_the_names_of_their_own_ruleset_and_not_of_its_parent() -> None:
    rules = LOADED["cn-sc/project"]
    assert (rules.id, rules.title) == ("cn-sc/project", rules.edition.title)
    assert rules.title != LOADED["cn/project"].title


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"target": "明显改善", "actual": "52公里"}, "PF516"),
        ({"target": "≥50公里", "actual": "52人"}, "PF515"),
        ({"target": "≥50公里", "actual": "基本完成"}, "PF516"),
    ],
)
def test_a_diagnostic_weighs_alike_on_every_path(cells: dict[str, str], code: str) -> None:
    rules = pfscore.load_ruleset("cn/project", on="2023-12-31")
    given = {"name": "养护里程", "points": "10", **cells}
    alone, [of_many] = rules.score(**given), list(rules.score_many([given]))
    [in_form] = rules.score_form(pfscore.Form(year=2023, indicators=(pfscore.Indicator(**given),))).indicators  # type: ignore[arg-type]
    for one in (alone, of_many, in_form):
        assert [(found.code, found.severity.value) for found in one.diagnostics] == [(code, "warning")]
