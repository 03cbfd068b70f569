"""Formulas: from the text that authors write to a syntax tree."""
