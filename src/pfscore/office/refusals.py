"""Why an office file, or a part of one, is not read: the errors that all readers share, and the reasons for parts."""

from __future__ import annotations

from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.errors import InputError
from pfscore.foundation.text import Message

#: The most cells with content that one file may hold, and the most characters in them.
MAX_CELLS = 100_000
MAX_CHARACTERS = 10_000_000
#: The most characters in a cell, as spreadsheets have it.
LONGEST_CELL = 32_767
TOO_LONG = Message(f"字数超过 {LONGEST_CELL:,}", f"has more than {LONGEST_CELL:,} characters")
HIDDEN_ROW = Message("在隐藏的行里", "in a hidden row")
HIDDEN_COLUMN = Message("在隐藏的列里", "in a hidden column")
HIDDEN_SHEET = Message("工作表是隐藏的", "the sheet is hidden")
HIDDEN_AND_NO_FORM = Message("工作表是隐藏的，里面没有自评表", "the sheet is hidden and holds no form")
HIDDEN_TEXT = Message("是隐藏的文字", "the text is hidden")
ONLY_PICTURES = Message("这一页只有图片，没有文字", "the page holds pictures and no text")
OUTSIDE_OF_CELLS = Message("不在格线围成的格里", "in no cell that rules enclose")
NO_VALUE = Message(
    "公式没有存下算出的值，请在表格软件里打开并保存一次",
    "the formula has no stored value: open the file in a spreadsheet program, and save it",
)
#: Why a part of a file is not read, apart from number formats.
REASONS = (
    *(TOO_LONG, HIDDEN_ROW, HIDDEN_COLUMN, HIDDEN_SHEET, HIDDEN_AND_NO_FORM, HIDDEN_TEXT, ONLY_PICTURES),
    *(OUTSIDE_OF_CELLS, NO_VALUE),
)


def refused(code: str, name: str, zh: str, en: str, hint: Message | None = None) -> InputError:
    """Return the error for a file that cannot be read as a whole; `name` is that of the file."""
    return InputError.of(Diagnostic(code, Message(zh, en), hint, Span(name)))


def damaged(name: str) -> InputError:
    """Return the error for a file that is broken or was cut off."""
    hint = Message("请用原来的软件打开，另存一份", "open it in the program it came from, and save it again")
    return refused("PF160", name, "文件已损坏，或没有传完整", "the file is damaged or incomplete", hint)


def too_large(name: str, zh: str, en: str) -> InputError:
    """Return the error for a file beyond the bounds; the sentence names the bound."""
    hint = Message("请只留下自评表，另存一份", "keep only the forms, and save them as a file of their own")
    return refused("PF161", name, zh, en, hint)


def too_many_cells(name: str) -> InputError:
    """Return the error for a file with more than `MAX_CELLS` cells."""
    return too_large(name, f"格子超过 {MAX_CELLS:,} 个，不读", f"it has more than {MAX_CELLS:,} cells and is not read")


def encrypted(name: str) -> InputError:
    """Return the error for a file with a password."""
    hint = Message("请解除密码后另存一份", "remove the password, and save it again")
    return refused("PF163", name, "文件加了密码，不能读", "the file is encrypted and cannot be read", hint)


def unknown_format(part: object) -> Message:
    """Return why a cell is not read whose number format asks for something that cannot be shown exactly."""
    return Message(f"数字格式 {part} 不认识", f"the number format {part} is not supported")
