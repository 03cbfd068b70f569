"""Forms to work on: one good one in every format, and a folder to stand in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

FORM: dict[str, Any] = {
    "title": "项目支出绩效自评表",
    "year": 2023,
    "ruleset": "cn-sc/project",
    "amount_unit": "万元",
    "budget": [{"label": "总额", "budget": "500.22", "expenditure": "474.39", "points": "10"}],
    "indicators": [
        {
            "path": ["产出指标", "数量指标"],
            "name": "缴存人数",
            "target": "≥26万人",
            "actual": "28.28万人",
            "points": "80",
        },
        {"path": ["满意度指标"], "name": "满意度", "target": "≥90%", "actual": "81%", "points": "10"},
    ],
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of its own, which is the current one, with the good form in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "form.json").write_text(json.dumps(FORM, ensure_ascii=False), encoding="utf-8")
    return tmp_path


@pytest.fixture
def write(here: Path) -> Any:
    """Return a function that writes a form, changed as its arguments say, as JSON."""

    def write(name: str, *forms: dict[str, Any], **changes: Any) -> str:
        data = list(forms) if forms else {**FORM, **changes}
        (here / name).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return name

    return write
