"""`pfscore schema`: JSON Schema for editors."""

from __future__ import annotations

import argparse
from typing import Any

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
    schema = _for_authors(model.model_json_schema(by_alias=True))
    print_json({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})
    return EXIT_DONE


def _for_authors(schema: Any) -> Any:
    """Keep of each description its first paragraph: what follows in a docstring is for Python's readers."""
    if isinstance(schema, dict):
        return {
            key: value.split("\n\n")[0] if key == "description" and isinstance(value, str) else _for_authors(value)
            for key, value in schema.items()
        }
    return [_for_authors(member) for member in schema] if isinstance(schema, list) else schema
