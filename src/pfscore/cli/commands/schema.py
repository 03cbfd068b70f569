"""`pfscore schema`: JSON Schema for editors."""

from __future__ import annotations

import argparse
from typing import Any

from pfscore.cli.output import EXIT_DONE, print_json
from pfscore.forms.form import Form
from pfscore.rulesets.model.ruleset import Ruleset


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("what", choices=("ruleset", "form"), help="规则集或表 · a ruleset or a form")


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    model = Ruleset if options.what == "ruleset" else Form
    schema = _for_authors(model.model_json_schema(by_alias=True))
    for definition in schema.get("$defs", {}).values():
        if "enum" in definition:  # its docstring is for Python's readers; its key says what it is
            definition.pop("description", None)
    if options.what == "ruleset":
        schema = _for_yaml(schema)
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


def _for_yaml(schema: Any) -> Any:
    """Return what an author may write: every key with a value, and texts that YAML takes for numbers or truth values.

    `null` goes, as a key without a value is a mistake; so do titles, which only repeat the keys.
    """
    if isinstance(schema, list):
        return [_for_yaml(member) for member in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: value for key, value in schema.items() if key != "default" or value is not None}
    if isinstance(kept.get("title"), str):
        del kept["title"]
    options = kept.pop("anyOf", None)
    if isinstance(options, list):
        options = [option for option in options if option != {"type": "null"}]
        kept = {**options[0], **kept} if len(options) == 1 else {**kept, "anyOf": options}
    if kept.get("type") == "string" and not {"pattern", "enum", "const"} & set(kept):
        kept["type"] = ["string", "number", "boolean"]
    return {key: _for_yaml(value) for key, value in kept.items()}
