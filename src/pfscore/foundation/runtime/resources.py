"""What the installation gives: its version, data folders, lists of words, optional libraries, logger, and the garbage
collector.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.errors import InputError
from pfscore.foundation.runtime.patterns import Pattern, pattern_of
from pfscore.foundation.text import Message

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

#: Silent unless a program asks for it, as with `logging.basicConfig(level="DEBUG")`.
LOGGER = logging.getLogger("pfscore")
LOGGER.addHandler(logging.NullHandler())
_CHECKOUT = {"grammar": "grammar", "rulesets": "rulesets", "codes": "docs/codes"}


def data_dir(name: str) -> Traversable:
    """Return the folder `name`: the one shipped in the package, else the one at the checkout's top level."""
    package = Path(__file__).parents[2]
    for folder in (package / "_data" / name, package.parents[1] / _CHECKOUT[name]):
        if folder.is_dir():
            return folder
    from importlib.resources import files  # for a package in a zip

    shipped = files("pfscore") / "_data" / name
    if shipped.is_dir():
        return shipped
    raise FileNotFoundError(name)


@contextmanager
def uncollected() -> Iterator[None]:
    """Disable the cyclic garbage collector while many long-lived objects are built.

    A ruleset of 10,000 rules loads in 1.3 s of work instead of 2.1 s; a usual one takes as long either way. The switch
    is that of the whole process, so :func:`pfscore.load_ruleset` is the one place that uses it.

    >>> with uncollected():
    ...     gc.isenabled()
    False
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@cache
def _installed() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("pfscore")
    except PackageNotFoundError:
        return "0+unknown"


def __getattr__(name: str) -> str:
    """Return the version of the installed package, which is looked for when it is asked for."""
    if name != "__version__":
        raise AttributeError(name)
    return _installed()


@cache
def section_lines(file: str) -> Mapping[str, tuple[str, ...]]:
    """Return the lines of each `[section]` of a file in `grammar`, in their order, without remarks behind `#`."""
    found: dict[str, tuple[str, ...]] = {}
    section = ""
    for raw in (data_dir("grammar") / file).read_text(encoding="utf-8").splitlines():
        line = raw.partition("#")[0].strip()
        if line.startswith("["):
            section = line.strip("[]")
            found[section] = ()
        elif line:
            found[section] += (line,)
    return found


@cache
def section_words(file: str) -> Mapping[str, tuple[str, ...]]:
    """Return the words of each section of a file in `grammar`.

    >>> "投诉" in section_words("directions.txt")["harm"]
    True
    """
    return {name: tuple(" ".join(lines).split()) for name, lines in section_lines(file).items()}


@cache
def section_pattern(file: str, section: str) -> Pattern:
    """Return the pattern of any word of a section of a file in `grammar`."""
    return pattern_of(section_words(file)[section])


#: Each library with its extra, and what it does.
LIBRARIES: Mapping[str, tuple[str, Message]] = MappingProxyType(
    {
        "PyYAML": ("yaml", Message("读 YAML 文件", "reading YAML")),
        "ruamel.yaml": ("fmt", Message("排版", "the layout of fmt")),
        "FastAPI": ("web", Message("网页和服务", "the pages and the service")),
        "uvicorn": ("web", Message("网页和服务", "the pages and the service")),
        "python-multipart": ("web", Message("网页和服务", "the pages and the service")),
        "pygls": ("lsp", Message("编辑器的语言服务器", "the language server for editors")),
        "Jinja2": ("report", Message("生成网页", "writing a page")),
        "XlsxWriter": ("excel", Message("写工作簿", "writing a workbook")),
        "xlrd": ("excel", Message("读 .xls 文件", "reading .xls")),
        "selectolax": ("html", Message("读 .html 文件", "reading .html")),
        "pyarrow": ("arrow", Message("按列评分", "scoring columns")),
        "pdfplumber": ("pdf", Message("读 .pdf 文件", "reading .pdf")),
    }
)


@contextmanager
def library(name: str, file: str = "") -> Iterator[None]:
    """Import a library in this context; `file` is what it is needed for.

    Raises:
        InputError: PF110 where it is not installed, with the command that installs it.
    """
    try:
        yield
    except ImportError as error:
        extra, purpose = LIBRARIES[name]
        command = f"pip install 'pfscore[{extra}]'"
        message = Message(f"{purpose.zh}需要另装 {name}", f"{purpose.en} needs {name}, which is not installed")
        hint = Message(f"请运行：{command}", f"run: {command}")
        raise InputError.of(Diagnostic("PF110", message, hint, Span(file))) from error
