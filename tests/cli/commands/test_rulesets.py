"""`pfscore rulesets`: what it prints, and its exit codes."""

from __future__ import annotations

import json
import re

from pfscore.rulesets.model.base import Evidence
from pfscore.rulesets.search import builtin_ids
from tests.cli.running import run, run_apart


class TestRulesets:
    def test_each_on_a_line(self) -> None:
        code, text = run("rulesets")
        assert code == 0
        assert [line.split()[0] for line in text.splitlines()] == list(builtin_ids())

    def test_as_json(self) -> None:
        code, out, err = run_apart("rulesets", "--json")
        found = {one["id"]: one for one in json.loads(out)}
        assert (code, err, tuple(found)) == (0, "", builtin_ids())
        sichuan = found["cn-sc/project"]
        assert {"id", "title", "jurisdiction", "dates", "status", "evidence"} <= set(sichuan)
        assert {key: sichuan[key] for key in ("title", "jurisdiction", "status")} == {
            "title": "四川省项目支出绩效自评",
            "jurisdiction": "CN-SC",
            "status": "active",
        }
        assert all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) for one in found.values() for day in one["dates"])
        assert {word for one in found.values() for word in one["evidence"]} <= set(Evidence)
