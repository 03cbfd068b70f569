"""The command line: `pfscore COMMAND …`."""

import gc

# What a command reads it holds until it ends; looking for garbage in between takes a seventh of a start.
gc.set_threshold(50_000, 20, 100)

from pfscore.cli.main import main  # noqa: E402 - what is imported is not looked through either

__all__ = ["main"]
