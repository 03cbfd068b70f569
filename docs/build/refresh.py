"""Write what the examples of README and docs print, and the generated pages; or check that they are current.

python docs/build/refresh.py --check [PAGE|FOLDER…]
python docs/build/refresh.py --write [PAGE|FOLDER…]
python docs/build/refresh.py --list [PAGE|FOLDER…]

The diagrams need the extra `docs`: pip install -e ".[docs]".
"""

from __future__ import annotations

import argparse
import difflib
import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from blocks import replaced
from generate import GENERATED
from running import ROOT, ExampleError, Session

#: The page that needs pyspark and Java, which nobody else needs.
_WITH_SPARK = "score-with-spark.md"


def pages() -> list[Path]:
    """Return every page with examples or generated content, those not yet written included.

    The pages of the codes show files that are wrong on purpose; tests/bad holds such files, and runs them.
    """
    found = {ROOT / "README.md", ROOT / "README.zh-CN.md", ROOT / "CONTRIBUTING.md"}
    found |= {page for page in (ROOT / "docs").rglob("*.md") if page.parent.name != "codes"}
    found |= {ROOT / name for name in GENERATED}
    return sorted(page for page in found if page.name != _WITH_SPARK or _has_spark())


def _has_spark() -> bool:
    return find_spec("pyspark") is not None and shutil.which("java") is not None


def current(page: Path) -> str:
    """Return the page as it should be."""
    name = page.relative_to(ROOT).as_posix()
    text = GENERATED[name]() if name in GENERATED else page.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        return replaced(text, dict(Session(Path(folder)).outputs(text)))


def main(arguments: list[str] | None = None) -> int:
    """Run the program; 1 where a page is stale or an example fails."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    mode = parser.add_mutually_exclusive_group(required=True)
    mode.add_argument("--check", action="store_true", help="show what is stale; exit 1 if anything is")
    mode.add_argument("--write", action="store_true", help="bring the pages up to date")
    mode.add_argument("--list", action="store_true", help="list the pages")
    parser.add_argument("page", nargs="*", type=Path)
    options = parser.parse_args(arguments)
    chosen = [page for given in options.page for page in _of(given.resolve())] or pages()
    if options.list:
        print(*(page.relative_to(ROOT).as_posix() for page in chosen), sep="\n")
        return 0
    return max(_one(page, write=options.write) for page in chosen)


def _of(given: Path) -> list[Path]:
    """Return the pages of a folder, those not yet written included; or the page that it is."""
    return [page for page in pages() if page.is_relative_to(given)] if given.is_dir() else [given]


def _one(page: Path, *, write: bool) -> int:
    name = page.relative_to(ROOT).as_posix()
    try:
        wanted = current(page)
    except ExampleError as error:
        print(f"{name}, {error}", file=sys.stderr)
        return 1
    written = page.read_text(encoding="utf-8") if page.exists() else ""
    if wanted == written:
        return 0
    if write:
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(wanted, encoding="utf-8")
        print(f"written: {name}")
        return 0
    difference = difflib.unified_diff(
        written.splitlines(keepends=True), wanted.splitlines(keepends=True), name, f"{name} (current)"
    )
    sys.stderr.writelines(difference)
    print(f"\n{name} is stale: python docs/build/refresh.py --write {name}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
