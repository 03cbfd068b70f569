"""What frames give is what the passes give: under every ruleset, for cells whose numbers, scales and units vary."""

from __future__ import annotations

import os
import pickle
import re
from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import cycle, product
from pathlib import Path
from random import Random
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

import pfscore
from pfscore.cells.readings import TargetKind
from pfscore.forms.files.rows import read_row
from pfscore.formulas.evaluation.generated import ScoreFunction
from pfscore.foundation.numbers import Rounding, decimal_text, round_to
from pfscore.foundation.runtime.memory import Recent
from pfscore.rulesets.search import builtin_ids
from pfscore.scoring.row.engine import Engine
from pfscore.scoring.row.framing import shapes
from pfscore.scoring.row.framing.frames import Frames
from pfscore.scoring.rules import Rules
from tests.corpus.lines import read
from tests.rulesets.ruleset_text import loaded
from tests.rulesets.ruleset_text import rules as ruleset_of
from tests.rulesets.strategies import rulesets, text_of
from tests.scoring.test_rules import everything

LINES = [*read("targets.tsv"), *read("actuals.tsv"), *read("rejected.tsv")]
TEXTS = sorted({line.text for line in LINES})
PLAIN = [
    "≥{}人",
    "≤{}",
    "={}%",
    "{}",
    ">{}万元",
    "<{}个工作日",
    "{}%以上",
    "{}%~90%",
    "{}~80",
    "增长{}%",
    "约{}",
    "≥{}万",
]
ANSWERS = [
    "{}人",
    "{}",
    "{}%",
    "{}万元",
    "{}个工作日",
    "{}万",
    "{}元",
    "≥{}",
    "增长{}%",
    "",
    "不适用",
    "完成",
    "无",
    "1{}",
]
NUMBERS = ["0", "1", "2", "7", "60", "80", "99.99", "100", "120", "0.05", "2023", "10000", "33.333", "9999999999"]
NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
SCALES, UNITS = ("万", "亿", "千", ""), ("人", "%", "元", "天", "个", "‰", "次", "")
KINDS = [kind.author_word for kind in TargetKind]


@st.composite
def exchanged(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> str:
    """A cell of the corpus with other numbers, scale words, units or blanks."""
    text = draw(texts)
    if draw(st.booleans()):
        text = NUMBER.sub(lambda _: draw(st.sampled_from(NUMBERS)), text)
    for words in (SCALES, UNITS):
        old = next((word for word in words if word and word in text), None)
        if old is not None and draw(st.booleans()):
            text = text.replace(old, draw(st.sampled_from(words)), 1)
    if draw(st.integers(0, 9)) == 0:
        at = draw(st.integers(0, len(text)))
        text = f"{text[:at]} {text[at:]}"
    return text


def of_shape(shapes: list[str]) -> st.SearchStrategy[str]:
    return st.builds(lambda shape, number: shape.format(number), st.sampled_from(shapes), st.sampled_from(NUMBERS))


ROWS = st.fixed_dictionaries(
    {
        "target": of_shape(PLAIN) | of_shape(PLAIN) | exchanged(st.sampled_from(TEXTS)),
        "actual": of_shape(ANSWERS) | of_shape(ANSWERS) | exchanged(st.sampled_from(TEXTS)),
        "points": st.sampled_from(["10", "10", "2.5", "4.125", "0", "", "10分", "x", 5, None]),
    },
    optional={
        "comparator": st.sampled_from(["≥", "≤", "=", "", None]),
        "unit": st.sampled_from(["人", "万元", "%", "", None]),
        "name": st.sampled_from(["人数", "经费", "安全事故起数", "投诉办结率", "办理时限"]),
        "path": st.sampled_from([("产出指标", "数量指标"), ["成本指标"], ("产出指标", "时效指标"), ()]),
        "id": st.integers(),
        "note": st.just("说明"),
    },
)


def first_of(one: pfscore.IndicatorScore) -> tuple[object, ...]:
    """What a frame gives before anybody asks for more."""
    return one.score, one.low, one.high, one.met, one.outcome, one.rule, one.codes, one.extra


def compare(rules: Rules, rows: list[dict[str, Any]]) -> None:
    """Score rows with frames and by the passes alone."""
    engine = Engine(rules.edition)
    by_passes = [engine.score(given, extra=extra) for given, extra in map(read_row, rows)]
    alone, many = [rules.score(**row) for row in rows], list(rules.score_many(rows))
    for found in (alone, many):
        assert [first_of(one) for one in found] == [first_of(one) for one in by_passes]
    assert [everything(one) for one in many] == [everything(one) for one in by_passes]
    assert alone == many == by_passes
    assert [hash(one) for one in many] == [hash(one) for one in by_passes]


@pytest.mark.parametrize("name", builtin_ids())
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=st.lists(ROWS, min_size=6, max_size=12))
def test_under_every_ruleset(name: str, rows: list[dict[str, Any]]) -> None:
    compare(LOADED[name], rows)


def test_a_unit_that_no_column_may_hold() -> None:
    for target in ("≥5名教师/班", "≥2万名教师/班"):
        rows = [{"name": "a", "target": target, "actual": text, "points": "5"} for text in ("5", "4")]
        compare(LOADED["cn-sc/project"], rows + rows[::-1])


@pytest.mark.parametrize("actual", ["9 0元", "9\u30000元", "9 0", "9\n0元", "9,0元", "９ ０元"])
def test_an_actual_that_repeats_one_target_but_for_a_blank(actual: str) -> None:
    """What it is under 90元 says nothing of 79.87元."""
    rows = [
        {"target": target, "actual": actual, "points": points}
        for target in ("90元", "79.87元", "9元", "90元")
        for points in ("10", "-1", None)
    ]
    compare(LOADED["cn-sc/project"], rows + rows[::-1])


LOADED = {name: pfscore.load_ruleset(name, on="2024-12-31") for name in builtin_ids()}


def random_rules(data: dict[str, Any], kinds: list[list[str]]) -> Rules:
    """Return the rules of random data, each for some kinds of targets; what is no ruleset is not looked at."""
    for rule, words in zip(data["rules"], kinds, strict=False):
        rule["applies"] = {"comparator": words}
    try:
        return Rules((loaded(text_of(data)[0]),), on=date(2031, 1, 1))
    except pfscore.RulesetError:
        reject()


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    data=rulesets(),
    kinds=st.lists(st.lists(st.sampled_from(KINDS), min_size=1, max_size=4, unique=True), min_size=4, max_size=4),
    rows=st.lists(ROWS, min_size=10, max_size=30),
)
def test_under_random_rulesets(data: dict[str, Any], kinds: list[list[str]], rows: list[dict[str, Any]]) -> None:
    compare(random_rules(data, kinds), rows)


@pytest.mark.parametrize("points", [None, "10"])
@pytest.mark.parametrize("ruleset", ["cn-sc/project", "cn-js/department"])
def test_numbers_that_an_assumption_compares(ruleset: str, points: str | None) -> None:
    cells = [("10", "3"), ("10", "15"), ("365", "15"), ("365", "400"), ("45", "45"), ("45", "50"), ("2", "1")]
    rows = [
        {"name": "场馆", "target": f"公共体育场馆开放≥{target}天/年", "unit": "天", "actual": actual, "points": points}
        for target, actual in cells
    ]
    compare(LOADED[ruleset], rows * 2 + rows[::-1])
    heads = [{"target": "每千人≥12名", "actual": f"{one}人", "points": points} for one in (12, 3, 15, 0)]
    compare(LOADED[ruleset], heads * 2 + heads[::-1])


#: Numbers that words may make a name, a time or a date of.
ODD_NUMBERS = (
    *("0", "3", "5", "12", "24", "31", "100", "110", "119", "120", "365", "2023", "12345", "95598", "2.0", "7.25"),
)


@pytest.mark.parametrize("name", ["cn-sc/project", "cn-hn/project", "cn-js/department"])
def test_cells_of_the_corpus_with_other_numbers(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Engine, "checks_frames", True)
    chance = Random(20231231)
    for text in chance.sample([text for text in TEXTS if NUMBER.search(text)], 50):
        answer = chance.choice([*ANSWERS, text])
        for _ in range(6):
            target, actual = (
                NUMBER.sub(lambda _: chance.choice(ODD_NUMBERS), cell.format("1")) for cell in (text, answer)
            )
            row = {"target": target, "actual": actual, "points": chance.choice(["10", "10", "4.125", None])}
            list(LOADED[name].score_many([row, {**row, "name": "人数"}, {**row, "name": "补贴资金"}]))


@pytest.mark.parametrize("target", ["≥{}%", "{}%", "优良路率{}%", "{}"])
def test_numbers_that_words_answer_differently(target: str) -> None:
    for unit in (None, "%"):
        for numbers in (("95", "100", "0", "31", "100.0"), ("100", "0", "95"), ("0", "12", "100")):
            rows = [
                {"target": target.format(number), "unit": unit, "actual": answer, "points": points}
                for answer in ("无", "全部完成", "未完成", "")
                for number in numbers
                for points in (None, "10", "10")
            ]
            compare(LOADED["cn-sc/project"], rows)


def test_words_around_numbers_become_a_shape(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = pfscore.load_ruleset("cn-sc/project", on="2024-12-31")
    scored = count_passes(monkeypatch)
    targets = ["自受理之日起{}个工作日内", "控制在{}%到90%的区间"]
    for target in targets:
        rows = [{"target": target.format(n), "actual": "40.5%", "points": "10"} for n in range(41, 81)]
        found = [(one.low, one.high, one.outcome) for one in rules.score_many(rows)]
        assert len(set(found)) == 1
        assert len(scored) < 10
        scored.clear()


@pytest.mark.parametrize("target", ["水土流失治理面积≥{}平方公里", "值班{}小时值守≥3次", "{}月前完成"])
def test_words_that_make_some_numbers_a_name_are_no_shape(target: str) -> None:
    rules = pfscore.load_ruleset("cn-sc/project", on="2024-12-31")
    numbers = [*range(1, 30), 119, 120, 365]
    rows = [{"target": target.format(number), "actual": "40", "points": "10"} for number in numbers]
    compare(rules, rows + rows[::-1])


#: How many of these ratios look like a slip, as 0.91% of 100% does; some come close to it.
MAY_BE_SLIPS = 48


def ratios() -> Iterator[tuple[str, str, str, Fraction]]:
    """Every hundredth of a percent of some weights, and every fraction of small integers, sampled."""
    for weight in ("0.5", "2.5", "3", "8", "9.5", "10"):
        for rate in range(0, 10_001, 13):
            actual = f"{decimal_text(Fraction(rate, 100))}%"
            yield "≥100%", actual, weight, round_to(Fraction(weight) * Fraction(rate, 10_000), 2, Rounding.HALF_UP)
    for target in range(1, 201, 7):
        for actual_number in range(target + 1):
            score = round_to(Fraction(10 * actual_number, target), 2, Rounding.HALF_UP)
            yield f"≥{target}人", f"{actual_number}人", "10", score


def test_ratios_are_exact() -> None:
    cases = list(ratios())
    rows = [{"target": target, "actual": actual, "points": points} for target, actual, points, _ in cases]
    rules = LOADED["cn-sc/project"]
    found = [Fraction(str(one.score)) for one in rules.score_many(rows)]
    assert found == [score for *_, score in cases]


def forget(rules: Rules) -> None:
    """Let nothing be known of rows by these rules, nor how often words around numbers were met."""
    rules._engines.clear()
    for memory in (shapes._meetings, shapes._reads_alike):
        memory.cache_clear()


def count_passes(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return a list that grows with every row that the passes score."""
    scored: list[Any] = []
    score = Engine.score

    def counted(*row: Any, **more: Any) -> pfscore.IndicatorScore:
        scored.append(row)
        return score(*row, **more)

    monkeypatch.setattr(Engine, "score", counted)
    return scored


@pytest.mark.parametrize(("rounding", "scored"), [("step: 0.05", 40), ("digits: 2", 2)])
def test_a_completion_that_is_rounded_before_scoring(
    rounding: str, scored: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    how = f"formula: 分值 * min(完成率, 1)\nrounding: [{{{rounding}, at: completion}}, {{digits: 2}}]"
    rows = [{"target": "≥40人", "actual": f"{number}人", "points": "10"} for number in range(40, 0, -1)]
    compare(ruleset_of(how), rows)
    passes = count_passes(monkeypatch)
    list(ruleset_of(how).score_many(rows))
    assert len(passes) == scored


#: Target, comparator, unit, actual, name: rows that people write, whose numbers differ from row to row.
WRITTEN = [
    ("≥{}人", None, None, "{}人", None),
    ("≥{}人", None, None, "完成{}人", "培训人数"),
    ("≤{}个工作日", None, None, "{}个工作日", "办理时限"),
    ("{}%", None, None, "{}%", "合格率"),
    ("≥{}%", None, None, "{}", None),
    ("{}", "≤", "万元", "{}", "经费"),
    ("{}", None, "个", "{}", "投诉起数"),
    ("60%~{}%", None, None, "{}%", None),
    ("{}~80", None, None, "{}", None),
    ("≥{}万", None, None, "{}", None),
    (">{}次", None, None, "{}次", None),
    ("增长{}%", None, None, "增长{}%", None),
    ("≥{}人", None, None, "≥{}人", None),
    ("0起", None, None, "{}起", "安全事故起数"),
    ("有效", None, None, "{}%", None),
    ("建成{}个并验收", None, None, "建成{}个，已验收", "建成数量"),
]


def written(chance: Random, count: int) -> list[dict[str, Any]]:
    """Rows of these shapes, each with that many numbers."""
    rows = []
    for target, comparator, unit, actual, name in WRITTEN:
        for _ in range(count):
            cells: dict[str, Any] = {"target": target.format(chance.randint(61, 90))}
            cells |= {"comparator": comparator, "unit": unit}
            cells |= {"actual": actual.format(chance.choice([chance.randint(0, 99), 75.5, 0])), "name": name}
            cells |= {"points": chance.choice(["10", "2.5"]), "path": name and ("产出指标", "数量指标")}
            rows.append({key: cell for key, cell in cells.items() if cell is not None})
    return chance.sample(rows, len(rows))


#: Cells with other numbers in each row: days do not come into question, nobody knows which side is meant, units have a
#: scale. How many of a hundred rows the passes score.
SERVED = [
    ({"name": "项目完成时间", "comparator": "＝", "target": "{}", "unit": "年", "actual": "{}"}, 4),
    ({"name": "项目完成时间", "target": "≤{}天", "actual": "{}天"}, 4),
    ({"name": "成本控制", "target": "{}万元", "actual": "{}万元"}, 3),
    ({"name": "开户人数", "target": "≥1{}", "actual": "11{}"}, 3),
    ({"name": "逾期率", "comparator": "≤", "target": "1{}", "unit": "‰", "actual": "{}"}, 4),
]


@pytest.mark.parametrize(("cells", "count"), SERVED, ids=str)
def test_rows_that_no_number_makes_another(cells: dict[str, str], count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rules, chance = pfscore.load_ruleset("cn-sc/project", on="2024-12-31"), Random(7)
    rules._engines.clear()
    numbers = [f"{chance.randrange(2, 9)}.{chance.randrange(10**4)}" for _ in range(100)]
    rows = [{**cells, "actual": cells["actual"].format(one), "points": "10"} for one in numbers]
    rows = [{**row, "target": row["target"].format(chance.choice(numbers))} for row in rows]
    scored = count_passes(monkeypatch)
    list(rules.score_many(rows))
    assert len(scored) <= count
    compare(rules, rows)


@pytest.mark.parametrize(
    ("targets", "actual"),
    [
        (["保持在3%–171721%区间", "保持在95%–100%区间"], "保持在95%–95%–100%区间"),
        (["以8人为上限34.265人为上限", "以3人为上限200人为上限"], "以3年200人为上限"),
        (["2022282年第四季度以前", "2023年第四季度以前"], "2023年第四季度2023年第四季度以前"),
        (["3", "9962851"], "9962851/3"),
        (["≥3人", "≥12人"], "9或10或12人"),
        (["5个以上", "12个以上"], "12个以上（含12个）、12个"),
    ],
)
@pytest.mark.parametrize("name", ["cn/project", "cn-sc/project", "cn-hn/project"])
def test_an_actual_with_numbers_that_is_kept_whole(name: str, targets: list[str], actual: str) -> None:
    """What it says of one number of a target, as the same words or a part of them, it does not say of another."""
    rows = [{"target": target, "actual": actual, "points": "10"} for target in targets]
    for ordered in (rows, rows[::-1]):
        compare(pfscore.load_ruleset(name, on="2024-12-31"), [one for one in ordered * 2 for _ in range(4)])


@pytest.mark.parametrize("unit", [None, "", "天", "%", "‰", "万元", "人"])
@pytest.mark.parametrize("name", ["项目完成时间", "验收时间（月.日）", "响应时间", "群众满意度", "执行率（%）", "人数"])
@pytest.mark.parametrize("sign", ["", "≥", "≤"])
def test_numbers_that_some_names_make_a_day_or_a_decimal(
    name: str, unit: str | None, sign: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Days (12.31), decimals of shares (0.95 beside 96), and numbers at each factor where one may be meant."""
    monkeypatch.setattr(Engine, "checks_frames", True)
    numbers = [
        *("12.31", "11.5", "6.30前", "0.5", "0.95", "1", "0.02", "0.018", "2", "4.9", "49", "50", "96", "100", "1.9"),
        *("10.4", "200", "980", "5000", "90000", "45657", "7月前"),
    ]
    chance = Random(f"{name} {unit} {sign}")
    rows = [
        {
            "name": name,
            "target": f"{sign}{chance.choice(numbers)}",
            "unit": unit,
            "actual": chance.choice(numbers),
            "points": chance.choice(["10", None]),
        }
        for _ in range(20)
    ]
    rows += [{**row, "target": f"{sign}96", "actual": actual} for row in rows[:1] for actual in ("50", "10.4")]
    list(pfscore.load_ruleset("cn-sc/project", on="2024-12-31").score_many(rows * 2))


#: How many of 960 rows the passes score, those whose sizes may be slips among them. The numbers may only fall.
SCORED = {"cn-sc/project": 409, "cn-hn/project": 476, "cn-js/department": 361, "cn/project": 414}


@pytest.mark.parametrize("name", SCORED)
def test_few_rows_reach_the_passes(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = pfscore.load_ruleset(name, on="2024-12-31")
    forget(rules)
    scored = count_passes(monkeypatch)
    list(rules.score_many(written(Random(name), 60)))
    assert len(scored) == SCORED[name], "a smaller number: write it down; a larger one: a frame no longer gives a row"


FRAMED = Path(__file__).with_name("framed.txt")
#: What stands beside the two cells of a row.
BESIDE: list[dict[str, Any]] = [
    {},
    {"name": "培训人数", "path": ("产出指标", "数量指标")},
    {"name": "产品合格率", "path": ["产出指标", "质量指标"]},
    {"name": "投诉起数", "unit": "起"},
    {"name": "办理时限", "note": "说明", "unit": "天"},
    {"unit": "%", "points": 5},
    {"comparator": "≤"},
    {"name": "逾期率", "published_score": "9"},
    {"name": "项目完成时间"},
]
#: The numbers of targets and actuals, and the points: below, at, above, and so far that one may be a slip.
PUT_IN = [
    *(
        ("8", "7", "10"),
        ("8", "8", "10"),
        ("8", "9.5", "10"),
        ("60", "7", "10"),
        ("60", "60", "10"),
        ("60", "59", "10"),
    ),
    *(("60", "6000", "10"), ("8", "0", "10"), ("95", "0.95", "10"), ("95", "9.5", "10"), ("100", "101", "10")),
    *(("60", "61", "4.5"), ("60", "62", "4.5"), ("60", "63", "x"), ("60", "64", "x"), ("60", "65", "0")),
]


#: Cells that are tried beside everything.
FREQUENT = [
    *(("≥{}人", "{}人"), ("≥{}%", "{}%"), ("{}%", "{}%"), ("{}", "{}"), ("≤{}个工作日", "{}个工作日")),
    *(("{}%~120%", "{}%"), ("≥{}", "{}"), ("建成{}个", "{}个"), ("{}天", "{}")),
]


def lines_of_rows() -> list[tuple[str, list[dict[str, Any]]]]:
    """Rows of every pair of cells, each beside something else, under a line that names them."""
    found = []
    pairs = [*zip(product(PLAIN, ANSWERS), cycle(BESIDE)), *product(FREQUENT, BESIDE)]
    for (target, actual), beside in pairs:
        rows = [
            {"target": target.format(low), "actual": actual.format(number), "points": points} | beside
            for low, number, points in PUT_IN
        ]
        found.append((f"{target} ← {actual} {beside}", rows))
    return found


def test_which_rows_reach_the_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    """One after another in one memory; P is a row that the passes score, F one that a frame gives."""
    rules, scored = pfscore.load_ruleset("cn-sc/project", on="2024-12-31"), count_passes(monkeypatch)
    forget(rules)
    now = []
    for title, rows in lines_of_rows():
        marks = ""
        for row in rows * 2:
            before = len(scored)
            list(rules.score_many([row]))
            marks += "F" if len(scored) == before else "P"
        now.append(f"{title} {marks[: len(rows)]} {marks[len(rows) :]}")
    frames = rules.at(date(2024, 12, 31)).frames
    assert frames is not None
    now += [f"{name} {len(one)} {one._bytes}" for name, one in vars(frames).items() if isinstance(one, Recent)]
    now += [f"{name} {len(vars(frames)[name])}" for name in ("_layouts", "_points")]
    if os.environ.get("PFSCORE_WRITE_EXPLAINED"):
        FRAMED.write_text("".join(f"{line}\n" for line in now), encoding="utf-8")
    assert now == FRAMED.read_text(encoding="utf-8").splitlines()


class TestTheMemory:
    ROW: ClassVar = {"target": "≥10人", "actual": "7人", "points": "10"}

    def test_the_passes_score_a_first_row_and_the_frame_the_others(self, monkeypatch: pytest.MonkeyPatch) -> None:
        rules = pfscore.load_ruleset("cn-sc/project", on="2024-12-31")
        scored = count_passes(monkeypatch)
        rows = [{**self.ROW, "actual": f"{number}人"} for number in range(1, 10)]
        assert [one.score for one in rules.score_many(rows)] == list(range(1, 10))
        assert len(scored) == 1

    def test_everything_about_a_score_is_found_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        rules = pfscore.load_ruleset("cn-sc/project", on="2024-12-31")
        _, one = rules.score_many([self.ROW, {**self.ROW, "actual": "8人", "id": 3}])
        scored = count_passes(monkeypatch)
        assert (one.score, one.met, one.rule, one.extra, scored) == (8, False, "ratio-higher", {"id": 3}, [])
        assert one.as_json()["score"] == "8"
        assert one.explain()
        assert (one.completion, one.rule, one.extra) == (Fraction(4, 5), "ratio-higher", {"id": 3})
        assert len(scored) == 1

    def test_a_score_survives_pickling_copying_and_replacing(self) -> None:
        rules = pfscore.load_ruleset("cn-sc/project", on="2024-12-31")
        _, one = rules.score_many([self.ROW, {**self.ROW, "actual": "8人"}])
        again = pickle.loads(pickle.dumps(copy(one)))
        assert everything(again) == everything(one)
        assert replace(one, extra={"id": 1}).score == 8
        with pytest.raises(AttributeError):
            one.nothing  # type: ignore[attr-defined]  # noqa: B018

    def test_a_row_changed_afterwards_changes_no_score(self) -> None:
        rules = pfscore.load_ruleset("cn-sc/project", on="2024-12-31")
        row: dict[str, Any] = {**self.ROW, "path": ["产出指标"]}
        _, one = rules.score_many([row, row])
        row["actual"] = "3人"
        row["path"].append("数量指标")
        assert (one.row.actual, one.row.path) == ("7人", ("产出指标",))

    def test_it_is_bounded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("pfscore.foundation.runtime.memory.MAX_BYTES", 20_000)
        rules = pfscore.load_ruleset("cn-sc/project", on="2024-12-31")
        rows = [{"target": f"≥{n}人", "actual": f"{n / 2:g}人", "points": "10"} for n in range(2, 1002, 2)]
        rows += [{"target": f"{n} 完成", "actual": f"完成 {n}"} for n in range(250)]
        assert {one.score for one in rules.score_many(rows * 2)} == {5, None}
        frames = rules.at(date(2024, 12, 31)).frames
        assert frames is not None
        memories = frames._pairs, frames._shapes, frames._frames, frames._arms, frames._remembered, frames._worded
        for memory in memories:
            assert len(memory) + len(memory._older) < 100

    def test_the_switch_for_tests(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(Engine, "checks_frames", True)
        rules = pfscore.load_ruleset("cn-sc/project", on="2024-12-31")
        rows = [self.ROW, {**self.ROW, "actual": "8人"}]
        assert [one.score for one in rules.score_many(rows)] == [7, 8]
        score = Frames.score
        monkeypatch.setattr(
            Frames,
            "score",
            lambda frames, cells: None if score(frames, cells) is None else score(frames, {**cells, "actual": "9人"}),
        )
        with pytest.raises(AssertionError, match="the frame gives"):
            list(rules.score_many(rows))

    def test_a_function_that_differs_is_not_used(self, monkeypatch: pytest.MonkeyPatch) -> None:
        function = ScoreFunction(lambda *_: 1, by_points=False)
        monkeypatch.setattr("pfscore.scoring.row.framing.arms._function_of", lambda *_: function)
        rules = pfscore.load_ruleset("cn-sc/project", on="2024-12-31")
        rows = [{**self.ROW, "actual": f"{number}人"} for number in range(1, 10)]
        assert [one.score for one in rules.score_many(rows)] == list(range(1, 10))
