"""Forms in files: read from JSON, YAML, CSV and office files, and written."""
