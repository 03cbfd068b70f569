"""Promise 5, same input, same output: a sheet names ruleset, digest and date; paths agree, and processes do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pfscore
from tests.cli.running import run
from tests.house.tree import ROOT
from tests.promises.strategies import HUNAN, SICHUAN, answers, cells, points


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
    @pytest.mark.parametrize("seed", ["1", "2"])
    def test_the_order_of_sets_decides_nothing(self, seed: str) -> None:
        """Each process of Python has another order of sets, unless it is told which."""
        forms = sorted(str(path) for path in (ROOT / "examples").glob("*.json"))
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        for command in (("report", *forms, "--markdown", "-"), ("compile", "cn-hn/project", "-o", "-")):
            done = subprocess.run(
                [sys.executable, "-m", "pfscore", *command], env=environment, capture_output=True, check=False
            )
            assert (done.returncode, (done.stdout + done.stderr).decode()) == run(*command)
