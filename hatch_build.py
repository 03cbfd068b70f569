"""Put the tables of both parsers into the wheel, so that no start builds them: see pfscore.foundation.runtime."""

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
        from pfscore.formulas import parser as formulas
        from pfscore.foundation.runtime.lexing import tables_name, tables_of

        folder = Path(tempfile.mkdtemp(prefix="pfscore-tables-"))
        for name, build in (("cells", cells.build), ("formula", formulas.build)):
            file = folder / tables_name(name)
            file.write_bytes(tables_of(build()))
            build_data["force_include"][str(file)] = f"pfscore/_data/grammar/{file.name}"
