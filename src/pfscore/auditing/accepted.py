"""A file of findings that were reviewed and accepted: one `key` on each line, `#` begins a remark."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pfscore.auditing.finding import Finding
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import InputError
from pfscore.foundation.source import Source, read_source
from pfscore.foundation.text import Message, shorten

_FIELDS = 6
_HEAD = (
    "# 已核对、接受的审核发现，每行一条；数字变了就会重新报告。行末可写“ # 说明”。",
    "# Findings that were reviewed and accepted, one a line; when the figures change they are reported again.",
)


def read_accepted(path: str | Path) -> frozenset[str]:
    """Read a file of accepted findings.

    Raises:
        InputError: PF1xx where the file cannot be read, PF790 for lines that are no findings.
    """
    source = read_source(path, allow_bom=True)
    keys = {number: _key(line) for number, line in enumerate(source.text.split("\n"), 1)}
    wrong = [_problem(source, number, key) for number, key in keys.items() if key and key.count(" | ") != _FIELDS - 1]
    if wrong:
        raise InputError(wrong)
    return frozenset(key for key in keys.values() if key)


def accepted_text(findings: Iterable[Finding]) -> str:
    """Return the text of a file that accepts these findings."""
    return "\n".join([*_HEAD, *sorted({finding.key for finding in findings})]) + "\n"


def _key(line: str) -> str:
    text = line.strip()
    return "" if text.startswith("#") else text.split(" # ", 1)[0].strip()


def _problem(source: Source, number: int, key: str) -> Diagnostic:
    return Diagnostic(
        "PF790",
        Message(f"这一行不是一条审核发现：“{shorten(key)}”", f"this line is no finding: {shorten(key)!r}"),
        Message(
            "应有六项：代码 | 表名 | 行 | 名称 | 公布 | 应为；可用 --write-accepted 生成",
            "six parts: code | form | row | name | published | computed; --write-accepted writes them",
        ),
        source.span(number, 1, max(1, len(key))),
    )
