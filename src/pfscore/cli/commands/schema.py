"""`pfscore schema`: JSON Schema of what pfscore reads and writes, for editors and other programs."""

from __future__ import annotations

import argparse
from typing import Any

from pydantic import BaseModel, TypeAdapter

from pfscore.auditing.finding import Finding
from pfscore.cli.output import EXIT_DONE, print_json
from pfscore.forms.form import Form
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.stored import KEY, Stored
from pfscore.rulesets.model.ruleset import Ruleset
from pfscore.scoring.row.score import BudgetScore, IndicatorScore
from pfscore.scoring.sheet import Sheet

#: The version in the `$id` of each schema. A key may be added within a version; one that goes, or whose values change,
#: makes a new one.
VERSION = 1
_READ: dict[str, type[BaseModel]] = {"ruleset": Ruleset, "form": Form}
_WRITTEN: dict[str, type[Stored]] = {
    "sheet": Sheet,
    "score": IndicatorScore,
    "budget-score": BudgetScore,
    "finding": Finding,
    "diagnostic": Diagnostic,
}
SCHEMAS = (*_READ, *_WRITTEN)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument(
        "what", choices=SCHEMAS, help="规则集、表，或输出的结果 · a ruleset, a form, or a result that is written"
    )


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    print_json(schema(options.what))
    return EXIT_DONE


def schema(what: str) -> dict[str, Any]:
    """Return the JSON Schema of what authors write (`ruleset`, `form`), or of what `--json` prints of a result."""
    found = _read_schema(what) if what in _READ else _written_schema(_WRITTEN[what])
    for definition in found.get("$defs", {}).values():
        if "enum" in definition:  # its docstring is for Python's readers; its key says what it is
            definition.pop("description", None)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"urn:pfscore:{what}:{VERSION}"}
    return {**head, **found}


def _read_schema(what: str) -> dict[str, Any]:
    found: dict[str, Any] = _for_authors(_READ[what].model_json_schema(by_alias=True))
    if what == "ruleset":
        found = _for_yaml(found)
    return found


def _written_schema(kind: type[Stored]) -> dict[str, Any]:
    """Return the schema of `as_json`, to which `model_dump` adds the whole value."""
    found = TypeAdapter(kind.SHOWN).json_schema(mode="serialization")
    for definition in (found, *found.get("$defs", {}).values()):
        definition["additionalProperties"] = False
        definition["title"] = definition["title"].removeprefix("Shown")
    found["properties"][KEY] = {"type": "object", "description": "the whole value, which pfscore alone reads"}
    return found


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
