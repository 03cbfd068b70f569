"""`pfscore infer`: which rules explain published scores, as a draft ruleset."""

from __future__ import annotations

import argparse

from pfscore.cli.output import EXIT_DONE, add_force, print_json, write_text
from pfscore.cli.session import Session, add_forms
from pfscore.questions.inference.draft import draft_ruleset
from pfscore.questions.inference.infer import infer


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_forms(parser)
    parser.add_argument("--id", default="cn-draft/project", metavar="ID", help="草案的代号 · the draft's id")
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="草案写到文件，屏幕上只说结论 · write the draft to a file"
    )
    add_force(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    session = Session(options)
    forms = session.all_forms()
    if not forms and session.code != EXIT_DONE:
        return session.code
    inference = infer(forms)
    draft = draft_ruleset(inference, ruleset=options.id)
    if options.output is not None:
        write_text(options.output, draft, inputs=options.forms, force=options.force)
    if options.json:
        print_json({**inference.as_json(options.lang), "draft": draft})
    elif options.output is None:
        print(draft, end="")
    else:
        print("\n".join(f"· {one.said().text(options.lang)}" for one in inference.kinds))
    return session.code
