"""Findings as text for a reviewer: form by form, the most serious first, what belongs together in one place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from pfscore.auditing.finding import Finding
from pfscore.auditing.tally import Tally
from pfscore.foundation.codes import CODES
from pfscore.foundation.diagnostics import Severity
from pfscore.foundation.text import Lang, Message, display_width
from pfscore.report.table_text import columns, cut, heading

_LABELS = {
    Severity.ERROR: Message("错误", "errors"),
    Severity.WARNING: Message("存疑", "doubts"),
    Severity.NOTE: Message("提示", "notes"),
}
_NAME = 26
_WIDTH = 100
#: What is not broken: a number or word with its signs; any other character with the closing signs behind it.
_PARTS = re.compile(r"[0-9A-Za-z.,%‰≥≤<>=+/-]+[，。；：、”）》]*|\s|[“（《]*[^\s“（《][，。；：、”）》]*|\S")


def form_text(title: str, organisation: str | None, findings: Sequence[Finding], lang: Lang = "zh") -> str:
    """Render the findings of one form; a form without any says so in one line."""
    zh = lang == "zh"
    head = heading(title, organisation, zh=zh)
    if not findings:
        return f"{head}\n{'没有发现' if zh else 'nothing found'}"
    lines = [head, _counts_line(findings, lang)]
    for severity, members in groupby(sorted(findings, key=lambda one: one.order), key=lambda one: one.severity):
        lines += ["", _LABELS[severity].text(lang)]
        for code, group in _by_code(list(members)):
            lines += _group(code, group, lang)
    return "\n".join(lines)


def _counts_line(findings: Iterable[Finding], lang: Lang = "zh") -> str:
    """Return how many findings of each severity there are: `错误 2　存疑 1`."""
    counted = Counter(finding.severity for finding in findings)
    parts = [f"{_LABELS[severity].text(lang)} {counted[severity]}" for severity in Severity if counted[severity]]
    return ("　" if lang == "zh" else "  ").join(parts) or ("没有发现" if lang == "zh" else "nothing found")


def _by_code(findings: list[Finding]) -> Iterator[tuple[str, list[Finding]]]:
    """Group findings by code, the codes in the order of their first row."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.code, []).append(finding)
    yield from groups.items()


def _group(code: str, group: list[Finding], lang: Lang) -> list[str]:
    title = CODES[code].text(lang)
    lines = [f"  {code} {title}"]
    for finding in group:
        lines += _finding(finding, lang, brief=len(group) > 2)
    if len(group) > 2:
        lines += _causes(group, lang)
    return lines


def _causes(group: Sequence[Finding], lang: Lang) -> list[str]:
    """Return each cause once; where not all of the group have it, with the rows that do."""
    rows: dict[str, list[str]] = {}
    for finding in group:
        if finding.cause is not None:
            rows.setdefault(finding.cause.text(lang), []).append("-" if finding.row is None else str(finding.row))
    lines = []
    for cause, numbers in rows.items():
        place = ""
        if len(numbers) < len(group):
            place = f"第 {'、'.join(numbers)} 行：" if lang == "zh" else f"rows {', '.join(numbers)}: "
        lines += _wrapped(f"      → {place}{cause}", "        ")
    return lines


def _finding(finding: Finding, lang: Lang, *, brief: bool) -> list[str]:
    place = ""
    if finding.row is not None:
        place = f"第 {finding.row} 行 " if lang == "zh" else f"row {finding.row} "
    name = cut(finding.name, _NAME)
    colon = "：" if lang == "zh" else ": "
    lines = _wrapped(f"    {place}{name}{colon}{finding.message.text(lang)}", "      ")
    if brief:
        return lines
    for step in finding.evidence:
        lines += _wrapped(f"      {step.text(lang)}", "      ")
    if finding.cause is not None:
        lines += _wrapped(f"      → {finding.cause.text(lang)}", "        ")
    return lines


def _wrapped(text: str, indent: str) -> list[str]:
    """Break a line at `_WIDTH` display columns, not inside a number or word, nor before a closing sign."""
    lines, line = [], ""
    for part in _PARTS.findall(text):
        if line.strip() and display_width(line + part) > _WIDTH:
            lines.append(line.rstrip())
            line = indent
            if part == " ":
                continue
        line += part
    return [*lines, line]


def total_line(tally: Tally, lang: Lang = "zh") -> str:
    """Return one line about a whole run: forms, findings of each severity, and those that were accepted."""
    zh = lang == "zh"
    forms = Message(
        f"{tally.forms} 张表，{tally.clean} 张没有发现", f"{tally.forms} forms, {tally.clean} without findings"
    )
    parts = [forms.text(lang)]
    parts += [f"{_LABELS[one].text(lang)} {tally.severities[one]}" for one in Severity if tally.severities[one]]
    if tally.accepted:
        parts.append(f"已接受、不再报告 {tally.accepted} 条" if zh else f"{tally.accepted} accepted and not shown")
    return ("　" if zh else "  ").join(parts)


def tally_text(tally: Tally, lang: Lang = "zh") -> str:
    """Render a summary: how many forms, then findings by code, by region and by year."""
    zh = lang == "zh"
    lines = [total_line(tally, lang)]
    codes = [(f"{code} {CODES[code].text(lang)}", count) for code, count in sorted(tally.codes.items())]
    sections = (
        (("代码", "code"), codes),
        (("地区", "region"), sorted(tally.regions.items(), key=lambda item: (-item[1], item[0]))),
        (("年度", "year"), sorted(tally.years.items())),
    )
    for (label_zh, label_en), rows in sections:
        if rows:
            lines += ["", label_zh if zh else label_en, *_counted(rows)]
    return "\n".join(lines)


def _counted(rows: Sequence[tuple[str, int]]) -> list[str]:
    return columns([(name, str(count).rjust(6)) for name, count in rows], (44, 10), indent="  ")
