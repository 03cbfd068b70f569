"""The model of a ruleset file."""
