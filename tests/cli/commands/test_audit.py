"""`pfscore audit` on the command line: formats, exit codes, many files, a broken one among them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from pfscore.cli.main import main
from pfscore.foundation.codes import family
from tests.house.tree import ROOT
from tests.office.made import document

BAD = ROOT / "tests" / "auditing" / "bad"
LUZHOU, YUEYANG = (str(ROOT / "examples" / f"{name}.json") for name in ("luzhou-2023", "yueyang-2023"))
KEYS = ["code", "severity", "form", "row", "name", "message", "published", "computed"]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["audit", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_json_has_the_keys_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, LUZHOU, "--json")
    data = json.loads(out)
    assert (code, err) == (1, "")
    assert [list(one)[: len(KEYS)] for one in data["findings"]] == [KEYS] * len(data["findings"])
    first = next(one for one in data["findings"] if one["code"] == "PF702")
    assert (first["row"], first["published"], first["computed"], first["severity"]) == (None, "8.91", "8.92", "error")
    assert first["form"] == "部门预算项目支出绩效自评表（2023年度）：住房公积金信息系统运行维护"
    assert data["summary"]["forms"] == 7


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_json_of_office_files_names_the_file_and_the_place_in_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, lang: str
) -> None:
    rows = [["三级指标", "指标值", "完成值", "分值", "得分"], ["人数", "≥10人", "5人", "100", "100"]]
    path = tmp_path / "表.docx"
    path.write_bytes(document([(["2023年度项目自评表"], rows)]))
    [found] = json.loads(run(capsys, str(path), "--json", "--select", "PF721", "--lang", lang)[1])["findings"]
    place = "table 1, row 2" if lang == "en" else "表 1 第 2 行"
    assert found["at"] == {"source": str(path), "place": place}
    assert main(["score", str(path), "--json", "--lang", lang]) != 0
    [problem] = json.loads(capsys.readouterr().out)["diagnostics"]
    assert problem["at"]["source"] == str(path)
    assert problem["at"]["place"] == ("table 1, row 1" if lang == "en" else "表 1 第 1 行")
    sarif = json.loads(run(capsys, str(path), "--format", "sarif")[1])["runs"][0]["results"]
    assert {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in sarif} == {quote(str(path))}


def test_json_of_nothing_is_still_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, LUZHOU, "--json", "--select", "PF743")
    assert (code, json.loads(out)["findings"]) == (0, [])


def test_every_file_is_read_though_one_is_broken(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"title": ', encoding="utf-8")
    code, out, err = run(capsys, LUZHOU, str(broken), str(tmp_path / "none.json"), YUEYANG, "--json")
    data = json.loads(out)
    assert code == 2
    assert data["summary"]["forms"] == 9
    assert "broken.json" in err
    assert "PF101" in err


def test_a_broken_line_does_not_stop_the_others(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "forms.jsonl"
    good = (BAD / "PF701.json").read_text(encoding="utf-8").replace("\n", "")
    file.write_text(f"{good}\n{{broken\n{good}\n", encoding="utf-8")
    code, out, err = run(capsys, str(file), "--json")
    assert code == 1
    assert [one["code"] for one in json.loads(out)["findings"]] == ["PF701", "PF701"]
    assert "forms.jsonl:2" in err


def test_a_form_of_a_ruleset_that_does_not_exist_is_checked_without_rules(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "form.json"
    form = json.loads((BAD / "PF701.json").read_text(encoding="utf-8")) | {"ruleset": "cn-xx/project"}
    file.write_text(json.dumps(form), encoding="utf-8")
    code, out, err = run(capsys, str(file), "--json")
    assert (code, [one["code"] for one in json.loads(out)["findings"]]) == (2, ["PF701"])
    assert "PF225" in err


def test_no_year_means_no_rules(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "form.json"
    form = json.loads((BAD / "PF721.json").read_text(encoding="utf-8"))
    form.pop("year")
    file.write_text(json.dumps(form), encoding="utf-8")
    code, out, err = run(capsys, str(file), "--json")
    found = [(one["code"], one["severity"]) for one in json.loads(out)["findings"]]
    assert (code, found) == (2, [("PF721", "error")])
    assert "PF527" in err
    code, out, _ = run(capsys, str(file), "--json", "--on", "2023-12-31")
    assert (code, [one["code"] for one in json.loads(out)["findings"]]) == (1, ["PF721"])


def test_warnings_alone_exit_zero(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, LUZHOU, "--ignore", "PF702,PF709")[0] == 0


def test_a_code_that_does_not_exist(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, LUZHOU, "--select", "PF9")
    assert (code, out) == (2, "")
    assert err == "PF190 错误：没有审核代码 “PF9”\n  提示：审核的代码是 PF701 到 PF775\n"


def test_csv(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, str(ROOT / "examples" / "suzhou-wujiang-2024.json"), "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert list(rows[0])[: len(KEYS)] == KEYS
    assert {row["code"] for row in rows} <= set(family("PF7"))
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row.values())


def test_sarif(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, LUZHOU, YUEYANG, "--format", "sarif", "--lang", "en")
    log: dict[str, Any] = json.loads(out)
    assert log["version"] == "2.1.0"
    (only,) = log["runs"]
    rules = only["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [code for code in family("PF7") if code < "PF79"]
    for result in only["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]
        (location,) = result["locations"]
        region = location["physicalLocation"]["region"]
        assert region["startLine"] >= 1 and region["startColumn"] >= 1
        assert location["physicalLocation"]["artifactLocation"]["uri"].endswith("-2023.json")
    prints = [result["partialFingerprints"]["pfscore/v1"] for result in only["results"]]
    assert len(set(prints)) == len(prints)


def test_a_place_in_the_file_is_the_cell(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, LUZHOU, "--json", "--select", "PF702")
    (finding,) = json.loads(out)["findings"]
    line = Path(LUZHOU).read_text(encoding="utf-8").splitlines()[finding["at"]["line"] - 1]
    assert line[finding["at"]["column"] - 1 :].startswith('"8.91"')


def test_the_summary_counts_by_code_region_and_year(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, LUZHOU, YUEYANG, "--summary", "--json")
    data = json.loads(out)
    assert code == 1
    assert (data["forms"], data["code"]["PF702"]) == (9, 1)
    assert sum(data["region"].values()) == sum(data["code"].values()) == sum(data["year"].values())
    assert set(data["region"]) == {"四川省泸州市", "湖南省岳阳市"}
    _, text, _ = run(capsys, LUZHOU, YUEYANG, "--summary")
    assert "四川省泸州市" in text and "PF702 预算执行得分与规则不符" in text and "2023" in text


def test_what_was_accepted_is_quiet_until_it_changes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "accepted.txt"
    assert run(capsys, LUZHOU, "--write-accepted", str(file))[0] == 1
    code, out, _ = run(capsys, LUZHOU, "--accepted", str(file))
    assert (code, out) == (0, "7 张表，7 张没有发现　已接受、不再报告 23 条\n")
    changed = tmp_path / "changed.json"
    text = Path(LUZHOU).read_text(encoding="utf-8")
    changed.write_text(text.replace('"published_score": "8.91"', '"published_score": "8.90"'), encoding="utf-8")
    code, out, _ = run(capsys, str(changed), "--accepted", str(file), "--json")
    assert code == 1
    assert {one["code"] for one in json.loads(out)["findings"]} == {"PF702", "PF708"}


def test_an_accepted_list_that_cannot_be_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = run(capsys, LUZHOU, "--write-accepted", str(tmp_path / "none" / "accepted.txt"))
    assert code == 2
    assert err.startswith("PF108 错误：无法写入：")


def test_one_form_is_shown_beside_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, LUZHOU, "--form", "5", "--json")
    found = json.loads(out)["findings"]
    assert {one["code"] for one in found} >= {"PF702", "PF761"}
    assert len({one["form"] for one in found}) == 1


def test_a_clean_form_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, LUZHOU, "--form", "2", "--ignore", "PF714")
    assert out == "1 张表，1 张没有发现\n"


@pytest.mark.parametrize("document", ["luzhou-2023", "yueyang-2023", "suzhou-wujiang-2024", "yancheng-2022"])
def test_a_form_takes_about_one_screen(document: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, str(ROOT / "examples" / f"{document}.json"))
    assert all(len(part.splitlines()) <= 64 for part in out.split("\n《"))
    assert all(len(line) <= 100 for line in out.splitlines())
