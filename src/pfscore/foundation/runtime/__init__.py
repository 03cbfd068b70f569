"""The process that runs: what its installation gives, its libraries, its logger, and its parsers."""
