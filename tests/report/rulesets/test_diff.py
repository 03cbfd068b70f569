"""`pfscore diff` tells a change of every key that a ruleset may have, each in a sentence whose two sides differ."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pfscore.documents.document import document_from_text
from pfscore.report.rulesets.diff import Change, changes, sentences
from pfscore.report.rulesets.words import INNER, VALUES
from pfscore.rulesets.edition import edition
from pfscore.rulesets.in_force import Edition
from pfscore.rulesets.load import load_family, parse_ruleset
from pfscore.rulesets.model.base import AlsoCite, Assume, Cite, RoundingRule, SourceEntry, StepRounding, Strict
from pfscore.rulesets.model.example import Example
from pfscore.rulesets.model.form_terms import (
    AdjustmentGroup,
    Block,
    Deviation,
    Either,
    Explanation,
    FormProperty,
    FormVersion,
    Grade,
    Light,
)
from pfscore.rulesets.model.rule import Applies, Removed, Rule, RuleVersion
from pfscore.rulesets.model.ruleset import Ruleset
from pfscore.rulesets.model.way import BandRow, Bands, CheckRow, Judgement, LevelRow, ThresholdRow
from tests.rulesets.strategies import rulesets, text_of
from tests.tables import each

DAY = date(2024, 12, 31)
_CITE = {"source": "甲"}
_TWO = ["甲", "乙"]
_HALF = {"digits": "2", "mode": "half_up"}


def _data(**given: Any) -> dict[str, Any]:
    """Return a ruleset of one rule, whose `version`, `rule`, `form`, `source` and head are as given."""
    way = {} if {"levels", "bands", "thresholds", "checklist", "judgement"} & set(given.get("version", {})) else _WAY
    return {
        "ruleset": "cn-demo/project",
        "title": "示例",
        "jurisdiction": "CN",
        "kind": "project",
        "status": "draft",
        "sources": [
            {"key": "甲", "title": "办法甲", "evidence": "text", **given.get("source", {})},
            {"key": "乙", "title": "办法乙", "evidence": "text"},
        ],
        "form": [{"since": "2020", "cite": _CITE, "total": "100", **given.get("form", {})}],
        "rules": [
            {
                "id": "r",
                "title": "规则",
                "applies": {"name": "甲指标"},
                **given.get("rule", {}),
                "versions": [{"since": "2020", "cite": _CITE, **way, **given.get("version", {})}],
            },
            {"id": "s", "versions": [{"since": "2020", "cite": _CITE, **_WAY}]},
        ],
        **given.get("head", {}),
    }


_WAY = {"formula": "分值 * min(完成率, 1)"}


def _edition(data: dict[str, Any], on: date = DAY) -> Edition:
    text = json.dumps(data, ensure_ascii=False)
    return edition((parse_ruleset(document_from_text("demo.json", text, syntax="json")),), on)


def _row(part: str, key: str, before: Any, after: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Two rulesets that differ in one key of a part; `None` leaves the key out."""
    sides = ({} if value is None else {key: value} for value in (before, after))
    first, second = (_data(**{part: side}) for side in sides)
    return first, second


def _band(**row: Any) -> dict[str, Any]:
    return {"of": "完成率", "table": [{"range": "[100%, +∞)", "share": "100%"}, {"range": "(-∞, 100%)", **row}]}


_EX = {"title": "例", "target": "≥10", "actual": "7", "points": "10", "outcome": "scored"}
#: One change of every key, by the model in which the key stands: the part of the ruleset, its key, the two values.
TABLE: dict[type[Strict], dict[str, tuple[str, str, Any, Any]]] = {
    Ruleset: {
        "title": ("head", "title", "示例", "示范"),
        "jurisdiction": ("head", "jurisdiction", "CN", "CN-GD"),
        "kind": ("head", "kind", "project", "department"),
        "status": ("head", "status", "draft", "active"),
        "note": ("head", "note", None, "核实"),
    },
    SourceEntry: {
        "title": ("source", "title", "办法甲", "办法甲（修订）"),
        "issuer": ("source", "issuer", None, "财政厅"),
        "issued": ("source", "issued", "2020", "2021"),
        "evidence": ("source", "evidence", "text", "restated"),
        "read_to": ("source", "read_to", None, "第三条"),
        "url": ("source", "url", None, "https://example.org/"),
        "note": ("source", "note", "甲", "乙"),
    },
    Rule: {
        "title": ("rule", "title", "规则", "改名"),
        "overrides": ("rule", "overrides", None, ["s"]),
        "applies": ("rule", "applies", None, {"comparator": ["≥"]}),
    },
    Applies: {
        "row": ("rule", "applies", {"row": "indicator"}, {"row": "graded"}),
        "comparator": ("rule", "applies", {"comparator": ["≥"]}, {"comparator": ["≥", ">"]}),
        "block": ("rule", "applies", {"block": ["产出"]}, {"block": ["效益"]}),
        "name": ("rule", "applies", {"name": ["人数"]}, {"name": ["人数", "次数"]}),
        "unit": ("rule", "applies", {"unit": ["人"]}, {"unit": ["%"]}),
        "properties": ("rule", "applies", {"properties": {"地区": "甲"}}, {"properties": {"地区": ["甲", "乙"]}}),
        "target": ("rule", "applies", {"target": ["正"]}, {"target": ["零"]}),
        "actual": ("rule", "applies", {"actual": ["数值"]}, {"actual": ["文字"]}),
    },
    RuleVersion: {
        "since": ("version", "since", "2020", "2021"),
        "until": ("version", "until", None, "2030"),
        "cite": ("version", "cite", _CITE, {"source": "乙"}),
        "also": ("version", "also", None, [{"for": ["formula"], "source": "乙"}]),
        "points": ("version", "points", "5", "6"),
        "adjusts": ("version", "adjusts", "[-5, 0]", "[-6, 0]"),
        "target": ("version", "target", "≥10", "≥11"),
        "formula": ("version", "formula", "分值", "分值 * 0.5"),
        "levels": ("version", "levels", None, [{"level": "优", "share": "100%"}]),
        "bands": ("version", "bands", None, _band(share="0%")),
        "thresholds": ("version", "thresholds", None, [{"level": "优", "share": "100%"}]),
        "checklist": ("version", "checklist", None, [{"item": "①", "points": "1"}]),
        "judgement": ("version", "judgement", None, {"share": "[0%, 100%]"}),
        "not_applicable": ("version", "not_applicable", "exclude", "full"),
        "missing": ("version", "missing", "open", "zero"),
        "assume": ("version", "assume", None, {"same_words": "是"}),
        "rounding": ("version", "rounding", None, _HALF),
        "overshoot": ("version", "overshoot", None, "第五条"),
        "steps": ("version", "steps", "第五条", "第六条"),
        "note": ("version", "note", None, "须核实"),
        "examples": ("version", "examples", [], [_EX]),
    },
    Cite: {
        "source": ("version", "cite", _CITE, {"source": "乙"}),
        "at": ("version", "cite", {**_CITE, "at": "第一条"}, {**_CITE, "at": "第二条"}),
        "quote": ("version", "cite", _CITE, {**_CITE, "quote": "扣完为止"}),
    },
    AlsoCite: {
        "keys": (
            *("version", "also"),
            [{"for": ["formula"], "source": "乙"}],
            [{"for": ["formula", "cite"], "source": "乙"}],
        ),
        "source": ("form", "also", [{"for": ["total"], "source": "甲"}], [{"for": ["total"], "source": "乙"}]),
        "at": ("form", "also", None, [{"for": ["total"], "source": "甲", "at": "第三条"}]),
        "quote": ("form", "also", None, [{"for": ["total"], "source": "甲", "quote": "满分一百"}]),
    },
    LevelRow: {
        "level": (
            *("version", "levels"),
            [{"level": ["优", "好"], "share": "100%"}],
            [{"level": ["优", "佳"], "share": "100%"}],
        ),
        "share": ("version", "levels", [{"level": "优", "share": "100%"}], [{"level": "优", "share": "[80%, 100%]"}]),
    },
    ThresholdRow: {
        "level": ("version", "thresholds", [{"level": "优", "share": "1"}], [{"level": "甲", "share": "1"}]),
        "share": ("version", "thresholds", [{"level": "优", "share": "1"}], [{"level": "优", "share": "0.9"}]),
    },
    Bands: {
        "of": ("version", "bands", _band(share="0%"), {**_band(share="0%"), "of": "完成值 / 指标值"}),
        "over": (
            *("version", "bands"),
            {"of": "完成率", "over": "[0%, 100%]", "table": [{"range": "[0%, 100%]", "share": "0%"}]},
            {"of": "完成率", "over": "[0%, 100%)", "table": [{"range": "[0%, 100%)", "share": "0%"}]},
        ),
        "table": ("version", "bands", _band(share="0%"), _band(share="10%")),
    },
    BandRow: {
        "range": (
            *("version", "bands"),
            {"of": "完成率", "table": [{"range": "(-∞, 1]", "share": "0%"}, {"range": "(1, +∞)", "share": "1"}]},
            {"of": "完成率", "table": [{"range": "(-∞, 1)", "share": "0%"}, {"range": "[1, +∞)", "share": "1"}]},
        ),
        "share": ("version", "bands", _band(share="0%"), _band(share="10%")),
        "points": ("version", "bands", _band(points="1"), _band(points="2")),
    },
    CheckRow: {
        "item": ("version", "checklist", [{"item": "①", "points": "1"}], [{"item": "②", "points": "1"}]),
        "points": ("version", "checklist", [{"item": "①", "points": "1"}], [{"item": "①", "points": "2"}]),
        "each": ("version", "checklist", [{"item": "①", "points": "1"}], [{"item": "①", "points": "1", "each": "1"}]),
    },
    Judgement: {
        "when": (
            *("version", "judgement"),
            {"when": "完成率 > 130%", "share": "[0%, 100%]"},
            {"when": "完成率 > 150%", "share": "[0%, 100%]"},
        ),
        "share": ("version", "judgement", {"share": "[0%, 100%]"}, {"share": "[0%, 60%]"}),
        "low": ("version", "judgement", {"low": "0", "high": "分值"}, {"low": "1", "high": "分值"}),
        "high": ("version", "judgement", {"low": "0", "high": "分值"}, {"low": "0", "high": "分值 / 2"}),
        "full_when_met": ("version", "judgement", {"share": "50%"}, {"share": "50%", "full_when_met": "是"}),
    },
    Assume: {
        "direction": ("version", "assume", {"direction": "higher"}, {"direction": "lower"}),
        "equal": ("version", "assume", {"equal": "higher"}, {"equal": "lower"}),
        "at_edge": ("version", "assume", {"at_edge": "是"}, {"at_edge": "否"}),
        "tolerance": ("version", "assume", {"tolerance": "3%"}, {"tolerance": "5%"}),
        "answered_percent": ("version", "assume", {"answered_percent": "是"}, {"answered_percent": "否"}),
        "same_words": ("version", "assume", {"same_words": "是"}, {"same_words": "否"}),
        "opposite": ("version", "assume", {"opposite": "是"}, {"opposite": "否"}),
        "same_year": ("version", "assume", {"same_year": "是"}, {"same_year": "否"}),
        "below_full": ("version", "assume", {"below_full": "是"}, {"below_full": "否"}),
    },
    StepRounding: {
        "digits": ("version", "rounding", _HALF, {"digits": "1"}),
        "step": ("version", "rounding", {"step": "0.5"}, {"step": "0.25"}),
        "mode": ("version", "rounding", _HALF, {"digits": "2", "mode": "down"}),
        "at": ("version", "rounding", _HALF, {"digits": "2", "at": "completion"}),
    },
    RoundingRule: {
        "digits": ("form", "rounding", _HALF, {"digits": "1"}),
        "step": ("form", "rounding", {"step": "0.5"}, {"step": "0.25"}),
        "mode": ("form", "rounding", _HALF, {"digits": "2", "mode": "up"}),
    },
    FormVersion: {
        "since": ("form", "since", "2020", "2021"),
        "until": ("form", "until", None, "2030"),
        "cite": ("form", "cite", _CITE, {**_CITE, "at": "第二条"}),
        "also": ("form", "also", None, [{"for": ["total"], "source": "乙"}]),
        "note": ("form", "note", None, "须核实"),
        "total": ("form", "total", "100", "120"),
        "blocks": ("form", "blocks", None, [{"name": "产出指标"}]),
        "unstated": ("form", "unstated", None, "30"),
        "grades": ("form", "grades", None, [{"name": "优", "from": "0"}]),
        "rounding": ("form", "rounding", None, _HALF),
        "missing": ("form", "missing", "open", "zero"),
        "not_applicable": ("form", "not_applicable", "exclude", "full"),
        "properties": ("form", "properties", None, [{"name": "地区", "values": ["中部", "西部"]}]),
        "either": ("form", "either", None, [{"names": ["甲指标", "乙指标"]}]),
        "adjustments": ("form", "adjustments", None, [{"within": "[0, 3]"}]),
        "deduction": ("form", "deduction", None, "是"),
        "period": ("form", "period", "full_year", "half_year"),
        "deviation": ("form", "deviation", None, {"undefined": "0%"}),
        "assume": ("form", "assume", {"same_words": "是"}, {"same_words": "否"}),
        "borrow_unit": ("form", "borrow_unit", "否", "是"),
        "far_exceeded": ("form", "far_exceeded", "2", "3"),
        "explanations": ("form", "explanations", None, [{"when": "完成率 > 120%", "about": "超额"}]),
        "lights": ("form", "lights", None, [{"name": "绿", "from": "0"}]),
    },
    Block: {
        "name": ("form", "blocks", [{"name": "产出指标"}], [{"name": "效益指标"}]),
        "points": ("form", "blocks", [{"name": "产出指标"}], [{"name": "产出指标", "points": "100"}]),
        "counts": ("form", "blocks", [{"name": "效益", "counts": "50%"}], [{"name": "效益", "counts": "60%"}]),
        "including": ("form", "blocks", [{"name": "效益"}], [{"name": "效益", "including": "满意度"}]),
        "unstated": ("form", "blocks", [{"name": "过程"}], [{"name": "过程", "unstated": "10"}]),
        "split": (
            *("form", "blocks"),
            [{"name": "产出指标", "points": "100", "split": "类别分值 / 指标个数"}],
            [{"name": "产出指标", "points": "100", "split": "类别分值 / 2"}],
        ),
        "parts": (
            *("form", "blocks"),
            [{"name": "产出指标", "parts": [{"name": "数量指标", "points": "50"}]}],
            [{"name": "产出指标", "parts": [{"name": "数量指标", "points": "40"}]}],
        ),
    },
    Explanation: {
        "row": (
            *("form", "explanations"),
            [{"row": "budget", "when": "执行率 < 90%", "about": "原因"}],
            [{"row": "indicator", "when": "执行率 < 90%", "about": "原因"}],
        ),
        "when": (
            *("form", "explanations"),
            [{"when": "完成率 > 120%", "about": "超额"}],
            [{"when": "完成率 > 130%", "about": "超额"}],
        ),
        "about": (
            *("form", "explanations"),
            [{"when": "完成率 > 120%", "about": "超额"}],
            [{"when": "完成率 > 120%", "about": "目标偏低"}],
        ),
    },
    Grade: {
        "name": ("form", "grades", [{"name": "优", "from": "0"}], [{"name": "甲", "from": "0"}]),
        "since": (
            *("form", "grades"),
            [{"name": "优", "from": "90"}, {"name": "差", "from": "0"}],
            [{"name": "优", "from": "85"}, {"name": "差", "from": "0"}],
        ),
    },
    Light: {
        "name": ("form", "lights", [{"name": "绿", "from": "0"}], [{"name": "红", "from": "0"}]),
        "since": (
            *("form", "lights"),
            [{"name": "绿", "from": "0.9"}, {"name": "红", "from": "0"}],
            [{"name": "绿", "from": "0.8"}, {"name": "红", "from": "0"}],
        ),
    },
    FormProperty: {
        "name": (*("form", "properties"), [{"name": "地区", "values": _TWO}], [{"name": "类别", "values": _TWO}]),
        "values": (
            *("form", "properties"),
            [{"name": "地区", "values": _TWO}],
            [{"name": "地区", "values": ["甲", "丙"]}],
        ),
    },
    Either: {
        "names": ("form", "either", [{"names": ["甲", "乙"]}], [{"names": ["甲", "丙"]}]),
        "take": ("form", "either", [{"names": ["甲", "乙"]}], [{"names": ["甲", "乙"], "take": "best"}]),
    },
    AdjustmentGroup: {
        "names": (
            *("form", "adjustments"),
            [{"names": "加分", "within": "[0, 3]"}],
            [{"names": "奖励", "within": "[0, 3]"}],
        ),
        "within": ("form", "adjustments", [{"within": "[0, 3]"}], [{"within": "(-∞, 3]"}]),
    },
    Deviation: {
        "rounding": ("form", "deviation", {"rounding": {"digits": "2"}}, {"rounding": {"digits": "1"}}),
        "undefined": ("form", "deviation", {"undefined": "0%"}, {"undefined": "—"}),
    },
    Example: {
        **{
            key: ("version", "examples", [_EX], [{**_EX, key: value}])
            for key, value in {
                "title": "改",
                "path": ["产出指标"],
                "name": "人数",
                "comparator": "≥",
                "target": "≥11",
                "unit": "人",
                "thresholds": {"优": "100%"},
                "actual": "8",
                "initial": "1",
                "budget": "1",
                "expenditure": "1",
                "carried_over": "1",
                "properties": {"地区": "中部"},
                "points": "9",
                "share": "50%",
                "decision": "5",
                "rank": "3",
                "deduction": "1",
                "block_points": "50",
                "count": "3",
                "position": "1",
                "score": "7",
                "low": "6",
                "high": "8",
                "outcome": "missing",
                "error": "PF511",
                "on": "2024-05-01",
                "from_form": "某表",
            }.items()
        }
    },
}
#: Why a key has no change of its own to tell.
NOT_TOLD: dict[type[Strict], dict[str, str]] = {
    Ruleset: {
        "ruleset": "stands above the sentences",
        "extends": "needs a parent: tested below",
        "compiled_from": "says of the same content that it was compiled",
        "sources": "told member by member",
        "form": "told member by member",
        "rules": "told member by member",
        "removed": "needs a parent: tested below",
    },
    SourceEntry: {"key": "is what sources are known by: another key is another source"},
    Rule: {
        "id": "is what rules are known by",
        "replaces": "what it brings is told itself",
        "versions": "told key by key",
    },
    RuleVersion: {"disabled": "is in force nowhere"},
    FormVersion: {"disabled": "is in force nowhere"},
    Removed: {"rule": "tested below", "since": "tested below", "cite": "tested below"},
}
CASES = [(model, key) for model, rows in TABLE.items() for key in rows]


@each(("model", "key"), CASES)
def test_a_change_of_any_key_is_told(model: type[Strict], key: str) -> None:
    part, name, *sides = TABLE[model][key]
    first, second = _row(part, name, *sides)
    if (model, key) == (Judgement, "when"):
        for one in (first, second):
            one["rules"][0]["versions"][0] |= _WAY
    found = list(changes(_edition(first), _edition(second)))
    assert found, "nothing is told"
    keys = {"cite"} if (part, name) in {("form", "cite"), ("form", "also")} else {name}
    assert {one.key for one in found} >= keys
    assert _tells(found)


def _tells(found: list[Change]) -> bool:
    """Whether every sentence says two different things, in both languages."""
    return all(
        one.before is None or one.after is None or (one.before.zh != one.after.zh and one.before.en != one.after.en)
        for one in found
    )


def _models(model: type[Strict]) -> set[type[Strict]]:
    """Return the models of which a ruleset is made."""
    found: set[type[Strict]] = {model}
    for field in model.model_fields.values():
        pending = [field.annotation]
        while pending:
            one = pending.pop()
            if isinstance(one, type) and issubclass(one, Strict) and one not in found:
                found |= {one} | (_models(one) if one is not model else set())
            pending += getattr(one, "__args__", ())
    return found


def test_the_table_has_every_key_of_every_model() -> None:
    Ruleset.model_rebuild()
    models = _models(Ruleset) - {Removed}
    assert models == set(TABLE)
    for model in models:
        told = set(TABLE[model]) | set(NOT_TOLD.get(model, ()))
        assert told == set(model.model_fields), model


def test_every_key_inside_a_value_has_a_name() -> None:
    for model, words in INNER.items():
        assert set(words) | {"title"} >= set(model.model_fields), model


def test_every_word_of_the_format_is_said() -> None:
    schema = json.dumps(Ruleset.model_json_schema())
    assert [word for words in VALUES.values() for word in words if f'"{word}"' not in schema] == []


@given(rulesets(), rulesets(), st.dates(date(2031, 1, 1), date(2040, 1, 1)))
def test_two_rulesets_that_differ_are_never_said_to_be_the_same(
    one: dict[str, Any], other: dict[str, Any], on: date
) -> None:
    first, second = (
        edition((parse_ruleset(document_from_text("a.yaml", text_of(data)[0], syntax="yaml")),), on)
        for data in (one, other)
    )
    found = list(changes(first, second))
    assert _tells(found)
    assert list(changes(first, first)) == []
    if first.digest != second.digest and one["ruleset"] == other["ruleset"]:
        assert found


class TestWhatAParentBrings:
    def test_what_a_child_removes_and_on_whose_word(self) -> None:
        parent = load_family("cn/project")
        data = {
            "ruleset": "cn-demo/project",
            "title": "示例",
            "jurisdiction": "CN",
            "kind": "project",
            "status": "draft",
            "extends": "cn/project",
            "sources": [{"key": "甲", "title": "办法甲", "evidence": "text"}],
            "removed": [{"rule": "no-ratio", "since": "2021", "cite": {"source": "甲", "at": "第三条"}}],
        }
        text = json.dumps(data, ensure_ascii=False)
        child = edition((parse_ruleset(document_from_text("a.json", text, syntax="json")), *parent), DAY)
        said = list(sentences(changes(edition(parent, DAY), child)))
        gone = "没有规则 no-ratio（指标值为零或负，比例没有意义；由评价人评定的办法 "
        assert f"{gone}占分值的比例 [0%, 100%]，达标记满分 是）了" in said
        assert "规则集的上级由“（没有）”改为“cn/project”" in said
        assert "规则集的不再适用的上级规则由“（没有）”改为“no-ratio（自 2021-01-01，甲　第三条）”" in said
        assert "新增依据 甲：办法甲（原文已读）" in said

    def test_what_several_rules_have_in_common_is_said_once(self) -> None:
        second = _data()
        for rule in second["rules"]:
            rule["versions"][0]["cite"] = {"source": "乙", "at": "第二条"}
        found = list(changes(_edition(_data()), _edition(second)))
        assert list(sentences(found)) == ["规则 r、s 的出处由“甲”改为“乙　第二条”"]
        assert list(sentences(found, "en")) == ["rule r, s: the citation from “甲” to “乙　第二条”"]
        assert [one.where for one in found] == ["r", "s"]

    def test_a_rule_that_is_called_form(self) -> None:
        data = _data()
        data["rules"][1]["id"] = "form"
        second = json.loads(json.dumps(data))
        second["rules"][1]["versions"][0]["missing"] = "zero"
        assert list(sentences(changes(_edition(data), _edition(second)))) == [
            "规则 form 的缺完成值的办法由“（没有）”改为“记 0 分”"
        ]


def test_a_rule_without_a_title_is_named_once() -> None:
    """Its id stands in front; a title of its own is told beside it."""
    first, second = _row("rule", "title", None, None)
    second["rules"] = [*second["rules"], {**second["rules"][0], "id": "other", "title": None, "overrides": None}]
    said = [one.said() for one in changes(_edition(first), _edition(second)) if one.key == "rule"]
    assert len(said) == 1
    assert said[0].count("other") == 1
