"""Libraries that not everybody needs: each stands in an extra, and is imported where somebody asks for what it does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.errors import InputError
from pfscore.foundation.text import Message

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
