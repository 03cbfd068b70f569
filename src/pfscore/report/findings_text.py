"""Findings as text for a reviewer: form by form, the total first, then one remark about each row, hints last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pfscore.auditing.case import Case, Row
from pfscore.auditing.finding import FOLLOWS, SEVERITY_RANK, Finding
from pfscore.auditing.run import Tally
from pfscore.auditing.totals import is_unchecked
from pfscore.foundation.codes import CODES
from pfscore.foundation.diagnostics import Severity
from pfscore.foundation.text import Lang, Message, place_text
from pfscore.report.one_sentence import ruleset_text, totals_text
from pfscore.report.table_text import columns, cut, fitted, heading, row_text, wrapped

_LABELS = {
    Severity.ERROR: Message("错误", "errors"),
    Severity.WARNING: Message("存疑", "doubts"),
    Severity.NOTE: Message("提示", "notes"),
}
_NOTHING = Message("没有发现", "nothing found")
_QUIET = Message("没有错误和存疑", "no errors or doubts")
_WITHIN = Message("公布的得分在规则给的范围内", "the published score is within the range of the rules")
_UNCHECKED = Message("规则没有定分，公布的得分没有核对", "left open by the rules, the published score is not checked")
_NO_RULESET = Message("没有规则集，公布的得分没有核对", "without a ruleset, the published score is not checked")
_NAME = 26


def form_text(case: Case, findings: Sequence[Finding], lang: Lang = "zh") -> str:
    """Render the findings of one form row by row; a form without any says so in one line.

    >>> from pfscore.auditing.case import case_of
    >>> from pfscore.forms.form import Form
    >>> print(form_text(case_of(Form(title="自评表"), None), []))
    《自评表》
    没有发现
    """
    zh, form = lang == "zh", case.form
    head = heading(form.title, form.organisation, zh=zh)
    if not findings:
        return fitted(f"{head}\n{_NOTHING.text(lang)}")
    # A grade that contradicts the total is said as an error below.
    is_graded = not any(one.code == "PF711" and one.severity is Severity.ERROR for one in findings)
    totals = totals_text(form, case.sheet, lang, graded=is_graded)
    remarks = by_row(findings)
    lines = [head, *(wrapped(totals, "  ") if totals else []), _counts_line(findings, lang)]
    for remark in remarks:
        if remark.severity is not Severity.NOTE:
            lines += ["", *_remark(remark, lang)]
    hints = [remark for remark in remarks if remark.severity is Severity.NOTE]
    if hints:
        lines += ["", _LABELS[Severity.NOTE].text(lang)]
        for remark in hints:
            lines += _hint(remark, lang)
    if quiet := _quiet(case, remarks, lang):
        lines += ["", *quiet]
    if case.sheet is not None:
        lines += ["", ruleset_text(case.sheet, lang)]
    return fitted("\n".join(lines))


def _counts_line(findings: Iterable[Finding], lang: Lang = "zh") -> str:
    """Return how many findings of each severity there are: `错误 2　存疑 1`."""
    counted = Counter(finding.severity for finding in findings)
    parts = [f"{_LABELS[severity].text(lang)} {counted[severity]}" for severity in Severity if counted[severity]]
    return ("　" if lang == "zh" else "  ").join(parts) or _NOTHING.text(lang)


def _remark(remark: Remark, lang: Lang) -> list[str]:
    """Return the lines of one remark: the verdict and what it is about, then each finding."""
    label, first = _LABELS[remark.severity].text(lang), remark.findings[0]
    gap = "　" if lang == "zh" else "  "
    if not remark.is_shared:
        lines = wrapped(f"{label}{gap}{_about(first, lang)}", "    ")
        for finding in remark.findings:
            lines += _finding(finding, lang, remark.severity, beside=finding is not first)
        return lines
    rows = _rows_text(remark.rows, lang)
    if len({one.message.zh for one in remark.findings}) == 1:
        return [*wrapped(f"{label}{gap}{rows}", "    "), *_finding(first, lang, remark.severity)]
    colon = "：" if lang == "zh" else ": "
    title = f"  {first.code} {CODES[first.code].text(lang)}"
    lines = wrapped(f"{label}{gap}{rows}", "    ")
    if first.code in _TOGETHER:
        return [*lines, *wrapped(f"{title}{colon}{listed(remark, lang)}", "    ")]
    lines.append(title)
    for one in remark.findings:
        lines += wrapped(f"    {_about(one, lang)}{colon}{one.message.text(lang)}", "      ")
    return lines


def _about(finding: Finding, lang: Lang) -> str:
    """Return what a finding is about: the row and its name, and its cell where the form has one."""
    name = cut(finding.name, _NAME)
    return f"{row_text(finding.row, lang)}{name}" + (f"  {place_text(finding.place, lang)}" if finding.place else "")


def _hint(remark: Remark, lang: Lang) -> list[str]:
    """Return one code's hints: one in full, several as the list of their rows."""
    first, colon = remark.findings[0], "：" if lang == "zh" else ": "
    if not remark.is_shared:
        about = "" if first.row is None and first.name == first.form else f"{_about(first, lang)}{colon}"
        return wrapped(f"  {first.code} {about}{first.message.text(lang)}", "    ") + _details(first, lang)
    return wrapped(f"  {first.code} {CODES[first.code].text(lang)}{colon}{listed(remark, lang)}", "    ")


def listed(remark: Remark, lang: Lang = "zh") -> str:
    """Return what a remark is about, in one line: `第 2 行 培训人数（90%）、第 5 行 满意度（98%）`."""
    zh = lang == "zh"
    parts = []
    for one in remark.findings:
        figure = "" if one.computed is None else f"（{one.computed}）" if zh else f" ({one.computed})"
        parts.append(f"{row_text(one.row, lang)}{cut(one.name, _NAME)}{figure}")
    return ("、" if zh else ", ").join(parts)


def _finding(finding: Finding, lang: Lang, verdict: Severity, *, beside: bool = False) -> list[str]:
    """Return the lines of a finding, with its own severity where it is not the verdict on the row.

    `beside` another one, a missing reason need not say again what was missed.
    """
    is_known = beside and finding.code in _TOGETHER and not finding.published
    said = (CODES[finding.code] if is_known else finding.message).text(lang)
    own = _LABELS[finding.severity].text(lang)
    label = "" if finding.severity is verdict else f"（{own}）" if lang == "zh" else f" ({own})"
    head = f"  {finding.code}{label}" if label.endswith("）") else f"  {finding.code}{label} "
    return wrapped(f"{head}{said}", "    ") + _details(finding, lang)


def _details(finding: Finding, lang: Lang) -> list[str]:
    """Return how a finding was computed, and its likely cause."""
    lines = []
    for step in finding.evidence:
        lines += wrapped(f"    {step.text(lang)}", "      ")
    if finding.cause is not None:
        lines += wrapped(f"    → {finding.cause.text(lang)}", "      ")
    return lines


def _quiet(case: Case, remarks: Sequence[Remark], lang: Lang) -> list[str]:
    """Return the rows without errors and doubts: those that hold, and those whose score no rule could check."""
    named = {row for remark in remarks if remark.severity is not Severity.NOTE for row in remark.rows}
    rest = [row for row in case.rows if row.number not in named]
    kept = [row for row in rest if is_unchecked(row)]
    within = [row.number for row in kept if _is_within(row)]
    unchecked = [row.number for row in kept if not _is_within(row)]
    held = [row.number for row in rest if row not in kept]
    colon = "：" if lang == "zh" else ": "
    silent = _NO_RULESET if case.sheet is None else _UNCHECKED
    kinds = ((_QUIET, held), (_WITHIN, within), (silent, unchecked))
    found = [f"{label.text(lang)}{colon}{_rows_text(rows, lang)}" for label, rows in kinds if rows]
    return [line for text in found for line in wrapped(text, "  ")]


def _is_within(row: Row) -> bool:
    """Return whether a score lies in a range that the rules give, and that leaves out some of the points."""
    award = None if row.score is None else row.score.award
    if award is None or row.published is None or award.low is None or award.high is None or not award.low:
        return False
    return award.low <= row.published.value <= award.high


def _rows_text(rows: Iterable[int], lang: Lang = "zh") -> str:
    """Return row numbers as people write them.

    >>> _rows_text([1, 2, 3, 5])
    '第 1–3、5 行'
    """
    spans: list[list[int]] = []
    for row in rows:
        if spans and row == spans[-1][-1] + 1:
            spans[-1][1:] = [row]
        else:
            spans.append([row])
    shown = [str(span[0]) if len(span) == 1 else f"{span[0]}–{span[1]}" for span in spans]
    return f"第 {'、'.join(shown)} 行" if lang == "zh" else f"rows {', '.join(shown)}"


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


#: The doubt that is one remark about several rows though each has figures of its own: a reason is missing.
_TOGETHER = frozenset({"PF731"})
#: From how many rows on the same doubt is read in one place.
_MANY = 3
#: The order of what is said about the form as a whole: the total and what leads to it, the budget, the grade, the rest.
_TOTALS = ("PF708", "PF707", "PF710")
_GRADE = "PF711"
#: What is said of the score of a row stands with what else is said of the row.
_SCORE = "PF72"
#: The points of the form, and those of its blocks: what is wrong with the second makes the first wrong.
_POINTS, _BLOCKS = "PF707", ("PF770", "PF771")
_BUDGET = ("PF70", "PF71")


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reviewer reads at once: all that was found about one row, or one thing about several.

    >>> from pfscore.foundation.text import Message
    >>> said = Message("未达标，没有说明原因", "missed, no reason")
    >>> found = [Finding("PF731", Severity.WARNING, "表", row, f"指标{row}", said) for row in (2, 5)]
    >>> [(remark.rows, remark.is_shared) for remark in by_row(found)]
    [((2, 5), True)]
    """

    findings: tuple[Finding, ...]

    @property
    def severity(self) -> Severity:
        """The verdict: that of the gravest finding."""
        return self.findings[0].severity

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows that it is about; none for the form as a whole and for a budget line."""
        return tuple(dict.fromkeys(one.row for one in self.findings if one.row is not None))

    @property
    def name(self) -> str:
        """The name of the row, of the budget line, or of the part of the form."""
        return self.findings[0].name

    @property
    def is_shared(self) -> bool:
        """Whether it says one thing about several rows or lines."""
        return len({(one.row, one.name) for one in self.findings}) > 1 and len({one.code for one in self.findings}) == 1


def by_row(findings: Iterable[Finding]) -> list[Remark]:
    """Return the remarks about one form: total, budget, grade, then errors and what follows, doubts, hints."""
    rows: dict[tuple[int | None, str], list[Finding]] = {}
    hints: dict[str, list[Finding]] = {}
    listed = list(findings)
    named = {one.row for one in listed if one.severity is not Severity.NOTE and one.row is not None}
    for finding in listed:
        if finding.severity is Severity.NOTE and not (finding.row in named and finding.code.startswith(_SCORE)):
            hints.setdefault(finding.code, []).append(finding)
        else:
            rows.setdefault((finding.row, "" if finding.row is not None else finding.name), []).append(finding)
    _with_its_blocks(rows)
    alone = Counter(found[0].code for found in rows.values() if _is_alone(found))
    alike: dict[object, list[Finding]] = {}
    for key, found in rows.items():
        is_alike = _is_alone(found) and (found[0].code in _TOGETHER or alone[found[0].code] >= _MANY)
        alike.setdefault(found[0].code if is_alike else key, []).extend(found)
    remarks = [Remark(tuple(sorted(found, key=lambda one: one.order))) for found in alike.values()]
    return [*sorted(remarks, key=_order), *(Remark(tuple(hints[code])) for code in sorted(hints))]


def _with_its_blocks(rows: dict[tuple[int | None, str], list[Finding]]) -> None:
    """Put what is wrong with blocks together, and beside a wrong sum of points, as it is one mistake."""
    of_blocks = [key for key, found in rows.items() if all(one.code in _BLOCKS for one in found)]
    wrong = next((key for key, found in rows.items() if found[0].code == _POINTS and len(found) == 1), None)
    for key in of_blocks if wrong is not None else of_blocks[1:]:
        rows[of_blocks[0] if wrong is None else wrong] += rows.pop(key)


def _is_alone(found: Sequence[Finding]) -> bool:
    """Return whether a row has one doubt and nothing else."""
    return len(found) == 1 and found[0].row is not None and found[0].severity is not Severity.ERROR


def _order(remark: Remark) -> tuple[object, ...]:
    first = remark.findings[0]
    if first.code == FOLLOWS:
        return 1, SEVERITY_RANK[first.severity], 2, 0, first.code, first.name
    if first.row is None and first.code.startswith(_BUDGET):
        place = 0 if first.code in _TOTALS else 2 if first.code == _GRADE else 1
        return 0, place, SEVERITY_RANK[first.severity], first.line, first.code, first.name
    return 1, SEVERITY_RANK[first.severity], int(first.row is not None), first.row or 0, first.code, first.name
