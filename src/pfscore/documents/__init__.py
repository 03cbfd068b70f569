"""Files of text: YAML, JSON and CSV, read into plain data with the position of every value."""
