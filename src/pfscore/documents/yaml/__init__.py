"""YAML: data with the position of every value, the traps that it swallows, and its errors."""
