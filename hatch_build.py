"""Put the tables of both parsers and of the word rules into the wheel, so that no start builds them."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Tables(BuildHookInterface[Any]):
    """Build the parsers with the Lark of the build environment, whose version the files carry in their names."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the files to a wheel; an editable install builds its parsers when it needs them."""
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root) / "src"))
        from pfscore.cells.grammar import parser as cells
        from pfscore.cells.lexicon import word_patterns
        from pfscore.formulas import parser as formulas
        from pfscore.foundation.runtime.lexing import tables_name, tables_of

        folder = Path(tempfile.mkdtemp(prefix="pfscore-tables-"))
        for name, build in (("cells", cells.build), ("formula", formulas.build)):
            (folder / tables_name(name)).write_bytes(tables_of(build()))
        (folder / word_patterns.TABLE).write_text(word_patterns.table(), encoding="utf-8")
        for file in folder.iterdir():
            build_data["force_include"][str(file)] = f"pfscore/_data/grammar/{file.name}"
