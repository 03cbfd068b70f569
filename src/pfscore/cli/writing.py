"""Write a file, or say why that is not possible."""

from __future__ import annotations

from pathlib import Path

from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.errors import InputError
from pfscore.foundation.text import Message


def write_text(path: str | Path, text: str, *, replace: bool = True) -> None:
    """Write `text` as UTF-8 with plain line ends; without `replace` a file that exists is left alone.

    No folder is made: where there is none, its name is more likely mistyped than meant.

    Raises:
        InputError: PF108 where the file cannot be written, PF151 where it exists.
    """
    place = Path(path)
    if not replace and place.exists():
        message = Message(f"“{place}” 已经存在，没有改动", f"'{place}' exists and was left alone")
        hint = Message("换一个文件名，或先移走它", "choose another name, or move it away first")
        raise InputError.of(Diagnostic("PF151", message, hint, Span(str(place))))
    try:
        with place.open("w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        why = error.strerror or str(error)
        raise InputError.of(
            Diagnostic("PF108", Message(f"无法写入：{why}", f"cannot write: {why}"), None, Span(str(place)))
        ) from None
