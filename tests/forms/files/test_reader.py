"""One form in JSON, JSON lines, YAML and CSV: equal forms, and equal scores."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pfscore
from tests.forms.strategies import built, forms
from tests.forms.writing import as_csv, as_json, as_json_lines, as_yaml
from tests.house.tree import ROOT
from tests.office.made import WRITERS as OFFICE_WRITERS

WRITERS = {".json": as_json, ".jsonl": as_json_lines, ".yaml": as_yaml, ".yml": as_yaml}
EXAMPLES = sorted(path.name for path in (ROOT / "examples").glob("*.json"))
SICHUAN = pfscore.load_ruleset("cn-sc/project", on="2023-12-31")


def read_back(data: Any, suffix: str, folder: Path) -> list[pfscore.Form]:
    path = folder / f"form{suffix}"
    path.write_text(WRITERS[suffix](data), encoding="utf-8")
    return pfscore.load_forms(path)


def as_in_csv(data: dict[str, Any]) -> dict[str, Any]:
    """Leave out what CSV has no place for: other tables, thresholds."""
    rows = [{key: cell for key, cell in row.items() if key != "thresholds"} for row in data["indicators"]]
    return {**data, "tables": [], "indicators": rows}


many = settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)


class TestRandomForms:
    @pytest.mark.parametrize("suffix", sorted(WRITERS))
    @many
    @given(data=forms)
    def test_a_form_survives(self, data: dict[str, Any], suffix: str, tmp_path: Path) -> None:
        [found] = read_back(data, suffix, tmp_path)
        assert found.problems == ()
        assert found == built(data)
        assert hash(found) == hash(built(data))

    @pytest.mark.parametrize("chinese", [False, True])
    @many
    @given(data=forms.map(as_in_csv))
    def test_a_form_survives_csv(self, data: dict[str, Any], chinese: bool, tmp_path: Path) -> None:
        path = tmp_path / "form.csv"
        path.write_text(as_csv(data, chinese=chinese), encoding="utf-8", newline="")
        [found] = pfscore.load_forms(path)
        assert found.problems == ()
        assert found == built(data)

    @many
    @given(data=st.lists(forms.map(as_in_csv), min_size=2, max_size=3, unique_by=lambda form: form["title"]))
    def test_several_forms_survive(self, data: list[dict[str, Any]], tmp_path: Path) -> None:
        expected = [built(form) for form in data]
        for suffix in (".json", ".jsonl", ".yaml"):
            assert read_back(data, suffix, tmp_path) == expected
        path = tmp_path / "forms.csv"
        path.write_text(as_csv(data), encoding="utf-8", newline="")
        assert pfscore.load_forms(path) == expected

    @many
    @given(data=forms)
    def test_the_scores_are_equal(self, data: dict[str, Any], tmp_path: Path) -> None:
        expected = facts(SICHUAN.score_form(built(data)))
        for suffix in (".json", ".jsonl", ".yaml"):
            [form] = read_back(data, suffix, tmp_path)
            assert facts(SICHUAN.score_form(form)) == expected


def facts(sheet: pfscore.Sheet) -> dict[str, Any]:
    """Return all that a sheet says, but for the places of its diagnostics, which are those of a file."""
    found = cast("dict[str, Any]", sheet.as_json())
    for part in (found, *found["indicators"], *found["budget"]):
        part["diagnostics"] = [(one["code"], one["message"]) for one in part["diagnostics"]]
    return found


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("suffix", [".jsonl", ".yaml"])
def test_the_examples_in_other_formats(name: str, suffix: str, tmp_path: Path) -> None:
    found = pfscore.load_forms(ROOT / "examples" / name)
    again = read_back([form.model_dump(mode="json") for form in found], suffix, tmp_path)
    assert again == found
    for one, other in zip(found, again, strict=True):
        rules = pfscore.load_ruleset(one.ruleset or "")
        assert facts(rules.score_form(one)) == facts(rules.score_form(other))


def test_numbers_without_quotes_are_their_text(tmp_path: Path) -> None:
    (tmp_path / "form.json").write_text('{"year": 2023, "indicators": [{"target": 26.50, "points": 10}]}')
    (tmp_path / "form.yaml").write_text("year: 2023\nindicators:\n  - target: 26.50\n    points: 10\n")
    for name in ("form.json", "form.yaml"):
        form = pfscore.load_form(tmp_path / name)
        assert form == pfscore.Form(year=2023, indicators=(pfscore.Indicator(target="26.50", points="10"),))


def test_null_and_nothing_are_the_same(tmp_path: Path) -> None:
    (tmp_path / "form.json").write_text(
        '{"title": null, "indicators": [{"name": null, "actual": null, "target": "5"}]}'
    )
    assert pfscore.load_form(tmp_path / "form.json") == pfscore.Form(indicators=(pfscore.Indicator(target="5"),))


def test_one_form_is_load_form_and_many_are_load_forms(tmp_path: Path) -> None:
    two = '[{"indicators": [{"target": "1"}]}, {"title": "乙", "indicators": [{"target": "2"}]}]'
    (tmp_path / "forms.json").write_text(two)
    assert [form.title for form in pfscore.load_forms(tmp_path / "forms.json")] == ["", "乙"]
    with pytest.raises(pfscore.InputError) as caught:
        pfscore.load_form(tmp_path / "forms.json")
    assert caught.value.render("en") == (
        f"PF537 error: the file holds several forms\n"
        f'  {tmp_path}/forms.json:1:47  form "乙"\n'
        f"    1 | {two}\n"
        f"      | {' ' * 46}^^^^\n"
        "  hint: load_forms reads all of them"
    )
    (tmp_path / "form.json").write_text('[{"indicators": [{"target": "1"}]}]')
    assert isinstance(pfscore.load_form(tmp_path / "form.json"), pfscore.Form)


FORM = pfscore.Form(title="表", year=2023, indicators=(pfscore.Indicator(name="人数", target="≥5人", points="10"),))
DATA = {"title": "表", "year": 2023, "indicators": [{"name": "人数", "target": "≥5人", "points": 10}]}
JSON = json.dumps(DATA, ensure_ascii=False)
YAML = "title: 表\nyear: 2023\nindicators:\n  - name: 人数\n    target: ≥5人\n    points: 10\n"
CSV = "表名,年度,指标名称,指标值,分值\n表,2023,人数,≥5人,10\n"


@pytest.mark.parametrize(
    "source",
    [
        *(JSON, json.dumps(DATA, indent=1), YAML, CSV),
        *(JSON.encode(), YAML.encode(), b"\xef\xbb\xbf" + CSV.encode()),
        *(DATA, {**DATA, "indicators": ({**DATA["indicators"][0], "points": Decimal(10)},)}),  # type: ignore[index]
    ],
)
def test_a_form_is_read_from_text_bytes_and_plain_data(source: Any) -> None:
    assert pfscore.load_form(source) == FORM
    assert pfscore.load_forms(source) == [FORM]


@pytest.mark.parametrize("text", [JSON, YAML, CSV])
def test_a_form_is_read_from_streams(text: str, tmp_path: Path) -> None:
    assert pfscore.load_form(io.BytesIO(text.encode())) == pfscore.load_form(io.StringIO(text)) == FORM
    (tmp_path / "a").write_text(text, encoding="utf-8")
    with (tmp_path / "a").open("rb") as binary, (tmp_path / "a").open(encoding="utf-8") as written:
        assert pfscore.load_form(binary) == pfscore.load_form(written) == FORM


def test_several_forms_as_data_and_what_is_wrong_with_a_row_stays_on_it() -> None:
    one, two = pfscore.load_forms([DATA, {"indicators": [{"target": 0.5}, {"target": 5, "pionts": "3"}]}])
    assert one == FORM
    assert [[problem.code for problem in row.problems] for row in two.indicators] == [["PF531"], ["PF501"]]
    place = two.indicators[1].problems[0].span
    assert place is not None and place.source == "[1].indicators[1].pionts"


def test_what_is_nested_without_end_is_refused() -> None:
    data: dict[str, Any] = {}
    data["indicators"] = [data]
    with pytest.raises(pfscore.InputError) as caught:
        pfscore.load_form(data)
    assert caught.value.code == "PF111"


def test_a_name_in_brackets_is_a_path_where_it_has_a_suffix() -> None:
    with pytest.raises(pfscore.InputError) as caught:
        pfscore.load_form("[draft].json")
    assert caught.value.code == "PF101"


#: One form in each kind of file, and the suffixes that people give to files.
_ROWS = [["三级指标", "指标值", "完成值", "分值"], ["人数", "≥5人", "6人", "10"]]
_ROW = dict(zip(("name", "target", "actual", "points"), _ROWS[1], strict=True))
_CONTENTS = {
    **{suffix[1:]: write([(["2023年度项目自评表"], _ROWS)]) for suffix, write in OFFICE_WRITERS.items()},
    "json": json.dumps({"indicators": [_ROW]}).encode(),
    "csv": "\r\n".join(map(",".join, _ROWS)).encode("gb18030"),
    "tabs": "\r\n".join(map("\t".join, _ROWS)).encode("utf-16"),
}
_SUFFIXES = (".csv", ".json", ".yaml", ".xlsx", ".xls", ".docx", ".html", ".ods", ".pdf")


@pytest.mark.parametrize("suffix", _SUFFIXES)
@pytest.mark.parametrize("content", _CONTENTS)
def test_a_file_is_read_by_its_content_whatever_its_name_says(content: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"表{suffix}"
    path.write_bytes(_CONTENTS[content])
    [form] = pfscore.load_forms(path)
    assert [{key: getattr(row, key) for key in _ROW} for row in form.indicators] == [_ROW]


@pytest.mark.parametrize("suffix", [suffix for suffix in _SUFFIXES if suffix not in {".json", ".yaml"}])
def test_json_lines_under_another_name_are_read(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"表{suffix}"
    path.write_bytes(_CONTENTS["json"] + b"\n" + _CONTENTS["json"] + b"\n")
    assert len(pfscore.load_forms(path)) == 2
