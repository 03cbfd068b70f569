"""Read the arguments, run one command, and turn what went wrong into text and an exit code.

Exit codes: 0 done, 1 problems found in what was read, 2 wrong usage or an unreadable file, 130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any, NoReturn

#: The commands in the order of the help text, each with what it does; a command is a module of `commands` with
#: `arguments` and `run`, which is imported when it is used.
COMMANDS = {
    "parse": "读一个单元格 · read a cell",
    "score": "给自评表评分并说明理由 · score forms and say why",
    "audit": "核对自评表：哪些数不可能对 · audit forms: what cannot be right",
    "report": "评分、核对、缺什么，写成网页、工作簿或 Markdown · score and audit, as a page, workbook or Markdown",
    "infer": "由公布的得分推规则，写成草案 · infer a draft ruleset from published scores",
    "compare": "同一张表按几个规则集各得多少 · a form under several rulesets",
    "needed": "各行完成多少才得满分，或多得几分 · what result would earn the points",
    "monitor": "年中走到哪一步，亮什么灯 · where we stand, with the ruleset's lights",
    "rollup": "几个项目合起来得多少 · what several projects give together",
    "convert": "把 Excel、Word、PDF 里的自评表写成 JSON、YAML、CSV · forms of office files as JSON, YAML or CSV",
    "check": "检查规则集：写法、例子、证明 · check rulesets: form, examples, proofs",
    "new": "从上级规则集起草一个新的规则集 · start a ruleset from a parent",
    "diff": "比较两个规则集或两个日期：哪里不同，谁的得分会变 · compare two rulesets or days",
    "plot": "画出得分随完成率的变化（SVG） · draw points against completion as SVG",
    "fmt": "把规则集文件排成统一的次序和间距，保留注释 · lay out ruleset files, comments kept",
    "serve": "在浏览器里核对自评表、写规则集；也是 JSON 服务 · pages for a browser, and a JSON service",
    "lsp": "编辑器的语言服务器：边写规则集边检查 · language server: an editor checks rulesets as one types",
    "compile": "把规则集编译为 JSON · compile a ruleset to JSON",
    "rulesets": "列出规则集 · list the rulesets",
    "schema": "输出 JSON Schema，供编辑器补全 · JSON Schema for editors",
    "explain": "解释一个代码 · explain a code",
}


class _Parser(argparse.ArgumentParser):
    """A parser whose usage errors are Chinese first, and exit with 2."""

    def error(self, message: str) -> NoReturn:
        from pfscore.cli.output import EXIT_USAGE

        self.print_usage(sys.stderr)
        if "arguments: -" in message:
            message += "；以 “-” 开头的文字，前面写 -- · put -- before a text that starts with a dash"
        self.exit(EXIT_USAGE, f"{self.prog}: 用法不对 · wrong usage: {message}\n")


class _Version(argparse.Action):
    """Looks for the version when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> NoReturn:
        from pfscore.foundation.runtime.resources import __version__

        parser.exit(message=f"pfscore {__version__}\n")


def _build_parser(only: str | None = None) -> argparse.ArgumentParser:
    """Return the parser of the command line; `only` names the command whose module and arguments are needed."""
    parser = _Parser(
        prog="pfscore",
        description="预算绩效自评：读取、评分、核对。 Read, score and audit performance self-evaluations.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show program's version number and exit")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, purpose in COMMANDS.items():
        command = commands.add_parser(name, help=purpose, description=purpose)
        if name == only:
            module = import_module(f"pfscore.cli.commands.{name}")
            module.arguments(command)
            command.set_defaults(run=module.run)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run `pfscore` with `argv` and return the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _open_streams()
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        # Chinese text must come out whole where the terminal's own encoding is something else.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace" if stream is not sys.stdin else "strict")
    options = _build_parser(next((one for one in arguments if one in COMMANDS), None)).parse_args(arguments)
    return _run(options)


def _run(options: argparse.Namespace) -> int:
    """Run the command, for which more is imported than for help."""
    from pfscore.cli.output import EXIT_INTERRUPTED, report_error
    from pfscore.foundation.diagnostics import Diagnostic
    from pfscore.foundation.errors import InputError, PfscoreError
    from pfscore.foundation.text import Message
    from pfscore.report.table_text import terminal_columns

    terminal_columns.set(_columns())
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except PfscoreError as error:
        return report_error(error, getattr(options, "lang", "zh"))
    except BrokenPipeError:
        # The reader has closed the pipe.
        _give_up_output()
        return 0
    except OSError as error:
        # The disk is full, say. Files that cannot be read have been reported as such before.
        _give_up_output()
        message = Message(f"无法写出：{error.strerror}", f"cannot write: {error.strerror}")
        return report_error(InputError.of(Diagnostic("PF108", message)), getattr(options, "lang", "zh"))
    except KeyboardInterrupt:
        print("\n已中断 · interrupted", file=sys.stderr)
        return EXIT_INTERRUPTED
    return code


def _columns() -> int | None:
    """Return how many columns the terminal has, or the environment gives it; none for a file and a pipe."""
    is_known = os.environ.get("COLUMNS", "").isdigit() or sys.stdout.isatty()
    return max(shutil.get_terminal_size().columns, 20) if is_known else None


def _open_streams() -> None:
    """Open a stream that was closed on the null device, so that nothing is printed into another one."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - open until the end


def _give_up_output() -> None:
    """Replace the output, so that the interpreter has nothing to flush at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
