"""Settings for every test: properties take the time they need, as speed is measured in benchmarks/ alone."""

from hypothesis import settings

# Where the variable CI is set, hypothesis draws the same examples on every run; this keeps that, and drops deadlines.
settings.register_profile("pfscore", settings(), deadline=None)
settings.load_profile("pfscore")
