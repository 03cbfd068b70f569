"""The person's own workbook with the computed scores beside the form."""
