"""`pfscore score`: score forms and say why."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from pfscore.cli.output import EXIT_PROBLEMS, add_force
from pfscore.cli.report_options import add_outputs, outputs_of
from pfscore.cli.session import Session, add_forms, add_ruleset
from pfscore.forms.form import Form
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.resources import __version__
from pfscore.foundation.text import Lang, Message
from pfscore.report.sheet_text import sheet_text
from pfscore.scoring.sheet.sheet import Sheet


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_forms(parser)
    add_ruleset(parser)
    add_outputs(parser)
    add_force(parser)
    parser.add_argument("--explain", action="store_true", help="逐行说明 · explain every row")


def run(options: argparse.Namespace) -> int:
    """Run the command; the sheet shows what is wrong with its form."""
    lang = options.lang
    session = Session(options, Message("已评分", "scored"), hidden=lambda _: (), keeps=bool(outputs_of(options)))

    def score(form: Form) -> Sheet:
        sheet = session.rules(form).score_form(form)
        if sheet.problems or any(table.problems for table in form.tables):
            session.code = max(session.code, EXIT_PROBLEMS)
        return sheet

    code = session.answer_each(
        score,
        lambda form, sheet: sheet_text(sheet, form, lang, explain=options.explain),
        lambda _, sheet: sheet.as_json(lang),
        unanswered=lambda form, problems: _unscored(form, problems, lang),
    )
    if outputs_of(options):
        from pfscore.cli.report_outputs import write_kept

        write_kept(options, session, [*options.forms, *filter(None, [options.ruleset])])
    return code


def _unscored(form: Form, problems: Sequence[Diagnostic], lang: Lang) -> dict[str, Any]:
    """Return an entry for a form without scores, with the keys of a scored form."""
    return {
        "title": form.title,
        "indicators": [],
        "budget": [],
        **dict.fromkeys(("total", "low", "high", "full", "grade")),
        "ruleset": form.ruleset,
        **dict.fromkeys(("digest", "on")),
        "engine": f"pfscore {__version__}",
        "diagnostics": [problem.as_json(lang) for problem in problems],
    }
