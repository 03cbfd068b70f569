"""`pfscore monitor`: where a form stands in the middle of the year."""

from __future__ import annotations

import argparse

from pfscore.cli.session import add_forms, add_ruleset, answer_each, ruleset_of
from pfscore.forms.form import Form
from pfscore.questions.monitor import Progress, monitor
from pfscore.report.questions_text import progress_text

HELP = "年中走到哪一步，亮什么灯 · where we stand, with the ruleset's lights"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_forms(parser)
    add_ruleset(parser)
    parser.add_argument(
        "--month", type=int, default=6, metavar="N", help="到哪个月底，默认 6 · to the end of which month (6)"
    )


def run(options: argparse.Namespace) -> int:
    """Run the command."""

    def answer(form: Form) -> list[Progress]:
        return monitor(form, ruleset=ruleset_of(options, form), month=options.month)

    return answer_each(
        options,
        answer,
        lambda form, rows: progress_text(form, rows, options.lang),
        lambda form, rows: {
            "form": form.title,
            "month": options.month,
            "rows": [one.as_json(options.lang) for one in rows],
        },
    )
