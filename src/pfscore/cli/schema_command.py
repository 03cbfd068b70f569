"""`pfscore schema`: JSON Schema for editors."""

from __future__ import annotations

import argparse

from pfscore.cli.output import EXIT_DONE, print_json
from pfscore.rules.model import Ruleset
from pfscore.scoring.form import Form

HELP = "输出 JSON Schema，供编辑器补全 · JSON Schema for editors"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("what", choices=("ruleset", "form"), help="规则集或表 · a ruleset or a form")


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    model = Ruleset if options.what == "ruleset" else Form
    schema = model.model_json_schema(by_alias=True)
    print_json({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})
    return EXIT_DONE
