"""Evaluating formulas: compiled, traced, narrated."""
