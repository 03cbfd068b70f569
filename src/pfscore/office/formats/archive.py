"""Zip archives with XML inside (.xlsx, .docx, .ods, .odt): opened with bounds on everything that is inflated.

A file that declares too much is refused before it is inflated, and what is inflated is counted, as declared sizes need
not be true. A document type declaration is refused before any entity could be expanded.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from xml.parsers import expat

from pfscore.foundation.errors import InputError
from pfscore.foundation.text import shorten
from pfscore.office.refusals import damaged, refused, too_large

#: The most that the parts of one file may hold together when they are inflated.
MAX_INFLATED = 64 * 1024 * 1024
#: The most elements of XML in one file.
MAX_ELEMENTS = 1_000_000
_MAX_PARTS = 10_000
MAX_DEPTH = 256
_BLOCK = 64 * 1024

Start = Callable[[str, dict[str, str]], object]
End = Callable[[str], object]
Text = Callable[[str], object]


class Archive:
    """The parts of one zip archive; `name` is the file's name, for messages."""

    def __init__(self, data: bytes, name: str) -> None:
        self._name, self._left, self._elements = name, MAX_INFLATED, MAX_ELEMENTS
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            self._parts = {info.filename: info for info in self._zip.infolist()}
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeError) as error:
            raise damaged(name) from error
        if len(self._parts) > _MAX_PARTS:
            count = len(self._parts)
            raise too_large(name, f"文件里有 {count} 个部件，太多了", f"the file has {count} parts, too many")

    def __contains__(self, part: str) -> bool:
        return part in self._parts

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def parse(self, part: str, start: Start, end: End | None = None, text: Text | None = None) -> None:
        """Parse a part of XML, calling `start(tag, attributes)`, `end(tag)` and `text(characters)`.

        Tags and attributes carry no namespace.

        Raises:
            InputError: PF160 for what is damaged or no XML, PF161 for what inflates beyond all measure, PF162 for a
                document type declaration.
        """
        depth = 0

        def started(tag: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            self._elements -= 1
            if depth > MAX_DEPTH:
                raise too_large(self._name, "XML 嵌套太深", "the XML is nested too deeply")
            if self._elements < 0:
                raise too_large(
                    self._name,
                    f"XML 的元素超过 {MAX_ELEMENTS:,} 个，不读",
                    f"it has more than {MAX_ELEMENTS:,} elements of XML and is not read",
                )
            start(_local(tag), {_local(key): value for key, value in attributes.items()})

        def ended(tag: str) -> None:
            nonlocal depth
            depth -= 1
            if end is not None:
                end(_local(tag))

        def forbidden(*_: object) -> None:
            raise refused(
                "PF162",
                self._name,
                f"{shorten(part)} 里有 DTD 声明，不读",
                f"{shorten(part)} has a document type declaration and is not read",
            )

        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = started
        parser.EndElementHandler = ended
        if text is not None:
            parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = forbidden
        with self._readable():
            for block in self._blocks(part):
                parser.Parse(block, False)  # noqa: FBT003
            parser.Parse(b"", True)  # noqa: FBT003

    def content(self, part: str) -> bytes:
        """Return the bytes of a part.

        Raises:
            InputError: PF160, PF161.
        """
        with self._readable():
            return b"".join(self._blocks(part))

    def _blocks(self, part: str) -> Iterator[bytes]:
        if self._parts[part].file_size > self._left:
            raise self._inflates()
        with self._zip.open(self._parts[part]) as stream:
            while block := stream.read(_BLOCK):
                self._left -= len(block)
                if self._left < 0:
                    raise self._inflates()
                yield block

    def _inflates(self) -> InputError:
        size = MAX_INFLATED // (1024 * 1024)
        return too_large(
            self._name,
            f"文件展开后超过 {size} MB，不读",
            f"the file inflates to more than {size} MB and is not read",
        )

    @contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except InputError:
            raise
        except (expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, KeyError) as error:
            raise damaged(self._name) from error
        except (NotImplementedError, RuntimeError) as error:  # an unknown compression, a password
            raise damaged(self._name) from error


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def without(tags: frozenset[str], start: Start, end: End, text: Text) -> tuple[Start, End, Text]:
    """Return handlers for :meth:`Archive.parse` that pass over elements with these tags and all that they hold."""
    depth = 0

    def started(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        if depth or tag in tags:
            depth += 1
        else:
            start(tag, attributes)

    def ended(tag: str) -> None:
        nonlocal depth
        if depth:
            depth -= 1
        else:
            end(tag)

    def characters(found: str) -> None:
        if not depth:
            text(found)

    return started, ended, characters
