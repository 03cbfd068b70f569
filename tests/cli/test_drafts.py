"""A draft ruleset is named as a draft in every output."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import FORM
from tests.cli.running import run, run_apart


@pytest.fixture
def form(write: Any) -> str:
    """Return a form whose first row is missed with all its points, under a draft."""
    row = {**FORM["indicators"][0], "actual": "20万人", "published_score": "80"}
    return str(write("draft.json", ruleset="cn/project", indicators=[row, FORM["indicators"][1]]))


@pytest.mark.parametrize(("lang", "word"), [("zh", "cn/project（草案）"), ("en", "cn/project (draft)")])
@pytest.mark.parametrize("command", [("score",), ("audit",), ("compare", "--ruleset", "cn-sc/project")])
def test_text(form: str, command: tuple[str, ...], lang: str, word: str) -> None:
    assert word in run(command[0], form, *command[1:], "--lang", lang)[1]


def test_json(form: str) -> None:
    assert json.loads(run_apart("score", form, "--json")[1])["status"] == "draft"
    found = json.loads(run_apart("audit", form, "--json")[1])["findings"]
    assert {(one["ruleset"], one["status"]) for one in found} == {("cn/project", "draft")}


def test_csv(form: str) -> None:
    rows = list(csv.DictReader(io.StringIO(run_apart("audit", form, "--format", "csv")[1])))
    assert {(row["ruleset"], row["status"]) for row in rows} == {("cn/project", "draft")}


@pytest.mark.parametrize("kind", ["markdown", "html", "xlsx"])
def test_reports(form: str, here: Path, kind: str) -> None:
    run("report", form, f"--{kind}", "out")
    if kind == "xlsx":
        text = zipfile.ZipFile(here / "out").read("xl/sharedStrings.xml").decode()
    else:
        text = (here / "out").read_text(encoding="utf-8")
    assert "cn/project（草案）" in text


@pytest.mark.usefixtures("here")
def test_a_ruleset_in_force_is_called_none() -> None:
    assert "草案" not in run("score", "form.json")[1]
    assert json.loads(run_apart("score", "form.json", "--json")[1])["status"] == "active"
