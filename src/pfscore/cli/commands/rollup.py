"""`pfscore rollup`: what several projects give together."""

from __future__ import annotations

import argparse

from pfscore.cli.output import EXIT_DONE, EXIT_PROBLEMS, print_json
from pfscore.cli.session import Session, add_forms, add_ruleset, problems_of
from pfscore.questions.rollup import rollup
from pfscore.report.questions_text import rolled_up_notes
from pfscore.report.sheet_text import sheet_text


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_forms(parser)
    add_ruleset(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    session = Session(options, hidden=lambda form: form.problems)
    forms = session.all_forms()
    if not forms and session.code != EXIT_DONE:
        return session.code
    rolled = rollup(forms, ruleset=session.rules(forms[0]) if forms else None)
    if options.json:
        print_json(rolled.as_json(options.lang))
    else:
        text = sheet_text(rolled.sheet, rolled.form, options.lang)
        print(f"{text}\n\n{rolled_up_notes(rolled, options.lang)}" if rolled.notes else text)
    return max(session.code, EXIT_PROBLEMS if any(map(problems_of, forms)) else EXIT_DONE)
