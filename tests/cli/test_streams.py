"""What the shell does to a command: pipes closed early, streams that are not there, other locales, a full disk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.house.tree import ROOT

pytestmark = pytest.mark.usefixtures("installed")
PFSCORE = [sys.executable, "-m", "pfscore"]
EXAMPLES = [str(path) for path in sorted((ROOT / "examples").glob("*.json"))]


def shell(
    command: str, *arguments: str, env: dict[str, str] | None = None, data: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """Run a line of sh, in which `pfscore` is the command, with `arguments` as "$@"."""
    script = f'pfscore() {{ {" ".join(PFSCORE)} "$@"; }}\n{command}'
    return subprocess.run(
        ["bash", "-c", script, "sh", *arguments],
        input=data,
        capture_output=True,
        env={**os.environ, **(env or {})},
        check=False,
        timeout=120,
    )


class TestPipes:
    def test_a_pipe_closed_early_is_no_error(self) -> None:
        done = shell('pfscore score "$@" --explain | head -1; echo "${PIPESTATUS[0]}"', *EXAMPLES)
        assert (done.stderr, done.stdout.splitlines()[-1]) == (b"", b"0")

    def test_a_pipe_closed_before_anything_was_written(self) -> None:
        done = shell("pfscore rulesets | true; echo ${PIPESTATUS[0]}")
        assert (done.stderr, done.stdout) == (b"", b"0\n")

    def test_the_error_stream_closed_early(self) -> None:
        done = shell("pfscore score missing-{1..50}.json 2>&1 >/dev/null | head -1; echo ${PIPESTATUS[0]}")
        assert (done.stderr, done.stdout.splitlines()[0]) == (b"", "PF101 错误：找不到文件 “missing-1.json”".encode())

    def test_no_progress_in_a_pipe(self) -> None:
        assert shell('pfscore score "$@"', *EXAMPLES * 2).stderr == b""

    def test_an_answer_goes_out_before_the_next_question(self) -> None:
        """A program may hold a conversation with `parse --jsonl`."""
        command = [*PFSCORE, "parse", "--jsonl"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            for question, kind in (("≥5人", "at_least"), ("有效", "level")):
                process.stdin.write(json.dumps({"target": question}).encode() + b"\n")
                process.stdin.flush()
                assert json.loads(process.stdout.readline())["kind"] == kind


class TestMissingStreams:
    def test_no_standard_input(self) -> None:
        done = shell("pfscore parse --jsonl <&-")
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr.decode() == "PF108 错误：没有标准输入\n"

    def test_no_standard_input_where_none_is_needed(self) -> None:
        done = shell('pfscore parse "≥5人" <&-')
        assert (done.returncode, done.stderr) == (0, b"")

    def test_no_standard_output(self) -> None:
        done = shell("pfscore rulesets >&-")
        assert (done.returncode, done.stderr) == (0, b"")

    def test_no_error_stream(self) -> None:
        done = shell("pfscore score missing.json --json 2>&-")
        assert (done.returncode, done.stdout) == (2, b"[]\n")

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
    def test_a_full_disk(self) -> None:
        done = shell("pfscore rulesets > /dev/full")
        assert (done.returncode, done.stderr.decode()) == (2, "PF108 错误：无法写出：No space left on device\n")

    @pytest.mark.parametrize(
        ("encoding", "said"),
        [
            ("gb18030", "PF103 说明：按 GB18030 读这个文件\n  -\n"),
            ("utf-16", "PF103 说明：按 UTF-16 读这个文件\n  -\n"),
            ("utf-8-sig", ""),
        ],
    )
    def test_a_table_in_the_encoding_of_a_spreadsheet(self, encoding: str, said: str) -> None:
        table = "指标名称,指标值,完成值,分值\n人数,≥5人,6人,100\n".encode(encoding)
        done = shell("pfscore score - --ruleset cn/project --year 2023", data=table)
        assert (done.returncode, done.stderr.decode()) == (0, said)
        assert "按规则 100 / 100" in done.stdout.decode()

    def test_bytes_that_are_not_utf_8(self) -> None:
        done = shell("pfscore parse", data="≥5人".encode("gbk"))
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr.decode().startswith("PF103 错误：不是 UTF-8 编码：有字节 0x")


@pytest.mark.parametrize(
    "env",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "gbk"},
        {"PYTHONIOENCODING": "ascii:strict"},
        {"PYTHONIOENCODING": "latin-1"},
    ],
    ids=str,
)
class TestLocales:
    def test_the_output_is_utf_8(self, env: dict[str, str]) -> None:
        done = shell("pfscore rulesets", env=env)
        assert (done.returncode, done.stderr, done.stdout.decode()) == (0, b"", run("rulesets")[1])

    def test_the_error_stream_is_utf_8(self, env: dict[str, str]) -> None:
        done = shell("pfscore score missing.json", env=env)
        assert done.stderr.decode() == "PF101 错误：找不到文件 “missing.json”\n  missing.json\n"

    def test_an_argument_is_utf_8(self, env: dict[str, str]) -> None:
        done = shell("pfscore parse '≥26万人'", env=env)
        assert (done.returncode, done.stdout.decode()) == run("parse", "≥26万人")

    def test_standard_input_is_utf_8(self, env: dict[str, str]) -> None:
        done = shell("pfscore parse --jsonl", env=env, data='{"target": "不低于26万人"}'.encode())
        assert json.loads(done.stdout)["canonical"] == "≥260000人"


@pytest.mark.parametrize("command", [["plot", "cn/project"], ["new", "cn-gd/project"], ["compile", "cn/project"]])
def test_a_file_that_is_text_goes_to_standard_output(command: list[str], here: Path) -> None:
    assert run(*command, "-o", "file")[0] == 0
    assert run(*command, "-o", "-") == (0, (here / "file").read_text(encoding="utf-8"))
    assert not (here / "-").exists()
