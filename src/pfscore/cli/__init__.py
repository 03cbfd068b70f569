"""The command line: `pfscore COMMAND …`."""

import atexit
import gc

# What a command reads it holds until it ends; looking for garbage in between, and then, takes a sixth of a start.
gc.set_threshold(200_000, 20, 100)
atexit.register(gc.freeze)

from pfscore.cli.main import main  # noqa: E402 - what is imported is not looked through either

__all__ = ["main"]
