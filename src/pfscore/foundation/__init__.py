"""Numbers, text, diagnostics and errors: what every other package builds on."""
