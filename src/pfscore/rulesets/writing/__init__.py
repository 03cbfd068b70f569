"""Writing ruleset files: new, formatted, resolved."""
