"""The words of cells: units, numerals, calendar, levels."""
