"""Cells and formulas: from the text that officials and authors write to values and syntax trees."""
