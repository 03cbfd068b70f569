"""`pfscore compile`: a ruleset as JSON, so that it loads without a YAML reader."""

from __future__ import annotations

import argparse

from pfscore.cli.families import files_of
from pfscore.cli.output import EXIT_DONE, add_force, add_language, add_search, write_text
from pfscore.rulesets.load import compiled, load_family


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("ruleset", metavar="RULESET", help="规则集代号或文件 · an id or a file")
    parser.add_argument("-o", "--output", metavar="FILE.json", required=True, help="写到哪里 · where to write")
    add_search(parser)
    add_force(parser)
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    text = compiled(load_family(options.ruleset, search=options.search)[0])
    write_text(options.output, text, inputs=files_of([options.ruleset], options.search), force=options.force)
    return EXIT_DONE
