"""Print constraints that pin what pfscore and its extras require to the lowest versions that pyproject.toml allows."""

import re
import sys
import tomllib
from pathlib import Path

project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
extras = project["optional-dependencies"]
required = [*project["dependencies"], *(one for name in sys.argv[1:] for one in extras[name])]
for requirement in sorted(set(required)):
    name, lowest = re.fullmatch(r"([A-Za-z0-9_.-]+)(?:\[.*\])?>=([0-9.]+)", requirement).groups()
    print(f"{name}=={lowest}")
