"""What an office file begins with, whatever its name says."""

#: The suffixes of office files; what a file holds is decided by its content.
SUFFIXES = (".xlsx", ".xlsm", ".xls", ".et", ".docx", ".doc", ".wps", ".html", ".htm", ".ods", ".odt", ".pdf")
#: The old format of workbooks and documents.
COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")


def is_office(data: bytes) -> bool:
    """Return whether bytes begin as an office file does: a zip archive, a compound file, a PDF, a page."""
    return data.startswith((b"PK", COMPOUND)) or b"%PDF-" in data[:1024] or is_page(data)


def is_page(data: bytes) -> bool:
    """Return whether bytes are a page of HTML: one of its tags stands near the beginning."""
    begins = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")
    return begins and any(tag in data[:65536].lower() for tag in (b"<html", b"<table", b"<!doctype"))
