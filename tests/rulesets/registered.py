"""A ruleset that a package registers, and one in a folder that is given."""

from __future__ import annotations

import os
import re
from pathlib import Path

from tests.editor.wire import GOOD

#: The ids of both.
PACKAGED, GIVEN = "cn-zz/packaged", "cn-zz/given"


def registered(where: Path) -> tuple[dict[str, str], Path]:
    """Write both below a folder; return the environment in which the package is installed, and the given folder."""
    site, given = where / "site", where / "rulesets"
    files = {
        site / "acme" / "__init__.py": "",
        site / "acme" / f"{PACKAGED}.yaml": _ruleset(PACKAGED),
        site / "acme-1.0.dist-info" / "METADATA": "Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n",
        site / "acme-1.0.dist-info" / "entry_points.txt": "[pfscore.rulesets]\nacme = acme\n",
        given / f"{GIVEN}.yaml": _ruleset(GIVEN),
    }
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    python_path = os.pathsep.join(filter(None, (str(site), os.environ.get("PYTHONPATH"))))
    return {"PYTHONPATH": python_path}, given


def _ruleset(id_: str) -> str:
    text = re.sub("^ruleset: .*$", f"ruleset: {id_}", GOOD, flags=re.MULTILINE)
    return re.sub("^jurisdiction: .*$", "jurisdiction: CN-ZZ", text, flags=re.MULTILINE)
