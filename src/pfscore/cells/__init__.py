"""Cells: from the text that officials write to readings."""
