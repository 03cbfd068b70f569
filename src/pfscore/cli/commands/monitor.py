"""`pfscore monitor`: where a form stands in the middle of the year."""

from __future__ import annotations

import argparse

from pfscore.cli.session import Session, add_forms, add_ruleset
from pfscore.questions.monitor import monitor
from pfscore.report.questions_text import progress_text


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_forms(parser)
    add_ruleset(parser)
    parser.add_argument(
        "--month", type=int, default=6, metavar="N", help="到哪个月底，默认 6 · to the end of which month (6)"
    )


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    session = Session(options)
    return session.answer_each(
        lambda form: monitor(form, ruleset=session.rules(form), month=options.month),
        lambda form, rows: progress_text(form, rows, options.lang),
        lambda form, rows: {
            "form": form.title,
            "month": options.month,
            "rows": [one.as_json(options.lang) for one in rows],
        },
    )
