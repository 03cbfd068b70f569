"""Compile every built-in ruleset to the JSON that stands beside it: `--write` writes, `--check` compares."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pfscore.rulesets.load import compiled, load_family

RULESETS = Path(__file__).resolve().parents[2] / "rulesets"


def outdated() -> dict[Path, str]:
    """Return the compiled files that are missing or old, with what they should hold."""
    wanted = {path.with_suffix(".json"): compiled(load_family(path)[0]) for path in sorted(RULESETS.rglob("*.yaml"))}
    return {
        path: text for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text
    }


def main() -> int:
    """Run the program."""
    parser = argparse.ArgumentParser(description=__doc__)
    mode = parser.add_mutually_exclusive_group(required=True)
    mode.add_argument("--write", action="store_true")
    mode.add_argument("--check", action="store_true")
    options = parser.parse_args()
    found = outdated()
    for path, text in found.items():
        print(path.relative_to(RULESETS.parent))
        if options.write:
            path.write_text(text, encoding="utf-8")
    return 1 if found and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
