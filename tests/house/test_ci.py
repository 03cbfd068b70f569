"""What `.ci/run` and the README name is there."""

from __future__ import annotations

import re

from tests.house.tree import ROOT


def test_what_ci_runs_is_there() -> None:
    core = re.search(r'^core="([^"]+)"', (ROOT / ".ci" / "run").read_text(encoding="utf-8"), re.MULTILINE)
    assert core is not None
    assert [path for path in core[1].split() if not (ROOT / path).exists()] == []
