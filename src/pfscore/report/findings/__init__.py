"""Findings as remarks, text, CSV and SARIF."""
