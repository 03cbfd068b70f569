"""Scoring a form: totals, alternatives, places."""
