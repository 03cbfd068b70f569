"""`pfscore diff`: what changes between two rulesets or two days, and whose scores."""

from __future__ import annotations

import argparse
from typing import Any

from pfscore.cli.families import rules_at
from pfscore.cli.output import add_search, print_json
from pfscore.cli.session import Session, add_forms
from pfscore.foundation.text import Lang, Message
from pfscore.report.rulesets.diff import Change, Moved, changes, moved, sentences
from pfscore.rulesets.in_force import Edition


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument(
        "before", metavar="A", help="代号或文件，可加日期：cn/project@2023-12-31 · an id or a file, @date"
    )
    parser.add_argument("after", metavar="B", help="同上；不写日期的，按最近一次变动之后 · likewise")
    add_forms(parser, optional=True, select=False)
    add_search(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    before, after = (rules_at(name, options.search) for name in (options.before, options.after))
    found = list(changes(before.edition, after.edition))
    session = Session(options, Message("已比较", "compared"))
    scored = session.answers(lambda form: list(moved(form, before.score_form(form), after.score_form(form))))
    answers = [rows for _, rows in scored]
    rows = [row for found_rows in answers for row in found_rows]
    if options.json:
        print_json(_as_json(before.edition, after.edition, found, rows, options.lang))
    else:
        print(_as_text(before.edition, after.edition, found, rows, len(answers), options.lang))
    return session.code


def _as_text(before: Edition, after: Edition, found: list[Change], rows: list[Moved], forms: int, lang: Lang) -> str:
    zh = lang == "zh"
    lines = [f"{_name(before)} → {_name(after)}"]
    lines += [f"  {sentence}" for sentence in sentences(found, lang)]
    if not found:
        lines.append("  规则没有不同" if zh else "  the rules do not differ")
    if forms:
        counted = f"{forms} form{'' if forms == 1 else 's'}"
        lines.append(f"得分有变的（{forms} 张表）：" if zh else f"scores that change ({counted}):")
        lines += [f"  {row.said(lang)}" for row in rows]
        if not rows:
            lines.append("  没有" if zh else "  none")
    return "\n".join(lines)


def _name(edition: Edition) -> str:
    return f"{edition.ruleset}（{edition.on}）"


def _as_json(before: Edition, after: Edition, found: list[Change], rows: list[Moved], lang: Lang) -> dict[str, Any]:
    return {
        "before": {"ruleset": before.ruleset, "on": before.on.isoformat(), "digest": before.digest},
        "after": {"ruleset": after.ruleset, "on": after.on.isoformat(), "digest": after.digest},
        "changes": [
            {
                "part": one.part,
                "where": one.where,
                "key": one.key,
                "of": list(one.of),
                "before": None if one.before is None else one.before.text(lang),
                "after": None if one.after is None else one.after.text(lang),
                "said": one.said(lang),
            }
            for one in found
        ],
        "scores": [
            {
                "form": row.form,
                "row": row.name or None,
                "before": [_text(score) for score in row.before],
                "after": [_text(score) for score in row.after],
                "by": _text(row.by),
                "grades": None if row.name else list(row.grades),
            }
            for row in rows
        ],
    }


def _text(score: Any) -> str | None:
    return None if score is None else str(score)
