"""Numbers, text, diagnostics and errors: what every other room stands on."""
