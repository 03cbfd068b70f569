"""Settings for every test: properties take the time they need, as speed is measured in benchmarks/ alone."""

import os

from hypothesis import settings

# pytest-xdist gives its processes a terminal of 80 columns; what the library prints into a pipe has none.
os.environ.pop("COLUMNS", None)

# Where the variable CI is set, hypothesis draws the same examples on every run; this keeps that, and drops deadlines.
settings.register_profile("pfscore", settings(), deadline=None)
settings.load_profile("pfscore")
