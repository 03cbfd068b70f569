"""The process that runs: what its installation gives, its logger, and its parsers."""
