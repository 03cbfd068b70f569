"""Old documents (.doc), converted to .docx by LibreOffice where it is installed and a person asks for it.

Each conversion has a profile of its own, which is deleted with it: it disturbs no LibreOffice that is open, and takes
no setting of the person's.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from pfscore.foundation.text import Message
from pfscore.office.refusals import damaged, refused

#: How long a conversion may take, in seconds.
TIME_LIMIT = 120


def as_docx(data: bytes, name: str) -> bytes:
    """Return an old document as .docx.

    Raises:
        InputError: PF167 where LibreOffice is not installed or takes too long, PF160 where it cannot read the file.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        hint = Message("请安装 LibreOffice，或在 Word、WPS 里另存为 .docx", "install LibreOffice, or save it as .docx")
        raise refused("PF167", name, "没有找到 LibreOffice（soffice）", "LibreOffice (soffice) was not found", hint)
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder) / "old.doc", Path(folder) / "out" / "old.docx"
        source.write_bytes(data)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", "docx", "--outdir", str(made.parent), str(source)]
        if not _finishes(command):
            raise refused(
                "PF167",
                name,
                f"LibreOffice 用了 {TIME_LIMIT} 秒还没有转完",
                f"LibreOffice did not finish within {TIME_LIMIT} seconds",
            )
        if not made.exists():
            raise damaged(name)
        return made.read_bytes()


def _finishes(command: Sequence[str]) -> bool:
    """Run a program; return whether it ended in time. What it started is ended with it."""
    nothing = subprocess.DEVNULL
    with subprocess.Popen(  # noqa: S603  (no shell)
        command, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True
    ) as process:
        try:
            process.wait(TIME_LIMIT)
        except subprocess.TimeoutExpired:
            return False
        finally:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL) if hasattr(os, "killpg") else process.kill()
    return True
