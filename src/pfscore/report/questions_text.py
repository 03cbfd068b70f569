"""Answers as text: a form under several rulesets, what its rows need, its progress, what several give together."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from pfscore.forms.form import Form
from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.text import Lang, Message
from pfscore.questions.compare import Contrast, ContrastRow
from pfscore.questions.monitor import Progress
from pfscore.questions.needed import Need
from pfscore.questions.rollup import RolledUp
from pfscore.report.table_text import columns, fitted, heading, interval
from pfscore.scoring.row.comparing.readings_of_row import Outcome
from pfscore.scoring.row.score import Score
from pfscore.scoring.sheet import Sheet

_USED = Message("已用 ", "used ")


def contrast_text(contrast: Contrast, lang: Lang = "zh") -> str:
    """Render a comparison: the totals first, then the rows that differ; what is equal is counted."""
    zh = lang == "zh"
    form = contrast.form
    lines = [heading(form.title, form.organisation, zh=zh), ""]
    head = ("规则集", "总分", "等级") if zh else ("ruleset", "total", "grade")
    totals = [(sheet.named_ruleset(lang), _total(sheet), sheet.grade or "—") for sheet in contrast.sheets]
    lines += columns([head, *totals], (40, 24, 8))
    differing = [row for row in contrast.rows if row.differs]
    equal = len(contrast.rows) - len(differing)
    if differing:
        top = ("行", "指标", *contrast.rulesets) if zh else ("row", "indicator", *contrast.rulesets)
        body = [_contrast_row(row) for row in differing]
        lines += ["", *columns([top, *body], (4, 36, *(24 for _ in contrast.rulesets)))]
    lines += [
        "",
        f"{len(differing)} 行不同，{equal} 行相同" if zh else f"{len(differing)} rows differ, {equal} are equal",
    ]
    return fitted("\n".join(lines))


def _contrast_row(row: ContrastRow) -> tuple[str, ...]:
    number = "" if row.row is None else str(row.row)
    return number, row.name, *(_score(score) for score in row.scores)


def _score(score: Score) -> str:
    return "—" if score.outcome is Outcome.NOT_APPLICABLE else interval(score.award.low, score.award.high)


def _total(sheet: Sheet) -> str:
    shown = interval(sheet.low, sheet.high)
    return shown if sheet.low is None or sheet.full is None else f"{shown} / {decimal_text(Fraction(sheet.full))}"


def needs_text(form: Form, needs: Sequence[Need], lang: Lang = "zh", *, every: bool = False) -> str:
    """Render what rows need; rows that are full already are counted only, unless `every`."""
    zh = lang == "zh"
    open_rows = [one for one in needs if every or one.wanted is not None or _is_telling(one)]
    lines = [heading(form.title, form.organisation, zh=zh)]
    if open_rows:
        head = (
            ("行", "指标", "现得", "要得", "完成值须为")
            if zh
            else ("row", "indicator", "now", "wanted", "actual has to be")
        )
        body = [_need_row(one, lang) for one in open_rows]
        lines += columns([head, *body], (4, 40, 8, 8, 60))
    full = len(needs) - len(open_rows)
    if full:
        lines.append(
            f"其余 {full} 行已是满分，或没有分值"
            if zh
            else f"the other {full} rows are full already, or carry no points"
        )
    return fitted("\n".join(lines))


def _is_telling(need: Need) -> bool:
    return need.points is not None and need.score != need.points and need.note is not None


def _need_row(need: Need, lang: Lang) -> tuple[str, ...]:
    return (
        "" if need.row is None else str(need.row),
        need.name,
        "—" if need.score is None else decimal_text(need.score),
        "—" if need.wanted is None else decimal_text(need.wanted),
        need.result(lang) or "—",
    )


def progress_text(form: Form, rows: Sequence[Progress], lang: Lang = "zh") -> str:
    """Render the progress of a form: what falls short first, the slowest before the others; what is not known last."""
    zh = lang == "zh"
    lines = [heading(form.title, form.organisation, zh=zh)]
    ordered = sorted(rows, key=_urgency)
    head = (
        ("灯", "行", "指标", "指标值", "完成值", "进度", "对照")
        if zh
        else ("light", "row", "indicator", "target", "actual", "progress", "against")
    )
    body = [_progress_row(one, lang) for one in ordered]
    lines += columns([head, *body], (6, 4, 36, 20, 16, 14, 40))
    if not any(one.light for one in rows):
        lines.append("规则集没有写监控灯" if zh else "the ruleset has no lights")
    return fitted("\n".join(lines))


def _urgency(one: Progress) -> tuple[bool, bool, bool, Fraction]:
    """Return the place of a row in the list: missed, then floors by progress, then ceilings, then the rest."""
    return one.met is not False, one.progress is None, one.is_ceiling, one.progress or Fraction(0)


def _progress_row(one: Progress, lang: Lang) -> tuple[str, ...]:
    told = one.note if one.basis is None else one.basis
    met = (
        ""
        if one.met is None
        else ("达到" if one.met else "未达到")
        if lang == "zh"
        else ("met" if one.met else "missed")
    )
    return (
        one.light or "—",
        "" if one.row is None else str(one.row),
        one.name,
        one.target or "",
        one.actual or "",
        f"{_USED.text(lang) if one.is_ceiling else ''}{one.shown()}" if one.progress is not None else met or "—",
        "" if told is None else told.text(lang),
    )


def rolled_up_notes(rolled: RolledUp, lang: Lang = "zh") -> str:
    """Render what had to be decided when forms were combined."""
    return "\n".join(f"· {note.text(lang)}" for note in rolled.notes)
