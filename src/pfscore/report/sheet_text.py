"""A sheet as text for a terminal: first what lost points or needs a person, then every row, then the total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pfscore.auditing.figures import read_score
from pfscore.forms.form import Form, signed_target
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.text import Lang, Message
from pfscore.report.one_sentence import reason, ruleset_text, settled_by, signed, totals_text
from pfscore.report.table_text import columns, fitted, interval, wrapped
from pfscore.scoring.row.comparing.readings_of_row import Outcome
from pfscore.scoring.row.score import BudgetScore, IndicatorScore, Score
from pfscore.scoring.sheet import Sheet

_HEAD = {
    "zh": ("行", "指标", "指标值", "完成值", "分值", "公布得分", "按规则", "差", "理由"),
    "en": ("row", "indicator", "target", "actual", "points", "published", "by the rules", "difference", "reason"),
}
#: The head of the scores where nothing was published.
_SCORE = {"zh": "得分", "en": "score"}
#: The widest that a column may be, in display columns; longer cells are cut and marked.
_WIDTHS = (4, 36, 24, 16, 6, 12, 12, 10, None)
#: The columns that show what was published.
_PUBLISHED = (5, 7)


def _adds(one: Score) -> bool:
    """Return whether a row adds to the total, or leaves it as it is."""
    return one.award.adjusts and one.award.low is not None and one.award.low >= 0


_TO_BE_JUDGED = Message("待评定", "to be judged")
#: How a person settles the rows that are to be judged.
_DECISION = Message(
    "定下的分填在各行的“评定得分”（decision）里", "what a person gives is written as the `decision` of the row"
)
_GROUPS = (
    (
        Message("未得满分", "less than full"),
        lambda one: one.outcome is Outcome.SCORED and not one.is_full and not _adds(one),
    ),
    (
        Message("存疑", "doubtful"),
        lambda one: isinstance(one, IndicatorScore) and one.outcome is Outcome.SCORED and one.is_full and one.doubts,
    ),
    (_TO_BE_JUDGED, lambda one: one.outcome is Outcome.JUDGEMENT),
    (
        Message("缺数", "missing"),
        # A form that states targets only is said to be one; its rows need not be listed.
        lambda one: one.outcome is Outcome.MISSING and one.points_exact is not None and one.diagnostics,
    ),
    (Message("不能评分", "refused"), lambda one: one.outcome is Outcome.REFUSED),
)


def sheet_text(sheet: Sheet, form: Form, lang: Lang = "zh", *, explain: bool = False) -> str:
    """Render a sheet; with `explain` every row is followed by everything that led to its score."""
    lines = [_title(form, lang), *_total_line(sheet, form, lang), *_attention(sheet, lang), ""]
    if sheet.indicators or sheet.budget:
        lines += [sheet.explain(lang)] if explain else _table(sheet, lang)
        lines.append("")
    lines += _footer(sheet, lang)
    rows = (diagnostic for row in (*sheet.budget, *sheet.indicators) for diagnostic in row.diagnostics)
    if problems := [_in_its_form(diagnostic) for diagnostic in (*sheet.diagnostics, *rows)]:
        lines += ["", _diagnostics_text(problems, lang)]
    return fitted("\n".join(lines))


def _diagnostics_text(diagnostics: Sequence[Diagnostic], lang: Lang = "zh") -> str:
    """Render diagnostics one after the other."""
    return "\n".join(diagnostic.render(lang) for diagnostic in diagnostics)


def _in_its_form(problem: Diagnostic) -> Diagnostic:
    """Leave out the form's title, which is printed above."""
    related = tuple((note, replace(span, form=None)) for note, span in problem.related)
    return replace(problem, span=None if problem.span is None else replace(problem.span, form=None), related=related)


def _title(form: Form, lang: Lang) -> str:
    """Return the title, in its own marks in both languages, and whose form it is."""
    title = f"《{form.title}》" if form.title else ("（无标题）" if lang == "zh" else "(untitled)")
    return f"{title}　{form.organisation}" if form.organisation else title


def _total_line(sheet: Sheet, form: Form, lang: Lang) -> list[str]:
    zh = lang == "zh"
    if sheet.full is None:
        rows = sheet.indicators or sheet.budget
        if any(row.points_exact is not None for row in rows):
            return ["有的行算不了分值，不计总分" if zh else "the points of a row are not known, no total"]
        return ["没有分值，不计总分" if zh else "no points, no total"]
    return wrapped(("总分：" if zh else "total: ") + totals_text(form, sheet, lang), "  ")


def _attention(sheet: Sheet, lang: Lang) -> list[str]:
    """List the rows that a reviewer has to look at, by kind."""
    rows = [
        *(("", line) for line in sheet.budget),
        *((str(number), row) for number, row in enumerate(sheet.indicators, 1)),
    ]
    lines = []
    for label, belongs in _GROUPS:
        found = [(number, one) for number, one in rows if belongs(one)]
        if not found:
            continue
        lines.append(
            f"{label.text(lang)}（{len(found)} 行）：" if lang == "zh" else f"{label.text(lang)} ({len(found)}):"
        )
        for number, one in found:
            place = (f"第 {number} 行" if lang == "zh" else f"row {number}") if number else ""
            who = " ".join(part for part in (place, _name(one)) if part)
            colon, stop = ("：", "。") if lang == "zh" else (": ", ". ")
            said = [one.in_words(lang), reason(one, lang), settled_by(one, lang), *_doubts(one, lang)]
            lines += wrapped(f"  {who}{colon}{stop.join(filter(None, said))}", "    ")
        if label is _TO_BE_JUDGED:
            lines += wrapped(f"  {_DECISION.text(lang)}", "    ")
    return lines


def _table(sheet: Sheet, lang: Lang) -> list[str]:
    rows: list[tuple[str, ...]] = [
        ("", line.label, line.row.budget or "", line.row.expenditure or "", *_earned(line, lang))
        for line in sheet.budget
        if line.points_exact is not None
    ]
    for number, row in enumerate(sheet.indicators, 1):
        rows.append((str(number), row.name, signed_target(row.row), row.row.actual or "", *_earned(row, lang)))
    rows.insert(0, _HEAD[lang])
    if any(row[_PUBLISHED[0]] for row in rows[1:]):
        return columns(rows, _WIDTHS)
    kept = [number for number in range(len(_WIDTHS)) if number not in _PUBLISHED]
    plain = [[row[number] for number in kept] for row in rows]
    plain[0][kept.index(6)] = _SCORE[lang]
    return columns(plain, [_WIDTHS[number] for number in kept])


def _earned(one: Score, lang: Lang) -> tuple[str, str, str, str, str]:
    points = (one.row.points or "") if one.points_exact is None else decimal_text(one.points_exact)
    score = "—" if one.points_exact is None else interval(one.award.low, one.award.high)
    published, award = read_score(one.row.published_score), one.award
    known = published is not None and one.points_exact is not None and award.low is not None
    off = published.value - award.low if known and published and award.low is not None else None
    difference = signed(off) if off and award.low == award.high else ""
    return points, one.row.published_score or "", score, difference, _why(one, lang)


def _why(one: Score, lang: Lang) -> str:
    """Return the reason for a row's result, and what makes the row doubtful."""
    return ("；" if lang == "zh" else "; ").join(filter(None, (reason(one, lang), *_doubts(one, lang))))


def _doubts(one: Score, lang: Lang) -> list[str]:
    doubtful = "存疑：" if lang == "zh" else "doubtful: "
    return [doubtful + doubt.message.text(lang) for doubt in one.doubts] if isinstance(one, IndicatorScore) else []


def _footer(sheet: Sheet, lang: Lang) -> list[str]:
    lines = [("合计：" if lang == "zh" else "total: ") + step for step in sheet.total_steps]
    lines.append(ruleset_text(sheet, lang))
    return lines


def _name(one: Score) -> str:
    return one.row.name if isinstance(one, IndicatorScore) else one.row.label if isinstance(one, BudgetScore) else ""
