"""A review as short Markdown, to be pasted into a report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pfscore.foundation.diagnostics import Diagnostic, Severity
from pfscore.foundation.text import Lang, Message
from pfscore.report.review.reviewed import Review, Standing
from pfscore.report.review.shown import ShownFinding, ShownForm, ShownRemark, ShownRow, shown_forms

_TITLE = Message("绩效自评核对", "Review of performance self-evaluations")
_HEAD = {
    "zh": ("单位 · 项目", "公布", "系统", "差", "错 / 疑 / 示", "最要紧的一条", "在哪里"),
    "en": ("body · project", "published", "computed", "difference", "errors / doubts / notes", "gravest", "where"),
}
_RULESETS = Message("规则集", "rulesets")
_SHARED = Message("同一个问题，许多张表", "The same problem in many forms")
_UNREADABLE = Message("没有读出的文件", "Files that were not read")
_NEEDED = Message("要得满分", "for full points")
_REST = Message("其余 {} 份略", "{} more are left out")
#: How many forms are listed, the most urgent ones: a text to be pasted is short.
_MOST = 20
#: What Markdown and the HTML in it would take for their own.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")


def review_markdown(review: Review, lang: Lang = "zh") -> str:
    """Return the review: the counts, a line for each of the forms that most need a look, what was found in each.

    Where it is of one form alone, what would earn the missing points is said, too.

    >>> print(review_markdown(Review(())))
    # 绩效自评核对
    <BLANKLINE>
    0 份：0 有错误，0 存疑，0 没读全，0 没有发现
    <BLANKLINE>
    """
    several = len(review.forms) > 1
    forms = [form for form in shown_forms(review, lang) if form.standing != Standing.CLEAN or not several]
    colon = "：" if lang == "zh" else ": "
    lines = [f"# {_TITLE.text(lang)}", "", review.in_one_line(lang), ""]
    if rulesets := sorted({one.sheet.named_ruleset(lang) for one in review.forms if one.sheet is not None}):
        lines += [f"{_RULESETS.text(lang)}{colon}{_plain(('、' if lang == 'zh' else ', ').join(rulesets))}", ""]
    if forms:
        lines += [*_table(_HEAD[lang], [_overview(form) for form in forms[:_MOST]]), ""]
    if len(forms) > _MOST:
        lines += [_REST.text(lang).format(len(forms) - _MOST), ""]
    if shared := review.shared_problems():
        lines += [f"## {_SHARED.text(lang)}", ""]
        unit = "份" if lang == "zh" else "forms"
        lines += [f"- {_plain(title.text(lang))} `{code}` {count} {unit}" for code, title, count in shared]
        lines.append("")
    for form in forms[:_MOST]:
        lines += [*_form(form, lang, with_needs=not several), ""]
    if review.unreadable:
        lines += [f"## {_UNREADABLE.text(lang)}", ""]
        lines += [f"- {_plain(one.source)}{colon}{_plain(_why(one.problems[0], lang))}" for one in review.unreadable]
        lines.append("")
    return "\n".join(lines)


def _overview(form: ShownForm) -> tuple[str, ...]:
    counts = " / ".join(map(str, form.counts))
    return (form.name, form.published, form.computed, form.difference, counts, form.gravest, form.place)


def _form(form: ShownForm, lang: Lang, *, with_needs: bool) -> Iterator[str]:
    """Yield the errors and doubts of a form, those about no single row first, and what would earn the rest."""
    colon = "：" if lang == "zh" else ": "
    yield from (f"## {_plain(form.name)}", "", f"{_plain(form.verdict or form.standing_label)}", "")
    yield from (f"- {_plain(problem.splitlines()[0])}" for problem in form.problems)
    yield from (f"- {_plain(place)} {_plain(text)}{colon}{_plain(reason)}" for place, text, reason in form.unread)
    for remark in form.remarks:
        if remark.severity != Severity.NOTE:
            yield from _remark(remark, colon)
    for row in form.rows:
        if row.need and with_needs:
            yield f"- {_row_name(row, lang)}{_NEEDED.text(lang)}{colon}{_plain(row.need)}"


def _remark(remark: ShownRemark, colon: str) -> Iterator[str]:
    """Yield one remark: its gravest finding, and what follows from it below."""
    first, *rest = remark.findings
    if remark.is_shared:
        yield f"- {remark.mark} {_plain(remark.about)} `{first.code}`"
        return
    yield f"- {remark.mark} {_plain(remark.about)}{colon}{_sentence(first)}"
    yield from (f"  - {_sentence(finding)}" for finding in rest)


def _sentence(finding: ShownFinding) -> str:
    """Return a finding with its code and the cell that it is about."""
    return f"{_plain(finding.text)} `{finding.code}`" + (f" · {_plain(finding.cell)}" if finding.cell else "")


def _why(problem: Diagnostic, lang: Lang) -> str:
    """Return why a file was not read, and what helps."""
    hint = "" if problem.hint is None else problem.hint.text(lang)
    return f"{problem.message.text(lang)}{'；' if lang == 'zh' else '; '}{hint}" if hint else problem.message.text(lang)


def _row_name(row: ShownRow, lang: Lang) -> str:
    number = "" if not row.place else f"第 {row.place} 行 " if lang == "zh" else f"row {row.place} "
    return f"{number}{_plain(row.name)}{'：' if lang == 'zh' else ': '}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + " --- |" * len(head)
    yield from ("| " + " | ".join(map(_plain, row)) + " |" for row in rows)


def _plain(text: str) -> str:
    """Return a text in one line that means nothing to Markdown.

    >>> _plain("a|b <b>*c*")
    'a\\\\|b \\\\<b\\\\>\\\\*c\\\\*'
    """
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
