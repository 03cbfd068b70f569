"""Rulesets in words and pictures."""
