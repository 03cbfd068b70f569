"""The JSON service: each address gives what the library gives, and refuses what the library refuses."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from starlette.testclient import TestClient

import pfscore
from pfscore.forms.files.writing import workbook_of
from tests.service.serving import LUZHOU, client_of

pytestmark = pytest.mark.usefixtures("installed")
SC = "?ruleset=cn-sc/project&on=2023-12-31"
ROW = {"target": "≥5人", "actual": "4人", "points": 10, "id": 7}
FORM: dict[str, Any] = {"title": "表", "year": 2023, "ruleset": "cn-sc/project", "indicators": [ROW | {"name": "人数"}]}
FORM["indicators"][0].pop("id")
XLSX = [["绩效自评表"], ["指标名称", "指标值", "完成值", "分值", "得分"], ["人数", "≥5人", "4人", "100", "90"]]
ODD = [["绩效自评表"], ["指标名称", "指标值", "完成值", "核定", "得分"], ["人数", "≥5人", "4人", "100", "90"]]


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with client_of() as client:
        yield client


def luzhou() -> Any:
    return json.loads(LUZHOU.read_text(encoding="utf-8"))


def book(rows: list[list[str]] = XLSX) -> bytes:
    return workbook_of([rows], "a.xlsx")


def test_a_cell(client: TestClient) -> None:
    found = client.post("/v1/parse", json={"target": "26", "comparator": "≥", "unit": "万人"}).json()
    assert found == pfscore.parse_target("≥26万人").as_json()
    assert client.post("/v1/parse", json={"actual": "28.28", "unit": "万人"}).json()["canonical"] == "282800人"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('{"target": "≥**人"}', "PF306"),
        ('{"target": "1", "actual": "2"}', "PF504"),
        ("[]", "PF504"),
        ("", "PF504"),
        ("{", "PF120"),
        ('{"target": "1", "target": "2"}', "PF115"),
        ('{"target": 1.5}', "PF504"),
    ],
)
def test_a_cell_that_is_refused(client: TestClient, body: str, code: str) -> None:
    answer = client.post("/v1/parse", content=body)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.headers["content-type"] == "application/problem+json"


def test_problems_speak_both_languages(client: TestClient) -> None:
    zh, en = (
        client.post("/v1/parse", json={"target": "≥**人"}, headers={"Accept-Language": one}).json()
        for one in ("zh-CN,en;q=0.5", "en-GB")
    )
    assert "没有填写" in zh["detail"] or "占位" in zh["detail"]
    assert en["detail"].isascii() or "placeholder" in en["detail"]
    assert zh["diagnostics"][0]["code"] == en["diagnostics"][0]["code"] == zh["code"]


def test_one_row_and_many(client: TestClient) -> None:
    one = client.post(f"/v1/score{SC}", json=ROW).json()
    score = pfscore.IndicatorScore.model_validate(one)
    assert (score.score, score.extra) == (Decimal(8), {"id": 7})
    many = client.post(f"/v1/score{SC}", json=[ROW, []]).json()
    assert [one["outcome"] for one in many] == ["scored", "refused"]


def test_one_row_as_a_spreadsheet_asks(client: TestClient) -> None:
    cells = {"ruleset": "cn-sc/project", "on": "2023-12-31", "target": "≥5人", "actual": "4人", "points": "10"}
    posted = client.post(
        f"/v1/score{SC}", json={key: cell for key, cell in cells.items() if key not in {"ruleset", "on"}}
    )
    assert client.get("/v1/score", params=cells).json() == posted.json()
    for field, said in (("score", "8"), ("outcome", "scored"), ("met", "false"), ("low", "8")):
        answer = client.get("/v1/score", params={**cells, "field": field})
        assert (answer.text, answer.headers["content-type"]) == (said, "text/plain; charset=utf-8")
    assert "正向指标按完成比例" in client.get("/v1/score", params={**cells, "field": "explain"}).text
    left = {**cells, "target": "优", "actual": "良好", "field": "score"}
    assert client.get("/v1/score", params=left).text == ""
    assert client.get("/v1/score", params={**cells, "ruleset": "cn-xx/project"}).status_code == 404


def test_numbers_keep_their_digits(client: TestClient) -> None:
    text = '{"target": ">=5", "unit": "km", "actual": "6", "points": 1000000000000000.01}'
    assert client.post(f"/v1/score{SC}", content=text).json()["points"] == "1000000000000000.01"


def test_rows_come_back_line_by_line(client: TestClient) -> None:
    lines = [json.dumps(ROW | {"id": number}) for number in range(1200)]
    lines[3], lines[5] = "{", ""
    answer = client.post(f"/v1/rows{SC}", content="\n".join(lines))
    found = [json.loads(line) for line in answer.text.splitlines()]
    assert [one["row"] for one in found] == list(range(1, 1200))
    assert (found[3]["codes"], found[4]["id"], {one["score"] for one in found}) == (["PF120"], 4, {"8", None})
    assert answer.headers["content-type"] == "application/x-ndjson"


def test_rows_of_no_ruleset_are_refused_at_once(client: TestClient) -> None:
    assert client.post("/v1/rows?ruleset=cn-xx/project", content=json.dumps(ROW)).status_code == 404
    assert client.post("/v1/rows", content=json.dumps(ROW)).json()["code"] == "PF526"


def test_a_form(client: TestClient) -> None:
    sheet = pfscore.Sheet.model_validate(client.post("/v1/sheets", json=FORM).json())
    assert sheet.indicators == pfscore.load_ruleset("cn-sc/project").score_form(pfscore.load_form(FORM)).indicators
    assert client.post("/v1/sheets", json=luzhou()).json()["code"] == "PF537"
    assert client.post("/v1/sheets", json={**FORM, "year": None}).json()["code"] == "PF527"
    assert client.post("/v1/sheets?year=2023", json={**FORM, "year": None}).json()["total"] == "8"


def test_findings(client: TestClient) -> None:
    found = client.post("/v1/audit", json=luzhou()).json()
    forms = pfscore.load_forms(LUZHOU)
    assert [pfscore.Finding.model_validate(one).key for one in found] == [one.key for one in pfscore.audit(forms)]


def test_needs(client: TestClient) -> None:
    [need] = client.post("/v1/needed", json=FORM).json()
    assert need["result"] == "至少 5人"
    assert client.post("/v1/needed?more=1", json=FORM).json()[0]["wanted"] == "9"


def test_convert(client: TestClient) -> None:
    found = client.post("/v1/convert", files={"file": ("甲.xlsx", book())}).json()
    assert [one["indicators"][0]["target"] for one in found["forms"]] == ["≥5人"]
    odd = client.post("/v1/convert", files={"file": ("甲.xlsx", book(ODD))}).json()
    assert "核定" in json.dumps(odd, ensure_ascii=False)
    answered = client.post("/v1/convert", files={"file": ("甲.xlsx", book(ODD))}, data={"map": ["核定=分值"]}).json()
    assert answered["forms"][0]["indicators"][0]["points"] == "100"
    assert client.post("/v1/convert", files={"file": ("a.bin", b"\0\1")}).status_code == 422
    assert client.post("/v1/convert", json={}).status_code == 415


def test_rulesets(client: TestClient) -> None:
    assert [one["id"] for one in client.get("/v1/rulesets").json()] == list(pfscore.ruleset_ids())
    page = client.get("/v1/rulesets/cn-sc/project?on=2023-12-31").json()
    assert page["digest"] == pfscore.load_ruleset("cn-sc/project", on="2023-12-31").digest
    assert client.get("/v1/rulesets/cn-xx/project").json()["code"] == "PF225"


@pytest.mark.parametrize("name", ["..%2F..%2Fetc/passwd", "a/b.yaml", "%2Fetc/passwd"])
def test_no_file_of_the_server_is_a_ruleset(client: TestClient, name: str) -> None:
    assert client.get(f"/v1/rulesets/{name}").status_code in {404, 422}
    assert client.post(f"/v1/score?ruleset={name}", json=ROW).json()["code"] == "PF503"


def test_an_argument_says_how_it_is_written(client: TestClient) -> None:
    for argument, hint in (("ruleset=../../etc/passwd", "写成 ruleset=cn-sc/project"), ("year=23", "写成 year=2023")):
        [problem] = client.post(f"/v1/sheets?{argument}", json={}).json()["diagnostics"]
        assert (problem["code"], problem["hint"]) == ("PF503", hint)


def test_a_year_is_filled_in_where_the_form_has_problems_too(client: TestClient) -> None:
    answer = client.post("/v1/sheets?ruleset=cn-sc/projekt&year=2023", json={"title": "表", "indicators": []})
    assert (answer.status_code, answer.json()["code"]) == (404, "PF225")


@pytest.mark.parametrize(
    ("encoding", "hint"), [("gbk", "多半是 GBK"), ("utf-16", "多半是 UTF-16"), ("utf-16-le", "UTF-16")]
)
def test_a_body_in_another_encoding(client: TestClient, encoding: str, hint: str) -> None:
    body = json.dumps(ROW, ensure_ascii=False).encode(encoding)
    [problem] = client.post("/v1/score?ruleset=cn-sc/project&on=2023-12-31", content=body).json()["diagnostics"]
    assert (problem["at"]["source"], hint in problem["hint"]) == ("body", True)


def test_check(client: TestClient) -> None:
    text = client.get("/v1/rulesets/cn-sc/project").json()["text"]
    found = client.post("/v1/check", content=text.encode()).json()
    assert (found["errors"], all(one["passed"] for one in found["examples"])) == (0, True)
    assert client.post("/v1/check", content="ruleset: [").json()["errors"] == 1
    assert client.post("/v1/check", content=b"\xff").json()["diagnostics"][0]["code"] == "PF103"
    named = client.post("/v1/check", content="ruleset: cn-xx/a\nextends: pyproject.yaml\n").json()
    assert named["errors"]


def test_a_review_with_a_decision(client: TestClient) -> None:
    row = {"name": "管理水平", "target": "优", "actual": "良好", "points": "100"}
    form = json.dumps({"title": "表", "year": 2023, "ruleset": "cn-sc/project", "indicators": [row]}).encode()
    files = {"files": ("a.json", form)}
    [open_row] = client.post("/v1/review", files=files).json()["forms"][0]["open"]
    assert (open_row["low"], open_row["high"], open_row["decision"]) == ("80", "100", None) or open_row["low"] != "100"
    decision = [
        {"file": 0, "form": 0, "kind": "indicators", "index": 0, "score": open_row["high"], "reason": "看了材料"}
    ]
    data = {"decisions": json.dumps(decision)}
    forms = client.post("/v1/review?output=forms", files=files, data=data).json()
    assert forms["indicators"][0] == row | {"decision": open_row["high"], "note": "看了材料"}
    assert "没有发现" in client.post("/v1/review", files=files, data=data).json()["line"]
    wrong = client.post("/v1/review", files=files, data={"decisions": "[{}]"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "PF504")


def test_a_part_of_a_review_counts_the_others(client: TestClient) -> None:
    row = {"name": "管理水平", "target": "≥90%", "actual": "81%", "points": "100", "published_score": "100"}
    form = {"year": 2023, "ruleset": "cn-sc/project", "indicators": [row]}
    texts = [json.dumps({**form, "title": title, "organisation": body}) for title, body in ("甲a", "乙b", "丙a")]
    bad = ("files", ("坏.json", b"{"))
    files = [*(("files", (f"{number}.json", text.encode())) for number, text in enumerate(texts)), bad]
    whole = client.post("/v1/review", files=files).json()
    by_file = {one["file"]: one for one in whole["forms"]}
    assert by_file[0]["body"] == by_file[2]["body"] != by_file[1]["body"]
    again = [0, 2]
    sent = [("files", (name, data if number in again else b"")) for number, (_, (name, data)) in enumerate(files)]
    data = {
        "only": json.dumps([{"file": number, "form": 0} for number in again]),
        "beside": json.dumps([by_file[1]["tally"], *whole["unreadable"]]),
    }
    part = client.post("/v1/review", files=sent, data=data).json()
    assert (part["line"], part["unreadable"]) == (whole["line"], [])
    assert [one["file"] for one in part["forms"]] == [one["file"] for one in whole["forms"] if one["file"] in again]
    for start, end in (('<section class="tiles"', "</section>"), ('<section aria-labelledby="shared"', "</section>")):
        parts = [page["page"].partition(start)[2].partition(end)[0] for page in (whole, part)]
        assert parts[0] == parts[1] != ""
    strange = {"only": data["only"], "beside": json.dumps([{"standing": "doubts", "codes": ["PF000", "<b>"]}] * 3)}
    assert "PF000" not in client.post("/v1/review", files=sent, data=strange).json()["page"]
    for wrong in ({"only": "[{}]"}, {**data, "beside": '[{"standing": "gone"}]'}, {"only": "{"}):
        assert client.post("/v1/review", files=sent, data=wrong).json()["code"] == "PF504"


@pytest.mark.parametrize(
    ("output", "start"),
    [("html", b"<!doctype"), ("markdown", "# 绩效".encode()), ("xlsx", b"PK"), ("annotated", b"PK")],
)
def test_what_a_review_gives(client: TestClient, output: str, start: bytes) -> None:
    files = {"files": ("甲.xlsx", book())}
    answer = client.post(f"/v1/review?output={output}&ruleset=cn-sc/project&year=2023", files=files)
    assert answer.content.startswith(start)


def test_several_annotated_workbooks_are_a_zip(client: TestClient) -> None:
    files = [("files", ("甲.xlsx", book())), ("files", ("b/甲.xlsx", book())), ("files", ("a.json", b"{}"))]
    answer = client.post("/v1/review?output=annotated", files=files)
    assert sorted(zipfile.ZipFile(io.BytesIO(answer.content)).namelist()) == ["甲-2.xlsx", "甲.xlsx"]
    assert client.post("/v1/review?output=annotated", files={"files": ("a.json", b"{}")}).json()["code"] == "PF152"


def test_a_trial(client: TestClient) -> None:
    text = client.get("/v1/rulesets/cn-sc/project").json()["text"]
    found = client.post("/v1/trial", files={"form": ("a.json", json.dumps(FORM).encode())}, data={"text": text}).json()
    assert found["checked"]["errors"] == 0
    assert {one["svg"][:4] for one in found["curves"]} == {"<svg"}
    assert all(text.splitlines()[one["line"] - 1].count(one["rule"]) for one in found["curves"] if one["line"])
    assert [one["score"] for one in found["rows"]] == ["8"]


def test_what_no_route_takes(client: TestClient) -> None:
    assert client.get("/v1/nothing").json()["status"] == 404
    refused = client.put("/v1/parse")
    assert (refused.status_code, refused.headers["allow"]) == (405, "POST")
    assert client.put("/v1/score").headers["allow"] == "GET, POST"
    assert client.put("/openapi.json").headers["allow"] == "GET, HEAD"
    assert client.post(f"/v1/score{SC}&on=x", json=ROW).json()["code"] == "PF206"
