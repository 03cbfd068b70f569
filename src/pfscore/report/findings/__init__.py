"""Findings as text, CSV and SARIF."""
