"""The command line: `pfscore COMMAND …`."""

from pfscore.cli.main import main

__all__ = ["main"]
