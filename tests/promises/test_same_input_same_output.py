"""Promise 5, same input, same output: a sheet names ruleset, digest and date; paths agree."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import pfscore
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
