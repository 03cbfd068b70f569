"""The library over HTTP: a JSON service under /v1, and two pages for a browser; nothing is kept or sent on."""
