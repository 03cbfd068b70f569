"""Promise 5, same input, same output: a sheet names ruleset, digest and date; paths agree, and processes do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from random import Random
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pfscore
from pfscore.forms.files.rows import read_row
from pfscore.scoring.row.engine import Engine
from pfscore.scoring.row.framing.frames import Frames
from pfscore.scoring.rules import Rules
from tests.cli.running import run
from tests.house.tree import ROOT
from tests.promises.strategies import HUNAN, SICHUAN, answers, cells, points
from tests.scoring.row.framing.test_frames import LOADED, NUMBER, ROWS, first_of
from tests.scoring.test_rules import everything


class TestSameInputSameOutput:
    def test_a_sheet_names_ruleset_digest_and_date(self) -> None:
        sheet = SICHUAN.score_form(
            pfscore.Form(year=2023, indicators=(pfscore.Indicator(target="≥1人", actual="1人", points="1"),))
        )
        data: dict[str, Any] = json.loads(sheet.model_dump_json())
        assert (data["ruleset"], data["on"], data["digest"]) == ("cn-sc/project", "2023-12-31", SICHUAN.digest)

    @given(st.lists(st.tuples(cells, answers, points), max_size=8))
    def test_a_stream_gives_what_single_rows_give_in_order(self, rows: list[tuple[str, str, str]]) -> None:
        given_ = [{"target": t, "actual": a, "points": p} for t, a, p in rows]
        assert [one.score for one in HUNAN.score_many(given_)] == [HUNAN.score(**row).score for row in given_]

    @pytest.mark.usefixtures("installed")
    def test_the_order_of_sets_decides_nothing(self) -> None:
        """Each process of Python has another order of sets, unless it is told which."""
        forms = sorted(str(path) for path in (ROOT / "examples").glob("*.json"))
        environment = {**os.environ, "PYTHONHASHSEED": "1"}
        for command in (("report", *forms, "--markdown", "-"), ("compile", "cn-hn/project", "-o", "-")):
            done = subprocess.run(
                [sys.executable, "-m", "pfscore", *command], env=environment, capture_output=True, check=False
            )
            assert (done.returncode, (done.stdout + done.stderr).decode()) == run(*command)


FORMS = [form for path in sorted((ROOT / "examples").glob("*.json")) for form in pfscore.load_forms(path)]
YEARS = st.sampled_from([None, 2020, 2022, 2023, 2024])
DAYS = (
    *("12月底前", "2月底", "2月29日前", "6月30日前完成", "2023年6月30日前"),
    *("1月15日", "2月28日", "7月5日", "2024年3月", "次年1月"),
)
#: Rows of which the year decides, and rows of which more decides than plain cells.
ODD = st.fixed_dictionaries(
    {
        "target": st.sampled_from([*DAYS, "≥100户"]),
        "actual": st.sampled_from([*DAYS, "按时完成", "逾期3天", "年底前完成80%", "100户", "2022年完成100户"]),
    },
    optional={
        "name": st.sampled_from(["项目完成时间", "验收时间（月.日）", "合计"]),
        "points": st.sampled_from(["10", "2.5", None]),
        "note": st.sampled_from(["已按计划完成", "尚有2所未完工", "实际完成80户", "沿用上年数据"]),
        "decision": st.sampled_from(["3", "99"]),
        "share": st.just("85%"),
        "thresholds": st.just({"优": "100%", "良": "90%"}),
        "published_score": st.sampled_from(["2", "10"]),
    },
)


def scored(rules: Rules, form: pfscore.Form) -> tuple[list[object], list[pfscore.Finding]]:
    """Everything about a form: what frames give of its rows at first, then the sheet, and the findings."""
    sheet = rules.score_form(form)
    found: list[object] = [sheet.total, sheet.low, sheet.high, sheet.full, sheet.grade, sheet.total_steps]
    found += [[first_of(one) for one in sheet.indicators], [one.points for one in sheet.indicators], sheet.diagnostics]
    found += [sheet.as_json(), sheet.explain(), sheet.explain("en"), *map(everything, sheet.indicators), sheet]
    return found, pfscore.audit(form, ruleset=rules)


def compare(rules: Rules, form: pfscore.Form) -> None:
    """Score and audit a form by frames, which know its shapes by then, and by the passes alone."""
    with patch.object(Frames, "score", return_value=None):
        by_passes = scored(rules, form)
    assert scored(rules, form) == by_passes
    with patch.object(Engine, "checks_frames", new=True):
        rules.score_form(form)


def with_other_numbers(form: pfscore.Form, chance: Random) -> pfscore.Form:
    """A form with other numbers in its cells."""

    def other(text: str | None) -> str | None:
        return text and NUMBER.sub(lambda _: chance.choice(["7", "60", "95.5", "100", "0.05"]), text)

    rows = (row.model_copy(update={"actual": other(row.actual)}) for row in form.indicators)
    return form.model_copy(update={"indicators": tuple(rows)})


class TestFormsByFrames:
    @pytest.mark.parametrize("form", FORMS, ids=lambda form: form.title)
    def test_published_forms(self, form: pfscore.Form) -> None:
        name, chance = str(form.ruleset), Random(form.title)
        rules = LOADED[name]
        for one in (form, with_other_numbers(form, chance)):
            compare(rules, one)
            compare(rules, one.model_copy(update={"year": None}))
        compare(pfscore.load_ruleset(name), with_other_numbers(form, chance))

    @pytest.mark.parametrize("name", sorted({str(form.ruleset) for form in FORMS}))
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(year=YEARS, rows=st.lists(ROWS | ROWS | ODD, min_size=4, max_size=10))
    def test_generated_forms(self, name: str, year: int | None, rows: list[dict[str, Any]]) -> None:
        compare(LOADED[name], pfscore.Form(title="表", year=year, indicators=tuple(read_row(row)[0] for row in rows)))

    def test_forms_of_several_years(self) -> None:
        """What 2月29日 is, and whether 1月15日 is late, depends on the year of the form alone."""
        cells: dict[str, Any] = {"name": "项目完成时间", "points": "10"}
        rows = tuple(pfscore.Indicator(**cells, target=limit, actual=day) for limit in DAYS for day in DAYS)
        forms = [pfscore.Form(title="表", year=year, indicators=rows) for year in (2023, 2024, None, 2021)]

        def found(rules: Rules, form: pfscore.Form) -> list[tuple[object, ...]]:
            return [first_of(one) for one in rules.score_form(form).indicators]

        alone = [found(pfscore.load_ruleset("cn-sc/project", on="2024-12-31"), form) for form in forms]
        assert alone[0] != alone[1]
        rules = pfscore.load_ruleset("cn-sc/project", on="2024-12-31")
        assert [found(rules, form) for form in forms * 2] == alone * 2

    def test_a_total_is_found_without_the_passes_and_everything_else_once(self) -> None:
        rules = pfscore.load_ruleset("cn-sc/project", on="2024-12-31")
        forms = [
            pfscore.Form(
                year=2024,
                indicators=(
                    pfscore.Indicator(name="人数", target="≥100人", actual=f"{number}人", points="10"),
                    pfscore.Indicator(name="满意度", target="≥90%", actual=f"{number}%", points="90"),
                ),
            )
            for number in (60, 70, 80)
        ]
        rules.score_form(forms[0])
        with patch.object(Engine, "score", autospec=True, side_effect=Engine.score) as passes:
            sheets = [rules.score_form(form) for form in forms]
            assert [sheet.total for sheet in sheets] == [66, 77, 88]
            assert [[one.met for one in sheet.indicators] for sheet in sheets] == [[False, False]] * 3
            assert passes.call_count == 0
            for _ in range(2):
                assert [sheet.as_json()["total"] for sheet in sheets] == ["66", "77", "88"]
                assert all(sheet.explain() for sheet in sheets)
            assert passes.call_count == 6

    def test_the_switch_for_tests(self) -> None:
        rules = pfscore.load_ruleset("cn-sc/project", on="2024-12-31")
        form = pfscore.Form(indicators=(pfscore.Indicator(target="≥10人", actual="7人", points="10"),))
        other = rules.score(target="≥10人", actual="8人", points="10")
        with patch.object(Engine, "checks_frames", new=True):
            assert [rules.score_form(form).low for _ in range(2)] == [7, 7]
            with patch.object(Frames, "score", return_value=other), pytest.raises(AssertionError, match="frame gives"):
                pfscore.audit(form, ruleset=rules)
