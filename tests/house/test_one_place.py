"""One place for one job: YAML is written, forms are read for commands, and tables are aligned, in one module each."""

from __future__ import annotations

import ast

from tests.house.tree import imports, modules, tree_of
from tests.tables import each

YAML_TEXT = "pfscore.rulesets.writing.yaml_text"
READER = "pfscore.forms.files.reader"
SESSION = "pfscore.cli.session"
#: What writes YAML: new, resolved and inferred rulesets, forms, the meanings of columns, and what an editor inserts.
WRITE_YAML = {
    *("rulesets/writing/new_ruleset.py", "rulesets/writing/resolved.py", "questions/inference/draft.py"),
    *("forms/files/writing.py", "cli/commands/convert.py", "editor/answers/completion.py", "editor/answers/fixes.py"),
}
#: Commands that read files otherwise: `convert` asks what the columns of a table mean, `new` looks at one form.
READ_FILES = {"cli/session.py", "cli/commands/convert.py", "cli/commands/new.py"}
#: What a library for YAML writes with.
_DUMPERS = {"dump", "dump_all", "safe_dump", "safe_dump_all", "emit", "serialize", "serialize_all", "represent_data"}
TABLE_TEXT = "report/table_text.py"


def _who_imports(name: str, within: str = "") -> set[str]:
    return {module for module in modules() if module.startswith(within) and name in dict(imports(tree_of(module)))}


def _calls(module: str) -> set[str]:
    """Return the last names of what a module calls."""
    calls = (node.func for node in ast.walk(tree_of(module)) if isinstance(node, ast.Call))
    return {func.attr if isinstance(func, ast.Attribute) else ast.unparse(func) for func in calls}


def _imported_names(module: str) -> set[str]:
    return {
        alias.name for node in ast.walk(tree_of(module)) if isinstance(node, ast.ImportFrom) for alias in node.names
    }


def test_yaml_is_written_by_one_module() -> None:
    assert _who_imports(YAML_TEXT) == WRITE_YAML
    # ruamel.yaml keeps an author's comments and quotes where `fmt` lays a file out again.
    dumping = {
        module
        for module in modules()
        if {"yaml", "ruamel.yaml"} & dict(imports(tree_of(module))).keys() and _DUMPERS & _calls(module)
    }
    assert dumping == {"rulesets/writing/formatter.py"}


def test_forms_are_read_for_commands_by_one_session() -> None:
    assert _who_imports(READER, "cli/") == READ_FILES


@each("module", [one for one in modules() if one.startswith("cli/commands/")])
def test_a_command_over_forms_has_the_session(module: str) -> None:
    assert "add_forms" not in _imported_names(module) or "Session" in _imported_names(module)


def test_tables_are_aligned_by_one_module() -> None:
    aligning = {module for module in modules() if module.startswith(("report/", "cli/")) if "pad" in _calls(module)}
    assert aligning == {TABLE_TEXT}
    fixed = {
        module
        for module in modules()
        if module.startswith(("report/", "cli/"))
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.FormattedValue)
        if node.format_spec is not None and ast.unparse(node.format_spec)[2:3] in "<>^"
    }
    assert fixed == set()
