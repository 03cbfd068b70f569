"""Rulesets as text and pages."""
