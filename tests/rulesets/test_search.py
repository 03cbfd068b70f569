"""Where rulesets are found: built in, in packages, in folders that are given; and never in the current folder."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import pfscore
from pfscore.cli import main
from pfscore.documents.document import read_document
from pfscore.rulesets.search import package_folders
from tests.house.tree import ROOT
from tests.rulesets.ruleset_text import HEAD

RULES = """\
rules:
  - id: r
    versions:
      - since: 2020
        cite:
          source: 示例
        formula: 分值 * 执行率
"""
TEXT = (ROOT / "rulesets" / "cn-sc" / "project.yaml").read_text(encoding="utf-8")


def ruleset(id_: str, title: str = "示例办法", extends: str | None = None) -> str:
    head = re.sub("^ruleset: .*$", f"ruleset: {id_}", HEAD, flags=re.MULTILINE)
    head = re.sub("^jurisdiction: .*$", f"jurisdiction: {id_.split('/')[0].upper()}", head, flags=re.MULTILINE)
    parent = f"extends: {extends}\n" if extends else ""
    return head.replace("title: 示例办法", f"title: {title}", 1) + parent + RULES


def put(folder: Path, id_: str, text: str) -> Path:
    path = folder / f"{id_}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def _packages_are_looked_for_again() -> Iterator[None]:
    package_folders.cache_clear()
    yield
    package_folders.cache_clear()


class TestTheCurrentFolder:
    def test_decides_nothing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        digest = pfscore.load_ruleset("cn-sc/project", on="2023-12-31").digest
        put(tmp_path, "cn-sc/project", ruleset("cn-sc/project"))
        (tmp_path / "cn-zz").mkdir()
        (tmp_path / "cn-zz" / "project").write_text(ruleset("cn-zz/project"), encoding="utf-8")
        (tmp_path / "cn-sc" / "project").write_text("not a ruleset", encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        assert pfscore.load_ruleset("cn-sc/project", on="2023-12-31").digest == digest
        with pytest.raises(pfscore.NotFoundError) as caught:
            pfscore.load_ruleset("cn-zz/project")
        assert caught.value.code == "PF225"

    def test_a_form_cannot_ask_which_files_exist(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        form = pfscore.Form(year=2023, ruleset="cn-zz/project")

        def answer() -> list[str]:
            with pytest.raises(pfscore.NotFoundError) as caught:
                pfscore.needed(form)
            return [one.render() for one in caught.value.diagnostics]

        before = answer()
        put(tmp_path, "cn-zz/project", "secret")
        (tmp_path / "cn-zz" / "project").write_text("secret", encoding="utf-8")
        assert answer() == before

    def test_a_path_is_a_path(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        path = put(tmp_path, "cn-zz/project", ruleset("cn-zz/project"))
        for given in (str(path), path, "cn-zz/project.yaml", "./cn-zz/project.yaml", Path("cn-zz/project.yaml")):
            assert pfscore.load_ruleset(given).id == "cn-zz/project"
        with pytest.raises(pfscore.NotFoundError):
            pfscore.load_ruleset(Path("cn-sc/project"))


class TestFolders:
    def test_a_ruleset_is_found_by_its_id_and_so_is_its_parent(self, tmp_path: Path) -> None:
        put(tmp_path, "cn-zz/project", ruleset("cn-zz/project").replace("- id: r", "- id: own"))
        put(tmp_path, "cn-yy/project", ruleset("cn-yy/project", extends="cn-zz/project"))
        rules = pfscore.load_ruleset("cn-yy/project", on="2023-12-31", search=[tmp_path])
        assert pfscore.load_ruleset("cn-yy/project", on="2023-12-31", search=str(tmp_path)).digest == rules.digest
        assert sorted(rule.id for rule in rules.edition.rules) == ["own", "r"]

    def test_a_file_finds_its_parent_there_too(self, tmp_path: Path) -> None:
        put(tmp_path / "there", "cn-zz/project", ruleset("cn-zz/project").replace("- id: r", "- id: own"))
        path = put(tmp_path / "here", "a", ruleset("cn-yy/project", extends="cn-zz/project"))
        assert pfscore.load_ruleset(path, on="2023-12-31", search=[tmp_path / "there"]).id == "cn-yy/project"

    def test_an_id_in_two_places_is_refused(self, tmp_path: Path) -> None:
        put(tmp_path, "cn-sc/project", TEXT)
        with pytest.raises(pfscore.RulesetError) as caught:
            pfscore.load_ruleset("cn-sc/project", search=[tmp_path])
        assert str(caught.value) == (
            f"PF235 错误：代号 “cn-sc/project” 有几份：内置、文件夹 {tmp_path}\n"
            "  提示：给其中一份换个代号；要用某一份，写它的文件路径"
        )

    def test_a_file_that_says_another_id(self, tmp_path: Path) -> None:
        put(tmp_path, "cn-zz/project", ruleset("cn-yy/project"))
        with pytest.raises(pfscore.RulesetError) as caught:
            pfscore.load_ruleset("cn-zz/project", search=[tmp_path])
        assert caught.value.code == "PF203"

    @pytest.mark.parametrize(("name", "code"), [("nowhere", "PF101"), ("a.txt", "PF108")])
    def test_no_folder(self, name: str, code: str, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("text", encoding="utf-8")
        with pytest.raises(pfscore.InputError) as caught:
            pfscore.load_ruleset("cn-sc/project", search=[tmp_path / name])
        assert caught.value.code == code

    def test_a_zip(self, tmp_path: Path) -> None:
        packed = tmp_path / "rules.zip"
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("cn-zz/project.yaml", ruleset("cn-zz/project"))
        rules = pfscore.load_ruleset("cn-zz/project", on="2023-12-31", search=[packed])
        assert rules.edition.rules[0].span.source == f"{packed}/cn-zz/project.yaml"

    def test_a_ruleset_in_a_zip_reads_no_file_beside_it(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        packed = tmp_path / "rules.zip"
        monkeypatch.chdir(tmp_path)
        put(tmp_path, "base", ruleset("cn-zz/project"))
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("cn-zz/department.yaml", ruleset("cn-zz/department", extends="base.yaml"))
        with pytest.raises(pfscore.RulesetError) as caught:
            pfscore.load_ruleset("cn-zz/department", search=[packed])
        assert caught.value.code == "PF216"


class TestPackages:
    def install(self, where: Path, name: str, entry: str, *, packed: bool) -> Path:
        """Make a package that registers rulesets; return what is to stand on `sys.path`."""
        files = {
            f"{name}/__init__.py": "",
            f"{name}/law/cn-zz/project.yaml": ruleset("cn-zz/project"),
            f"{name}-1.0.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
            f"{name}-1.0.dist-info/entry_points.txt": f"[pfscore.rulesets]\n{name} = {entry}\n",
        }
        if packed:
            with zipfile.ZipFile(where / f"{name}.zip", "w") as archive:
                for path, text in files.items():
                    archive.writestr(path, text)
            return where / f"{name}.zip"
        for path, text in files.items():
            (where / path).parent.mkdir(parents=True, exist_ok=True)
            (where / path).write_text(text, encoding="utf-8")
        return where

    @pytest.mark.parametrize("packed", [False, True])
    def test_a_package_registers_rulesets(self, packed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        name = f"acme_{'zip' if packed else 'folder'}"
        monkeypatch.syspath_prepend(self.install(tmp_path, name, f"{name}:law", packed=packed))
        rules = pfscore.load_ruleset("cn-zz/project", on="2023-12-31")
        assert rules.edition.rules[0].span.source == f"{name}/law/cn-zz/project.yaml"
        assert pfscore.load_ruleset("cn-zz/project", on="2023-12-31") is not None

    def test_what_a_package_registers_but_does_not_have_is_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.syspath_prepend(self.install(tmp_path, "acme_broken", "acme_nowhere", packed=False))
        with pytest.raises(pfscore.NotFoundError):
            pfscore.load_ruleset("cn-zz/project")

    def test_pfscore_itself_from_a_zip(self, tmp_path: Path) -> None:
        packed = tmp_path / "pfscore.zip"
        with zipfile.ZipFile(packed, "w") as archive:
            for path in sorted((ROOT / "src" / "pfscore").rglob("*.py")):
                archive.write(path, f"pfscore/{path.relative_to(ROOT / 'src' / 'pfscore')}")
            for name, folder in (("grammar", "grammar"), ("rulesets", "rulesets"), ("codes", "docs/codes")):
                for path in sorted((ROOT / folder).rglob("*")):
                    archive.write(path, f"pfscore/_data/{name}/{path.relative_to(ROOT / folder)}")
        code = "import pfscore; print(pfscore.__file__, pfscore.load_ruleset('cn-sc/project', on='2023-12-31').digest)"
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env={"PYTHONPATH": str(packed)})
        where, digest = done.stdout.split()
        assert where.startswith(str(packed))
        assert digest == pfscore.load_ruleset("cn-sc/project", on="2023-12-31").digest


class TestCommands:
    def test_rulesets_says_where_each_comes_from(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        put(tmp_path, "cn-zz/project", ruleset("cn-zz/project"))
        assert main(["rulesets", "--rulesets", str(tmp_path)]) == 0
        lines = {line.split()[0]: line.split()[-1] for line in capsys.readouterr().out.splitlines()}
        assert (lines["cn-zz/project"], lines["cn-sc/project"]) == (str(tmp_path), "内置")

    def test_rulesets_reports_an_id_in_two_places(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        put(tmp_path, "cn-sc/project", TEXT)
        assert main(["rulesets", "--rulesets", str(tmp_path), "--lang", "en"]) != 0
        assert "PF235 error: 'cn-sc/project' is found in several places" in capsys.readouterr().err

    @pytest.mark.parametrize(
        "command",
        [
            ("check", "cn-zz/project"),
            ("check", "--resolved", "cn-zz/project"),
            ("diff", "cn-zz/project", "cn-zz/project"),
            ("compile", "cn-zz/project", "-o", "out.json"),
            ("new", "cn-zz-a/project", "--from", "cn-zz/project"),
            ("score", "form.json"),
            ("score", "form.json", "--ruleset", "cn-zz/project"),
            ("audit", "form.json"),
            ("needed", "form.json"),
        ],
    )
    def test_every_command_finds_it(
        self,
        command: tuple[str, ...],
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        put(tmp_path / "ours", "cn-zz/project", ruleset("cn-zz/project"))
        form = '{"year": 2023, "ruleset": "cn-zz/project", "indicators": [{"name": "a", "target": "≥5人"}]}'
        (tmp_path / "form.json").write_text(form, encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        main([*command, "--rulesets", "ours"])
        assert "PF225" not in capsys.readouterr().err
        main([*command])
        assert "PF225" in "".join(capsys.readouterr())


class TestWhatARulesetIsReadFrom:
    def test_text_bytes_streams_and_data(self, tmp_path: Path) -> None:
        path = put(tmp_path, "cn-zz/project", ruleset("cn-zz/project"))
        expected = pfscore.load_ruleset(path, on="2023-12-31").digest
        text = path.read_text(encoding="utf-8")
        data = read_document(path).data
        with path.open("rb") as binary, path.open(encoding="utf-8") as written:
            for source in (text, text.encode(), io.StringIO(text), binary, written, data, json.dumps(data)):
                rules = pfscore.load_ruleset(source, on="2023-12-31")  # type: ignore[arg-type]
                assert (rules.id, rules.digest) == ("cn-zz/project", expected)

    def test_one_without_a_folder_names_its_parent_by_id(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        put(tmp_path, "base", ruleset("cn-zz/project"))
        with pytest.raises(pfscore.RulesetError) as caught:
            pfscore.load_ruleset(ruleset("cn-yy/project", extends="base.yaml"))
        assert caught.value.code == "PF216"


@pytest.mark.parametrize("length", [250, 256, 5_000, 100_000])
def test_an_id_that_is_longer_than_names_can_be_is_not_found(length: int) -> None:
    for ruleset in (f"cn/{'a' * length}", f"{'a' * length}/project"):
        with pytest.raises(pfscore.NotFoundError) as caught:
            pfscore.load_ruleset(ruleset)
        assert caught.value.code == "PF225"
