"""`python -m pfscore` is the command `pfscore`."""

import sys

from pfscore.cli import main

sys.exit(main())
