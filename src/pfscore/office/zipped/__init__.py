"""Zip archives with XML inside: workbooks and documents, inflated within bounds."""
