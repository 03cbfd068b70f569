"""The logger `pfscore`: silent unless a program asks for it, as with `logging.basicConfig(level="DEBUG")`."""

from __future__ import annotations

import logging

LOGGER = logging.getLogger("pfscore")
LOGGER.addHandler(logging.NullHandler())
