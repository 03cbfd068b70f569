"""Ruleset files: reading, validating, inheriting, and choosing what is in force on a date."""
