"""Recognising forms in tables of office files: columns by their words, rows by what stands in them."""
