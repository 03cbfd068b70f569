"""`pfscore schema ruleset`: editors accept what authors write, and complain where the loader does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from pfscore.cli.commands.schema import schema as schema_of
from tests.house.tree import ROOT

WRITTEN = sorted((ROOT / "rulesets").rglob("*.yaml"))
#: Mistakes of shape that an editor can see; the others (gaps, dates, citations) are the loader's alone.
SHAPE = ("PF201", "PF202", "PF203-values", "PF204")


class EditorLoader(yaml.SafeLoader):
    """YAML 1.2, as the language server types it: dates stay text, and so do on, off, yes and no."""


EditorLoader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if not tag.endswith(":timestamp") and not (tag.endswith(":bool") and first not in "tTfF")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def typed(path: Path) -> Any:
    """Return a file as an editor types it."""
    return yaml.load(path.read_text(encoding="utf-8"), EditorLoader)


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return schema_of("ruleset")


def problems(path: Path, schema: dict[str, Any]) -> list[str]:
    """Return where a file, as an editor types it, is not what the schema allows."""
    return [error.json_path for error in Draft202012Validator(schema).iter_errors(typed(path))]


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_ruleset_is_accepted_as_an_editor_reads_it(path: Path, schema: dict[str, Any]) -> None:
    assert problems(path, schema) == []


@pytest.mark.parametrize(
    "path", sorted((ROOT / "tests" / "bad" / "rulesets").glob("*.yaml")), ids=lambda path: path.stem
)
def test_mistakes_of_shape_are_seen(path: Path, schema: dict[str, Any]) -> None:
    assert bool(problems(path, schema)) == path.name.startswith(SHAPE)


def test_every_key_says_in_chinese_what_it_is_for(schema: dict[str, Any]) -> None:
    silent = [
        f"{name}.{key}"
        for name, model in [("Ruleset", schema), *schema["$defs"].items()]
        for key, value in model.get("properties", {}).items()
        if not any("\u4e00" <= char <= "\u9fff" for char in value.get("description", ""))
    ]
    assert silent == []
