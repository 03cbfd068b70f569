"""Where commands write: the old file or the new one is there whatever happens, and no input is overwritten."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import pytest

from pfscore.cli.main import COMMANDS
from pfscore.cli.output import JsonList, write_text
from tests.cli.running import run, run_apart
from tests.house.tree import ROOT

WRITING = {
    "plot": ("plot", "cn/project", "-o"),
    "new": ("new", "cn-xx/project", "-o"),
    "compile": ("compile", "cn/project", "-o"),
    "infer": ("infer", str(ROOT / "examples" / "luzhou-2023.json"), "-o"),
    "audit": ("audit", "form.json", "--write-accepted"),
    "convert": ("convert", "form.json", "-o"),
}


@pytest.mark.parametrize("arguments", WRITING.values(), ids=WRITING)
class TestAPlaceToWrite:
    def test_a_folder_that_does_not_exist(self, arguments: tuple[str, ...], here: Path) -> None:
        _, _, err = run_apart(*arguments, "no/such/folder/file.json")
        code = run(*arguments, "no/such/folder/file.json")[0]
        assert (code, err) == (2, "PF108 错误：无法写入：No such file or directory\n  no/such/folder/file.json\n")
        assert [path.name for path in here.iterdir()] == ["form.json"]

    def test_a_folder_in_place_of_a_file(self, arguments: tuple[str, ...], here: Path) -> None:
        (here / "folder").mkdir()
        code, _, err = run_apart(*arguments, "folder")
        # `convert` takes the kind of file from its name, and a folder's says none.
        refused = {"new": "PF151 错误", "convert": "PF109 错误"}.get(arguments[0], "PF108 错误")
        assert (code, err.split("：")[0]) == (2, refused)

    def test_a_file_is_utf_8_with_plain_line_ends(self, arguments: tuple[str, ...], here: Path) -> None:
        run(*arguments, "file.json")
        written = (here / "file.json").read_bytes()
        assert (b"\r" in written, written.decode("utf-8").endswith("\n")) == (False, True)


def test_every_command_that_writes_is_tried() -> None:
    writes = re.compile(r"--(output|write-\w+) ")
    assert {name for name in COMMANDS if writes.search(run(name, "--help")[1])} == set(WRITING)


#: A ruleset that `fmt` changes: it has more spaces than it needs.
UNEVEN = "ruleset: cn-xx/project\nextends: cn/project\nkind: project\njurisdiction: CN-XX\ntitle:   甲\n"
OLD = "旧的内容\n"
#: Every command that writes, and the file that it writes.
TARGETS = {
    **{
        name: ((*arguments, "file.json", *(("--force",) if name == "new" else ())), "file.json")
        for name, arguments in WRITING.items()
    },
    "fmt": (("fmt", "rules.yaml"), "rules.yaml"),
}
#: Every step of a write.
STEPS = ("mkstemp", "write", "flush", "chmod", "fsync", "replace")


class Breaking:
    """A file that is full after a few bytes, or that breaks when it is flushed."""

    def __init__(self, stream: Any, step: str, fail: Callable[..., Any]) -> None:
        self._stream, self._step, self._fail = stream, step, fail

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, data: bytes) -> None:
        self._stream.write(data[: len(data) // 2] if self._step == "write" else data)
        if self._step == "write":
            self._stream.flush()
            self._fail()

    def flush(self) -> None:
        if self._step == "flush":
            self._fail()
        self._stream.flush()


def break_at(step: str, fail: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one step of every write go wrong."""
    if step in {"write", "flush"}:
        opened = os.fdopen
        monkeypatch.setattr(os, "fdopen", lambda *more: Breaking(opened(*more), step, fail))
    else:
        monkeypatch.setattr(tempfile if step == "mkstemp" else os, step, fail)


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def killed(*_: object, **__: object) -> None:
    os._exit(9)


@pytest.fixture
def old(here: Path) -> Path:
    (here / "file.json").write_text(OLD, encoding="utf-8")
    (here / "rules.yaml").write_text(UNEVEN, encoding="utf-8")
    return here


@pytest.mark.parametrize(("arguments", "name"), TARGETS.values(), ids=TARGETS)
class TestFaults:
    @pytest.mark.parametrize("step", STEPS)
    def test_a_full_disk_leaves_the_old_file(
        self, step: str, arguments: tuple[str, ...], name: str, old: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = {path.name: path.read_bytes() for path in old.iterdir()}
        with monkeypatch.context() as patched:
            break_at(step, full, patched)
            code, text = run(*arguments)
        assert code == 2
        assert f"PF108 错误：无法写入：No space left on device\n  {name}\n" in text
        assert {path.name: path.read_bytes() for path in old.iterdir()} == before

    @pytest.mark.parametrize("step", STEPS)
    def test_a_process_that_is_killed_leaves_the_old_file(
        self, step: str, arguments: tuple[str, ...], name: str, old: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = (old / name).read_bytes()
        child = os.fork()
        if child == 0:
            break_at(step, killed, monkeypatch)
            run(*arguments)
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
        assert (old / name).read_bytes() == before

    def test_an_interruption_leaves_the_old_file(
        self, arguments: tuple[str, ...], name: str, old: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupted(*_: object) -> None:
            raise KeyboardInterrupt

        before = {path.name: path.read_bytes() for path in old.iterdir()}
        monkeypatch.setattr(os, "fsync", interrupted)
        assert run(*arguments)[0] == 130
        assert {path.name: path.read_bytes() for path in old.iterdir()} == before

    def test_mode_and_links_are_kept(self, arguments: tuple[str, ...], name: str, old: Path) -> None:
        (old / "elsewhere").mkdir()
        shutil.move(old / name, old / "elsewhere" / "real")
        (old / "elsewhere" / "real").chmod(0o640)
        (old / name).symlink_to("elsewhere/real")
        before = (old / "elsewhere" / "real").read_bytes()
        run(*arguments)
        assert (old / name).is_symlink()
        real = old / "elsewhere" / "real"
        assert (real.read_bytes() != before, real.stat().st_mode & 0o777) == (True, 0o640)
        assert [path.name for path in (old / "elsewhere").iterdir()] == ["real"]


INPUTS = {
    "compile": ("compile", "rules.yaml", "-o"),
    "plot": ("plot", "rules.yaml", "-o"),
    "plot --with": ("plot", "cn/project", "--with", "rules.yaml", "-o"),
    "infer": ("infer", "published.json", "-o"),
    "audit": ("audit", "published.json", "--write-accepted"),
    "audit --ruleset": ("audit", "form.json", "--ruleset", "rules.yaml", "--write-accepted"),
    "audit --accepted": ("audit", "form.json", "--accepted", "accepted.txt", "--write-accepted"),
}


@pytest.mark.parametrize("arguments", INPUTS.values(), ids=INPUTS)
class TestInputs:
    @pytest.fixture(autouse=True)
    def files(self, here: Path) -> None:
        shutil.copy(ROOT / "examples" / "luzhou-2023.json", here / "published.json")
        shutil.copy(ROOT / "tests" / "bad" / "commands" / "stale.yaml", here / "rules.yaml")
        (here / "accepted.txt").write_text("# 没有\n", encoding="utf-8")

    def test_no_input_is_overwritten(self, arguments: tuple[str, ...], here: Path) -> None:
        name = next(one for one in ("rules.yaml", "accepted.txt", "published.json") if one in arguments)
        before = (here / name).read_bytes()
        (here / "link").symlink_to(name)
        os.link(here / name, here / "twin")
        for path in (name, f"./{name}", str(here / name), "link", "twin"):
            code, _, err = run_apart(*arguments, path)
            assert (code, err.splitlines()) == (
                2,
                [
                    f"PF151 错误：“{path}” 是这条命令所读的文件，没有改动",
                    f"  {path}",
                    "  提示：换一个文件名，或加 --force 覆盖它",
                ],
            )
        assert (here / name).read_bytes() == before

    def test_force_overwrites_it(self, arguments: tuple[str, ...], here: Path) -> None:
        name = next(one for one in ("rules.yaml", "accepted.txt", "published.json") if one in arguments)
        before = (here / name).read_bytes()
        assert run(*arguments, name, "--force")[0] in {0, 1}
        assert (here / name).read_bytes() != before


@pytest.mark.parametrize(
    "arguments",
    [
        ("report", "form.json", "--html", "out.html", "--markdown"),
        ("report", "form.json", "--markdown", "out.html", "--xlsx"),
        ("audit", "form.json", "--html", "out.html", "--xlsx"),
        ("convert", "form.json", "-o", "out.json", "--save-map"),
    ],
    ids=" ".join,
)
def test_two_outputs_are_two_files(arguments: tuple[str, ...], here: Path) -> None:
    """The first would be lost in the second."""
    shutil.copy(ROOT / "examples" / "luzhou-2023.json", here / "form.json")
    name = next(one for one in arguments if one.startswith("out."))
    (here / "link").symlink_to(name)
    for path in (name, f"./{name}", str(here / name), "link"):
        code, _, err = run_apart(*arguments, path)
        assert code == 2
        assert err.splitlines()[0] in {f"PF151 错误：“{one}” 要写两样内容，没有改动" for one in (path, name)}
        assert not (here / name).exists()


class TestWriter:
    @pytest.mark.parametrize("name", ["长" * 85, "a" * 255, "." * 255])
    def test_the_longest_name(self, tmp_path: Path, name: str) -> None:
        for text in ("甲", "乙"):
            write_text(tmp_path / name, text)
            assert (tmp_path / name).read_text(encoding="utf-8") == text
        assert [one.name for one in tmp_path.iterdir()] == [name]

    def test_a_new_file_has_the_usual_mode(self, tmp_path: Path) -> None:
        mask = os.umask(0o027)
        try:
            write_text(tmp_path / "file", "甲")
        finally:
            os.umask(mask)
        assert (tmp_path / "file").stat().st_mode & 0o777 == 0o640

    def test_a_pipe_is_written_to(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        reading = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
        write_text(tmp_path / "pipe", "甲")
        assert os.read(reading, 100).decode() == "甲"
        os.close(reading)

    def test_a_link_that_leads_nowhere_yet(self, tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to("file")
        write_text(tmp_path / "link", "甲")
        assert ((tmp_path / "link").is_symlink(), (tmp_path / "file").read_text(encoding="utf-8")) == (True, "甲")


@pytest.mark.parametrize("members", [[], [1], [{"名": ["甲\n乙", {}]}, []], [{}, 2, None]])
def test_a_list_that_is_printed_as_it_comes_is_the_same_list(capsys: pytest.CaptureFixture[str], members: Any) -> None:
    for is_list in (False, True):
        printed = JsonList(is_list=is_list)
        for member in members:
            printed.add(member)
        printed.end()
        whole = members if is_list or len(members) != 1 else members[0]
        assert capsys.readouterr().out == json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def test_a_member_is_printed_before_the_next_is_made(capsys: pytest.CaptureFixture[str]) -> None:
    printed = JsonList(is_list=True)
    printed.add({"title": "甲"})
    assert "甲" in capsys.readouterr().out
